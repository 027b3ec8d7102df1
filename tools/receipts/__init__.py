"""The account of a reply: its evidence, the claims a text makes, the check of one against the other, and a template."""
