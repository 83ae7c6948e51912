"""One bibliographic record, as a database gives it, and the account of what was read: found = read + set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from operator import attrgetter
from typing import Any, Literal, cast, get_args

RecordType = Literal["article", "book", "chapter", "proceedings", "thesis", "report", "unpublished", "other"]
"""What kind of work it is; `other` where the export names none of these."""

RecordStatus = Literal["", "retracted", "corrected", "concern", "retraction notice", "correction notice"]
"""What became of a work, where the export tells: it was retracted, corrected or is in doubt (an expression of concern),
or it is itself the notice of another's retraction or correction."""

CLOSED_FIELDS: Mapping[str, tuple[str, ...]] = {"type": get_args(RecordType), "status": get_args(RecordStatus)}
"""The fields that hold one word of a few, and these words."""

WEB_OF_SCIENCE = "Web of Science"
"""What `database` is in records of Web of Science, in whatever form they came."""
_NO_DATABASES = frozenset(
    ("", "ris", "bibtex", "refworks", "endnote", "csl-json", "pdf", "zotero", "mendeley", "citavi", "rayyan",
     "covidence", "eppi-reviewer", "asreview")
)  # fmt: skip
"""What records name where their export doesn't say the database: its form, or the program that it came through."""

ASSIGNED = "assigned"
"""Origin of a field that a reviewer gave and no database printed."""
ADDED = "added"
"""Origin of a field to which a reviewer added, behind what a database printed."""


@dataclass(frozen=True, slots=True)
class Record:
    """One reference, as one database gives it; nothing in it is merged or guessed.

    `key` is the export's own id where it has one, else made from the file's name and the record's place. `authors` are
    in the order and spelling of the export, `Family, Given`; `author_ids` go with them, one for each author, empty
    where there is none (`orcid:0000-0002-1825-0097`, `scopus:7004212771`, `openalex:A5023888391`), and are left out
    altogether where the export has none. `affiliation_ids` go likewise with `affiliations` (`ror:03yrm5c26`). `bodies`
    are those of the authors and editors whom the export marks as organisations, spelt as there; others may be
    organisations by their words (`benang.records.name_words`). `identifiers` are those that are no DOI: `pmid:`,
    `pmcid:`, `eid:`, `wos:`, `openalex:`, `arxiv:`, `lens:`, `dimensions:`, `eric:`, `embase:`, each with its value.
    `year` is None where the export gives none. `references` are the cited references as raw strings. `topics` are what
    the database sorts the work under (Web of Science's categories, OpenAlex's topics). `decisions` are those of a
    screening tool, in its words. `raw` keeps what the export wrote where a value was cleaned (`{"title": "KOTA
    KEMBAR"}`; lists joined with `; `). `origins` names the fields that did not come from the database:
    `{"author_keywords": "assigned"}`. `place` counts the records of a file from 1, `line` is where the record begins in
    it.
    """

    key: str
    type: RecordType = "other"
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    source: str = ""
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    article_number: str = ""
    publisher: str = ""
    doi: str = ""
    url: str = ""
    language: str = ""
    abstract: str = ""
    author_keywords: tuple[str, ...] = ()
    index_keywords: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    citations: int | None = None
    author_ids: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    source_abbreviation: str = ""
    issn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    affiliation_ids: tuple[str, ...] = ()
    status: RecordStatus = ""
    decisions: tuple[str, ...] = ()
    database: str = ""
    file: str = ""
    place: int = 0
    line: int = 0
    origins: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)


_NAMES = tuple(f.name for f in fields(Record))
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_values_of = attrgetter(*_NAMES)
# The same slots and defaults, but not frozen: such an object can be turned into a record, since both have one layout.
_Draft = make_dataclass(
    "_Draft",
    [(f.name, Any, field(default=f.default, default_factory=f.default_factory)) for f in fields(Record)],
    slots=True,
)


def made_record(key: str, **values: Any) -> Record:
    """Return `Record(key, **values)`, in about half the time.

    Examples
    --------
    >>> made_record("a", title="Kota kembar") == Record("a", title="Kota kembar")
    True
    """
    draft = _Draft(key, **values)
    draft.__class__ = Record
    return cast(Record, draft)


def changed_record(record: Record, changes: Mapping[str, Any]) -> Record:
    """Return a record with some fields changed, as `dataclasses.replace` does, but faster.

    Examples
    --------
    >>> changed_record(Record("a", title="KOTA"), {"title": "Kota"}).title
    'Kota'
    """
    values = list(_values_of(record))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    draft = _Draft(*values)
    draft.__class__ = Record
    return cast(Record, draft)


def names_database(name: str) -> bool:
    """Tell whether what a record calls its database is one, not the form of an export or a program.

    Examples
    --------
    >>> [names_database(name) for name in ("Scopus", "Zotero", "")]
    [True, False, False]
    """
    return name.casefold() not in _NO_DATABASES


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that was found but could not be read: its place in the file (from 1), its line, and why."""

    record: int
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What one file contained. `found` is counted apart from parsing, by the separators of records.

    `encoding` is the one that its text was found to be in, empty for a file that is no text. `notes` tell what was
    kept with a remark: a year that is no number, a key given twice.
    """

    path: str
    format: str
    sha256: str
    found: int
    read: int
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()
    encoding: str = "UTF-8"

    def __post_init__(self) -> None:
        if self.found != self.read + len(self.set_aside):
            raise AssertionError(
                f"{self.path}: {self.found} records found, but {self.read} read and {len(self.set_aside)} set aside"
            )


@dataclass(frozen=True, slots=True)
class Ledger:
    """The accounts of all files of a corpus, in the order they were read.

    Examples
    --------
    >>> account = FileAccount("a.ris", "RIS", "", found=3, read=2, set_aside=(SetAside(2, 14, "no title"),))
    >>> ledger = Ledger((account,))
    >>> ledger.found, ledger.read, ledger.set_aside
    (3, 2, 1)
    """

    files: tuple[FileAccount, ...] = ()

    @property
    def found(self) -> int:
        """Records found in all files."""
        return sum(account.found for account in self.files)

    @property
    def read(self) -> int:
        """Records read."""
        return sum(account.read for account in self.files)

    @property
    def set_aside(self) -> int:
        """Records set aside, each with a reason in its file's account."""
        return sum(len(account.set_aside) for account in self.files)
