"""Whether a plan still holds on the city as it is now, and what broke."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from api.usecases.city_view import CityView
from api.usecases.plans.reading import StoredPlan
from api.usecases.replaying import limits_of, moves_of
from optimiser.check import Proposed, check
from optimiser.compatibility import pair_verdicts
from optimiser.instance import NONE
from optimiser.limits.model import NO_LIMITS

Broken = Literal["gone", "lives_elsewhere", "needs_no_place", "rules", "step_before", "no_place", "limit"]


@dataclass(frozen=True, slots=True)
class Fallen:
    """A proposal that no longer holds, and the first reason that there is.

    `rules` are those that stand in the way; of what others are part of (places, conflicts, quotas, limits of
    the run) only that there is something is told.
    """

    household_id: str
    chain: int
    step: int
    why: Broken
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Validity:
    """How a plan stands: proposals carried out, those still to come that hold, and those that do not.

    `whole` says that all that is still to come can be carried out together.
    """

    carried_out: tuple[str, ...]
    holds: tuple[str, ...]
    fallen: tuple[Fallen, ...]
    whole: bool


def validity(stored: StoredPlan, view: CityView) -> Validity:
    """Judge the proposals of a plan on the present city, chain by chain."""
    by_chain: dict[int, list[Mapping[str, Any]]] = {}
    for proposal in stored.proposals:
        by_chain.setdefault(int(proposal["chain"]), []).append(proposal)
    carried_out: list[str] = []
    fallen: list[Fallen] = []
    standing: list[Proposed] = []
    free = np.array(view.assessment.instance.pools["vacant"], dtype=np.int64)
    for number in sorted(by_chain):
        left = [step for step in by_chain[number] if not _moved_in(step, view)]
        carried_out += [step["household"] for step in by_chain[number] if _moved_in(step, view)]
        broken = _broken(left, view, free)
        fallen += broken
        names = {one.household_id for one in broken}
        kept = sorted((s for s in left if s["household"] not in names), key=lambda s: s["step"])
        if kept:
            standing += _proposed(kept, view, len({p.chain for p in standing}) + 1)
    ids = view.assessment.instance.household_ids
    complaints = check(view.assessment, standing, None, moves_of(stored.run))
    holds = [ids[p.household] for p in standing]
    if complaints:
        # What stands in the way concerns several households at once: it is found by trying them in turn.
        holds, more = _together(standing, stored, view)
        fallen += more
    limits = limits_of(stored.run)
    rest = [p for p in standing if ids[p.household] in set(holds)]
    kept_limits = not limits or not check(view.assessment, _renumbered(rest), None, "unlimited", limits)
    return Validity(tuple(carried_out), tuple(holds), tuple(fallen), not fallen and kept_limits)


def _moved_in(proposal: Mapping[str, Any], view: CityView) -> bool:
    household = view.households.get(proposal["household"])
    return household is not None and household.current_pool_id == proposal["pool"]


def _broken(left: list[Mapping[str, Any]], view: CityView, free: Any) -> list[Fallen]:
    """Proposals of a chain that do not hold by themselves, and what hangs on them."""
    in_cycle = len(left) > 1 and {step["step"] for step in left} == {1}
    broken: list[Fallen] = []
    first = True
    for step in sorted(left, key=lambda one: one["step"]):
        why, rules = _fault(step, view)
        if why is None and broken and not in_cycle:
            why = "step_before"
        if why is None and first and not in_cycle:
            pool = view.pool_at[step["pool"]]
            free[pool] -= 1
            why = "no_place" if free[pool] < 0 else None
        first = False
        if why is not None:
            broken.append(Fallen(step["household"], step["chain"], step["step"], why, rules))
    if in_cycle and broken:
        named = {one.household_id for one in broken}
        broken += [
            Fallen(step["household"], step["chain"], step["step"], "step_before")
            for step in left
            if step["household"] not in named
        ]
    return broken


def _fault(step: Mapping[str, Any], view: CityView) -> tuple[Broken | None, tuple[str, ...]]:
    household = view.households.get(step["household"])
    if household is None or step["pool"] not in view.pool_at:
        return "gone", ()
    if household.current_pool_id != step["from_pool"]:
        return "lives_elsewhere", ()
    row, pool = view.row_of[step["household"]], view.pool_at[step["pool"]]
    if not view.priority.candidate[row]:
        return "needs_no_place", ()
    held = {rule.rule_id for rule in view.assessment.policy.rules if rule.when_unknown == "hold"}
    verdicts = pair_verdicts(view.assessment, row, pool)
    wrong = [
        rule_id
        for rule_id, verdict in verdicts.items()
        if verdict == "fail" or (verdict == "unknown" and rule_id in held)
    ]
    return ("rules", tuple(wrong)) if wrong else (None, ())


def _together(standing: list[Proposed], stored: StoredPlan, view: CityView) -> tuple[list[str], list[Fallen]]:
    """Whole chains that can be carried out together, taken in order; the proposals of the others fall."""
    ids, kept, fallen = view.assessment.instance.household_ids, list[Proposed](), list[Fallen]()
    number = {str(p["household"]): (int(p["chain"]), int(p["step"])) for p in stored.proposals}
    for chain in sorted({p.chain for p in standing}):
        trial = [*kept, *(p for p in standing if p.chain == chain)]
        if check(view.assessment, _renumbered(trial), None, moves_of(stored.run), NO_LIMITS):
            lost = [ids[p.household] for p in trial[len(kept) :]]
            fallen += [Fallen(household, *number[household], "limit") for household in lost]
        else:
            kept = trial
    return [ids[p.household] for p in kept], fallen


def _proposed(steps: list[Mapping[str, Any]], view: CityView, chain: int) -> list[Proposed]:
    in_cycle = len(steps) > 1 and {step["step"] for step in steps} == {1}
    return [
        Proposed(
            view.row_of[step["household"]],
            view.pool_at[step["pool"]],
            NONE if step["from_pool"] is None else view.pool_at[step["from_pool"]],
            chain,
            1 if in_cycle else place,
        )
        for place, step in enumerate(steps, 1)
    ]


def _renumbered(proposals: list[Proposed]) -> list[Proposed]:
    numbers = {chain: at for at, chain in enumerate(sorted({p.chain for p in proposals}), 1)}
    return [Proposed(p.household, p.pool, p.from_pool, numbers[p.chain], p.step) for p in proposals]
