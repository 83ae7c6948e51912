"""A task that is cancelled at any of its steps leaves the folder as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benang.progress import Cancelled, Progress
from benang.tasks.associate import AssociateRequest, associate
from benang.tasks.compare import CompareRequest, compare
from benang.tasks.describe import DescribeRequest, describe
from benang.tasks.records import RecordsRequest, records
from benang.tasks.stability import StabilityRequest, stability
from benang.tasks.thesaurus import ThesaurusRequest, propose_thesaurus

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


def _stability(folder: Path, progress: Progress) -> object:
    request = StabilityRequest(map=folder / "map.json", runs=3, outputs=(folder / "items.csv",))
    return stability(request, progress=progress)


def _associate(folder: Path, progress: Progress) -> object:
    request = AssociateRequest(folder=folder / "review", items="terms", outputs=(folder / "pairs.csv",))
    return associate(request, progress=progress)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _cancelling(step: int) -> Progress:
    """Return a progress that ends the work at a step."""
    steps: Iterator[int] = iter(range(step))

    def progress(_what: str, _share: float) -> None:
        if next(steps, None) is None:
            raise Cancelled

    return progress


@pytest.mark.parametrize("task", [_records, _describe, _thesaurus, _compare, _stability, _associate])
def test_a_task_that_is_cancelled_leaves_nothing(task: Task, folder: Path) -> None:
    """It is cancelled at its first step, then at its second, and so on, until it gets to its end."""
    before, step = _files(folder), 0
    while True:
        try:
            task(folder, _cancelling(step))
            break
        except Cancelled:
            step += 1
            assert _files(folder) == before
    assert step >= 2
    assert _files(folder).keys() > before.keys()
