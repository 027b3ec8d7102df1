"""`python -m eval.hands_on`: the notebook `hands_on.ipynb` without Jupyter; every cell is printed, then run.

Cells run in one namespace, and may `await` at their top level, as in a notebook. Raises what a cell raises.
"""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.syntax import Syntax

NOTEBOOK = Path(__file__).with_name("hands_on.ipynb")


def cells(notebook: Path = NOTEBOOK) -> list[tuple[str, str]]:
    """(kind, text) of each cell; kinds are "markdown" and "code"."""
    read = json.loads(notebook.read_text("utf-8"))
    return [(cell["cell_type"], "".join(cell["source"])) for cell in read["cells"]]


async def run_cell(code: str, namespace: dict[str, Any], name: str = "<cell>") -> None:
    """Runs one code cell in the namespace; the value of a last expression is printed, as a notebook shows it."""
    tree = ast.parse(code, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    await _run(compile(tree, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), namespace)
    if isinstance(last, ast.Expr):
        code_of_last = compile(ast.Expression(last.value), name, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if (value := await _run(code_of_last, namespace)) is not None:
            print(value)


async def _run(code: Any, namespace: dict[str, Any]) -> Any:
    value = eval(code, namespace)
    return await value if inspect.isawaitable(value) else value


async def run_all(console: Console | None = None) -> dict[str, Any]:
    """Runs the notebook, printing its cells where there is a console; returns the namespace it leaves."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for number, (kind, text) in enumerate(cells()):
        if console:
            console.print(Markdown(text) if kind == "markdown" else Syntax(text, "python"), "")
        if kind == "code":
            await run_cell(text, namespace, f"<cell {number}>")
    return namespace


if __name__ == "__main__":
    asyncio.run(run_all(Console()))
    sys.exit(0)
