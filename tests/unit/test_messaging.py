"""Which words let us write unasked, which forbid it, and which are about something else."""

from __future__ import annotations

import pytest

from recsys_agent.offline.reading.messaging import read_messaging


@pytest.mark.parametrize(
    "message",
    [
        "you may message me",
        "You can message me.",
        "ok, you may send me reminders before birthdays",
        "yes, remind me of birthdays",
        "please remind me when my mum's birthday comes up",
        "notify me about price drops",
        "feel free to write to me",
        "Feel free to contact me before Christmas!",
        "it's fine if you message me",
        "I'd like you to remind me ahead of birthdays",
        "could you send me a reminder before his birthday?",
        "turn on notifications",
        "I want to get reminders",
        "sign me up for reminders",
        "I agree to receiving messages",
        "go ahead and ping me when it's back in stock",
        "you have my permission to message me",
        "start sending me notifications again",
        "alert me if the price drops",
    ],
)
def test_these_allow_messages(message: str) -> None:
    assert read_messaging(message) == "allow_messages"


@pytest.mark.parametrize(
    "message",
    [
        "stop messaging me",
        "Please stop messaging me!",
        "don't message me any more",
        "no more reminders",
        "no more messages, please",
        "unsubscribe",
        "unsubscribe me",
        "stop sending me reminders",
        "do not contact me again",
        "I don't want any messages",
        "I no longer want reminders",
        "you may no longer message me",
        "turn off notifications",
        "turn the notifications off",
        "I withdraw my consent to messages",
        "never write to me again",
        "cancel the reminders",
        "opt me out",
        "please don't remind me of birthdays",
        "I don't want you to notify me",
        "stop emailing me",
    ],
)
def test_these_stop_messages(message: str) -> None:
    assert read_messaging(message) == "stop_messages"


@pytest.mark.parametrize(
    "message",
    [
        "my dad loves jazz, under $40",
        "send me ideas for my dad under $40",
        "send me a gift idea",
        "a message board for my office",
        "she likes writing letters",
        "no more books",
        "stop remembering",
        "what was the first one?",
        "can you find a reminder clock for my gran",
        "a card with a message for my mum",
        "text books for my son",
        "yes",
        "",
    ],
)
def test_these_are_about_something_else(message: str) -> None:
    assert read_messaging(message) is None
