"""Student's t for a whole number of degrees of freedom, from its finite series."""

from functools import cache
from math import atan2, cos, pi, sin, sqrt

CONFIDENCE = 0.95
HALVINGS = 200


@cache
def t_quantile(degrees: int, confidence: float = CONFIDENCE) -> float:
    """The t between whose negative and itself a share of the distribution lies: 2.262 for 9 degrees and 95 %.

    Raises
    ------
    ValueError
        If there is no degree of freedom, or the confidence is not between 0 and 1.
    """
    if degrees < 1 or not 0 < confidence < 1:
        raise ValueError(f"no t distribution with {degrees} degrees of freedom at confidence {confidence}")
    low, high = 0.0, 1.0
    while share_within(high, degrees) < confidence:
        low, high = high, 2 * high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if share_within(middle, degrees) < confidence:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def share_within(t: float, degrees: int) -> float:
    """Probability that Student's t lies between -t and t.

    The series in the angle arctan(t / sqrt(degrees)), one for odd and one for even degrees:
    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
    """
    angle = atan2(t, sqrt(degrees))
    odd = degrees % 2
    term = cos(angle) if odd else 1.0
    total = term if degrees > 1 else 0.0
    for k in range(2 + odd, degrees - 1, 2):
        term *= cos(angle) ** 2 * (k - 1) / k
        total += term
    return (angle + sin(angle) * total) * 2 / pi if odd else sin(angle) * total
