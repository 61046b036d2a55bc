"""How properties are tried: without a clock, and in CI on the same examples every time."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "hemvist",
    # A busy machine is no fault of the code, and a chance find must not stop an unrelated change.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
    print_blob=True,
)
settings.load_profile("hemvist")
