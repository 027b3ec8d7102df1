"""Giving a catalogue its vectors, or others, without importing its feed again; also while it serves."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.catalog.embedding.embedder import Embedder
from tools.catalog.embedding.keeping import OnEmbedded, write_vectors
from tools.catalog.folder import FolderCatalog, Manifest, write_manifest
from tools.catalog.layout import VECTORS
from tools.catalog.versions.generations import WAIT_S, link_files, new_generation, write_lock
from tools.catalog.versions.store import stored_products


def embed_catalog(
    folder: Path, embedder: Embedder | None, *, on_embedded: OnEmbedded | None = None, wait_s: float = WAIT_S
) -> Manifest:
    """Makes the vectors by ``embedder``, or takes them away where it is None, as one change. Returns the new manifest.

    What has a vector of this embedder already keeps it. Raises CatalogError, EmbeddingError.
    """
    FolderCatalog.open(folder)  # a lock would make the folder
    with write_lock(folder, wait_s):
        current = FolderCatalog.open(folder)
        manifest = current.manifest
        with new_generation(folder) as new:
            link_files(current.snapshot, new)
            if embedder is None:
                shutil.rmtree(new / VECTORS, ignore_errors=True)
                made = {"embedder": "", "dimensions": 0}
            else:
                earlier = current.vectors if manifest.embedder == embedder.name else None
                products, count = stored_products(new), manifest.products
                width = write_vectors(
                    new / VECTORS, products, count, embedder, earlier=earlier, on_embedded=on_embedded
                )
                made = {"embedder": embedder.name, "dimensions": width}
            manifest = manifest.model_copy(update=made)
            write_manifest(new, manifest)
            del current  # else the old generation would count as in use and stay until the next change
    return manifest
