"""POST /v1/recommendations: a brief or a text in, a plan out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Discriminator, Tag, ValidationError

from deployment.api.context import TURN_PROBLEMS, IdempotencyKey, PartsOf, Shopper
from deployment.api.schemas import BriefRequest, TextRequest, TurnOut
from tools.brief import Brief

router = APIRouter(tags=["recommendations"])

EXAMPLES = {
    "text": {"summary": "In words", "value": {"text": "My dad turns 60, he loves gardening and jazz, $40-60"}},
    "brief": {
        "summary": "As a form",
        "value": {
            "brief": {
                "recipient": {"relation": "father", "age_years": 60},
                "occasion": "birthday",
                "interests": ["gardening", "jazz"],
                "avoid": ["books"],
                "budget": {"min": "40", "max": "60", "currency": "USD"},
            }
        },
    },
    "party": {
        "summary": "A plan of several needs",
        "value": {
            "brief": {
                "recipient": {"age_years": 6},
                "theme": "dinosaur",
                "guests": 10,
                "needs": [{"kind": "cake"}, {"kind": "decorations"}, {"kind": "favours", "quantity": 10}],
                "budget": {"max": 120},
            }
        },
    },
}


TEXT, BRIEF = TextRequest.__name__, BriefRequest.__name__
Asked = Annotated[
    Annotated[TextRequest, Tag(TEXT)] | Annotated[BriefRequest, Tag(BRIEF)],
    Discriminator(lambda said: BRIEF if isinstance(said, dict) and "brief" in said else TEXT),
]
"""One or the other, so that a caller is told what is wrong with the one that was meant."""


@router.post("/recommendations", response_model=TurnOut, responses=TURN_PROBLEMS)
async def recommend(
    parts: PartsOf,
    user: Shopper,
    asked: Annotated[Asked, Body(openapi_examples=EXAMPLES)],  # pyright: ignore[reportArgumentType]
    idempotency_key: IdempotencyKey = None,
) -> JSONResponse:
    """Recommends for a text or a brief, in a conversation of its own, which can be continued."""
    said = _brief(asked) if isinstance(asked, BriefRequest) else asked.text

    async def work() -> dict[str, Any]:
        return await parts.recommend(user, said)

    return JSONResponse(await parts.repeats.once(user, idempotency_key, asked.model_dump(), work))


def _brief(asked: BriefRequest) -> Brief:
    try:
        return asked.brief.brief()
    except ValidationError as error:  # a day or a currency that there is not
        problems = [problem | {"loc": ("body", "brief", *problem["loc"])} for problem in error.errors()]
        raise RequestValidationError(problems) from error
