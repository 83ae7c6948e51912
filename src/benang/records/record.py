"""One bibliographic record, as a database gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

RecordType = Literal["article", "book", "chapter", "proceedings", "thesis", "report", "unpublished", "other"]
"""What kind of work it is; `other` where the export names none of these."""

ASSIGNED = "assigned"
"""Origin of a field that a reviewer gave and no database printed."""


@dataclass(frozen=True, slots=True)
class Record:
    """One reference, as one database gives it; nothing in it is merged or guessed.

    `key` is the export's own id where it has one, else made from the file's name and the record's place. `authors`
    are in the order and spelling of the export, `Family, Given`. `year` is None where the export gives none.
    `references` are the cited references as raw strings. `origins` names the fields that did not come from the
    database: `{"author_keywords": "assigned"}`. `place` counts the records of a file from 1, `line` is where the
    record begins in it.
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
    database: str = ""
    file: str = ""
    place: int = 0
    line: int = 0
    origins: Mapping[str, str] = field(default_factory=dict)
