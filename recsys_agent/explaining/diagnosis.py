"""What probably went wrong in a turn: each finding names the step and what to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recsys_agent.explaining.recorded import Json
from recsys_agent.offline.reading.smalltalk import chat_of, no_preference
from recsys_agent.offline.reading.text import Message
from tools.money_text import find_amounts

SLOW_MS = 3_000
"""A turn without a model over the network takes well below a second."""

FAR = 10
"""Shoppers know roughly what things cost: where the least that would do is so many times the budget, look at prices."""

NOTHING = "Nothing points to a failure."


def likely_failures(account: Json) -> list[str]:
    """The findings, the gravest first; [`NOTHING`] where there are none."""
    found = [
        *_broken(account),
        *_held_back(account),
        *_models(account),
        *_sources(account),
        *_memory(account),
        *_tools(account),
        *_nothing_fits(account),
        *_checks(account),
        *_misread(account),
        *_unread(account),
        *_shortfalls(account),
        *_slow(account),
    ]
    return list(dict.fromkeys(found)) or [NOTHING]


def _broken(account: Json) -> Iterator[str]:
    if account["status"] == "unfinished":
        last = account["steps"][-1] if account["steps"] else {"agent": "the first model call", "step": "never came"}
        yield f"The turn broke off after {last['agent']} ({last['step']}): no reply was stored."
    if account["status"] == "error":
        yield "The turn ended with an error: the model went round in circles, or a step failed."


def _held_back(account: Json) -> Iterator[str]:
    for warning in account["warnings"]:
        if warning.startswith("held back: "):
            yield f"The last check kept a pick from the shopper: {warning.removeprefix('held back: ')}."


def _models(account: Json) -> Iterator[str]:
    for warning in account["warnings"]:
        if "could not be used" in warning:
            yield f"A model fell back to the keyless stand-in: {warning}."


def _sources(account: Json) -> Iterator[str]:
    for source in account["sources"]:
        if source["warning"]:
            yield f"A source was left out: {source['warning']}."
    if account["relaxations"]:
        return  # then it is the limits that leave nothing, not the search
    if account["sources"] and not any(sum(source["found"].values()) for source in account["sources"]):
        yield "No source found anything: the catalogue may be empty, or of another currency or need."


def _memory(account: Json) -> Iterator[str]:
    for warning in account["warnings"]:
        if "memory" in warning.lower():
            yield f"The memory store was out of reach: {warning}."


def _tools(account: Json) -> Iterator[str]:
    for call in account["calls"]:
        if call["answer"].get("status") == "error":
            yield f"{call['tool']} refused the model's call: {call['answer'].get('message', '')}"
        if call["answer"].get("status") == "ask" and not account["asking"]["question"]:
            yield f"{call['tool']} could not tell which pick was meant, and asked: {call['answer'].get('question', '')}"
    if account["calls"] or account["status"] not in ("chat", "refused"):
        return
    if account["status"] == "refused":
        yield "The message was refused: it was empty, too long, or taken for an attempt to change rules or prices."
    elif chat_of(Message(account["message"]).text) is None:
        yield "The model called no tool: the message was taken for small talk, or not understood."


def _nothing_fits(account: Json) -> Iterator[str]:
    if account["status"] != "infeasible":
        return
    removed = sorted(account["removed"].items(), key=lambda item: -item[1])
    told = ", ".join(f"{reason} ({count})" for reason, count in removed[:3])
    if told:
        yield f"Nothing was admissible; candidates were removed as: {told}."
    else:
        rules = ", ".join(account["rules"]) or "nothing"
        yield f"The search found no candidate; it leaves out what is against: {rules}."
    if len(account["clash"]) > 1:
        yield f"These cannot hold together: {'; '.join(account['clash'])}."
    if account["relaxations"]:
        first = account["relaxations"][0]
        yield f"The smallest change that helps: {first['change']} (opens {first['opens']})."
        amounts = [amount.value for amount in find_amounts(first["change"])]
        if len(amounts) == 2 and amounts[0] >= FAR * (amounts[0] - amounts[1]):  # "$150.00 ($140.00 more)"
            yield f"That is {FAR} times the budget and more: prices may be misread, cents for whole units."


def _checks(account: Json) -> Iterator[str]:
    checked = account["checked"] or {}
    reasons = "; ".join(checked.get("reasons", []))
    if checked.get("template"):
        yield f"Verification refused the explainer's words twice, and the template spoke: {reasons}."
    elif checked.get("repaired"):
        yield f"Verification refused the explainer's first words, and they were written again: {reasons}."


def _misread(account: Json) -> Iterator[str]:
    """An amount in the message that reached neither the budget nor a need."""
    said = {amount.value for amount in find_amounts(account["message"])}
    if not said or account["status"] in ("refused", "chat"):
        return
    given = " ".join(str(call["arguments"]) for call in account["calls"])
    taken = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", given)}
    lost = [amount for amount in sorted(said) if float(amount) not in taken]
    if lost:
        yield (
            f"The message names {', '.join(f'{amount:f}' for amount in lost)}, which the model passed to no tool: "
            "a misread budget, or an amount that is none."
        )


def _unread(account: Json) -> Iterator[str]:
    """A message with something to say, of which the tool was told nothing: the same picks, or question, come again."""
    told = [argument for call in account["calls"] for argument in call["arguments"]]
    recommends = any(call["tool"] == "recommend" for call in account["calls"])
    if (
        recommends
        and not told
        and len(account["message"].split()) > 1
        and not no_preference(account["message"].lower())
    ):
        yield "Nothing in the message was read: `recommend` was called without any argument, so nothing changed."


def _shortfalls(account: Json) -> Iterator[str]:
    if account["unmatched"]:
        yield f"No admissible product answers: {', '.join(account['unmatched'])}."
    if account["widened"]:
        yield "Too few candidates fitted at first, so the search was widened."
    if account["plan"] and account["plan"]["unmet"]:
        yield f"The shop sells nothing for: {', '.join(account['plan']['unmet'])}."
    if account["plan"] and account["plan"]["gap"]:
        yield f"Time ran out before the plan was proven best (gap {account['plan']['gap']:.1%})."


def _slow(account: Json) -> Iterator[str]:
    if account["elapsed_ms"] > SLOW_MS and account["steps"]:
        slowest = max(account["steps"], key=lambda step: step["ms"])
        yield f"The turn took {account['elapsed_ms'] / 1000:.1f} s, {slowest['ms'] / 1000:.1f} s of it: " + (
            f"{slowest['agent']}, {slowest['step']}."
        )
