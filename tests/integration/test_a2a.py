"""The agent over A2A, by the client of the A2A SDK against a running server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from a2a.client import A2ACardResolver, Client, ClientConfig, ClientFactory
from a2a.helpers.proto_helpers import get_data_parts, get_text_parts, new_text_message
from a2a.server.context import ServerCallContext
from a2a.types import GetTaskRequest, SendMessageRequest, Task, TaskState
from google.protobuf.json_format import MessageToDict

from deployment.a2a.routes import Shopper
from deployment.a2a.tasks import RecentTasks
from tests.server_process import keys, serving

DAD = "My dad turns 60, he loves gardening and jazz, $40-60"


@asynccontextmanager
async def agent(url: str, key: str, *, streaming: bool = False) -> AsyncIterator[Client]:
    """The agent at an address, as the SDK's client finds it by its card."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(headers=headers, timeout=60, trust_env=False) as http:
        card = await A2ACardResolver(http, url).get_agent_card()
        yield ClientFactory(ClientConfig(httpx_client=http, streaming=streaming)).create(card)


async def say(client: Client, text: str, **where: Any) -> Task:
    """One message; the task at its end."""
    request = SendMessageRequest(message=new_text_message(text, **where))
    task = Task()
    async for event in client.send_message(request):
        if event.HasField("task"):
            task.CopyFrom(event.task)
        elif event.HasField("artifact_update"):
            task.artifacts.append(event.artifact_update.artifact)
        elif event.HasField("status_update"):
            task.status.CopyFrom(event.status_update.status)
    return task


def turn_of(task: Task) -> dict[str, Any]:
    (artifact,) = task.artifacts
    (turn,) = get_data_parts(artifact.parts)
    return turn if isinstance(turn, dict) else MessageToDict(turn)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("a2a")


@pytest.fixture(scope="module")
def ana(home: Path) -> str:
    return keys(home, "add", "--user", "ana").stdout.strip()


@pytest.fixture(scope="module")
def bob(home: Path) -> str:
    return keys(home, "add", "--user", "bob").stdout.strip()


@pytest.fixture(scope="module")
def server(home: Path, ana: str, bob: str) -> Any:
    with serving(home) as (http, _, _):
        yield http


@pytest.mark.parametrize("streaming", [False, True])
async def test_a_message_gets_the_turn_that_v1_gives(server: httpx.Client, ana: str, streaming: bool) -> None:
    bearer = {"Authorization": f"Bearer {ana}"}
    v1 = server.post("/v1/recommendations", json={"text": DAD}, headers=bearer).json()
    async with agent(str(server.base_url), ana, streaming=streaming) as client:
        task = await say(client, DAD)
    turn = turn_of(task)
    assert task.status.state == TaskState.TASK_STATE_COMPLETED
    assert (turn["picks"], turn["receipt"], turn["brief"]) == (v1["picks"], v1["receipt"], v1["brief"])
    assert get_text_parts(task.artifacts[0].parts) == [turn["reply"]] == [v1["reply"]]


async def test_the_context_is_the_conversation(server: httpx.Client, ana: str) -> None:
    async with agent(str(server.base_url), ana) as client:
        first = await say(client, DAD)
        second = await say(client, "cheaper, and no books", context_id=first.context_id)
    assert turn_of(second)["conversation_id"] == first.context_id
    assert turn_of(second)["brief"]["interests"] == ["gardening", "jazz"]
    assert turn_of(second)["brief"]["avoid"] == ["books"]


async def test_a_question_asks_for_input_and_the_answer_ends_the_task(server: httpx.Client, ana: str) -> None:
    async with agent(str(server.base_url), ana) as client:
        asked = await say(client, "I need a present")
        assert asked.status.state == TaskState.TASK_STATE_INPUT_REQUIRED
        answered = await say(client, "for my sister, she loves tea, $30", context_id=asked.context_id, task_id=asked.id)
    assert answered.status.state == TaskState.TASK_STATE_COMPLETED
    assert answered.id == asked.id


async def test_anothers_task_and_conversation_are_not_there(server: httpx.Client, ana: str, bob: str) -> None:
    url = str(server.base_url)
    async with agent(url, ana) as client:
        mine = await say(client, DAD)
        assert (await client.get_task(GetTaskRequest(id=mine.id))).id == mine.id
    async with agent(url, bob) as client:
        with pytest.raises(Exception, match=r"(?i)not.?found"):
            await client.get_task(GetTaskRequest(id=mine.id))
        theirs = await say(client, "cheaper", context_id=mine.context_id)
    assert turn_of(theirs)["brief"]["interests"] == []


async def test_a_context_that_cannot_be_a_conversation_is_refused(server: httpx.Client, ana: str) -> None:
    async with agent(str(server.base_url), ana) as client:
        for unfit in ("..", "a/b", "__x__", "x" * 129, "🎁"):
            with pytest.raises(Exception, match="contextId"):
                await say(client, DAD, context_id=unfit)


async def test_only_the_latest_tasks_are_kept_each_for_its_user() -> None:
    store, ana, bob = RecentTasks(kept=2), *(ServerCallContext(user=Shopper(name)) for name in ("ana", "bob"))
    for task_id, who in (("1", ana), ("2", bob), ("1", ana), ("3", bob)):
        await store.save(Task(id=task_id), who)
    assert [bool(await store.get(i, who)) for i, who in (("1", ana), ("2", bob), ("3", bob), ("3", ana))] == [
        True, False, True, False
    ]  # fmt: skip


def test_the_card_is_for_everybody_and_says_what_to_bring(server: httpx.Client) -> None:
    card = server.get("/.well-known/agent-card.json").json()
    assert card["supportedInterfaces"][0]["url"] == f"{server.base_url}/a2a"
    assert card["securitySchemes"]["bearer"]["httpAuthSecurityScheme"]["scheme"] == "bearer"
    assert {skill["id"] for skill in card["skills"]} == {"recommend_gifts", "plan_birthday"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "SendMessage", "params": {}}
    assert server.post("/a2a", json=message).status_code == 401
