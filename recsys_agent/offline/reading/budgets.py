"""What may be spent: every amount is found first, then judged by the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from price_parser import Price

from recsys_agent.offline.reading.text import Message
from tools.brief import Budget

CURRENCIES: dict[str, str] = {
    r"us ?\$|\$|u\.s\. dollars?|us dollars?|american dollars?|dollars?|dollers?|bucks?|usd": "USD",
    r"€|euros?|eur|euroes": "EUR",
    r"£|pounds? sterling|british pounds?|pounds?|quid|gbp|sterling": "GBP",
    r"ca?\$|canadian dollars?|canadian|cad": "CAD",
    r"au?\$|australian dollars?|aussie dollars?|aud": "AUD",
    r"nz\$|new zealand dollars?|nzd": "NZD",
    r"hk\$|hong kong dollars?|hkd": "HKD",
    r"s\$|singapore dollars?|sgd": "SGD",
    r"¥|japanese yen|yen|jpy": "JPY",
    r"₹|indian rupees?|rupees?|inr|rs\.?": "INR",
    r"swiss francs?|francs?|chf|sfr\.?": "CHF",
    r"swedish kronor|kronor|kronas?|sek": "SEK",
    r"norwegian kroner|nok": "NOK",
    r"danish kroner|kroner|dkk": "DKK",
    r"zł|polish zloty|zlot[yi]e?s?|złotych|pln": "PLN",
    r"czech koruna|koruna|czk|kč": "CZK",
    r"₺|turkish liras?|liras?|try(?= ?\d)": "TRY",
    r"₩|korean won|krw": "KRW",
    r"r\$|brazilian reais|reais|brl": "BRL",
    r"mexican pesos?|pesos?|mxn": "MXN",
    r"south african rand|rand|zar": "ZAR",
    r"chinese yuan|yuan|renminbi|rmb|cny": "CNY",
    r"₪|shekels?|ils": "ILS",
    r"dirhams?|aed": "AED",
    r"forints?|huf": "HUF",
}
_ONE_CURRENCY = [(re.compile(rf"(?:{words})"), code) for words, code in CURRENCIES.items()]
_CURRENCY = "|".join(sorted((w for words in CURRENCIES for w in words.split("|")), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[.,']\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"
_AMOUNT = re.compile(
    rf"(?<![\w.,/#])(?:(?P<before>{_CURRENCY}) ?)?(?P<number>{_NUMBER})(?P<thousand> ?k(?![a-z])| grand\b)?"
    rf"(?:(?:-(?=[a-z])| )?(?P<after>{_CURRENCY})(?![a-z]|(?<=[$€£¥]) ?\d))?(?: (?:and )?(?P<cents>\d{{1,2}}) ?(?:cents?|pence|c|p)\b)?"
)
_SLANG = re.compile(r"\b(?:(?P<five>(?:a |1 )?fiver)|(?P<ten>(?:a |1 )?tenner)|(?P<grand>(?:a|1) grand)\b)(?! piano)\b")

_PAD = r"(?: (?:the|a|an|is|of|to|at|about|around|roughly|like|or|budget|total|say|maybe|my|absolute|sum|amount|strictly|be|approximately|approx\.?|it|under|for|perhaps|just))*[ :~]*$"
_MAX_LEFT = re.compile(
    r"(?:\b(?:under|unter|below|beneath|less than|lower than|cheaper than|fewer than|smaller than|no more than|not more than|nothing more than|nothing over|nothing above|not over|not above|"
    r"up to|upto|until|till|at most|at the most|max(?:imum)?\.?|within|inside|exceed(?:ing)?|go over|cap(?:ped)?(?: it)? at|cap(?: is| of)?|limit(?:ed)?(?: is| of| to)?|"
    r"ceiling(?: of)?|not to exceed|no higher than|not spend over|tops|as much as|stretch to|go (?:up|as high as)|upper limit)|<=?|≤)" + _PAD
)
_MIN_LEFT = re.compile(
    r"(?:\b(?:over|above|more than|at least|minimum|min\.?|starting (?:at|from)|upwards? of|north of|no less than|not less than|from|higher than|exceeding|beyond|"
    r"nothing under|nothing below|nothing less than|not under|not below|no cheaper than)|>=?|≥)(?: of| about| a| the| around)*[ :]*$"
)
_ABOUT_LEFT = re.compile(r"(?:\b(?:around|about|approximately|approx\.?|roughly|circa|ca\.?|near|close to|region of|in the area of|something like|somewhere near|more or less|or so)|~)(?: the| of| a)*[ :]*$")
_BUDGET_LEFT = re.compile(
    r"(?:\b(?:budget|budgets|bugdet|spend|spending|spent|budgeted|pay|price(?: range| limit| point)?|cost|costing|costs|afford|worth|allowance|"
    r"have got|have|has|make (?:it|that)|raise it|lower it|increase it|bump it|chip in|funds|money|for only|set aside|put aside|kitty))"
    r"(?: (?:is|are|of|was|to|now|about|around|at|only|just|like|it|up|max|maximum|would be|will be|can be|be|for|the|limit|range|should|a|on|approx|approximately|roughly|exactly|under|total|gift))*[ :=~]*$"
)
_MAX_RIGHT = re.compile(
    r"[ ,]*(?:-ish |ish )?(?:is )?(?:(?:my|our|the|a|as a|absolute|at the|at|is the|at an? absolute|per person|each|a head|is my|is our|total)[ ,]+){0,3}(?:max(?:imum)?\b|tops\b|top\b|most\b|limit\b|or less\b|or under\b|or below\b|or cheaper\b|upper\b|ceiling\b|and under\b|and below\b|"
    r"or lower\b|budget\b|to spend\b|cap\b|to play with|to work with|is all i|spending limit|is the most|is what i|price limit|for everything|to spare|left\b|and no more|not more|no more)"
)
_MIN_RIGHT = re.compile(r" ?(?:or more\b|or above|and up\b|and above\b|and over\b|upwards?\b|\+(?! ?\d)|plus\b|minimum\b|min\b|at least\b|or higher|or over\b)")
_ABOUT_RIGHT = re.compile(r"[ -]?(?:ish\b|or so\b|or thereabouts|thereabouts|give or take|more or less|roughly|approx)")
_EACH_RIGHT = re.compile(
    r"[ ,]*(?:max(?:imum)?,? |tops,? |at most,? |or less,? |or so,? )?(?:each\b|apiece\b|per\b|/ ?(?:person|head|child|kid|guest|piece|gift|item|bag|each)|a head\b|a piece\b|a pop\b|for each\b|(?:for )?every (?:one|child|kid|guest)|a person\b|a child\b|a kid\b|a gift\b|a bag\b|per-)"
)
_EACH_LEFT = re.compile(r"(?:\beach (?:gift |present |one |bag |person |child |item )?(?:can |should |may |to )?(?:cost |costing |be |at |for |worth )?(?:around |under |about |up to |max |at most |no more than |less than |below )?|\bper (?:person|head|child|kid|guest|gift|piece|item|bag)(?: is| of|:)? ?(?:under |max |up to |around )?)$")
_TOTAL_RIGHT = re.compile(r"[ ,]*(?:max(?:imum)?,? |tops,? |at most,? )?(?:in total|total\b|altogether|all in\b|overall|all together|for the lot|for everything|for all)")
_JOINED = re.compile(r" ?(?:-|to|and|or|up to|until|through|\.\.+|but no more than|but not more than|and up to) ?(?:max |maximum |about |around )?")
_RANGE_LEFT = re.compile(r"\b(?:between|from|anywhere between|somewhere between|range(?: of| is)?|around|about)[: ]*(?:about |around )?$")
_REFUSED = re.compile(r"\b(?:not|never|no|nothing|without|nor|rather not|avoid|does|cannot|hardly)\b[^,.;!?|]{0,40}$")
_PAST = re.compile(r"\b(?:last (?:year|time|christmas|birthday|month|week)|used to|spent|paid|cost me|was worth|bought|got (?:him|her|them))\b[^.;!?|]{0,50}$")
_PAST_RIGHT = re.compile(r"[^,.;!?|]{0,25}\blast (?:year|time|christmas|birthday|month)")
_CORRECTED = re.compile(r"\b(?:actually|no wait|wait|sorry|scratch that|make (?:that|it)|or rather|i mean|correction|instead|but now|this year|this time)\b")
# A number before these counts something else; so it does as part of a name, a model or a date.
_NOT_MONEY_RIGHT = re.compile(
    r"[- ]?(?:th\b|st\b|nd\b|rd\b|years?|yo\b|months?|weeks?|days?|hours?|hrs?\b|minutes?|mins?\b|seconds?|kids?|child|guests?|people|persons?|friends|adults|boys|girls|toddlers|teens|"
    r"pieces?|pcs|cm\b|mm\b|m\b|km\b|kg\b|g\b|lbs?\b|inch|inches|ft\b|feet|foot|miles|litres?|liters?|ml\b|%|percent|am\b|pm\b|o'clock|players?|gifts?|presents?|options?|ideas?|suggestions?|choices|picks|"
    r"recommendations?|alternatives|bags?|colleagues|coworkers|clients|grandkids|grandchildren|nieces|nephews|students|pupils|teachers|identical|small|of us|of them|things|items|products|books|cats|dogs|pets|siblings|"
    r"brothers|sisters|sons|daughters|cakes?|balloons|plates|cups|in a row|marathons?|x\b|degrees|bit|gb\b|tb\b|mg\b|d printing|d\b|s\b|k (?:run|race)|colou?rs|candles|bottles|sets?|pairs?|times|parties|classmates|neighbours|employees|mates|different|more (?:ideas|options|suggestions|kids|guests|people))"
)
_HEAVY_LEFT = re.compile(r"\b(?:weighs?|weighing|lost|lose|gained|size|number|no\.?|option|pick|version|part|chapter|series|season|model|phone|iphone|galaxy|room|page|windows|ps|xbox|born in|in|since|top|the|flat|apartment|at|lives at|blink|maroon|level|grade|class|year|route|area|studio|catch|boeing|apollo|ages?|aged|turns|turning|district|u|formula|f|sum|unit|street|type|mark|gen|grade|step|gift for|party for|for (?:about|around|the))[ -]?$")
_HEAVY_RIGHT = re.compile(r" (?:weights?|dumbbells?|kettlebells?|heavier|lighter|bill|note|shop)\b")


@dataclass
class Amount:
    """An amount as written, with its place in the text."""

    value: Decimal
    currency: str | None
    start: int
    end: int


def read_budget(message: Message, *, asked: bool = False, asked_currency: bool = False, known: Budget | None = None) -> Budget | None:
    """The budget the message states, its words closed; None if it states none.

    ``asked`` means a bare number answers the question for the budget; ``known`` is the present budget, which
    "make it 40" or "in euros please" changes.
    """
    text = message.open
    amounts = [a for a in _amounts(text) if not _is_something_else(a, text)]
    budget = _judged(amounts, message, lenient=asked or asked_currency)
    if budget is None and known is not None:
        budget = _revised(amounts, message, known)
    if budget is None and (asked_currency or known is not None or asked):
        return _currency_alone(message, known, asked_currency)
    return budget


def currency_of(words: str | None) -> str | None:
    """The ISO code a currency word or symbol stands for."""
    if not words:
        return None
    return next((code for pattern, code in _ONE_CURRENCY if pattern.fullmatch(words.strip())), None)


def _amounts(text: str) -> list[Amount]:
    found = []
    for match in _AMOUNT.finditer(text):
        # price-parser knows which separator is the decimal one: 1.200 and 1,200 are thousands, 25,50 is not.
        value = Price.fromstring(match["number"].replace("'", "")).amount
        if value is None or len(match["number"]) > 14:
            continue
        if match["thousand"]:
            value *= 1000
        if match["cents"]:
            value += Decimal(match["cents"]) / 100
        currency = currency_of(match["before"]) or currency_of(match["after"])
        if match["after"] and match["before"] and currency == "USD":  # "$50 CAD": the code is the more exact one
            currency = currency_of(match["after"]) or currency
        if value <= Decimal(10) ** 9:
            found.append(Amount(value.quantize(Decimal("0.01")), currency, match.start(), match.end()))
    for match in _SLANG.finditer(text):
        value, currency = (Decimal(5), "GBP") if match["five"] else (Decimal(10), "GBP") if match["ten"] else (Decimal(1000), None)
        found.append(Amount(value.quantize(Decimal("0.01")), currency, match.start(), match.end()))
    return sorted(found, key=lambda a: a.start)


def _is_something_else(amount: Amount, text: str) -> bool:
    left, right = text[max(0, amount.start - 60) : amount.start], text[amount.end : amount.end + 50]
    if amount.currency is None:
        return bool(_NOT_MONEY_RIGHT.match(right))
    if _HEAVY_RIGHT.match(right) or re.search(r"\b(?:weighs?|weighing|lost|lose|gained)[^,.;]{0,12}$", left):
        return True
    return bool(_PAST.search(left)) or bool(_PAST_RIGHT.match(right) and re.search(r"\b(?:spent|was|paid|cost|got|gave)\b", left))


def _judged(amounts: list[Amount], message: Message, *, lenient: bool) -> Budget | None:
    text = message.open
    low = high = None
    currency: str | None = None
    per: Literal["total", "each"] = "total"
    used: list[Amount] = []
    skip = capped = False  # capped: the upper end was said to be one ("at most"), and stands against a bare amount
    for index, amount in enumerate(amounts):
        if skip:
            skip = False
            continue
        following = amounts[index + 1] if index + 1 < len(amounts) else None
        left = text[max(0, amount.start - 60) : amount.start]
        if following and _is_range(amount, following, left, text, lenient):
            low, high = sorted((_scaled(amount, following), following.value))
            currency = amount.currency or following.currency or currency
            used += [amount, following]
            skip = True
            continue
        kind = _kind(amount, left, text[amount.end : amount.end + 50], lenient)
        if kind is None:
            continue
        if kind == "low":
            low = amount.value
        elif high is None or (kind == "cap" and not capped) or _CORRECTED.search(text[used[-1].end if used else 0 : amount.start]):
            high, capped = amount.value, kind == "cap"
        else:
            continue
        currency = amount.currency or currency
        used.append(amount)
    if not used:
        return None
    if low is not None and high is not None and low > high:
        low = None
    if currency is None and (apart := _CURRENCY_WORD.search(text)):  # "euros please, 50 at most"
        currency = currency_of(apart[0])
    soft = False
    for amount in used:
        right = text[amount.end : amount.end + 40]
        left = text[max(0, amount.start - 60) : amount.start]
        soft = soft or bool(_ABOUT_LEFT.search(left) or _ABOUT_RIGHT.match(right))
        if (_EACH_RIGHT.match(right) or _EACH_LEFT.search(text[max(0, amount.start - 50) : amount.start])) and not _TOTAL_RIGHT.match(right):
            per = "each"
    for amount in used:
        _close(message, amount)
    return Budget(min=low, max=high, currency=currency, per=per, soft=soft)


def _is_range(first: Amount, second: Amount, left: str, text: str, lenient: bool) -> bool:
    if not _JOINED.fullmatch(text[first.end : second.start]):
        return False
    if first.currency and second.currency and first.currency != second.currency:
        return False
    cued = _RANGE_LEFT.search(left) or _BUDGET_LEFT.search(left) or _MAX_RIGHT.match(text[second.end : second.end + 40])
    return bool(first.currency or second.currency or cued or lenient)


def _scaled(first: Amount, second: Amount) -> Decimal:
    """"1-2k" is 1000 to 2000."""
    return first.value * 1000 if first.value < 10 and second.value >= 1000 and second.value / 1000 <= 100 and first.value * 1000 <= second.value else first.value


def _kind(amount: Amount, left: str, right: str, lenient: bool) -> Literal["low", "high", "cap"] | None:
    """Whether an amount is the lower end, an upper end, or expressly the cap; None if it is no budget."""
    refused = bool(_REFUSED.search(re.sub(r"\bno(?:t|thing)? (?:more|less|cheaper|higher) than[^,.;]*$|\bnot (?:over|above|under|below)[^,.;]*$", "", left)))
    if _MAX_LEFT.search(left):
        if re.search(r"\b(?:not|nothing|no less|nothing less|no cheaper) (?:under|below|less than|than)\b[^,.;]*$", left):
            return "low"
        return "cap"
    if _MIN_LEFT.search(left):
        from_only = re.search(r"\bfrom ?$", left)
        if amount.currency or not from_only:
            if re.search(r"\bno(?:t|thing)? (?:under|below|less than|cheaper than)[^,.;]*$", left):
                return "low"
            return "cap" if refused else "low"
    if _MIN_RIGHT.match(right) and (amount.currency or _BUDGET_LEFT.search(left)):
        return "low"
    if _MAX_RIGHT.match(right):
        return "cap"
    if amount.currency is not None or lenient:
        return "high"
    if _HEAVY_LEFT.search(left) and not _BUDGET_LEFT.search(left):
        return None
    if _BUDGET_LEFT.search(left) and _is_budget_word(left, right):
        return "high"
    if _EACH_RIGHT.match(right) and amount.value >= 3:
        return "high"
    if _ABOUT_RIGHT.match(right) and amount.value >= 5 and re.match(r"[ -]?(?:ish|or so|or thereabouts|give or take)", right) and not re.match(r"[ -]?or so (?:people|kids|guests)", right):
        return "high"
    if _ABOUT_LEFT.search(left) and amount.value >= 10 and re.match(r" ?(?:[,.;!?|]|$|for\b|and\b|would|max|please|or\b|is\b)", right):
        return "high"
    return None


def _is_budget_word(left: str, right: str) -> bool:
    """"have 80" and "is worth 80" need more than the verb: a budget's end or its purpose follows."""
    if re.search(r"\b(?:have|has|have got)(?: \w+){0,3} ?$", left) and not re.search(r"\bbudget\b", left):
        return bool(re.match(r" ?(?:to spend|to work|to play|for (?:it|this|the gift)|available|in mind|left|[,.;!?|]|$)", right)) and "have" in left
    return True


def _revised(amounts: list[Amount], message: Message, known: Budget) -> Budget | None:
    """A bare number that changes a known budget: "actually make it 40", "50 is better", "40 then"."""
    if len(amounts) != 1 or amounts[0].value < 1:
        return None
    amount, text = amounts[0], message.open
    rest = (text[: amount.start] + text[amount.end :]).strip(" .,!?;")
    words = set(re.findall(r"[a-z]+", rest))
    cues = {"actually", "make", "budget", "instead", "raise", "lower", "increase", "rather", "better", "now", "sorry", "max", "change", "reduce", "bump", "spend", "let", "ok", "okay", "then", "go"}
    if _HEAVY_LEFT.search(text[: amount.start]) or not (words & cues or not words) or len(words) > 9 or words & {"she", "he", "option", "number", "guests", "kids", "age"}:
        return None
    _close(message, amount)
    return known.model_copy(update={"max": amount.value, "min": None if known.min and known.min > amount.value else known.min, "currency": known.currency, "soft": False})


_CURRENCY_WORD = re.compile(r"\b(?:euros?|dollars?|bucks|pounds|quid|usd|eur|gbp|chf|yen|(?:swiss )?francs)\b")
_YES = re.compile(r"^\W*(?:yes|yep|yeah|yup|correct|right|exactly|sure|that is right|indeed|of course|y)\b")


def _currency_alone(message: Message, known: Budget | None, asked_currency: bool) -> Budget | None:
    """A currency without an amount: "dollars then", "I mean pounds"; the amounts stay."""
    text = message.open
    match = re.search(rf"(?<![a-z])(?P<currency>{_CURRENCY})(?![a-z])", text) if len(text.split()) <= 8 else None
    if match and (code := currency_of(match["currency"])) and (known is None or known.currency != code or asked_currency):
        message.close(*match.span())
        return (known or Budget()).model_copy(update={"currency": code})
    if asked_currency and known is not None and _YES.match(text):
        return known
    return None


def _close(message: Message, amount: Amount) -> None:
    """Closes the amount with its cue words, so that "under" and "each" are not read again."""
    text = message.open
    start, end = amount.start, amount.end
    left, right = text[max(0, start - 60) : start], text[end : end + 50]
    for pattern in (_MAX_LEFT, _MIN_LEFT, _ABOUT_LEFT, _BUDGET_LEFT, _RANGE_LEFT):
        if match := pattern.search(left):
            start = min(start, amount.start - len(left) + match.start())
    for pattern in (_TOTAL_RIGHT, _MAX_RIGHT, _MIN_RIGHT, _ABOUT_RIGHT):
        if match := pattern.match(right):
            end = max(end, amount.end + match.end())
    if match := _EACH_RIGHT.match(text[end : end + 50]):
        end += match.end()
        if noun := re.match(r" (?:person|head|child|kid|guest|piece|gift|item|bag|one|participant|colleague|present|unit)\b", text[end : end + 14]):
            end += noun.end()
    message.close(start, end)


_LOW = re.compile(
    r"\b(?:not|nothing|isn't|without being|never)(?: be| being| going to be)? (?:too |very |that |so |overly |super |really |terribly |to )?(?:expensive|pricey|costly|dear|fancy|extravagant|much money|spendy)\b"
    r"|\b(?:cheap|inexpensive|affordable|budget[- ]friendly|low[- ]budget|low[- ]cost|modest(?:ly)?[- ]priced|reasonably priced|reasonable price|bargain|small budget|tight budget|limited budget|on a budget|"
    r"wallet[- ]friendly|economical|modest budget|low budget|short on (?:cash|money)|skint|broke(?= (?:student|right now|this|at the|so))|i am broke|shoestring|"
    r"(?:do not|does not|not) (?:want to |wanna |need to |have to )?(?:spend|cost) (?:too |that |very |a )?(?:much|lot|a lot|a fortune|the earth)|"
    r"(?:not|without) (?:break(?:ing)?) the bank|will not break the bank|does not break the bank|will not cost (?:a fortune|the earth|much)|"
    r"(?:does not|do not|should not|not) (?:have|need) to be expensive|little money|not much money|nothing (?:too )?(?:expensive|pricey))\b"
)
_HIGH = re.compile(
    r"\b(?:money|price|cost|budget|expense) (?:is |are |was )?(?:no|not an?|not a) (?:object|issue|problem|concern|limit)|\bno (?:expense|expenses) spared|\bspare no expense|\bsparing no expense|"
    r"\b(?:luxury|luxurious|high[- ]end|upscale|lavish|extravagant gift|splurge|splash out|top of the range|top[- ]notch|no budget limit|no limit|unlimited budget|price does not matter|cost does not matter|"
    r"money does not matter|budget does not matter|do not care about (?:the )?(?:price|cost|money)|no matter (?:the|how much it) costs?|whatever it costs|premium|no price limit|sky is the limit|no upper limit|big budget|generous budget)\b"
)


def read_price_feel(message: Message) -> Literal["low", "high"] | None:
    """ "Not too expensive" is low, "money is no object" high; the words are closed."""
    feel: Literal["low", "high"] | None = None
    for pattern, value in ((_LOW, "low"), (_HIGH, "high")):
        while message.take(pattern):
            feel = feel or value  # type: ignore[assignment]
    return feel
