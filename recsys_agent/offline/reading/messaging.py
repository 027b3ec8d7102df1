"""Whether a message lets us write unasked ("you may message me") or forbids it ("no more reminders")."""

from __future__ import annotations

import re
from typing import Literal

from recsys_agent.offline.reading.text import canonical

Messaging = Literal["allow_messages", "stop_messages"]

_SO = r"(?:(?:please|yes|yeah|sure|ok|okay|hey|now|and|just|actually|also|no|thanks|thank you)[,.! ]+)*"
_VERB = (
    r"(?:message|messaging|notify(?:ing)?|contact(?:ing)?|remind(?:ing)?|alert(?:ing)?|ping(?:ing)?|text(?:ing)?|"
    r"e-?mail(?:ing)?|write(?: to)?|writing(?: to)?|nudg(?:e|ing)|reach out to|reaching out to|get in touch with)"
)
_NOUN = (
    r"(?:(?:any|some|a few|more|your|the|these|those|such|unsolicited|birthday|proactive|push) )*"
    r"(?:messages?|reminders?|notifications?|alerts?|notices?|updates?|nudges?|pings?|e-?mails?|heads[- ]up)"
)
_DOES = rf"(?:{_VERB} (?:me|us)|(?:send|sending|give|giving|drop|dropping) (?:me|us) (?:a )?{_NOUN})"
_OF = (
    r"(?: (?:of|about|before|when(?:ever)?|if|ahead of|in time (?:for|before)|on|for|with|again|any ?more|from now on|"
    r"unasked|first|whenever|once|by yourself|from time to time|now and then|at all|ever|then|please|at any time|"
    r"any ?time)\b[^?$€£]{0,100})?"
)
_MAY = (
    r"(?:you (?:may|can|could|are (?:allowed|welcome|free) to|have my (?:permission|consent|ok|okay) to|should)|"
    r"feel free to|go ahead and|do|i (?:agree|consent)(?: that you may| to you| that you)?|"
    r"(?:it|that) is (?:ok|okay|fine|alright|all right)(?: with me| by me)? (?:to|if you|for you to)|"
    r"i (?:would|will) (?:like|love|be (?:happy|glad)|not mind)(?: it)?(?: for| if)? you(?: would| could)?(?: to)?|"
    r"i (?:want|would like|would love|need) you to|can you|could you|would you|will you|start|begin)"
)
_NOT = (
    r"(?:stop|quit|cease|no more|do not|never|do not ever|please do not|"
    r"i (?:do not|no longer) want(?: you to| you| any)?|you (?:may|can|should|must) (?:not|no longer)|"
    r"i would rather you did not|i (?:withdraw|take back|revoke) my (?:consent|permission|ok|okay)(?: to)?(?: you)?|"
    r"enough with|enough of|cancel|turn off|switch off|no)"
)
_END = r"(?:[, ]+(?:please|thanks|thank you))?[ .!?]*"

_STOPS = re.compile(
    rf"{_SO}(?:{_NOT} (?:{_DOES}|{_NOUN}(?: (?:to|for) me)?|(?:to )?(?:send|sending|get|getting|receive|receiving)"
    rf"(?: me)? {_NOUN}){_OF}|(?:turn|switch) {_NOUN} off|(?:please )?unsubscribe(?: me)?(?: from [\w ]{{1,40}})?|"
    r"(?:opt|take|count|leave) me out(?: of [\w ]{1,40})?|"
    rf"i (?:withdraw|revoke|take back) my (?:consent|permission)(?: (?:to|for) {_NOUN}| to be \w+)?){_END}",
    re.IGNORECASE,
)
_ALLOWS = re.compile(
    rf"{_SO}(?:(?:{_MAY} )?{_DOES}{_OF}|(?:turn|switch) (?:on )?{_NOUN}(?: (?:back )?on)?|"
    rf"i (?:want|would like|would love) (?:to (?:get|receive|have) )?{_NOUN}{_OF}|"
    rf"(?:subscribe|sign|opt) me (?:up|in)(?: (?:for|to) {_NOUN}{_OF})?|"
    rf"i (?:agree|consent) to (?:(?:getting|receiving|being sent) )?{_NOUN}{_OF}){_END}",
    re.IGNORECASE,
)


def read_messaging(message: str) -> Messaging | None:
    """What the whole message says about messages unasked; None where it says anything else, or more."""
    text = canonical(message).strip()
    if _STOPS.fullmatch(text):
        return "stop_messages"
    return "allow_messages" if _ALLOWS.fullmatch(text) else None
