"""Rows that a catalogue is to have besides its own: new products, new groups of variants, new variants of a product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.catalog.aspects.rules import ASPECTS
from tools.catalog.feeds.feed import Row
from tools.catalog.intake.mapping import ColumnMap
from tools.catalog.intake.rows import RowReader, RowRejected
from tools.catalog.intake.staging import MAX_VARIANTS
from tools.catalog.intake.variants import extended, merge
from tools.catalog.interface import Catalog
from tools.catalog.versions.store import Change
from tools.product import Product


@dataclass(slots=True)
class _Group:
    """What came of a group so far. ``product`` is the one of the catalogue, where the group is there already."""

    product: Product | None
    parent: Product | None = None
    members: list[Product] = field(default_factory=list)
    others: list[tuple[str, Row]] = field(default_factory=list)

    @property
    def currency(self) -> str:
        """The currency of its variants; empty as long as there is none."""
        first = self.product or next(iter(self.members), None)
        return first.price.currency if first else ""


class Additions:
    """Takes rows one by one, in the catalogue's and each other's company, and says then what they change."""

    def __init__(self, catalog: Catalog, currency: str | None) -> None:
        self._catalog = catalog
        self._currency = currency
        self._with_aspects = ASPECTS[catalog.manifest.aspects]
        self._single: dict[str, Product] = {}
        self._groups: dict[str, _Group] = {}
        self._taken: dict[str, str] = {}

    def take(self, feed: str, columns: ColumnMap, row: Row) -> bool:
        """Keeps a row, which so far is one that changes something. Raises RowRejected."""
        reader = RowReader(columns, self._currency)
        group_id = reader.group(row.values)
        product = reader.product(row.values, row.role) if row.role != "extra" else None
        if not group_id:
            if product is None or row.role != "product":
                raise RowRejected("group_id", "is empty, so the row belongs to no product")
            self._claim(product.product_id, "")
            self._single[product.product_id] = product
            return True
        group = self._group(group_id)
        if product is None or row.role != "product":
            if group.product:
                raise RowRejected("group_id", "is already in the catalogue; update changes what its variants share")
            group.parent = group.parent or product
            group.others.append((feed, row))
            return True
        self._join(group, group_id, product)
        return True

    def changes(self) -> list[Change]:
        """What the rows change, in their order: single products first."""
        added = [
            Change(kind="add", product_id=i, product=self._with_aspects(product)) for i, product in self._single.items()
        ]
        for group_id, group in self._groups.items():
            if not group.members:
                continue
            after = extended(group.product, group.members) if group.product else None
            product = self._with_aspects(after or merge(group_id, group.parent, group.members))
            added.append(Change(kind="update" if after else "add", product_id=product.product_id, product=product))
        return added

    def left_over(self) -> Iterator[tuple[str, Row, RowRejected]]:
        """The rows of groups of which no variant came: they describe nothing that is sold."""
        for group_id, group in self._groups.items():
            for feed, row in group.others if not group.members else ():
                yield feed, row, RowRejected("price", f"no variant of {group_id!r} has one")

    def _group(self, group_id: str) -> _Group:
        if group_id in self._groups:
            return self._groups[group_id]
        there = self._catalog.get(group_id)
        if self._taken.get(group_id, group_id) != group_id or (there and not there.variants):
            raise RowRejected("group_id", "is already the id of a product without variants")
        if there and there.product_id != group_id:
            raise RowRejected("group_id", f"is already the id of a variant of {there.product_id!r}")
        self._groups[group_id] = _Group(there)
        return self._groups[group_id]

    def _join(self, group: _Group, group_id: str, product: Product) -> None:
        if group.currency not in ("", product.price.currency):
            raise RowRejected("price", f"is in {product.price.currency}, the other variants in {group.currency}")
        if len(group.members) + len(group.product.variants if group.product else ()) >= MAX_VARIANTS:
            raise RowRejected("group_id", f"has more than {MAX_VARIANTS:,} rows")
        self._claim(product.product_id, group_id)
        group.members.append(product)

    def _claim(self, product_id: str, group_id: str) -> None:
        """Takes an id, which may also be that of its own group."""
        there = self._catalog.get(product_id)
        of_own_group = there and there.product_id == group_id == product_id and not there.variant(product_id)
        foreign_group = product_id in self._groups and product_id != group_id
        if product_id in self._taken or foreign_group or (there and not of_own_group):
            raise RowRejected("product_id", "is already in the catalogue; update changes it")
        self._taken[product_id] = group_id
