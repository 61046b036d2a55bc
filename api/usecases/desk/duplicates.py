"""Likely duplicates: two households that may be the same people, with every reason and its weight."""

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.work import Work
from models.codes import Sex
from models.households import Household, Member
from models.store.rows import keep
from models.store.waiting import dismissed_pairs
from models.tables import DismissedPairRecord
from models.waiting import DismissedPair


class Likeness(StrEnum):
    """Why two households may be the same."""

    SAME_BIRTH_DATE = "same_birth_date"
    SAME_BIRTH_YEAR = "same_birth_year"
    ALL_MEMBERS_ALIKE = "all_members_alike"
    SAME_UNIT = "same_unit"
    SIMILAR_REFERENCE = "similar_reference"
    SAME_HOMELESS_SINCE = "same_homeless_since"


WEIGHTS: dict[Likeness, int] = {
    Likeness.SAME_BIRTH_DATE: 4,
    Likeness.SAME_BIRTH_YEAR: 1,
    Likeness.ALL_MEMBERS_ALIKE: 2,
    Likeness.SAME_UNIT: 1,
    Likeness.SIMILAR_REFERENCE: 2,
    Likeness.SAME_HOMELESS_SINCE: 2,
}
"""Weight of each reason; an assumption, made to be looked at and not to merge anything by itself."""

LEAST = 6
"""Least weight at which a pair is shown."""


Case = tuple[Household, list[Member]]


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two households in sorted order, and why they may be the same."""

    a: str
    b: str
    reasons: tuple[Likeness, ...]

    @property
    def pair_id(self) -> str:
        """What the pair is called in addresses."""
        return hashlib.sha256(f"{self.a}\n{self.b}".encode()).hexdigest()[:24]

    @property
    def score(self) -> int:
        """Sum of the weights."""
        return sum(WEIGHTS[reason] for reason in self.reasons)


def likely_duplicates(
    view: CityView, actor: Actor, dismissed: set[tuple[str, str]], least: int = LEAST
) -> list[LikelyPair]:
    """Pairs of households that the person may see and that may be the same, likeliest first."""
    seen = {h.household_id: h for h in view.dataset.households if may_see(actor, h)}
    found = []
    for a, b in _candidates(view, seen):
        if (a, b) in dismissed:
            continue
        members = view.members.get(a, []), view.members.get(b, [])
        pair = LikelyPair(a, b, tuple(_reasons((seen[a], members[0]), (seen[b], members[1]))))
        if pair.score >= least:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def likely_twins(
    view: CityView, actor: Actor, household: Household, members: list[Member], least: int = LEAST
) -> list[LikelyPair]:
    """Households that the person may see and that may be the same as one not stored yet, likeliest first.

    Parameters
    ----------
    household
        The new one, first of each pair.
    """
    seen = ((one, view.members.get(one.household_id, [])) for one in view.dataset.households)
    pairs = (
        LikelyPair(household.household_id, case[0].household_id, tuple(_reasons((household, members), case)))
        for case in seen
        if may_see(actor, case[0])
    )
    return sorted((pair for pair in pairs if pair.score >= least), key=lambda pair: (-pair.score, pair.b))


def dismiss(work: Work, view: CityView, pair_id: str) -> LikelyPair:
    """Note that a pair was looked at and is not the same people: it is not shown again.

    Raises
    ------
    DeskRefused
        When no such pair is shown to the person.
    """
    dismissed = dismissed_pairs(work.connection)
    for pair in likely_duplicates(view, work.actor, dismissed):
        if pair.pair_id == pair_id:
            kept = DismissedPair(
                household_id_a=pair.a,
                household_id_b=pair.b,
                dismissed_by=work.actor.user_id,
                dismissed_at=work.now,
            )
            keep(work.connection, DismissedPairRecord, kept)
            work.record("duplicate.dismiss", "household", pair.a, other=pair.b)
            return pair
    raise DeskRefused("unknown_pair", "missing")


def _candidates(view: CityView, seen: dict[str, Household]) -> Iterator[tuple[str, str]]:
    """Pairs alike in what weighs enough: a birth date, or a birth year with the reference or the start."""
    alike: dict[tuple[Hashable, ...], set[str]] = defaultdict(set)
    for household_id, household in seen.items():
        letters = "".join(sorted(_plain(household_id)))
        for member in view.members.get(household_id, ()):
            year = member.birth_date.year
            alike["born", member.birth_date].add(household_id)
            alike["reference", year, letters].add(household_id)
            if household.homeless_since is not None:
                alike["since", year, household.homeless_since].add(household_id)
    told: set[tuple[str, str]] = set()
    for households in alike.values():
        told.update(combinations(sorted(households), 2))
    yield from told


def _reasons(one: Case, other: Case) -> Iterator[Likeness]:
    (a, of_a), (b, of_b) = one, other
    if any(_same_sex(x, y) and x.birth_date == y.birth_date for x in of_a for y in of_b):
        yield Likeness.SAME_BIRTH_DATE
    elif any(_same_sex(x, y) and x.birth_date.year == y.birth_date.year for x in of_a for y in of_b):
        yield Likeness.SAME_BIRTH_YEAR
    else:
        return
    if _known(of_a) == _known(of_b):
        yield Likeness.ALL_MEMBERS_ALIKE
    if a.responsible_unit is not None and a.responsible_unit == b.responsible_unit:
        yield Likeness.SAME_UNIT
    if similar(a.household_id, b.household_id):
        yield Likeness.SIMILAR_REFERENCE
    if a.homeless_since is not None and a.homeless_since == b.homeless_since:
        yield Likeness.SAME_HOMELESS_SINCE


def _same_sex(x: Member, y: Member) -> bool:
    return x.sex == y.sex or Sex.UNKNOWN in (x.sex, y.sex)


def _known(members: list[Member]) -> list[tuple[int, str]]:
    return sorted((member.birth_date.year, str(member.sex)) for member in members)


def similar(a: str, b: str) -> bool:
    """Whether two references differ by one slip: two neighbours swapped, or spaces, signs and case alone."""
    x, y = _plain(a), _plain(b)
    if x == y:
        return True
    if len(x) != len(y):
        return False
    differ = [i for i, (one, other) in enumerate(zip(x, y, strict=True)) if one != other]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and x[differ[0]] == y[differ[1]]
        and x[differ[1]] == y[differ[0]]
    )


def _plain(reference: str) -> str:
    return "".join(c for c in reference if c.isalnum()).casefold()
