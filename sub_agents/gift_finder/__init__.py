"""The gift finder: looks into the catalogue from several sides at once."""
