"""`make demo`: builds an example for nginx, starts an nginx with it, calls it, and walks through all its answers."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Connects, Presses, Waits
from flowc.caller.platform.transcript import lines
from flowc.caller.walk import walk
from flowc.caller.web import fetch
from flowc.program.codec import decode
from tests import nginx

FLOW = "flows/acme/acme.flow.yml"
SCRIPT = (Presses("9"), Waits(), Presses("1"), Connects("busy"))
"""What happens in the call: a wrong key, no key, sales, and nobody there."""


def main() -> int:
    """The demonstration; 1 if a webhook was answered with another document than the program names."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), nginx.free_port()
        folder.chmod(0o755)  # nginx, started by root, serves as another user
        base_url = f"http://127.0.0.1:{port}"
        build(base_url, folder / "site")
        made = folder / "site" / "nginx"
        conf = nginx.write_conf(folder / "run", port, [made / "hash.conf", made / "http.conf"], [made / "server.conf"])
        with nginx.running(conf, port):
            return show(folder / "site", base_url)


def build(base_url: str, out: Path) -> None:
    """Build the example, as an author would."""
    command = ["build", FLOW, "--target", "nginx", "--base-url", base_url, "--out", str(out)]
    print("$ flowc", *command, flush=True)
    subprocess.run([sys.executable, "-m", "flowc", *command], check=True)


def show(site: Path, base_url: str) -> int:
    """Print a call, and what came of asking everything that a caller can."""
    program = decode(json.loads((site / "program" / "acme.program.json").read_bytes()))
    url = f"{base_url}/{program.flow}/{program.start}.json"
    print(f"\na call to {url}, answered by nginx:")
    for line in lines(play(Hosted(Setup(url, event_url=f"{base_url}/events")), SCRIPT)):
        print(f"  {line}")
    steps = list(walk(program, base_url, fetch))
    wrong = [each for each in steps if each.wrong]
    for each in wrong:
        print(f"  {each.request.method} {each.request.url}: {each.wrong}", file=sys.stderr)
    waits = len({each.wait for each in steps if each.wait})
    print(f"\n{len(steps)} requests at {waits} waits: {len(steps) - len(wrong)} answered as the program says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
