"""Short names of picks: "the secateurs" for Forged Bypass Secateurs, "the tea tin" where another pick is a seed tin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tools.lexicon.stems import stems
from tools.needs import spoken
from tools.product import NEED_NAMES, Product
from tools.receipts.claims import ATTRIBUTES
from tools.receipts.evidence import Evidence
from tools.receipts.facts import product_text, wishes
from tools.receipts.general import general_stems, household_stems

MOST_WORDS = 5
"""So many words a short name has at most."""
_BESIDE = re.compile(r"[,(:;\[|–—]|\s-\s|\b(?:with|for|in|of|from|by|and|to|on|at)\b|\s(?=\d)", re.IGNORECASE)
"""Where the name of the thing ends within a title, and what is told beside it begins."""
_TWICE = re.compile(r"\b(\w+) by \1\b", re.IGNORECASE)
"""What has no maker in it: "step by step"."""
_NO_NOUNS = frozenset(stems("you me it them us him her i we they up out in on off is be all one what that this"))
"""What a title may end with that names nothing: "What Your Cat Is Telling You"."""
_MEASURES = frozenset(stems("pair set pack box bundle collection piece case"))
"""What a title may begin with that is not the thing itself: "Pair of …"."""
_NO_NAME = frozenset(
    stems(f"pair set duo trio collection bunch selection lot gift pick {' '.join(NEED_NAMES.values())}")
)
"""What may as well be all picks ("the trio"), or the need in another plan ("the cake is rated 4.1 instead")."""
_PACKED = re.compile(
    r"^(?:[\w-]+\s){0,2}(?:pairs?|sets?|packs?|box|bundle|collection|pieces?) of (?!\d)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NO_NOUN = "of in on for with to and or from at by is are was were has have that which who as than but not one".split()
_DEFINITE = re.compile(
    rf"\b(?:the|this|that|these|those)\s(?:(?!(?:{'|'.join(_NO_NOUN)})\s)[\w'’-]+\s){{0,3}}$", re.IGNORECASE
)
_BEGINS = re.compile(r"^(?:.*;)?\W*(?:\d+[.)]\W*|(?:option|pick|number) \w+\W+|an?\s)?$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s?[:,(–—.]|\s(?:at|by|that|which)\b|\s[$€£]")

_MAKES = re.compile(r"\b(?:by|from|makers?|makes|made|brands?|name behind|pride of)\b", re.IGNORECASE)
"""Where a brand may be told of as a maker, and not for the thing."""
_ANY_PICK = frozenset(stems("set kit one option pick gift present"))
"""What any pick may be called beside the wish it answers."""
_Words = Sequence[tuple[re.Match[str], tuple[str, ...]]]


class References:
    """The short names of the picks, not those of other plans. What could mean two of them means none."""

    def __init__(self, evidence: Evidence) -> None:
        shown = [*evidence.picks, *([evidence.closest] if evidence.closest else [])]
        brief = evidence.brief
        self._wished = frozenset(stem for wish in wishes(brief) for stem in stems(wish))
        first: dict[str, int] = {}
        for at, pick in enumerate(shown):
            first.setdefault(pick.product.product_id, at)
        products = {at: shown[at].product for at in first.values()}
        self._words = {at: frozenset(stems(f"{p.title} {p.brand}")) for at, p in products.items()}
        self._answers = {
            at: frozenset(stems(" ".join(pick.answers))) for at, pick in enumerate(shown) if at in products
        }
        self._heads = {at: _heads(p.title, p.brand, self._wished) for at, p in products.items()}
        self._kinds = _kinds(products)
        for at, kinds in self._kinds.items():
            self._heads[at] |= kinds - self._wished
            self._words[at] |= kinds
        self._known = frozenset[str]().union(*self._heads.values())
        self._times = Counter(stem for known in self._words.values() for stem in known)
        needs = Counter(pick.need for pick in evidence.picks)
        self._needs = {
            stems(spoken(shown[at].need))[-1]: at for at in products if needs[shown[at].need] == 1 < len(needs)
        }
        self._alone = {at: self._telling(stems(f"{p.title} {p.brand}")) for at, p in products.items()}

        self._brands = {
            at: alone | {stem for stem in stems(products[at].brand) if self._times[stem] == 1 and len(stem) > 2}
            for at, alone in self._alone.items()
        }

    def find(self, sentence: str) -> list[tuple[int, int]]:
        """Where the text means a pick by a short name: (where that begins, the pick's place among those shown)."""
        found: list[tuple[int, int]] = []
        words = [(match, stems(match[0])) for match in _WORD.finditer(sentence)]
        for at, (_, told) in enumerate(words):
            if (place := self._answering(words[max(0, at - 1) : at + 1], sentence)) is not None:
                start = words[at - 1][0].start()
                found = [*(one for one in found if one[0] < start), (start, place)]
            elif told and told[-1] in self._known:
                start, place = self._meant(sentence, words[max(0, at + 1 - MOST_WORDS) : at + 1])
                if place is not None:
                    found = [*(one for one in found if one[0] < start), (start, place)]
                elif (place := self._by_name(words[at])) is not None:
                    found.append((words[at][0].start(), place))
            elif (place := self._by_name(words[at])) is not None:
                found.append((words[at][0].start(), place))
        return found

    def _by_name(self, word: tuple[re.Match[str], tuple[str, ...]]) -> int | None:
        """The pick whose brand or name this capitalised word is, and no other's: "the Canon part", "Deskjet"."""
        written, told = word[0][0], word[1]
        if not written[0].isupper() or not told or "⟦" in word[0].string or _MAKES.search(word[0].string):
            return None
        inside = word[0].string[: word[0].start()].strip() != ""
        known = self._brands if inside else self._alone
        places = [at for at, alone in known.items() if alone.issuperset(told)]
        return places[0] if len(places) == 1 else None

    def hints(self, sentence: str) -> list[int]:
        """The picks one of whose telling words, or whose need, is in the text, though no short name of it is."""
        told = {stem for match in _WORD.finditer(sentence) for stem in stems(match[0])}
        needs = {at for need, at in self._needs.items() if need in told}
        return [at for at, alone in self._alone.items() if at in needs or not alone.isdisjoint(told)]

    def _answering(self, words: _Words, sentence: str) -> int | None:
        """The one pick that answers the wish of "the whisky set", "the jazz one"."""
        if (
            len(words) < 2
            or not _ANY_PICK.issuperset(words[-1][1])
            or not _DEFINITE.search(sentence[: words[-2][0].start()])
        ):
            return None
        places = [at for at, stems_ in self._answers.items() if stems_.issuperset(words[-2][1]) and words[-2][1]]
        return places[0] if len(places) == 1 else None

    def _telling(self, title: Sequence[str]) -> frozenset[str]:
        """The stems of a title that no other pick has and that are no general words."""
        own = frozenset(stem for stem in title if self._times[stem] == 1 and len(stem) > 2 and not stem.isdigit())
        return own - general_stems() - household_stems() - self._wished - ATTRIBUTES

    def _meant(self, sentence: str, words: _Words) -> tuple[int, int | None]:
        """Where the noun phrase that ends with the last of the words begins, and the pick it means."""
        noun, told = words[-1]
        places = [at for at, heads in self._heads.items() if told[-1] in heads]
        start, beside = noun.start(), list(told[:-1])
        for match, stem_tuple in reversed(words[:-1]):
            gap = sentence[match.end() : start]
            if gap.strip() or not stem_tuple or not any(self._words[at].issuperset(stem_tuple) for at in places):
                break
            start, beside = match.start(), [*beside, *stem_tuple]
        scores = {at: len(self._words[at].intersection(beside)) for at in places}
        best = [at for at in places if scores[at] == max(scores.values())]
        if len(best) > 1:
            return start, None
        definite = bool(_DEFINITE.search(sentence[:start]))
        heads_line = bool(_BEGINS.match(sentence[:start]) and _GOES_ON.match(sentence, noun.end()))
        only_wished = self._wished.issuperset([told[-1], *beside])
        clear = scores[best[0]] > 0 or (self._times[told[-1]] == 1 and told[-1] not in _NO_NAME)
        by_tag = told[-1] in self._kinds[best[0]]
        if by_tag and sentence[noun.end() :].lstrip().startswith("of "):  # "the paper of": a part of something else
            return start, None
        named = clear and (definite or heads_line or (scores[best[0]] > 0 and not only_wished))
        return start, best[0] if named else None


def _kinds(products: Mapping[int, Product]) -> dict[int, frozenset[str]]:
    """The stems that each product's tags and category end with, where no other's entry has them: "the cookbook"."""
    told = {at: frozenset(stems(product_text(product))) for at, product in products.items()}
    found = {}
    for at, product in products.items():
        others = frozenset[str]().union(*(text for place, text in told.items() if place != at))
        ends = {stems(name)[-1] for name in (*product.tags, product.category) if stems(name)}
        found[at] = frozenset(ends) - others - general_stems() - household_stems() - ATTRIBUTES
    return found


def _heads(title: str, brand: str, wished: frozenset[str]) -> frozenset[str]:
    """The stems that may stand for the thing: any telling word of its name, and the last word whatever it is."""
    title = _PACKED.sub("", _TWICE.sub(r"\1", title.removeprefix(brand).strip()))
    for part in _BESIDE.split(title):
        told = [stem for stem in stems(part) if len(stem) > 1 and not stem.isdigit()]
        if told and not _MEASURES.issuperset(told):
            return ((frozenset(told) - general_stems() - wished) | {told[-1]}) - _NO_NOUNS
    return frozenset()
