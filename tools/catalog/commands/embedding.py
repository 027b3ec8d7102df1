"""``embed``: vectors for a catalogue that is there already."""

from __future__ import annotations

from pathlib import Path

import typer

from tools.catalog.commands.options import ChangedOption, EmbedderOption
from tools.catalog.commands.progress import progress
from tools.errors import SettingsError


def embed(catalog: ChangedOption, embedder: EmbedderOption = None) -> None:
    """Make the vectors of a catalogue, also while it serves; `--embedder none` takes them away."""
    from tools.catalog.embedding.embedder import build_embedder
    from tools.catalog.places import place_of
    from tools.catalog.versions.giving_vectors import embed_catalog

    if not embedder:
        raise SettingsError("Say what makes the vectors: --embedder gemini:MODEL or fastembed[:FOLDER], or none")
    if not isinstance(folder := place_of(catalog), Path):
        raise SettingsError("embed works on a catalogue folder; in Firestore, import the feed with --embedder")
    model = build_embedder(embedder)
    with progress([]) as bars:
        manifest = embed_catalog(folder, model, on_embedded=bars.on_embedded)
    if model is None:
        typer.echo(f"{catalog} has no vectors any more.")
    else:
        typer.echo(
            f"{manifest.products:,} vectors of {manifest.dimensions} numbers by {manifest.embedder} in {catalog}."
        )
