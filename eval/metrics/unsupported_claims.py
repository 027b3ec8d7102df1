"""Products and prices in replies that the catalogue does not bear out: bold titles nobody sells, amounts that differ.

Attributable to sources, as AIS (Rashkin et al., 2023) asks of every statement; here of those that can be checked by
reading: a title, and the first amount behind it, which is the price or a multiple of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal

from eval.simulation.dialogue import Dialogue
from tools.product import Product

LINE = re.compile(r"\*\*(?P<title>[^*\n]*[^\W\d_][^*\n]*)\*\*(?P<rest>[^\n]*)")
AMOUNT = re.compile(r"\d[\d,]*\.\d{2}\b")
NOTED = re.compile(r"^Noted: .*$", re.MULTILINE)
Prices = Mapping[str, Collection[Decimal]]
"""The catalogue's, by title, in major units."""


def product_lines(text: str) -> Iterator[re.Match[str]]:
    """The lines about products; what a reply repeats of the shopper's change may name one beside another's amount."""
    return LINE.finditer(NOTED.sub("", text))


def prices_by_title(products: Iterable[Product]) -> Prices:
    """All prices of each title: several products may bear one."""
    found = defaultdict(set)
    for product in products:
        found[product.title].add(product.price.amount)
    return found


def unsupported_claims(dialogue: Dialogue, prices: Prices) -> int:
    """How many, over all replies that show something."""
    return sum(len(list(false_lines(e.reply.text, prices))) for e in dialogue.exchanges if e.reply.shown)


def false_lines(text: str, prices: Prices) -> Iterator[Literal["money", "products"]]:
    """What is wrong in each line that says something false: the price of a product, or that there is one."""
    for line in product_lines(text):
        title = line["title"].strip()
        if AMOUNT.search(title) or title.endswith(":"):
            continue  # a bold amount or heading is no title
        amount = AMOUNT.search(line["rest"])
        if title not in prices:
            yield "products"
        elif amount and all(price and Decimal(amount[0].replace(",", "")) % price for price in prices[title]):
            yield "money"
