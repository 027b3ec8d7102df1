"""The rungs by name, over one catalogue: what `make report` puts side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from google.adk.apps import App
from google.adk.models import BaseLlm

from eval.keyless import TODAY
from eval.strategies.ablations import ABLATIONS, build_ablation
from eval.strategies.agents import Agents
from eval.strategies.baselines import Baseline, Orders
from eval.strategies.fallible import NEVER, FallibleModel, Rates, fallible_roles
from eval.strategies.rungs import Rung
from eval.strategies.strategy import Strategy
from recsys_agent.agent import build_app, sources_of
from recsys_agent.models import build_models
from recsys_agent.offline.model import OfflineModel
from recsys_agent.services import NO_MEMORY
from recsys_agent.settings import OFFLINE, ROLES, Settings, load_settings
from sub_agents.gift_finder.agent import Source
from tools.asking.policy import BY_VALUE, Asking, FixedList
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.catalog.places import open_catalog, place_of
from tools.errors import UsageError

PROMPTED = ("single_prompt", "chain_of_thought", "self_refine", "prompt_chain", "single_agent", "reflection")
ERRORLESS = "multi_agent_errorless"
OURS = ("multi_agent", ERRORLESS)
BASELINES = ("bm25", "popularity", "random")
LADDER = (*PROMPTED, *OURS, *ABLATIONS, *BASELINES)
FIXED_LIST = "multi_agent_fixed_list"
"""Our agents without errors, asking everyone the same list before anything is shown; see `eval.simulation.asking`."""


@dataclass(frozen=True)
class Conditions:
    """What a run of the ladder is made under. ``catalog`` is a place, None the shipped one; ``model`` None is keyless:
    the seeded fallible model, whose error rates are multiplied by ``faults``."""

    catalog: str | None = None
    model: str | None = None
    seed: int = 7
    faults: float = 1.0

    @property
    def rates(self) -> Rates:
        """The error rates of the fallible model."""
        base = Rates()
        rates = {name: min(1.0, value * self.faults) for name, value in vars(base).items()}
        return Rates(**rates) if self.faults else NEVER

    def settings(self) -> Settings:
        """The settings of the App: a fixed day, nothing from the environment but where data are kept and the key."""
        model = self.model or OFFLINE
        return load_settings().model_copy(
            update={"model": model, "today": date.fromisoformat(TODAY), "memory_uri": NO_MEMORY}
        )

    def open_catalog(self) -> Catalog:
        """The catalogue that is shopped in."""
        return open_catalog(place_of(self.catalog)) if self.catalog else curated_catalog(load_settings().data_folder())

    @property
    def rungs(self) -> tuple[str, ...]:
        """The names there are. With a real model, errors are its own: there is no errorless variant."""
        return tuple(name for name in LADDER if not (self.model and name == ERRORLESS))


def build_strategies(names: list[str], conditions: Conditions, catalog: Catalog) -> list[Strategy]:
    """The strategies of these names. Raises UsageError for one that does not exist."""
    unknown = [name for name in names if name not in (*conditions.rungs, FIXED_LIST)]
    if unknown:
        raise UsageError(f"There is no strategy {unknown[0]!r}; there are: {', '.join(conditions.rungs)}")
    orders = Orders(catalog)
    makers: Mapping[str, Callable[[str], Strategy]] = {
        **{name: lambda name: _rung(name, conditions, orders, catalog) for name in PROMPTED},
        **{name: lambda name: _agents(name, conditions, catalog) for name in (*OURS, FIXED_LIST, *ABLATIONS)},
        **{name: lambda name: Baseline(name, getattr(orders, name), catalog.currency) for name in BASELINES},
    }
    return [makers[name](name) for name in names]


def _agents(name: str, conditions: Conditions, catalog: Catalog) -> Agents:
    settings = conditions.settings()
    if conditions.model:
        models: Mapping[str, BaseLlm] = build_models(settings)
    else:
        rates = NEVER if name in (ERRORLESS, FIXED_LIST) else conditions.rates
        models = fallible_roles(ROLES, lambda role: OfflineModel(role=role), rates, conditions.seed)

    def build(models: Mapping[str, BaseLlm], sources: Mapping[str, Source], asking: Asking = BY_VALUE) -> App:
        return build_app(settings, catalog=lambda: catalog, models=models, sources=sources, asking=asking)

    if name in ABLATIONS:
        return build_ablation(name, build, models, catalog)
    asking = FixedList() if name == FIXED_LIST else BY_VALUE
    return Agents(lambda timed: build(timed, sources_of(settings), asking), models, catalog, name)


def _rung(name: str, conditions: Conditions, orders: Orders, catalog: Catalog) -> Rung:
    model: BaseLlm
    if conditions.model:
        model = build_models(conditions.settings())["coordinator"]
    else:
        model = FallibleModel(rates=conditions.rates, seed=conditions.seed, currency=catalog.currency, find=catalog.get)
    return Rung(name, model, lambda messages: orders.bm25(messages, ""), catalog.currency)
