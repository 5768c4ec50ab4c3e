"""Files are found as promised, and what cannot be read gives one diagnostic."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source
from flowc.workspace import globs
from flowc.workspace.file import load
from flowc.workspace.project import Project, read
from flowc.workspace.sources import discover


def written(path: Path, data: bytes = b"flow: a\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def refusal(path: Path, root: Path | None = None) -> Diagnostic:
    loaded = load(path, root)
    assert isinstance(loaded, Diagnostic)
    return loaded


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("é電👍".encode(), "é電👍"),
        (b"\xef\xbb\xbfflow: a", "flow: a"),
        (b"a\r\nb\r\n", "a\r\nb\r\n"),
        (b"x" * (1 << 20), "x" * (1 << 20)),
    ],
)
def test_a_text_is_read_as_it_is(tmp_path: Path, data: bytes, text: str) -> None:
    path = written(tmp_path / "a.flow.yml", data)
    assert load(path) == Source(str(path), text)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"x" * ((1 << 20) + 1), "file-too-large", "larger than 1 MiB"),
        ("flow: a".encode("utf-16"), "not-utf-8", "UTF-16"),
        ("flow: a".encode("utf-16-le"), "not-utf-8", "UTF-16"),
        ("flow: a".encode("utf-16-be"), "not-utf-8", "UTF-16"),
        ("flow: a".encode("utf-32"), "not-utf-8", "UTF-32"),
        ("flow: é".encode("latin-1"), "not-utf-8", "the byte E9"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary-file", "zero"),
        (b"flow: a\x00", "binary-file", "zero"),
        (b"\xed\xa0\x80", "not-utf-8", "the byte ED"),
    ],
)
def test_what_is_no_text_is_said_once(tmp_path: Path, data: bytes, name: str, words: str) -> None:
    found = refusal(written(tmp_path / "a.flow.yml", data))
    assert found.rule.name == name
    assert words in found.message


def test_a_wrong_byte_is_said_at_its_place(tmp_path: Path) -> None:
    found = refusal(written(tmp_path / "a", "é: 1\nb: ".encode() + b"\xe9t\xe9\n"))
    assert found.source.text[: found.span.start] == "é: 1\nb: "
    assert found.hint is not None
    assert "`é`" in found.hint


def test_what_is_no_file_is_said_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(tmp_path / "plug"))
    kinds = {"pipe": "a pipe", "plug": "a socket", "": "a folder"}
    assert {name: refusal(tmp_path / name).message for name in kinds} == {
        name: f"this is {kind}, not a file" for name, kind in kinds.items()
    }
    assert refusal(Path("/dev/zero")).message == "this is a device, not a file"


@pytest.mark.parametrize("name", ["gone", "a.flow.yml/under", "x" * 300, "nul\0"])
def test_what_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    written(tmp_path / "a.flow.yml")
    assert refusal(tmp_path / name).rule.name == "no-such-file"


def test_links_that_lead_nowhere_are_said(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("gone")
    (tmp_path / "loop").symlink_to("back")
    (tmp_path / "back").symlink_to("loop")
    assert refusal(tmp_path / "dangling").message == "this link leads to `gone`, which is not there"
    assert refusal(tmp_path / "loop").rule.name == "link-loop"


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside, root = written(tmp_path / "secret"), tmp_path / "project"
    inside = written(root / "own.flow.yml")
    (root / "out.flow.yml").symlink_to(outside)
    (root / "in.flow.yml").symlink_to(inside)
    (root / "folder").symlink_to(tmp_path)
    assert isinstance(load(root / "in.flow.yml", root), Source)
    assert refusal(root / "out.flow.yml", root).rule.name == "outside-project"
    assert refusal(root / "folder" / "secret", root).rule.name == "outside-project"


def test_a_project_may_be_reached_over_a_link(tmp_path: Path) -> None:
    written(tmp_path / "real" / "a.flow.yml")
    (tmp_path / "link").symlink_to("real")
    assert isinstance(load(tmp_path / "link" / "a.flow.yml", tmp_path / "link"), Source)


def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    """Root may read everything, so the file is read by somebody else."""
    locked = written(tmp_path / "locked.flow.yml")
    locked.chmod(0)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o055)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom flowc.workspace.file import load\n"
        "os.getuid() or os.setuid(65534)\n"
        "for path in sys.argv[1:]: print(load(Path(path)).message)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(locked), str(closed)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        "this file cannot be read: permission denied",
        "this folder cannot be read: permission denied",
    ], done.stderr


def run_by_somebody_else(folder: Path, *arguments: str) -> tuple[int, str]:
    """Root may read everything, so the program is run by somebody else; what it needs is imported before."""
    for each in (folder, *folder.parents[:3]):
        if each.stat().st_uid == os.getuid():
            each.chmod(each.stat().st_mode | 0o055)
    code = (
        "import base64, os, pickle, shutil, sys\nfrom flowc.cli.group import run\nfrom flowc.rules import all_rules\n"
        "import click._textwrap, flowc.cli.build, flowc.cli.check, flowc.text.reports.text\nall_rules()\n"
        "os.chdir(sys.argv[1])\nos.getuid() or os.setuid(65534)\nsys.exit(run(sys.argv[2:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), *arguments],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "pattern", ["closed/*.flow.yml", "closed/deep/*.flow.yml", "**/*.flow.yml", "closed/a.flow.yml"]
)
def test_flows_in_a_folder_that_may_not_be_read_are_an_error(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "flowc.yml").write_text(f"flows: '{pattern}'\n")
    written(tmp_path / "closed/deep/a.flow.yml")
    (tmp_path / "closed").chmod(0)
    for arguments in (("check",), ("check", "closed")):
        code, said = run_by_somebody_else(tmp_path, *arguments)
        assert code == 1 and "E601" in said and "permission denied" in said, said
    (tmp_path / "closed").chmod(0o755)


def test_a_project_file_that_may_not_be_read_is_said_to_be_there(tmp_path: Path) -> None:
    written(tmp_path / "flowc.yml", b"{}").chmod(0)
    code, said = run_by_somebody_else(tmp_path, "build", "--site", "a")
    assert code == 1 and "flowc.yml:1:1: error[E601]" in said, said


def test_a_folder_is_searched_at_any_depth_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    names = ["b.flow.yaml", "a.flow.yml", "c/d/e.ncco.json"]
    for name in (*names, "x.yml", "x.json", ".hidden/x.flow.yml", "flow.yml"):
        written(tmp_path / name)
    assert discover([tmp_path]) == [tmp_path / name for name in sorted(names)]


def test_links_to_folders_are_followed_once(tmp_path: Path) -> None:
    shared = written(tmp_path / "shared" / "a.flow.yml")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "shared").symlink_to("../shared")
    (tmp_path / "project" / "again").symlink_to(".")
    assert discover([tmp_path / "project"]) == [tmp_path / "project" / "shared" / shared.name]


def test_a_link_to_a_folder_outside_the_project_is_left_for_load_to_refuse(tmp_path: Path) -> None:
    written(tmp_path / "shared" / "a.flow.yml")
    project = project_in(tmp_path / "project", "{}")
    (project.root / "shared").symlink_to("../shared")
    (link,) = discover([project.root], project)
    assert refusal(link, project.root).rule.name == "outside-project"


def test_a_very_deep_folder_is_no_trouble(tmp_path: Path) -> None:
    top, deep = tmp_path / "d", tmp_path.joinpath(*["d"] * 1200)
    subprocess.run(["mkdir", "-p", str(deep)], check=True)
    (deep / "a.flow.yml").touch()
    try:
        assert len(discover([top])) == 1
    finally:
        subprocess.run(["rm", "-r", str(top)], check=True)


@pytest.mark.parametrize(
    ("flows", "names"),
    [
        ("flows/*.flow.yml", ["flows/a.flow.yml"]),
        ('"**/*.flow.yml"', ["flows/a.flow.yml", "flows/deep/b.flow.yml"]),
        ("flows", ["flows/a.flow.yml", "flows/deep/b.flow.yml"]),
        ("[flows/deep/b.flow.yml, flows/*.yml]", ["flows/deep/b.flow.yml", "flows/a.flow.yml"]),
        ("gone.flow.yml", ["gone.flow.yml"]),
        ('"gone/*.flow.yml"', []),
    ],
)
def test_the_flows_of_a_project_are_those_of_its_patterns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flows: str, names: list[str]
) -> None:
    project = project_in(tmp_path, f"flows: {flows}\n")
    written(tmp_path / "flows" / "a.flow.yml")
    written(tmp_path / "flows" / "deep" / "b.flow.yml")
    monkeypatch.chdir(tmp_path)
    assert [path.as_posix() for path in discover([], project)] == names


def project_in(folder: Path, text: str) -> Project:
    project, said = read(written(folder / "flowc.yml", text.encode()))
    assert said == []
    assert project is not None
    return project


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("a/*.yml", "a/b.yml", True),
        ("a/*.yml", "a/b/c.yml", False),
        ("a/**/c.yml", "a/c.yml", True),
        ("a/**/c.yml", "a/b/b/c.yml", True),
        ("**", "a/b", True),
        ("a", "a/b", True),
        ("a", "ab", False),
        ("./a/?.yml", "a/b.yml", True),
        ("a/[", "a/[", True),
        ("[z-a]", "z", False),
        ("*/**/*/**/" * 20 + "x", "/".join("a" * 60), False),
    ],
)
def test_patterns_match_paths(pattern: str, path: str, expected: bool) -> None:
    assert globs.matches(pattern, path) is expected
