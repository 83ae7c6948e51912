"""The papers of a review: which record each is, its text, and why it has none yet."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benang.errors import BenangError, Problem
from benang.files import read_bytes, sha256, write_text
from benang.locale.writing import Worded, worded
from benang.progress import Progress, silent
from benang.project.folder import heading, open_folder
from benang.project.papers import NO_TEXT, ranges
from benang.readers.source import PaperText
from benang.tasks.documents import AddedPaper, add_paper_text, add_papers, papers_in
from benang.tasks.jobs import Job, Jobs
from benang.tasks.opened import Opened

LOOKED = ".benang/papers.json"
"""Why papers have no text yet, as far as somebody has looked: made anew whenever it is gone."""
EXTRACT = "documents"
"""The kind of the job that takes out the text of papers."""


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper of a review: its record and text, or why it has none yet; `near` are records that it may be.

    One with a record and no document is the paper of a record that has a text from elsewhere.
    """

    file: str
    megabytes: float
    document: str = ""
    record: str = ""
    pages: str = ""
    scanned: str = ""
    reason: str = ""
    near: tuple[str, ...] = ()


def papers(review: Opened) -> tuple[PaperShown, ...]:
    """Return the papers of a review in the order of their names."""
    files = papers_in(open_folder(review.root))
    state = tuple((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    digests = review.kept(
        "digests", lambda: {one.name: sha256(read_bytes(one)) for one in files}, "vocabulary", also=state
    )
    texts = {}
    for one in review.desk().documents.values():
        lines = heading(one.text)
        texts[lines.get("sha256", "")] = (one, lines)
    looked = _looked(review.root)
    shown = []
    for path in files:
        name, size, digest = named(review, path), path.stat().st_size / 1e6, digests[path.name]
        if text := texts.get(digest):
            document, lines = text
            pages, scanned = lines.get("pages", ""), lines.get(NO_TEXT, "")
            shown.append(PaperShown(name, size, document.path, document.record, pages, scanned))
        else:
            seen = looked.get(name, {})
            seen = seen if seen.get("sha256") == digest else {}
            near = tuple(map(str, seen.get("near", ())))
            record, scanned, reason = (str(seen.get(one, "")) for one in ("record", "scanned", "reason"))
            shown.append(PaperShown(name, size, "", record, "", scanned, reason, near))
    return tuple(shown)


def named(review: Opened, path: Path) -> str:
    """Return the path of a file within a review."""
    return path.relative_to(review.root).as_posix()


def _looked(root: Path) -> dict[str, dict[str, Any]]:
    try:
        kept = json.loads(read_bytes(root / LOOKED))
        return {str(name): dict(one) for name, one in kept.items()}
    except (BenangError, ValueError, TypeError, AttributeError):
        return {}


def _note(root: Path, added: Sequence[AddedPaper], scanned: str = "") -> None:
    """Keep why papers have no text yet."""
    kept = _looked(root)
    for one in added:
        kept.pop(one.paper, None)
        if not one.document:
            with contextlib.suppress(BenangError):
                kept[one.paper] = {
                    "sha256": sha256(read_bytes(root / one.paper)),
                    "reason": " ".join(str(problem.found) for problem in one.problem.problems)
                    if one.problem
                    else str(one.reason),
                    "record": one.key,
                    "near": [record.key for record in one.near],
                    "scanned": scanned,
                }
    write_text(root / LOOKED, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def keep_text(review: Opened, file: str, paper: PaperText, record: str | None = None) -> AddedPaper:
    """Keep the text of a paper that is in the folder, under its record; why not is kept, too.

    What comes back names a document where one was written, and a problem where that could not be.
    """
    there = {one.path for one in review.desk().documents.values()}
    try:
        added = add_paper_text(review.root, file, paper, exports=review.exports(), record=record)
    except BenangError as error:
        added = AddedPaper(file, problem=error)
    if added.document in there:
        added = AddedPaper(file, added.key, reason=added.reason)
    _note(review.root, [added], ranges(paper.scanned))
    review.changed()
    return added


def paper_words(review: Opened, paper: PaperText, added: AddedPaper) -> Worded:
    """Say what became of a paper."""
    name = added.paper.partition("/")[2]
    if added.document:
        return worded(
            "{name}: the text of {n:,} page was taken out. It is {record}.",
            "{name}: the text of {n:,} pages was taken out. It is {record}.",
            name=name,
            n=len(paper.pages),
            record=title_of(review, added.key),
        )
    if added.problem:
        reason = added.problem.problems[0].found
        return worded("{name} was kept without its text: {reason}.", name=name, reason=worded(reason))
    if added.key:
        return worded("{name} was kept. {record} has a text already.", name=name, record=title_of(review, added.key))
    return worded("{name} was kept. Say under Papers which record it is.", name=name)


def title_of(review: Opened, key: str) -> str:
    """Return the title of a record, or its key where it has none."""
    works = review.sources().works
    return (works.record(key).title or key) if works.has(key) else key


def start_extracting(review: Opened, jobs: Jobs) -> Job:
    """Begin to take out the text of all papers that have none yet.

    Raises
    ------
    BenangError
        Where all papers have their text.
    """
    waiting = tuple(review.root / one.file for one in papers(review) if not one.record)
    if not waiting:
        raise BenangError(Problem(worded("all papers have their text already")))
    return jobs.start(review.id, EXTRACT, extract, review.root, waiting)


def extract(root: Path, files: tuple[Path, ...], *, progress: Progress = silent) -> int:
    """Take out the text of papers; return how many could be filed under a record."""
    added = add_papers(root, files, progress=progress)
    _note(root, added)
    return sum(1 for one in added if one.document)
