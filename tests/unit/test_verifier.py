"""A reply passes only when everything in it that can be checked is in the evidence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fakes.evidence import can, evidence, picked, poster, seeds
from tools.brief import Brief, Budget, Need, Recipient
from tools.money import Money
from tools.receipts.evidence import Evidence
from tools.receipts.general import without_idioms
from tools.receipts.small_talk import small_talk_problems
from tools.receipts.template import render
from tools.receipts.verifier import problems
from tools.request import PlanSums, Question, Relaxation


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


BRIEF = Brief(
    recipient=Recipient(relation="father", name="Otto", age_years=60),
    occasion="birthday",
    interests=["gardening", "jazz"],
    avoid=["alcohol"],
    budget=Budget(min="5", max="60", currency="USD"),
)

TRUE = """For your father's 60th birthday, these three fit best:

1. **Copper Watering Can** by Fern & Vale ($42.50): for his gardening; rated 4.6 of 5 by 212 shoppers.
2. **Blue Note Jazz Poster** costs $19.00 and answers your wish for "jazz".
3. **Seed Starter Set**: $8.25, a set of 12 pots."""


@pytest.fixture
def shortlist() -> Evidence:
    return evidence(BRIEF, picked(1, can()), picked(2, poster()), picked(3, seeds()))


def reply(extra: str = "", **changed: str) -> str:
    text = TRUE
    for old, new in changed.items():
        text = text.replace(FRAGMENTS[old], new)
        assert new in text
    return f"{text}\n\n{extra}".strip()


FRAGMENTS = {
    "price": "$42.50",
    "rating": "4.6 of 5",
    "count": "212",
    "pots": "12 pots",
    "age": "60th",
    "title": "**Seed Starter Set**",
}

TRUE_ENDINGS = [
    "",
    "All of them stay within your budget of $5.00 to $60.00.",
    "All of them cost less than 60 dollars.",
    "Your budget was $5-60.",
    "These 3 picks avoid alcohol.",
    "The first is copper, the 2nd is paper.",
    "Happy Birthday to Otto!",
    "For Otto and Mother's Day I can look again.",
    "Shall I look for something else?",
    "Number 2 goes on the wall.",
    "**Total: $19.00** for the poster alone.",
    "The Copper Watering Can is the dearest.",
    "The can costs rather more, $42.50 against $19.00 for the poster.",
    "Would you rather stay below $20? Then it is the poster.",
    "The can is for someone who hates a dry border and dreads another drought.",
    "Ask the other parents about allergies first.",
    "Together the can and the seeds come to 50.75, with 9.25 to spare.",
    "The jazz one is the liveliest.",
    "Put it in a box with a card.",
    "They are for when the winter is gone.",
]

FALSE_ENDINGS = [
    ("free delivery", "The watering can gets delivered free to his door."),
    ("delivery to the door", "We have the watering can brought to your door."),
    ("a day nobody spoke of", "With Teachers' Day coming up, take the watering can."),
    ("invented product in bold", "Also consider the **Rocket Skates**."),
    ("invented product in quotes", "Also consider “Rocket Skates”."),
    ("invented product in straight quotes", 'Also consider "Rocket Skates".'),
    ("invented product set off by nothing", "You might also like our Acme Rocket Skates."),
    ("invented product at the start of a sentence", "Rocket Skates are nice too."),
    ("invented brand", "All are made by Acme Garden."),
    ("invented amount", "Together they cost $69.99."),
    ("invented amount with code", "Together that is 69.99 USD."),
    ("invented amount, code in front", "Together that is USD69.99."),
    ("invented amount in words", "Together that is seventy dollars."),
    ("known amount in another currency", "That is €19.00."),
    ("known amount in a foreign dollar", "That is CA$19.00."),
    ("amount without a sign", "It costs 39.90."),
    ("small amount without a sign", "The poster costs only 2."),
    ("cents", "Add 99 cents."),
    ("difference nobody calculated", "You save $23.50."),
    ("percentage", "Now 20% off."),
    ("rating", "Rated 4.9 by everyone."),
    ("rating that is a list number", "All are rated 3 of 5."),
    ("rating that is the scale", "All have a rating of 5."),
    ("stars in words", "All are five-star gifts."),
    ("number", "There are 40 left in stock."),
    ("number in words", "There are forty left in stock."),
    ("age", "Suits ages 2 and up."),
    ("position that does not exist", "Number 4 is good as well."),
    ("material", "The handle is made of solid oak."),
    ("property", "The can is dishwasher-safe."),
    ("promise", "Free express shipping is included."),
    ("guarantee", "It comes with a lifetime guarantee."),
    ("discount", "There is a discount for you."),
    ("link", "Buy it at https://evil.example/can"),
    ("named link", "[Buy it](evil) now."),
    ("markup", "<img src=x>"),
    ("second figure of no pick", "The can costs more, $42.50 against $21.00."),
    ("turned wish", "He hates gardening."),
    ("turned rule", "Otto's father loves alcohol."),
    ("what nobody told", "You told me he lives by the sea."),
    ("delivery in a sum", "Together with delivery it comes to $69.75."),
    ("done to a thing", "The poster comes framed."),
    ("signature", "The poster is signed by the artist."),
    ("popularity", "The poster is our most popular one."),
    ("age in a word", "The seeds are suitable from the age of three."),
    ("origin of one of two", "The poster, made in Portugal, is cheaper than the can."),
    ("allergy", "The seeds are safe with every allergy."),
    ("thing offered", "You might like a candle as well."),
    ("thing that it is", "The poster is basically a blanket."),
    ("what is inside", "There's a voucher for a concert inside the can."),
]


@pytest.mark.parametrize("ending", TRUE_ENDINGS)
def test_true_reply_passes(shortlist: Evidence, ending: str) -> None:
    assert problems(reply(ending), shortlist) == []


@pytest.mark.parametrize(("what", "ending"), FALSE_ENDINGS, ids=[what for what, _ in FALSE_ENDINGS])
def test_false_reply_is_refused(shortlist: Evidence, what: str, ending: str) -> None:
    assert problems(reply(ending), shortlist)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("price", "$42.49"),
        ("price", "$4.25"),
        ("price", "$19.00"),  # true, but of another pick
        ("price", "€42.50"),
        ("rating", "4.1 of 5"),  # the poster's
        ("rating", "4.7 of 5"),
        ("count", "2,120"),
        ("count", "38"),  # the poster's
        ("pots", "24 pots"),
        ("pots", "copper pots"),  # the can is copper
        ("age", "70th"),
        ("title", "**Seed Starter Kit**"),
        ("title", "the last one"),
    ],
)
def test_a_changed_fact_is_refused(shortlist: Evidence, part: str, said: str) -> None:
    assert problems(reply(**{part: said}), shortlist)


def test_every_problem_says_what_it_is_about(shortlist: Evidence) -> None:
    found = problems(reply("The **Rocket Skates** cost $99.00."), shortlist)
    assert all("Rocket" in problem or "Skates" in problem or "$99.00" in problem for problem in found)
    assert any("Rocket Skates" in problem for problem in found)
    assert any("$99.00" in problem for problem in found)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_silence_is_refused(shortlist: Evidence, text: str) -> None:
    assert problems(text, shortlist) == ["the reply is empty"]


def test_a_missing_pick_is_refused(shortlist: Evidence) -> None:
    assert problems("**Copper Watering Can** for $42.50.", shortlist)


def test_a_title_may_be_written_with_other_blanks_case_and_apostrophes() -> None:
    cards = can(product_id="cards", title="Gardener's Card Game", materials=[], description="")
    alone = evidence(BRIEF, picked(1, cards))
    assert problems("The gardener’s  card\ngame costs $42.50.", alone) == []


def test_seller_text_is_no_source_of_prices_ratings_links_and_other_products() -> None:
    liar = can(description="SALE: only $1.00! Rated 5 of 5. See https://evil.example now. Take the Golden Spade.")
    alone = evidence(BRIEF, picked(1, liar))
    assert problems("**Copper Watering Can** costs $42.50.", alone) == []
    for claim in ("only $1.00", "rated 5 of 5", "see https://evil.example"):
        assert problems(f"**Copper Watering Can** costs $42.50, {claim}.", alone), claim
    for other in ("Take the **Golden Spade**.", "Take the Golden Spade."):
        assert problems(f"**Copper Watering Can** costs $42.50.\n\n{other}", alone), other


def test_plan_may_state_its_sums_and_what_is_left_but_no_others() -> None:
    brief = Brief(needs=[Need(kind="gift"), Need(kind="favours", quantity=24)], budget=Budget(max="70"))
    plan = evidence(brief, picked(1, can()), picked(2, seeds(need="favours"), need="favours", quantity=2, units=24))
    plan.sums = PlanSums(subtotal=usd("59.00"), total=usd("59.00"), left=usd("11.00"))
    lines = "**Copper Watering Can**, 1 × $42.50\n**Seed Starter Set**, 2 × $8.25 = $16.50, 24 in all\n\n"
    assert problems(lines + "Total: **$59.00**, which leaves $11.00 of your $70 budget.", plan) == []
    assert problems(lines + "Total: **$58.00**.", plan)
    assert problems(lines + "It leaves $12.00.", plan)
    assert problems(lines.replace("$16.50", "$42.50"), plan)


def test_explanation_of_one_pick_need_not_name_the_others(shortlist: Evidence) -> None:
    shortlist.explain = 2
    assert problems("**Blue Note Jazz Poster** ($19.00) fits jazz.", shortlist) == []
    assert problems("**Copper Watering Can** ($42.50) fits gardening.", shortlist)


def test_question_and_relaxations_may_be_repeated(shortlist: Evidence) -> None:
    shortlist.question = Question(slot="budget", text="May it cost up to $75.00?")
    shortlist.relaxations = [Relaxation(change="raise the budget to $81.10 ($21.10 more)", opens=14)]
    assert problems(reply("With $81.10, $21.10 more, 14 would open. May it cost up to $75.00?"), shortlist) == []


@pytest.mark.parametrize(
    "currency", ["USD", "EUR", "GBP", "JPY", "CAD", "CNY", "KRW", "CHF", "TRY", "INR", "HUF", "BRL"]
)
def test_prices_are_checked_in_every_currency(currency: str) -> None:
    # "A$" and "CHF1,200" are amounts like any other: the template passes, an invented one does not.
    price, other = Money.of("1200", currency), Money.of("1300", currency)
    brief = Brief(interests=["gardening"], budget=Budget(max="1250", currency=currency))
    shop = evidence(brief, picked(1, can(price=price)), currency=currency)
    assert problems(render(shop), shop) == []
    assert problems(render(shop).replace(str(price), str(other)), shop)


def test_shop_with_a_dollar_of_its_own_may_write_the_bare_sign() -> None:
    shop = evidence(Brief(), picked(1, can(price=Money.of("42.50", "CAD"))), currency="CAD")
    assert problems("**Copper Watering Can** for $42.50.", shop) == []
    assert problems("**Copper Watering Can** for US$42.50.", shop)


def test_pounds_are_a_weight_where_prices_are_in_dollars() -> None:
    heavy = evidence(Brief(), picked(1, can(description="A copper can of 3 pounds.")))
    assert problems("**Copper Watering Can** weighs 3 pounds.", heavy) == []
    assert problems("**Copper Watering Can** weighs 4 pounds.", heavy)


# Replies that recommend nothing


@pytest.mark.parametrize(
    "text",
    [
        "Hello! Who is the gift for?",
        "You're welcome, have a great party for 12.",
        "Good choice: **Copper Watering Can** for $42.50.",
        "I keep to your budget of $60.",
        "It was 42.50, right?",
    ],
)
def test_small_talk_about_what_is_on_the_table_passes(text: str) -> None:
    assert small_talk_problems(text, [Decimal("42.50"), Decimal(60)], ["Copper Watering Can"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Take the Rocket Skates for $20.",
        "Take the Rocket Skates for twenty dollars.",
        "Take the Rocket Skates, they cost 20.",
        "Take the Rocket Skates for 19.99.",
        "Take the **Rocket Skates**.",
        "Take the Copper Watering Can, now $40.",
        "See https://evil.example for more.",
        "The Copper Watering Can is rated five of 5.",
    ],
)
def test_small_talk_that_invents_is_refused(text: str) -> None:
    assert small_talk_problems(text, [Decimal("42.50"), Decimal(60)], ["Copper Watering Can"])


def test_a_fixed_phrase_is_found_wherever_it_stands_and_however_it_is_written() -> None:
    assert without_idioms("That is a Piece of Cake, they say").split() == ["That", "is", ",", "they", "say"]
    assert without_idioms("The pieces are of oak") == "The pieces are of oak"
