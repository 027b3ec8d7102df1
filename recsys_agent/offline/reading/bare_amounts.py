"""An amount without a word of money, told by where it stands: "secret santa, 15", "30 to 50, my husband"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from recsys_agent.offline.reading.amounts import Amount
from recsys_agent.offline.reading.budget_cues import JOINED
from recsys_agent.offline.reading.phrases import is_product
from recsys_agent.offline.reading.words.interests import KNOWN
from tools.lexicon.relations import relation_words

_OPENED = re.compile(r"(?:^|[,.;:!?(]|(?<!\w)-) ?(?:(?:so|and|or|say|maybe|just|like|for|ok|no|oh|sorry|um) )*$")
_CLOSED = re.compile(
    r" ?(?:please|thanks|thank you|all in|or so|ish|if possible|i guess|i think|maybe|then|is (?:ok|okay|fine|good))?"
    r" ?(?:$|[,.;:!?)](?!\d)| ?- |(?:for (?:my|a|an|the|him|her|them)|and (?:she|he|they|no|nothing|not)|but) )"
)
_COUNTED = re.compile(
    r"\b(?:wom[ae]n|m[ae]n|lad(?:y|ies)|guys?|males?|females?|people|adults?|kids?|children|girls?|boys?|teens?|guests?|"
    r"ages?|aged|players?|size|uk|eu|us|number|lego|set|part|room|flat|model|version|season|series|chapter|page|"
    r"grade|year|class|level|iphone|galaxy|pixel|windows|playstation|xbox|route)[ ,(:-]*$|\b(?:no|nr)\.? $"
)
"""A number behind these is no price."""
_FOR_THE_THING = re.compile(r"\b(?:something|anything|one|ones)\b(?: [\w'-]+){1,6} for $")
_LEAST = Decimal(5)
_LEAST_ENDING, _MOST_ENDING = Decimal(10), Decimal(3000)
"""What "tree ornaments 40" may cost: of less, and of more, a name or a number of pieces is as likely."""
_OLDEST = 110
_YEARS = range(1900, 2101)


def standing_alone(amounts: Sequence[Amount], text: str) -> list[Amount]:
    """The first amount, or pair of ends, that is an entry of its own; empty where each number belongs to other words.

    Ages, guests and dates are to be read before: what they took is closed in ``text``.
    """
    for index, amount in enumerate(amounts):
        following = amounts[index + 1] if index + 1 < len(amounts) else None
        joined = following and JOINED.fullmatch(text[amount.end : following.start])
        last = following if following and joined else amount
        left = text[: amount.start]
        if not (_CLOSED.match(text[last.end :]) and _can_be_spent(last) and amount.value >= 1) or _COUNTED.search(left):
            continue
        alone = _OPENED.search(left) or _FOR_THE_THING.search(left)
        if alone or (last is amount and _ends_a_thing(amount, text)):
            return [amount, last] if last is not amount else [amount]
    return []


def _can_be_spent(amount: Amount) -> bool:
    year = amount.value in _YEARS and amount.currency is None
    return amount.value >= _LEAST and not year


def _ends_a_thing(amount: Amount, text: str) -> bool:
    """The number at the very end, behind what is to be bought or for whom: "tree ornaments 40", "for my wife 200"."""
    if text[amount.end :].strip(" .!?") or not _LEAST_ENDING <= amount.value <= _MOST_ENDING:
        return False
    words = re.findall(r"[\w'-]+", text[: amount.start])[-2:]
    named = {words[-1], " ".join(words)} if words else set()
    if amount.value > _OLDEST and not named.isdisjoint(relation_words()):
        return True
    return any(is_product(name) or name in KNOWN for name in named)
