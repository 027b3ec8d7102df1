"""The rules of a brief, checked on a product in code. A product that breaks one is never shown.

Avoided and owned things and allergies are matched as whole words by their stems, with what they imply ("nuts" implies
almonds), on title, description, category, tags, contents, materials, options and specs, and what the product is
labelled with as a whole: interests, themes, up to three colours. A claim like "nut-free"
still mentions nuts: free text is no proof of absence, so with the shopper's own word it is left out too, on the safe
side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from functools import lru_cache

from tools.brief import ONE_GIFT, Brief, Need
from tools.brief_fields import phrases
from tools.catalog.search.index import Filters
from tools.lexicon import canonical_interest
from tools.lexicon.rules import revealed
from tools.lexicon.shopping import other_names
from tools.lexicon.stems import Matcher, stems
from tools.planning.ages import ADULT_AGE, ADULT_RELATIONS, BABY_AGE
from tools.product import NeedKind, Product

SMALL_PARTS_AGE = 3
"""Below it, 36 months in the rules for toys (2009/48/EC), nothing may have small parts."""
_PLAYTHINGS = frozenset(
    stems("toy game hobby figure model memorabilia novelty pretend badge bead card craft doll playset puzzle")
)
_FOR_BABIES = frozenset(stems("baby toddler infant newborn nursery rattle teether teething"))
_FROM_BIRTH = Matcher(("from birth", "for newborns"))
DAYS_IF_UNKNOWN = 7
"""Where a shop does not say how long a delivery takes, it is counted on for a date a week away or later, not before."""


@lru_cache(maxsize=512)
def _literal(restriction: str) -> Matcher:
    return Matcher((restriction,))


@lru_cache(maxsize=1 << 16)  # to say what would help, the same products are judged under many rules
def mentions(product: Product, restriction: str) -> str | None:
    """The word by which the product mentions the restricted thing, or None.

    The shopper's own word always counts; what it implies does not where it means something else (almond milk for
    dairy).
    """
    text = product.rule_stems
    if word := _literal(restriction).find(text) or revealed(restriction, text):
        return word
    return restriction if not _names(restriction).isdisjoint(product.labels) else None


@lru_cache(maxsize=512)
def _names(restriction: str) -> frozenset[tuple[str, ...]]:
    """A label is what it says as a whole: a walnut table's colour is no nut."""
    own = stems(restriction)
    return frozenset((own, stems(canonical_interest(restriction) or restriction), *other_names(own)))


@lru_cache(maxsize=512)
def _search_stems(restriction: str) -> frozenset[str]:
    """The stem of a one-word restriction: it excludes a product whatever stands around it."""
    own = stems(restriction)
    return frozenset(own) if len(own) == 1 else frozenset()


@lru_cache(maxsize=1 << 12)
def _baby_unfit(product: Product, *, stated_age_only: bool) -> str | None:
    """Why a product of unknown age is not for a child who puts things into its mouth."""
    told = {stem for name in ("title", "category", "tags") for stem in product.field_stems[name]}
    if not told.isdisjoint(_FOR_BABIES) or _FROM_BIRTH.find(product.rule_stems):
        return None
    if stated_age_only and not product.age_name:
        return "not said to be for a baby"
    if product.age_min_years is None and not told.isdisjoint(_PLAYTHINGS):
        return "a plaything that states no age"
    return None


@dataclass(frozen=True)
class Rules:
    """A brief's rules, ready to check products against."""

    restrictions: tuple[str, ...]
    age_years: int | None
    adult: bool
    currency: str
    days_left: int | None = None
    not_from: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stated_age_only: bool = False  # for a baby, in a shop that states ages
    any_delivery: bool = False  # in a shop that states no delivery times

    @classmethod
    def of(cls, brief: Brief, currency: str, today: Date | None = None) -> Rules:
        """The rules of a brief for a catalogue in ``currency``. Without ``today`` no delivery is judged."""
        age = brief.recipient.age_years
        if age is None and brief.recipient.relation == "baby":
            age = BABY_AGE
        adult = age is None and brief.recipient.relation in ADULT_RELATIONS
        days = (brief.date - today).days if brief.date and today else None
        # A date that has passed was meant otherwise: nothing could be delivered for it.
        days = days if days is not None and days >= 0 else None
        not_from = {need.name: frozenset(need.not_from) for need in brief.needs if need.not_from}
        return cls(tuple(brief.rules), age, adult, currency, days, not_from)

    @property
    def baby(self) -> bool:
        """Whether it is for a child too young for what is not said to be safe."""
        return self.age_years is not None and self.age_years < SMALL_PARTS_AGE

    def broken_by(self, product: Product, need: Need = ONE_GIFT) -> str | None:
        """Why the product must not be shown, in a few words, or None when it may be."""
        if product.price.currency != self.currency:
            return f"priced in {product.price.currency}"
        if not product.available:
            return "out of stock"
        if self.age_years is not None and not product.suits_age(self.age_years):
            return f"not for age {self.age_years}"
        if self.baby and need.kind in ("gift", "favours"):
            only_stated = self.stated_age_only and need.kind == "gift"
            if unfit := _baby_unfit(product, stated_age_only=only_stated):
                return unfit
        if self.adult and need.kind == "gift" and not self._for_adults(product):
            return "made for children"
        if self.days_left is not None and not self._arrives(product):
            return "not delivered in time"
        if unwanted := self.not_from.get(need.name):
            for source in (product.brand, product.seller):
                if not unwanted.isdisjoint(phrases(source)):
                    return f"from {source}"
        for restriction in self.restrictions:
            if mentions(product, restriction):
                return f"rule: {restriction}"
        return None

    def allowed(self, products: Iterable[Product], need: Need = ONE_GIFT) -> list[Product]:
        """The products that break no rule."""
        return [product for product in products if self.broken_by(product, need) is None]

    def filters(self, need: NeedKind, price_min: int = 0, price_max: int | None = None) -> Filters:
        """The part of the rules that the index can apply while searching. `broken_by` still has the last word."""
        return Filters(
            currency=self.currency,
            price_min=price_min,
            price_max=price_max,
            age_years=self.age_years,
            need=need,
            exclude_stems=frozenset().union(*map(_search_stems, self.restrictions)),
        )

    def _arrives(self, product: Product) -> bool:
        if self.any_delivery and product.delivery_days is None:
            return True
        days = DAYS_IF_UNKNOWN if product.delivery_days is None else product.delivery_days
        return days <= (self.days_left or 0)

    @staticmethod
    def _for_adults(product: Product) -> bool:
        return product.age_max_years is None or product.age_max_years >= ADULT_AGE
