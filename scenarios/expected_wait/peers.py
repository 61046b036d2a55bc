"""Peers: households that wait under much the same conditions, the most alike first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.codes import Situation
from optimiser.assessment import Assessment
from optimiser.compatibility import eligibility
from optimiser.gap.womens_gap import IGNORED
from optimiser.gap.womens_places import profiles
from optimiser.instance import MISSING, NONE, code_of
from optimiser.kleene import NO
from optimiser.priority import prioritise
from scenarios.segments import segments
from scenarios.simulation.population import numbers_of

DAYS_A_MONTH = 30.44

UNLIKE = {"tier": 3.0, "segment": 2.0, "profile": 1.0}
"""How far apart another tier, segment or drug profile puts two households.

One step is also a form open to one and not to the other, or having waited e times as long (from a month up).
Chosen by the back-test in the demo city: the nearest forecast better than fixed groups (Brier score 0.115 to
0.145 when first tried), and the interval then holds its share for those who have waited long as well. A form
weighs a whole step so that fewer are told of places in forms that are closed to them.
"""
UNLIKE_FORM = 1.0


@dataclass(frozen=True, slots=True)
class Peers:
    """All households of a city by what decides how long they wait.

    Attributes
    ----------
    numbers
        Number that follows each household through simulations, shape (n,).
    waits
        Whether it waits today: in no pool and not housed, shape (n,).
    marks
        Each of UNLIKE -> a number for each household, shape (n,).
    waited
        Days that it has waited, shape (n,); 0 where that is not known.
    open_forms
        Whether some pool of each form may be open to the household, shape (n, forms).
    """

    numbers: NDArray[np.int64]
    waits: NDArray[np.bool_]
    marks: dict[str, NDArray[np.int64]]
    waited: NDArray[np.int64]
    open_forms: NDArray[np.bool_]

    def nearest(self, h: int, k: int) -> NDArray[np.int64]:
        """The k households most like one that waits, itself first; fewer if there are no more.

        Whoever has a form open is never like those who have none.
        """
        possible = np.asarray(self.open_forms.any(axis=1))
        rows = np.flatnonzero(self.waits & (possible == possible[h]))
        months = np.log1p(self.waited / DAYS_A_MONTH)
        apart = np.abs(months[rows] - months[h])
        apart += UNLIKE_FORM * (self.open_forms[rows] != self.open_forms[h]).sum(axis=1)
        for mark, steps in UNLIKE.items():
            apart += steps * (self.marks[mark][rows] != self.marks[mark][h])
        # Others may be as near as it is to itself.
        apart[rows == h] = -1.0
        return np.asarray(rows[np.argsort(apart, kind="stable")[:k]])


def peers(a: Assessment) -> Peers:
    """All households of an assessed city by what decides how long they wait.

    A form is open where no lasting rule closes all its pools: facts may yet be answered, and rules about the
    moment (a recent decline, stepping up) pass.
    """
    instance = a.instance
    c = instance.households
    waits = (c["current_pool"] == NONE) & (c["situation"] != code_of("situation", Situation.HOUSED))
    since = c["homeless_since"].astype(np.int64)
    lasting = [rule for rule in a.policy.rules if rule.rule_id not in IGNORED]
    rows = np.flatnonzero(waits)
    possible = eligibility(a, rows, lasting) != NO
    open_forms = np.zeros((instance.n, len(instance.form_ids)), dtype=bool)
    for form in range(len(instance.form_ids)):
        open_forms[rows, form] = possible[:, instance.pools["form"] == form].any(axis=1)
    marks = {
        "tier": prioritise(a).tier.astype(np.int64),
        "segment": segments(instance).astype(np.int64),
        "profile": np.argmax(np.array(list(profiles(a).values())), axis=0).astype(np.int64),
    }
    waited = np.where((since == MISSING) | (since > 0), 0, -since)
    return Peers(numbers_of(instance.household_ids)[1], np.asarray(waits), marks, waited, open_forms)
