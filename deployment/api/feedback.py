"""/v1/feedback: reactions to products, which move the shopper's later rankings until they are taken back."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse, Response

from deployment.api.context import PROBLEMS, IdempotencyKey, PartsOf, Shopper
from deployment.api.products import NOT_FOUND
from deployment.api.schemas import FeedbackList, FeedbackRequest, Problem
from deployment.api.schemas import FeedbackOut as Out
from deployment.feedback import Reaction
from deployment.parts import Parts
from deployment.refusals import Refused
from tools.product import Product

router = APIRouter(tags=["feedback"])

EFFECTS: dict[Reaction, str] = {
    "dislike": "Left out of this shopper's recommendations from now on",
    "like": "This product, and what resembles it, ranks higher in this shopper's recommendations from now on",
}
PAUSED = {409: {"model": Problem, "description": "The shopper asked that nothing more be remembered"}}


@router.post("/feedback", response_model=Out, responses={**PROBLEMS, **NOT_FOUND, **PAUSED})
async def give_feedback(
    parts: PartsOf, user: Shopper, given: FeedbackRequest, idempotency_key: IdempotencyKey = None
) -> JSONResponse:
    """Notes a reaction; the product's former one is replaced."""

    async def work() -> dict[str, str]:
        product = await asyncio.to_thread(lambda: parts.catalog().get(given.product_id))
        if product is None:
            raise Refused(404, "The catalogue has no product of this id")
        if not await asyncio.to_thread(parts.feedback.give, user, product, given.reaction):
            raise Refused(409, "Memory is paused: this shopper asked that nothing more be remembered")
        return _told(product.product_id, product.title, given.reaction)

    return JSONResponse(await parts.repeats.once(user, idempotency_key, given.model_dump(), work))


@router.get("/feedback", response_model=FeedbackList, responses=PROBLEMS)
async def list_feedback(parts: PartsOf, user: Shopper) -> JSONResponse:
    """All reactions that count."""
    return JSONResponse({"feedback": await asyncio.to_thread(_all, parts, user)})


@router.delete("/feedback/{product_id:path}", status_code=204, responses={**PROBLEMS, **NOT_FOUND})
async def take_feedback_back(
    parts: PartsOf, user: Shopper, product_id: Annotated[str, Path(min_length=1, max_length=200)]
) -> Response:
    """Takes a reaction back: rankings are what they were without it."""
    if not await asyncio.to_thread(parts.feedback.take_back, user, product_id):
        raise Refused(404, "There is no reaction to this product")
    return Response(status_code=204)


def _all(parts: Parts, user: str) -> list[dict[str, str]]:
    found = parts.feedback.of(user)
    products: dict[str, Product] = {p.product_id: p for p in parts.catalog().require(list(found))}
    return [_told(i, products[i].title if i in products else "", reaction) for i, reaction in found.items()]


def _told(product_id: str, title: str, reaction: Reaction) -> dict[str, str]:
    return {
        "product_id": product_id,
        "title": title,
        "reaction": reaction,
        "effect": EFFECTS[reaction],
        "undo": f"DELETE /v1/feedback/{quote(product_id)}",
    }
