"""What must not be kept is gone before the message is stored, sent to a model, or told in a reply."""

from __future__ import annotations

from pathlib import Path

from recsys_agent.agent import build_app, catalog_provider
from recsys_agent.services import open_session_service
from recsys_agent.settings import Settings
from recsys_agent.turns import Conversation


async def test_a_pasted_card_number_is_in_no_file_and_in_no_reply(tmp_path: Path) -> None:
    settings = Settings(model="offline", data_dir=tmp_path)
    catalog = catalog_provider(settings)
    service = open_session_service(f"sqlite:///{tmp_path}/sessions.db")
    talk = Conversation(build_app(settings, catalog=catalog), service, catalog, "eve", "s")
    turn = await talk.turn(
        "A gift for my dad who loves gardening, under $60. My card is 4111 1111 1111 1111, mail eve@example.com."
    )
    assert turn["status"] == "recommended"
    session = await service.get_session(app_name="recsys_agent", user_id="eve", session_id="s")
    assert session
    told = session.events[0].content
    assert told
    assert told.parts
    assert "[card]" in (told.parts[0].text or "")
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("sessions.db*") if file.is_file())
    for secret in ("4111 1111", "41111111", "eve@example"):  # "4111" alone stands in many a random id
        assert secret.encode() not in kept
        assert secret not in str(turn)
