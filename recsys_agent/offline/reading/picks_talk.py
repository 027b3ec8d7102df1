"""What talk about the picks comes to, and the words its readers share."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Action = Literal["undo", "redo", "show", "compare", "absence", "choose", "choose_which", "question"]


class AboutPicks(NamedTuple):
    """What is done, with the arguments of the tool that does it."""

    action: Action
    arguments: dict[str, Any]


SOFTENERS = (
    r"(?:(?:nah|no thanks|oh|ah|hm+|er+|uh|um|wait|no|nope|ok(?:ay)?|actually|sorry|oops|whoops|please|can you|"
    r"could you|can we|"
    r"could we|would you|i want to|i would like to|let us|let me|just|hey|well|and|then|now|never ?mind|my mistake|"
    r"my bad|forget (?:it|that)|whatever|fine|on reflection|thinking about it|come to think of it|to be honest|tbh|"
    r"honestly|i guess|i think|maybe|perhaps|you know what|i changed my mind|in the end|looking back|in hindsight|"
    r"after all|hold on|hang on|scratch that|on second thoughts?|damn)[ ,.!:;-]+)*"
)
EARLIER = (
    r"(?:from before|from earlier|from (?:the|your|that) (?:first|previous|last|earlier|prior|original|other) "
    r"(?:list|set|batch|round|lot|shortlist|selection|suggestions?|ones?|picks)|(?:of|in|on) (?:the|your) (?:first|"
    r"previous|earlier|original|last) (?:list|set|batch|round|lot|shortlist|selection|suggestions?|ones)|before that|"
    r"(?:that )?you (?:showed|had|suggested|listed|gave)(?: me)? (?:before|earlier|first|previously|at first|"
    r"initially)|"
    r"from the start|at the (?:start|beginning|outset)|in the beginning|to begin with|a moment ago)"
)
