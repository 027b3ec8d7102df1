"""The report in a few sentences: what somebody reads who reads no further."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eval.report.differences import OURS
from eval.strategies.ladder import BASELINES, PROMPTED


def summary(found: Mapping[str, Any]) -> list[str]:
    """What our agents do beside the best of the plainer ways; only what this report has figures for."""
    return list(_sentences(found)) if OURS in found["metrics"] else []


def _sentences(found: Mapping[str, Any]) -> Iterator[str]:
    rows = {row["strategy"]: row for row in found["ladder"]}
    ours, metrics = rows[OURS], found["metrics"]
    yield (
        f"Our agents served {_served(ours)} of the shoppers, in {metrics[OURS]['turns']['mean']:.1f} messages, with "
        f"{ours['llm_calls']:.1f} model calls and {ours['tokens']:,.0f} tokens a shopper."
    )
    for names, what in ((PROMPTED, "plainer structure with the same model"), (BASELINES, "baseline without a model")):
        there = [rows[name] for name in names if name in rows]
        if there:
            best = max(there, key=lambda row: row["success"])
            yield f"The best {what}, {best['strategy']}, served {_served(best)}; {_apart(found, best['strategy'])}."
    yield f"False titles or prices in replies, a shopper: {_false_claims(found, rows)}."
    if found.get("spread"):
        hit, saw = (sum(_counted(row, what) for row in found["spread"]) for what in ("hit", "shown"))
        yield f"Where an agent's output was spoilt on purpose, {saw} of {hit} shoppers hit were shown any of it."


def _served(row: Mapping[str, Any]) -> str:
    return f"{row['success']:.1%} ({row['ci_low']:.1%} to {row['ci_high']:.1%})"


def _apart(found: Mapping[str, Any], name: str) -> str:
    """Shopper by shopper, in percentage points."""
    served = found["against_ours"][name]["success"]
    low, high = 100 * served["ci_low"], 100 * served["ci_high"]
    if low <= 0 <= high:
        return f"no difference from our agents is shown ({low:+.1f} to {high:+.1f} points)"
    more = "more" if served["mean"] > 0 else "fewer"
    return f"{abs(100 * served['mean']):.1f} points {more} than our agents ({low:+.1f} to {high:+.1f})"


def _false_claims(found: Mapping[str, Any], rows: Mapping[str, Any]) -> str:
    told = {name: found["metrics"][name]["unsupported"]["mean"] for name in (OURS, *PROMPTED) if name in rows}
    others = [value for name, value in told.items() if name != OURS]
    beside = f", {min(others):.2g} to {max(others):.2g} with the plainer structures" if others else ""
    return f"{told[OURS]:.2g} with our agents{beside}"


def _counted(row: Mapping[str, Any], what: str) -> int:
    return sum(row[what].values()) if isinstance(row[what], Mapping) else row[what]
