"""The list of the rejected rows: each with its feed, line, id, field and reason."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from tools.catalog.cells import cell
from tools.catalog.intake.rows import RowRejected


class Rejects:
    """Writes ``rejected.csv`` and counts by field. Use as a context manager."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("w", encoding="utf-8", newline="")
        self._rows: Any = csv.writer(self._file)
        self._rows.writerow(("feed", "line", "product_id", "field", "reason"))
        self.reasons: Counter[str] = Counter()
        self.first = ""

    def __enter__(self) -> Rejects:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, feed: str, line: int, product_id: object, error: RowRejected) -> None:
        """Adds one row."""
        self.reasons[error.field] += 1
        self.first = self.first or f"{feed}, line {line}, {error}"
        self._rows.writerow((cell(feed), line, cell(product_id), error.field, cell(error.reason)))
