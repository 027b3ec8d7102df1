"""What a shop's feed becomes: rows mapped, cleaned, priced, judged, grouped into products, written as a catalogue."""
