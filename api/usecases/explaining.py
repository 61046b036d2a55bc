"""An explanation: every pool for one household, rule by rule, and who is ahead of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from api.usecases.cities import filled
from api.usecases.policies import policy_on
from api.usecases.problems import UserError
from models.dataset import Dataset
from optimiser.instance import Instance
from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.matching import Moves
from optimiser.policy.model import Rule
from optimiser.reasons.ahead import Ahead, ahead
from optimiser.reasons.explain import PoolExplanation, RuleVerdict, explain_pools
from optimiser.reasons.remedies import Progress, Remedy, remedies

LOCAL = "local"
INTERPRETATION = " (interpretation)"
"""End of a citation where the rule is our reading of the source."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One household explained.

    Attributes
    ----------
    answer
        What `explain --json` gives.
    needs
        By pool: the facts that a pool waits for.
    proposed
        By household and pool of `ahead`: whether it is proposed that place, else it lives there.
    """

    dataset: Dataset
    match: Match
    row: int
    answer: dict[str, Any]
    needs: dict[str, tuple[str, ...]]
    proposed: frozenset[tuple[str, str]]


def explain_household(
    engine: Engine,
    household: str,
    pools: Sequence[str],
    as_of: date,
    moves: Moves,
    progress: Progress | None = None,
) -> Explained:
    """Explain a household, by solving again: nothing is stored.

    Parameters
    ----------
    pools
        The pools to explain; none means all of them.
    progress
        Told how many changes have been tried of how many, while what would help is looked for.

    Raises
    ------
    UserError
        If the household or a pool is not in the database.
    """
    dataset = filled(engine)
    instance = build_instance(dataset, as_of)
    row = _index(instance.household_ids, household, "unknown_household")
    chosen = [_index(instance.pool_ids, pool, "unknown_pool") for pool in pools]
    found = match(policy_on(as_of), instance, moves)
    explained = explain_pools(found.assessment, row, chosen or list(range(instance.m)))
    others = ahead(found, row)
    return Explained(
        dataset=dataset,
        match=found,
        row=row,
        answer=_answer(found, row, explained, others, remedies(found, row, progress)),
        needs={instance.pool_ids[entry.pool]: entry.needs for entry in explained},
        proposed=frozenset(
            (instance.household_ids[o.household], instance.pool_ids[o.pool]) for o in others if o.proposed
        ),
    )


def _index(ids: tuple[str, ...], wanted: str, key: str) -> int:
    try:
        return ids.index(wanted)
    except ValueError:
        raise UserError(key, id=wanted) from None


def _answer(
    found: Match, row: int, explained: list[PoolExplanation], others: list[Ahead], helps: list[Remedy]
) -> dict[str, Any]:
    instance, priority = found.assessment.instance, found.priority
    taken = found.plan.pool[found.plan.household == row].tolist()
    return {
        "household": instance.household_ids[row],
        "as_of": str(instance.as_of),
        "tier": int(priority.tier[row]),
        "points": int(priority.points[row]),
        "pools": [
            {
                "pool": instance.pool_ids[entry.pool],
                "eligible": entry.eligible,
                "fit": entry.fit,
                "verdicts": [told_verdict(verdict) for verdict in entry.verdicts],
            }
            for entry in explained
        ],
        "proposal": instance.pool_ids[taken[0]] if taken else None,
        "ahead": [
            {
                "household": instance.household_ids[other.household],
                "pool": instance.pool_ids[other.pool],
                "tier": int(priority.tier[other.household]),
                "points": int(priority.points[other.household]),
            }
            for other in others
        ],
        "would_help": [told_remedy(instance, remedy) for remedy in helps],
    }


def told_remedy(instance: Instance, remedy: Remedy) -> dict[str, Any]:
    """A change that would help, and what it would bring, as `explain --json` gives it."""
    return {
        "change": remedy.change.as_data(),
        "effect": {**remedy.effect, "household_gets": instance.pool_ids[remedy.gets]},
    }


def told_verdict(verdict: RuleVerdict) -> dict[str, Any]:
    """A rule's verdict with its text and citation, as `explain --json` gives it."""
    return told_beside(verdict, told_rule(verdict.rule))


def told_beside(verdict: RuleVerdict, rule: Mapping[str, str]) -> dict[str, Any]:
    """A rule's verdict beside what the rule says, which is the same for every pool."""
    return {
        "rule": verdict.rule.rule_id,
        "verdict": verdict.verdict,
        "observed": dict(verdict.observed),
        "limit": dict(verdict.limit),
        **rule,
    }


def told_rule(rule: Rule) -> dict[str, str]:
    """A rule's text and citation."""
    return {
        "text_sv": with_numbers(rule.text_sv, rule),
        "text_en": with_numbers(rule.text_en, rule),
        "cite": citation(rule),
    }


def with_numbers(text: str, rule: Rule) -> str:
    """A rule's text with the numbers in force: `{days}` becomes the parameter of that name."""
    return text.format_map(rule.parameters)


def citation(rule: Rule) -> str:
    """What a rule rests on: source and section, marked where it is our reading, or `local`."""
    if not rule.cite:
        return LOCAL
    places = "; ".join(f"{cite['source']}, {cite['section']}" for cite in rule.cite)
    return places + INTERPRETATION if rule.basis == "interpretation" else places
