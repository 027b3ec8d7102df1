"""``search``: one query, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from tools.catalog.commands.options import CatalogOption, EmbedderOption, opened
from tools.errors import CatalogError


def search(
    query: Annotated[str | None, typer.Argument(metavar="QUERY", show_default=False)] = None,
    catalog: CatalogOption = None,
    max_price: Annotated[str | None, typer.Option(metavar="AMOUNT", help="In the catalogue's currency.")] = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only products priced in this currency; that of --max-price.")
    ] = None,
    age: Annotated[int | None, typer.Option(min=0, max=120, help="Age in years the product must suit.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(metavar="WORD", help="Not with this word; repeatable.")] = None,
    need: Annotated[str | None, typer.Option(help="gift, cake, decorations, tableware, favours or activity.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    embedder: EmbedderOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    batch: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="One query a line; prints one JSON line a query. '-' is standard input."),
    ] = None,
) -> None:
    """Search the catalogue by text. Limits in the query ("under 50", "for a 3 year old") count as the options do."""
    from tools.catalog.embedding.embedder import build_embedder
    from tools.catalog.search.index import Filters
    from tools.lexicon.stems import stems
    from tools.money import as_currency
    from tools.product import NEED_KINDS

    if need is not None and need not in NEED_KINDS:
        raise CatalogError(f"--need {need!r} is none of {', '.join(NEED_KINDS)}")
    if (query is None) == (batch is None):
        raise CatalogError("Give either a QUERY or --batch FILE")
    model = build_embedder(embedder)
    shop = opened(catalog, model)
    try:
        priced_in = as_currency(currency or shop.currency)
    except ValueError as error:
        raise CatalogError(f"--currency: {error}") from error
    filters = Filters(
        currency=priced_in,
        price_max=_minor(max_price, priced_in) if max_price else None,
        age_years=age,
        need=need,
        exclude_stems=frozenset(stem for word in exclude or () for stem in stems(word)),
    )
    searcher = shop.free_search(model)
    if batch is not None:
        for line in _queries(batch):
            results = [hit.as_json() for hit in searcher.search(line, filters, limit)]
            typer.echo(json.dumps({"query": line, "results": results}, ensure_ascii=False))
        return
    hits = searcher.search(query or "", filters, limit)
    for hit in hits:
        if as_json:
            typer.echo(json.dumps(hit.as_json(), ensure_ascii=False))
        else:
            product = hit.product
            typer.echo(f"{hit.score:7.2f}  {product.price!s:>10}  {product.title}  [{product.product_id}]")
    if not hits and not as_json:
        typer.echo(_why_nothing(query or "", priced_in, shop.manifest.currencies))


def _why_nothing(query: str, currency: str, counted: Mapping[str, int]) -> str:
    """What to say where nothing was found, and why, where that is known."""
    from tools.lexicon.stems import words

    if not words(query):
        return "Nothing found: the query has no words to look for."
    if counted and currency not in counted:
        return f"Nothing found: no product here is priced in {currency} (there are {', '.join(sorted(counted))})."
    return "Nothing found."


def _queries(file: Path) -> Iterator[str]:
    """The lines of the file that are not blank."""
    text = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        lines = text.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise CatalogError(f"{file} is not UTF-8 text: {error.reason} at byte {error.start}") from error
    yield from (stripped for line in lines if (stripped := line.strip()))


def _minor(amount: str, currency: str) -> int:
    from decimal import InvalidOperation

    from tools.money import Money

    try:
        minor = Money.of(amount, currency).minor
    except (ValueError, InvalidOperation) as error:
        raise CatalogError(f"--max-price {amount!r} is no amount in {currency}, such as 39.90") from error
    if minor < 0:
        raise CatalogError(f"--max-price {amount!r} is less than nothing; give an amount in {currency}, such as 39.90")
    return minor
