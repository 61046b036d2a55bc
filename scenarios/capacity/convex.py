"""The least of a convex quadratic under linear limits, exact but for rounding, with its certificate."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

MOST_STEPS = 10_000


def least_quadratic(
    curvature: Vector, slope: Vector, rows: Vector, least: Vector, start: Vector
) -> tuple[Vector, Vector]:
    """Minimise x'Qx / 2 + c'x over Ax >= b by walking along the limits that bind (a primal active set).

    Each step solves the optimality conditions on the binding limits. It goes as far as the next limit allows,
    and lets go of a limit whose price is below zero. At the end no limit is broken and no price is negative,
    which for a convex quadratic proves the optimum (Karush, Kuhn and Tucker).

    Parameters
    ----------
    curvature, slope
        Q, shape (n, n), positive definite; c, shape (n,).
    rows, least
        A, shape (k, n); b, shape (k,).
    start
        Any x that keeps the limits, shape (n,).

    Returns
    -------
    The optimum (n,) and the price of each limit (k,): what a unit more of `least` costs.

    Raises
    ------
    ArithmeticError
        If Q is not positive definite, or `start` breaks a limit.
    """
    try:
        np.linalg.cholesky(curvature)
    except np.linalg.LinAlgError:
        raise ArithmeticError(
            "the quadratic is not positive definite; its least may not be one point"
        ) from None
    size = np.abs(rows).max(axis=1)
    rows, least = rows / size[:, None], least / size
    tiny = 1e-9 * (1.0 + float(np.abs(least).max(initial=0.0)))
    if (rows @ start < least - tiny).any():
        raise ArithmeticError("the start breaks a limit")
    x, binding = start.astype(np.float64), list[int]()
    for _ in range(MOST_STEPS):
        step, price = _step(curvature, curvature @ x + slope, rows[binding])
        if np.abs(step).max(initial=0.0) <= tiny:
            if price.min(initial=0.0) >= 0.0:
                prices = np.zeros(len(rows))
                prices[binding] = price
                return x, prices / size
            del binding[int(price.argmin())]
            continue
        far, limit = _how_far(rows, least, x, step, binding)
        x = x + far * step
        if limit is not None:
            binding.append(limit)
    raise ArithmeticError(f"no optimum was found in {MOST_STEPS} steps")


def _step(curvature: Vector, gradient: Vector, held: Vector) -> tuple[Vector, Vector]:
    """The step to the least on the held limits, and their prices."""
    n, k = len(gradient), len(held)
    system = np.zeros((n + k, n + k))
    system[:n, :n] = curvature
    system[:n, n:] = -held.T
    system[n:, :n] = held
    solved = np.linalg.lstsq(system, np.concatenate([-gradient, np.zeros(k)]), rcond=None)[0]
    return solved[:n], solved[n:]


def _how_far(
    rows: Vector, least: Vector, x: Vector, step: Vector, binding: list[int]
) -> tuple[float, int | None]:
    """How much of the step (at most all of it) keeps every limit, and the limit that stops it."""
    speed = rows @ step
    speed[binding] = 0.0
    falling = np.flatnonzero(speed < -1e-12)
    share = np.maximum(rows[falling] @ x - least[falling], 0.0) / -speed[falling]
    if not share.size or share.min() >= 1.0:
        return 1.0, None
    return float(share.min()), int(falling[share.argmin()])
