"""The checker and the twin's judge say yes and no to the same plans, right ones and spoilt ones."""

from collections import Counter
from typing import Any

import numpy as np
from hypothesis import given

from optimiser.check import Proposed, check
from optimiser.instance import NONE, Instance
from optimiser.instance_build import build_instance
from optimiser.match import match
from optimiser.matching import GOALS, Moves, goals_of_pairs
from optimiser.policy.load import load_policy
from optimiser.priority import prioritise

from ..twin.judge import judge
from ..twin.problem import problem
from .made import SEEDS, day_of, examples, made_data, until_seen
from .told import goals_told

SEEN: Counter[bool] = Counter()
Parts = dict[str, int]
MOVES: tuple[Moves, ...] = ("none", "unlimited", 2, 3)


def spoilt(plan: list[Parts], instance: Instance, luck: np.random.Generator) -> list[Parts]:
    """The plan with one thing changed, which may leave it right."""
    plan = [dict(proposal) for proposal in plan]
    kind = int(luck.integers(8))
    if not plan or kind == 0:
        h, p = int(luck.integers(instance.n)), int(luck.integers(instance.m))
        chain = 1 + max((proposal["chain"] for proposal in plan), default=0)
        home = int(instance.households["current_pool"][h])
        return [*plan, {"household": h, "pool": p, "from_pool": home, "chain": chain, "step": 1}]
    one, other = (plan[int(luck.integers(len(plan)))] for _ in range(2))
    if kind == 1:
        plan.remove(one)
    elif kind == 2:
        one["pool"] = int(luck.integers(instance.m))
    elif kind == 3:
        one["pool"], other["pool"] = other["pool"], one["pool"]
    elif kind == 4:
        one["chain"], one["step"] = other["chain"], int(luck.integers(1, 4))
    elif kind == 5:
        one["step"], other["step"] = other["step"], one["step"]
    elif kind == 6:
        merged = one["chain"]
        for proposal in plan:
            if proposal["chain"] == merged:
                proposal["chain"] = other["chain"]
        numbers = sorted({proposal["chain"] for proposal in plan})
        for proposal in plan:
            proposal["chain"] = 1 + numbers.index(proposal["chain"])
    else:
        one["from_pool"] = int(luck.integers(-1, instance.m))
    return plan


def told(plan: list[Parts], instance: Instance) -> list[dict[str, Any]]:
    def pool_id(p: int) -> str | None:
        return None if p == NONE else instance.pool_ids[p]

    return [
        {
            **proposal,
            "household": instance.household_ids[proposal["household"]],
            "pool": pool_id(proposal["pool"]),
            "from_pool": pool_id(proposal["from_pool"]),
        }
        for proposal in plan
    ]


@given(SEEDS)
@examples(200)
def test_spoilt_plans_are_judged_as_the_twin_judges_them(seed: int) -> None:
    """How few and short the chains are is the twin's to judge alone; the checker asks what is allowed."""
    data, day = made_data(seed, 12), day_of(seed)
    twin, instance = problem(data, day), build_instance(data, day)
    luck = np.random.default_rng(seed)
    moves = MOVES[seed % 4]
    run = match(load_policy(day), instance, moves)
    plan = [
        {
            "household": int(run.plan.household[step.proposal]),
            "pool": int(run.plan.pool[step.proposal]),
            "from_pool": int(run.plan.from_pool[step.proposal]),
            "chain": step.chain,
            "step": step.step,
        }
        for step in run.steps
    ]
    for _ in range(10):
        changed = spoilt(plan, instance, luck)
        h, p = (np.array([one[name] for one in changed], dtype=np.int64) for name in ("household", "pool"))
        values = goals_of_pairs(run.assessment, prioritise(run.assessment), h, p).sum(axis=1).tolist()
        values[int(luck.integers(len(GOALS)))] += int(luck.random() < 0.1)
        ours = check(run.assessment, [Proposed(**one) for one in changed], values, moves)
        theirs = judge(twin, moves, told(changed, instance), goals_told(values))
        theirs = [complaint for complaint in theirs if not complaint.startswith("split")]
        assert bool(ours) == bool(theirs), (changed, ours, theirs)
        SEEN[bool(ours)] += 1


def test_some_spoilt_plans_were_still_right() -> None:
    judged = test_spoilt_plans_are_judged_as_the_twin_judges_them
    until_seen(SEEN, (True, False), judged.hypothesis.inner_test, least=50)  # type: ignore[attr-defined]
