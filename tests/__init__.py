"""The tests of pkes. Timings are no test's matter: hypothesis gets no deadline."""

from hypothesis import HealthCheck, settings

settings.register_profile("pkes", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pkes")
