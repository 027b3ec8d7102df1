"""What a client does while something is broken: it sends messages, notes what it was told, and looks for them later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx

from eval.serving import NAMESPACE, Serving

SHOPPER = "ana"
TIMEOUT_S = 60.0
WISH = "My dad turns 60, he loves gardening and jazz, $40-60, and this is message {}"


@dataclass(frozen=True)
class Answer:
    """What a message got: the HTTP status (0: no answer at all), the body and the seconds."""

    text: str
    conversation: str
    status: int
    body: dict[str, Any]
    seconds: float

    @property
    def is_acknowledged(self) -> bool:
        """Whether the client may rely on the message being kept."""
        return self.status == 200


@dataclass
class Client:
    """A shop's server in front of ours."""

    served: Serving
    answers: list[Answer] = field(default_factory=list)

    def say(self, text: str = "", conversation: str = "") -> Answer:
        """Sends one message, in a conversation of its own unless told."""
        conversation = conversation or uuid4().hex
        text = text or WISH.format(uuid4().hex[:6])
        begun, status, body = monotonic(), 0, {}
        try:
            with httpx.Client(base_url=self.served.address, timeout=TIMEOUT_S, trust_env=False) as http:
                answer = http.post(
                    f"/v1/conversations/{conversation}/messages",
                    json={"text": text},
                    headers=self.served.headers(SHOPPER),
                )
            status, body = answer.status_code, answer.json()
        except httpx.TransportError:
            pass
        told = Answer(text, conversation, status, body, monotonic() - begun)
        self.answers.append(told)
        return told

    def say_many(self, count: int, at_once: int) -> list[Answer]:
        """Sends many, some at the same time."""
        with ThreadPoolExecutor(at_once) as pool:
            return list(pool.map(lambda _: self.say(), range(count)))

    def kept(self, answers: Iterable[Answer]) -> Counter[str]:
        """How often each of these messages stands in its conversation now."""
        found: Counter[str] = Counter()
        with httpx.Client(base_url=self.served.address, timeout=TIMEOUT_S, trust_env=False) as http:
            for answer in answers:
                path = f"/apps/recsys_agent/users/{NAMESPACE}:{SHOPPER}/sessions/{answer.conversation}"
                session = http.get(path, headers=self.served.headers(SHOPPER)).json()
                said = ["".join(p.get("text") or "" for p in _parts(e)) for e in _of_user(session)]
                found[answer.text] = said.count(answer.text)
        return found

    def lost(self) -> int:
        """Messages that were acknowledged and are not kept exactly once."""
        acknowledged = [answer for answer in self.answers if answer.is_acknowledged]
        kept = self.kept(acknowledged)
        return sum(kept[answer.text] != 1 for answer in acknowledged)


def _of_user(session: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for event in session.get("events", []) if event.get("author") == "user"]


def _parts(event: dict[str, Any]) -> list[dict[str, Any]]:
    return (event.get("content") or {}).get("parts") or []
