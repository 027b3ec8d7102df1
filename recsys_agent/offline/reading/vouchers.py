"""Discounts the shopper holds: "a 10% voucher", "a coupon: 10 off from 60", "20% off decorations"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from recsys_agent.offline.reading.amounts import CURRENCY, read_amounts
from recsys_agent.offline.reading.needs import GIFT, ITEM_PATTERNS
from recsys_agent.offline.reading.text import Message
from tools.brief import Voucher
from tools.product import NeedKind

_WORD = (
    r"(?:(?:gift|discount|promo(?:tion)?|store|shop|money[- ]off|birthday|loyalty) ?)?(?:vouchers?|vouchors?|coupons?|"
    r"cupons?|gift ?cards?|certificates?|codes?|credit|discounts?|rebate|reduction|promo)"
)
_MONEY = rf"(?:(?:{CURRENCY}) ?)?\d{{1,6}}(?:[.,]\d{{1,2}})?(?![\d%])(?: ?(?:{CURRENCY})(?![a-z]))?"
_PERCENT = r"(?P<percent>\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|per ?cent\b|pct\b)"
_HALF = r"\b(?P<half>half (?:price|off)|(?:at )?half the price)(?: (?:on|for))?"
_SPEND = r"(?:(?:if|when|once|as soon as|provided|for) )?(?:i|you|we|one)? ?(?:spend|spending|buy for|order for)s?"
_WORTH = re.compile(
    rf"{_HALF}|{_PERCENT}(?: (?:off|{_WORD}))*"
    rf"|(?:{_SPEND}) (?P<above0>{_MONEY})(?: or more)?,? (?:and |to |you |i |we )*(?:save|get|take)s? "
    rf"(?P<a0>{_MONEY})(?: off)?"
    rf"|\b(?:save|get|takes?|gives?(?: me)?) (?P<a1>{_MONEY})(?: off)?(?= {_SPEND}| (?:off|on|from|over)\b)"
    rf"|(?P<a2>{_MONEY})(?: {_WORD})? off\b"
    rf"|(?P<a3>{_MONEY})[ -]?(?:worth of |worth )?{_WORD}(?! (?:for|to) (?:my|his|her|a)\b)"
    rf"|\b{_WORD}(?: (?:worth|for|of|over|with|about|is|gives(?: me)?|takes|saves(?: me)?))*:? (?P<a4>{_MONEY})(?! "
    rf"?%)(?: "
    rf"off)?"
)
_ABOVE = re.compile(
    rf"(?: off)?,?(?: \(?(?:if|when|on|for|once|with|valid|good|applies|as long as|provided|the|a|any|all|i|you|we|"
    rf"my))*"
    rf" ?\(?(?:from|over|above|orders? (?:over|above|of|from)|purchases? (?:over|above|of|from)|spend(?:ing)?|order(?: "
    rf"for)?|buy for|"
    rf"min(?:imum|\.)?(?: spend| order| purchase)?(?: of| is)?|starting (?:at|from)|at least|more than|totals?|off|"
    rf"off of)"
    rf" (?:at least |more than |over |above )?(?P<above>{_MONEY})(?: or more| and up| upwards|\+| minimum)?\)?"
)
_ON = re.compile(
    r"(?: off)?(?: (?:voucher|coupon|code|discount|off))?(?: (?:on|for|off|of|towards|toward|the|all|any|my|our|your|"
    r"birthday|only|just))*"
    r" (?P<what>[\wñ -]{3,30})"
)
_HOLDS = re.compile(
    r"\b(?:have|has|got|holds?|use|using|apply|redeem|with|my|there is|there are|found|received|cash in|own|take|takes|"
    r"also|and|plus|off|save|get)\b|^"
)
_GONE = re.compile(
    rf"\b(?:forget|drop|without|ignore|remove|no|not (?:use|have|apply|using)|lost|cancel|do not (?:use|have|apply))"
    rf"(?: (?:about|the|my|that|those|any|a|our|use|all))*(?: (?!and |but |with )[\w%$-]+){{0,3}}? {_WORD}|"
    rf"\b{_WORD} (?:has |have |is |are |was )?(?:already )?"
    rf"(?:expired|invalid|gone|used(?: up)?|not valid|no longer valid|does not work|do not work)\b"
)
_ALONE = re.compile(
    r"\b(?:(?:can|may|could) ?not be (?:combined|used together|stacked)|not (?:combinable|stackable|together)|only "
    r"(?:use |redeem |apply |take )?(?:1|one) (?:of them|of these|of those|at a time|can be used|voucher|coupon|"
    r"code|discount|"
    r"per order)|(?:1|one) (?:voucher|coupon|code|discount|of them) (?:per|for each|at a time|only|an order))\b"
)
_GIVEN = re.compile(r"\b(?:wants?|would (?:like|love)|likes?|loves?|give (?:him|her|them)|spa|itunes|amazon|steam)\b")
_POST = r"(?:shipping|delivery|postage|p ?& ?p)"
_FREE_POST = re.compile(
    rf"(?:(?:free|no|zero|waived|complimentary|unlimited free) (?:standard |next day |home )?{_POST}(?: (?:costs?|"
    rf"fees?|"
    rf"charges?))?|{_POST} (?:is |are |comes )?(?:for )?(?:free|waived|on the house|included))"
    rf"(?: (?:{_WORD}|deal|perk|offer|member\w*))?(?: for (?:me|us|members))?"
)
_FREE_POST_HELD = re.compile(
    rf"\b(?:have|has|got|gets?|holds?|use|using|apply|redeem|with|my|there is|found|received|prime|member\w*|{_WORD})\b"
)
_ASKS = re.compile(
    r"\b(?:want|need|prefer|only|must|should|would (?:like|love)|looking|is there|do (?:you|they)|does|ideally|if "
    r"possible|"
    r"items?|products?|gifts?|things|something)\b|\?"
)
_WORDS = re.compile(rf"\b(?:{_WORD}|off|half (?:the )?price|save (?:[$€£] ?)?\d+)(?!\w)")


def read_vouchers(message: Message, held: list[Voucher]) -> tuple[list[Voucher], str | None, list[str]]:
    """The vouchers, the currency they were said in, and which of those ``held`` are taken back; their words are closed.

    Taken back are the one whose label the message names ("forget the coupon"), else "vouchers", all of them.
    """
    text = message.open
    if match := _GONE.search(text):
        message.strike(*match.span())
        said = set(re.findall(r"\w{2,}", match[0])) - {"off", "the", "my"}
        named = [v.label.lower() for v in held if said & set(re.findall(r"\w{2,}", v.label.lower()))]
        return [], None, named if 0 < len(named) < len(held) else ["vouchers"]
    if held and (alone := _ALONE.search(text)) and not _WORTH.search(text):
        message.strike(*alone.span())  # said of those that are there
        return [voucher.model_copy(update={"combinable": False}) for voucher in held], None, ["vouchers"]
    sent_free = _free_shipping(message)
    text = message.open
    if not _WORDS.search(text) or _GIVEN.search(text):
        return sent_free, None, []
    found = sent_free
    currency: str | None = None
    alone = _ALONE.search(text)
    end = -1
    for match in _WORTH.finditer(text):
        counted = match["a3"] and match[0].endswith("s") and not re.search(r"[^\d.,]", match["a3"])  # "2 vouchers"
        if counted or match.start() < end or not _HOLDS.search(text[: match.start()]):
            continue
        above, end = _threshold(text, match)
        kind, end = _kind(text, match.end(), end)
        if above is None and end > match.end():
            above, end = _threshold_at(text, end)
        worth = _worth(match)
        if worth is None:
            continue
        label = text[match.start() : match.end()].strip(" ,:")[:60]
        found.append(Voucher(label=label, **worth, from_total=above, kind=kind, combinable=alone is None))
        amounts = read_amounts(text[match.start() : end])
        currency = next((amount.currency for amount in amounts if amount.currency), currency)
        message.strike(*_with_holder(text, match.start(), end))
    if found and alone:
        message.close(*alone.span())
    return found, currency, []


def _free_shipping(message: Message) -> list[Voucher]:
    """A voucher for the shipping: one the shopper has, or one with a threshold; a wish for free delivery is none."""
    text = message.open
    match = _FREE_POST.search(text)
    if match is None:
        return []
    sentence = text[max(text.rfind(stop, 0, match.start()) + 1 for stop in ".;!") :]
    above, end = _threshold_at(text, match.end())
    if _ASKS.search(sentence[:120]) or not (above or _FREE_POST_HELD.search(text)):
        return []
    start, end = _with_holder(text, match.start(), end)
    message.strike(start, end)
    return [Voucher(label="free shipping", free_shipping=True, from_total=above, combinable=not _ALONE.search(text))]


def _worth(match: re.Match[str]) -> dict[str, Any] | None:
    if match["half"]:
        return {"percent": Decimal(50)}
    if match["percent"]:
        percent = Decimal(match["percent"].replace(",", "."))
        return {"percent": percent} if 0 < percent <= 100 else None
    said = next(match[group] for group in ("a0", "a1", "a2", "a3", "a4") if match[group])
    return {"amount": read_amounts(said)[0].value}


def _threshold(text: str, match: re.Match[str]) -> tuple[Decimal | None, int]:
    if match["above0"]:
        return read_amounts(match["above0"])[0].value, match.end()
    return _threshold_at(text, match.end())


def _threshold_at(text: str, end: int) -> tuple[Decimal | None, int]:
    if above := _ABOVE.match(text, end):
        return read_amounts(above["above"])[0].value, above.end()
    return None, end


def _kind(text: str, start: int, end: int) -> tuple[NeedKind | None, int]:
    """What the voucher is for, named right behind it."""
    patterns: dict[NeedKind, re.Pattern[str]] = {**ITEM_PATTERNS, "gift": _PRESENTS}
    if on := _ON.match(text, max(start, end)):
        for kind, pattern in patterns.items():
            if named := pattern.match(text, on.start("what")):
                return kind, named.end()
    return None, end


_PRESENTS = re.compile(rf"{GIFT.pattern}|\btoys?\b")
"""What a voucher for presents is for, in a shop's words."""


def _with_holder(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the words before it that say no more than that the shopper has it."""
    holder = re.search(
        rf"(?:(?:(?:i|we|you) )?(?:(?:also|just|still|can|could|would like to|want to) )*(?:have|got|have got|use|"
        rf"apply|"
        rf"redeem|found|received|there is|there are|with|my|and|plus|also|an?|1|2|the|{_WORD}|for|takes|is|off|that|"
        rf"which|:|,)"
        rf"[ :]*)+$",
        text[:start],
    )
    tail = re.match(rf" ?(?:off|{_WORD}|discount|on it|(?:off )?at (?:the )?checkout)\b", text[end:])
    return (holder.start() if holder else start), end + (tail.end() if tail else 0)
