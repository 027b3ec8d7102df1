"""What the reading of one message gives."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from tools.brief import BriefChanges

Intent = Literal["recommend", "critique", "explain", "choose", "chat", "foreign", "hostile", "unclear"]
Critique = Literal["cheaper", "dearer", "spend_more", "different", "like"]
Chat = Literal["greeting", "thanks", "goodbye", "identity", "help", "asking", "yes", "no"]


class Reading(BaseModel):
    """One message understood: what the shopper is doing, and what that changes in the brief."""

    intent: Intent
    changes: BriefChanges = BriefChanges()
    critique: Critique | None = None
    replace: list[str] = []  # picks that give way while the others stay: places, or the shopper's words for them
    replace_all_but: list[str] = []
    position: int | None = None  # 1-based pick referred to ("the second" -> 2; "the last" -> -1)
    what: str | None = None  # the shopper's words for the pick referred to, where they gave no position
    accept: int | None = None  # 1-based offered change that the shopper agrees to
    chat: Chat | None = None
    no_preference: bool = False  # "I don't know", "surprise me", "whatever"
    later: list[str] = []  # relations of further recipients, for whom something is wanted next
    extras: list[str] = []  # what a party is to have and no need covers
    unread: list[str] = []  # sentences that ask for something and were not understood
    language: str = "en"  # ISO 639-1 code of the guessed language
