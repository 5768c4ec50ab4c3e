"""Benchmarks: ratios taken in one run. See README.md beside this file."""
