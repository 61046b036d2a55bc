"""A run in figures that a coordinator reads: who is proposed a place, who waits, where it is tightest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import eligibility
from optimiser.instance import NONE, code_of
from optimiser.kleene import YES
from optimiser.match import Match

KINDS = ("women", "men", "families", "others")
AGES = ("any", "under_26", "26_to_64", "from_65")
DRUGS = ("needs_tolerant", "needs_drug_free", "either")
SMALLEST_GROUP = 5
BLOCK_PAIRS = 1 << 20

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figure:
    """Of some households: candidates, proposed a place, and still without any place afterwards."""

    candidates: int
    proposed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Group:
    """Households alike in kind, age and drug environment, with the vacant places that any of them may have.

    waiting counts candidates without a place before the run; places may be shared with other groups.
    """

    kind: str
    age: str
    drugs: str
    waiting: int
    places: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in figures; all counts are households.

    Attributes
    ----------
    reasons
        Rules by how many households without an eligible pool they alone keep from some pool.
    facts
        Unknown facts by how many waiting households could get a pool opened by the answer.
    """

    whole: Figure
    tiers: dict[int, Figure]
    kinds: dict[str, Figure]
    forms: dict[str, int]
    entries: int
    moves: int
    chains: int
    longest: int
    conditional: int
    causes: dict[str, int]
    reasons: tuple[tuple[str, int], ...]
    facts: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]


def summarise(match: Match, unmatched: Sequence[Mapping[str, Any]], most: int = 5) -> Summary:
    """Figures of a run.

    Parameters
    ----------
    unmatched
        The part of the run's answer with this name.
    most
        Length of the lists of reasons and facts.
    """
    a, plan = match.assessment, match.plan
    instance, candidate = a.instance, match.priority.candidate
    proposed = np.zeros(instance.n, dtype=bool)
    proposed[plan.household] = True
    waits = _rows(match, unmatched, lambda entry: entry["cause"] != "stays")
    closed = _rows(
        match, unmatched, lambda entry: entry["cause"] in ("needs_information", "no_eligible_pool")
    )
    kind = kinds(a)

    def figure(some: Flags) -> Figure:
        return Figure(*(int((some & part).sum()) for part in (candidate, proposed, waits)))

    lengths = Counter(step.chain for step in match.steps)
    facts = Counter(fact for entry in unmatched if entry["cause"] != "stays" for fact in entry["missing"])
    return Summary(
        whole=figure(np.ones(instance.n, dtype=bool)),
        tiers={t["number"]: figure(match.priority.tier == t["number"]) for t in a.policy.tiers},
        kinds={name: figure(kind == i) for i, name in enumerate(KINDS)},
        forms=_forms(match),
        entries=int((plan.from_pool == NONE).sum()),
        moves=int((plan.from_pool != NONE).sum()),
        chains=sum(1 for length in lengths.values() if length > 1),
        longest=max(lengths.values(), default=0),
        conditional=len(match.conditional.household),
        causes=dict(Counter(str(entry["cause"]) for entry in unmatched)),
        reasons=_ranked(sole_reasons(a, np.flatnonzero(closed)), most),
        facts=_ranked(facts, most),
        groups=tightest_groups(match, kind),
    )


def kinds(a: Assessment) -> Numbers:
    """Position in KINDS of every household, shape (n,): with a child, else by the sex of its adults."""
    columns = a.instance.households
    women = (columns["adult_women"] > 0) & (columns["adult_men"] + columns["adult_unsure"] == 0)
    men = (columns["adult_men"] > 0) & (columns["adult_women"] + columns["adult_unsure"] == 0)
    return np.select([columns["children"] > 0, women, men], [2, 0, 1], default=3).astype(np.int64)


def sole_reasons(a: Assessment, rows: Numbers) -> Counter[str]:
    """Rules by how many of some households they keep, all alone, from at least one pool."""
    counts: Counter[str] = Counter()
    step = max(1, BLOCK_PAIRS // max(a.instance.m, 1))
    for start in range(0, len(rows), step):
        block = rows[start : start + step]
        in_the_way = np.zeros((len(block), a.instance.m), dtype=np.int16)
        for rule in a.policy.rules:
            in_the_way += eligibility(a, block, [rule]) != YES
        for rule in a.policy.rules:
            alone = (in_the_way == 1) & (eligibility(a, block, [rule]) != YES)
            counts[rule.rule_id] += int(alone.any(axis=1).sum())
    return +counts


def tightest_groups(match: Match, kind: Numbers, most: int = 3) -> tuple[Group, ...]:
    """Groups with the most households without a place per vacant place that any of them may have.

    Groups of fewer than five are left out where there are larger ones; no vacant place counts as one.
    """
    a = match.assessment
    columns, vacant = a.instance.households, a.instance.pools["vacant"]
    waiting = match.priority.candidate & (columns["current_pool"] == NONE) & (a.present_level == NONE)
    profile = np.stack([kind, _ages(a, kind), _drugs(a)], axis=1)
    h, p = match.compatible.eligible
    groups = []
    for key in np.unique(profile[waiting], axis=0).tolist():
        members = waiting & (profile == key).all(axis=1)
        places = int(vacant[np.unique(p[members[h]])].sum())
        groups.append(Group(KINDS[key[0]], AGES[key[1]], DRUGS[key[2]], int(members.sum()), places))
    large = [group for group in groups if group.waiting >= SMALLEST_GROUP] or groups
    large.sort(key=lambda g: (-g.waiting / max(g.places, 1), -g.waiting, g.kind, g.age, g.drugs))
    return tuple(large[:most])


def _ages(a: Assessment, kind: Numbers) -> Numbers:
    oldest = a.instance.households["oldest_adult"]
    age = np.select([oldest < 26, oldest < 65], [1, 2], default=3)
    return np.where(kind == KINDS.index("families"), 0, age).astype(np.int64)


def _drugs(a: Assessment) -> Numbers:
    columns = a.instance.households
    active = columns["substance_use"] == code_of("substance_use", "active")
    wish = columns["wants_drug_free"] == code_of("wants_drug_free", "yes")
    return np.select([active, wish], [0, 1], default=2).astype(np.int64)


def _forms(match: Match) -> dict[str, int]:
    instance = match.assessment.instance
    counts = np.bincount(instance.pools["form"][match.plan.pool], minlength=len(instance.form_ids))
    return {form: int(n) for form, n in zip(instance.form_ids, counts, strict=True) if n}


def _rows(match: Match, unmatched: Sequence[Mapping[str, Any]], wanted: Any) -> Flags:
    ids = {entry["household"] for entry in unmatched if wanted(entry)}
    return np.array([name in ids for name in match.assessment.instance.household_ids], dtype=bool)


def _ranked(counts: Counter[str], most: int) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])
