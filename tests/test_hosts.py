"""Hosts: what they can, what they are given, and what they refuse. Real nginx: see `test_calls.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest
from call_time import compiled
from programs import acme, asks, shop

from flowc.hosting import HOSTS, NAMES, Site, refusals
from flowc.hosting.nginx import socket_path, spellings, table
from flowc.program.program import Document, Program, Wait
from flowc.text.document import Container, Place
from flowc.text.document import Document as Written
from flowc.text.source import Source, Span

BASE = "https://ivr.example.com"
HINT = "build for a host that can: `--target nginx` or `--target server`"
SERVER = "build for a host that can: `--target server`"
SITE = Site(BASE, "/srv/ivr", {"acme": "main"}, {"442079460000": "acme"})


class Result(NamedTuple):
    program: Program | None
    places: Mapping[str, Place]


class Marks:
    """Every key of a flow stands in the line of its number."""

    def key(self, owner: Container, key: str | int) -> Span:
        return Span(int(key) * 2, int(key) * 2 + 1)

    value = key

    def whole(self) -> Span:
        return Span(0, 1)

    def inside(self, owner: Container, key: str | int, start: int, end: int) -> Span:
        return self.key(owner, key)


WRITTEN = Written(Source("acme.flow.yml", "\n".join("abcdef")), {}, Marks())


def result(program: Program) -> Result:
    return Result(program, {f"wait:{name}": WRITTEN.key({}, n) for n, name in enumerate(program.waits)})


def listening(kinds: Sequence[str] = ("dtmf", "speech")) -> Program:
    question = (asks(type=[*kinds]),)
    return Program("talk", "main", {"main": Document(asks="main")}, {"main": Wait("answer", question, {"yes": "main"})})


def said(program: Program, host: str) -> list[tuple[str, int, str, str | None]]:
    return [
        (each.rule.code, each.source.position(each.span.start).line, each.message, each.hint)
        for each in refusals(result(program), HOSTS[host])
    ]


def test_the_server_can_do_all_there_is() -> None:
    assert said(listening(), "server") == said(acme(), "server") == []


def test_a_static_host_refuses_all_that_waits_and_names_a_host_that_can() -> None:
    assert said(acme(), "static") == [
        ("E501", 1, "`static` cannot choose by the keys that a caller presses", HINT),
        ("E501", 2, "`static` cannot choose by the keys that a caller presses", HINT),
        ("E502", 3, "`static` cannot choose by how a call went", HINT),
    ]


def test_nginx_refuses_words_alone() -> None:
    assert said(acme(), "nginx") == []
    assert said(listening(), "nginx") == [("E503", 1, "`nginx` cannot choose by the words that a caller says", SERVER)]


def test_a_host_that_knows_neither_keys_nor_words_is_said_to_know_neither() -> None:
    assert said(listening(), "static") == [
        ("E501", 1, "`static` cannot choose by the keys that a caller presses", HINT),
        ("E503", 1, "`static` cannot choose by the words that a caller says", SERVER),
    ]


def test_a_question_for_words_alone_is_not_said_to_need_keys() -> None:
    for host in ("static", "nginx"):
        assert said(listening(["speech"]), host) == [
            ("E503", 1, f"`{host}` cannot choose by the words that a caller says", SERVER)
        ]


def test_waits_of_one_place_are_refused_once() -> None:
    program = acme()
    one = Result(program, {f"wait:{name}": WRITTEN.key({}, 0) for name in program.waits})
    assert [each.rule.code for each in refusals(one, HOSTS["static"])] == ["E501", "E502"]


def test_what_says_nothing_is_refused_nothing() -> None:
    assert list(refusals(Result(None, {}), HOSTS["static"])) == []
    assert said(Program("a", "main", {"main": Document()}, {}), "static") == []


def test_files_that_a_host_could_not_serve_are_not_made() -> None:
    with pytest.raises(
        ValueError, match=r"^acme\.flow\.yml:1: `static` cannot choose by the keys that a caller presses$"
    ):
        HOSTS["static"].emit(result(acme()), BASE)
    with pytest.raises(ValueError, match=r"^acme\.flow\.yml:1: `nginx` cannot choose by the words"):
        HOSTS["nginx"].emit(result(listening()), BASE)


def test_the_first_place_that_a_host_cannot_serve_is_the_first_in_the_text() -> None:
    program = acme()
    places = {f"wait:{name}": WRITTEN.key({}, line) for name, line in (("main", 4), ("code", 3), ("sales", 2))}
    with pytest.raises(ValueError, match=r"^acme\.flow\.yml:3: `static` cannot choose by how a call went$"):
        HOSTS["static"].emit(Result(program, places), BASE)


NO_URLS = """ivr ftp://x //x https:// https:///a https://x/a?b https://x#b https://a@b https://a:b@x https://[x https://:80
https:/x"""


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("url", ["", "https://x y", "https://x/a b", "https://x\n", "x https://x", *NO_URLS.split()])
def test_no_host_makes_files_for_a_url_that_is_not_absolute(host: str, url: str) -> None:
    program = Program("plain", "main", {"main": Document()}, {})
    with pytest.raises(ValueError, match="cannot be a base URL: write `https://HOST` or `https://HOST/PATH`"):
        HOSTS[host].emit(result(program), url)


@pytest.mark.parametrize("host", HOSTS)
def test_files_are_made_for_every_url_that_is_absolute(host: str) -> None:
    program = Program("plain", "main", {"main": Document()}, {})
    for url in (BASE, "http://127.0.0.1:8080/ivr", "https://[::1]:8443", "HTTPS://ivr.example.com/a.b/c~d"):
        assert HOSTS[host].emit(result(program), f"{url}/") == HOSTS[host].emit(result(program), url)


def test_a_slash_at_the_end_of_the_url_makes_no_second_one() -> None:
    tree = HOSTS["nginx"].emit(result(acme()), f"{BASE}/")
    assert f"{BASE}/acme/main".encode() in tree["public/acme/main.json"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_flow_with_errors_has_no_files(host: str) -> None:
    with pytest.raises(ValueError, match="a flow with errors has no files"):
        HOSTS[host].emit(Result(None, {}), BASE)


def test_a_static_host_is_given_files_that_end_in_json() -> None:
    program = Program("plain", "main", {"main": Document(), "open": Document(open=("x",))}, {})
    tree = HOSTS["static"].emit(result(program), BASE)
    assert list(tree) == ["public/plain/main.json", "program/plain/open.ncco.tmpl.json"]
    assert HOSTS["static"].site(SITE) == {}
    assert any("application/json" in each for each in HOSTS["static"].notes(SITE))


def test_nginx_is_given_documents_a_table_a_flow_and_what_stands_once() -> None:
    host = HOSTS["nginx"]
    tree = host.emit(result(acme()), BASE)
    assert {each for each in tree if not each.startswith("public/acme/")} == {"nginx/flows/acme.map"}
    assert len(tree) == len(acme().documents) + 1
    once = host.site(SITE)
    assert list(once) == ["nginx/hash.conf", "nginx/http.conf", "nginx/server.conf", "nginx/numbers.map"]
    assert b"442079460000 /acme/main.json;\n" in once["nginx/numbers.map"]


def test_notes_say_which_file_goes_where() -> None:
    assert HOSTS["nginx"].notes(SITE) == (
        "into `http { }` of nginx.conf:",
        '    include "/srv/ivr/nginx/hash.conf";  # once, for all sites',
        '    include "/srv/ivr/nginx/http.conf";',
        "into the `server { }` of ivr.example.com:",
        '    include "/srv/ivr/nginx/server.conf";',
        "after every build: nginx -t && nginx -s reload",
    )


def test_the_table_has_a_line_for_every_key_silence_and_all_else() -> None:
    lines = [each for each in table(acme()).decode().splitlines() if "/code" in each.split(" ")[0]]
    assert lines == [
        '"/acme/code 0" /acme/main.json;',
        '"/acme/code -" /acme/code~2-noInput.json;',
        '"/acme/code ?" /acme/code.2.json;',
        '"/acme/code~2 0" /acme/main.json;',
        '"/acme/code~2 -" /acme/operator.json;',
        '"/acme/code~2 ?" /acme/code.2.json;',
    ]


def test_the_table_has_outcomes_without_a_line_for_all_else() -> None:
    assert re.findall(rb'"/acme/sales (\w+)" ', table(acme())) == [b"busy", b"timeout", b"unanswered"]


def test_the_table_has_no_key_twice() -> None:
    for program in (acme(), shop()):
        keys = [each.rsplit(b'"', 1)[0].lower() for each in table(program).splitlines() if each.startswith(b'"')]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "spelt"),
    [
        ("1", ["1"]),
        ("123", ["123"]),
        ("*", ["*", "%2A"]),
        ("#", ["#", "%23"]),
        ("*1#", ["*1#", "%2A1#", "*1%23", "%2A1%23"]),
        ("**", ["**", "%2A%2A"]),
    ],
)
def test_a_key_stands_in_the_table_as_a_query_may_spell_it(key: str, spelt: list[str]) -> None:
    assert spellings(key) == spelt


@pytest.mark.parametrize("name", ["a b", 'a"', "a;", "a$b", "a{", "~a", "", "a\n", "é", "../x", "a/../b", "/a"])
def test_a_name_that_is_no_slug_never_reaches_the_configuration(name: str) -> None:
    program = acme()
    documents = {**program.documents, name: Document()}
    for bad in (
        program._replace(flow=name),
        program._replace(documents=documents),
        program._replace(waits={name: program.waits["main"]}),
    ):
        with pytest.raises(ValueError, match="nginx cannot be given the name"):
            table(bad)


@pytest.mark.parametrize("key", ["a", "1 2", '1"', "", "1" * 33, "%2A"])
def test_a_key_that_nobody_can_press_never_reaches_the_configuration(key: str) -> None:
    with pytest.raises(ValueError, match="nginx cannot be given the key"):
        spellings(key)


@pytest.mark.parametrize(
    "url", ["https://x y", "ftp://x", "https://x/", "https://x/a?b", "https://x/a;b", "https://x/{", 'https://x/"', ""]
)
def test_a_url_that_is_none_never_reaches_the_configuration(url: str) -> None:
    with pytest.raises(ValueError, match="nginx cannot be given the URL"):
        HOSTS["nginx"].site(SITE._replace(base_url=url))


@pytest.mark.parametrize("root", ["relative", '/a"b', "/a$b", "/a*", "/a\nb", "/a\\b", "/a[b]"])
def test_a_folder_that_nginx_would_misread_is_refused(root: str) -> None:
    with pytest.raises(ValueError, match="build into a folder with a plain name"):
        HOSTS["nginx"].site(SITE._replace(root=root))


@pytest.mark.parametrize("number", ["", "+", "abc", "1;", "44 20"])
def test_a_number_that_is_none_never_reaches_the_configuration(number: str) -> None:
    with pytest.raises(ValueError, match="nginx cannot be given the phone number"):
        HOSTS["nginx"].site(SITE._replace(numbers={number: "acme"}))


def test_two_sites_have_two_sockets() -> None:
    paths = [socket_path(SITE._replace(base_url=url)) for url in (BASE, f"{BASE}/ivr", "http://127.0.0.1:8080/a")]
    assert paths == [
        "/run/flowc-ivr.example.com.sock",
        "/run/flowc-ivr.example.com-ivr.sock",
        "/tmp/flowc-127.0.0.1-8080-a.sock",
    ]


def test_a_path_that_is_too_long_for_a_socket_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be the path of a unix socket"):
        socket_path(SITE._replace(base_url="https://" + "x" * 100 + ".example"))


def test_every_host_says_what_it_can() -> None:
    needs = {"file", "caller", "answer", "outcome", "words", "call", "clock", "state", "outside"}
    assert all(name == host.name and "file" in host.can <= needs for name, host in HOSTS.items())


def test_the_names_of_the_hosts_are_known_without_them() -> None:
    assert tuple(HOSTS) == NAMES


def test_the_server_has_templates_of_what_is_open_and_reads_nothing_of_a_call() -> None:
    text = """
        flow: reminder
        params: {desk: {type: phone}}
        voice: [{language: en-GB}, {language: fr-FR}]
        steps:
          main: [{talk: {en-GB: Hello., fr-FR: Bonjour.}}, {goto: desk}]
          french: [{language: fr-FR}, {goto: desk}]
          desk: {connect: {phone: "{{ params.desk }}"}}
          called: [{talk: "{{ call.from | digits }}"}, {goto: desk}]
          late: [{branch: [{if: random < 0.5, goto: main}, {otherwise: continue}]}, {goto: desk}]
        """
    made = HOSTS["server"].emit(compiled(text), BASE)
    names = {path.removeprefix("program/reminder/").removesuffix(".ncco.tmpl.json") for path in made}
    assert {"main", "desk", "fr-FR/french.2"} <= names
    assert names.isdisjoint({"called", "late"}), "these need a call, and no params can make them"
    assert b"{{ params.desk }}" in made["program/reminder/main.ncco.tmpl.json"]
    assert HOSTS["server"].emit(compiled(text, desk="447700900100"), BASE) == {}
