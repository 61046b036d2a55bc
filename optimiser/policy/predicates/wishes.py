"""Self-determination and safety of districts and forms."""

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import NONE
from optimiser.kleene import PASS, UNKNOWN, Truth, crisp
from optimiser.policy.predicates.registry import Index, Values, predicate


def _district(a: Assessment, h: int, p: int, *, list: str) -> tuple[Values, Values]:
    return {"district": a.district(p)}, {list: a.listed_places(list, h)}


def _lists_any(a: Assessment, *, list: str) -> NDArray[np.bool_]:
    return np.asarray(a.instance.households[list].any(axis=1))


@predicate(_district, concerns=_lists_any)
def district_not_in(a: Assessment, h: Index, p: Index, *, list: str) -> Truth:
    """The pool's district is not on one of the household's lists of districts."""
    return crisp(~a.instance.households[list][h, a.instance.pools["district"][p]])


def _form(a: Assessment, h: int, p: int, *, list: str) -> tuple[Values, Values]:
    return {"form": a.form(p)}, {list: a.listed_forms(list, h)}


@predicate(_form, concerns=_lists_any)
def form_not_in(a: Assessment, h: Index, p: Index, *, list: str) -> Truth:
    """The pool's form is not on one of the household's lists of forms."""
    return crisp(~a.instance.households[list][h, a.instance.pools["form"][p]])


def _describe_safe(a: Assessment, h: int, p: int) -> tuple[Values, Values]:
    unit = int(a.instance.households["responsible_unit"][h])
    return {"district": a.district(p)}, {
        "safe_districts": a.listed_places("safe_districts", h),
        "responsible_unit": None if unit == NONE else a.instance.places[unit],
        "school_districts": [a.instance.places[i] for i in np.flatnonzero(a.school_places[h])],
    }


@predicate(_describe_safe, facts=("safe_districts", "responsible_unit"))
def district_safe(a: Assessment, h: Index, p: Index) -> Truth:
    """The district is named safe, or is surely neither the unit's nor a child's school's district."""
    district = a.instance.pools["district"][p]
    unit = a.instance.households["responsible_unit"][h]
    safe = a.instance.households["safe_districts"][h, district]
    linked = (unit == NONE) | (unit == district) | a.school_places[h, district]
    return np.where(safe | ~linked, PASS, UNKNOWN)
