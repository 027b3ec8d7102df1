"""The stories of the memory benchmark: enough, by hand and made, and independent of what they test."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from pydantic import ValidationError

from eval.memory.generate import PATTERNS, generate
from eval.memory.run import HERE, all_stories, by_hand
from eval.memory.story import Facts, Story, Turn
from tools.errors import UsageError

BEFORE_THE_APP = ("story", "cast", "generate", "checks")


def test_there_are_150_stories_and_40_of_them_by_hand() -> None:
    assert len(by_hand()) >= 40
    stories = all_stories()
    assert len(stories) >= 150
    assert max(Counter(story.name for story in stories).values()) == 1
    assert all(len(story.sessions) > 1 for story in generate(1))


@pytest.mark.parametrize("module", BEFORE_THE_APP)
def test_stories_and_checks_import_nothing_of_the_code_under_test(module: str) -> None:
    tree = ast.parse((HERE / f"{module}.py").read_text("utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not [name for name in imported if name.split(".")[0] in ("tools", "recsys_agent", "sub_agents")]


def test_the_same_stories_come_every_time() -> None:
    assert list(generate(2)) == list(generate(2))
    assert list(generate(2)) != list(generate(2, seed=12))


@pytest.mark.parametrize("topic", PATTERNS)
def test_a_pattern_goes_forward_in_time_and_expects_something(topic: str) -> None:
    for story in (s for s in generate(3) if s.topic == topic):
        days = [session.day for session in story.sessions]
        assert days == sorted(days)
        assert any(_expects(turn) for session in story.sessions for turn in session.turns)


def test_every_story_by_hand_goes_forward_and_expects_something() -> None:
    for story in by_hand():
        days = [session.day for session in story.sessions]
        assert days == sorted(days), story.name
        assert any(_expects(turn) for session in story.sessions for turn in session.turns), story.name


def test_gifts_are_named_before_they_are_spoken_of() -> None:
    for story in all_stories():
        _follow(story)


def test_a_limit_takes_stories_of_many_topics() -> None:
    few = all_stories(limit=20)
    assert len(few) == 20
    assert len({story.topic for story in few}) > 10


def test_an_unknown_topic_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'cards'; topics are recall, "):
        all_stories(topic="cards")


def test_a_misspelt_expectation_is_refused() -> None:
    with pytest.raises(ValidationError, match="recals"):
        Turn.model_validate({"say": "hi", "recals": {"likes": ["tea"]}})


def test_facts_are_looked_at_singly() -> None:
    facts = Facts.model_validate({"name": "Bob", "age": [7, 8], "likes": ["tea", "jazz"]})
    assert [str(f) for f in facts.singly()] == ["name Bob", "age (7, 8)", "likes ('tea',)", "likes ('jazz',)"]
    assert Facts.model_validate({"age": 7}).age == (7,)


def _expects(turn: Turn) -> bool:
    return bool(turn.model_dump(exclude_defaults=True, exclude={"say", "gift", "position"}))


def _follow(story: Story) -> None:
    named: set[str] = set()
    for turn in (turn for session in story.sessions for turn in session.turns):
        named |= {turn.gift} if turn.gift else set()
        spoken = {*turn.not_again}
        for facts in (turn.recalls, turn.unknown, turn.not_used):
            spoken |= set(facts.gifts) if facts else set()
        assert spoken <= named, story.name
