"""Which files are feeds, and which reader reads each: the content decides, the ending helps where content cannot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from tools.catalog.feeds.delimited import read_delimited
from tools.catalog.feeds.feed import Feed, OnBytes
from tools.catalog.feeds.json_values import LISTS, read_json, read_json_lines
from tools.catalog.feeds.lines import first_text
from tools.catalog.feeds.unpacking import Unpacked, ending_of, unpack
from tools.errors import CatalogError

ENDINGS = (
    *(".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".jsonld", ".yaml", ".yml"),
    *(".xml", ".rss", ".atom"),
)
"""What feeds end in, before a ``.gz`` or ``.zip``; ``.txt`` is read where a file is named, not looked for."""


def is_feed(name: str) -> bool:
    """Whether a file's name says that it is a feed."""
    return ending_of(name) in ENDINGS


def open_feeds(path: Path, on_bytes: OnBytes | None = None) -> list[Feed]:
    """The feeds of a file: one, or as many as an archive holds. Raises CatalogError where one cannot be opened."""
    if path.exists() and not path.is_file():
        raise CatalogError(f"{path} is no file; a feed is a file or a folder of files")
    if ending_of(path.name) not in (*ENDINGS, ".txt", ""):
        raise CatalogError(f"{path} is not a feed this version reads; it reads {_known()}")
    if not path.is_file():
        raise CatalogError(f"There is no feed file {path}")
    return [_opened(source) for source in unpack(path, is_feed, on_bytes or (lambda count: None))]


def feed_files(paths: Iterable[Path]) -> list[Path]:
    """The feed files meant by files and folders; a folder means the feeds directly in it, by name."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(f for f in path.iterdir() if is_feed(f.name) and f.is_file()) if path.is_dir() else [path]
        if not inside:
            raise CatalogError(f"There is no feed in the folder {path}; feeds end in {', '.join(ENDINGS)}")
        files += inside
    return files


def _known() -> str:
    return f"{', '.join(ENDINGS)} and .txt, each also as .gz or .zip"


def _opened(source: Unpacked) -> Feed:
    feed = _reader(source)(source)
    return replace(feed, format=", ".join(filter(None, (feed.format, source.packing))))


def _reader(source: Unpacked) -> Callable[[Unpacked], Feed]:
    text = first_text(source).lstrip("\ufeff \t\r\n")
    if text[:14].lower().startswith(("<!doctype html", "<html")):
        raise CatalogError(f"{source.name} is a web page (HTML), which is no feed")
    if text[:1] == "<":
        # Imported here, as YAML is: most imports need neither.
        from tools.catalog.feeds.xml_items import read_xml

        return read_xml
    if source.ending in (".yaml", ".yml"):
        from tools.catalog.feeds.yaml_items import read_yaml

        return read_yaml
    if text[:1] in ("[", "{"):
        return read_json_lines if _is_lines(source.ending, text) else read_json
    if source.ending in (".json", ".jsonl", ".ndjson", ".jsonld"):
        return read_json_lines  # begins with no object: each line is told what is wrong with it
    if source.ending in (".xml", ".rss", ".atom"):
        raise CatalogError(f"{source.name} is not XML: it begins with {text[:20]!r}")
    return read_delimited


def _is_lines(ending: str, text: str) -> bool:
    """Whether each line is an object of its own: by the ending, else because the first line is one."""
    if ending in (".jsonl", ".ndjson"):
        return True
    first, _, rest = text.partition("\n")
    if text[0] == "[" or not rest.strip():
        return False
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and not any(isinstance(value.get(key), list) for key in LISTS)
