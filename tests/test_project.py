"""The project file: what it holds, and every mistake in it said at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flowc.text.diagnostics import Diagnostic
from flowc.text.reports.places import where
from flowc.workspace.project import Project, Site, find, read, unknown_flows

WHOLE = """\
flows: flows/**/*.flow.yml
params: {greeting: Hello}
sites:
  staging:    {target: nginx, base_url: "http://localhost:8080/ivr", params: {agents: 447700900101}}
  production: {target: static, base_url: "https://ivr.example.com", params: env/production.yml}
numbers:
  442079460000: acme
allow:
  flows/old/**: [key-not-announced, pay]
  flows/a.flow.yml: pay
"""


def project(folder: Path, text: str) -> tuple[Project | None, list[Diagnostic]]:
    path = folder / "flowc.yml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_a_project_is_read_whole(tmp_path: Path) -> None:
    made, said = project(tmp_path, WHOLE)
    assert said == []
    assert made is not None
    assert made.root == tmp_path
    assert made.flows == ("flows/**/*.flow.yml",)
    assert made.params == {"greeting": "Hello"}
    assert made.sites == {
        "staging": Site("staging", "nginx", "http://localhost:8080/ivr", {"agents": 447700900101}),
        "production": Site("production", "static", "https://ivr.example.com", "env/production.yml"),
    }
    assert made.numbers == {"442079460000": "acme"}
    assert made.allow == {"flows/old/**": ("key-not-announced", "pay"), "flows/a.flow.yml": ("pay",)}


def test_a_project_may_be_empty(tmp_path: Path) -> None:
    made, said = project(tmp_path, "{}\n")
    assert said == []
    assert made is not None
    assert made.flows == ("**/*.flow.yml", "**/*.flow.yaml")


@pytest.mark.parametrize(
    ("text", "place", "rule", "words"),
    [
        ("flow: x", "1:1", "unknown-setting", "did you mean `flows`?"),
        ("colour: x", "1:1", "unknown-setting", "there are `flows`"),
        ("flows: 7", "1:8", "wrong-setting", "a number"),
        ("flows: [a, {b: c}]", "1:12", "wrong-setting", "a mapping"),
        ("sites: [a]", "1:8", "wrong-setting", "a list"),
        ("sites: {a: nginx}", "1:12", "wrong-setting", "a text"),
        ("sites: {a: {target: nginx}}", "1:9", "missing-setting", "add `base_url`"),
        ("sites: {a: {}}", "1:9", "missing-setting", "add `target` and `base_url`"),
        ("sites: {a: }", "1:9", "missing-setting", "add `target` and `base_url`"),
        ("sites: {a: {target: [], base_url: 'http://a.example'}}", "1:21", "wrong-setting", "a list"),
        ("sites: {a: {target: ngnix, base_url: 'http://a.example'}}", "1:21", "unknown-host", "did you mean `nginx`?"),
        ("sites: {a: {target: php, base_url: 'http://a.example'}}", "1:21", "unknown-host", "flowc builds for"),
        ("sites: {a: {target: nginx, base_url: 'a.example'}}", "1:38", "bad-base-url", "not absolute"),
        ("sites: {a: {target: nginx, base_url: 'ftp://a.example'}}", "1:38", "bad-base-url", "not absolute"),
        ("sites: {a: {target: nginx, base_url: 'http:///x'}}", "1:38", "bad-base-url", "not absolute"),
        ("sites: {a: {target: nginx, base_url: 'http://u:p@a.example'}}", "1:38", "bad-base-url", "password"),
        ("sites: {a: {target: nginx, base_url: 'http://a.example?x=1'}}", "1:38", "bad-base-url", "query"),
        ("sites: {a: {target: nginx, base_url: 'http://a.example/#'}}", "1:38", "bad-base-url", "fragment"),
        ("sites: {a: {target: nginx, base_url: 'http://a.example:x'}}", "1:38", "bad-base-url", "well-formed"),
        ("sites: {a: {target: nginx, base_url: 'http://[::'}}", "1:38", "bad-base-url", "well-formed"),
        ("sites: {a: {target: nginx, base_url: 'http://a b.example'}}", "1:38", "bad-base-url", "space"),
        ("params: ../secret.yml", "1:9", "outside-project", "leads out"),
        ("flows: [a/../../b.flow.yml]", "1:9", "outside-project", "leads out"),
        ("flows: /etc/*.flow.yml", "1:8", "outside-project", "leads out"),
        ("numbers: {+442079460000: acme}", "1:11", "bad-number", "type `442079460000`"),
        ("numbers: {0800: acme}", "1:11", "bad-number", "international form"),
        ("numbers: {442079460000: }", "1:11", "wrong-setting", "names no flow"),
        ("numbers: {442079460000: [a]}", "1:25", "wrong-setting", "a list"),
        ("allow: {a: [7]}", "1:13", "wrong-setting", "a number"),
        ("[a]", "1:1", "wrong-setting", "a mapping of settings"),
        *[
            (f"sites: {{{name}: {{target: nginx, base_url: 'http://a.example'}}}}", "1:9", "bad-site-name", "letters")
            for name in ("../../evil", "d/../../x", "/etc", ".git", "..", "a b", "é")
        ],
        ("sites: {a: {target: nginx, base_url: 'http://a.example', root: srv}}", "1:64", "bad-server-path", "/srv/ivr"),
        ("sites: {a: {target: nginx, base_url: 'http://a.example', root: /a/../b}}", "1:64", "bad-server-path", "/srv"),
        ("sites: {a: {target: nginx, base_url: 'http://a.example', socket: x}}", "1:66", "bad-server-path", "ivr.sock"),
    ],
)
def test_a_mistake_is_said_at_its_place(tmp_path: Path, text: str, place: str, rule: str, words: str) -> None:
    _, (one,) = project(tmp_path, text)
    at = where(one.source, one.span)
    assert (f"{at.line}:{at.column}", one.rule.name) == (place, rule)
    assert words in f"{one.message}; {one.hint}"


@pytest.mark.parametrize("text", ["flows: [", "flows: a\nflows: b", "flows: &a x", "\x00"])
def test_a_file_that_is_no_yaml_gives_no_project(tmp_path: Path, text: str) -> None:
    made, said = project(tmp_path, text)
    assert made is None
    assert len(said) == 1


def test_a_number_that_plays_no_flow_is_said_when_the_flows_are_known(tmp_path: Path) -> None:
    made, _ = project(tmp_path, "numbers:\n  442079460000: amce\n  442079460001: acme\n")
    assert made is not None
    (one,) = unknown_flows(made, ["acme", "other"])
    assert (one.message, one.hint) == ("there is no flow `amce`", "did you mean `acme`?")
    assert one.source.text[slice(*one.span)] == "amce"


def test_the_project_file_is_found_from_below(tmp_path: Path) -> None:
    (tmp_path / "flowc.yml").write_text("{}")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find(tmp_path / "a" / "b") == tmp_path / "flowc.yml"
    assert find(tmp_path) == tmp_path / "flowc.yml"
    assert find(Path("/")) is None


def test_the_schema_knows_the_settings_that_are_read(tmp_path: Path) -> None:
    file = Path(__file__).parent.parent / "schemas" / "project.schema.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    _, (top, site) = project(
        tmp_path, 'nothing-like-it: 1\nsites: {a: {target: nginx, base_url: "http://a.example", qqq: 1}}'
    )
    for found, properties in ((top, schema["properties"]), (site, schema["$defs"]["site"]["properties"])):
        assert found.hint is not None
        assert found.hint.replace("there are ", "").replace("`", "").split(", ") == list(properties)
        assert all(each["description"] for each in properties.values())
