"""A capacity plan to those who see counts alone: what to build, and who are short in steps of five."""

from collections.abc import Mapping
from typing import Any

from api.usecases.scenario_runs.rounding import PEOPLE, is_small, rounded

SIDES = ("before", "after")
NEED = "households"
LIVED = ("once_open", "unbuilt")


def shown_plan(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The plan without what would tell a count from 1 to 4, directly or by subtraction.

    The counts of demand and of those who have room stay out: the city's gap hides them, and a plan must not
    tell what it hides. `short` is how many lack a place before and after, null from 1 to 4.
    """
    told = {name: value for name, value in answer.items() if name not in SIDES}
    told["short"] = {side: _people(answer[side]["short"]) for side in SIDES}
    told["met"] = answer["status"] == "optimal"
    if answer["missing"] is not None:
        told["missing"] = _missing(answer["missing"])
    if answer["simulation"] is not None:
        told["simulation"] = _lived(answer["simulation"])
    return told


def shown_again(result: Mapping[str, Any]) -> dict[str, Any]:
    """A plan that a job has kept, without counts that an earlier version kept with it."""
    told = {name: value for name, value in result.items() if name not in SIDES}
    return {"short": dict.fromkeys(SIDES), "met": result.get("status") == "optimal", **told}


def _missing(told: Mapping[str, Any]) -> dict[str, Any]:
    """Needs and causes of five households and more, largest first; their sum would tell of the others."""
    return {
        part: sorted(
            ({**one, NEED: _people(one[NEED])} for one in told[part] if one[NEED] >= PEOPLE),
            key=lambda one: -one[NEED],
        )
        for part in ("needs", "by_cause")
    }


def _lived(told: Mapping[str, Any]) -> dict[str, Any]:
    """A simulated plan: shares of weeks as they are, how many lack a place in steps of five."""
    return {
        **told,
        "mean": _people(told["mean"]),
        **{part: {**told[part], "mean": _people(told[part]["mean"])} for part in LIVED},
    }


def _people(count: float | None) -> float | None:
    return None if is_small(NEED, count) else rounded(count, PEOPLE)
