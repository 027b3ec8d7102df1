"""The catalogue on the command line: ``python -m tools.catalog COMMAND``; `--help` lists the commands.

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
    from tools.catalog.feed_changes import ChangeSummary
    from tools.catalog.feeds.feed import OnBytes
    from tools.catalog.importing import ImportSummary
    from tools.catalog.interactions.store import LogSummary

app = typer.Typer(
    help="Import, look at and export a shop's catalogue.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

SHOWN_BAD_ROWS = 20

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


ChangedOption = Annotated[
    Path, typer.Option("--catalog", envvar="RECSYS_CATALOG", metavar="DIR", help="The catalogue folder to change.")
]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Which column fills a field; repeatable."),
]


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Feeds of whole products.")],
    catalog: ChangedOption,
    field_map: MapOption = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Currency of prices that name none, e.g. GBP.")
    ] = None,
) -> None:
    """Add products to a catalogue, also while it serves."""
    from tools.catalog.feed_changes import add_feed
    from tools.catalog.mapping import parse_map

    typer.echo(_changes_told(add_feed(files, catalog, mapping=parse_map(field_map or []), currency=currency), "added"))


@app.command()
def update(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Feeds of ids and the fields to change.")],
    catalog: ChangedOption,
    field_map: MapOption = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Currency of prices that name none; else the product's own.")
    ] = None,
) -> None:
    """Change prices, stock or any other fields by id, also while the catalogue serves; empty values change nothing."""
    from tools.catalog.feed_changes import update_feed
    from tools.catalog.mapping import parse_map

    summary = update_feed(files, catalog, mapping=parse_map(field_map or []), currency=currency)
    typer.echo(_changes_told(summary, "updated"))


@app.command()
def remove(
    product_ids: Annotated[list[str], typer.Argument(metavar="ID...")],
    catalog: ChangedOption,
) -> None:
    """Remove products by id, also while the catalogue serves."""
    from tools.catalog.living import change_catalog, removals

    gone = {change.product_id for change in change_catalog(catalog, removals(product_ids))}
    typer.echo(f"{len(gone):,} removed from {catalog}.")
    if unknown := [i for i in dict.fromkeys(product_ids) if i not in gone]:
        typer.echo(f"Not there: {', '.join(unknown)}.")


def _changes_told(summary: ChangeSummary, done: str) -> str:
    line = f"{summary.changed:,} of {summary.rows:,} rows {done} in {summary.folder}, {summary.unchanged:,} unchanged."
    if summary.rejected:
        why = ", ".join(f"{field} {count:,}" for field, count in summary.reasons.most_common())
        line += f"\n{summary.rejected:,} rejected, by field: {why}; the first: {summary.first_reason}."
    return line


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
def interactions(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Logs: .csv, .tsv or .jsonl, also .gz.")],
    catalog: CatalogOption = None,
    field_map: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column is user, item, time or kind; repeatable."),
    ] = None,
    afresh: Annotated[bool, typer.Option("--afresh", help="Forget what was imported before.")] = False,
) -> None:
    """Learn from what shoppers viewed and bought: user, item, and where there are, time and kind."""
    from tools.catalog.catalog import Catalog
    from tools.catalog.interactions.events import parse_columns
    from tools.catalog.interactions.store import add_interactions

    if catalog is None:
        raise CatalogError("Say whose shoppers these are: --catalog DIR, a folder made with the command import")
    columns = parse_columns(field_map or [])
    typer.echo(_learned(add_interactions(files, Catalog.open(catalog), columns=columns, afresh=afresh)))


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
    query: Annotated[str | None, typer.Argument(metavar="QUERY", show_default=False)] = None,
    catalog: CatalogOption = None,
    max_price: Annotated[str | None, typer.Option(metavar="AMOUNT", help="In the catalogue's currency.")] = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only products priced in this currency; that of --max-price.")
    ] = None,
    age: Annotated[int | None, typer.Option(help="Age in years the product must suit.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(metavar="WORD", help="Not with this word; repeatable.")] = None,
    need: Annotated[str | None, typer.Option(help="gift, cake, decorations, tableware, favours or activity.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    batch: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="One query a line; prints one JSON line a query. '-' is standard input."),
    ] = None,
) -> None:
    """Search the catalogue by text. Limits in the query ("under 50", "for a 3 year old") count as the options do."""
    from tools.catalog.free_search import FreeSearch
    from tools.catalog.index import Filters
    from tools.lexicon.stems import stems
    from tools.money import as_currency

    if (query is None) == (batch is None):
        raise CatalogError("Give either a QUERY or --batch FILE")
    opened = _opened(catalog)
    try:
        priced_in = as_currency(currency or opened.currency)
    except ValueError as error:
        raise CatalogError(f"--currency: {error}") from error
    filters = Filters(
        currency=priced_in,
        price_max=_minor(max_price, priced_in) if max_price else None,
        age_years=age,
        need=need,
        exclude_stems=frozenset(stem for word in exclude or () for stem in stems(word)),
    )
    searcher = FreeSearch(opened)
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
        typer.echo("Nothing found.")


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
        return Money.of(amount, currency).minor
    except (ValueError, InvalidOperation) as error:
        raise CatalogError(f"--max-price {amount!r} is no amount in {currency}, such as 39.90") from error


@app.command()
def stats(catalog: CatalogOption = None) -> None:
    """Count products, prices, ages and missing fields, and say for whom the catalogue has something."""
    from rich.console import Console

    from tools.catalog.coverage import coverage_of, print_coverage
    from tools.catalog.stats import catalog_stats, print_stats

    opened, console = _opened(catalog), Console()
    print_stats(catalog_stats(opened), console)
    print_coverage(coverage_of(opened, opened.currency), console)


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


def _learned(summary: LogSummary) -> str:
    lines = [f"{summary.events:,} of {summary.rows:,} rows are events, {summary.added:,} of them new."]
    lines.append(f"{summary.total:,} events are kept in {summary.file}.")
    if summary.unknown_items:
        lines.append(f"{summary.unknown_items:,} of their products are not in the catalogue and will not be shown.")
    if summary.rejected:
        lines.append(f"{summary.rejected:,} rows are no events; the first:")
        lines += [f"  {name}, line {bad.line}: {bad.reason}" for name, bad in summary.bad_rows[:SHOWN_BAD_ROWS]]
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
