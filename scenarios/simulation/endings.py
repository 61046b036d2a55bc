"""Stays that end, and waiting that ends without a place."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.codes import Situation
from optimiser.instance import MISSING, NONE, code_of
from scenarios.segments import SEGMENTS, segments_of
from scenarios.simulation.city import City
from scenarios.simulation.population import Rows, State
from scenarios.simulation.situations import WithoutHome
from scenarios.simulation.view import SeenColumns
from scenarios.simulation.week import GONE, HOMELESS, OUTCOMES, OWN_HOME, Ended, Solved

LASTING = 3


class Endings:
    """The chances of one replication that a stay or a wait ends."""

    def __init__(self, city: City) -> None:
        value = city.assumptions.value
        start = city.start
        self._stays = np.array(
            [[value(f"stays.{form}.{way}") for way in OUTCOMES] for form in start.form_ids]
        )
        self._factors: Mapping[str, NDArray[np.float64]] = city.reform.stays
        self._leaving = np.array(
            [[value(f"leaving.{segment}.{way}") for way in ("own_home", "left")] for segment in SEGMENTS]
        )
        self._overstay = value("overstay.ends")
        self._without_home = WithoutHome(city.assumptions)
        self._trial = start.form_ids.index("forsokslagenhet")
        takeover = city.assumptions.table("lease_takeover")
        self._takeover, self._replaced = takeover["share"], takeover["share"] * takeover["replaced"]
        self._weeks_away = int(takeover["replaced_after"])
        self._at_risk = code_of("situation", Situation.EVICTION_RISK)

    def of_stays(self, city: City, here: Rows, luck: NDArray[np.float64], week: int) -> Ended:
        """End stays: by chance, beyond their longest time, with the pool, or by eviction.

        here are households that wait or live in a pool, luck (k,) theirs. Who comes back to homelessness
        waits again from that day; homeless_since stays as it was unless the home was a lasting one.
        """
        people, day = city.people, 7 * week
        standing = city.standing
        lives = people["state"][here] == State.PLACED
        rows, luck = here[lives], luck[lives]
        pool = people["current_pool"][rows].astype(np.int64)
        chance = self._chances(city, week).T.take(standing.columns["form"][pool], axis=1)
        moved_in = people["moved_in"][rows]
        beyond = (moved_in != MISSING) & (day - moved_in > standing.longest_days[pool])
        chance[HOMELESS, beyond] += self._overstay
        outcome = (luck >= np.cumsum(chance, axis=0)).sum(axis=0)
        ends_on = people["situation_ends_on"][rows]
        evicted = (people["situation"][rows] == self._at_risk) & (ends_on != MISSING) & (ends_on <= day)
        outcome[(evicted | ~standing.is_open[pool]) & (outcome >= len(OUTCOMES))] = HOMELESS
        over = outcome < len(OUTCOMES)
        ended = Ended(rows[over], pool[over], outcome[over].astype(np.int8))
        self._leave_home(city, ended, week)
        return ended

    def of_waits(self, city: City, here: Rows, luck: NDArray[np.float64]) -> Solved:
        """Let waiting households find a home themselves, or leave; luck (k,) is that of those here."""
        people = city.people
        waits = people["state"][here] == State.WAITING
        rows, luck = here[waits], luck[waits]
        segment = people["segment"][rows]
        over = luck < self._leaving.sum(axis=1)[segment]
        own_home = luck[over] < self._leaving[segment[over], OWN_HOME]
        outcome = np.where(own_home, OWN_HOME, GONE).astype(np.int8)
        solved = Solved(rows[over], outcome)
        people["state"][solved.row] = np.where(outcome == OWN_HOME, State.HOUSED, State.LEFT)
        return solved

    def _chances(self, city: City, week: int) -> NDArray[np.float64]:
        """Chance of each outcome by form, shape (forms, 3)."""
        factor = np.ones(self._stays.shape)
        for name, by_week in self._factors.items():
            form, _, outcome = name.partition(".")
            ways = OUTCOMES.index(outcome) if outcome else slice(None)
            factor[city.start.form_ids.index(form), ways] *= by_week[week]
        return np.asarray(self._stays * factor, dtype=np.float64)

    def _leave_home(self, city: City, ended: Ended, week: int) -> None:
        people, day = city.people, 7 * week
        new_state = np.array([State.HOUSED, State.WAITING, State.LEFT], dtype=np.int8)
        people["state"][ended.row] = new_state[ended.outcome]
        people["current_pool"][ended.row] = NONE
        people["moved_in"][ended.row] = MISSING
        back, left = (part[ended.outcome == HOMELESS] for part in (ended.row, ended.pool))
        if back.size:
            luck = city.luck.of("situation", people["number"][back], week)
            people["situation"][back] = self._without_home.drawn(people, back, luck)
            people["situation_ends_on"][back] = MISSING
            people["since"][back] = day
            lasting = back[city.standing.columns["level"][left] == LASTING]
            people["homeless_since"][lasting] = day
            seen = SeenColumns(people, tuple(city.start.households), back, day)
            people["segment"][back] = segments_of(seen)
        self._take_over(city, ended, week)

    def _take_over(self, city: City, ended: Ended, week: int) -> None:
        """Trial flats whose tenant takes over the lease leave the stock until others replace them."""
        form = city.standing.columns["form"][ended.pool]
        trial = (ended.outcome == OWN_HOME) & (form == self._trial)
        rows, pools = ended.row[trial], ended.pool[trial]
        if rows.size:
            luck = city.luck.of("takeover", city.people["number"][rows], week)
            for_good = (luck < self._takeover) & (luck >= self._replaced)
            city.stock.take_away(pools[luck < self._replaced].tolist(), week + self._weeks_away)
            city.stock.take_away(pools[for_good].tolist(), city.reform.weeks)
            city.standing = city.stock.on(week)
