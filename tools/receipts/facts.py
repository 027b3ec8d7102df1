"""What the evidence says, as text and stems: of one pick, of the brief, of what code added up or worded itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from tools.brief import Brief
from tools.lexicon.stems import stems
from tools.money import Money
from tools.product import Product
from tools.receipts.evidence import Evidence, PickEvidence
from tools.receipts.plan_table import gap_text, off_theme_text
from tools.receipts.reasons import budget_text, limit_text


def shown(evidence: Evidence) -> list[PickEvidence]:
    """What the reply may speak of: the picks, what comes closest, and those of the other plans offered."""
    others = [pick for offer in evidence.alternatives for pick in offer.picks]
    return [*evidence.picks, *([evidence.closest] if evidence.closest else []), *others]


def pick_text(pick: PickEvidence, *, descriptions: bool = True) -> str:
    """Everything that may be said of one pick."""
    return f"{product_text(pick.product, descriptions=descriptions)} \n {choice_text(pick)}"


def product_text(product: Product, *, descriptions: bool = True) -> str:
    """What the catalogue says of a product: the same in every reply that shows it."""
    parts = [product.title, product.category, product.brand, product.origin, product.seller]
    parts += [
        *product.tags,
        *product.contains,
        *_contained(product.contains),
        *_of_its_kind(" ".join((product.title, product.category, *product.tags))),
        *product.materials,
        *product.facts,
    ]
    parts += [product.description] if descriptions else []
    parts += [*product.interests, *product.themes, *product.occasions, *product.colors]
    parts += [f"{name} {value}" for name, value in product.specs.items()]
    parts += [str(n) for n in (product.rating, product.rating_count, product.age_min_years, product.age_max_years)]
    return " \n ".join(
        [*parts, *_also(" ".join(parts)), str(product.pack_size), str(product.delivery_days), str(product.price)]
    )


_KINDS = (
    ("lamp light lantern", "lamp light lit"),
    ("cake", "cake cut slice eat eaten edible"),
    ("jewelry jewellery bracelet necklace ring footwear shoe pump fashion clothing sock scarf strap hat glove bag", "wear worn"),
    ("book novel trilogy cookbook", "book read reader page chapter"),
    ("sandal pump heel boot sneaker trainer loafer flat slipper", "shoe shoes footwear"),
    ("necklace bracelet ring earring pendant brooch", "jewelry jewellery"),
    ("jigsaw", "puzzle"),
    ("plush teddy doll figure puzzle game playset", "toy play"),
    ("wall hanging garland banner", "hang hung"),
)  # fmt: skip
"""What may be said of a product because of what kind of thing it is, by words of its title, category and tags."""

_ALSO = (
    ("quick speedy rapid", "fast quick"), ("moisture damp", "moist damp"), ("photograph photo picture", "photo picture"),
    ("film movie", "film movie"), ("backpack rucksack", "backpack rucksack"), ("sofa couch", "sofa couch"),
    ("torch flashlight", "torch flashlight"), ("jumper sweater", "jumper sweater"), ("mug cup", "mug cup"),
    ("jug pitcher carafe", "jug pitcher carafe"), ("trivia quiz question", "quiz trivia question"), ("comic manga", "comic"),
    ("hardback paperback novel workbook", "book"), ("kilogram kilo kg", "weight heavy"), ("iron", "heavy"),
    ("usb", "charge cable"), ("cable corded", "wired plug"), ("inch", "inches"), ("sachet", "bag"), ("watercolour acrylic", "paint"),
    ("garland bunting", "hang decoration"), ("headphone earphone earbud", "listen music plug"), ("charger adapter", "device plug"),
    ("cookbook recipe culinary", "cook recipe kitchen"), ("printer", "print ink page"), ("wing butterfly bird", "fly wing"),
    ("navy indigo turquoise", "blue"), ("crimson scarlet burgundy", "red"), ("ivory cream", "white"), ("charcoal slate", "grey"),
    ("violet lilac lavender", "purple"), ("rose blush", "pink"), ("ochre mustard", "yellow"), ("terracotta rust", "orange"),
    ("sage olive emerald", "green"), ("birch beech oak pine cedar walnut mahogany", "wood wooden"),
)  # fmt: skip
"""What is said with one of these words may be said with the others."""


@lru_cache(maxsize=2048)
def _also(told: str) -> list[str]:
    known = frozenset(stems(told))
    return [words for of, words in _ALSO if not known.isdisjoint(stems(of))]


@lru_cache(maxsize=2048)
def _of_its_kind(names: str) -> list[str]:
    kinds = frozenset(stems(names))
    return [words for of, words in _KINDS if not kinds.isdisjoint(stems(of))]


def _contained(contains: Sequence[str]) -> list[str]:
    """What else may be said of a product because of what it contains."""
    return [*(["allergens"] if contains else []), *(["scented"] if "fragrance" in contains else [])]


def choice_text(pick: PickEvidence) -> str:
    """What a brief makes of a pick: why it fits, how many of it, and what that comes to."""
    parts = [*pick.reasons, str(pick.quantity), str(pick.units)]
    parts += [str(pick.cost), pick.option, str(pick.price), str(pick.pays or "")]
    return " \n ".join([*parts, *(f"{value:.2f}" for value in (*pick.added.values(), pick.points))])


def wishes(brief: Brief) -> list[str]:
    """What the picks are to answer."""
    of_needs = [wish for need in brief.wanted for wish in (need.theme, *need.wishes)]
    return list(dict.fromkeys(filter(None, [*brief.interests, brief.theme, *of_needs])))


def brief_text(evidence: Evidence, *, wishes_too: bool = True, rules_too: bool = True) -> str:
    """Everything the shopper said, and what was added up or worded by code."""
    brief = evidence.brief
    parts: list[str] = [*(wishes(brief) if wishes_too else []), *(brief.rules if rules_too else [])]
    parts += [brief.recipient.name or "", str(brief.date or "")]
    parts += [(word or "").replace("_", " ") for word in (brief.occasion, brief.recipient.relation)]
    parts += [str(n) for n in (brief.recipient.age_years, brief.guests, brief.options)]
    parts += [str(need.quantity) for need in brief.wanted]
    parts += [f"{v.label} {v.percent or ''}" for v in brief.vouchers] + [budget_text(brief, evidence.currency) or ""]
    parts += [
        limit_text(brief, evidence.currency) or "",
        *told(evidence),
        *evidence.unmatched,
        *map(str, sums(evidence)),
    ]
    if evidence.sums and evidence.sums.discounts:
        parts += ["discount discounts", *(discount.label for discount in evidence.sums.discounts)]
    return " \n ".join(parts)


def sums(evidence: Evidence) -> list[Money]:
    """Every amount that was added up."""
    found = evidence.sums
    plan = [found.subtotal, found.shipping, found.tax, found.total, found.left] if found else []
    plan += [discount.amount for discount in found.discounts] if found else []
    return [m for m in (*plan, evidence.closest_cost, *(offer.total for offer in evidence.alternatives)) if m]


def told(evidence: Evidence) -> list[str]:
    """What code worded itself and the reply may repeat."""
    found = [*evidence.clash, *(f"{r.change} {r.opens}" for r in evidence.relaxations)]
    found += [f"{offer.label} {offer.trade_off}" for offer in evidence.alternatives]
    found += [gap_text(evidence.sums) if evidence.sums else "", off_theme_text(evidence), *evidence.cautions]
    return [*found, evidence.question.text if evidence.question else ""]


def stems_of(texts: Iterable[str]) -> frozenset[str]:
    """The stems of several texts together."""
    return frozenset(stem for text in texts for stem in stems(text))
