"""What a turn says becomes records: each once, each with its turn; what contradicts the old ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tools.brief import Brief, Recipient
from tools.memory.extraction import Extracted, Thing, Turn, extract
from tools.memory.kinds import GIVER, AnyMemory, Episode, Fact, Habit, Occasion, Person, Source
from tools.memory.past import Past
from tools.memory.people import newcomer

AT = datetime(2026, 6, 1, tzinfo=UTC)
SOURCE = Source(session_id="s", turn_id="t1", at=AT)
MUM = newcomer("mother", None)
MUG = Thing(product_id="p1", title="Garden Mug, 350 ml", category="Home > Mugs", need="gift")


def heard(brief: Brief, known: list[AnyMemory] | None = None, person: Person = MUM, **more: object) -> Extracted:
    lists = (brief.interests, brief.avoid, brief.allergies, brief.owned)
    said = more.pop("said", [value for values in lists for value in values])
    turn = Turn(source=SOURCE, today=AT.date(), brief=brief, said=said, **more)  # pyright: ignore[reportArgumentType]
    return extract(turn, person, known or [], is_new=known is None)


def facts(found: Extracted) -> set[tuple[str, str, bool]]:
    return {(m.aspect, m.value, m.superseded_by is None) for m in found.memories if isinstance(m, Fact)}


def test_tastes_rules_and_possessions_are_facts_with_their_turn() -> None:
    brief = Brief(interests=["tea"], avoid=["books"], allergies=["nuts"], owned=["kindle"])
    found = heard(brief)
    assert facts(found) == {
        ("likes", "tea", True),
        ("avoid", "books", True),
        ("allergy", "nuts", True),
        ("owns", "kindle", True),
    }
    assert all(m.source == SOURCE for m in found.memories)


def test_what_is_known_is_not_stored_again_unless_said_again() -> None:
    brief = Brief(interests=["tea"])
    known = heard(brief).memories
    assert heard(brief, known, said=[]).memories == []
    assert [m.memory_id for m in heard(brief, known).memories] == [m.memory_id for m in known]


@pytest.mark.parametrize(
    ("before", "after", "taken_back", "ended"),
    [
        (Brief(interests=["yoga"]), Brief(avoid=["yoga"]), [], "yoga"),
        (Brief(interests=["yoga"]), Brief(), ["yoga"], "yoga"),
        (Brief(interests=["cheese"]), Brief(avoid=["non-vegan"]), [], "cheese"),
        (Brief(avoid=["books"]), Brief(interests=["books"]), [], "books"),
        (Brief(allergies=["nuts"]), Brief(), ["nuts"], "nuts"),
        (Brief(allergies=["nuts"]), Brief(interests=["nuts"]), [], None),  # an allergy is not liked away
        (Brief(interests=["tea"]), Brief(avoid=["books"]), [], None),
    ],
)
def test_a_contradiction_ends_the_older_fact_and_keeps_it_as_history(
    before: Brief, after: Brief, taken_back: list[str], ended: str | None
) -> None:
    found = heard(after, heard(before).memories, taken_back=taken_back)
    assert [fact.value for fact in found.superseded] == ([ended] if ended else [])


def test_an_age_becomes_a_year_of_birth_and_a_dated_birthday_a_day() -> None:
    brief = Brief(recipient=Recipient(relation="mother", age_years=60), occasion="birthday", date=date(2026, 6, 14))
    found = heard(brief, said=["date"])
    assert (found.person.birth_year, found.person.birthday) == (1966, (6, 14))
    before = heard(brief.model_copy(update={"date": None}))
    assert (before.person.birth_year, before.person.birthday) == (1966, None)


def test_a_feast_is_kept_by_name_and_an_own_day_by_its_date() -> None:
    feast = heard(Brief(occasion="christmas", date=date(2026, 12, 25)), said=["date"]).memories
    own = heard(Brief(occasion="anniversary", date=date(2026, 9, 5)), said=["date"]).memories
    assert [(o.occasion, o.month, o.day) for o in (*feast, *own) if isinstance(o, Occasion)] == [
        ("christmas", None, None),
        ("anniversary", 9, 5),
    ]


def test_what_is_taken_and_turned_down_is_an_episode_and_a_habit_of_the_giver() -> None:
    found = heard(Brief(), chosen=[MUG], shown=[MUG])
    episodes = [m for m in found.memories if isinstance(m, Episode)]
    assert [(e.happening, e.product_id, e.person_id) for e in episodes] == [
        ("chosen", "p1", MUM.person_id),
        ("offered", "p1", MUM.person_id),
    ]
    (habit,) = [m for m in found.memories if isinstance(m, Habit)]
    assert (habit.person_id, habit.value, habit.taken, habit.refused) == (GIVER, "mugs", 1, 0)
    again = heard(Brief(), found.memories, turned_down=[MUG])
    (habit,) = [m for m in again.memories if isinstance(m, Habit)]
    assert (habit.taken, habit.refused) == (1, 1)


def test_the_mug_is_the_gift_that_is_known() -> None:
    known = heard(Brief(), chosen=[MUG]).memories
    found = heard(Brief(owned=["mug"]), known, past=[Past(thing="mug", happened="returned")], said=[])
    (returned,) = [m for m in found.memories if isinstance(m, Episode)]
    assert (returned.happening, returned.product_id, returned.title) == ("returned", "p1", MUG.title)
    assert not facts(found)  # that it came back does not mean that she has one


def test_an_unknown_past_gift_is_kept_in_the_shoppers_words() -> None:
    found = heard(Brief(), past=[Past(thing="record player", happened="given", on=date(2025, 6, 1))])
    (given,) = [m for m in found.memories if isinstance(m, Episode)]
    assert (given.title, given.product_id, given.on) == ("record player", None, date(2025, 6, 1))


def test_words_that_only_point_at_a_gift_mean_one_that_is_known_or_nothing() -> None:
    known = heard(Brief(), chosen=[MUG]).memories
    pointed = [Past(thing="first thing", happened="disliked")]
    (episode,) = heard(Brief(), known, past=pointed).memories
    assert isinstance(episode, Episode)
    assert episode.product_id == MUG.product_id
    assert not [m for m in heard(Brief(), past=pointed).memories if isinstance(m, Episode)]
