"""A reply read as a person reads it: bold titles, the amounts beside them, and a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from eval.metrics.unsupported_claims import AMOUNT, product_lines
from eval.simulation.dialogue import Reply, Shown
from eval.strategies.agents import asked_slot
from tools.product import Product

ByTitle = Callable[[str], Product | None]
PACKS = re.compile(r"(\d+) ×")
NOTHING_FITS = "nothing in the catalogue fits"
OTHER_PLANS = "Other plans that keep all you asked for:"


def read_reply(text: str, by_title: ByTitle) -> Reply:
    """The reply with what it shows and asks. A title that nobody sells is shown without an id."""
    if NOTHING_FITS in text.lower():
        return Reply(text, "infeasible")
    shown: list[Shown] = []
    for line in product_lines(text.partition(OTHER_PLANS)[0]):
        title, amount = line["title"].strip(), AMOUNT.search(line["rest"])
        if AMOUNT.search(title) or title.endswith(":") or amount is None:
            continue  # a total, a heading, or a title spoken of again
        product, packs = by_title(title), PACKS.search(line["rest"])
        price = Decimal(amount[0].replace(",", ""))
        if product is None:
            shown.append(Shown(None, title, price))
        elif product.product_id not in {one.product_id for one in shown}:
            quantity = int(packs[1]) if packs else 1
            shown.append(Shown(product.product_id, title, product.price.amount, product.need, quantity))
    return Reply(text, "recommended" if shown else "asked" if "?" in text else "chat", tuple(shown), asked_slot(text))
