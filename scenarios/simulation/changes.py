"""What changes for those who are here: use, wishes, answers, births, birthdays, situations that end."""

import numpy as np
from numpy.typing import NDArray

from models.codes import Fact, Situation, SubstanceUse
from optimiser.facts import CODED
from optimiser.instance import HOUSEHOLD_CODES, MISSING, NONE, code_of, one_of
from scenarios.simulation.arrivals import BEFORE_HOMELESS, WEEKS_A_YEAR
from scenarios.simulation.city import City
from scenarios.simulation.members import PRUNED_EVERY
from scenarios.simulation.population import Rows, State
from scenarios.simulation.situations import WithoutHome
from scenarios.simulation.stock import DAYS_A_MONTH

YES, NO = (code_of("pet", value) for value in (Fact.YES, Fact.NO))
PAST, ACTIVE = (code_of("substance_use", value) for value in (SubstanceUse.PAST, SubstanceUse.ACTIVE))
CHANCES = ("answered", "danger_passes", "birth", "situation_changes")
MAKESHIFTS = (
    *(Situation.ROUGH_SLEEPING, Situation.EMERGENCY_SHELTER, Situation.HOTEL_HOSTEL),
    *(Situation.FRIENDS_TEMPORARY, Situation.EMERGENCY_FLAT),
)
"""Situations of who has no home, and no day on which that ends."""


class Changes:
    """The changes of state of one replication."""

    def __init__(self, city: City) -> None:
        value, start = city.assumptions.value, city.start.households
        self._stops, self._starts = (
            value(f"facts.use_{word}") / WEEKS_A_YEAR for word in ("stops", "starts")
        )
        self._chances = {name: value(f"facts.{name}") for name in CHANCES}
        self._wish_follows = value("facts.wish_follows")
        self._without_home = WithoutHome(city.assumptions)
        self._unknown = {name: code_of(name, "unknown") for name in CODED}
        self._upto = {name: _known_shares(start[name], self._unknown[name], name) for name in CODED}
        self._makeshift = np.zeros(len(Situation), dtype=bool)
        self._makeshift[[code_of("situation", name) for name in MAKESHIFTS]] = True
        self._before_homeless = [code_of("situation", value) for value in BEFORE_HOMELESS]

    def happen(self, city: City, here: Rows, luck: NDArray[np.float64], week: int) -> Rows:
        """Let a week's changes happen to households that wait or live in a pool.

        Parameters
        ----------
        here
            Those households.
        luck
            Their luck for stay, leave, use and answer, shape (4, k).

        Returns
        -------
        array
            Households about whom something has changed, each once.
        """
        day = 7 * week
        changed = [
            self._use(city, here, luck[2], week),
            self._answers(city, here, luck[3], week),
            self._danger(city, here, week),
            self._births(city, here, day, week),
            city.members.grow_older(city.people, day),
            self._situations(city, here, luck[1], day, week),
        ]
        self._shis_months(city, here, day)
        if week % PRUNED_EVERY == 0:
            city.members.forget_the_gone(city.people)
        return np.unique(np.concatenate(changed))

    def _use(self, city: City, here: Rows, luck: NDArray[np.float64], week: int) -> Rows:
        people = city.people
        use = people["substance_use"][here]
        stops = here[(use == ACTIVE) & (luck < self._stops)]
        starts = here[(use == PAST) & (luck < self._starts)]
        changed = np.concatenate([stops, starts])
        if changed.size:
            stopped = np.arange(len(changed)) < len(stops)
            people["substance_use"][changed] = np.where(stopped, PAST, ACTIVE)
            follows = city.luck.of("wish", people["number"][changed], week) < self._wish_follows
            wish = np.where(stopped, YES, NO)
            people["wants_drug_free"][changed[follows]] = wish[follows]
        return changed

    def _answers(self, city: City, here: Rows, luck: NDArray[np.float64], week: int) -> Rows:
        """Unknown facts are answered, all of a household at once, as they are where they are known."""
        people = city.people
        asked = here[luck < self._chances["answered"]]
        if not asked.size:
            return asked
        answers = city.luck.of_facts(len(CODED), people["number"][asked], week)
        answered = np.zeros(len(asked), dtype=bool)
        for name, said in zip(CODED, answers, strict=True):
            unknown = people[name][asked] == self._unknown[name]
            if unknown.any() and self._upto[name][-1] > 0:
                rows = asked[unknown]
                people[name][rows] = np.searchsorted(self._upto[name], said[unknown]).astype(np.int8)
                answered |= unknown
        return np.asarray(asked[answered])

    def _danger(self, city: City, here: Rows, week: int) -> Rows:
        people = city.people
        rows = here[people["acute_danger"][here] == YES]
        if not rows.size:
            return np.asarray(rows)
        luck = city.luck.of("danger", people["number"][rows], week)
        passed = rows[luck < self._chances["danger_passes"]]
        people["acute_danger"][passed] = NO
        return np.asarray(passed)

    def _births(self, city: City, here: Rows, day: int, week: int) -> Rows:
        people = city.people
        rows = here[people["pregnant"][here] == YES]
        luck = city.luck.of("pregnancy", people["number"][rows], week)
        mothers = rows[luck < self._chances["birth"]]
        people["pregnant"][mothers] = NO
        city.members.born(mothers, people, day)
        return np.asarray(mothers)

    def _situations(self, city: City, here: Rows, luck: NDArray[np.float64], day: int, week: int) -> Rows:
        """Situations of those who wait end on their day, in one without a home; makeshifts by chance.

        The luck is that of leaving: one who leaves, at its low end, exchanges nothing, at its high end.
        """
        people = city.people
        ends = people["situation_ends_on"][here]
        over = (ends != MISSING) & (ends <= day)
        makeshift = self._makeshift[people["situation"][here]] & (ends == MISSING)
        over |= makeshift & (luck > 1 - self._chances["situation_changes"])
        rows = here[over & (people["state"][here] == State.WAITING)]
        if not rows.size:
            return np.asarray(rows)
        before = one_of(people["situation"][rows], self._before_homeless)
        becomes = rows[before & (people["homeless_since"][rows] == MISSING)]
        people["homeless_since"][becomes] = day
        luck = city.luck.of("situation", people["number"][rows], week)
        people["situation"][rows] = self._without_home.drawn(people, rows, luck)
        people["situation_ends_on"][rows] = MISSING
        return np.asarray(rows)

    def _shis_months(self, city: City, here: Rows, day: int) -> None:
        """A month more for each month lived with SHIS, where the months before are known."""
        people = city.people
        rows = here[(people["current_pool"][here] != NONE) & (people["shis_months"][here] != NONE)]
        rows = rows[city.standing.columns["shis"][people["current_pool"][rows]]]
        lived = day - np.where(people["moved_in"][rows] == MISSING, 0, people["moved_in"][rows])
        people["shis_months"][rows] += _months(lived) - _months(np.maximum(lived - 7, 0))


def _months(days: NDArray[np.int32]) -> NDArray[np.int32]:
    return (days / DAYS_A_MONTH).astype(np.int32)


def _known_shares(column: NDArray[np.int8], unknown: int, name: str) -> NDArray[np.float64]:
    """Share of each value and those before it among the known; the last is 0 where nothing is known."""
    counts = np.bincount(column, minlength=len(HOUSEHOLD_CODES[name])).astype(np.float64)
    counts[unknown] = 0.0
    return np.asarray(np.cumsum(counts) / max(counts.sum(), 1.0))
