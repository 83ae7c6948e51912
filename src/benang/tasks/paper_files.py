"""The papers of a review: which record each is, its text, and why it has none yet."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from benang.coding.codebook_edits import free_id, id_from
from benang.errors import BenangError, Problem, nearest
from benang.files import decode, read_bytes, sha256, write_bytes, write_text
from benang.locale import translator
from benang.locale.writing import Worded, worded
from benang.progress import Progress, silent
from benang.project.folder import ReviewFolder, heading, open_folder
from benang.project.papers import NO_TEXT, ranges
from benang.project.rekeying import edited
from benang.project.toml_edits import AddTable, Edit, Value, edited_toml
from benang.readers import PaperText
from benang.readers.pdf import doi_candidates, own_doi, title_candidates, year_candidate
from benang.screening.searches import SEARCHES, parsed_searches
from benang.tasks.codebook import changing
from benang.tasks.documents import AddedPaper, add_paper_text, add_papers, papers_in
from benang.tasks.jobs import Job, Jobs
from benang.tasks.opened import Opened
from benang.tasks.read_works import Examined, examine
from benang.tasks.undoing import FileAct, remember

LOOKED = ".benang/papers.json"
"""Why papers have no text yet, as far as somebody has looked: made anew whenever it is gone."""
_LONGEST = 40
"""Letters of a key that is made of a title."""
EXTRACT = "documents"
"""The kind of the job that takes out the text of papers."""
PLACING = threading.RLock()
"""Files come into a review and leave it one after the other, so that none comes twice or takes the place of another."""
_SECONDS, _MEGABYTES = 600, 3000
_GUESSED = ("title", "year", "doi")


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper of a review: its record and text, or why it has none yet; `near` are records that it may be.

    One with a record and no document is the paper of a record that has a text from elsewhere. `guess` is what its own
    pages say that its title, year and DOI are.
    """

    file: str
    megabytes: float
    document: str = ""
    record: str = ""
    pages: str = ""
    scanned: str = ""
    reason: str = ""
    near: tuple[str, ...] = ()
    guess: Mapping[str, str] = field(default_factory=dict)


def papers(review: Opened) -> tuple[PaperShown, ...]:
    """Return the papers of a review in the order of their names."""
    files = papers_in(open_folder(review.root))
    texts = {}
    for one in review.desk().documents.values():
        lines = heading(one.text)
        texts[lines.get("sha256", "")] = (one, lines)
    looked = _looked(review.root)
    shown = []
    for path in files:
        status = path.stat()
        name, size = named(review, path), status.st_size / 1e6
        digest = _digest(path, status.st_size, status.st_mtime_ns)
        if text := texts.get(digest):
            document, lines = text
            pages, scanned = lines.get("pages", ""), lines.get(NO_TEXT, "")
            shown.append(PaperShown(name, size, document.path, document.record, pages, scanned))
        else:
            seen = looked.get(name, {})
            seen = seen if seen.get("sha256") == digest else {}
            near = tuple(map(str, seen.get("near", ())))
            record, scanned, reason = (str(seen.get(one, "")) for one in ("record", "scanned", "reason"))
            guess = {what: str(seen.get(what, "")) for what in _GUESSED}
            shown.append(PaperShown(name, size, "", record, "", scanned, reason, near, guess))
    return tuple(shown)


@lru_cache(maxsize=10_000)
def _digest(path: Path, _size: int, _time: int) -> str:
    """Hash a file, again only where it has changed: a review may have thousands of megabytes of papers."""
    return sha256(read_bytes(path))


def named(review: Opened, path: Path) -> str:
    """Return the path of a file within a review."""
    return path.relative_to(review.root).as_posix()


def _looked(root: Path) -> dict[str, dict[str, Any]]:
    try:
        kept = json.loads(read_bytes(root / LOOKED))
        return {str(name): dict(one) for name, one in kept.items()}
    except (BenangError, ValueError, TypeError, AttributeError):
        return {}


def _note(root: Path, added: Sequence[AddedPaper], paper: PaperText | None = None) -> None:
    """Keep why papers have no text yet; what was found out of one earlier stays."""
    kept = _looked(root)
    for one in added:
        earlier = kept.pop(one.paper, {})
        if one.document:
            continue
        guess = _guess(paper) if paper else {name: earlier.get(name, "") for name in ("scanned", *_GUESSED)}
        found = [str(problem.found) for problem in one.problem.problems] if one.problem else [str(one.reason)]
        with contextlib.suppress(BenangError):
            kept[one.paper] = {
                "sha256": sha256(read_bytes(root / one.paper)),
                "reason": " ".join(found),
                "record": one.key,
                "near": [record.key for record in one.near],
                **guess,
            }
    write_text(root / LOOKED, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def _guess(paper: PaperText) -> dict[str, str]:
    """Return what a paper says of itself, as far as that can be told."""
    titles, doi = title_candidates(paper), own_doi(doi_candidates(paper))
    title, year = titles[0].value if titles else "", year_candidate(paper) if paper.pages else None
    return {"scanned": ranges(paper.scanned), "title": title, "year": str(year or ""), "doi": doi or ""}


def read_apart(
    review: Opened, jobs: Jobs, path: Path, name: str, columns: Mapping[str, str] | None = None, *, act: str = ""
) -> Examined:
    """Read a file as `examine` does, in a process of its own, which `cancel_reading` of its `act` ends.

    Raises
    ------
    BenangError
        As `examine` does, and where it was cancelled or took too much.
    """
    given = (path, name, columns)
    return cast("Examined", jobs.do(review.id, _reading(act), examine, *given, seconds=_SECONDS, megabytes=_MEGABYTES))


def cancel_reading(review: Opened, jobs: Jobs, act: str) -> None:
    """Cancel the reading of a file that is brought; where it has been read, nothing is left to cancel."""
    jobs.cancel_all(review.id, _reading(act))


def _reading(act: str) -> str:
    return f"read {act}"


def keep_text(review: Opened, file: str, paper: PaperText, record: str | None = None) -> AddedPaper:
    """Keep the text of a paper that is in the folder, under its record; why not is kept, too.

    What comes back names a document where one was written, and a problem where that could not be.
    """
    try:
        there = set(review.desk().documents)
        added = add_paper_text(review.root, file, paper, exports=review.exports(), record=record)
        if added.document in there:
            added = AddedPaper(file, added.key, reason=added.reason)
    except BenangError as error:  # of the paper, or of an export that can't be read
        added = AddedPaper(file, problem=error)
    _note(review.root, [added], paper)
    review.changed()
    return added


def paper_words(review: Opened, paper: PaperText, added: AddedPaper) -> Worded:
    """Say what became of a paper."""
    name = added.paper.partition("/")[2]
    if added.document:
        return worded(
            "{name}: the text of {n:,} page was extracted. It is {record}.",
            "{name}: the text of {n:,} pages was extracted. It is {record}.",
            name=name,
            n=len(paper.pages),
            record=title_of(review, added.key),
        )
    if added.problem:
        problem = added.problem.problems[0]
        reason = worded(problem.found)
        if problem.where not in ("", added.paper):  # an export that can't be read
            file = problem.where.removeprefix(f"{review.root.as_posix()}/")
            return worded("{name} was kept without its text. {file}: {reason}.", name=name, file=file, reason=reason)
        return worded("{name} was kept without its text: {reason}.", name=name, reason=reason)
    if added.key:
        return worded("{name} was kept. {record} has a text already.", name=name, record=title_of(review, added.key))
    return worded("{name} was kept. Say under Papers which record it is.", name=name)


def title_of(review: Opened, key: str) -> str:
    """Return the title of a record, or its key where it has none."""
    works = review.sources().works
    return (works.record(key).title or key) if works.has(key) else key


def remember_text(review: Opened, added: AddedPaper, *acts: FileAct) -> None:
    """Let the text of a paper be undone, together with other acts that came with it."""
    if added.document:
        what = worded("the text of {file}", file=added.paper)
        acts += (FileAct(added.document, None, read_bytes(review.root / added.document), what=what),)
    remember(review, *acts)


def name_record(review: Opened, jobs: Jobs, file: str, record: str) -> Worded:
    """Say which record a paper is, and keep its text under that.

    Raises
    ------
    BenangError
        For a paper that is not there or can't be read, and a record that is none.
    """
    _check_is_there(review, file)
    works = review.sources().works
    if not works.has(record):
        way_on = nearest(record, works.keys)
        raise BenangError(Problem(worded("no record has the key '{record}'", record=record), way_on=way_on))
    return _filed(review, jobs, file, record)


def _check_is_there(review: Opened, file: str) -> None:
    if file not in {named(review, path) for path in papers_in(open_folder(review.root))}:
        raise BenangError(Problem(worded("no file of this name is in the review"), where=file))


def _filed(review: Opened, jobs: Jobs, file: str, record: str, *acts: FileAct) -> Worded:
    examined = read_apart(review, jobs, review.root / file, file.partition("/")[2])
    if examined.paper is None:
        raise BenangError(Problem(worded("this is not a paper"), where=file))
    with PLACING:
        added = keep_text(review, file, examined.paper, record)
    if added.problem:
        raise added.problem
    remember_text(review, added, *acts)
    return paper_words(review, examined.paper, added)


def type_record(review: Opened, jobs: Jobs, file: str, said: Mapping[str, Value]) -> Worded:
    """Write down the record of a paper that no export has, and keep the paper's text under it.

    Parameters
    ----------
    review, jobs
        The review, and what reads the paper in a process of its own.
    file
        The paper.
    said
        What is known of it: at least its `title`.

    Raises
    ------
    BenangError
        For a paper that is not there or can't be read, and values that no record can have.
    """
    _check_is_there(review, file)
    with changing(review.root, SEARCHES) as folder:
        key, after, before = _typed(review, folder, said)
        write_bytes(review.root / SEARCHES, after)
    review.changed()
    what = worded("the record of {file}", file=file)
    try:
        return _filed(review, jobs, file, key, FileAct(SEARCHES, before, after, what=what))
    except BenangError:
        remember(review, FileAct(SEARCHES, before, after, what=what))
        raise


def _typed(review: Opened, folder: ReviewFolder, said: Mapping[str, Value]) -> tuple[str, bytes, bytes | None]:
    """Return the key of a record that somebody types, `searches.toml` with it, and as it was (None: not there).

    The record counts among those that came from people, until somebody says how it was found.

    Raises
    ------
    BenangError
        For values that no record can have, and a file that can't be changed.
    """
    path = review.root / SEARCHES
    before = read_bytes(path) if path.is_file() else None
    data = before if before is not None else b"format = 1\n"
    searches = parsed_searches(decode(data, where=SEARCHES), review.root)
    known = {*review.sources().records.keys, *review.sources().works.keys}
    key = free_id(id_from(str(said["title"]))[:_LONGEST].strip("-") or "paper", known.__contains__)
    name = translator(review.plan.language)("Papers without an export")
    search = next((one.id for one in searches.searches if one.kind == "contacts" and one.name == name), "")
    edits: list[Edit] = []
    if not search:
        search = free_id("papers", searches.by_id.__contains__)
        edits.append(AddTable("searches", {"id": search, "kind": "contacts", "name": name, "date": "", "by": ""}))
    edits.append(AddTable("records", {"search": search, "id": key, **said}))
    after = edited(data, lambda text: edited_toml(text, edits, where=SEARCHES), where=SEARCHES)
    parsed_searches(decode(after, where=SEARCHES), folder.root)
    return key, after, before


def start_extracting(review: Opened, jobs: Jobs) -> Job:
    """Begin to take out the text of all papers that have none yet; one undo takes back what came of it.

    Raises
    ------
    BenangError
        Where all papers have their text.
    """
    waiting = tuple(review.root / one.file for one in papers(review) if not one.record)
    if not waiting:
        raise BenangError(Problem(worded("all papers have their text already")))
    before = frozenset(review.desk().documents)
    ended = partial(_remember_texts, review, frozenset(named(review, path) for path in waiting), before)
    return jobs.start(review.id, EXTRACT, extract, review.root, waiting, ended=ended)


def _remember_texts(review: Opened, papers: frozenset[str], before: frozenset[str]) -> None:
    """Let the texts be undone that papers have and had not before, also where the work on others was cancelled."""
    review.changed()
    try:
        documents = review.desk().documents.items()
    except BenangError:  # the pages say what can't be read
        return
    new = [path for path, one in documents if path not in before and heading(one.text).get("paper") in papers]
    what = worded("the text of {n:,} paper", "the texts of {n:,} papers", n=len(new))
    if new:
        remember(review, *(FileAct(path, None, read_bytes(review.root / path), what=what) for path in new))


def extract(root: Path, files: tuple[Path, ...], *, progress: Progress = silent) -> int:
    """Take out the text of papers; return how many could be filed under a record."""
    added = add_papers(root, files, progress=progress)
    _note(root, added)
    return sum(1 for one in added if one.document)
