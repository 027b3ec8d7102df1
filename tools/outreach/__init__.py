"""Messages to shoppers who did not ask just now: what happened, whether it is worth a message, what it is about."""
