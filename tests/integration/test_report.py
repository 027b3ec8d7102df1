"""A tiny report from end to end, as `make report` makes it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from eval.command import run_command
from eval.keyless import keyless_environment
from eval.report import making
from eval.report.__main__ import cli
from recsys_agent.settings import load_settings
from tests.fakes.personas import a_gift_shop

NAMES = (
    *("single_prompt", "chain_of_thought", "self_refine", "prompt_chain", "single_agent", "multi_agent"),
    *("bm25", "popularity", "random"),
)
FEW = ("--shoppers", "3", "--set", "style=terse", "--workers", "1")
ROW = {"strategy", "success", "ci_low", "ci_high", "llm_calls", "tokens", "shoppers"}


def report(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eval.report", *arguments]
    return subprocess.run(command, env=keyless_environment(), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    shop = a_gift_shop(folder)
    out = folder / "out"
    done = report("run", "--catalog", str(shop.folder), "--out", str(out), *FEW)
    assert done.returncode == 0, done.stderr
    assert "conversations" in done.stderr
    return out


def test_the_ladder_has_every_strategy(made: Path):
    ladder = json.loads((made / "report.json").read_text())["ladder"]
    assert {row["strategy"] for row in ladder} >= set(NAMES)
    for row in ladder:
        assert set(row) == ROW
        assert 0 <= row["ci_low"] <= row["success"] <= row["ci_high"] <= 1
        assert row["shoppers"] == 3


def test_the_page_needs_nothing_else_and_says_what_it_measures(made: Path):
    page = (made / "report.html").read_text()
    assert page.count("data:image/png;base64,") == 8
    assert not re.search(r"https?://|<script|<link|url\(", page)
    assert "structures, not a real model" in page


def test_the_summary_names_pictures_that_are_there(made: Path):
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", (made / "report.md").read_text())
    assert len(pictures) == 8
    assert all((made / picture).is_file() for picture in pictures)


def test_no_error_of_an_agent_reaches_a_shopper_as_money_rule_or_product(made: Path):
    rows = json.loads((made / "report.json").read_text())["spread"]
    assert len({(row["agent"], row["corruption"]) for row in rows}) == 30
    assert sum(row["spoilt"] for row in rows) > 30
    assert all(set(row["shown"].values()) == {0} for row in rows)


def test_nothing_changes_with_the_person_alone_and_exposure_is_told_for_every_strategy(made: Path):
    found = json.loads((made / "report.json").read_text())
    rows = {row["group"]: row for row in found["counterfactual"]}
    assert {"children", "adults", "names, origin", "age of an adult", "how well off"} <= set(rows)
    assert all((row["changed"], row["price_gap"]) == (0, 0) and row["picks"] for row in rows.values())
    assert set(found["exposure"]["places"]["distance"]) >= set(NAMES)
    assert "What changes with the person alone" in (made / "report.md").read_text()


def test_a_report_is_no_worse_than_itself(made: Path):
    file = str(made / "report.json")
    assert report("compare", file, "--against", file).returncode == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--set", "height=3"], "one of the persona's fields"),
        (["--strategy", "magic"], "no strategy 'magic'"),
        (["--catalog", "nowhere"], "no catalogue folder"),
        (["--out", "a file"], "no folder to write to"),
        (["--out", "a file/below"], "no folder to write to"),
        (["--model", "gemini-of-nobody"], "no GOOGLE_API_KEY"),
        (["--model", "of-nobody"], "no model that ADK knows"),
    ],
)
def test_what_cannot_be_used_is_a_sentence_and_status_2(
    wrong: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(making, "quiet", lambda *_: None)
    for variable in ("GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "a file").touch()
    shop = a_gift_shop(tmp_path / "shop")
    monkeypatch.setattr(sys, "argv", ["report", "run", "--catalog", str(shop.folder), "--shoppers", "1", *wrong])
    load_settings.cache_clear()
    assert run_command(cli) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert said in told
