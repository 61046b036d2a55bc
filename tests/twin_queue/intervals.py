"""Means of replications and their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

WIDTH = 3.3
"""Standard errors on each side: what chance alone leaves once in a thousand."""


@dataclass(frozen=True)
class Mean:
    """A mean and its standard error."""

    value: float
    error: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Mean":
        found = np.array(values, dtype=np.float64)
        return cls(float(found.mean()), float(found.std(ddof=1) / np.sqrt(len(found))))

    def less(self, other: "Mean") -> "Mean":
        return Mean(self.value - other.value, float(np.hypot(self.error, other.error)))

    def covers(self, value: float) -> bool:
        return abs(self.value - value) <= WIDTH * self.error

    @property
    def half_width(self) -> float:
        return WIDTH * self.error
