"""The flows that are measured: 200 lines each, 14 menus, which unroll to 85 documents."""

from __future__ import annotations

from pathlib import Path

MENUS = 14
LINES = 200
DOCUMENTS = 85

_TOPICS = (
    "orders", "returns", "billing", "delivery", "accounts", "opening hours", "directions", "vouchers", "repairs",
    "complaints", "press", "jobs", "wholesale", "gift cards",
)  # fmt: skip


def flow(number: int, *, faulty: bool = False) -> str:
    """The text of a flow; `number` makes it unlike the others. A faulty one has a step that nothing leads to."""
    lines = [
        f"# Flow {number} of a made-up department store.",
        f"flow: store-{number}",
        f"title: Department store {number}",
        "voice: {language: en-GB, style: 2}",
        "failure: {talk: Something went wrong on our side. Please call again.}",
        "",
        "steps:",
    ]
    for menu in range(MENUS):
        lines += _menu(number, menu)
    lines += [
        "  operator:",
        f"    - talk: Connecting you to somebody at counter {number}.",
        f"    - connect: {{phone: 447700900{number % 1000:03}, from: 447700900001, timeout: 20}}",
    ]
    if faulty:
        lines += ["  nowhere:", "    - talk: Nobody hears this."]
    return "\n".join([*lines, *["# end"] * (LINES - len(lines))]) + "\n"


def _menu(number: int, menu: int) -> list[str]:
    topic, deeper = _TOPICS[menu], _TOPICS[(menu + 1) % MENUS]
    onward = f"menu-{menu + 1}" if menu + 1 < MENUS else "operator"
    return [
        f"  menu-{menu}:",
        "    menu:",
        "      prompt: >-",
        f"        You are in {topic} of store {number}. For {deeper}, press 1. For a person, press 2.",
        "        For our address, press 3. To hear this again, press star.",
        "      options:",
        f"        1: {onward}",
        "        2: operator",
        f"        3: {{talk: We are at {number} Market Street. Goodbye.}}",
        f'        "*": menu-{menu}',
        "      noInput: Sorry, I did not hear anything.",
        "      noMatch: Sorry, that is not one of the choices.",
        "      otherwise: operator",
    ]


def write(folder: Path, count: int, *, faulty: bool = False) -> list[Path]:
    """Write flows into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"store-{number}.flow.yml" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(flow(number, faulty=faulty))
    return paths
