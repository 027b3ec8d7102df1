"""Random small shops and briefs, a second opinion on what may be shown, and the flow without its agents."""

from __future__ import annotations

from decimal import Decimal
from itertools import product as combinations
from typing import Any
from zlib import crc32

from hypothesis import strategies as st

from tests.fakes.products import a_product
from tools.brief import Brief, Budget, Need, Recipient
from tools.catalog.interface import Catalog
from tools.planning import retrieval
from tools.planning.candidates import assess
from tools.planning.decision import decide, enough
from tools.planning.matching import match
from tools.product import Product
from tools.request import Outcome, Request

PLACES = {"JPY": 0, "USD": 2, "KWD": 3}
FORBIDDEN = {"nuts": {"nut", "nuts", "almond"}, "glitter": {"glitter"}, "candles": {"candle"}}
"""What may be avoided in these shops, and the words of `TITLES` that mention it."""

TITLES = [
    "Tea Box",
    "Tea Almond Box",
    "Jazz Poster",
    "Jazz Glitter Poster",
    "Candle",
    "Chess Nut",
    "Mug",
    "Glitter Mug",
]
AGES = st.sampled_from([None, None, 0, 3, 6, 13, 30])
MINOR = st.integers(1, 60)


def products(currency: str, *, plan: bool) -> st.SearchStrategy[list[Product]]:
    """Up to twelve products, a few of them of another currency, out of stock, or for children only."""
    fields = st.fixed_dictionaries(
        {
            "price": MINOR.map(lambda minor: str(Decimal(minor * 7).scaleb(-PLACES[currency]))),
            "currency": st.sampled_from([currency] * 9 + ["CHF"]),
            "title": st.sampled_from(TITLES),
            "need": st.sampled_from(["cake", "favours", "activity"] if plan else ["gift"] * 5 + ["favours"]),
            "stock": st.sampled_from([None, None, 0, 1, 4, 100]),
            "pack_size": st.sampled_from([1, 1, 4, 10]),
            "age_min_years": AGES,
            "age_max_years": AGES,
        }
    )
    # CHF has two decimals, whatever the shop's currency has.
    swiss = fields.map(lambda f: f | {"price": "0.50"} if f["currency"] == "CHF" else f)
    # Like a real shop's ids, these are never another product's.
    return st.lists(swiss, max_size=12).map(
        lambda all_: [a_product(f"p{i}-{crc32(repr(one).encode())}", **one) for i, one in enumerate(all_)]
    )


def briefs(currency: str, *, plan: bool) -> st.SearchStrategy[Brief]:
    """Briefs of one need, or of several, some of them impossible."""
    places = PLACES[currency]
    amounts = st.integers(0, 2500).map(lambda tenth: Decimal(tenth).scaleb(-places - 1))
    ends = st.none() | amounts
    cap = st.sampled_from([None, None, None, Decimal(150).scaleb(-places)])
    quantities = st.sampled_from([1, 1, 2, 12])
    kinds: list[Any] = ["cake", "favours", "activity"]
    several = st.lists(st.sampled_from(kinds), min_size=2, max_size=3, unique=True).flatmap(
        lambda chosen: st.tuples(*(st.builds(Need, kind=st.just(k), quantity=quantities) for k in chosen)).map(list)
    )
    one = st.just([]) | st.builds(Need, kind=st.just("gift"), quantity=quantities).map(lambda n: [n])
    return st.builds(
        Brief,
        needs=several if plan else one,
        interests=st.lists(st.sampled_from(["tea", "jazz", "falconry"]), max_size=2),
        avoid=st.lists(st.sampled_from(["glitter", "candles"]), max_size=2),
        allergies=st.sampled_from([[], [], ["nuts"]]),
        budget=st.none() | st.builds(Budget, min=ends, max=ends, per=st.sampled_from(["total", "total", "each"])),
        price_cap=cap,
        recipient=st.builds(
            Recipient, age_years=st.sampled_from([None, None, 4, 40]), relation=st.sampled_from([None, "father"])
        ),
        guests=st.sampled_from([None, 3]),
        options=st.sampled_from([None, 1, 5]),
    )


def recommend(catalog: Catalog, request: Request) -> Outcome:
    """The recommendation flow: the same sources, joined, widened and decided as the agents do it."""
    while True:
        found: dict[Any, list[list[str]]] = {}
        for need in request.brief.wanted:
            texts = [retrieval.by_text(catalog, request, need, wish) for wish in retrieval.wishes(request, need)]
            others = (retrieval.by_likeness, retrieval.by_occasion, retrieval.by_price)
            found[need.kind] = [retrieval.fuse(texts), *(source(catalog, request, need) for source in others)]
        candidates = assess(catalog, request, found)
        if enough(request, candidates):
            return decide(catalog, request, candidates)
        request = request.model_copy(update={"widened": request.widened + 1})


# -- the second opinion: every product of the shop, judged in the plainest way --


def cost_of(product: Product, need: Need) -> Decimal:
    """Price × packs."""
    return product.price.amount * -(-need.quantity // product.pack_size)


def keeps_rules(product: Product, brief: Brief, need: Need, currency: str) -> bool:
    """Whether the product may be shown for the need, whatever it costs."""
    age, low, high = brief.recipient.age_years, product.age_min_years, product.age_max_years
    words = set(product.title.lower().split())
    return (
        product.need == need.kind
        and product.price.currency == currency
        and (product.stock is None or product.stock >= max(1, -(-need.quantity // product.pack_size)))
        and (age is None or ((low is None or low <= age) and (high is None or age <= high)))
        and (age is not None or brief.recipient.relation != "father" or need.kind != "gift" or made_for_adults(product))
        and not any(words & FORBIDDEN[word] for word in brief.rules)
    )


def made_for_adults(product: Product) -> bool:
    """What ends before eighteen is a child's."""
    return product.age_max_years is None or product.age_max_years >= 18


def within(total: Decimal, brief: Brief, heads: int) -> bool:
    """Whether the amount keeps both ends of the budget, and the cap of "cheaper"."""
    times = heads if brief.budget and brief.budget.per == "each" else 1
    low, high = (brief.budget.min, brief.budget.max) if brief.budget else (None, None)
    return (
        (low is None or low * times <= total)
        and (high is None or total <= high * times)
        and (brief.price_cap is None or total <= brief.price_cap)
    )


def fitting(shop: list[Product], brief: Brief, currency: str, *, on_topic: bool = True) -> list[Product]:
    """All products that answer a single need within its budget; those that answer a wish, where one can be met."""
    (need,) = brief.wanted
    allowed = [p for p in shop if keeps_rules(p, brief, need, currency)]
    wanted = [p for p in allowed if any(match(p, wish) for wish in brief.interests)]
    return [p for p in (wanted if wanted and on_topic else allowed) if within(cost_of(p, need), brief, need.quantity)]


def heads_of(brief: Brief) -> int:
    """Whom an amount "each" of a plan counts."""
    return brief.guests or max(need.quantity for need in brief.wanted)


def sold(shop: list[Product], brief: Brief, currency: str) -> list[Need]:
    """The needs of a plan that the shop has anything at all for; a plan leaves the others out."""
    return [need for need in brief.wanted if any(p.need == need.kind and p.price.currency == currency for p in shop)]


def plans(shop: list[Product], brief: Brief, currency: str) -> list[tuple[Product, ...]]:
    """Every combination of one product a need, for those that are sold, within the budget."""
    needs = sold(shop, brief, currency)
    choices = [[p for p in shop if keeps_rules(p, brief, need, currency)] for need in needs]
    every = combinations(*choices) if needs else ()
    return [chosen for chosen in every if within(total_of(chosen, needs), brief, heads_of(brief))]


def total_of(chosen: tuple[Product, ...], needs: list[Need]) -> Decimal:
    """What a plan costs."""
    return sum((cost_of(p, need) for p, need in zip(chosen, needs, strict=True)), Decimal(0))
