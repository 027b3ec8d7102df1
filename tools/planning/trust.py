"""How far a product's own texts are believed: sellers write them, some to be found and not to tell.

A product that claims forty hobbies is for nobody in particular, and so is one for cats, jazz, chess and baking. What
reads as a list of keywords is left out, and the rest of the field is judged by itself, so that the honest half of a
stuffed product still counts. The limits are what honest feeds keep to, measured on 3,892 products of three of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tools.lexicon import all_interests, canonical_interest, interest_words, neighbours
from tools.lexicon.stems import contains_phrase, stems
from tools.product import Product

LABELS, THEMES = 10, 6
"""Labels in all, and interests and themes among them; honest products have 9 and 5 at most."""

CIRCLES = 3
"""Circles of interests that have nothing to do with each other; three honest products of 3,892 have more (4)."""

TITLE_WORDS, FIELD_NAMES = 28, 4
"""Different words of a title, and names of interests in a title, a category, attributes or materials; honest ones have
27 words, and 4 names at most."""

LIST_NAMES, LIST_COMMAS = 6, 20
"""A sentence with more names of interests, or more commas, is a list of keywords; honest ones have 5 names at most, and
one in 2,700 descriptions more commas."""

TEXT_NAMES = 12
"""Names of interests in all other sentences together; honest descriptions have 9 at most in 999 of 1,000."""

_LABELS = ("interests", "tags", "category")
_LIMITED = ("category", "specs", "look")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_COMMA = re.compile(r"[,/|]")


@dataclass(frozen=True)
class Believed:
    """What is left of a product's ``fields`` (stems, as in `Product.field_stems`), and how far its labels are believed.

    ``trust`` is 0 to 1; where it is below 1, ``of_labels`` has what each label is worth: more where the title or the
    description bears it out.
    """

    fields: dict[str, tuple[str, ...]]
    trust: float = 1.0
    of_labels: tuple[tuple[tuple[str, ...], float], ...] = ()

    def trust_in(self, field: str, word: str) -> float:
        """How far it is believed that the product is for ``word``, met in this field.

        A description that repeats a label which is not believed is believed no more than the label.
        """
        if self.trust == 1.0 or field not in (*_LABELS, "description"):
            return 1.0
        found = stems(word)
        sure = [worth for label, worth in self.of_labels if contains_phrase(label, found)]
        return max(sure, default=1.0 if field == "description" else self.trust)


@lru_cache(maxsize=1 << 16)
def believed(product: Product) -> Believed:
    """What a product's texts say once the lists of keywords are left out, each label by the square of its share."""
    whole = product.field_stems
    themes = {*product.interests, *product.themes}
    labels = {*themes, *product.tags}
    trust = _trust(labels, themes)
    title = _head(whole["title"], always=trust < 1.0 or len(set(whole["title"])) > TITLE_WORDS)
    fields = whole | {name: _head(whole[name]) for name in _LIMITED} | {"title": title, "description": _told(product)}
    if trust == 1.0:
        return Believed(fields)
    borne = {label for label in labels if _is_borne_out(label, title, fields["description"])}
    more = max(trust, _trust(borne, themes & borne))
    return Believed(fields, trust, tuple((stems(label), more if label in borne else trust) for label in labels))


def _is_borne_out(label: str, title: tuple[str, ...], description: tuple[str, ...]) -> bool:
    """Whether the texts agree with a label: they call the product so, or speak of what belongs to the interest.

    That a description names the interest too proves nothing, for whoever claims it wrongly writes that as well; who
    sells for sailors speaks of boats.
    """
    name = stems(label)
    if contains_phrase(title, name):
        return True
    if canonical_interest(label) is None:
        return contains_phrase(description, name)
    belongs = {found for word in interest_words(label) if not contains_phrase(found := stems(word), name)}
    return any(contains_phrase(text, found) for text in (title, description) for found in belongs)


def _trust(labels: Iterable[str], themes: Iterable[str]) -> float:
    claims = ((LABELS, len(set(labels))), (THEMES, len(set(themes))), (CIRCLES, _circles(labels)))
    return min(min(1.0, honest / max(1, claimed)) for honest, claimed in claims) ** 2


def _head(field: tuple[str, ...], *, always: bool = False) -> tuple[str, ...]:
    """The field; of one that is stuffed, or in any case, what stands before its list of interests begins.

    That is where three names stand close together, and the second name at the latest.
    """
    names = [at for at, stem in enumerate(field) if stem in _interest_stems()]
    if not always and len({field[at] for at in names}) <= FIELD_NAMES:
        return field
    close = (first for first, third in zip(names, names[2:], strict=False) if third - first <= LIST_NAMES)
    return field[: min([*close, *names[1:2], TITLE_WORDS])]


def _told(product: Product) -> tuple[str, ...]:
    """The description without the sentences that are lists of keywords, up to where it names too much for one thing."""
    whole = product.field_stems["description"]
    if _named(whole) <= LIST_NAMES and len(_COMMA.findall(product.description)) <= LIST_COMMAS:
        return whole
    told: tuple[str, ...] = ()
    for sentence in _SENTENCE.split(product.description):
        found = stems(sentence)
        if _named((*told, *found)) > TEXT_NAMES:
            break
        if _named(found) <= LIST_NAMES and len(_COMMA.findall(sentence)) <= LIST_COMMAS:
            told += found
    return told


def _named(found: tuple[str, ...]) -> int:
    return len(_interest_stems().intersection(found))


@lru_cache(maxsize=1)
def _interest_stems() -> frozenset[str]:
    """The interests that are called by one word."""
    return frozenset(name[0] for interest in all_interests() if len(name := stems(interest)) == 1)


def _circles(claimed: Iterable[str]) -> int:
    """How many groups the interests among the words fall into, neighbours and neighbours of one being of one group."""
    rest = {name for word in claimed if (name := canonical_interest(word))}
    groups = 0
    while rest:
        groups += 1
        reached = [rest.pop()]
        while reached:
            around = _around(reached.pop())
            near = {other for other in rest if not around.isdisjoint(_around(other))}
            rest -= near
            reached += near
    return groups


@lru_cache(maxsize=1024)
def _around(interest: str) -> frozenset[str]:
    return frozenset((interest, *neighbours(interest)))
