"""Where an import keeps what it may need again: the ids that are taken, and the rows that wait for their group.

Both lie in an SQLite file and a draft in the import's own folder, so that a feed of any size takes bounded memory.
The draft holds a product a line, in the feed's order, or the mark of a group at the place of its first row.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.catalog.feeds.feed import Role
from tools.product import Product

MAX_VARIANTS = 5_000
"""More rows of one group than any shop has variants of a product (Shopify's limit is 2,048)."""

_GROUP = "@"
_TABLES = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -64000;
    CREATE TABLE ids (id TEXT, kind TEXT, grp TEXT, place TEXT, PRIMARY KEY (id, kind)) WITHOUT ROWID;
    CREATE TABLE rows (grp TEXT, seq INTEGER, feed TEXT, line INTEGER, role TEXT, product TEXT,
                       PRIMARY KEY (grp, seq)) WITHOUT ROWID;
    CREATE TABLE sizes (grp TEXT PRIMARY KEY, rows INTEGER) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of a group. An ``extra`` has no product of its own."""

    feed: str
    line: int
    role: Role
    product: Product | None


class Staging:
    """The waiting room of one import. Use as a context manager; its files are gone afterwards."""

    def __init__(self, folder: Path) -> None:
        self._database, self._draft = folder / "staging.sqlite", folder / "draft.jsonl"
        self._connection = sqlite3.connect(self._database, isolation_level=None)
        self._connection.executescript(_TABLES + "BEGIN;")
        self._out = self._draft.open("w", encoding="utf-8")
        self._grouped = 0

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()
        self._connection.close()
        for file in (self._database, self._draft):
            file.unlink(missing_ok=True)

    def claim(self, product_id: str, group: str, place: str) -> str:
        """Takes an id for a row. Returns the place that has it already, or nothing."""
        run = self._connection.execute
        try:
            # Ids of groups are looked at only where there are any: most feeds have none.
            found = (
                self._grouped
                and run(
                    "SELECT place FROM ids WHERE id = ? AND kind = 'group' AND grp != ?", (product_id, group)
                ).fetchone()
            )
            if not found:
                run("INSERT INTO ids VALUES (?, 'item', ?, ?)", (product_id, group, place))
                return ""
        except sqlite3.IntegrityError:
            found = run("SELECT place FROM ids WHERE id = ? AND kind = 'item'", (product_id,)).fetchone()
        return found[0]

    def claim_group(self, group: str, place: str) -> str:
        """Takes an id for a group, which may also be the id of one of its rows."""
        run = self._connection.execute
        other = run("SELECT place FROM ids WHERE id = ? AND kind = 'item' AND grp != ?", (group, group)).fetchone()
        if other:
            return other[0]
        run("INSERT OR IGNORE INTO ids VALUES (?, 'group', ?, ?)", (group, group, place))
        return ""

    def add(self, product: Product) -> None:
        """Keeps a product that is in no group."""
        self._out.write(product.model_dump_json() + "\n")

    def add_to_group(self, group: str, row: Waiting) -> bool:
        """Keeps a row until its group is complete. False where the group has too many already."""
        run = self._connection.execute
        size = (run("SELECT rows FROM sizes WHERE grp = ?", (group,)).fetchone() or (0,))[0]
        if size >= MAX_VARIANTS:
            return False
        if not size:
            self._out.write(_GROUP + json.dumps(group) + "\n")
        self._grouped += 1
        product = row.product.model_dump_json() if row.product else None
        run("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)", (group, self._grouped, row.feed, row.line, row.role, product))
        run("INSERT OR REPLACE INTO sizes VALUES (?, ?)", (group, size + 1))
        return True

    def kept(self) -> Iterator[str | tuple[str, list[Waiting]]]:
        """What was kept, in the feed's order: a product as JSON, or the id and rows of a group."""
        self._out.close()
        with self._draft.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith(_GROUP):
                    group = json.loads(line[len(_GROUP) :])
                    yield group, list(self._rows_of(group))
                else:
                    yield line

    def finish(self, to: Path) -> bool:
        """Where no row waits for a group, makes the draft the list of products, and says so."""
        self._out.close()
        if not self._grouped:
            os.replace(self._draft, to)
        return not self._grouped

    def _rows_of(self, group: str) -> Iterator[Waiting]:
        query = "SELECT feed, line, role, product FROM rows WHERE grp = ? ORDER BY seq"
        for feed, line, role, text in self._connection.execute(query, (group,)):
            yield Waiting(feed, line, role, Product.model_validate_json(text) if text else None)
