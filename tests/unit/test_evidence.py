"""Evidence is what may be said of the picks; every reason in it is true of the catalogue and of the brief."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import PLACES, briefs, products, recommend
from tools.brief import Brief, Budget, Need, Recipient
from tools.product import Product
from tools.receipts.evidence import gather_evidence
from tools.receipts.reasons import age_range, budget_text, rating_text, reasons
from tools.request import Matched, Outcome, Pick, Question, Request


def why(product: Product, matched: list[Matched] | None = None, *, quantity: int = 1, **brief: Any) -> list[str]:
    pick = Pick(
        need=product.need,
        product_id=product.product_id,
        quantity=quantity,
        units=quantity * product.pack_size,
        matched=matched or [],
    )
    return reasons(product, product.price * quantity, pick, Brief.model_validate(brief))


# -- reasons ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "word", "said"),
    [
        ("interests", "tea", "fits tea"),
        ("title", "teapot", 'fits tea: its title says "teapot"'),
        ("tags", "matcha", 'fits tea: tagged "matcha"'),
        ("description", "matcha", 'fits tea: its description mentions "matcha"'),
    ],
)
def test_a_match_is_said_with_the_field_and_the_word_that_prove_it(field: str, word: str, said: str) -> None:
    assert why(a_product(), [Matched(wish="tea", field=field, word=word)], interests=["tea"]) == [said]


def test_what_was_not_asked_for_by_name_is_called_close() -> None:
    matched = [Matched(wish="coffee", field="title", word="coffee")]
    assert why(a_product(), matched, interests=["tea"]) == ["not quite what you asked for, but close: coffee"]


def test_an_age_range_is_a_reason_only_where_it_suits() -> None:
    product = a_product(age_min_years=3, age_max_years=6)
    assert why(product, recipient=Recipient(age_years=4)) == ["for ages 3 to 6, so it suits age 4"]
    assert why(product, recipient=Recipient(age_years=9)) == []
    assert why(a_product(), recipient=Recipient(age_years=4)) == []


def test_where_nobody_said_an_age_it_is_told_that_something_is_for_children() -> None:
    assert why(a_product(age_min_years=1, age_max_years=3), recipient=Recipient(relation="friend")) == [
        "for ages 1 to 3"
    ]
    assert why(a_product(age_min_years=12), recipient=Recipient(relation="friend")) == []


def test_packs_are_said_to_cover_a_quantity_only_where_they_do() -> None:
    favour = a_product(need="favours", pack_size=5)
    needs = [Need(kind="favours", quantity=12)]
    assert why(favour, quantity=3, needs=needs) == ["3 packs of 5 cover the 12 you asked for"]
    assert why(favour, quantity=2, needs=needs) == []


def test_a_cost_is_called_within_the_budget_only_where_it_is() -> None:
    """A pick may be explained after the budget was lowered."""
    assert why(a_product(price="30"), budget=Budget(max="40")) == ["costs $30.00, within your budget of up to $40.00"]
    assert why(a_product(price="30"), budget=Budget(max="20")) == []


def test_an_occasion_is_a_reason_where_the_product_is_meant_for_it() -> None:
    assert why(a_product(occasions=["mothers day"]), occasion="mothers_day") == ["meant for mothers day"]
    assert why(a_product(occasions=["birthday"]), occasion="mothers_day") == []


def test_a_rating_is_said_with_the_number_of_those_who_gave_it() -> None:
    assert rating_text(a_product(rating=4.6, rating_count=212)) == "rated 4.6 of 5 by 212 shoppers"
    assert rating_text(a_product(rating=4.6, rating_count=1)) == "rated 4.6 of 5 by 1 shopper"
    assert rating_text(a_product(rating=4.6)) == "rated 4.6 of 5"


@pytest.mark.parametrize(
    ("low", "high", "said"), [(3, 6, "for ages 3 to 6"), (None, 6, "for ages 0 to 6"), (8, None, "for ages 8 and up")]
)
def test_an_age_range_in_words(low: int | None, high: int | None, said: str) -> None:
    assert age_range(a_product(age_min_years=low, age_max_years=high)) == said


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(min="40", max="60"), "$40.00 to $60.00"),
        (Budget(max="50", per="each"), "up to $50.00 each"),
        (Budget(min="50"), "$50.00 or more"),
        (Budget(max="9.999"), "up to $9.99"),
        (Budget(), None),
        (None, None),
    ],
)
def test_a_budget_in_words_is_never_more_than_was_said(budget: Budget | None, said: str | None) -> None:
    assert budget_text(Brief(budget=budget), "USD") == said


# -- gathering ----------------------------------------------------------------


def test_a_product_that_has_left_the_catalogue_is_left_out(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, [a_product("mug")])
    picks = [Pick(need="gift", product_id="sold"), Pick(need="gift", product_id="mug")]
    evidence = gather_evidence(catalog, Outcome(request=Request(brief=Brief()), status="recommended", picks=picks))
    assert [(p.number, p.product.product_id) for p in evidence.picks] == [(2, "mug")]


def test_a_cost_is_price_times_quantity(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, [a_product("mug", "3.33")])
    picks = [Pick(need="gift", product_id="mug", quantity=3, units=3)]
    evidence = gather_evidence(catalog, Outcome(request=Request(brief=Brief()), status="recommended", picks=picks))
    assert str(evidence.picks[0].cost) == "$9.99"


def test_question_relaxations_and_what_was_not_met_are_handed_on(tmp_path: Path) -> None:
    question = Question(slot="age", text="How old will they be?")
    request = Request(brief=Brief(interests=["tea"], budget=Budget(max="1")), question=question)
    outcome = recommend(a_catalog(tmp_path, [a_product("tea", "5")]), request)
    evidence = gather_evidence(a_catalog(tmp_path, [a_product("tea", "5")]), outcome)
    assert evidence.question == question
    assert evidence.relaxations == outcome.relaxations != []
    assert evidence.closest is not None
    assert evidence.closest_cost == evidence.closest.cost


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(sorted(PLACES)), st.data())
def test_no_reason_contradicts_the_product_or_the_brief(
    tmp_path_factory: pytest.TempPathFactory, currency: str, data: st.DataObject
) -> None:
    """Also where the brief has changed since: then a reason is missing, never wrong."""
    catalog = a_catalog(tmp_path_factory.mktemp("shop"), data.draw(products(currency, plan=False)), currency)
    asked, changed = data.draw(st.lists(briefs(currency, plan=False), min_size=2, max_size=2))
    outcome = recommend(catalog, Request(brief=asked))
    for brief in (asked, changed):
        later = outcome.model_copy(update={"request": Request(brief=brief)})
        evidence = gather_evidence(catalog, later)
        for shown in (*evidence.picks, *([evidence.closest] if evidence.closest else [])):
            (need,) = brief.wanted
            low, high = brief.budget.bounds(currency) if brief.budget else (0, None)
            times = need.quantity if brief.budget and brief.budget.per == "each" else 1
            text, age = "; ".join(shown.reasons), brief.recipient.age_years
            assert "suits age" not in text or (age is not None and shown.product.suits_age(age))
            assert "cover the" not in text or shown.units >= need.quantity
            if "within your budget" in text:
                assert low * times <= shown.cost.minor
                assert high is None or shown.cost.minor <= high * times
