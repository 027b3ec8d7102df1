"""Products and prices in replies that the catalogue does not bear out: bold titles nobody sells, amounts that differ.

Attributable to sources, as AIS (Rashkin et al., 2023) asks of every statement; here of those that can be checked by
reading: a title, and the first amount behind it, which is the price or a multiple of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from eval.simulation.dialogue import Dialogue

LINE = re.compile(r"\*\*(?P<title>[^*\n]*[^\W\d_][^*\n]*)\*\*(?P<rest>[^\n]*)")
AMOUNT = re.compile(r"\d[\d,]*\.\d{2}\b")


NOTED = re.compile(r"^Noted: .*$", re.MULTILINE)


def product_lines(text: str) -> Iterator[re.Match[str]]:
    """The lines about products; what a reply repeats of the shopper's change may name one beside another's amount."""
    return LINE.finditer(NOTED.sub("", text))


def unsupported_claims(dialogue: Dialogue, prices: Mapping[str, Decimal]) -> int:
    """How many, over all replies that show something; ``prices`` are the catalogue's, by title."""
    return sum(_unsupported(e.reply.text, prices) for e in dialogue.exchanges if e.reply.shown)


def _unsupported(text: str, prices: Mapping[str, Decimal]) -> int:
    wrong = 0
    for line in product_lines(text):
        if AMOUNT.search(line["title"]) or line["title"].rstrip().endswith(":"):
            continue  # a bold amount or heading is no title
        amount = AMOUNT.search(line["rest"])
        price = prices.get(line["title"].strip())
        if price is None or (amount and price and Decimal(amount[0].replace(",", "")) % price):
            wrong += 1
    return wrong
