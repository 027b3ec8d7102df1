"""The report as a page: the same parts, as Markdown beside its pictures and as one self-contained HTML file."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.7rem; margin-bottom: .3rem } h2 { font-size: 1.2rem; margin-top: 2.2rem }
p.note { background: #f3f6f7; border-left: 4px solid #1f6f8b; padding: .6rem .9rem }
.wide { overflow-x: auto } table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid #e4e8ea; white-space: nowrap }
th { background: #f3f6f7; white-space: normal; vertical-align: bottom }
th:first-child, td:first-child { text-align: left }
tr.ours td { background: #e8f2f5; font-weight: 600 } img { max-width: 100%; height: auto; margin: .8rem 0 }
@media (prefers-color-scheme: dark) { body { background: #16191b; color: #dfe3e5 } th, p.note { background: #23292c }
  td, th { border-color: #333b3f } tr.ours td { background: #1d3a44 } img { background: #fff; border-radius: 4px } }
"""


@dataclass(frozen=True)
class Heading:
    """The title of a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Text; a ``note`` stands out."""

    text: str
    note: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under their heads; those whose first cell is in ``ours`` stand out."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    ours: Sequence[str] = ()


@dataclass(frozen=True)
class Picture:
    """A picture and what it shows."""

    title: str
    file: Path


@dataclass(frozen=True)
class Listing:
    """Sentences as points."""

    points: Sequence[str]


Part = Heading | Paragraph | Table | Picture | Listing


def markdown(title: str, parts: Sequence[Part]) -> str:
    """The parts as Markdown; pictures are named as files beside it."""
    return "\n\n".join([f"# {title}", *map(_markdown, parts)]) + "\n"


def _markdown(part: Part) -> str:
    match part:
        case Heading():
            return f"## {part.text}"
        case Paragraph():
            return f"> {part.text}" if part.note else part.text
        case Table():
            rule = ["---", *["---:"] * (len(part.heads) - 1)]
            rows = [[f"**{row[0]}**", *row[1:]] if row[0] in part.ours else list(row) for row in part.rows]
            return "\n".join(f"| {' | '.join(row)} |" for row in [list(part.heads), rule, *rows])
        case Listing():
            return "\n".join(f"- {point}" for point in part.points)
        case Picture():
            return f"![{part.title}]({part.file.name})"


def html(title: str, parts: Sequence[Part]) -> str:
    """The parts as a page that needs nothing else: pictures and style are in it."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    body = "\n".join([f"<h1>{escape(title)}</h1>", *map(_html, parts)])
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n'
    )


def _html(part: Part) -> str:
    match part:
        case Heading():
            return f"<h2>{escape(part.text)}</h2>"
        case Paragraph():
            return f"<p{' class=note' if part.note else ''}>{escape(part.text)}</p>"
        case Table():
            heads = "".join(f"<th>{escape(head)}</th>" for head in part.heads)
            rows = [
                f"<tr{' class=ours' if row[0] in part.ours else ''}>"
                + "".join(f"<td>{escape(cell)}</td>" for cell in row)
                + "</tr>"
                for row in part.rows
            ]
            return f'<div class="wide"><table><tr>{heads}</tr>\n{chr(10).join(rows)}\n</table></div>'
        case Listing():
            return "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in part.points) + "</ul>"
        case Picture():
            inlined = base64.b64encode(part.file.read_bytes()).decode()
            return f'<img alt="{escape(part.title)}" src="data:image/png;base64,{inlined}">'
