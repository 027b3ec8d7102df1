"""What the memory benchmark counts as right and as wrong."""

from __future__ import annotations

from typing import Any

import pytest

from eval.memory.backends import Traffic
from eval.memory.checks import (
    AIMS,
    FORBIDDEN,
    KEPT,
    LEFT,
    RECALLED,
    REPEATED,
    SUPERSEDED,
    TRUTHFUL,
    UNBROKEN,
    WRONG,
    Check,
    Gift,
    Seen,
    check_turn,
    holds,
    stored,
)
from eval.memory.play import StoryPlayed, TurnPlayed
from eval.memory.scores import failures_by_topic, score
from eval.memory.story import Facts, Story, Turn

JUNE = Gift("SKU-1", "Garden Mug")


def seen(raw: str = "", texts: dict[str, str] | None = None, **account: Any) -> Seen:
    brief = {"recipient": {"relation": "father", "name": "Bob", "age_years": 61}, "interests": ["jazz"]}
    plain = {"status": "recommended", "warnings": [], "reply": "", "picks": [], "brief": brief}
    return Seen(plain | account, raw, {"june": JUNE}, lambda product_id: (texts or {}).get(product_id, ""))


def found(turn: dict[str, Any], what: Seen) -> dict[str, list[bool]]:
    """Each measure but the plainest, and whether what it looks at was so."""
    measured: dict[str, list[bool]] = {}
    for check in check_turn(Turn.model_validate({"say": "hi"} | turn), what):
        if check.measure != UNBROKEN:
            measured.setdefault(check.measure, []).append(check.happened)
    return measured


def test_each_needed_fact_counts_for_itself() -> None:
    turn = {"recalls": {"name": "Bob", "age": [61, 62], "likes": ["jazz", "golf"]}}
    assert found(turn, seen()) == {RECALLED: [True, True, True, False]}


def test_a_like_is_recalled_only_where_the_brief_works_with_it() -> None:
    used = seen(memory={"used": [{"use": "interest", "text": "likes golf"}]})
    assert found({"recalls": {"likes": ["golf"]}}, used) == {RECALLED: [False]}


def test_somebody_elses_fact_is_wrongly_used_also_where_it_is_only_named_as_used() -> None:
    assert found({"not_used": {"likes": ["golf"]}}, seen()) == {WRONG: [False]}
    used = seen(memory={"used": [{"use": "interest", "text": "likes golf"}]})
    assert found({"not_used": {"likes": ["golf"]}}, used) == {WRONG: [True]}
    assert found({"not_used": {"name": "Zoe"}}, seen(reply="For Zoe I found this")) == {WRONG: [True]}


def test_a_word_within_another_is_not_the_fact() -> None:
    used = seen(memory={"used": ["likes steak"]})
    assert found({"not_used": {"likes": ["tea"]}}, used) == {WRONG: [False]}


def test_a_superseded_like_must_be_out_of_the_brief() -> None:
    assert found({"superseded": {"likes": ["jazz", "yoga"]}}, seen()) == {SUPERSEDED: [True, False]}


def test_a_rule_holds_only_where_no_pick_breaks_it() -> None:
    brief = {"recipient": {}, "interests": [], "allergies": ["nuts"]}
    picks = [{"product_id": "A", "title": "Box"}]
    rule = Facts(rules=("nuts",))
    assert holds(rule, seen(brief=brief, picks=picks), widely=False)
    assert not holds(rule, seen(picks=picks), widely=False)
    assert holds(rule, seen(picks=picks, memory={"used": ["allergic to nuts"]}), widely=False)
    assert not holds(rule, seen(brief=brief, picks=picks, texts={"A": "with nuts"}), widely=False)


@pytest.mark.parametrize(
    "pick", [{"product_id": "SKU-1", "title": "New name"}, {"product_id": "X", "title": "Garden Mug"}]
)
def test_a_gift_is_repeated_under_its_id_or_its_title(pick: dict[str, str]) -> None:
    assert found({"not_again": ["june"]}, seen(picks=[pick])) == {REPEATED: [True]}
    assert found({"not_again": ["june"]}, seen()) == {REPEATED: [False]}


def test_a_past_gift_is_recalled_where_the_reply_or_the_account_names_it() -> None:
    turn = {"recalls": {"gifts": ["june"]}}
    assert found(turn, seen(reply="In June you gave the Garden Mug")) == {RECALLED: [True]}
    assert found(turn, seen()) == {RECALLED: [False]}


def test_the_raw_store_is_searched_for_what_must_be_kept_never_kept_and_gone() -> None:
    turn = {"kept": ["{june}"], "never_kept": ["diabet"], "gone": ["golf"]}
    assert found(turn, seen(raw='{"title":"Garden Mug"}')) == {KEPT: [True], FORBIDDEN: [False], LEFT: [False]}
    assert found(turn, seen(raw="Diabetes, golf")) == {KEPT: [False], FORBIDDEN: [True], LEFT: [True]}


def test_numbers_are_found_with_and_without_their_separators() -> None:
    assert stored("4111 1111 1111 1111", '"note": "4111-1111-1111-1111"')
    assert stored("(212) 555-0123", "2125550123")
    assert not stored("4111 1111 1111 1111", "41 and 11")
    assert stored("[card]", "my [card] is")
    assert not stored("tea", "steak")


def test_answers_are_patterns_for_the_reply_and_may_name_gifts() -> None:
    turn = {"answers": ["{june}", "nuts"], "never_answers": ["golf"]}
    assert found(turn, seen(reply="You gave the Garden Mug; he is allergic to nuts")) == {TRUTHFUL: [True] * 3}
    assert found(turn, seen(reply="He likes golf")) == {TRUTHFUL: [False] * 3}


def test_an_error_or_a_failing_memory_is_a_broken_turn() -> None:
    for account in ({"status": "error"}, {"warnings": ["The memory store is down"]}):
        (check,) = check_turn(Turn(say="hi"), seen(**account))
        assert check.measure == UNBROKEN
        assert check.failed


def test_what_should_not_be_fails_where_it_happens_and_what_should_be_where_it_does_not() -> None:
    assert Check(WRONG, True, "").failed
    assert not Check(WRONG, False, "").failed
    assert Check(RECALLED, False, "").failed
    assert set(AIMS) >= {RECALLED, WRONG, SUPERSEDED, FORBIDDEN, REPEATED, LEFT}


def played(*stories: list[bool], measure: str = RECALLED) -> list[StoryPlayed]:
    return [
        StoryPlayed(
            Story(name=str(n), topic="t", sessions=[]),
            [TurnPlayed("hi", {"elapsed_ms": 1.0}, [Check(measure, h, "") for h in happened], Traffic())],
        )
        for n, happened in enumerate(stories)
    ]


def test_a_share_is_over_checks_and_its_interval_over_stories() -> None:
    found = score(played([True, True, False], [True], [True, True]), RECALLED)
    assert (found.happened, found.looked) == (5, 6)
    assert found.low < found.share < found.high
    assert not found.reached
    assert score(played([True] * 30, [False]), RECALLED).low < score(played(*[[True]] * 30, [False]), RECALLED).low


def test_where_nothing_varies_the_rule_of_three_bounds_the_share() -> None:
    none = score(played(*[[False]] * 60, measure=WRONG), WRONG)
    assert (none.share, none.low, none.high) == (0, 0, pytest.approx(0.05))
    assert none.reached
    every = score(played(*[[True]] * 60), RECALLED)
    assert (every.low, every.high) == (pytest.approx(0.95), 1)
    assert score([], RECALLED).looked == 0


def test_failures_are_counted_by_topic() -> None:
    assert failures_by_topic(played([True, False], [False])) == {"t": {RECALLED: 2}}
