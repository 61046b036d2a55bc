"""Which unknown facts keep doors shut: what to ask, and what each answer could open."""

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import applicable, assess, eligibility, verdicts
from optimiser.facts import FACTS, confirmed, unknown
from optimiser.kleene import UNKNOWN, YES, Truth
from optimiser.policy.predicates.registry import facts_read

Index = NDArray[np.int64]


def missing_facts(a: Assessment, rows: Index, grid: Truth) -> list[list[str]]:
    """For each of some households, the unknown facts each of which alone could turn a pool to yes.

    grid is their eligibility (k, m); the pool they live in is not counted. Every answer to every
    unknown fact is tried by the same rules, also where no rule waits for it: who turns out to be
    sheltering from violence has other rules.
    """
    found: list[list[str]] = [[] for _ in rows]
    elsewhere = a.instance.households["current_pool"][rows][:, None] != np.arange(a.instance.m)
    for fact in FACTS:
        asked = np.flatnonzero(unknown(a.instance, fact)[rows])
        if not asked.size:
            continue
        opens = np.zeros(len(asked), dtype=bool)
        before = grid[asked] == YES
        for answered in confirmed(a.policy, a.instance.only(rows[asked]), fact):
            after = eligibility(assess(a.policy, answered), np.arange(len(asked))) == YES
            opens |= (after & ~before & elsewhere[asked]).any(axis=1)
        for i in asked[opens].tolist():
            found[i].append(fact)
    return found


def needed_facts(a: Assessment, h: int, p: int) -> list[str]:
    """The unknown facts that the rules holding one pair back wait for, in the order of FACTS."""
    pair = np.array([h]), np.array([p])
    waits: set[str] = set()
    for rule in a.policy.rules:
        if (
            rule.when_unknown == "hold"
            and applicable(a, rule, *pair)[0]
            and verdicts(a, rule, *pair)[0] == UNKNOWN
        ):
            waits |= facts_read(a, rule.predicate, rule.parameters)
    return [fact for fact in FACTS if fact in waits and unknown(a.instance, fact)[h]]


def questions(a: Assessment, h: Index, p: Index) -> list[list[str]]:
    """For each pair of a list, the ask-rules that are unknown: questions to put at the offer."""
    asks: list[list[str]] = [[] for _ in h]
    for rule in a.policy.rules:
        if rule.when_unknown == "ask":
            for i in np.flatnonzero(verdicts(a, rule, h, p) == UNKNOWN).tolist():
                asks[i].append(rule.rule_id)
    return asks
