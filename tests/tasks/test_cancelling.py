"""A task that is cancelled at any of its steps leaves the folder as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.qda.refi_files import TEXT, coded, project, qdpx, source
from tests.review.test_filing import PERMIT, RENT, ris
from tests.review.test_filing import review as made_review
from tests.tasks.coding.markets import markets
from tests.tasks.coding.sheet_files import DOUBLED, HEAD, csv_sheet
from tests.tasks.coding.test_adding import add
from tests.tasks.krippendorff import towns

from benang.judgements.store import LOCK
from benang.progress import Cancelled, Progress
from benang.tasks.agree import AgreeRequest, agree
from benang.tasks.associate import AssociateRequest, associate
from benang.tasks.begin import BeginRequest, begin
from benang.tasks.cleaning import SettleRequest, settle
from benang.tasks.codebook import (
    AddCodeRequest,
    MergeCodesRequest,
    RenameCodeRequest,
    RetireCodeRequest,
    SplitCodeRequest,
    add_code,
    merge_codes,
    rename_code,
    retire_code,
    split_code,
)
from benang.tasks.coding.importing import ImportRequest, import_sheet
from benang.tasks.coding.sheets import SheetRequest, write_sheet
from benang.tasks.compare import CompareRequest, compare
from benang.tasks.describe import DescribeRequest, ShowCodebookRequest, describe, show_codebook
from benang.tasks.exchange.exporting import ExportRequest, export_review
from benang.tasks.exchange.importing import ImportProjectRequest, import_project
from benang.tasks.from_files import ConvertRequest, convert
from benang.tasks.records import RecordsRequest, ThesaurusRequest, propose_thesaurus, records
from benang.tasks.sharing import MergeRequest, SendRequest, merge, send
from benang.tasks.stability import StabilityRequest, stability
from benang.tasks.verify import KeysRequest, VerifyRequest, keys, verify

Task = Callable[[Path, Progress], object]


def _records(folder: Path, progress: Progress) -> object:
    outputs = (folder / "corpus", folder / "all.ris", folder / "all.csv")
    return records(RecordsRequest(files=(folder / "a.ris",), outputs=outputs), progress=progress)


def _describe(folder: Path, progress: Progress) -> object:
    outputs = (folder / "page.html", folder / "figures.svg", folder / "table.csv")
    return describe(DescribeRequest(files=(folder / "a.ris",), outputs=outputs), progress=progress)


def _thesaurus(folder: Path, progress: Progress) -> object:
    return propose_thesaurus(
        ThesaurusRequest(files=(folder / "a.ris",), output=folder / "table.tsv"), progress=progress
    )


def _compare(folder: Path, progress: Progress) -> object:
    outputs = (folder / "items.csv", folder / "change.svg")
    return compare(CompareRequest(map=folder / "map.json", before=2010, outputs=outputs), progress=progress)


def _convert(folder: Path, progress: Progress) -> object:
    targets = (folder / "map.gml", folder / "map.txt", folder / "map.net")
    return convert(ConvertRequest(source=folder / "map.json", targets=targets), progress=progress)


def _stability(folder: Path, progress: Progress) -> object:
    request = StabilityRequest(map=folder / "map.json", runs=3, outputs=(folder / "items.csv",))
    return stability(request, progress=progress)


def _associate(folder: Path, progress: Progress) -> object:
    request = AssociateRequest(folder=folder / "review", items="terms", outputs=(folder / "pairs.csv",))
    return associate(request, progress=progress)


def _files(folder: Path) -> dict[str, bytes]:
    """Read all files; the lock of a review, an empty file, is none that anybody made."""
    there = (path for path in folder.rglob("*") if path.is_file() and path.name != LOCK)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}


def _cancelling(step: int) -> Progress:
    """Return a progress that ends the work at a step."""
    steps: Iterator[int] = iter(range(step))

    def progress(_what: str, _share: float) -> None:
        if next(steps, None) is None:
            raise Cancelled

    return progress


def _cancelled_at_each_step(task: Task, folder: Path) -> dict[str, bytes]:
    """Cancel a task at its first step, then at its second, and so on, until it gets to its end; return what was there.

    Whenever it is cancelled, all files must be as they were.
    """
    before, step = _files(folder), 0
    while True:
        try:
            task(folder, _cancelling(step))
            break
        except Cancelled:
            step += 1
            assert _files(folder) == before
    assert step >= 2
    return before


@pytest.mark.parametrize(
    "task",
    [_records, _describe, _thesaurus, _compare, _convert, _stability, _associate],
)
def test_a_task_that_is_cancelled_leaves_nothing(task: Task, folder: Path) -> None:
    """Nothing is there until it gets to its end, and then what was asked for is."""
    before = _cancelled_at_each_step(task, folder)

    assert _files(folder).keys() > before.keys()


def test_names_are_not_joined_when_that_is_cancelled(folder: Path) -> None:
    """The thesaurus is written last."""

    def task(folder: Path, progress: Progress) -> object:
        request = SettleRequest(folder=folder / "review", join=(("river town", "city"),))
        return settle(request, progress=progress)

    before = _cancelled_at_each_step(task, folder)

    assert [name for name, data in _files(folder).items() if before.get(name) != data] == ["review/thesaurus.tsv"]


def _rename(folder: Path, progress: Progress) -> object:
    return rename_code(RenameCodeRequest(folder=folder, code="rent", new="dear"), progress=progress)


def _add(folder: Path, progress: Progress) -> object:
    return add_code(AddCodeRequest(folder=folder, label="Rain"), progress=progress)


def _merge(folder: Path, progress: Progress) -> object:
    return merge_codes(MergeCodesRequest(folder=folder, code="rent", into="permits"), progress=progress)


def _split(folder: Path, progress: Progress) -> object:
    return split_code(SplitCodeRequest(folder=folder, code="rent", parts=("One", "Other")), progress=progress)


def _retire(folder: Path, progress: Progress) -> object:
    return retire_code(RetireCodeRequest(folder=folder, code="rent"), progress=progress)


def _show(folder: Path, progress: Progress) -> object:
    return show_codebook(ShowCodebookRequest(folder=folder, output=folder.parent / "c.html"), progress=progress)


@pytest.mark.parametrize("task", [_add, _rename, _merge, _split, _retire, _show])
def test_a_change_of_the_codebook_that_is_cancelled_leaves_it_as_it_was(task: Task, tmp_path: Path) -> None:
    """A change of the codebook that is cancelled leaves it as it was, without another version."""
    folder = markets(tmp_path / "markets")
    before = _cancelled_at_each_step(task, folder)

    assert _files(folder).keys() > before.keys()


def test_a_sheet_that_is_cancelled_codes_nothing_and_leaves_no_answer(tmp_path: Path) -> None:
    """A sheet that is cancelled codes nothing and leaves neither an answer nor an abstract behind."""
    markets(tmp_path / "markets")
    abstract = ["anwar2017", "raised its fare", "rent", "muara", "ani", ""]
    sheet = csv_sheet(tmp_path / "codings.csv", HEAD, DOUBLED, abstract)

    def task(folder: Path, progress: Progress) -> object:
        return import_sheet(ImportRequest(sheet=sheet, folder=folder / "markets"), progress=progress)

    before = _cancelled_at_each_step(task, tmp_path)
    new = _files(tmp_path).keys() - before.keys()
    assert {"codings-checked.csv", "markets/judgements/ani.jsonl", "markets/documents/anwar2017-abstract.txt"} <= new


def test_a_project_that_is_cancelled_leaves_the_review_as_it_was(tmp_path: Path) -> None:
    """Codes, documents, cases and codings come in together, or none of them does."""
    markets(tmp_path / "markets")
    file = qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, ["Rents rose"]))))

    def task(folder: Path, progress: Progress) -> object:
        return import_project(ImportProjectRequest(file=file, folder=folder / "markets"), progress=progress)

    before = _cancelled_at_each_step(task, tmp_path)
    new = _files(tmp_path).keys() - before.keys()
    assert {"markets/judgements/ani.jsonl", "markets/documents/paper-1.txt", "markets/refi-ids.tsv"} <= new


def test_a_sheet_to_code_in_that_is_cancelled_is_not_written(tmp_path: Path) -> None:
    """Nothing is there until it gets to its end."""
    markets(tmp_path / "markets")

    def task(folder: Path, progress: Progress) -> object:
        return write_sheet(SheetRequest(folder=folder / "markets", output=folder / "empty.xlsx"), progress=progress)

    before = _cancelled_at_each_step(task, tmp_path)
    assert _files(tmp_path).keys() - before.keys() == {"empty.xlsx"}


def test_agreement_that_is_cancelled_writes_no_file(tmp_path: Path) -> None:
    """Two coders in three towns, and a table of two files."""
    towns(tmp_path / "towns", n=3)

    def task(folder: Path, progress: Progress) -> object:
        return agree(AgreeRequest(folder=folder / "towns", output=folder / "agreement.csv"), progress=progress)

    before = _cancelled_at_each_step(task, tmp_path)
    assert _files(tmp_path).keys() - before.keys() == {"agreement.csv", "agreement-disagreements.csv"}


def _new(folder: Path, progress: Progress) -> object:
    request = BeginRequest(folder=folder / "new", title="Markets", question="Why?", kind="cases")
    return begin(replace(request, files=(folder / "markets/sources/markets.ris",)), progress=progress)


def _send(folder: Path, progress: Progress) -> object:
    return send(SendRequest(folder / "markets", folder / "markets.zip"), progress=progress)


def _export(folder: Path, progress: Progress) -> object:
    return export_review(ExportRequest(folder=folder / "markets", output=folder / "a.qdpx"), progress=progress)


def _take_in(folder: Path, progress: Progress) -> object:
    return merge(MergeRequest(folder / "markets", folder / "theirs"), progress=progress)


@pytest.mark.parametrize("task", [_new, _send, _take_in, _export])
def test_a_review_that_is_begun_sent_or_merged_is_so_whole_or_not_at_all(task: Task, tmp_path: Path) -> None:
    """What comes has a passage, a document, and a codebook that differs."""
    here, theirs = (markets(tmp_path / name) for name in ("markets", "theirs"))
    add(theirs, "The rent of a stall doubled", coder="budi")
    (theirs / "documents" / "new.md").write_text("New.\n", encoding="utf-8")
    with (theirs / "codebook.toml").open("a", encoding="utf-8") as file:
        file.write("# theirs\n")
    before = _cancelled_at_each_step(task, tmp_path)

    assert _files(tmp_path).keys() > before.keys()
    assert verify(VerifyRequest(here)).is_whole


def test_keys_are_rewritten_in_all_files_or_in_none(tmp_path: Path) -> None:
    """Three files name a record by its row; cancelled, each still does."""
    files = {"sources/a.ris": ris(RENT, PERMIT), "keywords.csv": "record,keywords\na.ris:2,permits; sea\n"}
    made_review(tmp_path, files, "a.ris:1", heading="record: a.ris:1\n")

    def task(folder: Path, progress: Progress) -> object:
        return keys(KeysRequest(folder, write=True), progress=progress)

    before = _cancelled_at_each_step(task, tmp_path)
    changed = {name for name, data in _files(tmp_path).items() if data != before[name]}
    assert changed == {"cases.toml", "keywords.csv", "documents/note.md"}
