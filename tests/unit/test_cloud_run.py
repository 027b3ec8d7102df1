"""The deploying scripts say what they would do, and do nothing they were not asked for."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ("cloud_run.sh", "agent_engine.sh")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the scripts read, in a folder of its own, for one of them stages files."""
    for name in ("deployment", "recsys_agent"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "requirements.txt", tmp_path)
    return tmp_path


def run(checkout: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script, with nothing of this environment but where the tools are."""
    return subprocess.run(
        [f"deployment/{script}", *arguments],
        cwd=checkout,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_dry_run_prints_each_command_and_names_the_given_project_everywhere(checkout: Path) -> None:
    lines = run(checkout, "cloud_run.sh", "my-project", "europe-west1", "--dry-run").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["docker", "docker", "gcloud", "gcloud", "gcloud"]
    assert all("my-project" in line for line in lines)


def test_agent_engine_gets_every_package_and_no_hashes_beside_what_adk_adds(checkout: Path) -> None:
    (line,) = run(checkout, "agent_engine.sh", "my-project", "europe-west1", "--dry-run").stdout.splitlines()
    assert line.startswith("adk deploy agent_engine --project my-project --region europe-west1")
    assert re.findall(r"--extra_packages (\S+)", line) == ["sub_agents", "tools", "services.py"]
    stage = checkout / ".data/agent_engine/recsys_agent"
    pinned = (stage / "requirements.txt").read_text(encoding="utf-8")
    assert "--hash" not in pinned
    assert pinned.count("==") >= (checkout / "requirements.txt").read_text(encoding="utf-8").count("\ngoogle-")
    assert re.search(r"^google-adk(\[a2a\])?==", pinned, re.MULTILINE)
    assert "RECSYS_MEMORY_URI=firestore://my-project" in (stage / ".env").read_text(encoding="utf-8")
    assert (stage / "agent.py").exists()


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("arguments", [(), ("my-project",), ("my-project", "europe-west1", "--dryrun")])
def test_what_is_misspelt_deploys_nothing(checkout: Path, script: str, arguments: tuple[str, ...]) -> None:
    done = run(checkout, script, *arguments)
    assert done.returncode == 2
    assert not done.stdout
    assert not (checkout / ".data").exists()
