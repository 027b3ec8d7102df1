"""The Terraform files can be read, name only what they declare, and grant little. A deployment was never run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import hcl2
import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deployment/terraform"
FILES = sorted(FOLDER.glob("*.tf"))


def text() -> str:
    """All files, comments left out."""
    return re.sub(r"#.*", "", "\n".join(path.read_text(encoding="utf-8") for path in FILES))


def blocks(kind: str) -> list[dict[str, Any]]:
    """The blocks of one kind, of all files."""
    return [block for path in FILES for block in hcl2.loads(path.read_text(encoding="utf-8")).get(kind, [])]


def names(blocks: list[dict[str, Any]]) -> set[str]:
    """What blocks with one label are called."""
    return {name.strip('"') for block in blocks for name in block}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_terraform(path: Path) -> None:
    assert hcl2.loads(path.read_text(encoding="utf-8"))


def test_every_variable_is_declared_described_and_used() -> None:
    declared = blocks("variable")
    assert set(re.findall(r"\bvar\.(\w+)", text())) == names(declared)
    assert all("description" in body for block in declared for body in block.values())


def test_what_is_referred_to_is_declared() -> None:
    declared = {
        f"{kind}.{name}".replace('"', "")
        for block in blocks("resource")
        for kind, inner in block.items()
        for name in inner
    }
    referred = set(re.findall(r"\b(google_\w+\.\w+)", text()))
    assert referred <= declared


def test_accounts_have_no_basic_role_and_the_clock_none_of_the_project() -> None:
    granted = set(re.findall(r'"(roles/[^"]+)"', text()))
    assert granted == {
        "roles/aiplatform.user",
        "roles/cloudtrace.agent",
        "roles/datastore.user",
        "roles/logging.logWriter",
        "roles/secretmanager.secretAccessor",
    }
    assert "google_service_account.clock.member" not in text()


def test_no_secret_value_stands_in_terraform() -> None:
    assert "secret_version" not in text()
    assert "secret_data" not in text()


def test_indexes_and_expiry_come_from_the_tested_file() -> None:
    definitions = json.loads((ROOT / "deployment/firestore.indexes.json").read_text(encoding="utf-8"))
    assert 'file("${path.module}/../firestore.indexes.json")' in text()
    assert definitions["indexes"]
    known = {"fieldPath", "order", "arrayConfig", "vectorConfig"}
    assert all(set(field) <= known for index in definitions["indexes"] for field in index["fields"])
    assert all(set(o) <= {"collectionGroup", "fieldPath", "ttl", "indexes"} for o in definitions["fieldOverrides"])


def test_the_scripts_use_what_terraform_makes() -> None:
    script = (ROOT / "deployment/cloud_run.sh").read_text(encoding="utf-8")
    for made in ("$service-google-api-key", "$service-clock@", "$service-tick", "$service@"):
        assert made in script
    for line in ('"${local.name}-google-api-key"', '"${local.name}-clock"', "/jobs/${local.name}-tick:run"):
        assert line in text()
