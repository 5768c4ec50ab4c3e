"""Rehearsed calls: read, played, and judged by what their author says."""
