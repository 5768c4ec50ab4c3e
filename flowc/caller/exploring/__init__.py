"""Every way through a program: calls, coverage, differences."""
