"""The shop's catalogue: feeds in, an index on disk, search."""
