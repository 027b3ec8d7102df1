"""A feed's other attributes, "screen size: 27 inch", under their own names: what no field of a product takes.

Kept is what tells a shopper something. Addresses, pictures, ids, dates, the shop's own flags and logistics are not,
and neither are texts: those belong into the description. All is bounded, since a feed may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from tools.catalog.intake.cleaning import plain_text

MAX_SPECS = 100
MAX_NAME_CHARS = 60
MAX_VALUE_CHARS = 500
MAX_CHARS = 10_000
"""Of all names and values of one product together."""

LONGEST_READ = 5_000
"""A raw value beyond this is a page, not an attribute."""

_PREFIX = re.compile(
    r"^(?:attr(?:ibute)?s?|specs?|specifications?|prop(?:erty|erties)?|features?|params?|filter|pa|meta|custom|c|g)"
    r"[_:.]+(?:[a-z]_)?(?=.)",
    re.IGNORECASE,
)
_CODE_NAME = re.compile(r"[A-Za-z0-9]+(?:[_.]+[A-Za-z0-9]*)+")
_NEVER = re.compile(
    r"""(?:^|_)(?:
        ids?|uuid|guid|hash|token|urls?|uri|links?|href|src|slug|seo|canonical|image|images|img|thumb(?:nail)?s?|photos?
        |pictures?|gallery|icons?|logo|videos?|skus?|ean\d*|gtin\d*|upc|barcode|asin|isbn\d*|date|datetime|timestamp
        |created|updated|modified|prices?|cost|margin|msrp|rrp|currency|tax|vat|discount|stock|inventory|warehouse
        |reviews?|ratings?|questions?|sellers?|shipping|fulfil?lment|pallet|carton|package|packaging|master|harmonized
        |tariff|hs_code|custom_label|ads?|adwords|promotion|commission|destination|template|visible|visibility
    )(?:_|$)
    |^(?:is|has)_(?:active|enabled|visible|published|deleted|featured|new|available|default|variant|in_stock)$
    |^(?:internal|admin|system|tracking|debug|tmp|temp|yoast|rank_math|wp|wpml|google_shopping|unnamed|variant
        |included|option\d)_
    |_(?:at|by|ts|utc|flag|count)$
    """,
    re.VERBOSE,
)
"""Names of addresses, pictures, ids, money, logistics and a shop's own bookkeeping."""

_BARE = re.compile(
    r"""name|type|value|status|state|active|enabled|visible|visibility|hidden|published|deleted|featured|promoted|sponsored|taxable|virtual
    |downloadable|gift_?card|in_stock|availability|position|sort|sort_order|order|rank|score|weight_unit|language|locale
    |lang|country|version|key|index|row|flags?|internal|adult|condition|is_bundle|multipack|time|parent|children|handle
    |vendor_code|supplier_code|last_change|identifier_exists|upsells|cross_sells|product_category|custom_product_type
    |(?:max|min)_(?:handling|transit)_time|ships_from_country|transit_time_label""",
    re.VERBOSE,
)
"""Names of columns that are about the record, unless they are marked as attributes ("attr_type")."""

_TEXT = re.compile(r"(?i)<(?:p|div|br|ul|ol|li|table|h[1-6]|section|iframe|script|style)\b")
_NO_VALUE = re.compile(
    r"(?i)(?:https?:|www\.|data:|//|/|mailto:)\S*|\S+\.(?:jpe?g|png|gif|webp|svg|pdf|html?|mp4)"
    r"|\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d\S*)?|[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}|[0-9a-f]{24,}|[{\[].*[}\]]"
    r"|none|null|nan|n/?a|unknown|not (?:applicable|available|specified)|unspecified|undefined|default"
)
_NO = re.compile(r"(?i)no|false|n|0\.0|not? included")
_NAME_KEYS = ("name", "attribute_name", "key", "label", "title", "attribute")
_VALUE_KEYS = ("value", "values", "attribute_value", "val", "text", "options")


def specs_of(columns: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """The attributes that the columns state, cleaned, in order; several values of one name are joined.

    A value may be a text, a number, a flag (kept where it holds), a list of texts, or a mapping or list of further
    named values.
    """
    specs: dict[str, str] = {}
    chars = 0
    for name, text in _pairs(columns):
        before = specs.get(name)
        known = before is not None and (text == before or text in before.split(", "))
        if known or (before is not None and len(before) + len(text) + 2 > MAX_VALUE_CHARS):
            continue
        chars += len(text) + (0 if before else len(name))
        if chars > MAX_CHARS or (before is None and len(specs) >= MAX_SPECS):
            break
        specs[name] = f"{before}, {text}" if before else text
    return specs


@lru_cache(maxsize=1 << 14)
def attribute_name(column: str, *, marked: bool = False) -> str:
    """How an attribute of this column is called; nothing where the column is not an attribute.

    ``marked``: the feed calls it one, by the place where it stands.
    """
    name = plain_text(column[: 4 * MAX_NAME_CHARS])
    short = _PREFIX.sub("", name)
    compared, whole = (re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") for text in (short, name))
    marked = marked or short != name
    if _NEVER.search(compared) or _NEVER.search(whole) or (_BARE.fullmatch(compared) and not marked):
        return ""
    if _CODE_NAME.fullmatch(short):
        short = " ".join(re.split(r"[_.]+", short))
    short = short.strip(" :_")[:MAX_NAME_CHARS].strip()
    return short if any(char.isalpha() for char in short) else ""


def _pairs(columns: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for column, value in columns:
        for name, one, marked in _named(str(column), value):
            if (shown := attribute_name(name, marked=marked)) and (text := _value(shown, one)):
                yield shown, text


def _named(column: str, value: Any, depth: int = 0) -> Iterator[tuple[str, Any, bool]]:
    """The named values in a value, and whether they stood inside of it.

    Of a mapping its entries, of a list of mappings each one's name and value.
    """
    if isinstance(value, Mapping) and depth < 2:
        keys = {str(key).lower(): key for key in value}
        name = next((keys[key] for key in _NAME_KEYS if key in keys), None)
        own = next((keys[key] for key in _VALUE_KEYS if key in keys), None)
        if own is not None and (name is not None or "unit" in keys):
            unit = value[keys["unit"]] if "unit" in keys else None
            text = value[own] if unit is None else f"{value[own]} {unit}"
            yield (column if name is None else str(value[name])), text, depth > 0 or name is not None
        elif attribute_name(column, marked=depth > 0):  # else the parts are those of a price or a picture
            for key, one in value.items():
                yield from _named(str(key), one, depth + 1)
    elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value) and depth < 2:
        for one in value[: 2 * MAX_SPECS]:
            yield from _named(column, one, depth)
    else:
        yield column, value, depth > 0


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no" if name.lower().endswith("free") else ""
    if isinstance(value, list):
        shown = (_value(name, one) for one in value[:50] if not isinstance(one, list | Mapping))
        return ", ".join(dict.fromkeys(filter(None, shown)))[:MAX_VALUE_CHARS]
    if value is None or isinstance(value, Mapping):
        return ""
    raw = str(value)
    if len(raw) > LONGEST_READ or (len(raw) > MAX_VALUE_CHARS and _TEXT.search(raw)):
        return ""
    text = plain_text(re.sub(r"(?:\s*\\n\s*)+", ", ", raw) if "\\n" in raw else raw)
    text = re.sub(r"^(-?\d+)\.0+$", r"\1", text)
    if not any(char.isalnum() for char in text) or _NO_VALUE.fullmatch(text):
        return ""
    if _NO.fullmatch(text) and not name.lower().endswith("free"):
        return ""  # what a thing is not would only be found by who looks for it
    return text if len(text) <= MAX_VALUE_CHARS else text[:MAX_VALUE_CHARS].rpartition(" ")[0]
