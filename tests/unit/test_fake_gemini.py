"""The real google-genai client and ADK's Gemini model, against FakeGemini.

These pin down what the rest of the project relies on when Gemini misbehaves.
"""

import math
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio
from google import genai
from google.adk.models import Gemini
from google.adk.models.llm_request import LlmRequest
from google.adk.models.llm_response import LlmResponse
from google.genai import errors, types

from tests.fakes.gemini import (
    FakeGemini,
    Reply,
    blocked,
    call,
    empty,
    error,
    malformed,
    prompt_blocked,
    text,
)

MODEL = "gemini-fake"
QUICK_RETRIES = types.HttpRetryOptions(
    attempts=3,
    initial_delay=0.01,
    max_delay=0.05,
    jitter=0.01,
    http_status_codes=[408, 429, 500, 502, 503, 504],
)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGemini]:
    with FakeGemini() as server:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        monkeypatch.setenv("GOOGLE_API_KEY", "fake")
        monkeypatch.delenv("GEMINI_API_KEY", raising=False)
        yield server


@pytest.fixture
def client(fake: FakeGemini) -> Iterator[genai.Client]:
    with genai.Client() as real:
        yield real


@pytest_asyncio.fixture
async def model(fake: FakeGemini) -> AsyncIterator[Gemini]:
    gemini = Gemini(model=MODEL, retry_options=QUICK_RETRIES, client_kwargs={"http_options": over_httpx()})
    yield gemini
    await gemini.api_client.aio.aclose()


def over_httpx() -> types.HttpOptions:
    # Where aiohttp is installed (LiteLLM brings it) google-genai takes it instead, which has other
    # exceptions, retries a dropped connection, and warns. A transport of ours rules that out.
    return types.HttpOptions(async_client_args={"transport": httpx.AsyncHTTPTransport()})


def ask() -> LlmRequest:
    contents = [types.Content(role="user", parts=[types.Part(text="A gift for Ana")])]
    return LlmRequest(model=MODEL, contents=contents)


async def answers(model: Gemini, stream: bool = False) -> list[LlmResponse]:
    return [response async for response in model.generate_content_async(ask(), stream=stream)]


def spoken(response: LlmResponse) -> str:
    parts = response.content.parts if response.content else None
    return "".join(part.text or "" for part in parts or [])


# The google-genai client


def test_client_gets_text_and_token_counts_that_add_up(fake: FakeGemini, client: genai.Client) -> None:
    fake.reply(text("Grüße"))
    answer = client.models.generate_content(model=MODEL, contents="hi")
    assert answer.text == "Grüße"
    usage = answer.usage_metadata
    assert usage is not None
    assert usage.prompt_token_count
    assert usage.candidates_token_count
    assert usage.total_token_count == usage.prompt_token_count + usage.candidates_token_count


def test_requests_are_recorded_as_sent(fake: FakeGemini, client: genai.Client) -> None:
    fake.reply(text("a"), text("b"))
    client.models.generate_content(model=MODEL, contents="hi")
    list(client.models.generate_content_stream(model=MODEL, contents="ho"))
    assert [(one.model, one.streamed) for one in fake.requests] == [(MODEL, False), (MODEL, True)]
    assert fake.requests[0].body["contents"] == [{"role": "user", "parts": [{"text": "hi"}]}]
    assert fake.requests[0].api_key == "fake"


def test_client_streams_several_chunks_with_usage_in_the_last(fake: FakeGemini, client: genai.Client) -> None:
    fake.reply(text("Ein Würfelspiel für Ana."))
    chunks = list(client.models.generate_content_stream(model=MODEL, contents="hi"))
    assert len(chunks) == 3
    assert "".join(chunk.text or "" for chunk in chunks) == "Ein Würfelspiel für Ana."
    assert [chunk.usage_metadata is not None for chunk in chunks] == [False, False, True]


def test_client_gets_text_and_parallel_calls_in_one_turn(fake: FakeGemini, client: genai.Client) -> None:
    fake.reply(text("One moment.") + call("search", {"q": "dice"}) + call("remember"))
    answer = client.models.generate_content(model=MODEL, contents="hi")
    calls = [(one.name, one.args) for one in answer.function_calls or []]
    assert calls == [("search", {"q": "dice"}), ("remember", {})]


def test_embeddings_are_deterministic_unit_vectors_near_for_shared_words(
    fake: FakeGemini, client: genai.Client
) -> None:
    result = client.models.embed_content(
        model="embed-fake", contents=["red dice", "dice, red", "blue red dice", "quilt"]
    )
    same, swapped, near, far = [one.values or [] for one in result.embeddings or []]
    assert len(same) == 8
    assert same == swapped
    assert math.hypot(*same) == pytest.approx(1)
    assert math.dist(same, near) < math.dist(same, far)


def test_embedding_errors_are_scripted_apart(fake: FakeGemini, client: genai.Client) -> None:
    fake.embedding_error = error(429)
    with pytest.raises(errors.ClientError, match="RESOURCE_EXHAUSTED"):
        client.models.embed_content(model="embed-fake", contents="dice")


def test_single_embedding_endpoint(fake: FakeGemini) -> None:
    body = {"content": {"parts": [{"text": "dice"}]}}
    answer = httpx.post(f"{fake.url}/v1beta/models/embed-fake:embedContent", json=body)
    assert len(answer.json()["embedding"]["values"]) == 8


def test_responder_takes_over_when_replies_run_out(client: genai.Client, fake: FakeGemini) -> None:
    def echo(body: dict[str, list[dict[str, list[dict[str, str]]]]]) -> Reply:
        return text(body["contents"][-1]["parts"][0]["text"].upper())

    fake.reply(text("scripted"))
    fake.responder = echo
    said = [client.models.generate_content(model=MODEL, contents="hi").text for _ in range(2)]
    assert said == ["scripted", "HI"]


def test_a_call_too_many_is_an_error_that_says_so(client: genai.Client) -> None:
    with pytest.raises(errors.ServerError, match="no reply left for request 1"):
        client.models.generate_content(model=MODEL, contents="hi")


def test_unknown_path_answers_in_geminis_error_shape(fake: FakeGemini) -> None:
    answer = httpx.get(f"{fake.url}/v1beta/nowhere")
    assert answer.status_code == 404
    assert answer.json()["error"]["status"] == "NOT_FOUND"


def test_a_responder_that_raises_fails_the_test() -> None:
    def broken(body: object) -> Reply:
        raise LookupError("bug in the test's responder")

    with pytest.raises(LookupError), FakeGemini(responder=broken) as server:
        httpx.post(f"{server.url}/v1beta/models/{MODEL}:generateContent", json={})


def test_slow_replies_run_into_the_clients_timeout(fake: FakeGemini) -> None:
    fake.reply(text("too late").after(600))
    options = types.HttpOptions(timeout=100)
    with genai.Client(http_options=options) as client, pytest.raises(httpx.ReadTimeout):
        client.models.generate_content(model=MODEL, contents="hi")


# ADK's model, unary


@pytest.mark.asyncio
async def test_model_gets_text(fake: FakeGemini, model: Gemini) -> None:
    fake.reply(text("hi"))
    [response] = await answers(model)
    assert spoken(response) == "hi"
    assert response.finish_reason == types.FinishReason.STOP
    assert response.error_code is None


@pytest.mark.asyncio
async def test_model_gets_a_function_call(fake: FakeGemini, model: Gemini) -> None:
    fake.reply(call("recommend", {"budget": "30 EUR"}))
    [response] = await answers(model)
    [function_call] = response.get_function_calls()
    assert (function_call.name, function_call.args) == ("recommend", {"budget": "30 EUR"})


@pytest.mark.asyncio
@pytest.mark.parametrize("stream", [False, True])
async def test_rate_limit_is_retried_once_and_succeeds(fake: FakeGemini, model: Gemini, stream: bool) -> None:
    fake.reply(error(429), text("hi"))
    responses = await answers(model, stream)
    assert spoken(responses[-1]) == "hi"
    assert len(fake.requests) == 2


@pytest.mark.asyncio
async def test_rate_limit_for_good_raises_with_the_retry_info(fake: FakeGemini, model: Gemini) -> None:
    fake.responder = lambda body: error(429, retry_seconds=23)
    with pytest.raises(errors.ClientError) as caught:
        await answers(model)
    assert caught.value.code == 429
    assert "'retryDelay': '23s'" in str(caught.value)
    assert len(fake.requests) == 3


@pytest.mark.asyncio
@pytest.mark.parametrize("stream", [False, True])
async def test_overload_for_good_raises_after_three_attempts(fake: FakeGemini, model: Gemini, stream: bool) -> None:
    fake.responder = lambda body: error(503)
    with pytest.raises(errors.ServerError, match="UNAVAILABLE") as caught:
        await answers(model, stream)
    assert caught.value.code == 503
    assert len(fake.requests) == 3


@pytest.mark.asyncio
async def test_rejected_request_is_not_retried(fake: FakeGemini, model: Gemini) -> None:
    fake.reply(error(400, "API key not valid. Please pass a valid API key."))
    with pytest.raises(errors.ClientError, match="API key not valid"):
        await answers(model)
    assert len(fake.requests) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("stream", [False, True])
async def test_connection_dropped_before_the_answer_raises_and_is_not_retried(
    fake: FakeGemini, model: Gemini, stream: bool
) -> None:
    fake.reply(text("lost").dropped(0))
    with pytest.raises(httpx.RemoteProtocolError):
        await answers(model, stream)
    assert len(fake.requests) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("reply", "code", "finish"),
    [
        (malformed(), "MALFORMED_FUNCTION_CALL", types.FinishReason.MALFORMED_FUNCTION_CALL),
        (blocked(), "SAFETY", types.FinishReason.SAFETY),
        (prompt_blocked(), "PROHIBITED_CONTENT", None),
    ],
)
async def test_refusals_arrive_as_error_codes_not_exceptions(
    fake: FakeGemini,
    model: Gemini,
    stream: bool,
    reply: Reply,
    code: str,
    finish: types.FinishReason | None,
) -> None:
    fake.reply(reply)
    last = (await answers(model, stream))[-1]
    assert last.error_code == code
    assert last.finish_reason == finish
    assert last.content is None
    assert not last.partial
    assert last.usage_metadata is not None
    assert len(fake.requests) == 1


@pytest.mark.asyncio
async def test_silence_is_no_error_to_the_model(fake: FakeGemini, model: Gemini) -> None:
    fake.reply(empty())
    [response] = await answers(model)
    assert response.error_code is None
    assert spoken(response) == ""


@pytest.mark.asyncio
async def test_cut_off_text_is_an_error_only_when_streamed(fake: FakeGemini, model: Gemini) -> None:
    fake.reply(text("half a sen", finish="MAX_TOKENS"), text("half a sen", finish="MAX_TOKENS"))
    [unary] = await answers(model)
    streamed = (await answers(model, stream=True))[-1]
    assert spoken(unary) == spoken(streamed) == "half a sen"
    assert unary.finish_reason == streamed.finish_reason == types.FinishReason.MAX_TOKENS
    assert (unary.error_code, streamed.error_code) == (None, "MAX_TOKENS")


# ADK's model, streaming


@pytest.mark.asyncio
async def test_stream_yields_fragments_then_the_whole(fake: FakeGemini, model: Gemini) -> None:
    fake.reply(text("A dice game for Ana."))
    *fragments, whole = await answers(model, stream=True)
    assert [one.partial for one in fragments] == [True, True, True]
    assert "".join(map(spoken, fragments)) == spoken(whole) == "A dice game for Ana."
    assert whole.partial is False
    assert whole.usage_metadata is not None


@pytest.mark.asyncio
async def test_streamed_call_is_final_only_in_the_last_response(fake: FakeGemini, model: Gemini) -> None:
    fake.reply(text("One moment. ") + call("recommend", {"budget": "30 EUR"}))
    *fragments, whole = await answers(model, stream=True)
    assert all(one.partial for one in fragments)
    assert [one.name for one in whole.get_function_calls()] == ["recommend"]
    assert spoken(whole) == "One moment. "


@pytest.mark.asyncio
async def test_stream_that_dies_midway_raises_and_is_not_retried(fake: FakeGemini, model: Gemini) -> None:
    fake.reply(text("A dice game for Ana.").dropped(2))
    heard: list[LlmResponse] = []
    with pytest.raises(httpx.RemoteProtocolError):  # noqa: PT012
        async for response in model.generate_content_async(ask(), stream=True):
            heard.append(response)
    assert [one.partial for one in heard] == [True, True]
    assert len(fake.requests) == 1


# Without the environment


@pytest.mark.asyncio
async def test_model_needs_nothing_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    # Set wrong on purpose: what is given explicitly has to win.
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("GOOGLE_API_KEY", "from-environment")
    monkeypatch.setenv("GOOGLE_GENAI_USE_ENTERPRISE", "true")
    with FakeGemini() as server:
        server.reply(text("hi"))
        model = Gemini(
            model=MODEL,
            base_url=server.url,
            retry_options=QUICK_RETRIES,
            client_kwargs={
                "api_key": "explicit",
                "enterprise": False,
                "http_options": over_httpx(),
            },
        )
        [response] = await answers(model)
        await model.api_client.aio.aclose()
    assert spoken(response) == "hi"
    assert server.requests[0].api_key == "explicit"
