"""The preference elicitor: asks only what would change the shortlist."""
