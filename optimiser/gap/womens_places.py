"""Who needs a women's place: the need group, how sure it is, its sections, and its drug profiles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.codes import Situation
from optimiser.assessment import Assessment
from optimiser.instance import NONE, code_of
from optimiser.priority import Priority

Flags = NDArray[np.bool_]

SECTIONS = ("support", "emergency")
PROFILES = ("needs_tolerant", "needs_drug_free", "either")
WITHOUT_SHELTER = (Situation.ROUGH_SLEEPING, Situation.HOTEL_HOSTEL, Situation.FRIENDS_TEMPORARY)


@dataclass(frozen=True, slots=True)
class SectionNeed:
    """One section of the need: its women's places (m,), and who waits for one, surely or perhaps (n,)."""

    name: str
    pools: Flags
    certain: Flags
    possible: Flags


def all_adults_women(a: Assessment) -> Flags:
    """Households all of whose adults are women, shape (n,); an unknown or other sex does not count."""
    columns = a.instance.households
    return np.asarray((columns["adult_women"] > 0) & (columns["adult_women"] == columns["adults"]))


def all_adults_men(a: Assessment) -> Flags:
    """Households all of whose adults are men, shape (n,)."""
    columns = a.instance.households
    return np.asarray((columns["adult_men"] > 0) & (columns["adult_men"] == columns["adults"]))


def need_group(a: Assessment, priority: Priority) -> Flags:
    """Candidates all of whose adults are women, save those who have said no to living among women only."""
    says_no = _fact(a, "wants_women_only", "no")
    return priority.candidate & all_adults_women(a) & ~says_no


def sure_of_need(a: Assessment) -> Flags:
    """Households that wish for a women's place, or are known to be exposed to violence, shape (n,)."""
    return _fact(a, "wants_women_only", "yes") | _fact(a, "violence_exposed", "yes")


def section_needs(a: Assessment, priority: Priority) -> tuple[SectionNeed, SectionNeed]:
    """The need at support level and in an emergency, in the order of SECTIONS.

    A women's place is one in a pool that admits women, whether or not the pool is open on the day: a closed
    pool counts among the places, and the rule `open` then shows as the cause that it takes nobody.
    """
    pools, group, sure = a.instance.pools, need_group(a, priority), sure_of_need(a)
    womens = pools["admits"] == code_of("admits", "women")
    support, emergency = womens & (pools["level"] >= 1), womens & (pools["level"] == 0)
    has_it = _lives_in(a, support | pools["own_flat"])
    situation = a.instance.households["situation"]
    without = np.isin(situation, [code_of("situation", s) for s in WITHOUT_SHELTER])
    without &= a.present_level == NONE
    return (
        SectionNeed("support", support, group & ~has_it & sure, group & ~has_it & ~sure),
        SectionNeed("emergency", emergency, group & without & sure, group & without & ~sure),
    )


def profiles(a: Assessment) -> dict[str, Flags]:
    """Drug profile of every household, by name: each (n,), one of them true for each household.

    Unknown use with a wish to live drug free needs a drug-free place; unknown use without it, either.
    """
    active = _fact(a, "substance_use", "active")
    drug_free = _fact(a, "wants_drug_free", "yes") & ~active
    return dict(zip(PROFILES, (active, drug_free, ~active & ~drug_free), strict=True))


def residents_of(a: Assessment, pools: Flags) -> Flags:
    """Households that live in some pools (m,), candidates or not, shape (n,)."""
    return _lives_in(a, pools)


def _fact(a: Assessment, column: str, value: str) -> Flags:
    return np.asarray(a.instance.households[column] == code_of(column, value))


def _lives_in(a: Assessment, pools: Flags) -> Flags:
    current = a.instance.households["current_pool"]
    lives = current != NONE
    found = np.zeros(a.instance.n, dtype=bool)
    found[lives] = pools[current[lives]]
    return found
