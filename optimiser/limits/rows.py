"""All limits of a run as rows of the matching problem."""

from optimiser.limits.budget import budget_side
from optimiser.limits.equity import equity_side
from optimiser.limits.groups import group_sides
from optimiser.limits.model import Limits
from optimiser.limits.most import most_side
from optimiser.limits.pins import pin_side
from optimiser.limits.scope import Scope
from optimiser.problem import SideLimit


def limit_sides(scope: Scope, limits: Limits) -> list[SideLimit]:
    """Rows for every limit but blocks, reserves and stability, which change pairs, places and goals.

    Raises
    ------
    LimitsProblem
        When a limit names something that is not there.
    """
    sides = [pin_side(scope, household, pool) for household, pool in limits.pins]
    if limits.budget is not None:
        sides.append(budget_side(scope, limits.budget))
    sides += [budget_side(scope, most, unit) for unit, most in limits.budget_of_unit]
    if limits.women_share is not None:
        sides.append(equity_side(scope, limits.women_share))
    sides += [equity_side(scope, share, unit) for unit, share in limits.women_share_of_unit]
    for facility, most in limits.groups:
        sides += group_sides(scope, facility, most)
    if limits.most is not None:
        sides.append(most_side(scope, limits.most))
    return sides
