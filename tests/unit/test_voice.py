"""A brand's voice is kept in code, whatever a model writes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes.evidence import can, evidence, picked, poster
from tools.brief import Brief, Budget
from tools.errors import SettingsError
from tools.receipts.template import render
from tools.receipts.verifier import problems
from tools.receipts.voice import Voice, load_voice, reading_grade, voice_problems
from tools.receipts.voiced import voiced

SHOWN = [picked(1, can(title="Cheap Trick Can"))]


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        (Voice(banned=["bargain"]), "Two bargains for you."),
        (Voice(), "For you \U0001f381"),
        (Voice(max_words=20), "word " * 21),
        (
            Voice(reading_level=5),
            "Extraordinarily sophisticated horticultural paraphernalia necessitates deliberation.",
        ),
    ],
)
def test_what_the_voice_forbids_is_refused(voice: Voice, text: str) -> None:
    assert voice_problems(text, voice, SHOWN)


def test_a_title_is_the_catalogues_and_is_spared() -> None:
    assert voice_problems("**Cheap Trick Can** is here.", Voice(banned=["cheap"]), SHOWN) == []


def test_templates_speak_in_the_brands_phrases() -> None:
    assert Voice(phrases={"fit best": "suit best"}).apply("these 3 fit best:") == "these 3 suit best:"


PICKS = evidence(
    Brief(interests=["gardening", "jazz"], budget=Budget(max=Decimal(50))), picked(1, can()), picked(2, poster())
)


@pytest.mark.parametrize(
    "voice",
    [
        Voice(banned=["cheapest", "budget"]),
        Voice(banned=["fits", "rated", "shoppers"]),
        Voice(max_words=20),
        Voice(phrases={"fit best": "suit best"}),
        Voice(emoji=True, phrases={"fit best": "fit best \U0001f381"}),
    ],
)
def test_the_template_keeps_to_the_voice(voice: Voice) -> None:
    text = voiced(PICKS, voice)
    assert voice_problems(text, voice, PICKS.picks) == []
    assert problems(text, PICKS) == []


def test_a_phrase_cannot_make_the_template_lie() -> None:
    assert voiced(PICKS, Voice(phrases={"$50.00": "$5.00", "$19.00": "$1.00"})) == render(PICKS)


def test_simple_words_are_a_lower_grade() -> None:
    assert reading_grade("A can for you. It is good.") < reading_grade("Horticultural paraphernalia, incidentally.")


@pytest.mark.parametrize(
    "text",
    [
        "banned: [",
        "tone: 1\nfoo: 2",
        "reading_level: high",
        "- tone",
        "banned: ['']",
        "phrases: {'': x}",
        "phrases: {a: \U0001f381}",
        "{banned: [deal], phrases: {offer: top deal}}",
        "max_words: 3",
        "banned: [null]",
    ],
)
def test_a_voice_file_that_cannot_be_used_is_said_to_be_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "voice.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="voice file"):
        load_voice(tmp_path / "voice.yaml")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_voice(tmp_path / "none.yaml")
