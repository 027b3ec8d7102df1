"""What nobody can promise here: prices that fall, returns, stock, days, what others did and what was before."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.receipts.unclaimed import unclaimed_left_out, without_unknown

PROMISES = re.compile(
    r"\b(?:delivery|shipping|postage|returns?|wrapping|assembly) (?:is|are|comes?) (?:\w+ )?free\b|\bon the house\b"
    r"|\b(?:delivered|shipped|sent) (?:\w+ ){0,2}free\b|\b(?:delivered|sent|brought) to (?:his|her|their|your) door\b"
    r"|\ba free (?!(?:hand|morning|afternoon|evening|hour|day|weekend|moment|minute|half)\b)\w+|\bfor free\b|\bcomplimentary\b|\bfree (?:\w+ )?(?:shipping|delivery|returns?|batter\w+|gifts?)\b|\bshipping\b[^.]{0,40}\bfree\b|\bfree of charge\b|\breturns? are\b"
    r"|\bdiscount\w*|\bcoupons?\b|\bwarrant\w+|\bguarante\w+|\brefund\w*|\bmoney back\b|\bsend\b[^.]{0,60}\bback\b|\breturn (?:it|them|⟦)|\b(?:be|get) (?:returned|exchanged|refunded)\b|\b(?:returnable|refundable|exchangeable)\b"
    r"|\bon sale\b|\bbest-?\s?sell\w*|\bhalf[ -]price\b|\d ?% off\b|\bused to (?:be|cost)\b|\breduced\b|\bcheckout\b|\bthe code\b"
    r"|\b(?:gift[- ]?wrap\w*|gift cards?|batteries|assembly)\b[^.]{0,40}\b(?:included|free|comes)\b|\bgift[- ]?wrap\w* is\b"
    r"|(?<!win an )(?<!win a design )\baward(?!(?:s|ed|ing) [^.]{0,30}\d)|\bvoted\b|\bwon (?:an?|the|several|many|two|three)\b|\bprizes?\b|\bprize-?winning\b|\b(?:featured|seen|shown|reviewed|praised) in (?-i:the )?(?-i:[A-Z])|\bexperts?\b[^.]{0,40}\b(?:rank|recommend|choice)|\b(?:ranked|recommended)\b[^.]{0,40}\bexperts?\b"
    r"|\bmade to last\b|\b(?:part|share|portion|some|half) of (?:the|its|every|each) (?:price|proceeds|profits?|cost|sale)\b[^.]{0,20}\bgoes\b|\bdonat\w+"
    r"|\blasts? (?:forever|a lifetime|for years)\b|\blifetime\b",
    re.IGNORECASE,
)
STOCK = re.compile(
    r"\b(?:only|just|last)\b[^.]{0,60}\b(?:are |is )?left\b(?! (?:it|that|this|those|them|out|over)\b)|\bsold out\b|\bsell(?:s|ing)? (?:out|fast)\b|\bgoing fast\b|\bin stock\b"
    r"|\b(?:almost|nearly|soon|all but) gone\b|\bfew\b[^.]{0,20}\bleft\b|\blast chance\b|\b(?:will be|be|is) gone\b|\blimited\b|\bhurry\b|\bwhile (?:stocks|supplies)\b",
    re.IGNORECASE,
)
TIMES = re.compile(
    r"\b(?:arriv\w+|deliver\w*|ships?|shipped|be with you|at your door|get|there|have it)\b[^.]{0,60}"
    r"\b(?:tomorrow|overnight|today|tonight|same day|next day|within the hour|immediately|instantly|by (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\b(?:overnight|same[- ]day|next[- ]day|express)\b",
    re.IGNORECASE,
)
DAY = re.compile(
    r"(?<!\ba )(?<!\bany )(?<!\bevery )(?<!\blazy )(?<!\bslow )(?<!\bquiet )(?<!\brainy )\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?<![\d.,])\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|(?-i:May)|june|july"
    r"|august|september|october|november|december)\b|\b(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december) \d{1,2}\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:last|previous) (?:year|time|christmas|birthday|gift|present)\b|\bI (?:still )?remember\b|\bas I (?:recall|remember)\b|\byou (?:once |already )?(?:gave(?! me\b| us\b)|bought|ordered|told me last)\b"
    r"|\bonce told\b|\balready (?:owns?|has|have|got)\b|\bwish ?list\b|\b(?:has|have) (?:long )?wanted\b|\b(?:bought|ordered) (?:it|this|⟦\d+⟧) (?:before|too|as well)\b"
    r"|\b(?:people|shoppers|customers|others|neighbou?rs?)\b[^.]{0,60}\bbought\b|\bfor years\b|\bno longer (?:cares?|likes?|wants?|enjoys?|plays?)\b"
    r"|\b(?:doesn't|does not|don't) (?:care for|like|want|enjoy)\b[^.,;]{1,40}\bany ?more\b",
    re.IGNORECASE,
)


_ONCE_USED = re.compile(r"\b(?:once|when|until|after|before|as soon as) [^.,;]{1,40}\bgone\b", re.IGNORECASE)
"""What is used up some day is no stock."""
_REMEMBERED = re.compile(r"I (?:still )?remember|already (?:owns?|has|have|got)|last time", re.IGNORECASE)
REQUESTS = re.compile(
    r"\b(?:credit|debit|bank|id|identity|passport) ?cards?\b|\bcard numbers?\b|\bbank details\b|\bpasswords?\b|\bpin\b"
    r"|\b(?:phone|account|security) numbers?\b|\b(?:e-?mail|home|postal|street) address(?:es)?\b"
    r"|\b(?:ignore|forget|exceed|disregard|overlook)\b[^.]{0,20}\b(?:budget|limit|rules?|allerg\w+|wishes)\b",
    re.IGNORECASE,
)


_NOBODYS = (
    ("is promised nowhere", PROMISES),
    ("is a stock nobody looked up", STOCK),
    ("is a delivery nobody promised", TIMES),
    ("is no day of the brief", DAY),
    ("is nothing that is remembered", PAST),
    ("is nothing to ask of a shopper", REQUESTS),
)


def promise_problems(text: str, known: str, *, remembers: bool = False) -> list[str]:
    """Promises, stock, delivery by a day, dates and past events that ``known``, the evidence in lower case, does not have.

    Where something is remembered, that it is, and what somebody has already, is for the words of it to prove.
    """
    return [
        f"{said!r} {what}"
        for said, what in _promised(text)
        if said.lower() not in known and not (remembers and _REMEMBERED.fullmatch(said))
    ]


@lru_cache(maxsize=4096)  # a sentence of a template, and many a model's, is said to many shoppers
def _promised(text: str) -> tuple[tuple[str, str], ...]:
    """What the sentence says of such things, and what is wrong with each where there is no evidence."""
    told, claimed = _ONCE_USED.sub(" ", without_unknown(text)), unclaimed_left_out(text)
    return tuple(
        (match[0], what)
        for what, pattern in _NOBODYS
        if not (pattern is PAST and "?" in text)
        for match in pattern.finditer(claimed if pattern is PAST else told)
    )
