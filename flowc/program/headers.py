"""Headers of a request that follow from how it is sent: a flow has no say in them, and the host writes them."""

from __future__ import annotations

OURS = frozenset({"accept-encoding", "connection", "content-length", "host", "transfer-encoding"})
"""Those that are written with each request."""

NEVER = frozenset({"expect", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"})
"""Those that agree on something between two requests, or before the end of one: each is sent alone, and at once."""
