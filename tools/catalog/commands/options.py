"""Options that several commands share, and the catalogue they name."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tools.catalog.catalog import Catalog
    from tools.catalog.embedding.embedder import Embedder

CatalogOption = Annotated[
    Path | None,
    typer.Option("--catalog", envvar="RECSYS_CATALOG", help="A catalogue folder; without it, the one shipped with us."),
]
ChangedOption = Annotated[
    Path, typer.Option("--catalog", envvar="RECSYS_CATALOG", metavar="DIR", help="The catalogue folder to change.")
]
EmbedderOption = Annotated[
    str | None,
    typer.Option(
        "--embedder",
        envvar="RECSYS_EMBEDDER",
        metavar="NAME",
        help="none, gemini or fastembed[:FOLDER]; see the README.",
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


def opened(folder: Path | None, embedder: Embedder | None = None) -> Catalog:
    """The catalogue in `folder`; without one, the curated catalogue under ``RECSYS_DATA_DIR``, embedded if need be."""
    if folder is not None:
        from tools.catalog.catalog import Catalog

        return Catalog.open(folder)
    from tools.catalog.curated import curated_catalog

    return curated_catalog(Path(os.environ.get("RECSYS_DATA_DIR") or ".data"), embedder)
