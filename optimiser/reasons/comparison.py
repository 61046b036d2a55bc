"""What changed between two runs, household by household, and because of which input, rule or other person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.dataset import Dataset
from optimiser.assessment import Assessment
from optimiser.compatibility import pair_verdicts
from optimiser.priority import prioritise

Kind = Literal["household", "place", "limit", "rule", "tier", "others"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a proposal is not as before.

    kind household: its own data changed, subject is the column; place: the pool's data changed, subject
    is the column after the pool's id; limit: a quota on the pool's form or a conflict of the household
    changed, subject is `quota` or `conflict`; rule: the verdict on a pair changed though neither's data
    did, subject is the rule; tier: only the household's tier changed, by the day or the policy; others:
    only what others have or need changed, subject is the household now proposed the place, or who was
    proposed or lives in the one that is proposed now, or nothing.
    """

    kind: Kind
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A household whose proposal differs: the pool before and after (None for no proposal), and why."""

    household: str
    before: str | None
    after: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two runs: its data, its policy read against it, and the pool proposed to each household."""

    dataset: Dataset
    assessment: Assessment
    proposed: Mapping[str, str]


def compare(before: Side, after: Side) -> list[Changed]:
    """Households whose proposals differ between two runs, by id, each with its reasons."""
    households = [_rows(side.dataset.households, "household_id") for side in (before, after)]
    members = [_members(side.dataset) for side in (before, after)]
    pools = [_rows(side.dataset.pools, "pool_id") for side in (before, after)]
    changed = []
    for household in sorted(before.proposed.keys() | after.proposed.keys()):
        was, is_now = before.proposed.get(household), after.proposed.get(household)
        if was == is_now:
            continue
        reasons = [
            Reason("household", *difference)
            for rows in (households, members)
            for difference in _differences(rows[0].get(household), rows[1].get(household))
        ]
        concerned = list(dict.fromkeys(pool for pool in (was, is_now) if pool is not None))
        for pool in concerned:
            places = _differences(pools[0].get(pool), pools[1].get(pool))
            reasons += [Reason("place", f"{pool}.{column}", old, new) for column, old, new in places]
        reasons += _limits(before.dataset, after.dataset, household, concerned)
        if not reasons:
            sides = before.assessment, after.assessment
            reasons += [reason for pool in concerned for reason in _rules(*sides, household, pool)]
        if not reasons:
            reasons += _tier(before.assessment, after.assessment, household)
        if not reasons:
            reasons.append(_others(before, after, was, is_now))
        changed.append(Changed(household, was, is_now, tuple(dict.fromkeys(reasons))))
    return changed


def _rows(rows: Any, key: str) -> dict[str, dict[str, str]]:
    return {
        getattr(row, key): {name: _told(getattr(row, name)) for name in type(row).model_fields}
        for row in rows
    }


def _told(value: Any) -> str:
    """A value as it stands in a file: blank for nothing, lists with bars."""
    if isinstance(value, tuple):
        return "|".join(str(part) for part in value)
    return "" if value is None else str(value)


def _members(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Of each household, every fact of every member, by member and column."""
    found: dict[str, dict[str, str]] = {}
    for row in dataset.members:
        facts = found.setdefault(row.household_id, {})
        for name in ("birth_date", "sex", "school_id", "special_stability_need"):
            facts[f"{row.member_id}.{name}"] = _told(getattr(row, name))
    return found


def _differences(was: dict[str, str] | None, is_now: dict[str, str] | None) -> list[tuple[str, str, str]]:
    if was is None or is_now is None:
        return (
            [] if was is is_now else [("", "" if was is None else "there", "" if is_now is None else "there")]
        )
    columns = sorted(was.keys() | is_now.keys())
    return [
        (column, was.get(column, ""), is_now.get(column, ""))
        for column in columns
        if was.get(column) != is_now.get(column)
    ]


def _limits(before: Dataset, after: Dataset, household: str, pools: list[str]) -> list[Reason]:
    """Conflicts of the household, and quotas on the forms of some pools, that are not as before."""
    forms = {str(pool.form) for data in (before, after) for pool in data.pools if pool.pool_id in pools}

    def conflicts(data: Dataset) -> str:
        pairs = [{row.household_id_a, row.household_id_b} for row in data.conflicts]
        return "|".join(sorted(other for pair in pairs if household in pair for other in pair - {household}))

    def quotas(data: Dataset) -> str:
        rows = [
            f"{row.year} {'+'.join(sorted(row.form))}: {row.used or 0} / {row.places}"
            for row in data.quotas
            if forms & set(row.form)
        ]
        return "|".join(sorted(rows))

    told = [("conflict", conflicts(before), conflicts(after)), ("quota", quotas(before), quotas(after))]
    return [Reason("limit", *row) for row in told if row[1] != row[2]]


def _tier(before: Assessment, after: Assessment, household: str) -> list[Reason]:
    """The household's tier where it changed; blank where it is no candidate."""
    was, is_now = (_tier_of(a, household) for a in (before, after))
    return [] if was == is_now else [Reason("tier", "tier", was, is_now)]


def _tier_of(a: Assessment, household: str) -> str:
    if household not in a.instance.household_ids:
        return ""
    h, priority = a.instance.household_ids.index(household), prioritise(a)
    return str(priority.tier[h]) if priority.candidate[h] else ""


def _rules(before: Assessment, after: Assessment, household: str, pool: str) -> list[Reason]:
    """Rules whose verdict on the pair changed: by a rule's own change, or by the day.

    A rule that does not apply is blank, and counts as one that passes.
    """
    old, new = (_verdicts(a, household, pool) for a in (before, after))
    return [
        Reason("rule", rule_id, old.get(rule_id, ""), new.get(rule_id, ""))
        for rule_id in sorted(old.keys() | new.keys())
        if old.get(rule_id, "pass") != new.get(rule_id, "pass")
    ]


def _verdicts(a: Assessment, household: str, pool: str) -> dict[str, str]:
    instance = a.instance
    if household not in instance.household_ids or pool not in instance.pool_ids:
        return {}
    return pair_verdicts(a, instance.household_ids.index(household), instance.pool_ids.index(pool))


def _others(before: Side, after: Side, was: str | None, is_now: str | None) -> Reason:
    """Who has or leaves the place now and did not before, or was proposed it before and is not now."""
    newcomers = sorted(
        h for h, pool in after.proposed.items() if pool == was and before.proposed.get(h) != was
    )
    home = {row.household_id: row.current_pool_id for row in after.dataset.households}
    movers = sorted(h for h in after.proposed.keys() - before.proposed.keys() if home[h] == is_now)
    leavers = sorted(
        h for h, pool in before.proposed.items() if pool == is_now and after.proposed.get(h) != is_now
    )
    found = (newcomers if was is not None else []) or (leavers + movers if is_now is not None else [])
    return Reason("others", (found or [""])[0], was or "", is_now or "")
