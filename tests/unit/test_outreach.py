"""When a message unasked is worth it, when not, and what an event is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.fakes.products import a_product
from tools.memory.kinds import Episode, Person, Source
from tools.memory.store import Known
from tools.money import Money
from tools.outreach.deriving import back_in_stock, occasions, price_drops
from tools.outreach.events import Event, Sent
from tools.outreach.worth import Policy, not_before, worth_a_look, worth_sending

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
POLICY = Policy()
DAD = Person(person_id="dad", relation="uncle", birthday=(6, 14), birth_year=1966)  # no Father's Day of his
CONSENTING = Known(people=[DAD], may_message=True)


def an_event(**changes: Any) -> Event:
    fields = {"kind": "occasion", "user_id": "eve", "at": NOW, "person_id": "dad", "occasion": "birthday"}
    return Event(**{**fields, "on": date(2026, 6, 14), **changes})


def sent(days_ago: float, **changes: Any) -> Sent:
    return Sent(**{"event_id": "x", "kind": "occasion", "at": NOW - timedelta(days=days_ago), **changes})


def met(product_id: str, happening: str, price: str = "50.00", days_ago: int = 20, **changes: Any) -> Episode:
    return Episode(
        memory_id=f"{product_id}-{happening}",
        person_id="dad",
        source=Source(session_id="s", turn_id="t", at=NOW - timedelta(days=days_ago)),
        happening=happening,  # type: ignore[arg-type]
        product_id=product_id,
        price=Money.of(price, "USD"),
        **changes,
    )


def test_without_consent_nothing_is_sent() -> None:
    assert worth_a_look(an_event(), Known(people=[DAD]), [], NOW, POLICY).outcome == "leave"
    assert worth_a_look(an_event(), CONSENTING, [], NOW, POLICY).outcome == "send"


def test_a_paused_memory_sends_nothing() -> None:
    paused = CONSENTING.model_copy(update={"paused": True})
    assert worth_a_look(an_event(), paused, [], NOW, POLICY).outcome == "leave"


@pytest.mark.parametrize(("days", "outcome"), [(0, "leave"), (2, "leave"), (3, "send"), (20, "send")])
def test_what_no_parcel_reaches_is_left(days: int, outcome: str) -> None:
    event = an_event(on=NOW.date() + timedelta(days=days))
    assert worth_a_look(event, CONSENTING, [], NOW, POLICY).outcome == outcome


def test_old_news_is_left() -> None:
    event = an_event(kind="price_drop", on=None, product_id="p", at=NOW - timedelta(days=4))
    assert worth_a_look(event, CONSENTING, [], NOW, POLICY).why == "old news"


@pytest.mark.parametrize(
    ("ages", "outcome"),
    [([6.9], "later"), ([7.1], "send"), ([8, 15, 29], "later"), ([8, 15, 31], "send"), ([], "send")],
)
def test_one_a_week_and_three_a_month_are_enough(ages: list[float], outcome: str) -> None:
    assert worth_a_look(an_event(), CONSENTING, [sent(age) for age in ages], NOW, POLICY).outcome == outcome


def test_what_is_not_new_and_what_does_not_fit_is_left() -> None:
    drop = an_event(kind="price_drop", on=None, product_id="p")
    assert worth_sending(drop, "recommended", ["p", "q"], False, [], NOW).outcome == "send"
    assert worth_sending(drop, "recommended", ["q"], False, [], NOW).outcome == "leave"
    assert worth_sending(drop, "infeasible", [], False, [], NOW).outcome == "leave"
    before = sent(30, person_id="dad", product_ids=["p"])
    assert worth_sending(drop, "recommended", ["p"], False, [before], NOW).why == "nothing new"
    assert worth_sending(
        drop, "recommended", ["p"], False, [sent(30, person_id="mum", product_ids=["p"])], NOW
    ).why != ("nothing new")


def test_a_context_needs_a_pick_that_answers_it() -> None:
    heat = an_event(kind="context", context=["heat wave"])
    assert worth_sending(heat, "recommended", ["p"], False, [], NOW).outcome == "leave"
    assert worth_sending(heat, "recommended", ["p"], True, [], NOW).outcome == "send"


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)), st.sampled_from([(21, 8), (1, 6)]))
def test_the_webhook_waits_for_the_end_of_the_quiet_hours_and_no_longer(
    moment: datetime, hours: tuple[int, int]
) -> None:
    policy = Policy(quiet_from=time(hours[0]), quiet_until=time(hours[1]))
    now = moment.replace(tzinfo=UTC)
    due = not_before(now, policy)
    assert now <= due < now + timedelta(days=1)
    quiet = due.hour >= hours[0] or due.hour < hours[1] if hours[0] > hours[1] else hours[0] <= due.hour < hours[1]
    assert not quiet


def test_the_same_happening_is_the_same_event_however_it_is_told() -> None:
    again = an_event(at=NOW + timedelta(hours=3))
    assert an_event().event_id == again.event_id
    assert an_event().event_id != an_event(on=date(2027, 6, 14)).event_id
    drop = {"kind": "price_drop", "on": None, "occasion": None, "product_id": "p"}
    assert an_event(**drop).event_id != an_event(**drop, at=NOW + timedelta(days=1)).event_id
    assert an_event(**drop, mark="39").event_id == an_event(**drop, mark="39", at=NOW + timedelta(days=1)).event_id


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "context", "context": ["$(rm -rf)"]},
        {"kind": "context", "context": ["x" * 41]},
        {"kind": "context", "context": []},
        {"kind": "price_drop", "product_id": None},
        {"on": None},
        {"kind": "party"},
        {"at": datetime(2026, 1, 1)},
        {"text": "buy now"},
    ],
)
def test_what_is_no_event_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        an_event(**changes)


def test_occasions_are_told_from_the_time_to_look_until_no_parcel_arrives() -> None:
    told = [bool(list(occasions("eve", CONSENTING, NOW + timedelta(days=d), "US", POLICY))) for d in (-2, 0, 10, 11)]
    assert told == [False, True, True, False]


def test_a_lower_price_of_what_was_turned_down_is_told_and_no_other() -> None:
    shelf = {p.product_id: p for p in (a_product("low", price="44.00"), a_product("same", price="46.00"))}
    shelf["out"] = a_product("out", price="10.00", stock=0)
    known = CONSENTING.model_copy(
        update={"memories": [met(i, "turned_down") for i in ("low", "same", "out", "gone")] + [met("shown", "offered")]}
    )
    assert [e.product_id for e in price_drops("eve", known, shelf.get, NOW, POLICY)] == ["low"]
    old = CONSENTING.model_copy(update={"memories": [met("low", "turned_down", days_ago=181)]})
    assert list(price_drops("eve", old, shelf.get, NOW, POLICY)) == []


def test_what_is_there_again_is_told_unless_it_was_given_or_disliked() -> None:
    shelf = {i: a_product(i, stock=5) for i in ("a", "b", "c", "d")}
    known = CONSENTING.model_copy(
        update={
            "memories": [
                met("a", "chosen"),
                met("b", "offered"),
                met("b", "given", days_ago=3),
                met("c", "reacted", reaction="disliked"),
                met("d", "offered"),
            ]
        }
    )
    were_out = {"a": "2026-05-20", "b": "2026-05-20", "c": "2026-05-20"}
    assert [e.product_id for e in back_in_stock("eve", known, shelf.get, were_out, NOW)] == ["a"]
