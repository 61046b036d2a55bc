"""What a predicate is, and the list of them by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.kleene import Truth

Index = NDArray[np.int64]
Values = dict[str, Any]
Evaluate = Callable[..., Truth]
Describe = Callable[..., tuple[Values, Values]]
Concerns = Callable[..., NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Predicate:
    """One question that can be put to any pair of household and pool.

    Attributes
    ----------
    evaluate
        `(assessment, h, p, **parameters)` -> verdicts in the broadcast shape of the index arrays h and
        p: (k, 1) and (1, l) for a grid, (k,) and (k,) for a list of pairs.
    describe
        `(assessment, h, p, **parameters)` for one pair -> what is observed and what the limit is,
        by column or parameter name.
    concerns
        `(assessment, **parameters)` -> households that may get another verdict than pass, shape (n,).
    facts
        Columns read directly whose value may be unknown.
    of_household
        Whether the verdict hangs on the household alone, so that it is the same for every pool.
    """

    name: str
    evaluate: Evaluate
    describe: Describe
    concerns: Concerns | None
    facts: tuple[str, ...]
    required: frozenset[str]
    optional: frozenset[str]
    of_household: bool = False

    @property
    def parameters(self) -> frozenset[str]:
        """Names of all parameters that the predicate reads."""
        return self.required | self.optional


PREDICATES: dict[str, Predicate] = {}


def predicate(
    describe: Describe,
    *,
    concerns: Concerns | None = None,
    facts: tuple[str, ...] = (),
    of_household: bool = False,
) -> Callable[[Evaluate], Evaluate]:
    """Register a function as a predicate under its own name; its keyword-only arguments are parameters."""

    def register(evaluate: Evaluate) -> Evaluate:
        keywords = [p for p in signature(evaluate).parameters.values() if p.kind is Parameter.KEYWORD_ONLY]
        required = frozenset(p.name for p in keywords if p.default is Parameter.empty)
        optional = frozenset(p.name for p in keywords) - required
        name = evaluate.__name__
        PREDICATES[name] = Predicate(
            name, evaluate, describe, concerns, facts, required, optional, of_household
        )
        return evaluate

    return register


def facts_read(assessment: Assessment, name: str, parameters: Mapping[str, Any]) -> frozenset[str]:
    """Columns whose unknown value can make a rule with this predicate unknown."""
    named = [value for key, value in parameters.items() if key in ("condition", "fail_when", "unknown_when")]
    return frozenset(PREDICATES[name].facts).union(*(assessment.facts_of(condition) for condition in named))
