"""A plan and its split told as the proposals of `match --json`."""

from typing import Any

from .problem import Arc, Problem
from .rules import asks
from .splits import Split


def proposals_of(city: Problem, split: Split) -> list[dict[str, Any]]:
    """Chains first, numbered from 1 with steps 1 … k; then cycles, whose steps are all 1."""
    parts = [(chain, True) for chain in split.chains] + [(cycle, False) for cycle in split.cycles]
    told = []
    for number, (part, in_order) in enumerate(parts, start=1):
        for step, arc in enumerate(part, start=1):
            told.append(proposal_of(city, arc, number, step if in_order else 1))
    return told


def proposal_of(city: Problem, arc: Arc, chain: int, step: int) -> dict[str, Any]:
    """One proposal with its figures and questions."""
    gains = city.gains(arc)
    return {
        "household": arc[0],
        "pool": arc[1],
        "from_pool": city.home[arc[0]],
        "tier": city.tier[arc[0]],
        "points": gains["points"],
        "fit": gains["fit"],
        "monthly_cost_sek": gains["cost"],
        "chain": chain,
        "step": step,
        "ask": asks(city.city, city.city.households[arc[0]], city.city.pools[arc[1]]),
    }
