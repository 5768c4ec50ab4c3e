"""flowc: a compiler for phone call flows."""

__version__ = "0.1.0"
