"""Everyone left without a proposal, and why: a first-class part of every answer."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from optimiser.assessment import Assessment
from optimiser.compatibility import eligibility, failures
from optimiser.instance import MISSING, NONE
from optimiser.kleene import UNKNOWN, YES
from optimiser.matching import Moves, Plan
from optimiser.priority import Priority
from optimiser.reasons.missing import missing_facts

Cause = Literal["stays", "outcompeted", "needs_information", "no_eligible_pool"]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A candidate without a proposal.

    cause is the first that holds of: stays (has a present place), outcompeted (eligible somewhere),
    needs_information (nowhere yes, somewhere unknown), no_eligible_pool. missing are facts that would
    open a pool; blocking are rules by how many open pools they close, most first.
    """

    household: int
    cause: Cause
    missing: tuple[str, ...]
    blocking: tuple[str, ...]


def unmatched(a: Assessment, priority: Priority, plan: Plan, moves: Moves) -> list[Unmatched]:
    """Candidates without a proposal, by household; residents are left out when nobody moves."""
    waiting = priority.candidate.copy()
    waiting[plan.household] = False
    if moves == "none":
        waiting &= a.instance.households["current_pool"] == NONE
    rows = np.flatnonzero(waiting)
    grid = eligibility(a, rows)
    facts = missing_facts(a, rows, grid)
    closed = failures(a, rows, _open_pools(a))
    ids = [rule.rule_id for rule in a.policy.rules]
    answers = []
    for i, h in enumerate(rows.tolist()):
        order = sorted(np.flatnonzero(closed[i]).tolist(), key=lambda r: (-int(closed[i, r]), ids[r]))
        cause = _cause(bool(a.present_level[h] != NONE), grid[i])
        answers.append(Unmatched(h, cause, tuple(facts[i]), tuple(ids[r] for r in order)))
    return answers


def _cause(has_place: bool, row: np.ndarray[tuple[int], np.dtype[np.int8]]) -> Cause:
    if has_place:
        return "stays"
    if (row == YES).any():
        return "outcompeted"
    return "needs_information" if (row == UNKNOWN).any() else "no_eligible_pool"


def _open_pools(a: Assessment) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    opens, closes = a.instance.pools["opens_on"], a.instance.pools["closes_on"]
    return np.asarray(((opens == MISSING) | (opens <= 0)) & ((closes == MISSING) | (closes > 0)))
