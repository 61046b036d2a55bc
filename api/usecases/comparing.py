"""A comparison: what changed between two stored runs, for whom, and because of what."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from api.usecases.matching import BESIDE
from api.usecases.problems import UserError
from models.dataset import Dataset
from models.frozen import thaw
from models.runs import Run
from models.store import load_frozen, load_run
from optimiser.compatibility import assess
from optimiser.instance_build import build_instance
from optimiser.policy.frozen import thaw_policy
from optimiser.policy.model import Policy
from optimiser.reasons.comparison import Changed, Side, compare

REASON = "engine_reason"
"""Kept with a run's options, though it was not asked for: it says how the answer was proved."""

ABOUT = ("as_of", "moves", "policy", "inputs", "engine", "status")
"""What a run was asked and given; where two runs differ in it, nobody's own circumstances need have."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs compared.

    Attributes
    ----------
    settings
        What the runs were asked and given, where it differs: name, before, after.
    goals
        Each goal by name: before and after (cost as a positive sum in SEK/month).
    kept
        Households with the same proposal in both.
    changed
        Households whose proposals differ, with the reasons.
    dataset, earlier, policy
        Rows of the later and the earlier run, and the policy of the later one, for names.
    """

    before: int
    after: int
    settings: tuple[tuple[str, str, str], ...]
    goals: dict[str, tuple[int, int]]
    kept: int
    changed: tuple[Changed, ...]
    dataset: Dataset
    earlier: Dataset
    policy: Policy

    def as_data(self) -> dict[str, Any]:
        """What `compare --json` gives."""
        return {
            "before": self.before,
            "after": self.after,
            "settings": [{"name": n, "before": b, "after": a} for n, b, a in self.settings],
            "goals": [{"name": n, "before": b, "after": a} for n, (b, a) in self.goals.items()],
            "kept": self.kept,
            "changed": [
                {
                    "household": one.household,
                    "before": one.before,
                    "after": one.after,
                    "reasons": [
                        {"kind": r.kind, "id": r.subject, "before": r.before, "after": r.after}
                        for r in one.reasons
                    ],
                }
                for one in self.changed
            ],
        }


def compare_runs(engine: Engine, before: int, after: int) -> Compared:
    """What changed from one stored run to another, read from what each was given.

    Raises
    ------
    UserError
        If there is no such run, or the frozen inputs of one have been erased.
    """
    runs = [_run(engine, run_id) for run_id in (before, after)]
    one, two = (_side(engine, run_id, run) for run_id, run in zip((before, after), runs, strict=True))
    changed = compare(one, two)
    kept = sum(1 for household, pool in one.proposed.items() if two.proposed.get(household) == pool)
    goals = [{goal["name"]: goal["value"] for goal in run.result["run"]["goals"]} for run in runs]
    told = [{**run.result["run"], **run.options} for run in runs]
    names = dict.fromkeys([*ABOUT, *runs[0].options, *runs[1].options])
    for beside in (REASON, BESIDE):
        names.pop(beside, None)
    return Compared(
        before=before,
        after=after,
        settings=tuple(
            (name, str(told[0].get(name, "")), str(told[1].get(name, "")))
            for name in names
            if told[0].get(name) != told[1].get(name)
        ),
        goals={name: (value, goals[1][name]) for name, value in goals[0].items() if name in goals[1]},
        kept=kept,
        changed=tuple(changed),
        dataset=two.dataset,
        earlier=one.dataset,
        policy=two.assessment.policy,
    )


def _run(engine: Engine, run_id: int) -> Run:
    stored = load_run(engine, run_id)
    if stored is None:
        raise UserError("unknown_run", id=str(run_id))
    return stored[0]


def _side(engine: Engine, run_id: int, run: Run) -> Side:
    inputs, frozen_policy = load_frozen(engine, run.inputs_hash), load_frozen(engine, run.policy_hash)
    if inputs is None or frozen_policy is None:
        raise UserError("erased_comparison", id=str(run_id))
    dataset, as_of = thaw(inputs)
    policy = thaw_policy(frozen_policy).on(as_of)
    proposed = {entry["household"]: entry["pool"] for entry in run.result["proposals"]}
    return Side(dataset, assess(policy, build_instance(dataset, as_of)), proposed)
