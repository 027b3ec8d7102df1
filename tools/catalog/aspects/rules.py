"""The keyless tier: what a product's text says in the words of the lexicon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

from tools.catalog.aspects.admission import STEP_JOINT, TAG_JOINT, admitted, agrees, field_texts, is_stated, limited
from tools.catalog.aspects.mentions import mentions
from tools.catalog.aspects.vocabulary import Entry, singulars, stages, weak
from tools.product import Derived, DerivedField, DerivedKind, Product

Aspects = Literal["none", "rules"]
ReadAspects = Callable[[Product], Product]

STUFFED: dict[DerivedKind, int] = {"interest": 5, "occasion": 4, "aspect": 8, "age": 3}
"""A field that names more of one kind says nothing by it: it is a list of keywords for search engines."""

_SEVERAL = re.compile(r"(?i)(?:&|,|/|\band\b)(?!\s*(?:accessories|sets|supplies|parts|equipment|more)$)")

SAID_TWICE = 2
"""A description mentions many things; only what it comes back to in other words is what the product is about."""


def with_derived(product: Product) -> Product:
    """The product with what its text supports; ages are taken over where none are stated in years.

    What was derived before stays as far as the text still bears it, so that a model's findings survive new prices.
    """
    found = limited([*admitted(product, product.derived), *derive(product)])
    ages = _ages(found) if product.age_min_years is None and product.age_max_years is None else {}
    if found == product.derived and not ages:
        return product
    return product.model_copy(update={"derived": found, **ages})


def with_standing(product: Product) -> Product:
    """The product with what came with it as far as its text bears that, and nothing read anew."""
    if not product.derived:
        return product
    return product.model_copy(update={"derived": limited(admitted(product, product.derived))})


ASPECTS: dict[Aspects, ReadAspects] = {"none": with_standing, "rules": with_derived}
"""Who reads aspects when products come in or change."""


def derive(product: Product) -> list[Derived]:
    """What the rules find, by field, title first. Each kind at most once a name."""
    found: dict[tuple[DerivedKind, str], Derived] = {}
    for field, text in field_texts(product):
        if field == "tags" and text == product.category.lower().replace(STEP_JOINT, TAG_JOINT):
            continue  # a feed without tags gets its shelves as tags
        for (kind, name), said in _unstuffed(_said(field, text)):
            if is_stated(product, kind) or (kind == "interest" and not _suffices(field, said)):
                continue
            if kind == "age" and not agrees(product, stages()[name]):
                continue
            found.setdefault((kind, name), Derived(kind=kind, name=name, field=field, words=said[0]))
    return list(found.values())


def _said(field: DerivedField, text: str) -> dict[Entry, list[str]]:
    """What a field supports, with the words. A label of several things ("Arts & Crafts") does not say which."""
    labels = {"category": STEP_JOINT, "tags": TAG_JOINT}.get(field)
    parts = [label for label in text.split(labels) if not _SEVERAL.search(label)] if labels else [text]
    said: dict[Entry, list[str]] = {}
    for part in parts:
        for start, end, entry in mentions(part):
            said.setdefault(entry, []).append(part[start:end])
    return said


def _unstuffed(said: dict[Entry, list[str]]) -> Iterable[tuple[Entry, list[str]]]:
    if not said:
        return ()
    counts = Counter(entry.kind for entry in said)
    return ((entry, places) for entry, places in said.items() if counts[entry.kind] <= STUFFED[entry.kind])


def _suffices(field: DerivedField, said: list[str]) -> bool:
    """Whether the words make the product one for an interest."""
    different = {" ".join(singulars(words)) for words in said}
    return len(different) >= SAID_TWICE or (field != "description" and not different <= weak())


def _ages(found: list[Derived]) -> dict[str, int | None]:
    """The range that all the named stages lie in."""
    named = [stages()[item.name] for item in found if item.kind == "age" and item.name in stages()]
    if not named:
        return {}
    lows, highs = [stage.min for stage in named], [stage.max for stage in named]
    return {
        "age_min_years": None if None in lows else min(low for low in lows if low is not None),
        "age_max_years": None if None in highs else max(high for high in highs if high is not None),
    }
