"""The products nearest in meaning to a query, under all filters."""

from __future__ import annotations

import numpy as np
from tantivy import Occur, Query

from tools.catalog.embedding.vectors import Vectors
from tools.catalog.search.index import Filters, Place, TextIndex, schema

MOST_LOOKED_AT = 10_000


def nearest_places(
    index: TextIndex, vectors: Vectors, query: np.ndarray, filters: Filters, limit: int
) -> list[tuple[Place, float]]:
    """The places of up to ``limit`` products, and their cosines, best first.

    The index has the last word on what passes.
    """
    wanted = limit
    while True:
        cosines = dict(vectors.nearest(query, filters, wanted))
        if not cosines:
            return []
        these = Query.term_set_query(schema(), "product_id", list(cosines))
        places = index.places([(Occur.Must, these)], filters, len(cosines))
        found = [(place, cosines[index.product_id_at(place)]) for place, _ in places]
        # Words that are excluded may have taken some away; then further ones come up.
        if len(found) >= limit or len(cosines) < wanted or wanted >= MOST_LOOKED_AT:
            return sorted(found, key=lambda one: -one[1])[:limit]
        wanted *= 4
