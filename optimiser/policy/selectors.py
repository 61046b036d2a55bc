"""Selectors of pools: which pools a rule, a condition or a term of fit speaks of."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.forms import Form
from optimiser.instance import NONE, POOL_CODES, Instance, code_of, one_of
from optimiser.policy.model import PolicyProblem

FLAGS = ("own_flat", "shis")
KEYS = frozenset({"forms", "not_forms", "levels", "level_below", "has_any", *FLAGS, *POOL_CODES})


def pools_selected(selector: Mapping[str, Any], instance: Instance) -> NDArray[np.bool_]:
    """Pools that meet every key of a selector, shape (m,); an empty selector selects all.

    Raises
    ------
    PolicyProblem
        When a key or a form is not known.
    """
    selected = np.ones(instance.m, dtype=bool)
    for key, wanted in selector.items():
        selected &= _selected_by(key, wanted, instance)
    return selected


def speaks_of_form(selector: Mapping[str, Any], form: Form) -> bool:
    """Whether a selector may select a pool of a form; what hangs on the single house is left open."""
    said = {
        "forms": form.form_id in selector.get("forms", ()),
        "not_forms": form.form_id not in selector.get("not_forms", ()),
        "levels": form.level in selector.get("levels", ()),
        "level_below": form.level < selector.get("level_below", 0),
        "own_flat": form.own_flat == selector.get("own_flat"),
        "shis": form.shis == selector.get("shis"),
    }
    return all(said[key] for key in selector if key in said)


def _selected_by(key: str, wanted: Any, instance: Instance) -> NDArray[np.bool_]:
    pools = instance.pools
    if key in ("forms", "not_forms"):
        unknown = set(wanted) - set(instance.form_ids)
        if unknown:
            raise PolicyProblem(f"selector: no form is called {', '.join(sorted(unknown))}; see forms.toml")
        found = one_of(pools["form"], [instance.form_ids.index(form) for form in wanted])
        return found if key == "forms" else ~found
    if key == "levels":
        return one_of(pools["level"], wanted)
    if key == "level_below":
        return np.asarray(pools["level"] < wanted)
    if key in FLAGS:
        return np.asarray(pools[key] == wanted)
    if key == "has_any":
        return np.asarray(np.logical_or.reduce([pools[column] != NONE for column in wanted]))
    if key in POOL_CODES:
        return one_of(pools[key], [code_of(key, value) for value in wanted])
    raise PolicyProblem(f"selector: pools have no {key}; use one of {', '.join(sorted(KEYS))}")
