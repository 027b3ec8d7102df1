"""Words that share a stem and mean something else: boxes are no boxing, and pet training is nothing about trains.

Stems find what a wish may mean (Porter's are known to join too much: Krovetz, 1993); here the word as it is written
decides. And a name may be a verb in a text: "watch a lily open" speaks of no watch.
"""

from __future__ import annotations

from functools import lru_cache

from tools.lexicon.stems import singular, stems, words
from tools.product import Product

_ALSO: dict[str, str] = {
    "anime": "", "animals": "animal", "beauty": "", "books": "booklover bookish", "boxing": "", "checkers": "",
    "collecting": "collectible collectable collectibles collectables", "construction": "construct constructing",
    "crafts": "crafting", "design": "designer designing", "fashion": "fashionable", "fitness": "", "honey": "",
    "improv": "", "kindle": "", "quill": "quilling", "rattle": "", "reading": "reader", "rug": "",
    "seeds": "seedling", "space": "", "sports": "sporty sporting", "trains": "", "wellness": "",
}  # fmt: skip
"""Words whose stem others share, each with the forms beside its own that mean it, too; no other form does."""

_OWN = {singular(word): frozenset(map(singular, (word, *forms.split()))) for word, forms in _ALSO.items()}

_VERBS = frozenset(("book", "train", "watch"))
"""Things whose name is a verb, too."""
_BEHIND_VERBS = frozenset("a an the it them him her his your their our my this these how as".split())
_BEFORE_VERBS = frozenset("to can will you they we and".split())

_LOOSE = frozenset(("design", "space"))
"""What prose says of anything: "a sleek design", "saves space"."""
_PROSE = ("description", "specs")


@lru_cache(maxsize=1 << 14)
def means(product: Product, field: str, phrase: str) -> bool:
    """Whether the field, which has the stems of ``phrase``, has its words in a form and a role that mean them."""
    parts = phrase.lower().split()
    single = len(parts) == 1
    if single and singular(parts[0]) in _LOOSE and field in _PROSE:
        return False
    return all(_is_meant(product, field, part, single and field in _PROSE) for part in parts)


def _is_meant(product: Product, field: str, word: str, in_prose: bool) -> bool:
    own, stem = _OWN.get(singular(word)), stems(word)
    maybe_verb = in_prose and not _VERBS.isdisjoint(stem)
    if own is None and not maybe_verb:
        return True
    told = words(_text(product, field))
    return any(
        singular(written) in own if own else stems(written) == stem
        for at, written in enumerate(told)
        if not (maybe_verb and written in _VERBS and _is_verb(told, at))
    )


def _is_verb(told: list[str], at: int) -> bool:
    behind, before = told[at + 1 : at + 2], told[max(0, at - 1) : at]
    return not _BEHIND_VERBS.isdisjoint(behind) or not _BEFORE_VERBS.isdisjoint(before)


def _text(product: Product, field: str) -> str:
    """The field as it is written; its parts as in `Product.field_stems`."""
    match field:
        case "interests":
            return " , ".join((*product.interests, *product.themes))
        case "tags":
            return " , ".join(product.tags)
        case "derived":
            return " , ".join(product.derived_as("interest", "aspect"))
        case "look":
            return " , ".join((*product.colors, *product.materials))
        case "specs":
            return " , ".join(product.facts)
        case _:
            return str(getattr(product, field))
