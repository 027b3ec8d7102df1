"""What locust's shoppers do: a wish, then three changes to it, each in a conversation of their own. A locust file.

Runs in locust's environment, so nothing of this project is imported. LOAD_KEY is a shop's server key, LOAD_PAUSE_S how
long a shopper thinks between two messages, LOAD_MODEL_MS how long a call of the model takes. What is refused beyond
capacity (429) is counted under a name of its own, and so is what a turn takes beyond its calls of the model.
"""

from __future__ import annotations

import os
import time
import uuid

from locust import FastHttpUser, constant, task

WISHES = (
    "My dad turns 60, he loves gardening and jazz, $40-60",
    "Something for a colleague who is into coffee, under $25",
    "A birthday present for my niece, she is 7 and likes dinosaurs, max $35",
    "My wife loves yoga and tea, up to $80, no plastic",
)
CHANGES = ("cheaper", "something different", "no books")
REFUSED = 429
MODEL_MS = float(os.environ.get("LOAD_MODEL_MS", "0"))


class Shopper(FastHttpUser):
    """One shopper after the other: each has an id of its own, as a shop's server would send it."""

    wait_time = constant(float(os.environ.get("LOAD_PAUSE_S", "0")))

    def on_start(self) -> None:
        """The first shopper of this connection."""
        self.told = 0
        self._next_shopper()

    @task
    def message(self) -> None:
        """The next message of the conversation; after the last change another shopper comes."""
        said = (WISHES[self.told // (1 + len(CHANGES)) % len(WISHES)], *CHANGES)[self.told % (1 + len(CHANGES))]
        address = f"/v1/conversations/{self.conversation}/messages"
        began = time.perf_counter()
        with self.client.post(
            address, json={"text": said}, headers=self.headers_, name="message", catch_response=True
        ) as answer:
            if answer.status_code == REFUSED:
                answer.request_meta["name"] = "refused"
                answer.success()
            elif answer.status_code != 200 or not answer.json()["reply"]:
                answer.failure(f"{answer.status_code}: {(answer.text or '')[:200]}")
            elif MODEL_MS:
                self._beyond(1000 * (time.perf_counter() - began) - MODEL_MS * answer.json()["usage"]["llm_calls"])
        self.told += 1
        if self.told % (1 + len(CHANGES)) == 0:
            self._next_shopper()

    def _beyond(self, milliseconds: float) -> None:
        """Enters what a turn took beside the waiting for its model."""
        self.environment.events.request.fire(
            request_type="", name="beyond", response_time=milliseconds, response_length=0, exception=None, context={}
        )

    def _next_shopper(self) -> None:
        self.conversation = uuid.uuid4().hex
        self.headers_ = {
            "Authorization": f"Bearer {os.environ['LOAD_KEY']}",
            "X-Shopper-Id": self.conversation,
            "Accept": "application/json",
        }
