"""The locks hold what pyproject.toml asks for, by hash, and name no place to fetch it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = PROJECT["project"]["dependencies"]
TEST = PROJECT["dependency-groups"]["test"]


def locked(file: str) -> dict[str, set[str]]:
    """The versions of each package; there are several where Python versions differ."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)", text(file), re.MULTILINE):
        versions.setdefault(canonicalize_name(name), set()).add(version)
    return versions


def text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("file", "wanted"), [("requirements.txt", RUN), ("requirements-test.txt", RUN + TEST)])
def test_lock_satisfies_what_the_project_asks_for(file: str, wanted: list[str]) -> None:
    versions = locked(file)
    for requirement in map(Requirement, wanted):
        found = versions.get(canonicalize_name(requirement.name), set())
        assert found, f"{requirement.name} is missing: make lock"
        assert all(requirement.specifier.contains(version) for version in found), f"{requirement}: make lock"


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-test.txt"])
def test_every_package_is_held_by_hashes_and_no_host_is_named(file: str) -> None:
    blocks = re.split(r"\n(?=[a-z])", text(file))[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|^-", text(file), re.MULTILINE)


def test_test_tools_come_on_top_of_the_same_run_time() -> None:
    tested = locked("requirements-test.txt")
    assert all(tested[name] == versions for name, versions in locked("requirements.txt").items())
