"""The birthday planner as ADK sees it: this folder is the app.

ADK may execute this file as a module of another name and without the project root on the path (`adk eval` does), so
the root is put there before the absolute import. `agent` is imported when it is asked for: a wrong setting can then be
reported by whoever asks, and a test of the stand-in need not build the whole app.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

if (_root := str(Path(__file__).resolve().parent.parent)) not in sys.path:
    sys.path.insert(0, _root)


def __getattr__(name: str) -> Any:
    if name == "agent":
        return importlib.import_module("recsys_agent.agent")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
