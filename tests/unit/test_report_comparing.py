from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.report.__main__ import cli
from eval.report.comparing import compare, load
from tools.errors import UsageError


def a_report(**success: tuple[float, float, float]) -> dict[str, Any]:
    ladder = [
        {"strategy": name, "success": mean, "ci_low": low, "ci_high": high}
        | {"llm_calls": 4.0, "tokens": 5000.0, "shoppers": 300}
        for name, (mean, low, high) in success.items()
    ]
    return {"ladder": ladder}


BEFORE = a_report(multi_agent=(0.80, 0.75, 0.85), bm25=(0.60, 0.55, 0.65))


def status(tmp_path: Path, a: dict[str, Any], b: dict[str, Any]) -> tuple[int, str]:
    files = []
    for name, report in (("A", a), ("B", b)):
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(json.dumps(report))
    result = CliRunner().invoke(cli, ["compare", str(files[0]), "--against", str(files[1])])
    return result.exit_code, result.output


def test_equal_reports_are_no_worse(tmp_path: Path):
    code, said = status(tmp_path, BEFORE, BEFORE)
    assert code == 0
    assert "worse" not in said


def test_worse_beyond_noise_exits_1(tmp_path: Path):
    worse = a_report(multi_agent=(0.70, 0.65, 0.75), bm25=(0.60, 0.55, 0.65))
    code, said = status(tmp_path, worse, BEFORE)
    assert code == 1
    assert "worse" in said


def test_worse_within_noise_exits_0(tmp_path: Path):
    # The standard error of the difference is .036: .80 and .74 differ by less than 1.96 of them.
    within = a_report(multi_agent=(0.74, 0.69, 0.79), bm25=(0.60, 0.55, 0.65))
    assert status(tmp_path, within, BEFORE)[0] == 0


def test_better_exits_0_and_is_marked(tmp_path: Path):
    better = a_report(multi_agent=(0.95, 0.92, 0.97), bm25=(0.60, 0.55, 0.65))
    code, said = status(tmp_path, better, BEFORE)
    assert code == 0
    assert "better" in said


def test_one_strategy_that_is_worse_is_enough_whatever_else_is_better(tmp_path: Path):
    mixed = a_report(multi_agent=(0.95, 0.92, 0.97), bm25=(0.40, 0.35, 0.45))
    assert status(tmp_path, mixed, BEFORE)[0] == 1


def test_dearer_is_marked_and_decides_nothing(tmp_path: Path):
    dearer = json.loads(json.dumps(BEFORE))
    dearer["ladder"][0]["tokens"] = 9000.0
    code, said = status(tmp_path, dearer, BEFORE)
    assert code == 0
    assert "worse" in said


def test_a_strategy_only_one_report_has_is_named_and_not_judged():
    both = (0.5, 0.4, 0.6)
    changes = compare(a_report(new=(0.1, 0.0, 0.2), bm25=both), a_report(old=(0.9, 0.8, 1.0), bm25=both))
    alone = {(change.strategy, change.verdict) for change in changes if change.strategy != "bm25"}
    assert alone == {("old", "missing in A"), ("new", "new in A")}


def test_reports_without_a_strategy_in_common_cannot_be_compared(tmp_path: Path):
    code, _ = status(tmp_path, a_report(new=(0.1, 0.0, 0.2)), BEFORE)
    assert code != 0
    with pytest.raises(UsageError, match="No strategy is in both"):
        compare(a_report(new=(0.1, 0.0, 0.2)), BEFORE)


def test_all_of_a_few_shoppers_are_no_certainty(tmp_path: Path):
    all_served, three_of_four = a_report(multi_agent=(1.0, 1.0, 1.0)), a_report(multi_agent=(0.75, 0.25, 1.0))
    none = a_report(multi_agent=(0.0, 0.0, 0.0))
    for few in (all_served, three_of_four, none):
        few["ladder"][0]["shoppers"] = 4
    assert status(tmp_path, three_of_four, all_served)[0] == 0
    assert status(tmp_path, none, all_served)[0] == 1


GOOD = '{"strategy": "x", "success": 0.5, "ci_low": 0.4, "ci_high": 0.6}'
NO_REPORTS = (
    *("{", "[]", "{}", '{"ladder": 3}', '{"ladder": []}', '{"ladder": [{"strategy": "x"}]}', '{"ladder": [null]}'),
    GOOD.replace("0.5", "null"),
    GOOD.replace("0.5", "NaN"),
    GOOD.replace("0.5", "1.7"),
    GOOD.replace('"x"', '["x"]'),
    GOOD.replace("}", ', "tokens": "many"}'),
    f"{GOOD}, {GOOD}",
)


@pytest.mark.parametrize("text", [f'{{"ladder": [{t}]}}' if t.startswith('{"strategy') else t for t in NO_REPORTS])
def test_a_file_that_is_no_report_is_said(tmp_path: Path, text: str):
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(UsageError, match="report"):
        load(tmp_path / "x.json")
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path / "missing.json")
