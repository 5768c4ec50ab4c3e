"""A server of the outside on a loopback port: what answers is a handler of the standard library."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler], over: Callable[[], None] = lambda: None) -> Iterator[str]:
    """The URL of a server with that handler; `over` is called before it ends, for those who are still waiting."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        over()
        server.shutdown()
        server.server_close()
        thread.join(10)
