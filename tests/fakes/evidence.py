"""Three products and the evidence of picking them."""

from __future__ import annotations

from typing import Any

from tools.brief import Brief
from tools.money import Money
from tools.product import NeedKind, Product
from tools.receipts.evidence import Evidence, PickEvidence
from tools.receipts.reasons import reasons
from tools.request import Pick


def can(**changed: Any) -> Product:
    return _product(
        {
            "product_id": "can",
            "title": "Copper Watering Can",
            "description": "A long spout for the far pots.",
            "price": Money.of("42.50", "USD"),
            "category": "Garden > Watering",
            "brand": "Fern & Vale",
            "interests": ["gardening"],
            "materials": ["copper"],
            "rating": 4.6,
            "rating_count": 212,
        },
        changed,
    )


def poster(**changed: Any) -> Product:
    return _product(
        {
            "product_id": "poster",
            "title": "Blue Note Jazz Poster",
            "description": "A trumpet player at night.",
            "price": Money.of("19.00", "USD"),
            "category": "Home > Wall Art",
            "brand": "Nightwall",
            "interests": ["jazz"],
            "materials": ["paper"],
            "rating": 4.1,
            "rating_count": 38,
        },
        changed,
    )


def seeds(**changed: Any) -> Product:
    return _product(
        {
            "product_id": "seeds",
            "title": "Seed Starter Set",
            "description": "Peat pots with basil and thyme.",
            "price": Money.of("8.25", "USD"),
            "category": "Garden > Seeds",
            "interests": ["gardening"],
            "pack_size": 12,
        },
        changed,
    )


def picked(
    number: int, product: Product, *, need: NeedKind = "gift", quantity: int = 1, units: int = 1
) -> PickEvidence:
    return PickEvidence(
        number=number,
        need=need,
        product=product,
        quantity=quantity,
        units=units,
        price=product.price,
        cost=product.price * quantity,
        answers=[],
        reasons=[],
    )


def evidence(brief: Brief, *picks: PickEvidence, currency: str = "USD") -> Evidence:
    """Evidence of these picks, their reasons as the catalogue and the brief give them."""
    for one in picks:
        pick = Pick(need=one.need, product_id=one.product.product_id, quantity=one.quantity, units=one.units)
        one.reasons = reasons(one.product, one.cost, pick, brief)
    return Evidence(status="recommended", currency=currency, brief=brief, picks=list(picks))


def _product(facts: dict[str, Any], changed: dict[str, Any]) -> Product:
    return Product.model_validate(facts | changed)
