"""Which derived items may stand: the same test for what rules found and for what a model said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from tools.catalog.aspects.mentions import is_denied
from tools.catalog.aspects.vocabulary import MOST_MEANINGS, Stage, is_sensitive, names, stages, supports
from tools.product import Derived, DerivedField, DerivedKind, Product

MOST: dict[DerivedKind, int] = {"interest": 4, "occasion": 4, "aspect": 6, "age": 3}
"""Items of a kind that a product keeps, those of the surest field first."""

MAX_WORDS = 8
_SUREST = get_args(DerivedField)

STEP_JOINT, TAG_JOINT = " > ", " | "


def field_texts(product: Product) -> Iterator[tuple[DerivedField, str]]:
    """The texts that are read, what a product is before what is told of it."""
    yield "title", product.title
    yield "category", product.category
    yield "tags", TAG_JOINT.join(product.tags)
    yield "description", product.description


def admitted(product: Product, items: Iterable[Derived], refused: Counter[str] | None = None) -> list[Derived]:
    """Those of the items that may stand, whoever found them. ``refused`` counts the others by reason."""
    items, texts = list(items), dict(field_texts(product))
    bearing = Counter((item.kind, item.field, item.words.lower()) for item in set(items))
    kept: list[Derived] = []
    for item in items:
        reason = refusal(product, texts, item)
        if reason is None and bearing[item.kind, item.field, item.words.lower()] > MOST_MEANINGS:
            reason = "bears too much"
        if reason is None:
            kept.append(item)
        elif refused is not None:
            refused[reason] += 1
    return kept


def limited(items: Iterable[Derived]) -> list[Derived]:
    """Each name once, at most `MOST` of a kind, those from the surest field first."""
    kept: dict[tuple[DerivedKind, str], Derived] = {}
    counts: Counter[DerivedKind] = Counter()
    for item in sorted(items, key=lambda item: _SUREST.index(item.field)):
        if (item.kind, item.name) not in kept and counts[item.kind] < MOST[item.kind]:
            counts[item.kind] += 1
            kept[item.kind, item.name] = item
    return list(kept.values())


def is_stated(product: Product, kind: DerivedKind) -> bool:
    """Whether the feed itself says what there is of this kind; then nothing is derived."""
    return bool(kind == "interest" and product.interests) or bool(kind == "occasion" and product.occasions)


def refusal(product: Product, texts: dict[DerivedField, str], item: Derived) -> str | None:
    """Why an item may not stand, or None."""
    in_years = item.kind == "age" and item.name == product.age_name  # read, not chosen from a list
    if not in_years and item.name not in names()[item.kind]:
        return "unknown name"
    if is_stated(product, item.kind):
        return "stated by the feed"
    if (not in_years and len(item.words.split()) > MAX_WORDS) or not any(c.isalnum() for c in item.words):
        return "not a few words"
    if is_sensitive(item.words) or is_sensitive(item.name):
        return "sensitive"
    if item.kind == "age" and not in_years and not (supports(item) and agrees(product, stages()[item.name])):
        return "unsupported age"
    places = list(_places(texts[item.field], item.words))
    if not places:
        return "not in the text"
    if all(is_denied(texts[item.field], start, end) for start, end in places):
        return "denied by the text"
    return None


def agrees(product: Product, stage: Stage) -> bool:
    """Whether a stage of life agrees with the ages in years, which win."""
    low, high = product.age_min_years, product.age_max_years
    return (stage.max is None or low is None or low <= stage.max) and (
        stage.min is None or high is None or stage.min <= high
    )


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text as whole words, in any case."""
    lowered, wanted = text.lower(), words.lower()
    if len(lowered) != len(text):  # a few capitals grow when lowered, and places would shift
        lowered, wanted = text, words
    at = lowered.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not (at and lowered[at - 1].isalnum() and wanted[0].isalnum()) and not (
            end < len(lowered) and lowered[end].isalnum() and wanted[-1].isalnum()
        ):
            yield at, end
        at = lowered.find(wanted, at + 1)
