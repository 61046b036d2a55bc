"""Why one household may or may not live in each pool: every rule, what was seen, and the limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import applicable, eligibility, verdicts
from optimiser.fit import fit_of_pairs
from optimiser.kleene import ELIGIBILITY_NAMES, VERDICT_NAMES
from optimiser.policy.model import Rule
from optimiser.policy.predicates import PREDICATES
from optimiser.reasons.missing import needed_facts


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """One rule on one pair: pass, fail or unknown, with what was observed and what the limit is."""

    rule: Rule
    verdict: str
    observed: Mapping[str, Any]
    limit: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PoolExplanation:
    """One pool for one household: eligible yes, no or unknown, its fit, and every rule that applies."""

    pool: int
    eligible: str
    fit: int
    verdicts: tuple[RuleVerdict, ...]
    needs: tuple[str, ...]


def explain_pools(a: Assessment, h: int, pools: list[int]) -> list[PoolExplanation]:
    """The given pools for one household, in the order given."""
    grid = eligibility(a, np.array([h]))[0]
    chosen = np.array(pools, dtype=np.int64)
    fits = fit_of_pairs(a, np.full(len(chosen), h), chosen)
    told = _verdicts(a, h, chosen)
    return [
        PoolExplanation(
            pool=p,
            eligible=ELIGIBILITY_NAMES[int(grid[p])],
            fit=int(fit),
            verdicts=tuple(told[i]),
            needs=tuple(needed_facts(a, h, p)) if ELIGIBILITY_NAMES[int(grid[p])] == "unknown" else (),
        )
        for i, (p, fit) in enumerate(zip(pools, fits, strict=True))
    ]


def _verdicts(a: Assessment, h: int, pools: NDArray[np.int64]) -> list[list[RuleVerdict]]:
    """For each pool of a list every rule that applies, in policy order."""
    found: list[list[RuleVerdict]] = [[] for _ in pools]
    pairs = np.full(len(pools), h), pools
    for rule in a.policy.rules:
        applies, verdict = applicable(a, rule, *pairs), verdicts(a, rule, *pairs)
        describe = PREDICATES[rule.predicate].describe
        for i in np.flatnonzero(applies).tolist():
            observed, limit = describe(a, h, int(pools[i]), **rule.parameters)
            found[i].append(RuleVerdict(rule, VERDICT_NAMES[int(verdict[i])], observed, limit))
    return found
