"""The catalogue on the command line: ``python -m tools.catalog import | export | search | show | stats``.

What a command needs is imported inside it, so that ``--help`` and mistakes answer at once.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tools.errors import CatalogError, RecsysError

if TYPE_CHECKING:
    from tools.catalog.catalog import Catalog
    from tools.catalog.feeds.feed import OnBytes
    from tools.catalog.importing import ImportSummary

app = typer.Typer(
    help="Import, look at and export a shop's catalogue.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CatalogOption = Annotated[
    Path | None,
    typer.Option("--catalog", envvar="RECSYS_CATALOG", help="A catalogue folder; without it, the one shipped with us."),
]


class Unit(StrEnum):
    """What prices without a point are counted in."""

    major = "major"
    minor = "minor"


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Feeds, or folders of them; see the README.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The catalogue folder to make or replace.")],
    field_map: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column fills a field; repeatable."),
    ] = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Currency of prices that name none, e.g. GBP.")
    ] = None,
    price_unit: Annotated[
        Unit, typer.Option(help="Whether a bare 4995 means whole units (dollars) or minor ones (cents).")
    ] = Unit.major,
) -> None:
    """Make a catalogue of product feeds; columns with well-known names need no --map.

    Google Merchant Center (RSS, Atom, TSV), Shopify and WooCommerce CSV, schema.org JSON-LD, or any CSV, TSV, JSON,
    JSON Lines and YAML; each also gzipped or zipped.
    """
    from tools.catalog.importing import import_feed
    from tools.catalog.mapping import parse_map

    mapping = parse_map(field_map or [])
    with _progress(files) as on_bytes:
        summary = import_feed(
            files, to, mapping=mapping, currency=currency, price_unit=price_unit.value, on_bytes=on_bytes
        )
    typer.echo(_told(summary))


@app.command()
def export(
    catalog: CatalogOption = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line; the only format so far.")] = True,
) -> None:
    """Write every product to the standard output; what is written can be imported again."""
    for product in _opened(catalog):
        # Bytes, because the format is UTF-8 whatever the terminal's encoding is.
        sys.stdout.buffer.write(product.model_dump_json().encode() + b"\n")
    sys.stdout.buffer.flush()


@app.command()
def show(
    product_id: Annotated[str, typer.Argument(metavar="ID")],
    catalog: CatalogOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show one product."""
    opened = _opened(catalog)
    product = opened.get(product_id)
    if product is None:
        raise CatalogError(f"There is no product {product_id!r} in {opened.folder}")
    if as_json:
        typer.echo(product.model_dump_json(indent=2))
        return
    for name, value in product:
        if name != "variants" and value not in (None, "", []):
            typer.echo(f"{name:<15} {', '.join(value) if isinstance(value, list) else value}")
    for variant in product.variants:
        told = ", ".join(f"{name} {value}" for name, value in variant.options.items())
        gone = "" if variant.available else ", out of stock"
        typer.echo(f"{'variant':<15} {variant.product_id}: {variant.price}{gone}{f' ({told})' if told else ''}")


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    catalog: CatalogOption = None,
    max_price: Annotated[str | None, typer.Option(metavar="AMOUNT", help="In the catalogue's currency.")] = None,
    age: Annotated[int | None, typer.Option(help="Age in years the product must suit.")] = None,
    need: Annotated[str | None, typer.Option(help="gift, cake, decorations, tableware, favours or activity.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Search the catalogue by text, with price and age as filters."""
    from tools.catalog.index import Filters
    from tools.lexicon.stems import stems

    opened = _opened(catalog)
    top = _minor(max_price, opened.currency) if max_price else None
    filters = Filters(currency=opened.currency, price_max=top, age_years=age, need=need)
    hits = opened.index.search([(stem,) for stem in stems(query)], filters, limit)
    for product, score in hits:
        if as_json:
            found = {"product_id": product.product_id, "score": round(score, 4), "title": product.title}
            typer.echo(json.dumps(found | {"price": product.price.model_dump()}, ensure_ascii=False))
        else:
            typer.echo(f"{score:7.2f}  {product.price!s:>10}  {product.title}  [{product.product_id}]")
    if not hits and not as_json:
        typer.echo("Nothing found.")


def _minor(amount: str, currency: str) -> int:
    from decimal import InvalidOperation

    from tools.money import Money

    try:
        return Money.of(amount, currency).minor
    except (ValueError, InvalidOperation) as error:
        raise CatalogError(f"--max-price {amount!r} is no amount in {currency}, such as 39.90") from error


@app.command()
def stats(catalog: CatalogOption = None) -> None:
    """Count products, prices, ages and missing fields."""
    from rich.console import Console

    from tools.catalog.stats import catalog_stats, print_stats

    print_stats(catalog_stats(_opened(catalog)), Console())


def _opened(folder: Path | None) -> Catalog:
    if folder is not None:
        from tools.catalog.catalog import Catalog

        return Catalog.open(folder)
    from tools.catalog.curated import curated_catalog

    return curated_catalog(Path(os.environ.get("RECSYS_DATA_DIR") or ".data"))


@contextmanager
def _progress(files: list[Path]) -> Iterator[OnBytes | None]:
    """A progress bar over the bytes of the feeds on the standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    from tools.catalog.feeds.opening import feed_files

    total = sum(file.stat().st_size for file in feed_files(files) if file.is_file())
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Importing", total=total)
        yield lambda count: progress.advance(task, count)


def _told(summary: ImportSummary) -> str:
    prices = ", ".join(f"{count:,} in {code}" for code, count in summary.currencies.most_common())
    lines = [f"{feed}: read as {read_as}." for feed, read_as in summary.formats.items()]
    lines += [f"{summary.accepted:,} of {summary.rows:,} rows are products of {summary.folder} (prices: {prices})."]
    if summary.merged:
        lines.append(f"{summary.merged:,} merged into them as variants, shared descriptions or images.")
    if summary.rejected:
        why = ", ".join(f"{field} {count:,}" for field, count in summary.reasons.most_common())
        lines.append(f"{summary.rejected:,} rejected, by field: {why}; each is in {summary.folder / 'rejected.csv'}.")
    if summary.ignored:
        what = ", ".join(f"{field} {count:,}" for field, count in summary.ignored.most_common())
        lines.append(f"Values that could not be read count as not stated: {what}.")
    return "\n".join(lines)


def main() -> None:
    """Runs the command line. What the user can mend is one sentence on the standard error and exit code 2."""
    try:
        app(prog_name="python -m tools.catalog")
    except RecsysError as error:
        sys.exit(_failed(str(error)))
    except BrokenPipeError:
        # The reader of a pipe has seen enough, as `head` does; Python would complain once more when closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        sys.exit(_failed(f"{error.filename}: {error.strerror}" if error.filename else str(error)))


def _failed(sentence: str) -> int:
    print(f"Error: {sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
