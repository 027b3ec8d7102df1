"""What outlives a session: the people a shopper gives to, facts about them, what happened, and what the shopper takes.

Working memory is the brief, in the session. The other three kinds are here (after CoALA, Sumers et al., 2024):
*semantic* facts, *episodic* events, *procedural* habits.
"""
