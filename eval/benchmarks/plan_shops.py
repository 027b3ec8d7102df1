"""Random small shops and plan requests as plain JSON, and what of them is possible, by brute force.

Imports nothing of the planner: products and briefs are written as a feed and a session would have them.
"""

from __future__ import annotations

import datetime
import itertools
import random
from fractions import Fraction
from typing import Any

from eval.benchmarks.plan_judge import total

Json = dict[str, Any]

TODAY = datetime.date(2026, 6, 1)
NEEDS = ("cake", "favours", "decorations", "tableware")
THINGS = ("Star", "Moon", "Comet", "Rocket", "Planet", "Orbit", "Galaxy", "Meteor")
MATERIALS = ("plastic", "paper", "glitter", "wood")
"""One of them is in each title, so whoever avoids it cannot have the product."""


def random_shop(rng: random.Random) -> list[Json]:
    """Three to six products of each of two to four kinds, in US dollars."""
    rates = {seller: (rng.choice([None, rng.randint(100, 900)]), rng.choice([None, 2000, 4000])) for seller in "AB"}
    kinds = rng.sample(NEEDS, rng.randint(2, 4))
    shipped = rng.random() < 0.5
    return [
        _product(rng, kind, number, rates if shipped else {"A": (None, None)})
        for kind in kinds
        for number in range(rng.randint(3, 6))
    ]


def _product(rng: random.Random, kind: str, number: int, rates: dict[str, tuple[int | None, int | None]]) -> Json:
    seller = rng.choice(sorted(rates))
    shipping, free = rates[seller]
    return {
        "product_id": f"{kind}-{number}-{rng.randrange(10**9)}",
        "title": f"{rng.choice(THINGS)} {kind} of {rng.choice(MATERIALS)}",
        "price": _money(rng.randint(100, 3000)),
        "need": kind,
        "pack_size": 1 if kind == "cake" else rng.choice([1, 4, 6, 12]),
        "stock": rng.choice([None, None, 1, 2, 12, 50]),
        "delivery_days": rng.choice([1, 3, 6, None]),
        "age_min_years": rng.choice([None, None, None, 8]),
        "rating": rng.choice([None, 3.9, 4.4, 4.8]),
        "rating_count": rng.randint(1, 400),
        "seller": seller,
        "shipping": _money(shipping) if shipping else None,
        "free_shipping_from": _money(free) if shipping and free else None,
        "tax_percent": rng.choice([None, None, None, "7.25"]),
    }


def random_brief(rng: random.Random, shop: list[Json]) -> Json:
    """A plan of all kinds that the shop sells, under rules and a budget that leave much, little or nothing."""
    kinds = list(dict.fromkeys(product["need"] for product in shop))
    needs = [_need(rng, kind, shop) for kind in kinds]
    high = rng.randint(900, 2600) * len(kinds)
    budget = {"min": _amount(rng.randint(0, high)) if rng.random() < 0.2 else None, "max": _amount(high)}
    return {
        "needs": needs,
        "avoid": rng.sample(MATERIALS, rng.choice([0, 0, 1, 2])),
        "recipient": {"age_years": rng.choice([None, 6, 9])},
        "date": rng.choice([None, str(TODAY + datetime.timedelta(days=rng.choice([2, 5, 9])))]),
        "budget": budget,
        "joint": [_joint(rng, kinds)] if rng.random() < 0.3 else [],
        "vouchers": [_voucher(rng, kinds) for _ in range(rng.choice([0, 0, 1, 2]))],
    }


def _need(rng: random.Random, kind: str, shop: list[Json]) -> Json:
    of_kind = [product["product_id"] for product in shop if product["need"] == kind]
    return {
        "kind": kind,
        "quantity": 1 if kind == "cake" else rng.choice([1, 8, 12]),
        "importance": rng.randint(1, 3),
        "min": rng.choice([None] * 9 + ["10"]),
        "max": rng.choice([None] * 5 + ["25"]),
        "keep": rng.choice([None] * 14 + [of_kind[0]]),
    }


def _joint(rng: random.Random, kinds: list[str]) -> Json:
    together = rng.sample(kinds, 2)
    return {"kinds": together, "min": rng.choice([None, None, "15"]), "max": rng.choice(["20", "35", "60"])}


def _voucher(rng: random.Random, kinds: list[str]) -> Json:
    worth = rng.choice(
        [{"percent": rng.choice(["10", "12.5", "20"])}, {"amount": rng.choice(["5", "10"])}, {"free_shipping": True}]
    )
    return {
        **worth,
        "from_total": rng.choice([None, "30", "60"]),
        "kind": rng.choice([None, None, rng.choice(kinds)]),
        "combinable": rng.random() < 0.7,
    }


def _money(minor: int) -> Json:
    return {"amount": _amount(minor), "currency": "USD"}


def _amount(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


# -- the judge ----------------------------------------------------------------


def minor(amount: str | None) -> int | None:
    """Cents of an amount."""
    return None if amount is None else int(Fraction(amount) * 100)


def packs(product: Json, need: Json) -> int:
    """How many packs serve the need."""
    return -(-need["quantity"] // product["pack_size"])


def serves(product: Json, need: Json, brief: Json) -> bool:
    """Whether the product keeps every rule but those of the total."""
    age, stock, days = brief["recipient"]["age_years"], product["stock"], product["delivery_days"]
    left = (datetime.date.fromisoformat(brief["date"]) - TODAY).days if brief["date"] else None
    line = option(product, need)
    cost = line["goods"] + line["tax"]
    return (
        product["need"] == need["kind"]
        and need["keep"] in (None, product["product_id"])
        and (stock is None or stock >= packs(product, need))
        and (age is None or product["age_min_years"] is None or age >= product["age_min_years"])
        and (left is None or (7 if days is None else days) <= left)
        and not any(word in product["title"].split() for word in brief["avoid"])
        and (minor(need["min"]) or 0) <= cost
        and (need["max"] is None or cost <= (minor(need["max"]) or 0))
    )


def option(product: Json, need: Json) -> Json:
    """The product as `plan_judge` accounts it."""
    goods = (minor(product["price"]["amount"]) or 0) * packs(product, need)
    free = product["free_shipping_from"]
    return {
        "goods": goods,
        "tax": int(goods * Fraction(product["tax_percent"] or 0) / 100 + Fraction(1, 2)),
        "seller": product["seller"],
        "shipping": minor(product["shipping"]["amount"]) if product["shipping"] else 0,
        "free_from": minor(free["amount"]) if free else None,
    }


def to_pay(brief: Json, picks: list[Json]) -> int:
    """The total of one product for each need, in their order, in cents."""
    vouchers = [
        {
            "share": [int(Fraction(v["percent"]) * 10), 1000] if v.get("percent") else None,
            "amount": minor(v.get("amount")) or 0,
            "free_shipping": bool(v.get("free_shipping")),
            "from_total": minor(v["from_total"]) or 0,
            "kind": v["kind"],
            "combinable": v["combinable"],
        }
        for v in brief["vouchers"]
    ]
    lines = [option(product, need) for product, need in zip(picks, brief["needs"], strict=True)]
    return total({"needs": brief["needs"], "vouchers": vouchers}, lines)


def admissible(brief: Json, picks: list[Json]) -> bool:
    """Whether the plan keeps every rule."""
    low, high = minor(brief["budget"]["min"]) or 0, minor(brief["budget"]["max"])
    kept = all(serves(product, need, brief) for product, need in zip(picks, brief["needs"], strict=True))
    for bound in brief["joint"]:
        lines = [option(p, n) for p, n in zip(picks, brief["needs"], strict=True) if n["kind"] in bound["kinds"]]
        cost = sum(line["goods"] + line["tax"] for line in lines)
        kept = (
            kept and (minor(bound["min"]) or 0) <= cost and (bound["max"] is None or cost <= (minor(bound["max"]) or 0))
        )
    return kept and low <= (paid := to_pay(brief, picks)) and (high is None or paid <= high)


def possible(shop: list[Json], brief: Json) -> bool:
    """Whether any combination of products keeps every rule."""
    menus = [[product for product in shop if serves(product, need, brief)] for need in brief["needs"]]
    return any(admissible(brief, list(picks)) for picks in itertools.product(*menus))
