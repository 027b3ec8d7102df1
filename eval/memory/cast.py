"""Who and what a generated story is made of, and the sentences that all patterns share.

The words are this file's own; no lexicon, reader or memory code of the project is imported.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from eval.memory.story import Facts, Turn

PEOPLE: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("mum", "mother", "she", ("Carol", "Linda", "Grace")),
    ("dad", "father", "he", ("Bob", "Frank", "Paul")),
    ("sister", "sister", "she", ("Ann", "Emma", "Laura")),
    ("brother", "brother", "he", ("Tom", "Peter", "Luke")),
    ("wife", "wife", "she", ("Nina", "Sarah", "Julia")),
    ("husband", "husband", "he", ("Mark", "David", "James")),
    ("grandma", "grandmother", "she", ("Rose", "Edith", "Martha")),
    ("grandpa", "grandfather", "he", ("Walter", "Henry", "Albert")),
    ("aunt", "aunt", "she", ("Diane", "Helen", "Susan")),
    ("uncle", "uncle", "he", ("Steve", "George", "Martin")),
)
"""What a shopper says, what a brief calls it, the pronoun, and first names."""
CHILDREN: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("niece", "niece", "she", ("Bea", "Lily", "Ella")),
    ("nephew", "nephew", "he", ("Max", "Leo", "Finn")),
    ("daughter", "daughter", "she", ("Mia", "Zoe", "Ida")),
    ("son", "son", "he", ("Ben", "Noah", "Oscar")),
)
LIKES = (
    "gardening fishing chess yoga knitting baking photography hiking painting astronomy cycling tea coffee pottery "
    "jazz cooking reading golf camping sewing crosswords travel swimming origami birdwatching"
).split()
CHILDS_LIKES = "dinosaurs drawing trains pirates football dancing robots puzzles unicorns space".split()
RULES = (
    ("{pron} is allergic to nuts", "nuts"),
    ("{pron} is allergic to wool", "wool"),
    ("no alcohol please", "alcohol"),
)
LOVES = ("loves", "likes", "enjoys", "is into")
OCCASIONS = ("A birthday gift", "A present", "Something", "A gift")
LATER = (
    "A Christmas gift for my {who}",
    "It's Christmas soon, something for my {who}",
    "My {who} again, for Christmas",
)


@dataclass
class Cast:
    """What one story is made of: the ``number``-th of its pattern, beginning ``on`` a day."""

    chance: random.Random
    number: int
    on: date
    people: list[tuple[str, str, str, str]]  # as in PEOPLE, each with one name
    likes: Sequence[str]

    @property
    def max_price(self) -> int:
        """An amount for which the shop has something for everybody."""
        return 40 + 5 * (self.number % 9)

    def said(self, text: str, person: int = 0, likes: str = "") -> str:
        """The text about a person of the story, with a budget."""
        who, _, pron, name = self.people[person]
        verb = self.chance.choice(LOVES)
        return f"{text.format(who=who, pron=pron, name=name, loves=f'{verb} {likes}')}, up to ${self.max_price}"

    def stated(self, person: int, likes: Sequence[str]) -> Turn:
        """The turn that says who it is and what they like."""
        opening = self.chance.choice(OCCASIONS)
        said = self.said(f"{opening} for my {{who}}, {{pron}} {{loves}}", person, " and ".join(likes))
        return Turn(say=said, understands=Facts(relation=self.people[person][1], likes=tuple(likes)))

    def asked(self, person: int = 0, **expected: Any) -> Turn:
        """The turn that comes back for a person and says nothing of their tastes."""
        return Turn(say=self.said(self.chance.choice(LATER), person), **expected)

    def after(self, days: int) -> date:
        """So many days after the story began."""
        return self.on + timedelta(days=days)


def draw(chance: random.Random, number: int, of_children: bool) -> Cast:
    """A cast by chance; ``of_children`` takes nieces, nephews, daughters and sons, and what they like."""
    people = [(who, rel, pron, chance.choice(names)) for who, rel, pron, names in (CHILDREN if of_children else PEOPLE)]
    chance.shuffle(people)
    likes = chance.sample(CHILDS_LIKES if of_children else LIKES, 4)
    begins = date(2026, 1, 5) + timedelta(days=chance.randrange(150))
    return Cast(chance, number, begins, people, likes)


def names_of(relation: str) -> tuple[str, ...]:
    """The first names that people of this relation have in the stories."""
    return next(names for _, called, _, names in (*PEOPLE, *CHILDREN) if called == relation)
