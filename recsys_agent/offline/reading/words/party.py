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
