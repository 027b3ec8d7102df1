"""Where a call's words come from: what a seller wrote must not speak for the shopper.

The rule: words that the shopper did not write, that all stand in the text of a product on show, in any order or with a
slip, and that no interest, restriction or quality of our lexicon is called by, come from that product. One such wish
makes the call refused, and nothing is noted. So does a relation or a number that only the product names. A model may
still translate and generalise ("Schach" to "chess"), and its own ideas are refused only when they quote a product at
length, since a good idea is often what a product is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tools.catalog.search.spelling import SHORTEST, edits
from tools.guard.quarantine import quarantine
from tools.lexicon import canonical_interest, canonical_restriction
from tools.lexicon.qualities import canonical_quality
from tools.lexicon.relations import canonical_relation, words_for
from tools.lexicon.shopping import is_colour
from tools.lexicon.stems import contains_phrase, stems
from tools.product import Product
from tools.shopper.amounts import was_said

WISHES = ("interests", "avoid", "allergies", "owned", "theme", "name", "must", "more", "less", "also_for")
"""Arguments that state what the shopper said."""

NUMBERS = ("age_years", "guests")

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+teenth|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|\w+ieth|hundred|dozen|couple|few|first|second|third|fourth|fifth|\w+th)\b",
    re.IGNORECASE,
)

QUOTED_IDEA = 4
"""As many words in a row make an idea a quotation."""

MOST_OF = 0.6
"""A wish is a product's with more of its words in that product's text: "golden shiny spade" for "golden spade"."""

_SPELLED = re.compile(r"(?<=\b\w)[-. ](?=\w\b)")
"""Between the letters of "g-o-l-d"."""

_TAKES_BACK = re.compile(
    r"\b(?:forget|remove|drop|scrap|delete|cancel|skip|lift|ignore|raise|without|instead|actually|any ?more|"
    r"no longer|"
    r"never ?mind|not|no|none|don'?t|doesn'?t|isn'?t|wasn'?t|can|may|ok(?:ay)?|fine|wrong|mistake|sorry|back|over|"
    r"scratch|strike|correction|typo|mean|meant|used to|just|only|simply|"
    r"change|more (?:of|for|on|towards?)|focus|concentrate|lean|make (?:it|that)|"
    r"rather|prefer|swap|switch|exchange|replace|turn|"
    r"whatever|any|doch|kein\w*|nicht|vergiss|ohne|egal|plus|sans|oublie\w*|pas|sin|olvida|senza|niet|geen)\b",
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
    recoloured = any(is_colour(word) for word in _values(arguments.get("must")))  # "blue then", after red
    for value in _values(removed):
        if recoloured and is_colour(value):
            continue
        if not _TAKES_BACK.search(last_message) and said.isdisjoint(stems(value)):
            raise ValueError(f"remove: the last message takes nothing back; {value!r} stays until the shopper says so")


def check_origin(
    arguments: Mapping[str, Any], said: str, known: str, shown: Iterable[Product], last_message: str = ""
) -> None:
    """Raises ValueError, in words for a model, when an argument was taken from a product's text.

    ``said`` is all that the shopper wrote, its end the ``last_message``, ``known`` the brief so far, ``shown`` the
    products that a model has seen.
    """
    own = set(stems(f"{said} {known}".replace("_", " ")))
    name = arguments.get("name")
    if isinstance(name, str) and not own.issuperset(stems(name)):
        raise ValueError(f"name: the shopper never said {name!r}; pass only names from their messages")
    shown = list(shown)
    texts = [f" {' '.join(stems(_text(product)))} " for product in shown]
    for field, given in _stated(arguments):
        for value in _values(given):
            if quarantine(value)[1] - {"look-alike"}:
                raise ValueError(f"{field}: {value[:60]!r} is no wish; pass only what the shopper said")
            if texts and _is_taken(value, own, texts, QUOTED_IDEA if field == "ideas" else 1):
                raise ValueError(
                    f"{field}: {value!r} stands in a product's text and not in the shopper's messages; pass only what "
                    "the shopper said"
                )
    _check_relation(arguments.get("relation"), said, texts)
    if not _NUMBER.search(last_message):
        _check_numbers(arguments, said, texts)


def _stated(arguments: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """The arguments that are words, those of each need among them."""
    yield from ((field, arguments.get(field)) for field in (*WISHES, "ideas"))
    needs = arguments.get("needs")
    for need in needs if isinstance(needs, list) else ():
        if isinstance(need, dict):
            yield from ((f"needs.{field}", need.get(field)) for field in ("wishes", "theme"))


def _check_relation(relation: Any, said: str, texts: list[str]) -> None:
    """Raises ValueError for a relation that a product names and the shopper, in any word for it, does not."""
    canonical = canonical_relation(relation) if isinstance(relation, str) else None
    if not canonical:
        return
    called = [stems(word) for word in words_for(canonical)]
    told = stems(said)
    if any(contains_phrase(told, word) for word in called):
        return
    if any(f" {' '.join(word)} " in text for word in called for text in texts):
        raise ValueError(f"relation: the shopper never spoke of their {relation}; a product's text does")


def _check_numbers(arguments: Mapping[str, Any], said: str, texts: list[str]) -> None:
    """Raises ValueError for a number that stands in a product's text, and in nothing that the shopper wrote."""
    needs = arguments.get("needs")
    counted = [("needs.quantity", need.get("quantity")) for need in needs or () if isinstance(need, dict)]
    for field, value in (*((field, arguments.get(field)) for field in NUMBERS), *counted):
        if isinstance(value, int) and not was_said(value, said) and any(f" {value} " in text for text in texts):
            raise ValueError(f"{field}: the shopper never said {value}; pass only numbers from their messages")


def _is_taken(value: str, own: set[str], texts: list[str], at_least: int) -> bool:
    if canonical_interest(value) or canonical_restriction(value) or canonical_quality(value):
        return False
    whole = stems(_SPELLED.sub("", value))
    foreign = [stem for stem in whole if stem not in own and not _slipped(stem, own)]
    if not foreign or len(whole) < at_least:
        return False
    if at_least == 1:
        return any(sum(_bears(text, stem) for stem in foreign) > MOST_OF * len(foreign) for text in texts)
    runs = [run for run in (whole, foreign) if len(run) >= at_least]
    return any(f" {' '.join(run)} " in text for run in runs for text in texts)


def _bears(text: str, stem: str) -> bool:
    """Whether the stem stands in the text, or one that is a slip away from it."""
    return f" {stem} " in text or _slipped(stem, set(text.split()))


def _slipped(stem: str, own: set[str]) -> bool:
    """Whether the shopper wrote the word with a slip of one letter ("cermic"), which the reader has mended."""
    return len(stem) >= SHORTEST and any(abs(len(stem) - len(o)) <= 1 and edits(stem, o) == 1 for o in own)


def _values(argument: Any) -> list[str]:
    values = argument if isinstance(argument, list) else [argument]
    return [value for value in values if isinstance(value, str)]


def _text(product: Product) -> str:
    fields = (product.title, product.description, product.brand, product.seller, product.category, *product.facts)
    return " \n ".join((*fields, *product.tags))
