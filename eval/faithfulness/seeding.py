"""Explanations that are true and explanations with one thing wrong in them: worded by hand, or from the templates."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.faithfulness.scenes import Scene
from eval.faithfulness.slots import COUNTRIES, FEATURES, OTHERS, Slots, Unfillable, money
from tools.product import Product

SENTENCES = Path(__file__).resolve().parent / "sentences"


@dataclass(frozen=True)
class Case:
    """One explanation of a scene. ``kind`` says what is wrong in it, "" that nothing is."""

    scene: Scene
    text: str
    kind: str
    by_hand: bool
    held_out: bool
    about: str  # the sentence in question


@dataclass(frozen=True)
class Sentence:
    """A hand-written sentence; half of them, by a hash of their words, is held out."""

    kind: str
    text: str

    @property
    def held_out(self) -> bool:
        """Whether it belongs to the half that is looked at only at the end."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1


def true_sentences() -> list[Sentence]:
    """The true sentences worded by hand."""
    return [Sentence("", line) for line in _lines("true.txt")]


def false_sentences() -> list[Sentence]:
    """The false sentences worded by hand, with what is wrong in each."""
    parts = (line.partition("|") for line in _lines("false.txt"))
    return [Sentence(kind.strip(), text.strip()) for kind, _, text in parts]


def _lines(name: str) -> list[str]:
    lines = (SENTENCES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def by_hand(
    scenes: Sequence[Scene], shop: Sequence[Product], rng: random.Random, sentences: Sequence[Sentence], each: int
) -> Iterator[Case]:
    """Each sentence in ``each`` explanations, all other sentences of which are true and of the same half."""
    true = true_sentences()
    halves = {held: [s.text for s in true if s.held_out is held] for held in (False, True)}
    for sentence in sentences:
        made = 0
        for scene in rng.sample(list(scenes), len(scenes)):
            if made == each:
                break
            try:
                text, about = _written(scene, shop, rng, sentence, halves[sentence.held_out])
            except Unfillable:
                continue
            made += 1
            yield Case(scene, text, sentence.kind, True, sentence.held_out, about)


def _written(
    scene: Scene, shop: Sequence[Product], rng: random.Random, sentence: Sentence, true: Sequence[str]
) -> tuple[str, str]:
    """An explanation with the sentence in it, and the sentence as it stands there."""
    order = list(scene.picks)
    rng.shuffle(order)
    about = sentence.text.format_map(Slots(scene, order[0], shop, rng))
    picks, whole = [s for s in true if "{t}" in s], [s for s in true if "{t}" not in s]
    lines = [_filled(scene, pick, shop, rng, picks) for pick in order]
    if "{t}" in sentence.text and rng.random() < 0.5:
        lines[0] = about
    elif "{t}" in sentence.text:
        lines.insert(1, about)
    else:
        lines.append(about)
    opening, closing = (_filled(scene, order[0], shop, rng, whole) for _ in range(2))
    if closing == opening:
        closing = ""
    if rng.random() < 0.5:
        body = "\n".join(line if line.startswith(("- ", "* ")) else f"- {line}" for line in lines)
        return "\n\n".join(filter(None, [opening, body, closing])), about
    gap = rng.choice([" ", "\n\n"])
    return gap.join(
        filter(None, [opening, *(line.removeprefix("- ").removeprefix("* ") for line in lines), closing])
    ), about


def _filled(scene: Scene, pick: Product, shop: Sequence[Product], rng: random.Random, choices: Sequence[str]) -> str:
    for text in rng.sample(list(choices), len(choices)):
        try:
            return text.format_map(Slots(scene, pick, shop, rng))
        except Unfillable:
            continue
    raise Unfillable


def from_templates(scenes: Sequence[Scene], shop: Sequence[Product], rng: random.Random) -> Iterator[Case]:
    """The keyless replies as they are, and each with single facts exchanged."""
    for scene in scenes:
        text = str(scene.receipt["text"])
        yield Case(scene, text, "", False, False, "")
        for kind, old, new in _exchanges(scene, shop, rng):
            changed = re.sub(rf"(?<![\w.]){re.escape(old)}(?![\w]|\.\d)", lambda _, new=new: new, text, count=1)
            if changed != text:
                yield Case(scene, changed, kind, False, False, f"{old} -> {new}")


def _exchanges(scene: Scene, shop: Sequence[Product], rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """What is exchanged in a template: (kind, what stands there, what comes instead)."""
    pick, other = rng.sample(list(scene.picks), 2)
    slots = Slots(scene, pick, shop, rng)
    yield "price", money(pick.price.amount), slots["xp"]
    if pick.price != other.price:
        yield "swapped_price", money(pick.price.amount), money(other.price.amount)
    if pick.rating_count and pick.rating_count > 5:
        yield "rating_count", str(pick.rating_count), slots["xn"]
    if pick.rating:
        yield "rating", str(pick.rating), slots["xr"]
    yield "budget", money(scene.budget), slots["xp"]
    yield "recipient", scene.who, rng.choice(OTHERS)
    yield "title", f"**{pick.title}**", f"**{slots['tw']}**"
    if pick.brand:
        yield "brand", f"by {pick.brand}", f"by {slots['xb']}"
    wish = next((wish for wish in scene.wishes if wish in pick.interests), None)
    if wish:
        yield "interest", f"Fits {wish}", f"Fits {slots['xw']}"
    yield "origin", "irthday", f"irthday from {rng.choice([c for c in COUNTRIES if c not in scene.words.title()])}"
    yield "feature", " best", f" best and are {rng.choice([f for f in FEATURES if f[:5] not in scene.words])}"
    yield "count", "these 3", "these 5"
