"""A sparse matrix by rows, as little of one as is needed: numpy has none, and scipy would be here for this alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Compressed sparse rows: the entries of row ``r`` are those from ``starts[r]`` up to ``starts[r + 1]``."""

    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray

    @classmethod
    def of(cls, rows: np.ndarray, columns: np.ndarray, values: np.ndarray, height: int) -> Rows:
        """The matrix of entries in the order of their rows."""
        starts = np.searchsorted(rows, np.arange(height + 1))
        return cls(starts, columns.astype(np.int32), values.astype(np.float32))

    @classmethod
    def summed(cls, rows: np.ndarray, columns: np.ndarray, values: np.ndarray, size: int) -> Rows:
        """The square matrix of entries in any order; those of one place are added up."""
        places, inverse = np.unique(rows.astype(np.int64) * max(size, 1) + columns, return_inverse=True)
        sums = np.bincount(inverse, weights=values, minlength=len(places))
        return cls.of(places // max(size, 1), places % max(size, 1), sums, size)

    @property
    def row_of(self) -> np.ndarray:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def row(self, at: int) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of one row."""
        part = slice(self.starts[at], self.starts[at + 1])
        return self.columns[part], self.values[part]

    def weighted_sum(self, rows: np.ndarray, weights: np.ndarray, width: int) -> np.ndarray:
        """The sum of these rows, each times its weight, as a dense row of this width."""
        if not len(rows):
            return np.zeros(width)
        parts = [self.row(at) for at in rows]
        columns = np.concatenate([columns for columns, _ in parts])
        values = np.concatenate([values * weight for (_, values), weight in zip(parts, weights, strict=True)])
        return np.bincount(columns, weights=values, minlength=width).astype(
            np.float64
        )  # of nothing it is whole numbers
