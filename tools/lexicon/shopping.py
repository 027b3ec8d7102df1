"""How shops name things: words for the same thing, and what is only an accessory. The data is YAML beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tools.lexicon.stems import stems

Stems = tuple[str, ...]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "shopping.yaml").read_bytes())


@lru_cache(maxsize=1)
def _same() -> dict[Stems, tuple[Stems, ...]]:
    table: dict[Stems, tuple[Stems, ...]] = {}
    for group in _data()["same"]:
        named = [stems(name) for name in group]
        for own in named:
            table[own] = tuple(dict.fromkeys((*table.get(own, ()), *(other for other in named if other != own))))
    for colour, shades in _data()["colours"].items():
        for one, other in ((stems(colour), stems(shade)) for shade in shades):
            table[one], table[other] = (*table.get(one, ()), other), (*table.get(other, ()), one)
    return table


@lru_cache(maxsize=1)
def colours() -> frozenset[Stems]:
    """The names of colours and their shades, as stems."""
    return frozenset(stems(name) for colour, shades in _data()["colours"].items() for name in (colour, *shades))


def is_colour(phrase: str) -> bool:
    """Whether the phrase names a colour or a shade of one."""
    return stems(phrase) in colours()


@lru_cache(maxsize=1)
def tones() -> frozenset[str]:
    """Stems of the words that stand before a colour: light, dark."""
    return frozenset(stem for tone in _data()["tones"] for stem in stems(tone))


def other_names(phrase: Stems) -> tuple[Stems, ...]:
    """What else the thing of these stems is called, each as stems; empty where nothing is known."""
    return _same().get(tuple(phrase), ())


@lru_cache(maxsize=1)
def _written() -> dict[Stems, str]:
    return {stems(name): name for group in _data()["same"] for name in group}


def other_names_written(thing: str) -> tuple[str, ...]:
    """What else a thing is called, in words."""
    return tuple(name for other in other_names(stems(thing)) if (name := _written().get(other)))


@lru_cache(maxsize=1)
def accessory_stems() -> frozenset[str]:
    """Stems of nouns that name an accessory, a spare part or a service."""
    return frozenset(stems(_data()["accessories"]))


@lru_cache(maxsize=1)
def upkeep_stems() -> frozenset[str]:
    """Stems of nouns that name what keeps another thing going: refills, spare parts, toner."""
    return frozenset(stems(_data()["upkeep"]))


@lru_cache(maxsize=1)
def provision_stems() -> frozenset[str]:
    """Stems of the names of shelves with what is bought for the week."""
    return frozenset(stems(_data()["provisions"]))


@lru_cache(maxsize=1)
def goods_stems() -> frozenset[str]:
    """Stems of nouns that ask for a thing by themselves."""
    return frozenset(stems(_data()["goods"]))


@lru_cache(maxsize=1)
def made_for_stems() -> frozenset[str]:
    """Stems of the words behind which a product says what it is made for."""
    return frozenset(stems(_data()["made_for"]))
