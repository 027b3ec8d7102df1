"""The deploying script says what it would do, and does nothing it was not asked for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The script, with nothing of this environment but where the tools are."""
    return subprocess.run(
        ["deployment/cloud_run.sh", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_dry_run_prints_each_command_and_names_the_given_project_everywhere() -> None:
    lines = run("my-project", "europe-west1", "--dry-run").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["docker", "docker", "gcloud"]
    assert all("my-project" in line for line in lines)


@pytest.mark.parametrize("arguments", [(), ("my-project",), ("my-project", "europe-west1", "--dryrun")])
def test_what_is_misspelt_deploys_nothing(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert not done.stdout
