"""The budget checker: makes the money exact, in code."""
