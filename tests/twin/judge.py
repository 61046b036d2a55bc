"""Judges the answer of a match by the specification alone: a list of complaints in words."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from .conditional import conditional_arcs
from .plan import limit_faults, still_vacant
from .problem import Arc, Moves, Problem
from .rules import asks
from .splits import best_split

Proposal = Mapping[str, Any]
SMALL_PLAN = 8


def judge(
    city: Problem, moves: Moves, proposals: Sequence[Proposal], goals: Mapping[str, int] | None = None
) -> list[str]:
    """Complaints about the proposals of a run; none when they keep to the specification."""
    complaints: list[str] = []
    seen: set[str] = set()
    for proposal in proposals:
        if proposal["household"] in seen:
            complaints.append(f"{proposal['household']} has more than one proposal")
        seen.add(proposal["household"])
        complaints += judge_pair(city, moves, proposal)
    if complaints:
        return complaints
    plan = plan_of(proposals)
    complaints += limit_faults(city, plan)
    complaints += judge_parts(city, moves, proposals)
    if goals is not None and dict(goals) != city.value(plan):
        complaints.append(f"goals are told as {dict(goals)}, the proposals sum to {city.value(plan)}")
    return complaints


def plan_of(proposals: Sequence[Proposal]) -> list[Arc]:
    return [(proposal["household"], proposal["pool"]) for proposal in proposals]


def judge_pair(city: Problem, moves: Moves, proposal: Proposal) -> list[str]:
    """One proposal by itself: a candidate, eligible, from where it lives, with the right figures."""
    household_id, pool_id = proposal["household"], proposal["pool"]
    name = f"{household_id} → {pool_id}"
    if household_id not in city.candidates:
        return [f"{name}: the household is no candidate"]
    if pool_id not in city.city.pools:
        return [f"{name}: there is no such pool"]
    if pool_id == city.home[household_id]:
        return [f"{name}: the household lives there already"]
    if city.eligible[household_id, pool_id] != "yes":
        return [f"{name}: eligibility is {city.eligible[household_id, pool_id]}, not yes"]
    complaints = []
    if moves == "none" and city.home[household_id] is not None:
        complaints.append(f"{name}: a resident is moved although moves are none")
    if proposal["from_pool"] != city.home[household_id]:
        lives_in = city.home[household_id]
        complaints.append(f"{name}: told to come from {proposal['from_pool']}, lives in {lives_in}")
    gains = city.gains((household_id, pool_id))
    due = {
        "tier": city.tier[household_id],
        "points": gains["points"],
        "fit": gains["fit"],
        "monthly_cost_sek": gains["cost"],
    }
    for key, value in due.items():
        if key in proposal and proposal[key] != value:
            complaints.append(f"{name}: {key} told as {proposal[key]}, should be {value}")
    questions = asks(city.city, city.city.households[household_id], city.city.pools[pool_id])
    if "ask" in proposal and sorted(proposal["ask"]) != sorted(questions):
        complaints.append(f"{name}: questions told as {proposal['ask']}, should be {questions}")
    return complaints


def judge_parts(city: Problem, moves: Moves, proposals: Sequence[Proposal]) -> list[str]:
    """The split into chains and cycles: numbers, order, lengths, places taken, and how few there are."""
    parts: dict[int, list[Proposal]] = {}
    for proposal in proposals:
        parts.setdefault(proposal["chain"], []).append(proposal)
    complaints = []
    if sorted(parts) != list(range(1, len(parts) + 1)):
        complaints.append(f"chains are numbered {sorted(parts)}, not from 1 on")
    chains: list[list[Arc]] = []
    starts: dict[str, int] = {}
    for number, part in sorted(parts.items()):
        if isinstance(moves, int) and len(part) > moves:
            complaints.append(f"chain {number} has {len(part)} proposals, at most {moves} are allowed")
        if len(part) > 1 and all(proposal["step"] == 1 for proposal in part):
            complaints += judge_cycle(city, number, plan_of(part))
            continue
        ordered = sorted(part, key=lambda proposal: int(proposal["step"]))
        if [proposal["step"] for proposal in ordered] != list(range(1, len(part) + 1)):
            complaints.append(f"chain {number} has steps {[proposal['step'] for proposal in ordered]}")
        chain = plan_of(ordered)
        chains.append(chain)
        starts[chain[0][1]] = starts.get(chain[0][1], 0) + 1
        for (before, _), (taker, pool_id) in pairwise(chain):
            if city.home[before] != pool_id:
                complaints.append(f"chain {number}: {taker} takes a place in {pool_id}, not left by {before}")
    for pool_id, count in starts.items():
        if count > city.vacant[pool_id]:
            complaints.append(f"{count} chains start in {pool_id}, which has {city.vacant[pool_id]} vacant")
    if not complaints:
        complaints += judge_thrift(city, moves, plan_of(proposals), chains)
    return complaints


def judge_cycle(city: Problem, number: int, cycle: list[Arc]) -> list[str]:
    """One round through the pools: as many come as leave everywhere, and all hang together."""
    left = sorted(city.home[household_id] or "" for household_id, _ in cycle)
    taken = sorted(pool_id for _, pool_id in cycle)
    if left != taken:
        return [f"cycle {number} takes places in {taken} and leaves places in {left}"]
    reached = {cycle[0][1]}
    for _ in cycle:
        reached |= {pool_id for household_id, pool_id in cycle if city.home[household_id] in reached}
    if reached != set(taken):
        return [f"cycle {number} falls into several cycles"]
    return []


def judge_thrift(city: Problem, moves: Moves, plan: list[Arc], chains: list[list[Arc]]) -> list[str]:
    """Fewest chains, then the shortest longest one; tried out for small plans, the least number for all."""
    told = (len(chains), max((len(chain) for chain in chains), default=0))
    if len(plan) <= SMALL_PLAN:
        best = best_split(city, plan, moves if isinstance(moves, int) else None)
        if told != best:
            return [f"split (number of chains, longest) is {told}, {best} is possible"]
        return []
    if not isinstance(moves, int):
        least = 0
        for pool_id in city.vacant:
            entering = sum(arc[1] == pool_id for arc in plan)
            leaving = sum(city.home[arc[0]] == pool_id for arc in plan)
            least += max(entering - leaving, 0)
        if told[0] != least:
            return [f"split into {told[0]} chains, {least} are enough"]
    return []


def judge_conditional(
    city: Problem,
    plan: list[Arc],
    conditional: Sequence[Proposal],
    goals: Mapping[str, int] | None = None,
) -> list[str]:
    """Complaints about conditional proposals: unknown pairs on places still vacant, displacing nobody."""
    allowed = conditional_arcs(city, plan)
    arcs = plan_of(conditional)
    complaints = [f"{arc[0]} → {arc[1]} may not be conditional" for arc in arcs if arc not in allowed]
    for home in sorted({home for home, _ in arcs}):
        if sum(arc[0] == home for arc in arcs) > 1:
            complaints.append(f"{home} has more than one conditional proposal")
    for pool_id, places in still_vacant(city, plan).items():
        wanted = sum(arc[1] == pool_id for arc in arcs)
        if wanted > places:
            complaints.append(f"{wanted} conditional proposals to {pool_id}, {places} places still vacant")
    if not complaints:
        complaints += limit_faults(city, plan + arcs)
    if goals is not None and dict(goals) != city.value(arcs):
        complaints.append(f"conditional goals are told as {dict(goals)}, they sum to {city.value(arcs)}")
    return complaints


def judge_answer(city: Problem, answer: Mapping[str, Any]) -> list[str]:
    """Complaints about a whole answer of `match --json`."""
    told = answer["run"]["moves"]
    moves: Moves = told if told in ("none", "unlimited") else int(told)
    goals = {goal["name"]: goal["value"] for goal in answer["run"]["goals"]}
    later = {goal["name"]: goal["value"] for goal in answer["run"]["conditional_goals"]}
    complaints = judge(city, moves, answer["proposals"], goals)
    return complaints + judge_conditional(city, plan_of(answer["proposals"]), answer["conditional"], later)
