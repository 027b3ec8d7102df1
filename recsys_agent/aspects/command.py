"""``python -m recsys_agent enrich``: a catalogue read by the configured model, with a progress bar."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from recsys_agent.aspects.gemini import GeminiAspects
from recsys_agent.settings import OFFLINE, Settings
from tools.catalog.aspects.enrichment import EnrichSummary, enrich
from tools.catalog.folder import FolderCatalog
from tools.catalog.places import place_of
from tools.errors import UsageError

CACHE = "aspects.sqlite"


def enrich_with_model(settings: Settings, max_calls: int) -> str:
    """Enriches the catalogue of the settings and tells what came of it. Raises UsageError where a setting lacks."""
    model = settings.model_for("aspects")
    if settings.catalog is None:
        raise UsageError("Say which catalogue to enrich: --catalog DIR, a folder that tools.catalog import made")
    if model == OFFLINE:
        raise UsageError("enrich needs a model; set GOOGLE_API_KEY. What the rules read is in the catalogue already")
    if not model.startswith(("gemini", "projects/", "models/")):
        raise UsageError(f"enrich reads with Gemini only, not with {model}; set RECSYS_MODEL_ASPECTS")
    if not isinstance(folder := place_of(settings.catalog), Path):
        raise UsageError("enrich works on a catalogue folder only, not in Firestore")
    total = FolderCatalog.open(folder).manifest.products
    cache = settings.data_folder() / CACHE
    with Progress(console=Console(stderr=True)) as progress, closing(GeminiAspects(model, settings)) as reader:
        task = progress.add_task("Reading products", total=total)
        summary = enrich(
            folder,
            reader,
            cache,
            max_calls=max_calls,
            on_product=lambda count: progress.advance(task, count),
        )
    return _told(summary, reader)


def _told(summary: EnrichSummary, reader: GeminiAspects) -> str:
    lines = [
        f"{summary.products:,} products: {summary.read:,} read in {summary.calls:,} calls "
        f"({reader.prompt_tokens:,} tokens in, {reader.output_tokens:,} out), {summary.known:,} known from before.",
        f"{summary.items:,} findings stand in the texts; {summary.changed:,} products changed.",
    ]
    if summary.refused:
        why = ", ".join(f"{reason} {count:,}" for reason, count in summary.refused.most_common())
        lines.append(f"{summary.refused.total():,} findings refused: {why}.")
    if summary.failed:
        why = ", ".join(f"{cause} {count:,}" for cause, count in summary.failed.most_common())
        lines.append(f"{summary.failed.total():,} calls failed: {why}.")
    if summary.unread:
        lines.append(f"{summary.unread:,} products are unread; run it again to go on.")
    return "\n".join(lines)
