"""GET /v1/products/{id}."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse

from deployment.api.context import PROBLEMS, PartsOf
from deployment.api.schemas import Problem, ProductOut
from deployment.refusals import Refused

router = APIRouter(tags=["products"])

NOT_FOUND = {404: {"model": Problem, "description": "The catalogue has no such product"}}


@router.get("/products/{product_id:path}", response_model=ProductOut, responses={**PROBLEMS, **NOT_FOUND})
async def get_product(parts: PartsOf, product_id: Annotated[str, Path(min_length=1, max_length=200)]) -> JSONResponse:
    """A product as it is in the catalogue now."""
    product = await asyncio.to_thread(lambda: parts.catalog().get(product_id))
    if product is None:
        raise Refused(404, "The catalogue has no product of this id")
    return JSONResponse(product.model_dump(mode="json", exclude_none=True))
