"""Lists of rejected rows, which people open in spreadsheets."""

from __future__ import annotations


def cell(value: object) -> str:
    """The value printable, on one line, not long, and no formula."""
    text = "".join(c for c in " ".join(str(value).split()) if c.isprintable())[:200]
    return f"'{text}" if text[:1] in ("=", "+", "@") else text
