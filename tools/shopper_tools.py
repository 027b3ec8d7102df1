"""The functions a talking agent may call: read the shopper, and delegate. They change only their session's state."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from google.adk.tools import ToolContext
from pydantic import ValidationError

from tools import state
from tools.brief import Brief, BriefChanges, Budget
from tools.catalog.catalog import Catalog
from tools.elicitation import blocking_question, clarifying_question, refining_question
from tools.money import Money
from tools.request import Outcome, Question, Request

ELICITOR, RECOMMENDATION = "preference_elicitor", "recommendation"
NUMBER_WORD = re.compile(
    r"\b(?:ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|\w*-?hundred|thousand|grand|fiver|tenner)\b|\d\s?k\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine)[\s-](?:dollars?|bucks?|euros?|pounds?|quid)\b"
)
"""Amounts in words cannot be compared digit by digit; where there are any, the model's reading is believed."""

CRITIQUES = ("cheaper", "dearer", "different", "like")


def build_shopper_tools(catalog: Callable[[], Catalog]) -> list[Callable[..., Any]]:
    """The tools for the coordinator and the elicitor over the present catalogue."""

    async def recommend(
        tool_context: ToolContext,
        relation: str | None = None,
        name: str | None = None,
        age_years: int | None = None,
        occasion: str | None = None,
        date: str | None = None,
        interests: list[str] | None = None,
        avoid: list[str] | None = None,
        allergies: list[str] | None = None,
        owned: list[str] | None = None,
        budget_min: str | None = None,
        budget_max: str | None = None,
        budget_currency: str | None = None,
        budget_each: bool = False,
        price_feel: str | None = None,
        needs: list[dict[str, Any]] | None = None,
        theme: str | None = None,
        guests: int | None = None,
        options: int | None = None,
        remove: list[str] | None = None,
        start_over: bool = False,
        critique: str | None = None,
        position: int | None = None,
        ideas: list[str] | None = None,
        unclear: bool = False,
    ) -> dict[str, Any]:
        """Notes what the shopper just said and gets recommendations. Call it for every message about a gift or party.

        Pass only what the LAST message adds or changes; everything said before is remembered. Never guess: leave out
        what was not said. What happens next (a question or picks) is decided for you.

        Args:
          relation: who the recipient is to the shopper, e.g. "father", "colleague".
          name: the recipient's name, e.g. "Ana".
          age_years: the recipient's age on the occasion, e.g. 60; a baby under one is 0.
          occasion: e.g. "birthday", "christmas", "mothers_day".
          date: ISO date of the occasion, e.g. "2026-12-24".
          interests: what they like or want, e.g. ["gardening", "jazz"].
          avoid: what must not appear, e.g. ["alcohol", "books"].
          allergies: e.g. ["nuts"].
          owned: what they have already, e.g. ["kindle"].
          budget_min: lowest amount said, e.g. "40".
          budget_max: highest amount said, e.g. "60". For "around 50" pass "50".
          budget_currency: ISO code if a currency was said, e.g. "USD".
          budget_each: true when the amount is per piece or per head ("25 each").
          price_feel: "low" for "not too expensive", "high" for "money is no object".
          needs: for a party: [{"kind": "cake", "quantity": 1}, {"kind": "favours", "quantity": 12}]; kinds are gift,
            cake, decorations, tableware, favours, activity. Omit for a plain gift.
          theme: the party's theme, singular, e.g. "dinosaur".
          guests: how many people come, e.g. 12.
          options: how many picks are wanted, e.g. 5.
          remove: words the shopper takes back, e.g. ["tea"] or ["cake"].
          start_over: true when this is about another person or occasion.
          critique: of the picks shown: "cheaper", "dearer", "different" or "like" (more like pick `position`).
          position: the pick a critique refers to, 1 is the first.
          ideas: concrete things worth looking for, from your own knowledge, e.g. ["bird feeder", "herb scissors"].
          unclear: true when the message makes no sense to you; then pass nothing else.
        """
        arguments = {k: v for k, v in locals().items() if k not in ("tool_context", "catalog")}
        try:
            changes = _changes(arguments, _said_by_shopper(tool_context), _brief(tool_context).budget)
        except ValueError as error:
            return {"status": "error", "message": _first_line(error)}
        shop = catalog()
        if _asked_last(tool_context) == "currency" and changes.budget and changes.budget.currency is None:
            changes.budget = changes.budget.model_copy(update={"currency": shop.currency})  # what the question named
        brief = changes.apply(_brief(tool_context))
        if critique:
            problem = _criticise(brief, critique, position, tool_context, shop)
            if problem:
                return {"status": "error", "message": problem}
        asked = [] if changes.start_over else list(tool_context.state.get(state.ASKED) or [])
        if changes.start_over:
            tool_context.state[state.SEEN] = []
        said_nothing = changes == BriefChanges() and brief == Brief() and not critique and not ideas
        tool_context.state[state.BRIEF] = brief.model_dump(mode="json")
        question = clarifying_question(asked) if unclear or said_nothing else None
        question = question or blocking_question(brief, asked, shop.currency)
        if question:
            return _ask(question, asked, tool_context)
        refine = refining_question(brief, asked)
        tool_context.state[state.ASKED] = [*asked, refine.slot] if refine else asked
        seen = [*(tool_context.state.get(state.SEEN) or []), *(tool_context.state.get(state.DISLIKED) or [])]
        liked = list(tool_context.state.get(state.LIKED) or [])
        request = Request(brief=brief, ideas=_ideas(ideas), seen=seen, liked=liked, question=refine)
        return _delegate(request.dump(), tool_context)

    async def explain_pick(tool_context: ToolContext, position: int) -> dict[str, Any]:
        """Explains why a shown pick was chosen ("why the first?", "tell me more about number 2").

        Args:
          position: which pick, 1 is the first, e.g. 1.
        """
        picks = _shown(tool_context).picks
        if not picks:
            return {"status": "error", "message": "No picks have been shown yet."}
        number = _position(position, len(picks))
        if number is None:
            return {"status": "error", "message": f"There are {len(picks)} picks; there is no number {position!r}."}
        return _delegate({"explain": number}, tool_context)

    async def choose_pick(tool_context: ToolContext, position: int) -> dict[str, Any]:
        """Notes that the shopper takes a shown pick ("I'll take the first"). Nothing is bought or paid.

        Args:
          position: which pick, 1 is the first, e.g. 1.
        """
        picks = _shown(tool_context).picks
        number = _position(position, len(picks))
        product = catalog().get(picks[number - 1].product_id) if number else None
        if not number or product is None:
            return {"status": "error", "message": f"There are {len(picks)} picks; there is no number {position!r}."}
        tool_context.state[state.CHOSEN] = [*(tool_context.state.get(state.CHOSEN) or []), product.product_id]
        return {"status": "chosen", "title": product.title, "price": str(product.price * picks[number - 1].quantity)}

    return [recommend, explain_pick, choose_pick]


def _changes(arguments: dict[str, Any], said: str, known: Budget | None) -> BriefChanges:
    """The arguments as changes of the brief. Raises ValueError in words a model can act on."""
    fields = {k: v for k, v in arguments.items() if k in BriefChanges.model_fields and v not in (None, [], "")}
    amounts = {k: _amount(arguments[f"budget_{k}"], said) for k in ("min", "max")}
    if any(v is not None for v in amounts.values()):
        per = "each" if arguments["budget_each"] else "total"
        fields["budget"] = {**amounts, "currency": arguments["budget_currency"] or None, "per": per}
    elif known and arguments["budget_currency"]:  # "dollars then": the amounts stay
        fields["budget"] = {**known.model_dump(), "currency": arguments["budget_currency"]}
    try:
        return BriefChanges.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}; got {first['input']!r}") from error


def _amount(text: Any, said: str) -> Decimal | None:
    """An amount of the budget. The model may not make one up: its digits must stand in what the shopper wrote."""
    if text in (None, ""):
        return None
    try:
        amount = Decimal(str(text).replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"budget amounts are plain numbers such as 40 or 39.90; got {text!r}") from None
    if amount.is_finite() and amount.normalize() not in _numbers(said) and not NUMBER_WORD.search(said):
        raise ValueError(f"the shopper never said {amount}; pass only amounts from their messages")
    return amount


def _numbers(said: str) -> set[Decimal]:
    """Every number in the text, in each way it can be read: "1,200" is 1200 and also 1 and 200."""
    written = re.findall(r"\d{1,3}(?:[.,'\u00a0 ]\d{3})+(?:[.,]\d{1,2})?", said)
    written += re.findall(r"\d+(?:[.,]\d{1,2})?", said)
    whole = [re.sub(r"[.,'\u00a0 ](?=\d{3}$|\d{3}[.,'\u00a0 ])", "", number) for number in written]
    return {Decimal(n.replace(",", ".")).normalize() for n in (*whole, *re.findall(r"\d+", said))}


def _said_by_shopper(tool_context: ToolContext) -> str:
    messages = [event.content for event in tool_context.session.events if event.author == "user"]
    texts = [part.text or "" for content in messages if content for part in content.parts or []]
    return "\n".join(texts).lower()


def _criticise(
    brief: Brief, critique: str, position: int | None, tool_context: ToolContext, shop: Catalog
) -> str | None:
    """Applies a critique of the shown picks to the brief. Returns what is wrong with it, or None."""
    if critique not in CRITIQUES:
        return f"critique must be one of {', '.join(CRITIQUES)}; got {critique!r}"
    shown = _shown(tool_context)
    if not shown.picks:
        return "No picks have been shown yet, so there is nothing to compare with."
    number = _position(position or 1, len(shown.picks))
    if critique == "like" and number is None:
        return f"There are {len(shown.picks)} picks; there is no number {position!r}."
    seen = [*(tool_context.state.get(state.SEEN) or []), *(pick.product_id for pick in shown.picks)]
    tool_context.state[state.SEEN] = list(dict.fromkeys(seen))
    brief.like = None
    if critique == "cheaper":
        brief.price_cap = Money.from_minor(_cheaper_than(brief, shown, shop), shop.currency).amount
    elif critique == "dearer":
        brief.price_feel, brief.price_cap = "high", None
    elif critique == "like" and number is not None:
        brief.like = shown.picks[number - 1].product_id
    return None


def _cheaper_than(brief: Brief, shown: Outcome, shop: Catalog) -> int:
    """The highest cost, in minor units, that counts as cheaper than what was shown.

    Below the cheapest pick, or the total of a plan. Under a range with a lower end there is seldom anything below its
    cheapest pick, so there it is below the middle one.
    """
    costs = sorted(p.price.minor * k.quantity for k in shown.picks if (p := shop.get(k.product_id)))
    if brief.is_plan:
        return max(sum(costs) - 1, 0)
    ranged = brief.budget is not None and brief.budget.min is not None
    reference = costs[len(costs) // 2 if ranged else 0] if costs else 1
    return max(reference - 1, 0)


def _ask(question: Question, asked: list[str], tool_context: ToolContext) -> dict[str, Any]:
    tool_context.state[state.QUESTION] = question.model_dump()
    tool_context.state[state.ASKED] = [*asked, question.slot]
    if tool_context.agent_name != ELICITOR:
        tool_context.actions.transfer_to_agent = ELICITOR
    return {"status": "ask", "question": question.text}


def _delegate(request: dict[str, Any], tool_context: ToolContext) -> dict[str, Any]:
    tool_context.state[state.REQUEST] = request
    tool_context.actions.transfer_to_agent = RECOMMENDATION
    return {"status": "delegated"}


def _brief(tool_context: ToolContext) -> Brief:
    return Brief.model_validate(tool_context.state.get(state.BRIEF) or {})


def _asked_last(tool_context: ToolContext) -> str | None:
    return next(reversed(tool_context.state.get(state.ASKED) or []), None)


def _shown(tool_context: ToolContext) -> Outcome:
    stored = tool_context.state.get(state.SHOWN)
    return Outcome.model_validate(stored) if stored else Outcome(request=Request(brief=Brief()), status="asked")


def _position(position: Any, count: int) -> int | None:
    """The 1-based position of a pick; -1 is the last. None when there is no such pick, whatever a model passed."""
    try:
        number = int(str(position).removesuffix(".0"))
    except ValueError:
        return None
    number = count if number == -1 else number
    return number if 1 <= number <= count else None


def _ideas(ideas: Any) -> list[str]:
    """At most eight short texts out of whatever a model passed."""
    given = [ideas] if isinstance(ideas, str) else ideas if isinstance(ideas, list) else []
    return [idea.strip()[:80] for idea in given if isinstance(idea, str) and idea.strip()][:8]


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
