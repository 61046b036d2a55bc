"""Which household may live where: every rule over households x pools, in blocks of rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import NONE, Instance
from optimiser.kleene import FAIL, PASS, UNKNOWN, VERDICT_NAMES, YES, Truth
from optimiser.policy.model import Policy, PolicyProblem, Rule
from optimiser.policy.predicates import PREDICATES

BLOCK_PAIRS = 1 << 20
"""Pairs evaluated at once: small enough to stay in the processor's cache."""

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Compatibility:
    """Eligible pairs (household, pool) and pairs that wait for a fact (household, pool), sorted.

    Only these are kept; everything else is `no`, and why is worked out when asked (`pair_verdicts`).
    """

    eligible: tuple[Index, Index]
    unknown: tuple[Index, Index]


def assess(policy: Policy, instance: Instance) -> Assessment:
    """Read a policy against an instance, with whom the current pool no longer suits worked out."""
    a = Assessment(policy, instance)
    residents = np.flatnonzero(instance.households["current_pool"] != NONE)
    pools = instance.households["current_pool"][residents].astype(np.int64)
    for rule in policy.rules:
        if rule.rule_id not in _not_counted(policy):
            a.unsuitable[residents] |= verdicts(a, rule, residents, pools) == FAIL
    return a


def compatibility(a: Assessment, rows: Index | None = None) -> Compatibility:
    """Eligibility of all pairs of some households (by default all) and every pool."""
    rows = np.arange(a.instance.n) if rows is None else rows
    eligible: list[tuple[Index, Index]] = []
    unknown: list[tuple[Index, Index]] = []
    for block in _blocks(rows, a.instance.m):
        grid = eligibility(a, block)
        for kept, value in ((eligible, YES), (unknown, UNKNOWN)):
            h, p = np.nonzero(grid == value)
            kept.append((block[h], p))
    return Compatibility(_joined(eligible), _joined(unknown))


def eligibility(a: Assessment, rows: Index, rules: Iterable[Rule] | None = None) -> Truth:
    """Eligibility of some households in every pool, shape (k, m): no, unknown or yes."""
    # Worked out with a row for each pool: most rules speak of some pools and nearly all households, and
    # whole rows are quick to reach.
    grid = np.full((a.instance.m, len(rows)), YES)
    for rule in a.policy.rules if rules is None else rules:
        concerned, pools = _concerned(a, rule, rows), _pools(a, rule)
        if not concerned.size or not pools.size:
            continue
        verdict = _evaluate(a, rule, rows[concerned][None, :], pools[:, None])
        if rule.when_unknown == "ask":
            verdict = np.where(verdict == UNKNOWN, PASS, verdict)
        if len(concerned) < len(rows):
            where = np.ix_(pools, concerned)
            grid[where] = np.minimum(grid[where], verdict)
        elif len(pools) < a.instance.m:
            grid[pools] = np.minimum(grid[pools], verdict)
        else:
            np.minimum(grid, verdict, out=grid)
    return np.ascontiguousarray(grid.T)


def failures(a: Assessment, rows: Index, pools: NDArray[np.bool_]) -> NDArray[np.int32]:
    """How many of some pools each rule closes to each household, shape (k, rules)."""
    counts = np.zeros((len(rows), len(a.policy.rules)), dtype=np.int32)
    for block_start, block in _numbered_blocks(rows, a.instance.m):
        for r, rule in enumerate(a.policy.rules):
            concerned, chosen = _concerned(a, rule, block), _pools(a, rule)
            chosen = chosen[pools[chosen]]
            if concerned.size and chosen.size:
                verdict = _evaluate(a, rule, block[concerned][:, None], chosen[None, :])
                counts[block_start + concerned, r] = (verdict == FAIL).sum(axis=1)
    return counts


def verdicts(a: Assessment, rule: Rule, h: Index, p: Index) -> Truth:
    """Verdicts of one rule on a list of pairs, shape (k,); a pair it does not apply to passes."""
    applies = applicable(a, rule, h, p)
    verdict = np.full(len(h), PASS)
    if applies.any():
        verdict[applies] = _evaluate(a, rule, h[applies], p[applies])
    return verdict


def applicable(a: Assessment, rule: Rule, h: Index, p: Index) -> NDArray[np.bool_]:
    """Whether a rule applies to each pair of a list, shape (k,)."""
    applies = a.selected(rule.applies_to)[p]
    if rule.applies_when:
        applies &= (a.condition(rule.applies_when) == YES)[h]
    if rule.rule_id in a.excepted:
        applies &= ~a.excepted[rule.rule_id][h]
    return applies


def pair_verdicts(a: Assessment, h: int, p: int) -> dict[str, str]:
    """Every rule that applies to one pair and its verdict: pass, fail or unknown."""
    pair = np.array([h]), np.array([p])
    return {
        rule.rule_id: VERDICT_NAMES[int(verdicts(a, rule, *pair)[0])]
        for rule in a.policy.rules
        if applicable(a, rule, *pair)[0]
    }


def _evaluate(a: Assessment, rule: Rule, h: Index, p: Index) -> Truth:
    try:
        predicate = PREDICATES[rule.predicate]
    except KeyError:
        raise PolicyProblem(f"rule {rule.rule_id}: no predicate is called {rule.predicate}") from None
    return predicate.evaluate(a, h, p, **rule.parameters)


def _pools(a: Assessment, rule: Rule) -> Index:
    return np.flatnonzero(a.selected(rule.applies_to))


def _concerned(a: Assessment, rule: Rule, rows: Index) -> Index:
    concerned = np.ones(len(rows), dtype=bool)
    if rule.applies_when:
        concerned &= (a.condition(rule.applies_when) == YES)[rows]
    if rule.rule_id in a.excepted:
        concerned &= ~a.excepted[rule.rule_id][rows]
    concerns = PREDICATES[rule.predicate].concerns
    if concerns is not None:
        concerned &= concerns(a, **rule.parameters)[rows]
    return np.flatnonzero(concerned)


def _not_counted(policy: Policy) -> frozenset[str]:
    named = (rule.parameters.get("not_counted", ()) for rule in policy.rules)
    return frozenset(rule_id for names in named for rule_id in names)


def _blocks(rows: Index, m: int) -> Iterator[Index]:
    step = max(1, BLOCK_PAIRS // max(m, 1))
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def _numbered_blocks(rows: Index, m: int) -> Iterator[tuple[int, Index]]:
    start = 0
    for block in _blocks(rows, m):
        yield start, block
        start += len(block)


def _joined(parts: list[tuple[Index, Index]]) -> tuple[Index, Index]:
    if not parts:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate([h for h, _ in parts]), np.concatenate([p for _, p in parts])
