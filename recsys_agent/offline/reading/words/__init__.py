"""The lexicons: words as data, no logic."""
