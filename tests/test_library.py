"""flowc as a library: text in, a program and files out, and nothing on the disk."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import flowc

FLOW = """\
flow: acme
params: {agents: {type: phone}}
steps:
  main:
    menu:
      prompt: For sales, press 1.
      options: {1: sales}
      otherwise: sales
  sales:
    - talk: One moment.
    - connect: {phone: "{{ params.agents }}"}
"""


def test_a_flow_is_compiled_and_emitted() -> None:
    result = flowc.compile(FLOW, params={"agents": "447700900100"})
    assert result.diagnostics == []
    files = flowc.hosts["nginx"].emit(result, "https://ivr.example.com")
    sales = json.loads(files["public/acme/sales.json"])
    assert sales[1]["endpoint"] == [{"type": "phone", "number": "447700900100"}]
    assert b'"/acme/main 1" /acme/sales.json;' in files["nginx/flows/acme.map"]


def test_what_a_host_cannot_do_is_a_diagnostic_and_its_files_are_refused() -> None:
    result = flowc.compile(flowc.Source("acme.flow.yml", FLOW), params={"agents": "447700900100"})
    (said,) = flowc.refusals(result, flowc.hosts["static"])
    assert (said.rule.name, said.source.position(said.span.start).line) == ("unhosted-answer", 5)
    with pytest.raises(ValueError, match=r"^acme\.flow\.yml:5: `static` cannot choose by the keys"):
        flowc.hosts["static"].emit(result, "https://ivr.example.com")
    assert list(flowc.refusals(result, flowc.hosts["nginx"])) == []


def test_a_menu_of_words_alone_is_told_which_host_knows_words() -> None:
    flow = "flow: acme\nsteps:\n  main:\n    menu:\n      prompt: Yes or no?\n      options: {yes: main, no: main}\n"
    result = flowc.compile(f"{flow}      otherwise: main\n")
    assert not list(flowc.refusals(result, flowc.hosts["server"]))
    for host in ("static", "nginx"):
        (said,) = flowc.refusals(result, flowc.hosts[host])
        assert (said.rule.name, said.hint) == ("unhosted-words", "build for a host that can: `--target server`")


def test_a_flow_with_errors_has_no_files() -> None:
    result = flowc.compile(FLOW.replace("1: sales", "1: sale"))
    assert list(flowc.refusals(result, flowc.hosts["nginx"])) == []
    with pytest.raises(ValueError, match="a flow with errors has no files"):
        flowc.hosts["nginx"].emit(result, "https://ivr.example.com")


def test_a_mistake_is_a_diagnostic_with_its_place() -> None:
    source = flowc.Source("acme.flow.yml", FLOW.replace("1: sales", "1: sale"))
    (said,) = flowc.compile(source).diagnostics
    assert (said.rule.name, said.rule.severity) == ("unknown-step", "error")
    assert source.position(said.span.start) == (7, 20)
    assert flowc.compile(source).program is None


def test_a_value_for_a_param_that_is_not_there_is_said() -> None:
    (said,) = flowc.compile(FLOW, params={"agent": "447700900100"}).diagnostics
    assert (said.rule.name, said.hint) == ("undeclared-param", "did you mean `agents`?")


def test_any_text_gives_a_diagnostic_and_no_exception() -> None:
    for text in ("", "[", "flow: 1", "- a", "steps: {}", "flow: a\nsteps: {main: {talk: [1, {}]}}", "\0"):
        assert any(each.rule.severity == "error" for each in flowc.compile(text).diagnostics), text


def test_a_raw_ncco_is_checked() -> None:
    (said,) = flowc.check(flowc.Source("a.ncco.json", '[{"action": "talk"}]'))
    assert said.rule.name == "missing-field"


def test_importing_flowc_imports_nothing_else() -> None:
    code = "import sys, flowc; print(sorted(name for name in sys.modules if name.split('.')[0] in ('flowc', 'yaml')))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "['flowc']"


def test_a_mistake_of_shape_hides_nothing_in_the_rest_of_the_flow() -> None:
    text = (
        "flow: shop\n"
        "steps:\n"
        "  main:\n"
        "    - talk: {txt: Hello.}\n"
        "    - record: {}\n"
        "    - transfer: 5\n"
        "    - goto: sale\n"
        "  menu:\n"
        "    menu: {prompt: 'For sales, press 1.', options: {1: nowhere}, otherwise: main}\n"
    )
    found = flowc.compile(text).diagnostics
    names = [each.rule.name for each in found]
    assert names.count("unknown-step") == 2 and "unknown-field" in names
    # the order of what callers hear is not known while actions are missing from it
    assert not any(each.rule.code.startswith("W3") for each in found)


def test_a_stray_key_at_the_top_hides_nothing_and_a_misspelt_one_what_it_may_have_meant() -> None:
    flow = "flow: shop\n{}: {{x: {{type: text}}}}\nsteps:\n  main: {{goto: man}}\n"
    said = [[each.rule.name for each in flowc.compile(flow.format(key)).diagnostics] for key in ("owner", "parms")]
    assert said == [["unknown-field", "unknown-step"]] * 2
