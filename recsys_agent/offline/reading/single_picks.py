"""Which picks a message wants replaced while the others stay: "the second is too big", "keep 1, swap the rest"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from recsys_agent.offline.reading.model import Critique
from recsys_agent.offline.reading.pick_names import Named, marked, named_picks
from recsys_agent.offline.reading.reactions import critique_of
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.verdicts import verdict_of

Fate = Literal["stays", "goes"]


class SinglePicks(NamedTuple):
    """What gives way, or what alone stays; "cheaper" or "dearer" where what comes shall be so."""

    replace: list[str]
    all_but: list[str]
    critique: Critique | None = None


NONE = SinglePicks([], [])

_CLAUSE = re.compile(r"[.;!?]+(?= |$)|, ?(?:and |but |or |so )?| (?:and|but|because|since|while|though|whereas) | - ")
_LIKE = re.compile(r"\b(?:more|something|anything|ones?|others|similar|stuff|things) (?:like|similar to|to) @")
_BESIDE = re.compile(r"\bit,? (?:and|or|nor|&|plus) @|@,? (?:and|or|nor|&|plus) it\b")
_ALL_BUT = re.compile(
    r"\b((?:everything|all|both)(?: (?:of (?:them|it|those)|is|are|looks?|fine|good|great|ok|okay))*) but (?=@)"
)
_ASKS = re.compile(r"(?:why|which|what(?! about)|how(?! about)|is|are|was|were|does|do|did|who|where|when)\b")
_ABOUT_IT = re.compile(
    r"(?:it |is |was |looks? |just |a bit |a little |way |far |rather |quite )*(?:too|not|wrong|ugly)\b"
    r"|(?:please |just |so )*(?:swap|change|replace|ditch|drop|lose|bin) (?:it|that|this)\b"
)

_HARDLY = (
    r"(?:really|just|still|so|simply|definitely|probably|sadly|again|also|both|all|a bit|a little|way|far|rather|"
    r"quite|pretty)"
)
_POOR = (
    r"(?:no|nah|nope|meh|hmm|out|too|wrong|ugly|boring|dull|awful|horrible|tacky|a no|much|over the top|unsuitable|"
    r"rubbish|expensive|pricey|steep|dear|cheap|overpriced|crap|weird|bad|lame|hideous|costs? too|"
    r"not(?! (?:too |so |that |at all )?(?:bad|wrong|ugly|expensive|only|dear|boring)))"
)
_UNLOVED = (
    r"(?:hates?|dislikes?|can not stand|not (?:really )?(?:like|love|want|need|keen on|into|sure about|fancy|feeling)|"
    r"not (?:convinced (?:by|about)|crazy about|a fan of)|already (?:has|have|got|owns?|bought)|"
    r"(?:he|she|they|who) (?:has|have|owns?|got)(?: got)?)"
)
_GOES = re.compile(
    r"\b(?:instead of|in place of|rather than|other than|in exchange for|get rid of|ditch|lose|bin|not|no to|drop|"
    r"remove|delete|scrap|skip|strike|take (?:out|off|away)|leave (?:out|off)|cross (?:out|off)|"
    r"except(?: for)?|apart from|besides|never mind|forget(?: about)?|anything but|nothing like) @"
    r"|\b(?:alternatives?|options?|replacements?|substitutes?|one|something|anything|idea|ones|else)"
    r"(?: (?:that is |a bit |a little )?\w+)? (?:to|for|than|as) @"
    r"|\b(?:cheaper|dearer|pricier|nicer|better|bigger|smaller|fancier|simpler) (?:\w+ )?(?:than|to|for) @"
    rf"|@[,:]?(?: -)? (?:(?:is|are|looks?|was|seems?|feels?) )?(?:{_HARDLY} )*{_POOR}\b"
    r"|@ (?:does not|do not|will not|would not|did not|can not)(?: really| quite)? (?:suit|work|fit|do\b|please|appeal|"
    r"convince|feel|seem|look|speak|grab|excite|like)"
    rf"|\b{_UNLOVED} @(?! (?:is|was|looks|stays|are)\b)"
    r"|\b(?:meh|nah|no|nope|nay|unsure|iffy|lukewarm|not sold|not keen) (?:on|to|about|with|for) @"
    r"|\b(?:take|leave|cross|strike) @ (?:out|off|away)\b"
    r"|@ (?:please |just |so )*(?:swap|change|replace|ditch|drop|lose|bin) (?:it|that|this)\b"
    r"|\b(?:replace|swap|change|exchange|switch)(?: out| only| just)* @"
    r"|@ (?:again|already)? ?(?:is what )?(?:he|she|they) (?:already )?(?:has|have|owns?|got|hates?)"
    r"|@ (?:should|can|must|has to|needs to|may) (?:go|be (?:replaced|swapped|changed|cheaper|different))"
    r"|\bmake @ (?:a bit |a little |much )?(?:\w+er\b|less|more|different)"
)
_FAVOURED = re.compile(r"\b(?:fancy|want|prefer|take|choose|into|interested in|love|like) @")
_STAYS = re.compile(
    r"\b(?:keep|keeping|leave|only(?: really)? (?:like|want|love)|happy with|stick with|hold on to|hang on to|save) "
    r"(?:only |just )?@(?! out)|\bonly @ (?:is|are|works?|looks?|appeals?)|@ (?:can|may|should|must)? ?stays?\b"
)
_REST = re.compile(
    r"\b(?:the |all )*(?:rest|other (?:2|3|4|ones?|picks|options|2 picks)|others?|remaining(?: ones| 2| picks)?|"
    r"everything else)\b"
)
_REST_GOES = re.compile(
    r"\b(?:swap|change|replace|exchange|switch|redo|not|drop|lose|ditch|instead of|hate|different|new|else|others?|"
    r"another|for) (?:out )?%|% (?:is|are|can|should|look|seem|have|must)? ?(?:go|not|too|boring|dull|meh|nah|no\b|"
    r"ugly|awful|out\b|cheaper|different)|^%$|\b(?:something|anything) (?:else|different|new)\b|\b(?:different|new) "
    r"ones\b|\bother (?:ideas?|options?|suggestions?|picks)\b|\bshow (?:me )?%|\b2 (?:new|others?|different)"
)


def read_single_picks(message: Message, shown: int, titles: Sequence[str]) -> SinglePicks:
    """What gives way; the words that name it are struck. Nothing where the whole list, or none of it, is meant."""
    mentions = named_picks(message.text, shown, titles)
    if not mentions or ("?" in message.text and _ASKS.match(message.text.strip())):
        return NONE
    said = _ALL_BUT.sub(r"\1 except ", marked(message.text, mentions))
    fates = _fates(said, mentions)
    gone = [named for named, fate in fates if fate == "goes"]
    stay = [named for named, fate in fates if fate == "stays"]
    rest = _rest_goes(message.text, mentions) if stay else False
    replace = [pick for named in gone for pick in named.picks]
    all_but = [pick for named in stay for pick in named.picks] if rest and not gone else []
    if not replace and not all_but:
        return NONE
    critique = critique_of(said.replace("@", "it"))
    for named in (*gone, *stay):
        message.strike(named.start, named.end)
    return SinglePicks(replace, all_but, critique if critique in ("cheaper", "dearer", "spend_more") else None)


def _fates(said: str, mentions: Sequence[Named]) -> list[tuple[Named, Fate]]:
    """What becomes of each mention, by the clause it stands in.

    One that stands alone belongs to the clause before it ("swap the first | and the third"), else to the one behind
    ("the first | and the third are dull"); a clause without any may still speak of the last ("| but too dear").
    """
    fates: dict[Named, Fate] = {}
    at, alone, head = 0, list[Named](), ""
    latest: Sequence[Named] = ()
    for clause in map(str.strip, _CLAUSE.split(said)):
        here = mentions[at : at + clause.count("@")]
        at += len(here)
        if here and re.fullmatch(r"(?:(?:and|or|also|then|with|for) )*@(?: one)?", clause):
            if fate := _fate(head, 0):
                fates |= dict.fromkeys(here, fate)
            else:
                alone += here
            continue
        about = here or alone or (latest if _ABOUT_IT.match(clause) else ())
        text = clause if here else f"@ {clause}"
        for index, named in enumerate(about):
            if fate := _fate(text, index if here else 0):
                fates[named] = fate
        if here and alone and (fate := _fate(text, 0)):
            fates |= dict.fromkeys(alone, fate)
        if about:
            alone, head, latest = [], text, about
    return list(fates.items())


def _fate(clause: str, index: int) -> Fate | None:
    """What the clause says of its mention of this number; the other mentions are just things in it."""
    parts = clause.split("@")
    said = _BESIDE.sub("@", "@".join(("it".join(parts[: index + 1]), "it".join(parts[index + 1 :]))))
    if _LIKE.search(said):
        return None
    if _STAYS.search(said):
        return "stays"
    if _GOES.search(said):
        return "goes"
    if _FAVOURED.search(said):
        return "stays"
    verdict = None if re.search(r"\babout @", said) else verdict_of(said)
    return "stays" if verdict == "keep" else "goes" if verdict == "swap" else None


def _rest_goes(text: str, mentions: Sequence[Named]) -> bool:
    said = _REST.sub("%", marked(text, mentions))
    if re.search(r"\b(?:similar|more like|like (?:it|that|this))\b", said):
        return False
    return any(_REST_GOES.search(clause.strip()) for clause in _CLAUSE.split(said) if "@" not in clause) or bool(
        re.search(r"\bonly (?:like|want|love|keep) @|\bonly @ (?:is|are|works|looks)|\b(?:keep|leave) only @", said)
    )
