"""Domain objects to bytes and back, without sockets or files."""
