"""Sessions kept a turn at a time: the message at once, what follows together, and one turn after the other."""
