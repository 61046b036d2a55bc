"""What would help one household to a place: one change at a time, each verified."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.match import Match, match_assessed
from optimiser.matching import GOALS
from optimiser.reasons.changes import Change, Trial, trials
from optimiser.reasons.openings import Openings
from optimiser.reasons.regret import base_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change after which the household is proposed a place: which, and what each goal gains or loses.

    Cost counts as a positive sum in SEK/month, so a positive difference is dearer.
    """

    change: Change
    gets: int
    effect: Mapping[str, int]


def remedies(match: Match, h: int, progress: Progress | None = None) -> list[Remedy]:
    """Changes that bring a household without a proposal to a place, each verified.

    Where the run is a pure flow, the best plan after a change is read off its residual graph, exactly; where
    that plan would break a limit, or the run is no pure flow, the city is solved again with the change: but
    not where the household would be without a place even without limits across pools and on chains.

    A household that has a proposal, or is no candidate, is not helped further. progress is told how many
    changes (`changes.trials`) are tried, of how many.
    """
    a = match.assessment
    if not match.priority.candidate[h] or h in match.plan.household:
        return []
    tried = list(trials(a, h))
    openings = Openings(match, base_of(match))
    found = []
    for number, trial in enumerate(tried, start=1):
        settled, remedy = _read_off(openings, h, trial)
        if not settled and openings.may_place(h, trial.city()):
            remedy = _solved_again(match, h, trial)
        if remedy is not None:
            found.append(remedy)
        if progress is not None:
            progress(number, len(tried))
    return found


def _read_off(openings: Openings, h: int, trial: Trial) -> tuple[bool, Remedy | None]:
    """Whether best paths settle what a change does, and the remedy if it is one."""
    if not openings.exact:
        return False, None
    if trial.change.kind == "place":
        told = openings.by_place(openings.match.assessment.instance.pool_ids.index(trial.change.subject))
        if told is None:
            return False, None
        problem, (after, change) = openings.roomy.problem, told
        got = problem.pool[after & (problem.seeker == h)]
        return True, Remedy(trial.change, int(got[0]), _effect(change)) if got.size else None
    if trial.alone is None or trial.pools is None:
        return False, None
    gain = openings.by_pools(trial.alone, np.array([0]), trial.pools[None], np.array([h])).get(h)
    if gain is None:
        return True, None
    if not openings.keeps(trial.city(), openings.plan_after(h, gain)):
        return False, None
    return True, Remedy(trial.change, gain.pool, _effect(gain.change))


def _solved_again(match: Match, h: int, trial: Trial) -> Remedy | None:
    again = match_assessed(trial.city(), match.moves, limits=match.limits)
    got = again.plan.pool[again.plan.household == h]
    if not got.size:
        return None
    change = np.subtract(again.solution.values[: len(GOALS)], match.solution.values[: len(GOALS)])
    return Remedy(trial.change, int(got[0]), _effect(change.tolist()))


def _effect(change: Sequence[int]) -> dict[str, int]:
    """The change of each goal, all maximised, with cost as a positive sum."""
    return {name: -value if name == "cost" else value for name, value in zip(GOALS, change, strict=False)}
