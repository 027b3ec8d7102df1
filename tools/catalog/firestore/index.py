"""Searching a catalogue in Firestore: candidates by stems and filters, the last word and the score in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import numpy as np

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
from tools.catalog.search.index import Filters, quality
from tools.catalog.search.rarity import Rarity
from tools.catalog.search.reading import read
from tools.catalog.search.tokens import Tokens, as_record
from tools.product import Product

LOOKED_AT = 4
"""So many products are read for each that a search returns: the best by rating are not the best by words."""

FEWEST, MOST = 60, 300
"""Products read by one search at least, if there are so many, and at most: first of those that bear the words in what
says what they are (`HEAD_FIELDS`), then, if there are fewer than asked for, of those that only mention them."""

WHOLE = 1000
"""Shelves with no more products together are read whole, once for each state of the catalogue: a turn's searches would
cost more. `deployment/catalogue.md` has the figures."""

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

    def inherit(self, former: FirestoreIndex, *, all_of_it: bool) -> None:
        """Takes the words that a former state has read, and with ``all_of_it``, when nothing has changed, its walks."""
        with former._lock:
            self._words = former._words
            if all_of_it:
                self._walks.update((shape, walk) for shape, walk in former._walks.items() if walk.ended)
                self._known.update(former._known)

    @property
    def searcher(self) -> Words:
        """The counts of words, under the name that the embedded index has for them."""
        return self.words

    def product(self, product_id: str) -> Product | None:
        """The product of this id, or with a variant of it: a read, unless an earlier call has brought it."""
        return self.products([product_id]).get(product_id)

    def products(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """The products of these ids, or with variants of them, that are there."""
        with self._lock:
            unknown = [i for i in dict.fromkeys(product_ids) if i and i not in self._known]
        if unknown:
            found = self._connection.get_all([self._products.document(document_id(i)) for i in unknown], self._at)
            there = {product.product_id: product for one in found if (product := product_of(one.get("product")))}
            if others := [i for i in unknown if i not in there]:
                for one in self._connection.of_variants(self._products, others, self._at):
                    product = product_of(one.get("product"))
                    there |= {variant.product_id: product for variant in product.variants}
            self._keep({i: there.get(i) for i in unknown})
        with self._lock:
            return {i: product for i in product_ids if (product := self._known.get(i))}

    def product_at(self, place: Product) -> Product:
        """A product is its own place."""
        return place

    def product_id_at(self, place: Product) -> str:
        """Its id."""
        return place.product_id

    def tokens_at(self, places: Sequence[Product]) -> Tokens:
        """What ranking looks at of the products, in that order."""
        return Tokens.of(map(_record, places))

    @cached_property
    def rarity(self) -> Rarity:
        """How rare words are here."""
        return Rarity.of(self.words.bearing, self.words.products)

    def search(self, groups: Groups, filters: Filters, limit: int, most: int = MOST) -> Hits:
        """Products that bear all stems of at least one group, by BM25; at most twice ``most`` are looked at."""
        wanted = self._known_groups(groups)
        found: Hits = []
        for looked_at in self._looked_at(wanted, filters, min(max(LOOKED_AT * limit, FEWEST), most)):
            passing = (product for product in looked_at if passes(product, filters))
            found += [(product, points) for product in passing if (points := score(product, wanted, self.words))]
            if len(found) >= limit:
                break
        best_first = sorted(found, key=lambda hit: (-hit[1], hit[0].product_id))
        return list({product.product_id: (product, points) for product, points in best_first}.values())[:limit]

    def best_rated(self, filters: Filters, limit: int) -> Hits:
        """The products of the highest shrunk rating."""
        found = self._in_order(BEST_RATED, filters, (), limit)
        if self._are_small(filters):
            found = iter(sorted(found, key=lambda product: (-quality(product), product.product_id)))
        return _first(found, filters, limit)

    def cheapest(self, filters: Filters, limit: int, groups: Groups = ()) -> Hits:
        """The cheapest products, optionally only those that match one of the groups. Reads on until enough."""
        if not groups:
            return _first(self._in_order(CHEAPEST, filters, (), limit), filters, limit)
        wanted = self._known_groups(groups)
        if not wanted:
            return []
        stems = self._rarest(wanted)
        # Where the words are common, their products are most of the shelf, and the walk along it serves other searches.
        common = 2 * sum(self.words.bearing[stem] for stem in stems) >= self.words.products
        terms = [] if common else [*map(head_term, stems), *stems, LONG_TEXT]
        found = self._in_order(CHEAPEST, filters, terms, limit)
        return _first((p for p in found if any(matches(p, group) for group in wanted)), filters, limit)

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

    def _are_small(self, filters: Filters) -> bool:
        """Whether what is admitted by kind is so little that it is read whole, and searched in memory."""
        return sum(self._shelves[one] for one in shelves_for(filters, self._shelves)) <= WHOLE

    def _looked_at(self, groups: Groups, filters: Filters, bound: int) -> Iterator[list[Product]]:
        """The products a search looks at: all of small shelves, else first those that bear the words in a title."""
        if not groups:
            return
        if self._are_small(filters):
            yield list(self._in_order(CHEAPEST, filters, (), PAGE))
            return
        stems = self._rarest(groups)
        for terms in ([*map(head_term, stems)], [*stems, LONG_TEXT]):
            walks = self._each_walk(BEST_RATED, filters, terms)
            rows = [row for walk in walks for row in walk.upto(-(-bound // len(walks)))]
            self._keep({product.product_id: product for _, product in rows})
            yield [product for _, product in rows]

    def _in_order(self, order: Order, filters: Filters, terms: Sequence[str], limit: int) -> Iterator[Product]:
        """Every product that passes, and some that do not; of small shelves by price, whatever the order."""
        if self._are_small(filters):
            shelves = shelves_for(filters, self._shelves)
            walks = [self._walk(shape) for one in shelves for shape in shapes(CHEAPEST, Filters(), [one], ())]
            limit = PAGE
        else:
            walks = self._each_walk(order, filters, terms)
        for product in merged(walks, min(max(limit, 1), PAGE)):
            self._keep({product.product_id: product})
            yield product

    def _each_walk(self, order: Order, filters: Filters, terms: Sequence[str]) -> list[Walk]:
        shelves = shelves_for(filters, self._shelves)
        return [self._walk(shape) for shape in shapes(order, filters, shelves, terms)]

    def _rarest(self, groups: Groups) -> list[str]:
        """Of each group the stem that fewest products bear: every match bears it."""
        rarity = self.words.bearing
        return list(dict.fromkeys(min(group, key=lambda stem: (rarity[stem], stem)) for group in groups))

    def _walk(self, shape: Shape) -> Walk:
        with self._lock:
            if shape not in self._walks:
                self._walks[shape] = Walk(shape.order, self._fetcher(shape))
            self._walks.move_to_end(shape)
            while len(self._walks) > KEPT_WALKS:
                self._walks.popitem(last=False)
            return self._walks[shape]

    def _fetcher(self, shape: Shape) -> Callable[[Any, int], list[Any]]:
        """How the pages of a query are read; what counts reads without a Firestore answers in its place."""
        query = shape.query(self._products)

        def fetch(last: Any, count: int) -> list[Any]:
            return self._connection.run((query.start_after(last) if last else query).limit(count), self._at)

        return fetch

    def _keep(self, products: Mapping[str, Product | None]) -> None:
        with self._lock:
            self._known.update(products)
            while len(self._known) > KEPT_PRODUCTS:
                self._known.popitem(last=False)


def _first(products: Iterator[Product], filters: Filters, limit: int) -> Hits:
    return [(product, 0.0) for product in islice((one for one in products if passes(one, filters)), limit)]


@lru_cache(maxsize=20_000)
def _record(product: Product) -> np.ndarray:
    return as_record(read(product))
