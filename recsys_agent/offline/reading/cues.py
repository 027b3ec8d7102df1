"""The words that say what follows: liked, disliked, owned, not tolerated, wished for, or nothing of the kind."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.people import RELATION_WORDS

_ADV = (
    r"(?: (?:really|absolutely|also|just|totally|particularly|especially|always|truly|very|so|quite|rather|still|"
    r"even|all|that|much|definitely|"
    r"actually|both|big|seriously|super|completely|deeply|genuinely|currently|recently|now|a|an|huge|massive|"
    r"real|such|too|simply|kind of|sort of|pretty|most|"
    r"overly|exactly|been|usually|often|secretly|obviously|long|enormous|avid|keen|ever|dearly|lately|only|"
    r"you know|like to|utterly|hugely|incredibly|terribly|mainly|mostly|probably|certainly|being)){0,4}"
)

_NOT = (
    r"(?:(?:do|does|did|would|could|will|is|are|am|was|has|have|can|should) not|never|not|(?:is|are) no(?=t? (?:fan|"
    r"friend|lover))|no longer)"
)

# Order matters: at one place the first alternative that matches wins.
_CUES = {
    "nothing_said": (
        rf"(?:do|does|did) not (?:really )?(?:mind|know|matter|care(?! for)|have(?: any| much| many| a|"
        rf" an)?(?= (?:idea|clue|preference|budget|hobbies|interests|time))|understand|think|believe|see|"
        rf"remember)"
        rf"|not (?:sure|certain|only|bad|fussy|picky|to mention|yet|really sure|much|too (?:sure|fussy|picky|"
        rf"bad)|a bad|an issue|a problem|necessarily|just|that i know)"
        rf"|(?:can|could) not (?:wait|decide|think|believe|figure|find|come up|remember|afford|help|go wrong|do)|"
        rf"would not mind|no wonder"
        rf"|would (?:love|like|enjoy) to (?:get|give|buy|find|surprise|have|see|know|order|spend|make|treat|plan|"
        rf"do|send|thank|keep|celebrate)|i would (?:really )?(?:like|love|want|need|appreciate)(?: to)? (?:help|"
        rf"some help|ideas|some ideas|advice|your help|suggestions)"
        rf"|(?:do|does|did) not have(?: a| an| any)?|has no|have no(?! (?:interest|use|time|patience)\b)|"
        rf"has not got|do not own|does not own|never had(?: a| an)?"
        rf"|(?:i|we)(?: {_ADV.strip()})? (?:hope|think|guess|believe|suppose|know|heard|want to|need to|"
        rf"would like to|have to|am trying to|wonder)"
        r"|\b(?:looks|sounds|feels?|feel|seems?|smells|tastes) like|would you|what would|how much|"
        r"used to (?:like|love|enjoy)|as you like|if you (?:like|want)|something like that|hard to (?:buy|shop|"
        r"please|find)|lives? (?:in|at|with|near|on)|live in|works? (?:in|at|as|for|with|from)|moving to|"
        r"moved to|born in|comes from|married (?:for|to)"
    ),
    "allergy": (
        r"(?:is |are |she's |severely |highly |very |deathly |badly |also )*(?:allerg(?:ic|y|ies)(?: to| of| against|"
        r" for|:| are| is|"
        r" include(?:s)?)|intoleran(?:t|ce) (?:to|of)|sensitive to|has allergies to|reacts badly to|reacts to)|"
        r"(?:gets|breaks out in|comes out in|comes up in) (?:hives|(?:a )?rash(?:es)?|spots) (?:from|with)|"
        r"allerg(?:y|ies) (?:against|for|from|with)|can not (?:go|be|come|get) (?:any ?where )?near|"
        r"allergies:|allergy:|allergens?:"
    ),
    "owned": (
        r"(?:^|(?<=[.;|,] )|(?<=[.;|]))(?:(?:already )?(?:has|owns?|have|got)) ?:|(?:(?:has|have|had|owns?|got|bought|"
        r"ordered|received|has got|have got|bought (?:him|her|them|myself)|"
        r"got (?:him|her|them)) already(?: (?:got|has|have|had|bought|owns?))?|already (?:has got|have got|has|"
        r"have|had|owns?|got|bought(?: (?:him|her|them))?|received|gave (?:him|her|them)|given (?:him|her|them)|"
        r"got (?:him|her|them)|ordered|possess(?:es)?|own)"
        r"|(?:he|she|they|who|and|i|we)(?: has| have)? (?:owns?|has (?:plenty of|lots of|a lot of|loads of|"
        r"tons of|too many|enough|so many|a ton of|more than enough|every|all the|dozens of|piles of|"
        r"a drawer full of|a cupboard full of|a million)|have (?:plenty of|lots of|too many|enough|so many|every|"
        r"all the|tons of|loads of|more than enough))"
        r"|(?:he|she|they|who) (?:has|have) got (?:all (?:of )?the|every|a lot of|lots of)|"
        r"(?:has|have|got) (?:plenty of|too many|enough|way too many|more than enough|so many|loads of|tons of|"
        r"a ton of)|(?:i|we) (?:gave|got|bought) (?:him|her|them|my \w+|the \w+)(?= (?:an? |some |the |new ))|"
        r"last (?:year|time|christmas|birthday) (?:i|we) (?:gave|got|bought) (?:him|her|them|my \w+)|(?:was|"
        r"were) given|just (?:got|bought|ordered)(?: (?:himself|herself|themselves))?(?! (?:married|engaged|"
        r"divorced|promoted|back|home|an? (?:new )?(?:job|baby|house|home|flat|promotion|dog|cat|puppy|kitten|"
        r"degree|driving))))"
    ),
    "dislike": (
        r"(?:prefer|like|want|rather)(?:ed|s)? (?:it|that|them|something|this|the \w+) not (?:to )?(?:be|contain|have|"
        r"include)"
        r"(?: made (?:of|from))?|"
        r"do not (?:want|wish|like) to (?:give|get|buy|gift)(?: (?:him|her|them|(?:my|the) [\w|"
        r"]+))? (?:(?:yet )?another|"
        r"any ?more|more)|"
        rf"{_NOT}{_ADV} (?:like|love|enjoy|want|need|care (?:for|about)|appreciate|wear|drink|eat|use|read|play|"
        rf"watch|into|fans? of|fond of|keen on|interested in|crazy about|mad about|"
        rf"passionate about|in the mood for|one for|bothered about|excited about|big on|after|looking for|buy|"
        rf"give me|get (?:him|her|me|them)|include|suggest|show me|a lover of|liked|loved|enjoyed|wanted|"
        rf"tolerate|cook|(?:much |really )?of an? (?=\w+ (?:person|fan|drinker|reader|lover|eater)))"
        rf"|not (?:(?:really|exactly|quite|so much) )?(?:an?|much of an?)(?= (?:\w+ )?[\w-]+ (?:person|fan|lover|"
        rf"drinker|eater|reader)\b)"
        r"|hat(?:e|es|ed|ing)|dislik(?:e|es|ed|ing)|detests?|loathes?|despises?|(?:can|could|do|"
        r"does) not (?:to )?(?:stand|bear|abide|have|eat|drink|tolerate|take|do|handle|wear|use)"
        r"|(?:no|nothing) (?:more|new)(?= [a-z])(?! than)|nothing(?: (?:that (?:is|has|contains|involves|includes|"
        r"uses|needs|requires|smells? of|comes? with)|with|containing|made (?:of|from|with|out of|in)|from|"
        r"involving|related to|to do with|like|about|in|too|overly|which (?:is|contains|has)|that's))?"
        r"|no|none of the|neither|nor|without(?: any)?|avoid(?:s|ing)?(?: anything (?:with|containing|made of|"
        r"to do with))?|except(?:ing)?(?: for)?|excluding|with the exception of|"
        r"(?:anything|everything|all) (?:but|except(?: for)?|other than)|"
        r"apart from|besides|steer clear of|stay away from|keep away from|stays? off|skip(?: the)?|exclude|"
        r"excluding|leave out"
        r"|rather not(?: have| get| give| buy| want)?|prefer not|(?:is |am |are )?(?:tired|sick|bored|"
        r"fed up) (?:of|with)|(?:scared|afraid|terrified) of|has no (?:interest in|use for|time for|"
        r"patience for)|gave up|quit|free (?:of|from)|averse to|anti|bored by|annoyed by|do not (?:give|get|send|"
        r"show|suggest|recommend|include|want)(?: me| him| her| them| us)?|could not care less about|"
        r"can do without|is against|are against|against"
        r"|(?<!why )(?<!or )(?<!if )not(?! (?:an? (?:issue|problem)|over|under|above|below|more|less|too|very|"
        r"that|so|for|the (?:same|second|first|last|third)|my|your|his|her|him|it|in|on|at|to|if|as|planning|"
        r"having|going|get|be|spend|have|break|going|exceed|go|\d|cost|necessary|required|important|likely|until|"
        r"before|after|been|being|really|especially|any more|anymore|all|i|you|he|she|they|we|this|good|great|"
        r"nice|want|help|working|from|with|of|by|happy|expensive|cheap)\b)"
    ),
    "like": (
        rf"(?:would|will|'d|might|may|could)(?: {_ADV.strip()})? (?:love|like|enjoy|appreciate|be happy with|"
        rf"adore|want)(?: to (?:have|get|own|receive|try|learn))?|(?:can|could) not (?:get enough of|"
        rf"live without|resist|do without|stop (?:talking about|listening to|watching|playing|buying)|"
        rf"function without|survive without)|never (?:gets? tired of|tires? of|says? no to|miss(?:es)?|"
        rf"leaves? the house without|stops? (?:talking about|playing))"
        rf"|(?:lov|enjoy|ador)(?:es?|s|ed|ing)?{_ADV}|likes|liking|(?:(?:he|she|they|who|also|really|kids|people|"
        rf"parents|both|does|do|all|does she|does he|grandparents|twins|friends|would|guests|folks) |"
        rf"^)(?:like)(?! (?:that|this|the (?:first|second|third|last)))"
        rf"|(?:are |is |be |been |got |gets |getting |gotten |really |very |heavily |he is |"
        rf"she is )?(?:{_ADV.strip()} ?)?into|(?:fans?|lovers?|admirers?|devotees?|collectors?|students?) of|"
        rf"(?:crazy|nuts|mad|wild|passionate|enthusiastic|bonkers|bananas|potty|excited|serious|obsessive|"
        rf"over the moon|geeky|nerdy) (?:about|for|over)"
        r"|(?:obsessed|besotted|smitten|in love|taken|fascinated|preoccupied|infatuated|captivated) (?:with|by)|"
        r"obsessed about|(?:interested|immersed|engrossed) in|interest in|keen on|fond of|hooked on|addicted to|"
        r"partial to|devoted to|big on|all about|heavily into|can never have too (?:many|much)|"
        r"enamou?red (?:with|of)|dedicated to"
        r"|(?:interests?|hobb(?:y|ies)|passions?|pastimes?|favou?rites?|favou?rite (?:things?|hobb(?:y|ies)|"
        r"pastimes?|activit(?:y|ies)|sports?|topics?|subjects?|music|colou?r is \w+ and)|loves|likes|into|"
        r"things (?:he|she|they) (?:likes?|loves?|enjoys?))(?: (?:in life|to do|of all time))?(?: (?:are|is|"
        r"include|includes|including|would be|mostly)| ?:| ?=| ?-)(?: (?:mainly|mostly|definitely|probably))?"
        r"|collect(?:s|ing)|(?:he|she|they|who|and|also) collect|plays?(?= [a-z])(?! (?:with (?:his|her)|host|"
        r"a role|together))|practi[sc]es|lives for|live for|geeks? out (?:over|about)|swears by|(?:does|"
        r"do) a lot of|spends? (?:all |most of |a lot of |lots of |hours |much of |every |"
        r"so much )?(?:of )?(?:(?:his|her|their|the) )?(?:free |spare |whole )?(?:time|weekends?|days?|evenings?|"
        r"hours|summer|winter|free time|holidays|weekend|money)(?: and money)?(?: (?:on|in|at|with|doing))?"
        r"|(?:has |have |got |took |taken |picking |picked |take |just )*(?:took up|taken up|picked up|"
        r"gotten into|got into|getting into|discovered|started(?: learning| doing| playing)?|"
        r"learning(?: to play)?|learns|studies|studying)|(?:has|have|with|got) (?:a |an )?(?:real |great |huge |"
        r"big |deep |serious |strong |major )?(?:passion|thing|soft spot|love|weakness|fascination|interest|"
        r"obsession|flair|knack|taste|talent|eye|appreciation|fondness|penchant|collection) (?:for|of|in|with)"
        r"|(?:talented|good|great|brilliant) (?:at|with)|prefers|dreams? of|dreams? about|always (?:talking|"
        r"going on|raving|reading|watching|listening|on) (?:about|to)?|talks? (?:nonstop |a lot |non-stop |only |"
        r"endlessly )?about|raves about|revolves around|listens to|watches(?= [a-z])|drinks|reads(?= [a-z])|"
        r"goes(?= \w+ing\b)|does(?= (?:yoga|pilates|judo|karate|crossfit|ballet|gymnastics|diy|zumba|martial|"
        r"triathlons|crosswords|puzzles|sudoku|jigsaws|pottery|ceramics|woodwork|calligraphy|origami|embroidery|"
        r"cross))|appreciates|wishes (?:he|she|they) (?:had|could)|is learning|has been learning|rides|builds|"
        r"grows|restores|brews|makes (?:his|her|their) own|follows|supports|trains|races"
        r"|(?:would like|fancies(?! (?:him|her|them)sel)|fancy(?! dress)|craves)|interested:|(?:^|[;.|] ?)(?:likes?|"
        r"loves?|interests?|hobbies|into|"
        r"enjoys?|enjoy|love)[ :]|related to|to do with|inspired by|(?:or|and|something|"
        r"anything|maybe|perhaps|preferably) (?:something )?(?:with|involving|around|for|about)(?= (?:his|her|"
        r"their) (?!birthday|age|\d))"
    ),
    "wish": (
        r"(?:looking|searching|shopping|hunting|hoping|asking|asked|wishing|wishes|wished|wish) for|look for|"
        r"(?:want|need|want|wanted|require)s?(?! to\b)|in (?:need|search) of|(?:get|buy|find|give|order|send|"
        r"gift|getting|buying|giving|recommend|suggest)(?: (?:him|her|them|me|us|my \w+|our \w+|his \w+|"
        r"her \w+))?(?= (?:an?|some|new) )"
        r"|thinking (?:of|about)(?: (?:getting|buying|giving)(?: (?:him|her|them))?)?|(?:am|are|is) after|"
        r"something|anything|some sort of|some kind of|ideally|preferably|maybe|perhaps|how about|what about|"
        r"do you have(?: any)?|have you got(?: any)?|got any|any(?= [a-z]+ for\b)|show me(?: some)?|"
        r"i (?:would like|want|need)(?= an? )"
    ),
}

_CUE = re.compile("|".join(rf"(?P<{name}>(?<![\w'-])(?:{words})(?![\w]))" for name, words in _CUES.items()))

CLAUSE_END = re.compile(
    r"[.;!?|()]|\s-\s|, (?:more(?: of)? an?\b|more of|rather|instead|prefers?)\b|\b(?:as|so) long as\b|\bprovided\b|"
    r"\bbut\b|\bhowever\b|"
    r"\balthough\b|\bthough\b|\bbecause\b|\bplease\b|\bso i\b|\band (?:is|are|"
    r"has|will|was|am|i|he|she|they|my|we|it|not|can|does|do|likes|would|wants|needs|never|already|a budget|also is|"
    r"turns|around|about)\b|, (?:he|she|they|i|we|it|my|who|and (?:he|she|they|i|is|has|will)|is|has|so)\b"
)


def find_cues(text: str) -> list[re.Match[str]]:
    """The cues in order; right behind another one "anything" belongs to the object: "loves anything Japanese"."""
    cues: list[re.Match[str]] = []
    for match in _CUE.finditer(text):
        inner = (
            match["wish"] in ("anything", "something", "some kind of", "any")
            and cues
            and match.start() - cues[-1].end() <= 1
        )
        if not inner and not _no_cue(match, text):
            cues.append(match)
    return cues


# Third persons that are plural nouns as well need a subject: "she watches", not "vintage watches".
_NOUNS_TOO = frozenset(
    "watches plays play drinks rides trains races builds supports brews follows grows reads restores".split()
)

_VERB_SUBJECT = re.compile(
    rf"(?:\b(?:he|she|who|also|always|often|still|now|never|really|mostly|usually|regularly|both|they|kids|"
    rf"{RELATION_WORDS}|(?:{RELATION_WORDS}),? \w+)|\||\))\s$|[a-z|] and $|, $|^$|[.;] $"
)

# And an object: "loves music and trains, $60" has none.
_OBJECT = re.compile(r" (?!(?:and|or|but|under|up|max|around|about|for|no|not|please|budget|less)\b)[a-z|]")

_INTO_ELSE = re.compile(
    r"\b(?:mov(?:e|es|ed|ing)|turn(?:s|ed|ing)?|goes|going|went|go|com(?:e|es|ing)|came|fits?|put|runs?|bumped|"
    r"look(?:s|ed|ing)?|br(?:oke|eak)|split|made|"
    r"settl(?:e|ed|ing)|grow(?:n|ing|s)?|chang(?:e|es|ed|ing)|check(?:ed|ing)?|plugs?|back|it|them|that|straight|"
    r"log(?:ged)?|tap|all|far|deep|late)\s$"
)


def _no_cue(match: re.Match[str], text: str) -> bool:
    """Cue words in other senses."""
    words, left = match[0].strip(), text[max(0, match.start() - 30) : match.start()]
    if words in _NOUNS_TOO and (not _VERB_SUBJECT.search(left) or not _OBJECT.match(text[match.end() :])):
        return True
    if words in ("something", "anything", "maybe", "perhaps", "ideally", "preferably") and re.search(
        r"\b(?:not|nothing|or|like) ?$", left
    ):
        return words in ("anything", "something") and bool(re.search(r"\bor ?$", left))
    if words.endswith("into") and _INTO_ELSE.search(left):
        return True
    after = text[match.end() :]
    if words == "no":
        return re.match(r" ?(?:[,.;!?]|$)", after) is not None
    # "I love it" tells nothing, "loves her garden" does.
    loved = match.lastgroup == "like" and words.startswith("lov")
    return loved and re.match(r" ?(?:it\b|that\b|this\b|you\b|him\b|her\b(?! \w)|them\b)", after) is not None
