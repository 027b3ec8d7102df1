"""Searching a catalogue by a free query: understand it, fetch candidates from the index, rank them by `relevance`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tantivy import Occur, Query

from tools.catalog.catalog import Catalog
from tools.catalog.embedding.embedder import Embedder
from tools.catalog.search.index import Filters, schema
from tools.catalog.search.query import FreeQuery, Spelling, Term, understand
from tools.catalog.search.relevance import Weights, feedback, found_at, read, signs, vector
from tools.catalog.search.spelling import nearest_word
from tools.lexicon.shopping import Stems
from tools.product import Product

if TYPE_CHECKING:
    from tools.catalog.search.fusion import DenseSource

SEARCHED = {"title": 1.6, "description": 1.0, "labels": 1.0, "category": 1.0, "brand": 0.6}
"""BM25 weight of each field when candidates are fetched; the scores of the fields add up."""

CANDIDATES = 150
"""How many products are fetched to be ranked. On Chorus 80 lose .003 nDCG@10 and 300 gain nothing."""

FEEDBACK_TOP = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the words of the query were met: in ``field`` the ``word`` of the query, as ``found`` (stems).

    Of the source "dense": the ``word`` is the query, ``found`` its cosine to the product.
    """

    source: str
    field: str
    word: str
    found: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A product that was found. Scores order the hits of one query and mean nothing between queries."""

    product: Product
    score: float
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, object]:
        """The hit as the command line prints it."""
        return {
            "product_id": self.product.product_id,
            "score": round(self.score, 4),
            "title": self.product.title,
            "price": self.product.price.model_dump(),
            "evidence": [asdict(one) for one in self.evidence],
        }


class FreeSearch:
    """Free-text search over one opened catalogue; with the ``embedder`` that made its vectors, by meaning, too.

    Raises CatalogError where the vectors are another's, or there are none.
    """

    def __init__(self, catalog: Catalog, weights: Weights | None = None, embedder: Embedder | None = None) -> None:
        self._catalog = catalog
        self._dense = _dense_source(catalog, embedder) if embedder else None
        self._searcher = catalog.index.searcher
        self._weights = weights or Weights()
        self._frequency = lru_cache(maxsize=100_000)(self._document_frequency)
        self._known = lru_cache(maxsize=20_000)(self._products_with)
        self._idf = lru_cache(maxsize=100_000)(lambda stem: self._rarity(self._frequency(stem)))
        self._vector = lru_cache(maxsize=20_000)(lambda product: vector(read(product), self._idf))

    def understand(self, text: str) -> FreeQuery:
        """What the query asks for, by the words that this shop uses."""
        return understand(text, self._catalog.currency, self._known, lambda word: nearest_word(self._searcher, word))

    def search(self, text: str, filters: Filters, limit: int) -> list[Hit]:
        """The best products for a free query, best first. Limits in the query narrow ``filters``, they never widen."""
        query = self.understand(text)
        if not query.terms:
            return []
        filters = _narrowed(filters, query, self._catalog.currency)
        candidates = self._fetch(query, filters, max(CANDIDATES, limit))
        scored = sorted(self._scored(query, candidates), key=lambda hit: -hit[1])
        if self._dense:
            fused = self._dense.fused(query, filters, scored, limit)
            return [Hit(p, score, (*_evidence(query, p), *_meaning(query, cosine))) for p, score, cosine in fused]
        return [Hit(product, score, tuple(_evidence(query, product))) for product, score in scored[:limit]]

    def _fetch(self, query: FreeQuery, filters: Filters, limit: int) -> list[tuple[Product, float]]:
        parts = [self._term_query(term, alone=len(query.terms) == 1) for term in query.terms]
        # What meets every term is fetched first: many products that meet one term well would crowd it out.
        hits = self._catalog.index.run([(Occur.Must, part) for part in parts], filters, limit)
        if len(parts) > 1 and len(hits) < limit:
            some = Query.boolean_query([(Occur.Should, part) for part in parts])
            fetched = {product.product_id for product, _ in hits}
            more = self._catalog.index.run([(Occur.Must, some)], filters, limit)
            hits += [hit for hit in more if hit[0].product_id not in fetched][: limit - len(hits)]
        return hits

    def _scored(self, query: FreeQuery, hits: list[tuple[Product, float]]) -> list[tuple[Product, float]]:
        if not hits:
            return []
        weights = asdict(self._weights)
        idf = {term: self._term_idf(term) for term in query.terms}
        importance = {term: value / sum(idf.values()) for term, value in idf.items()}
        best = max(score for _, score in hits)
        seen = [read(product) for product, _ in hits]
        scores = []
        for one, (_, bm25) in zip(seen, hits, strict=True):
            found = {"bm25": bm25 / best} | signs(query, one, importance)
            scores.append(sum(weights[name] * value for name, value in found.items()))
        top = sorted(range(len(hits)), key=lambda i: -scores[i])[:FEEDBACK_TOP]
        vectors = [self._vector(product) for product, _ in hits]
        alike = feedback([(vectors[i], scores[i]) for i in top], vectors)
        return [(hits[i][0], scores[i] + self._weights.feedback * alike[i]) for i in range(len(hits))]

    def _term_query(self, term: Term, *, alone: bool) -> Query:
        """The best spelling counts.

        Beside other terms none counts for being rare (of two names for a thing one is always the rarer); alone the
        shopper's own word keeps what it is worth.
        """
        if alone or len(term.spellings) == 1:
            each = [self._spelling_query(spelling) for spelling in term.spellings]
            return Query.disjunction_max_query(each, tie_breaker=0.0)
        idf = self._term_idf(term)
        each = [Query.boost_query(self._spelling_query(s), idf / sum(map(self._idf, s.stems))) for s in term.spellings]
        return Query.disjunction_max_query(each, tie_breaker=0.0)

    def _spelling_query(self, spelling: Spelling) -> Query:
        stems = [_in_any_field(stem) for stem in spelling.stems]
        # Of what the shopper wrote a part will do; another name for it counts only as a whole.
        occur = Occur.Should if spelling.weight == 1.0 else Occur.Must
        query = Query.boolean_query([(occur, stem) for stem in stems]) if len(stems) > 1 else stems[0]
        return Query.boost_query(query, spelling.weight)

    def _document_frequency(self, stem: str) -> int:
        return max(self._searcher.doc_freq(name, stem) for name in SEARCHED)

    def _term_idf(self, term: Term) -> float:
        """As if all spellings were one word."""
        if len(term.spellings) == 1:
            return max(map(self._idf, term.stems))
        return self._rarity(sum(self._known(spelling.stems) for spelling in term.spellings))

    def _rarity(self, bearing: int) -> float:
        """The inverse document frequency of BM25."""
        count = max(self._searcher.num_docs, 1)
        return math.log(1 + max(count - bearing + 0.5, 0.5) / (bearing + 0.5))

    def _products_with(self, phrase: Stems) -> int:
        if len(phrase) == 1:
            return self._frequency(phrase[0])
        if not all(map(self._frequency, phrase)):
            return 0
        either = [Query.phrase_query(schema(), name, list(phrase)) for name in ("title", "description")]
        found = self._searcher.search(Query.boolean_query([(Occur.Should, query) for query in either]), 1)
        return found.count or 0  # pyright: ignore[reportAttributeAccessIssue]


def _in_any_field(stem: str) -> Query:
    fields = [
        (Occur.Should, Query.boost_query(Query.term_query(schema(), name, stem), weight))
        for name, weight in SEARCHED.items()
    ]
    return Query.boolean_query(fields)


def _dense_source(catalog: Catalog, embedder: Embedder) -> DenseSource:
    from tools.catalog.search.fusion import DenseSource  # numpy is imported only where there are vectors

    return DenseSource(catalog, embedder)


def _meaning(query: FreeQuery, cosine: float | None) -> Iterable[Evidence]:
    """That a product is among the nearest to the query."""
    if cosine is not None:
        written = " ".join(term.written for term in query.terms)
        yield Evidence("dense", "similar meaning", written, f"cosine {cosine:.2f}")


def _narrowed(filters: Filters, query: FreeQuery, currency: str) -> Filters:
    limits = [limit for limit in (filters.price_max, query.price_max) if limit is not None]
    priced = query.price_min or query.price_max is not None
    return replace(
        filters,
        currency=currency if priced else filters.currency,
        price_min=max(filters.price_min, query.price_min),
        price_max=min(limits, default=None),
        age_years=query.age_years if filters.age_years is None else filters.age_years,
    )


def _evidence(query: FreeQuery, product: Product) -> Iterable[Evidence]:
    """Of each term the first field that bears it, by its best spelling."""
    seen = read(product)
    fields = {"title": seen.title, "brand": seen.brand, "labels": seen.labels, "description": seen.lead}
    for term in query.terms:
        places = (
            Evidence("text", name, term.written, " ".join(spelling.stems))
            for spelling in term.spellings
            for name, text in fields.items()
            if found_at(text, spelling.stems) >= 0
        )
        yield from list(places)[:1]
