"""Gemini reads what product texts support: one call a batch, the answer in a JSON schema."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from google import genai
from google.genai import types
from google.genai.errors import APIError
from httpx import HTTPError
from pydantic import BaseModel, ValidationError

from recsys_agent.aspects.prompt import INSTRUCTION, VERSION
from recsys_agent.models import retry_options
from recsys_agent.settings import Settings
from tools.catalog.aspects.admission import field_texts
from tools.catalog.aspects.enrichment import AspectModelError
from tools.catalog.aspects.vocabulary import names
from tools.product import Derived, DerivedField, DerivedKind, Product

MOST_CHARS = 1500
"""Of a product's description: what it is stands at the beginning."""

SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["number", "findings"],
        "properties": {
            "number": {"type": "integer"},
            "findings": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["kind", "name", "field", "words"],
                    "properties": {
                        "kind": {"type": "string", "enum": list(get_args(DerivedKind))},
                        "name": {"type": "string"},
                        "field": {"type": "string", "enum": list(get_args(DerivedField))},
                        "words": {"type": "string"},
                    },
                },
            },
        },
    },
}


class _Answer(BaseModel):
    number: int
    findings: list[Any]


class GeminiAspects:
    """An `AspectModel`. Counts what it used in ``prompt_tokens`` and ``output_tokens``."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._model = model
        http = types.HttpOptions(timeout=int(settings.model_timeout_s * 1000), retry_options=retry_options(settings))
        self._client = genai.Client(http_options=http)
        listed = "\n".join(f"{kind} names: {', '.join(known)}" for kind, known in names().items())
        self._config = types.GenerateContentConfig(
            system_instruction=f"{INSTRUCTION}\n{listed}",
            response_mime_type="application/json",
            response_json_schema=SCHEMA,
            temperature=0,
        )
        self.prompt_tokens = 0
        self.output_tokens = 0

    @property
    def name(self) -> str:
        """The model and the version of its instruction."""
        return f"{self._model}/{VERSION}"

    def read(self, products: Sequence[Product]) -> Mapping[str, Sequence[Derived]]:
        """One call. Raises AspectModelError for a failure, and for an answer that is no JSON of the schema."""
        told = [{"number": n, **_texts(product)} for n, product in enumerate(products)]
        try:
            response = self._client.models.generate_content(
                model=self._model, contents=json.dumps(told, ensure_ascii=False), config=self._config
            )
        except APIError as error:
            raise AspectModelError(f"HTTP {error.code}") from error
        except HTTPError as error:
            raise AspectModelError(type(error).__name__) from error
        if usage := response.usage_metadata:
            self.prompt_tokens += usage.prompt_token_count or 0
            self.output_tokens += usage.candidates_token_count or 0
        return {products[n].product_id: items for n, items in _parsed(response.text).items() if 0 <= n < len(products)}

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()


def _texts(product: Product) -> dict[str, str]:
    return {name: text[:MOST_CHARS] for name, text in field_texts(product) if text}


def _parsed(text: str | None) -> dict[int, list[Derived]]:
    """The findings by number; an answer or finding that is not of the schema is left out."""
    try:
        answers = json.loads(text or "")
    except ValueError:
        raise AspectModelError("no JSON") from None
    found: dict[int, list[Derived]] = {}
    for answer in answers if isinstance(answers, list) else []:
        try:
            one = _Answer.model_validate(answer)
        except ValidationError:
            continue
        found[one.number] = [item for finding in one.findings if (item := _item(finding))]
    if not found:
        raise AspectModelError("not of the schema")
    return found


def _item(finding: Any) -> Derived | None:
    try:
        return Derived.model_validate(finding)
    except ValidationError:
        return None
