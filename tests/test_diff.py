"""`flowc diff`: what two versions of a flow are different in for callers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from flowc.cli.group import run

OLD = """
flow: acme
steps:
  main:
    menu:
      prompt: For sales, press 1. For support, press 2.
      options: {1: sales, 2: support}
      noInput: Sorry?
      otherwise: support
  sales:
    connect: {phone: "447700900100", otherwise: support}
  support:
    talk: Please call again tomorrow.
"""
NEW = """
flow: acme
steps:
  main:
    menu:
      prompt: For sales, press 1. For billing, press 3.
      options: {1: sales, 3: billing}
      noInput: Pardon?
      otherwise: support
  sales:
    connect: {phone: "447700900200", otherwise: support}
  support:
    talk: Please call again tomorrow.
  billing:
    talk: Your bill is in the post. Goodbye.
"""

CHANGES = """\
{0}:5: acme: main (question)
  - hears: "For sales, press 1. For support, press 2." (bargeIn true)
  + hears: "For sales, press 1. For billing, press 3." (bargeIn true)
  - press 2: leads to `support`{1}
  - after silence 1: "Sorry?" (bargeIn true), and asks again
  + after silence 1: "Pardon?" (bargeIn true), and asks again
  - after silence 2: "Sorry?" (bargeIn true), and asks again
  + after silence 2: "Pardon?" (bargeIn true), and asks again
  + press 3: leads to `billing`{2}
{0}:11: acme: sales (call)
  - calls: phone 447700900100
  + calls: phone 447700900200
{0}:15: acme: billing
  + "Your bill is in the post. Goodbye."; the call ends
"""


def told(new: str = "new.flow.yml", was: str = "  [old.flow.yml:7]", now: str = "  [new.flow.yml:7]") -> str:
    """What is told of the two flows."""
    return CHANGES.format(new, was, now)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.flow.yml").write_text(OLD)
    (tmp_path / "new.flow.yml").write_text(NEW)
    return tmp_path


def test_what_is_different_is_told_place_by_place_in_the_order_of_the_flow(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", "old.flow.yml", "new.flow.yml"]) == 0
    assert capsys.readouterr().out == told()


def test_the_same_is_no_difference(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.flow.yml", "old.flow.yml", "--exit-code"]) == 0
    assert capsys.readouterr().out == "no difference for callers\n"
    assert run(["diff", "old.flow.yml", "new.flow.yml", "--exit-code"]) == 1


def test_json_has_each_side(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["diff", "old.flow.yml", "new.flow.yml", "--format", "json"])
    changes = json.loads(capsys.readouterr().out)
    assert {
        "flow": "acme",
        "place": "main (question)",
        "aspect": "press 3",
        "old": None,
        "new": "leads to `billing`",
        "old_at": None,
        "new_at": "new.flow.yml:7",
    } in changes


def test_markdown_is_a_block_of_changes(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["diff", "old.flow.yml", "new.flow.yml", "--format", "markdown"])
    said = capsys.readouterr().out
    assert said.startswith("### What callers meet differently\n\n7 changes in 1 flow\n")
    assert (
        "**`acme: main (question)`** at `new.flow.yml:5`\n\n```diff\n" in said
        and "\n+ press 3: leads to `billing`\n" in said
    )


def test_a_build_and_a_revision_are_versions(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows = two / "flows"
    flows.mkdir()
    (flows / "acme.flow.yml").write_text(OLD)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "flows"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, cwd=two)
    (flows / "acme.flow.yml").write_text(NEW)
    (two / "old.flow.yml").unlink()
    (two / "new.flow.yml").unlink()
    for old in ("HEAD", "HEAD:flows", "HEAD:flows/acme.flow.yml"):
        assert run(["diff", old, "flows"]) == 0
        said = capsys.readouterr().out
        assert said == told("flows/acme.flow.yml", "  [HEAD:flows/acme.flow.yml:7]", "  [flows/acme.flow.yml:7]")
    assert run(["build", "flows", "--target", "nginx", "--base-url", "https://ivr.example.com", "--quiet"]) == 0
    assert run(["diff", "HEAD", "build/nginx"]) == 0
    said = capsys.readouterr().out
    assert said == told("flows/acme.flow.yml", "  [HEAD:flows/acme.flow.yml:7]", "")
    assert run(["diff", "flows", "build/nginx", "--exit-code"]) == 0


@pytest.mark.parametrize("name", ["nowhere", "--upload-pack=x", "HEAD~99", ""])
def test_what_is_no_version_is_said(two: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "--", name, "old.flow.yml"]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_version_with_mistakes_is_said_and_not_compared(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (two / "new.flow.yml").write_text(NEW.replace("3: billing}", "3: biling}"))
    assert run(["diff", "old.flow.yml", "new.flow.yml"]) == 1
    assert "did you mean `billing`?" in capsys.readouterr().out


def test_what_cannot_be_read_is_left_out_and_told_and_the_rest_is_compared(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("old", "new"):
        (two / name).mkdir()
        (two / name / "sound.flow.yml").write_text(OLD if name == "old" else NEW)
        (two / name / "other.flow.yml").write_text("flow: other\nsteps: {main: {talk: Hello.}}\n")
    (two / "new" / "other.flow.yml").write_text("flow: other\nsteps: {main: {talc: Hello.}}\n")
    assert run(["diff", "old", "new", "--format", "json"]) == 1
    said = capsys.readouterr()
    assert {each["flow"] for each in json.loads(said.out)} == {"acme"}  # that `other` is gone is not known
    assert said.err.splitlines()[1:] == ["other is not compared: only one version has it, as far as they can be read"]
    assert said.err.startswith("new/other.flow.yml is not compared: ")


def _committed(folder: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, cwd=folder)


def test_a_project_without_flows_in_a_revision_hinders_no_comparison(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (two / "old.flow.yml").unlink()
    (two / "empty").mkdir()
    (two / "empty" / "flowc.yml").write_text("flows: [calls/*.flow.yml]\n")
    (two / "empty" / "README").write_text("no flow\n")
    _committed(two)
    assert run(["diff", "HEAD", "HEAD"]) == 0
    assert capsys.readouterr().out == "no difference for callers\n"


def test_a_project_that_cannot_be_read_among_others_is_left_out_and_told(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (two / "new.flow.yml").unlink()
    (two / "broken").mkdir()
    (two / "broken" / "flowc.yml").write_text("number: {}\n")
    _committed(two)
    for new in ("HEAD", "."):
        assert run(["diff", "HEAD", new, "--exit-code"]) == 1
        said = capsys.readouterr()
        assert said.out == "no difference for callers\n"
        assert "HEAD:broken/flowc.yml is not compared: HEAD:broken: its flowc.yml cannot be read" in said.err


def test_a_path_of_a_revision_that_counts_from_the_root_is_told_as_it_is_to_be_typed(
    two: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (two / "flows" / "deep").mkdir(parents=True)
    (two / "flows" / "acme.flow.yml").write_text(OLD)
    _committed(two)
    for here, right in (("flows", "HEAD:acme.flow.yml"), ("flows/deep", "HEAD:../acme.flow.yml")):
        monkeypatch.chdir(two / here)
        assert run(["diff", "HEAD:flows/acme.flow.yml", str(two / "old.flow.yml")]) == 2
        assert f"a path counts from this folder: write `{right}`" in capsys.readouterr().err
        assert run(["diff", right, str(two / "old.flow.yml")]) == 0
        assert capsys.readouterr().out == "no difference for callers\n"


def test_a_step_that_has_another_name_is_renamed_and_what_leads_to_it_is_as_it_was(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (two / "new.flow.yml").write_text(
        OLD.replace("support", "help").replace("sales", "shop").replace("For shop", "For sales")
    )
    assert run(["diff", "old.flow.yml", "new.flow.yml"]) == 0
    assert capsys.readouterr().out.replace("For help", "For support").splitlines() == [
        "new.flow.yml:5: acme: main (question)",
        '  - hears: "For sales, press 1. For support, press 2." (bargeIn true)',
        '  + hears: "For sales, press 1. For support, press 2." (bargeIn true)',
        "new.flow.yml:11: acme: shop",
        "    renamed: it was `sales`",
        "new.flow.yml:13: acme: help",
        "    renamed: it was `support`",
    ]


def test_languages_hours_params_and_used_flows_are_compared(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    used = 'flow: bye\nparams: {name: {type: text}}\nsteps:\n  say: {talk: "Bye, {{ params.name }}."}\n'
    flow = (
        "flow: acme\ntimezone: Europe/London\nvoice: [{language: en-GB}, {language: fr-FR}]\nuse: {bye: bye.flow.yml}\n"
        "hours: {desk: {open: {mon: 09:00-17:00}}}\nparams: {who: {type: text}}\nsteps:\n  main:\n"
        "    - switch: {value: hours.desk, cases: {open: run}, otherwise: run}\n"
        "  run:\n    - language: fr-FR\n    - talk: {en-GB: 'Hello.', fr-FR: 'Bonjour.'}\n"
        '    - run: {flow: bye, with: {name: "{{ params.who }}"}}\n'
    )
    for name, text in (("one", flow), ("two", flow.replace("17:00", "18:00").replace("Bonjour", "Salut"))):
        (two / name).mkdir()
        (two / name / "acme.flow.yml").write_text(text)
        (two / name / "bye.flow.yml").write_text(used.replace("Bye,", "Bye," if name == "one" else "So long,"))
    assert run(["diff", "one/acme.flow.yml", "two/acme.flow.yml", "--param", "who=Jo"]) == 0
    said = capsys.readouterr().out
    assert "  - hours desk: Mon 09:00-17:00\n  + hours desk: Mon 09:00-18:00\n" in said
    assert 'two/acme.flow.yml:12: acme: fr-FR/run.2\n  - hears: "Bonjour." (language fr-FR' in said
    assert 'two/bye.flow.yml:4: acme: fr-FR/run.3.bye/say\n  - hears: "Bye, Jo."' in said


def test_what_is_in_a_flow_cannot_break_out_of_a_comment(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (two / "new.flow.yml").write_text(NEW.replace("Your bill is", "A ``` @everyone <img src=x> is"))
    run(["diff", "old.flow.yml", "new.flow.yml", "--format", "markdown"])
    said = capsys.readouterr().out
    assert '\n````diff\n+ "A ``` @everyone' in said and said.count("\n````\n") == 1
    steps = "".join(f"  s{n}: {{talk: {'x' * 200}{n}}}\n" for n in range(1000))
    (two / "new.flow.yml").write_text(f"flow: acme\nsteps:\n{steps}")
    run(["diff", "old.flow.yml", "new.flow.yml", "--format", "markdown"])
    said = capsys.readouterr().out
    assert len(said) < 65_536 and said.endswith(" more: `flowc diff` tells all\n")


def test_hostile_names_in_a_repository_are_only_names(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows = two / "flows"
    flows.mkdir()
    for number, name in enumerate(("-x", ":(glob)x", "a\nb", "$(id)", "--upload-pack=id")):
        text = OLD.replace("flow: acme", f"flow: acme{number}")
        (flows / f"{name}.flow.yml").write_text(text)
    (flows / "link.flow.yml").symlink_to("/etc/passwd")
    (flows / "large.flow.yml").write_text("#" * (2 << 20))
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "flows"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, cwd=two)
    assert run(["diff", "HEAD:flows", "HEAD:flows"]) == 1
    said = capsys.readouterr()
    assert "larger than 1 MiB" in said.err and said.out == "no difference for callers\n"
    (flows / "large.flow.yml").unlink()
    subprocess.run([*git, "commit", "-qam", "two"], check=True, cwd=two)
    assert run(["diff", "HEAD:flows", "HEAD:flows"]) == 0
    assert capsys.readouterr().out == "no difference for callers\n"
    assert run(["diff", "HEAD:flows/:(glob)*", "flows"]) == 2


BOUND = """\
params: {desk: 447700900100}
sites:
  one: {target: nginx, base_url: "https://one.example.com", params: {greeting: Hello}}
  two: {target: nginx, base_url: "https://two.example.com", params: env/two.yml}
"""
PARAMS = """\
flow: acme
voice: {language: en-GB}
params: {desk: {type: phone}, greeting: {type: text}}
steps:
  main:
    - talk: "{{ params.greeting }}."
    - connect: {phone: "{{ params.desk }}", otherwise: bye}
  bye: {talk: Goodbye.}
"""
DESK = ["  - calls: phone 447700900100", "  + calls: phone 447700900200"]


@pytest.fixture
def bound(two: Path) -> Path:
    """A folder with a project that git keeps; since then its params are bound to other values."""
    project = two / "project"
    (project / "env").mkdir(parents=True)
    (project / "flowc.yml").write_text(BOUND)
    (project / "acme.flow.yml").write_text(PARAMS)
    (project / "env" / "two.yml").write_text("greeting: Good day\n")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "project"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, cwd=two)
    (project / "flowc.yml").write_text(BOUND.replace("0100}", "0200}").replace("Hello", "Welcome"))
    (project / "env" / "two.yml").write_text("greeting: Good evening\n")
    return project


@pytest.mark.parametrize(
    ("here", "versions"),
    [
        (".", ["HEAD:project", "project"]),
        (".", ["HEAD:project/acme.flow.yml", "project/acme.flow.yml"]),
        (".", ["HEAD", "project"]),
        (".", ["HEAD", "."]),
        ("project", ["HEAD"]),
        ("project", ["HEAD:./acme.flow.yml", "acme.flow.yml"]),
    ],
)
def test_params_have_the_values_of_the_project_of_each_version(
    here: str, versions: list[str], bound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("old.flow.yml", "new.flow.yml"):
        (bound.parent / name).unlink()
    monkeypatch.chdir(bound.parent / here)
    assert run(["diff", *versions]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == DESK
    assert run(["diff", *versions, "--site", "one"]) == 0
    said = capsys.readouterr().out
    assert '  - hears: "Hello." (language en-GB)\n  + hears: "Welcome." (language en-GB)\n' in said
    assert "\n".join(DESK) in said
    assert run(["diff", *versions, "--site", "two", "--format", "markdown"]) == 0
    assert '\n- hears: "Good day." (language en-GB)\n+ hears: "Good evening."' in capsys.readouterr().out
    assert run(["diff", *versions, "--param", "desk=447700900300"]) == 0
    assert capsys.readouterr().out == "no difference for callers\n"


def test_a_build_is_compared_with_what_its_site_binds(
    bound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(bound)
    assert run(["build", "--site", "two", "--quiet"]) == 0
    assert run(["diff", ".", "build/two", "--site", "two", "--exit-code"]) == 0
    assert run(["diff", "HEAD", "build/two", "--site", "two", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert [(row["aspect"], row["old"]) for row in rows] == [
        ("hears", '"Good day." (language en-GB)'),
        ("calls", "phone 447700900100"),
    ]


def test_a_project_that_cannot_be_read_and_a_site_that_is_not_there_are_said(
    bound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", "HEAD:project", "project", "--site", "three"]) == 2
    assert "there is no such site in either version" in capsys.readouterr().err
    (bound / "flowc.yml").write_text("params: [")
    assert run(["diff", "HEAD:project", "project"]) == 2
    assert "project: its flowc.yml cannot be read" in capsys.readouterr().err


def test_a_number_that_leads_to_another_flow_is_told(
    bound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("old.flow.yml", "new.flow.yml"):
        (bound.parent / name).unlink()
    (bound / "night.flow.yml").write_text("flow: night\nsteps: {main: {talk: Good night.}}\n")
    numbers = "numbers: {442079460911: acme, 442079460912: acme}\n"
    (bound / "flowc.yml").write_text(BOUND + numbers)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["add", "project"], ["commit", "-qm", "two"]):
        subprocess.run([*git, *arguments], check=True, cwd=bound.parent)
    (bound / "flowc.yml").write_text(BOUND + numbers.replace("911: acme", "911: night"))
    for old, new in (("HEAD:project", "project"), ("HEAD", ".")):
        assert run(["diff", old, new, "--exit-code"]) == 1
        assert capsys.readouterr().out.splitlines() == [
            "acme: the flow",
            "  - number 442079460911: leads here",
            "night: the flow",
            "  + number 442079460911: leads here",
        ]
    assert run(["diff", "HEAD:project/acme.flow.yml", "project/acme.flow.yml", "--format", "json"]) == 0
    assert [row["flow"] for row in json.loads(capsys.readouterr().out)] == ["acme"]


HOURS = """\
flow: acme
timezone: Europe/London
hours:
  desk: {{open: {open}, holidays: [GB-ENG, 2030-05-05]}}
steps:
  main:
    - switch:
        value: hours.desk
        cases: {{open: ask, closed: closed}}
        otherwise: closed
  ask:
    menu: {{prompt: "For sales, press 1.", options: {{1: closed}}, otherwise: closed}}
  closed:
    - branch:
        - {{if: call.from == "447700900123", goto: closed}}
        - otherwise: again
  again: {{talk: We are closed.}}
"""


def test_of_opening_hours_only_what_differs_is_told(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = "{mon-fri: 09:00-17:30, sat: 09:00-12:00}", "{mon-thu: 09:00-17:30, fri: 09:00-16:00, sat: 09:00-12:00}"
    (two / "old.flow.yml").write_text(HOURS.format(open=old), encoding="utf-8")
    (two / "new.flow.yml").write_text(HOURS.format(open=new), encoding="utf-8")
    assert run(["diff", "old.flow.yml", "new.flow.yml"]) == 0
    told = capsys.readouterr().out
    assert told == "acme: the flow\n  - hours desk: Fri 09:00-17:30\n  + hours desk: Fri 09:00-16:00\n"


def test_a_flow_that_is_new_is_told_with_its_keys_and_its_ways(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("before", "after"):
        (two / folder).mkdir()
        (two / folder / "other.flow.yml").write_text("flow: other\nsteps: {main: {talk: Hello.}}\n", encoding="utf-8")
    (two / "after" / "acme.flow.yml").write_text(HOURS.format(open="{mon: 09:00-17:30}"), encoding="utf-8")
    assert run(["diff", "before", "after"]) == 0
    told = capsys.readouterr().out
    assert "nothing is heard" not in told
    assert "nothing;" not in told
    assert "  + hours desk: Mon 09:00-17:30, holiday " in told
    assert " more holidays\n" in told
    assert "acme: the flow\n  + begins with: `main`\n" in told
    assert "  + if hours.desk == 'open': leads to `ask`\n" in told
    assert "  + then: goes on with `closed`\n" in told
    assert '  + "For sales, press 1." (bargeIn true)\n  + press 1: leads to `closed`' in told
    assert "  + if call.from == '447700900123': leads to `closed`\n  + then: goes on with `again`\n" in told
    assert '  + "We are closed."; the call ends\n' in told


def test_a_folder_without_a_flow_is_no_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A comparison of nothing with nothing would be one that never tells anything."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert run(["diff", str(tmp_path / "one"), str(tmp_path / "two")]) == 2
    assert "one: this folder has no flow\n" in capsys.readouterr().err


def test_builds_are_found_below_their_folder_and_tell_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("acme", "shop"):
        Path(f"{name}.flow.yml").write_text(f"flow: {name}\nsteps: {{main: {{talk: Hello.}}}}\n")
    sites = '"https://ivr.example.com"'
    for target in ("server", "nginx"):
        for flow, out in (("shop", "old/site"), ("acme", "new/site")):
            Path("flowc.yml").write_text(
                f"sites: {{live: {{target: {target}, base_url: {sites}}}}}\nnumbers: {{442079460001: {flow}}}\n"
            )
            Path(target, out).parent.mkdir(parents=True)
            assert run(["build", "--quiet", "--out", f"{target}/{out}"]) == 0
        Path("flowc.yml").unlink()
        capsys.readouterr()
        assert run(["diff", f"{target}/old", f"{target}/new/site", "--exit-code"]) == 1
        assert capsys.readouterr().out == (
            "shop: the flow\n  - number 442079460001: leads here\nacme: the flow\n  + number 442079460001: leads here\n"
        )
    assert (
        run(
            [
                "build",
                "--quiet",
                "--target",
                "static",
                "--base-url",
                "https://a.example.com",
                "acme.flow.yml",
                "--out",
                "nginx/old/b",
            ]
        )
        == 0
    )
    assert run(["diff", "nginx/old", "nginx/new"]) == 2
    said = "name one of what was built in it, `nginx/old/b` or `nginx/old/site`"
    assert said in capsys.readouterr().err
