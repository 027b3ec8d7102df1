"""The baselines: what the shopper says is read into rules by the stand-in, then products are shown in a fixed order.

They never ask, write nothing and call no model. All keep the budget, the age and what is refused as it was read,
so what they lack is a choice that suits: `bm25` orders by the words said, `popularity` by the ratings, `random` by
chance.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from eval.benchmarks.plain_bm25 import PlainBM25
from eval.simulation.dialogue import Reply
from eval.strategies.choosing import brief_of, choose
from tools.catalog.interface import Catalog
from tools.product import Product

Order = Callable[[Sequence[str], str], Iterable[Product]]
"""All products, best first, for everything said so far in the talk of this shopper id."""


class Baseline:
    """Products in the given order, within the rules that were read."""

    def __init__(self, name: str, order: Order, currency: str) -> None:
        self.name = name
        self._order = order
        self._currency = currency

    def open(self, shopper_id: str) -> BaselineTalk:
        """A talk of its own."""
        return BaselineTalk(self._order, self._currency, shopper_id)


class BaselineTalk:
    """What was said and shown so far; nothing is shown twice."""

    def __init__(self, order: Order, currency: str, shopper_id: str) -> None:
        self._order = order
        self._currency = currency
        self._shopper_id = shopper_id
        self._said: tuple[str, ...] = ()
        self._seen: set[str] = set()

    async def say(self, message: str) -> Reply:
        """The next products in order."""
        started = time.perf_counter()
        self._said += (message,)
        ordered = self._order(self._said, self._shopper_id)
        chosen = choose(brief_of(self._said), ordered, self._currency, self._seen)
        shown = tuple(one.shown() for one in chosen)
        self._seen |= {one.product.product_id for one in chosen}
        text = "\n".join(f"**{one.title}**: {one.price} {self._currency}" for one in shown)
        took = round((time.perf_counter() - started) * 1000, 2)
        return Reply(text, "recommended" if shown else "infeasible", shown, milliseconds=took)


class Orders:
    """The orders of one catalogue, each made when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @cached_property
    def _products(self) -> list[Product]:
        return list(self._catalog)

    @cached_property
    def _by_id(self) -> dict[str, Product]:
        return {product.product_id: product for product in self._products}

    @cached_property
    def _bm25(self) -> PlainBM25:
        return PlainBM25(
            (p.product_id, " ".join([p.title, p.description, p.category, p.brand])) for p in self._products
        )

    @cached_property
    def _popular(self) -> list[Product]:
        return sorted(
            self._products, key=lambda p: ((p.rating_count or 0) * (p.rating or 0), p.product_id), reverse=True
        )

    def bm25(self, said: Sequence[str], shopper_id: str) -> Iterable[Product]:
        """By the words of everything said (Robertson and Zaragoza, 2009)."""
        return (self._by_id[i] for i in self._bm25.search(" ".join(said), len(self._products)))

    def popularity(self, said: Sequence[str], shopper_id: str) -> Iterable[Product]:
        """By the stars given: rating × number of ratings."""
        return self._popular

    def random(self, said: Sequence[str], shopper_id: str) -> Iterable[Product]:
        """By chance, the same for the same shopper at the same point."""
        return random.Random(f"{shopper_id}/{len(said)}").sample(self._products, len(self._products))
