"""The money of a plan: the JSON turn adds up to the cent, the reply says the same, and no other figure passes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys_agent.turn_json import blank, impossible, recommended
from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget, Need, Voucher
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.money_text import find_amounts
from tools.product import NEED_KINDS, Variant
from tools.receipts.evidence import Evidence, OfferEvidence, gather_evidence
from tools.receipts.template import compose, render
from tools.receipts.verifier import problems
from tools.request import Alternative, Discount, Outcome, Pick, PlanSums, Relaxation, Request

PLACES = {"USD": 2, "JPY": 0, "KWD": 3}
PRICES = {kind: [137 * n * n + 51 * i + 8 for n in range(1, 5)] for i, kind in enumerate(NEED_KINDS)}


def money(minor: int, currency: str) -> Money:
    return Money.from_minor(minor, currency)


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalog]:
    """A shop in each currency, four products a kind, each of them in two sizes of other prices."""
    return {currency: a_catalog(tmp_path_factory.mktemp("shop"), _stock(currency), currency) for currency in PLACES}


def _stock(currency: str) -> Iterator[Any]:
    for kind, prices in PRICES.items():
        for n, price in enumerate(prices):
            sizes = [
                Variant(product_id=f"{kind}{n}-{size}", options={"size": size}, price=money(price + more, currency))
                for size, more in (("S", 0), ("L", 99))
            ]
            yield a_product(
                f"{kind}{n}", str(sizes[0].price.amount), currency, need=kind, pack_size=n + 1, variants=sizes
            )


@st.composite
def carts(draw: st.DrawFn) -> tuple[str, Outcome]:
    """A plan as the budget checker hands it on, with vouchers and shipping, and what the plan beside it costs."""
    currency = draw(st.sampled_from(sorted(PLACES)))
    kinds = draw(st.lists(st.sampled_from(NEED_KINDS), min_size=2, unique=True))
    picks, subtotal = [], 0
    for kind in kinds:
        n, large, packs = draw(st.integers(0, 3)), draw(st.sampled_from([None, False, True])), draw(st.integers(1, 9))
        option = None if large is None else f"{kind}{n}-{'L' if large else 'S'}"
        picks.append(Pick(need=kind, product_id=f"{kind}{n}", option=option, quantity=packs, units=packs * (n + 1)))
        subtotal += (PRICES[kind][n] + 99 * bool(large)) * packs
    labels = draw(st.lists(st.sampled_from(["10% voucher", "gift card", "summer code 5"]), unique=True, max_size=3))
    offs = [draw(st.integers(1, subtotal // 4)) for _ in labels]
    shipping = draw(st.none() | st.integers(0, 999))
    total = subtotal - sum(offs) + (shipping or 0)
    left = draw(st.none() | st.integers(0, 99_999))
    sums = PlanSums(
        subtotal=money(subtotal, currency),
        discounts=[Discount(label=a, amount=money(off, currency)) for a, off in zip(labels, offs, strict=True)],
        shipping=None if shipping is None else money(shipping, currency),
        total=money(total, currency),
        left=None if left is None else money(left, currency),
    )
    budget = None if left is None else Budget(max=money(total + left, currency).amount, currency=currency)
    brief = Brief(needs=[Need(kind=p.need, quantity=p.units) for p in picks], budget=budget)
    offer = Alternative(label="cheapest", trade_off="another cake", picks=picks[:1], total=money(total + 1, currency))
    outcome = Outcome(request=Request(brief=brief), status="recommended", picks=picks, total=sums.total, sums=sums)
    return currency, outcome.model_copy(update={"alternatives": [offer]})


def amount(cell: dict[str, str] | None) -> Decimal:
    return Decimal(cell["amount"]) if cell else Decimal(0)


@settings(max_examples=150, deadline=None)
@given(carts())
def test_the_json_of_any_plan_adds_up_to_the_minor_unit(shops: dict[str, Catalog], cart: tuple[str, Outcome]) -> None:
    currency, outcome = cart
    turn = recommended(gather_evidence(shops[currency], outcome))
    plan, brief = turn["plan"], outcome.request.brief
    goods = sum(amount(line["price"]) * line["quantity"] for line in plan["lines"])
    assert goods == amount(plan["subtotal"]) == sum(amount(line["subtotal"]) for line in plan["lines"])
    off = sum(amount(discount["amount"]) for discount in plan["discounts"])
    assert goods - off + amount(plan["shipping"]) == amount(turn["total"])
    if brief.budget and brief.budget.max is not None:
        assert brief.budget.max - amount(turn["total"]) == amount(plan["left"])
    else:
        assert plan["left"] is None
    assert [line["product_id"] for line in plan["lines"]] == [pick["product_id"] for pick in turn["picks"]]
    assert {money["currency"] for money in (turn["total"], *(line["price"] for line in plan["lines"]))} == {currency}


@settings(max_examples=150, deadline=None)
@given(carts())
def test_the_reply_says_every_sum_as_the_json_does_and_passes_its_check(
    shops: dict[str, Catalog], cart: tuple[str, Outcome]
) -> None:
    currency, outcome = cart
    evidence = gather_evidence(shops[currency], outcome)
    text, turn = render(evidence), recommended(evidence)
    plan = turn["plan"]
    sums = [plan["subtotal"], *(d["amount"] for d in plan["discounts"]), plan["shipping"], turn["total"], plan["left"]]
    expected = [amount(cell) for cell in (*(line["subtotal"] for line in plan["lines"]), *sums) if cell]
    assert [find_amounts(row)[-1].value for row in text.splitlines() if row.startswith("|") and find_amounts(row)] == (
        expected
    )
    assert f"{plan['alternatives'][0]['trade_off']}." in text
    assert problems(text, evidence) == []


@settings(max_examples=60, deadline=None)
@given(
    carts(), st.integers(1, 500), st.sampled_from(["The total is {}.", "You save {}.", "Shipping: {}.", "{} is left."])
)
def test_a_sum_that_is_not_in_the_plan_does_not_pass(
    shops: dict[str, Catalog], cart: tuple[str, Outcome], wrong_by: int, claim: str
) -> None:
    currency, outcome = cart
    evidence = gather_evidence(shops[currency], outcome)
    assert outcome.sums is not None
    wrong = str(money(10**7 + outcome.sums.total.minor + wrong_by, currency))
    assert problems(compose(f"Here is the plan.\n\n{claim.format(wrong)}", evidence), evidence)


def test_what_is_waived_is_shown_as_nothing_and_an_unknown_shipping_not_at_all(shops: dict[str, Catalog]) -> None:
    free = plan(shops["USD"], PlanSums(subtotal=usd("2"), shipping=usd("0"), total=usd("2")))
    assert re.search(r"\| Shipping .* \$0\.00 \|", render(free))
    assert "Shipping" not in render(plan(shops["USD"], PlanSums(subtotal=usd("2"), total=usd("2"))))


def test_a_plan_that_is_not_proven_best_says_how_far_off_it_can_be(shops: dict[str, Catalog]) -> None:
    evidence = plan(shops["USD"], PlanSums(subtotal=usd("2"), total=usd("2"), gap=0.0312))
    assert "better by at most 3.1%." in render(evidence)
    assert problems(render(evidence), evidence) == []
    assert "proven" not in render(plan(shops["USD"], PlanSums(subtotal=usd("2"), total=usd("2"))))


def test_a_voucher_may_be_spoken_of_only_where_the_plan_has_one(shops: dict[str, Catalog]) -> None:
    ten = Discount(label="10% voucher", amount=usd("0.20"))
    voucher = Voucher(label="10% voucher", percent=Decimal(10))
    used = plan(shops["USD"], PlanSums(subtotal=usd("2"), discounts=[ten], total=usd("1.80")), vouchers=[voucher])
    unused = plan(shops["USD"], PlanSums(subtotal=usd("2"), total=usd("2")))
    words = "Here is the plan, with your discount of $0.20 for the 10% voucher."
    assert problems(compose(words, used), used) == []
    assert problems(compose(words, unused), unused)


def test_the_table_follows_the_first_paragraph_and_the_question_comes_last(shops: dict[str, Catalog]) -> None:
    evidence = plan(shops["USD"], PlanSums(subtotal=usd("2"), total=usd("2")))
    evidence.alternatives = [OfferEvidence(label="cheapest", trade_off="$1 less", picks=[], total=usd("1"))]
    table, *others = compose("For the party.\n\nThe cake is nice.\n\nHow old is she?", evidence).split("\n\n")[1:]
    assert table.startswith("| For")
    assert others == [
        "The cake is nice.",
        "Other plans that keep all you asked for:",  # not in between: two lists would run into one
        "- Cheapest, $1.00: $1 less.",
        "How old is she?",
    ]


def test_what_clashes_and_what_would_help_is_in_the_json_of_an_impossible_turn() -> None:
    turn = {"status": "infeasible", "clash": ["$10", "no nuts"], "relaxations": [{"change": "pay $12", "opens": 3}]}
    account = impossible(turn)
    assert (account["clash"], account["relaxations"]) == (turn["clash"], turn["relaxations"])
    assert account["lines"] == account["discounts"] == account["alternatives"] == []
    assert account["shipping"] is account["left"] is None
    assert blank("chat", "Hello")["plan"] is None


def test_an_impossible_plan_is_told_with_its_clash_and_one_line_a_way_out(shops: dict[str, Catalog]) -> None:
    brief = Brief(needs=[Need(kind="cake"), Need(kind="favours", quantity=12)], budget=Budget(max="10"))
    ways = [Relaxation(change="raise the budget to $46.00 ($36.00 more)", opens=4)]
    ways.append(Relaxation(change="8 favours instead of 12", opens=1))
    outcome = Outcome(request=Request(brief=brief), status="infeasible", closest_cost=usd("46"), relaxations=ways)
    outcome.clash = ["a budget of up to $10.00", "12 party favours"]
    evidence = gather_evidence(shops["USD"], outcome)
    text = render(evidence)
    assert "These cannot all be met at once: a budget of up to $10.00; 12 party favours." in text
    assert "The cheapest plan that keeps your other wishes costs $46.00." in text
    assert (
        "- Raise the budget to $46.00 ($36.00 more): opens 4 plans.\n- 8 favours instead of 12: opens 1 plan." in text
    )
    assert problems(text, evidence) == []


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


def plan(shop: Catalog, sums: PlanSums, **brief: Any) -> Evidence:
    """The evidence of a plan of two picks with these sums."""
    asked = Brief.model_validate({"needs": [{"kind": "cake"}, {"kind": "gift"}], **brief})
    picks = [Pick(need="cake", product_id="cake0"), Pick(need="gift", product_id="gift0")]
    return gather_evidence(shop, Outcome(request=Request(brief=asked), status="recommended", picks=picks, sums=sums))


def test_a_shortlist_has_a_plan_object_without_lines(tmp_path: Path) -> None:
    shop = a_catalog(tmp_path, [a_product("mug")])
    outcome = Outcome(request=Request(brief=Brief()), status="recommended", picks=[Pick(need="gift", product_id="mug")])
    turn = recommended(gather_evidence(shop, outcome))
    assert turn["total"] is None
    assert turn["plan"]["lines"] == []
    assert turn["picks"][0]["title"] == "The mug"
