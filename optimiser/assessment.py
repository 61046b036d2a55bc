"""A policy read against an instance: truths and tables computed once and asked many times."""

from collections.abc import Callable, Hashable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import HOUSEHOLD_CODES, MISSING, NONE, POOL_CODES, Instance
from optimiser.kleene import Truth
from optimiser.policy.conditions import evaluate, present_level
from optimiser.policy.model import Policy, PolicyProblem
from optimiser.policy.selectors import pools_selected


class Assessment:
    """One policy on one instance; conditions and tables are worked out when first asked for.

    Attributes
    ----------
    unsuitable
        Households whose current pool fails a rule that counts for moving on, shape (n,); filled in by
        `optimiser.compatibility.assess` before rules of moving on are asked.
    excepted
        Households for which a rule is set aside, by rule id, shape (n,): what an exception would change.

    verdicts_of_households
        Verdicts of rules that hang on the household alone, by rule id, (n,): kept by `compatibility`.

    `selections` are selectors of pools, and what else hangs on the stock alone, already worked out on the
    same stock, to be shared and added to.
    """

    def __init__(
        self,
        policy: Policy,
        instance: Instance,
        selections: dict[str, NDArray[Any]] | None = None,
    ) -> None:
        self.policy = policy
        self.instance = instance
        self.unsuitable: NDArray[np.bool_] = np.zeros(instance.n, dtype=bool)
        self.excepted: dict[str, NDArray[np.bool_]] = {}
        self.verdicts_of_households: dict[str, Truth] = {}
        self._tables: dict[Hashable, NDArray[Any]] = {}
        self._truths: dict[str, Truth] = {}
        self._selected = {} if selections is None else selections

    def condition(self, name: str) -> Truth:
        """Truth of a named condition for every household, shape (n,)."""
        if name not in self._truths:
            self._truths[name] = evaluate(
                name, self._entry(name), self.instance, self.policy.present_levels, self.condition
            )
        return self._truths[name]

    def selected(self, selector: Mapping[str, Any]) -> NDArray[np.bool_]:
        """Pools that meet a selector of the policy, shape (m,)."""
        return self.of_stock(repr(selector), lambda: pools_selected(selector, self.instance))

    def of_stock(self, key: str, work: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """A table of pools that hangs on the stock alone, worked out when first asked for under its key."""
        if key not in self._selected:
            self._selected[key] = work()
        return self._selected[key]

    def facts_of(self, name: str) -> frozenset[str]:
        """Columns whose unknown value can leave a condition unknown."""
        entry = self._entry(name)
        others = self._parts(entry)
        own = {entry["fact"]} if "fact" in entry else set()
        return frozenset(own).union(*(self.facts_of(other) for other in others))

    def kept(self, key: Hashable, work: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """A table that is worked out when first asked for under its key."""
        if key not in self._tables:
            self._tables[key] = work()
        return self._tables[key]

    @cached_property
    def present_level(self) -> NDArray[np.int8]:
        """Level of each household's present place, NONE without one, shape (n,)."""
        return present_level(self.instance, self.policy.present_levels)

    @cached_property
    def current_district(self) -> NDArray[np.int32]:
        """Place index of each household's current pool, NONE without one, shape (n,)."""
        pool = self.instance.households["current_pool"]
        if self.instance.m == 0:
            return np.full(self.instance.n, NONE, dtype=np.int32)
        return np.where(pool == NONE, NONE, self.instance.pools["district"][pool])

    @cached_property
    def school_places(self) -> NDArray[np.bool_]:
        """Whether a child of the household has its school in a place, shape (n, places)."""
        table = np.zeros((self.instance.n, len(self.instance.places)), dtype=bool)
        children = self.instance.children
        at_school = children.school != NONE
        table[children.household[at_school], self.instance.school_place[children.school[at_school]]] = True
        return table

    def observed(self, name: str, h: int) -> dict[str, Any]:
        """What a condition looks at for one household: column -> value as written."""
        entry = self._entry(name)
        if "members" in entry:
            return self._members(entry, h)
        if "fact" in entry:
            return {entry["fact"]: self._value(entry["fact"], h)}
        if "ends_within_days" in entry:
            return {"situation_ends_on": self.day(self.instance.households["situation_ends_on"][h])}
        seen: dict[str, Any] = {}
        for other in self._parts(entry):
            seen.update(self.observed(other, h))
        return seen

    def limits(self, name: str) -> dict[str, Any]:
        """What a condition asks for: column -> the values or the number it compares with."""
        entry = self._entry(name)
        asked: dict[str, Any] = {}
        if "not" in entry:
            return {"not": self.limits(entry["not"])}
        for other in self._parts(entry):
            asked.update(self.limits(other))
        skipped = ("fact", "members", "all", "any", "not", "sv", "en")
        own = {key: value for key, value in entry.items() if key not in skipped}
        subject = entry.get("fact") or entry.get("members")
        if subject:
            asked[subject] = own.get("in") or own or True
        elif own:
            asked[name] = own
        return asked

    def day(self, days: int) -> str | None:
        """A day counted from the as-of date, as a date; None when blank."""
        return None if days == MISSING else str(self.instance.as_of + timedelta(days=int(days)))

    def number(self, value: int) -> int | None:
        """A number, None when blank."""
        return None if value == NONE else int(value)

    def household_code(self, column: str, h: int) -> str:
        """A household's coded value as written."""
        return str(list(HOUSEHOLD_CODES[column])[self.instance.households[column][h]])

    def pool_code(self, column: str, p: int) -> str:
        """A pool's coded value as written."""
        return str(list(POOL_CODES[column])[self.instance.pools[column][p]])

    def district(self, p: int) -> str:
        """A pool's district."""
        return self.instance.places[int(self.instance.pools["district"][p])]

    def form(self, p: int) -> str:
        """A pool's form id."""
        return self.instance.form_ids[int(self.instance.pools["form"][p])]

    def listed_places(self, column: str, h: int) -> list[str]:
        """Districts on one of a household's lists."""
        return [self.instance.places[i] for i in np.flatnonzero(self.instance.households[column][h])]

    def listed_forms(self, column: str, h: int) -> list[str]:
        """Forms on one of a household's lists."""
        return [self.instance.form_ids[i] for i in np.flatnonzero(self.instance.households[column][h])]

    def _entry(self, name: str) -> Mapping[str, Any]:
        try:
            return self.policy.conditions[name]
        except KeyError:
            raise PolicyProblem(f"no condition is called {name}; define it in conditions.toml") from None

    def _parts(self, entry: Mapping[str, Any]) -> list[str]:
        return [*entry.get("all", ()), *entry.get("any", ()), *([entry["not"]] if "not" in entry else ())]

    def _value(self, column: str, h: int) -> Any:
        value = self.instance.households[column][h]
        if column in HOUSEHOLD_CODES:
            return self.household_code(column, h)
        if column.endswith(("_since", "_on", "_until")):
            return self.day(value)
        return self.number(value)

    def _members(self, entry: Mapping[str, Any], h: int) -> dict[str, Any]:
        columns = self.instance.households
        names = {
            "any_child": ("children",) if "fact" not in entry else ("stability_yes", "stability_unknown"),
            "any_adult": ("oldest_adult",),
            "every_adult": ("adult_women", "adult_men", "adult_unsure")
            if "sex" in entry
            else ("youngest_adult",),
        }[entry["members"]]
        return {name: int(columns[name][h]) for name in names}
