"""A small mixed-integer model: named 0/1 columns, rows with an upper limit, solved exactly by HiGHS."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

Terms = Mapping[Hashable, float]


@dataclass
class Model:
    """Columns are 0 or 1; a row is `low ≤ sum of weight · column ≤ high`."""

    columns: dict[Hashable, int] = field(default_factory=dict)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def add_column(self, name: Hashable) -> None:
        self.columns.setdefault(name, len(self.columns))

    def at_most(self, terms: Terms, limit: float) -> None:
        if terms:
            self.rows.append((terms, -np.inf, limit))

    def at_least(self, terms: Terms, limit: float) -> None:
        if terms:
            self.rows.append((terms, limit, np.inf))

    def equal(self, terms: Terms, amount: float) -> None:
        if terms:
            self.rows.append((terms, amount, amount))

    def maximise(self, terms: Terms) -> set[Hashable]:
        """Names of the columns that are 1 in an exact best answer.

        Raises
        ------
        ValueError
            When HiGHS proves no best answer.
        """
        size = len(self.columns)
        if size == 0:
            return set()
        cost = np.zeros(size)
        for name, weight in terms.items():
            cost[self.columns[name]] -= weight
        entries = [
            (row, self.columns[name], weight)
            for row, (row_terms, _, _) in enumerate(self.rows)
            for name, weight in row_terms.items()
        ]
        at_row, at_column, weights = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((weights, (at_row, at_column)), shape=(len(self.rows), size))
        low = np.array([row[1] for row in self.rows])
        high = np.array([row[2] for row in self.rows])
        answer = milp(
            cost,
            integrality=np.ones(size),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, low, high) if self.rows else (),
            options={"mip_rel_gap": 0.0},
        )
        if answer.status != 0:
            raise ValueError(f"HiGHS found no proven answer: {answer.message}")
        return {name for name, column in self.columns.items() if answer.x[column] > 0.5}
