"""What a workbench begins with: the example, recent reviews, the folder of a new one, folders to open."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from hypothesis import given
from hypothesis import strategies as st
from tests.support import without_privileges
from tests.tasks.coding.markets import markets

from benang.errors import BenangError
from benang.safe_files import is_reserved
from benang.tasks import start
from benang.tasks.start import (
    EXAMPLE,
    MOST_RECENT,
    Places,
    default_folder,
    forget,
    open_example,
    own_places,
    recent_reviews,
    remember,
    subfolders,
    typed_folder,
)
from benang.tasks.status import StatusRequest, status

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return the folders of a user who has none of them yet."""
    return Places(tmp_path / "home", tmp_path / "home" / "Benang", tmp_path / "state")


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files in a folder."""
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def tracked(root: Path) -> list[str]:
    """Return the files of the example that belong to the project."""
    command = ["git", "ls-files", "-z", f"examples/{EXAMPLE}"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and its folder")
    return sorted(name.removeprefix(f"examples/{EXAMPLE}/") for name in done.stdout.split("\0") if name)


# The example


def test_the_example_is_copied_whole_and_is_a_review(places: Places, project_root: Path) -> None:
    """All files of the project's own folder, and nothing that was built in it."""
    folder = open_example(places)

    assert folder == places.reviews / EXAMPLE
    assert sorted(files(folder)) == tracked(project_root)
    assert status(StatusRequest(folder)).state.coding.passages > 0


def test_an_untouched_copy_is_opened_again(places: Places) -> None:
    """What was built in it, and hidden files, are no change."""
    folder = open_example(places)
    (folder / "out").mkdir()
    (folder / "out" / "report.html").touch()
    (folder / ".DS_Store").touch()

    assert open_example(places) == folder


@pytest.mark.parametrize("change", ["changed", "added", "removed"])
def test_beside_a_copy_that_somebody_worked_in_the_example_gets_another_name(places: Places, change: str) -> None:
    """Nothing in that copy is changed."""
    folder = open_example(places)
    if change == "changed":
        with (folder / "review.toml").open("a", encoding="utf-8") as plan:
            plan.write("\n# mine\n")
    elif change == "added":
        (folder / "judgements" / "ani.jsonl").touch()
    else:
        (folder / "also-cited.ris").unlink()
    before = files(folder)
    again = open_example(places)

    assert again == places.reviews / f"{EXAMPLE}-2"
    assert files(folder) == before
    assert open_example(places) == again


def test_another_folder_of_that_name_stays_as_it_is(places: Places) -> None:
    """Be it a folder with something else or a file; an empty folder is filled."""
    (places.reviews / EXAMPLE).mkdir(parents=True)
    (places.reviews / EXAMPLE / "notes.txt").write_text("mine", encoding="utf-8")
    (places.reviews / f"{EXAMPLE}-2").touch()
    (places.reviews / f"{EXAMPLE}-3").mkdir()

    assert open_example(places) == places.reviews / f"{EXAMPLE}-3"
    assert files(places.reviews / EXAMPLE) == {"notes.txt": b"mine"}


def test_where_nobody_may_write_nothing_is_left(places: Places) -> None:
    """And the message names the place."""
    places.home.mkdir()
    places.home.chmod(0o500)
    with without_privileges(), pytest.raises(BenangError, match=EXAMPLE):
        open_example(places)
    places.home.chmod(0o700)

    assert list(places.home.iterdir()) == []


def test_a_package_without_the_example_says_so(places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout or a wheel that somebody has thinned out."""
    monkeypatch.setattr(start, "_PACKAGE", tmp_path / "src" / "benang")

    with pytest.raises(BenangError, match="Install Benang again"):
        open_example(places)


def test_the_example_of_a_wheel_is_found_before_that_of_a_checkout(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder of the package itself."""
    packed = tmp_path / "site-packages" / "benang" / "examples" / EXAMPLE
    packed.mkdir(parents=True)
    (packed / "review.toml").write_text("packed", encoding="utf-8")
    monkeypatch.setattr(start, "_PACKAGE", tmp_path / "site-packages" / "benang")

    assert files(open_example(places)) == {"review.toml": b"packed"}


def test_a_wheel_has_the_example_without_what_was_built_in_it(project_root: Path) -> None:
    """A wheel that points to the source needs none: the example is in the checkout."""
    out = project_root / "examples" / EXAMPLE / "out"
    made = None if out.exists() else out
    if made:
        made.mkdir()
    try:
        (out / ".packing-test").touch()
        names = [one.distribution_path for one in WheelBuilder(str(project_root)).recurse_included_files()]
    finally:
        (out / ".packing-test").unlink()
        if made:
            made.rmdir()
    within = f"benang/examples/{EXAMPLE}/"

    assert "benang/tasks/start.py" in names
    assert [one for one in names if not one.startswith("benang/")] == []
    assert sorted(one.removeprefix(within) for one in names if one.startswith("benang/examples/")) == tracked(
        project_root
    )


# Recent reviews


def test_the_review_opened_last_comes_first_and_each_once(places: Places, tmp_path: Path) -> None:
    """With its title and when it was opened."""
    first, second = markets(tmp_path / "first"), markets(tmp_path / "second")
    for at, folder in enumerate((first, second, first)):
        remember(folder, places, now=MORNING + timedelta(hours=at))
    recent = recent_reviews(places)

    assert [(one.folder, one.opened) for one in recent] == [
        (first, "2026-03-01T10:00:00Z"),
        (second, "2026-03-01T09:00:00Z"),
    ]
    assert recent[0].title_in("id") == "Night markets that closed (invented)"


def test_a_title_is_shown_in_the_language_of_the_page(places: Places, tmp_path: Path) -> None:
    """If the plan has it in that language."""
    folder = markets(tmp_path / "both")
    plan = (folder / "review.toml").read_text(encoding="utf-8")
    both = '{ en = "Night markets", id = "Pasar malam" }'
    (folder / "review.toml").write_text(plan.replace('"Night markets that closed (invented)"', both), encoding="utf-8")
    remember(folder, places)

    assert [recent_reviews(places)[0].title_in(language) for language in ("en", "id")] == [
        "Night markets",
        "Pasar malam",
    ]


def test_twelve_are_remembered_and_those_gone_are_not_shown(places: Places, tmp_path: Path) -> None:
    """One that comes back, on a disk say, is shown again."""
    for at in range(MOST_RECENT + 1):
        remember(markets(tmp_path / f"r{at}"), places, now=MORNING + timedelta(hours=at))
    (tmp_path / f"r{MOST_RECENT}").rename(tmp_path / "elsewhere")
    shown = [one.folder.name for one in recent_reviews(places)]

    assert shown == [f"r{at}" for at in range(MOST_RECENT - 1, 0, -1)]
    (tmp_path / "elsewhere").rename(tmp_path / f"r{MOST_RECENT}")
    assert len(recent_reviews(places)) == MOST_RECENT


def test_a_review_with_a_broken_plan_goes_by_the_name_of_its_folder(places: Places, tmp_path: Path) -> None:
    """It can be opened to be mended."""
    folder = markets(tmp_path / "broken")
    (folder / "review.toml").write_text("title = ", encoding="utf-8")
    remember(folder, places)

    assert [one.title_in("en") for one in recent_reviews(places)] == ["broken"]


def test_a_folder_without_a_review_is_not_remembered(places: Places, tmp_path: Path) -> None:
    """It is refused."""
    with pytest.raises(BenangError, match="not the folder of a review"):
        remember(tmp_path, places)


def test_a_review_can_be_left_out(places: Places, tmp_path: Path) -> None:
    """Its folder stays."""
    folder = markets(tmp_path / "first")
    remember(folder, places)
    forget(folder, places)

    assert recent_reviews(places) == ()
    assert (folder / "review.toml").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"reviews": 3}',
        '{"reviews": [3, {"folder": 1}, {"folder": "", "title": {}, "opened": ""}]}',
        "[" * 100_000,
        "\x00",
    ],
)
def test_a_damaged_list_is_an_empty_one(places: Places, tmp_path: Path, text: str) -> None:
    """And what is opened next is remembered."""
    places.state.mkdir()
    (places.state / "recent.json").write_text(text, encoding="utf-8")
    assert recent_reviews(places) == ()
    remember(markets(tmp_path / "first"), places)

    assert len(recent_reviews(places)) == 1


def test_what_cannot_be_noted_keeps_nobody_from_working(places: Places, tmp_path: Path) -> None:
    """A folder where only its owner may write."""
    places.state.mkdir(mode=0o500)
    with without_privileges():
        remember(markets(tmp_path / "first"), places)

    assert recent_reviews(places) == ()


def test_the_list_is_in_the_state_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system keeps what programs remember; new reviews begin in `Benang` in the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "kept"))
    places = own_places()

    assert places.reviews == Path.home() / "Benang"
    assert "benang" in str(places.state)
    if sys.platform == "linux":
        assert places.state == tmp_path / "kept" / "benang"


# The folder of a new review


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Spins in the browser", "spins-in-the-browser"),
        ("Café & crème: a review?", "cafe-creme-a-review"),
        ("حقوق المدن", "حقوق-المدن"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", "review"),
        ("", "review"),
        ("CON", "con-review"),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_a_new_review_has_the_name_of_its_title(places: Places, title: str, name: str) -> None:
    """As far as every system takes it for the name of a folder."""
    assert default_folder(title, places) == places.reviews / name


@given(st.text())
def test_any_title_gives_a_folder_that_can_be_made(title: str) -> None:
    """Within the reviews' own folder, and no longer than a name may be."""
    folder = default_folder(title, Places(Path("/h"), Path("/h/r"), Path("/h/s")))

    assert folder.parent == Path("/h/r")
    assert not is_reserved(folder.name)
    assert not folder.name.startswith(".")
    assert len(folder.name.encode()) <= 255


def test_a_folder_that_is_taken_is_not_offered(places: Places) -> None:
    """One that is empty is."""
    for name in ("spins", "spins-2"):
        (places.reviews / name).mkdir(parents=True)
    (places.reviews / "spins" / "notes.txt").touch()

    assert default_folder("Spins", places).name == "spins-2"


@pytest.mark.parametrize("text", ["", "  ", '""', "a\x00b"])
def test_no_folder_is_an_empty_name_or_one_with_a_nul(places: Places, text: str) -> None:
    """The message says what to do."""
    with pytest.raises(BenangError):
        typed_folder(text, places)


# Folders to open


def test_folders_are_listed_by_name_and_reviews_are_marked(tmp_path: Path) -> None:
    """Files and hidden folders are left out."""
    for name in ("papers", "Archive", ".git", "$Recycle.Bin"):
        (tmp_path / name).mkdir()
    (tmp_path / "notes.txt").touch()
    markets(tmp_path / "markets")
    found = subfolders(tmp_path)

    assert [(one.name, one.is_review) for one in found.inside] == [
        ("Archive", False),
        ("markets", True),
        ("papers", False),
    ]
    assert (found.above, found.is_review, found.n_more) == (tmp_path.parent, False, 0)
    assert subfolders(tmp_path / "markets").is_review


def test_above_the_topmost_folder_there_is_none() -> None:
    """So that a page shows no way up."""
    assert subfolders(Path(Path.cwd().anchor)).above is None


def test_of_very_many_folders_the_first_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how many more there are."""
    monkeypatch.setattr(start, "MOST_FOLDERS", 2)
    for name in "cab":
        (tmp_path / name).mkdir()
    found = subfolders(tmp_path)

    assert ([one.name for one in found.inside], found.n_more) == (["a", "b"], 1)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    """A place where nothing is, a file, a name that nothing can have, and a folder that may not be looked into."""
    (tmp_path / "a.ris").touch()
    (tmp_path / "closed").mkdir(mode=0o000)
    for name, message in (("gone", "no such folder"), ("a.ris", "a file, not a folder"), ("a\x00b", "can't be opened")):
        with pytest.raises(BenangError, match=message):
            subfolders(tmp_path / name)
    with without_privileges(), pytest.raises(BenangError, match=r"can't be opened \(Permission denied\)"):
        subfolders(tmp_path / "closed")


def test_the_list_of_recent_reviews_has_a_format(places: Places, tmp_path: Path) -> None:
    """So that a later Benang knows it."""
    remember(markets(tmp_path / "first"), places)

    assert json.loads((places.state / "recent.json").read_text(encoding="utf-8"))["format"] == 1
