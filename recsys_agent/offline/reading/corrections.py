"""Later turns that take back or replace what was said before."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.likeness import is_attribute
from recsys_agent.offline.reading.needs import ITEM_PATTERNS, is_one_thing
from recsys_agent.offline.reading.phrases import clean, interests, split
from recsys_agent.offline.reading.text import Message
from tools.brief import Brief
from tools.lexicon.shopping import is_colour
from tools.lexicon.stems import singular
from tools.planning.ages import ADULT_AGE, ADULT_RELATIONS

_REMOVE = re.compile(
    r"\b(?:forget(?: about)?|drop|scrap|remove|delete|cancel|scratch|never mind|nevermind|nix|ditch|lose|"
    r"leave out|take out|take off|get rid of|do not need|do not want|no need for|skip|less|without|"
    r"no longer (?:need|want|wants|likes|into|interested in)|instead of|rather than|"
    r"not interested in|no more|minus|cut|"
    r"(?:he|she|they) (?:does not|do not|is not|are not) (?:really )?(?:like|love|enjoy|into|play|do)|"
    r"no)\b(?: (?:about|the|a|an|any|any more|that|his|her|part|bit|for|my|on|thing|need|of|anymore|really|"
    r"list))*(?P<what>[^.;!?|]{2,60})"
)
_ALLOW = re.compile(
    r"(?:^|[,.;!?] ?)(?:(?:actually|ok|okay|fine|well|oh|sorry|hmm|wait|no|in fact|and|you know what|"
    r"on second thoughts?)[, ]+)*(?P<what>[a-z][\w' -]{1,40}?(?:(?:,| and| or) [\w' -]{2,30}?)?) (?:is|are|"
    r"would be|will be) (?:actually |also |totally |perfectly |still |now )?(?:fine|ok|okay|allowed|alright|"
    r"all right|no problem|not a problem|good|great|acceptable|welcome|possible|cool)\b"
    r"|\b(?:you can|it is (?:ok|okay|fine) to|feel free to|do) (?:include|suggest|show|"
    r"add)(?: me)? (?P<what2>[a-z][\w' -]{1,40}?)(?: again| after all|[.,!?]|$)|"
    r"\b(?P<what3>[a-z][\w' ]{1,30}?) (?:again|after all)\b|\b(?:does not|do not|"
    r"doesn't) mind (?P<what4>[a-z][\w' -]{1,30}?)(?: after all|[.,!?]|$)"
)
_ANY_COLOUR = re.compile(
    r"\b(?:any|whatever|whichever) colou?rs?\b|\bcolou?rs? (?:does|do) not (?:really |actually )?matter\b|"
    r"\b(?:does not matter|do not (?:mind|care)|no matter|forget|never mind|not fussed|ignore)(?: about)? "
    r"(?:(?:what|which|the|its) )*colou?rs?\b"
)
_SIDE = re.compile(
    r"^(?:(?:ok(?:ay)?|well|hm+|so|but|and|then|actually|maybe|please|can you|could you|let us|go|make it|a bit|rather|"
    r"keep it) )*(?:(?:rather|lean(?:ing)?|focus(?:ing)?|concentrate|stick|more)(?: more)?"
    r"(?: (?:for|of|on|to|towards?|about|with|in))?|just|only) (?:on )?(?:the )?(?P<what>[a-z][a-z' -]*?)"
    r"(?: (?:side|part|bit|direction|thing|theme|stuff|things|gifts?|ones?|only|please|instead|rather|though|then))*"
    r"[ .!]*$|^(?:(?:ok(?:ay)?|well|hm+|then|actually|please) )*(?P<alone>[a-z][a-z' -]*?) (?:only|alone)"
    r"(?: please)?[ .!]*$"
)
""" "More for the bbq side": of several wishes one."""
_OVER = re.compile(
    r"\b(?:(?:re)?start(?:ing)? (?:all )?(?:over|again|fresh|from (?:scratch|zero|the beginning)|anew)|restart|"
    r"(?:a |the )?(?:clean|blank) (?:slate|sheet)|new (?:search|request|recipient|gift|person|list|conversation|"
    r"one for)|reset|clear (?:everything|all|that)|forget (?:everything|all (?:of )?(?:that|this)|"
    r"it all|that all|all that)|scrap (?:that|everything|it all)|begin again|different person)\b"
)
_CORRECTING = re.compile(
    r"\b(?:actually|sorry|i mean|i meant|no,|wait|not my|correction|oops|rather|instead|it is (?:for )?my|he is my|"
    r"she is my|they are my|it's my|meant|is actually)\b"
)


_FOR_SOMEBODY = re.compile(
    r"\b(?:gifts?|presents?|something|party|cake|ideas?)\b[^.;!?]{0,40}\bfor (?:an?|my|our|the|his|her|their)\b"
)

_NEXT_FOR = re.compile(r"\b(?:now|next|another|also)\b[^.;!?]{0,40}\bfor (?:my|our|a|an|the)\b")


def starts_over(message: Message, brief: Brief, relation: str | None, age: int | None) -> bool:
    """A clearly different recipient with a request of its own, or a plain "start over"."""
    text = message.text
    if said := _OVER.search(text):
        message.close(*said.span())  # whatever was asked, this is no answer
        return True
    known = brief.recipient.relation
    if not relation and age is not None and _FOR_SOMEBODY.search(text) and not _CORRECTING.search(text):
        # "A party for my 6-year-old" after a gift for dad names no relation, but cannot be for dad.
        known_age = brief.recipient.age_years
        return age != known_age if known_age is not None else known in ADULT_RELATIONS and age < ADULT_AGE
    if relation and not known and brief != Brief() and _NEXT_FOR.search(text):
        return True
    if relation and relation != known and age is not None and not _CORRECTING.search(text):
        known_age = brief.recipient.age_years
        if known_age is not None and age != known_age:
            return True  # "my dad turns 60" after a party for somebody of six
    if not relation or not known or relation == known or _CORRECTING.search(text):
        return False
    return bool(
        re.search(
            r"\b(?:gifts?|presents?|something|ideas?|one|now|next|also|looking|need|want|what about|"
            r"how about)\b[^.;!?]{0,50}\bfor\b|\b(?:needs?|wants?|gets?|deserves?|should (?:get|have)) (?:one|1|"
            r"something|an? (?:gift|present))\b|^(?:(?:ok(?:ay)?|and|so|then|great|thanks|thank you|right)[ ,.!]+)*for "
            r"(?:my|his|her|their|our)\b|\bwhat (?:about|can|should|do)\b|\bnow (?:my|for|the)\b|\bnext (?:is|up|"
            r"my)\b|\bnow\b|^\W*(?:an? |some )?[\w'-]+(?: [\w'-]+){0,2} for (?:my|our|an?)\b",
            text,
        )
    )


def _other_sides(message: Message, brief: Brief) -> list[str]:
    """The wishes that give way where one of several is to count: "more for the bbq side"."""
    match = _SIDE.match(message.text.strip()) if len(brief.interests) > 1 else None
    meant = [wish for wish in brief.interests if match and same(wish, match["what"] or match["alone"])]
    return [wish for wish in brief.interests if meant and wish not in meant]


def read_removals(message: Message, brief: Brief) -> list[str]:
    """What of the brief is taken back; the words are closed. Things not in the brief are refusals, read elsewhere."""
    removed = _other_sides(message, brief)
    if removed:
        message.close(0, len(message.text))
    if colour := _ANY_COLOUR.search(message.text):
        removed += [word for word in dict.fromkeys((*brief.must, *brief.interests)) if is_colour(word)]
        message.close(*colour.span())
    for match in _REMOVE.finditer(message.open):
        what = re.split(r",? ?\b(?:but|he|she|they|now|i|we|more)\b", match["what"])[0]
        for phrase in split(
            re.split(
                r"\bjust\b|\band (?:make|add|show|keep|instead)\b|,? (?:instead|please|thanks|anymore|after all|"
                r"any more)\b",
                what,
            )[0]
        ):
            removed += _known(phrase, brief, refusal=bool(re.match(r"(?:no|without|skip|do not want)\b", match[0])))
        if removed and not all(is_attribute(singular(word)) for word in removed):  # "no ceramic" is also refused
            message.close(match.start(), match.start("what") + len(what))
    for match in _ALLOW.finditer(message.open):
        words = match["what"] or match["what2"] or match["what3"] or match["what4"] or ""
        taken = [
            p for phrase in interests(words) for p in (*brief.avoid, *brief.allergies, *brief.owned) if same(p, phrase)
        ]
        if taken:
            removed += taken
            message.close(*match.span())
    if removed or not brief.budget:
        return list(dict.fromkeys(removed))
    if re.search(
        r"\b(?:forget|drop|ignore|scrap|remove|no) (?:about )?(?:the |my |that )?(?:budget|price limit|limit)\b",
        message.open,
    ):
        removed.append("budget")
    return removed


def _known(phrase: str, brief: Brief, *, refusal: bool) -> list[str]:
    """The entries of the brief that the phrase names."""
    cleaned = clean(phrase)
    if not cleaned:
        return []
    kinds = [
        kind
        for kind, pattern in ITEM_PATTERNS.items()
        if pattern.search(cleaned)
        and any(n.kind == kind and not (refusal and is_one_thing(n, cleaned)) for n in brief.needs)
    ]
    if re.fullmatch(r"(?:the )?(?:gifts?|presents?)", cleaned) and any(n.kind == "gift" for n in brief.needs):
        kinds.append("gift")
    if kinds:
        return list(kinds)
    lists = [*brief.interests] if refusal else [*brief.interests, *brief.avoid, *brief.allergies, *brief.owned]
    found = [entry for entry in lists if same(entry, cleaned)]
    if not refusal and brief.theme and same(brief.theme, cleaned.removesuffix(" theme")):
        found.append(brief.theme)
    if re.fullmatch(r"(?:price )?(?:budget|limit|price limit)", cleaned) and brief.budget:
        found.append("budget")
    return found


def same(entry: str, phrase: str) -> bool:
    """Equal up to number and a shared head: "tea" takes back "green tea"? No; "books" takes back "book"."""
    return entry == phrase or entry.rstrip("s") == phrase.rstrip("s") or entry == phrase.removesuffix(" thing")
