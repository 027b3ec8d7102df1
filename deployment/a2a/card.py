"""The agent card (A2A 1.0, section 8): what this agent can do, where, and what to bring."""

from __future__ import annotations

from a2a.types import (
    AgentCapabilities,
    AgentCard,
    AgentInterface,
    AgentSkill,
    HTTPAuthSecurityScheme,
    SecurityRequirement,
    SecurityScheme,
    StringList,
)

from deployment.openapi import VERSION

PATH = "/a2a"
PROTOCOLS = ("1.0", "0.3")
TEXT, JSON = "text/plain", "application/json"

SKILLS = (
    AgentSkill(
        id="recommend_gifts",
        name="Recommend gifts",
        description="Picks from the shop's own catalogue for a person, within the budget to the cent, with reasons "
        "that were checked. Asks where something is missing that would change the picks.",
        tags=["gifts", "shopping", "recommendation"],
        examples=["My dad turns 60, he loves gardening and jazz, $40-60", "cheaper, and no books"],
    ),
    AgentSkill(
        id="plan_birthday",
        name="Plan a birthday",
        description="Cake, decorations, tableware, favours and presents as one plan with exact sums under one budget.",
        tags=["birthday", "party", "planning"],
        examples=["A dinosaur party for 10 kids turning 6: cake, decorations and favours for $120"],
    ),
)


def agent_card(base_url: str) -> AgentCard:
    """The card of the server at ``base_url``."""
    url = base_url.rstrip("/") + PATH
    return AgentCard(
        name="recsys_agent",
        description="Recommends gifts and plans birthdays from one shop's catalogue. The answer is an artifact: the "
        "reply as text, and the turn as JSON with picks, plan and receipt.",
        version=VERSION,
        supported_interfaces=[
            AgentInterface(url=url, protocol_binding="JSONRPC", protocol_version=version) for version in PROTOCOLS
        ],
        capabilities=AgentCapabilities(streaming=True, push_notifications=False),
        default_input_modes=[TEXT],
        default_output_modes=[TEXT, JSON],
        skills=list(SKILLS),
        security_schemes={
            "bearer": SecurityScheme(http_auth_security_scheme=HTTPAuthSecurityScheme(scheme="bearer")),
        },
        security_requirements=[SecurityRequirement(schemes={"bearer": StringList()})],
    )
