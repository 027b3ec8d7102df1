"""A story: one or more shoppers over months, session by session, and what memory must and must not do in each turn.

Stories know the JSON turn and the raw store, and nothing of how memory is made: no module of the code under test is
imported here, in `generate` or in `checks`.
"""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator


class Facts(BaseModel):
    """Things that a turn may show: in its brief, in what it says it used, in its reply.

    ``age`` lists the ages that count as right: without a birthday, a year of birth allows two. ``gifts`` are names that
    a turn of the story has given to a pick (`Turn.gift`); ``says`` are regular expressions for the reply.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    relation: str | None = None
    name: str | None = None
    age: tuple[int, ...] = ()
    likes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    gifts: tuple[str, ...] = ()
    says: tuple[str, ...] = ()

    @field_validator("age", mode="before")
    @classmethod
    def _ages(cls, value: Any) -> Any:
        return (value,) if isinstance(value, int) else value

    def singly(self) -> list[Facts]:
        """Each thing for itself; the ages together are one."""
        stated = self.model_dump(exclude_defaults=True)
        whole = [{name: stated[name]} for name in ("relation", "name", "age") if name in stated]
        each = [{name: (one,)} for name in ("likes", "rules", "gifts", "says") for one in stated.get(name, ())]
        return [Facts.model_validate(fact) for fact in (*whole, *each)]

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.model_dump(exclude_defaults=True).items())


class Turn(BaseModel):
    """What the shopper says, and what is expected of the answer and of the raw store after it.

    ``{june}`` in a text stands for the title of the pick called june. ``gift`` names the pick at ``position`` of the
    turn before, which this turn takes. Store texts are looked for regardless of case.
    """

    model_config = ConfigDict(extra="forbid")

    say: str
    gift: str | None = None
    position: int = Field(default=1, ge=1)
    understands: Facts | None = None  # said in this very turn: no memory needed, but a condition for it
    recalls: Facts | None = None  # said in another session, needed now
    not_used: Facts | None = None  # somebody else's
    superseded: Facts | None = None  # was so, is so no more
    not_again: tuple[str, ...] = ()  # gifts that must not be picked
    kept: tuple[str, ...] = ()  # texts that the raw store must hold
    never_kept: tuple[str, ...] = ()  # texts that must never get there
    gone: tuple[str, ...] = ()  # texts that were erased from it
    unknown: Facts | None = None  # was erased, or was never to be remembered: not used
    answers: tuple[str, ...] = ()  # regular expressions for the reply, about what memory holds and did
    never_answers: tuple[str, ...] = ()


class Session(BaseModel):
    """The turns of one day. Another ``shopper`` shares the store and must share nothing else."""

    model_config = ConfigDict(extra="forbid")

    day: Date
    shopper: str = "eve"
    turns: list[Turn]

    @field_validator("turns", mode="before")
    @classmethod
    def _said(cls, turns: Any) -> Any:
        return [{"say": turn} if isinstance(turn, str) else turn for turn in turns]


class Story(BaseModel):
    """A story of one ``topic``, the class that failures are counted by."""

    model_config = ConfigDict(extra="forbid")

    name: str
    topic: str
    sessions: list[Session]


_SESSIONS: TypeAdapter[dict[str, dict[str, list[Session]]]] = TypeAdapter(dict[str, dict[str, list[Session]]])


def read_stories(file: Path) -> list[Story]:
    """The stories of a YAML file: topic -> name -> sessions."""
    topics = _SESSIONS.validate_python(yaml.safe_load(file.read_text("utf-8")))
    return [
        Story(name=name, topic=topic, sessions=sessions)
        for topic, stories in topics.items()
        for name, sessions in stories.items()
    ]
