"""A replay: a stored run solved again from its frozen inputs, and what differs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from api.usecases.matching import versions
from api.usecases.problems import UserError
from models.dataset import Dataset
from models.frozen import thaw
from models.runs import Run, RunStatus
from models.store import load_frozen, load_run
from optimiser.answer import answer
from optimiser.check import Proposed, check
from optimiser.compatibility import assess
from optimiser.instance import NONE, Instance
from optimiser.instance_build import build_instance
from optimiser.limits.model import Limits
from optimiser.limits.told import limits_read
from optimiser.match import match
from optimiser.matching import GOALS, Moves
from optimiser.policy.frozen import thaw_policy
from optimiser.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Difference:
    """A version that is not as it was: the part, the version then and the version now."""

    part: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """A stored run replayed.

    Attributes
    ----------
    same
        Whether the answer is identical, its id and seconds apart; for a run that was stopped by its
        time limit, whether the stored answer still holds.
    rechecked
        Whether the stored answer was judged again instead of solved again.
    parts
        Parts of the answer that differ, by name.
    complaints
        What the check found wrong with a stored answer judged again.
    versions
        Versions that differ from those of the run.
    proposals, dataset
        The stored proposals, as the answer has them, and the frozen rows, for names.
    """

    run_id: int
    same: bool
    rechecked: bool
    parts: tuple[str, ...]
    complaints: tuple[str, ...]
    versions: tuple[Difference, ...]
    proposals: tuple[dict[str, Any], ...]
    dataset: Dataset

    def as_data(self) -> dict[str, Any]:
        """What `replay --json` gives."""
        return {
            "run": self.run_id,
            "same": self.same,
            "rechecked": self.rechecked,
            "differs": list(self.parts),
            "complaints": list(self.complaints),
            "versions": [{"part": d.part, "then": d.then, "now": d.now} for d in self.versions],
        }


def replay(engine: Engine, run_id: int, between: Callable[[], None] | None = None) -> Replayed:
    """Solve a stored run again from what it was given, also after the data has moved on.

    Parameters
    ----------
    between
        Called between the steps; what it raises ends the replay.

    Raises
    ------
    UserError
        If there is no such run, or its frozen inputs have been erased.
    """
    stored = load_run(engine, run_id)
    if stored is None:
        raise UserError("unknown_run", id=str(run_id))
    run, _ = stored
    inputs, policy = load_frozen(engine, run.inputs_hash), load_frozen(engine, run.policy_hash)
    if inputs is None or policy is None:
        raise UserError("erased_run" if _hashes_agree(run, policy) else "erased_run_differs", id=str(run_id))
    go_on = between or (lambda: None)
    go_on()
    dataset, as_of = thaw(inputs)
    rules = thaw_policy(policy)
    changed = tuple(_versions(run, rules.digest))
    told = tuple(run.result["proposals"])
    go_on()
    if run.status == RunStatus.FEASIBLE:
        complaints = judged(rules.on(as_of), build_instance(dataset, as_of), run)
        return Replayed(run_id, not complaints, True, (), tuple(complaints), changed, told, dataset)
    limits = limits_of(run)
    found = match(rules.on(as_of), build_instance(dataset, as_of), moves_of(run), limits=limits)
    go_on()
    again = answer(found, run.inputs_hash)
    parts = tuple(part for part in run.result if again.get(part) != run.result[part])
    return Replayed(run_id, not parts, False, parts, (), changed, told, dataset)


def _hashes_agree(run: Run, policy: bytes | None) -> bool:
    """Whether what is left of an erased run still names what it was made from and by which rules."""
    told = run.result.get("run", {})
    rules = policy is None or thaw_policy(policy).digest == told.get("policy")
    return bool(rules and told.get("inputs") == run.inputs_hash)


def moves_of(run: Run) -> Moves:
    """The moves of a stored run, as the optimiser takes them."""
    words: dict[str, Moves] = {"none": "none", "unlimited": "unlimited"}
    return words[run.moves] if run.moves in words else int(run.moves)


def limits_of(run: Run) -> Limits:
    """The limits of a stored run."""
    return limits_read(run.options.get("limits", {}))


def judged(policy: Policy, instance: Instance, run: Run) -> list[str]:
    """What is wrong with a stored answer, judged from its frozen inputs alone."""
    household_at = {key: i for i, key in enumerate(instance.household_ids)}
    pool_at = {key: i for i, key in enumerate(instance.pool_ids)}
    proposals = [
        Proposed(
            household_at[entry["household"]],
            pool_at[entry["pool"]],
            NONE if entry["from_pool"] is None else pool_at[entry["from_pool"]],
            entry["chain"],
            entry["step"],
        )
        for entry in run.result["proposals"]
    ]
    signs = [-1 if name == "cost" else 1 for name in GOALS]
    values = [sign * goal["value"] for sign, goal in zip(signs, run.result["run"]["goals"], strict=True)]
    limits = limits_of(run)
    if limits.like is not None:
        values.append(run.result["run"]["limits"]["like"]["kept"])
    return check(assess(policy, instance), proposals, values, moves_of(run), limits)


def _versions(run: Run, policy: str) -> list[Difference]:
    now = {**versions(), "policy": policy}
    then = {**run.versions, "policy": run.policy_hash}
    return [
        Difference(part, then.get(part, "–"), now.get(part, "–"))
        for part in sorted(then.keys() | now.keys())
        if then.get(part) != now.get(part)
    ]
