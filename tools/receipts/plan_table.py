"""What code itself says of a plan: the table of what it costs, and the other plans that are offered.

No model writes these: what they say is added up here, and stands in the JSON turn to the cent.
"""

from __future__ import annotations

from rich.cells import cell_len

from tools.enumeration import enumerated
from tools.needs import spoken
from tools.receipts.evidence import Evidence, OfferEvidence, PickEvidence
from tools.request import PlanSums

HEADINGS = ("For", "Pick", "Packs × price", "Cost")
MINUS = "−"
WIDEST = 60
"""Columns are filled up to here: a shop's longest title sticks out of its own row instead of stretching all others."""


def plan_table(evidence: Evidence) -> str:
    """The plan as a Markdown table, its columns filled up so that it is one in plain text too; "" without a plan."""
    if evidence.sums is None or not evidence.picks:
        return ""
    rows = [*map(_line, evidence.picks), *_sum_rows(evidence.sums)]
    return "\n\n".join(filter(None, [markdown([HEADINGS, *rows], figures_from=2), gap_text(evidence.sums)]))


def gap_text(sums: PlanSums) -> str:
    """What is said of a plan that was not proven to be the best one in the time there was."""
    if not sums.gap:
        return ""
    return (
        f"Time ran out before this was proven to be the best plan; another could be better by at most {sums.gap:.1%}."
    )


def off_theme_text(evidence: Evidence) -> str:
    """Which picks are not of the theme they were to be of, and why."""
    themes: dict[str, dict[str, list[str]]] = {}
    for given_up in evidence.off_theme:
        themes.setdefault(given_up.theme, {}).setdefault(given_up.why, []).append(spoken(given_up.need))
    return " ".join(
        f"Not of the {theme} theme: {'; '.join(f'{enumerated(needs)} ({why})' for why, needs in reasons.items())}."
        for theme, reasons in themes.items()
    )


def offers(evidence: Evidence) -> str:
    """The other plans, one a line, with what each gives for what it takes."""
    if not evidence.alternatives:
        return ""
    return "\n".join(["Other plans that keep all you asked for:", "", *map(_offer, evidence.alternatives)])


def _line(pick: PickEvidence) -> tuple[str, ...]:
    option = f" ({pick.option})" if pick.option else ""
    bought = f"{pick.quantity} × {pick.price}"
    return spoken(pick.need).capitalize(), f"**{pick.product.title}**{option}", bought, str(pick.cost)


def _sum_rows(sums: PlanSums) -> list[tuple[str, ...]]:
    rows = [("Subtotal", "", "", str(sums.subtotal))]
    rows += [(discount.label.capitalize(), "", "", f"{MINUS}{discount.amount}") for discount in sums.discounts]
    rows += [(name, "", "", str(money)) for name, money in (("Shipping", sums.shipping), ("Tax", sums.tax)) if money]
    rows.append(("Total", "", "", f"**{sums.total}**"))
    return rows + ([("Left", "", "", str(sums.left))] if sums.left is not None else [])


def _offer(offer: OfferEvidence) -> str:
    return f"- {offer.label[:1].upper()}{offer.label[1:]}, {offer.total}: {offer.trade_off.rstrip('.')}."


def markdown(rows: list[tuple[str, ...]], figures_from: int) -> str:
    """A Markdown table whose columns are filled up; from column ``figures_from`` on they stand to the right."""
    cells = [[_cell(text) for text in row] for row in rows]
    widths = [min(WIDEST, max(cell_len(row[i]) for row in cells)) for i in range(len(rows[0]))]
    rules = [f"{'-' * (width - 1)}{':' if i >= figures_from else '-'}" for i, width in enumerate(widths)]
    return "\n".join(_row(row, widths, figures_from) for row in (cells[0], rules, *cells[1:]))


def _row(cells: list[str], widths: list[int], figures_from: int) -> str:
    """Words to the left, figures to the right."""
    gaps = [" " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
    pairs = enumerate(zip(cells, gaps, strict=True))
    filled = [gap + cell if i >= figures_from else cell + gap for i, (cell, gap) in pairs]
    return f"| {' | '.join(filled)} |"


def _cell(text: str) -> str:
    """One line, in which a bar does not end the cell."""
    return " ".join(text.split()).replace("|", "\\|")
