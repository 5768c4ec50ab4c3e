"""How many files and connections the system lets a process have open."""

from __future__ import annotations

import contextlib
import resource

MOST_CONNECTIONS = 2000
"""Connections of one process. For one more, the one on which nothing has been asked for longest is closed."""

_OTHERS = 32
"""Descriptors for all else: the loop, the log, programs that are read anew."""

_WANTED = 2 * MOST_CONNECTIONS + _OTHERS


def most_connections() -> int:
    """How many connections may be open at a time: each may ask an outside, which is one more."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(min(MOST_CONNECTIONS, (allowed - _OTHERS) // 2), 1)


def have_more() -> None:
    """Have as many as are wanted, as far as this process may say so: what it is started with is often fewer."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if most == resource.RLIM_INFINITY else min(_WANTED, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
