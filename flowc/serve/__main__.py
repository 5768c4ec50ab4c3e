"""`python -m flowc.serve`: serves the programs that the environment names, in processes of its own."""

from __future__ import annotations

import argparse
import sys

from . import ServeError, app
from .listener import listen, run


def main() -> int:
    """Serve, and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m flowc.serve", description=app.__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen at (8000)")
    parser.add_argument("--workers", type=int, default=1, help="how many processes (1)")
    asked = parser.parse_args()
    try:
        run(app, listen(asked.host, asked.port), max(asked.workers, 1))
    except (ServeError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
