"""Which of the products on the table words point at: "2", "the wooden one", "the cheapest", "the $32 one"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tools.catalog.interface import Catalog
from tools.catalog.search.spelling import SHORTEST, edits
from tools.enumeration import enumerated
from tools.lexicon.shopping import other_names
from tools.lexicon.stems import stems
from tools.money_text import find_amounts
from tools.planning.matching import match
from tools.product import NEED_NAMES, Product
from tools.request import Pick

IDLE = frozenset(stems(
    "the a an one ones that this these those any some thing of gift present pick option idea suggestion product item "
    "number with in made from by for version kind sort type please thanks"
))  # fmt: skip
"""Words that point at nothing by themselves."""

MADE_OF = {"wooden": "wood", "woollen": "wool", "woolen": "wool", "metallic": "metal", "golden": "gold"}

_MONEY = "(?:expensive|pricey|dear|costly)"
_MOST: tuple[tuple[re.Pattern[str], Callable[[Product], float | None]], ...] = tuple(
    (re.compile(rf"\b(?:{said})\b"), key)
    for said, key in (
        (rf"cheap(?:est|er)|least {_MONEY}|less {_MONEY}|lowest[- ]priced?", lambda p: -p.price.minor),
        (rf"dear(?:est|er)|pric(?:iest|ier)|(?:most|more) {_MONEY}|highest[- ]priced?", lambda p: p.price.minor),
        (r"(?:best|highest|better|higher|top)[- ](?:rated|rating|reviewed|reviews)", lambda p: p.rating),
        (r"most (?:popular|reviewed|reviews|rated|ratings|bought|loved)", lambda p: p.rating_count),
    )
)


def pointed_at(words: str, products: Sequence[Product]) -> list[int]:
    """The 1-based places of the products that the words fit: one, several where they are not enough, or none.

    A number is a place. Else what the title, brand, look, kind or labels say decides, then other texts, then what the
    words are linked with ("the gardening one").
    """
    said = " ".join(words.lower().split())
    if place := re.fullmatch(r"#?(-?\d{1,2})", said):
        number = len(products) if int(place[1]) == -1 else int(place[1])
        return [number] if 1 <= number <= len(products) else []
    for pattern, key in _MOST:
        if pattern.search(said):
            return _highest(products, key)
    if amounts := [amount.value for amount in find_amounts(said)]:
        return [at for at, p in enumerate(products, 1) if {p.price.amount, int(p.price.amount)}.intersection(amounts)]
    wanted = [stem for stem in stems(_plain(said)) if stem not in IDLE]
    if not wanted:
        return []
    for is_in in (_named_in, _slipped_in):
        for texts in (_called, _labelled, _described) if len(wanted) > 1 else (_labelled, _described):
            if found := [at for at, p in enumerate(products, 1) if all(is_in(stem, texts(p)) for stem in wanted)]:
                return found
    return [at for at, p in enumerate(products, 1) if match(p, _plain(said))]


def places_of(words: str, picks: Sequence[Pick], shop: Catalog) -> list[int]:
    """The places of the picks that the words point at; one that has left the catalogue is none of them."""
    there = [(at, product) for at, pick in enumerate(picks, 1) if (product := shop.get(pick.product_id))]
    return [there[place - 1][0] for place in pointed_at(words, [product for _, product in there])]


def which_of(words: str, places: Sequence[int], picks: Sequence[Pick], shop: Catalog) -> str:
    """The question which of several picks is meant, or the admission that none is."""
    titles = [f'{at} "{product.title}"' for at in places if (product := shop.get(picks[at - 1].product_id))]
    if not titles and words.strip("#- ").isdigit():
        return (
            f"I showed {len(picks)} {'pick' if len(picks) == 1 else 'picks'}; there is no number {words.strip('# ')}."
        )
    if not titles:
        return f'None of the picks I showed is "{words}".'
    return f"Which of them do you mean: {enumerated(titles, 'or')}?"


def _plain(said: str) -> str:
    """The words, with what a thing is made of in the form that catalogues use."""
    return " ".join(MADE_OF.get(word, word) for word in re.sub(r"\b(?:the|an?|that|this|ones?)\b", " ", said).split())


def _highest(products: Sequence[Product], key: Callable[[Product], float | None]) -> list[int]:
    told = {at: value for at, product in enumerate(products, 1) if (value := key(product)) is not None}
    return [at for at, value in told.items() if value == max(told.values())]


def _called(product: Product) -> frozenset[str]:
    return frozenset((*product.field_stems["title"], *stems(product.brand)))


def _labelled(product: Product) -> frozenset[str]:
    fields = (product.field_stems[name] for name in ("look", "category", "tags"))
    look = stems(" ".join(MADE_OF.get(word, word) for word in product.title.lower().split()))
    kind = stems(NEED_NAMES[product.need]) if product.need != "gift" else ()
    return _called(product).union(look, kind, *fields)


def _described(product: Product) -> frozenset[str]:
    fields = (product.field_stems[name] for name in ("description", "specs", "interests", "derived"))
    return _labelled(product).union(*fields)


def _named_in(stem: str, told: frozenset[str]) -> bool:
    """Whether a text has the word, or another name of it: "blue" is in "navy"."""
    return not told.isdisjoint((stem, *(name[0] for name in other_names((stem,)) if len(name) == 1)))


def _slipped_in(stem: str, told: frozenset[str]) -> bool:
    """Whether a text has the word, perhaps with one slip of the pen."""
    return _named_in(stem, told) or (
        len(stem) > SHORTEST and any(len(word) > SHORTEST and edits(stem, word) <= 1 for word in told)
    )
