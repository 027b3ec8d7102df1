"""A loopback server speaking Gemini's REST protocol, for the real google-genai client.

The client, its retries and its parsing of errors and streams are the code under test, so they
run for real; only Google's end of the wire is replaced.
"""

import hashlib
import json
import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from socket import SHUT_RDWR, socket
from threading import Event
from types import TracebackType
from typing import Self

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.fakes.gemini_replies import (
    Json,
    Reply,
    blocked,
    call,
    count_tokens,
    empty,
    error,
    malformed,
    prompt_blocked,
    text,
)

__all__ = [  # One import line in a test.
    "FakeGemini",
    "Received",
    "Reply",
    "blocked",
    "call",
    "empty",
    "error",
    "malformed",
    "prompt_blocked",
    "text",
]

MOST_EMBEDDED = 100
"""Texts in one batch, as the real service has it."""

_METHODS = "generateContent|streamGenerateContent|embedContent|batchEmbedContents"
_PATH = re.compile(rf"/v1beta/models/(?P<model>[^/:]+):(?P<method>{_METHODS})")


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    model: str
    method: str
    body: Json
    api_key: str | None

    @property
    def streamed(self) -> bool:
        """Whether the client asked for server-sent events."""
        return self.method == "streamGenerateContent"


class _Server(HTTPServer):
    def thread_target(self) -> None:
        # How often it looks whether to stop; with the default, half a second goes by a test.
        assert self.server is not None
        self.server.serve_forever(poll_interval=0.01)


class FakeGemini:
    """The server. Scripted replies are used up in order, each by one request (retries included).

    After them `responder` decides from the request's body; without one the request gets a 500
    that says so, because repeating the last reply would hide a call too many. Requests in parallel
    take replies in the order they arrive: give those a responder. Embeddings use no reply; they fail with
    `embedding_failures`, one a request, then with `embedding_error` where there is one.
    """

    def __init__(self, responder: Callable[[Json], Reply] | None = None, delay_seconds: float = 0.0) -> None:
        self.responder = responder
        self.delay_seconds = delay_seconds
        self.embedding_error: Reply | None = None
        self.embedding_failures: deque[Reply] = deque()
        self.requests: list[Received] = []
        self.usage: list[Json] = []  # The usageMetadata of every answer that went out whole.
        self._replies: deque[Reply] = deque()
        self._ending = Event()
        # Threads let a slow reply and the next request overlap. They also make werkzeug speak
        # HTTP/1.1: in 1.0 a broken stream looks like one that ended.
        self._server = _Server(host="127.0.0.1", threaded=True)
        self._server.expect_request(re.compile(".*")).respond_with_handler(self._handle)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self._ending.set()  # nobody waits for a slow reply any more
        self._server.stop()
        if kind is None:
            self._server.check()  # A responder that raised must not pass for a server's 500.

    @property
    def url(self) -> str:
        """Base URL, for `HttpOptions(base_url=...)` or GOOGLE_GEMINI_BASE_URL."""
        return f"http://127.0.0.1:{self._server.port}"

    def reply(self, *replies: Reply) -> None:
        """Queues replies."""
        self._replies.extend(replies)

    def _handle(self, request: Request) -> Response:
        match = _PATH.fullmatch(request.path)
        if match is None or request.method != "POST":
            return _fail(error(404, f"{request.method} {request.path} is not found."))
        key = request.headers.get("x-goog-api-key")
        received = Received(match["model"], match["method"], request.get_json(), key)
        self.requests.append(received)
        if "mbed" in received.method:
            failure = self.embedding_failures.popleft() if self.embedding_failures else self.embedding_error
            return _fail(failure) if failure else _embed(received.body)
        if received.streamed and request.args.get("alt") != "sse":
            return _fail(error(400, "FakeGemini streams with ?alt=sse only."))
        reply = self._next_reply(received.body)
        if reply.status == 200 and reply.drop_after is None:
            self.usage.append(reply.usage(count_tokens(received.body)))
        self._ending.wait(self.delay_seconds + reply.delay_seconds)
        return _answer(reply, received, request.environ["werkzeug.socket"])

    def _next_reply(self, body: Json) -> Reply:
        if self._replies:
            return self._replies.popleft()
        if self.responder is not None:
            return self.responder(body)
        count = len(self.requests)
        return error(500, f"FakeGemini has no reply left for request {count}, and no responder.")


def _answer(reply: Reply, received: Received, connection: socket) -> Response:
    if reply.status != 200:
        return _fail(reply)
    chunks = reply.chunks(received.model, count_tokens(received.body), received.streamed)
    if reply.drop_after is not None:
        sent = chunks[: reply.drop_after] if received.streamed else []
        return Response(_events(sent, connection), mimetype="text/event-stream")
    if received.streamed:
        return Response(_events(chunks), mimetype="text/event-stream")
    return _json(chunks[0])


def _events(chunks: list[Json], cut: socket | None = None) -> Iterator[bytes]:
    for chunk in chunks:
        yield f"data: {json.dumps(chunk, ensure_ascii=False)}\r\n\r\n".encode()
    if cut is not None:
        # Raising alone would leave a connection open on which no header has gone out yet.
        cut.shutdown(SHUT_RDWR)
        raise ConnectionAbortedError("on purpose")  # The kind werkzeug passes over in silence.


def _fail(reply: Reply) -> Response:
    return _json(reply.body, reply.status)


def _json(body: Json | None, status: int = 200) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")


def _embed(body: Json) -> Response:
    if len(body.get("requests", ())) > MOST_EMBEDDED:
        return _fail(error(400, f"BatchEmbedContentsRequest.requests: at most {MOST_EMBEDDED} requests in one batch"))
    if "requests" in body:
        return _json({"embeddings": [{"values": _vector(_words(one))} for one in body["requests"]]})
    return _json({"embedding": {"values": _vector(_words(body))}})


def _words(request: Json) -> list[str]:
    parts = request.get("content", {}).get("parts", [])
    return re.findall(r"\w+", " ".join(part.get("text", "") for part in parts).lower())


def _vector(words: list[str]) -> list[float]:
    """Eight numbers from the words alone (any output dimension asked for is ignored), length 1.

    A sum over words, so that texts sharing words come out near one another, as rankings expect.
    """
    sums = [0.0] * 8
    for word in words:
        digest = hashlib.sha256(word.encode()).digest()[:8]
        sums = [total + byte - 127.5 for total, byte in zip(sums, digest, strict=True)]
    norm = math.hypot(*sums)
    return [total / norm for total in sums] if norm else [1.0] + [0.0] * 7
