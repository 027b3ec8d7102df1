"""What must not get in: commands in place of wishes, and private data that nobody needs to keep."""
