"""Brute force over a plan's every combination, and random instances for it. Imports nothing of the planner.

An instance here is plain JSON, so that what it means is written down twice: in `tools.planning` and, on its own, here.
Amounts are minor units.

    {"needs": [{"kind", "importance", "low", "high", "keep", "options": [{"id", "goods", "tax", "seller", "shipping",
     "free_from", "fit", "demerit", "answers", "themes", "look"}]}], "joint": [{"kinds", "low", "high"}],
     "vouchers": [{"label", "share": [2, 10] | null, "amount", "from_total", "free_shipping", "kind", "combinable"}],
     "low", "high", "reference", "money"}
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

KINDS = ("cake", "favours", "decorations", "tableware", "activity", "gift", "balloons", "music")


# -- what a plan comes to -----------------------------------------------------


def total(instance: Json, picks: list[Json]) -> int:
    """What is to be paid for one option of each need, in the order of the needs."""
    goods = sum(pick["goods"] for pick in picks)
    return goods - discount(instance, picks) + shipping(picks) + sum(pick["tax"] for pick in picks)


def discount(instance: Json, picks: list[Json]) -> int:
    """The most that any set of vouchers which may be used together takes off."""
    spent = dict.fromkeys((need["kind"] for need in instance["needs"]), 0)
    for need, pick in zip(instance["needs"], picks, strict=True):
        spent[need["kind"]] += pick["goods"]
    vouchers, best = instance["vouchers"], 0
    for size in range(len(vouchers) + 1):
        for used in itertools.combinations(vouchers, size):
            if size < 2 or all(voucher["combinable"] for voucher in used):
                best = max(best, _taken_off(used, spent) + _waived(used, spent, picks))
    return best


def _waived(used: tuple[Json, ...], spent: dict[str, int], picks: list[Json]) -> int:
    """The shipping, if one of these vouchers is for it and its goods are enough."""
    for voucher in used:
        base = sum(spent.values()) if voucher["kind"] is None else spent.get(voucher["kind"], 0)
        if voucher["free_shipping"] and base >= voucher["from_total"]:
            return shipping(picks)
    return 0


def _taken_off(used: tuple[Json, ...], spent: dict[str, int]) -> int:
    everything = sum(spent.values())
    of_kind: dict[str, int] = {}
    of_all = 0
    for voucher in used:
        base = everything if voucher["kind"] is None else spent.get(voucher["kind"], 0)
        if base < voucher["from_total"] or voucher["free_shipping"]:
            continue
        if voucher["share"] is not None:
            above, below = voucher["share"]
            off = (base * above) // below
        else:
            off = min(voucher["amount"], base)
        if voucher["kind"] is None:
            of_all += off
        else:
            of_kind[voucher["kind"]] = of_kind.get(voucher["kind"], 0) + off
    return min(everything, of_all + sum(min(off, spent.get(kind, 0)) for kind, off in of_kind.items()))


def shipping(picks: list[Json]) -> int:
    """One parcel a seller, at its dearest rate that is not free."""
    due = 0
    for seller in {pick["seller"] for pick in picks}:
        parcel = [pick for pick in picks if pick["seller"] == seller]
        worth = sum(pick["goods"] for pick in parcel)
        due += max(
            0 if pick["free_from"] is not None and worth >= pick["free_from"] else pick["shipping"] for pick in parcel
        )
    return due


# -- how good it is -----------------------------------------------------------


def value(instance: Json, picks: list[Json]) -> int:
    """The objective, as documented."""
    points = sum(n["importance"] * p["fit"] - p["demerit"] for n, p in zip(instance["needs"], picks, strict=True))
    points += 900 * len({wish for pick in picks for wish in pick["answers"]})
    themes = {theme for pick in picks for theme in pick["themes"]}
    points -= 5_000 * min((sum(bool(p["themes"]) and t not in p["themes"] for p in picks) for t in themes), default=0)
    looks = [look for pick in picks for look in set(pick["look"])]
    points -= 50_000 * (len(looks) - len(set(looks)))
    return instance["reference"] * points + instance["money"] * (instance["reference"] - total(instance, picks))


def admissible(instance: Json) -> Iterator[list[Json]]:
    """Every combination that keeps every bound and every kept pick."""
    menus = [
        [
            option
            for option in need["options"]
            if need["low"] <= option["goods"] + option["tax"]
            and (need["high"] is None or option["goods"] + option["tax"] <= need["high"])
            and need["keep"] in (None, option["id"])
        ]
        for need in instance["needs"]
    ]
    for picks in itertools.product(*menus):
        to_pay = total(instance, list(picks))
        if not all(_joined(instance, bound, picks) for bound in instance["joint"]):
            continue
        if instance["low"] <= to_pay and (instance["high"] is None or to_pay <= instance["high"]):
            yield list(picks)


def _joined(instance: Json, bound: Json, picks: tuple[Json, ...]) -> bool:
    """Whether what some needs cost together is within its bounds."""
    together = zip(instance["needs"], picks, strict=True)
    cost = sum(pick["goods"] + pick["tax"] for need, pick in together if need["kind"] in bound["kinds"])
    return bound["low"] <= cost and (bound["high"] is None or cost <= bound["high"])


def best_value(instance: Json) -> int | None:
    """The value of the best plan, or None where there is none."""
    return max((value(instance, picks) for picks in admissible(instance)), default=None)


# -- random instances ---------------------------------------------------------


def random_instance(rng: random.Random, needs: int, options: int, price: int = 60) -> Json:
    """An instance whose bounds are near what its plans cost, so that many have no plan or few."""
    kinds = KINDS[:needs]
    sellers = {seller: _rates(rng, price) for seller in "ABC"}
    instance: Json = {
        "needs": [_need(rng, kind, options, price, sellers) for kind in kinds],
        "joint": [_joint(rng, kinds, price) for _ in range(rng.choice([0, 0, 0, 1, 1, 2]))],
        "vouchers": [_voucher(rng, kinds, price) for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))],
        "low": rng.choice([0, 0, 0, rng.randint(0, needs * price)]),
        "high": rng.choice([None, *[rng.randint(needs * price // 4, needs * price)] * 4]),
        "money": rng.choice([0, 500, 1500]),
    }
    instance["reference"] = instance["high"] or needs * price
    return instance


def _rates(rng: random.Random, price: int) -> list[tuple[int, int | None]]:
    """A seller's rates, (shipping, free from): most have one, some none, and in a muddled feed there are two."""
    rates = [
        (rng.randint(1, max(1, price // 8)), rng.choice([None, rng.randint(1, 3 * price)]))
        for _ in range(rng.choice([0, 1, 1, 2]))
    ]
    return rates or [(0, None)]


def _need(
    rng: random.Random, kind: str, options: int, price: int, sellers: dict[str, list[tuple[int, int | None]]]
) -> Json:
    count = rng.randint(max(1, options // 2), options)
    menu = [_option(rng, f"{kind}{i}", price, sellers) for i in range(count)]
    return {
        "kind": kind,
        "importance": rng.randint(1, 3),
        "low": rng.choice([0, 0, 0, 0, price // 5]),
        "high": rng.choice([None, None, None, rng.randint(price // 3, price)]),
        "keep": rng.choice([None] * 12 + [menu[0]["id"]]),
        "options": menu,
    }


def _option(rng: random.Random, name: str, price: int, sellers: dict[str, list[tuple[int, int | None]]]) -> Json:
    seller = rng.choice(sorted(sellers))
    shipping, free_from = rng.choice(sellers[seller])
    return {
        "id": name,
        "goods": rng.randint(1, price),
        "tax": rng.choice([0, 0, 0, rng.randint(0, max(1, price // 6))]),
        "seller": seller,
        "shipping": shipping,
        "free_from": free_from,
        "fit": rng.randint(0, 8000),
        "demerit": rng.choice([0, 0, 0, 5000]),
        "answers": rng.sample(["tea", "jazz", "chess"], rng.choice([0, 0, 1, 2])),
        "themes": rng.sample(["pirate", "space", "farm"], rng.choice([0, 0, 1, 2])),
        "look": rng.sample(["x", "y", "z", "u", "v"], rng.choice([0, 0, 0, 1])),
    }


def _joint(rng: random.Random, kinds: tuple[str, ...], price: int) -> Json:
    chosen = rng.sample(kinds, rng.randint(1, len(kinds)))
    high = rng.choice([None, *[rng.randint(price // 4, price) * len(chosen)] * 3])
    return {"kinds": chosen, "low": rng.choice([0, 0, rng.randint(0, high or price)]), "high": high}


def _voucher(rng: random.Random, kinds: tuple[str, ...], price: int) -> Json:
    sort = rng.choice(["percent", "percent", "amount", "amount", "shipping"])
    return {
        "label": "voucher",
        "share": [rng.choice([5, 10, 15, 20, 33, 50, 100]), 100] if sort == "percent" else None,
        "amount": rng.randint(1, price) if sort == "amount" else 0,
        "free_shipping": sort == "shipping",
        "from_total": rng.choice([0, rng.randint(0, len(kinds) * price * 3 // 4)]),
        "kind": rng.choice([None, None, rng.choice(kinds)]),
        "combinable": rng.random() < 0.7,
    }


def party_instance(rng: random.Random, needs: int, options: int, sellers: str) -> Json:
    """A party as shops have it: prices of 2 to 60, each seller with a rate of its own, two vouchers, a tight budget."""
    kinds = KINDS[:needs]
    rates = {seller: [(rng.randint(300, 900), rng.choice([None, rng.randint(2000, 9000)]))] for seller in sellers}
    menus = [[_option(rng, f"{kind}{i}", 6000, rates) for i in range(options)] for kind in kinds]
    for option in (option for menu in menus for option in menu):
        option["goods"], option["tax"], option["look"] = rng.randint(200, 6000), 0, []
    high = rng.randint(needs * 800, needs * 3000)
    bounds = {"low": 0, "high": None, "keep": None}
    vouchers = [
        {"label": "10 %", "share": [10, 100], "amount": 0, "from_total": 0},
        {"label": "10 off", "share": None, "amount": 1000, "from_total": 6000},
    ]
    vouchers = [{**voucher, "free_shipping": False, "kind": None, "combinable": True} for voucher in vouchers]
    return {
        "needs": [
            {"kind": kind, "importance": rng.randint(1, 3), "options": menu, **bounds}
            for kind, menu in zip(kinds, menus, strict=True)
        ],
        "joint": [],
        "vouchers": vouchers,
        "low": 0,
        "high": high,
        "reference": high,
        "money": 500,
    }
