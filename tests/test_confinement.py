"""A path of a folder stays within it, whatever it says and wherever links lead."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benang.confinement import all_outside, check_within, is_link, is_reserved, leads_to, names_outside
from benang.errors import BenangError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links ask for rights on Windows")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a folder with a file, and one beside it that is none of its business."""
    (tmp_path / "review" / "sources").mkdir(parents=True)
    (tmp_path / "review" / "sources" / "a.ris").write_text("")
    (tmp_path / "review-of-mine").mkdir()
    (tmp_path / "review-of-mine" / "thesis.docx").write_text("precious")
    return tmp_path / "review"


@pytest.mark.parametrize(
    "name",
    [
        "../thesis.docx", "sources/../../thesis.docx", "..", "/etc/passwd", "//server/share", "C:/thesis.docx",
        "c:thesis.docx", r"..\thesis.docx", r"sources\..\..\thesis.docx", r"\thesis.docx", r"\\server\share\a.ris",
        "~/thesis.docx", r"~ani\thesis.docx", "sources/..\\../thesis.docx",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_is_told_on_every_system(name: str) -> None:
    """Parents, roots, drives, shares and home folders, with strokes of either kind."""
    assert names_outside(name)


@pytest.mark.parametrize("name", ["sources/a..b.ris", "...", "a/.../b", "..a", "a..", "~draft.ris", "a:b.ris"[1:], ""])
def test_full_stops_within_a_name_are_innocent(name: str) -> None:
    """Only a part that is `..` leads to the folder above."""
    assert not names_outside(name)


@pytest.mark.parametrize("name", ["con", "NUL.txt", "Lpt1.json", "com\u00b9", "aux .ris"])
def test_names_of_devices_are_known_with_any_suffix(name: str) -> None:
    """In capitals or not, and with the superscript digits that Windows counts among them."""
    assert is_reserved(name)
    assert not is_reserved(f"x{name}")


def test_a_folder_whose_name_begins_alike_is_outside(root: Path) -> None:
    """`review-of-mine` is not in `review`."""
    assert leads_to(root, root.parent / "review-of-mine" / "thesis.docx") is not None
    assert leads_to(root, root / "sources" / "a.ris") is None
    assert leads_to(root, root) is None


def test_links_within_stay_and_links_out_are_told(root: Path) -> None:
    """Also a link to a link, one through a folder, and one to a file that is not there yet."""
    (root / "within.ris").symlink_to("sources/a.ris")
    (root / "out").symlink_to(root.parent / "review-of-mine")
    (root / "twice").symlink_to("out")
    (root / "new.txt").symlink_to(root.parent / "not-there-yet.txt")

    assert leads_to(root, root / "within.ris") is None
    thesis = root.parent / "review-of-mine" / "thesis.docx"
    assert leads_to(root, root / "out" / "thesis.docx") == Path(os.path.realpath(thesis))
    assert leads_to(root, root / "twice" / "thesis.docx") == Path(os.path.realpath(thesis))
    assert leads_to(root, root / "new.txt") is not None


def test_a_folder_that_is_itself_reached_by_a_link_holds_what_it_holds(root: Path) -> None:
    """A review that the user keeps elsewhere and links to is a review."""
    link = root.parent / "link"
    link.symlink_to(root)

    assert leads_to(link, link / "sources" / "a.ris") is None
    assert leads_to(link, root / "sources" / "a.ris") is None


def test_links_in_a_circle_and_impossible_names_end(root: Path) -> None:
    """They lead nowhere; opening them says so."""
    (root / "circle").symlink_to("circle")

    assert leads_to(root, root / "circle") is None
    assert leads_to(root, root / "a\0b") is None
    assert leads_to(root, root / ("long" * 500)) is None
    assert not is_link(root / "a\0b")


def test_all_that_lead_out_are_told_together_and_a_folder_once(root: Path) -> None:
    """The message names the file in the folder, where it leads, and the way on."""
    (root / "old").symlink_to(root.parent / "review-of-mine")
    (root / "notes.txt").symlink_to(root.parent / "notes.txt")
    paths = [root / "old", root / "old" / "thesis.docx", root / "notes.txt", root / "sources" / "a.ris"]

    assert len(list(all_outside(root, paths))) == 2
    with pytest.raises(
        BenangError, match=r"old: this is a link that leads out of the folder, to .*review-of-mine\. Copy"
    ):
        check_within(root, paths)
