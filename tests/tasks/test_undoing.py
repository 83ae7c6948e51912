"""Undo and redo of acts that change files and of judgements, the last one first."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.two_coders import write_towns

from benang.errors import BenangError
from benang.tasks.coding.taking_back import WithdrawRequest, withdraw
from benang.tasks.opened import Opened, open_review
from benang.tasks.undoing import FileAct, Way, remember, take_back


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered out of the user's own settings."""
    for name in ("HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def towns(tmp_path: Path) -> Opened:
    """Return an open review."""
    return open_review(write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}))


def changed(review: Opened, text: str) -> None:
    """Change the thesaurus, and remember it."""
    path = review.root / "thesaurus.tsv"
    before = path.read_bytes() if path.exists() else None
    path.write_text(text, encoding="utf-8")
    remember(review, FileAct("thesaurus.tsv", before, text.encode(), what=text))


def act(review: Opened, way: Way) -> str:
    """Undo or redo."""
    return take_back(review, "ani", way=way, language="en")


def test_acts_on_files_are_undone_and_redone_in_their_order(towns: Opened) -> None:
    """Back to where the file was not there, and forth again; a reload in between changes nothing."""
    path = towns.root / "thesaurus.tsv"
    changed(towns, "one")
    changed(towns, "two")

    assert act(towns, "undo") == "Undone: two"
    assert path.read_text(encoding="utf-8") == "one"
    act(open_review(towns.root), "undo")
    assert not path.exists()
    assert act(towns, "redo") == "Redone: one"
    act(towns, "redo")
    assert path.read_text(encoding="utf-8") == "two"
    with pytest.raises(BenangError, match="nothing is left to redo"):
        act(towns, "redo")


def test_the_last_act_is_undone_first_whether_of_a_file_or_of_the_log(towns: Opened) -> None:
    """A withdrawal after a change of a file is undone before it."""
    changed(towns, "one")
    withdraw(WithdrawRequest(folder=towns.root, ids=("ani/ck01/rent",), coder="ani"))
    towns.changed()

    assert "rent" in act(towns, "undo")
    assert (towns.root / "thesaurus.tsv").exists()
    assert act(towns, "undo") == "Undone: one"


@pytest.mark.parametrize("first", ["file", "log"])
def test_acts_of_files_and_of_the_log_are_redone_in_the_order_in_which_they_were_done(
    towns: Opened, first: str
) -> None:
    """A redone act has the place that it had, so that the next undo takes back the same one as before."""

    def withdrawn() -> None:
        withdraw(WithdrawRequest(folder=towns.root, ids=("ani/ck01/rent",), coder="ani"))
        towns.changed()

    acts = {"file": lambda: changed(towns, "a=b"), "log": withdrawn}
    for name in (first, *(one for one in acts if one != first)):
        acts[name]()
    undone = [act(towns, "undo"), act(towns, "undo")]
    redone = [act(towns, "redo"), act(towns, "redo")]

    assert ["a=b" in text for text in undone] == [first == "log", first == "file"]
    assert ["a=b" in text for text in redone] == [first == "file", first == "log"]
    with pytest.raises(BenangError, match="nothing is left to redo"):
        act(towns, "redo")
    assert ["a=b" in act(towns, "undo") for _ in undone] == [first == "log", first == "file"]


def test_a_file_that_somebody_else_changed_stays_as_it_is(towns: Opened) -> None:
    """It is said, and nothing is overwritten."""
    changed(towns, "one")
    (towns.root / "thesaurus.tsv").write_text("an editor's", encoding="utf-8")

    with pytest.raises(BenangError, match="changed since"):
        act(towns, "undo")
    assert (towns.root / "thesaurus.tsv").read_text(encoding="utf-8") == "an editor's"


def test_a_new_act_ends_what_could_be_redone(towns: Opened) -> None:
    """As in every editor."""
    changed(towns, "one")
    act(towns, "undo")
    changed(towns, "two")

    with pytest.raises(BenangError, match="nothing is left to redo"):
        act(towns, "redo")


def test_a_second_server_on_a_folder_may_only_read(towns: Opened) -> None:
    """It says who writes, and may once the first one has left."""
    second = open_review(towns.root)

    assert towns.is_writable
    assert not second.is_writable
    assert "another Benang has it open (process" in second.holder
    towns.leave()
    assert second.take()


def test_who_codes_is_a_reviewer_of_the_plan_unless_only_others_have_begun(tmp_path: Path) -> None:
    """So that an example that somebody else has coded opens as theirs, and a colleague's log changes nothing."""
    folder = write_towns(tmp_path / "towns", {"cita": (1,), "budi": (0,)})
    budi = folder / "judgements" / "budi.jsonl"
    said = budi.read_bytes()
    budi.unlink()

    assert open_review(folder).coders == ("cita", "ani", "budi")
    budi.write_bytes(said)
    assert open_review(folder).coders == ("ani", "budi", "cita")
    (folder / "judgements" / "cita.jsonl").unlink()
    assert open_review(folder).coders == ("ani", "budi")


def test_no_lock_is_written_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    """The review is then read, and not written."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)})
    (tmp_path / "outside").mkdir()
    (folder / ".benang").symlink_to(tmp_path / "outside", target_is_directory=True)

    review = open_review(folder)

    assert not review.is_writable
    assert "outside the folder" in review.holder
    assert list((tmp_path / "outside").iterdir()) == []
