"""What a clause says of the needs in it: keep, swap, drop them, or how much they matter. "@" stands for the needs."""

from __future__ import annotations

import re
from typing import Literal

Verdict = Literal["keep", "swap", "drop", "weigh_3", "weigh_2", "weigh_1"]

_VERY = (
    r"(?: (?:really|very|so|too|that|all|just|quite|super|absolutely|totally|already|actually|still|pretty|rather|"
    r"also|much|a bit|a little|kind of|kinda|not|simply|such|such a|truly|way|perfectly|completely|big|the|a|bit))*"
)
_BE = r"(?:is|are|was|were|looks?|sounds?|seems?|feels?|would be|will be|will do|has been|have been|being)"
_PERSON = (
    r"(?:(?:my|his|her|our|their|a|the|some|another) (?:[\w-]+ )?[\w-]+|grand?(?:ma|pa|mother|father|dad|mum|mom)|"
    r"gran|granny|nana|nan|grandad|mum|mom|mother|dad|father|auntie?|uncle|she|he|they|i|we|someone|somebody|you)"
)
_MAKES = (
    r"(?:bak|mak|bring|do|buy|provid|handl|organi[sz]|sort|get|cook|order|suppl|prepar|arrang|tak|cover|craft|giv)"
    r"(?:e|es|s|y|ies|ing|ting|ying)?"
)

_DROP = (
    r"\b(?:no|drop|skip|without|forget(?: about)?|leave out|lose|scrap|nix|ditch|cut(?: out)?|remove|delete|cancel|"
    r"scratch|do without|take out|take off|minus|not need|not want|no longer (?:need|want)|no need for|need no|want no|"
    r"get rid of|omit|bin|strike|never ?mind(?: about)?|not bother (?:with|about)|not (?:have|having|getting|get|"
    r"include|"
    r"order|buy)|except|exclude|lets skip|pass on)(?: more)? @(?! (?:that|which|with|under|over|more|too|is not)\b)",
    r"\b(?:leave|take|cut|keep) @ (?:out|off|away)\b",
    rf"@ {_BE}{_VERY} (?:sorted|covered|taken care of|handled|done|needed|necessary|unnecessary|bought|ordered|"
    rf"organi[sz]ed|arranged|superfluous|under control|dealt with|in hand|cancelled|out|off the (?:list|table))\b",
    r"\balready (?:have|has|got|bought|ordered|have got|has got|made|organi[sz]ed)(?: enough| plenty of)? @",
    r"\b(?:have|has|got|have got)(?: got)? @ (?:already|covered|sorted)\b|\b(?:have|got|own)(?: got)? (?:\w+ "
    r")?(?:loads|"
    r"plenty|enough|lots|tons|heaps|a ton|too many|so many)(?: of)?(?: @|$)",
    rf"\b{_PERSON} (?:(?:is|are|am|will|has|have|can|would|could|going to|gonna|already|kindly|be|offered to|wants to|"
    rf"insists on|always|does|actually) )*{_MAKES} @(?: (?:myself|ourselves|herself|himself|themselves|already|for us|"
    rf"anyway|instead|this time|this year|now))*$",
    rf"^(?!what|how|who|can|could|is|are|you\b)[a-z]+(?: [a-z]+){{0,2}} (?:is|are|will|has|have)(?: be)? {_MAKES} @",
    r"@ (?:can|could|should|has to|have to|must|may) go\b(?! first)",
    r"@ (?:is|are) (?:on|by|from|coming from|made by|down to|up to) (?:my|her|his|our|me|us|grand\w+|mum|mom|dad|"
    r"aunt\w*)",
)
_KEEP = (
    r"\b(?:keep|retain|leave|stick (?:with|to)|stay with|hang on ?to|hold on ?to|not (?:change|touch|swap|replace|"
    r"lose|drop)|lock in|fix|go with|take|want to keep|save)(?: only| just)? @(?! (?:simple|basic|minimal|low|small|"
    r"cheap|out|off|under|below|within|at|to|around|about|max|less|between))",
    r"@ (?:(?:can|should|may|must|has to|have to|gets to|needs to|will) )?(?:stays?|remains?)\b",
    rf"@ (?!would|will){_BE}(?:(?!(?: \w+)* (?:not|no)\b){_VERY}) (?:fine|ok|okay|good|great|perfect|lovely|nice|"
    rf"spot on|brilliant|"
    rf"wonderful|awesome|cute|ideal|super|alright|amazing|excellent|gorgeous|beautiful|cool|fantastic|adorable|right|"
    rf"set|settled|decided|delicious|yummy|a keeper|keepers?|a winner|winners?|fab|best|sweet|on point)\b",
    r"(?<!not )(?<!not really )(?<!would )\b(?:like|likes?|love|loves?|adores?|happy with|pleased with|fine with|"
    r"good with|ok(?:ay)? with|content with|sold on|fan of|yes to|thumbs up for) @",
)
_SWAP = (
    r"\b(?:an?other|different|differnt|diffrent|new|alternative|alternate|others?)(?: kinds?| sorts?| types?)?(?: "
    r"of)? @",
    r"(?<!not )\b(?:swap|change|replace|switch|exchange|redo|rethink|reconsider|trade)(?: out| up| in| only| just)* @"
    r"(?! (?:number|quantity))",
    r"\b(?:swap|switch|change|trade) @ (?:out|for|to|with)\b",
    r"\b(?:something|anything) (?:else|different|other|better)(?: (?:for|as|instead of|than))? @",
    r"@ (?:to be |to look |should be |could be |must be |need to be )?(?:a bit |a little )?(?:less|more|not so|not as) "
    r"(?!than\b|expensive\b|pricey\b)[a-z-]+$",
    r"\b(?:something|anything) (?:a bit |a little |slightly |much )?(?:more|less|not so|not as) (?!than\b)[a-z-]+ "
    r"(?:for|as|instead of) @",
    r"\bnot(?: (?:really|so|too|very|quite|sure|much|a|big|super|particularly|entirely|exactly|totally))*"
    r"(?: (?:like|love|keen on|into|convinced (?:by|about|of)|fond of|sure about|feeling|fancy|happy with|fan of|"
    r"right about|impressed (?:by|with)|crazy about|sold on|a fan of|wild about|enjoy))? (?:about )?@",
    r"\b(?:hate|dislike|loathe|can not stand) @",
    rf"@ {_BE}{_VERY} (?:boring|ugly|dull|wrong|plain|meh|awful|terrible|tacky|childish|babyish|bland|horrible|weird|"
    rf"hideous|garish|generic|rubbish|lame|unsuitable|gross|naff|basic|disappointing|ordinary)\b",
    rf"@ {_BE} not{_VERY} (?:right|nice|it|great|good|my taste|for us|for me|what|suitable|working|pretty|ideal|cute|"
    rf"fun)",
    r"\b(?:nicer|better|fancier|bigger|smaller|prettier|cuter|cooler|funnier|simpler|cheaper|less (?:expensive|pricey)|"
    r"(?:more|less) (?!than\b)[a-z]+) @",
    r"\b(?:other|different|more|another|alternative) (?:options?|ideas?|choices?|suggestions?|ones?|picks?|"
    r"alternatives?)"
    r" (?:for|of|to) @|\b(?:options|alternatives|alternative) (?:for|to) @",
    rf"@ {_BE}(?: (?:a bit|a little|rather|way|far|just))* (?:much|over the top|too (?!expensive|pricey|dear|"
    rf"costly)[a-z]+)",
    r"@ (?:does not|do not) (?:convince|appeal|do it|work|fit|look)",
)
_MOST = (
    rf"@ {_BE}{_VERY} (?:most important|important|crucial|vital|key|essential|priority|top priority|main thing|must|"
    rf"number 1|everything|what (?:counts|matters)|highlight|centrepiece|centerpiece|star)\b",
    r"\bwhat (?:really )?(?:matters|counts)(?: most| to (?:me|us|her|him))? (?:is|are) @",
    r"@ (?:matters?|counts?)(?: (?:the )?most| a lot| more than anything| more| above all|$)",
    r"\b(?:most important(?:ly)?(?: thing| bit| part)?|(?:top|main|first|number one|number 1) priority|key thing|"
    r"main thing)"
    r"(?: (?:is|are|to (?:me|us|her|him)|for (?:me|us)|here))*:? @",
    r"\b(?:focus(?:s?ing)?|concentrate|splurge|go (?:all out|big|to town|wild)) on @|\bprioriti[sz]e @",
    r"@ (?:should |must |has to |have to )?(?:comes?|goes?) first|@ (?:has|have|gets?|takes?|deserves?)(?: \w+)? "
    r"priority",
    r"\bspend (?:most|more|the most|the bulk|the lion's share)(?: of (?:it|that|the (?:money|budget)|our budget|my "
    r"budget))?"
    r" on @|\b(?:care|mind)s? (?:most(?:ly)?|the most|a lot|mainly) (?:about|for) @|\bmostly about @|\babove all @",
)
_LEAST = (
    r"@ (?:do|does|did) not (?:really |actually )?matter|@ (?:matters?|counts?) (?:less|least|the least|little)",
    r"\bnot (?:really |much |too |that )*(?:care|mind|worry)(?: (?:much|too much|that much|so much|a lot|at all|"
    r"really))?"
    r" (?:about|for|what) @",
    rf"@ {_BE} (?:not(?: (?:really|that|so|too|very|all that|super|overly|as|particularly|terribly|so very|of|a))*"
    rf" (?:important|priority|crucial|big deal|essential|key|vital)|whatever|secondary|(?:the )?less important|"
    rf"(?:the )?least important|low priority|unimportant|an afterthought|optional|just (?:a )?nice to have|minor)",
    r"\b(?:skimp|save(?: money)?|go easy|cut back|economi[sz]e|cut corners|scrimp|spend less|spend little|go cheap) "
    r"on @",
    r"\bnot(?: (?:too|really|that|so|overly|super|very|all that))* (?:fussed|bothered|fussy|worried|precious|picky) "
    r"(?:about|"
    r"by|with|over) @",
    r"\bkeep @ (?:simple|basic|minimal|low[- ]key|cheap|small)|\b(?:least|less) important(?: (?:is|are))?:? @",
    r"\bany old @|\b(?:cheap|simple|basic) @ (?:is|are|will) (?:fine|ok|okay|enough|do)",
)
_EQUAL = (r"@ (?:is|are|matters?) (?:just )?(?:as|equally) (?:important|much)|@ (?:is|are) equally",)

_SAID: dict[Verdict, tuple[str, ...]] = {
    "weigh_2": _EQUAL, "weigh_1": _LEAST, "weigh_3": _MOST, "drop": _DROP, "swap": _SWAP, "keep": _KEEP,
}  # fmt: skip
"""The order decides: "not important" before "important", "leave out" before "leave"."""
_PATTERNS: dict[Verdict, re.Pattern[str]] = {
    verdict: re.compile("|".join(patterns)) for verdict, patterns in _SAID.items()
}


def verdict_of(said: str) -> Verdict | None:
    """What is said of "@" in a clause, or None for nothing of the kind."""
    for verdict, pattern in _PATTERNS.items():
        if pattern.search(said):
            return verdict
    return None


_MADE_AT_HOME = re.compile(
    rf"^{_PERSON}(?: (?:is|are|will|has|have|loves to))*(?: be)? {_MAKES}(?: (?:one|it|something|that))?$"
)
_SOMETHING_ELSE = re.compile(
    r"^(?:maybe |perhaps |rather |ideally )?(?:something|anything|one that is|more|less|show)\b"
)


def explains(said: str, verdict: Verdict | None) -> bool:
    """Whether a clause that names no need only gives the reason for its neighbour's verdict, or says what instead."""
    if verdict == "drop":
        return bool(_MADE_AT_HOME.search(said.strip(" |")))
    return verdict == "swap" and bool(_SOMETHING_ELSE.search(said.strip(" |")))
