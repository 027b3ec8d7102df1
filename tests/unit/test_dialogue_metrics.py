from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest

from eval.metrics.cost import llm_calls, model_failures, tokens, turn_model_ms, turn_ms
from eval.metrics.coverage import coverage
from eval.metrics.diversity import diversity
from eval.metrics.exposure import exposure_gini
from eval.metrics.goal_satisfaction import goal_satisfaction
from eval.metrics.novelty import novelty
from eval.metrics.questions import questions, redundant_questions
from eval.metrics.rules_broken import rules_broken
from eval.metrics.shortlist_ndcg import Grader, shortlist_ndcg
from eval.metrics.success import success_by_turn
from eval.metrics.unsupported_claims import prices_by_title, unsupported_claims
from eval.report.losses import reason
from eval.simulation.dialogue import Dialogue, Exchange, Reply, Shown
from tests.fakes.personas import a_persona
from tests.fakes.products import a_product

SHOP = {
    product.product_id: product
    for product in (
        a_product("both", price="30.00", interests=["tea", "jazz"]),
        a_product("tea", price="20.00", interests=["tea"], age_min_years=18),
        a_product("jazz", price="50.00", interests=["jazz"]),
        a_product("nutty", price="10.00", interests=["tea"], contains=["almonds"]),
    )
}
PERSONA = a_persona(interests=["tea", "jazz"], budget_max="40", age_years=12, allergies=["nuts"])


def shown(*product_ids: str) -> tuple[Shown, ...]:
    return tuple(Shown(i, SHOP[i].title, SHOP[i].price.amount) for i in product_ids)


def turn(*product_ids: str, told: tuple[str, ...] = (), text: str = "", **fields: Any) -> Exchange:
    reply = Reply(text, "recommended" if product_ids else "asked", shown(*product_ids), **fields)
    return Exchange("…", reply, frozenset(told))


def dialogue(*exchanges: Exchange, outcome: str = "ran out of patience", **persona: Any) -> Dialogue:
    return Dialogue("s", PERSONA.model_copy(update=persona), list(exchanges), outcome)


def test_success_by_turn_counts_who_was_served_by_then():
    served = [dialogue(*[turn()] * turns, outcome="took") for turns in (1, 3)]
    assert success_by_turn([*served, dialogue(turn())], 4) == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3])


def test_satisfaction_is_the_share_of_parts_that_the_best_last_pick_meets():
    # tea: one of two wishes, the price, the rules, not the age: 3 of 5. jazz: one wish, age, rules: 3 of 5. both: all.
    assert goal_satisfaction(dialogue(turn("tea")), SHOP.get) == pytest.approx(3 / 5)
    assert goal_satisfaction(dialogue(turn("both"), turn("tea", "jazz")), SHOP.get) == pytest.approx(3 / 5)
    assert goal_satisfaction(dialogue(turn("jazz", "both")), SHOP.get) == 1
    assert goal_satisfaction(dialogue(turn()), SHOP.get) == 0


def test_satisfaction_of_a_party_is_the_mean_over_what_it_needs():
    cake = a_product("cake", need="cake", price="20.00", themes=["pirate"])
    party = dialogue(needs=["cake", "tableware"], theme="pirate", interests=[], allergies=[])
    three_cakes = (Shown("cake", "", Decimal(20), "cake", 3),)
    party.exchanges.append(Exchange("…", Reply("", "recommended", three_cakes), frozenset()))
    # 60 dollars are over the budget: wish, age and rules of four parts; nothing for the tableware
    assert goal_satisfaction(party, {"cake": cake}.get) == pytest.approx((3 / 4) / 2)


def test_ndcg_of_the_shortlist_is_what_it_is_by_hand():
    grades = Grader(SHOP.values()).grades(PERSONA.model_copy(update={"age_years": None}))
    assert grades == {"both": 3, "tea": 2}
    by_hand = (2 / math.log2(2) + 3 / math.log2(4)) / (3 / math.log2(2) + 2 / math.log2(3))
    assert shortlist_ndcg(dialogue(turn("tea", "nutty", "both")), grades) == pytest.approx(by_hand)


def test_a_question_about_what_was_told_is_redundant():
    asked = dialogue(turn(asked="budget"), turn("tea", told=("budget",), asked="budget"), turn(asked="other"))
    assert questions(asked) == 3
    assert redundant_questions(asked) == 1


def test_only_rules_that_were_said_can_be_broken():
    assert rules_broken(dialogue(turn("tea", "jazz", "nutty")), SHOP.get) == 0
    assert rules_broken(dialogue(turn("tea", "jazz", "nutty", told=("age",))), SHOP.get) == 1
    assert rules_broken(dialogue(turn("tea", "jazz", "nutty", told=("age", "budget", "avoid"))), SHOP.get) == 3


def test_what_is_still_said_wrongly_breaks_no_rule():
    misled = Exchange("…", turn("jazz").reply, frozenset({"budget"}), frozenset({"budget"}))
    assert rules_broken(dialogue(misled), SHOP.get) == 0


def test_a_title_or_price_that_the_catalogue_does_not_have_is_unsupported():
    prices = {"The tea": {Decimal("20.00")}, "The jazz": {Decimal("50.00")}}
    text = "1. **The tea**: $20.00, 10% off $30.00\n2. **The jazz**: $49.00\n3. **The moon**: $1.00\nTotal: **$70.00**"
    assert unsupported_claims(dialogue(turn("tea", text=text)), prices) == 2
    assert unsupported_claims(dialogue(turn("tea", text="**The tea** (2 packs): $40.00")), prices) == 0


def test_any_price_of_products_with_the_same_title_is_true():
    prices = prices_by_title([a_product("one", "20.00", title="The tea"), a_product("two", "35.00", title="The tea")])
    for price, wrong in (("20.00", 0), ("35.00", 0), ("30.00", 1)):
        assert unsupported_claims(dialogue(turn("tea", text=f"**The tea**: ${price}")), prices) == wrong


def test_costs_add_up_over_the_conversation():
    turns = [turn(llm_calls=2, tokens=100, milliseconds=20, model_ms=5), turn(llm_calls=1, tokens=50, milliseconds=10)]
    one = dialogue(*turns)
    assert (llm_calls(one), tokens(one), turn_ms(one), turn_model_ms(one)) == (3, 150, 15, 2.5)


def test_coverage_counts_each_product_once():
    assert coverage(["a", "a", "b", "invented"], ["a", "b", "c", "d"]) == 0.5


def test_novelty_is_self_information_in_bits():
    ratings = {"hit": 5, "rare": 1}  # with one more each: 6 and 2 of 8
    assert novelty(["rare"], ratings) == 2
    assert novelty(["rare", "hit"], ratings) == pytest.approx((2 - math.log2(6 / 8)) / 2)


def test_diversity_is_one_minus_the_mean_likeness_of_pairs():
    one, other = a_product("a", tags=["x", "y"]), a_product("b", tags=["y", "z"])
    assert diversity([one, other]) == pytest.approx(1 - 1 / 3)
    assert diversity([one]) is None


def test_exposure_is_even_at_nought_and_one_sided_near_one():
    assert exposure_gini([["a"], ["b"]], ["a", "b"]) == 0
    assert exposure_gini([["a"]], ["a", "b"]) == 0.5  # by hand: (2·2 − 2 − 1)·1 / (2·1)
    assert exposure_gini([], ["a"]) == 0


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (turn("jazz"), "against a rule or the budget"),
        (turn("both"), "not to their taste"),
        (turn(), "asked to the end"),
        (Exchange("…", Reply("", "infeasible"), frozenset()), "told that nothing fits"),
        (Exchange("…", Reply("", "chat"), frozenset()), "not understood"),
        (Exchange("…", Reply("", "error"), frozenset()), "an error"),
        (Exchange("…", Reply("", "recommended", (Shown(None, "Moon", Decimal(1)),)), frozenset()), "invented products"),
    ],
)
def test_a_lost_shopper_has_one_reason(last: Exchange, why: str):
    assert reason(dialogue(last), SHOP.get) == why
    assert reason(dialogue(last, outcome="took"), SHOP.get) is None


def test_turns_that_a_model_failed_in_are_counted():
    failed = turn("tea", warnings=("gemini could not be used (HTTP 503)",))
    assert model_failures(dialogue(turn("tea"), failed)) == 1
