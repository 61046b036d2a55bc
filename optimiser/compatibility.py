"""Which household may live where: every rule over households x pools, in blocks of rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import NONE, Instance
from optimiser.kleene import FAIL, PASS, UNKNOWN, VERDICT_NAMES, YES, Truth, all_of, crisp
from optimiser.policy.model import Policy, PolicyProblem, Rule
from optimiser.policy.predicates import PREDICATES, Predicate

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


def assess(
    policy: Policy, instance: Instance, selections: dict[str, NDArray[Any]] | None = None
) -> Assessment:
    """Read a policy against an instance, with whom the current pool no longer suits worked out."""
    a = Assessment(policy, instance, selections)
    note_unsuitable(a, np.flatnonzero(instance.households["current_pool"] != NONE))
    return a


def note_unsuitable(a: Assessment, residents: Index) -> None:
    """Work out whom of some residents (k,) the current pool no longer suits, into `a.unsuitable`."""
    pools = a.instance.households["current_pool"][residents].astype(np.int64)
    not_counted = _not_counted(a.policy)
    for rule in a.policy.rules:
        if rule.rule_id not in not_counted and residents.size:
            a.unsuitable[residents] |= verdicts(a, rule, residents, pools) == FAIL


def compatibility(a: Assessment, rows: Index | None = None, pools: Index | None = None) -> Compatibility:
    """Eligibility of all pairs of some households (by default all) and some pools (by default all)."""
    rows = np.arange(a.instance.n) if rows is None else rows
    columns = np.arange(a.instance.m) if pools is None else pools
    eligible: list[tuple[Index, Index]] = []
    unknown: list[tuple[Index, Index]] = []
    for block in _blocks(rows, len(columns)):
        grid = eligibility(a, block, pools=pools)
        for kept, value in ((eligible, YES), (unknown, UNKNOWN)):
            h, p = np.nonzero(grid == value)
            kept.append((block[h], columns[p]))
    return Compatibility(_joined(eligible), _joined(unknown))


def eligibility(
    a: Assessment, rows: Index, rules: Iterable[Rule] | None = None, pools: Index | None = None
) -> Truth:
    """Eligibility of some households in every pool, or in some, shape (k, pools): no, unknown or yes."""
    columns = np.arange(a.instance.m) if pools is None else pools
    chosen = a.policy.rules if rules is None else tuple(rules)
    grid = _of_households(a, tuple(r for r in chosen if _predicate(r).of_household), rows, columns)
    # Whom those rules leave no pool, the others need not look at.
    left = np.flatnonzero(grid.any(axis=0))
    if left.size:
        of_pairs = [rule for rule in chosen if not _predicate(rule).of_household]
        grid[:, left] = _narrowed(a, of_pairs, rows[left], columns, grid[:, left])
    return np.ascontiguousarray(grid.T)


def _narrowed(a: Assessment, rules: list[Rule], rows: Index, columns: Index, grid: Truth) -> Truth:
    """What further rules leave of a grid, shape (pools, rows)."""
    # Worked out with a row for each pool: most rules speak of some pools and nearly all households, and
    # whole rows are quick to reach.
    if not rules:
        return grid
    speaking = _speaking(a, rules).take(columns, axis=1)
    for number in np.flatnonzero(speaking.any(axis=1)).tolist():
        rule, at = rules[number], speaking[number].nonzero()[0]
        everybody = _concerns_everybody(a, rule)
        concerned = at[:0] if everybody else _concerned(a, rule, rows)
        if not everybody and not concerned.size:
            continue
        who = rows if everybody else rows[concerned]
        verdict = _evaluate(a, rule, who[None, :], columns[at][:, None])
        if rule.when_unknown == "ask":
            verdict = crisp(verdict != FAIL)
        if verdict.min() == PASS:
            continue
        everybody, everywhere = len(who) == len(rows), len(at) == len(columns)
        if everybody and everywhere:
            np.minimum(grid, verdict, out=grid)
        elif everybody:
            grid[at] = np.minimum(grid[at], verdict)
        elif everywhere:
            grid[:, concerned] = np.minimum(grid[:, concerned], verdict)
        else:
            where = at[:, None], concerned
            grid[where] = np.minimum(grid[where], verdict)
    return grid


def _of_households(a: Assessment, rules: tuple[Rule, ...], rows: Index, pools: Index) -> Truth:
    """What rules that hang on the household alone leave open, shape (pools, rows)."""
    if not rules or not pools.size:
        return np.full((len(pools), len(rows)), YES)
    kinds, at = np.unique(_kinds(a, rules)[pools], return_inverse=True)
    speaking, names = _speaking(a, rules), _names(rules)
    if len(rows) < len(kinds):
        by_rule = np.array([_of_household(a, rule).take(rows) for rule in rules])
        return np.asarray(np.where(speaking[:, pools, None], by_rule[:, None, :], YES).min(axis=0))
    # Many pools are spoken of by the same rules: these are read for one pool of each kind.
    said = [_of_kind(a, rules, names, speaking[:, pool], pool) for pool in kinds.tolist()]
    return np.array(said).take(rows, axis=1).take(at, axis=0)


def _kinds(a: Assessment, rules: Sequence[Rule]) -> Index:
    """A pool of the kind of each pool, shape (m,): of one kind are those that the same rules speak of."""

    def work() -> Index:
        first: dict[bytes, int] = {}
        by_pool = np.packbits(_speaking(a, rules), axis=0).T
        return np.array([first.setdefault(bits.tobytes(), pool) for pool, bits in enumerate(by_pool)])

    return _of_stock(a, "kinds of pools", rules, work)


def _of_kind(
    a: Assessment, rules: tuple[Rule, ...], names: str, speaks: NDArray[np.bool_], pool: int
) -> Truth:
    """What rules of the household leave open to everybody in a pool and those of its kind, shape (n,)."""

    def work() -> Truth:
        said = [_of_household(a, rules[number]) for number in speaks.nonzero()[0].tolist()]
        return all_of(*said) if said else np.full(a.instance.n, YES)

    return work() if a.excepted else a.kept((pool, names), work)


def _of_household(a: Assessment, rule: Rule) -> Truth:
    """What a rule says of every household wherever it applies: pass for a question to ask; shape (n,)."""
    kept = a.verdicts_of_households
    if rule.rule_id not in kept:
        everybody = a.kept("everybody", lambda: np.arange(a.instance.n))
        said = _evaluate(a, rule, everybody, np.zeros(1, dtype=np.int64))
        if rule.when_unknown == "ask":
            said = crisp(said != FAIL)
        if rule.applies_when:
            said = np.where(a.condition(rule.applies_when) == YES, said, PASS)
        kept[rule.rule_id] = said
    excepted = a.excepted.get(rule.rule_id)
    return kept[rule.rule_id] if excepted is None else np.where(excepted, PASS, kept[rule.rule_id])


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
    applies = _speaks_of(a, rule)[p]
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
    return _predicate(rule).evaluate(a, h, p, **rule.parameters)


def _predicate(rule: Rule) -> Predicate:
    try:
        return PREDICATES[rule.predicate]
    except KeyError:
        raise PolicyProblem(f"rule {rule.rule_id}: no predicate is called {rule.predicate}") from None


def _pools(a: Assessment, rule: Rule) -> Index:
    return np.flatnonzero(_speaks_of(a, rule))


def _speaks_of(a: Assessment, rule: Rule) -> NDArray[np.bool_]:
    """Pools that a rule speaks of, shape (m,)."""
    return a.kept(("speaks_of", rule.rule_id), lambda: a.selected(rule.applies_to))


def _speaking(a: Assessment, rules: Sequence[Rule]) -> NDArray[np.bool_]:
    """Pools that each of some rules speaks of, shape (rules, m)."""
    return _of_stock(a, "speaking", rules, lambda: np.array([_speaks_of(a, rule) for rule in rules]))


def _of_stock(
    a: Assessment, what: str, rules: Sequence[Rule], work: Callable[[], NDArray[Any]]
) -> NDArray[Any]:
    """A table of pools by what some rules speak of, shared by all who read the same stock."""

    def shared() -> NDArray[Any]:
        return a.of_stock(f"{what} {[rule.applies_to for rule in rules]}", work)

    return a.kept((what, _names(rules)), shared)


def _names(rules: Sequence[Rule]) -> str:
    return " ".join([rule.rule_id for rule in rules])


def _concerned(a: Assessment, rule: Rule, rows: Index) -> Index:
    concerned = a.kept(("concerned", rule.rule_id), lambda: _concerned_at_all(a, rule)).take(rows)
    if rule.rule_id in a.excepted:
        concerned = concerned & ~a.excepted[rule.rule_id][rows]
    return concerned.nonzero()[0]


def _concerns_everybody(a: Assessment, rule: Rule) -> bool:
    return not (rule.applies_when or _predicate(rule).concerns or rule.rule_id in a.excepted)


def _concerned_at_all(a: Assessment, rule: Rule) -> NDArray[np.bool_]:
    concerned = np.ones(a.instance.n, dtype=bool)
    if rule.applies_when:
        concerned &= a.condition(rule.applies_when) == YES
    concerns = _predicate(rule).concerns
    if concerns is not None:
        concerned &= concerns(a, **rule.parameters)
    return concerned


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
