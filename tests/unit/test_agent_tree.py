"""The agent tree: every specialist is reachable from the root, and each tree is a fresh one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google.adk.agents import BaseAgent

from recsys_agent.agent import APP_NAME, build_app
from recsys_agent.settings import Settings

SPECIALISTS = {"preference_elicitor", "gift_finder", "budget_checker", "explainer"}


def walk(agent: BaseAgent) -> Iterator[BaseAgent]:
    """The agent and all below it."""
    yield agent
    for child in agent.sub_agents:
        yield from walk(child)


@pytest.fixture
def root() -> BaseAgent:
    """The root of a new tree."""
    agent = build_app(Settings()).root_agent
    assert isinstance(agent, BaseAgent)
    return agent


def test_all_specialists_are_reachable_from_the_coordinator(root: BaseAgent) -> None:
    names = [agent.name for agent in walk(root)]
    assert root.name == "coordinator"
    assert set(names) >= SPECIALISTS
    assert len(names) == len(set(names))


def test_every_agent_says_what_it_is_for(root: BaseAgent) -> None:
    assert all(agent.description for agent in walk(root))


def test_adk_finds_the_app_under_the_name_of_its_folder() -> None:
    from recsys_agent import agent

    assert agent.app.name == APP_NAME == "recsys_agent"
    assert agent.root_agent is agent.app.root_agent


def test_each_app_has_agents_of_its_own(root: BaseAgent) -> None:
    other = build_app(Settings()).root_agent
    assert isinstance(other, BaseAgent)
    assert not {id(agent) for agent in walk(root)} & {id(agent) for agent in walk(other)}
