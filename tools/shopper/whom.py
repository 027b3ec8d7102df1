"""Whom the shopper's words about memory are about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from google.adk.tools import ToolContext

from tools.enumeration import enumerated
from tools.lexicon.relations import canonical_relation, relation_words, words_for
from tools.memory.kinds import GIVER, Person
from tools.memory.people import called, resolve
from tools.shopper.remembered import remembered_in
from tools.shopper.session import brief_of

ME = frozenset({"me", "myself", "i", "the shopper", "shopper", "user"})


class Unclear(Exception):
    """Several people could be meant; the text asks which."""


def words_of(who: str) -> tuple[str | None, str | None]:
    """Relation and name out of "my dad", "my sister Ana", "Bob"."""
    plain = " ".join(who.split()).strip(" .!?")
    if relation := canonical_relation(plain):
        return relation, None
    first, _, last = plain.rpartition(" ")
    if first and (relation := canonical_relation(first)):
        return relation, last
    return None, plain.removeprefix("my ") or None


_OTHERS = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(relation_words(), key=len, reverse=True)))})(?:'s|s'|’s) (?:\w+ )?$"
)

_THEIRS = re.compile(r"\b(?:his|her|their) (?:\w+ )?$", re.IGNORECASE)
""" "A thank you for his wife": of whomever was spoken of, and not the shopper's."""


def is_somebody_elses(message: str, relation: str | None) -> bool:
    """Whether the relation is not to the shopper: "my friend's daughter", "his wife"."""
    words = "|".join(map(re.escape, words_for(relation)))
    found = list(re.finditer(rf"\b(?:{words})\b", message)) if words else []
    before = [message[: match.start()] for match in found]
    if any(_OTHERS.search(text) for text in before):
        return True
    return bool(before) and all(_THEIRS.search(text) for text in before)


def find(who: str | None, people: Sequence[Person], context: ToolContext) -> Person | None:
    """The person meant; without words, whoever was last spoken of, or the recipient. Raises Unclear."""
    if who is None:
        remembered, recipient = remembered_in(context.state), brief_of(context).recipient
        wanted = remembered.spoken_of or remembered.person_id
        if wanted:
            return next((p for p in people if p.person_id == wanted), None)
        relation, name = recipient.relation, recipient.name
    elif who.lower().strip() in ME:
        return next((p for p in people if p.person_id == GIVER), None)
    else:
        relation, name = words_of(who)
    if not (relation or name):
        return None
    found = resolve(people, relation, name)
    if len(found.among) == 1:  # "my friend", of whom one is known: here the words are about somebody known
        return found.among[0]
    if found.among:
        raise Unclear(f"Whom do you mean: {enumerated([called(person) for person in found.among], 'or')}?")
    return found.person
