"""The WebShop benchmark makes the same goals in every run, and rewards what WebShop rewards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.pictures import bars, by_size
from eval.benchmarks.webshop_data import as_feed_row, price_of, read_goals, reward


def a_record(asin: str = "A", **fields: Any) -> dict[str, Any]:
    return {
        "asin": asin,
        "title": "Acme Cotton Shirt",
        "description": "Soft.",
        "bullets": ["machine wash"],
        "path": "Clothing › Men › Shirts",
        "query": "men's shirts",
        "price": [25.99],
        "rating": "",
        "options": {"color": ["black", "navy"], "size": ["small"]},
        "attributes": ["long sleeve"],
        "goal": "Find me machine wash, long sleeve men's shirts",
        "goal_attributes": ["machine wash", "long sleeve"],
        "human_goals": None,
    } | fields


def test_a_goal_names_one_choice_of_each_option_and_a_limit_above_the_price() -> None:
    (goal,) = read_goals([a_record()])
    assert goal.options[0] in ("black", "navy")
    assert goal.options[1] == "small"
    assert 30 < goal.price_max <= 60
    assert goal.instruction.endswith(f"and size: small, and price lower than {goal.price_max:.2f} dollars")
    assert read_goals([a_record()]) == [goal]


def test_where_the_price_is_not_known_the_goal_has_no_limit() -> None:
    (goal,) = read_goals([a_record(price=[100.0])])
    assert goal.price_max == float("inf")
    assert "price" not in goal.instruction


def test_the_product_that_is_meant_earns_the_whole_reward() -> None:
    record = a_record()
    (goal,) = read_goals([record])
    assert reward(goal, record, record) == 1.0


def test_each_attribute_option_and_limit_that_is_missed_costs_its_share() -> None:
    record = a_record()
    (goal,) = read_goals([record])
    assert reward(goal, record, a_record("B", price=[999.0])) == pytest.approx(4 / 5)
    assert reward(goal, record, a_record("B", attributes=[], options={})) == pytest.approx(2 / 5)


def test_another_kind_of_thing_earns_half_and_a_stranger_nothing() -> None:
    record = a_record()
    (goal,) = read_goals([record])
    assert reward(goal, record, a_record("B", query="towels", path="Home")) == pytest.approx(0.5)
    assert reward(goal, record, a_record("B", title="Lamp", query="lamps", path="Home")) == 0.0


def test_the_feed_holds_neither_annotations_nor_the_query() -> None:
    row = as_feed_row(a_record(query="zebra", attributes=["giraffe"]))
    assert "zebra" not in str(row)
    assert "giraffe" not in str(row)
    assert row["price"] == "25.99"
    assert price_of(a_record(price=[9.0, 7.5])) == 7.5


def test_pictures_are_png_files_in_the_folder_that_is_named(tmp_path: Path) -> None:
    drawn = [
        bars(tmp_path / "new" / "bars.png", "Bars", {"a": 0.5, "b": 0.7}, {"a": (0.4, 0.6)}, ["b"]),
        by_size(tmp_path / "new" / "lines.png", "Lines", {"ms": {"x": {10: 1.0, 100: 2.0}}, "s": {"y": {10: 3.0}}}),
    ]
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in drawn)
