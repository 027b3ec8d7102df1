"""XML feeds: RSS 2.0 items and Atom entries, read element by element with defusedxml.

A document type (where XML bombs and external entities live) is refused. Of each item the texts of its direct children
are taken, by local name; Google's own (``g:``) win over RSS's. Of Google's nested and repeated elements, such as
shipping, a list is taken; what is nested in others is left out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from tools.catalog.feeds.feed import COLUMN_SAMPLE, MAX_RECORD_CHARS, Feed, Row
from tools.catalog.feeds.unpacking import Unpacked
from tools.errors import CatalogError

GOOGLE = "{http://base.google.com/ns/1.0}"
_ITEMS = {"item": "RSS", "entry": "Atom"}
_ROOTS = {"rss": "RSS", "feed": "Atom", "rdf": "RSS 1.0", "channel": "RSS"}
_REPEATED = ("shipping", "tax", "free_shipping_threshold", "product_detail", "product_highlight")
"""Google's elements that may come several times, most of them with parts."""

_CHUNK_BYTES = 1 << 16


def read_xml(source: Unpacked) -> Feed:
    """Opens an RSS or Atom feed. Raises CatalogError for XML that is none, is broken, or has a document type."""
    items = _Items()
    rows = _rows(source, items)
    sample = list(islice(rows, COLUMN_SAMPLE))
    if items.root.lower() not in _ROOTS:
        raise CatalogError(f"{source.name} is XML with the root <{items.root[:40]}>; RSS and Atom feeds are read")
    columns = dict.fromkeys(key for row in sample for key in row.values)
    if not columns:
        raise CatalogError(f"{source.name} has no <item> and no <entry>; of XML, RSS and Atom feeds are read")
    return Feed(source.name, _ROOTS[items.root.lower()], tuple(columns), chain(sample, rows))


def _rows(source: Unpacked, items: _Items) -> Iterator[Row]:
    parser: Any = DefusedXMLParser(target=items, forbid_dtd=True)
    items.parser = parser.parser
    ended = False
    while not ended:
        chunk = source.stream.read(_CHUNK_BYTES)
        ended = not chunk
        try:
            parser.feed(chunk) if chunk else parser.close()
        except DefusedXmlException as error:
            raise CatalogError(
                f"{source.name} is refused: it declares a document type or entities, which feeds have no use for "
                f"(line {items.line})"
            ) from error
        except (ParseError, ValueError, LookupError) as error:
            raise CatalogError(f"{source.name}, line {items.line}: not readable as XML: {error}") from error
        while items.done:
            yield items.done.popleft()


class _Items:
    """Receives the parser's events and keeps finished items only."""

    def __init__(self) -> None:
        self.parser: Any = None
        self.root = ""
        self.done: deque[Row] = deque()
        self._depth = 0
        self._item_depth = 0
        self._line = 0
        self._values: dict[str, Any] = {}
        self._google: set[str] = set()
        self._text: list[str] = []
        self._inner_text: list[str] = []
        self._inner: dict[str, str] = {}
        self._chars = 0

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        name = _local(tag)
        self.root = self.root or name
        if not self._item_depth and name in _ITEMS:
            self._item_depth, self._line, self._values, self._chars = self._depth, self.line, {}, 0
            self._google = set()
        elif self._depth == self._item_depth + 2:
            self._inner_text = []
        elif self._depth == self._item_depth + 1:
            self._text, self._inner = [], {}
            if name == "link" and "href" in attributes:
                self._text = [attributes["href"]]

    def data(self, text: str) -> None:
        if self._item_depth and self._depth in (self._item_depth + 1, self._item_depth + 2):
            self._chars += len(text)
            if self._chars <= MAX_RECORD_CHARS:
                (self._text if self._depth == self._item_depth + 1 else self._inner_text).append(text)

    def end(self, tag: str) -> None:
        if self._item_depth and self._depth == self._item_depth + 2:
            if text := "".join(self._inner_text).strip():
                self._inner.setdefault(_local(tag), text)
        elif self._item_depth and self._depth == self._item_depth + 1:
            name, text = _local(tag), "".join(self._text).strip()
            if name in _REPEATED:
                self._values.setdefault(name, []).extend([one] if (one := self._inner or text) else [])
            else:
                self._put(name, text, google=tag.startswith(GOOGLE))
        elif self._item_depth and self._depth == self._item_depth:
            self._item_depth = 0
            large = self._chars > MAX_RECORD_CHARS
            problem = f"has more than {MAX_RECORD_CHARS:,} characters" if large else ""
            self.done.append(Row(self._line, {} if large else self._values, problem))
        self._depth -= 1

    def close(self) -> None:
        """The parser asks for it."""

    def _put(self, name: str, text: str, *, google: bool) -> None:
        if not text or (name in self._google and not google):
            return
        if google and name not in self._google:
            self._google.add(name)
            self._values[name] = text
        elif name == "product_type":
            self._values[name] = f"{self._values[name]} | {text}" if name in self._values else text
        else:
            self._values.setdefault(name, text)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
