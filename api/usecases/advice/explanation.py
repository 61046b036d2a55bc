"""An explanation for one case: every pool rule by rule, who is ahead, what is missing, what would help."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from api.access.actor import Actor
from api.usecases.advice.sight import as_known_to, of_household
from api.usecases.advice.telling import Telling
from api.usecases.city_view import CityView
from api.usecases.explaining import told_beside, told_remedy, told_rule
from api.usecases.problems import UserError
from optimiser.compatibility import eligibility
from optimiser.instance import NONE
from optimiser.kleene import YES
from optimiser.match import Match
from optimiser.matching import Moves
from optimiser.reasons.ahead import Ahead, ahead
from optimiser.reasons.explain import PoolExplanation, explain_pools
from optimiser.reasons.missing import missing_facts
from optimiser.reasons.regret import Base, regrets
from optimiser.reasons.remedies import remedies


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of an explanation is wanted.

    Attributes
    ----------
    pools
        The pools to explain; none means all.
    every_rule
        Whether rules that a pool meets are told too; of pools that are named they always are.
    would_help, regret
        Whether to look for what would help, and for what each of the given pools would cost the whole;
        None looks where the answer comes at once: where the run is a pure flow.
    """

    pools: Sequence[str] = ()
    moves: Moves = "unlimited"
    would_help: bool | None = None
    regret: bool | None = None
    every_rule: bool = False


def explain_case(view: CityView, actor: Actor, household_id: str, wanted: Wanted) -> dict[str, Any]:
    """Explain a household's situation as it is now; the household must be one that the person may see.

    Raises
    ------
    UserError
        If a pool is not in the city.
    """
    for pool in wanted.pools:
        if pool not in view.pool_at:
            raise UserError("unknown_pool", id=pool)
    row = view.row_of[household_id]
    view = as_known_to(view, actor, wanted.moves, of_household(row))
    a, found = view.assessment, view.proposed(wanted.moves)
    telling, base = Telling(view, actor), view.base(wanted.moves)
    chosen = [view.pool_at[pool] for pool in wanted.pools]
    grid = eligibility(a, np.array([row]))
    taken = found.plan.pool[found.plan.household == row].tolist()
    would_help = base.flow if wanted.would_help is None else wanted.would_help
    with_regret = base.flow if wanted.regret is None else wanted.regret
    ids, whole = a.instance.pool_ids, wanted.every_rule or bool(chosen)
    return {
        "household": household_id,
        "as_of": a.instance.as_of,
        "candidate": bool(view.priority.candidate[row]),
        "tier": int(view.priority.tier[row]),
        "points": int(view.priority.points[row]),
        "pools": [
            _pool(view, _open_to(view, row, wanted.moves, entry.pool), entry, whole)
            for entry in explain_pools(a, row, chosen or list(range(len(ids))))
        ],
        "proposal": ids[taken[0]] if taken else None,
        "ahead": [_ahead(telling, ids, one) for one in ahead(found, row) if not _unsaid(telling, one)],
        "missing": missing_facts(a, np.array([row]), grid)[0],
        "would_help": [told_remedy(a.instance, one) for one in remedies(found, row)] if would_help else None,
        "regret": _regret(telling, found, base, row, chosen) if with_regret else None,
    }


def _open_to(view: CityView, row: int, moves: Moves, pool: int) -> bool:
    """Whether an empty place is one that the household could move to, as far as vacancies tell.

    Not whether a plan could propose it: what a conflict bars would tell where somebody lives.
    """
    instance = view.assessment.instance
    home = int(instance.households["current_pool"][row])
    moves_in = home == NONE or (moves != "none" and home != pool)
    return bool(view.priority.candidate[row] and moves_in and instance.pools["vacant"][pool] > 0)


def _pool(view: CityView, free: bool, entry: PoolExplanation, whole: bool) -> dict[str, Any]:
    instance = view.assessment.instance
    rules = view.kept("rules", lambda: _rules_told(view))
    return {
        "pool": instance.pool_ids[entry.pool],
        "eligible": entry.eligible,
        "fit": entry.fit,
        "possible_now": entry.eligible == "yes" and free,
        "needs": list(entry.needs),
        "verdicts": [
            told_beside(verdict, rules[verdict.rule.rule_id])
            for verdict in entry.verdicts
            if whole or verdict.verdict != "pass"
        ],
    }


def _rules_told(view: CityView) -> dict[str, dict[str, str]]:
    return {rule.rule_id: told_rule(rule) for rule in view.assessment.policy.rules}


def _unsaid(telling: Telling, one: Ahead) -> bool:
    return telling.hidden_address(one.household)


def _ahead(telling: Telling, pool_ids: tuple[str, ...], one: Ahead) -> dict[str, Any]:
    return {
        **telling.household(one.household),
        "pool": pool_ids[one.pool],
        "lives_there": not one.proposed,
    }


def _regret(telling: Telling, found: Match, base: Base, row: int, pools: list[int]) -> list[dict[str, Any]]:
    grid = eligibility(found.assessment, np.array([row]))[0]
    open_pools = [p for p in pools if grid[p] == YES]
    told = regrets(base, [(row, p) for p in open_pools])
    ids = found.assessment.instance.pool_ids
    return [
        {"pool": ids[p], "effect": None if effect is None else telling.effect(effect)}
        for p, effect in zip(open_pools, told, strict=True)
    ]
