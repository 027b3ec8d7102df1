"""What a party needs, its themes, and the nouns that count guests."""

from tools.product import NeedKind

# Party items by need. Regular expressions over canonical lower-case text; "gift" is recognised in needs.py.
ITEMS: dict[NeedKind, str] = {
    "cake": r"(?:(?:chocolate|vanilla|lemon|carrot|strawberry|ice cream|red velvet|fruit|sponge|cheese|cream|fondant|marble) )?(?:birthday )?cakes?|cup-?cakes?|gateaux?",
    "decorations": r"decorations?|decor|balloons?|banners?|garlands?|bunting|streamers?|confetti|backdrops?|pi[nñ]atas? decoration|"
    r"paper lanterns?|pompoms",
    "tableware": r"tableware|(?:paper |party )?plates?(?: and cups)?|(?:paper )?napkins?|(?:paper |party )?cups|table ?cloths?|"
    r"cutlery|straws",
    "favours": r"(?:party |goody |goodie |loot |treat |sweet )bags?|(?:party |wedding )?favou?rs?|bag fillers?|party bag fillers|"
    r"give-?aways?|take-home gifts?|loot",
    "activity": r"(?:party |group )?games for the (?:kids|party|children|guests)|party games?|activity|activities|entertainment|"
    r"pi[nñ]atas?|treasure hunts?|scavenger hunts?|face paint(?:ing)?|bouncy castles?|magician|entertainer",
}

# Single things of a party by the need they serve: what "add balloons" asks of the decorations.
THINGS: dict[NeedKind, str] = {
    "activity": r"pi[nñ]atas?|treasure hunts?|scavenger hunts?|face paint(?:s|ing)?|bouncy castles?|magicians?|bingo|photo booths?|"
    r"pass the parcel|pin the tail(?: on the donkey)?|sack races?|egg and spoon race|karaoke",
    "favours": r"(?:party|goody|goodie|loot|treat|sweet) bags|bag fillers|stickers|temporary tattoos|bubbles|whistles|bouncy balls",
    "tableware": r"plates|napkins|serviettes|cups|straws|bowls|forks|spoons|cutlery|table ?cloths?|table covers?|cake stands?",
    "decorations": r"balloons?|balloon arch(?:es)?|banners?|garlands?|bunting|streamers|confetti|backdrops?|paper lanterns?|pompoms|"
    r"candles?|sparklers?|cake toppers?|toppers?|(?:party )?hats|crowns|fairy lights|centrepieces?|centerpieces?|invitations?|"
    r"party poppers|poppers|wall stickers|signs?",
}

# Words for a gathering that something is planned for, parties without a plan of their own among them.
GATHERINGS = (
    r"part(?:y|ies)|bash|celebration|picnics?|sleep-?overs?|(?:birthday |anniversary )?(?:dinner|lunch|luncheon|brunch|breakfast|"
    r"barbecue|bbq|cook-?out|high tea|afternoon tea|tea|meal)(?= (?:party|for|with|at|on|tonight|tomorrow|this|next|in)\b| ?[,:;.!?-]|$)|"
    r"(?:baby |bridal )?showers?|get-?togethers?|gathering|reunion|play-?dates?|pot-?luck|(?:movie|game|games|girls|quiz) night|"
    r"camp-?out|house-?warming|soir[eé]e|fiesta|tea party"
)

# What is asked for at a gathering and would be a taste elsewhere: the need it serves, what to wish for (None: as it was said;
# "": its words only name the need), and its words.
_EACH = r"(?:each|every|all|everyone|everybody)(?: (?:one|of (?:them|us|the \w+)|guests?|child|children|kids?|person|boy|girl|the \w+))?"
_LITTLE = (
    r"(?:small |little |tiny |cheap |token |thank[- ]you )*(?:something|gifts?|presents?|treats?|tokens?|surprises?|things?|bits)"
    r"(?: (?:small|little|tiny|cheap|sweet|nice|fun))?"
)
AT_GATHERINGS: tuple[tuple[NeedKind, str | None, str], ...] = (
    (
        "favours", "",
        rf"{_LITTLE} (?:for|to give)(?: to)? {_EACH}(?: (?:to )?(?:take home|take away|go home with|keep|bring home))?|"
        rf"{_LITTLE} (?:(?:for )?(?:{_EACH}|them|the (?:kids|children|guests)) )?(?:to|can|they can|for) (?:take|taking|bring|go|carry) "
        r"(?:home|away)(?: with)?(?: for (?:each|every|all|the)(?: \w+){0,2})?|"
        rf"{_LITTLE} for the (?:guests|other (?:kids|children|guests))|take-?(?:home|away)s?(?: (?:gifts?|bags?|treats?))?|keepsakes?",
    ),
    ("activity", "games", r"(?:something|things?|anything)(?: (?:fun|nice|easy|for \w+))? (?:to|for \w+ to) play(?: (?:together|with|all together))?"),
    ("activity", "crafts", r"(?:something|things?|anything)(?: (?:fun|nice|easy))? (?:to|for \w+ to) (?:make|craft|build|paint)(?: together)?|"
     r"(?:arts? and )?crafts?(?: (?:activit(?:y|ies)|projects?|sets?|things?|table|station))?|craft kits?"),
    ("activity", "", r"(?:something|things?|anything)(?: (?:fun|nice|easy))? (?:to|for \w+ to) do(?: together)?|something fun for the (?:kids|children|guests)|"
     r"(?:something )?to (?:keep|entertain) (?:the )?(?:kids|children|guests|them)(?: (?:busy|entertained|occupied|amused))?"),
    ("activity", "quizzes", r"(?:(?:fun|pub|trivia) )?quiz"),
    ("activity", None, r"(?:(?:board|card|party|group|parlou?r|table|lawn|garden|outdoor|ice-?breaker|drinking) )?games?|quizzes|"
     r"croquet|ring toss|magic (?:show|set)s?|charades"),
    ("decorations", "candles", r"candles? for (?:the |our )?(?:dinner )?table"),
    ("decorations", "flowers", r"flowers? for (?:the |our )?(?:dinner )?table"),
    ("decorations", None, r"lanterns?|(?:string |fairy |party )lights?|table (?:decorations?|runners?)"),
    ("tableware", "cups", r"(?:something|things?)(?: for \w+)? to drink (?:from|out of|with)|(?:wine |champagne |drinking )?glasses|beakers|tumblers"),
    ("tableware", "plates", r"(?:something|things?)(?: for \w+)? to eat (?:from|off|on|with)"),
)  # fmt: skip

# Theme words as said -> canonical singular. Any other word directly before "party"/"themed" is taken as it is.
THEMES: dict[str, str] = {
    "dino": "dinosaur", "dinos": "dinosaur", "dinosaurs": "dinosaur", "jurassic": "dinosaur", "t-rex": "dinosaur",
    "outer space": "space", "astronaut": "space", "astronauts": "space", "rocket": "space", "galaxy": "space", "planets": "space",
    "unicorns": "unicorn", "pirates": "pirate", "princesses": "princess", "fairies": "fairy", "fairy-tale": "fairy tale",
    "superheroes": "superhero", "super hero": "superhero", "superheros": "superhero", "avengers": "superhero",
    "super-hero": "superhero", "soccer": "football", "footballs": "football", "jungle animals": "jungle",
    "jungle animal": "jungle", "sea": "ocean", "underwater": "ocean", "under the sea": "ocean", "under-the-sea": "ocean",
    "trains": "train", "robots": "robot", "building site": "construction", "digger": "construction",
    "diggers": "construction", "hawaiian": "tropical", "luau": "tropical", "tiki": "tropical", "mermaids": "mermaid",
    "knights": "knight", "cars": "car", "race car": "racing car", "race cars": "racing car", "racing cars": "racing car",
    "flowers": "flower", "butterflies": "butterfly", "animals": "animal", "dragons": "dragon", "wizards": "wizard",
    "ninjas": "ninja", "cowboys": "cowboy", "magic": "magic", "farm animals": "farm", "video games": "video game",
    "rainbows": "rainbow", "horses": "horse", "ponies": "pony", "disco": "disco", "circus": "circus",
    "garden": "garden", "casino": "casino", "milestone": "milestone", "art": "art", "safari": "safari",
}  # fmt: skip

# Theme words that make a theme beside any party item ("a unicorn cake") without the word "theme" or "party".
KNOWN_THEMES = (
    frozenset(THEMES)
    | frozenset(THEMES.values())
    | frozenset(
        "dinosaur space unicorn pirate princess superhero football jungle ocean construction fairy train robot circus tropical "
        "disco garden casino milestone mermaid knight safari farm beach science woodland rainbow dragon wizard ninja cowboy "
        "minecraft pokemon frozen batman spiderman barbie bluey lego skateboard basketball ballet butterfly flower panda "
        "monster zombie vampire detective spy paw-patrol peppa cocomelon hollywood gatsby retro neon emoji tiger cat dog horse "
        "hedgehog owl fox bear bunny shark monkey elephant lion".split()
    )
)

# Words before "party" that say what sort of party, not its theme.
NOT_THEMES = frozenset(
    "birthday bday b-day surprise dinner big small little huge kids kid's kids' children's childrens child's office farewell "
    "retirement christmas xmas work house hen stag engagement leaving my the a an our his her their this that great family "
    "bachelorette bachelor graduation year old wedding anniversary housewarming going-away baby shower halloween new "
    "for to of at and or with nice fun good best cool lovely simple cheap whole next any some another class first 1st "
    "school summer winter outdoor indoor adult toddler girls boys teen joint themed theme no-theme throw plan host holiday "
    "third second milestone-birthday cake decorations whole is are was plan planning throwing hosting organise organize "
    "organising organizing amazing perfect awesome fantastic magical low-key lowkey casual formal budget year's day "
    "change switch make keep drop use pick choose different other please do like love prefer go into "
    "instead than rather sweet boy's girl's wild crazy quick last-minute minute not no having have the-day son's daughter's".split()
)

GUEST_NOUNS = (
    "kids?|children|guests?|people|persons?|friends|adults|boys|girls|toddlers|teens|teenagers|attendees|little ones|"
    "grown-?ups|classmates|participants|kiddos|pals|of us|invitees|mates|little guests|preschoolers|of them"
)
