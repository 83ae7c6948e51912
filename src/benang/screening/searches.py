"""The searches of a review (`searches.toml`): where, when and how somebody searched, and which exports each one gave.

An entry has what PRISMA-S asks of a search (Rethlefsen et al. 2021), the query exactly as it was run. A field that the
source of a review does not report is named in `not_reported`; one that is merely empty is still to be filled in.
Records of registers and websites that offer no export are typed by hand, with the day on which they were seen.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt

from benang.errors import BenangError, Problem, at_line, nearest
from benang.evidence import Argument, Step
from benang.files import read_text, sha256
from benang.locale.writing import worded
from benang.project.toml_edits import Place, line_of
from benang.project.toml_files import Checked, Id, parsed_toml
from benang.ranges import RANGES
from benang.readers.identifiers import doi_in
from benang.records.corpus import Corpus, corpus_of, stacked, with_free_keys
from benang.records.identity import unique_keys, with_keys
from benang.records.record import FileAccount, Ledger, Record, RecordType, changed_record, names_database
from benang.safe_files import COPY, folded_name, names_outside

SEARCHES = "searches.toml"

SearchKind = Literal["database", "register", "website", "organisation", "citations", "hand-search", "contacts"]
"""Where was searched, by PRISMA 2020's boxes: the first two are its databases and registers, the others its other
methods; `citations` are references and citing works, `hand-search` is leafing through journals or proceedings, and
`contacts` are people who were asked."""
KINDS: tuple[SearchKind, ...] = get_args(SearchKind)

Reportable = Literal[
    "platform", "date", "query", "limits", "fields", "filters", "prior_work", "hits", "by", "peer_review",
]  # fmt: skip
"""What a source may fail to report of a search."""

ACCESSED = "accessed"
"""Under which name `Record.raw` keeps the day on which a record that was typed by hand was seen."""
TYPED = "typed by hand"
"""The form of records that were typed, in the account of what was read."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def _as_text(value: object) -> object:
    """Write a date of TOML as a text."""
    is_day = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return value.isoformat() if is_day and isinstance(value, datetime.date) else value


def checked_date(value: str) -> str:
    """Return a date that is written as a search has it, or nothing at all.

    Raises
    ------
    ValueError
        For anything else, with words that say how it is written.

    Examples
    --------
    >>> checked_date("2026-03")
    '2026-03'
    """
    match = _DATE.fullmatch(value)
    year, month, day = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
    try:
        datetime.date(year, month, day)
    except ValueError:
        if value:
            fault = worded("a date is written as 2026-03-31, or as 2026-03 or 2026 where the day is not known")
            raise ValueError(fault) from None
    return value


def _as_name(value: str) -> str:
    return re.sub(r"^(\./)+", "", value.replace("\\", "/")).rstrip("/")


Date = Annotated[
    str,
    BeforeValidator(_as_text, json_schema_input_type=str),
    AfterValidator(checked_date),
    Field(description="2026-03-31, or 2026-03 or 2026 where the day is not known"),
]
"""A day, month or year of ISO 8601; empty where it is not known."""
FileName = Annotated[str, AfterValidator(_as_name)]
"""A file of the review, by its path in the folder with forward slashes."""


_Hits = Annotated[StrictInt, Field(**RANGES["hits"].bounds)]


class PeerReview(Checked):
    """How somebody else checked a search before it was run, as PRESS wants it (McGowan et al. 2016)."""

    by: str = ""
    date: Date = ""
    outcome: str = ""

    def __str__(self) -> str:
        """Return what is known of it in one line; nothing where nobody reviewed the search."""
        return ", ".join(filter(None, (self.by, self.date, self.outcome)))


def _as_peer_review(value: object) -> object:
    return {"outcome": value} if isinstance(value, str) else value


class Search(Checked):
    """One search: where, when, by whom and how, what it brought, and the exports that hold it."""

    id: Id
    kind: SearchKind = "database"
    name: str = Field(min_length=1, description="the database, register, website, organisation or journal")
    platform: str = Field("", description="through which the database was searched: EBSCOhost, Ovid, …")
    date: Date = ""
    query: str = Field("", description="exactly as it was run; ''' … ''' over several lines")
    limits: str = Field("", description="what was chosen beside the query: years, languages, types of documents")
    fields: str = Field("", description="the fields searched, where the query doesn't say")
    filters: str = Field("", description="published filters that the query uses, with their sources")
    prior_work: str = Field("", description="the earlier review whose query this one adapts")
    hits: _Hits | None = Field(None, description="as the database shows them")
    exported: _Hits | None = Field(
        None, description="hits that were exported, where not all of them could or should be"
    )
    by: str = Field("", description="who ran it")
    peer_review: Annotated[PeerReview, BeforeValidator(_as_peer_review, json_schema_input_type=PeerReview | str)] = (
        PeerReview()
    )
    files: tuple[FileName, ...] = Field((), description="its exports, or folders of them: sources/scopus.csv")
    earlier: str = Field("", description="the id of the search that this one repeats")
    note: str = ""
    not_reported: tuple[Reportable, ...] = Field((), description="fields that the source of this search does not tell")

    @property
    def is_database(self) -> bool:
        """Whether it counts among PRISMA's databases and registers, not among its other methods."""
        return self.kind in ("database", "register")

    @property
    def is_unreported(self) -> bool:
        """Whether its source mentions a search in a database but not what it found: that is unknown, not 0."""
        return self.is_database and "hits" in self.not_reported and not self.files

    @property
    def open_fields(self) -> tuple[Reportable, ...]:
        """The fields that are still to be filled in: those that are empty and not said to be unreported.

        Limits, fields and a peer review may well be none; only databases and registers have a platform, a query and
        hits in every case.
        """
        wanted: tuple[Reportable, ...] = (
            ("platform", "date", "query", "hits", "by") if self.is_database else ("date", "by")
        )
        return tuple(name for name in wanted if getattr(self, name) in ("", None) and name not in self.not_reported)

    def has(self, file: str) -> bool:
        """Tell whether a file, or one within its archive or folder, is an export of this search."""
        return any(lies_in(file, name) for name in self.files)


def lies_in(file: str, name: str) -> bool:
    """Tell whether a file has a name, or lies in the folder or archive of this name, as any system compares names.

    Examples
    --------
    >>> [lies_in(file, "sources/Scopus") for file in ("sources/scopus/1.csv", "sources/scopus", "sources/scopus-2")]
    [True, True, False]
    """
    return f"{folded_name(file)}/".startswith(f"{folded_name(name)}/")


class TypedRecord(Checked):
    """A record of a register or website that was typed by hand."""

    search: str
    id: Id | None = None
    title: str = Field(min_length=1)
    authors: tuple[str, ...] = ()
    year: StrictInt | None = None
    kind: RecordType = "other"
    source: str = Field("", description="the journal, series or site that it is part of")
    publisher: str = ""
    doi: str = ""
    url: str = ""
    accessed: Date = Field("", description="the day on which it was seen")
    abstract: str = ""
    keywords: tuple[str, ...] = ()


class Searches(Checked):
    """All searches of a review, and the records that were typed by hand, in the order of the file.

    Examples
    --------
    >>> searches = Searches(searches=[Search(id="scopus", name="Scopus", files=["sources/scopus.zip"])])
    >>> search = searches.of_file("sources/scopus.zip/page 1.csv")
    >>> search.id if search else "", searches.of_file("sources/wos.txt"), list(searches.by_id)
    ('scopus', None, ['scopus'])
    """

    format: Literal[1] = 1
    searches: tuple[Search, ...] = ()
    records: tuple[TypedRecord, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Search]:
        """Searches by id."""
        return {search.id: search for search in self.searches}

    def of_file(self, name: str) -> Search | None:
        """Return the search that an export is bound to, by its name in the review; None where it is to none."""
        return next((search for search in self.searches if search.has(name)), None)

    def of_record(self, record: Record) -> Search | None:
        """Return the search that brought a record, as it was read: by its export, or as it was typed."""
        return self.of_place(record.file, record.place)

    def of_place(self, file: str, place: int) -> Search | None:
        """Return the search that brought the record at a place (from 1) of a file."""
        if file != SEARCHES:
            return self.of_file(file)
        return self.by_id.get(self.records[place - 1].search) if 0 < place <= len(self.records) else None


def read_searches(path: Path) -> Searches:
    """Read and check `searches.toml`: keys, values, exports, and what names another search.

    Raises
    ------
    BenangError
        With every problem of the file: its line, what was found, and the way on.
    """
    return parsed_searches(read_text(path), path.parent)


def parsed_searches(text: str, root: Path, *, coming: Collection[str] = ()) -> Searches:
    """Read the text of `searches.toml` as `read_searches` does; `coming` are files that are about to be there."""
    searches = parsed_toml(text, Searches, where=SEARCHES)
    problems = [
        Problem(fault, where=at_line(SEARCHES, line_of(text, place)), way_on=way_on)
        for place, fault, way_on in faults_of(searches, root, coming=coming)
    ]
    if problems:
        raise BenangError(*problems)
    return searches


Fault = tuple[Place, str, str]
"""Where something is wrong, what, and the way on."""


def faults_of(searches: Searches, root: Path, *, coming: Collection[str] = ()) -> Iterator[Fault]:
    """Find what is wrong between entries, or with their files; `coming` are files that are about to be there."""
    yield from _twice(searches)
    yield from _unfit_files(searches, root, coming)
    yield from _unfit_repeats(searches)
    yield from _contradictory(searches)
    yield from _unfit_records(searches)


def _twice(searches: Searches) -> Iterator[Fault]:
    entries: tuple[tuple[str, Sequence[Search | TypedRecord]], ...] = (
        ("searches", searches.searches),
        ("records", searches.records),
    )
    for array, rows in entries:
        ids = [row.id for row in rows]
        for at, name in enumerate(ids):
            if name is not None and name in ids[:at]:
                yield (array, at, "id"), worded("the id '{id}' appears twice", id=name), "Give one of them another id."


def _unfit_files(searches: Searches, root: Path, coming: Collection[str]) -> Iterator[Fault]:
    """Find files that are not there, unless no export is in a copy that was sent, or that belong to two searches."""
    bound: dict[str, str] = {}
    there = [f"sources/{path.name}" for path in (root / "sources").glob("*") if not path.name.startswith(".")]
    for at, search in enumerate(searches.searches):
        for number, name in enumerate(search.files):
            place: Place = ("searches", at, "files", number)
            if not name or names_outside(name):
                yield place, worded("'{name}' lies outside the review's folder", name=name), COPY
            elif there and name not in coming and not (root / name).exists():
                yield place, worded("there is no file '{name}'", name=name), nearest(name, there)
            if other := next((one for one in bound if _overlap(one, name)), ""):
                fault = worded("'{name}' also belongs to the search '{search}'", name=name, search=bound[other])
                yield place, fault, "An export belongs to one search: name it only in the search that it came from."
            bound.setdefault(name, search.id)


def _overlap(one: str, other: str) -> bool:
    """Tell whether two names are one, or one is a folder or archive that the other lies in."""
    return lies_in(one, other) or lies_in(other, one)


def _unfit_repeats(searches: Searches) -> Iterator[Fault]:
    for at, search in enumerate(searches.searches):
        place: Place = ("searches", at, "earlier")
        earlier = searches.by_id.get(search.earlier)
        if not search.earlier:
            continue
        if earlier is None:
            others = [one.id for one in searches.searches if one is not search]
            yield place, worded("there is no search '{id}'", id=search.earlier), nearest(search.earlier, others)
        elif search.id in _repeated(search, searches):
            way_on = "Name the search that was run before this one."
            yield place, worded("the search '{id}' repeats itself", id=search.id), way_on
        elif search.date and earlier.date and search.date < earlier.date[: len(search.date)]:
            fault = worded(
                "this search ({date}) was run before the one that it repeats ({earlier})",
                date=search.date,
                earlier=earlier.date,
            )
            yield place, fault, "Correct one of the dates, or write `earlier` into the later search instead."


def _repeated(search: Search, searches: Searches) -> list[str]:
    """List the searches that one repeats, from the one just before it; itself where they go round in a circle."""
    ids: list[str] = []
    one: Search | None = search
    while one is not None and one.earlier not in ids:
        ids.append(one.earlier)
        one = searches.by_id.get(one.earlier)
    return ids


def _contradictory(searches: Searches) -> Iterator[Fault]:
    for at, search in enumerate(searches.searches):
        for number, name in enumerate(search.not_reported):
            if getattr(search, name) not in ("", None, PeerReview()):
                fault = worded("'{field}' is not reported, and yet has a value", field=name)
                yield ("searches", at, "not_reported", number), fault, "Remove one of them."
        if None not in (search.hits, search.exported) and (search.exported or 0) > (search.hits or 0):
            fault = worded("{exported} exported, of {hits} hits", exported=search.exported, hits=search.hits)
            yield ("searches", at, "exported"), fault, "Only hits can be exported: correct one of the numbers."


def _unfit_records(searches: Searches) -> Iterator[Fault]:
    for at, record in enumerate(searches.records):
        if record.search not in searches.by_id:
            fault = worded("there is no search '{id}'", id=record.search)
            yield ("records", at, "search"), fault, nearest(record.search, searches.by_id)


def database_of(records: Iterable[Record]) -> str:
    """Return the database that most records name; nothing where none names any.

    Examples
    --------
    >>> database_of([Record("a", database="RIS"), Record("b", database="Scopus"), Record("c", database="RIS")])
    'Scopus'
    """
    names = Counter(one.database for one in records if names_database(one.database))
    return min(names, key=lambda name: (-names[name], name), default="")


def typed_records(searches: Searches, path: Path) -> Corpus:
    """Return the records that were typed by hand, as a corpus with its own account.

    The database of a record is the name of its search; the day on which it was seen is in `raw`, as `accessed`.
    """
    text = read_text(path)
    records = with_keys([_record(searches, at, text) for at in range(len(searches.records))])
    keys = unique_keys(records)
    n = len(records)
    ledger = Ledger((FileAccount(SEARCHES, TYPED, sha256(text), found=n, read=n),) if n else ())
    step = Step("read", {"files": (SEARCHES,), "formats": (TYPED,)}, {"found": n, "read": n, "set_aside": 0})
    return corpus_of(
        (changed_record(record, {"key": key}) for record, key in zip(records, keys, strict=True)),
        ledger=ledger,
        history=(step,),
    )


def with_typed(records: Corpus, typed: Corpus) -> Corpus:
    """Put records that were typed by hand behind those of exports; a key that one of these has gets a number.

    Examples
    --------
    >>> both = with_typed(corpus_of([Record("a")]), corpus_of([Record("a"), Record("b")]))
    >>> both.keys
    ('a', 'a-2', 'b')
    """
    if not len(records):
        return typed
    free, _ = with_free_keys(typed, records.keys)
    both = stacked([records, free])
    return replace(both, history=tuple(_with_files(step, typed.ledger) for step in both.history))


def _with_files(step: Step, ledger: Ledger) -> Step:
    """Add what was typed to the step that says what was read."""
    if step.name != "read":
        return step
    more = {"files": [one.path for one in ledger.files], "formats": [one.format for one in ledger.files]}
    arguments = {name: (*_tuple(step.arguments.get(name)), *names) for name, names in more.items()}
    counts = {name: step.counts.get(name, 0) + n for name, n in (("found", ledger.found), ("read", ledger.read))}
    return replace(step, arguments={**step.arguments, **arguments}, counts={**step.counts, **counts})


def _tuple(value: Argument) -> tuple[Argument, ...]:
    return value if isinstance(value, tuple) else ()


def _record(searches: Searches, at: int, text: str) -> Record:
    typed = searches.records[at]
    return Record(
        typed.id or "",
        type=typed.kind,
        title=typed.title,
        authors=typed.authors,
        year=typed.year,
        source=typed.source,
        publisher=typed.publisher,
        doi=doi_in(typed.doi),
        url=typed.url,
        abstract=typed.abstract,
        author_keywords=typed.keywords,
        database=searches.by_id[typed.search].name,
        file=SEARCHES,
        place=at + 1,
        line=line_of(text, ("records", at)),
        raw={ACCESSED: typed.accessed} if typed.accessed else {},
    )
