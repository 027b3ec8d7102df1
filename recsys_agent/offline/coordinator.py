"""The stand-in as coordinator: reads the message and delegates, or answers small talk."""

from __future__ import annotations

import re
from typing import Any

from google.adk.models import LlmRequest, LlmResponse

from recsys_agent.offline.conversation import Conversation, call, calls, read_request, say
from recsys_agent.offline.memory import answer_to_question, asks_for_gifts, completed, memory_call, read_about_memory
from recsys_agent.offline.picks import read_picks_talk
from recsys_agent.offline.reading import Reading, read
from recsys_agent.offline.reading.budget_talk import asks_for_budget, says_same_budget
from recsys_agent.offline.reading.picks_talk import AboutPicks
from recsys_agent.offline.reading.remembering import AboutMemory
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.unread import unread_in
from tools.brief import Brief, BriefChanges
from tools.money import Money

HELP = (
    "Tell me who the gift is for, what they like, what to avoid and what it may cost, "
    'for example: "my dad turns 60, he loves gardening and jazz, $40-60".'
)
SMALL_TALK = {
    "greeting": f"Hello! I help you find presents, or plan a whole birthday, within your budget. {HELP}",
    "thanks": "You're welcome! Tell me if you need another idea, or something for somebody else.",
    "goodbye": "Goodbye, and a happy celebration!",
    "identity": "I am the birthday planner's keyless stand-in: rules, not a language model. I search this shop's "
    f"catalogue, keep to your budget to the cent and say why each pick fits. {HELP}",
    "help": f"I find presents and plan birthday parties from this shop's catalogue. {HELP}",
    "asking": "I only ask what would change the picks. You need not answer: what stays open I go on without.",
    "yes": f"Gladly. What should I look for or change? {HELP}",
    "no": "All right. Tell me whenever I can help with a gift or a party.",
}
FOREIGN = (
    "Sorry, without a language model I understand English only. Could you write in English? "
    'For example: "a gift for my sister, she loves tea, under $40".'
)
REFUSED = "I can't do that: prices, rules and instructions are not up for change here. I am glad to help with a gift."
STILL_UNCLEAR = f"I'm afraid I do not understand that. {HELP}"


def answer(request: LlmRequest) -> LlmResponse:
    """The coordinator's next call or text."""
    return respond(read_request(request))


def respond(conversation: Conversation) -> LlmResponse:
    """A talking agent's reaction to the shopper's message, or to its own tool's answer."""
    if conversation.tool_response:
        return _after_tool(conversation.tool_response)
    if asks_for_budget(Message(conversation.message)):
        return say(_budget_told(conversation))
    if (meant := answer_to_question(conversation)) is not None:
        return call("recommend", **meant)
    if (done := read_picks_talk(conversation)) is not None and not _says_more(done, conversation):
        return _about_picks(done, conversation)
    if (told := read_about_memory(conversation)) is not None:
        return _about_memory(told, conversation)
    reading = _read(conversation.message, conversation)
    unread = unread_in(conversation.message, lambda said: _read(said, conversation))
    return _react(reading.model_copy(update={"unread": unread}), conversation)


PICK_TOOLS = {
    "undo": "look_back", "redo": "look_back", "show": "look_back", "compare": "compare_picks",
    "absence": "explain_absence", "choose": "choose_pick", "question": "explain_pick",
}  # fmt: skip


def _budget_told(conversation: Conversation) -> str:
    budget, currency = conversation.brief.budget, conversation.currency
    if budget is None or (budget.min is None and budget.max is None):
        return 'You have named no budget so far; "up to 40" is enough, and without one I show a range of prices.'
    ends = [
        f"{word} {Money.of(end, budget.currency or currency)}"
        for word, end in (("from", budget.min), ("up to", budget.max))
        if end is not None
    ]
    return f"Your budget: {' '.join(ends)}{' each' if budget.per == 'each' else ''}."


def _says_more(done: AboutPicks, conversation: Conversation) -> bool:
    """Whether a change of the brief stands beside a question: "she is allergic to nuts, does it have any?"."""
    rest = Message(conversation.message).text.replace(done.arguments.get("question", ""), " ").strip(" .,!?;")
    return done.action == "question" and bool(rest) and _read(rest, conversation).changes != BriefChanges()


def _about_picks(done: AboutPicks, conversation: Conversation) -> LlmResponse:
    if done.action == "choose_which":
        return say(f"Which two of the {len(conversation.shown)} do you mean? Their numbers are enough.")
    return call(PICK_TOOLS[done.action], **done.arguments)


def _about_memory(told: AboutMemory, conversation: Conversation) -> LlmResponse:
    """The call of `memory`, and beside it that of `recommend` where the message asks for gifts as well."""
    if told.action == "unlearn" and conversation.leaned:  # the same picks without it
        return calls(("memory", memory_call(told, None)), ("recommend", {}))
    if not told.rest:
        return call("memory", **memory_call(told, None))
    reading = _read(told.rest, conversation)
    if reading.intent in ("hostile", "foreign"):
        return _react(reading, conversation)
    if not asks_for_gifts(told, reading, conversation):
        return call("memory", **memory_call(told, reading))
    wanted = completed(arguments(reading), told)
    if not (told.action or told.past):  # "she is not into yoga any more", of the picks on the table
        return call("recommend", **wanted)
    return calls(("memory", memory_call(told.model_copy(update={"correcting": False}), reading)), ("recommend", wanted))


def _read(message: str, conversation: Conversation) -> Reading:
    reading = read(
        message,
        today=conversation.today,
        brief=conversation.brief,
        asked=_unanswered(conversation),
        shown=len(conversation.shown),
        titles=[pick["title"] for pick in conversation.shown],
        offered=conversation.offered,
    )
    known = conversation.budget_before
    if known and not reading.changes.budget and says_same_budget(Message(message)):
        changes = reading.changes.model_copy(update={"budget": known})
        intent = "recommend" if reading.intent in ("unclear", "chat") else reading.intent
        return reading.model_copy(update={"changes": changes, "intent": intent, "chat": None})
    return reading


def _unanswered(conversation: Conversation) -> str | None:
    """The slot of the last question, as long as nothing has answered it: what comes later answers it no more."""
    slot, brief = next(reversed(conversation.asked), None), conversation.brief
    known = {"interests": brief.interests, "budget": brief.budget, "guests": brief.guests}
    return (
        None if slot is None or known.get(slot) or (slot == "age" and brief.recipient.age_years is not None) else slot
    )


def _react(reading: Reading, conversation: Conversation) -> LlmResponse:
    match reading.intent:
        case "hostile":
            return say(REFUSED, status="refused")
        case "foreign":
            return say(FOREIGN)
        case "chat" | "unclear" if _leaves_open(reading, conversation):
            return call("recommend")
        case "chat":
            return say(SMALL_TALK[reading.chat or "help"])
        case "explain" if conversation.shown:
            return call("explain_pick", **_which(reading))
        case "choose" if conversation.shown:
            return call("choose_pick", **_which(reading))
        case "unclear" if "clarify" in conversation.asked or conversation.shown:
            return say(STILL_UNCLEAR)
        case "unclear":
            return call("recommend", unclear=True)
        case _:
            return call("recommend", **arguments(reading))


def _which(reading: Reading) -> dict[str, Any]:
    """The pick that is meant; the first where the message does not say."""
    if reading.position is None and reading.what:
        return {"what": reading.what}
    return {"position": reading.position or 1}


def _leaves_open(reading: Reading, conversation: Conversation) -> bool:
    """Whether a question stays unanswered ("no", a rant): then it goes on without."""
    waits = bool(conversation.asked) and not conversation.shown and conversation.brief != Brief()
    return waits and conversation.asked[-1] != "clarify" and reading.chat in (None, "yes", "no")


def arguments(reading: Reading) -> dict[str, Any]:
    """A reading as the arguments of `recommend`: only what the message said."""
    changes: BriefChanges = reading.changes
    given = changes.model_dump(mode="json", exclude_defaults=True, exclude={"budget"})
    if budget := changes.budget:
        amounts = {"budget_min": budget.min, "budget_max": budget.max, "budget_currency": budget.currency}
        given |= {name: str(value) for name, value in amounts.items() if value is not None}
        if budget.per == "each":
            given["budget_each"] = True
    if reading.later:
        given["also_for"] = reading.later
    if reading.unread:
        given["not_understood"] = reading.unread
    if reading.extras:
        given["extras"] = reading.extras
    if reading.accept:
        given["accept"] = reading.accept
    given |= {name: value for name in ("replace", "replace_all_but") if (value := getattr(reading, name))}
    if reading.critique:
        given |= {"critique": reading.critique}
        if reading.position is not None:
            given["position"] = reading.position
        elif reading.what and reading.critique == "like":
            given["what"] = reading.what
    return given


def _for_a_shopper(refusal: str) -> str:
    """A tool's refusal; one that speaks of an argument ("remove: …") is worded for a model and told in general."""
    if not refusal or re.match(r"[a-z_]+: ", refusal):
        return "I could not make sense of that here."
    return refusal if refusal.endswith((".", "!", "?")) else f"{refusal}."


def _taken(pick: dict[str, Any]) -> str:
    count = f"{pick['packs']} of " if "packs" in pick else ""
    return f"{count}**{pick['title']}** for {pick['price']}"


def _after_tool(response: dict[str, Any]) -> LlmResponse:
    match response.get("status"):
        case "chosen":
            taken = " and ".join(_taken(pick) for pick in (response, *response.get("also", [])))
            over = f" {response['over_budget']}" if "over_budget" in response else ""
            return say(f"Good choice: {taken}.{over} Is there anything else I can find for you?")
        case "ask":
            return say(response["question"])
        case "done":
            return say(response["answer"])
        case _:
            return say(f"{_for_a_shopper(response.get('message', ''))} {HELP}")
