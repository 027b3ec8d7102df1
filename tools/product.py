"""A product of the catalogue, as every part of the system sees it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tools.lexicon.stems import stems
from tools.money import Money

NeedKind = Literal["gift", "cake", "decorations", "tableware", "favours", "activity"]
"""What a product can serve at a birthday; a plain present is a gift."""

NEED_KINDS: tuple[NeedKind, ...] = ("gift", "cake", "decorations", "tableware", "favours", "activity")

NEED_NAMES: dict[NeedKind, str] = {
    "gift": "present",
    "cake": "cake",
    "decorations": "decorations",
    "tableware": "tableware",
    "favours": "party favours",
    "activity": "activity",
}
"""The kinds in a shopper's words."""

NEED_PLURALS: dict[NeedKind, str] = {**NEED_NAMES, "gift": "presents", "cake": "cakes", "activity": "activities"}
"""The kinds where there is more than one of them."""

FEW_COLORS = 3
"""A product that states more colours than these is a coloured one, not one of each colour."""

_NUMBERS = re.compile(r"[\d\s.,+/x-]*")

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
ProductId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Variant(BaseModel):
    """One way in which a product is sold, such as a size, with the feed's own id for it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    product_id: ProductId
    options: dict[str, str] = Field(default_factory=dict)
    price: Money
    stock: int | None = Field(default=None, ge=0)

    @property
    def available(self) -> bool:
        """Whether it can be ordered now."""
        return self.stock is None or self.stock > 0


DerivedKind = Literal["interest", "occasion", "age", "aspect"]
DerivedField = Literal["title", "category", "tags", "description"]


class Derived(BaseModel):
    """What a product's text supports without its feed stating it: ``words`` stand so in ``field``."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: DerivedKind
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    field: DerivedField
    words: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def age_name(low: int | None, high: int | None) -> str:
    """A range of ages in words, such as "from 3" or "3 to 6"; nothing where none is stated."""
    if high is None:
        return "" if low is None else f"from {low}"
    return f"up to {high}" if low is None else f"{low} to {high}"


class Product(BaseModel):
    """One sellable product. Unknown is None or empty, never a guess.

    Ages are whole years, both ends inclusive; ``rating`` is out of 5; ``pack_size`` is how many units one price buys;
    ``stock`` is pieces available (None: not stated, taken as available); ``delivery_days`` are calendar days. Where
    there are ``variants``, ``price`` and ``stock`` are those of the cheapest that is available.

    ``shipping`` is what the seller charges for a parcel with this product in it: a seller sends all that is ordered of
    them in one parcel and charges the highest of its products' amounts once, nothing from ``free_shipping_from`` of
    goods on. ``tax_percent`` comes on top of the price; None: the price has it in. ``specs`` are the feed's other
    attributes by their own names. ``derived`` is what its text supports, with the words; see `tools.catalog.aspects`.
    ``neutralised`` says in which fields the seller's text was made harmless, and of what: "description: link, order".
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    product_id: ProductId
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    description: Text = ""
    price: Money
    category: Text = ""
    brand: Text = ""
    need: NeedKind = "gift"
    tags: list[str] = Field(default_factory=list)
    interests: list[str] = Field(default_factory=list)
    themes: list[str] = Field(default_factory=list)
    occasions: list[str] = Field(default_factory=list)
    age_min_years: int | None = Field(default=None, ge=0, le=120)
    age_max_years: int | None = Field(default=None, ge=0, le=120)
    rating: float | None = Field(default=None, ge=0, le=5)
    rating_count: int | None = Field(default=None, ge=0)
    materials: list[str] = Field(default_factory=list)
    colors: list[str] = Field(default_factory=list)
    contains: list[str] = Field(default_factory=list)
    origin: Text = ""
    pack_size: int = Field(default=1, ge=1)
    stock: int | None = Field(default=None, ge=0)
    delivery_days: int | None = Field(default=None, ge=0)
    seller: Text = ""
    shipping: Money | None = None
    free_shipping_from: Money | None = None
    tax_percent: Annotated[Decimal, Field(ge=0, le=100)] | None = None
    specs: dict[str, str] = Field(default_factory=dict)
    variants: list[Variant] = Field(default_factory=list)
    derived: list[Derived] = Field(default_factory=list)
    neutralised: list[str] = Field(default_factory=list)

    def __hash__(self) -> int:
        """Equal products have one id; pydantic's own hash would fail on the lists."""
        return hash(self.product_id)

    @property
    def available(self) -> bool:
        """Whether it can be ordered now."""
        return self.stock is None or self.stock > 0

    def variant(self, product_id: str) -> Variant | None:
        """The variant of this id."""
        return next((variant for variant in self.variants if variant.product_id == product_id), None)

    def suits_age(self, years: int) -> bool:
        """Whether a person of this age is within the product's age range; an unstated end does not bind."""
        return (self.age_min_years is None or years >= self.age_min_years) and (
            self.age_max_years is None or years <= self.age_max_years
        )

    @property
    def age_name(self) -> str:
        """The product's age range in words; see `age_name`."""
        return age_name(self.age_min_years, self.age_max_years)

    def derived_as(self, *kinds: DerivedKind) -> list[str]:
        """The names of what was derived, of these kinds."""
        return [item.name for item in self.derived if item.kind in kinds]

    def packs_for(self, units: int) -> int:
        """How many packs hold at least this many units: 12 favours from packs of 5 are 3 packs."""
        return -(-units // self.pack_size)

    @property
    def rule_text(self) -> str:
        """The text that avoided things and allergies are matched on."""
        options = (value for variant in self.variants for value in variant.options.values())
        fields = (self.title, self.description, self.category, *self.tags, *self.contains, *self.materials, *options)
        return " \n ".join((*fields, *self.facts))

    @cached_property
    def labels(self) -> frozenset[tuple[str, ...]]:
        """What it is called besides its texts, as stems: interests, themes and up to three colours, whole and by their
        last word ("hot pink" is pink). A set of many colours is of none of them."""
        named = [*self.interests, *self.themes, *self.derived_as("interest")]
        colors = self.colors if len(self.colors) <= FEW_COLORS else []
        parts = (part for color in colors for part in (color, color.split()[-1]) if part)
        return frozenset(map(stems, (*named, *parts)))

    @property
    def facts(self) -> list[str]:
        """The specs as texts: "screen size: 27 inch"; of one that holds its name alone."""
        return [name if value == "yes" else f"{name}: {value}" for name, value in self.specs.items()]

    @property
    def spec_text(self) -> str:
        """What searches see of colours, materials and specs. A bare number is left out: it would meet any number."""
        stated = zip(self.facts, self.specs.values(), strict=True)
        facts = (fact for fact, value in stated if not _NUMBERS.fullmatch(value))
        return " . ".join((*self.colors, *self.materials, *facts))

    @cached_property
    def rule_stems(self) -> tuple[str, ...]:
        """`rule_text` as stems. Kept: a product is read once and judged in many turns."""
        return stems(self.rule_text)

    @cached_property
    def field_stems(self) -> dict[str, tuple[str, ...]]:
        """The fields a wish is matched on, as stems, by name."""
        return {
            "interests": stems(" , ".join([*self.interests, *self.themes])),
            "title": stems(self.title),
            "tags": stems(" , ".join(self.tags)),
            "category": stems(self.category),
            "derived": stems(" , ".join(self.derived_as("interest", "aspect"))),
            "look": stems(" , ".join([*self.colors, *self.materials])),
            "description": stems(self.description),
            "specs": stems(" , ".join(self.facts)),
        }

    @cached_property
    def attributes(self) -> frozenset[str]:
        """What the product is, as comparable words: tags, interests, themes, colours, materials, categories, brand."""
        lists = (self.tags, self.interests, self.themes, self.colors, self.materials)
        words = {value.lower() for values in lists for value in values}
        words |= {f"in:{part.strip().lower()}" for part in self.category.split(">") if part.strip()}
        return frozenset(words | ({f"by:{self.brand}"} if self.brand else set()))  # two unknown brands are not the same
