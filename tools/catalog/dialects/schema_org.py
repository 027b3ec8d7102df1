"""schema.org ``Product`` as JSON-LD: objects, lists and ``@graph``, one file or one object a line.

Of several offers the cheapest that is in stock is the price; an ``AggregateOffer`` counts where its ends are equal.
A ``ProductGroup`` is the parent of its variants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from tools.catalog.feeds.feed import Feed, Row
from tools.catalog.feeds.json_values import LISTS
from tools.catalog.intake.delivery import days_in_all

_ADDED = (
    *("product_id", "group_id", "title", "description", "price", "currency", "category", "brand", "tags", "stock"),
    *("rating", "rating_count", "age_min_years", "age_max_years", "colors", "materials", "origin", "options"),
    *("seller", "shipping", "free_shipping_from", "delivery_days", "specs"),
)
_IDS = ("productID", "sku", "gtin", "gtin13", "gtin12", "gtin14", "gtin8", "mpn", "@id", "url")
_HOLDERS = ("@graph", "mainEntity", "itemListElement", "item", "hasVariant", "isVariantOf")
_SPECS = ("size", "pattern", "model", "mpn", "width", "height", "depth", "weight", "award")
_UNITS = {"INH": "inch", "CMT": "cm", "MMT": "mm", "MTR": "m", "KGM": "kg", "GRM": "g", "LTR": "l", "MLT": "ml"}
"""The commonest UN/CEFACT codes."""

_OPTIONS = ("color", "size", "material", "pattern")


def schema_org(feed: Feed) -> Feed | None:
    """The feed in our words, or None where it is no JSON-LD."""
    if not {"@type", "@context", "@graph"} & set(feed.columns) or not feed.format.startswith("JSON"):
        return None
    columns = tuple(dict.fromkeys((*_ADDED, *feed.columns)))
    return replace(feed, format=f"schema.org JSON-LD ({feed.format})", columns=columns, rows=_rows(feed))


def _rows(feed: Feed) -> Iterator[Row]:
    for row in feed.rows:
        if row.problem:
            yield row
        elif products := list(_products(row.values)):
            for node, group, role in products:
                yield replace(row, values=node | _told(node, group), role=role)
        elif not _is(row.values, "BreadcrumbList", "Organization", "WebSite", "WebPage", "Person", "ImageObject"):
            yield replace(row, values={}, problem="holds no schema.org Product")


def _products(node: Any, group: str = "") -> Iterator[tuple[dict[str, Any], str, Any]]:
    """The products in a node, in order, each with the id of its group."""
    if isinstance(node, list):
        for one in node:
            yield from _products(one, group)
    elif not isinstance(node, dict):
        return
    elif _is(node, "ProductGroup"):
        own = _text(node.get("productGroupID")) or _id(node)
        yield node, own, "parent"
        yield from _products(node.get("hasVariant"), own)
    elif _is(node, "Product", "IndividualProduct", "ProductModel", "Book", "Vehicle", "Movie", "VideoGame"):
        of = node.get("isVariantOf")
        declared = _text(of.get("productGroupID")) or _text(of.get("@id")) if isinstance(of, dict) else ""
        declared = group or _text(node.get("inProductGroupWithID")) or declared
        yield node, declared, "product"
        yield from _products(node.get("hasVariant"), declared)
    else:
        for key in (*_HOLDERS, *LISTS):
            yield from _products(node.get(key), group)


def _told(node: dict[str, Any], group: str) -> dict[str, Any]:
    offer = _offer(node.get("offers"))
    rating = _dict(node.get("aggregateRating"))
    audience = _dict(node.get("audience"))
    best = _text(rating.get("bestRating"))
    details = [one for one in _list(offer.get("shippingDetails")) if isinstance(one, dict)]
    return {
        "product_id": _text(node.get("productGroupID")) or _id(node),
        "group_id": group,
        "title": _text(node.get("name")),
        "description": _text(node.get("description")),
        "price": offer.get("price"),
        "currency": _text(offer.get("priceCurrency")),
        "category": _text(node.get("category")),
        "brand": _text(node.get("brand")) or _text(node.get("manufacturer")),
        "tags": node.get("keywords") if isinstance(node.get("keywords"), list) else _text(node.get("keywords")),
        "stock": _stock(offer),
        "rating": f"{_text(rating.get('ratingValue'))}/{best}" if best else _text(rating.get("ratingValue")),
        "rating_count": _text(rating.get("ratingCount")) or _text(rating.get("reviewCount")),
        "age_min_years": _text(audience.get("suggestedMinAge")),
        "age_max_years": _text(audience.get("suggestedMaxAge")),
        "colors": _text(node.get("color")),
        "materials": _text(node.get("material")),
        "origin": _text(node.get("countryOfOrigin")),
        "options": {name: text for name in _OPTIONS if (text := _text(node.get(name)))} if group else {},
        "seller": _text(offer.get("seller")) or _text(offer.get("offeredBy")),
        "shipping": [_shipping(one) for one in details],
        "free_shipping_from": next((_amount_of(one.get("freeShippingThreshold")) for one in details), None),
        "delivery_days": next((days for one in details if (days := _days(one)) is not None), None),
        "specs": [*_properties(node), *({"name": name, "value": _measure(node.get(name))} for name in _SPECS)],
    }


def _shipping(detail: dict[str, Any]) -> dict[str, Any]:
    """A shipping charge as one of Google's entries."""
    return {
        "country": _text(_dict(detail.get("shippingDestination")).get("addressCountry")),
        "price": _amount_of(detail.get("shippingRate")),
    }


def _amount_of(node: Any) -> dict[str, str] | None:
    """A MonetaryAmount; of one with an upper end, that."""
    amount = _dict(node)
    value = _text(amount.get("value") if amount.get("value") is not None else amount.get("maxValue"))
    return {"amount": value, "currency": _text(amount.get("currency"))} if value else None


def _days(detail: dict[str, Any]) -> int | None:
    times = _dict(detail.get("deliveryTime"))
    handling, transit = (_dict(times.get(part)) for part in ("handlingTime", "transitTime"))
    if any(_text(time.get("unitCode")).upper() not in ("", "DAY", "D") for time in (handling, transit)):
        return None
    return days_in_all(*(_text(time.get("maxValue") or time.get("value")) for time in (handling, transit)))


def _properties(node: dict[str, Any]) -> list[dict[str, str]]:
    found = (one for one in _list(node.get("additionalProperty")) if isinstance(one, dict))
    return [{"name": _text(one.get("name")) or _text(one.get("propertyID")), "value": _measure(one)} for one in found]


def _measure(value: Any) -> str:
    """The text of a value, of a quantity with its unit: "27 inch"."""
    node = _dict(value)
    if "value" not in node:
        return _text(value)
    told = node["value"]
    if isinstance(told, bool):
        return "yes" if told else "no"
    return f"{_text(told)} {_text(node.get('unitText')) or _UNITS.get(_text(node.get('unitCode')).upper(), '')}".strip()


def _offer(offers: Any) -> dict[str, Any]:
    """The cheapest offer, of those in stock where there are any, with its price and currency."""
    nodes = [_priced(node) for node in (offers if isinstance(offers, list) else [offers]) if isinstance(node, dict)]
    for node in list(nodes):
        inner = node.get("offers")
        nodes += [_priced(one) for one in (inner if isinstance(inner, list) else [inner]) if isinstance(one, dict)]
    offered = [node for node in nodes if _amount(node) is not None]
    available = [node for node in offered if _stock(node) != "0"]
    return min(available or offered, key=lambda node: _amount(node) or Decimal(0), default=next(iter(nodes), {}))


def _priced(node: dict[str, Any]) -> dict[str, Any]:
    specified = next((s for s in _list(node.get("priceSpecification")) if isinstance(s, dict)), {})
    low, high = node.get("lowPrice"), node.get("highPrice")
    price = node.get("price") or specified.get("price")
    if price is None and low is not None:
        price = low if high is None or _text(high) == _text(low) else f"{_text(low)} - {_text(high)}"
    currency = node.get("priceCurrency") or specified.get("priceCurrency")
    return node | {"price": price, "priceCurrency": currency}


def _amount(node: dict[str, Any]) -> Decimal | None:
    try:
        amount = Decimal(_text(node.get("price")))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _stock(offer: dict[str, Any]) -> str:
    word = _text(offer.get("availability")).rpartition("/")[2].lower()
    if word in ("outofstock", "soldout", "discontinued", "preorder", "presale", "backorder", "reserved"):
        return "0"
    return _text(_dict(offer.get("inventoryLevel")).get("value"))


def _id(node: dict[str, Any]) -> str:
    return next((text for name in _IDS if (text := _text(node.get(name)))), "")


def _is(node: dict[str, Any], *kinds: str) -> bool:
    types = {str(kind).rpartition("/")[2].rpartition(":")[2] for kind in _list(node.get("@type"))}
    return bool(types.intersection(kinds))


def _text(value: Any) -> str:
    """The text of a value, of a named thing, or of the first of several."""
    if isinstance(value, list):
        return next((text for one in value if (text := _text(one))), "")
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value") or value.get("@id"))
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def _dict(value: Any) -> dict[str, Any]:
    return next((one for one in _list(value) if isinstance(one, dict)), {})


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
