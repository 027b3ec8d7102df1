from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eval.simulation.dialogue import Dialogue, Reply, Shown
from eval.simulation.generating import personas
from eval.simulation.goal import words
from eval.simulation.persona import STYLES, Persona, Style
from eval.simulation.running import converse
from eval.simulation.shopper import Shopper
from tests.fakes.personas import a_persona, gifts
from tests.fakes.products import a_product
from tools.errors import UsageError
from tools.product import Product

BY_ID = {product.product_id: product for product in gifts()}
ASKED = Reply("What do they like?", "asked", asked="interests")
NOTHING = Reply("Hm.", "chat")


def showing(*product_ids: str, asked: str | None = None) -> Reply:
    shown = [Shown(i, BY_ID[i].title, BY_ID[i].price.amount) for i in product_ids]
    return Reply("Here.", "recommended", tuple(shown), asked)


class Saying:
    """A strategy that gives the same replies to everybody, the last one for ever."""

    name = "saying"

    def __init__(self, *replies: Reply) -> None:
        self._replies = replies
        self._at = 0

    def open(self, shopper_id: str) -> Saying:
        return Saying(*self._replies)

    async def say(self, message: str) -> Reply:
        self._at += 1
        return self._replies[min(self._at, len(self._replies)) - 1]


async def talk(persona: Persona, *replies: Reply) -> Dialogue:
    return await converse(persona, Saying(*replies), BY_ID.get)


def messages(dialogue: Dialogue) -> list[str]:
    return [exchange.message for exchange in dialogue.exchanges]


async def test_the_same_persona_says_the_same_every_time():
    for persona in personas(gifts(), "USD", 30, 5):
        replies = (ASKED, NOTHING, showing("jazz-1", "chess-2"))
        assert messages(await talk(persona, *replies)) == messages(await talk(persona, *replies))


async def test_the_same_goal_is_put_differently_in_each_style():
    styles = ("plain", "terse", "chatty", "non_native")
    said = {messages(await talk(a_persona(style=style, openness=1.0), NOTHING))[0] for style in styles}
    assert len(said) == len(styles)


async def test_typos_spare_what_is_refused_and_the_amounts():
    for seed in range(20):
        persona = a_persona(seed=str(seed), style="typos", openness=1.0, avoid=["alcohol"], budget_max="45")
        first = messages(await talk(persona, NOTHING))[0]
        assert "alcohol" in first
        assert "$45" in first


COMMON = (
    "tea",
    "jazz",
    "gift",
    "birthday",
    "present",
    "something",
    "blue",
    "kettle",
    "my",
    "friend",
    "notebook",
    "retro",
)
"""Words of titles that shoppers also say for themselves, and a few that they do not."""
LABELS = ("tea", "jazz", "gardening", "blue teapots", "retro", "notebook")


@st.composite
def feeds(draw: st.DrawFn) -> list[Product]:
    """Little catalogues whose titles are made of what shoppers say."""
    titles = st.lists(st.sampled_from(COMMON), min_size=1, max_size=3).map(" ".join)
    return [
        a_product(
            f"p{number}",
            price="20.00",
            title=draw(titles).title(),
            interests=draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=2, unique=True)),
            tags=draw(st.lists(st.sampled_from(LABELS), max_size=2, unique=True)),
            colors=["blue"],
        )
        for number in range(draw(st.integers(1, 6)))
    ]


@settings(max_examples=40, deadline=None)
@given(
    feeds(),
    st.integers(0, 10_000),
    st.sampled_from(STYLES),
    st.lists(st.sampled_from(["interests", "taste", "budget", "chat", "picks"]), max_size=6),
)
def test_the_title_of_the_target_is_never_told(feed: list[Product], seed: int, style: Style, course: list[str]):
    by_id = {product.product_id: product for product in feed}
    try:
        (persona,) = personas(feed, "USD", 1, seed)
    except UsageError:  # every title can be spelt out
        assume(False)
        raise
    shopper = Shopper(persona.model_copy(update={"style": style, "patience": 12}), by_id.get)
    replies = {"chat": NOTHING, "picks": Reply("", "recommended", tuple(map(shown, feed)))}
    told = [shopper.open()]
    for step in [*course, "chat", "chat"]:
        said = shopper.react(replies.get(step) or Reply("?", "asked", asked=step))
        if said is None:
            break
        told.append(said)
    title, there = words(by_id[persona.target or ""].title), words(" ".join(told))
    assert not any(there[at : at + len(title)] == title for at in range(len(there)))
    assert not set(title) <= set(there)
    assert by_id[persona.target or ""].title.lower() not in " ".join(told).lower()


def shown(product: Product) -> Shown:
    return Shown(product.product_id, product.title, product.price.amount)


async def test_a_roundabout_shopper_puts_an_interest_in_other_words_at_first_and_plainly_when_asked_again():
    persona = a_persona(interests=["gardening"], roundabout=True, openness=1.0, budget_max=None)
    first, again = messages(await talk(persona, ASKED))[:2]
    assert "gardening" not in first
    assert "flower beds" in first
    assert "gardening" in again


def test_a_party_without_theme_or_guests_is_spoken_of_without_gaps():
    said = Shopper(a_persona(needs=["cake", "tableware"], interests=[]), BY_ID.get).open()
    assert "  " not in said
    assert "cake and tableware" in said
    assert "None" not in said


async def test_a_shopper_takes_what_pleases_and_only_that():
    dialogue = await talk(a_persona(interests=["tea"], budget_max="40"), showing("jazz-1", "tea-1"))
    assert (dialogue.outcome, dialogue.taken) == ("took", ["tea-1"])
    assert (await talk(a_persona(interests=["tea"], budget_max="5"), showing("tea-1"))).outcome != "took"


async def test_patience_ends_the_conversation_and_a_question_about_what_was_said_costs_more():
    patient = await talk(a_persona(patience=5, openness=1.0, interests=["jazz"]), NOTHING)
    assert len(patient.exchanges) == 5
    assert patient.outcome == "ran out of patience"
    asked = await talk(a_persona(patience=5, openness=1.0, interests=["jazz"]), ASKED)
    assert len(asked.exchanges) < 5


async def test_a_shopper_answers_what_is_asked_unless_it_is_not_known():
    known = await talk(a_persona(openness=0.0, interests=["jazz"]), ASKED)
    assert "jazz" in messages(known)[1]
    unknown = await talk(a_persona(openness=0.0, interests=["jazz"], unknown=["interests"]), ASKED)
    assert "jazz" not in " ".join(messages(unknown))


async def test_who_cannot_tell_a_budget_still_finds_things_too_expensive():
    persona = a_persona(interests=["jazz"], budget_max="5", unknown=["budget"], openness=1.0)
    said = messages(await talk(persona, showing("jazz-1")))
    assert any("expensive" in message or "cost too much" in message for message in said)
    assert "$5" not in " ".join(said)


async def test_a_changing_shopper_takes_back_what_was_said_first():
    persona = a_persona(style="changing", interests=["jazz"], openness=1.0, first_said={"interests": "chess"})
    first, second, *_ = messages(await talk(persona, showing("chess-1")))
    assert "chess" in first
    assert "jazz" not in first
    assert "jazz" in second


async def test_a_contradictory_shopper_corrects_themselves_in_one_breath():
    persona = a_persona(style="contradictory", openness=1.0, budget_max="40", first_said={"budget": "90"})
    first = messages(await talk(persona, NOTHING))[0]
    assert first.index("$90") < first.index("$40")


async def test_a_refused_thing_that_is_shown_is_spoken_of_first():
    blue_only = a_persona(openness=0.0, avoid=["candles"], age_years=10)
    candle = BY_ID["tea-1"].model_copy(update={"title": "A Candle", "product_id": "candle"})
    found: dict[str, Product] = {**BY_ID, "candle": candle}
    shopper = Shopper(blue_only, found.get)
    shopper.open()
    assert "candles" in (shopper.react(Reply("", "recommended", (Shown("candle", "A Candle", Decimal(12)),))) or "")
