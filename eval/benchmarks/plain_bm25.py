"""Plain BM25 over one text field, English stems, any word may match: what every search has to beat."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import Occur, Query

from tools.catalog.search.index import ANALYZER, register_analyzer
from tools.lexicon.stems import stems


class PlainBM25:
    """An index in memory of ``(id, text)`` pairs, with tantivy's k1 = 1.2 and b = 0.75."""

    def __init__(self, documents: Iterable[tuple[str, str]]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name=ANALYZER)
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        register_analyzer(index)
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        for document_id, text in documents:
            writer.add_document(tantivy.Document(id=document_id, text=text))
        writer.commit()
        index.reload()
        self._searcher = index.searcher()

    def search(self, query: str, limit: int) -> list[str]:
        """The ids of the best documents for the words of ``query``."""
        terms = [(Occur.Should, Query.term_query(self._schema, "text", stem)) for stem in stems(query)]
        hits = self._searcher.search(Query.boolean_query(terms), limit, count=False).hits
        return [self._searcher.doc(address)["id"][0] for _, address in hits]
