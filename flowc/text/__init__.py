"""What the author wrote, and what we say about it."""
