"""What a title or a name must not say, since replies print it as it is: prices, ratings, contacts, fake lines.

"Hand Trowel now only $5 (was $49)" beside a price of $18.40 reads as a second price. The catalogue states prices,
discounts, ratings and delivery in fields of their own, so in a title they are advertising at best.
"""

from __future__ import annotations

import re
from typing import Literal

Ad = Literal["price", "praise", "contact", "line", "markup"]

_CURRENCY = r"(?:[$€£¥₹₽₺₩₪฿₫₴円]|\U0001f4b2)"
_NUMBER = r"\d[\d.,' ]*\d|\d"
_WORDS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred)"
_AMOUNT = (
    rf"(?:(?:US|CA|AU)?{_CURRENCY}\s?(?:{_NUMBER})(?:\s?(?:USD|EUR|GBP))?"
    rf"|(?<![\da-zA-Z.])(?:{_NUMBER})\s?(?:{_CURRENCY}|ドル|元|руб|(?:USD|EUR|GBP|CHF|dollars?|euros?|bucks|quid|"
    r"cents)(?!\w))"
    rf"|(?:USD|EUR|GBP|CHF)\s?(?:{_NUMBER})|\b(?:{_WORDS}[ -])*{_WORDS} (?:dollars?|euros?|bucks|quid|cents?)\b)"
)
_BEFORE = (
    r"(?:(?:\b(?:now|only|just|today|was|were|instead of|sale|on sale|deal|special|offer|price[ds]?|total|rrp|msrp|"
    r"regular(?:ly)?|reduced|down|to|from|at|for|yours|costs?|save|nur|statt|jetzt|jetzt nur|au lieu de|ahora|solo)\b|"
    r"@|~+|\*+)[\s:=-]*)*"
)
_WORTH = (
    r"(?:\b(?:gift ?(?:card|voucher|certificate)|voucher|certificate|token|credit|bills?|bank ?notes?|coins?|"
    r"play money|monopoly|million|prepaid|balance|e-?shop|store card|network card)\b)"
)
"""In a title with these an amount says what the thing is: a $50 gift card, a 100 dollar bill."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in (0xFF04, 0xFF0C, 0xFF0E, *range(0xFF10, 0xFF1A))}
_KEYCAP = re.compile(r"(\d)\ufe0f?\u20e3")

_PATTERNS: tuple[tuple[Ad, str], ...] = (
        ("line", r"(?:\*{2}\s*\d{1,2}[.)]\s|(?<!\w)\d{1,2}[.)]\s+\*{2}|\|[^|]{2,80}\|\s*\d+\s*\|).*"),
        ("markup", r"\*{2,}|~{2,}|`+|\]\(|!\["),
        ("markup", r"\{\s*\"[^\n]*"),
        ("contact", r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
        ("contact", r"\b(?:call|phone|text|ring|whats ?app|telegram|fax|tel)\b\W{0,3}(?:us |at |on )?"
                    r"\+?\d[\d ()./-]{6,}"),
        ("contact", r"(?<![\w.@-])(?:[a-z\d-]+\.)+(?:ru|cn|shop|store|biz|xyz|top|site|online|click|link|tk|gg|ly|"
                    r"info)(?![\w.-])(?:/\S*)?|(?<![\w.@-])(?:[a-z\d-]+\.)+[a-z]{2,6}/\S+"),
        ("line", r"\b(?:noted|(?:sub-?|grand )?total|prices?|budget|note to \w+)\s*:.*"),
        ("price", rf"[(\[]?\s*{_BEFORE}{_AMOUNT}(?![a-zA-Z\d])(?:\s*(?:only|each|off|deal|!+|\*+|~+))*\s*[)\]]?"),
        ("price", r"[(\[]?\b\d{1,2}\s?% (?:off|discount|rabatt|cheaper|sale)\b[^,;|()]*[)\]]?|\bhalf[- ]price\b|"
                  r"\bbuy (?:one|1|2|two),? get (?:one|1)(?: free)?\b"),
        ("price", r"[(,|-]*\s*\b(?:delivered today|free (?:shipping|delivery|today|gift|of charge)|(?:now|for) free|"
                  r"(?<=[-,|(] )free$)[^,;|]*"),
        ("praise", r"\b(?:rated|rating:?|scores?)\s*\d(?:[.,]\d)?\b[^,;|]*|"
                   r"\b\d[.,]\d ?(?:/|of|out of) ?5(?: stars?)?\b|[★⭐☆✩]{2,}|"
                   r"\b\d[\d,.]*\+? (?:\d-star )?(?:reviews|ratings|happy customers|shoppers)\b"),
        ("praise", r"[\s,|(-]*\b(?:better|cheaper) than (?:the|all|any)\b[^,;|]*"),
        ("praise", r"[\s,|(-]*\b(?:(?:the )?(?:cheapest|(?:best|top|highest)[- ]rated|lowest[- ]price[ds]?|best price)"
                   r"(?: and (?:cheapest|better|cheaper|best|top|lowest)\b)?)\b[^,;|]*"),
)  # fmt: skip
_ADS: list[tuple[Ad, re.Pattern[str]]] = [(kind, re.compile(how, re.IGNORECASE)) for kind, how in _PATTERNS]
_HINT = re.compile(
    r"[$€£¥₹₽₺₩₪฿₫₴円*~`{@★⭐☆✩%|]|\]\(|\d\ufe0f?\u20e3|\U0001f4b2|[\uff04\uff10-\uff19]|ドル|元|руб|\w\.[a-z]{2}|"
    r"(?i:\b(?:usd|eur|gbp|chf|dollars?|euros?|bucks|quid|cents?|noted|total|subtotal|price[ds]?|budget|note|free|half|"
    r"buy|rated|rating|scores?|reviews|ratings|customers|shoppers|delivered|cheapest|cheaper|better|best|top|highest|lowest|call|phone|text|"
    r"ring|whats ?app|telegram|fax|tel)\b)"
)


def without_advertising(name: str) -> tuple[str, frozenset[Ad]]:
    """The title or name with advertising taken out, and what was taken. What is left may be empty."""
    found: set[Ad] = set()
    while (left := _without_once(name, found)) != name:  # what is left may be a price when it stands together
        name = left
    return name, frozenset(found)


def _without_once(name: str, found: set[Ad]) -> str:
    if not _HINT.search(name):
        return name
    text = _KEYCAP.sub(r"\1", name.translate(_FULL_WIDTH))
    cut = text
    for kind, pattern in _ADS:
        before = cut
        cut = pattern.sub(lambda hit, kind=kind: hit[0] if kind == "price" and _is_its_worth(hit) else " ", before)
        found |= {kind} if cut != before else set()
    return name if cut == text else _tidy(cut)


def _is_its_worth(hit: re.Match[str]) -> bool:
    return re.search(_WORTH, hit.string, re.IGNORECASE) is not None


def _tidy(text: str) -> str:
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text)
    return " ".join(text.split()).strip(" ,;:|!@-–—*~")
