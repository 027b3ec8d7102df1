"""`python -m eval.simulation`: the simulated shoppers themselves, and how they talk with one strategy."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from eval.command import run_command
from eval.quiet import quiet
from eval.simulation.generating import personas
from eval.simulation.persona import Persona
from eval.simulation.running import run
from eval.strategies.answering import require_answer
from eval.strategies.ladder import ERRORLESS, Conditions
from recsys_agent.settings import OFFLINE

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

CatalogOption = Annotated[str | None, typer.Option(help="Catalogue folder or address; default the shipped one.")]
CountOption = Annotated[int, typer.Option(min=1, help="How many shoppers.")]
SeedOption = Annotated[int, typer.Option(help="Other shoppers.")]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A persona's field, for all; repeatable.")
]


@cli.command("personas")
def show_personas(
    catalog: CatalogOption = None, shoppers: CountOption = 3, seed: SeedOption = 7, settings: SetOption = None
) -> None:
    """Prints the personas, hidden goal included, a JSON line each."""
    for persona in _people(Conditions(catalog, seed=seed), shoppers, settings or []):
        print(persona.model_dump_json())


@cli.command()
def talk(
    catalog: CatalogOption = None,
    shoppers: CountOption = 3,
    seed: SeedOption = 7,
    settings: SetOption = None,
    strategy: Annotated[
        str | None, typer.Option(help="With whom; default our agents, keyless without model errors.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="A RECSYS_MODEL value; default keyless.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON line a conversation.")] = False,
) -> None:
    """Prints conversations of simulated shoppers with one strategy."""
    quiet()
    conditions = Conditions(catalog, None if model == OFFLINE else model, seed)
    require_answer(conditions)
    strategy = strategy or ("multi_agent" if conditions.model else ERRORLESS)
    for dialogue in run(_people(conditions, shoppers, settings or []), [strategy], conditions)[strategy]:
        persona = dialogue.persona.model_dump(mode="json", exclude_defaults=True)
        if as_json:
            exchanges = [{"message": e.message, "reply": asdict(e.reply)} for e in dialogue.exchanges]
            print(json.dumps({"persona": persona, "outcome": dialogue.outcome, "exchanges": exchanges}, default=str))
            continue
        print(f"== {json.dumps(persona, ensure_ascii=False)}")
        for exchange in dialogue.exchanges:
            print(f"\nshopper: {exchange.message}\n{strategy}: {exchange.reply.text}")
        print(f"\n== {dialogue.outcome}\n")


@cli.command("adk")
def adk_simulation(
    catalog: CatalogOption = None,
    shoppers: CountOption = 3,
    seed: SeedOption = 7,
    settings: SetOption = None,
    shopper: Annotated[
        str, typer.Option(help="Who plays the shoppers: our rules, or a model that ADK knows (with its key).")
    ] = "simulated-shopper",
    model: Annotated[str | None, typer.Option(help="A RECSYS_MODEL value for our agents; default keyless.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the conversations.")] = False,
) -> None:
    """Runs ADK's own user-simulation eval; exit status 1 where a shopper is not served."""
    quiet()
    from eval.simulation.adk import Simulated, simulate

    conditions = Conditions(catalog, model, seed)
    require_answer(conditions)
    people = _people(conditions, shoppers, settings or [])

    async def run_all() -> list[Simulated]:
        return [talk async for talk in simulate(people, conditions, conditions.open_catalog(), shopper)]

    talks = asyncio.run(run_all())
    for talk in talks:
        print(f"{talk.persona_id}: {'served' if talk.served else 'not served'} in {len(talk.turns)} turns")
        for message, reply in talk.turns if show else ():
            print(f"\nshopper: {message}\n{reply}")
    print(f"{sum(talk.served for talk in talks)} of {len(talks)} shoppers served, played by {shopper}")
    raise typer.Exit(0 if all(talk.served for talk in talks) else 1)


@cli.command()
def asking(
    catalog: CatalogOption = None,
    shoppers: CountOption = 300,
    seed: SeedOption = 7,
    settings: SetOption = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 2,
) -> None:
    """Compares questions chosen by their value with a fixed list, over the same shoppers."""
    from rich.console import Console

    from eval.simulation.asking import compare_asking

    quiet()
    conditions = Conditions(catalog, seed=seed)
    compare_asking(_people(conditions, shoppers, settings or []), conditions, workers, Console(width=120))


def _people(conditions: Conditions, count: int, settings: list[str]) -> list[Persona]:
    catalog = conditions.open_catalog()
    made = personas(list(catalog), catalog.currency, count, conditions.seed)
    return [persona.with_fields(settings) for persona in made]


if __name__ == "__main__":
    sys.exit(run_command(cli))
