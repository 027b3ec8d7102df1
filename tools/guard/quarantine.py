"""Sellers' texts made harmless at import: what only makes sense as a message to a program is cut out or made plain.

Cut, and marked by `CUT`: links, fake roles of a chat, tool syntax, encoded payloads, and orders to an assistant. Made
plain: letters that only look like others. Markup, invisible and direction-changing characters are taken out by
`tools.catalog.intake.cleaning`; here it is told which of them were no accident. Each pattern is run only on texts that
hold one of its hints, so that an honest text costs a few substring searches.

This lowers what a model is tempted with. What protects the shopper is that code checks all it says and does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

CUT = "[…]"
"""Stands where something was cut out, as in a quotation."""

Trick = Literal[
    "markup", "invisible", "bidi", "look-alike", "link", "role", "tool", "encoded", "order", "no-name",
    "price", "praise", "contact", "line",
]  # fmt: skip

_REST = r"[^.!?]{0,300}[.!?]?"
"""The sentence goes on to its end, and goes with the words that made it suspicious."""

_ASSISTANT = (
    r"(?:ai|llm|large language model|language model|chat ?bot|assistant|ai (?:model|agent)|recommender|gpt|gemini)s?\b"
)


@dataclass(frozen=True, slots=True)
class _Cut:
    trick: Trick
    hints: tuple[str, ...]
    pattern: re.Pattern[str]


def _cut(trick: Trick, hints: str, *patterns: str) -> _Cut:
    return _Cut(trick, tuple(hints.split()), re.compile("|".join(patterns), re.IGNORECASE))


_ABROAD = (
    ("ignorier vergiss vergesst vergessen missacht", "anweisung regel vorgab instruktion befehl"),  # German
    ("ignor oublie", "instructions consignes règles ordres"),  # French
    ("ignor olvid descart", "instruccion reglas órdenes"),  # Spanish
    ("ignor dimentic scord", "istruzion regole ordini"),  # Italian
    ("ignor esqueça esqueca desconsider", "instruções regras ordens"),  # Portuguese
    ("negeer vergeet", "instructies regels opdrachten"),  # Dutch
    ("ignorer glöm glem", "instruktion instruks regler"),  # Swedish, Danish, Norwegian
    ("unohda ohita", "ohjeet ohjeita säännöt sääntöjä"),  # Finnish
    ("ignoruj zapomnij zapomeň", "instrukc pokyn polece zasad"),  # Polish, Czech, Slovak
    ("ignoră uită", "instrucțiuni reguli"),  # Romanian
    ("игнорируй забудь ігноруй", "инструкци правил указан інструкц"),  # Russian, Ukrainian
    ("αγνόησ αγνοήσ ξέχνα ξέχασ", "οδηγί κανόν"),  # Greek
    ("تجاهل اهمل انس", "تعليمات الأوامر القواعد"),  # Arabic
    ("התעלם תתעלם שכח", "הוראות כללים"),  # Hebrew
    ("abaikan lupakan", "instruksi perintah aturan"),  # Indonesian
    ("bỏ quên", "hướng chỉ lệnh quy"),  # Vietnamese
    ("忽略 无视 忘记", "指令 指示 规则"),  # Chinese
)
"""How a language says "ignore" and "the instructions", as beginnings of words."""

_ABROAD_VERB_LAST = (
    ("yok görmezden unut", "talimat kural"),  # Turkish
    ("hagyd felejtsd", "utasítás szabály"),  # Hungarian
    ("अनदेखा अनदेखी भूल", "निर्देश नियम"),  # Hindi
    ("無視 忘れ", "指示 命令 規則 ルール"),  # Japanese
    ("무시 잊어", "지시 명령 규칙"),  # Korean
)


def _stems(words: str) -> str:
    either = "|".join(words.split())
    return rf"(?<!\w)(?:{either})" if words.isascii() else f"(?:{either})"


def _orders_abroad() -> list[str]:
    gap = r"[^.!?。؟।]{0,40}?"
    first = [f"{_stems(verbs)}{gap}{_stems(nouns)}{_REST}" for verbs, nouns in _ABROAD]
    return first + [f"{_stems(nouns)}{gap}{_stems(verbs)}{_REST}" for verbs, nouns in _ABROAD_VERB_LAST]


_CUTS = (
    _cut(
        "link",
        "http www. ]( mailto: data: javascript: .com/ .net/ .org/ .io/ .example",
        r"\[[^\]]{0,80}\]\([^)\s]{0,300}\)",
        r"\b(?:https?|hxxps?|ftp)\s?:\s?//\S+|\bwww\.\S+|\bmailto:\S+|\bdata:\w+/[\w.+-]+[;,]\S*|\bjavascript:\S*",
        r"\b[\w-]+(?:\.[\w-]+)*\.(?:(?:com|net|org|io)/|example\b)\S*",
    ),
    _cut(
        "role",
        "<| |> [inst [/inst [system [/system [assistant <<sys ### system assistant developer admin human",
        r"<\|[^|>\n]{1,40}\|>|\[/?(?:inst|system|sys|assistant)\]|<</?\s*sys\s*>>",
        rf"#{{3,}}\s*(?:system|assistant|instructions?|human|user|response|new task)\b:?{_REST}",
        r"\b(?:begin|end) of (?:the )?(?:system|assistant|prompt|instructions|evidence|context)\b",
        r"\b(?:system|assistant|developer|admin(?:istrator)?|human)(?: (?:message|note|prompt|notice|override|update))?"
        r"\s*[:>]\s*(?=[^.!?]{0,80}\b(?:ignore|disregard|forget|you (?:are|must|will|should|have)|recommend|always|"
        r"never|instructions?|prompts?|reply|respond|answer|override|reveal|from now on|price (?:is|of)|call|approved|"
        r"sure|rules?|budgets?|policy|shoppers?|users?|costs?|say|tell|show)\b)",
    ),
    _cut(
        "tool",
        "tool_ function_ functioncall recommend budget_m explain_pick choose_pick transfer_to_agent "
        'state_delta {{ ${ ``` {"',
        r"\b(?:recommend|explain_pick|choose_pick|transfer_to_agent)\s*\([^)]{0,300}\)?",
        r"\b(?:tool_calls?|tool_code|tool_use|tool_response|function_calls?|functioncall|function_response|"
        r"transfer_to_agent|state_delta|explain_pick|choose_pick)\b[^.!?]{0,200}",
        r"\b(?:call|use|invoke|run) (?:the )?(?:tool |function )?`?recommend\b[^.!?]{0,200}"
        r"|\bbudget_(?:min|max)\b\W*\w*",
        r"\{\s*\"(?:name|tool|function|role|action|arguments|args|command|state_delta)\"\s*:[^\n]{0,300}",
        r"\{\{[^}]{0,80}\}\}|\$\{[^}]{0,80}\}|```(?:[^`]{0,500}```)?",
    ),
    _cut(
        "order",
        "ignore disregard forget override overrule bypass prompt jailbreak mode unrestricted recommend suggest "
        "assistant chatbot llm language gemini gpt reveal repeat output disclose leak expose print price budget "
        "empfiehl recommande recomienda consiglia rank "
        + " ".join(verbs for verbs, _ in (*_ABROAD, *_ABROAD_VERB_LAST)),
        r"\b(?:ignore|disregard|forget|override|overrule|bypass|discard)\b[^.!?]{0,30}\b(?:previous|prior|above|"
        r"earlier|"
        rf"your|system|preceding|all|any)\b[^.!?]{{0,30}}\b(?:instructions?|prompts?|guidelines|directives)\b{_REST}",
        r"\b(?:ignore|disregard|override|overrule|bypass)\b[^.!?]{0,30}\b(?:previous|prior|above|your|system|all)\b"
        rf"[^.!?]{{0,20}}\b(?:rules|constraints|restrictions|text|messages?)\b{_REST}",
        rf"\b(?:exceed|ignore|override|raise|disregard) (?:the |any |every |all |their |"
        rf"a )?(?:\w+['’]?s? )?budgets?\b{_REST}",
        r"\b(?:dear|attention|hey|hello|notes? (?:to|for)|messages? (?:to|for)|instructions? (?:to|for)|important for|"
        rf"if you are|as) (?:an? |the |any |all |every )?{_ASSISTANT}{_REST}|"
        rf"\battention[:,!] (?:all )?{_ASSISTANT}{_REST}",
        rf"\bsystem prompts?\b{_REST}|\bjailbreak{_REST}|\b(?:developer|debug|god|"
        rf"unrestricted) mode (?:is )?(?:on|enabled)\b",
        r"\byou are now (?:an? )?(?:\w+ )?(?:unrestricted|unfiltered|ai|assistant|system|chatbot|in \w+ mode)\b"
        + _REST,
        r"(?<!\bi )(?<!\bwe )(?<!would )\b(?:always|only|must|should) (?:recommend|suggest|rank|list|pick|"
        r"choose|mention) "
        rf"(?:this|our|only)\b{_REST}",
        r"\b(?:recommend|suggest|rank|pick|choose) (?:only )?(?:this|our) (?:product|item|"
        r"article)\b[^.!?]{0,30}\b(?:first|"
        rf"above|instead|to (?:every|all|any)\w*|regardless|no matter|at the top)\b{_REST}",
        r"\b(?:reveal|print|repeat|output|disclose|leak|expose)\b[^.!?]{0,30}\b(?:prompts?|system message|"
        r"other (?:shopper|"
        rf"customer|user)s?|api keys?|your (?:instructions|rules|memory))\b{_REST}",
        r"\b(?:set|change|report|say|treat|quote|state|announce)\b[^.!?]{0,20}\b(?:its|the|this|that the|real) price\b"
        rf"[^.!?]{{0,25}}\b(?:is|to|as|at)\b{_REST}",
        rf"\b(?:true|real|actual|correct) price (?:is|was)\b{_REST}",
        *_orders_abroad(),
        rf"\bempfiehl (?:immer|nur|stets)\b{_REST}|\brecommande[zr]? (?:toujours|uniquement)\b{_REST}",
        rf"\brecomienda (?:siempre|solo|sólo)\b{_REST}|\bconsiglia (?:sempre|solo)\b{_REST}",
    ),
)
_ENCODED = re.compile(
    r"(?<![\w+/])(?=\w*[a-z])(?=\w*[A-Z])(?=(?:[A-Za-z+]*\d){3})[A-Za-z0-9+]{40,}={0,2}"  # "/" is in lists of models
    r"|(?<![\w])(?=\w*[a-fA-F])(?:[2-7][0-9a-fA-F]){16,}(?!\w)"  # a text's bytes
    r"|(?:%[0-9A-Fa-f]{2}){6,}|(?:\\u[0-9A-Fa-f]{4}){3,}|(?:\\x[0-9A-Fa-f]{2}){3,}"
)
_LONG_OR_ESCAPED = re.compile(r"[A-Za-z0-9+]{32}|%[0-9A-Fa-f]{2}%|\\[ux][0-9A-Fa-f]{2}")

_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅ", "aeopcyxijshdqwlABEKMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧν", "oABEZHIKMNOPTYXv", strict=True))
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
_LATIN_OF = str.maketrans(_CYRILLIC | _GREEK | _SMALL_CAPITALS)
"""Letters that cannot be told from Latin ones by eye (Unicode Technical Standard 39, the single letters of it)."""
_LOOK_ALIKE = re.compile(f"[{''.join((*_CYRILLIC, *_GREEK, *_SMALL_CAPITALS))}]")
_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f149]")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(r"([\u0300-\u036f]{2})[\u0300-\u036f]+")

_SPLIT_WORD = re.compile(r"[A-Za-z][\u200b-\u200d\u2060\ufeff]+[A-Za-z]|[\U000e0020-\U000e007e]{8}|[\ufe00-\ufe0f]{3}")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|system|assistant|user|tool|function|instructions?|evidence|context|"
    r"prompt)\b"
    r"|\bon(?:error|load|click)\s*=|javascript:",
    re.IGNORECASE,
)


def quarantine(text: str) -> tuple[str, frozenset[Trick]]:
    """The text made harmless, and what was done to it. Done again it changes nothing."""
    found: set[Trick] = set()
    if not text.isascii():
        plain = _in_plain_letters(text)
        found |= {"look-alike"} if plain != text else set()
        text = plain
    while (left := _cut_once(text, found)) != text:  # what a cut brings together may be an order
        text = left
    return text, frozenset(found)


def _cut_once(text: str, found: set[Trick]) -> str:
    lowered = text.lower()
    for cut in _CUTS:
        if any(hint in lowered for hint in cut.hints):
            text = _without(text, cut.pattern, cut.trick, found)
    if len(text) > 15 and _LONG_OR_ESCAPED.search(text):
        text = _without(text, _ENCODED, "encoded", found)
    return text


def commands_in(text: str) -> list[tuple[int, int, Trick]]:
    """Where the text holds links, roles, tool syntax and orders: start, end and what it is."""
    lowered = text.lower()
    tried = (cut for cut in _CUTS if any(hint in lowered for hint in cut.hints))
    return [(*hit.span(), cut.trick) for cut in tried for hit in cut.pattern.finditer(text)]


def hidden_in(raw: str) -> frozenset[Trick]:
    """What a raw value hides that cleaning takes out, and that no honest text has."""
    found: set[Trick] = set()
    if not raw.isascii():
        found |= {"invisible"} if _SPLIT_WORD.search(raw) else set()
        found |= {"bidi"} if _BIDI.search(raw) else set()
    if "<" in raw and _MARKUP.search(raw):
        found.add("markup")
    return frozenset(found)


def _without(text: str, pattern: re.Pattern[str], trick: Trick, found: set[Trick]) -> str:
    cut = pattern.sub(f" {CUT} ", text)
    if cut == text:
        return text
    found.add(trick)
    return re.sub(rf"{re.escape(CUT)}(?:\W*{re.escape(CUT)})+", CUT, " ".join(cut.split()))


def _in_plain_letters(text: str) -> str:
    """Letters in the clothes of others become plain: styled ones everywhere, look-alikes where Latin letters are near.

    A word of two alphabets is a disguise, and so is a Latin text whose only foreign letters look Latin. Words wholly of
    another alphabet stay.
    """
    text = _STYLED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    text = _MARKS.sub(r"\1", text)
    if _LOOK_ALIKE.search(text):
        text = _WORD.sub(lambda m: _plain_word(m[0]), text)
    return text


def _plain_word(word: str) -> str:
    if len(word) > 1 and all(letter in _SMALL_CAPITALS or letter == "x" for letter in word):
        return word.translate(_LATIN_OF)
    if word.isascii() or not _LOOK_ALIKE.search(word) or not re.search("[A-Za-z]", word):
        return word
    return word.translate(_LATIN_OF)
