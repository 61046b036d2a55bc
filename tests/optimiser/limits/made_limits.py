"""Random limits for a made-up city, of every kind, tight enough to bind."""

from fractions import Fraction

import numpy as np

from optimiser.limits.model import Limits

from ...twin.problem import Moves, Problem


def made_limits(city: Problem, luck: np.random.Generator, moves: Moves, *, pins: int = 1) -> Limits:
    """Limits drawn from the ids of a city; each kind is left out now and then."""
    arcs = city.arcs(moves)
    units = sorted({h.responsible_unit for h in city.city.data.households if h.responsible_unit})
    pools = sorted(city.vacant)
    houses = sorted({house for _, house in city.house.values()})

    def chance(often: float) -> bool:
        return bool(luck.random() < often)

    def some(rows: list[tuple[str, str]], most: int) -> tuple[tuple[str, str], ...]:
        if not rows:
            return ()
        return tuple(rows[i] for i in luck.integers(0, len(rows), luck.integers(0, most + 1)))

    def one(names: list[str]) -> str:
        return names[int(luck.integers(len(names)))]

    dear = max((city.gains(arc)["cost"] for arc in arcs), default=0) or 1000
    share = Fraction(int(luck.integers(0, 5)), int(luck.integers(4, 7)))
    return Limits(
        budget=int(luck.integers(0, 6 * dear)) if chance(0.6) else None,
        budget_of_unit=((one(units), int(luck.integers(0, 3 * dear))),) if units and chance(0.4) else (),
        women_share=share if chance(0.6) else None,
        women_share_of_unit=((one(units), Fraction(1, 2)),) if units and chance(0.3) else (),
        groups=((one(houses), int(luck.integers(0, 3))),) if houses and chance(0.6) else (),
        pins=some(arcs, pins),
        blocks=some(arcs, 3),
        reserves=((one(pools), int(luck.integers(0, 4))),) if pools and chance(0.5) else (),
        most=int(luck.integers(0, 8)) if chance(0.4) else None,
        like=some(arcs, 8) if chance(0.5) else None,
    )
