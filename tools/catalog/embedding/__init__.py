"""Products and queries as vectors: the models that make them, and how they are kept with a catalogue."""
