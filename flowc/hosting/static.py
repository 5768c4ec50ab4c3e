"""Any file host: the same file for every caller. Nothing can be chosen there, and no header can be set."""

from __future__ import annotations

from .host import Host, Site, Tree, documents


def _site(site: Site) -> Tree:
    return {}


def _notes(site: Site) -> tuple[str, ...]:
    return (
        f"publish {site.root}/public as {site.base_url}",
        "the host must answer a GET with the file, sent as `Content-Type: application/json`",
        "and `Cache-Control: no-store`",
    )


STATIC = Host("static", frozenset({"file"}), documents, _site, _notes)
