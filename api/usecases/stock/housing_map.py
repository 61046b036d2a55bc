"""The map of housing (boendekarta): each form by target group, support, drug environment, and who may come.

Who may come is read from the policy itself, so that the map and the engine never say different things.
"""

from collections import defaultdict
from dataclasses import dataclass

from api.usecases.city_view import CityView
from api.usecases.stock.pools import PoolStock
from api.usecases.stock.rules import RuleTold, rules_of
from models.codes import Admits, DrugPolicy, Fact, Support
from models.forms import Form, forms
from optimiser.policy.selectors import speaks_of_form


@dataclass(frozen=True, slots=True)
class Cell:
    """Pools of one form that are alike in whom they are for, support and drug environment."""

    target: Admits
    children: Fact
    support: Support
    drug_policy: DrugPolicy
    pools: tuple[str, ...]
    places: int
    vacant: int


@dataclass(frozen=True, slots=True)
class FormOnMap:
    """A form of housing: the rules that speak of this form and not of all, and what there is of it."""

    form: Form
    rules: tuple[RuleTold, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HousingMap:
    """Every form, and the rules that hold in all of them or hang on the single house."""

    everywhere: tuple[RuleTold, ...]
    by_house: tuple[RuleTold, ...]
    forms: tuple[FormOnMap, ...]


def housing_map(view: CityView, pools: list[PoolStock]) -> HousingMap:
    """The map on the day of a view."""
    rules = rules_of(view.assessment.policy)
    of_forms = [told for told in rules if _by_form(told)]
    return HousingMap(
        everywhere=tuple(told for told in rules if not told.rule.applies_to),
        by_house=tuple(told for told in rules if told.rule.applies_to and not _by_form(told)),
        forms=tuple(
            FormOnMap(
                form=form,
                rules=tuple(told for told in of_forms if speaks_of_form(told.rule.applies_to, form)),
                cells=_cells([one for one in pools if one.form == form]),
            )
            for form in forms().values()
        ),
    )


def _by_form(told: RuleTold) -> bool:
    return any(not speaks_of_form(told.rule.applies_to, form) for form in forms().values())


def _cells(pools: list[PoolStock]) -> tuple[Cell, ...]:
    alike: dict[tuple[Admits, Fact, Support, DrugPolicy], list[PoolStock]] = defaultdict(list)
    for one in pools:
        if one.is_open:
            pool = one.pool
            alike[pool.admits, pool.children, pool.staffing, pool.drug_policy].append(one)
    return tuple(
        Cell(
            *key,
            pools=tuple(one.pool.pool_id for one in some),
            places=sum(one.pool.capacity for one in some),
            vacant=sum(one.fullness.vacant for one in some),
        )
        for key, some in sorted(alike.items())
    )
