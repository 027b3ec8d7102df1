from __future__ import annotations

from decimal import Decimal

import pytest

from eval.simulation.generating import personas
from eval.simulation.goal import grade, judge, plan_pleases, pleases, says
from eval.simulation.persona import STYLES
from tests.fakes.personas import a_persona, gifts
from tests.fakes.products import a_product
from tools.errors import UsageError
from tools.money import Money


def test_the_same_seed_makes_the_same_personas_however_many_are_asked_for():
    few, many = list(personas(gifts(), "USD", 5, 3)), list(personas(gifts(), "USD", 20, 3))
    assert many[:5] == few
    assert list(personas(gifts(), "USD", 5, 4)) != few


def test_every_goal_can_be_met_by_its_target():
    by_id = {product.product_id: product for product in gifts()}
    for persona in personas(gifts(), "USD", 40, 11):
        assert persona.target
        assert pleases(persona, by_id[persona.target]), persona


def test_all_styles_turn_up():
    assert {persona.style for persona in personas(gifts(), "USD", 150, 7)} == set(STYLES)


def test_any_field_can_be_set_from_text():
    settings = ["interests=tea, jazz", "budget_max=12.50", "style=terse", "patience=2", "taste=none"]
    made = a_persona(taste="blue").with_fields([*settings, "first_said=budget:90"])
    assert made.interests == ["tea", "jazz"]
    assert made.budget_max == Decimal("12.50")
    assert (made.style, made.patience, made.taste, made.first_said) == ("terse", 2, None, {"budget": "90"})


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("height=3", "one of the persona's fields"),
        ("style", "FIELD=VALUE"),
        ("style=loud", "style='loud'"),
        ("patience=0", "patience='0'"),
        ("budget_max=12.3456", "decimal places"),
        ("needs=", "needs=''"),
        ("guests=0", "guests='0'"),
        ("currency=dollars", "currency='dollars'"),
        ("first_said=budget", "FACT:WHAT IS SAID"),
        ("first_said=budget:much", "plain number"),
        ("first_said=guests:9", "first_said='guests:9'"),
    ],
)
def test_a_setting_that_cannot_be_used_is_said(setting: str, said: str):
    with pytest.raises(UsageError, match=said):
        a_persona().with_fields([setting])


def test_a_budget_set_from_text_moves_the_other_end_out_of_its_way_unless_that_was_set_too():
    ranged = a_persona(budget_min="20", budget_max="40")
    assert ranged.with_fields(["budget_max=15"]).budget_min is None
    assert ranged.with_fields(["budget_min=90"]).budget_max is None
    assert ranged.with_fields(["budget_max=30"]).budget_min == 20
    with pytest.raises(UsageError, match="budget_min 90 is above budget_max 40"):
        ranged.with_fields(["budget_min=90", "budget_max=40"])


def test_a_catalogue_without_anything_to_want_is_said():
    with pytest.raises(UsageError, match="to want it by"):
        list(personas([a_product("mug")], "USD", 1, 1))


def test_words_are_whole_words_in_either_number():
    assert says("Two wooden boats", "wooden boat")
    assert not says("A boathouse of wood", "boat")


def test_a_goal_is_met_part_by_part():
    tea = a_product("tea", price="41.00", interests=["tea"], age_min_years=18, contains=["almonds"])
    judged = judge(a_persona(interests=["tea", "jazz"], age_years=12, allergies=["nuts"]), tea)
    assert (judged.wishes, judged.price, judged.age, judged.rules, judged.kind) == (0.5, False, False, False, True)


def test_the_grade_is_nought_for_what_must_not_be_given_and_grows_with_the_wishes_met():
    both = a_product("both", interests=["tea", "jazz"])
    one = a_product("one", interests=["tea"])
    persona = a_persona(interests=["tea", "jazz"])
    assert [grade(persona, p) for p in (both, one, a_product("none"))] == [3, 2, 0]
    assert grade(persona, both.model_copy(update={"price": Money.of("40.01", "USD")})) == 0


def test_a_plan_pleases_only_when_whole_affordable_and_on_theme():
    cake = a_product("cake", price="20.00", need="cake", themes=["pirate"])
    plates = a_product("plates", price="10.00", need="tableware", themes=["pirate"])
    persona = a_persona(needs=["cake", "tableware"], theme="pirate", interests=[], accepts_from=1.0)
    assert plan_pleases(persona, [(cake, 1), (plates, 2)])
    assert not plan_pleases(persona, [(cake, 1)])
    assert not plan_pleases(persona, [(cake, 1), (plates, 3)])
    assert not plan_pleases(persona, [(cake, 1), (plates.model_copy(update={"themes": []}), 1)])
