"""What a build remembers: what it need not do again, and what it has to say again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from stand_in import Shop, compiled, works

import flowc.workspace.job
from flowc.workspace import again, workers
from flowc.workspace.compare import compare


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.write("acme", "say welcome Hello.", "param agents", "secret pin")
    shop.write("bell", "say ring Ding.", "warn ring It is loud.")
    return shop


def kept(shop: Shop) -> Path:
    [path] = (shop.root / ".flowc").glob("*.record")
    return path


def test_unchanged_flows_are_not_compiled_and_their_warnings_are_said_again(shop: Shop) -> None:
    first = shop.build()
    assert first.compiled == 2
    second = shop.build()
    assert (second.compiled, compiled) == (0, [])
    assert list(second.told) == list(first.told)
    assert [told[1:3] for told in second.told] == [["stand-in-warning", "flows/bell.flow.yml"]]
    assert [flow.flow for flow in second.flows] == ["acme", "bell"]


def test_only_the_changed_flow_is_compiled_and_the_warnings_of_the_other_are_said_again(shop: Shop) -> None:
    shop.build()
    shop.write("acme", "say welcome Good morning.")
    outcome = shop.build()
    assert [os.path.basename(each) for each in compiled] == ["acme.flow.yml"]
    assert [told[1] for told in outcome.told] == ["stand-in-warning"]
    assert "Good morning" in shop.tree()["public/acme/welcome.json"]
    assert "Ding" in shop.tree()["public/bell/ring.json"]


def test_a_change_that_keeps_size_and_times_is_seen(shop: Shop) -> None:
    shop.build()
    path = shop.root / "flows/acme.flow.yml"
    times = path.stat()
    path.write_text(path.read_text().replace("Hello", "Howdy"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    shop.build()
    assert "Howdy" in shop.tree()["public/acme/welcome.json"]


def test_a_file_that_was_touched_and_not_changed_is_not_compiled(shop: Shop) -> None:
    shop.build()
    os.utime(shop.root / "flows/acme.flow.yml")
    assert shop.build().compiled == 0


def test_outputs_that_came_out_the_same_are_not_written_again(shop: Shop) -> None:
    shop.build()
    files = {each: each.stat().st_ino for each in (shop.root / "build/site/public").rglob("*")}
    shop.write("acme", "say welcome Hello.", "param agents", "secret pin", "comment only")
    assert shop.build().compiled == 1
    assert files == {each: each.stat().st_ino for each in (shop.root / "build/site/public").rglob("*")}


def test_a_param_a_setting_or_another_file_that_changed_makes_its_flows_new(shop: Shop) -> None:
    (shop.root / "flows" / "greeting.txt").write_text("Welcome.")
    shop.write("bell", "read greeting.txt")
    shop.build(params={"agents": "447700900100"})
    assert shop.build(params={"agents": "447700900100"}).compiled == 0
    assert shop.build(params={"agents": "447700900101"}).compiled == 1
    assert shop.build().compiled == 1
    assert shop.build(params={"nobody_declares_it": 1}).compiled == 0
    (shop.root / "flows" / "greeting.txt").write_text("Good day.")
    assert (shop.build().compiled, compiled) == (1, [str(shop.root / "flows/bell.flow.yml")])
    assert "Good day." in shop.tree()["public/bell/greeting.txt.json"]


def test_another_base_url_or_version_of_flowc_makes_all_flows_new(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.build()
    other = shop.job(base="https://other.example.com")
    from flowc.workspace.build import build

    assert build(other, works()).compiled == 2
    assert build(other, works()).compiled == 0
    monkeypatch.setattr(flowc.workspace.job, "edition", lambda: "99")
    assert build(other, works()).compiled == 2


def test_code_that_changed_is_another_flowc_though_its_version_is_the_same(tmp_path: Path) -> None:
    shutil.copytree(Path(flowc.__file__).parent, tmp_path / "flowc", ignore=shutil.ignore_patterns("__pycache__"))
    code = tmp_path / "flowc/hosting/server.py"
    state = code.stat()
    before = _edition(tmp_path)
    assert _edition(tmp_path) == before and before.startswith(f"{flowc.__version__} ")
    os.utime(code, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert _edition(tmp_path) != before


def test_an_installed_flowc_is_known_by_the_list_of_its_files(tmp_path: Path) -> None:
    shutil.copytree(Path(flowc.__file__).parent, tmp_path / "flowc", ignore=shutil.ignore_patterns("__pycache__"))
    listed = tmp_path / f"flowc-{flowc.__version__}.dist-info/RECORD"
    listed.parent.mkdir()
    listed.write_text("flowc/compiler.py,sha256=abc,1\n")
    before = _edition(tmp_path)
    os.utime(tmp_path / "flowc/hosting/server.py")  # where it was unpacked makes no difference
    assert _edition(tmp_path) == before
    listed.write_text("flowc/compiler.py,sha256=abd,1\n")
    assert _edition(tmp_path) != before


def _edition(folder: Path) -> str:
    code = "from flowc.workspace.edition import edition; print(edition())"
    run = [sys.executable, "-c", code]
    return subprocess.run(run, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_a_secret_is_not_in_the_record(shop: Shop) -> None:
    shop.build(params={"pin": "8642-secret", "agents": "447700900100"})
    data = kept(shop).read_bytes()
    assert b"447700900100" in data
    assert b"8642" not in data
    assert shop.build(params={"pin": "another", "agents": "447700900100"}).compiled == 0
    assert shop.build(params={"agents": "447700900100"}).compiled == 1


def test_a_build_trusts_its_record_and_force_looks_at_the_files(shop: Shop) -> None:
    shop.build()
    path = shop.root / "build/site/public/acme/welcome.json"
    path.write_text("edited by hand")
    assert shop.build().compiled == 0
    assert path.read_text() == "edited by hand"
    assert shop.build(force=True).compiled == 2
    assert "Hello" in path.read_text()


@pytest.mark.parametrize("gone", ["build", "build/site", "build/site/.flowc-stamp", ".flowc"])
def test_an_output_folder_or_record_that_was_removed_is_made_again(shop: Shop, gone: str) -> None:
    shop.build()
    tree = shop.tree()
    (shop.root / gone).rename(shop.root / "elsewhere")
    assert shop.build().compiled == 2
    assert shop.tree() == tree


@pytest.mark.parametrize("hurt", ["empty", "cut", "turned", "text", "folder", "format"])
def test_a_damaged_record_is_as_good_as_none(shop: Shop, hurt: str) -> None:
    shop.build()
    path = kept(shop)
    data = path.read_bytes()
    path.unlink()
    turned = bytearray(data)
    turned[len(data) // 2] ^= 1
    turned[-60] ^= 1
    hurts = {
        "empty": b"",
        "cut": data[:-10],
        "turned": bytes(turned),
        "text": b"hello",
        "format": data[:-8] + b"flowc 9\n",
    }
    path.mkdir() if hurt == "folder" else path.write_bytes(hurts[hurt])
    if hurt == "folder":
        path.rmdir()
        path.symlink_to(shop.root)
    assert shop.build().compiled == 2
    assert shop.build().compiled == 0


def test_the_record_does_not_follow_a_link_that_came_with_the_project(shop: Shop) -> None:
    shop.build()
    precious = shop.root / "precious"
    precious.write_text("precious")
    (kept(shop).parent / f"{kept(shop).name}.next").symlink_to(precious)
    shop.write("acme", "say welcome Changed.")
    assert shop.build().compiled == 1
    assert precious.read_text() == "precious"


def test_the_same_flows_make_the_same_record_in_another_folder(shop: Shop, tmp_path: Path) -> None:
    other = Shop(tmp_path / "other")
    other.write("acme", "say welcome Hello.", "param agents", "secret pin")
    other.write("bell", "say ring Ding.", "warn ring It is loud.")
    shop.build()
    other.build()
    assert kept(shop).name == kept(other).name
    assert kept(shop).read_bytes() == kept(other).read_bytes()


def test_a_check_says_what_would_change_and_writes_nothing(shop: Shop) -> None:
    assert "public/acme/welcome.json" in compare(shop.job(), works()).stale
    assert not (shop.root / "build").exists() and not (shop.root / ".flowc").exists()
    shop.build()
    assert compare(shop.job(), works()).stale == []
    before = kept(shop).read_bytes()
    (shop.root / "build/site/public/acme/welcome.json").write_text("edited by hand")
    (shop.root / "build/site/tables/site.conf").unlink()
    shop.write("bell", "say ring Dong.", "say stop Quiet.")
    assert compare(shop.job(), works()).stale == [
        *("program/bell.map.json", "program/bell.program.json", "public/acme/welcome.json", "public/bell/ring.json"),
        *("public/bell/stop.json", "tables/flows/bell.map", "tables/site.conf"),
    ]
    (shop.root / "flows/bell.flow.yml").unlink()
    assert "public/bell/" in compare(shop.job(), works()).stale
    assert kept(shop).read_bytes() == before


def test_a_check_without_a_record_looks_at_the_files(shop: Shop) -> None:
    shop.build()
    (shop.root / ".flowc").rename(shop.root / "elsewhere")
    assert compare(shop.job(), works()).stale == []


def test_two_flows_of_one_name_are_an_error_at_both_places(shop: Shop) -> None:
    shop.build()
    (shop.root / "flows/copy.flow.yml").write_text("# a copy\nflow acme\nsay welcome Copied.\n")
    tree = shop.tree()
    outcome = shop.build()
    said = [told for told in outcome.told if told[1] == "duplicate-flow"]
    assert [(told[2], told[3]) for told in said] == [("flows/acme.flow.yml", 0), ("flows/copy.flow.yml", 9)]
    assert ["copy" in str(told[7]) for told in said] == [True, False]
    assert shop.tree() == tree


def test_flows_whose_names_differ_in_case_only_are_an_error(shop: Shop) -> None:
    shop.write("Acme", "say welcome Hello.")
    assert [told[1] for told in shop.build().told].count("duplicate-flow") == 2


def test_documents_whose_names_differ_in_case_only_are_an_error(shop: Shop) -> None:
    shop.write("acme", "say welcome Hello.", "say Welcome Hello again.")
    assert [told[1] for told in shop.build().told if told[0] == "E637"] == ["unfit-file-name"]


@pytest.mark.parametrize(
    "lines", [("flow con", "say a Hello."), ("flow acme", "say aux Hello."), ("flow acme", f"say {'x' * 260} Hi.")]
)
def test_a_name_that_is_no_file_name_is_said_where_it_is_written(shop: Shop, lines: tuple[str, ...]) -> None:
    (shop.root / "flows/acme.flow.yml").write_text("\n".join((*lines, "")))
    outcome = shop.build()
    said = [told for told in outcome.told if told[1] == "unfit-file-name"]
    assert [told[2] for told in said] == ["flows/acme.flow.yml"]
    assert not (shop.root / "build/site").exists()


def test_findings_survive_the_way_through_the_record(shop: Shop) -> None:
    [told] = shop.build().told
    from flowc.text.source import Source

    said = again.said(told, lambda name: Source(name, "text"))
    assert said is not None and (said.rule.name, said.message, said.source.name) == (
        "stand-in-warning",
        "It is loud.",
        "flows/bell.flow.yml",
    )
    assert again.told(said) == told
    assert again.said(["nonsense"], lambda name: Source(name, "")) is None


def test_many_flows_are_built_by_several_processes_and_come_out_the_same(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        shop.write(f"f{number:02}", f"say start Number {number}.", *(("warn start Odd.",) if number % 2 else ()))
    monkeypatch.setattr(workers, "processes", lambda pieces: 1)
    alone = shop.build()
    tree, data = shop.tree(), kept(shop).read_bytes()
    for path in (shop.root / ".flowc", shop.root / "build"):
        path.rename(shop.root / f"{path.name}-alone")
    monkeypatch.setattr(workers, "processes", lambda pieces: 3)
    together = shop.build()
    assert (together.told, together.compiled) == (alone.told, 42)
    assert (shop.tree(), kept(shop).read_bytes()) == (tree, data)
    assert len(compiled) == 1  # the first, by this process


def test_an_error_in_one_of_many_flows_is_said_and_nothing_is_written(shop: Shop) -> None:
    for number in range(40):
        shop.write(f"f{number:02}", "error start Wrong." if number == 33 else "say start Hello.")
    outcome = shop.build()
    assert [told[1:3] for told in outcome.told if told[1] == "stand-in-error"] == [
        ["stand-in-error", "flows/f33.flow.yml"]
    ]
    assert not (shop.root / "build/site").exists()


def test_a_worker_that_dies_leaves_its_work_to_the_others() -> None:
    here = os.getpid()

    def work(piece: int) -> bytes:
        if piece == 5 and os.getpid() != here:
            os._exit(9)
        return str(piece).encode()

    assert list(workers.results(range(40), work, 3)) == [str(each).encode() for each in range(40)]


def test_a_fault_in_a_worker_is_met_again_where_it_can_be_seen(capfd: pytest.CaptureFixture[str]) -> None:
    def work(piece: int) -> bytes:
        if piece == 5:
            raise ZeroDivisionError("a fault")
        return b""

    with pytest.raises(ZeroDivisionError):
        list(workers.results(range(40), work, 3))
    assert capfd.readouterr() == ("", "")


MEMORY = """
import resource, sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]
import stand_in
from stand_in import Shop
shop = Shop(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    shop.write(f"f{number}", "param a", *(f"say s{each} {'x' * 500}" for each in range(20)))
assert shop.build().compiled == int(sys.argv[2])
# The peak of this process is not `ru_maxrss`, which it inherits from the one that forked it.
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


def test_memory_does_not_grow_with_the_outputs(tmp_path: Path) -> None:
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

    def peak(flows: int) -> int:
        command = [sys.executable, "-c", MEMORY, tmp_path / str(flows), str(flows), *paths]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    # 800 flows have 8 MB of outputs more than 50.
    assert peak(800) - peak(50) < 5
