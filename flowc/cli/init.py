"""`flowc init`: makes a project that builds, and whose calls pass."""

from __future__ import annotations

import json
import os

import click

from ..text.diagnostics import Diagnostic
from ..workspace import disk
from . import CLEAN, ERRORS
from .output import print_text, report

PROJECT = """\
# yaml-language-server: $schema=schemas/project.schema.json
flows: flows/**/*.flow.yml
sites:
  local: {target: nginx, base_url: "https://ivr.example.com"}
"""

HELLO = """\
# yaml-language-server: $schema=../schemas/flow.schema.json
flow: hello
voice: {language: en-GB}
failure: {talk: Something went wrong on our side. Please call again.}

steps:
  welcome:
    menu:
      prompt: Thank you for calling. For our opening hours, press 1. To leave a message, press 2.
      options:
        1: hours
        2: voicemail
      noInput: Sorry, I did not hear anything.
      noMatch: Sorry, that is not one of the choices.
      otherwise: voicemail

  hours:
    - talk: We are here from nine to five, Monday to Friday. Goodbye.

  voicemail:
    - talk: Please leave a message after the tone.
    - record: {beepStart: true, endOnSilence: 3, timeOut: 120}
    - talk: Thank you. Goodbye.
"""

CALLS = """\
# yaml-language-server: $schema=../schemas/calls.schema.json
flow: hello
calls:
  - name: a caller hears the opening hours
    steps:
      - hears: Thank you for calling
      - presses: 1
      - hears: from nine to five
      - ended

  - name: a caller leaves a message
    steps:
      - presses: 2
      - hears: Please leave a message
      - records: 10
      - hears: Thank you. Goodbye.
      - ended

  - name: a caller who never finds the key may leave a message all the same
    steps:
      - waits
      - hears: Sorry, I did not hear anything
      - presses: 7
      - hears: Sorry, that is not one of the choices
      - waits
      - hears: Please leave a message
      - hangs up
"""

IGNORE = """\
.flowc/
build/
"""


@click.command()
@click.argument("folder", metavar="DIR")
def init(folder: str) -> int:
    """Make a project that builds.

    A project file, a flow, calls that test it, and the schemas with which an editor completes all three.

    Files that are there already are left as they are.
    """
    try:
        lines = [_made(folder, path, text) for path, text in _files().items()]
    except OSError as error:
        report([_refused(error, folder)], [])
        return ERRORS
    enter = "" if os.path.samefile(folder, ".") else f"cd {folder} && "
    print_text("".join(f"{line}\n" for line in [*lines, "", f"now: {enter}flowc test && flowc build"]))
    return CLEAN


def _files() -> dict[str, str]:
    return {
        "flowc.yml": PROJECT,
        "flows/hello.flow.yml": HELLO,
        "flows/hello.calls.yml": CALLS,
        "schemas/calls.schema.json": _schema("calls"),
        "schemas/flow.schema.json": _schema("flow"),
        "schemas/project.schema.json": _schema("project"),
        ".gitignore": IGNORE,
    }


def _schema(name: str) -> str:
    from ..language.schema.published import published

    return json.dumps(published(name), indent=2, ensure_ascii=False) + "\n"


def _made(folder: str, path: str, text: str) -> str:
    """Write a file that is not there; what was done, as a line."""
    whole = os.path.join(folder, path)
    os.makedirs(os.path.dirname(whole), exist_ok=True)
    try:
        with open(whole, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return f"kept  {whole}"
    return f"made  {whole}"


def _refused(error: OSError, folder: str) -> Diagnostic:
    if isinstance(error, FileExistsError | NotADirectoryError):
        message = f"`{error.filename or folder}` is there, and is no folder"
        return disk.told(disk.OUT_NOT_A_FOLDER, folder, message, "name another folder")
    return disk.refusal(error, folder)
