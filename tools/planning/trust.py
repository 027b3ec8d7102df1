"""How far a product's own texts are believed: sellers write them, some to be found and not to tell.

A product that claims forty hobbies is for nobody in particular. What reads as a list of keywords is left out, and the
rest of the field is judged by itself, so that the honest half of a stuffed product still counts. The limits are what
honest feeds keep to, measured on 4,037 products of three of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tools.lexicon import all_interests
from tools.lexicon.stems import contains_phrase, stems
from tools.product import Product

LABELS, THEMES = 10, 6
"""Labels in all, and interests and themes among them; honest products have 9 and 5 at most."""

TITLE_WORDS, TITLE_NAMES = 28, 4
"""Different words of a title, and names of interests among them; honest ones have 27 and 4 at most."""

LIST_NAMES, LIST_COMMAS = 6, 20
"""A sentence with more names of interests, or more commas, is a list of keywords; honest ones have 5 names at most, and
one in 2,700 descriptions more commas."""

TEXT_NAMES = 12
"""Names of interests in all other sentences together; honest descriptions have 9 at most in 999 of 1,000."""

FIELD_NAMES = 6
"""Names of interests in the category, in the attributes, and in colours and materials; honest products have 4 at most."""

_LABELS = ("interests", "tags", "category")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_COMMA = re.compile(r"[,/|]")


@dataclass(frozen=True)
class Believed:
    """What is left of a product's fields, and how far it is believed.

    ``fields`` are stems by field, as `Product.field_stems` has them, without lists of keywords; ``trust`` is 0 to 1 by
    field. ``confirmed`` are the labels that the title or the description bears out.
    """

    fields: dict[str, tuple[str, ...]]
    trust: dict[str, float]
    confirmed: tuple[tuple[str, ...], ...] = ()
    confirmed_trust: float = 1.0

    def trust_in(self, field: str, word: str) -> float:
        """How far it is believed that the product is for ``word``, met in this field."""
        sure = self.trust.get(field, 1.0)
        if sure == 1.0 or field not in _LABELS:
            return sure
        found = stems(word)
        return max(sure, self.confirmed_trust) if any(contains_phrase(one, found) for one in self.confirmed) else sure


@lru_cache(maxsize=1 << 16)
def believed(product: Product) -> Believed:
    """What a product's texts say once the lists of keywords are left out, each claim by the square of its share."""
    title, description = _title_head(product.field_stems["title"]), _told(product)
    fields = product.field_stems | {"title": title, "description": description}
    in_texts = _share(TEXT_NAMES, _named(description))
    trust = dict.fromkeys(("derived", "description"), in_texts)
    trust |= {field: _share(FIELD_NAMES, _named(fields[field])) for field in ("specs", "look")}
    themes = {*product.interests, *product.themes}
    labels = {*themes, *product.tags}
    trust |= dict.fromkeys(_LABELS, min(_share(LABELS, len(labels)), _share(THEMES, len(themes))))
    trust["category"] = min(trust["category"], _share(FIELD_NAMES, _named(fields["category"])))
    if trust["tags"] == 1.0:
        return Believed(fields, trust)
    of_labels = {label: stems(label) for label in labels}
    told = (title, *((description,) if in_texts == 1.0 else ()))
    borne = {label: found for label, found in of_labels.items() if any(contains_phrase(text, found) for text in told)}
    borne_trust = min(_share(LABELS, len(borne)), _share(THEMES, len(themes & borne.keys())))
    return Believed(fields, trust, tuple(borne.values()), borne_trust)


def _share(honest: int, claimed: int) -> float:
    return min(1.0, honest / max(1, claimed)) ** 2


def _title_head(title: tuple[str, ...]) -> tuple[str, ...]:
    """The title, or of one that is stuffed what stands before its second name of an interest."""
    if len(set(title)) <= TITLE_WORDS and _named(title) <= TITLE_NAMES:
        return title
    names = [at for at, stem in enumerate(title) if stem in _interest_stems()]
    return title[: min([*names[1:2], TITLE_WORDS])]


def _told(product: Product) -> tuple[str, ...]:
    """The description without the sentences that are lists of keywords."""
    whole = product.field_stems["description"]
    if _named(whole) <= LIST_NAMES and len(_COMMA.findall(product.description)) <= LIST_COMMAS:
        return whole
    kept = (text for text in _SENTENCE.split(product.description) if not _is_list(text))
    return tuple(stem for text in kept for stem in stems(text))


def _is_list(sentence: str) -> bool:
    return len(_COMMA.findall(sentence)) > LIST_COMMAS or _named(stems(sentence)) > LIST_NAMES


def _named(found: tuple[str, ...]) -> int:
    return len(_interest_stems().intersection(found))


@lru_cache(maxsize=1)
def _interest_stems() -> frozenset[str]:
    """The interests that are called by one word."""
    return frozenset(name[0] for interest in all_interests() if len(name := stems(interest)) == 1)
