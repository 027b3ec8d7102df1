"""A function of ours as a tool of ADK, looked at once: ADK itself reads its signature anew for every model call."""

from __future__ import annotations

from functools import cached_property

from google.adk.tools import FunctionTool
from google.genai.types import FunctionDeclaration


class ShopperTool(FunctionTool):
    """What a model is told of the function never changes, so it is made once; a caller may rename its own copy."""

    @cached_property
    def _declared(self) -> FunctionDeclaration | None:
        return super()._get_declaration()

    def _get_declaration(self) -> FunctionDeclaration | None:
        return self._declared and self._declared.model_copy()
