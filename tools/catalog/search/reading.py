"""What ranking looks at of a product: the words of its texts, by field."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tools.lexicon.measures import spaced
from tools.lexicon.stems import singular, stems, stems_of, words
from tools.product import Product

DESCRIPTION_WORDS = 60
"""Of a description the first words say what the thing is; the rest is small print."""

SPEC_WORDS = 60
"""Of the specs, which may go on for pages, as many."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A product's texts as stems in order; ``surface`` is its words but for the plural, each once."""

    title: Words
    lead: Words
    brand: Words
    labels: Words
    specs: Words
    colors: Words
    surface: Words


FIELDS = tuple(field.name for field in fields(Read))
"""The names of the fields, in the order in which they are kept."""

TELLING = ("title", "lead", "labels", "specs")
"""The fields that say what a product is like, so that two are compared by them."""


def read(product: Product) -> Read:
    """Reads a product."""
    title = words(spaced(product.title))
    lead = words(spaced(" ".join(product.description.split(None, DESCRIPTION_WORDS)[:DESCRIPTION_WORDS])))
    specs = words(spaced(" ".join(product.spec_text.split(None, SPEC_WORDS)[:SPEC_WORDS])))
    options = (value for variant in product.variants for value in variant.options.values())
    named = (*product.tags, *product.interests, *product.themes, *product.colors, *product.materials)
    return Read(
        stems_of(title),
        stems_of(lead),
        stems(product.brand),
        stems(" , ".join((*named, product.category))),
        stems_of(specs),
        stems(" , ".join((*product.colors, *options))),
        tuple(dict.fromkeys(map(singular, (*title, *words(product.brand), *lead, *specs)))),
    )
