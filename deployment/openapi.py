"""The OpenAPI documents: /openapi.json of everything, /v1/openapi.json of the API that is kept stable."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

VERSION = "1.0.0"
"""Of /v1: the first number changes with what would break a client, and the path with it."""
TITLE = "recsys_agent"
DESCRIPTION = (
    "Recommendations of gifts and whole birthdays from a shop's own catalogue. Every request but health needs a "
    "credential: an API key, a token of the configured issuer, or one of Google's. A shop's server key names its "
    "shopper in X-Shopper-Id."
)
SHOPPER_ID = {
    "name": "X-Shopper-Id",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "For a shop's server key: whom the request is for, within the shop's namespace.",
}


def describe(app: FastAPI) -> None:
    """Gives the app its documents."""
    app.title, app.version, app.description = TITLE, VERSION, DESCRIPTION

    def whole() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = whole  # type: ignore[method-assign]

    @app.get("/v1/openapi.json", include_in_schema=False)
    async def v1() -> dict[str, Any]:
        """The document of /v1 alone."""
        document = dict(whole())
        return document | {"paths": {p: o for p, o in document["paths"].items() if p.startswith("/v1/")}}


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemes = document.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes["bearer"] = {"type": "http", "scheme": "bearer"}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if "health" in operation.get("tags", ()) or path == "/health":
                continue
            operation["security"] = [{"bearer": []}]
            if path.startswith("/v1/"):
                operation.setdefault("parameters", []).append(SHOPPER_ID)
                # Path and query parameters are read by FastAPI, whose own document of a 422 is not what is sent.
                operation["responses"].setdefault("422", {"description": "A field cannot be used"})
    return document
