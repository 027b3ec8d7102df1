"""What blind testers saw misread: refused brands, ages, corrected occasions, things wanted, and amounts of parts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recsys_agent.offline.reading import read
from recsys_agent.offline.reading.model import Reading
from tools.brief import Brief, BriefChanges, Budget, Recipient
from tools.receipts.reasons import limit_text
from tools.shopper.others import share_budget

TODAY = date(2026, 11, 23)


def brief_of(*turns: str) -> Brief:
    brief = Brief()
    for turn in turns:
        brief = read(turn, today=TODAY, brief=brief).changes.apply(brief)
    return brief


@pytest.mark.parametrize(
    ("said", "brands"),
    [
        ("nothing by Thornby", ["thornby"]),
        ("nothing by thornby please", ["thornby"]),
        ("nothing made by Blue Heron", ["blue heron"]),
        ("nothing from Ashcombe & Sons", ["ashcombe & sons"]),
        ("no Thornby stuff", ["thornby"]),
        ("not another Thornby thing", ["thornby"]),
        ("please avoid the brand Thornby", ["thornby"]),
        ("I don't want anything from Thornby or Blue Heron", ["thornby", "blue heron"]),
        ("not from Blue Heron", ["blue heron"]),
        ("anything but North Ridge", ["north ridge"]),
    ],
)
def test_a_brand_is_refused_by_its_name_alone(said: str, brands: list[str]) -> None:
    assert brief_of("a gift for my aunt who likes gardening", said).avoid == brands
    assert brief_of(f"a gift for my aunt who likes gardening, {said}").avoid == brands


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("a girl of 11 who loves dancing", 11),
        ("a lad of fourteen, into football", 14),
        ("a man of about 60 who likes fishing", 60),
        ("twins of 5, both love trains", 5),
        ("a baby of 6 months", 0),
        ("my niece of 12 likes art", 12),
        ("a grandmother of 80 who knits", 80),
        ("a mother of 3 who likes tea", None),
        ("a group of 8 kids who like football", None),
        ("toys for kids under 5", 4),
        ("toys for kids under $5", None),
        ("toys for kids under 20", None),
    ],
)
def test_of_a_number_says_the_age_of_whom_it_can(said: str, age: int | None) -> None:
    assert brief_of(said).recipient.age_years == age


@pytest.mark.parametrize("said", ["make it under 25", "up to 25", "25 max", "no more than 25"])
def test_an_amount_answers_no_question_for_an_age(said: str) -> None:
    known = Brief(recipient=Recipient(relation="niece"))
    changes = read(said, today=TODAY, brief=known, asked="age").changes
    assert changes.age_years is None
    assert changes.budget is not None
    assert changes.budget.max == 25


@pytest.mark.parametrize(
    ("said", "occasion"),
    [
        ("Retirement... well, 65th birthday gift for my boss", "birthday"),
        ("Christmas, er, birthday gift for my uncle", "birthday"),
        ("It's for her graduation - sorry, her birthday", "birthday"),
        ("wedding gift for my sister, I mean anniversary", "anniversary"),
        ("birthday, no, retirement present for my boss", "retirement"),
        ("a retirement gift for my boss, whose birthday is in May", "retirement"),
        ("my daughter's birthday party with cake and thank-you cards", "birthday"),
    ],
)
def test_a_corrected_occasion_is_the_one_that_is_meant(said: str, occasion: str) -> None:
    assert brief_of(said).occasion == occasion


@pytest.mark.parametrize(
    ("said", "interests"),
    [
        ("puzzle or board game for my parents", ["puzzles", "board games"]),
        ("mug or teapot for my colleague, 20 max", ["mugs", "teapots"]),
        ("a scarf or gloves for my gran", ["scarves", "gloves"]),
        ("a leather bag or a watch for my wife, 150 dollars", ["leather bags", "watches"]),
        ("silver jewellery or a scarf for my mum's 70th", ["silver jewellery", "scarves"]),
        ("a mug or socks, for my brother", ["mugs", "socks"]),
        ("drum kit or cymbals for my son", ["drum kits", "cymbals"]),
        ("wireless earbuds OR a smart watch, boyfriend", ["wireless earbuds", "smart watches"]),
        ("new sofa, green, 1300 tops", ["green sofas", "sofas"]),
        ("a dress for a wedding guest, blue", ["blue dresses", "dresses"]),
        ("kitchen things for my mum", ["kitchen"]),
        ("something for mum's kitchen", ["kitchen"]),
        ("something soft and cuddly for my niece", ["cuddly"]),
        ("my cuddly grandad likes golf", ["golf"]),
        ("office things for my boss", ["office"]),
        ("a gift for my aunt, she has a cat", ["cats"]),
        ("a gift for my neighbour who owns two dogs", ["dogs"]),
        ("a present for my uncle who has a vegetable patch", ["gardening"]),
        ("a gift for my friend who has just bought a boat", ["boats"]),
        ("a gift for a colleague with a new puppy", ["dogs"]),
        ("my son has two cats and loves lego", ["lego"]),
        ("a gift for my aunt, she does not have a dog", []),
    ],
)
def test_things_wanted_and_things_cared_for_are_looked_for(said: str, interests: list[str]) -> None:
    brief = brief_of(said)
    assert brief.interests == interests
    assert not {*interests} & {*brief.rules}


@pytest.mark.parametrize(
    ("said", "total", "parts"),
    [
        ("plates at 10 dollars max and a cake, 50 dollars", 50, {"tableware": 10}),
        ("a party for 8 kids, budget 100: cake 40, decorations", 100, {"cake": 40}),
        ("cake 40, decorations 20, total 100 for 8 kids", 100, {"cake": 40, "decorations": 20}),
        ("cake up to 35 and balloons, all for 70", 70, {"cake": 35}),
        ("I have 120 for the party: 50 for the cake, the rest for decorations and plates", 120, {"cake": 50}),
        ("party bags at $3 each for 10 kids and a cake, $80", 80, {"favours": 30}),
        ("birthday party for my dad turning 50, cake, candles, 200", 200, {}),
    ],
)
def test_a_total_is_never_lost_to_the_amount_of_a_part(said: str, total: int, parts: dict[str, int]) -> None:
    brief = brief_of(said)
    assert brief.budget is not None
    assert brief.budget.max == total
    assert {need.kind: need.max for need in brief.needs if need.max} == {k: Decimal(v) for k, v in parts.items()}


@pytest.mark.parametrize(
    ("said", "extras"),
    [
        ("a pirate party for 8 kids, with a costume, $150", ["costume"]),
        ("cake, balloons, drinks and thank-you cards for 10 kids", ["drinks", "thank-you cards"]),
        ("a party for 8 kids with cake, no music", []),
        ("a gift for my dad, he likes music", []),
    ],
)
def test_what_no_plan_holds_is_not_lost_without_a_word(said: str, extras: list[str]) -> None:
    assert read(said, today=TODAY).extras == extras


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("something cosy for my mum", ["cosy"]),
        ("a handy and elegant gift for my boss", ["practical", "elegant"]),
        ("something sweet for my sister", []),
        ("a blue gift for my sister", []),
    ],
)
def test_a_quality_wished_for_at_once_steers(said: str, more: list[str]) -> None:
    assert brief_of(said).more == more


def test_an_amount_for_two_people_is_shared_by_them() -> None:
    changes = BriefChanges(relation="father", budget=Budget(max=Decimal(100)))
    shared = share_budget(changes, ["mother"], "for dad and for mom, $100 together", "USD").budget
    assert shared is not None
    assert shared.max == 50
    assert share_budget(changes, ["mother"], "for dad up to $100, and for mom", "USD") == changes


def test_the_head_tells_the_lower_of_the_budget_and_the_cap() -> None:
    brief = Brief(budget=Budget(min=Decimal(15), max=Decimal(40)), price_cap=Decimal("24.19"))
    assert limit_text(brief, "USD") == "$15.00 to $24.19"
    assert limit_text(brief.model_copy(update={"price_cap": Decimal(60)}), "USD") == "$15.00 to $40.00"


def after_picks(said: str, offered: tuple[str, ...] = ()) -> Reading:
    brief = Brief(interests=["gardening"])
    return read(said, today=TODAY, brief=brief, shown=0 if offered else 3, offered=offered)


@pytest.mark.parametrize(
    ("said", "position", "must"),
    [
        ("the second one but blue", 2, ["blue"]),
        ("the first one, but in green please", 1, ["green"]),
        ("number 2 but wooden", 2, ["wood"]),
    ],
)
def test_a_pick_with_one_thing_changed_asks_for_one_like_it(said: str, position: int, must: list[str]) -> None:
    reading = after_picks(said)
    assert (reading.critique, reading.position, reading.changes.must) == ("like", position, must)


@pytest.mark.parametrize("said", ["why not the third?", "why not the third one then?", "why not number 3?"])
def test_why_not_this_one_of_the_picks_asks_about_it(said: str) -> None:
    assert (after_picks(said).intent, after_picks(said).position) == ("explain", 3)


@pytest.mark.parametrize("said", ["what would help?", "what are my options?", "so what can we do then?"])
def test_what_would_help_is_told_again(said: str) -> None:
    reading = after_picks(said, ("Raise the budget to $6.95",))
    assert (reading.intent, reading.changes) == ("recommend", BriefChanges())


@pytest.mark.parametrize(
    ("said", "most"),
    [
        ("my sister, she bought a camera last week, under $60", "60"),
        ("mum, she has just bought a bike and loves cooking, up to $50", "50"),
        ("he has just bought a camper van, we collected 120 dollars", "120"),
        ("my niece bought a horse, 45 max", "45"),
        ("we bought him a watch for 90 dollars last year", None),
        ("last year I spent 80 on a watch, he likes fishing", None),
        ("I got her a 90 dollar mat last christmas, this time max 50", "50"),
    ],
)
def test_what_was_spent_once_is_no_budget_and_hides_none(said: str, most: str | None) -> None:
    budget = brief_of(said).budget
    assert (budget and budget.max) == (most and Decimal(most))


@pytest.mark.parametrize(
    ("turns", "theme"),
    [
        (("a pirate party for 10 kids", "space instead of pirates"), "space"),
        (("a pirate party for 10 kids", "no pirates, dinosaurs instead"), "dinosaur"),
        (("dinosaurs instead of pirates, decorations and plates for 8",), "dinosaur"),
        (("a unicorn not mermaid party, 8 girls",), "unicorn"),
        (("jungle rather than farm theme for a first birthday",), "jungle"),
    ],
)
def test_a_theme_in_place_of_another_is_the_theme(turns: tuple[str, ...], theme: str) -> None:
    brief = brief_of(*turns)
    assert brief.theme == theme
    assert brief.interests == []
    assert brief.avoid == []


@pytest.mark.parametrize(
    ("said", "quantity"),
    [
        ("an engagement present for two friends", 1),
        ("wedding gift for two friends, 60", 1),
        ("gifts for two friends, 20 each", 2),
        ("thank you gifts for 3 teachers", 3),
    ],
)
def test_a_couple_is_given_one_present(said: str, quantity: int) -> None:
    assert [need.quantity for need in brief_of(said).wanted] == [quantity]


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("cake (35), plates (10), balloons (15)", {"cake": 35, "tableware": 10, "decorations": 15}),
        ("cake - 30, decorations - 20", {"cake": 30, "decorations": 20}),
        ("cake thirty, balloons fifteen", {"cake": 30, "decorations": 15}),
    ],
)
def test_each_need_has_the_amount_beside_it(said: str, limits: dict[str, int]) -> None:
    brief = brief_of(said)
    assert {need.kind: need.max for need in brief.needs} == {kind: Decimal(most) for kind, most in limits.items()}
    assert brief.budget is None or brief.budget.max is None


def test_who_hates_shopping_refuses_nothing() -> None:
    assert brief_of("I hate shopping. my aunt hates everything").avoid == []
