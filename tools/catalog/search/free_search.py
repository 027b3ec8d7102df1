"""Searching a catalogue by a free query: understand it, fetch candidates from the index, rank them by `relevance`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from tantivy import Occur, Query

from tools.catalog.search.index import FIELD_WEIGHTS, Filters, Place, TextIndex, schema
from tools.catalog.search.query import FreeQuery, Spelling, Term, named_brand, understand
from tools.catalog.search.reading import Read, read
from tools.catalog.search.relevance import Weights, feedback, signs, unwanted
from tools.catalog.search.spelling import nearest_word
from tools.lexicon.shopping import Stems
from tools.lexicon.stems import contains_phrase, stems
from tools.product import Product

if TYPE_CHECKING:
    from tools.catalog.search.fusion import DenseSource

SEARCHED = {"title": 1.6, "rule_text": 1.0, "labels": 0.6, "brand": 0.6}
"""BM25 weight of each field when candidates are fetched; the scores of the fields add up. The rule text is the longest:
title, description, category, tags and specs; what it lacks, interests and brands, is in short fields."""

CANDIDATES = 120
"""How many products are fetched to be ranked. On Chorus 80 lose .003 nDCG@10 and 300 gain nothing."""

SENTENCE = {"bm25": 3.0, "surface": 0.3, "colour": 0.5}
"""Weights for a sentence: of its many words each says little, and BM25 weighs them best. Of three settings tried on the
goals of WebShop the best: R@1 .73 with the weights of short queries, .76 with BM25 alone raised;
.80 with the colour, too."""

FOR_ANOTHER = {"head": 1.0}
"""Weights for a thing that goes with another, "ink for a canon pixma": the printer bears all but the ink. Chosen by
judgement; no query of Chorus is of the kind."""

FEEDBACK_TOP, FEEDBACK_AMONG = 10, 60
"""The best so many say what kind is meant; the best so many are compared with them, the others stay where they are."""


BRANDS_LOOKED_AT = 20
BRAND_SHARE = 0.2
"""Of the products with these words in their title, as many at least must be of the brand."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the words of the query were met: in ``field`` the ``word`` of the query, as ``found`` (stems).

    Of the source "dense": the ``word`` is the query, ``found`` its cosine to the product.
    """

    source: str
    field: str
    word: str
    found: str


class Hit:
    """A product that was found. Scores order the hits of one query and mean nothing between queries.

    The product and the evidence are made when they are first asked for: of fifty hits a caller may look at three.
    """

    def __init__(
        self, query: FreeQuery, score: float, index: TextIndex, place: Place, cosine: float | None = None
    ) -> None:
        self.score = score
        self._query, self._index, self._place, self._cosine = query, index, place, cosine

    @cached_property
    def product_id(self) -> str:
        """The product's id."""
        return self._index.product_id_at(self._place)

    @cached_property
    def product(self) -> Product:
        """The product, as the catalogue had it when the search was made."""
        return self._index.product_at(self._place)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the words of the query were met, and that the meaning is near."""
        return (*_evidence(self._query, read(self.product)), *_meaning(self._query, self._cosine))

    def as_json(self) -> dict[str, object]:
        """The hit as the command line prints it."""
        return {
            "product_id": self.product.product_id,
            "score": round(self.score, 4),
            "title": self.product.title,
            "price": self.product.price.model_dump(),
            "evidence": [asdict(one) for one in self.evidence],
        }


class Searched(Protocol):
    """What is searched: an opened catalogue, which stays open as long as the search is there."""

    @property
    def currency(self) -> str:
        """The currency of prices in a query."""
        ...

    @property
    def index(self) -> TextIndex:
        """Its text index."""
        ...


class FreeSearch:
    """Free-text search over one opened catalogue; with a ``dense`` source, by meaning, too.

    Made by `FolderCatalog.free_search`.
    """

    def __init__(self, catalog: Searched, dense: DenseSource | None = None) -> None:
        self._catalog = catalog
        self._dense = dense
        self._searcher = catalog.index.searcher
        self._frequency = lru_cache(maxsize=100_000)(self._document_frequency)
        self._is_brand = lru_cache(maxsize=20_000)(self._sells_brand)
        self._known = lru_cache(maxsize=20_000)(self._products_with)
        self._idf = lru_cache(maxsize=100_000)(lambda stem: self._rarity(self._frequency(stem)))

    def understand(self, text: str) -> FreeQuery:
        """What the query asks for, by the words that this shop uses."""
        query = understand(text, self._catalog.currency, self._known, lambda word: nearest_word(self._searcher, word))
        return replace(query, brand=named_brand([stem for term in query.terms for stem in term.stems], self._is_brand))

    def search(self, text: str, filters: Filters, limit: int) -> list[Hit]:
        """The best products for a free query, best first. Limits in the query narrow ``filters``, they never widen."""
        query = self.understand(text)
        if not query.terms:
            return []
        filters = _narrowed(filters, query, self._catalog.currency)
        scored = sorted(
            self._scored(query, self._fetch(query, filters, max(CANDIDATES, limit))), key=lambda hit: -hit[1]
        )
        index = self._catalog.index
        if self._dense is None:
            return [Hit(query, score, index, place) for place, score in scored[:limit]]
        fused = self._dense.fused(query, filters, scored, limit)
        return [Hit(query, score, index, place, cosine) for place, score, cosine in fused]

    def _fetch(self, query: FreeQuery, filters: Filters, limit: int) -> list[tuple[Place, float]]:
        """What meets the rarest term, best what meets the others, too; where that is too little, the second; and so on.

        To ask for any term at once means to score every product that bears a frequent one. On Chorus it was no better
        to ask first for what meets all terms, then all but one (nDCG@10 .812, not .816).
        """
        terms = sorted(query.terms, key=self._term_idf, reverse=True)
        in_fields = _anywhere if query.is_sentence else _in_any_field
        parts = [self._term_query(term, in_fields, alone=len(terms) == 1) for term in terms]
        hits: dict[Place, float] = {}
        for clauses in _any_of(parts) if query.is_sentence else _rarest_first(parts):
            for place, score in self._catalog.index.places(clauses, filters, limit):
                hits.setdefault(place, score)
            if len(hits) >= limit:
                break
        return list(hits.items())[:limit]

    def _scored(self, query: FreeQuery, hits: list[tuple[Place, float]]) -> list[tuple[Place, float]]:
        if not hits:
            return []
        weights = asdict(Weights()) | (SENTENCE if query.is_sentence else FOR_ANOTHER if query.before_for else {})
        idf = {term: self._term_idf(term) for term in query.terms}
        importance = {term: value / sum(idf.values()) for term, value in idf.items()}
        seen = self._catalog.index.tokens_at([place for place, _ in hits])
        scores = np.array([score for _, score in hits])
        scores *= weights["bm25"] / scores.max()
        for name, values in signs(query, seen, importance).items():
            scores += weights[name] * values
        best = np.argsort(-scores, kind="stable")[:FEEDBACK_AMONG]
        rarity = self._catalog.index.rarity
        scores[best] += weights["feedback"] * feedback(seen.some(best), scores[best[:FEEDBACK_TOP]], rarity)
        left_out = unwanted(query, seen)
        return [
            (place, score)
            for (place, _), score, left in zip(hits, scores.tolist(), left_out.tolist(), strict=True)
            if not left
        ]

    def _term_query(self, term: Term, in_fields: Callable[[str], Query], *, alone: bool) -> Query:
        """The best spelling counts.

        Beside other terms none counts for being rare (of two names for a thing one is always the rarer); alone the
        shopper's own word keeps what it is worth.
        """
        if alone or len(term.spellings) == 1:
            each = [_spelling_query(spelling, in_fields) for spelling in term.spellings]
            return Query.disjunction_max_query(each, tie_breaker=0.0)
        idf = self._term_idf(term)
        each = [
            Query.boost_query(_spelling_query(spelling, in_fields), idf / sum(map(self._idf, spelling.stems)))
            for spelling in term.spellings
        ]
        return Query.disjunction_max_query(each, tie_breaker=0.0)

    def _document_frequency(self, stem: str) -> int:
        return max(self._searcher.doc_freq(name, stem) for name in FIELD_WEIGHTS)

    def _sells_brand(self, phrase: Stems) -> bool:
        """Whether a brand is called so, and the words are not rather those of a thing, as of a brand "Desk"."""
        if not all(self._searcher.doc_freq("brand", stem) for stem in phrase):
            return False
        query = Query.phrase_query(schema(), "brand", list(phrase)) if len(phrase) > 1 else _in_brand(*phrase)
        found = self._searcher.search(query, BRANDS_LOOKED_AT)
        named: int = found.count or 0  # pyright: ignore[reportAttributeAccessIssue]
        if named < BRAND_SHARE * min(self._searcher.doc_freq("title", stem) for stem in phrase):
            return False
        index = self._catalog.index
        places = [(address.segment_ord, address.doc) for _, address in found.hits]
        return any(stems(index.product_at(place).brand) == phrase for place in places)

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


def _any_of(parts: list[Query]) -> Iterator[list[tuple[Occur, Query]]]:
    """Clauses that ask for any part, since of a sentence no product meets nearly all."""
    yield [(Occur.Must, Query.boolean_query([(Occur.Should, part) for part in parts]))]


def _rarest_first(parts: list[Query]) -> Iterator[list[tuple[Occur, Query]]]:
    """Clauses that ask for the first part, and rather with the others; for the second of them; and so on."""
    for at, part in enumerate(parts):
        yield [(Occur.Must, part), *((Occur.Should, other) for other in parts[at + 1 :])]


def _spelling_query(spelling: Spelling, in_fields: Callable[[str], Query]) -> Query:
    stems = [in_fields(stem) for stem in spelling.stems]
    # Of what the shopper wrote a part will do; another name for it counts only as a whole.
    occur = Occur.Should if spelling.weight == 1.0 else Occur.Must
    query = Query.boolean_query([(occur, stem) for stem in stems]) if len(stems) > 1 else stems[0]
    return Query.boost_query(query, spelling.weight)


def _in_brand(stem: str) -> Query:
    return Query.term_query(schema(), "brand", stem)


def _anywhere(stem: str) -> Query:
    """In the text as a whole: a word that stands in several fields would drown the many other words of a sentence."""
    return Query.term_query(schema(), "rule_text", stem)


def _in_any_field(stem: str) -> Query:
    fields = [
        (Occur.Should, Query.boost_query(Query.term_query(schema(), name, stem), weight))
        for name, weight in SEARCHED.items()
    ]
    return Query.boolean_query(fields)


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


def _evidence(query: FreeQuery, seen: Read) -> Iterable[Evidence]:
    """Of each term the first field that bears it, by its best spelling."""
    fields = {
        "title": seen.title,
        "brand": seen.brand,
        "colors": seen.colors,
        "labels": seen.labels,
        "description": seen.lead,
        "specs": seen.specs,
    }
    for term in query.terms:
        places = (
            Evidence("text", name, term.written, " ".join(spelling.stems))
            for spelling in term.spellings
            for name, stems in fields.items()
            if contains_phrase(stems, spelling.stems)
        )
        yield from list(places)[:1]
