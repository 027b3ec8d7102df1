"""The keyless stand-in: a deterministic substitute for the language model, one file per agent it plays.

It reads what a model would read and returns the same function calls and texts. It is no language model and says so.
"""
