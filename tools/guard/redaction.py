"""Private data taken out of a message before anything is stored: `4111 1111 1111 1111` becomes `[card]`.

Checksums tell a card or an account from any other number; a phone number needs the shape or the word of one, so that
prices, dates, ages and article numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CARD = re.compile(r"(?<![\w.,-])[2-6２-６](?:(?: ?[-./_] ?| )?\d){12,18}(?![\w-]|[.,]\d)")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?\b")
_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,64}(?:@| ?[(\[]at[)\]] ?)[\w-]+(?:(?:\.| ?[(\[]dot[)\]] ?)[\w-]+)+", re.IGNORECASE
)
_TOP = r"(?:com|org|net|edu|gov|info|io|eu|co|uk|de|fr|es|it|nl|ch|us|ca|au|me)"
_EMAIL_SAID = re.compile(
    r"(?<!\w)[\w.+-]{1,64}(?: (?:dot|underscore|dash) \w{1,20}){0,3}(?:"
    rf"(?: at |@)[\w-]{{1,40}}(?: dot [\w-]{{2,20}}){{0,2}} dot {_TOP}|@[\w-]{{1,40}} ?\. ?{_TOP})\b",
    re.IGNORECASE,
)
"""An address as it is said aloud: "bob at example dot com"."""
_DIGIT_WORD = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)"
_NUMBER_SAID = re.compile(
    rf"\b(?:(?:(?:double |triple )?{_DIGIT_WORD}|\d+)(?:[ ,-]+|\b)){{6,}}(?<![ ,-])", re.IGNORECASE
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
_ADDRESS_ELSEWHERE = re.compile(
    r"(?<!\w)(?:\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|bd|place|chemin|all[ée]e|quai) "
    r"(?-i:(?:d[eu]|l[ae])\b|[A-Z])[\w' -]{1,40}|"
    r"(?-i:Calle|Avenida|Avda\.?|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua) "
    r"(?-i:d[aeio] |de la |del |della )?(?-i:[A-Z])[\w' -]{1,30}?,? \d{1,4}|"
    r"(?-i:Am|An der|Im|In der|Zum|Zur|Auf der) (?-i:[A-ZÄÖÜ])[\wäöüß-]+ \d{1,4}[a-z]?(?=, ?\d{4,5})|"
    r"\w{2,30}(?:straat|laan|plein|gracht|kade|gatan|vej|gata) \d{1,4}[a-z]?)(?!\w)"
    r"(?:,? \d{4,5}(?: ?[A-Z]{2}\b)? (?-i:[A-ZÄÖÜ])[\wäöüß-]+|, (?-i:[A-Z])\w+)?|"
    r"\bp\.? ?o\.? box \d+|\b(?:zip|post ?code)(?: code)?(?: is|:)? ?(?=\w*\d)[A-Z0-9]{3,8}\b",
    re.IGNORECASE,
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
    plain = re.sub(r"[ -]", "", text).upper()
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _is_phone(text: str) -> bool:
    return 9 <= sum(c.isdigit() for c in text) <= 15


def _is_said(text: str) -> bool:
    """Whether digits are spelled out, and enough of them: "twelve or thirteen" are none."""
    words = len(re.findall(_DIGIT_WORD, text, re.IGNORECASE))
    return words >= 3 and words + sum(c.isdigit() for c in text) >= 7


def _always(_: str) -> bool:
    return True


_RULES: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (_EMAIL, "email", _always),
    (_EMAIL_SAID, "email", _always),
    (_IBAN, "account", _is_iban),
    (_CARD, "card", _is_card),
    (_SSN, "identity number", _always),
    (_ADDRESS, "address", _always),
    (_ADDRESS_GERMAN, "address", _always),
    (_ADDRESS_ELSEWHERE, "address", _always),
    (_POSTCODE_UK, "address", _always),
    (_PHONE, "phone", _is_phone),
    (_NUMBER_SAID, "phone", _is_said),
)
_PLACEHOLDER = re.compile(r"\[(?:email|account|card|identity number|address|phone|secret)\]")
