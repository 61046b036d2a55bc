"""The city as the engine sees it, kept in memory between requests and renewed when it has changed."""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock, RLock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from api.usecases.policies import policy_on
from models.database import reading
from models.dataset import Dataset
from models.households import Household, Member
from models.stock import Pool
from models.store.datasets import read_rows
from models.store.revision import revision, revision_in
from models.store.row_memory import RowMemory
from models.walls import city_wide
from optimiser.assessment import Assessment
from optimiser.compatibility import Compatibility, assess, compatibility
from optimiser.instance_build import build_instance, rebuild_instance
from optimiser.match import Match, match_assessed
from optimiser.matching import Moves
from optimiser.priority import Priority, prioritise
from optimiser.reasons.regret import Base, base_of

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class CityView:
    """A city on a day, read once: its rows, and what the policy says of them."""

    revision: int
    dataset: Dataset
    assessment: Assessment
    priority: Priority
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    _proposed: dict[Moves, tuple[Match, Base]] = field(default_factory=dict, repr=False, compare=False)
    _turn: Any = field(default_factory=RLock, repr=False, compare=False)

    def kept(self, key: Hashable, work: Callable[[], Kept]) -> Kept:
        """Something that follows from the city as it is, worked out when first asked for under its key."""
        if key not in self._kept:
            # Others who ask for the same wait for it, rather than work it out beside.
            with self._turn:
                if key not in self._kept:
                    self._kept[key] = work()
        found: Kept = self._kept[key]
        return found

    def proposed(self, moves: Moves) -> Match:
        """What a run would propose now, worked out when first asked for.

        It keeps no limits of the day (pins, reserves): it says what could be, a plan what is to be.
        """
        return self._run(moves)[0]

    def base(self, moves: Moves) -> Base:
        """That run as something to force a pair into."""
        return self._run(moves)[1]

    def _run(self, moves: Moves) -> tuple[Match, Base]:
        if moves not in self._proposed:
            with self._turn:
                if moves not in self._proposed:
                    found = match_assessed(self.assessment, moves)
                    self._proposed[moves] = found, base_of(found)
        return self._proposed[moves]

    @cached_property
    def compatible(self) -> Compatibility:
        """Eligible pairs, and pairs that wait for a fact."""
        return compatibility(self.assessment)

    @cached_property
    def households(self) -> Mapping[str, Household]:
        """Households by id."""
        return {row.household_id: row for row in self.dataset.households}

    @cached_property
    def pools(self) -> Mapping[str, Pool]:
        """Pools by id."""
        return {row.pool_id: row for row in self.dataset.pools}

    @cached_property
    def members(self) -> Mapping[str, list[Member]]:
        """Members by household."""
        found: dict[str, list[Member]] = {}
        for row in self.dataset.members:
            found.setdefault(row.household_id, []).append(row)
        return found

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row of each household in the instance."""
        return {key: row for row, key in enumerate(self.assessment.instance.household_ids)}

    @cached_property
    def pool_at(self) -> Mapping[str, int]:
        """Column of each pool in the instance."""
        return {key: at for at, key in enumerate(self.assessment.instance.pool_ids)}


class CityViews:
    """The latest view of each day asked for; one thread renews it while others wait for that one."""

    KEPT = 3

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._views: dict[date, CityView] = {}
        self._rows = RowMemory()

    def on(self, as_of: date, number: int | None = None) -> CityView:
        """The city on a day, as it is now.

        Parameters
        ----------
        number
            The revision that the city had when this was asked for; None looks it up.
        """
        wanted = revision(self._engine) if number is None else number
        view = self._views.get(as_of)
        if view is not None and view.revision == wanted:
            return view
        with self._lock:
            seen, view = view, self._views.get(as_of)
            # Somebody renewed it while this one waited: to what it was asked for at, or later.
            if view is not None and view is not seen and view.revision >= wanted:
                return view
            with reading(self._engine) as connection:
                view = renewed(view, revision_in(connection), self._rows.read(connection), as_of)
            kept = list(self._views.items())[-(self.KEPT - 1) :]
            self._views = {day: old for day, old in kept if day != as_of} | {as_of: view}
            return view

    def within(self, connection: Connection, as_of: date) -> CityView:
        """The city as it is inside a transaction that goes on, changes of its own included."""
        view = self._views.get(as_of)
        if view is not None and view.revision == revision_in(connection):
            return view
        # Not kept: what is not certain to stay must not be seen by others.
        with city_wide(connection):
            return renewed(view, revision_in(connection), self._rows.read(connection), as_of)


def read_view(engine: Engine, as_of: date) -> CityView:
    """Read a city and judge it."""
    with reading(engine) as connection:
        number, dataset = revision_in(connection), read_rows(connection)
    return judged(number, dataset, as_of)


def judged(number: int, dataset: Dataset, as_of: date) -> CityView:
    """A city at a revision, with what the policy says of it on a day."""
    assessment = assess(policy_on(as_of), build_instance(dataset, as_of))
    return CityView(number, dataset, assessment, prioritise(assessment))


def renewed(before: CityView | None, number: int, dataset: Dataset, as_of: date) -> CityView:
    """As `judged`, with what still holds of an earlier view of that day."""
    if before is None:
        return judged(number, dataset, as_of)
    assessment = before.assessment
    instance = rebuild_instance(assessment.instance, before.dataset, dataset)
    if instance is not assessment.instance:
        assessment = assess(assessment.policy, instance)
        return CityView(number, dataset, assessment, prioritise(assessment))
    # Much that people do changes nothing that the policy speaks of: all that was worked out holds.
    view = copy(before)
    object.__setattr__(view, "revision", number)
    object.__setattr__(view, "dataset", dataset)
    return view
