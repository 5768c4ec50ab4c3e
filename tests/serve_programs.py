"""Programs that remember, choose and ask, made by hand: what only a server can answer."""

from __future__ import annotations

from flowc.program.program import Action, Document, Failure, Fill, Program, Request, Set, Wait, Way
from flowc.program.values import Template
from tests.programs import connects, talk


def text(path: tuple[str | int, ...], *parts: object, **more: object) -> Fill:
    """A leaf that holds values."""
    return Fill(path, Template(tuple(_part(each) for each in parts)), **more)  # type: ignore[arg-type]


def path(*names: str) -> tuple[str, ...]:
    """An expression that reads a name."""
    return ("path", *names)


def _part(part: object) -> object:
    return part


def bank(crm: str) -> Program:
    """Asks for a code (sensitive), looks its owner up at a server, tells the balance, connects with a whisper."""
    failures = (Failure("code~2-noInput", "code~2-noMatch"), Failure("bye", "bye"))
    asks: Action = {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 4}}
    return Program(
        "bank",
        "main",
        {
            "main": Document(
                (talk(""),), asks="code", fills=(text((0, "text"), "Hello, ", path("call", "from"), "."),)
            ),
            "code~2-noInput": Document((talk("Nothing heard."),), asks="code", attempt=2),
            "code~2-noMatch": Document((talk("No such code."),), asks="code", attempt=2),
            "code.2": Document(
                requests=Request(
                    "GET",
                    {"url": "", "headers": {"Authorization": ""}},
                    (
                        text((0, "url"), f"{crm}/owners/", path("vars", "code"), into="url"),
                        text((0, "headers", "Authorization"), "Bearer ", path("params", "crm_key")),
                    ),
                    2.0,
                    {"type": "object", "required": ["name", "tier"]},
                    ("owner",),
                    {"404": "code.wrong"},
                    "unknown",
                ),
                goes_on="code.3",
            ),
            "code.wrong": Document(fails="code"),
            "code.3": Document(
                sets=(Set(("greeting",), Template(("Dear ", path("vars", "owner", "name")))),),
                chooses=(Way(("compare", path("vars", "owner", "tier"), "==", ("lit", "gold")), "gold"),),
                goes_on="plain",
            ),
            "gold": Document(
                (talk(""),),
                asks="gold",
                fills=(text((0, "text"), path("vars", "greeting"), ", you come first."),),
            ),
            "plain": Document((talk(""),), goes_on="bye", fills=(text((0, "text"), path("vars", "greeting"), "."),)),
            "gold.onAnswer": Document((talk(""),), fills=(text((0, "text"), "This is ", path("vars", "greeting")),)),
            "gold.otherwise": Document((talk("Nobody is free."),), goes_on="later"),
            "later": Document((talk("One moment."),), goes_on="later.2"),
            "later.2": Document(
                requests=Request(
                    "POST",
                    {"url": f"{crm}/later", "json": {"from": ""}},
                    (text((0, "json", "from"), path("call", "from")),),
                    2.0,
                    None,
                    (),
                    {},
                    "bye",
                ),
                goes_on="bye",
            ),
            "unknown": Document((talk("We cannot look you up."),)),
            "bye": Document((talk("Goodbye."),)),
            "failure": Document((talk("Something went wrong on our side."),)),
        },
        {
            "code": Wait(
                "answer",
                (talk("Your code?"), asks),
                {"0": "bye"},
                "code.2",
                failures,
                pattern="[0-9]{4}",
                save=("code",),
                sensitive=True,
                retried=True,
            ),
            "gold": Wait(
                "outcome",
                (connects("447700900100", onAnswer={"url": "gold.onAnswer"}),),
                {"busy": "gold.otherwise", "failed": "gold.otherwise"},
            ),
        },
        "failure",
        keeps=("from",),
        secrets=("crm_key",),
    )


def notes() -> Program:
    """Remembers what is keyed in, more and more of it, until it hears a star."""
    asks: Action = {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 20}}
    joined = Template(
        (
            path("vars", "all"),
            ("~", path("vars", "last"), ("lit", ",")),
        )
    )
    return Program(
        "notes",
        "main",
        {
            "main": Document((talk("Notes."),), asks="note"),
            "note.2": Document(sets=(Set(("all",), joined),), goes_on="main"),
            "end": Document((talk(""),), fills=(text((0, "text"), "You said ", path("vars", "all")),)),
            "bye": Document((talk("Goodbye."),)),
        },
        {"note": Wait("answer", (asks,), {"*": "end"}, "note.2", (Failure("bye", "bye"),), save=("last",))},
    )
