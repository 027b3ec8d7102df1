"""What makes vectors: chosen by name, each refusal one clear sentence, overload waited out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from google.genai import types

from recsys_agent.settings import DEFAULT_GEMINI_EMBEDDING, Settings
from tests.absent import absent
from tests.fakes.gemini import FakeGemini, error
from tools.catalog.embedding.embedder import build_embedder, unit_rows
from tools.catalog.embedding.gemini import GeminiEmbedder
from tools.errors import EmbeddingError, SettingsError

QUICK = types.HttpRetryOptions(attempts=4, initial_delay=0.01, max_delay=0.02, http_status_codes=[429, 503])


@pytest.mark.parametrize("choice", [None, "", "none"])
def test_none_is_no_embedder(choice: str | None) -> None:
    assert build_embedder(choice) is None


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("word2vec", "give none, gemini:MODEL or fastembed"),
        ("none:x", "give none, gemini:MODEL or fastembed"),
        ("fastembed:/no/such/folder", "there is no folder '/no/such/folder'"),
        ("gemini:embed-fake", "needs a key"),
    ],
)
def test_a_choice_that_cannot_be_used_is_refused_in_one_sentence(choice: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        build_embedder(choice)
    assert "\n" not in str(refused.value)


def test_a_folder_that_is_no_models_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="name the folder as its model"):
        build_embedder(f"fastembed:{tmp_path}")
    (tmp_path / "all-MiniLM-L6-v2").mkdir()
    with pytest.raises(SettingsError, match="fastembed cannot load"):
        build_embedder(f"fastembed:{tmp_path / 'all-MiniLM-L6-v2'}")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastembed", None)
    with pytest.raises(SettingsError, match="pip install fastembed"):
        build_embedder("fastembed")


def test_rows_get_the_length_1_and_a_row_of_zeros_stays() -> None:
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]]))
    assert rows.dtype == np.float32
    assert rows.tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]


def test_a_real_model_finds_what_shares_no_word(shared_data: Path) -> None:
    folder = shared_data / "models" / "all-MiniLM-L6-v2"
    if not folder.is_dir():
        absent("the model all-MiniLM-L6-v2 was not found in the shared data")
    model = build_embedder(f"fastembed:{folder}")
    assert model
    assert model.name == "fastembed:all-MiniLM-L6-v2"
    texts = ["Notebook computer with a 15 inch screen", "Garden shears", "A box of twelve cream biscuits, " * 9]
    vectors = model.embed_documents(texts)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for query, expected in (("laptop", 0), ("pruning tool", 1), ("cookies", 2)):
        assert int(np.argmax(vectors @ model.embed_query(query))) == expected


# -- Gemini, by the real client ------------------------------------------------


@pytest.fixture
def gemini(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGemini]:
    with FakeGemini() as fake:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", fake.url)
        monkeypatch.setenv("GOOGLE_API_KEY", "key")
        yield fake


def test_gemini_embeds_in_batches_and_in_order(gemini: FakeGemini) -> None:
    texts = [f"toy number {n}" for n in range(230)]
    vectors = GeminiEmbedder("embed-fake", retries=QUICK).embed_documents(texts)
    assert [len(one.body["requests"]) for one in gemini.requests] == [100, 100, 30]
    assert vectors.shape == (230, 8)
    assert np.allclose(
        vectors[217], GeminiEmbedder("embed-fake", retries=QUICK).embed_query("toy number 217"), atol=1e-6
    )
    assert gemini.requests[0].body["requests"][0]["taskType"] == "RETRIEVAL_DOCUMENT"
    assert gemini.requests[-1].body["requests"][0]["taskType"] == "RETRIEVAL_QUERY"


def test_gemini_overload_is_waited_out(gemini: FakeGemini) -> None:
    gemini.embedding_failures.extend([error(429), error(503)])
    assert GeminiEmbedder("embed-fake", retries=QUICK).embed_documents(["tea"]).shape == (1, 8)
    assert len(gemini.requests) == 3


def test_gemini_that_stays_down_is_one_sentence(gemini: FakeGemini) -> None:
    gemini.embedding_error = error(503)
    with pytest.raises(EmbeddingError, match=r"gemini:.* could not embed: 503"):
        GeminiEmbedder("embed-fake", retries=QUICK).embed_query("tea")


def test_gemini_may_be_another_model(gemini: FakeGemini) -> None:
    model = build_embedder("gemini:embed-fake")
    assert model
    assert model.name == "gemini:embed-fake"
    model.embed_query("tea")
    assert gemini.requests[0].model == "embed-fake"


def test_gemini_alone_names_no_model_for_the_tools_and_the_default_for_the_agents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SettingsError, match=r"'gemini' names no model to make vectors: give gemini:MODEL"):
        build_embedder("gemini")
    monkeypatch.setenv("RECSYS_EMBEDDER", "gemini")
    assert Settings().embedder == f"gemini:{DEFAULT_GEMINI_EMBEDDING}"
