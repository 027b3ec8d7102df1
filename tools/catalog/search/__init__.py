"""Finding products by words: the index, the reading of a query, and what a result is worth."""
