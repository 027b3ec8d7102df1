"""What the shopper is doing with the conversation: small talk, reactions to the picks, choices."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.model import Chat, Critique
from recsys_agent.offline.reading.text import Message

_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10, "last": -1, "final": -1, "latter": -1, "former": 1, "top": 1, "bottom": -1, "middle": 2}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_POSITION = re.compile(
    rf"\b(?:number|no\.?|nr\.?|option|pick|item|choice|suggestion|gift|idea|product|result|#) ?#?(?P<n>\d{{1,2}}|one|two|three)\b(?! ?(?:[$€£%]|years|euros|dollars|pounds))|(?<!\w)#(?P<hash>\d{{1,2}})\b"
    rf"|\b(?:the |your |that |this )(?P<ord>{_ORDINAL})(?! (?:birthday|of \w+ (?:january|march)|time|minute|year|christmas|day|week|thing|anniversary|century|name|shelf|notch|budget|price))\b"
    rf"|(?:^|\b(?:take|want|like|love|order|choose|buy|get|pick|have|why|about|with|to) )(?P<bare>{_ORDINAL})(?= ?(?:one|pick|option|$|[.,!?]|please|looks|is|sounds))"
)


def position_of(message: Message, shown: int) -> int | None:
    """The pick the message points at, as far as there are picks: 1-based, -1 for the last."""
    if shown <= 0:
        return None
    if match := _POSITION.search(message.text):
        word = match["n"] or match["hash"] or match["ord"] or match["bare"]
        number = {"one": 1, "two": 2, "three": 3}.get(word) or _ORDINALS.get(word) or int(word)
        return number if number == -1 or 1 <= number <= 50 else None
    if shown == 1 and re.search(r"\b(?:it|that|this|that one|this one)\b", message.text):
        return 1
    return None


_CHEAPER = re.compile(
    r"\b(?:cheaper|cheapest|least expensive|less (?:expensive|pricey|costly|money|fancy)|lower[- ](?:priced?|budget|cost)|more (?:affordable|reasonable|budget[- ]friendly|economical|modest)|(?:too|bit|little|very|way too|so|rather|pretty|quite) (?:expensive|pricey|steep|dear|costly|much money)|"
    r"(?:that|those|these|they|it|all|this)(?: is| are| all| were)* (?:too much|expensive|pricey|over (?:my )?budget|out of my (?:price range|budget|league)|above my budget)|over (?:my|our|the) budget|out of (?:my|our) (?:budget|price range)|can not afford (?:that|those|it|these|this)|lower (?:the )?prices?|bring (?:the |it )?(?:price )?down|"
    r"anything (?:for less|less)|not (?:as|so|that) expensive|something (?:for less|less)|spend less|pricey|the price is too high|costs? too much|too high|on the cheaper side)\b"
)
_DEARER = re.compile(
    r"\b(?:fancier|more (?:expensive|luxurious|upscale|premium|special|exclusive|high[- ]end|impressive|pricey|extravagant|generous)|pricier|dearer|classier|posher|nicer|better quality|higher[- ](?:quality|end|priced?|budget)|more upmarket|upmarket|upgrade|too cheap|(?:looks?|feels?|seems?) (?:too |a bit )?cheap|"
    r"splash out|step (?:it )?up|spend (?:a bit |a little )?more|can (?:spend|go) (?:a bit |a little )?(?:more|higher)|something (?:bigger|grander)|more money)\b"
)
_DIFFERENT = re.compile(
    r"\b(?:something (?:else|different|completely different|new|other)|anything else|other (?:ideas?|options?|suggestions?|things?|gifts?|picks|choices|ones|presents)|others|another (?:one|idea|option|suggestion|round|set|batch|gift|pick)|different (?:ones?|ideas?|options?|suggestions?|things?|gifts?|picks|direction|stuff)|"
    r"(?:show|give|send|suggest)(?: me)?(?: some| a few| \d{1,2})? (?:more|others|another)\b(?! like)|more (?:ideas?|options?|suggestions?|choices|gifts|picks|please|recommendations)|(?:some|any|few|\d) more\b(?! like)|what else|(?:do not|did not|does not|not) (?:really |much )?(?:like|love|want|fancy|feel|keen on|into|sure about|convinced by|care for) (?:any of |all of |either of )?(?:those|these|them|that|this|it|any|the (?:first|second|third|fourth|fifth|last|\d\w\w))(?: one| ones| pick| picks| option| options| idea| ideas)?|"
    r"none of (?:those|these|them)|not (?:quite )?(?:right|what i|my thing|good|great|it|impressed|those|these|that)\b|try again|next (?:ones?|page|please|batch)?$|nope|no good|boring|too (?:boring|generic|basic|ordinary|common|plain|childish)|start fresh|more like this one not|keep looking|refresh|again please|hate (?:those|these|them|it|that)|meh|less boring|(?:something|anything|some|ones|gifts?|presents?|options?|ideas?|things|a bit|a little|make it|it|be) (?:a bit |a little |slightly |much |way )?(?:more|less) (?!than\b|like\b|of\b|to\b|ideas?\b|options?\b)[a-z]+|not (?:these|those|that))\b"
)
_LIKE = re.compile(
    r"\b(?:more (?:like|similar to|in the (?:style|vein|direction) of|along the lines of|of|things like|stuff like|ideas like|such)|similar (?:to|ones?|things|ideas|stuff|options|gifts)|(?:something|anything|stuff|things|ones|others|ideas|options|gifts) (?:more )?(?:like|similar to|along the lines of)(?! (?:a|an|under|over|\d|\$|that was|jewel))|like the (?:first|second|third|fourth|fifth|last|\d\w\w)|"
    r"(?:i |i really |i quite |we |really |quite )(?:like|love|prefer|liked|loved) (?:the |number |option |#)?(?:first|second|third|fourth|fifth|last|\d\w\w|number \d|option \d|\d)\b|in the same (?:style|vein)|same (?:kind|sort|style) as|(?:number|option|#) ?\d is (?:nice|good|great|close|nearly|the closest))"
)
_NOT_LIKED = re.compile(r"\b(?:not|never|dislike|hate|less)\b[\w ]{0,20}\b(?:like|love|keen|into|prefer)\b|\bnothing like\b")
_EXPLAIN = re.compile(
    r"\b(?:why (?:did|do|would|is|are|was|were|the|this|that|those|these|number|option|#|not|have|has|you|exactly|it|him|her|should|such)|^why\b|how come|what makes|(?:tell|give|show) me (?:some |a bit |a little )?(?:more )?(?:about|info|information|details?)(?: (?:about|on|of))?|tell me more|more (?:details?|info|information)(?: (?:about|on|for|of))?|explain|"
    r"what (?:is|are|was) (?:the )?(?:number|option|first|second|third|last|\d\w\w|#)|what (?:is|are) (?:it|that|this|they) made|what is (?:special|so special|good|great) about|reason(?:s|ing)? (?:for|behind|why)|describe|details (?:on|about|of|for)|how (?:big|long|much|many|heavy|old|good|does|do|is|are|did) (?:is|are|does|do|the|it|that|this|number|option|first|second|you|they|these|those)\b|"
    r"what does (?:it|the|that|number)|is (?:the |it |that |number )(?:first|second|third|last|\d\w\w|\d)?.{0,20}(?:made|vegan|suitable|safe|good|include|in stock|available|worth|come)|what (?:size|colou?r|material|brand)|who makes|where is it (?:made|from)|can you (?:explain|elaborate|tell me (?:more|why))|elaborate|compare|difference between|justify)\b"
)
_CHOOSE = re.compile(
    r"\b(?:(?:i|we)(?: will|'ll| would like to| want to| am going to| shall| think i will| would| think we will)? (?:take|go with|go for|have|buy|order|choose|pick|get|grab|purchase|select|settle on|opt for)(?: (?:the|that|this|it|them|number|option|no\.?|both|all|#|one)\b|\s?#)|(?:let us|let me) (?:go with|take|do|get|order|buy|have|pick|choose|go for|say)|"
    r"(?:please )?(?:order|buy|purchase|add|put|reserve|book) (?:it|that|this|them|the|number|option|#|me the)\b(?! (?:theme|budget))|add (?:it |that |this |them )?to (?:the |my )?(?:cart|basket|bag)|check ?out|(?:i am|i'm) (?:going with|taking|buying|getting|sold)|place (?:the |an |my )?order|that(?: is|'s)? the one|it is a deal|deal!|wrap it up|"
    r"(?:the |number |option |#)?(?:first|second|third|fourth|fifth|last|\d\w\w|\d)(?: one| pick| option)? (?:it is|then|is perfect|is the one|wins|please|for me|will do)|(?:going|go) with (?:the |number |option |#)?(?:first|second|third|fourth|fifth|last|\d)|i choose|i pick|my choice is|sold|finali[sz]e|confirm(?: the)?(?: order| choice)?|i (?:want|would like|need) (?:the|number|option) (?:first|second|third|fourth|fifth|last|\d)|^take (?:the|number|that|this)|done deal|"
    r"(?:that|this) one(?: please|,? thanks| it is)|^(?:the )?(?:first|second|third|fourth|last|\d\w\w)(?: one)?[.!]?$|happy with (?:the|number|that|this|it)|decided on)\b"
)


def is_choice(text: str) -> bool:
    """Whether the shopper takes a pick."""
    if re.search(r"\b(?:not|do not|will not|can not|which|what|should i|would you|help me|let me think|could i|can i get more)\b", text):
        return False
    return bool(_CHOOSE.search(text) or re.fullmatch(rf"(?:the )?(?:{_ORDINAL})(?: one| pick| option)?[ ,.!]*(?:please)?[ .!]*", text))


def is_explanation(text: str) -> bool:
    """Whether the shopper asks about the picks."""
    if re.search(r"\bwhy not\b|\bwhy do not (?:you|we)\b", text) and not re.search(r"\bwhy (?:did|do) (?:you )?not\b", text):
        return False
    return _EXPLAIN.search(text) is not None


def critique_of(text: str) -> Critique | None:
    """How the next picks should differ from these."""
    if re.search(r"\b(?:what|which|how) (?:else )?(?:can|do|are) you\b", text) and not re.search(r"\bcheaper|else\b", text):
        return None
    if _CHEAPER.search(text) and not re.search(r"\b(?:not|no|nothing|isn't) (?:be )?(?:too|very|that|so) (?:expensive|pricey|dear|costly)\b", text):
        return "cheaper"
    if _DEARER.search(text):
        return "dearer"
    if _LIKE.search(text) and not _NOT_LIKED.search(text):
        return "like"
    if _DIFFERENT.search(text):
        return "different"
    return None


_NO_PREFERENCE = re.compile(
    r"\b(?:(?:i )?(?:really |honestly )?(?:do not|have no|no|not got a|have not got a|have not a|has no|got no) (?:really |actually |even |exactly |honestly |have (?:a|any) )?(?:know|idea|clue|preference|preferences|care|mind|opinion)|no (?:idea|clue|preference|preferences)|not (?:really |so |quite |too |entirely )?(?:sure|certain)|surprise me|whatever(?! it costs)|anything (?:goes|works|is fine|will do|really|is ok)|you (?:choose|decide|pick)|up to you|"
    r"does not matter|do not mind|no matter|any(?: is|thing)?(?: is)? (?:fine|ok|okay|good)|skip(?: (?:it|that|this|the question))?$|don't know|unsure|i am open|open to (?:anything|ideas|all)|any of them|not a clue|beats me|who knows|dunno|pass$|hard to say|just show me|doesn't matter|nothing (?:special|specific|particular|in particular|in mind)|it is all the same|your choice|dealer's choice|haven't thought)\b"
)


def no_preference(text: str) -> bool:
    """ "I don't know", "surprise me", "whatever"."""
    return _NO_PREFERENCE.search(text) is not None


_CHAT: tuple[tuple[Chat, re.Pattern[str]], ...] = (
    ("identity", re.compile(r"\b(?:who (?:are|r|made|built|created) you|what (?:are|r) you(?! (?:doing|selling|offering|suggesting|recommending|thinking|able))|are you (?:a |an )?(?:human|bot|robot|real|ai|person|machine|chatbot|llm|chatgpt|gpt|computer|gemini)|your name|what is your name|do you have feelings|am i (?:talking|speaking|chatting) (?:to|with)|which (?:model|ai|llm) (?:are you|do you)|how old are you|where are you from|are you there|tell me about yourself|introduce yourself)\b")),
    ("help", re.compile(r"^(?:(?:hi|hello|hey|please|ok|so|and|um|oh)[ ,.!]{1,3}){0,3}(?:(?:what|how) (?:can|could|do|does|would|will) (?:you|this|it) (?:do|help|work|offer|assist)\b.*|help(?: me)?(?: please)?\W*$|how does (?:this|it) work.*|what (?:is|are) (?:this|you for|your (?:features|abilities|capabilities|purpose)|you able to do).*|can you help(?: me)?(?: out)?(?: please)?\W*$|what (?:do you|should i) (?:sell|need|know|do|type|say|ask).*|instructions\W*$|i need (?:some )?help\W*$|how do i (?:use|start|begin).*|what (?:can|may) i (?:ask|do|say).*|are you able to help.*)")),
    ("goodbye", re.compile(r"\b(?:bye+|bye bye|goodbye|good bye|good night|see (?:you|ya)|cya|farewell(?! (?:gift|present|party))|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend|night|time)|take care(?! of)|talk (?:to you )?later|that is all(?: for now| thanks)?|that will be all|gotta go|got to go|so long|catch you later|ciao|until next time|i am done|we are done|ttyl)\b")),
    ("thanks", re.compile(r"\b(?:thanks|thank you|thankyou|many thanks|cheers|much appreciated|appreciate (?:it|that|your help)|perfect|awesome|great|amazing|wonderful|lovely|brilliant|excellent|fantastic|nice one|good (?:job|idea|stuff|choice)|well done|you are (?:great|awesome|amazing|the best|so helpful|a star|a lifesaver)|love (?:it|them|these|those|that)|cool|sweet|nice|super|gracias|merci|danke|ta|helpful|so kind|sounds (?:good|great|lovely|perfect)|looks (?:good|great|lovely)|that(?: is|'s)? (?:it|all|great|perfect|lovely|helpful|good|nice|wonderful|awesome|cool)|i like (?:it|them|these|those|that)|haha+|lol|lmao|ha+|wow|:\))(?!\w)")),
    ("greeting", re.compile(r"^\W*(?:hi+|hello+|hey+|heya|hiya|yo|good (?:morning|afternoon|evening|day)|greetings|howdy|what is up|sup|wassup|how are you|how is it going|how do you do|hallo|hola|salut|g'day|morning|evening|afternoon|nice to meet you|hope you are|how have you been|are you (?:ok|well|good)|namaste|welcome|what's up|hows it going|hello there)\b")),
    ("yes", re.compile(r"^\W*(?:yes+|yep|yeah+|yup|sure|of course|ok(?:ay)?|correct|right|exactly|absolutely|definitely|indeed|fine|go ahead|please do|yes please|do it|alright|all right|sounds good|y|k|kk|agreed|that is right|true|certainly|why not|go on|aye)\b")),
    ("no", re.compile(r"^\W*(?:no+|nope|nah|not really|no thanks|no thank you|never mind|nevermind|not now|n|negative|don't|not yet|neither|nothing|none|no need|rather not|not at all)\b")),
)
_JOKE = re.compile(r"\b(?:tell me a joke|sing (?:me )?a song|how is the weather|what is the weather|weather (?:like|today|in)|what time is it|what day is it|meaning of life|what is (?:the )?(?:capital|time|date|\d+ ?[-+*x/] ?\d+)|who (?:won|is the (?:president|king|queen|prime minister))|i am (?:bored|tired|sad|happy|fine|good|so happy|so excited)(?: today| now| too)?\W*$|do you (?:like|love|sleep|dream|eat|have (?:a|any) (?:family|friends|hobbies))|i love you|nice weather|tell me (?:a story|something (?:funny|interesting)))\b")


def chat_of(text: str) -> Chat | None:
    """The kind of small talk, if the message is small talk at all."""
    if _JOKE.search(text) and not re.search(r"\bgift|present|party\b", text):
        return "help"
    for kind, pattern in _CHAT:
        if pattern.search(text):
            return kind
    return None
