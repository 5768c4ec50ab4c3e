"""The text of nginx's configuration. Names put into it have been checked by `nginx.py`."""

from __future__ import annotations

from string import Template

from . import nginx_body

_KEY = "(?:[0-9*#]|%2A|%23){1,32}"
"""Keys in a query: as they are or percent-encoded."""

_FLAT = r"[?&]dtmf(?:(?:\[|%5B)digits(?:\]|%5D)|\.digits)?="
"""A parameter that is the keys: `dtmf=1`, `dtmf[digits]=1`, `dtmf%5Bdigits%5D=1`, `dtmf.digits=1`."""

_NESTED = '[?&]dtmf=[^&]*?(?:%22|\\")digits(?:%22|\\")(?:%20|\\+)*(?::|%3A)(?:%20|\\+)*'
"""A parameter that is JSON text: `dtmf={"digits":"1"}`, percent-encoded or not (reference, input webhook by GET)."""

_FAILURES = "400 403 404 405 408 411 413 500 502 503 504"
"""What may go wrong behind the choice of a location."""

_HASH = """\
# For http { }, once for all sites of flowc. Made by `flowc build`: changes are lost.
# If your http { } has these already, leave this file out and see that yours are no less.
map_hash_bucket_size 512;
map_hash_max_size 262144;
variables_hash_bucket_size 128;
variables_hash_max_size 4096;
"""

_HTTP = Template(r"""# For http { }: $base_url. Made by `flowc build`: changes are lost.

# The body of a webhook, if it is JSON.
map $$request_body $$${tag}_json {
    default "";
    '~$json' $$request_body;
}

# What a webhook says: keys, else a status, `-` (neither), `?` (keys that no caller can press).
map $$${tag}_json $$${tag}_post {
    default "-";
    '~$keys"(?<${tag}_is>[0-9*#]{1,32})"' $$${tag}_is;
    '~$keys"[^"]' "?";
    '~$status"(?<${tag}_is>[a-z_]{1,32})"' $$${tag}_is;
}
map $$request_uri $$${tag}_get {
    default "-";
    "~*$nested(?:%22|\")(?<${tag}_is>$key)(?:%22|\")" $$${tag}_is;
    "~*$nested(?:%22%22|\"\"|null)" "-";
    "~*$nested(?:%22|\")" "?";
    "~*$flat(?<${tag}_is>$key)(?:[&#]|$$)" $$${tag}_is;
    "~*$flat(?:null|%7B|\{|&|$$)" "-";
    "~*$flat" "?";
    "~[?&]status=(?<${tag}_is>[a-z_]{1,32})(?:[&#]|$$)" $$${tag}_is;
}
map $$request_method $$${tag}_key {
    default $$${tag}_get;
    POST $$${tag}_post;
}

# The number that was called.
map $$${tag}_json $$${tag}_to_post {
    default "-";
    '~$to"\+?(?<${tag}_is>[0-9]{1,20})"' $$${tag}_is;
}
map $$request_uri $$${tag}_to_get {
    default "-";
    "~*[?&]to=(?:%2B|\+)?(?<${tag}_is>[0-9]{1,20})(?:[&#]|$$)" $$${tag}_is;
}
map $$request_method $$${tag}_to {
    default $$${tag}_to_get;
    POST $$${tag}_to_post;
}
map $$http_x_flowc_to $$${tag}_answer {
    default "";
    include "$root/nginx/numbers.map";
}

# The table: the path of a wait and a key, and the file that answers.
map "$$uri $$http_x_flowc_key" $$${tag}_file {
    default "";
    include "$root/nginx/flows/*.map";
}
map $$http_x_flowc_key $$${tag}_rest {
    default "?";
    "~^[a-z_]" "-";
}
map "$$uri $$${tag}_rest" $$${tag}_else {
    default "";
    include "$root/nginx/flows/*.map";
}

# nginx as server.conf asks it: with the key in a header.
server {
    listen unix:$socket;
    root "$root/public";
    types { }
    default_type application/json;
    add_header Cache-Control no-store always;
    access_log off;
    error_page $failures @${tag}_failed;

    location / {
        if ($$${tag}_file) {
            rewrite ^ $$${tag}_file last;
        }
        if ($$${tag}_else) {
            rewrite ^ $$${tag}_else last;
        }
        return 200 "[]";
    }
    location = /answer {
        if ($$${tag}_answer) {
            rewrite ^ $$${tag}_answer last;
        }
        return 404;
    }
    location ~ \.json$$ {
    }
    location @${tag}_failed {
        return 500 "[]";
    }
}
""")

_SERVER = Template(r"""# For server { }: $base_url. Made by `flowc build`: changes are lost.

location $prefix {
    if ($$request_method !~ ^(?:GET|HEAD|POST)$$) {
        return 405;
    }
    error_page $failures @${tag}_failed;
    client_max_body_size 64k;
    client_body_buffer_size 64k;
    client_body_in_single_buffer on;
    proxy_request_buffering on;
    proxy_cache off;
    proxy_intercept_errors off;
    proxy_method GET;
    proxy_pass_request_headers off;
    proxy_pass_request_body off;
    proxy_set_header X-Flowc-Key $$${tag}_key;
    proxy_set_header X-Flowc-To $$${tag}_to;
    proxy_pass http://unix:$socket:/;
}

# What the platform tells of a call.
location = ${prefix}events {
    if ($$request_method !~ ^(?:GET|HEAD|POST)$$) {
        return 405;
    }
    error_page $failures @${tag}_failed;
    client_max_body_size 64k;
    default_type application/json;
    add_header Cache-Control no-store always;
    return 200 "[]";
}

# A failure keeps its status, by which the platform knows it; nginx's own page about it would be HTML.
location @${tag}_failed {
    types { }
    default_type application/json;
    add_header Cache-Control no-store always;
    return 500 "[]";
}
""")


def hash_sizes() -> str:
    """Room for names of any length and for a quarter of a million lines; past that nginx warns, and works."""
    return _HASH


def http(tag: str, root: str, socket: str, base_url: str) -> str:
    """What goes into `http { }`: the tables, and the server behind the socket."""
    query = {"nested": _NESTED, "flat": _FLAT, "key": _KEY}
    body = {"json": nginx_body.json(), "keys": nginx_body.keys()}
    members = {name: nginx_body.member(name) for name in ("status", "to")}
    site = {"tag": tag, "root": root, "socket": socket, "base_url": base_url, "failures": _FAILURES}
    return _HTTP.substitute(query | body | members | site)


def server(tag: str, prefix: str, socket: str, base_url: str) -> str:
    """What goes into `server { }`: the paths of the site, handed on with the key in a header."""
    return _SERVER.substitute(tag=tag, prefix=prefix, socket=socket, base_url=base_url, failures=_FAILURES)
