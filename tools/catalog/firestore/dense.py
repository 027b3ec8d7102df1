"""Products by meaning: vectors stored with the documents, and Firestore's nearest-neighbour search over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from google.cloud.firestore_v1.base_query import FieldFilter
from google.cloud.firestore_v1.base_vector_query import DistanceMeasure
from google.cloud.firestore_v1.vector import Vector

from tools.catalog.embedding.embedder import Embedder
from tools.catalog.firestore.documents import passes, shelves_for
from tools.catalog.search.index import Filters
from tools.errors import CatalogError
from tools.product import Product

if TYPE_CHECKING:
    from tools.catalog.firestore.catalog import FirestoreCatalog

FIELD = "embedding"
MOST_DIMENSIONS = 2048
"""Of a vector in Firestore."""

LOOKED_AT = 3
"""So many are asked for each that is wanted, since price and age are checked afterwards; at most `MOST`."""

MOST = 300


def text_of(product: Product) -> str:
    """What of a product is embedded; while it stays the same, so does the vector."""
    return "\n".join(filter(None, (product.title, product.brand, product.category, product.description)))


def vectors_of(products: Sequence[Product], embedder: Embedder | None) -> list[dict[str, Any]]:
    """The field with the vector for each product's document; nothing where there is no embedder."""
    if embedder is None or not products:
        return [{} for _ in products]
    rows = embedder.embed_documents([text_of(product) for product in products])
    if rows.shape[1] > MOST_DIMENSIONS:
        raise CatalogError(f"{embedder.name} makes {rows.shape[1]} dimensions; Firestore takes {MOST_DIMENSIONS}")
    return [{FIELD: Vector([float(value) for value in row])} for row in rows]


def nearest(
    catalog: FirestoreCatalog, embedder: Embedder, text: str, filters: Filters, limit: int
) -> list[tuple[Product, float]]:
    """The products nearest in meaning that pass the filters, with their cosines, best first.

    One query a shelf; the products are then read as of the catalogue's moment, which a vector query cannot be. Raises
    CatalogError where the vectors are another model's.
    """
    if catalog.manifest.embedder != embedder.name:
        made_by = catalog.manifest.embedder or "no model"
        raise CatalogError(f"The vectors of {catalog.name} are made by {made_by}, not by {embedder.name}; import again")
    wanted = Vector([float(value) for value in embedder.embed_query(text).reshape(-1)])
    found: dict[str, float] = {}
    for shelf in shelves_for(filters, catalog.manifest.shelves):
        query = shelf_query(catalog, shelf, wanted, min(LOOKED_AT * limit, MOST))
        found |= {one.get("product_id"): float(one.get("cosine")) for one in catalog.connection.run(query)}
    nearest_first = sorted(found, key=lambda i: (-found[i], i))
    products = catalog.require(nearest_first)
    return [(p, found[p.product_id]) for p in products if passes(p, filters)][:limit]


def shelf_query(catalog: FirestoreCatalog, shelf: str, vector: Vector, limit: int) -> Any:
    """The nearest on one shelf; of rows of length 1 the dot product is the cosine."""
    products = catalog.connection.products(catalog.manifest.generation)
    return (
        products.where(filter=FieldFilter("shelf", "==", shelf))
        .select(["product_id", "cosine"])
        .find_nearest(
            FIELD, vector, distance_measure=DistanceMeasure.DOT_PRODUCT, limit=limit, distance_result_field="cosine"
        )
    )
