"""How properties are tried: without a clock, the same examples every time in CI, more in the second step."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.bytecode import keep_bytecode
from tests.depth import choose_depth, properties_again, share


def pytest_configure(config: pytest.Config) -> None:
    keep_bytecode(config)
    choose_depth(str(config.option.markexpr))
    settings.register_profile(
        "hemvist",
        # A busy machine is no fault of the code, and a chance find must not stop an unrelated change.
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=os.environ.get("CI") == "true",
        print_blob=True,
        max_examples=share(100),
    )
    settings.load_profile("hemvist")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    properties_again(items)
