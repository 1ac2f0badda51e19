"""The tests of pkes.

Timings are no test's matter: hypothesis gets no deadline. It draws the same in each run, so that a test fails for what
was changed, and not for the day; with the profile `anew` it draws anew.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("anew", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("anew"), derandomize=True)
settings.load_profile("same")
