"""What could go wrong for a caller."""
