"""Cycles that prices undervalue: each once, whichever of its moves it is found from."""

from optimiser.solve.layered_face import best_of_kinds, cycle_worth, whole_layered_face
from optimiser.solve.layered_prices import _best_cycles
from optimiser.solve.layers import layers

from .problems import plain_problem


def test_round_of_three_and_a_swap_are_found_once_each() -> None:
    """Residents of 0, 1 and 2 go round for 3; those of 3 and 4 swap for 10."""
    pairs, home = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 3)], [0, 1, 2, 3, 4]
    problem = plain_problem(pairs, [[1, 1, 1, 5, 5]], [0] * 5, home)
    structure = layers(problem, 3)
    face = whole_layered_face(problem, structure)
    best = best_of_kinds(structure, face, problem.goals[0])
    through = cycle_worth(problem, structure, face, best)
    found = _best_cycles(structure, face, best, through, 0)
    moves = [[(int(structure.left[k]), int(structure.taken[k])) for k in cycle] for cycle in found]
    assert [sorted(cycle) for cycle in moves] == [[(3, 4), (4, 3)], [(0, 1), (1, 2), (2, 0)]]
    assert all(cycle[0] == min(cycle) for cycle in found)
    assert _best_cycles(structure, face, best, through, 9) == found[:1]
