"""The exchange of a site: the old one or the new one, whatever happens in between."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from stand_in import Shop

from flowc.workspace.lock import held
from flowc.workspace.names import collisions, fault, unfit


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def first_site(shop: Shop) -> None:
    shutil.rmtree(shop.root / "flows", ignore_errors=True)
    shop.write("acme", "say welcome Hello.", "say bye Goodbye.")
    shop.write("old", "say gone Nobody is here.")


def second_site(shop: Shop) -> None:
    shop.write("acme", "say welcome Good morning.", "say menu Press one.")
    shop.write("fresh", "say start I am new.")
    (shop.root / "flows" / "old.flow.yml").unlink()


def talk(text: str) -> str:
    return f'[{{"action": "talk", "text": "{text}"}}]'


OLD = {
    "public/acme/bye.json": talk("Goodbye."),
    "public/acme/welcome.json": talk("Hello."),
    "public/old/gone.json": talk("Nobody is here."),
    "tables/flows/acme.map": "welcome\nbye",
    "tables/flows/old.map": "gone",
    "tables/site.conf": "acme,old",
}
NEW = {
    "public/acme/menu.json": talk("Press one."),
    "public/acme/welcome.json": talk("Good morning."),
    "public/fresh/start.json": talk("I am new."),
    "tables/flows/acme.map": "welcome\nmenu",
    "tables/flows/fresh.map": "start",
    "tables/site.conf": "acme,fresh",
}


def at_step(number: int, act: Callable[[str], None]) -> Callable[[str], None]:
    """A step that acts before the numbered change to the disk."""
    count = iter(range(number, -1, -1))

    def step(name: str) -> None:
        if next(count, -1) == 0:
            act(name)

    return step


def in_child(act: Callable[[], bool]) -> int:
    """Start a child that exits with 0 if the act comes true; its process."""
    child = os.fork()
    if child == 0:
        done = False
        try:
            done = act()
        except Exception:
            traceback.print_exc()
        os._exit(0 if done else 1)
    return child


def killed(shop: Shop, number: int) -> str | None:
    """Build in a child that is killed before the numbered change to the disk; which one that was, None if it ended."""
    log = shop.root / "step"

    def die(name: str) -> None:
        log.write_text(name)
        os.kill(os.getpid(), signal.SIGKILL)

    child = in_child(lambda: shop.build(step=at_step(number, die)).trouble is None)
    return log.read_text() if os.WIFSIGNALED(os.waitpid(child, 0)[1]) else None


def test_a_build_killed_before_any_change_to_the_disk_leaves_the_old_or_the_new_site_whole(shop: Shop) -> None:
    steps: list[str] = []
    while True:
        first_site(shop)
        shop.build(force=True)
        assert shop.tree() == OLD
        second_site(shop)
        step = killed(shop, len(steps))
        if step is None:
            break
        steps.append(step)
        shop.write("fresh", "error start the next build finds a mistake, and yet puts things right")
        assert shop.build().told
        assert shop.tree() == (OLD if step == "write the journal" else NEW), step
        shop.write("fresh", "say start I am new.")
        shop.build()
        assert shop.tree() == NEW, step
        assert shop.build().compiled == 0, step
        assert not (shop.root / "build/site/.flowc-stage").exists(), step
    assert {"put public/acme in place", "set public/old aside", "install the record"} <= set(steps)
    assert (steps[0], steps[-1]) == ("write the journal", "discard what was replaced")


def test_a_recovery_that_is_killed_as_well_is_recovered_from(shop: Shop) -> None:
    first_site(shop)
    shop.build()
    second_site(shop)
    assert killed(shop, 4) is not None
    for number in range(6):
        assert killed(shop, number) is not None
    shop.build()
    assert shop.tree() == NEW


def test_what_a_killed_build_had_staged_before_its_journal_is_cleared_away(shop: Shop) -> None:
    first_site(shop)
    shop.build()
    (shop.root / "build/site/.flowc-stage/new/public/acme").mkdir(parents=True)
    (shop.root / "build/site/.flowc-stage/new/public/acme/welcome.json").write_text("[half")
    assert shop.build().compiled == 0
    assert shop.tree() == OLD
    assert not (shop.root / "build/site/.flowc-stage").exists()


def test_an_exchange_that_the_disk_refuses_is_undone_at_once(shop: Shop) -> None:
    first_site(shop)
    shop.build()
    second_site(shop)

    def refuse(name: str) -> None:
        names.append(name)
        raise OSError(errno.ENOSPC, "No space left on device")

    names: list[str] = []
    while True:
        trouble = shop.build(step=at_step(len(names), refuse)).trouble
        if names[-1] == "remove the journal":
            break
        assert trouble is not None and trouble.rule.name == "disk-full"
        assert shop.tree() == OLD, names[-1]
        assert not (shop.root / "build/site/.flowc-stage").exists(), names[-1]
    assert len(names) > 8


@pytest.mark.parametrize(
    "journal", ["", "{", '[[["../../flows",true,true]],[],"x"]', '[[["public",1]],[],""]', "[1,2,3]"]
)
def test_a_journal_that_is_damaged_or_leads_out_of_the_folder_is_not_followed(shop: Shop, journal: str) -> None:
    first_site(shop)
    shop.build()
    staged = shop.root / "build/site/.flowc-stage"
    staged.mkdir()
    (staged / "journal").write_text(journal)
    assert shop.build().trouble is None
    assert shop.tree() == OLD
    assert (shop.root / "flows").is_dir()
    assert not staged.exists()


def test_an_exchange_that_can_be_neither_finished_nor_undone_is_said_and_nothing_is_lost(shop: Shop) -> None:
    first_site(shop)
    shop.build()
    second_site(shop)
    number = next(each for each in range(20) if killed_before(shop, each, "put public/acme in place"))
    somebodys = shop.root / "build/site/public/acme/file"
    somebodys.parent.mkdir()
    somebodys.touch()
    trouble = shop.build().trouble
    assert number > 0 and trouble is not None and trouble.rule.name == "stuck-exchange"
    shutil.rmtree(somebodys.parent)
    assert shop.build().trouble is None
    assert shop.tree() == NEW


def killed_before(shop: Shop, number: int, step: str) -> bool:
    """Whether a build killed at its numbered change to the disk was killed at this one; else it is finished again."""
    first_site(shop)
    shop.build(force=True)
    second_site(shop)
    return killed(shop, number) == step


def test_what_an_earlier_build_wrote_and_this_one_does_not_is_removed_and_other_files_never(shop: Shop) -> None:
    first_site(shop)
    shop.build()
    mine = {
        "public/old/logo.mp3": "a sound",
        "public/acme/notes/today.txt": "a note",
        "public/robots.txt": "Disallow: /",
        "tables/flows/by-hand.map": "a table",
    }
    for path, text in mine.items():
        (shop.root / "build/site" / path).parent.mkdir(exist_ok=True)
        (shop.root / "build/site" / path).write_text(text)
    second_site(shop)
    shop.build()
    assert shop.tree() == {**NEW, **mine}


def test_folders_that_are_empty_after_a_removal_go_too(shop: Shop) -> None:
    shop.write("acme", "say welcome Hello.")
    shop.build()
    shop.write("acme")
    shop.build()
    assert not (shop.root / "build/site/public").exists()


def test_a_flow_that_takes_over_the_name_of_another_leaves_none_of_its_documents(shop: Shop) -> None:
    first_site(shop)
    shop.build()
    (shop.root / "flows/acme.flow.yml").write_text("flow other\nsay first One.\n")
    (shop.root / "flows/old.flow.yml").write_text("flow acme\nsay second Two.\n")
    shop.build()
    assert [path for path in shop.tree() if path.startswith("public")] == [
        "public/acme/second.json",
        "public/other/first.json",
    ]


def test_a_flow_whose_name_changes_only_in_case_keeps_its_documents(shop: Shop) -> None:
    first_site(shop)
    shop.build()
    (shop.root / "flows/old.flow.yml").write_text("flow OLD\nsay gone Nobody.\n")
    shop.build()
    assert "public/OLD/gone.json" in shop.tree() and "public/old/gone.json" not in shop.tree()


@pytest.mark.parametrize(
    "place", ["public", "public/acme", "program", "tables/site.conf", ".flowc-stage", "public/acme/deep"]
)
def test_nothing_is_written_through_a_link_in_the_output_folder(shop: Shop, tmp_path: Path, place: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("not flowc's")
    link = shop.root / "build/site" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    first_site(shop)
    trouble = shop.build().trouble
    assert [each.name for each in elsewhere.iterdir()] == ["kept.txt"]
    assert link.is_symlink()
    if place != "public/acme/deep":  # which is somebody's own, and none of flowc's business
        assert trouble is not None and trouble.rule.name == "link-in-out"


def test_the_output_folder_itself_may_be_a_link(shop: Shop) -> None:
    (shop.root / "elsewhere").mkdir()
    (shop.root / "build").mkdir()
    (shop.root / "build/site").symlink_to(shop.root / "elsewhere")
    first_site(shop)
    assert shop.build().trouble is None
    assert shop.tree() == OLD
    assert (shop.root / "elsewhere/public/acme/welcome.json").exists()


@pytest.mark.parametrize(
    ("place", "is_folder"), [("public", False), ("public/acme", False), ("tables/site.conf", True)]
)
def test_a_file_in_the_place_of_a_folder_is_said_and_left_alone(shop: Shop, place: str, is_folder: bool) -> None:
    path = shop.root / "build/site" / place
    path.parent.mkdir(parents=True)
    path.mkdir() if is_folder else path.write_text("mine")
    first_site(shop)
    trouble = shop.build().trouble
    assert trouble is not None and trouble.rule.name == "in-the-way"
    assert path.is_dir() == is_folder
    assert [each.name for each in (shop.root / "build/site").iterdir()] == [place.split("/")[0]]


def test_an_error_in_any_flow_changes_nothing_on_disk(shop: Shop) -> None:
    first_site(shop)
    shop.build()
    before = {each: each.stat().st_ctime_ns for each in (shop.root / "build/site").rglob("*")}
    second_site(shop)
    shop.write("acme", "say welcome Hello.", "error welcome This cannot be.")
    outcome = shop.build()
    assert [told[1] for told in outcome.told] == ["stand-in-error"]
    assert outcome.flows == ()
    assert before == {each: each.stat().st_ctime_ns for each in (shop.root / "build/site").rglob("*")}


def test_a_first_build_with_an_error_makes_no_output_folder(shop: Shop) -> None:
    shop.write("acme", "error welcome This cannot be.")
    assert shop.build().told
    assert not (shop.root / "build/site").exists()


def everything(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*"))


def test_a_first_build_with_an_error_leaves_nothing_that_was_not_there(shop: Shop) -> None:
    shop.write("acme", "error welcome This cannot be.")
    before = everything(shop.root)
    assert shop.build().told
    assert everything(shop.root) == before


def test_a_first_build_with_an_error_leaves_empty_folders_that_were_there(shop: Shop) -> None:
    shop.write("acme", "error welcome This cannot be.")
    (shop.root / "build/site").mkdir(parents=True)
    (shop.root / ".flowc").mkdir()
    before = everything(shop.root)
    assert shop.build().told
    assert everything(shop.root) == before


def test_a_build_that_the_disk_refuses_leaves_nothing_either(shop: Shop) -> None:
    first_site(shop)
    before = everything(shop.root)

    def refuse(name: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert shop.build(step=refuse).trouble is not None
    assert everything(shop.root) == before


def test_a_lock_that_is_taken_away_while_another_build_waits_lets_one_build_in_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / ".flowc"
    inside = tmp_path / "inside"

    def alone() -> bool:
        for _ in range(30):
            with held(str(folder)) as said:
                if said is None:
                    inside.touch(exist_ok=False)
                    inside.unlink()
        return True

    children = [in_child(alone) for _ in range(3)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert not (folder / "lock").exists()


def test_an_output_folder_that_holds_a_flow_is_refused(shop: Shop) -> None:
    first_site(shop)
    (shop.root / "build/site").mkdir(parents=True)
    (shop.root / "build/site/other.flow.yml").write_text("flow other\n")
    trouble = shop.build().trouble
    assert trouble is not None and trouble.rule.name == "out-holds-flows"
    assert everything(shop.root / "build") == ["site", "site/other.flow.yml"]


def test_another_build_is_kept_out_with_a_message(shop: Shop) -> None:
    first_site(shop)
    with held(str(shop.root / ".flowc")) as nothing:
        assert nothing is None
        trouble = shop.build().trouble  # a lock belongs to an open file, so this process is as good as another
        assert trouble is not None and trouble.rule.name == "build-running"
    assert not (shop.root / "build").exists()
    assert shop.build().trouble is None


def test_two_builds_at_once_end_with_a_whole_site(shop: Shop) -> None:
    first_site(shop)

    def is_built_or_kept_out() -> bool:
        trouble = shop.build(force=True).trouble
        return trouble is None or trouble.rule.name == "build-running"

    children = [in_child(is_built_or_kept_out) for _ in range(2)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert shop.tree() == OLD


def test_names_that_no_windows_file_may_have_are_known() -> None:
    bad = [
        "public/con/a.json",
        "public/a/AUX.json",
        "public/a/lpt1",
        "public/a/x.",
        "a/b ",
        "a/x:y",
        "a/../b",
        "a//b",
        "/a",
    ]
    assert [path for path, _ in unfit([*bad, "a/tab\there"])] == [*bad, "a/tab\there"]
    good = ["public/console/a.json", "public/a/main~2-noInput.json", "public/a/com10.json", "a/.map", f"a/{'x' * 255}"]
    assert list(unfit(good)) == []


def test_a_name_longer_than_255_bytes_is_no_file_name() -> None:
    assert fault("a/" + "x" * 256) is not None
    assert fault("a/" + "é" * 127) is None
    assert fault("a/" + "é" * 128) is not None


def test_paths_that_are_one_on_a_case_blind_disk_are_found() -> None:
    assert list(collisions(["a/Main.json", "a/main.json"])) == [("a/Main.json", "a/main.json")]
    assert list(collisions(["a/caf\u00e9", "a/cafe\u0301"])) == [("a/caf\u00e9", "a/cafe\u0301")]
    assert list(collisions(["a/main.json", "b/main.json"])) == []


FULL = """
import subprocess, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from stand_in import Shop
root = Path(sys.argv[1])
disk = root / "build"
disk.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=True)
shop = Shop(root)
shop.write("acme", "say welcome Hello.")
assert shop.build().trouble is None
before = shop.tree(), sorted(disk.rglob("*"))
shop.write("acme", "say welcome Good morning.")
for number in range(30):
    shop.write(f"f{number}", f"say start {'x' * 3000}")
trouble = shop.build().trouble
assert trouble is not None and trouble.rule.name == "disk-full", trouble
assert (shop.tree(), sorted(disk.rglob("*"))) == before
print("the old site is whole")
"""


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    own_disks = ["unshare", "-Urm"]
    if shutil.which("unshare") is None or subprocess.run([*own_disks, "true"], capture_output=True).returncode:
        pytest.skip("unshare -Urm is not allowed here")
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    run = subprocess.run([*own_disks, sys.executable, "-c", FULL, tmp_path, *paths], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("the old site is whole\n", "")


def as_somebody_else(act: Callable[[], bool]) -> bool:
    """Whether an act comes true in a child without the rights of root."""

    def without_rights() -> bool:
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        return act()

    return os.waitpid(in_child(without_rights), 0)[1] == 0


@pytest.mark.parametrize("place", ["build/site", ".flowc", "build/site/public", "build"])
def test_a_folder_that_may_not_be_written_is_said_once(shop: Shop, place: str) -> None:
    for folder in (shop.root, *shop.root.parents):
        if os.stat(folder).st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o005)
    first_site(shop)
    if place != "build":
        shop.build()
    for each in [shop.root, *shop.root.rglob("*")]:
        each.chmod(0o777 if each.is_dir() else 0o666)
    (shop.root / place).mkdir(exist_ok=True)
    (shop.root / place).chmod(0o555)
    second_site(shop)

    def is_said() -> bool:
        trouble = shop.build().trouble
        return trouble is not None and trouble.rule.name == "unwritable"

    assert as_somebody_else(is_said)
    assert shop.tree() == ({} if place == "build" else OLD)
