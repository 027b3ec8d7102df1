"""Private data taken out of a message before anything is stored: `4111 1111 1111 1111` becomes `[card]`.

Checksums tell a card or an account from any other number; a phone number needs the shape or the word of one, so that
prices, dates, ages and article numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CARD = re.compile(r"(?<![\w.,-])[2-6](?:[ .-]?\d){12,18}(?![\w-]|[.,]\d)")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?\b")
_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,64}(?:@| ?[(\[]at[)\]] ?)[\w-]+(?:(?:\.| ?[(\[]dot[)\]] ?)[\w-]+)+", re.IGNORECASE
)
_SSN = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_PHONE = re.compile(
    r"(?<![\w.,$€£#-])(?:"
    r"(?:\+|00)\d{1,3}(?:[ ./-]?\(?\d{1,5}\)?){2,5}"  # +44 (0)20 7946 0958
    r"|\(\d{3}\) ?\d{3}[ .-]?\d{4}|\d{3}([ .-])\d{3}\1\d{4}"  # (212) 555-0123, 212-555-0123
    r"|0\d{2,4}[ /-]?\d{3,4}[ -]?\d{3,4}"  # 07700 900123, 030/1234567
    r")(?![\w]|[.,]\d)"
)
_PHONE_SAID = re.compile(
    r"(?P<cue>\b(?:call|phone|text|ring|reach|whatsapp|fax|mobile|cell(?:phone)?|tel(?:ephone)?|handy)\b"
    r"(?:[^\d\n]{0,25}?))(?P<number>\+?\d(?:[ ./()-]?\d){5,14})(?!\w)",
    re.IGNORECASE,
)
_SECRET_SAID = re.compile(
    r"(?P<cue>\b(?:password|passcode|passphrase|pin(?: code| number)?|cvv|cvc|security code)\b"
    r"(?: (?:is|of|for (?:it|that|the card)(?: is)?)|:|=)+ ?)(?P<secret>[^\s\[]\S*)",
    re.IGNORECASE,
)
_STREET = (
    r"(?:street|avenue|boulevard|road|lane|terrace|crescent|highway|parkway)|"
    r"(?-i:St|Ave|Blvd|Rd|Ln|Drive|Dr|Court|Ct|Close|Way|Place|Pl|Square|Sq|Row|Gardens|Hill)"
)
_ADDRESS = re.compile(
    rf"(?<![\w.,$€£-])\d{{1,5}}[a-z]?,? (?:(?!(?:kids|children|people|guests|of|for|and|to|on|in|the|years?|dollars?|"
    rf"euros?|pounds?)\b)[\w'.-]+ ){{1,3}}?(?:{_STREET})\b\.?"
    r"(?:,? (?:apt|apartment|flat|unit|suite|#) ?\w+)?"
    r"(?:,? (?-i:[A-Z][\w'-]+)(?: (?-i:[A-Z][\w'-]+))?)?(?:,? (?-i:[A-Z]{2}))?(?:,? \d{5}(?:-\d{4})?)?",
    re.IGNORECASE,
)
_ADDRESS_GERMAN = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|gasse|platz|allee|ufer)|"
    r"[A-ZÄÖÜ][\wäöüß-]* (?:Straße|Str\.|Weg|Platz|Allee)) \d{1,4}[a-z]?(?!\w)(?:,? \d{5}(?: [A-ZÄÖÜ][\wäöüß-]+)?)?"
)
_POSTCODE_UK = re.compile(r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?![\w-])")


def redact(text: str) -> str:
    """The text, each card, account, e-mail, phone number, address, identity number and password named in brackets."""
    for pattern, name, is_one in _RULES:
        text = pattern.sub(lambda m, name=name, is_one=is_one: f"[{name}]" if is_one(m[0]) else m[0], text)
    text = _PHONE_SAID.sub(lambda m: f"{m['cue']}[phone]", text)
    return _SECRET_SAID.sub(lambda m: f"{m['cue']}[secret]", text)


def is_private(text: str) -> bool:
    """Whether there is something in the text that `redact` takes out, or has taken out."""
    return redact(text) != text or _PLACEHOLDER.search(text) is not None


def _is_card(text: str) -> bool:
    """The check digit of Luhn (ISO/IEC 7812-1)."""
    digits = [int(c) for c in text if c.isdigit()]
    doubled = [d if i % 2 == 0 else (2 * d - 9 if d > 4 else 2 * d) for i, d in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and sum(doubled) % 10 == 0 and len(set(digits)) > 1


def _is_iban(text: str) -> bool:
    """ISO 13616: the country and check digits moved to the end, letters as numbers, modulo 97 is 1."""
    plain = text.replace(" ", "").upper()
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _is_phone(text: str) -> bool:
    return 9 <= sum(c.isdigit() for c in text) <= 15


def _always(_: str) -> bool:
    return True


_RULES: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (_EMAIL, "email", _always),
    (_IBAN, "account", _is_iban),
    (_CARD, "card", _is_card),
    (_SSN, "identity number", _always),
    (_ADDRESS, "address", _always),
    (_ADDRESS_GERMAN, "address", _always),
    (_POSTCODE_UK, "address", _always),
    (_PHONE, "phone", _is_phone),
)
_PLACEHOLDER = re.compile(r"\[(?:email|account|card|identity number|address|phone|secret)\]")
