"""What the recipient likes, dislikes, owns and must not get, and things wished for.

The text is cut at cues ("loves", "not into", "already has", "allergic to", "looking for"); what follows a cue up to the
next one or to the end of the clause is its object, a list of phrases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from recsys_agent.offline.reading.phrases import as_interest, clean, interests, is_phrase, is_product, plural
from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.words.filler import EMPTY, NO_IDIOMS, NOTHING_IDIOMS
from recsys_agent.offline.reading.words.interests import AGENTS, FAN_NOUNS, JOBS, KNOWN, NEEDS_A_CUE, PLAIN_VERBS, VERBS

_ADV = (
    r"(?: (?:really|absolutely|also|just|totally|particularly|especially|always|truly|very|so|quite|rather|still|even|all|that|much|definitely|"
    r"actually|both|big|seriously|super|completely|deeply|genuinely|currently|recently|now|a|an|huge|massive|real|such|too|simply|kind of|sort of|pretty|most|"
    r"overly|exactly|been|usually|often|secretly|obviously|long|enormous|avid|keen|ever|dearly|lately|only|you know|like to|utterly|hugely|incredibly|terribly|mainly|mostly|probably|certainly|being)){0,4}"
)
_NOT = r"(?:(?:do|does|did|would|could|will|is|are|am|was|has|have|can|should) not|never|not|(?:is|are) no(?=t? (?:fan|friend|lover))|no longer)"

# Order matters: at one place the first alternative that matches wins.
_CUES = {
    "nothing_said": (
        rf"(?:do|does|did) not (?:really )?(?:mind|know|matter|care(?! for)|have(?: any| much| many| a| an)?(?= (?:idea|clue|preference|budget|hobbies|interests|time))|understand|think|believe|see|remember)"
        rf"|not (?:sure|certain|only|bad|fussy|picky|to mention|yet|really sure|much|too (?:sure|fussy|picky|bad)|a bad|an issue|a problem|necessarily|just|that i know)"
        rf"|(?:can|could) not (?:wait|decide|think|believe|figure|find|come up|remember|afford|help|go wrong|do)|would not mind|no wonder|would not say no to (?=\x00)"
        rf"|would (?:love|like|enjoy) to (?:get|give|buy|find|surprise|have|see|know|order|spend|make|treat|plan|do|send|thank|keep|celebrate)|i would (?:really )?(?:like|love|want|need|appreciate)(?: to)? (?:help|some help|ideas|some ideas|advice|your help|suggestions)"
        rf"|(?:do|does|did) not have(?: a| an| any)?|has no|have no(?! (?:interest|use|time|patience)\b)|has not got|do not own|does not own|never had(?: a| an)?"
        rf"|(?:i|we)(?: {_ADV.strip()})? (?:hope|think|guess|believe|suppose|know|heard|want to|need to|would like to|have to|am trying to|wonder)"
        r"|\b(?:looks|sounds|feels?|feel|seems?|smells|tastes) like|would you|what would|how much|used to (?:like|love|enjoy)|as you like|if you (?:like|want)|something like that|hard to (?:buy|shop|please|find)|lives? (?:in|at|with|near|on)|live in|works? (?:in|at|as|for|with|from)|moving to|moved to|born in|comes from|married (?:for|to)"
    ),
    "allow": r"(?:\x00)",
    "allergy": r"(?:is |are |she's |severely |highly |very |deathly |badly |also )*(?:allerg(?:ic|y|ies)(?: to|:| are| is| include(?:s)?)|intoleran(?:t|ce) (?:to|of)|sensitive to|has allergies to|reacts badly to|reacts to)|allergies:|allergy:|allergens?:",
    "owned": (
        r"(?:(?:has|have|had|owns?|got|bought|ordered|received|has got|have got|bought (?:him|her|them|myself)|got (?:him|her|them)) already(?: (?:got|has|have|had|bought|owns?))?|already (?:has got|have got|has|have|had|owns?|got|bought(?: (?:him|her|them))?|received|gave (?:him|her|them)|given (?:him|her|them)|got (?:him|her|them)|ordered|possess(?:es)?|own)"
        r"|(?:he|she|they|who|and|i|we)(?: has| have)? (?:owns?|has (?:plenty of|lots of|a lot of|loads of|tons of|too many|enough|so many|a ton of|more than enough|every|all the|dozens of|piles of|a drawer full of|a cupboard full of|a million)|have (?:plenty of|lots of|too many|enough|so many|every|all the|tons of|loads of|more than enough))"
        r"|(?:has|have|got) (?:plenty of|too many|enough|way too many|more than enough|so many|loads of|tons of|a ton of)|(?:i|we) (?:gave|got|bought) (?:him|her|them|my \w+|the \w+)(?= (?:an? |some |the |new ))|last (?:year|time|christmas|birthday) (?:i|we) (?:gave|got|bought) (?:him|her|them|my \w+)|(?:was|were) given|just (?:got|bought|ordered)(?: (?:himself|herself|themselves))?(?! (?:married|engaged|divorced|promoted|back|home|an? (?:new )?(?:job|baby|house|home|flat|promotion|dog|cat|puppy|kitten|degree|driving))))"
    ),
    "dislike": (
        rf"{_NOT}{_ADV} (?:like|love|enjoy|want|need|care (?:for|about)|appreciate|wear|drink|eat|use|read|play|watch|into|fans? of|fond of|keen on|interested in|crazy about|mad about|"
        rf"passionate about|in the mood for|one for|bothered about|excited about|big on|after|looking for|buy|give me|get (?:him|her|me|them)|include|suggest|show me|a lover of|liked|loved|enjoyed|wanted|tolerate|cook|(?:much |really )?of an? (?=\w+ (?:person|fan|drinker|reader|lover|eater)))"
        rf"|not (?:a |an |much of a )(?=(?:\w+ )?[\w-]+ (?:person|fan|lover|drinker|eater|reader)\b)"
        r"|hat(?:e|es|ed|ing)|dislik(?:e|es|ed|ing)|detests?|loathes?|despises?|(?:can|could|do|does) not (?:stand|bear|abide|have|eat|drink|tolerate|take|do|handle|wear|use)"
        r"|(?:no|nothing) (?:more|new)(?= [a-z])(?! than)|nothing (?:that (?:is|has|contains|involves|includes|uses|needs|requires|smells? of|comes? with)|with|containing|made (?:of|from|with|out of|in)|from|involving|related to|to do with|like|about|in|too|overly|which (?:is|contains|has)|that's)?"
        r"|no|none of the|neither|nor|without(?: any)?|avoid(?:s|ing)?(?: anything (?:with|containing|made of|to do with))?|except(?: for)?|(?:anything|everything|all) (?:but|except(?: for)?|other than)|apart from|besides|steer clear of|stay away from|keep away from|stays? off|skip(?: the)?|exclude|excluding|leave out"
        r"|rather not(?: have| get| give| buy| want)?|prefer not|(?:is |am |are )?(?:tired|sick|bored|fed up) (?:of|with)|(?:scared|afraid|terrified) of|has no (?:interest in|use for|time for|patience for)|gave up|quit|free (?:of|from)|averse to|anti|bored by|annoyed by|do not (?:give|get|send|show|suggest|recommend|include|want)(?: me| him| her| them| us)?|could not care less about|can do without|is against|are against|against"
        r"|not(?! (?:an? (?:issue|problem)|over|under|above|below|more|less|too|very|that|so|for|the (?:same|second|first|last|third)|my|your|his|her|him|it|in|on|at|to|if|as|planning|having|going|get|be|spend|have|break|going|exceed|go|\d|cost|necessary|required|important|likely|until|before|after|been|being|really|especially|any more|anymore|all|i|you|he|she|they|we|this|good|great|nice|want|help|working|from|with|of|by|happy|expensive|cheap)\b)"
    ),
    "stop": (
        r"(?:i|we)(?: (?:would|do|really|also|just|personally|both|too))* (?:like|love|enjoy|play|adore|prefer|appreciate)(?! (?:a|an|to (?:buy|get))\b)(?=\x00)"
    ),
    "like": (
        rf"(?:would|will|'d|might|may|could)(?: {_ADV.strip()})? (?:love|like|enjoy|appreciate|be happy with|adore|want)(?: to (?:have|get|own|receive|try|learn))?|(?:can|could) not (?:get enough of|live without|resist|do without|stop (?:talking about|listening to|watching|playing|buying)|function without|survive without)|never (?:gets? tired of|tires? of|says? no to|miss(?:es)?|leaves? the house without|stops? (?:talking about|playing))"
        rf"|(?:lov|enjoy|ador)(?:es?|s|ed|ing)?{_ADV}|likes|liking|(?:(?:he|she|they|who|also|really|kids|people|parents|both|does|do|all|does she|does he|grandparents|twins|friends|would|guests|folks) |^)(?:like)(?! (?:that|this|the (?:first|second|third|last)))"
        rf"|(?:are |is |be |been |got |gets |getting |gotten |really |very |heavily |he is |she is )(?:{_ADV.strip()} ?)?into|(?:fans?|lovers?|admirers?|devotees?|collectors?|students?) of|(?:crazy|nuts|mad|wild|passionate|enthusiastic|bonkers|bananas|potty|excited|serious|obsessive|over the moon|geeky|nerdy) (?:about|for|over)"
        r"|(?:obsessed|besotted|smitten|in love|taken|fascinated|preoccupied|infatuated|captivated) (?:with|by)|obsessed about|(?:interested|immersed|engrossed) in|interest in|keen on|fond of|hooked on|addicted to|partial to|devoted to|big on|all about|heavily into|can never have too (?:many|much)|enamou?red (?:with|of)|dedicated to"
        r"|(?:interests?|hobb(?:y|ies)|passions?|pastimes?|favou?rites?|favou?rite (?:things?|hobb(?:y|ies)|pastimes?|activit(?:y|ies)|sports?|topics?|subjects?|music|colou?r is \w+ and)|loves|likes|into|things (?:he|she|they) (?:likes?|loves?|enjoys?))(?: (?:in life|to do|of all time))?(?: (?:are|is|include|includes|including|would be|mostly)| ?:| ?=| ?-)(?: (?:mainly|mostly|definitely|probably))?"
        r"|collect(?:s|ing)|(?:he|she|they|who|and|also) collect|plays?(?= [a-z])(?! (?:with (?:his|her)|host|a role|together))|practi[sc]es|lives for|live for|geeks? out (?:over|about)|swears by|(?:does|do) a lot of|spends? (?:all |most of |a lot of |lots of |hours |much of |every |so much )?(?:of )?(?:(?:his|her|their|the) )?(?:free |spare |whole )?(?:time|weekends?|days?|evenings?|hours|summer|winter|free time|holidays|weekend|money)(?: and money)?(?: (?:on|in|at|with|doing))?"
        r"|(?:has |have |got |took |taken |picking |picked |take |just )*(?:took up|taken up|picked up|gotten into|got into|getting into|discovered|started(?: learning| doing| playing)?|learning(?: to play)?|learns|studies|studying)|(?:has|have|with|got) (?:a |an )?(?:real |great |huge |big |deep |serious |strong |major )?(?:passion|thing|soft spot|love|weakness|fascination|interest|obsession|flair|knack|taste|talent|eye|appreciation|fondness|penchant|collection) (?:for|of|in|with)"
        r"|(?:talented|good|great|brilliant) (?:at|with)|prefers|dreams? of|dreams? about|always (?:talking|going on|raving|reading|watching|listening|on) (?:about|to)?|talks? (?:nonstop |a lot |non-stop |only |endlessly )?about|raves about|revolves around|listens to|watches(?= [a-z])|drinks|reads(?= [a-z])|goes(?= \w+ing\b)|does(?= (?:yoga|pilates|judo|karate|crossfit|ballet|gymnastics|diy|zumba|martial|triathlons|crosswords|puzzles|sudoku|jigsaws|pottery|ceramics|woodwork|calligraphy|origami|embroidery|cross))|appreciates|wishes (?:he|she|they) (?:had|could)|is learning|has been learning|rides|builds|grows|restores|brews|makes (?:his|her|their) own|follows|supports|trains|races"
        r"|(?:would like|fancies|fancy|craves)|interested:|(?:^|[;.|] ?)(?:likes?|loves?|interests?|hobbies|into|enjoys?|enjoy|love)[ :]|themes?:(?=\x00)|related to|to do with|inspired by|(?:or|and|something|anything|maybe|perhaps|preferably) (?:something )?(?:with|involving|around|for|about)(?= (?:his|her|their) (?!birthday|age|\d))"
    ),
    "wish": (
        r"(?:looking|searching|shopping|hunting|hoping|asking|asked|wishing|wishes|wished|wish) for|look for|(?:want|need|want|wanted|require)s?(?! to\b)|in (?:need|search) of|(?:get|buy|find|give|order|send|gift|getting|buying|giving|recommend|suggest)(?: (?:him|her|them|me|us|my \w+|our \w+|his \w+|her \w+))?(?= (?:an?|some|new) )"
        r"|thinking (?:of|about)(?: (?:getting|buying|giving)(?: (?:him|her|them))?)?|(?:am|are|is) after|something|anything|some sort of|some kind of|ideally|preferably|maybe|perhaps|how about|what about|do you have(?: any)?|have you got(?: any)?|got any|any(?= [a-z]+ for\b)|show me(?: some)?|i (?:would like|want|need)(?= an? )"
    ),
}
_CUE = re.compile("|".join(rf"(?P<{name}>(?<![\w'-])(?:{words})(?![\w]))" for name, words in _CUES.items() if name != "allow"))
_CLAUSE_END = re.compile(r"[.;!?|()]|\s-\s|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\bbecause\b|\bplease\b|\bso i\b|\band (?:is|are|has|will|was|am|i|he|she|they|my|we|it|not|can|does|do|likes|would|wants|needs|never|already|a budget|also is|turns|around|about)\b|, (?:he|she|they|i|we|it|my|who|and (?:he|she|they|i|is|has|will)|is|has|so)\b")


@dataclass
class Tastes:
    """What a message says about the recipient's tastes."""

    interests: list[str] = field(default_factory=list)
    avoid: list[str] = field(default_factory=list)
    allergies: list[str] = field(default_factory=list)
    owned: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.interests or self.avoid or self.allergies or self.owned)


def read_tastes(message: Message, *, own: bool = False, asked: bool = False) -> Tastes:
    """All likes, dislikes, allergies, possessions and wishes.

    ``own`` means the gift is for the shopper, so "I love" counts; ``asked`` means the bare phrases of the message
    answer the question for interests.
    """
    tastes = Tastes()
    _read_forms(message, tastes)
    _read_habits(message, tastes)
    _read_cues(message, tastes, own=own)
    _read_agents(message, tastes)
    _read_verbs(message, tastes)
    _read_known(message, tastes)
    if asked and not tastes.interests:
        tastes.interests = [p for part in re.split(r"[|.;!?]|\bbut\b|\bmostly\b", message.open) for p in interests(part) if p not in tastes.avoid]
    _settle(tastes)
    return tastes


def _settle(tastes: Tastes) -> None:
    """What is refused is no interest, and an allergy is not also merely avoided."""
    tastes.allergies = list(dict.fromkeys(_allergen(a) for a in tastes.allergies))
    tastes.owned = list(dict.fromkeys(tastes.owned))
    tastes.avoid = [a for a in dict.fromkeys(tastes.avoid) if a not in tastes.allergies and a not in tastes.owned]
    refused = {*tastes.avoid, *tastes.allergies, *tastes.owned}
    tastes.interests = [i for i in dict.fromkeys(tastes.interests) if i not in refused]


_FOOD_ALLERGENS = r"gluten|nuts?|peanuts?|tree nuts?|dairy|lactose|milk|eggs?|soya?|wheat|shellfish|fish|sesame|latex|wool|pollen|fragrance|perfume|nickel|strawberr(?:y|ies)|seafood|celery|mustard|sulphites?|caffeine|feathers?|down|cat hair|dog hair|cats?|dogs?"
_ALLERGY_NOUN = re.compile(rf"\b((?:(?:{_FOOD_ALLERGENS}|[a-z]+)(?: and |/| or |, | & ))?(?:tree )?[a-z]+)[- ](?:allerg(?:y|ies|ic)|intoleran(?:t|ce))\b(?! to)")
_FREE = re.compile(r"\b([a-z]+(?: (?:and|or|&) [a-z]+)?)[- ]free\b")
_VEGAN = re.compile(r"\b(?:vegans?|plant[- ]based)\b")
_VEGETARIAN = re.compile(r"\b(?:vegetarians?|veggie)\b")
_ALREADY_LATE = re.compile(r"(?:\b(?:has|have|owns?|got|bought|has got|have got)|'s got) (?P<what>[^,.;!?|]{2,50}?) already\b(?! (?:has|have|owns?|got))")
_COELIAC = re.compile(r"\bco?eliac\b(?: disease)?")
_TEETOTAL = re.compile(r"\b(?:tee-?total(?:l?er)?|t-total|sober|in recovery|does not drink(?: alcohol)?(?! (?:coffee|tea|wine|beer|milk))|do not drink(?: alcohol)?(?! (?:coffee|tea|wine|beer|milk))|non-?drinker|never drinks(?: alcohol)?)\b")
_FOOD_FREE = re.compile(rf"(?:{_FOOD_ALLERGENS})")
_NOT_FREE = frozenset("free feel for is are stress hassle risk worry hands screen care any carefree be totally completely fat tax duty sugar".split())


def _read_forms(message: Message, tastes: Tastes) -> None:
    """Fixed forms: "nut allergy", "gluten-free", "vegan", "coeliac", "teetotal"."""
    for match in _ALLERGY_NOUN.finditer(message.open):
        if match[1].split()[-1] in ("no", "any", "food", "an", "the", "has", "her", "his", "their", "my", "is", "severe", "bad", "with", "have", "serious", "of", "and", "or"):
            continue
        words = [w for w in re.split(r" and |/| or |, | & ", match[1]) if w]
        tastes.allergies += [w for w in words if re.fullmatch(_FOOD_ALLERGENS, w) or w == words[-1]]
        message.close(*match.span())
    for match in _FREE.finditer(message.open):
        words = [w for w in re.split(r" and | or | & ", match[1]) if w not in _NOT_FREE]
        for word in words:
            (tastes.allergies if _FOOD_FREE.fullmatch(word) else tastes.avoid).append(word)
        if words:
            message.close(*match.span())
    for match in _ALREADY_LATE.finditer(message.open):
        tastes.owned += _things(match["what"])
        message.close(*match.span())
    for pattern, target, word in (
        (_VEGAN, tastes.avoid, "non-vegan"),
        (_VEGETARIAN, tastes.avoid, "meat"),
        (_COELIAC, tastes.allergies, "gluten"),
        (_TEETOTAL, tastes.avoid, "alcohol"),
    ):
        if (match := pattern.search(message.open)) is not None:
            left = message.open[max(0, match.start() - 12) : match.start()]
            if not re.search(r"\b(?:not|no|loves|likes|enjoys|into)\b[\w ]{0,6}$", left):
                target.append(word)
                message.close(*match.span())


def _allergen(word: str) -> str:
    """The plural where people mean the food at large: a nut allergy is one to nuts."""
    return {"nut": "nuts", "peanut": "peanuts", "egg": "eggs", "tree nut": "tree nuts", "strawberry": "strawberries", "cat": "cats", "dog": "dogs", "feather": "feathers"}.get(word, word)


_SPEAKER = re.compile(r"(?:^|[\s,.;|])(?:i|we)(?: (?:would|do|really|also|just|personally|both|too|did|am|have|absolutely|think|will|know|might|kind of|always))*$")


def _read_cues(message: Message, tastes: Tastes, *, own: bool) -> None:
    text = message.open
    cues = _cues(text)
    for index, cue in enumerate(cues):
        kind = cue.lastgroup
        limit = cues[index + 1].start() if index + 1 < len(cues) else len(text)
        rest = text[cue.end() : limit]
        end = _CLAUSE_END.search(rest)
        chunk = rest[: end.start()] if end else rest
        if end and chunk.strip() == "" and rest[end.start() : end.end()] == "|" and kind in ("like", "dislike", "allergy", "owned"):
            # A closed word right behind the cue ("loves |||||||| and tea"): the list goes on after it.
            after = re.sub(r"^[\s|]+", "", rest)
            end = _CLAUSE_END.search(after)
            chunk = after[: end.start()] if end else after
        speaker = bool(_SPEAKER.search(text[max(0, cue.start() - 40) : cue.start()]))
        if kind == "like" and not (speaker and not own):
            _like(chunk, tastes, cue[0])
        elif kind == "dislike" and not _refuses_nothing(cue[0], chunk):
            for thing in _things(chunk, refused=True):
                cannot = re.fullmatch(r"(?:can|does|do) not (?:have|eat|drink|do|tolerate)", cue[0]) and _FOOD_FREE.fullmatch(thing)
                (tastes.allergies if cannot else tastes.avoid).append(thing)
        elif kind == "allergy":
            tastes.allergies += _things(chunk)
        elif kind == "owned":
            tastes.owned += [o for o in _things(chunk) if o not in ("everything", "lot")]
        elif kind == "wish" and (kind, chunk):
            _wish(cue[0], chunk, tastes)
        if kind in ("dislike", "allergy", "owned"):
            message.close(cue.start(), cue.end() + len(chunk))
        elif kind == "like" and not speaker:
            message.close(cue.start(), cue.end())
            if tastes.interests:
                message.close(cue.end(), cue.end() + min(len(chunk), _used(chunk, tastes.interests)))
    _leading_thing(message, tastes)
    _thing_about(message, tastes)


def _cues(text: str) -> list[re.Match[str]]:
    """The cues in order; right behind another one "anything" belongs to the object: "loves anything Japanese"."""
    cues: list[re.Match[str]] = []
    for match in _CUE.finditer(text):
        inner = match["wish"] in ("anything", "something", "some kind of", "any") and cues and match.start() - cues[-1].end() <= 1
        if not inner and not _no_cue(match, text):
            cues.append(match)
    return cues


def _used(chunk: str, found: list[str]) -> int:
    """How much of a chunk the phrases found in it take up."""
    ends = [chunk.rfind(phrase) + len(phrase) for phrase in found if phrase in chunk]
    return max(ends, default=0)


# Third persons that are plural nouns as well need a subject: "she watches", not "vintage watches".
_NOUNS_TOO = frozenset("watches plays play drinks rides trains races builds supports brews follows grows reads restores".split())
_VERB_SUBJECT = re.compile(rf"(?:\b(?:he|she|who|also|always|often|still|now|never|really|mostly|usually|regularly|both|they|kids|{RELATION_WORDS}|(?:{RELATION_WORDS}),? \w+)|\||\))\s$|[a-z|] and $|, $|^$|[.;] $")


def _no_cue(match: re.Match[str], text: str) -> bool:
    """Cue words in other senses."""
    words, left = match[0].strip(), text[max(0, match.start() - 30) : match.start()]
    if words in _NOUNS_TOO and not _VERB_SUBJECT.search(left):
        return True
    if words in ("something", "anything", "maybe", "perhaps", "ideally", "preferably") and re.search(r"\b(?:not|nothing|or|like) ?$", left):
        return words in ("anything", "something") and bool(re.search(r"\bor ?$", left))
    if words == "no" and re.match(r" ?(?:[,.;!?]|$)", text[match.end() :]):
        return True
    if match.lastgroup == "like" and words.startswith("lov") and re.match(r" ?(?:it\b|that\b|this\b|you\b|him\b|her\b(?! \w)|them\b)", text[match.end() :]):
        return True
    return False


def _refuses_nothing(cue: str, chunk: str) -> bool:
    words = chunk.strip()
    if not words:
        return True
    if cue == "no":
        return bool(re.match(rf"(?:{NO_IDIOMS})\b", words))
    if cue == "nothing":
        return bool(re.match(rf"(?:{NOTHING_IDIOMS})\b", words))
    if re.match(r"(?:can|could|do|does) not (?:do|take|have|use|handle)$", cue):
        return bool(re.match(r"(?:that|it|this|much|a lot|too|more|anything|wrong|time|to)\b", words))
    if cue == "not":
        return bool(re.match(r"(?:him|her|it|them|me|sure|much|at all|yet|now|today)\b", words))
    return bool(re.match(r"(?:him|them|it|me|you|her$|her (?:much|at all|very|a lot)|to (?:know|be|spend|buy|give|get|have|go|exceed)|much|that much|spend)\b", words))


def _things(chunk: str, *, refused: bool = False) -> list[str]:
    """The phrases of a list of things; of "any more mugs, she has 12" only the mugs."""
    chunk = re.sub(r"^ ?(?:any(?:thing)?|either|both)\b(?: (?:with|made of|made from|containing|about|to do with|related to|like|involving))?", "", chunk)
    found = []
    for phrase in interests(chunk):
        if refused and (person := re.fullmatch(r"(.+) (?:person|fan|lover|drinker|reader|eater|guy|girl)", phrase)):
            phrase = as_interest(person[1])  # "not a book person"
        phrase = re.sub(r"^(?:eating|drinking|wearing|getting|receiving|having) ", "", phrase)
        if refused and phrase in ("expensive", "pricey", "cheap", "fancy", "party", "gifts", "presents", "spend", "more", "worry", "big", "boring", "generic", "cheesy", "tacky", "large", "heavy", "breakable", "fragile"):
            continue
        found.append(phrase)
    return found


def _like(chunk: str, tastes: Tastes, cue: str) -> None:
    wished = bool(re.match(r"(?:would|will|might|may|could|'d)\b", cue))
    for phrase in interests(chunk):
        if phrase in tastes.avoid:
            continue
        tastes.interests.append(plural(phrase) if wished and is_product(phrase) else phrase)


_ABOUT = re.compile(r"^(?P<thing>[\w' -]{2,30}?) (?:about|on|related to|themed around|regarding|with a focus on|dedicated to|covering) (?P<topic>.+)$")
_FOR_TOPIC = re.compile(
    r"^(?:(?:related|connected|relevant|linked) to|to do with|with|for|about|involving|around|inspired by|on the theme of|in the (?:field|area) of|(?:that|which) (?:has to do|is related|involves?|is about|relates)(?: with| to)?|made (?:of|from)|on|featuring|revolving around|to help with|to use (?:for|in|while|when)|like)(?: the)? (?P<topic>.+)$"
)
_PERSONAL = re.compile(r"^(?:a|an|my|our|her birthday|his birthday|the (?:birthday|whole|family|host|kids)|her (?:birthday|\d)|his (?:birthday|\d)|someone|everyone|around|under|less|about|up|over|him|her|them|me|us|free|sale|somebody|who|\d|that|this|christmas|kids?|children|adults|women|men|girls?|boys?|teens?|toddlers?|people|both|myself|two|under|the price|less)\b")


def _wish(cue: str, chunk: str, tastes: Tastes) -> None:
    """ "A book about trains" gives trains and books, "something for her kitchen" kitchen, "a watch" watches."""
    words = chunk.strip()
    words = re.sub(r"^(?:him|her|them|me|us) (?=an? |some )", "", words)
    generic = cue in ("something", "anything", "some sort of", "some kind of") or re.match(r"(?:an? |some |the )?(?:[\w-]+ )?(?:something|gifts?|presents?|ideas?|things?|stuff)\b", words)
    words_after = re.sub(r"^(?:an? |some |the )?(?:[\w-]+ ){0,2}?(?:something|gifts?|presents?|ideas?|things?|stuff)\b ?", "", words) if generic else words
    if generic and (topic := _FOR_TOPIC.match(words_after)):
        if not _PERSONAL.match(topic["topic"]) and not re.match(r"like\b", words_after):
            tastes.interests += [_topic(p) for p in interests(re.sub(r"^(?:his|her|their|the) ", "", topic["topic"]))]
        return
    if generic:
        first = interests(re.split(r"\b(?:for|to|that|with|around|under|about|which|of)\b", words_after)[0])
        tastes.interests += [_topic(p) for p in first if p in KNOWN or is_product(p)]
        if words.startswith(("handmade", "personalised", "personalized")):
            return
        return
    _named_thing(words, tastes, sure=bool(re.match(r"(?:an?|some|new|the) ", words)))


def _topic(phrase: str) -> str:
    return phrase


_GENERIC_THING = re.compile(
    r"\b(?:gifts?|presents?|ideas?|help|advice|suggestions?|something|anything|recommendations?|inspiration|surprises?|options?|treats?|party|parties|cake|it|way|plan|budget|little|"
    r"bit|few|things?|stuff|delivery|delivered|tips?|picks?|good|nice|question|person|man|woman|guy|time|day|lot|couple|kind|sort|one|hand|favou?r|card|occasion|big|hobby|interest|rush|hurry|price|"
    r"know|to|be|more|less|cheaper|else|other|different|party|birthday|decorations|balloons|tableware|favou?rs|bags|activity|activities|token|gesture|minute|moment|deal|present idea|souvenir|total|best|perfect|better|great)\b"
)


def _named_thing(words: str, tastes: Tastes, *, sure: bool) -> None:
    head = re.split(r"\b(?:for|from|under|by|because|that|which|who|to|please|around|at|in|so|if|when|as|since|before|costing|worth|up|max|and (?:a|some) (?:cake|card|party))\b(?! (?:cook|paint|read|beginners))", words, maxsplit=1)[0]
    head = re.split(r"[|.;!?]", head)[0].strip(" ,")
    if match := _ABOUT.match(head):
        thing = clean(match["thing"])
        if is_product(thing):
            tastes.interests += [*interests(match["topic"]), plural(thing)]
        elif not _PERSONAL.match(match["topic"]):
            tastes.interests += interests(match["topic"])
        return
    for part in re.split(r" and |, | or | & ", head):
        raw = part.strip()
        thing = clean(raw)
        if not thing or thing in EMPTY:
            continue
        if is_product(thing):
            tastes.interests.append(plural(thing))
        elif is_product(thing.split()[-1]) and is_phrase(thing) and not _GENERIC_THING.search(thing):
            tastes.interests.append(plural(thing))
        elif thing in KNOWN and thing not in NEEDS_A_CUE:
            tastes.interests.append(thing)
        elif sure and len(thing.split()) <= 3 and is_phrase(thing) and not _GENERIC_THING.search(raw) and re.match(r"(?:an?|some|new) ", raw):
            tastes.interests.append(plural(thing))


_THING_ENDS = re.compile(r" (?:for (?:my|a|an|our|his|her|the|someone|somebody|him|them|mum|mom|dad|grandma|grandpa|[a-z]+'s|\|)|under\b|below\b|up to\b|around\b|\|)|$")
_THING_REFUSED = re.compile(r"\b(?:no|not|nor|or|without|hates?|like|loves?|likes|enjoys?|has|have|owns?|already|collects?|of|into|and)(?: an?| the| his| her| some| good| any)?$")


def _leading_thing(message: Message, tastes: Tastes) -> None:
    """ "A scarf for my girlfriend", "toys under $20": a thing one can buy right before the person or the price."""
    text = message.open
    for match in _THING_ENDS.finditer(text):
        words = re.split(r"[,.;:!?|] ?", text[max(0, match.start() - 50) : match.start()])[-1].split()
        for length in range(min(3, len(words)), 0, -1):
            thing = " ".join(words[-length:])
            if is_product(thing):
                if not _THING_REFUSED.search(" ".join(words[:-length])) and (match[0] or len(words) - length <= 2):
                    tastes.interests.append(plural(thing))
                break


_BOOKISH = re.compile(r"(?<![\w'-])(?P<left>(?:no|not|without|hates|has|owns|any|another) (?:an? )?)?(?P<thing>books?|novels?|cookbooks?|documentar(?:y|ies)|magazines?|games?|puzzles?|posters?|prints?|toys?|kits?|calendars?|board games?|guides?|mugs?|t-shirts?|cushions?|socks|lamps?|bags?|necklaces?) (?:about|on|with|related to|around|featuring) (?P<topic>(?:[a-z][\w'-]*(?:,? (?:and |or )?)?){1,5})")


def _thing_about(message: Message, tastes: Tastes) -> None:
    """ "A book about trains": the topic and the thing."""
    for match in _BOOKISH.finditer(message.open):
        if not match["left"]:
            thing = match["thing"] if match["thing"].endswith("s") else plural(match["thing"])
            tastes.interests += [*interests(match["topic"]), thing]
            message.close(*match.span())


# Nouns before these words say what somebody likes.
_FAN = re.compile(rf"(?P<what>(?:[\w'&+-]+ ){{1,4}}?|[\w'&]+-)(?P<noun>{FAN_NOUNS})(?![\w'-])")
_FAN_STOP = frozenset(
    "a an the is are was my his her their our your be huge big massive total avid keen real true such complete bit of for very and or who as to he she they i also "
    "absolute proper serious self-confessed self-proclaimed confirmed great biggest greatest number lifelong life-long hardcore die-hard diehard enthusiastic passionate amateur fellow in with by from "
    "this that young old older another it all birthday gift gifts present presents being always really most one no not total kind little part-time other every each some nice good lovely new fellow former retired".split()
)
_FAN_WEAK = re.compile(r"(?:person|people|lady|ladies|mom|mum|dad|girl|guy|man|woman|players?|mad|crazy|obsessed|collectors?|wizards?|whiz|snobs?|loving|nuts)")


def _read_agents(message: Message, tastes: Tastes) -> None:
    """ "Cat lover", "huge Harry Potter fan", "keen gardener", "foodie"."""
    for match in _FAN.finditer(message.open):
        words = match["what"].replace("-", " ").split() if match["what"].endswith("-") else match["what"].split()
        kept: list[str] = []
        for word in reversed(words):
            if word in _FAN_STOP or is_closed(word):
                break
            kept.insert(0, word)
        noun = " ".join(kept)
        left = message.open[max(0, match.start() - 24) : match.start("noun")]
        if not noun or noun in EMPTY or re.search(r"\b(?:not|never|no|isn't)\b", left):
            continue
        many = as_interest(noun)
        if _FAN_WEAK.fullmatch(match["noun"]) and many not in KNOWN and noun not in KNOWN:
            continue
        if noun in AGENTS or noun in ("old", "young", "single", "birthday"):
            continue
        tastes.interests.append(many)
        message.close(match.end() - len(match["noun"]) - 1 - len(noun), match.end())
    for match in _agents().finditer(message.open):
        noun = match["agent"]
        left = message.open[max(0, match.start() - 24) : match.start()]
        if re.search(r"\b(?:not|never|no)\b[\w ]{0,10}$", left):
            continue
        if noun in JOBS and not re.search(r"\b(?:keen|avid|amateur|hobby|home|great|good|passionate|enthusiastic|budding|aspiring|big|talented|voracious|brilliant|excellent|fantastic|serious|amazing|frequent|wannabe|weekend|little|huge|is an?|seasoned|for an?) $", left):
            continue
        if AGENTS[noun]:
            tastes.interests.append(AGENTS[noun])
        message.close(*match.span())


def is_closed(word: str) -> bool:
    """Whether the word lies in a span that was read before."""
    return CLOSED in word


@lru_cache(maxsize=1)
def _agents() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?P<agent>{'|'.join(sorted(map(re.escape, AGENTS), key=len, reverse=True))})s?(?![\w'-])")


_SUBJECT = r"(?:he|she|they|who|and|also|,|both|always|often|still|husband|wife|mum|mom|dad|sister|brother|friend|boss|son|daughter|uncle|aunt|cousin|niece|nephew|colleague|grandma|grandpa|boyfriend|girlfriend|partner|mother|father|neighbour|neighbor|teacher|to|regularly|usually|occasionally|sometimes|really|loves to|likes to)"


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    forms = "|".join(sorted((rf"{re.escape(v)}(?:e?s)?" for v in VERBS), key=len, reverse=True))
    return re.compile(rf"(?<![\w'-])(?P<subject>{_SUBJECT}) (?P<verb>{forms})(?![\w'-])(?P<right>[^,.;!?|]{{0,30}})")


def _stem(verb: str) -> str:
    return next((v for v in (verb, verb.removesuffix("s"), verb.removesuffix("es")) if v in VERBS), verb)


_VERB_OTHER = re.compile(r" (?:out of|a (?:shop|business|company|restaurant|bar|team|store|household)|into|away|from|as|the (?:house|household|office|shop|company|family|dog|team)|late|this message|my|about|his own|her own|on\b(?! (?:weekends|sundays|saturdays))|for (?:him|her|us|me)|up|for a living|with me)")
_SPECIAL = {
    re.compile(r"\b(?:takes?|taking) (?:a lot of |lots of |so many |great |many |beautiful )?(?:photos|pictures|photographs)\b"): "photography",
    re.compile(r"\bwork(?:s|ing) out\b|\bgo(?:es|ing)? to the gym\b|\bgym (?:every|all the time)|\blifts? weights\b"): "fitness",
    re.compile(r"\brid(?:es?|ing) horses\b"): "horse riding",
    re.compile(r"\b(?:mak|bak)(?:es|ing) (?:(?:his|her|their) own )?(?:sourdough|bread)\b"): "bread baking",
    re.compile(r"\bbrews? (?:his|her|their) own beer\b|\bbrews? beer\b"): "homebrewing",
    re.compile(r"\b(?:has |have )?a sweet tooth\b"): "sweets",
    re.compile(r"\b(?:has |have )?green (?:fingers|thumbs?)\b|\ba green thumb\b"): "gardening",
    re.compile(r"\btravels? (?:a lot|the world|all the time|often|constantly)\b"): "travel",
    re.compile(r"\breads? (?:a lot|all the time|constantly|a ton)\b|\balways reading\b|\bnose in a book\b"): "reading",
}


def _read_habits(message: Message, tastes: Tastes) -> None:
    """Habits that name an interest by other words: "takes photos", "green fingers"."""
    for pattern, interest in _SPECIAL.items():
        if message.take(pattern):
            tastes.interests.append(interest)


def _read_verbs(message: Message, tastes: Tastes) -> None:
    """ "Who gardens, bakes and reads": verbs that are hobbies."""
    position = 0
    while match := _verbs().search(message.open, position):
        position = match.end("verb")
        verb = _stem(match["verb"])
        left = message.open[max(0, match.start() - 14) : match.start()]
        third = match["verb"] != verb or match["subject"] in ("they", "who", "both")
        if re.search(r"\bnot ?$", left) or _VERB_OTHER.match(match["right"]) or not VERBS[verb]:
            continue
        listed = match["subject"] in ("and", ",", "also", "to", "really", "always", "often", "still")
        if not third and not (match["subject"] == "to" and re.search(r"(?:loves|likes|enjoys|love|like)\s?$", left)):
            continue
        if listed and verb not in PLAIN_VERBS and not tastes.interests and match["subject"] not in ("always", "often", "still"):
            continue
        if verb in ("shop", "act", "box", "collect", "row", "explore", "decorate", "entertain", "game", "relax", "ride", "craft", "journal", "walk", "hunt") and not re.match(r"(?: a lot| often| every| regularly)?$", match["right"].strip() and match["right"]):
            continue
        tastes.interests.append(VERBS[verb])
        message.close(match.start("verb"), match.end("verb"))


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    words = sorted(KNOWN - NEEDS_A_CUE, key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, words))})(?![\w'-])")


_ANY_KNOWN = frozenset(KNOWN)
_BEFORE_GIFT = re.compile(r"(?P<what>[\w'&-]+(?: [\w'&-]+)?)[- ](?:themed |related |inspired |loving )?(?=gifts?\b|presents?\b|stuff\b|things\b|goodies\b|accessories\b)")
_KNOWN_BUT = re.compile(r"\b(?:not|no|without|hates?|avoid|than|was|last|already|teaches|studies|works? (?:in|at|for)|job in|the)(?: \w+)? ?$|\b(?:\d+|has an?|have an?|has got an?) $")


def _read_known(message: Message, tastes: Tastes) -> None:
    """Known interests in what is still open: "dad, 60, golf, whisky" or "gardening gifts"."""
    for match in _BEFORE_GIFT.finditer(message.open):
        words = match["what"].split()
        for candidate in (" ".join(words), words[-1]):
            if candidate in _ANY_KNOWN or as_interest(candidate) in _ANY_KNOWN:
                tastes.interests.append(as_interest(candidate))
                message.close(match.end() - 1 - len(candidate), match.end())
                break
    for part in re.split(r"[,;.|!?]|\band\b|&|\+", message.open):
        phrase = clean(part)
        if phrase in NEEDS_A_CUE and phrase not in tastes.avoid and len(part.split()) <= 3:
            tastes.interests.append(phrase)
    for match in _known().finditer(message.open):
        left = message.open[max(0, match.start() - 20) : match.start()]
        if _KNOWN_BUT.search(left) or match[0] in tastes.avoid or any(match[0] in i for i in tastes.interests):
            continue
        tastes.interests.append(match[0])
