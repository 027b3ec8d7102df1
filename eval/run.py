"""`make eval`: runs the ADK eval set keyless through `adk eval`, and fails on a regression."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from eval.keyless import keyless_environment

HERE = Path(__file__).resolve().parent
SET = HERE / "sets" / "birthday.evalset.json"
CONFIG = HERE / "test_config.json"
SUMMARY = re.compile(r"Tests passed: (\d+)\s+Tests failed: (\d+)")

CASE = re.compile(r"^\*{20,}$", re.MULTILINE)


def main() -> int:
    """Runs `adk eval`; prints its verdict, and its details when a case failed. Returns the exit status."""
    console = Console()
    adk = [sys.executable, "-m", "google.adk.cli", "eval", str(HERE.parent / "recsys_agent"), str(SET)]
    options = ["--config_file_path", str(CONFIG), "--print_detailed_results", "--log_level", "ERROR"]
    with console.status("Running the eval set …"):
        run = subprocess.run(
            [*adk, *options], cwd=HERE.parent, env=keyless_environment(), capture_output=True, text=True, check=False
        )
    counted = SUMMARY.search(run.stdout)
    if run.returncode or counted is None:
        failed_cases = [case for case in CASE.split(run.stdout) if "Status: FAILED" in case]
        console.print("\n".join(failed_cases) or run.stdout, markup=False, highlight=False)
        console.print(run.stderr[-4000:], markup=False, highlight=False)
    if counted:
        passed, failed = counted.groups()
        console.print(f"Eval set: {passed} passed, {failed} failed", style="red" if run.returncode else "green")
    return run.returncode or (0 if counted else 1)


if __name__ == "__main__":
    sys.exit(main())
