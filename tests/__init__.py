"""The tests of pkes.

Timings are no test's matter: hypothesis gets no deadline. It draws the same few examples in each run, so that a test
fails for what was changed, and not for the day, and the whole is done in minutes. With the profile `anew`, which the
proof has, it draws anew, and more.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("anew", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("anew"), derandomize=True, max_examples=40)
settings.load_profile("same")
