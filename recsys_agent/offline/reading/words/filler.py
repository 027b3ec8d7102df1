"""Words around a phrase that are not part of it, words that begin another clause, and phrases that name nothing."""

# Stripped from the front of a phrase, again and again.
LEADING = (
    "a|an|the|his|her|their|its|my|our|your|some|any|all kinds of|all sorts of|all types of|all things|all forms of|every kind of|"
    "kinds of|any kind of|any type of|any sort of|lots of|a lot of|loads of|tons of|a bit of|a little|a good|a nice|a pair of|a set of|"
    "pair of|a bottle of|a box of|a piece of|a cup of|glass of|everything about|everything related to|everything to do with|"
    "everything|anything about|anything related to|anything to do with|anything with|anything|things like|things(?= \\w)|stuff like|"
    "activities like|hobbies like|such as|like|including|e\\.g\\.|eg|for example|for instance|especially|mainly|mostly|primarily|"
    "particularly|probably|maybe|perhaps|really|very|super|just|also|even|always|of course|definitely|well|"
    "good|great|nice|quality|fine|proper|lovely|big|colou?r(?= \\w)|favourite|favorite|old school|"
    "and|or|&|plus|as well as|then|both|either|too|to|is|are|of|about|with|on|more|most|many|much|so many|"
    "the smell of|the idea of|the sound of|the taste of|the world of|the art of|watching a lot of|a good deal of|"
    "playing the|playing with|playing|plays the|plays|play the|play|listening to|listens to|listen to|collecting|collects|collect|watching|"
    "watches(?= \\w)|watch(?= \\w)|going out|going to the|going to|going for|going|goes to the|goes to|goes for|goes|go to the|go|doing|does|"
    "do(?= \\w)|drinking|drinks|drink(?= \\w)|eating|eats|eat(?= \\w)|practicing|practising|practises|practices|learning about|"
    "learning to play(?: the)?|learning to|learning|attending|visiting|anything and everything|building with|"
    "reading about|reading(?= \\w)|reads(?= \\w)|wearing|spending time|using|being|having|studying|trying(?: out)?|"
    "who|actually|basically|honestly|u+m+|u+h+|e+r+m?|h+m+|the occasional|those|these|that|some kind of|some sort of|another|new|"
    "pretty much|anything made of|things with|products with|too many|enough|plenty of|one of those|one of|every|all of|all the|all(?= \\w+s$)|not only|only|"
    "interested in|obsessed with|fan of|into|passionate about|keen on|fond of|made of|made from|made out of|containing|any more|more of|"
    "bit of|little bit of|of those|of the|of these|such|he|she|they"
)

# Stripped from the end of a phrase, again and again.
TRAILING = (
    "too|also|a lot|very much|so much|as well|and stuff|stuff|things|etc|etc\\.|and so on|and all that|in general|mostly|mainly|"
    "especially|at the moment|these days|lately|right now|now|recently|please|pls|thanks|thank you|the most|more than anything|"
    "with friends|with her friends|with his friends|on weekends|on the weekends?|at weekends|at the weekends?|every day|everyday|"
    "every week|every weekend|every morning|every evening|all day|all day long|a bit|in particular|all the time|in (?:his|her|their) (?:free|spare) time|"
    "equally|though|lol|haha|x|xx|for sure|at all|or anything|or anything like that|or something|or something like that|or so|"
    "or whatever|and whatnot|and such|or similar|and the like|again|either|really|above all|best|too much|anymore|any more|"
    "already|at home|for fun|for a living|for years|for ages|and more|kind of|sort of|mind you|of any kind|of any sort|whatsoever|then|only|just|"
    "and|or|but|with|for|to|of|in|on|at|the|a|an|is|are|his|her|their|my|about|by|from|as|so|also|plus|&|who|that|which|when|if|because|"
    "very|than|like|not|no|i|he|she|they|it|we|and also|much|him|here|today|tonight|ideally|preferably|obviously|"
    "ones|yet|still|after work|before bed|gifts?|presents?|themed|related|products?|items?|"
    "actually|btw|by the way|fyi|tho|imo|tbh|to be honest|honestly|after all|last year|last christmas|last time|last month|last week|last birthday"
)

# A phrase is cut before these: what follows says where, when or for whom.
CUTS = (
    " for (?!beginners|two|kids|dummies)| under | below | over \\d| around \\d| because| since | so that| so i | when | while | where | although| though |"
    " even though| who | which | that | if | but | yet | until | in (?:his|her|their|the|my|our|general|summer|winter|particular|mind|\\d{4}) ?|"
    " with (?:his|her|their|my|me|the|friends|a budget|some|lots)| on (?:the|his|her|their|weekends?|sundays?|saturdays?|holidays?|a budget|sale) ?|"
    " every | at (?:home|night|school|work|the|least|most|all|his|her) ?| as (?:a|an|his|her|much|well) | more than | from (?:the|his|her|me|us) |"
    " since | all (?:day|the time|weekend|summer)| and i | i | we | he | she | they | it | my | please| to (?:relax|unwind|make|help|go with|get|be|keep|use|match|celebrate|say) ?|"
    " instead| rather than| than | after | before | during | these days| by (?:the way|now|then|\\d| )| thanks| thank you| thx| like (?:crazy|mad)| is | are | has | will | would | can |"
    " always | never | lately| recently| currently| right now| especially(?= when| if)| just | without | not (?!only)|\\d+ ?%| per | as long as| so long as| provided "
)

# A list item beginning like this starts a new clause, so the list is over.
CLAUSE_STARTS = frozenset(
    "i we he she you they it its there this what how why where who which that budget max maximum min minimum under up "
    "less below is are was am were has have had will would can could should shall do does did need needs want wants looking please "
    "no not nothing nor neither without except avoid maybe preferably ideally price around about between over because since so "
    "but if when although though while thanks thank hi hello hey my our for from by until needed delivered delivery budgets "
    "turns turning turned aged age show give find suggest help recommend plan yes ok okay sure spend spending cost costs costing costing ill im lets let "
    "ideas idea gift gifts present presents something anything any birthday christmas hates dislikes loves likes enjoys adores lives works "
    "allergic already never retired married born living working got gets make made only within approx roughly approximately "
    "happy open planning willing actually otherwise same different cheaper today tomorrow thinking wondering tell".split()
)

# Phrases that name no interest or thing.
EMPTY = frozenset(
    "it him her them that this these those one ones me you us everything anything nothing something someone stuff things thing "
    "gift gifts present presents idea ideas surprise surprises option options suggestion suggestions person people man woman "
    "way lot lots bit time day days week year years moment life rest much many more most less best better worse else other "
    "others another same different special specific particular unique personal useful practical fun cool nice good great thoughtful "
    "memorable fancy expensive cheap cheaper affordable small big little simple easy new old help advice recommendation recommendations "
    "hello hi ok okay yes no thanks thank please sure money budget price cost party birthday christmas occasion occasions home "
    "kids kid child children friends friend family guests doing being having getting going using buying giving "
    "happy first second third last none kind sort type types top perfect meaningful original creative lovely beautiful cute token treat "
    "little something small something nice something item items product products choice choices inspiration luck clue "
    "problem worries rush hurry pressure doubt reason question questions matter both all each every some any such what who "
    "shopping list wish wishes mind details info information details experience experiences taste tastes hobby hobbies interest interests "
    "work job jobs school weekend weekends evening morning now then soon later myself himself herself themselves yourself yet still "
    "to do of on in at by as so or and but not with for from the a an is are was were be been am i he she they we "
    "sense of humour sense of humor joke jokes memories memory attention quality delivery shipping wrapping anybody everyone everybody anyone "
    "grown up grown-up adult fan fans set plan planning everything else anything else something else something special a gift the gift card idea cash it all "
    "nah nope yeah yep yup meh ago since lol haha etc want wants need needs really actually bday pick picks result results".split()
) | {
    "little something", "small something", "gift idea", "gift ideas", "present ideas", "birthday gift", "birthday present",
    "something special", "something nice", "wide range", "quiet life", "long time", "much else", "idea what", "too much",
    "good time", "sense of humour", "sense of humor", "surprise me", "last minute", "next year", "this year", "last year",
}  # fmt: skip

# "no X" that refuses nothing.
NO_IDIOMS = (
    "idea|ideas|clue|rush|hurry|worries|problem|problems|pressure|doubt|budget|limit|limits|price limit|budget limit|preference|preferences|"
    "matter|one|way|need|reason|more than|less than|later than|longer|thanks|thank you|wait|sorry|not|real|particular|specific|theme|"
    "money is|object|bother|biggie|deadline|plans?|children|kids|party|allerg\\w+|restrictions?|big deal|time|use|wonder|fuss|"
    "strings|brainer|kidding|joke|experience|opinion|favou?rites?|hobbies|interests|gift yet|presents? yet|i|he|she|we|they|it|that|"
    "make|actually|make it|let|go|please|show|just|cheaper|different|other|max(?:imum)?|min(?:imum)?|upper|comment|hope|surprise there|"
    "intention|inspiration|luck|particular budget|fixed|set|strict|hard|minimum|point|chance|other ideas|new|where|good at|you|"
    "wants?|does|do|is|but|and|or|date|occasion|occasions|special|guests|currency|info|information|harm|stress|sense"
)
NOTHING_IDIOMS = (
    "special|specific|particular|in particular|much|else|really|yet|planned|fancy|else comes|crazy|extravagant|over|more|less|"
    "above|below|under|major|comes to mind|beats|but|serious|better|from me|to|about it|in mind|at all|exciting|"
    "he|she|they|i|we|you|that|important|matters|works|helps|wrong|big|huge|formal|urgent|for|is|was|will|would|can|"
    "less than|more than|planned|cheaper|expensive|too expensive|too pricey|pricey|overly|too fancy"
)
