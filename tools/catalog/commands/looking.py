"""``show``, ``stats`` and ``export``: what is in a catalogue."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from tools.catalog.commands.options import CatalogOption, opened
from tools.errors import CatalogError


def export(
    catalog: CatalogOption = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line; the only format so far.")] = True,
) -> None:
    """Write every product to the standard output; what is written can be imported again."""
    for product in opened(catalog):
        # Bytes, because the format is UTF-8 whatever the terminal's encoding is.
        sys.stdout.buffer.write(product.model_dump_json().encode() + b"\n")
    sys.stdout.buffer.flush()


def show(
    product_id: Annotated[str, typer.Argument(metavar="ID")],
    catalog: CatalogOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show one product, by its id or by that of one of its variants."""
    shop = opened(catalog)
    product = shop.get(product_id)
    if product is None:
        raise CatalogError(f"There is no product {product_id!r} in {shop.name}")
    variant = product.variant(product_id) if product_id != product.product_id else None
    if as_json:
        asked = {"variant": variant.model_dump(mode="json")} if variant else {}
        typer.echo(json.dumps(product.model_dump(mode="json") | asked, indent=2, ensure_ascii=False))
        return
    if variant:
        typer.echo(f"{'asked for':<15} {product_id}, a variant of {product.product_id}")
    for name, value in product:
        if name not in ("variants", "specs", "derived") and value not in (None, "", []):
            typer.echo(f"{name:<15} {', '.join(value) if isinstance(value, list) else value}")
    for name, value in product.specs.items():
        typer.echo(f"{'spec':<15} {name}: {value}")
    for item in product.derived:
        typer.echo(f'{item.kind:<15} {item.name}: its {item.field} says "{item.words}"')
    for variant in product.variants:
        told = ", ".join(f"{name} {value}" for name, value in variant.options.items())
        gone = "" if variant.available else ", out of stock"
        typer.echo(f"{'variant':<15} {variant.product_id}: {variant.price}{gone}{f' ({told})' if told else ''}")


def stats(catalog: CatalogOption = None) -> None:
    """Count products, prices, ages and missing fields, and say for whom the catalogue has something."""
    from rich.console import Console

    from tools.catalog.coverage import coverage_of, print_coverage
    from tools.catalog.stats import catalog_stats, print_stats

    shop, console = opened(catalog), Console()
    print_stats(catalog_stats(shop), console)
    print_coverage(coverage_of(shop, shop.currency), console)
