"""`flowc render --data`: a document for each row, exactly as strict as a document by itself."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_hostile_text import naughty

from flowc.language.reading.params import Param, declared
from flowc.text import yaml
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source
from flowc.workspace import campaign as campaigns
from flowc.workspace.blank import Blank
from flowc.workspace.campaign import Campaign
from flowc.workspace.outlet import Stream
from flowc.workspace.remarks import SHOWN
from flowc.workspace.tables import Wanted, opened
from flowc.workspace.templates import render

ROOT = Path(__file__).parent.parent

PARAMS = """\
flow: each
params:
  name: {type: text}
  nick: {type: text, default: you}
  due: {type: number}
  left: {type: integer, default: 3}
  urgent: {type: boolean, default: false}
  desk: {type: phone}
  page: {type: url, default: "https://example.com/page"}
  tone: {type: choice, choices: [calm, loud], default: calm}
  items: {type: list, default: [a, b]}
steps: {main: [{talk: Hello.}]}
"""
GOOD = {"name": "Ada", "due": "12.50", "desk": "447700900100"}
NAMES = ("name", "nick", "due", "left", "urgent", "desk", "page", "tone", "items")

TEMPLATES: dict[str, list[dict[str, object]]] = {
    "plain": [
        {"action": "talk", "text": "Hello {{ params.name }}, {{ params.nick }}."},
        {"action": "connect", "endpoint": [{"type": "phone", "number": "{{ params.desk }}"}], "timeout": 20},
    ],
    "whole": [
        {"action": "talk", "text": "{{ params.name }}"},
        {"action": "talk", "text": "{{ params.nick }}{{ params.name }}", "loop": "{{ params.left }}"},
        {"action": "talk", "text": " {{ params.name }}<speak", "bargeIn": "{{ params.urgent }}"},
        {"action": "talk", "text": "Bye."},
    ],
    "ssml": [
        {
            "action": "talk",
            "text": "<speak>{{ params.name }} <sub alias='{{ params.nick }}'>x</sub> <break time=\"1s\"/>"
            "{{ params.due | number }} {{ params.desk | phone }} it's {{ params.tone }}</speak>",
        },
        {"action": "talk", "text": "<speak><p {{ params.name }}>{{ params.nick }}</p></speak>"},
    ],
    "tags": [
        {"action": "talk", "text": "<speak><p a='>' {{ params.name }}>x</p></speak>"},
        {"action": "talk", "text": "<speak><p a='>{{ params.nick }}'>x</p>{{ params.name }}</speak>"},
    ],
    "url": [
        {"action": "stream", "streamUrl": ["{{ params.page }}/a.mp3?x={{ params.name }}"]},
        {
            "action": "input",
            "type": ["dtmf"],
            "dtmf": {"maxDigits": "{{ params.left }}"},
            "eventUrl": ["https://example.com/{{ params.name }}/{{ params.nick }}?q={{ params.due }}"],
        },
    ],
    "pattern": [
        {"action": "stream", "streamUrl": ["{{ params.name }}"]},
        {"action": "stream", "streamUrl": ["http{{ params.nick }}://a.example.com/{{ params.name }}"]},
        {"action": "connect", "endpoint": [{"type": "phone", "number": "{{ params.name }}{{ params.nick }}"}]},
    ],
    "free": [
        {
            "action": "notify",
            "payload": {"id": "{{ params.name }}", "list": ["{{ params.items }}"], "n": "{{ params.due }}", "%s": "%d"},
            "eventUrl": ["https://example.com/events"],
        },
        {
            "action": "connect",
            "endpoint": [
                {"type": "websocket", "uri": "wss://example.com/{{ params.nick }}",
                 "headers": {"who": "{{ params.name }}"},
                 "content-type": "audio/l16;rate=16000"}
            ],
        },
    ],
    "fields": [
        {"action": "talk", "text": "Hi.", "language": "{{ params.name }}", "style": "{{ params.left }}"},
        {"action": "record", "split": "{{ params.nick }}", "channels": "{{ params.left }}",
         "format": "{{ params.tone }}"},
        {"action": "connect", "endpoint": [{"type": "sip", "uri": "sip:{{ params.nick }}@example.com",
         "headers": {"a": "{{ params.name }}"}}], "from": "{{ params.desk }}"},
    ],
    "calculated": [
        {
            "action": "talk",
            "text": "{{ params.due | money('GBP') }} {{ params.left + 1 }} {{ params.items | join(', ') | upper }}"
            " {{ 'now' if params.urgent else params.name | trim }} {{ params.nick | default('x') | spell }}"
            " {{ '\"{{' }}",
        },
        {"action": "talk", "text": "{{ 'soon' if params.left > 2 else '' }}"},
    ],
    "kinds": [
        {"action": "{{ params.nick }}", "text": "a"},
        {"action": "connect", "endpoint": [{"type": "{{ params.name }}", "number": "447700900100"}]},
    ],
}  # fmt: skip

HOSTILE = [
    "0\x1f",
    'x"},{"action":"connect"', "</speak><audio src='https://evil.example/'/>", "{{ params.secret }}", "../admin?x=",
    "a\x00b", "\x07", "\u2028", "\x85", "\ufeff", "\ufffe", "\ud800", "\udc80", "\\", "\\u0001", '\\"', "'", '"', "%s",
    "%(a)s", "{", "}", "<speak>", "<speak>hi</speak>", "<", " <", "&", "&amp;", " ", "\t", "\n", "a\r\nb", "true", "1",
    "020", "1e3", "-0", "1.0", "+447700900100", "+44 7700-900100", "00447700900100", "447700900100", "https://a.example/",
    "http://localhost/x y", "wss://x", "s", "a,b", "[1, 2]", "[", "calm", "loud", "phone", "sip", "talk", "é", "😀",
    "x" * 201, "y" * 1501, "z" * 6001, "\ue0000\ue001", "\ue000=0\ue001", "conversation", "en-GB", "mp3", "wait",
]  # fmt: skip

HEAD_SIGNS = [b"Ada", b'"Ada"', b"447700900100", b'{"name": "Ada", ', b'"desk": 447700900100}', b"\r\n", b'""', b",,"]

cells = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=12),
    st.text(st.characters(codec="utf-8", categories=["L", "Nd", "Zs", "Po"]), max_size=30),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.from_regex(r"\A\+?[0-9]{6,16}\Z"),
)
rows = st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, cells)), min_size=1, max_size=6)


def params() -> dict[str, Param]:
    document = yaml.read(Source("each.flow.yml", PARAMS), lambda _: None)
    assert document is not None
    return declared(document, lambda _: None)


def alone(document: Blank, values: Mapping[str, object]) -> str | None:
    """What rendering a single document makes of a row."""
    said: list[Diagnostic] = []
    text = render(document.source, document.owner, [*document.layers, ("the row", values)], said.append)
    return None if text is None else json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def run(document: Blank, data: bytes, kind: str = "csv", key: str | None = "id") -> tuple[list[str], Campaign]:
    """The lines that a campaign writes, and the campaign."""
    found: list[Diagnostic] = []
    known = {name: param.type for name, param in document.params().items()}
    table = opened("people", io.BytesIO(data), kind, Wanted(known, (), key, ("other",)), found)
    assert table is not None, [each.message for each in found]
    out = io.StringIO()
    campaign = Campaign(document, table, "people", Stream(out), key, skips=True)
    campaign.run(None)
    return out.getvalue().split("\n")[:-1], campaign


def as_csv(columns: Sequence[str], values: Sequence[Mapping[str, str]], *, quotes: bool) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if quotes else csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[row.get(name, "") for name in columns] for row in values])
    return out.getvalue().encode("utf-8", "surrogatepass")


def document(name: str, *, typed: bool, layers: Mapping[str, object] = {}) -> Blank:
    source = Source(f"{name}.ncco.tmpl.json", json.dumps(TEMPLATES[name], ensure_ascii=False))
    bound = [("`--param`", layers)]
    return Blank(source, params() if typed else None, bound)


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "untyped"])
@pytest.mark.parametrize("name", TEMPLATES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=rows, quotes=st.booleans())
@example(values=[dict.fromkeys(NAMES, each) for each in HOSTILE], quotes=False)
@example(values=[{**GOOD, name: each} for name in NAMES for each in HOSTILE], quotes=False)
def test_a_row_is_what_it_is_by_itself(
    name: str, typed: bool, values: list[dict[str, str]], quotes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaigns, "LOOKED_AT", 2)
    hold(name, values, typed=typed, quotes=quotes)


@pytest.mark.parametrize("name", ["plain", "ssml", "url", "free"])
def test_a_naughty_string_is_what_it_is_by_itself(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "LOOKED_AT", 2)
    hold(name, [{**GOOD, "name": each, "nick": each} for each in naughty()], typed=True, quotes=True)


def hold(name: str, values: Sequence[dict[str, str]], *, typed: bool, quotes: bool) -> None:
    """Hold the rows of a campaign against the same rows, each by itself."""
    one = document(name, typed=typed)
    reads = [each for each in NAMES if each in one.params()]
    first = {each: GOOD.get(each, "") for each in reads}
    every = [first, first, *values, *values]
    every = [{"id": str(number), **row} for number, row in enumerate(every, 1)]
    lines, campaign = run(one, as_csv(["id", *reads], every, quotes=quotes))
    assert campaign.rows == len(every)
    written = {(made := json.loads(line))["id"]: made["ncco"] for line in lines}
    assert len(written) == len(lines)
    for row in every:
        given = {each: row[each] for each in reads if row.get(each)}
        broken = any("\0" in cell or _has_half(cell) for cell in given.values())
        expected = None if broken else alone(one, given)
        if expected is None:
            assert row["id"] not in written, row
        else:
            assert f'{{"id":"{row["id"]}","ncco":{expected}}}' in lines, row
        _, line = as_csv(["id", *reads], [row], quotes=False).decode("utf-8", "surrogateescape").split("\r\n", 1)
        block = campaign.express.block(line) if campaign.express else None
        assert block in (None, (1, f'{{"id":"{row["id"]}","ncco":{expected}}}\n')), row
    assert campaign.express is not None or name == "kinds" or not _is_sound(one, first)


json_values = st.one_of(
    cells, st.none(), st.booleans(), st.integers(), st.floats(), st.lists(st.one_of(cells, st.integers()), max_size=3),
    st.just({"a": 1}), st.sampled_from([2**53, 2**53 + 1, 447700900100, 12.5, "", 1.10]),
)  # fmt: skip


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "untyped"])
@pytest.mark.parametrize("name", TEMPLATES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, json_values)), min_size=1, max_size=5))
def test_a_row_of_json_is_what_it_is_by_itself(
    name: str, typed: bool, values: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaigns, "LOOKED_AT", 2)
    one = document(name, typed=typed, layers={} if typed else {"nick": "base"})
    reads = [each for each in NAMES if each in one.params()]
    every: list[dict[str, object]] = [{each: GOOD[each] for each in reads if each in GOOD}] * 2
    every += [{each: row[each] for each in reads if each in row} for row in [*values, *values]]
    every = [{"id": number, **row} for number, row in enumerate(every, 1)]
    data = "".join(f"{json.dumps(row)}\n" for row in every).encode()
    lines, _ = run(one, data, "jsonl")
    expected = []
    for row in every:
        given = {each: row[each] for each in reads if row.get(each) is not None}
        if not any(isinstance(each, float) and not math.isfinite(each) for each in row.values()):  # no JSON
            text = alone(one, given)
            expected += [f'{{"id":"{row["id"]}","ncco":{text}}}'] if text is not None else []
    assert lines == expected


def _has_half(text: str) -> bool:
    return any("\ud800" <= each <= "\udfff" for each in text)


def _is_sound(one: Blank, first: Mapping[str, str]) -> bool:
    return alone(one, {name: value for name, value in first.items() if value}) is not None


@given(
    data=st.lists(st.sampled_from([*b'a",\n\r1&<\\{}[]:\x00\xe9\xff ', *HEAD_SIGNS]), max_size=80),
    kind=st.sampled_from(["csv", "jsonl"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_rows_or_are_said(data: list[int | bytes], kind: str) -> None:
    written = b"".join(each if isinstance(each, bytes) else bytes([each]) for each in data)
    found: list[Diagnostic] = []
    one = document("plain", typed=True)
    known = {name: param.type for name, param in one.params().items()}
    table = opened(
        "people", io.BytesIO(b"name,nick,desk\n" * (kind == "csv") + written), kind, Wanted(known, (), None, ()), found
    )
    if table is None:
        assert found
        return
    out = io.StringIO()
    outcome = Campaign(one, table, "people", Stream(out), None, skips=True).run(None)
    assert outcome.rows == out.getvalue().count("\n") + outcome.skipped
    assert all(each.span.end <= max(len(each.source.text), 1) for each in outcome.found)


# ---- what is fast is not done in full


@pytest.mark.parametrize("kind", ["csv", "quoted", "jsonl"])
def test_plain_rows_are_not_rendered_one_by_one(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    full: list[int] = []
    whole = Campaign._in_full
    monkeypatch.setattr(Campaign, "_in_full", lambda self, row, key: full.append(row.number) or whole(self, row, key))
    one = document("plain", typed=True)
    people = [
        {"id": f"A{number}", "name": f"Zoë {number}", "nick": "Z", "desk": f"4477009{number:05}"}
        for number in range(3000)
    ]
    data = as_csv(["id", "name", "nick", "desk"], people, quotes=kind == "quoted")
    if kind == "jsonl":
        data = "".join(f"{json.dumps(each)}\n" for each in people).encode()
    lines, campaign = run(one, data, "jsonl" if kind == "jsonl" else "csv")
    assert len(lines) == campaign.rows == 3000
    assert full == list(range(1, campaigns.LOOKED_AT + 1))
    assert json.loads(lines[-1])["ncco"][0]["text"] == "Hello Zoë 2999, Z."


def test_a_shape_is_taken_only_after_it_was_looked_at_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "LOOKED_AT", 1)
    one = document("whole", typed=True)
    rows = [
        {"id": "a", "name": "x", "left": "1"},
        {"id": "b", "name": "x", "left": "-1"},
        {"id": "c", "name": "x", "left": "2"},
    ]
    lines, campaign = run(one, as_csv(["id", "name", "left"], rows * 2, quotes=False))
    assert [json.loads(line)["id"] for line in lines] == ["a", "c", "a", "c"]
    assert [each.rule.name for each in campaign.remarks.wrong] == ["out-of-range", "out-of-range"]


# ---- the command

TEMPLATE = [
    {"action": "talk", "text": "Hello {{ params.name }}."},
    {
        "action": "connect",
        "endpoint": [{"type": "phone", "number": "{{ params.desk }}"}],
        "timeout": "{{ params.ring }}",
    },
]
HEAD = b"name,desk,ring,id\n"


class Ran:
    """What a run of the program came to."""

    def __init__(self, folder: Path, *arguments: str, data: bytes | None = None) -> None:
        command = [sys.executable, "-m", "flowc", "render", "t.ncco.tmpl.json", *arguments]
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        done = subprocess.run(command, cwd=folder, input=data, capture_output=True, env=environ, check=False)
        self.code, self.out, self.err = done.returncode, done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in self.err and "fault of flowc" not in self.err, self.err

    @property
    def lines(self) -> list[object]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "t.ncco.tmpl.json").write_text(json.dumps(TEMPLATE))
    return tmp_path


def on_stdin(folder: Path, data: bytes, *arguments: str, kind: str = "csv") -> Ran:
    return Ran(folder, "--data", "-", "--data-format", kind, *arguments, data=data)


def test_each_row_becomes_a_line(folder: Path) -> None:
    ran = on_stdin(
        folder,
        HEAD + 'Zoë,447700900100,20,A1\r\n"Li, ""Jo""",447700900101,30,A2\r\n'.encode(),
        "--ignore-column",
        "id",
    )
    assert ran.code == 0
    assert [each[0]["text"] for each in ran.lines] == ["Hello Zoë.", 'Hello Li, "Jo".']
    assert [each[1]["timeout"] for each in ran.lines] == [20, 30]
    assert "2 rows" in ran.err


def test_a_row_beats_what_is_bound_for_all_and_an_empty_cell_gives_nothing(folder: Path) -> None:
    (folder / "people.tsv").write_bytes(b"name\tring\nAda\t\nBob\t30\n")
    ran = Ran(folder, "--data", "people.tsv", "--param", "desk=447700900100", "--param", "ring=20")
    assert [each[1]["timeout"] for each in ran.lines] == [20, 30]


def test_lines_with_a_key_in_a_file(folder: Path) -> None:
    (folder / "people.csv").write_bytes(HEAD + b'Ada,447700900100,20,A1\nBob,447700900100,20,B"2\n')
    assert Ran(folder, "--data", "people.csv", "--key", "id", "--out", "out.jsonl").code == 0
    lines = (folder / "out.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["A1", 'B"2']
    assert lines[0].startswith('{"id":"A1","ncco":[{"action":"talk","text":"Hello Ada."}')


def test_a_file_for_each_row_is_what_a_render_of_it_writes(folder: Path) -> None:
    (folder / "people.csv").write_bytes(HEAD + b"Ada,447700900100,20,A1\n" * 1 + b"Bob,447700900100,20,B2\n")
    assert Ran(folder, "--data", "people.csv", "--key", "id", "--out", "out/").code == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["A1.json", "B2.json"]
    one = Ran(folder, "--param", "name=Bob", "--param", "desk=447700900100", "--param", "ring=20")
    assert (folder / "out" / "B2.json").read_text() == one.out
    assert Ran(folder, "--data", "people.csv", "--key", "id", "--out", "out/").code == 2


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("A1", "also that of another row"),
        ("a1", "blind to case"),
        ("../A2", "holds a `/`"),
        ("..", "leads out"),
        ("con", "Windows keeps"),
        ("a\\b", "no Windows file name"),
        ("", "is empty"),
        ("x" * 300, "longer than 255 bytes"),
    ],
)
def test_a_key_that_makes_no_file_name_is_refused(folder: Path, key: str, said: str) -> None:
    if key == "..":
        key, said = "../..", "holds a `/`"
    (folder / "people.csv").write_bytes(
        HEAD + f"Ada,447700900100,20,A1\nBob,447700900100,20,{key}\nEve,447700900100,20,E5\n".encode()
    )
    ran = Ran(folder, "--data", "people.csv", "--key", "id", "--out", "out/")
    assert ran.code == 1 and said in ran.err and "row 2 (line 3)" in ran.err
    assert sorted(path.name for path in folder.iterdir()) == ["people.csv", "t.ncco.tmpl.json"]
    ran = Ran(folder, "--data", "people.csv", "--key", "id", "--out", "out/", "--bad-rows", "skip")
    assert ran.code == 1 and "3 rows, 1 left out" in ran.err
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["A1.json", "E5.json"]


def test_a_bad_row_stops_the_run_and_nothing_is_written(folder: Path) -> None:
    (folder / "out.jsonl").write_text("before")
    (folder / "people.csv").write_bytes(HEAD + b"Ada,447700900100,20,A1\nBob,0447,20,A2\nEve,447700900100,0,A3\n")
    ran = Ran(folder, "--data", "people.csv", "--key", "id", "--out", "out.jsonl")
    assert ran.code == 1 and "row 2 (line 3), column `desk`" in ran.err and "row 3" not in ran.err
    assert (folder / "out.jsonl").read_text() == "before" and len(list(folder.iterdir())) == 3
    ran = Ran(folder, "--data", "people.csv", "--key", "id", "--out", "out.jsonl", "--bad-rows", "skip")
    assert ran.code == 1 and "row 3 (line 4), column `ring`" in ran.err and "3 rows, 2 left out" in ran.err
    assert len((folder / "out.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize("around", ["You come on {}.", "<speak>You come on {}.</speak>", "{}"])
def test_a_cell_that_would_be_silence_makes_a_bad_row_wherever_it_stands(folder: Path, around: str) -> None:
    text = around.format("{{ params.day | date('dmy') }}")
    (folder / "t.ncco.tmpl.json").write_text(json.dumps([{"action": "talk", "text": text}, *TEMPLATE]))
    good, bad = b"Ada,447700900100,20,A1,2026-12-%02d\n", b"Bob,447700900100,20,A2,on Monday\n"
    rows = b"".join(good % (1 + number % 28) for number in range(300)) + bad + good % 1
    ran = on_stdin(folder, b"name,desk,ring,id,day\n" + rows, "--bad-rows", "skip", "--key", "id")
    assert (ran.code, len(ran.lines)) == (1, 301), ran.err
    assert "row 301 (line 302), column `day`: `date` makes nothing of `on Monday`" in ran.err
    assert "302 rows, 1 left out" in ran.err


def test_very_many_bad_rows_are_counted_and_few_are_shown(folder: Path) -> None:
    ran = on_stdin(
        folder, HEAD + b"Ada,0,20,A1\n" * 500 + b"Bob,447700900100,20,A2\n", "--bad-rows", "skip", "--key", "id"
    )
    assert ran.code == 1 and "501 rows, 500 left out" in ran.err
    assert ran.err.count("error[") == SHOWN and len(ran.lines) == 1


HEADS = {
    "empty": (b"", "this file is empty"),
    "no header": (b"Ada,447700900100,20\n", "is it missing"),
    "misspelt": (b"nmae,desk,ring\nAda,447700900100,20\n", "did you mean `name`?"),
    "twice": (b"name,desk,desk,ring\n", "columns 2 and 3 have the same name, `desk`"),
    "unnamed": (b"name,desk,ring,\n", "column 4 has no name"),
    "missing": (b"name,desk\n", "`ring` has no value: it is no column"),
    "carriage returns": (b"name,desk,ring\rAda,447700900100,20\r", "carriage return alone"),
    "UTF-16": ("name,desk,ring\n".encode("utf-16"), "written in UTF-16"),
    "UTF-16 without a mark": ("name,desk,ring\n".encode("utf-16-le"), "written in UTF-16"),
    "Latin-1": ("näme,desk,ring\n".encode("latin-1"), "not UTF-8"),
    "zero": (b"na\0me,desk,ring\n", "bytes with the value zero"),
    "quote": (b'"name,desk,ring\nAda,447700900100,20\n', "the first row cannot be read"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_head_that_is_none_is_said_before_a_row_is_read(folder: Path, name: str) -> None:
    data, said = HEADS[name]
    ran = on_stdin(folder, data, "--out", "out.jsonl", "--bad-rows", "skip")
    assert (ran.code, ran.out) == (1, "") and said in ran.err
    assert not (folder / "out.jsonl").exists()


ROWS = {
    "few": (b"Ada,447700900100\n", "there are 2 cells, and the header has 4"),
    "many": (b"Ada,447700900100,20,A1,x\n", "there are 5 cells"),
    "Latin-1": (b"Ad\xe9,447700900100,20,A1\n", "the byte E9 is not UTF-8 here"),
    "half": (b"Ad\xed\xa0\x80,447700900100,20,A1\n", "the byte ED is not UTF-8 here"),
    "zero": (b"Ad\0a,447700900100,20,A1\n", "a byte with the value zero"),
    "carriage return": (b"Ada\rBob,447700900100,20,A1\n", "a carriage return stands in this row, outside quotes"),
    "carriage return beside quotes": (b'"Ada",447700\r900100,20,A1\n', "a carriage return stands in this row"),
    "behind a quote": (b'"Ada"x,447700900100,20,A1\n', "something stands behind a closing quote"),
    "long": (b"x" * 3_000_000 + b",447700900100,20,A1\n", "longer than 1 MiB"),
    "too long a text": (b"x" * 7000 + b",447700900100,20,A1\n", "longer than"),
    "number": (b"Ada,447700900100,soon,A1\n", "column `ring`"),
    "empty": (b",447700900100,20,A1\n", "`name` has no value"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_broken_row_is_said_with_its_line_and_the_next_one_is_read(folder: Path, name: str) -> None:
    data, said = ROWS[name]
    good = b"Ada,447700900100,20,A1\n"
    ran = on_stdin(folder, b"\xef\xbb\xbf" + HEAD + good + b"\n" + data + good, "--bad-rows", "skip", "--key", "id")
    assert ran.code == 1 and "3 rows, 1 left out" in ran.err and len(ran.lines) == 2
    assert said in ran.err and "row 2 (line 4)" in ran.err


def test_a_quote_that_is_never_closed_takes_no_other_row_with_it(folder: Path) -> None:
    good = b"Ada,447700900100,20,A1\n"
    ran = on_stdin(
        folder, HEAD + good + b'"Bob,447700900100,20,A2\n' + good * 50_000, "--bad-rows", "skip", "--key", "id"
    )
    assert len(ran.lines) == 50_001 and "row 2 (line 3): a quote is opened in this row and never closed" in ran.err


def test_a_row_may_go_over_lines_and_lines_are_counted(folder: Path) -> None:
    rows = b'"Ada\nLovelace",447700900100,20,A1\n\nBob,0,20,A2\n'
    ran = on_stdin(folder, HEAD + rows, "--bad-rows", "skip", "--key", "id")
    assert ran.lines[0]["ncco"][0]["text"] == "Hello Ada\nLovelace." and "row 2 (line 5)" in ran.err


JSON_ROWS = {
    '{"name": "Ada"': "this line is no JSON",
    "[1]": "no JSON object",
    '{"name": "Ada", "name": "Bob"}': "a name is given twice",
    '{"nmae": "Ada"}': "did you mean `name`?",
    '{"name": NaN}': "no number in JSON",
    '{"name": {"a": 1}, "desk": "447700900100", "ring": 20}': "column `name`",
    "[" * 100_000: "nested too deeply",
}


@pytest.mark.parametrize("line", JSON_ROWS, ids=list(JSON_ROWS.values()))
def test_a_broken_line_of_json_is_said_and_the_next_one_is_read(folder: Path, line: str) -> None:
    good = '{"name": "Ada", "desk": 447700900100, "ring": 20}\n'
    ran = on_stdin(folder, f"{good}{line}\n{good}".encode(), "--bad-rows", "skip", kind="jsonl")
    assert ran.code == 1 and JSON_ROWS[line] in ran.err and "row 2 (line 2)" in ran.err and len(ran.lines) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("--data", "people.txt"),
        ("--data", "people.csv", "--key", "who"),
        ("--data", "people.csv", "--out", "people.csv"),
        ("--data", "people.csv", "--out", "t.ncco.tmpl.json"),
        ("--data", "people.csv", "--out", "folder/"),
        ("--key", "id"),
        ("--bad-rows", "skip"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(folder: Path, arguments: tuple[str, ...]) -> None:
    before = HEAD + b"Ada,447700900100,20,A1\n"
    (folder / "people.csv").write_bytes(before)
    extra = ("--ignore-column", "id") if "--data" in arguments else ()
    assert Ran(folder, *arguments, *extra).code == 2
    assert (folder / "people.csv").read_bytes() == before


def test_a_full_disk_leaves_nothing_behind(folder: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    (folder / "people.csv").write_bytes(HEAD + b"Ada,447700900100,20,A1\n")
    ran = Ran(folder, "--data", "people.csv", "--key", "id", "--out", "/dev/full")
    assert ran.code == 1 and "disk-full" in ran.err


def test_memory_does_not_grow_with_the_rows(folder: Path) -> None:
    (folder / "few.csv").write_bytes(HEAD + b"Ada,447700900100,20,A1\n" * 2_000)
    with (folder / "many.csv").open("wb") as file:
        file.write(HEAD)
        file.writelines(f"Ada {number},4477009{number:05},20,A{number}\n".encode() for number in range(100_000))
    peaks = [_peak(folder, name) for name in ("few.csv", "many.csv")]
    assert peaks[1] - peaks[0] < 8_000


def _peak(folder: Path, name: str) -> int:
    """The most kilobytes that a run took."""
    script = (
        "import resource, sys; from flowc.cli.group import run; code = run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    command = [
        sys.executable,
        "-c",
        script,
        "render",
        "t.ncco.tmpl.json",
        "--data",
        name,
        "--key",
        "id",
        "--out",
        "o.jsonl",
    ]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    return int(done.stdout)


# ---- a flow

FLOW = """\
flow: remind
params:
  name: {type: text}
  desk: {type: phone}
  day: {type: text, default: Monday}
steps:
  main:
    - talk: Hello {{ params.name }}, until {{ params.day }}.
    - connect: {phone: "{{ params.desk }}", timeout: 20}
"""


def test_the_rows_of_a_flow_are_said_at_the_flow(tmp_path: Path) -> None:
    (tmp_path / "remind.flow.yml").write_text(FLOW)
    (tmp_path / "flowc.yml").write_text('sites: {here: {target: static, base_url: "https://ivr.example.com"}}\n')
    program = [sys.executable, "-m", "flowc"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*program, "build", "--quiet"], cwd=tmp_path, check=True, env=environ)

    def render(data: str) -> subprocess.CompletedProcess[str]:
        command = [*program, "render", "remind", "--data", "-", "--data-format", "csv"]
        return subprocess.run(
            command, cwd=tmp_path, input=data, capture_output=True, text=True, env=environ, check=False
        )

    ran = render("name,desk\nAda,447700900100\n")
    assert json.loads(ran.stdout)[0]["text"] == "Hello Ada, until Monday."
    assert (
        "E653" in (said := render("name,desk,day\nAda,447700900100,Friday\n").stderr)
        and "take its default away" in said
    )
    said = render("name,desk\nAda,12\n").stderr
    assert "row 1 (line 2), column `desk`: the value of `desk` from the row is `12`, not a phone number" in said
    assert "remind.flow.yml" in said
