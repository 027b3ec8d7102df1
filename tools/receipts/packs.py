"""How many packs of a pick are bought, and for how many one of them does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.receipts.claims import SMALL_NUMBERS, in_digits
from tools.receipts.evidence import PickEvidence

PACKS = re.compile(
    r"\b(?:need|needs|take|takes|order|ordered|buy|is|are|'ll need|with) (?:only |just )?(?P<n>\d+|one|two|three) (?:packs|sets|boxes)\b(?! of \d)",
    re.IGNORECASE,
)
"""How many packs of a pick are bought, said outright."""
SERVES = re.compile(
    r"\b(?:a single|one|a|1) (?:pack|set|box)\b[^.!?;]{0,30}\b(?:for|serves?|covers?|enough for|seats?|feeds?) (?:all )?(?P<n>\d+)(?![.,]?\d)"
    r"(?=\s(?:of|guests?|people|children|kids|places?)\b|[.,;!?]|$)",
    re.IGNORECASE,
)


def pack_problems(text: str, picks: Sequence[PickEvidence]) -> list[str]:
    """Numbers of packs, and of people that a pack is said to do for, that are not so."""
    return [*_served_wrongly(text, picks), *_packed_wrongly(text, picks)]


def _served_wrongly(text: str, picks: Sequence[PickEvidence]) -> list[str]:
    """One pack that is said to do for more than it holds."""
    sizes = [pick.product.pack_size for pick in picks if (pick.product.pack_size or 0) > 1]
    told = (match for match in SERVES.finditer(in_digits(text)) if sizes)
    return [f"{m[0]!r}: a pack has {max(sizes)}" for m in told if int(m["n"]) > max(sizes)]


def _packed_wrongly(text: str, picks: Sequence[PickEvidence]) -> list[str]:
    """A number of packs that is not how many are bought of the one pick with packs."""
    packed = [pick for pick in picks if pick.product.pack_size > 1]
    if len(packed) != 1 or re.search(r"\b(?:if|would|you'd)\b", text, re.IGNORECASE):
        return []
    told = ((match[0], SMALL_NUMBERS.get(match["n"].lower(), match["n"])) for match in PACKS.finditer(text))
    return [f"{said!r}: {packed[0].quantity} are bought" for said, number in told if number != str(packed[0].quantity)]
