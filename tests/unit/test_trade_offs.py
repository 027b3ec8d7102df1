"""What speaks against the first pick is said, in few words, and only where it is so."""

from __future__ import annotations

from decimal import Decimal

from tools.brief import Brief
from tools.money import Money
from tools.product import Product
from tools.receipts.evidence import Evidence, PickEvidence
from tools.receipts.trade_offs import considerations


def _pick(number: int, price: int, rating: float | None, count: int | None = 100) -> PickEvidence:
    money = Money(amount=Decimal(price), currency="USD")
    count = count if rating is not None else None
    product = Product(
        product_id=f"p{number}", title=f"Thing {number}", price=money, need="gift", rating=rating, rating_count=count
    )
    bought = {"price": money, "quantity": 1, "units": 1, "cost": money}
    return PickEvidence.model_validate(
        {"number": number, "need": "gift", "product": product, "answers": [], "reasons": [], **bought}
    )


def _said(*picks: PickEvidence) -> str:
    return considerations(Evidence(status="recommended", currency="USD", brief=Brief(), picks=list(picks)))


def test_one_pick_has_nothing_to_be_weighed_against() -> None:
    assert _said(_pick(1, 10, 4.5)) == ""


def test_the_runner_up_that_costs_less_and_is_rated_lower_is_a_trade_off() -> None:
    said = _said(_pick(1, 20, 4.7), _pick(2, 10, 4.2))
    assert "first" in said
    assert "second" in said
    assert "cheap" in said


def test_a_first_pick_that_is_cheapest_and_best_rated_needs_no_words() -> None:
    assert _said(_pick(1, 10, 4.7), _pick(2, 20, 4.2)) == ""


def test_few_ratings_are_told() -> None:
    assert "7 shoppers" in _said(_pick(1, 10, 4.7), _pick(2, 20, 4.2, 7))


def test_a_pick_without_ratings_is_told() -> None:
    assert "Nobody has rated the second yet." in _said(_pick(1, 10, 4.7), _pick(2, 20, None))


def test_the_same_picks_get_the_same_words() -> None:
    picks = (_pick(1, 20, 4.7), _pick(2, 10, 4.2))
    assert _said(*picks) == _said(*picks)


def test_other_picks_get_other_words() -> None:
    assert len({_said(_pick(n, 20, 4.7), _pick(n + 1, 10, 4.2)) for n in range(20)}) > 1


def test_at_most_two_sentences_are_said() -> None:
    said = _said(_pick(1, 20, 4.7), _pick(2, 10, 4.2, 7), _pick(3, 5, None))
    assert said.count(".") == 2


def test_few_ratings_recommend_nothing() -> None:
    assert "best rated" not in _said(_pick(1, 10, 4.2), _pick(2, 20, 4.9, 5))
