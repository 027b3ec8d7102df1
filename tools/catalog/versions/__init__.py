"""How a catalogue is kept, changed while it serves, and read by a running server."""
