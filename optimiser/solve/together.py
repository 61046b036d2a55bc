"""The best choice where nothing but places limits it: several goals in one flow, on ever smaller faces."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import Problem
from optimiser.solve.face import Face, Prices, narrowed, whole_face
from optimiser.solve.flow import best_choice, largest_worth
from optimiser.solve.prices import prices_of

Index = NDArray[np.int64]


def best_together(problem: Problem, most: int, sure: bool = False) -> NDArray[np.bool_]:
    """The best choice of a problem's pairs (k,), goals strictly in order; its sides are left out.

    Few flows, since as many goals go into one as its range takes; and none once one choice is left.

    Parameters
    ----------
    most
        No choice has more pairs than this.
    sure
        Whether every seeker is placed in each best choice, so that the first goal, which is who is placed,
        has nothing left to say.
    """
    face = replace(whole_face(problem), sides=())
    if sure:
        face = replace(face, must=np.ones(len(problem.home), dtype=bool))
    goals = problem.goals[1:] if sure else problem.goals
    *before, last = _together(goals, most, largest_worth(problem))
    for goal in before:
        held, face = _best_for(problem, face, goal)
        if len(face.pairs) == len(held) == int(face.must.sum()):
            break
    else:
        # What the last goal leaves open nobody asks.
        held = face.pairs[best_choice(problem, face, last[face.pairs])]
    chosen = np.zeros(len(problem.seeker), dtype=bool)
    chosen[held] = True
    return chosen


def first_faces(problem: Problem, goals: int) -> tuple[list[int], list[Index]]:
    """What some of the goals, in their order, reach at most without sides, and the pairs left open by each.

    Whatever limits there are beside, a choice that reaches as much in goals 0 to i uses none but pairs[i].
    """
    face = replace(whole_face(problem), sides=())
    reached, pairs = [], []
    for goal in problem.goals[:goals]:
        held, face = _best_for(problem, face, goal)
        reached.append(int(goal[held].sum()))
        pairs.append(face.pairs)
    return reached, pairs


def _best_for(problem: Problem, face: Face, goal: Index) -> tuple[Index, Face]:
    """The pairs of a best choice on a face for one goal, and the face that it leaves open."""
    worth = goal[face.pairs]
    taken = best_choice(problem, face, worth)
    prices = Prices(prices_of(problem, face, worth, taken), np.zeros(0, dtype=np.int64))
    return face.pairs[taken], narrowed(problem, face, worth, prices, int(worth[taken].sum()))


def _together(goals: Iterable[Index], most: int, room: int) -> Iterator[Index]:
    """The goals in their order, as many in one as a flow takes: at most so many pairs are chosen.

    A unit of a goal outweighs whatever the goals after it can come to, so their order stays strict.
    """
    first, *others = goals
    for goal in others:
        weight = 1 + most * (int(goal.max(initial=0)) - int(goal.min(initial=0)))
        if int(np.abs(first).max(initial=0)) * weight + int(np.abs(goal).max(initial=0)) <= room:
            first = first * weight + goal
        else:
            yield first
            first = goal
    yield first
