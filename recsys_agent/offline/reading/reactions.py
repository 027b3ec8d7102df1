"""How the shopper reacts to the picks: takes one, asks about one, wants others."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.model import Critique
from recsys_agent.offline.reading.positions import ORDINAL
from recsys_agent.offline.reading.smalltalk import chat_of

_CHEAPER = re.compile(
    r"\b(?:cheaper|cheapest|least expensive|less (?:expensive|pricey|costly|money|fancy)|lower[- ](?:priced?|"
    r"budget|cost)|more (?:affordable|reasonable|budget[- ]friendly|economical|modest)|(?:too|bit|little|very|"
    r"way too|so|rather|pretty|quite) (?:expensive|pricey|steep|dear|costly|much money)|"
    r"(?:that|those|these|they|it|all|this)(?: is| are| all| were)* (?:too much|expensive|pricey|"
    r"over (?:my )?budget|out of my (?:price range|budget|league)|above my budget)|over (?:my|our|the) budget|"
    r"out of (?:my|our) (?:budget|price range)|can not afford (?:that|those|it|these|this)|"
    r"lower (?:the )?prices?|bring (?:the |it )?(?:price )?down|"
    r"anything (?:for less|less(?! (?!please)[a-z]))|not (?:as|so|that) expensive|something (?:for less|"
    r"less(?! (?!please)[a-z]))|spend less|pricey|"
    r"the price is too high|costs? too much|too high|on the cheaper side)\b"
)

_DEARER = re.compile(
    r"\b(?:fancier|more (?:expensive|luxurious|upscale|premium|special|exclusive|high[- ]end|impressive|pricey|"
    r"extravagant|generous)|pricier|dearer|classier|posher|nicer|better quality|higher[- ](?:quality|end|priced?|"
    r"budget)|more upmarket|upmarket|upgrade|too cheap|(?:looks?|feels?|seems?) (?:too |a bit )?cheap|"
    r"splash out|step (?:it )?up|spend (?:a bit |a little )?more|can (?:spend|go) (?:a bit |a little )?(?:more|"
    r"higher)|something (?:bigger|grander)|more money)\b"
)

_SPEND_MORE = re.compile(
    r"\b(?:(?:a (?:bit|little)|slightly|somewhat|little) )?(?:more expensive|dearer|pricier|more money|higher prices?|"
    r"more|higher) (?:is|are|would be|will be|can be) (?:also |totally |absolutely |perfectly |quite "
    r")?(?:ok(?:ay)?|fine|"
    r"good|all ?right|possible|no problem|not a problem|acceptable|cool)\b|\b(?:can|could|may|might|am able to|"
    r"am willing "
    r"to|willing to|happy to|would|do not mind|not mind) (?:also |probably |maybe |even )?(?:spend|spending|go|"
    r"going|pay|"
    r"paying|stretch|stretching|push) (?:it |to )?(?:a (?:bit|little)|slightly|somewhat|some)?[ -]?(?:more|"
    r"higher|further|"
    r"extra)\b(?! than \d)|\b(?:do not|not|would not|wouldn't) mind (?:if (?:it|they) (?:is|are|cost|costs) )?(?:a "
    r"(?:bit|little) |slightly )?(?:more(?: expensive)?|pricier|dearer)\b|\bstretch the budget\b"
)

_DIFFERENT = re.compile(
    r"\b(?:something (?:else|different|completely different|new|other)|anything else|other (?:ideas?|options?|"
    r"suggestions?|things?|gifts?|picks|choices|ones|presents)|others|another (?:one|idea|option|suggestion|"
    r"round|set|batch|gift|pick)|different (?:ones?|ideas?|options?|suggestions?|things?|gifts?|picks|direction|"
    r"stuff)|"
    r"(?:show|give|send|suggest)(?: me)?(?: some| a few| \d{1,2})? (?:more|others|another)\b(?! like)|"
    r"more (?:ideas?|options?|suggestions?|choices|gifts|picks|please|recommendations)|(?:some|any|few|"
    r"\d) more\b(?! (?:like|kids?|children|child|guests?|people|friends?|boys|girls|of us)\b)|what else|(?:do not|"
    r"did not|does not|not) (?:really |much )?(?:like|love|want|fancy|"
    r"feel|keen on|into|sure about|convinced by|care for) (?:any of |all of |either of )?(?:those|these|them|"
    r"that|this|it|any|the (?:first|second|third|fourth|fifth|last|\d\w\w))(?: one| ones| pick| picks| option|"
    r" options| idea| ideas)?|"
    r"(?:scrap|swap|change|replace|drop|ditch|bin|lose) (?:out )?(?:all of )?(?:these|those|them|the lot|all)\b|"
    r"(?:none|neither|not any) of (?:those|these|them)|^neither\b(?! (?:of us|he|she|do|does))|"
    r"^(?:still|again) no(?:pe)?$|(?:like|want|love|fancy) none|none (?:really "
    r")?(?:work|fit|"
    r"appeal|convince|speak|grab)s?|no luck|not there yet|not (?:quite )?(?:right|what i|my thing|good|great|it|"
    r"impressed|those|these|"
    r"that)\b|try again|next(?: (?:ones?|page|please|batch))?[.!]?$|nope|no good|boring|too (?:boring|generic|"
    r"basic|ordinary|common|plain|childish)|start fresh|more like this one not|keep looking|refresh|again please|"
    r"no more of (?:these|those|them|that)|"
    r"hate (?:those|these|them|it|that)|meh|less boring|(?:something|anything|some|ones|gifts?|presents?|"
    r"options?|ideas?|things|a bit|a little|make it|it|be) (?:a bit |a little |slightly |much |way )?(?:more|"
    r"less) (?!than\b|like\b|of\b|to\b|ideas?\b|options?\b)[a-z]+|not (?:these|those|that))\b"
)

_LIKE = re.compile(
    r"\b(?:more (?:like|similar to|in the (?:style|vein|direction) of|along the lines of|of|things like|"
    r"stuff like|ideas like|such)|similar (?:to|ones?|things|ideas|stuff|options|gifts)|(?:something|anything|"
    r"stuff|things|ones|others|ideas|options|gifts) (?:more )?(?:like|similar to|along the lines of)(?! (?:a|an|"
    r"under|over|\d|\$|that was|jewel))|like the (?:first|second|third|fourth|fifth|last|\d\w\w)|"
    r"(?:i |i really |i quite |we |really |quite )(?:like|love|prefer|liked|loved) (?:the |number |option |"
    r"#)?(?:first|second|third|fourth|fifth|last|\d\w\w|number \d|option \d|\d)\b|in the same (?:style|vein)|"
    r"same (?:kind|sort|style) as|(?:number|option|#) ?\d is (?:nice|good|great|close|nearly|the closest))"
)

_NOT_LIKED = re.compile(
    r"\b(?:not|never|dislike|hate|less)\b[\w ]{0,20}\b(?:like|love|keen|into|prefer)\b|\bno more (?:of|like)\b|"
    r"\bnothing like\b"
)

_EXPLAIN = re.compile(
    r"\b(?:why (?:did|do|would|is|are|was|were|the|this|that|those|these|number|option|#|not|have|has|you|"
    r"exactly|it|him|her|should|such)|^why\b|how come|what makes|(?:tell|give|show) me (?:some |a bit |"
    r"a little )?(?:more )?(?:about|info|information|details?)(?: (?:about|on|of))?|tell me more|"
    r"more (?:details?|info|information)(?: (?:about|on|for|of))?|explain|"
    r"what (?:is|are|was) (?:the )?(?:number|option|first|second|third|last|\d\w\w|#)|what (?:is|are) (?:it|that|"
    r"this|they) made|what is (?:special|so special|good|great) about|reason(?:s|ing)? (?:for|behind|why)|"
    r"describe|details (?:on|about|of|for)|how (?:big|long|much|many|heavy|old|good|does|do|is|are|did) (?:is|"
    r"are|does|do|the|it|that|this|number|option|first|second|you|they|these|those)\b|"
    r"what does (?:it|the|that|number)|is (?:the |it |that |number )(?:first|second|third|last|\d\w\w|"
    r"\d)?.{0,20}(?:made|vegan|suitable|safe|good|include|in stock|available|worth|come)|what (?:size|colou?r|"
    r"material|brand)|who makes|where is it (?:made|from)|can you (?:explain|elaborate|tell me (?:more|why))|"
    r"elaborate|compare|difference between|justify)\b"
)

_CHOOSE = re.compile(
    r"\b(?:(?:i|we)(?: will|'ll| would like to| want to| am going to| shall| think i will| would|"
    r" think we will)? (?:take|go with|go for|have|buy|order|choose|pick|get|grab|purchase|select|settle on|"
    r"opt for)(?: (?:the|that|this|it|them|number|option|no\.?|both|all|#|one)\b|\s?#)|(?:let us|"
    r"let me) (?:go with|take|do|get|order|buy|have|pick|choose|go for|say)|"
    r"(?:please )?(?:order|buy|purchase|add|put|reserve|book) (?:it|that|this|them|the|number|option|#|"
    r"me the)\b(?! (?:theme|budget))|add (?:it |that |this |them )?to (?:the |my )?(?:cart|basket|bag)|"
    r"check ?out|(?:i am|i'm) (?:going with|taking|buying|getting|sold)|place (?:the |an |my )?order|that(?: is|"
    r"'s)? the one|it is a deal|deal!|wrap it up|"
    r"(?:the |number |option |#)?(?:first|second|third|fourth|fifth|last|\d\w\w|\d)(?: one| pick|"
    r" option)? (?:it is|then|is perfect|is the one|wins|please|for me|will do)|(?:going|go) with (?:the |"
    r"number |option |#)?(?:first|second|third|fourth|fifth|last|\d)|i choose|i pick|my choice is|sold|"
    r"finali[sz]e|confirm(?: the)?(?: order| choice)?|i (?:want|would like|need) (?:the|number|option) (?:first|"
    r"second|third|fourth|fifth|last|\d)|^take (?:the|number|that|this)|done deal|"
    r"(?:that|this) one(?: please|,? thanks| it is)|^(?:the )?(?:first|second|third|fourth|last|"
    r"\d\w\w)(?: one)?[.!]?$|happy with (?:the|number|that|this|it)|decided on)\b"
)


_WELL = (
    r"(?:(?:oo+h?|oh|ok(?:ay)?|yes|yeah|great|lovely|perfect|nice|right|fine|go on|then|hmm+|well|sure|all ?right|"
    r"whatever|i guess|i think|then|so|just|"
    r"brilliant|cool|super|wonderful|good)[ ,!.-]+)*"
)

_WHY_NOT_THIS = re.compile(
    rf"\bwhy not (?:take |have |just )?(?:(?:the )?(?:{ORDINAL})|"
    rf"(?:the )?(?:number|option|pick|#) ?(?:\d{{1,2}}|one|two|three))\b"
)


def is_choice(text: str) -> bool:
    """Whether the shopper takes a pick."""
    if re.search(
        r"\b(?:not|do not|will not|can not|which|what|should i|would you|help me|let me think|could i|"
        r"can i get more)\b",
        text,
    ):
        return False
    return bool(
        _CHOOSE.search(text)
        or re.fullmatch(rf"{_WELL}(?:the )?(?:{ORDINAL})(?: one| pick| option)?[ ,.!]*(?:please)?[ .!]*", text)
    )


def is_explanation(text: str) -> bool:
    """Whether the shopper asks about the picks."""
    if _WHY_NOT_THIS.search(text):
        return True  # "why not the third?"
    if re.search(r"\bwhy not\b|\bwhy do not (?:you|we)\b", text) and not re.search(
        r"\bwhy (?:did|do) (?:you )?not\b", text
    ):
        return False
    return _EXPLAIN.search(text) is not None and chat_of(text) not in ("help", "asking")


def critique_of(text: str) -> Critique | None:
    """How the next picks should differ from these."""
    if re.search(r"\b(?:what|which|how) (?:else )?(?:can|do|are) you\b", text) and not re.search(
        r"\bcheaper|else\b", text
    ):
        return None
    if _CHEAPER.search(text) and not re.search(
        r"\b(?:not|no|nothing|isn't) (?:be )?(?:too|very|that|so) (?:expensive|pricey|dear|costly)\b", text
    ):
        return "cheaper"
    if _SPEND_MORE.search(text):
        return "spend_more"
    if _DEARER.search(text):
        return "dearer"
    if _LIKE.search(text) and not _NOT_LIKED.search(text):
        return "like"
    if _DIFFERENT.search(text):
        return "different"
    return None
