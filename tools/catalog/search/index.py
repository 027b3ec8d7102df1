"""The text index of a catalogue: tantivy, on disk, with price, currency, availability, age and need as filters.

Queries are built from objects, never from a query string, so nothing a shopper or a seller writes is query syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import tantivy
from tantivy import FieldType, Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from tools.catalog.search.rarity import Rarity
from tools.catalog.search.token_file import TokenFile, TokenWriter
from tools.catalog.search.tokens import Tokens
from tools.product import Product

ANALYZER = "english"
"""Lower case, accents folded, Snowball English stems: the same as `tools.lexicon.stems`."""

FIELD_WEIGHTS = {"title": 3.0, "labels": 2.5, "category": 1.5, "brand": 1.0, "description": 1.0}
"""BM25 weight of each searched text field; `labels` are tags, interests and themes."""

DERIVED_WEIGHT = 0.25
"""BM25 weight of what was derived from the other fields: where it is met in them as well, their match decides."""

NO_UPPER_AGE = 999

Place = tuple[int, int]
"""Where a product stands in an opened index: the segment, and the number in it."""

PRODUCTS_KEPT = 20_000
"""Products an opened index keeps read, by their place in it. Products are immutable, so one object serves them all."""

STARTS_KEPT = 200_000
"""Places of which it is kept where their words start: to ask the index costs 2 us each."""

SEARCHES_KEPT, HITS_KEPT = 1024, 200
"""Searches whose hits an opened index keeps, and the most hits one of them may have: within a turn several steps ask
the same, and so does the next shopper. At most 30 MB, where all of them are that long; 3 as they are."""

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a product must satisfy to be found. Prices in minor units of ``currency``, inclusive; age in whole years."""

    currency: str | None = None
    price_min: int = 0
    price_max: int | None = None
    age_years: int | None = None
    need: str | None = None
    available_only: bool = True
    exclude_stems: frozenset[str] = field(default=frozenset())
    exclude_ids: frozenset[str] = field(default=frozenset())


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """The index schema; a change here needs a new `catalog.FORMAT`."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("product_id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*FIELD_WEIGHTS, "derived", "rule_text"):
        builder.add_text_field(name, tokenizer_name=ANALYZER)
    for name in ("currency", "need"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("price_minor", "available", "age_min", "age_max", "quality", "tokens_at"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_text_field("product", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def register_analyzer(index: tantivy.Index) -> None:
    """Gives an opened index its analyzer; tantivy does not store analyzers."""
    analyzer = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.lowercase(), Filter.ascii_fold(), Filter.stemmer("english")):
        analyzer = analyzer.filter(step)
    index.register_tokenizer(ANALYZER, analyzer.build())


MOST_RATERS, BEST_RATING, WORST_RATING = 500, 4.9, 3.0
"""More raters, and a better or a worse rating, count no more: they are cheap to fake, and honest ones lie between."""


def quality(product: Product, prior_mean: float = 4.0, prior_count: int = 20) -> float:
    """The rating shrunk towards a prior mean by its count (a Bayesian average), 0 to 5; unrated: the prior itself.

    It counts from `WORST_RATING` to `BEST_RATING`, of `MOST_RATERS` at most.
    """
    if product.rating is None:
        return prior_mean
    count = min(product.rating_count or 0, MOST_RATERS)
    rating = max(WORST_RATING, min(product.rating, BEST_RATING))
    return (rating * count + prior_mean * prior_count) / (count + prior_count)


def build_index(products: Iterable[Product], folder: Path) -> int:
    """Writes the index of ``products`` to the empty or missing ``folder``. Returns how many were indexed."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema(), path=str(folder))
    register_analyzer(index)
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    count = 0
    with TokenWriter(folder) as tokens:
        for product in products:
            writer.add_document(_document(product, tokens.add(product)))
            count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count


def update_index(folder: Path, put: Iterable[Product], gone_ids: Iterable[str]) -> None:
    """Takes the products of ``gone_ids`` out of an index and puts others in, in one commit.

    Only the deleted flags and new segments are written; the files that are there stay as they are.
    """
    index = tantivy.Index.open(str(folder))
    register_analyzer(index)
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for product_id in gone_ids:
        writer.delete_documents_by_term("product_id", product_id)
    with TokenWriter(folder) as tokens:
        for product in put:
            writer.add_document(_document(product, tokens.add(product)))
    writer.commit()
    writer.wait_merging_threads()


def searched_text(product: Product) -> dict[str, str]:
    """The text of each searched field, by its name in `FIELD_WEIGHTS`."""
    labels = [*product.tags, *product.interests, *product.themes, *product.occasions]
    return {
        "title": product.title,
        "labels": " , ".join(labels),
        "category": product.category,
        "brand": product.brand,
        # Specs are no field of their own, which would cost every search: on Chorus that ranks worse (nDCG@10 .788,
        # not .806), though it finds more (recall@50 .869, not .849).
        "description": f"{product.description} . {product.spec_text}",
    }


def _document(product: Product, tokens_at: int) -> tantivy.Document:
    return tantivy.Document(
        product_id=list(dict.fromkeys((product.product_id, *(variant.product_id for variant in product.variants)))),
        derived=" , ".join(product.derived_as("interest", "occasion", "aspect")),
        **searched_text(product),
        rule_text=product.rule_text,
        currency=product.price.currency,
        need=product.need,
        price_minor=product.price.minor,
        available=int(product.available),
        age_min=product.age_min_years or 0,
        age_max=NO_UPPER_AGE if product.age_max_years is None else product.age_max_years,
        quality=round(quality(product) * 1000),
        product=product.model_dump_json(exclude_defaults=True),
        tokens_at=tokens_at,
    )


class TextIndex:
    """An opened index. All searches return ``(product_id, score)`` pairs, best first."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        register_analyzer(self._index)
        self._searcher = self._index.searcher()
        self._product_at = lru_cache(maxsize=PRODUCTS_KEPT)(self._stored)
        self._found = lru_cache(maxsize=PRODUCTS_KEPT)(self._find)
        self._product_id_at = lru_cache(maxsize=STARTS_KEPT)(self._stored_id)
        self._ranked = lru_cache(maxsize=SEARCHES_KEPT)(self._rank)
        self._starts: dict[Place, int] = {}
        self._tokens = TokenFile(folder)

    @property
    def searcher(self) -> tantivy.Searcher:
        """The reader of the index, for counting words."""
        return self._searcher

    def places(self, clauses: list, filters: Filters, limit: int) -> list[tuple[Place, float]]:
        """Where the products stand that match tantivy clauses and pass the filters, by BM25."""
        return self._places(clauses, filters, limit)

    def product_at(self, place: Place) -> Product:
        """The product that stands there."""
        return self._product_at(*place)

    def product_id_at(self, place: Place) -> str:
        """The id of the product that stands there; the product itself is not read."""
        return self._product_id_at(*place)

    @property
    def rarity(self) -> Rarity:
        """How rare words are here."""
        return self._tokens.rarity

    def tokens_at(self, places: Sequence[Place]) -> Tokens:
        """What ranking looks at of the products that stand there, in that order."""
        starts = self._starts
        unknown = [place for place in places if place not in starts]
        if unknown:
            if len(starts) > STARTS_KEPT:
                self._starts = starts = {place: starts[place] for place in places if place in starts}
            addresses = [tantivy.DocAddress(*place) for place in unknown]
            for place, start in zip(unknown, self._searcher.fast_field_values("tokens_at", addresses), strict=True):
                starts[place] = int(start or 0)
        return self._tokens.at([starts[place] for place in places])

    def product(self, product_id: str) -> Product | None:
        """The stored product of this id, else the one with a variant of this id."""
        return self._found(product_id)

    def _find(self, product_id: str) -> Product | None:
        query = Query.term_query(schema(), "product_id", product_id)
        hits = self._searcher.search(query, 2, count=False).hits
        found = [self._product_at(address.segment_ord, address.doc) for _, address in hits]
        return next((product for product in found if product.product_id == product_id), next(iter(found), None))

    def search(self, groups: Sequence[Sequence[str]], filters: Filters, limit: int) -> list[tuple[Product, float]]:
        """Products that match at least one group of stems; a group matches when all its stems occur.

        Scores are BM25 over `FIELD_WEIGHTS`; per stem the best field counts (disjunction max), groups add up.
        """
        asked = tuple(tuple(group) for group in groups if group)
        return self._run(asked, filters, limit) if asked else []

    def best_rated(self, filters: Filters, limit: int) -> list[tuple[Product, float]]:
        """The products of the highest shrunk rating."""
        return self._run((), filters, limit, order_by="quality")

    def cheapest(
        self, filters: Filters, limit: int, groups: Sequence[Sequence[str]] = ()
    ) -> list[tuple[Product, float]]:
        """The cheapest products, optionally only those that match one of the groups."""
        asked = tuple(tuple(group) for group in groups if group)
        if groups and not asked:
            return []
        return self._run(asked, filters, limit, order_by="price_minor", ascending=True)

    def among(self, product_ids: Sequence[str], filters: Filters) -> list[str]:
        """Those of the ids that pass the filters, in the order given."""
        terms = [(Occur.Should, Query.term_query(schema(), "product_id", i)) for i in product_ids]
        found = self._places([(Occur.Must, Query.boolean_query(terms))], filters, len(terms)) if terms else []
        passing = {self._product_at(*place).product_id for place, _ in found}
        return [i for i in product_ids if i in passing]

    def count(self, filters: Filters) -> int:
        """How many products pass the filters."""
        query = Query.boolean_query([(Occur.Must, Query.all_query()), *self._clauses(filters)])
        return self._searcher.search(query, 1).count or 0  # pyright: ignore[reportAttributeAccessIssue]

    def _run(
        self, groups: Groups, filters: Filters, limit: int, order_by: str | None = None, ascending: bool = False
    ) -> list[tuple[Product, float]]:
        """The products that match a group, or all where there is none."""
        rank = self._ranked if limit <= HITS_KEPT else self._rank
        return [(self._product_at(*place), score) for place, score in rank(groups, filters, limit, order_by, ascending)]

    def _rank(
        self, groups: Groups, filters: Filters, limit: int, order_by: str | None, ascending: bool
    ) -> list[tuple[Place, float]]:
        matching = [(Occur.Must, _any_of([_group_query(group) for group in groups]))] if groups else []
        return self._places(matching, filters, limit, order_by, ascending)

    def _places(
        self, clauses: list, filters: Filters, limit: int, order_by: str | None = None, ascending: bool = False
    ) -> list[tuple[Place, float]]:
        query = Query.boolean_query([*(clauses or [(Occur.Must, Query.all_query())]), *self._clauses(filters)])
        if order_by is None:
            hits = self._searcher.search(query, limit, count=False).hits
        else:
            order = tantivy.Order.Asc if ascending else tantivy.Order.Desc
            hits = self._searcher.search(query, limit, count=False, order_by_field=order_by, order=order).hits
        return [((address.segment_ord, address.doc), float(score)) for score, address in hits]

    def _stored(self, segment: int, doc: int) -> Product:
        return Product.model_validate_json(self._searcher.doc(tantivy.DocAddress(segment, doc))["product"][0])

    def _stored_id(self, segment: int, doc: int) -> str:
        return self._searcher.doc(tantivy.DocAddress(segment, doc))["product_id"][0]  # behind it those of variants

    @staticmethod
    def _clauses(filters: Filters) -> list:
        must: list[Query] = []
        if filters.currency:
            must.append(Query.term_query(schema(), "currency", filters.currency))
        if filters.price_min or filters.price_max is not None:
            must.append(_range("price_minor", filters.price_min, filters.price_max))
        if filters.age_years is not None:
            must += [_range("age_min", 0, filters.age_years), _range("age_max", filters.age_years, NO_UPPER_AGE)]
        if filters.need:
            must.append(Query.term_query(schema(), "need", filters.need))
        # Filters must not move scores, so the constant part is taken out of each.
        clauses = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in must]
        excluded = [Query.term_query(schema(), "rule_text", stem) for stem in sorted(filters.exclude_stems)]
        if filters.available_only:  # leaving the few out costs less than asking for the many
            excluded.append(Query.term_query(schema(), "available", 0))
        excluded += [Query.term_query(schema(), "product_id", i) for i in sorted(filters.exclude_ids)]
        return clauses + [(Occur.MustNot, query) for query in excluded]


def _any_of(queries: list[Query]) -> Query:
    """Where one of them matches; each wrapping costs tantivy an object for every document it looks at."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


@lru_cache(maxsize=4096)
def _group_query(stems: tuple[str, ...]) -> Query:
    """Where all of the stems occur. Kept: shoppers ask for the same things, and queries are immutable."""
    if len(stems) == 1:
        return _stem_query(stems[0])
    return Query.boolean_query([(Occur.Must, _stem_query(stem)) for stem in stems])


@lru_cache(maxsize=4096)
def _stem_query(stem: str) -> Query:
    per_field = [
        Query.boost_query(Query.term_query(schema(), name, stem), weight)
        for name, weight in (*FIELD_WEIGHTS.items(), ("derived", DERIVED_WEIGHT))
    ]
    return Query.disjunction_max_query(per_field, tie_breaker=0.1)


def _range(name: str, low: int, high: int | None) -> Query:
    return Query.range_query(schema(), name, FieldType.Integer, low, high)
