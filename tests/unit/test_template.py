"""The template reply says what the evidence says: titles, exact prices, wishes answered, and what was not found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import recommend
from tools.brief import Brief, Budget, Need, Recipient
from tools.money import Money
from tools.product import Product
from tools.receipts.evidence import Evidence, gather_evidence
from tools.receipts.template import for_whom, render
from tools.receipts.verifier import problems
from tools.request import Question, Request

GIFTS = [
    a_product("can", "42.50", title="Copper Watering Can", interests=["gardening"], brand="Fern", category="Garden"),
    a_product(
        "poster", "19.00", title="Blue Note Poster", interests=["jazz"], rating=4.1, rating_count=38, category="Art"
    ),
    a_product("kit", "55.00", title="Herb Kit", description="With secateurs.", category="Kits"),
]
PARTY = [
    a_product("cake", "36.20", title="Fossil Cake", need="cake", themes=["dinosaur"]),
    a_product("egg", "9.95", title="Dino Eggs", need="favours", pack_size=5, themes=["dinosaur"]),
]
NEEDS = [Need(kind="cake"), Need(kind="favours", quantity=12)]


def reply_to(
    folder: Path, shop: list[Product], explain: int | None = None, question: Question | None = None, **brief: Any
) -> tuple[str, Evidence]:
    catalog = a_catalog(folder, shop)
    outcome = recommend(catalog, Request(brief=Brief.model_validate(brief), question=question))
    evidence = gather_evidence(catalog, outcome, explain)
    return render(evidence), evidence


def test_each_pick_is_named_with_its_title_its_price_and_a_wish_it_answers(tmp_path: Path) -> None:
    text, evidence = reply_to(tmp_path, GIFTS, interests=["gardening", "jazz"], budget=Budget(min="10", max="60"))
    assert len(evidence.picks) == 3
    for pick in evidence.picks:
        first, second = text.split(f"{pick.number}. **")[1].splitlines()[:2]
        assert first.startswith(pick.product.title)
        assert str(pick.product.price) in first
        assert any(wish in second for wish in pick.answers)


@pytest.mark.parametrize(
    "brief",
    [
        {"interests": ["gardening"], "budget": Budget(min="10", max="60"), "recipient": Recipient(relation="father")},
        {"interests": ["falconry"]},
        {"interests": ["jazz"], "budget": Budget(max="5")},
        {"options": 1, "occasion": "birthday"},
        {"avoid": ["jazz"], "interests": ["poster"]},
    ],
)
def test_the_template_passes_the_check_that_a_models_reply_must_pass(tmp_path: Path, brief: dict[str, Any]) -> None:
    text, evidence = reply_to(tmp_path, GIFTS, **brief)
    assert problems(text, evidence) == []


def cells(text: str) -> list[list[str]]:
    """The table in a reply, its rule left out."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[:1] + rows[2:]]


def test_a_plan_is_a_table_of_every_need_with_packs_price_and_the_sums(tmp_path: Path) -> None:
    text, _ = reply_to(tmp_path, PARTY, needs=NEEDS, theme="dinosaur", budget=Budget(max="70"))
    assert cells(text) == [
        ["For", "Pick", "Packs × price", "Cost"],
        ["Cake", "**Fossil Cake**", "1 × $36.20", "$36.20"],
        ["Party favours", "**Dino Eggs**", "3 × $9.95", "$29.85"],
        ["Subtotal", "", "", "$66.05"],
        ["Total", "", "", "**$66.05**"],
        ["Left", "", "", "$3.95"],
    ]
    assert "3 packs of 5 cover the 12 you asked for" in text


def test_the_table_is_one_in_plain_text_too(tmp_path: Path) -> None:
    text, _ = reply_to(tmp_path, PARTY, needs=NEEDS)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert all(line == "" or not line.startswith("|") for line in text.split(rows[0])[0].splitlines())


def test_a_bar_in_a_title_does_not_break_the_table(tmp_path: Path) -> None:
    shop = [PARTY[0].model_copy(update={"title": "Fossil | Lava\nCake"}), PARTY[1]]
    text, evidence = reply_to(tmp_path, shop, needs=NEEDS)
    assert "**Fossil \\| Lava Cake**" in text
    assert problems(text, evidence) == []


def test_an_amount_per_head_leaves_what_that_of_all_heads_leaves(tmp_path: Path) -> None:
    text, _ = reply_to(tmp_path, PARTY, needs=NEEDS, budget=Budget(max="10", per="each"))
    assert cells(text)[-1] == ["Left", "", "", "$53.95"]


def test_cheaper_than_before_leaves_what_the_budget_leaves(tmp_path: Path) -> None:
    text, _ = reply_to(tmp_path, PARTY, needs=NEEDS, budget=Budget(max="100"), price_cap="70")
    assert cells(text)[-1] == ["Left", "", "", "$33.95"]
    text, _ = reply_to(tmp_path, PARTY, needs=NEEDS, price_cap="70")
    assert "Left" not in text


def test_a_plan_counts_vouchers_and_shipping_in_its_table(tmp_path: Path) -> None:
    voucher = {"label": "10% voucher", "percent": "10"}
    shop = [product.model_copy(update={"shipping": Money.of("4.95", "USD")}) for product in PARTY]
    text, evidence = reply_to(tmp_path, shop, needs=NEEDS, budget=Budget(max="70"), vouchers=[voucher])
    assert cells(text)[3:] == [
        ["Subtotal", "", "", "$66.05"],
        ["10% voucher", "", "", "−$6.60"],
        ["Shipping", "", "", "$4.95"],
        ["Total", "", "", "**$64.40**"],
        ["Left", "", "", "$5.60"],
    ]
    assert problems(text, evidence) == []


def test_a_pick_says_what_is_paid_where_a_voucher_makes_it_another_amount(tmp_path: Path) -> None:
    voucher = {"label": "gift card", "amount": "5"}
    text, evidence = reply_to(tmp_path, GIFTS, interests=["jazz"], budget=Budget(max="15"), vouchers=[voucher])
    assert "**Blue Note Poster**: $19.00, $14.00 to pay with vouchers, shipping and tax counted" in text
    assert problems(text, evidence) == []


def test_a_wish_that_nothing_answers_is_admitted(tmp_path: Path) -> None:
    text, _ = reply_to(tmp_path, GIFTS, interests=["falconry"])
    assert 'nothing for "falconry"' in text
    text, _ = reply_to(tmp_path, GIFTS, interests=["falconry", "jazz"])
    assert '"falconry" itself' in text


def test_nothing_fits_is_said_with_the_closest_fit_and_what_would_help(tmp_path: Path) -> None:
    text, _ = reply_to(tmp_path, GIFTS, interests=["jazz"], budget=Budget(max="18.99"))
    assert 'Nothing in the catalogue fits "jazz" within a budget of up to $18.99.' in text
    assert "**Blue Note Poster** at $19.00" in text
    assert "- Raise the budget to $19.00 ($0.01 more): opens 1 product." in text


def test_a_plan_that_does_not_fit_names_what_the_cheapest_costs(tmp_path: Path) -> None:
    text, _ = reply_to(tmp_path, PARTY, needs=NEEDS, budget=Budget(max="66.04"))
    assert "costs $66.05" in text


def test_a_question_ends_the_reply(tmp_path: Path) -> None:
    question = Question(slot="age", text="How old will they be?")
    text, _ = reply_to(tmp_path, GIFTS, question=question, interests=["jazz"])
    assert text.endswith("How old will they be?")


def test_why_a_pick_was_chosen_lists_its_reasons_and_the_shops_text(tmp_path: Path) -> None:
    text, evidence = reply_to(tmp_path, GIFTS, explain=1, interests=["gardening"], options=2)
    assert text.startswith("**Copper Watering Can** ($42.50)")
    assert all(reason.lower() in text.lower() for reason in evidence.picks[0].reasons)
    text, _ = reply_to(tmp_path, GIFTS, explain=9, interests=["jazz"])
    assert "no pick number 9" in text


@pytest.mark.parametrize(
    ("recipient", "occasion", "said"),
    [
        (Recipient(relation="father"), "birthday", "your father's birthday"),
        (Recipient(relation="mother_in_law"), "mothers_day", "your mother-in-law's Mother's Day"),
        (Recipient(relation="grandparents"), "anniversary", "your grandparents' anniversary"),
        (Recipient(relation="niece", name="Ana"), None, "your niece Ana"),
        (Recipient(name="Ana"), "birthday", "Ana's birthday"),
        (Recipient(), "christmas", "Christmas"),
        (Recipient(), None, ""),
    ],
)
def test_whom_a_gift_is_for(recipient: Recipient, occasion: str | None, said: str) -> None:
    assert for_whom(Brief(recipient=recipient, occasion=occasion)) == said
