"""The products nearest in meaning to a query, under all filters."""

from __future__ import annotations

import numpy as np
from tantivy import Occur, Query

from tools.catalog.catalog import Catalog
from tools.catalog.embedding.vectors import Vectors
from tools.catalog.search.index import Filters, schema
from tools.product import Product

MOST_LOOKED_AT = 10_000


def nearest_products(
    catalog: Catalog, vectors: Vectors, query: np.ndarray, filters: Filters, limit: int
) -> list[tuple[Product, float]]:
    """Up to ``limit`` products with their cosines, best first. The index has the last word on what passes."""
    wanted = limit
    while True:
        cosines = dict(vectors.nearest(query, filters, wanted))
        if not cosines:
            return []
        these = Query.term_set_query(schema(), "product_id", list(cosines))
        places = catalog.index.places([(Occur.Must, these)], filters, len(cosines))
        found = [catalog.index.product_at(place) for place, _ in places]
        # Words that are excluded may have taken some away; then further ones come up.
        if len(found) >= limit or len(cosines) < wanted or wanted >= MOST_LOOKED_AT:
            ranked = sorted(found, key=lambda product: -cosines[product.product_id])
            return [(product, cosines[product.product_id]) for product in ranked[:limit]]
        wanted *= 4
