"""What the Dockerfile copies is all that the server needs, and what it starts answers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from deployment.rehearse import ROOT, Rehearsal, steps

DOCKERFILE = (ROOT / "deployment/Dockerfile").read_text(encoding="utf-8")


def play(dockerfile: str, image: Path) -> Rehearsal:
    """All steps, with this environment in place of an installed one."""
    rehearsal = Rehearsal(image, Path(sys.prefix))
    for name, rest in steps(dockerfile):
        rehearsal.play(name, rest)
    return rehearsal


def test_the_image_serves_and_lets_nobody_in_without_a_credential(tmp_path: Path) -> None:
    assert play(DOCKERFILE, tmp_path).serve() == {"/healthz": 200, "/readyz": 200, "/v1/memory": 401}


def test_the_image_holds_no_tests_no_data_and_no_secrets(tmp_path: Path) -> None:
    play("\n".join(line for line in DOCKERFILE.splitlines() if not line.startswith("RUN python -c")), tmp_path)
    held = {path.name for path in (tmp_path / "app").iterdir()}
    assert held == {".venv", "requirements.txt", "services.py", "recsys_agent", "sub_agents", "tools", "deployment"}


def test_a_missing_folder_does_not_go_unnoticed(tmp_path: Path) -> None:
    without = "\n".join(line for line in DOCKERFILE.splitlines() if line != "COPY tools tools")
    with pytest.raises(Exception, match="returned non-zero exit status"):
        play(without, tmp_path)


def test_an_installation_that_left_something_at_home_goes_on(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path)
    for step in (("WORKDIR", "/app"), ("RUN", 'mkdir -p "$HOME/.cache"'), ("RUN", "useradd --create-home recsys")):
        rehearsal.play(*step)
    assert (tmp_path / "home/recsys/.cache").is_dir()


def test_the_server_runs_as_a_user_without_rights() -> None:
    told = list(steps(DOCKERFILE))
    user = told.index(("USER", "recsys"))
    assert user < [name for name, _ in told].index("CMD")
    assert "--uid 10001" in next(rest for name, rest in told if rest.startswith("useradd"))
