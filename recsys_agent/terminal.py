"""Replies in a terminal: rendered where it can be, as they are where something else reads along."""

from __future__ import annotations

from rich.console import Console
from rich.markdown import Markdown

from recsys_agent.turns import Conversation

PROMPT = "[user]: "


async def chat(conversation: Conversation) -> None:
    """Answers line by line until `exit` or the end of the input, in the form of `adk run`."""
    console = Console()
    print("Running agent recsys_agent, type exit to exit.")
    while (said := input(PROMPT)) != "exit":
        if said.strip():
            account = await conversation.turn(said)
            print(f"[{conversation.speaker}]: ", end="\n\n" if renders(console) else "", flush=True)
            show(console, account["reply"])


def show(console: Console, reply: str) -> None:
    """A reply and, where it is rendered, an empty line."""
    if renders(console):
        console.print(Markdown(reply), "")
    else:
        print(reply, flush=True)


def renders(console: Console) -> bool:
    """Whether this is a terminal that shows more than plain text."""
    return console.is_terminal and not console.is_dumb_terminal
