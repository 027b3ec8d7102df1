"""Where a call's words come from: what a seller wrote must not speak for the shopper.

The rule: words that the shopper did not write, that stand in a row in the text of a product on show, and that no
interest or restriction of our lexicon is called by, come from that product. One such wish makes the call refused, and
nothing is noted. A model may still translate and generalise ("Schach" to "chess"), and its own ideas are refused only
when they quote a product at length, since a good idea is often what a product is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tools.catalog.search.spelling import SHORTEST, edits
from tools.guard.quarantine import quarantine
from tools.lexicon import canonical_interest, canonical_restriction
from tools.lexicon.stems import stems
from tools.product import Product

WISHES = ("interests", "avoid", "allergies", "owned", "theme", "name")
"""Arguments that state what the shopper said."""

QUOTED_IDEA = 4
"""As many words in a row make an idea a quotation."""


_TAKES_BACK = re.compile(
    r"\b(?:forget|remove|drop|scrap|delete|cancel|skip|lift|ignore|raise|without|instead|actually|any ?more|"
    r"no longer|"
    r"never ?mind|not|no|none|don'?t|doesn'?t|isn'?t|wasn'?t|can|may|ok(?:ay)?|fine|wrong|mistake|sorry|back|over|"
    r"scratch|strike|correction|typo|mean|meant|used to|just|only|simply|"
    r"change|whatever|any|doch|kein\w*|nicht|vergiss|ohne|egal|plus|sans|oublie\w*|pas|sin|olvida|senza|niet|geen)\b",
    re.IGNORECASE,
)


_COURTESY = frozenset(stems(
    "thanks thank thx cheers you very so much a lot great cool nice lovely perfect super good morning evening day "
    "night bye goodbye hello hi hey there wow well done danke merci gracias grazie"
))  # fmt: skip


def check_wanted(arguments: Mapping[str, Any], last_message: str) -> None:
    """Raises ValueError, in words for a model, for changes or removals that the last message cannot have meant.

    So nothing that a seller wrote adds a wish, lifts a budget or an allergy while the shopper says thanks.
    """
    stated = [field for field, value in arguments.items() if value not in (None, False, "", [])]
    if stated and _COURTESY.issuperset(stems(last_message)):
        raise ValueError(f"{stated[0]}: the last message asks for nothing; just answer it")
    removed = arguments.get("remove")
    said = set(stems(last_message))
    for value in _values(removed):
        if not _TAKES_BACK.search(last_message) and said.isdisjoint(stems(value)):
            raise ValueError(f"remove: the last message takes nothing back; {value!r} stays until the shopper says so")


def check_origin(arguments: Mapping[str, Any], said: str, known: str, shown: Iterable[Product]) -> None:
    """Raises ValueError, in words for a model, when an argument was taken from a product's text.

    ``said`` is all that the shopper wrote, ``known`` the brief so far, ``shown`` the products that a model has seen.
    """
    own = set(stems(f"{said} {known}".replace("_", " ")))
    name = arguments.get("name")
    if isinstance(name, str) and not own.issuperset(stems(name)):
        raise ValueError(f"name: the shopper never said {name!r}; pass only names from their messages")
    texts = [f" {' '.join(stems(_text(product)))} " for product in shown]
    for field in (*WISHES, "ideas"):
        for value in _values(arguments.get(field)):
            if quarantine(value)[1] - {"look-alike"}:
                raise ValueError(f"{field}: {value[:60]!r} is no wish; pass only what the shopper said")
            if texts and _is_taken(value, own, texts, QUOTED_IDEA if field == "ideas" else 1):
                raise ValueError(
                    f"{field}: {value!r} stands in a product's text and not in the shopper's messages; pass only what "
                    "the shopper said"
                )


def _is_taken(value: str, own: set[str], texts: list[str], at_least: int) -> bool:
    if canonical_interest(value) or canonical_restriction(value):
        return False
    whole = stems(value)
    foreign = [stem for stem in whole if stem not in own and not _slipped(stem, own)]
    if not foreign or len(whole) < at_least:
        return False
    runs = [run for run in (whole, foreign) if len(run) >= at_least]
    return any(f" {' '.join(run)} " in text for run in runs for text in texts)


def _slipped(stem: str, own: set[str]) -> bool:
    """Whether the shopper wrote the word with a slip of one letter ("cermic"), which the reader has mended."""
    return len(stem) >= SHORTEST and any(abs(len(stem) - len(o)) <= 1 and edits(stem, o) == 1 for o in own)


def _values(argument: Any) -> list[str]:
    values = argument if isinstance(argument, list) else [argument]
    return [value for value in values if isinstance(value, str)]


def _text(product: Product) -> str:
    fields = (product.title, product.description, product.brand, product.seller, product.category, *product.facts)
    return " \n ".join((*fields, *product.tags))
