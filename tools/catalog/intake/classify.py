"""What a feed leaves unsaid: what a product serves at a party, how many a pack holds, whether it is for adults."""

from __future__ import annotations

import re

from tools.product import NeedKind

ADULT_YEARS = 18

_PARTY_SHELF = re.compile(r"(?i)\b(?:party|parties|celebrations?)\b")

_BALLOONS = r"(?:foil|latex|helium|birthday|party|number|supershape|confetti) (?:\w+ )?balloons?|balloons|balloon arch"
_BANNERS = r"bunting|(?:party|birthday)(?: \S+){0,3} banners?|streamers|party poppers?|confetti cannons?"
_CAKE_TOPS = r"(?:birthday|cake)(?: \S+)? candles?|candles? birthday|(?:cup)?cake (?:toppers?|decorations?)"
_PAPER = r"(?:party|birthday|table) decorations?|party (?:invites?|invitations?)|invitations"
_PLATES = r"(?:paper|party|birthday|disposable)(?: \w+)? (?:plates?|cups?|bowls?|straws|tablecloths?|table ?covers?)"
_NAPKINS = r"napkins|serviettes|party tableware|cake stands?|disposable cutlery"


def _patterns(words: dict[NeedKind, str]) -> dict[NeedKind, re.Pattern[str]]:
    return {kind: re.compile(rf"(?i)\b(?:{alternatives})\b") for kind, alternatives in words.items()}


# The first kind that fits counts. A title is about one product, so it is asked before the shelf.
_TITLES = _patterns(
    {
        "activity": r"pi[nñ]atas?|party games?|pass the parcel|pin the (?:tail|\w+ on)|scavenger hunt",
        "favours": r"(?:party|loot|goody|goodie) bags?(?: fillers?)?|(?:party|bag) fillers?|party favou?rs?",
        "decorations": "|".join((_BALLOONS, _BANNERS, _CAKE_TOPS, _PAPER)),
        "tableware": "|".join((_PLATES, _NAPKINS)),
    }
)
_SHELVES = _patterns(
    {
        "activity": r"party games?|pi[nñ]atas?",
        "favours": r"party (?:favou?rs?|bags?|bag fillers?)|loot bags?",
        "tableware": r"tableware|plates|cups|napkins|cutlery|straws|table covers?",
        "decorations": r"decorations?|balloons?|banners?|bunting|garlands?|confetti|streamers|candles|invitations",
    }
)
_NO_PARTY_TITLE = re.compile(
    r"(?i)\b(?:dolls?'? ?house|miniature|toys? box|play ?set|playhouse|lego|plush|soft toy|puzzle|jigsaw|book|sticker"
    r"|costume|fancy dress|hot air|water balloons?|balloon (?:car|racer|dog|boat)|plants?|bird|sleeping)\b"
)
"""Words that make "balloons" or "plates" part of a toy. A party bag filler may be a puzzle: favours are asked first."""

_CARD = re.compile(
    r"(?i)\b(?:thank[- ]?you|greetings?|gift|note|playing|birthday) ?(?:note ?)?(?:cards?|notes?|notelets)\b"
)
"""What is written on and sent decorates nothing, though it stands on the shelf of the invitations."""

_CAKE = re.compile(r"(?i)\b(?:cakes?|cupcakes?|cake ?pops|brownies|gateau|gâteau)\b")
_NOT_A_CAKE = re.compile(
    r"(?i)\b(?:toys?|play|pretend|wooden|felt|lego|plush|erasers?|pencils?|case|cases|stands?|toppers?|tins?|pans?|mou?lds?"
    r"|dice|games?|candles?|decorat\w+|soaps?|bath|kit|books?|servers?|kni(?:fe|ves)|slicers?|carriers?|cutters?|boxe?s?"
    r"|boards?|ribbons?|wrappers?|costume|ornaments?|earrings?|stickers?|puzzles?|squish\w*|bombs?|machines?)\b"
)
_EDIBLE = re.compile(
    r"(?i)\b(?:baker\w*|patisserie|grocer\w*|foods?|sponge|buttercream|frosting|icing|fondant|flour|freshly baked"
    r"|slices|servings?|serves)\b|(?:^|> )(?:\w+ )?cakes?(?:$| >)"
)


def classify_need(title: str, category_steps: list[str], description: str = "") -> NeedKind:
    """What a product serves: party needs by the words of its title, then of its shelf; everything else is a gift.

    A cake must also be called edible somewhere, because most "cakes" in a toy feed are wood, felt or rubber.
    """
    shelf = " > ".join(category_steps)
    if _CAKE.search(title) and not _NOT_A_CAKE.search(title) and _EDIBLE.search(f"{shelf} > {description}"):
        return "cake"
    toy = _NO_PARTY_TITLE.search(title)
    for kind, words in _TITLES.items():
        card = kind == "decorations" and _CARD.search(title)
        if words.search(title) and not card and (kind in ("activity", "favours") or not toy):
            return kind
    if _PARTY_SHELF.search(shelf):
        for kind, words in _SHELVES.items():
            if words.search(shelf) and not (kind == "decorations" and _CARD.search(title)):
                return kind
    return "gift"


_A_SIZE = r"\s*(?:\"|''|”|inch|in\b|cm|mm|m\b|ft|foot|g\b|kg|oz|ml|l\b|years?|x\s*\d)"
_COUNTED = (
    r"balloons|plates|cups|bowls|napkins|serviettes|straws|candles|invites|invitations|banners|bags|cupcakes|fillers"
)
_PACKS = (
    re.compile(r"(?i)\b(?:pack|set|box|bag|packet|tube)\s+of\s+0*(\d{1,3})\b"),
    re.compile(r"(?i)\b(\d{1,3})\s?-?(?:pack|pk|pcs?|pieces?|count|ct)\b"),
    # Only a small x: "BANNER (EXP HOL) X7" is an article number.
    re.compile(rf"(?:^|\s)x ?(\d{{1,3}})\b(?!{_A_SIZE})(?=\s*(?:$|[-,(|]))"),
    re.compile(r"^(\d{1,3}) ?x (?!\d+\s*(?:cm|mm))"),
    # "20 Mermaid Party Invitations", but not the age in "40 Birthday Balloons".
    re.compile(rf"(?i)^(\d{{1,3}}) (?!birthday|today)(?:[^\W\d][\w'&-]* ){{0,4}}?(?:{_COUNTED})\b"),
)


def units_in_pack(title: str, need: NeedKind) -> int:
    """How many units one price buys, from the title. Counted for party needs only: a gift of 20 pieces is one gift.

    Where a title states none it is 1; a count that may be a size, an age or a model number is none.
    """
    if need == "gift":
        return 1
    counts = (int(found[1]) for pattern in _PACKS if (found := pattern.search(title)))
    return next((count for count in counts if 1 <= count <= 500), 1)


_ADULT_SHELF = re.compile(
    r"(?i)^(?:adults?|adults? only|for adults|18\+|mature|lingerie|spirits|wines?|beer|.*\bdrinking games\b.*"
    r"|.*\b(?:sex|sexual|erotic|alcohol|wine|whisky|whiskey)\b.*)$"
)
_ADULT_TITLE = re.compile(
    r"(?i)\b(?:lingerie|french maid|erotic|sexy|sex toys?|x-rated|bondage|fetish|strippers?|burlesque"
    r"|drinking games?|(?:hen|stag|bachelorette|bachelor) (?:party|parties|night|do|weekend)|adults? only|over 18s?)\b"
)
_ALCOHOL_TITLE = re.compile(
    r"(?i)\b(?:wines?(?! gums?| vinegar| red\b)|whiske?ys?|vodka|tequila|bourbon(?! vanilla| biscuits?)|prosecco|"
    r"champagne(?! gold| colou?r)|liqueurs?|(?<!ginger )(?<!root )beers?)\b(?! charms?| party hats?)"
)
_ALCOHOL_TEXT = re.compile(r"(?i)\b\d{1,2}(?:[.,]\d{1,2})? ?% (?:(?:alc|abv|vol)\b|by vol)|\b(?:alc|abv)\.? \d{1,2}\b")
_NO_ALCOHOL = re.compile(r"(?i)\b(?:non[- ]?alcoholic|alcohol[- ]free|alkoholfrei)\b")
_ADULT_WORD = re.compile(r"(?i)\badults?\b(?! supervision)")
_CHILD_WORD = re.compile(
    r"(?i)\b(?:kids?|child(?:ren)?'?s?|boys?|girls?|famil(?:y|ies)|toddlers?|bab(?:y|ies)|juniors?)\b"
)


def is_for_adults(title: str, category_steps: list[str], description: str = "") -> bool:
    """Whether title or shelf say that a product is for adults; "for kids and adults" does not.

    So is what its title calls alcohol, or its description by its strength, whatever age the seller claims it is for.
    """
    if any(_ADULT_SHELF.match(step) for step in category_steps) or _ADULT_TITLE.search(title):
        return True
    if _ALCOHOL_TEXT.search(description) or (_ALCOHOL_TITLE.search(title) and not _NO_ALCOHOL.search(title)):
        return True
    return bool(_ADULT_WORD.search(title)) and not _CHILD_WORD.search(title)
