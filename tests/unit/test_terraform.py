"""The Terraform files can be read, name only what they declare, and grant little. A deployment was never run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hcl2
import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deployment/terraform"
SCHEMA = json.loads((ROOT / "tests/data/terraform_google_schema.json").read_text(encoding="utf-8"))["resources"]
EVERYWHERE = {"count", "depends_on", "dynamic", "for_each", "lifecycle", "provider"}
"""Of Terraform, not of a provider."""
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


def resources() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each resource's kind and what it says."""
    for block in blocks("resource"):
        for kind, named in block.items():
            yield from ((kind.strip('"'), said) for said in named.values())


def _misfits(said: dict[str, Any], schema: dict[str, Any], place: str = "") -> list[str]:
    """What a block says that the provider does not take, and what it must say and does not."""
    own = (name for name in said if not name.startswith("__"))  # the rest is the parser's
    inner = {name: said[name] for name in own if name not in EVERYWHERE}
    for dynamic in said.get("dynamic", []):
        inner |= {name.strip('"'): block["content"] for name, block in dynamic.items()}
    found = [f"{place}{name}: unknown" for name in inner if name not in schema]
    required = [
        name for name, kind in schema.items() if kind == "required" or (kind != "optional" and kind["required"])
    ]
    found += [f"{place}{name}: missing" for name in required if name not in inner]
    for name, blocks in inner.items():
        if isinstance(schema.get(name), dict):
            found += [f for block in blocks for f in _misfits(block, schema[name]["block"], f"{place}{name}.")]
    return found


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


@pytest.mark.parametrize(("resource", "said"), list(resources()))
def test_a_resource_says_what_the_provider_takes_and_all_it_requires(resource: str, said: dict[str, Any]) -> None:
    assert _misfits(said, SCHEMA[resource]["arguments"]) == []


@pytest.mark.parametrize(
    ("changes", "misfit"),
    [
        ({"colection": '"x"'}, "colection: unknown"),
        ({"collection": None}, "collection: missing"),
        ({"fields": [{"path": '"x"'}]}, "fields.path: unknown"),
        ({"dynamic": [{'"field"': {"content": [{}]}}]}, "field: unknown"),
    ],
)
def test_a_misspelt_argument_would_be_found(changes: dict[str, Any], misfit: str) -> None:
    said = {"collection": '"records"', "fields": [{"field_path": '"at"'}], **changes}
    schema = SCHEMA["google_firestore_index"]["arguments"]
    assert misfit in _misfits({name: value for name, value in said.items() if value}, schema)


def test_what_a_resource_is_asked_for_is_there() -> None:
    for resource, attribute in re.findall(r"\b(google_\w+)\.\w+\.(\w+)", text()):
        known = SCHEMA[resource]
        assert attribute in known["attributes"] or attribute in known["arguments"], f"{resource}.{attribute}"


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
