"""What the commands that build and fill share: hosts, open documents, tables."""
