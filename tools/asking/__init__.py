"""Which question, if any, is worth the shopper's time. Decided in code; a model only words it."""
