"""What a reply, or one sentence of it, may say: the evidence of the picks it speaks of as words, stems and numbers.

A reply has ten sentences and more, and many checks read each of them; everything here is worked out once for a reply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from functools import cached_property

from tools.lexicon import canonical_interest, implied_words, interest_words
from tools.lexicon.stems import stems, words
from tools.money_text import find_amounts
from tools.planning.matching import match
from tools.receipts.claims import in_digits, plain_number
from tools.receipts.evidence import Evidence, PickEvidence
from tools.receipts.facts import brief_text, choice_text, pick_text, product_text, shown, stems_of, sums, told, wishes
from tools.receipts.kin import family
from tools.receipts.people import KINSHIP, called
from tools.receipts.reasons import limit_text
from tools.receipts.words import Words, words_of


class Scope:
    """Some of the picks that are shown. ``known`` are those whose figures may be said: they, and other plans' picks."""

    def __init__(self, evidence: Evidence, picks: Sequence[PickEvidence], brief: Words) -> None:
        others = [pick for offer in evidence.alternatives for pick in offer.picks]
        self.evidence = evidence
        self.picks = picks
        self.known = [*picks, *(pick for pick in others if all(pick is not one for one in picks))]
        self._brief = brief

    @property
    def is_part(self) -> bool:
        """Whether these are some of the reply's picks and not all."""
        return len(self.picks) < len(self.evidence.picks)

    @cached_property
    def _told(self) -> list[tuple[Words, Words]]:
        """What the catalogue says of each pick, and what the brief makes of it."""
        return [_told_of(pick) for pick in self.picks]

    @cached_property
    def _facts(self) -> list[Words]:
        """Everything that may be said: of the known picks, and of the brief."""
        others = [_told_of(pick) for pick in self.known[len(self.picks) :]]
        return [*(words for told in (*self._told, *others) for words in told), self._brief]

    @cached_property
    def texts(self) -> list[str]:
        """Everything that may be said of each pick."""
        return [f"{product.text} \n {choice.text}" for product, choice in self._told]

    @cached_property
    def pick_stems(self) -> list[tuple[str, ...]]:
        """The stems of `texts`, in order."""
        return [product.stems + choice.stems for product, choice in self._told]

    @cached_property
    def stems(self) -> frozenset[str]:
        """All stems that may be said of the picks."""
        return frozenset().union(*self.pick_stems)

    @cached_property
    def shared_stems(self) -> frozenset[str]:
        """The stems that may be said of every one of the picks."""
        return frozenset[str].intersection(*map(frozenset, self.pick_stems)) if self.picks else frozenset[str]()

    @cached_property
    def words_told(self) -> frozenset[str]:
        """The families of the words that may be said of the picks, and of the wishes they answer."""
        return frozenset(map(family, words(" ".join([*self.texts, *self.answered]))))

    @cached_property
    def topic_stems(self) -> frozenset[str]:
        """The stems of what people who share an interest of the picks do and use: beans and a mug with coffee."""
        topics = [*self.answered, *(interest for pick in self.picks for interest in pick.product.interests)]
        return stems_of(word.rpartition(" ")[2] for topic in topics for word in interest_words(topic))

    @cached_property
    def answered(self) -> list[str]:
        """The wishes of the brief that any of the picks answers."""
        return [
            wish
            for wish in wishes(self.evidence.brief)
            if any(wish in pick.answers or match(pick.product, wish) for pick in self.picks)
        ]

    @cached_property
    def in_digits(self) -> str:
        """What may be said of the picks, in lower case, number words as digits."""
        return " ".join(words.digits_in_lower_case for told in self._told for words in told)

    @cached_property
    def facts(self) -> str:
        """What may be said of the picks and of the brief, in lower case, number words as digits."""
        return " \n ".join(words.digits_in_lower_case for words in self._facts)

    @cached_property
    def fact_stems(self) -> frozenset[str]:
        """The stems of `facts`."""
        return frozenset().union(*(words.digit_stems for words in self._facts))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number of `facts`, and how many picks there are."""
        return frozenset({str(len(self.evidence.picks))}).union(*(words.numbers for words in self._facts))

    @cached_property
    def ratings(self) -> frozenset[str]:
        """The ratings of the picks."""
        return frozenset(plain_number(str(p.product.rating)) for p in self.known if p.product.rating is not None)

    @cached_property
    def titles(self) -> str:
        """The titles of the picks in lower case, number words as digits."""
        return in_digits(" \n ".join(pick.product.title for pick in self.known)).lower()

    @cached_property
    def amounts(self) -> frozenset[Decimal]:
        """The amounts of money that may be named: prices, sums, the brief's, and those in texts that code worded."""
        prices = {m.amount for p in self.known for m in (p.product.price, p.price, p.cost, p.pays) if m}
        brief = self.evidence.brief
        limits = [bounds for bounds in (brief.budget, *brief.wanted, *brief.joint) if bounds]
        stated = [bound for bounds in limits for bound in (bounds.min, bounds.max)]
        stated += [amount for voucher in brief.vouchers for amount in (voucher.amount, voucher.from_total)]
        limit = limit_text(brief, self.evidence.currency) or ""
        texts = [*told(self.evidence), limit, *(reason for pick in self.known for reason in pick.reasons)]
        return frozenset(
            {
                *prices,
                *(money.amount for money in sums(self.evidence)),
                *(amount for amount in stated if amount is not None),
                *(amount.value for text in texts for amount in find_amounts(text)),
            }
        )


class Scopes:
    """The scopes of a reply's sentences over one evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.shown = shown(evidence)
        self.brief = brief_text(evidence)
        self._brief_words = Words(self.brief)
        self.whole = Scope(evidence, self.shown, self._brief_words)
        self._of: dict[tuple[int, ...], Scope] = {}
        self._sayable: dict[tuple[tuple[int, ...], bool, bool], Set[str]] = {}

    def of(self, places: tuple[int, ...]) -> Scope:
        """That of the picks in these places of what is shown; without any, of all."""
        if not places:
            return self.whole
        if places not in self._of:
            self._of[places] = Scope(self.evidence, [self.shown[at] for at in places], self._brief_words)
        return self._of[places]

    def brief_words(self, places: tuple[int, ...], denied: bool, repeated: bool = False) -> Set[str]:
        """The stems of what the shopper said that a sentence about these picks may say: a wish only of picks that
        answer it or where wishes are only ``repeated``, a rule only where something is left out (``denied``).
        """
        if (places, denied, repeated) not in self._sayable:
            self._sayable[places, denied, repeated] = self._said_of(self.of(places), denied, repeated)
        return self._sayable[places, denied, repeated]

    def _said_of(self, scope: Scope, denied: bool, repeated: bool) -> Set[str]:
        brief = self.evidence.brief
        words = set(self.said_stems[denied])
        if denied:
            words |= self.rule_stems | stems_of(self.evidence.recalled)
        relation = (brief.recipient.relation or "").replace("_", "-")
        words |= stems_of([*KINSHIP.get(relation, ()), *called(brief.recipient)])
        words |= stems_of(["allergy allergies allergic"] if repeated and brief.allergies else [])
        free = self.evidence.status != "recommended" or not scope.picks or repeated
        for wish in wishes(brief):
            if free or wish in self.evidence.unmatched or wish in scope.answered:
                words |= set(stems(f"{wish} {canonical_interest(wish) or ''}"))
        return words

    @cached_property
    def brief_stems(self) -> tuple[str, ...]:
        """The stems of what the brief says, in order."""
        return self._brief_words.stems

    @cached_property
    def brief_families(self) -> frozenset[str]:
        """The families of the words of what the brief says, see `family`."""
        return frozenset(map(family, words(self.brief)))

    @cached_property
    def said_stems(self) -> Mapping[bool, frozenset[str]]:
        """The stems of what the brief says beside its wishes: with its rules (True), and without them."""
        return {
            rules: frozenset(stems(brief_text(self.evidence, wishes_too=False, rules_too=rules)))
            for rules in (True, False)
        }

    @cached_property
    def rule_stems(self) -> frozenset[str]:
        """The stems of what must be left out, and of all that it stands for."""
        rules = self.evidence.brief.rules
        return stems_of(word for rule in rules for word in (rule, *implied_words(rule)))

    @cached_property
    def quotable(self) -> str:
        """Everything that the reply may quote."""
        return " \n ".join([*self.whole.texts, self.brief])

    @cached_property
    def quotable_in_lower_case(self) -> str:
        """As `quotable`, in lower case."""
        return self.quotable.lower()

    @cached_property
    def quotable_stems(self) -> frozenset[str]:
        """The stems of `quotable`."""
        return self.whole.stems.union(self.brief_stems)

    @cached_property
    def own_words(self) -> str:
        """As `quotable`, without what only a seller's description says."""
        return " \n ".join([*(pick_text(pick, descriptions=False) for pick in self.shown), self.brief])


def _told_of(pick: PickEvidence) -> tuple[Words, Words]:
    """What the catalogue says of the pick, and what the brief makes of it."""
    return words_of(product_text(pick.product)), Words(choice_text(pick))
