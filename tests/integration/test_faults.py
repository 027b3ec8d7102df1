"""Two of the faults of `python -m eval.faults`, the quick ones that no other test injects into a whole server."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.faults.faults import in_folder
from eval.faults.models import model_malformed
from eval.faults.seen import Fault
from eval.faults.stores import disk_full


@pytest.mark.parametrize("fault", [disk_full, model_malformed], ids=lambda fault: fault.__name__)
def test_a_fault_loses_nothing_and_is_told_as_promised(fault: Fault, tmp_path: Path) -> None:
    seen = in_folder(fault, tmp_path)
    assert seen.is_as_promised, seen.saw
    assert seen.lost == 0
