"""What FakeGemini can be told to answer, in the shapes Gemini's Developer API answers with.

https://ai.google.dev/api/generate-content describes them; where the page is silent (an empty
content object, the details of a 429) they follow answers people have reported.
"""

import json
import math
from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]

_CHARS_PER_TOKEN = 4  # Google's rule of thumb; tests need counts that add up, not exact ones.
_TEXT_CHUNKS = 3  # The fewest with a middle, where streaming bugs hide.
_STATUS = {
    400: ("INVALID_ARGUMENT", "Request contains an invalid argument."),
    403: ("PERMISSION_DENIED", "The caller does not have permission."),
    404: ("NOT_FOUND", "Requested entity was not found."),
    429: ("RESOURCE_EXHAUSTED", "You exceeded your current quota."),
    500: ("INTERNAL", "An internal error has occurred."),
    503: ("UNAVAILABLE", "The model is overloaded. Please try again later."),
    504: ("DEADLINE_EXCEEDED", "The request timed out. Please try again."),
}


@dataclass(frozen=True)
class Reply:
    """What the model answers to one request; `a + b` says both in one turn, as parallel calls."""

    parts: tuple[Json, ...] = ()
    outcome: Json | None = None  # Candidate fields beside the content; None: no candidate at all.
    feedback: Json | None = None
    status: int = 200
    body: Json | None = None  # Of an HTTP error.
    delay_seconds: float = 0.0
    drop_after: int | None = None  # Chunks sent before the connection breaks.

    def __add__(self, other: "Reply") -> "Reply":
        return replace(self, parts=self.parts + other.parts)

    def chunks(self, model: str, prompt_tokens: int, streamed: bool) -> list[Json]:
        """The response bodies: text in pieces when streamed, outcome and usage with the last."""
        pieces = [list(self.parts)]
        if streamed and self.parts:
            pieces = [[piece] for part in self.parts for piece in _split(part)]
        bodies: list[Json] = [{"modelVersion": model} for _ in pieces]
        if self.outcome is not None:
            for body, parts in zip(bodies, pieces, strict=True):
                # Gemini keeps the key and leaves the object empty when there is nothing to say.
                content = {"parts": parts, "role": "model"} if parts else {}
                body["candidates"] = [{"content": content, "index": 0}]
            bodies[-1]["candidates"][0].update(self.outcome)
        if self.feedback is not None:
            bodies[-1]["promptFeedback"] = self.feedback
        bodies[-1]["usageMetadata"] = self.usage(prompt_tokens)
        return bodies

    def usage(self, prompt_tokens: int) -> Json:
        """The usageMetadata that comes with this reply."""
        usage = {"promptTokenCount": prompt_tokens, "totalTokenCount": prompt_tokens}
        if self.parts:
            spoken = count_tokens(self.parts)
            usage |= {"candidatesTokenCount": spoken, "totalTokenCount": prompt_tokens + spoken}
        return usage

    def after(self, seconds: float) -> "Reply":
        """The same reply, late."""
        return replace(self, delay_seconds=seconds)

    def dropped(self, after_chunks: int) -> "Reply":
        """The same reply, its connection breaking after so many chunks (unary: before any byte)."""
        return replace(self, drop_after=after_chunks)


def text(content: str, finish: str = "STOP") -> Reply:
    """A spoken answer; `finish="MAX_TOKENS"` for one cut off by the output limit."""
    return Reply(({"text": content},), {"finishReason": finish})


def call(name: str, args: Json | None = None) -> Reply:
    """A function call; Gemini reports STOP for these too."""
    return Reply(({"functionCall": {"name": name, "args": args or {}}},), {"finishReason": "STOP"})


def empty() -> Reply:
    """STOP without a word, which Gemini does now and then after a tool result."""
    return Reply(outcome={"finishReason": "STOP"})


def malformed() -> Reply:
    """The model wrote a call that does not parse."""
    message = "Malformed function call: print(default_api.recommend("
    return Reply(outcome={"finishReason": "MALFORMED_FUNCTION_CALL", "finishMessage": message})


def blocked() -> Reply:
    """The answer was withheld by the safety filter."""
    rating = {"category": "HARM_CATEGORY_HARASSMENT", "probability": "HIGH", "blocked": True}
    return Reply(outcome={"finishReason": "SAFETY", "safetyRatings": [rating]})


def prompt_blocked(reason: str = "PROHIBITED_CONTENT") -> Reply:
    """The question itself was refused: no candidate comes back."""
    return Reply(feedback={"blockReason": reason})


def error(status: int, message: str = "", retry_seconds: float = 1) -> Reply:
    """An HTTP error; 429 carries the quota and when to come back, in the body as Gemini does."""
    name, default = _STATUS.get(status, ("UNKNOWN", "Unknown error."))
    fault: Json = {"code": status, "message": message or default, "status": name}
    if status == 429:
        quota = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"
        rpc = "type.googleapis.com/google.rpc."
        fault["details"] = [
            {"@type": f"{rpc}QuotaFailure", "violations": [{"quotaId": quota}]},
            {"@type": f"{rpc}RetryInfo", "retryDelay": f"{retry_seconds:g}s"},
        ]
    return Reply(status=status, body={"error": fault})


def _split(part: Json) -> list[Json]:
    words = part.get("text", "")
    size = max(1, math.ceil(len(words) / _TEXT_CHUNKS))
    return [{"text": words[i : i + size]} for i in range(0, len(words), size)] or [part]


def count_tokens(content: object) -> int:
    """Tokens of anything that can be written as JSON, roughly."""
    return math.ceil(len(json.dumps(content)) / _CHARS_PER_TOKEN)
