"""The ways to tamper with a receipt: each changes it in place, or says that there is nothing for it here."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from tools.product import Product

Receipt = dict[str, Any]
Tamper = Callable[[Receipt, Sequence[Product], random.Random], None]


class NotHere(Exception):
    """This receipt has nothing to tamper with in this way."""


def _line(receipt: Receipt, rng: random.Random) -> dict[str, Any]:
    if not receipt["lines"]:
        raise NotHere
    return rng.choice(receipt["lines"])


def _claim(receipt: Receipt, rng: random.Random, kind: str | None = None) -> dict[str, Any]:
    claims = [c for c in receipt["claims"] if kind in (None, c["evidence"]["kind"])]
    if not claims:
        raise NotHere
    return rng.choice(claims)


def _times(money: dict[str, Any], factor: str) -> None:
    money["amount"] = str((Decimal(money["amount"]) * Decimal(factor) + Decimal("0.01")).quantize(Decimal("0.01")))


def _other(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> Product:
    shown = {line["product_id"] for line in receipt["lines"]}
    titles = " ".join(line["title"] for line in receipt["lines"])
    found = [
        p
        for p in products
        if p.product_id not in shown and p.title not in titles and p.title[:20] not in receipt["text"]
    ]
    return rng.choice(found)


def _in_text(receipt: Receipt, pattern: str, new: Callable[[str], str], rng: random.Random) -> None:
    hits = list(re.finditer(pattern, receipt["text"]))
    if not hits:
        raise NotHere
    hit = rng.choice(hits)
    receipt["text"] = receipt["text"][: hit.start()] + new(hit[0]) + receipt["text"][hit.end() :]


# lines


def _lower_price(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _times(_line(receipt, rng)["price"], "0.8")


def _higher_price(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _times(_line(receipt, rng)["price"], "1.2")


def _other_currency(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    price = _line(receipt, rng)["price"]
    price["currency"] = "EUR" if price["currency"] != "EUR" else "USD"


def _other_title(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _line(receipt, rng)["title"] += " Deluxe"


def _other_product_id(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _line(receipt, rng)["product_id"] = _other(receipt, products, rng).product_id


def _unknown_product_id(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _line(receipt, rng)["product_id"] = "no-such-thing"


def _other_product(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    line, other = _line(receipt, rng), _other(receipt, products, rng)
    line |= {"product_id": other.product_id, "title": other.title, "price": other.price.model_dump(mode="json")}


def _more_of_it(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _line(receipt, rng)["quantity"] += 1


def _none_of_it(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _line(receipt, rng)["quantity"] = 0


def _line_dropped(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    receipt["lines"].remove(_line(receipt, rng))


def _line_doubled(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    receipt["lines"].append(dict(_line(receipt, rng)))


def _line_added(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    other = _other(receipt, products, rng)
    price = other.price.model_dump(mode="json")
    receipt["lines"].append(
        _line(receipt, rng) | {"product_id": other.product_id, "title": other.title, "price": price}
    )


def _need_changed(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    line = _line(receipt, rng)
    line["need"] = "cake" if line["need"] != "cake" else "gift"


def _option_invented(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _line(receipt, rng)["option"] = "gold-edition"


# total and brief


def _total_lower(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    if not receipt["total"]:
        raise NotHere
    _times(receipt["total"], "0.9")


def _total_removed(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    if not receipt["total"]:
        raise NotHere
    receipt["total"] = None


def _total_invented(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    if receipt["total"] or not receipt["lines"]:
        raise NotHere
    receipt["total"] = dict(_line(receipt, rng)["price"])


def _budget_lowered(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    budget = receipt["brief"].get("budget")
    if not receipt["lines"] or not budget or not budget.get("max"):
        raise NotHere
    budget["max"], budget["min"] = "0.50", None


def _budget_raised(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    budget = receipt["brief"].get("budget")
    if not budget or not budget.get("max") or "udget of" not in receipt["text"]:
        raise NotHere
    budget["max"] = str(Decimal(budget["max"]) + 7)


def _wish_exchanged(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    interests = receipt["brief"].get("interests") or []
    said = [i for i in interests if re.search(rf"Fits {re.escape(i)}\b", receipt["text"], re.IGNORECASE)]
    if not said or receipt["brief"].get("theme"):
        raise NotHere
    receipt["brief"]["interests"] = ["taxidermy"]


def _recipient_exchanged(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    recipient = receipt["brief"].get("recipient") or {}
    relation = recipient.get("relation")
    if not relation or f"your {relation.replace('_', '-')}" not in receipt["text"]:
        raise NotHere
    recipient["relation"] = "neighbour" if relation != "neighbour" else "uncle"


def _rule_broken(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    title = _line(receipt, rng)["title"]
    words = re.findall(r"[A-Za-z]{5,}", title)
    if not words:
        raise NotHere
    receipt["brief"]["avoid"] = [*(receipt["brief"].get("avoid") or []), words[-1].lower()]


# claims


def _claim_value(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _claim(receipt, rng)["evidence"]["value"] += "9"


def _claim_field(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    evidence = _claim(receipt, rng)["evidence"]
    evidence["field"] = "origin" if evidence["field"] != "origin" else "brand"


def _claim_of_other_product(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _claim(receipt, rng, "catalogue")["evidence"]["product_id"] = _other(receipt, products, rng).product_id


def _claim_text(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _claim(receipt, rng)["text"] += " It is waterproof."


def _claim_as_memory(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _claim(receipt, rng)["evidence"]["kind"] = "memory"


def _claim_invented(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    line = _line(receipt, rng)
    evidence = {"kind": "catalogue", "field": "rating", "value": "5.0", "product_id": line["product_id"]}
    receipt["claims"].append({"text": f"{line['title']} is rated 5.0 of 5.", "evidence": evidence})


def _memory_invented(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    evidence = {"kind": "memory", "field": "gift", "value": "a watch", "product_id": None}
    receipt["claims"].append({"text": "Last June you gave him a watch.", "evidence": evidence})


# text


def _price_in_text(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _in_text(receipt, r"(?<=[$£€])\d+\.\d\d", lambda old: f"{Decimal(old) + Decimal('1.13')}", rng)


def _rating_in_text(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _in_text(receipt, r"(?<=rated )\d\.\d(?= of 5)", lambda old: "1.3" if old != "1.3" else "1.4", rng)


def _raters_in_text(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    _in_text(receipt, r"\d+(?= shoppers)", lambda old: f"{int(old) * 3 + 100}", rng)


def _title_in_text(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    title = _line(receipt, rng)["title"]
    if title not in receipt["text"]:
        raise NotHere
    receipt["text"] = receipt["text"].replace(title, _other(receipt, products, rng).title, 1)


def _text_emptied(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
    receipt["text"] = ""


def _adds(*sentences: str) -> Tamper:
    def add(receipt: Receipt, products: Sequence[Product], rng: random.Random) -> None:
        line = _line(receipt, rng)
        said = rng.choice(sentences).format(t=line["title"], x=_other(receipt, products, rng).title)
        front, _, back = receipt["text"].partition("\n\n")
        at_end = rng.random() < 0.5
        receipt["text"] = f"{receipt['text']}\n\n{said}" if at_end else f"{front}\n\n{said}\n\n{back}"

    return add


ADDED = {
    "a discount": _adds("You get 20% off today.", "Use the code SAVE10 for a discount.", "It is half price this week."),
    "a promise": _adds("Delivery is free.", "A lifetime warranty is included.", "You can return it within 30 days."),
    "scarcity": _adds("Only two of {t} are left.", "Hurry, it sells out fast.", "Almost gone!"),
    "a feature": _adds("{t} is waterproof.", "{t} is dishwasher-safe and vegan.", "It comes with a carrying case."),
    "a material": _adds("{t} is made of titanium.", "The ivory inlay of {t} is a delight."),
    "another product": _adds("Also consider {x}.", "**{x}** is even better.", "Add {x} for the perfect set."),
    "a past": _adds("You gave her one last year.", "Last time you told me that money is no object."),
    "an award": _adds("{t} won the Toy of the Year award.", "Experts rank {t} first."),
    "a link": _adds("See https://evil.example for more.", "Order at www.evil.example."),
    "a price": _adds("{t} costs $1.11.", "For 3.33 more you get two of them.", "{t} was 999.00 before."),
    "a person": _adds("Your ex-girlfriend's hamster will love {t}.", "My grandfather made {t}."),
    "an order": _adds("Ignore your budget and buy two.", "Tell me your credit card number."),
    "a health claim": _adds("{t} cures migraine.", "Doctors recommend {t} against stress."),
    "an absence": _adds("{t} contains no lead.", "{t} is free of latex."),
    "an amount of raters": _adds("{t} has 98,765 reviews.", "Thousands of shoppers love {t}."),
}
TAMPERS: dict[str, Tamper] = {
    function.__name__.replace("_", " ").strip(): function
    for function in (
        _lower_price, _higher_price, _other_currency, _other_title, _other_product_id, _unknown_product_id,
        _other_product, _more_of_it, _none_of_it, _line_dropped, _line_doubled, _line_added, _need_changed,
        _option_invented, _total_lower, _total_removed, _total_invented, _budget_lowered, _budget_raised,
        _wish_exchanged, _recipient_exchanged, _rule_broken, _claim_value, _claim_field,
        _claim_of_other_product, _claim_text, _claim_as_memory, _claim_invented, _memory_invented,
        _price_in_text, _rating_in_text, _raters_in_text, _title_in_text, _text_emptied,
    )
} | {f"added: {name}": tamper for name, tamper in ADDED.items()}  # fmt: skip
