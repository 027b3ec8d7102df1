"""The theme of a party."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.party import KNOWN_THEMES, NOT_THEMES, THEMES

_THEME_TO = re.compile(r"\btheme to (?:be )?(?:a |an |the )?(?P<a>)(?P<b>[\w'-]+(?: animals?| cars?| games?)?)")

_THEMED = re.compile(
    r"\b(?:(?P<a>(?!(?:the|our|his|her|their|my|a|an|and|this) theme\b)"
    r"[\w'-]+(?: [\w'-]+)?)[- ]themed?\b|theme(?: is| will be| should be|:| of| would be|d| to be|"
    r" to)? (?:the |a |an |is |be |to )?(?P<b>[\w'-]+(?: (?:animals?|cars?|games?|tale|sea|the sea))?))"
)


def read_theme(message: Message, *, party: bool) -> str | None:
    """The theme; without the word "theme" only where there is a party."""
    if (party or "theme" in message.text) and (theme := read_theme_in_place(message)):
        return theme
    text = message.open
    match = _THEME_TO.search(text) or _THEMED.search(text)
    if match and match["a"] and set(match["a"].split()) <= NOT_THEMES:  # "make the theme dinosaurs"
        match = _THEMED.search(text, match.end("a") + 1)
    if match:
        start, end = match.span("a" if match["a"] else "b")
        phrase = text[start:end]
        # Of two words before "-themed" the first may be an article or a verb: "throw a space-themed".
        words = [w for w in phrase.split() if w not in NOT_THEMES]
        candidate = " ".join(words)
        message.close(end - len(candidate) if match["a"] else start, match.end())
        if candidate:
            return _canonical_theme(candidate)
    if not party:
        return None
    nouns = (
        r"(?:(?:kids'?|birthday|children's|bday) )?(?:party|bash|parties|(?:birthday )?cup-?cakes?|"
        r"(?:birthday )?cakes?|decorations|balloons|tableware|plates|napkins|favou?rs|party bags|birthday|"
        r"birthday party|cups|activities|banner|bunting|theme|supplies)\b"
    )
    for match in re.finditer(rf"(?<![\w'-])((?:[\w'-]+ )?[\w'-]+)[ ,]+(?={nouns})", text):
        words = [w for w in match[1].split() if w not in NOT_THEMES]
        for candidate in (" ".join(words), words[-1]) if words else ():
            if candidate in KNOWN_THEMES or _canonical_theme(candidate) in KNOWN_THEMES:
                start = text.find(candidate, match.start(1))
                message.close(start, start + len(candidate))
                return _canonical_theme(candidate)
        words = match[1].split()
        if (
            re.match(
                r"(?:(?:kids'?|birthday|children's) )?(?:party|bash)\b(?! bags?| favou?rs?| games?| supplies|"
                r" decorations)",
                text[match.end() :],
            )
            and words[-1] not in NOT_THEMES
            and not words[-1].isdigit()
            and words[-1].isalpha()
            and not re.search(r"(?:s'|'s|ing|ed)$", words[-1])
            and not _RELATION.fullmatch(words[-1])
            and len(words[-1]) > 2
        ):
            message.close(match.end(1) - len(words[-1]), match.end(1))
            return _canonical_theme(words[-1])
    for match in re.finditer(
        r"\b(?:make it|do|go for|switch to|change (?:it )?to|want|prefer|rather have|rather|with|theme) (?:a |an |"
        r"the |it )?([\w-]+) (?:instead|theme|one)\b",
        text,
    ):
        if _canonical_theme(match[1]) in KNOWN_THEMES:
            message.close(*match.span(1))
            return _canonical_theme(match[1])
    return _listed_theme(message)


def read_theme_in_place(message: Message) -> str | None:
    """The theme that is wanted in place of another: "space instead of pirates", "dinosaurs, not unicorns"."""
    for match in _IN_PLACE_OF.finditer(message.open):
        theme, other = (_canonical_theme(match[one] or match[two]) for one, two in (("theme", "then"), ("other", "no")))
        if theme in KNOWN_THEMES and (other in KNOWN_THEMES or " of " in match[0]):
            message.close(*match.span())
            return theme
    return None


def _listed_theme(message: Message) -> str | None:
    """A theme that is an entry of its own: "party for my niece, jungle, 10 kids"."""
    for match in re.finditer(r"[,;:(] ?(?:a |an )?([\w-]+(?: [\w-]+)?)(?= ?(?:[,;.)!]|$))", message.open):
        theme = _canonical_theme(match[1])
        if theme in KNOWN_THEMES and not _LIKED.search(message.text[: match.start()]):
            message.close(*match.span(1))
            return theme
    return None


_IN_PLACE_OF = re.compile(
    r"(?<![\w'-])(?P<theme>[\w-]+),? (?:theme )?(?:instead of|rather than|in place of|and not|not) (?:the |a |an )?"
    r"(?P<other>[\w-]+)(?: themed?\b)?"
    r"|\b(?:no|not|forget|skip|drop)(?: the)? (?P<no>[\w-]+),? (?:but |make it |do )?(?P<then>[\w-]+) instead"
)
_LIKED = re.compile(
    r"\b(?:lov\w+|lik\w+|into|enjoys?|fans?|interest\w*|hobb\w+|crazy|mad|obsessed|adores?|fond|keen|plays?|watch\w*|"
    r"no|not|"
    r"without|has|have|hates?)\b[^.!?]*$"
)
"""What is listed behind these is what somebody likes, or has, or not."""
_RELATION = re.compile(rf"(?:{RELATION_WORDS})s?")


def _canonical_theme(phrase: str) -> str:
    """Singular, synonyms joined: "dinos" and "dinosaurs" are dinosaur."""
    phrase = phrase.strip("'- ")
    if phrase in THEMES:
        return THEMES[phrase]
    if phrase in KNOWN_THEMES:
        return phrase
    if phrase.endswith("s") and not phrase.endswith(("ss", "us", "is")):
        single = phrase[:-3] + "y" if phrase.endswith("ies") else phrase[:-1]
        return THEMES.get(single, single)
    return phrase
