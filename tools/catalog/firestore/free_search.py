"""Free-text search in Firestore: the embedded one's reading of the query and its ranking, over other candidates."""

from __future__ import annotations

from itertools import islice
from itertools import product as combinations
from typing import TYPE_CHECKING, Any

from tools.catalog.search.free_search import FreeSearch
from tools.catalog.search.index import Filters
from tools.catalog.search.query import FreeQuery, understand
from tools.lexicon.shopping import Stems

if TYPE_CHECKING:
    from tools.catalog.firestore.catalog import FirestoreCatalog

MOST_READINGS = 8
"""Ways to spell all of a query that are looked for at once."""

LOOKED_AT = 150
"""Products read of each kind by one search of the index, of which a query makes two at most."""


class FirestoreFreeSearch(FreeSearch):
    """As the embedded search, with two estimates: how many products bear a phrase, and spelling by the first letter."""

    def __init__(self, catalog: FirestoreCatalog) -> None:
        super().__init__(catalog)  # pyright: ignore[reportArgumentType]: it asks for words and products only
        self._catalog = catalog
        self._words = catalog.index.words

    def understand(self, text: str) -> FreeQuery:
        """What the query asks for, by the words that this shop uses."""
        return understand(text, self._catalog.currency, self._known, self._words.nearest)

    def _fetch(self, query: FreeQuery, filters: Filters, limit: int) -> list[tuple[Any, float]]:
        """Products that bear every term in one of its spellings; where they are few, those that bear some term.

        What was read stands for its own place in the index.
        """
        most = max(LOOKED_AT, limit)
        readings = combinations(*(tuple(spelling.stems for spelling in term.spellings) for term in query.terms))
        whole = [tuple(stem for stems in reading for stem in stems) for reading in islice(readings, MOST_READINGS)]
        hits = self._catalog.index.search(whole, filters, limit, most)
        if len(query.terms) > 1 and len(hits) < limit:
            fetched = {product.product_id for product, _ in hits}
            some = [spelling.stems for term in query.terms for spelling in term.spellings]
            more = self._catalog.index.search(some, filters, limit, most)
            hits += [hit for hit in more if hit[0].product_id not in fetched][: limit - len(hits)]
        return hits

    def _products_with(self, phrase: Stems) -> int:
        """Of a phrase as many as if its words stood together by chance, and at least one where each is known."""
        count = max(self._words.products, 1)
        share = 1.0
        for stem in phrase:
            share *= self._words.bearing.get(stem, 0) / count
        return max(1, round(share * count)) if share else 0
