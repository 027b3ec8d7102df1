"""What shoppers did: order and distance count, an update is as good as a rebuild, and nothing unknown breaks it."""

from __future__ import annotations

import gzip
import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.benchmarks.interactions import gains, interval, main
from tools.catalog.interactions.events import BadRow, Event, parse_columns, read_events, seconds_of
from tools.catalog.interactions.log import EventLog
from tools.catalog.interactions.model import EARLIER_DAMPING, Behaviour, Ranked, fit
from tools.catalog.interactions.sparse import Rows
from tools.catalog.interactions.titles import alike_titles
from tools.errors import CatalogError

DAY = 86_400
EVENTS = st.lists(
    st.builds(
        Event,
        user=st.sampled_from("uvw"),
        item=st.sampled_from("abcdef"),
        seconds=st.sampled_from([math.nan, 0.0, 5.0, 9.0 * DAY]),
        kind=st.sampled_from(["view", "cart", "buy"]),
    ),
    max_size=30,
)


def met(*shoppers: str, kind: str = "buy") -> list[Event]:
    """One letter a product, in order; one text a shopper."""
    return [Event(f"{n}", item, float(at), kind) for n, items in enumerate(shoppers) for at, item in enumerate(items)]


def model(*shoppers: str, **titles: str) -> Behaviour:
    return fit(EventLog().with_events(met(*shoppers)), titles)


def ids(ranked: Ranked) -> list[str]:
    return [item for item, _ in ranked]


def same(one: Behaviour, other: Behaviour) -> bool:
    arrays = [(one.popularity, other.popularity), (one.lateness, other.lateness)]
    for a, b in ((one.after, other.after), (one.together, other.together)):
        arrays += [(a.starts, b.starts), (a.columns, b.columns), (a.values, b.values)]
    return one.item_ids == other.item_ids and all(np.array_equal(a, b) for a, b in arrays)


# -- what comes next --


def test_order_matters() -> None:
    assert ids(model(*["ab", "ca"] * 5).next_items(["a"]))[0] == "b"
    assert ids(model(*["ba", "ac"] * 5).next_items(["a"]))[0] == "c"


def test_what_follows_at_once_counts_more_than_what_follows_later() -> None:
    assert ids(model(*["abxyzc"] * 3).next_items(["a"]))[0] == "b"
    scores = dict(model(*["abcdefgh"] * 3).next_items(["a"]))
    assert scores["b"] > scores["d"] > scores["h"] > 0


def test_the_last_product_counts_more_than_those_before() -> None:
    fitted = model(*["ab", "cd"] * 5)
    assert ids(fitted.next_items(["a", "c"]))[0] == "d"
    assert ids(fitted.next_items(["c", "a"]))[0] == "b"


def test_a_pair_of_a_short_history_says_more() -> None:
    assert ids(model("ab", "acpqrstuvwxyz").next_items(["a"]))[0] == "b"


def test_a_purchase_says_more_than_a_view() -> None:
    log = EventLog().with_events([*met("ab"), *(Event(f"v{e.user}", e.item, e.seconds, "view") for e in met("ac"))])
    assert ids(fit(log).next_items(["a"]))[0] == "b"


def test_what_is_met_early_in_life_is_damped_after_what_is_met_late() -> None:
    both = Rows(np.array([0, 2, 2, 2]), np.array([1, 2]), np.array([1.0, 1.0]))
    fitted = Behaviour(("now", "early", "late"), both, both, np.ones(3), np.array([0.0, -0.4, 0.4]))
    early, late = (dict(fitted.next_items(["now"]))[item] for item in ("early", "late"))
    assert late == pytest.approx(1, rel=1e-4)
    assert early == pytest.approx(math.exp(-0.4 * EARLIER_DAMPING), rel=1e-4)


def test_how_late_a_product_is_met_is_learned_from_the_order() -> None:
    lateness = dict(zip((fitted := model(*["abcde"] * 20)).item_ids, fitted.lateness, strict=True))
    assert lateness["a"] < lateness["b"] < lateness["c"] < lateness["d"] < lateness["e"]
    assert lateness["c"] == pytest.approx(0)


def test_what_was_had_is_not_offered_again() -> None:
    assert not {"a", "b"} & set(ids(model("abc", "bca", "cab").next_items(["a", "b"])))


def test_unknown_products_are_passed_over() -> None:
    fitted = model("abc", "abd")
    assert fitted.next_items(["?", "a", "??"]) == fitted.next_items(["a"])
    assert fitted.bought_with("?") == []


def test_without_a_known_history_it_is_what_is_popular() -> None:
    fitted = model("ab", "ac", "ad", "bd")
    assert ids(fitted.next_items([])) == ids(fitted.next_items(["?"])) == ids(fitted.popular())


def test_without_any_event_there_is_nothing_popular_and_nothing_breaks() -> None:
    fitted = fit(EventLog())
    assert fitted.popular() == fitted.next_items(["a"]) == fitted.bought_with("a") == []


def test_a_product_nobody_met_is_reached_by_its_title() -> None:
    fitted = model("ab", a="Halo 3 - Xbox", b="Chess Set", n="Halo 4 - Xbox", o="Garden Hose")
    assert ids(fitted.next_items(["n"]))[0] == "a"
    assert "n" in ids(fitted.next_items(["a"]))
    assert "o" not in ids(fitted.next_items(["a"]))


@given(EVENTS, st.lists(st.sampled_from("abcdefxyz"), max_size=6), st.integers(-1, 8))
def test_rankings_are_ordered_distinct_unseen_and_no_longer_than_asked(
    events: list[Event], history: list[str], limit: int
) -> None:
    fitted = fit(EventLog().with_events(events), {"a": "Red Kite", "x": "Red Kite 2"})
    for ranked in (fitted.next_items(history, limit), fitted.popular(limit), fitted.bought_with("a", limit)):
        scores = [score for _, score in ranked]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 and math.isfinite(score) for score in scores)
        assert len(ranked) == len(set(ids(ranked))) <= max(limit, 0)
    assert not set(history) & set(ids(fitted.next_items(history, limit)))


# -- together, and popular --


def test_bought_with_is_mutual_and_minds_how_often_either_is_bought() -> None:
    fitted = model(*["ab"] * 4, *["ac"] * 4, *["xc"] * 20)
    assert ids(fitted.bought_with("a")) == ["b", "c"]
    assert dict(fitted.bought_with("a"))["b"] == dict(fitted.bought_with("b"))["a"]


def test_what_was_only_looked_at_was_not_bought() -> None:
    assert fit(EventLog().with_events(met("ab", kind="view"))).bought_with("a") == []


def test_popularity_halves_in_ninety_days() -> None:
    events = [Event("u", "old", 0.0, "buy"), Event("u", "new", 90.0 * DAY, "buy")]
    assert fit(EventLog().with_events(events)).popular() == [("new", 1.0), ("old", 0.5)]


# -- the log --


@settings(max_examples=50)
@given(EVENTS, st.integers(0, 30))
def test_an_update_equals_a_rebuild(events: list[Event], cut: int) -> None:
    updated = EventLog().with_events(events[:cut]).with_events(events[cut:])
    assert same(fit(updated), fit(EventLog().with_events(events)))


@given(EVENTS)
def test_the_same_log_again_changes_nothing(events: list[Event]) -> None:
    once = EventLog().with_events(events)
    assert same(fit(once.with_events(events)), fit(once))


def test_events_are_put_in_the_order_of_their_times() -> None:
    forwards, backwards = EventLog().with_events(met("abc")), EventLog().with_events(reversed(met("abc")))
    assert fit(forwards).next_items(["a"]) == fit(backwards).next_items(["a"])


# -- reading --

LOGS = {
    "log.csv": "user_id,product_id,timestamp,event\nu,a,2026-01-02,purchase\nu,b,2026-01-03T10:00:00+00:00,view\n",
    "log.tsv": "visitorid\titemid\ttimestamp\tevent\nu\ta\t1767312000000\ttransaction\nu\tb\t1767434400000\tview\n",
    "log.jsonl": '{"user":"u","item":"a","time":1767312000,"kind":"buy"}\n'
    '{"user":"u","item":"b","time":"2026-01-03 10:00","kind":"click"}\n',
}


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("zipped", [False, True])
def test_logs_of_every_format_say_the_same(tmp_path: Path, name: str, zipped: bool) -> None:
    path = tmp_path / f"{name}{'.gz' if zipped else ''}"
    path.write_bytes(gzip.compress(LOGS[name].encode()) if zipped else LOGS[name].encode())
    assert list(read_events(path)) == [Event("u", "a", 1767312000, "buy"), Event("u", "b", 1767434400, "view")]


def test_without_times_and_kinds_rows_are_purchases_in_order(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\nu,a\nu,b\n", "utf-8")
    events = list(read_events(tmp_path / "log.csv"))
    assert [(e.item, e.kind) for e in events if isinstance(e, Event)] == [("a", "buy"), ("b", "buy")]


def test_columns_of_other_names_are_named(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Who;What;item\nu;a;x\n", "utf-8")
    columns = parse_columns(["user=Who", "item = What"])
    assert [(e.user, e.item) for e in read_events(tmp_path / "log.csv", columns) if isinstance(e, Event)] == [
        ("u", "a")
    ]
    with pytest.raises(CatalogError, match="no column When for the time"):
        list(read_events(tmp_path / "log.csv", {**columns, "time": "When"}))


@pytest.mark.parametrize("option", ["user", "user=", "=x", "price=x"])
def test_a_mapping_that_is_none_is_refused(option: str) -> None:
    with pytest.raises(CatalogError, match="is not FIELD=COLUMN"):
        parse_columns([option])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"u", "1 columns where the header has 4"),
        (b",a,1,buy", "user: is empty"),
        (b"u,,1,buy", "item: is empty"),
        (b"u,a\xff,1,buy", "item: 'a\\udcff' is no id"),
        (b"u," + b"a" * 201 + b",1,buy", f"item: '{'a' * 40}' is no id"),
        (b"u," + b"a" * 200_000 + b",1,buy", "1 columns where the header has 4"),
        (b"u,a,yesterday,buy", "time: 'yesterday' is no ISO 8601 or Unix time"),
        (b"u,a,-5,buy", "time: '-5' is outside of 1970 to 9999"),
        (b"u,a,nan,buy", "time: 'nan' is outside of 1970 to 9999"),
        (b"u,a,1,teleported", "kind: 'teleported' is none of view, cart, buy"),
        (b'"u,a,1,buy', "1 columns where the header has 4"),
    ],
)
def test_a_malformed_row_is_told_with_line_and_reason_and_costs_only_itself(
    tmp_path: Path, row: bytes, reason: str
) -> None:
    (tmp_path / "log.csv").write_bytes(b"user,item,time,kind\nu,a,1,buy\n" + row + b"\nu,b,2,buy\n")
    first, bad, last = read_events(tmp_path / "log.csv")
    assert bad == BadRow(3, reason)
    assert (first, last) == (Event("u", "a", 1.0, "buy"), Event("u", "b", 2.0, "buy"))


@pytest.mark.parametrize(
    "line", ["{", "[1]", '{"user": "u"}', '{"user": {}, "item": "a"}', '{"user": true, "item": 1}']
)
def test_a_malformed_json_line_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "log.jsonl").write_text(f'{line}\n\n{{"user": 1, "item": 2}}\n', "utf-8")
    bad, good = read_events(tmp_path / "log.jsonl")
    assert isinstance(bad, BadRow)
    assert bad.line == 1
    assert isinstance(good, Event)
    assert (good.user, good.item) == ("1", "2")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("log.csv", b"", "is empty"),
        ("log.csv", b"user,price\nu,1\n", "no column item or item_id for the item; its columns are user, price"),
        ("log.csv.gz", b"user,item\nu,a\n", "no gzip file"),
        ("log.csv.gz", gzip.compress(LOGS["log.csv"].encode() * 50, mtime=0)[:60], "damaged"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CatalogError, match=message):
        list(read_events(tmp_path / name))


@settings(max_examples=200)
@given(content=st.binary(max_size=200), name=st.sampled_from(["log.csv", "log.jsonl", "log.csv.gz"]))
def test_no_content_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    path = tmp_path_factory.mktemp("log") / name
    path.write_bytes(b"user,item,time\n" * (name == "log.csv") + content)
    try:
        assert all(isinstance(row, (Event, BadRow)) for row in read_events(path))
    except CatalogError:
        assert name == "log.csv.gz"


@given(st.text(max_size=20) | st.floats() | st.integers())
def test_a_time_is_read_or_refused(value: object) -> None:
    try:
        seconds = seconds_of(value)
    except ValueError:
        return
    assert math.isnan(seconds) or 0 <= seconds < 1e12


# -- titles, and the measure --


def test_titles_are_alike_by_their_rare_words() -> None:
    alike = alike_titles(["Halo 3 Xbox", "Halo 4 Xbox", "Tetris Xbox", "Garden Hose", ""])
    columns, values = alike.row(0)
    assert dict(zip(columns.tolist(), values.tolist(), strict=True))[1] == pytest.approx(max(values))
    assert not len(alike.row(3)[0])
    assert not len(alike.row(4)[0])
    assert 0 < min(alike.values) <= max(alike.values) < 1


def test_gains_are_those_of_one_right_answer_among_ten() -> None:
    targets = {"first": "a", "second": "b", "eleventh": "k", "nobody": "a"}
    rankings = {user: list("abcdefghijk") for user in ("first", "second", "eleventh")}
    assert gains(rankings, targets).tolist() == [1.0, 1 / math.log2(3), 0.0, 0.0]


def test_the_interval_holds_the_mean() -> None:
    values = np.array([0.0, 1.0] * 50)
    low, high = interval(values)
    assert 0.3 < low < 0.5 < high < 0.7


def test_real_shoppers_are_served_better_than_by_public_models(
    shared_data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    main(shared_data / "data" / "games")
    printed = re.findall(r"^ *(\S.*?) {2,}(\d\.\d{4}) ", capsys.readouterr().out, re.MULTILINE)
    ndcg = {name: float(value) for name, value in printed}
    assert ndcg["ours, with titles"] > 0.075
    assert ndcg["SASRec"] == pytest.approx(0.0469, abs=1e-4)
