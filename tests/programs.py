"""Programs made by hand: what a compiler may hand to a host."""

from __future__ import annotations

from flowc.program.program import Action, Document, Failure, Program, Wait


def talk(text: str) -> Action:
    return {"action": "talk", "text": text}


def asks(**fields: object) -> Action:
    return {"action": "input", "type": ["dtmf"], **fields}


def connects(number: str, **fields: object) -> Action:
    endpoint = {"type": "phone", "number": number, **fields}
    return {"action": "connect", "endpoint": [endpoint], "eventType": "synchronous"}


def again(wait: str, attempts: int, otherwise: str) -> tuple[dict[str, Document], tuple[Failure, ...]]:
    """The documents of the attempts after the first, and the failures that lead to them."""
    documents = {}
    failures = []
    for n in range(2, attempts + 1):
        documents[f"{wait}~{n}-noInput"] = Document((talk(f"Nothing heard, {n}."),), asks=wait, attempt=n)
        documents[f"{wait}~{n}-noMatch"] = Document((talk(f"No such choice, {n}."),), asks=wait, attempt=n)
        failures.append(Failure(f"{wait}~{n}-noInput", f"{wait}~{n}-noMatch"))
    return documents, (*failures, Failure(otherwise, otherwise))


def acme() -> Program:
    """A menu with three attempts and every kind of key, an input, a connect with outcomes, a whisper, a failure."""
    menu_again, menu_failures = again("main", 3, "operator")
    silent = {"code~2-noInput": Document((talk("Nothing heard."),), asks="code", attempt=2)}
    code_failures = (Failure("code~2-noInput", "code.2"), Failure("operator", "code.2"))
    exits = {"1": "sales", "2": "code", "12": "sales", "*": "main", "#": "bye", "*1#": "sales.busy", "0*": "bye"}
    return Program(
        "acme",
        "main",
        {
            "main": Document((talk("Thank you for calling ACME."),), asks="main"),
            **menu_again,
            "sales": Document((talk("Connecting you to sales."),), asks="sales"),
            "sales.onAnswer": Document((talk("A call from the menu."),)),
            "sales.busy": Document((talk("They are all talking."),), goes_on="operator"),
            "sales.otherwise": Document((), goes_on="operator"),
            "code": Document((), asks="code"),
            **silent,
            "code.2": Document((talk("Thank you: “ÄÖÜ” \U0001f600"),), goes_on="bye"),
            "operator": Document(
                (
                    talk("An operator will be with you."),
                    {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900199"}]},
                )
            ),
            "bye": Document(),
            "failure": Document((talk("Something went wrong on our side."),)),
        },
        {
            "main": Wait("answer", (talk("Press 1, 2, star or hash."), asks()), exits, failures=menu_failures),
            "code": Wait("answer", (talk("Your code?"), asks()), {"0": "main"}, "code.2", code_failures),
            "sales": Wait(
                "outcome",
                (connects("447700900100", onAnswer={"url": "sales.onAnswer"}),),
                {"busy": "sales.busy", "timeout": "sales.otherwise", "unanswered": "sales.otherwise"},
            ),
        },
        "failure",
    )


def shop() -> Program:
    """A second, small flow, with names that are long and in capitals."""
    name = "Where-is-my-order-" + "x" * 60
    _, failures = again(name, 1, "Bye")
    return Program(
        "Shop-" + "y" * 50,
        name,
        {
            name: Document((talk("Shop."),), asks=name),
            "Bye": Document((talk("Goodbye."),)),
            "order.press1": Document((talk("It is " + "very " * 12_900 + "late."),), goes_on="Bye"),
        },
        {name: Wait("answer", (talk("Press 1."), asks()), {"1": "order.press1"}, failures=failures)},
    )
