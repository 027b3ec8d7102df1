"""`python -m recsys_agent explain`: what a turn did, and what probably went wrong when it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from google.adk.sessions import InMemorySessionService
from typer.testing import CliRunner

from recsys_agent.__main__ import OK, cli
from recsys_agent.agent import build_root_agent
from recsys_agent.explaining.command import explained
from recsys_agent.explaining.diagnosis import NOTHING, likely_failures
from recsys_agent.explaining.recorded import recorded_turns
from recsys_agent.offline.model import OfflineModel
from recsys_agent.settings import ROLES
from tests.fakes.products import a_catalog, a_product
from tools.catalog.interface import Catalog
from tools.errors import UsageError

SHOP = [a_product(f"mug-{n}", f"{8 + n}.00", interests=["tea"], rating=4.5) for n in range(6)]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), SHOP)


@pytest.fixture
def run(shop: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The command line, over one embedded store."""
    monkeypatch.setenv("RECSYS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("RECSYS_CATALOG", str(shop.folder))

    def invoke(*arguments: str) -> str:
        result = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
        assert result.exit_code == OK, result.output
        return result.stdout

    return invoke


def explain(run: Callable[..., str], *arguments: str) -> dict[str, Any]:
    return json.loads(run("explain", *arguments, "--json"))


def test_a_turn_is_told_from_the_message_to_the_picks(run: Callable[..., str]) -> None:
    run("ask", "--session", "s1", "gift for my mum, she loves tea, under $12, no plastic")
    told = explain(run, "s1")
    changed = {change["field"] for change in told["brief_changes"]}
    assert changed >= {"recipient.relation", "interests", "avoid", "budget"}
    assert [call["tool"] for call in told["calls"]] == ["recommend"]
    assert {source["source"] for source in told["sources"]} >= {"by_text", "by_likeness", "by_occasion", "by_price"}
    assert told["candidates"] == {"gift": 5}
    assert {call["agent"] for call in told["usage"]} == {"coordinator", "explainer"}
    assert told["picks"][0]["score"] == pytest.approx(sum(told["picks"][0]["parts"].values()), abs=0.01)
    assert told["checked"]["refused"] == 0
    assert told["checked"]["claims"] > 0
    assert sum(step["ms"] for step in told["steps"]) > 0
    assert [finding for finding in told["likely"] if not finding.startswith("The turn took")] in ([], [NOTHING])


def test_every_turn_of_a_session_can_be_told_and_the_last_one_is_the_default(run: Callable[..., str]) -> None:
    run("ask", "--session", "s2", "gift for my mum", "tea", "cheaper")
    assert [explain(run, "s2", str(turn))["message"] for turn in (1, 2, 3)] == ["gift for my mum", "tea", "cheaper"]
    assert explain(run, "s2")["turn"] == 3


def test_the_value_of_the_question_is_told(run: Callable[..., str]) -> None:
    run("ask", "--session", "s3", "gift for my mum, she loves tea")
    asking = explain(run, "s3")["asking"]
    assert {question["slot"] for question in asking["questions"]} == {"budget"}
    assert asking["candidates"] == 6


def test_where_nothing_fits_the_rules_that_removed_candidates_are_named(run: Callable[..., str]) -> None:
    run("ask", "--session", "s4", "gift for my mum, she loves tea, no mugs")
    told = explain(run, "s4")
    assert told["status"] == "infeasible"
    assert any("no mugs" in finding for finding in told["likely"])


def test_it_prints_tables_for_people(run: Callable[..., str]) -> None:
    run("ask", "--session", "s5", "gift for my mum, she loves tea, under $12")
    printed = run("explain", "s5")
    for title in ("Steps", "Model calls", "Tool calls", "Brief", "Sources", "Picks", "Likely failure"):
        assert title in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["nobody"], "no session 'nobody'"), (["s6", "3"], "has 1 turns; there is no turn 3"), (["s6", "0"], "no turn 0")],
)
def test_a_session_or_turn_that_does_not_exist_is_said(
    run: Callable[..., str], arguments: list[str], told: str
) -> None:
    run("ask", "--session", "s6", "hello there")
    with pytest.raises(UsageError, match=told):
        run("explain", *arguments)


def test_somebodys_session_needs_their_name(run: Callable[..., str]) -> None:
    run("ask", "--session", "s7", "--user", "eve", "gift for my mum, she loves tea")
    with pytest.raises(UsageError, match="--user"):
        run("explain", "s7")
    assert explain(run, "s7", "--user", "eve")["user"] == "eve"


async def test_a_source_that_failed_is_the_likely_failure(shop: Catalog) -> None:
    def broken(*_: Any) -> list[str]:
        raise RuntimeError("index unreadable")

    told = await _told(shop, {"by_text": broken, "by_price": lambda shop, *_: ["mug-1", "mug-2", "mug-3"]})
    assert "by_text failed" in told["likely"][0]


async def test_no_source_that_finds_anything_is_the_likely_failure(shop: Catalog) -> None:
    told = await _told(shop, {"by_text": lambda *_: []})
    assert any("No source found anything" in finding for finding in told["likely"])


async def _told(shop: Catalog, sources: dict[str, Any]) -> dict[str, Any]:
    """The account of a turn whose sources are these."""
    from google.adk.apps import App

    from recsys_agent.plugins.turn import TurnPlugin
    from recsys_agent.turns import Conversation

    models = {role: OfflineModel(role=role) for role in ROLES}
    root = build_root_agent(models, lambda: shop, sources=sources)
    app = App(
        name="recsys_agent",
        root_agent=root,
        plugins=[TurnPlugin(announcement="", max_message_chars=500, prices={})],
    )
    service = InMemorySessionService()
    await Conversation(app, service, lambda: shop, "ann", "s").answer("gift for my mum, she loves tea")
    session = await service.get_session(app_name="recsys_agent", user_id="ann", session_id="s")
    assert session is not None
    return explained(recorded_turns(session.events)[0])


@pytest.mark.parametrize(("message", "found"), [("something she can wear", True), ("no idea, you choose", False)])
def test_a_message_of_which_nothing_was_read_is_the_likely_failure(message: str, found: bool) -> None:
    empty: dict[str, Any] = {
        key: [] for key in ("warnings", "sources", "clash", "rules", "relaxations", "unmatched", "steps")
    }
    call = {"tool": "recommend", "arguments": {}, "answer": {"status": "delegated"}}
    turn = {"message": message, "status": "recommended", "calls": [call], "asking": {"question": None}, "elapsed_ms": 9}
    told = likely_failures({**empty, **turn, "checked": None, "widened": 0, "plan": None, "removed": {}})
    assert any("Nothing in the message was read" in finding for finding in told) == found
