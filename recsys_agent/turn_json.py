"""A turn as the JSON of the scripting interface: what was answered, and the money of a plan to the cent."""

from __future__ import annotations

from typing import Any

from tools.brief import Brief
from tools.money import Money
from tools.receipts.evidence import Evidence, OfferEvidence, PickEvidence

Json = dict[str, Any]


def blank(status: str, reply: str) -> Json:
    """A turn that recommends nothing."""
    return {
        "status": status,
        "reply": reply,
        "question": None,
        "picks": [],
        "total": None,
        "plan": None,
        "brief": Brief().model_dump(mode="json"),
        "usage": {"llm_calls": 0, "prompt_tokens": 0, "output_tokens": 0},
        "elapsed_ms": 0.0,
        "warnings": [],
        "memory": {"used": [], "stored": []},
        "receipt": None,
    }


def recommended(evidence: Evidence) -> Json:
    """`picks`, `total` and `plan` of a turn that recommends; a shortlist has no total and no lines."""
    sums = evidence.sums
    plan = _plan(
        lines=[_line(pick) for pick in evidence.picks] if sums else [],
        subtotal=_money(sums and sums.subtotal),
        discounts=[{"label": d.label, "amount": _money(d.amount)} for d in sums.discounts] if sums else [],
        shipping=_money(sums and sums.shipping),
        tax=_money(sums and sums.tax),
        left=_money(sums and sums.left),
        alternatives=[_offer(offer) for offer in evidence.alternatives],
    )
    picks = [_pick(pick) | _paid(pick) | {"reasons": pick.reasons} for pick in evidence.picks]
    return {"picks": picks, "total": _money(evidence.total), "plan": plan}


def impossible(turn: Json) -> Json:
    """`plan` of a turn in which nothing fits: what clashes and what would help, out of the turn's record."""
    return _plan(clash=turn.get("clash", []), relaxations=turn.get("relaxations", []))


def _plan(**parts: Any) -> Json:
    """The plan object, with null and empty lists for what it does not have."""
    amounts = dict.fromkeys(("subtotal", "shipping", "tax", "left"))
    order = ("lines", "subtotal", "discounts", "shipping", "tax", "left", "alternatives", "clash", "relaxations")
    return {name: parts.get(name, None if name in amounts else []) for name in order}


def _pick(pick: PickEvidence) -> Json:
    return {
        "need": pick.need,
        "product_id": pick.product.product_id,
        "title": pick.product.title,
        "price": _money(pick.price),
        "quantity": pick.quantity,
        "units": pick.units,
    }


def _paid(pick: PickEvidence) -> Json:
    """What a pick of a shortlist comes to, only where vouchers, shipping or tax make it another amount."""
    return {"pays": _money(pick.pays)} if pick.pays else {}


def _line(pick: PickEvidence) -> Json:
    return _pick(pick) | {"option": pick.option_id, "subtotal": _money(pick.cost)}


def _offer(offer: OfferEvidence) -> Json:
    lines = [_line(pick) for pick in offer.picks]
    return {"label": offer.label, "trade_off": offer.trade_off, "lines": lines, "total": _money(offer.total)}


def _money(amount: Money | None) -> Json | None:
    return amount.model_dump() if amount else None
