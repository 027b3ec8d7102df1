"""What a pick is said to do, in words that are general one by one: "doubles as a night light", "it cleans itself"."""

from __future__ import annotations

import re

from tools.lexicon.stems import stems
from tools.receipts.passages import SIGN, Passage
from tools.receipts.scope import Scope
from tools.receipts.unclaimed import unclaimed_left_out

DOES = re.compile(
    r"\b(?:doubl(?:es?|ing) (?:up )?as an?|(?:works?|serves?|functions?|acts?|(?:can be|is) used) (?:just |also |equally )?as an?|connects? (?:to|with)|pairs? to|converts? (?:in)?to|transforms? into|plugs? into|syncs? with|"
    r"runs? on|powered by|charges? (?:by|via|over|from|in)|controlled (?:by|from|with)|works? (?:under|without|underwater|offline|outdoors))"
    r"\s(?P<what>[\w' -]{2,40})"
    r"|\bplays (?:music|songs?|sounds?|tunes?|videos?|the)\b"
    r"|\b(?:keeps?|stays?|remains?)\s(?:\w+\s){0,4}?(?:warm|hot|cool|cold|dry|fresh|sharp|silent|afloat|upright)\b"
    r"|\b(?:closes?|shuts?|seals?|folds?|locks?)\s(?:\w+\s)?(?:tight|tightly|flat|shut|firmly|securely|away)\b"
    r"|\b(?:cleans?|waters?|switch(?:es)?|turns?|sharpens?|repairs?|heals?|adjusts?|stirs?|charges?|moves?|folds?) (?:it)?self\b"
    r"|\b(?:turns?|switch(?:es)?|shuts?|starts?|stops?|opens?|moves?|adjusts?) (?:\w+ ){0,2}(?:automatically|by itself|on its own)\b",
    re.IGNORECASE,
)
BEGUN = re.compile(
    r"\b(?:invented|born|founded|originated|dreamt up|thought up|first (?:made|played|sold)) (?:in|by|at) (?:the )?(?-i:[A-Z])\w+",
    re.IGNORECASE,
)
"""Where or by whom something is said to have begun: its maker's or its name's country is no proof."""
STATES = re.compile(
    r"\b(?:comes?|arrives?|is|are|was|were|ships?) (?:\w+ly |already |pre-?)?(?P<state>framed|assembled|signed|dated|engraved|boxed|gift-?wrapped|"
    r"personali[sz]ed|laminated|certified|patented|licensed|endorsed|approved|padded|lined|insulated|coated|reinforced|quilted|heated|weighted|scented|illuminated|preloaded|pre-?cut)\b"
    r"|\b(?P<by>signed|endorsed|approved|certified|tested|designed|recommended|chosen|made) by (?:an? |the )?(?:\w+ )?(?:artists?|experts?|doctors?|dentists?|chefs?|teachers?|vets?|scientists?|designers?|professionals?)\b",
    re.IGNORECASE,
)
"""What was done to a thing: only the very word is proof, for "frame" says nothing of "framed"."""
GRADE = re.compile(
    r"\b(?:extra|ultra|super|double|triple)[- ]?(?:large|big|small|long|wide|soft|thick|strong|light|bright|fine|size|sized|sharp)\b|\blarge[- ]print\b|\boversized\b",
    re.IGNORECASE,
)
"""More than an ordinary size or quality: "extra-large pieces"."""
CERTIFIED = re.compile(
    r"\b(?:fair(?:ly)?[- ]?trade\w*|(?:locally|ethically|responsibly|sustainably|naturally|traditionally) (?!priced|rated|sized)\w+|small[- ]batch|hand[- ]?(?:made|finished|crafted|tested)"
    r"|(?:left|right)[- ]handed|(?:carbon|climate)[- ](?:neutral|positive)|free[- ]range|zero[- ]waste|(?:cruelty|plastic|bpa)[- ]free)\b",
    re.IGNORECASE,
)
"""What is said of how a thing was grown or made, in words that are general one by one."""
FIGURE = re.compile(
    r"conversation|company|excuse|reminder|treat|thank|memory|gesture|present|gift|keepsake|love|spirits?",
    re.IGNORECASE,
)
"""Things that only a figure of speech does: "doubles as a conversation piece"."""


def function_problems(passage: Passage, scope: Scope) -> list[str]:
    """What the passage says its picks do, where their entries do not have all of its words."""
    text = unclaimed_left_out(SIGN.sub(" ", passage.text))
    known = scope.stems | {"a", "an", "the", "it", "itself", "as", "to", "into", "its", "your", "on", "own", "in", "by"}
    begun = [match[0] for match in BEGUN.finditer(text) if match[0].lower() not in scope.facts]
    begun += [match[0] for match in CERTIFIED.finditer(text) if not scope.fact_stems.issuperset(stems(match[0]))]
    begun += [match[0] for match in GRADE.finditer(text) if stems(match[0])[-1] not in scope.stems]
    begun += [match[0] for match in STATES.finditer(text) if (match["state"] or match["by"]).lower() not in scope.facts]
    return [f"nobody says that it was {said!r}" for said in begun] + [
        f"nothing says that it {match[0].strip()!r}"
        for match in DOES.finditer(text)
        if not known.issuperset(stems(match[0])) and not FIGURE.search(match[0])
    ]
