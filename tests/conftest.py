"""What all tests share: one profile for properties, so that the suite finds the same things on every run and machine."""

from hypothesis import HealthCheck, settings

settings.register_profile("suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

#: Run by hand, with a package that no test needs.
collect_ignore = ["fuzz.py"]
