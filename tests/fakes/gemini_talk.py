"""A conversation with the whole app, its models played by FakeGemini behind the real google-genai client."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from google.adk.agents.run_config import RunConfig, StreamingMode
from google.adk.apps import App
from google.adk.events import Event
from google.adk.models import Gemini
from google.adk.runners import Runner
from google.adk.sessions import InMemorySessionService
from google.genai import types

from recsys_agent.agent import build_app
from recsys_agent.models import ResilientModel
from recsys_agent.settings import Settings
from recsys_agent.turns import Conversation
from sub_agents.explainer.prompt import parse_evidence_prompt
from tests.fakes.gemini import FakeGemini, Received, Reply, error, text
from tests.fakes.gemini_replies import Json
from tools.catalog.interface import Catalog
from tools.receipts.evidence import Evidence

AGENTS = {
    "You are the coordinator": "coordinator",
    "You are the preference elicitor": "preference_elicitor",
    "You write the reply": "explainer",
}

Answer = Reply | Callable[[Json], Reply]


def agent_of(body: Json) -> str:
    """Which agent a request comes from, by its instruction."""
    said = body["systemInstruction"]["parts"][0]["text"]
    return next(agent for beginning, agent in AGENTS.items() if beginning in said)


def evidence_of(body: Json) -> Evidence:
    """The evidence in an explainer's request."""
    return parse_evidence_prompt(body["contents"][0]["parts"][0]["text"])


def truth(body: Json) -> Reply:
    """A truthful explainer, in words that the template does not use."""
    lines = [f"I would choose **{p.product.title}** for {p.cost}." for p in evidence_of(body).picks]
    return text("\n".join(["Here is what I found.", *lines]))


def lie(claim: str) -> Callable[[Json], Reply]:
    """An explainer that tells the truth and adds a claim."""
    return lambda body: text(f"{truth(body).parts[0]['text']}\n\n{claim}")


class Talk:
    """One session. Each agent's answers are given in order; one answer too many asked for is a test's failure."""

    def __init__(self, fake: FakeGemini, catalog: Catalog, **settings: Any) -> None:
        self.fake = fake
        fake.responder = self._answer
        self._answers: dict[str, deque[Answer]] = {agent: deque() for agent in AGENTS.values()}
        self.app: App = build_app(Settings(**settings), catalog=lambda: catalog)
        self.service = InMemorySessionService()
        self.conversation = Conversation(self.app, self.service, lambda: catalog, "ana", "s1")

    def says(self, agent: str, *answers: Answer) -> None:
        """Queues an agent's answers, retries included."""
        self._answers[agent].extend(answers)

    async def turn(self, message: str) -> dict[str, Any]:
        """One turn, as `ask` accounts for it."""
        return await self.conversation.turn(message)

    async def stream(self, message: str) -> list[Event]:
        """One turn's events with server-sent events switched on."""
        if await self.service.get_session(app_name=self.app.name, user_id="ana", session_id="s1") is None:
            await self.service.create_session(app_name=self.app.name, user_id="ana", session_id="s1")
        runner = Runner(app=self.app, session_service=self.service)
        content = types.Content(role="user", parts=[types.Part(text=message)])
        config = RunConfig(streaming_mode=StreamingMode.SSE)
        events = runner.run_async(user_id="ana", session_id="s1", new_message=content, run_config=config)
        return [event async for event in events]

    async def state(self) -> dict[str, Any]:
        """The session's stored state."""
        session = await self.service.get_session(app_name=self.app.name, user_id="ana", session_id="s1")
        assert session is not None
        return session.state

    async def found_by(self, source: str) -> set[str]:
        """The product ids that a source of the gift finder returned in the last turn it worked in."""
        session = await self.service.get_session(app_name=self.app.name, user_id="ana", session_id="s1")
        assert session is not None
        outputs = [event.output for event in session.events if isinstance(event.output, dict)]
        found = [output["found"] for output in outputs if output.get("source") == source]
        return {product_id for ids in found[-1].values() for product_id in ids}

    def called(self, since: int = 0) -> list[str]:
        """The agents whose requests reached the server, in order."""
        return [agent_of(request.body) for request in self.fake.requests[since:]]

    def requests_of(self, agent: str) -> list[Received]:
        """An agent's requests."""
        return [request for request in self.fake.requests if agent_of(request.body) == agent]

    async def close(self) -> None:
        """Closes the models' connections; nothing that was queued may be left over."""
        for model in _models(self.app.root_agent):
            with suppress(ValueError):  # without a key none was opened
                await model.api_client.aio.aclose()
                model.api_client.close()
        left = {agent: len(queue) for agent, queue in self._answers.items() if queue}
        assert not left, f"answers nobody asked for: {left}"

    def _answer(self, body: Json) -> Reply:
        queue = self._answers[agent_of(body)]
        if not queue:
            return error(400, f"the {agent_of(body)} has no answer left")
        answer = queue.popleft()
        return answer if isinstance(answer, Reply) else answer(body)


def _models(agent: Any) -> Iterator[Gemini]:
    model = getattr(agent, "model", None)
    if isinstance(model, ResilientModel) and isinstance(model.primary, Gemini):
        yield model.primary
    for child in agent.sub_agents:
        yield from _models(child)
