"""What of a product is embedded, and how a change of it is noticed."""

from __future__ import annotations

import hashlib

from tools.product import Product

LEAD_WORDS = 30
"""Of a description the first words say what the thing is."""


def embedded_text(product: Product) -> str:
    """The title, what the shop files it under, and the beginning of the description."""
    labels = ", ".join((*product.tags, *product.interests, *product.themes))
    lead = " ".join(product.description.split()[:LEAD_WORDS])
    return ". ".join(part for part in (product.title, product.category, labels, lead) if part)


def digest(text: str) -> int:
    """64 bits of the text: the same for the same text, on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
