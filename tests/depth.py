"""How many examples a property looks at: a third in the first step, all of them in the second (`-m slow`)."""

import pytest

FEWEST = 12
"""Examples below which no property is cut down."""

_first_step = True


def choose_depth(markers: str) -> None:
    """Look at all examples unless long tests are left out by the marker expression of the run."""
    global _first_step
    _first_step = "not slow" in markers


def is_first_step() -> bool:
    """Whether this run is the first step, in which examples are fewer."""
    return _first_step


def share(count: int) -> int:
    """How many of so many examples are looked at in this run."""
    return max(-(-count // 3), min(count, FEWEST)) if _first_step else count


def properties_again(items: list[pytest.Item]) -> None:
    """In the second step, let properties be among the long tests: there they look at all their examples."""
    if is_first_step():
        return
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.slow)
