"""A turn's account for people: tables in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from recsys_agent.explaining.recorded import Json

LONG = 160


def print_account(account: Json, console: Console) -> None:
    """Prints the account; what did not happen has no table."""
    console.print(f"[bold]Turn {account['turn']}[/]: {account['status']}, {account['elapsed_ms']:,.0f} ms")
    console.print(f"Message: {_cut(account['message'])}\n", highlight=False)
    _table(console, "Steps", ("agent", "step", "ms"), _rows(account["steps"], "agent", "step", "ms"))
    tokens = ("agent", "model", "calls", "prompt_tokens", "output_tokens", "cost_usd")
    _table(console, "Model calls", tokens, _rows(account["usage"], *tokens))
    calls = [(call["tool"], call["arguments"], call["answer"].get("status", "")) for call in account["calls"]]
    _table(console, "Tool calls", ("tool", "arguments", "answer"), calls)
    _table(console, "Brief", ("field", "before", "after"), _rows(account["brief_changes"], "field", "before", "after"))
    _asking(account["asking"], console)
    sources = [(s["source"], _counts(s["found"]), s["warning"] or "") for s in account["sources"]]
    _table(console, "Sources", ("source", "found", "warning"), sources)
    if account["candidates"]:
        console.print(f"Candidates that keep all rules: {_counts(account['candidates'])}\n")
    _table(console, "Removed", ("why", "candidates"), sorted(account["removed"].items(), key=lambda row: -row[1]))
    picks = [(p["position"], p["need"], p["product_id"], p["score"], _counts(p["parts"])) for p in account["picks"]]
    _table(console, "Picks", ("", "need", "product", "score", "what each part added"), picks)
    for title in ("plan", "checked", "memory"):
        if account[title]:
            told = [(name, value) for name, value in account[title].items() if value not in (None, [], {})]
            _table(console, title.capitalize(), ("", ""), told)
    console.print("[bold]Likely failure[/]")
    for finding in account["likely"]:
        console.print(f"- {escape(finding)}", highlight=False)


def _asking(asking: Json, console: Console) -> None:
    if not asking.get("questions") and not asking.get("question"):
        return
    console.print(f"Asked for: {asking.get('question') or 'nothing'}", highlight=False)
    if asking.get("questions"):
        title = f"Value of a question over {asking.get('candidates', 0)} candidates; one costs {asking.get('cost')}"
        _table(console, title, ("slot", "value", "answers"), _rows(asking["questions"], "slot", "value", "answers"))


def _table(console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    filled = [[_cut("" if value is None else value) for value in row] for row in rows]
    if not filled:
        return
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in filled:
        table.add_row(*row)
    console.print(table)
    console.print()


def _rows(entries: Iterable[Json], *names: str) -> list[list[Any]]:
    return [[entry.get(name) for name in names] for entry in entries]


def _counts(counts: Json) -> str:
    return ", ".join(f"{name} {value}" for name, value in counts.items())


def _cut(value: Any) -> str:
    text = str(value)
    return escape(text if len(text) <= LONG else f"{text[:LONG]}…")
