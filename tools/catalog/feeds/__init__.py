"""Feed files, read as they stream: unpacked, their format told by their content, then rows with the line each began on.

A new format is one function from an `Unpacked` stream to a `Feed`, chosen in `opening`. What a shop system calls its
columns is no matter of the format: see `tools.catalog.dialects`.
"""
