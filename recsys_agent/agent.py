"""The composition root: the agent tree, and the App that every ADK entry point loads.

coordinator (LlmAgent)                      talks; delegates
├─ preference_elicitor (LlmAgent)           asks what would change the shortlist
└─ recommendation (WorkflowAgent)           gift_finder -> budget_checker -> explainer, looping back to widen
   ├─ gift_finder (WorkflowAgent, parallel)
   ├─ budget_checker (BaseAgent, code)
   └─ explainer (LlmAgent, single_turn)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from google.adk.agents import LlmAgent
from google.adk.apps import App
from google.adk.events import Event
from google.adk.models import BaseLlm
from google.adk.tools.base_toolset import BaseToolset
from google.adk.workflow import START

from recsys_agent.adk_defaults import settle_adk
from recsys_agent.adopted import build_toolsets
from recsys_agent.embedding import embedder_of
from recsys_agent.hearing import build_hearing
from recsys_agent.models import announcement, build_models
from recsys_agent.offline.model import OfflineModel
from recsys_agent.plugins.forgetting import ForgettingPlugin
from recsys_agent.plugins.memory import TurnMemory
from recsys_agent.plugins.snapshot import SnapshotPlugin
from recsys_agent.plugins.stored_turn import StoredTurnPlugin
from recsys_agent.plugins.turn import TurnPlugin
from recsys_agent.plugins.untrusted import UntrustedPlugin
from recsys_agent.prompt import INSTRUCTION, context_provider, without_transfer
from recsys_agent.services import memory_access
from recsys_agent.settings import Settings, load_settings
from recsys_agent.speech import build_speech_check
from sub_agents.budget_checker.agent import build_budget_checker
from sub_agents.explainer.agent import PLAIN, build_explainer
from sub_agents.gift_finder.agent import SOURCE_TIMEOUT_S, SOURCES, Source, build_gift_finder, meaning_source
from sub_agents.preference_elicitor.agent import build_preference_elicitor
from sub_agents.workflow_agent import WorkflowAgent
from tools.asking.policy import BY_VALUE, Asking
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.catalog.places import open_catalog, place_of
from tools.catalog.versions.live import LiveCatalog
from tools.memory.access import MemoryAccess
from tools.receipts.voice import Voice, load_voice
from tools.shopper.function_tool import ShopperTool
from tools.shopper.toolset import build_shopper_tools

APP_NAME = "recsys_agent"
"""Must equal this folder's name."""

settle_adk()  # here, because every entry point imports this file


def build_recommendation(
    model: BaseLlm,
    catalog: Callable[[], Catalog],
    *,
    today: Callable[[], date] = date.today,
    sources: Mapping[str, Source] = SOURCES,
    source_timeout_s: float = SOURCE_TIMEOUT_S,
    voice: Voice = PLAIN,
    asking: Asking = BY_VALUE,
) -> WorkflowAgent:
    """The recommendation flow: a request, with the day it is made on, to the finder; a shown pick to the explainer."""
    finder = build_gift_finder(catalog, sources=sources, timeout_s=source_timeout_s)
    checker = build_budget_checker(catalog, asking)
    explainer = build_explainer(model, catalog, voice)

    def start(node_input: dict[str, Any]) -> Event:
        if "explain" in node_input or "again" in node_input:
            return Event(output=node_input, route="explain")  # pyright: ignore[reportCallIssue]
        dated = {**node_input, "today": today().isoformat()}
        return Event(output=dated, route="find")  # pyright: ignore[reportCallIssue]

    return WorkflowAgent(
        name="recommendation",
        description="Finds candidates, keeps to the budget and the rules, explains the picks.",
        sub_agents=[finder, checker, explainer],
        edges=[
            (START, start, {"find": finder, "explain": explainer}),
            (finder, checker, {"done": explainer, "widen": finder}),
        ],
    )


def build_root_agent(
    models: Mapping[str, BaseLlm],
    catalog: Callable[[], Catalog],
    *,
    today: Callable[[], date] = date.today,
    sources: Mapping[str, Source] = SOURCES,
    source_timeout_s: float = SOURCE_TIMEOUT_S,
    memory: MemoryAccess | None = None,
    voice: Voice = PLAIN,
    asking: Asking = BY_VALUE,
    adopted: Sequence[BaseToolset] = (),
) -> LlmAgent:
    """A fresh agent tree. ADK lets an agent have one parent only, so tests and benchmarks build their own.

    ``adopted`` are an adopter's own tools, beside ours.
    """
    scripted = all(isinstance(model, OfflineModel) for model in models.values())  # it would read the same twice
    hear = None if scripted else build_hearing(catalog, today)
    functions = build_shopper_tools(catalog, today=today, memory=memory, hear=hear, asking=asking)
    tools = [*map(ShopperTool, functions), *adopted]
    known = context_provider(catalog, today)
    check = build_speech_check(catalog)
    elicitor = build_preference_elicitor(
        models["preference_elicitor"],
        tools=tools,
        context_block=known,
        before_model=without_transfer,
        after_model=check,
    )
    return LlmAgent(
        name="coordinator",
        model=models["coordinator"],
        description="Talks with the shopper and delegates.",
        instruction=lambda context: f"{INSTRUCTION}\n{known(context)}",
        sub_agents=[
            elicitor,
            build_recommendation(
                models["explainer"],
                catalog,
                today=today,
                sources=sources,
                source_timeout_s=source_timeout_s,
                voice=voice,
                asking=asking,
            ),
        ],
        tools=list(tools),
        before_model_callback=without_transfer,
        after_model_callback=check,
    )


def build_app(
    settings: Settings,
    *,
    catalog: Callable[[], Catalog] | None = None,
    models: Mapping[str, BaseLlm] | None = None,
    sources: Mapping[str, Source] | None = None,
    asking: Asking = BY_VALUE,
) -> App:
    """The App for these settings. Benchmarks and tests may bring a catalogue, models by role, sources, a way to ask."""
    catalog = catalog or catalog_provider(settings)
    memory, adopted = memory_access(settings), build_toolsets(settings.mcp_servers)
    root = build_root_agent(
        models or build_models(settings),
        catalog,
        today=settings.day,
        memory=memory,
        sources=sources if sources is not None else sources_of(settings),
        source_timeout_s=settings.source_timeout_s,
        voice=load_voice(settings.voice) if settings.voice else PLAIN,
        asking=asking,
        adopted=adopted,
    )
    turn = TurnPlugin(
        announcement=announcement(settings),
        max_message_chars=settings.max_message_chars,
        prices=settings.model_prices,
        memory=TurnMemory(memory, catalog) if memory else None,
    )
    snapshot = [SnapshotPlugin(catalog)] if isinstance(catalog, LiveCatalog) else []
    untrusted = [UntrustedPlugin()] if adopted else []
    plugins = [StoredTurnPlugin(), *snapshot, turn, *untrusted, ForgettingPlugin()]
    return App(name=APP_NAME, root_agent=root, plugins=plugins)


def catalog_provider(settings: Settings) -> LiveCatalog:
    """Opens the chosen catalogue at first use, and again whenever it has changed."""
    embedder = embedder_of(settings.embedder)

    def opened() -> Catalog:
        if settings.catalog:
            return open_catalog(place_of(settings.catalog))
        return curated_catalog(settings.data_folder(), embedder)

    return LiveCatalog(opened)


def sources_of(settings: Settings) -> Mapping[str, Source]:
    """The gift finder's sources; meaning is one where an embedder is set."""
    embedder = embedder_of(settings.embedder)
    return {**SOURCES, "by_meaning": meaning_source(embedder)} if embedder else SOURCES


@lru_cache(maxsize=1)
def _default_app() -> App:
    return build_app(load_settings())


def __getattr__(name: str) -> Any:
    """`app` and `root_agent`, which ADK looks for, are built when asked for: importing this file needs no settings."""
    if name == "app":
        return _default_app()
    if name == "root_agent":
        return _default_app().root_agent
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
