"""Limits that cannot all hold: which of them, as few as can be, stand in each other's way."""

from collections.abc import Callable

from optimiser.assessment import Assessment
from optimiser.chains import split
from optimiser.limits.model import LimitName, Limits
from optimiser.matching import Index, Moves, matching_problem, plan_of
from optimiser.priority import Priority
from optimiser.problem import NoPlan
from optimiser.solve.anyhow import any_choice
from optimiser.solve.deadline import Deadline
from optimiser.solve.layered_face import whole_layered_face
from optimiser.solve.layered_mip import best_in_layers
from optimiser.solve.layers import layers
from optimiser.solve.mip import NoChoice


class LimitsConflict(Exception):
    """No plan keeps all limits.

    Attributes
    ----------
    names
        Limits that no plan keeps together, though any but one of them it could; of a single limit, that
        the city's own rules, places, conflicts or quotas do not allow it.
    """

    def __init__(self, names: tuple[LimitName, ...]) -> None:
        super().__init__(
            "no plan keeps together: " + "; ".join(f"{n.kind} {' = '.join(n.subject)}" for n in names)
        )
        self.names = names


def minimal_conflict(limits: Limits, possible: Callable[[Limits], bool]) -> tuple[LimitName, ...]:
    """The fewest-by-inclusion limits that are impossible together, by leaving out one after the other.

    To leave out a limit never makes a plan impossible, so who is not needed for the conflict once is not
    needed later: one pass in a fixed order finds a set of which every limit is needed. Pins are tried
    last, since nothing conflicts without one.
    """
    kept = [name for name, _ in limits.parts()]
    for name in tuple(kept):
        without = [other for other in kept if other != name]
        if not possible(limits.only(without)):
            kept = without
    return tuple(kept)


def has_plan(
    a: Assessment, priority: Priority, pairs: tuple[Index, Index], moves: Moves, limits: Limits
) -> bool:
    """Whether any plan keeps all limits, whatever it is worth; proved either way."""
    problem = matching_problem(a, priority, pairs, moves, limits)
    try:
        chosen = any_choice(problem, Deadline())
        if not isinstance(moves, int) or split(plan_of(problem, chosen), problem.vacant, moves) is not None:
            return True
        structure = layers(problem, moves)
        best_in_layers(problem, structure, whole_layered_face(problem, structure), None, Deadline())
    except (NoPlan, NoChoice):
        return False
    return True
