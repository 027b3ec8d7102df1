"""What surrounds every turn, whichever agent speaks."""
