"""The folder of a review: which file in it is what, and its documents, the texts that passages are quoted from.

A document is immutable, and in UTF-8.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from benang.errors import BenangError, Problem, in_unicode
from benang.files import decode, read_bytes, sha256
from benang.locale.writing import alternatives, worded
from benang.records.paper import Paper
from benang.safe_files import check_within, is_link

PLAN = "review.toml"
REFI_IDS = "refi-ids.tsv"
"""Which ids of the review have which GUIDs in the projects of other programs that came into it."""
DOCUMENT_SUFFIXES = (".md", ".txt")
JUDGEMENT_SUFFIXES = (".jsonl",)
FILES = (
    PLAN, "codebook.toml", "cases.toml", "claims.toml", "searches.toml", "studies.toml", "thesaurus.tsv",
    "kept-apart.tsv", "keywords.csv", "duplicates.tsv", REFI_IDS,
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
    apart: Path | None = None
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
            self.apart, self.keywords, self.duplicates,
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
        apart=_file(root / "kept-apart.tsv"),
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


Account = Literal["own text", "secondary", "abstract"]
"""`secondary`: a note on what somebody else says of the study, which is not at hand itself. `abstract`: no more than
the study's abstract, as a database prints it."""

_HEADING = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its path in the review's folder and the record that it belongs to.

    `text` is the whole file, its line ends as they are in it, without a byte order mark: offsets count its code
    points. `record` is the key of the study, from the file's heading or else its name. `account` and
    `paper`, which paper the study is, come from the heading. `moved` says by how many code points the text is further
    on than at the times when it was coded, since the heading has grown. `languages` are the codes of those that the
    heading names. `earlier` are the texts whose place this one took, the last one first: they stay as they were, so
    that what was quoted from them can be found here.
    """

    path: str
    record: str
    text: str
    sha256: str
    account: Account = "own text"
    paper: Paper = field(default_factory=Paper)
    moved: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    earlier: tuple[Document, ...] = ()

    def page(self, offset: int) -> int | None:
        r"""Return the page, from 1, on which an offset lies; None for a text that has no page breaks.

        Examples
        --------
        >>> Document("documents/a.txt", "a", "One\n\fTwo\n", "").page(5)
        2
        """
        breaks = _page_breaks(self.text)
        return bisect_left(breaks, offset) + 1 if breaks else None

    @property
    def is_secondary(self) -> bool:
        """Whether it is what somebody else says of the study."""
        return self.account == "secondary"

    @property
    def is_abstract(self) -> bool:
        """Whether it is no more than the abstract of the study."""
        return self.account == "abstract"


@lru_cache(maxsize=1024)
def _page_breaks(text: str) -> tuple[int, ...]:
    """Return where the pages of a text end; thousands of passages ask for it."""
    return tuple(at.start() for at in re.finditer("\f", text))


def read_documents(folder: ReviewFolder) -> dict[str, Document]:
    """Read the documents of a review (`documents/*.md`, `*.txt`), by their paths in it.

    A text whose place another one took is among that one's `earlier`, and not a document of its own.

    Raises
    ------
    BenangError
        With every document that can't be read or isn't UTF-8.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for path in folder.documents:
        name = folder.name(path)
        try:
            data = read_bytes(path)
            text = decode(data, where=name)
        except BenangError as error:
            problems.extend(error.problems)
            continue
        documents[name] = document_of(name, text, sha256(data))
    if problems:
        raise BenangError(*problems)
    return _present(documents)


def document_of(name: str, text: str, digest: str) -> Document:
    """Return the document that a file is, by its path in the review, its text and the SHA-256 of its bytes."""
    lines = heading(text)
    return Document(
        name,
        lines.get("record") or Path(name).stem,
        text,
        digest,
        account_of(text),
        paper_told(lines),
        moved_told(lines),
        languages_told(lines),
    )


def _present(documents: Mapping[str, Document]) -> dict[str, Document]:
    """Put each text that was replaced behind the one that took its place; of two that did, behind the last by name."""
    replaces = {path: heading(one.text).get("replaces", "") for path, one in documents.items()}
    later = {old: path for path, old in sorted(replaces.items()) if old in documents and old != path}
    if not later:
        return dict(documents)
    present: dict[str, Document] = {}
    for path, one in documents.items():
        chain = [path]
        while (old := replaces[chain[-1]]) in documents and old not in chain and later[old] == chain[-1]:
            chain.append(old)
        if path not in later or later[path] in chain:  # texts that name each other in a circle all stay
            present[path] = replace(one, earlier=tuple(documents[old] for old in chain[1:]))
    return present


def document_at(path: str, documents: Mapping[str, Document]) -> Document | None:
    """Return the document of a path, or the one that took its place; None where there is neither.

    Examples
    --------
    >>> new = Document("documents/a-2.txt", "a", "", "", earlier=(Document("documents/a.txt", "a", "", ""),))
    >>> document_at("documents/a.txt", {new.path: new}) is new, document_at("documents/b.txt", {new.path: new})
    (True, None)
    """
    own = documents.get(path)
    later = (one for one in documents.values() if any(earlier.path == path for earlier in one.earlier))
    return own or next(later, None)


def without_abstracts(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Leave out the abstracts of records that have another text: a paper prints its abstract itself.

    Examples
    --------
    >>> paper, abstract = Document("documents/a.txt", "a", "", ""), Document("documents/b.txt", "a", "", "", "abstract")
    >>> [one.path for one in without_abstracts((abstract, paper))], len(without_abstracts((abstract,)))
    (['documents/a.txt'], 1)
    """
    every = tuple(documents)
    read = {one.record for one in every if not one.is_abstract}
    return tuple(one for one in every if not (one.is_abstract and one.record in read))


def heading(text: str) -> dict[str, str]:
    r"""Read the block of `key: value` lines between two lines of `---` at the very top of a text.

    It is read kindly: a line that has no colon is skipped, quotes around a value are taken off, and a text
    without such a block has no keys.

    Examples
    --------
    >>> heading("---\nrecord: syarif2019\naccount: 'Secondary'\n---\n\nText\n")
    {'record': 'syarif2019', 'account': 'Secondary'}
    >>> heading("Text\n---\nmore: text\n---\n")
    {}
    """
    block = _HEADING.match(text)
    pairs = (line.partition(":") for line in block[1].splitlines() if ":" in line) if block else ()
    return {key.strip().lower(): value.strip().strip("'\"") for key, _, value in pairs}


def body_start(text: str) -> int:
    r"""Return where a text begins behind its heading; 0 where it has none.

    Examples
    --------
    >>> body_start("---\nrecord: a\n---\nText"), body_start("Text")
    (18, 0)
    """
    block = _HEADING.match(text)
    return min(block.end() + 1, len(text)) if block else 0


def paper_told(lines: Mapping[str, str]) -> Paper:
    """Return the paper that a heading names; an empty one where it says too little.

    A title by itself is not enough: notes have titles of their own.

    Examples
    --------
    >>> print(paper_told({"title": "Night markets", "first author": "Umpama, A.", "year": "2018"}))
    Umpama 2018, “Night markets”
    >>> paper_told({"title": "What I thought of it", "author": "Ani"})
    Paper(title='', year=None, author='', doi='')
    """
    year = lines.get("year", "")
    paper = Paper(
        lines.get("study title") or lines.get("title", ""),
        int(year) if re.fullmatch("[0-9]{4}", year) else None,
        lines.get("first author", ""),
        lines.get("doi", "").lower(),
    )
    return paper if paper.is_told else Paper()


def paper_lines(paper: Paper) -> dict[str, str]:
    """Return the lines of a heading that identify a paper, by their names.

    Examples
    --------
    >>> paper_lines(Paper("Night markets", 2018, "Umpama, A."))
    {'title': 'Night markets', 'first author': 'Umpama, A.', 'year': '2018'}
    """
    lines = {"title": paper.title, "first author": paper.author, "year": str(paper.year or ""), "doi": paper.doi}
    return {name: " ".join(value.split()) for name, value in lines.items() if value}


def moved_told(lines: Mapping[str, str]) -> tuple[int, ...]:
    """Return how much further on than when it was coded the text is, according to a heading.

    Examples
    --------
    >>> moved_told({"moved": "142 60"})
    (142, 60)
    """
    return tuple(int(one) for one in lines.get("moved", "").split() if re.fullmatch("-?[0-9]{1,6}", one))


def languages_told(lines: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of the languages that a heading names.

    Examples
    --------
    >>> languages_told({"language": "id, en"}), languages_told({})
    (('id', 'en'), ())
    """
    return tuple(one.strip() for one in lines.get("language", "").split(",") if one.strip())


def account_of(text: str) -> Account:
    r"""Tell whether a text is the study's own or a note on a secondary account, from its heading.

    Examples
    --------
    >>> account_of("---\naccount: secondary\n---\nWhat a review tells of it.\n"), account_of("The paper itself.\n")
    ('secondary', 'own text')
    """
    account = heading(text).get("account", "").lower()
    return "secondary" if account.startswith("secondary") else "abstract" if account == "abstract" else "own text"
