"""What a party is to have that is none of the needs a plan knows: "with a costume", "drinks", "thank-you cards"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.text import Message

_EXTRAS = (
    r"(?:(?!(?:and|or|with|a|an|the|some|no|for|of|from|loves?|likes?|has|plus|also|wear|their|want|need) )[a-z'-]+ )?"
    r"(?:costumes?|fancy dress(?: outfits?)?|dressing[- ]up (?:clothes|things)|outfits?|masks?|wigs?|sash(?:es)?|"
    r"tiaras?)|(?:soft |cold |hot |fizzy |non-alcoholic )?(?:drinks?|beverages?)|(?:something|anything|things|"
    r"stuff) to (?:drink|eat)(?! (?:from|out of|off|with|on)\b)|"
    r"(?:orange |apple )?juices?|lemonade|soda|prosecco|champagne|beers?|punch|"
    r"(?:finger |party )?food|snacks?|nibbles|crisps|pizzas?|sandwiches|catering|buffet|ice cream(?! cake)|popcorn|"
    r"candy floss|(?:background |live |party |some )?music|playlists?|(?:a )?dj|(?:live )?band|photographer|clowns?|"
    r"thank[- ]you (?:cards|notes)|wrapping paper|gift wrap|guest ?book|prizes|"
    r"gazebos?|marquees?|tents?|(?:folding )?(?:tables|chairs)|fireworks|(?:a )?venue|(?:a )?hall"
)
_NAMED = re.compile(rf"(?<![\w'-])(?P<thing>{_EXTRAS})(?![\w'-])")
_BEFORE = re.compile(
    r"(?:^|[,:;.&+] ?|\b(?:and|with|plus|also|need|want|get|have|for|include|including|add|some|an?|the|his|her|their|"
    r"my|\d+) )$"
)
_REFUSED = re.compile(
    r"\b(?:no|not|without|skip|already|sorted|loves?|likes?|enjoys?|into|hates?|allergic|listens? to|plays?|or|nor)\b"
    r"[^,.;!?]{0,30}$"
)
_ELSE = re.compile(r" (?:party|theme|themed|lover|fan|lessons?|is sorted|is covered|are sorted|will be)\b")


def read_extras(message: Message, known: list[str]) -> list[str]:
    """The things asked for by name, as they were said; what is read as an interest already (``known``) is searched."""
    found = []
    for match in _NAMED.finditer(message.text):
        before, thing = message.text[: match.start()], match["thing"]
        if not _BEFORE.search(before) or _REFUSED.search(before) or _ELSE.match(message.text, match.end()):
            continue
        if any(interest in thing or thing in interest for interest in known):
            continue
        found.append(thing)
    return list(dict.fromkeys(found))
