"""Memory becomes part of a brief: rules at once, likings where none were stated, doubts as questions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tools.brief import Brief, BriefChanges, Need, Recipient
from tools.memory.apply import Applied, apply, note, stale_question
from tools.memory.kinds import AnyMemory, Episode, Fact, Person, Source

NOW = datetime(2026, 12, 1, tzinfo=UTC)
DAD = Person(person_id="dad", relation="father", names=["Bob"], birth_year=1966, birthday=(6, 14))
BEA = Person(person_id="dad", relation="niece", birth_year=2018)


def source(days: float) -> Source:
    return Source(session_id="s", turn_id="t", at=NOW - timedelta(days=days))


def fact(aspect: str, value: str, days: float = 100, person: str = "dad") -> Fact:
    return Fact.model_validate(
        {
            "memory_id": f"{aspect} {value}",
            "person_id": person,
            "source": source(days),
            "aspect": aspect,
            "value": value,
        }
    )


def gift(happening: str = "given", product_id: str | None = "tin", title: str = "Seed Tin", **more: object) -> Episode:
    return Episode.model_validate(
        {
            "memory_id": f"{happening} {title}",
            "person_id": "dad",
            "source": source(170),
            "happening": happening,
            "product_id": product_id,
            "title": title,
            "on": date(2026, 6, 14),
            **more,
        }
    )


def applied(
    *memories: AnyMemory,
    brief: Brief | None = None,
    changes: BriefChanges | None = None,
    person: Person = DAD,
    done: tuple[str, ...] = (),
) -> Applied:
    start = brief or Brief(recipient=Recipient(relation=person.relation))
    return apply(start, person, memories, NOW, changes=changes or BriefChanges(), done=done)


def test_allergies_rules_and_possessions_hold_without_being_said_again() -> None:
    got = applied(fact("allergy", "nuts"), fact("avoid", "books"), fact("dislikes", "socks"), fact("owns", "kindle"))
    assert (got.brief.allergies, got.brief.avoid, got.brief.owned) == (["nuts"], ["books", "socks"], ["kindle"])


def test_likings_stand_in_only_where_none_were_stated() -> None:
    assert applied(fact("likes", "jazz")).brief.interests == ["jazz"]
    stated = Brief(recipient=Recipient(relation="father"), interests=["tea"])
    assert applied(fact("likes", "jazz"), brief=stated).brief.interests == ["tea"]
    party = Brief(recipient=Recipient(relation="father"), needs=[Need(kind="cake")])
    assert applied(fact("likes", "jazz"), brief=party).brief.interests == []


def test_a_liking_that_a_rule_excludes_is_not_used() -> None:
    assert applied(fact("likes", "cheese"), fact("avoid", "non-vegan")).brief.interests == []


def test_another_persons_memory_is_never_used() -> None:
    got = applied(fact("likes", "golf", person="mum"), fact("allergy", "nuts", person="mum"))
    assert (got.brief.interests, got.brief.allergies) == ([], [])


def test_the_message_itself_is_never_overridden() -> None:
    got = applied(fact("avoid", "books"), changes=BriefChanges(interests=["books"]))
    assert got.brief.avoid == []
    assert applied(fact("likes", "tea"), changes=BriefChanges(remove=["tea"])).brief.interests == []


def test_what_was_applied_once_and_taken_back_does_not_come_again() -> None:
    first = applied(fact("avoid", "books"))
    assert applied(fact("avoid", "books"), done=tuple(first.ids)).brief.avoid == []


def test_ages_advance_with_the_calendar() -> None:
    brief = Brief(recipient=Recipient(relation="father"), occasion="birthday")
    assert applied(brief=brief).brief.recipient.age_years == 61  # on the next 14 June
    assert applied().brief.recipient.age_years == 60
    said = Brief(recipient=Recipient(relation="father", age_years=70))
    assert applied(brief=said).brief.recipient.age_years == 70


def test_the_age_is_that_on_the_day_of_the_feast_even_where_no_date_was_said() -> None:
    tom = DAD.model_copy(update={"birth_year": 1993, "birthday": (12, 3)})  # today is 1 December
    assert applied(person=tom).brief.recipient.age_years == 32
    christmas = Brief(recipient=Recipient(relation="father"), occasion="christmas")
    assert applied(brief=christmas, person=tom).brief.recipient.age_years == 33


def test_past_gifts_are_left_out_by_id_and_others_by_name() -> None:
    got = applied(gift(), gift("returned", None, "mug"), gift("chosen", "lamp", "Desk Lamp"))
    assert set(got.left_out) == {"tin", "lamp"}
    assert got.brief.owned == ["mug"]


def test_what_was_loved_may_come_in_another_form() -> None:
    assert applied(gift("reacted", None, "puzzle", reaction="loved")).brief.owned == []


def test_what_was_only_shown_may_be_shown_again() -> None:
    assert applied(gift("offered"), gift("turned_down")).left_out == []


def test_old_likings_are_asked_about_instead_of_assumed() -> None:
    got = applied(fact("likes", "jazz", days=800))
    assert (got.brief.interests, got.stale) == ([], ["jazz"])
    assert "likes jazz" in (stale_question(got, DAD) or "")
    assert applied(fact("likes", "jazz", days=700)).stale == []


def test_a_childs_likings_grow_old_sooner() -> None:
    assert applied(fact("likes", "unicorns", days=400), person=BEA).stale == ["unicorns"]
    assert applied(fact("likes", "unicorns", days=300), person=BEA).brief.interests == ["unicorns"]


def test_the_reply_says_what_was_recalled() -> None:
    line = note(applied(fact("allergy", "nuts"), gift()), DAD, NOW.date())
    assert line == (
        "I remember about your father Bob: 60 years old, allergic to nuts. Last June you gave **Seed Tin**, so I "
        "left it out."
    )
    assert note(Applied(Brief()), DAD, NOW.date()) is None
