"""One row of a feed into one Product, or the field and the reason why not.

A product needs an id, a title and an exact price. Any other value that cannot be read counts as not stated.
A row with a group id gives a product with itself as the only variant; `tools.catalog.intake.variants` merges them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from pydantic import ValidationError

from tools.catalog.feeds.feed import Role
from tools.catalog.intake.ages import Ages, age_words, read_ages
from tools.catalog.intake.classify import ADULT_YEARS, classify_need, is_for_adults, units_in_pack
from tools.catalog.intake.cleaning import (
    brand_name,
    category_path,
    plain_text,
    rating_of_5,
    stock_pieces,
    text_list,
    whole_number,
)
from tools.catalog.intake.colors import stated_colors
from tools.catalog.intake.delivery import longest_days, read_shipping, read_tax_percent, read_threshold
from tools.catalog.intake.mapping import ColumnMap
from tools.catalog.intake.prices import PriceUnit, UnreadablePrice, read_minor, read_price
from tools.catalog.intake.quarantining import in_quarantine, options_in_quarantine, told
from tools.catalog.intake.sales import UnreadableDates, is_on
from tools.catalog.intake.specs import specs_of
from tools.guard.quarantine import Trick
from tools.money import Money, as_currency
from tools.product import Derived, NeedKind, Product, Variant, age_name

MAX_TAGS = 20

MAX_SELLER_CHARS = 200

MAX_ID_CHARS = 200

MAX_VALUE_CHARS = 300_000
"""Beyond the longest real descriptions (pages with embedded pictures), and as much as is read in a second."""

UNPRICED = Money.of(1, "XXX")
"""Stands in for the price of what several variants share; a merged product takes the price of a variant."""


class RowRejected(ValueError):
    """The row is no product: which field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class RowReader:
    """Reads the rows of one feed. ``ignored`` counts, per field, stated values that could not be read."""

    def __init__(
        self,
        columns: ColumnMap,
        currency: str | None,
        price_unit: PriceUnit = "major",
        now: datetime | None = None,
    ) -> None:
        self._columns = columns
        self._currency = currency
        self._unit = price_unit
        self._now = now or datetime.now(UTC)
        self.ignored: Counter[str] = Counter()

    def group(self, row: Mapping[str, Any]) -> str:
        """The id of the group the row declares, or nothing. Raises RowRejected for one that cannot be shown."""
        stated = next(iter(self._columns.values(row, "group_id")), "")
        return product_id(stated, "group_id") if stated != "" else ""

    def product(self, row: Mapping[str, Any], role: Role = "product") -> Product:
        """The row's product; of a ``parent`` what its variants share. Raises RowRejected."""
        values = {field: self._columns.values(row, field) for field in self._columns.columns}
        for field, found in values.items():
            if field != "specs" and any(len(v) > MAX_VALUE_CHARS for v in map(_sized, found)):
                raise RowRejected(field, f"has more than {MAX_VALUE_CHARS:,} characters")
        title = plain_text(_first(values, "title"))
        steps = category_path(values.get("category", ()))
        description = " ".join(text for v in values.get("description", ()) if (text := plain_text(v)))
        need = self._need(values) or classify_need(title, steps, description)
        age_min, age_max = self._ages(values, title, steps, description)
        own_id = product_id(_first(values, "product_id"))
        price = UNPRICED if role == "parent" else self._price(values)
        fields = {
            "product_id": own_id,
            "title": title,
            "description": description,
            "price": price,
            "category": " > ".join(steps),
            "brand": brand_name(_first(values, "brand")),
            "need": need,
            "tags": (text_list(values.get("tags", ())) or [step.lower() for step in steps])[:MAX_TAGS],
            "age_min_years": age_min,
            "age_max_years": age_max,
            "rating": self._optional(values, "rating", rating_of_5),
            "rating_count": self._optional(values, "rating_count", whole_number),
            "origin": plain_text(_first(values, "origin")),
            "pack_size": self._optional(values, "pack_size", whole_number) or units_in_pack(title, need),
            "stock": stock_pieces(_first(values, "stock")),
            "delivery_days": self._optional(values, "delivery_days", longest_days),
            "seller": plain_text(_first(values, "seller"))[:MAX_SELLER_CHARS],
        }
        fields |= self._charges(values, price)
        lists = ("interests", "themes", "occasions", "materials", "colors", "contains")
        fields |= {field: text_list(values.get(field, ())) for field in lists}
        fields["specs"] = specs_of(self._columns.others(row))
        fields = in_quarantine(fields, values, next(iter(values.get("neutralised", ())), ()))
        if not fields["title"]:
            raise RowRejected("title", "is empty")
        options, tricks = self._options(row)
        if tricks:
            fields["neutralised"].append(told("options", tricks))
        fields["variants"] = self._variants(values)
        fields["derived"] = self._derived(values) or _derived_age(values, fields)
        if role == "product" and values.get("group_id"):
            own = {name: fields[name] for name in ("product_id", "price", "stock")}
            fields["variants"] = [own | {"options": options}]
        if not fields["colors"]:
            fields["colors"] = stated_colors(title, [options])
        try:
            return Product.model_validate(fields)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise RowRejected(".".join(map(str, first["loc"])), first["msg"]) from None

    def _price(self, values: Mapping[str, list[Any]]) -> Money:
        if not values.get("price"):
            raise RowRejected("price", "is empty")
        try:
            stated = _first(values, "currency")
            currency = as_currency(stated) if stated else self._currency
        except ValueError as error:
            raise RowRejected("currency", str(error)) from None
        try:
            price = self._read(values["price"][0], currency)
        except UnreadablePrice as error:
            raise RowRejected("price", str(error)) from None
        return self._sale_price(values, price) or price

    def _charges(self, values: Mapping[str, list[Any]], price: Money) -> dict[str, Any]:
        """Shipping and tax; amounts in another currency than the price's cannot be added to it, and are not stated."""
        currency = (self._currency or "") if price is UNPRICED else price.currency

        def read(value: Any) -> Money:
            return self._read(value, currency or None)

        return {
            "shipping": self._optional(values, "shipping", lambda v: read_shipping(v, read, currency)),
            "free_shipping_from": self._optional(
                values, "free_shipping_from", lambda v: read_threshold(v, read, currency)
            ),
            "tax_percent": self._optional(values, "tax_percent", read_tax_percent),
        }

    def _read(self, value: Any, currency: str | None) -> Money:
        return read_minor(value, currency) if self._unit == "minor" else read_price(value, currency)

    def _sale_price(self, values: Mapping[str, list[Any]], price: Money) -> Money | None:
        """The sale price, where it holds now and is lower. Unreadable, it is none: the regular price is safe."""
        if not values.get("sale_price"):
            return None
        try:
            sale = self._read(values["sale_price"][0], price.currency)
            on = is_on(str(_first(values, "sale_dates")), self._now)
        except (UnreadablePrice, UnreadableDates) as error:
            self.ignored["sale_price" if isinstance(error, UnreadablePrice) else "sale_dates"] += 1
            return None
        return sale if on and sale.currency == price.currency and sale < price else None

    def options(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The row's options by name: an object's as they are, a column's under the column's name."""
        return self._options(row)[0]

    def _options(self, row: Mapping[str, Any]) -> tuple[dict[str, str], frozenset[Trick]]:
        columns = [c for c in self._columns.columns.get("options", ()) if row.get(c) not in (None, "", [], {})]
        options: dict[str, str] = {}
        for column, value in zip(columns, self._columns.values(row, "options"), strict=False):
            options |= value if isinstance(value, dict) else {column: value}
        plain = {plain_text(name): text for name, value in options.items() if (text := plain_text(value))}
        return options_in_quarantine(plain)

    def _variants(self, values: Mapping[str, list[Any]]) -> list[Variant]:
        """The variants of a product that was exported by us."""
        if not values.get("variants"):
            return []
        try:
            found = [Variant.model_validate(one) for one in values["variants"][0]]
            return [one.model_copy(update={"options": options_in_quarantine(one.options)[0]}) for one in found]
        except (ValidationError, TypeError):
            self.ignored["variants"] += 1
            return []

    def _derived(self, values: Mapping[str, list[Any]]) -> list[Derived]:
        """What was derived for a product that was exported by us; `tools.catalog.aspects` tests it against the text."""
        if not values.get("derived"):
            return []
        try:
            return [Derived.model_validate(one) for one in values["derived"][0]]
        except (ValidationError, TypeError):
            self.ignored["derived"] += 1
            return []

    def _need(self, values: Mapping[str, list[Any]]) -> NeedKind | None:
        return self._optional(values, "need", lambda v: v if v in get_args(NeedKind) else None)

    def _ages(
        self, values: Mapping[str, list[Any]], title: str, steps: list[str], description: str
    ) -> tuple[int | None, int | None]:
        texts = [plain_text(value) for value in values.get("age_min_years", ())]
        ages = read_ages(texts, title, " > ".join(steps), description)
        low, high = ages.min, self._optional(values, "age_max_years", _age)
        high = ages.max if high is None else high
        if is_for_adults(title, steps, description) or any(text.lower() in ("adult", "adults") for text in texts):
            low = max(low or 0, ADULT_YEARS)
        return low, None if high is not None and low is not None and high < low else high

    def _optional(self, values: Mapping[str, list[Any]], field: str, read: Any) -> Any:
        if not values.get(field):
            return None
        found = read(_first(values, field))
        if found is None:
            self.ignored[field] += 1
        return found


def product_id(value: Any, field: str = "product_id") -> str:
    """The feed's id as it is, without blanks around. Raises RowRejected for an empty, endless or unprintable one."""
    text = str(value).strip()
    if len(text) > MAX_ID_CHARS:
        raise RowRejected(field, f"has more than {MAX_ID_CHARS} characters")
    if not text or not text.isprintable():
        raise RowRejected(field, "is empty" if not text else f"{text[:40]!r} has characters that cannot be shown")
    return text


def _derived_age(values: Mapping[str, list[Any]], fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """The words that ages were read from, where no column states them."""
    low, high = fields["age_min_years"], fields["age_max_years"]
    if values.get("age_min_years") or values.get("age_max_years") or (low is None and high is None):
        return []
    found = age_words(Ages(low, high), ((name, fields[name]) for name in ("title", "category", "description")))
    return [{"kind": "age", "name": age_name(low, high), "field": found[0], "words": found[1]}] if found else []


def _first(values: Mapping[str, list[Any]], field: str) -> Any:
    return next(iter(values.get(field, ())), "")


def _sized(value: Any) -> str | list[Any]:
    return str(value) if not isinstance(value, str) else value


def _age(value: Any) -> int | None:
    years = whole_number(value)
    return years if years is not None and years <= 120 else None
