"""`python -m recsys_agent explain`: where a turn's time, tokens and decisions went, read from the session's events."""
