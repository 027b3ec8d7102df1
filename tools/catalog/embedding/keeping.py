"""Writing the vectors of a new generation: only texts that have no vector yet are embedded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from tools.catalog.embedding.embedder import Embedder
from tools.catalog.embedding.graph import graph_index
from tools.catalog.embedding.rows import ROW, rows_of
from tools.catalog.embedding.text import digest, embedded_text
from tools.catalog.embedding.vectors import BASE, EXACT_ROWS, GRAPH, IDS, NUMBER, ROWS, TAIL, Vectors
from tools.errors import CatalogError
from tools.product import Product

CHUNK = 1024
GRAPH_CHUNK = 50_000

OnEmbedded = Callable[[int, int], None]
"""Told how many products have their vector, and how many there are."""


def write_vectors(
    folder: Path,
    products: Iterable[Product],
    count: int,
    embedder: Embedder | None,
    *,
    earlier: Vectors | None = None,
    exact_rows: int = EXACT_ROWS,
    on_embedded: OnEmbedded | None = None,
) -> int:
    """Writes the vectors of ``count`` products to the folder, made empty. Returns how many numbers each has.

    ``earlier`` are vectors of the same embedder, which are taken over where the text is the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()  # it may be a link to that of the earlier generation
    base: np.memmap | None = None
    rows, ids, done = np.empty(count, ROW), bytearray(), 0
    for chunk in _chunks(products):
        here = slice(done, done := done + len(chunk))
        rows[here] = _listed(chunk, ids)
        vectors = _vectors(chunk, rows[here]["text"], embedder, earlier)
        if base is None:
            shape = (count, vectors.shape[1])
            base = np.memmap(folder / BASE, NUMBER, mode="w+", shape=shape)
        base[here] = vectors
        if on_embedded:
            on_embedded(done, count)
    if base is None or done != count:
        raise ValueError(f"{done} products came, {count} were told")
    base.flush()
    rows.tofile(folder / ROWS)
    (folder / IDS).write_bytes(ids)
    if count > exact_rows:
        _write_graph(folder / GRAPH, base)
    return base.shape[1]


def change_vectors(
    old: Vectors, folder: Path, put: Sequence[Product], gone_ids: Iterable[str], embedder: Embedder | None
) -> None:
    """Writes what changes to the folder, which holds links to the files of ``old``.

    A product keeps its row where its text is the same, else it gets a new one at the end. Raises CatalogError where a
    text is new and there is no embedder.
    """
    rows = np.fromfile(old.folder / ROWS, ROW)
    ids = bytearray((old.folder / IDS).read_bytes())
    rows["live"][_places(old, list(gone_ids))] = False
    places = _places(old, [product.product_id for product in put], missing=True)
    fresh = rows_of(put)
    same = (places >= 0) & (rows["text"][places] == fresh["text"])
    fresh["id_end"][same] = rows["id_end"][places[same]]
    rows[places[same]] = fresh[same]
    added = [product for product, kept in zip(put, same, strict=True) if not kept]
    if added:
        new = _listed(added, ids)
        tail = np.concatenate([old.tail, _vectors(added, new["text"], embedder, old).astype(NUMBER)])
        _replace(folder / TAIL, tail.tofile)
        _replace(folder / IDS, lambda file: file.write_bytes(ids))
        rows = np.concatenate([rows, new])
    _replace(folder / ROWS, rows.tofile)


def _vectors(
    products: Sequence[Product], texts: np.ndarray, embedder: Embedder | None, earlier: Vectors | None
) -> np.ndarray:
    """A vector for each product: the earlier one of the same text, else a new one; the same text is embedded once."""
    known = earlier.find("text", texts) if earlier else np.full(len(products), -1)
    unknown: dict[int, str] = {}
    new = np.flatnonzero(known < 0).tolist()
    for number in new:
        unknown.setdefault(int(texts[number]), embedded_text(products[number]))
    if unknown and embedder is None:
        raise CatalogError(
            "The catalogue has vectors, and new texts need theirs: say which embedder made them, with --embedder or "
            "RECSYS_EMBEDDER"
        )
    made = embedder.embed_documents(list(unknown.values())) if unknown and embedder else np.empty((0, 0))
    width = earlier.dimensions if earlier else made.shape[1]
    found = np.empty((len(products), width), np.float32)
    if earlier:
        found[known >= 0] = earlier.at(known[known >= 0])
    place = {text: number for number, text in enumerate(unknown)}
    for number in new:
        found[number] = made[place[int(texts[number])]]
    return found


def _listed(products: Sequence[Product], ids: bytearray) -> np.ndarray:
    """The rows of the products, whose ids are appended to ``ids``."""
    rows = rows_of(products)
    for row, product in zip(rows, products, strict=True):
        ids += product.product_id.encode()
        row["id_end"] = len(ids)
    return rows


def _places(old: Vectors, product_ids: list[str], *, missing: bool = False) -> np.ndarray:
    """The rows of the ids; with ``missing``, -1 for those that have none."""
    places = old.find("id", np.array([digest(i) for i in product_ids], np.uint64))
    return places if missing else places[places >= 0]


def _write_graph(file: Path, base: np.ndarray) -> None:
    graph = graph_index()(ndim=base.shape[1], metric="cos", dtype="i8")
    for start in range(0, len(base), GRAPH_CHUNK):
        part = base[start : start + GRAPH_CHUNK].astype(np.float32)
        # One thread: the same vectors make the same graph.
        graph.add(np.arange(start, start + len(part), dtype=np.uint64), part, threads=1)
    graph.save(str(file))


def _replace(file: Path, write: Callable[[Path], object]) -> None:
    """Writes a new file in the place of one that may be a link to an earlier generation's."""
    written = file.with_name(f"new-{file.name}")
    write(written)
    os.replace(written, file)


def _chunks(products: Iterable[Product]) -> Iterator[list[Product]]:
    rest = iter(products)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
