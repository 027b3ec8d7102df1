"""BM25 in memory, over the few products that Firestore returned: as the embedded index weighs fields and words.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with tantivy's constants. A
word counts in its best field; rarity is over all fields together, where tantivy knows it of each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tools.catalog.firestore.documents import all_stems, field_stems
from tools.catalog.firestore.words import Words
from tools.catalog.search.index import FIELD_WEIGHTS
from tools.product import Product

K1, B = 1.2, 0.75
OTHER_FIELDS = 0.1
"""What the fields beside the best one count."""


def matches(product: Product, group: Sequence[str]) -> bool:
    """Whether each stem of the group occurs in some searched field."""
    return all_stems(product).issuperset(group)


def score(product: Product, groups: Sequence[Sequence[str]], words: Words) -> float:
    """The sum over the groups that match; 0 where none does."""
    return sum(sum(_stem_score(product, stem, words) for stem in group) for group in groups if matches(product, group))


def _stem_score(product: Product, stem: str, words: Words) -> float:
    bearing = words.bearing.get(stem, 0)
    rarity = math.log(1 + (words.products - bearing + 0.5) / (bearing + 0.5))
    each = [_in_field(stem, found, name, words) for name, found in field_stems(product).items()]
    best = max(each)
    return rarity * (best + OTHER_FIELDS * (sum(each) - best))


def _in_field(stem: str, found: tuple[str, ...], name: str, words: Words) -> float:
    if not (often := found.count(stem)):
        return 0.0
    length = len(found) / max(words.average_length(name), 1e-9)
    return FIELD_WEIGHTS[name] * often * (K1 + 1) / (often + K1 * (1 - B + B * length))
