"""What ADK takes apart for spans, it takes apart only where somebody will see them."""

from __future__ import annotations

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

from recsys_agent import turns


@pytest.mark.parametrize(
    ("provider", "form"),
    [(trace.ProxyTracerProvider(), "stable"), (trace.NoOpTracerProvider(), "stable"), (TracerProvider(), None)],
)
def test_the_full_form_is_made_only_for_spans_that_go_somewhere(
    provider: trace.TracerProvider, form: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    assert turns._telemetry().genai_semconv_stability_opt_in == form
