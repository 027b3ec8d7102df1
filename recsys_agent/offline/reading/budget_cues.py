"""The words beside an amount that say whether it is a budget, and which end of it."""

from __future__ import annotations

import re

_PAD = (
    r"(?: (?:the|a|an|is|of|to|at|about|around|roughly|like|or|budget|total|say|maybe|my|absolute|sum|amount|"
    r"strictly|be|approximately|approx\.?|it|under|for|perhaps|just))*[ :~]*$"
)

MAX_LEFT = re.compile(
    r"(?:\b(?:under|unter|below|beneath|less than|lower than|cheaper than|fewer than|smaller than|no more than|"
    r"not more than|nothing more than|nothing over|nothing above|not over|not above|"
    r"up to|upto|until|till|at most|at the most|max(?:imum)?\.?|within|inside|exceed(?:ing)?|go over|"
    r"cap(?:ped)?(?: it)? at|cap(?: is| of)?|limit(?:ed)?(?: is| of| to)?|"
    r"ceiling(?: of)?|not to exceed|no higher than|not spend over|tops|as much as|stretch to|go (?:to|up|"
    r"as high as)|upper limit)|<=?|≤)" + _PAD
)

MIN_LEFT = re.compile(
    r"(?:\b(?:over|above|more than|at least|minimum|min\.?|starting (?:at|from)|upwards? of|north of|"
    r"no less than|not less than|from|higher than|exceeding|beyond|"
    r"nothing under|nothing below|nothing less than|not under|not below|no cheaper than)|>=?|≥)(?: of| about| a|"
    r" the| around)*[ :]*$"
)

ABOUT_LEFT = re.compile(
    r"(?:\b(?:around|about|approximately|approx\.?|roughly|circa|ca\.?|near|close to|region of|in the area of|"
    r"something like|somewhere near|more or less|or so)|~)(?: the| of| a)*[ :]*$"
)

BUDGET_LEFT = re.compile(
    r"(?:\b(?:budget|budgets|bugdet|spend|spending|spent|budgeted|pay|price(?: range| limit| point)?|cost|"
    r"costing|costs|afford|worth|allowance|"
    r"have got|have|has|make (?:it|that)|raise it|lower it|increase it|bump it|chip in|funds|money|for only|"
    r"set aside|put aside|kitty|pool(?:ed|ing)|collect(?:ed|ing)|raised|putting in|chipp(?:ed|ing) in))"
    r"(?: (?:is|are|of|was|to|now|about|around|at|only|just|like|it|up|max|maximum|would be|will be|can be|be|"
    r"for|the|limit|range|should|a|on|approx|approximately|roughly|exactly|under|total|gift))*[ :=~]*$"
)

MAX_RIGHT = re.compile(
    r"[ ,]*(?:-ish |ish )?(?:is )?(?:(?:my|our|the|a|as a|absolute|at the|at|is the|at an? absolute|per person|"
    r"each|a head|is my|is our|total)[ ,]+){0,3}(?:max(?:imum)?\b|tops\b|top\b|most\b|limit\b|or less\b|"
    r"or under\b|or below\b|or cheaper\b|upper\b|ceiling\b|and under\b|and below\b|"
    r"or lower\b|budget\b|to spend\b|cap\b|to play with|to work with|is all i|spending limit|is the most|"
    r"is what i|price limit|for everything|to spare|left\b|and no more|not more|no more)"
)

MIN_RIGHT = re.compile(
    r" ?(?:or more\b|or above|and up\b|and above\b|and over\b|upwards?\b|\+(?! ?\d)|plus\b(?! (?:shipping|postage|"
    r"delivery|tax|p&p|vat))|minimum\b|min\b|"
    r"at least\b|or higher|or over\b)"
)

ABOUT_RIGHT = re.compile(r"[ -]?(?:ish\b|or so\b|or thereabouts|thereabouts|give or take|more or less|roughly|approx)")

EACH_RIGHT = re.compile(
    r"[ ,]*(?:max(?:imum)?,? |tops,? |at most,? |or less,? |or so,? )?(?:each\b|apiece\b|per\b|/ ?(?:person|head|"
    r"child|kid|guest|piece|gift|item|bag|each)|a head\b|a piece\b|a pop\b|for each\b|(?:for )?every (?:one|"
    r"child|kid|guest)|a person\b|a child\b|a kid\b|a gift\b|a bag\b|per-)"
)

EACH_LEFT = re.compile(
    r"(?:\beach (?:gift |present |one |bag |person |child |item )?(?:can |should |may |to )?(?:cost |costing |be |"
    r"at |for |worth )?(?:around |under |about |up to |max |at most |no more than |less than |below )?|"
    r"\bper (?:person|head|child|kid|guest|gift|piece|item|bag)(?: is| of|:)? ?(?:under |max |up to |around )?)$"
)

TOTAL_RIGHT = re.compile(
    r"[ ,]*(?:max(?:imum)?,? |tops,? |at most,? )?(?:in total|total\b|altogether|in all\b|all in\b|all told\b|overall|"
    r"all together|for the lot|for everything|for all)"
)

TOTAL_LEFT = re.compile(
    r"\b(?:(?:in |a |the |grand |overall |sum )?total(?: of| is|:)?|(?:all|both|everything|the lot|the whole lot) for|"
    r"altogether|all in all|all in|overall|(?:the )?"
    r"whole (?:thing|lot|party|plan)|for everything|everything(?: together)?)[ :=]*$"
)

JOINED = re.compile(
    r" ?(?:-|to|and|&|or|up to|until|through|\.\.+|but no more than|but not more than|and up to) ?(?:max |maximum |"
    r"about |around )?"
)

RANGE_LEFT = re.compile(
    r"\b(?:between|from|anywhere between|somewhere between|range(?: of| is)?|around|about)[: ]*(?:about |around )?$"
)

REFUSED = re.compile(r"\b(?:not|never|no|nothing|without|nor|rather not|avoid|does|cannot|hardly)\b[^,.;!?|]{0,40}$")

_NOW = (
    r", (?:and |but )?(?:we (?:have |all )?)?(?:now|this (?:time|year)|up to|under|below|at most|max|maximum|"
    r"no more than|within|less than|not over|budget|about|around|collected|raised|pooled|chipped in)\b"
)

PAST = re.compile(
    r"\b(?:last (?:year|time|christmas|birthday|month|week)|used to|spent|paid|cost me|was worth|bought|got (?:him|"
    rf"her|them))\b(?:(?!{_NOW})[^.;!?|]){{0,50}}$"
)
"""What was spent once. A limit behind a comma is for now: "she bought a camera last week, under $60"."""

NOW_RIGHT = re.compile(r" ?(?:max\b|maximum\b|tops\b|at most\b|limit\b|budget\b|this (?:time|year)\b|now\b)")
"""What is said of a limit for now, behind the amount: "he bought a horse, 45 max"."""

PAST_RIGHT = re.compile(r"[^,.;!?|]{0,25}\blast (?:year|time|christmas|birthday|month)")

CORRECTED = re.compile(
    r"\b(?:actually|no wait|wait|sorry|scratch that|make (?:that|it)|or rather|i mean|correction|instead|but now|"
    r"this year|this time)\b"
)

# A number before these counts something else; so it does as part of a name, a model or a date.
NOT_MONEY_RIGHT = re.compile(
    r"[- ]?(?:th\b|st\b|nd\b|rd\b|years?|yo\b|months?|weeks?|days?|hours?|hrs?\b|minutes?|mins?\b|seconds?|kids?|"
    r"child|guests?|people|persons?|friends|adults|boys|girls|toddlers|teens|"
    r"pieces?|pcs|cm\b|mm\b|m\b|km\b|kg\b|g\b|lbs?\b|inch|inches|ft\b|feet|foot|miles|litres?|liters?|ml\b|%|"
    r"percent|am\b|pm\b|o'clock|players?|gifts?|presents?|options?|ideas?|suggestions?|choices|picks|"
    r"recommendations?|alternatives|bags?|colleagues|coworkers|clients|grandkids|grandchildren|nieces|nephews|"
    r"students|pupils|teachers|identical|small|of us|of them|things|items|products|books|cats|dogs|pets|siblings|"
    r"brothers|sisters|sons|daughters|cakes?|balloons|plates|cups|in a row|marathons?|x\b|degrees|bit|gb\b|tb\b|"
    r"mg\b|d printing|d\b|s\b|k (?:run|race)|colou?rs|candles|bottles|sets?|pairs?|times|parties|classmates|"
    r"neighbours|employees|mates|different|more (?:ideas|options|suggestions|kids|guests|people))"
)

HEAVY_LEFT = re.compile(
    r"\b(?:weighs?|weighing|lost|lose|gained|size|number|no\.?|option|pick|version|part|chapter|series|season|model|"
    r"phone|iphone|galaxy|room|page|windows|ps|xbox|born in|in|since|top|the|flat|apartment|at|lives at|blink|maroon|"
    r"level|grade|class|year|route|area|studio|catch|boeing|apollo|ages?|aged|turns|turning|district|u|formula|f|sum|"
    r"unit|street|type|mark|gen|grade|step|gift for|party for|for (?:about|around|the))[ -]?$"
)

HEAVY_RIGHT = re.compile(r" (?:weights?|dumbbells?|kettlebells?|heavier|lighter|bill|note|shop)\b")

WHAT_IF = re.compile(
    r"(?:(?:and|but|so|ok|okay|hm+|hmm|well),? )*(?:what if|what about|how about|suppos(?:e|ing)|say|imagine|"
    r"assuming|if|"
    r"would|(?:could|can|might) (?:it|that|you|we|i|this|there)|is (?:it|that|there)|does (?:it|that)|"
    r"what (?:would|could|can|do) (?:you|we|i)|what (?:is|would be) possible)\b"
)
SUPPOSING = frozenset(
    """what if how about suppose supposing say imagine assuming would could can might it that you we i this there is are
    does do and but so ok okay hm hmm well was were be been had have has got only just more like the my our budget limit
    total sum with for on at to of a as up down go went by under below within less than most around possible work manage
    make made get spend done fit stay come cost instead rather party plan whole thing all everything too still also then
    dollars dollar bucks euros euro pounds pound quid usd eur gbp maybe possibly something usable available
    left""".split()
)
"""A what-if of nothing but these words and an amount supposes another budget."""
