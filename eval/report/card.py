"""The report card: which parts it has, and the words around them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.report.differences import specialists
from eval.report.fairness import fairness
from eval.report.losses import REASONS
from eval.report.pages import Heading, Listing, Paragraph, Part, Picture, Table
from eval.report.pictures import is_ours
from eval.report.summary import summary
from eval.spread.telling import EXPLAINED, HEADS, cells

KEYLESS = (
    "This measures structures, not a real model. Without a key every rung that calls a model is played by the same "
    "seeded fallible model: the keyless stand-in, which drops a constraint, forgets a turn, invents a product or "
    "misreads a price at the rates below. The rates are an assumption; what each structure catches of the errors, and "
    "what that costs, is what the table shows. The shoppers are simulated from rules. multi_agent_errorless is our "
    "agents with the stand-in as it is; without_… are our agents with one specialist taken out: nothing is asked, one "
    "text search only, no exact money and plans, no check of the words."
)
WITH_MODEL = "Played by {model}. The shoppers are simulated from rules; their wording is not that of real people."
QUALITY = {
    "goal met": "satisfaction",
    "nDCG": "ndcg",
    "messages": "turns",
    "questions": "questions",
    "redundant": "redundant",
    "rules broken": "rules_broken",
    "false claims": "unsupported",
}
MODEL_FAILED = {"turns the model failed in": "model_failures"}
CATALOGUE = {
    "diversity": "diversity",
    "coverage": "coverage",
    "novelty, bits": "novelty_bits",
    "exposure, Gini": "exposure_gini",
    "turn, ms": "turn_ms",
    "of it model, ms": "turn_model_ms",
}


def card(found: Mapping[str, Any], pictures: Mapping[str, Path]) -> list[Part]:
    """The parts of the report."""
    under = found["made_under"]
    ours = [row["strategy"] for row in found["ladder"] if is_ours(row["strategy"])]
    model = under["model"]
    titles = list(pictures)
    return [
        Paragraph(
            f"{under['shoppers']} simulated shoppers (seed {under['seed']}) on {under['products']} products, "
            f"each with every strategy. Intervals: 95%, percentile bootstrap over shoppers."
        ),
        Paragraph(WITH_MODEL.format(model=model) if model else KEYLESS, note=True),
        *([] if model else [Paragraph("Error rates: " + _rates(under["rates"]) + ".")]),
        *([Heading("In short"), Listing(told)] if (told := summary(found)) else []),
        Heading("Who is served, at what cost"),
        _ladder(found, ours),
        Picture(titles[0], pictures[titles[0]]),
        *specialists(found, pictures),
        Heading("Success by turn"),
        Picture(titles[1], pictures[titles[1]]),
        Heading("Where shoppers are lost"),
        Picture(titles[2], pictures[titles[2]]),
        _lost(found, ours),
        Heading("What they were shown"),
        _metrics(found, QUALITY | (MODEL_FAILED if model else {}), ours),
        Paragraph(
            "Means a shopper. Goal met: of the best last pick, 0 to 1. nDCG: of the last shortlist against the hidden "
            "goal. Redundant: questions about what was said before. Rules broken: picks against the age, the budget or "
            "what is refused, once said. False claims: titles or prices in replies that are not the catalogue's."
        ),
        _metrics(found, CATALOGUE, ours),
        Paragraph(
            "Diversity: 1 is no likeness within a shortlist. Coverage: share of the catalogue shown to anyone. "
            "Exposure: 0 is even, 1 is all for one product. Milliseconds are this machine's."
        ),
        Heading("Groups of shoppers"),
        Picture(titles[3], pictures[titles[3]]),
        Paragraph("Share served, by group; in brackets how many shoppers. Small groups move by chance."),
        *fairness(found, pictures, ours),
        *_spread(found, pictures),
    ]


def _spread(found: Mapping[str, Any], pictures: Mapping[str, Path]) -> list[Part]:
    if not found.get("spread"):
        return []
    title = "Errors that spread"
    explained = Paragraph(EXPLAINED.format(rate=found["spread_rate"]))
    return [Heading(title), explained, Picture(title, pictures[title]), Table(HEADS, cells(found["spread"]))]


def _rates(rates: Mapping[str, float]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {rate:.0%}" for name, rate in rates.items())


def _ladder(found: Mapping[str, Any], ours: list[str]) -> Table:
    heads = ("strategy", "served", "95% interval", "model calls", "tokens", "tokens a served shopper")
    rows = []
    for row in found["ladder"]:
        each = f"{row['tokens'] / row['success']:,.0f}" if row["success"] else "-"
        between = f"{row['ci_low']:.1%} to {row['ci_high']:.1%}"
        cells = (f"{row['success']:.1%}", between, f"{row['llm_calls']:.1f}", f"{row['tokens']:,.0f}", each)
        rows.append((row["strategy"], *cells))
    return Table(heads, rows, ours)


def _lost(found: Mapping[str, Any], ours: list[str]) -> Table:
    there = [why for why in REASONS if any(why in lost for lost in found["lost"].values())]
    rows = [(name, *(str(lost.get(why, 0)) for why in there)) for name, lost in found["lost"].items()]
    return Table(("strategy", *there), rows, ours)


def _metrics(found: Mapping[str, Any], columns: Mapping[str, str], ours: list[str]) -> Table:
    rows = [
        (name, *(f"{metrics[key]['mean']:.3g}" for key in columns.values()))
        for name, metrics in found["metrics"].items()
    ]
    return Table(("strategy", *columns), rows, ours)
