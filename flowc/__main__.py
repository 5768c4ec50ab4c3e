"""Lets `python -m flowc` be the program `flowc`."""

from __future__ import annotations

from .cli import main

main()
