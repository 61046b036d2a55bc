"""A capacity plan to those who see counts alone: what to build, and who are short in steps of five."""

from collections.abc import Mapping
from typing import Any

from api.usecases.scenario_runs.rounding import PEOPLE, is_small, rounded
from scenarios.capacity.buildables import load_buildables

SIDES = ("before", "after")
NEED = "households"
LIVED = ("once_open", "unbuilt")
NEEDED = {"target", "status", "cost_sek_per_year", "places"}
OF_PLACE = {
    *("pool", "name", "form", "district", "admits", "drug_policy", "staffing", "places"),
    "cost_sek_per_year",
}
"""What a plan and each of its places must say to be shown."""


def shown_plan(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The plan without what would tell a count from 1 to 4, directly or by subtraction.

    The counts of demand and of those who have room stay out: the city's gap hides them, and a plan must not
    tell what it hides. `short` is how many lack a place before and after, null from 1 to 4.
    """
    told = {name: value for name, value in answer.items() if name not in SIDES}
    told |= _coarse(answer) if "places" in answer else {}
    told["short"] = {side: _people(answer[side]["short"]) for side in SIDES}
    told["met"] = answer["status"] == "optimal"
    if answer["missing"] is not None:
        told["missing"] = _missing(answer["missing"])
    if answer["simulation"] is not None:
        told["simulation"] = _lived(answer["simulation"])
    return told


def can_be_shown(result: Mapping[str, Any] | None) -> bool:
    """Whether a plan that a job has kept says what a plan says today; if not, it must be worked out again."""
    if result is None or not result.keys() >= NEEDED or not isinstance(result["places"], list):
        return False
    return all(isinstance(place, Mapping) and place.keys() >= OF_PLACE for place in result["places"])


def shown_again(result: Mapping[str, Any]) -> dict[str, Any]:
    """A plan that a job has kept: with the weeks until each opens, without counts of earlier versions."""
    told = {"missing": None, "simulation": None, "bound": None, "in_fives": False, **result}
    told |= _coarse(told)
    leads = {one.pool.pool_id: one.lead_weeks for one in load_buildables()}
    told["places"] = [{**place, "lead_weeks": leads.get(place["pool"])} for place in told["places"]]
    told["places_in_all"] = sum(place["places"] for place in told["places"])
    told = {"short": dict.fromkeys(SIDES), "met": result["status"] == "optimal", **told}
    return {name: value for name, value in told.items() if name not in SIDES}


def _coarse(plan: Mapping[str, Any]) -> dict[str, Any]:
    """What to build, in steps of five upwards where any part of it is 1 to 4 places.

    Places to build are no people, but the fewest that will do are: a house of three places is planned because
    three lack one, and before less after is what is built. What is built costs what its places do, so the
    cost is that of the places told, and so is the bound. From five on a gap is told anyway. `in_fives` says
    that it was done.
    """
    places, cost = plan["places"], plan.get("cost_sek_per_year")
    built = [place["places"] for place in places]
    if all(number >= PEOPLE for number in built):
        return {}
    told = [_whole_steps(place) for place in places]
    every = None if cost is None else sum(place["cost_sek_per_year"] for place in told)
    return {"places": told, "cost_sek_per_year": every, "bound": every, "in_fives": True}


def _whole_steps(place: Mapping[str, Any]) -> dict[str, Any]:
    number = place["places"]
    steps = PEOPLE * -(-number // PEOPLE)
    cost = place.get("cost_sek_per_year")
    each = None if cost is None else cost * steps // number
    return {**place, "places": steps, "cost_sek_per_year": each}


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
