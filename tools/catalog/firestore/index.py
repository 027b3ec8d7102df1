"""Searching a catalogue in Firestore: candidates by stems and filters, the last word and the score in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tools.catalog.firestore.connection import Connection
from tools.catalog.firestore.documents import (
    LONG_TEXT,
    document_id,
    head_term,
    passes,
    product_of,
    shelves_for,
)
from tools.catalog.firestore.queries import BEST_RATED, CHEAPEST, Order, Shape, shapes
from tools.catalog.firestore.scoring import matches, score
from tools.catalog.firestore.walks import PAGE, Walk, merged
from tools.catalog.firestore.words import Words
from tools.catalog.search.index import Filters
from tools.product import Product

LOOKED_AT = 4
"""So many products are read for each that a search returns: the best by rating are not the best by words."""

FEWEST, MOST = 60, 300
"""Products read by one search at least, if there are so many, and at most: first of those that bear the words in what
says what they are (`HEAD_FIELDS`), then, if there are fewer than asked for, of those that only mention them."""

KEPT_WALKS, KEPT_PRODUCTS = 256, 20_000

Hits = list[tuple[Product, float]]
Groups = Sequence[Sequence[str]]


class FirestoreIndex:
    """One generation as of one moment. ``shelves`` counts its products by `documents.shelf`."""

    def __init__(self, connection: Connection, generation: str, at: datetime, shelves: Mapping[str, int]) -> None:
        self._connection = connection
        self._products = connection.products(generation)
        self._shards = connection.words(generation)
        self._at = at
        self._shelves = shelves
        self._lock = threading.RLock()
        self._walks: OrderedDict[Shape, Walk] = OrderedDict()
        self._known: OrderedDict[str, Product | None] = OrderedDict()
        self._words: Words | None = None

    @property
    def words(self) -> Words:
        """The words of the shop, read at the first search: a read for each 20,000."""
        with self._lock:
            if self._words is None:
                found = self._connection.run(self._shards, self._at)
                self._words = Words.of_documents(one.to_dict() for one in found)
            return self._words

    def lend_words(self, other: FirestoreIndex) -> None:
        """Takes the words of another state that has the same, so far as it has read them."""
        self._words = other._words

    @property
    def searcher(self) -> Words:
        """The counts of words, under the name that the embedded index has for them."""
        return self.words

    def product(self, product_id: str) -> Product | None:
        """The product of this id: a read, unless a search or an earlier call has brought it."""
        return self.products([product_id]).get(product_id)

    def products(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """The products of these ids that are there."""
        with self._lock:
            unknown = [i for i in dict.fromkeys(product_ids) if i and i not in self._known]
        if unknown:
            found = self._connection.get_all([self._products.document(document_id(i)) for i in unknown], self._at)
            there = {product.product_id: product for one in found if (product := product_of(one.get("product")))}
            self._keep({i: there.get(i) for i in unknown})
        with self._lock:
            return {i: product for i in product_ids if (product := self._known.get(i))}

    def search(self, groups: Groups, filters: Filters, limit: int, most: int = MOST) -> Hits:
        """Products that bear all stems of at least one group, by BM25; at most twice ``most`` are looked at."""
        wanted = self._known_groups(groups)
        bound = min(max(LOOKED_AT * limit, FEWEST), most)
        found: dict[str, tuple[Product, float]] = {}
        for terms in (list(map(head_term, _rarest(wanted, self))), [*_rarest(wanted, self), LONG_TEXT]):
            if not wanted or len(found) >= limit:
                break
            walks = self._each_walk(BEST_RATED, filters, terms)
            for walk in walks:
                for _, product in self._seen(walk.upto(-(-bound // len(walks)))):
                    if passes(product, filters) and (points := score(product, wanted, self.words)) > 0:
                        found[product.product_id] = (product, points)
        return sorted(found.values(), key=lambda hit: (-hit[1], hit[0].product_id))[:limit]

    def best_rated(self, filters: Filters, limit: int) -> Hits:
        """The products of the highest shrunk rating."""
        return self._first(self._in_order(BEST_RATED, filters, (), limit), filters, limit)

    def cheapest(self, filters: Filters, limit: int, groups: Groups = ()) -> Hits:
        """The cheapest products, optionally only those that match one of the groups. Reads on until enough."""
        if not groups:
            return self._first(self._in_order(CHEAPEST, filters, (), limit), filters, limit)
        wanted = self._known_groups(groups)
        if not wanted:
            return []
        stems = _rarest(wanted, self)
        found = self._in_order(CHEAPEST, filters, [*map(head_term, stems), *stems, LONG_TEXT], limit)
        bearing = (product for product in found if any(matches(product, group) for group in wanted))
        return self._first(bearing, filters, limit)

    def among(self, product_ids: Sequence[str], filters: Filters) -> list[str]:
        """Those of the ids that pass the filters, in the order given; a read for each that was not yet looked up."""
        found = self.products(product_ids)
        return [i for i in product_ids if i in found and passes(found[i], filters)]

    def count(self, filters: Filters) -> int:
        """How many products pass the filters: from the head without a read where it can say, else counted."""
        shelves = shelves_for(filters, self._shelves)
        if filters.exclude_ids or filters.exclude_stems:
            every = self._in_order(CHEAPEST, filters, (), PAGE)
            return sum(passes(product, filters) for product in every)
        if not filters.price_min and filters.price_max is None and filters.age_years is None:
            return sum(self._shelves[one] for one in shelves)
        each = (shape.query(self._products) for shape in shapes(CHEAPEST, filters, shelves, ()))
        return sum(self._connection.count(query, self._at) for query in each)

    def in_feed_order(self) -> Iterator[dict[str, Any]]:
        """The documents of every product."""
        last, query = None, self._products.order_by("position")
        while page := self._connection.run((query.start_after(last) if last else query).limit(PAGE), self._at):
            yield from (one.to_dict() for one in page)
            last = page[-1]

    def _known_groups(self, groups: Groups) -> list[tuple[str, ...]]:
        """The groups that can match at all."""
        told = dict.fromkeys(tuple(group) for group in groups if group)
        return [group for group in told if all(stem in self.words.bearing for stem in group)]

    def _in_order(self, order: Order, filters: Filters, terms: Sequence[str], limit: int) -> Iterator[Product]:
        walks = self._each_walk(order, filters, terms)
        for product in merged(walks, min(max(limit, 1), PAGE)):
            self._keep({product.product_id: product})
            yield product

    def _first(self, products: Iterator[Product], filters: Filters, limit: int) -> Hits:
        found: Hits = []
        for product in products if limit else ():
            if passes(product, filters):
                found.append((product, 0.0))
                if len(found) == limit:
                    break
        return found

    def _each_walk(self, order: Order, filters: Filters, terms: Sequence[str]) -> list[Walk]:
        shelves = shelves_for(filters, self._shelves)
        return [self._walk(shape) for shape in shapes(order, filters, shelves, terms)]

    def _walk(self, shape: Shape) -> Walk:
        with self._lock:
            if shape not in self._walks:
                self._walks[shape] = Walk(shape.order, self._fetcher(shape.query(self._products)))
            self._walks.move_to_end(shape)
            while len(self._walks) > KEPT_WALKS:
                self._walks.popitem(last=False)
            return self._walks[shape]

    def _fetcher(self, query: Any) -> Any:
        def fetch(last: Any, count: int) -> list[Any]:
            return self._connection.run((query.start_after(last) if last else query).limit(count), self._at)

        return fetch

    def _seen(self, rows: list[tuple[Any, Product]]) -> list[tuple[Any, Product]]:
        self._keep({product.product_id: product for _, product in rows})
        return rows

    def _keep(self, products: Mapping[str, Product | None]) -> None:
        with self._lock:
            self._known.update(products)
            while len(self._known) > KEPT_PRODUCTS:
                self._known.popitem(last=False)


def _rarest(groups: Sequence[Sequence[str]], index: FirestoreIndex) -> list[str]:
    """Of each group the stem that fewest products bear: every match bears it."""
    return list(dict.fromkeys(min(group, key=lambda stem: (index.words.bearing[stem], stem)) for group in groups))
