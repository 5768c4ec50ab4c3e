"""Expressions and the texts that hold them: what they may read, and what they come to at build."""
