"""After a run of the demo city that is a pure flow: an explanation, the gap, bottlenecks, what to ask."""

import numpy as np

from optimiser.compatibility import assess
from optimiser.gap.bottlenecks import bottlenecks
from optimiser.gap.holes import holes
from optimiser.gap.womens_gap import gap
from optimiser.instance import NONE
from optimiser.match import Match, match
from optimiser.matching import Moves
from optimiser.policy.load import load_policy
from optimiser.reasons.ahead import ahead
from optimiser.reasons.asking import worth_asking
from optimiser.reasons.explain import explain_pools
from optimiser.reasons.remedies import remedies

from .made_instance import demo_instance
from .measure import measured, show

ROUNDS = 3
EXPLAINED = 40
MOVES: tuple[Moves, ...] = ("none", "unlimited")


def run() -> None:
    """Explain some who got no proposal, each with what would help; then gap, bottlenecks and questions."""
    for moves in MOVES:
        _show(moves)


def _show(moves: Moves) -> None:
    instance = demo_instance()
    policy = load_policy(instance.as_of)
    whole = measured(lambda: match(policy, instance, moves), ROUNDS)
    run_of = whole.result
    took = sorted(measured(lambda h=h: _explained(run_of, h), ROUNDS).seconds for h in _left_out(run_of))  # type: ignore[misc]
    lacking = measured(lambda: holes(gap(assess(policy, instance))), ROUNDS)
    more = measured(lambda: bottlenecks(assess(policy, instance), moves), ROUNDS)
    asked = measured(lambda: worth_asking(run_of))
    again = f"{more.result.solved_again} pools solved again"
    show(
        f"Demo city after a run, moves {moves}",
        [
            ("the run", f"{whole.seconds:.3f}", "", run_of.solution.engine),
            ("explain, median", f"{took[len(took) // 2]:.3f}", f"of {len(took)}", "limit 0.3 s"),
            ("explain, slowest", f"{took[-1]:.3f}", "", "all pools, who is ahead, what would help"),
            ("gap with holes", f"{lacking.seconds:.3f}", "", "limit 0.5 s"),
            ("bottlenecks", f"{more.seconds:.3f}", f"{instance.m} pools", f"limit 0.5 s; {again}"),
            ("what to ask", f"{asked.seconds:.3f}", f"{asked.result.possible} answers", "every one tried"),
        ],
    )


def _left_out(run_of: Match) -> list[int]:
    """Households without a place or a proposal, evenly over all of them."""
    left = run_of.priority.candidate & (run_of.assessment.instance.households["current_pool"] == NONE)
    left[run_of.plan.household] = False
    rows = np.flatnonzero(left)
    return [int(h) for h in rows[:: max(1, len(rows) // EXPLAINED)]]


def _explained(run_of: Match, h: int) -> None:
    explain_pools(run_of.assessment, h, list(range(run_of.assessment.instance.m)))
    ahead(run_of, h)
    remedies(run_of, h)
