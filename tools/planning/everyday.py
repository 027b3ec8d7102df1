"""What is bought because something ran out or broke: toner, refills, spare parts, garlic.

Nobody's present, unless it is asked for. Judged by how a shop names such goods in its titles and
shelves (`tools/lexicon/shopping.yaml`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tools.lexicon.shopping import provision_stems, upkeep_stems
from tools.lexicon.stems import stems
from tools.product import Product

PROVISION = 0.7
"""Of groceries some are given; a refill is not."""


def everyday(product: Product, wishes: Sequence[str]) -> float:
    """How surely the product is no gift by itself, 0 to 1; 0 where a wish names such a thing."""
    if not (told := _told(product)):
        return 0.0
    asked = frozenset().union(*map(stems, wishes))
    return 0.0 if told & asked else 1.0 if told & upkeep_stems() else PROVISION


@lru_cache(maxsize=1 << 16)
def _told(product: Product) -> frozenset[str]:
    if product.need != "gift":
        return frozenset()
    title, shelf = product.field_stems["title"], product.field_stems["category"]
    return upkeep_stems().intersection(title) | provision_stems().intersection(shelf)
