"""A persona's words for what it wants to say, in its style. Seeded: the same persona always finds the same words."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from eval.simulation.persona import Fact, Persona
from tools.enumeration import enumerated

TABLE = Path(__file__).with_name("wordings.yaml")
TYPO_SHARE = 0.18
"""Of the longer words; amounts, ages and what is refused stay readable, as careful people would make sure."""

BLANK = re.compile(r"\{\w+\}")
LONG_WORD = re.compile(r"\b[a-z]{5,}\b")
SYMBOLS = {"USD": "${}", "GBP": "£{}", "EUR": "€{}"}
NEEDS = {"favours": "party favours", "activity": "an activity", "cake": "a cake", "gift": "a gift"}


PARAPHRASES = "paraphrases"


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load(TABLE.read_text("utf-8"))


def paraphrases(interest: str) -> list[str]:
    """The interest in other words, to follow "is"; none where the table has none."""
    return _table()[PARAPHRASES].get(interest.lower(), [])


@lru_cache(maxsize=1)
def set_phrases() -> tuple[str, ...]:
    """All that shoppers say whatever they want, without its blanks."""
    return tuple(
        BLANK.sub(" ", phrase)
        for key, styles in _table().items()
        if key != PARAPHRASES
        for phrases in styles.values()
        for phrase in phrases
    )


def spoken_money(amount: Decimal, currency: str) -> str:
    """An amount of major units as people write it: without zero cents, with the sign where there is one."""
    plain = f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
    return SYMBOLS.get(currency, f"{{}} {currency}").format(plain)


class Wording:
    """Puts facts and reactions of one persona into words."""

    def __init__(self, persona: Persona) -> None:
        self._persona = persona
        self._chance = random.Random(f"words/{persona.seed}")
        self._roundabout = persona.roundabout

    def phrase(self, key: str, **values: Any) -> str:
        """One of the style's wordings of ``key``."""
        wordings = _table()[key]
        style = {"contradictory": "plain", "changing": "plain", "typos": "plain"}.get(
            self._persona.style, self._persona.style
        )
        chosen = self._chance.choice(wordings.get(style) or wordings["plain"])
        return _sentence(chosen.format(**self._forms(), **values), style)

    def fact(self, fact: Fact, value: str | None = None) -> str:
        """What holds, said; ``value`` says something else in its place."""
        persona = self._persona
        match fact:
            case "interests":
                if not persona.wants_gift:
                    return self.phrase("theme", theme=persona.theme)
                return self._interests() if value is None else self.phrase("interests", x=value)
            case "age":
                return self.phrase("age", age=value or persona.age_years)
            case "guests":
                return self.phrase("guests")
            case "taste":
                return self.phrase(persona.taste_kind, x=persona.taste)
            case "avoid":
                said = [self.phrase("avoid", x=" or ".join(persona.avoid))] if persona.avoid else []
                allergic = [self.phrase("allergy", x=enumerated(persona.allergies))] if persona.allergies else []
                return self.join(said + allergic)
            case "budget":
                if value is None and persona.budget_min is not None and persona.budget_max is not None:
                    return self.phrase("range", min=self.money(persona.budget_min), max=self.money(persona.budget_max))
                amount = Decimal(value) if value else persona.budget_max
                return self.phrase("budget", max=self.money(amount)) if amount is not None else self.phrase("unknown")

    def opening(self) -> str:
        """The first sentence."""
        persona = self._persona
        if persona.is_party:
            key = "party" if self.opens_whole else "party_open"
        else:
            key = "opening" if persona.wants_gift else "needing"
        return self.phrase(key, occasion=persona.occasion, theme=persona.theme, needs=self._needs())

    @property
    def opens_whole(self) -> bool:
        """Whether the first sentence about a party names its theme and guests."""
        return bool(self._persona.theme and self._persona.guests)

    def _interests(self) -> str:
        """As the catalogue has them; by who is roundabout at first in other words, as far as there are any."""
        likes, others = self._persona.interests, list[str]()
        if self._roundabout:
            others = [like for like in likes if paraphrases(like)]
            self._roundabout = False
        plain = [like for like in likes if like not in others]
        said = [self.phrase("roundabout", x=self._chance.choice(paraphrases(like))) for like in others]
        return self.join([*said, *([self.phrase("interests", x=enumerated(plain))] if plain or not said else [])])

    def needs(self) -> str:
        """Which things a party needs, and no others."""
        return self.phrase("needs", needs=self._needs())

    def _needs(self) -> str:
        return enumerated([NEEDS.get(need, need) for need in self._persona.needs])

    def join(self, parts: list[str]) -> str:
        """Several statements as one message in the persona's manner."""
        terse = self._persona.style == "terse"
        return (", " if terse else " ").join(part for part in parts if part)

    def finish(self, message: str) -> str:
        """The message as it is typed."""
        return _with_typos(message, self._chance, self._kept()) if self._persona.style == "typos" else message

    def money(self, amount: Decimal) -> str:
        """An amount as people write it."""
        return spoken_money(amount, self._persona.currency)

    def _kept(self) -> set[str]:
        refused = [*self._persona.avoid, *self._persona.allergies]
        return {word for phrase in refused for word in phrase.lower().split()}

    def _forms(self) -> dict[str, str]:
        they = self._persona.pronoun
        plural = they == "they"
        forms = {"who": f"my {self._persona.relation}", "they": they, "s": "" if plural else "s"}
        forms |= {"are": "are" if plural else "is", "have": "have" if plural else "has"}
        article = "an" if (self._persona.theme or "").startswith(tuple("aeio")) else "a"  # a unicorn
        return forms | {"guests": str(self._persona.guests or ""), "a": article}


def _sentence(text: str, style: str) -> str:
    return text if style == "terse" else text[:1].upper() + text[1:]


def _with_typos(message: str, chance: random.Random, kept: set[str]) -> str:
    """Swaps, drops or doubles a letter inside some longer words."""

    def mistype(match: re.Match[str]) -> str:
        word = match[0]
        if chance.random() > TYPO_SHARE or word in kept:
            return word
        at = chance.randint(1, len(word) - 3)
        before, here, behind = word[:at], word[at], word[at + 1 :]
        slips = (before + behind[:1] + here + behind[1:], before + behind, before + here + here + behind)
        return chance.choice(slips)

    return LONG_WORD.sub(mistype, message)
