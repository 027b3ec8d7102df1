"""Gemini as the reader of product texts, for `tools.catalog.aspects.enrichment`."""
