"""What `python -m tools.catalog` can do, a file for each kind of command."""
