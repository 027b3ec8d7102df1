"""Small talk, and answers that state no preference."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.model import Chat

_NO_PREFERENCE = re.compile(
    r"\b(?:(?:i )?(?:really |honestly )?(?:do not|have no|no|not got a|have not got a|have not a|has no|"
    r"got no) (?:really |actually |even |exactly |honestly |have (?:a|any) )?(?:know|idea|clue|preference|"
    r"preferences|care|mind|opinion)|no (?:idea|clue|preference|preferences)|not (?:really |so |quite |too |"
    r"entirely )?(?:sure|certain)|surprise me|whatever(?! it costs)|anything (?:goes|works|is fine|will do|"
    r"really|is ok)|you (?:choose|decide|pick)|up to you|"
    r"does not matter|do not mind|no matter|any(?: is|thing)?(?: is)? (?:fine|ok|okay|good)|skip(?: (?:it|that|"
    r"this|the question))?$|don't know|unsure|i am open|open to (?:anything|ideas|all)|any of them|not a clue|"
    r"beats me|who knows|dunno|pass$|hard to say|just show me|doesn't matter|nothing (?:special|specific|"
    r"particular|in particular|in mind)|it is all the same|your choice|dealer's choice|you tell me|search me|"
    r"the (?:foggiest|faintest|slightest)|your guess is as good|"
    r"not (?:really )?(?:fussed|bothered|fussy|picky)$|whichever|no clue|(?:could|can) not (?:say|tell)|wish i knew|"
    r"good question|"
    r"i am easy|haven't thought|(?:rather|"
    r"prefer) not(?: to)? (?:say|tell|answer)|(?:do not|not) (?:really )?(?:want|wish|like) to (?:say|tell|answer)|"
    r"will not (?:say|tell))\b"
)


def no_preference(text: str) -> bool:
    """ "I don't know", "surprise me", "whatever"."""
    return _NO_PREFERENCE.search(text) is not None


def surprises(text: str) -> bool:
    """ "Surprise me" of picks on the table asks for others."""
    return re.search(r"\bsurprise (?:me|us)\b", text) is not None


_RANT = re.compile(
    r"!!!|\b(?:useless|stupid|annoying|ridiculous|rubbish|hopeless|pathetic|terrible|worst|waste of time|fed up|"
    r"sick of|"
    r"stop (?:asking|it|bothering)|so many questions|why (?:do|are|must) you (?:always |keep )?ask\w*|"
    r"enough (?:questions|"
    r"already)|leave me alone|hate (?:this|these questions|shopping|bots?|you)|none of your business|ugh+|argh+|"
    r"grr+|ffs|"
    r"wtf|bloody|damn|sucks?|joke of a|do not have (?:the )?time|can not be bothered|bad day|how should i know|"
    r"how would "
    r"i know|shut up)\b"
)


def rants(text: str) -> bool:
    """Whether the message is anger, and so no answer to what was asked: no hobby is to be read out of it."""
    return _RANT.search(text) is not None


_CHAT: tuple[tuple[Chat, re.Pattern[str]], ...] = (
    (
        "identity",
        re.compile(
            r"\b(?:who (?:are|r|made|built|created) you|what (?:are|r) you(?! (?:doing|selling|offering|suggesting|"
            r"recommending|thinking|able))|are you (?:a |an )?(?:human|bot|robot|real|ai|person|machine|chatbot|llm|"
            r"chatgpt|gpt|computer|gemini)|your name|what is your name|do you have feelings|am i (?:talking|speaking|"
            r"chatting) (?:to|with)|which (?:model|ai|llm) (?:are you|do you)|how old are you|where are you from|"
            r"are you there|tell me about yourself|introduce yourself)\b"
        ),
    ),
    (
        "help",
        re.compile(
            r"^(?:(?:hi|hello|hey|please|ok|so|and|um|oh)[ ,.!]{1,3}){0,3}(?:(?:what|how) (?:can|could|do|does|would|"
            r"will) (?:you|this|it) (?:actually |really |even )?(?:do|help|work|offer|assist)\b.*|"
            r"help(?: me)?(?: please)?\W*$|how does (?:this|"
            r"it) work.*|what (?:is|are) (?:this|you for|your (?:features|abilities|capabilities|purpose)|"
            r"you able to do).*|can you help(?: me)?(?: out)?(?: please)?\W*$|what (?:do you|should i) (?:sell|"
            r"need|know|"
            r"do|type|say|ask).*|instructions\W*$|i need (?:some )?help\W*$|how do i (?:use|start|begin).*|"
            "what (?:can|"
            r"may) i (?:ask|do|say).*|are you able to help.*)"
        ),
    ),
    (
        "asking",
        re.compile(
            r"\bwhy (?:do|did|are|were|would|must) you (?:just |even |always |keep )?(?:ask(?:ing)?|"
            r"want(?:ing)? to know|need(?:ing)? to know|care)\b"
        ),
    ),
    (
        "goodbye",
        re.compile(
            r"\b(?:bye+|bye bye|goodbye|good bye|good night|see (?:you|ya)|cya|farewell(?! (?:gift|present|party))|"
            r"have a (?:nice|good|great|lovely) (?:day|one|evening|weekend|night|time)|take care(?! of)|"
            r"talk (?:to you )?later|that is all(?: for now| thanks)?|that will be all|gotta go|got to go|so long|"
            r"catch you later|ciao|until next time|i am done|we are done|ttyl)\b"
        ),
    ),
    (
        "thanks",
        re.compile(
            r"\b(?:thanks|thank you|thankyou|many thanks|cheers|much appreciated|appreciate (?:it|that|your help)|"
            r"perfect|awesome|great|amazing|wonderful|lovely|brilliant|excellent|fantastic|nice one|good (?:job|idea|"
            r"stuff|choice)|well done|you are (?:great|awesome|amazing|the best|so helpful|a star|a lifesaver)|"
            r"love (?:it|them|these|those|that)|cool|sweet|nice|super|gracias|merci|danke|ta|helpful|so kind|"
            r"sounds (?:good|great|lovely|perfect)|looks (?:good|great|lovely)|that(?: is|'s)? (?:it|all|great|"
            "perfect|"
            r"lovely|helpful|good|nice|wonderful|awesome|cool)|i like (?:it|them|these|those|that)|haha+|lol|lmao|ha+|"
            r"wow|:\))(?!\w)"
        ),
    ),
    (
        "greeting",
        re.compile(
            r"^\W*(?:hi+|hello+|hey+|heya|hiya|yo|good (?:morning|afternoon|evening|day)|greetings|howdy|"
            r"what is up|sup|"
            r"wassup|how are you|how is it going|how do you do|hallo|hola|salut|g'day|morning|evening|afternoon|"
            r"nice to meet you|hope you are|how have you been|are you (?:ok|well|good)|namaste|welcome|what's up|"
            r"hows it going|hello there)\b"
        ),
    ),
    (
        "yes",
        re.compile(
            r"^\W*(?:yes+|yep|yeah+|yup|sure|of course|ok(?:ay)?|correct|right|exactly|absolutely|definitely|"
            r"indeed|fine|"
            r"go ahead|please do|yes please|do it|alright|all right|sounds good|y|k|kk|agreed|that is right|true|"
            r"certainly|why not|go on|aye)\b"
        ),
    ),
    (
        "no",
        re.compile(
            r"^\W*(?:no+|nope|nah|not really|no thanks|no thank you|never mind|nevermind|not now|n|negative|don't|"
            r"not yet|neither|nothing|none|no need|rather not|not at all)\b"
        ),
    ),
)

_JOKE = re.compile(
    r"\b(?:where is my (?:order|parcel|package|delivery|refund)|track(?:ing)? (?:my|an|the) (?:order|parcel|package)|"
    r"(?:cancel|return|refund|change) my (?:order|purchase)|(?:speak|talk) to (?:a |an )?(?:human|real person|person|"
    r"agent|someone)|customer (?:service|support)|opening (?:hours|times)|do you (?:ship|deliver|accept|charge|"
    r"gift-?wrap|offer)|is (?:this|it) free|return policy|tell me a joke|"
    r"sing (?:me )?a song|how is the weather|what is the weather|weather (?:like|today|in)|what time is it|"
    r"what day is it|meaning of life|what is (?:the )?(?:capital|time|date|\d+ ?[-+*x/] ?\d+)|who (?:won|"
    r"is the (?:president|king|queen|prime minister))|i am (?:bored|tired|sad|happy|fine|good|so happy|"
    r"so excited)(?: today| now| too)?\W*$|do you (?:like|love|sleep|dream|eat|have (?:a|any) (?:family|friends|"
    r"hobbies))|i love you|nice weather|tell me (?:a story|something (?:funny|interesting)))\b"
)


_OFF_TOPIC = re.compile(
    r"\b(?:weather|(?:rain|snow|be sunny) (?:today|tomorrow|tonight|later|this)|what time is it|what day is it|"
    r"tell me (?:a joke|a story|something funny)|sing (?:me )?a song|meaning of life|capital of|who (?:won|is the "
    r"(?:president|king|queen|prime minister))|stock market|football (?:score|result)s?|the news|"
    r"what is \d+ ?(?:[-+*x/]|plus|minus|times) ?\d+)\b"
)


def is_off_topic(text: str) -> bool:
    """Whether the message asks about the world at large; what it names ("tomorrow") is then no part of a brief."""
    return _OFF_TOPIC.search(text) is not None and not re.search(
        r"\b(?:gifts?|presents?|party|for (?:my|a|the))\b", text
    )


def chat_of(text: str) -> Chat | None:
    """The kind of small talk, if the message is small talk at all."""
    if _JOKE.search(text) and not re.search(r"\bgift|present|party\b", text):
        return "help"
    for kind, pattern in _CHAT:
        if pattern.search(text):
            return kind
    return None
