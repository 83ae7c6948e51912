"""The folder of a review: which file in it is what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benang.errors import BenangError, Problem, in_unicode
from benang.files import read_bytes, sha256
from benang.locale.writing import alternatives, worded
from benang.safe_files import check_within, is_link

PLAN = "review.toml"
REFI_IDS = "refi-ids.tsv"
"""Which ids of the review have which GUIDs in the projects of other programs that came into it."""
DOCUMENT_SUFFIXES = (".md", ".txt")
JUDGEMENT_SUFFIXES = (".jsonl",)
FILES = (
    PLAN, "codebook.toml", "cases.toml", "claims.toml", "searches.toml", "studies.toml", "thesaurus.tsv",
    "keywords.csv", "duplicates.tsv", REFI_IDS,
)  # fmt: skip
FOLDERS = ("sources", "documents", "judgements", "papers", "codebook")


@dataclass(frozen=True, slots=True)
class ReviewFolder:
    """A review's folder and which file in it is what.

    Only `plan` must be there: what else a review does without is None or empty, and a review of maps only is a review.
    Files are in the order of their names, the same on every system. Hidden files (`.DS_Store`, what an editor leaves
    behind) are no part of the review.
    """

    root: Path
    plan: Path
    codebook: Path | None = None
    cases: Path | None = None
    claims: Path | None = None
    searches: Path | None = None
    studies: Path | None = None
    thesaurus: Path | None = None
    keywords: Path | None = None
    duplicates: Path | None = None
    sources: tuple[Path, ...] = ()
    documents: tuple[Path, ...] = ()
    judgements: tuple[Path, ...] = ()

    def name(self, path: Path) -> str:
        """Name a file as the review does: relative to the folder, with forward slashes, fit for UTF-8."""
        return in_unicode(path.relative_to(self.root).as_posix())

    @property
    def files(self) -> tuple[Path, ...]:
        """All files of the review that are there, in the order of their names."""
        known = (
            self.plan, self.codebook, self.cases, self.claims, self.searches, self.studies, self.thesaurus,
            self.keywords, self.duplicates,
        )  # fmt: skip
        single = [path for path in known if path is not None]
        return tuple(sorted([*single, *self.sources, *self.documents, *self.judgements], key=self.name))


def open_folder(path: Path) -> ReviewFolder:
    """Open a review's folder: find out which file is what, reading none of them.

    Raises
    ------
    BenangError
        Where there is no such folder, a file is in its place, it has no `review.toml`, or something in it is a
        link that leads out of it.
    """
    root = Path(path)
    if not root.exists():
        raise BenangError(Problem("no such folder", where=str(path), way_on="Check the name."))
    if not root.is_dir():
        raise BenangError(
            Problem(
                "this is a file, not a folder",
                where=str(path),
                way_on=worded("Name the folder that contains {plan}.", plan=PLAN),
            )
        )
    if not (root / PLAN).is_file():
        raise BenangError(
            Problem(
                worded("this is not the folder of a review: it has no {plan}", plan=PLAN),
                where=str(path),
                way_on=worded("Name the folder that contains {plan}, or start a review with `benang new`.", plan=PLAN),
            )
        )
    _check_links(root)
    return ReviewFolder(
        root=root,
        plan=root / PLAN,
        codebook=_file(root / "codebook.toml"),
        cases=_file(root / "cases.toml"),
        claims=_file(root / "claims.toml"),
        searches=_file(root / "searches.toml"),
        studies=_file(root / "studies.toml"),
        thesaurus=_file(root / "thesaurus.tsv"),
        keywords=_file(root / "keywords.csv"),
        duplicates=_file(root / "duplicates.tsv"),
        sources=_files(root / "sources"),
        documents=_files(root / "documents", DOCUMENT_SUFFIXES),
        judgements=judgement_files(root),
    )


def judgement_files(root: Path) -> tuple[Path, ...]:
    """List the logs of judgements in a review's folder, in the order of their names; hidden files are none."""
    return _files(root / "judgements", JUDGEMENT_SUFFIXES)


def _check_links(root: Path) -> None:
    """Refuse a review of which a part is a link that leads out of it, also one that leads to nothing there."""
    folders = [root / name for name in FOLDERS]
    check_within(root, [*(root / name for name in FILES), *folders])
    check_within(root, [path for folder in folders for path in _entries(folder) if is_link(path)])


def content_hashes(folder: ReviewFolder, paths: Iterable[Path] | None = None) -> dict[str, str]:
    """Hash what files hold (SHA-256), by their names in the review; all files of the review where none are given."""
    chosen = folder.files if paths is None else sorted(paths, key=folder.name)
    return {folder.name(path): sha256(read_bytes(path)) for path in chosen}


def passed_over(folder: ReviewFolder) -> tuple[str, ...]:
    """Name what is among the documents and the judgements and is neither, with what it would have to be.

    Nothing that somebody put there goes unread without a word: a PDF, a log under another suffix, a folder.
    """
    wanted = {"documents": DOCUMENT_SUFFIXES, "judgements": JUDGEMENT_SUFFIXES}
    read = {*folder.documents, *folder.judgements}
    remarks = []
    for name, suffixes in wanted.items():
        remarks += [
            worded("{name}: not read; {wanted}", name=folder.name(path), wanted=_wanted(name, suffixes, path))
            for path in _entries(folder.root / name)
            if path not in read
        ]
    return tuple(remarks)


def _wanted(name: str, suffixes: tuple[str, ...], path: Path) -> str:
    if name == "documents" and path.suffix.lower() in (".pdf", ".docx", ".html", ".htm"):
        return worded("add the text of a paper with `benang documents FOLDER {name}`", name=path.name)
    return worded(
        "{folder} contains only {suffixes} files, and no subfolders", folder=name, suffixes=alternatives(suffixes)
    )


def _file(path: Path) -> Path | None:
    return path if path.is_file() else None


def _files(folder: Path, suffixes: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """List the files of a folder, in order of their names; those with one of the suffixes, where some are given."""
    chosen = [path for path in _entries(folder) if path.is_file()]
    return tuple(path for path in chosen if not suffixes or path.suffix.lower() in suffixes)


def _entries(folder: Path) -> list[Path]:
    """List what is in a folder and not hidden, in order of the names."""
    if not folder.is_dir():
        return []
    try:
        entries = [path for path in folder.iterdir() if not path.name.startswith((".", "~$"))]
    except OSError as error:
        raise BenangError(
            Problem(worded("the folder can't be read ({reason})", reason=error.strerror), where=str(folder))
        ) from None
    return sorted(entries, key=lambda path: path.name)
