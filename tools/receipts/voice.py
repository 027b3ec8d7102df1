"""A brand's voice: a YAML file that an adopter edits. What of it can be checked is checked in code, on every reply.

tone: friendly and plain          # told to the model
banned: [cheap, bargain]          # words that no reply may have
phrases: {fit best: suit best}    # what the templates say -> what this brand says
reading_level: 9                  # highest Flesch-Kincaid grade (Kincaid et al., 1975); titles do not count
emoji: false
max_words: 200
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from tools.errors import SettingsError
from tools.lexicon.stems import contains_phrase, stems
from tools.receipts.evidence import PickEvidence
from tools.receipts.passages import SIGN, signed

EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f]")
_SENTENCE = re.compile(r"[.!?:;]+\s|\n")


OTHERWISE = {
    "cheapest": "lowest in price",
    "cheaper": "lower in price",
    "dearer": "higher in price",
    "budget": "limit",
    "rated": "scored",
    "rate": "score",
    "rating": "score",
    "ratings": "scores",
    "shoppers": "customers",
    "shopper": "customer",
    "fits": "suits",
    "fit": "suit",
    "best": "most",
    "catalogue": "shop",
    "choose": "take",
    "picks": "choices",
    "plan": "list",
}
"""The templates' own words and what they say where one is banned."""

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Voice(BaseModel):
    """How a brand speaks; what is not stated does not bind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tone: str = ""
    banned: list[Word] = []
    phrases: dict[Word, str] = {}
    reading_level: float | None = Field(default=None, gt=0, le=20)
    emoji: bool = False
    max_words: int | None = Field(default=None, ge=20)

    @model_validator(mode="after")
    def _keeps_to_itself(self) -> Self:
        """Raises ValueError where a phrase of the voice is what the voice forbids."""
        for said in self.phrases.values():
            if not self.emoji and EMOJI.search(said):
                raise ValueError(f"the phrase {said!r} has an emoji; write emoji: true, or leave it out")
            if word := next((w for w in self.banned if contains_phrase(stems(said), stems(w))), None):
                raise ValueError(f"the phrase {said!r} has the banned word {word!r}; take it out of one of them")
        return self

    def otherwise(self, text: str) -> str:
        """A template's text with other words for its own that are banned."""
        for ours, theirs in OTHERWISE.items():
            if any(stems(word) == stems(ours) for word in self.banned):
                for one, other in ((ours, theirs), (ours.capitalize(), theirs.capitalize())):
                    text = re.sub(rf"(?<!\w){one}(?!\w)", other, text)
        return text

    def apply(self, text: str) -> str:
        """A template's text in the brand's phrases."""
        for ours, theirs in self.phrases.items():
            text = re.sub(rf"(?<!\w){re.escape(ours)}(?!\w)", lambda _, said=theirs: said, text)
        return text

    def instruction(self) -> str:
        """What the explainer's model is told of it."""
        said = [f"Tone: {self.tone}." if self.tone else ""]
        said += [f"Never use these words: {', '.join(self.banned)}." if self.banned else ""]
        said += ["" if self.emoji else "No emoji."]
        said += [f"At most {self.max_words} words." if self.max_words else ""]
        said += [f"Readable at school grade {self.reading_level:g}." if self.reading_level else ""]
        return "\n".join(f"- {line}" for line in said if line)


def load_voice(file: Path) -> Voice:
    """The voice of a YAML file. Raises SettingsError saying what in it cannot be used."""
    data: object = None
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        data = {} if data is None else data
        return Voice.model_validate(data)
    except OSError as error:
        raise SettingsError(f"The voice file {file} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"The voice file {file} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        wrong = "is no setting of a voice" if first["type"] == "extra_forbidden" else first["msg"]
        if not isinstance(data, dict):
            wrong = "holds no settings"
        known = ", ".join(Voice.model_fields)
        raise SettingsError(f"The voice file {file} cannot be used: {where} {wrong}. It may have: {known}") from error


def voice_problems(text: str, voice: Voice, shown: Sequence[PickEvidence]) -> list[str]:
    """Where a text does not keep to the voice. Titles are the catalogue's and are spared."""
    said = SIGN.sub(" ", signed(text, shown))
    prose = "\n".join(line for line in said.splitlines() if not line.startswith("|"))
    sequence = stems(prose)
    found = [f"the word {word!r} is not ours" for word in voice.banned if contains_phrase(sequence, stems(word))]
    if not voice.emoji and EMOJI.search(prose):
        found.append("no emoji are used")
    words = re.findall(r"[^\W\d_]+", prose)
    if voice.max_words and len(words) > voice.max_words:
        found.append(f"{len(words)} words are more than {voice.max_words}")
    if voice.reading_level and (grade := reading_grade(prose)) > voice.reading_level:
        found.append(f"it reads like grade {grade:.1f}, and {voice.reading_level:g} is the most")
    return found


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text; syllables are counted as groups of vowels."""
    sentences = max(1, sum(bool(re.search(r"\w", part)) for part in _SENTENCE.split(text)))
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words:
        return 0.0
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.removesuffix("e")))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
