"""YAML feeds: a list of mappings (or a mapping that holds one), or a mapping in each document; read item by item.

Values are built here from the parser's events: no tags, no aliases (they can blow a small file up to gigabytes), and
numbers with a point become Decimal, so prices stay exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import chain, islice
from typing import Any

import yaml

from tools.catalog.feeds.feed import COLUMN_SAMPLE, MAX_DEPTH, Feed, Row
from tools.catalog.feeds.json_values import LISTS, as_row
from tools.catalog.feeds.unpacking import Unpacked
from tools.errors import CatalogError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where it is there: ten times as fast."""

_RESOLVER = yaml.resolver.Resolver()


def read_yaml(source: Unpacked) -> Feed:
    """Opens a YAML feed."""
    rows = _told(source)
    sample = list(islice(rows, COLUMN_SAMPLE))
    columns = dict.fromkeys(key for row in sample for key in row.values)
    if not columns:
        raise CatalogError(f"{source.name} holds no YAML mapping; a feed has a list with one mapping for each product")
    return Feed(source.name, "YAML", tuple(columns), chain(sample, rows))


def _told(source: Unpacked) -> Iterator[Row]:
    name = source.name
    try:
        yield from _rows(_Events(source))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogError(f"{name}, line {line}: not readable as YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogError(f"{name}: not readable as YAML: {' '.join(str(error).split())[:200]}") from error


class _Events:
    def __init__(self, source: Unpacked) -> None:
        self._events = yaml.parse(source.stream, Loader=_LOADER)
        self.next: Any = next(self._events, None)

    def take(self) -> Any:
        event, self.next = self.next, next(self._events, None)
        return event


def _rows(events: _Events) -> Iterator[Row]:
    while events.next is not None:
        if isinstance(events.next, yaml.SequenceStartEvent):
            yield from _sequence(events)
        elif isinstance(events.next, yaml.MappingStartEvent):
            yield from _mapping(events)
        elif isinstance(events.next, yaml.ScalarEvent | yaml.AliasEvent):
            yield as_row(events.next.start_mark.line + 1, _value(events, 0))
        else:
            events.take()  # the beginnings and ends of the stream and its documents


def _sequence(events: _Events) -> Iterator[Row]:
    events.take()
    while not isinstance(events.next, yaml.SequenceEndEvent):
        yield as_row(events.next.start_mark.line + 1, _value(events, 1))
    events.take()


def _mapping(events: _Events) -> Iterator[Row]:
    line, record, listed = events.take().start_mark.line + 1, dict[str, Any](), False
    while not isinstance(events.next, yaml.MappingEndEvent):
        key = str(_value(events, 1))
        if key in LISTS and isinstance(events.next, yaml.SequenceStartEvent):
            yield from _sequence(events)
            listed = True
        else:
            record[key] = _value(events, 1)
    events.take()
    if not listed:
        yield as_row(line, record)


def _value(events: _Events, depth: int) -> Any:
    event = events.take()
    if depth > MAX_DEPTH:
        raise _refused(event, f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(event, yaml.AliasEvent):
        raise _refused(event, f"aliases (*{event.anchor}) are not read; write the value out")
    if event.tag and not event.tag.startswith("tag:yaml.org,2002:"):
        raise _refused(event, f"the tag {event.tag[:60]!r} is not read")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(events.next, yaml.SequenceEndEvent):
            items.append(_value(events, depth + 1))
        events.take()
        return items
    mapping = {}
    while not isinstance(events.next, yaml.MappingEndEvent):
        key = str(_value(events, depth + 1))
        mapping[key] = _value(events, depth + 1)
    events.take()
    return mapping


def _scalar(event: Any) -> Any:
    if not event.implicit[0]:  # quoted, or tagged: a text
        return event.value
    kind = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False)).rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return event.value.lower() in ("yes", "true", "on")
    if kind in ("int", "float"):
        # Octal, binary and sexagesimal writings stay the texts they are: an id 0123 must not become 83.
        plain = event.value.isascii() and not (
            event.value.startswith("0") and event.value.isdigit() and event.value != "0"
        )
        try:
            return (int if kind == "int" else Decimal)(event.value) if plain else event.value
        except (ValueError, InvalidOperation):
            return event.value
    return event.value


def _refused(event: Any, why: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=why, problem_mark=event.start_mark)
