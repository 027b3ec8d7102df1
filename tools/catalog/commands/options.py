"""Options that several commands share, and the catalogue they name."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tools.catalog.embedding.embedder import Embedder
    from tools.catalog.interface import Catalog

CatalogOption = Annotated[
    str | None,
    typer.Option(
        "--catalog",
        envvar="RECSYS_CATALOG",
        metavar="DIR|firestore://...",
        help="A catalogue; without it, the one shipped with us.",
    ),
]
ChangedOption = Annotated[
    str,
    typer.Option("--catalog", envvar="RECSYS_CATALOG", metavar="DIR|firestore://...", help="The catalogue to change."),
]
EmbedderOption = Annotated[
    str | None,
    typer.Option(
        "--embedder",
        envvar="RECSYS_EMBEDDER",
        metavar="NAME",
        help="none, gemini:MODEL or fastembed[:FOLDER]; see the README.",
    ),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Which column fills a field; repeatable."),
]
FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Feeds, or folders of them; see the README.")
]


class Unit(StrEnum):
    """What prices without a point are counted in."""

    major = "major"
    minor = "minor"


class AspectsFrom(StrEnum):
    """Who reads from a product's texts what its feed leaves unsaid."""

    none = "none"
    rules = "rules"


def opened(place: str | None, embedder: Embedder | None = None) -> Catalog:
    """The catalogue there; without a place, the curated one under ``RECSYS_DATA_DIR``, embedded if need be."""
    if place is not None:
        from tools.catalog.places import open_catalog, place_of

        return open_catalog(place_of(place))
    from tools.catalog.curated import curated_catalog

    return curated_catalog(Path(os.environ.get("RECSYS_DATA_DIR") or ".data"), embedder)
