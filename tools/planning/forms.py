"""Words that share a stem and mean something else: boxes are no boxing, and pet training is nothing about trains.

Stems find what a wish may mean (Porter's are known to join too much: Krovetz, 1993); here the word as it is written
decides. So do its neighbours, a tea light is no tea, and its place: "watch a lily open" speaks of no watch.
"""

from __future__ import annotations

from functools import lru_cache

from tools.lexicon.stems import singular, stems, words
from tools.product import Product

_ALSO: dict[str, str] = {
    "anime": "", "animals": "animal", "baking": "bake baker bakery", "beauty": "", "books": "booklover bookish",
    "boxing": "", "checkers": "", "chilli": "chillies", "climbing": "climb climber",
    "collecting": "collectible collectable collectibles collectables", "construction": "construct constructing",
    "crafts": "crafting", "cycling": "cyclist", "design": "designer designing", "electronics": "",
    "experiment": "experimental",
    "fashion": "fashionable", "fishing": "", "fitness": "", "grilling": "grill griller", "honey": "", "improv": "",
    "kindle": "", "knitting": "knit knitter", "magic": "", "mathematics": "mathematical", "nature": "",
    "painting": "paint painter",
    "physics": "", "quill": "quilling", "rattle": "", "reading": "reader", "recycling": "", "rug": "",
    "running": "runner", "seeds": "seedling", "space": "", "sports": "sporty", "swimming": "swim swimmer",
    "trains": "", "wellness": "", "writing": "writer",
}  # fmt: skip
"""Words whose stem others share, each with the forms beside its own that mean it, too; no other form does."""

_OWN = {singular(word): frozenset(map(singular, (word, *forms.split()))) for word, forms in _ALSO.items()}

_COMPOUNDS = frozenset(
    [f"craft {drink}" for drink in ("ale", "beer", "chocolate", "cocktail", "cola", "gin", "soda", "spirit")]
    + [f"pendant {lamp}" for lamp in ("chandelier", "lamp", "light")]
    + [f"pearl {look}" for look in ("finish", "toned", "white")]
    + "art deco,cat eye,coffee table,dog rose,game changer,horse chestnut,magic eraser,magic marker".split(",")
    + "magic mouse,ring light,rose gold,science fiction,sea salt,star anise,tea light,tea towel,tea tree".split(",")
    + "train delay,train ride,wine red".split(",")
)
"""Two words, in the singular, the first of which is not what it is alone."""
_FIRST = frozenset(compound.split()[0] for compound in _COMPOUNDS)

_LOOSE = frozenset(stems("beauty construction design honey planet space timepiece train watch"))
_PROSE = ("description", "specs")
"""What prose says of anything, "a sleek design", "saves space", "on the train", "watch it grow", is no reason."""


@lru_cache(maxsize=1 << 14)
def means(product: Product, field: str, phrase: str) -> bool:
    """Whether the field, which has the stems of ``phrase``, has its words in a form and at a place that mean them."""
    parts = phrase.lower().split()
    single = len(parts) == 1
    if single and field in _PROSE and not _LOOSE.isdisjoint(stems(parts[0])):
        return False
    return all(_is_meant(product, field, part, single) for part in parts)


def _is_meant(product: Product, field: str, word: str, alone: bool) -> bool:
    name = singular(word)
    own, leads = _OWN.get(name), alone and name in _FIRST
    if own is None and not leads:
        return True
    told = [singular(written) for written in words(_text(product, field))]
    stem = stems(word)
    return any(
        written in own if own else stems(written) == stem
        for at, written in enumerate(told)
        if not (leads and " ".join(told[at : at + 2]) in _COMPOUNDS)
    )


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
