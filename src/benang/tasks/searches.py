"""The searches of a review: one more written down, what each one brought, and what a rerun changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from benang.coding.codebook_edits import free_id, id_from
from benang.encodings import decoded
from benang.errors import BenangError, Problem, argument, in_unicode, nearest
from benang.files import decode, read_bytes, write_together
from benang.locale import Language, translator
from benang.locale.writing import Worded, worded
from benang.progress import Progress, silent
from benang.project.folder import ReviewFolder, open_folder
from benang.project.rekeying import edited
from benang.project.toml_edits import AddTable, Place, Value, Verbatim, edited_toml
from benang.project.toml_files import problems_of
from benang.readers.registry import read_files
from benang.records.corpus import Corpus
from benang.records.paper import paper_of
from benang.review.load import read_sources, search_results_of
from benang.review.plan_reading import read_plan, source_files
from benang.screening.search_results import (
    Rerun,
    SearchResult,
    SearchResults,
    remarks,
    remarks_on,
)
from benang.screening.searches import (
    SEARCHES,
    Search,
    Searches,
    SearchKind,
    checked_date,
    database_of,
    faults_of,
    parsed_searches,
    read_searches,
)
from benang.synthesis.csv_tables import as_csv
from benang.tasks.account import Account, Note, Table, in_shell, listing
from benang.tasks.begin import free_name
from benang.tasks.codebook import changing

_NEW = b"format = 1\n"
_SHOWN = 20
"""Works of a rerun that are listed one by one."""


@dataclass(frozen=True, kw_only=True)
class AddSearchRequest:
    """A search to be written down, as `Search` has it; what is empty is left to be filled in.

    `database` is the name, by default the one that the exports say; `files` are copied into `sources/` where they lie
    outside of the review. The `id` is made of the name where none is given.
    """

    folder: Path
    database: str = ""
    id: str = ""
    kind: SearchKind = "database"
    platform: str = ""
    date: str = ""
    query: str = ""
    limits: str = ""
    fields: str = ""
    hits: int | None = None
    exported: int | None = None
    by: str = ""
    peer_review: str = ""
    files: tuple[Path, ...] = ()
    earlier: str = ""
    note: str = ""
    language: Language = "en"


@dataclass(frozen=True)
class AddedSearch:
    """The search as it stands in the file now."""

    search: Search
    account: Account


def add_search(request: AddSearchRequest, *, progress: Progress = silent) -> AddedSearch:
    """Write a search into `searches.toml`, behind the others; comments and all else in the file stay as they are.

    Raises
    ------
    BenangError
        Where the id is taken, a file is no export or belongs to another search, or a value is not what it should be.
        Nothing is written then.
    """
    progress("Reading the exports", 0.0)
    exports = _exports(request.files)
    with changing(request.folder, SEARCHES) as review:
        before = read_searches(review.searches) if review.searches else Searches()
        places = _places(request.files, review)
        search = _search(request, before, [review.name(place) for place in places], exports)
        _check(search, before, review)
        table = _table(search)
        data = read_bytes(review.searches) if review.searches else _NEW
        new = edited(
            data, lambda text: edited_toml(text, [AddTable("searches", table)], where=SEARCHES), where=SEARCHES
        )
        copies = {place: read_bytes(source) for place, source in places.items() if place != source}
        parsed_searches(decode(new, where=SEARCHES), review.root, coming=set(search.files))
        progress("Writing", 0.9)
        write_together({**copies, review.root / SEARCHES: new})
    return AddedSearch(search, _added(search, exports, open_folder(review.root), request.language))


def query_of(source: Path | bytes, *, where: str = "") -> str:
    """Return the query in a file, or in bytes from elsewhere, whatever its encoding, without line ends behind it.

    Raises
    ------
    BenangError
        For a file that is not there or is no text.
    """
    data, name = (read_bytes(source), str(source)) if isinstance(source, Path) else (source, where)
    return decoded(data, where=name).data.decode().replace("\r\n", "\n").rstrip("\n")


def date_of(answer: str) -> str:
    """Return the date of a search in somebody's answer, or nothing where there is none.

    Raises
    ------
    ValueError
        For what is not a date, with words that say how one is written.
    """
    return checked_date(answer.strip())


def _exports(files: Sequence[Path]) -> Corpus | None:
    if not files:
        return None
    read = read_files(*files)
    if read.unread:
        raise BenangError(*(problem for one in read.unread for problem in one.error.problems))
    return read.corpus


def _places(files: Sequence[Path], review: ReviewFolder) -> dict[Path, Path]:
    """Return where in the review each export is, or is to be copied to; one that is there already is not copied."""
    places: dict[Path, Path] = {}
    root, folder = review.root.resolve(), review.root / "sources"
    taken = {path.name.casefold(): path for path in folder.glob("*")}
    for file in dict.fromkeys(files):
        if file.resolve().is_relative_to(root):
            place = review.root / file.resolve().relative_to(root)
        else:
            same = taken.get(in_unicode(file.name).casefold())
            is_there = same is not None and same.is_file() and read_bytes(same) == read_bytes(file)
            place = same if same and is_there else folder / free_name(in_unicode(file.name), set(taken))
        taken[place.name.casefold()] = place
        places[place] = place if file.resolve().is_relative_to(root) or place.exists() else file
    return places


def _search(request: AddSearchRequest, before: Searches, files: Sequence[str], exports: Corpus | None) -> Search:
    """Check what is asked for, and return it as a search."""
    name = " ".join(in_unicode(request.database).split()) or _database(exports)
    given: dict[str, Any] = {
        "id": request.id or free_id(id_from(name) or "search", before.by_id.__contains__),
        "kind": request.kind,
        "name": name,
        "platform": request.platform.strip(),
        "date": request.date.strip(),
        "query": request.query.replace("\r\n", "\n"),
        "limits": request.limits.strip(),
        "fields": request.fields.strip(),
        "hits": request.hits,
        "exported": request.exported,
        "by": request.by.strip(),
        "peer_review": request.peer_review.strip(),
        "files": tuple(files),
        "earlier": request.earlier.strip(),
        "note": request.note.strip(),
    }
    try:
        search = Search.model_validate(given)
    except ValidationError as error:
        problems = problems_of(error.errors(), given, Search, _option, where_names_key=True)
        raise BenangError(*problems) from None
    if search.id in before.by_id:
        fault = worded("there is already a search '{id}'", id=search.id)
        raise BenangError(Problem(fault, where=argument("id"), way_on="Give this one another id."))
    return search


def _check(search: Search, before: Searches, review: ReviewFolder) -> None:
    """Refuse a search that doesn't go with the others, by the arguments that say so: nothing is in the file yet."""
    after = Searches(searches=(*before.searches, search), records=before.records)
    own = ("searches", len(before.searches))
    problems = [
        Problem(fault, where=_option(place[2:]), way_on=way_on)
        for place, fault, way_on in faults_of(after, review.root, coming=set(search.files))
        if place[:2] == own
    ]
    if problems:
        raise BenangError(*problems)


def _option(place: Place) -> str:
    """Name the argument that gives a field."""
    return argument("database" if place[0] == "name" else str(place[0]))


def _database(exports: Corpus | None) -> str:
    """Return the database that exports say they are from."""
    if exports and (name := database_of(exports.records)):
        return name
    fault = worded("a search needs the name of what was searched")
    way_on = worded("Name it: {option}.", option=argument("database", value="NAME"))
    raise BenangError(Problem(fault, where=argument("database"), way_on=way_on))


def _table(search: Search) -> dict[str, Value]:
    """Return a search as it is written: fields that nobody filled in stand there empty, for later."""
    texts = search.model_dump(exclude_defaults=True)
    table: dict[str, Value] = {"id": search.id, "kind": search.kind, "name": search.name}
    for field in ("platform", "date", "query", "limits", "hits", "exported", "by", "fields", "peer_review", "files"):
        value = texts.get(field)
        if field == "peer_review" and value:
            value = search.peer_review.outcome
        if value is None and field in search.open_fields and field != "hits":
            value = ""
        if value is not None:
            table[field] = Verbatim(value) if field == "query" else list(value) if field == "files" else value
    return table | {name: texts[name] for name in ("earlier", "note") if name in texts}


def _added(search: Search, exports: Corpus | None, review: ReviewFolder, language: Language) -> Account:
    _ = translator(language)
    ledger = exports.ledger if exports else None
    read = source_files(read_plan(review), review.root)
    result = SearchResult(
        search,
        records=tuple(exports.keys) if exports else (),
        set_aside=ledger.set_aside if ledger else 0,
        unread=tuple(name for name in search.files if review.root / name not in read),
    )
    sentence = _("Added the search {id}: {name}.").format(id=search.id, name=search.name)
    notes = tuple(f"{one.in_language(language)}." for one in remarks_on(result))
    paths = (review.root / SEARCHES, *(review.root / name for name in search.files))
    return Account(notes=(Note(sentence, notes),), files=paths)


@dataclass(frozen=True)
class SearchesRequest:
    """The review whose searches are asked for."""

    folder: Path
    language: Language = "en"


@dataclass(frozen=True)
class SearchList:
    """What each search of a review brought."""

    results: SearchResults
    account: Account

    def as_json(self) -> str:
        """Return it as JSON: one object a search, the exports of no search, the known papers, and remarks."""
        data = {
            "searches": [search_row(one) for one in self.results.results],
            "unbound": dict(self.results.unbound),
            "seeds": [
                {"seed": one.name, "works": list(one.works), "searches": list(one.searches)}
                for one in self.results.seeds
            ],
            "remarks": [str(one) for one in remarks(self.results)],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def list_searches(request: SearchesRequest, *, progress: Progress = silent) -> SearchList:
    """Read the exports of a review, and say what each search brought.

    Raises
    ------
    BenangError
        For a review that can't be read.
    """
    progress("Reading the exports", 0.0)
    review = open_folder(request.folder)
    plan = read_plan(review)
    results = search_results_of(plan, read_sources(plan, review))
    return SearchList(results, _listed(results, request))


def _listed(results: SearchResults, request: SearchesRequest) -> Account:
    _, language = translator(request.language), request.language
    if not results.results:
        text = _("No search has been written down yet. `benang search add {folder}` begins searches.toml.")
        return Account(notes=(Note(text.format(folder=in_shell(request.folder))),))
    head: tuple[str, ...] = tuple(map(_, ("search", "hits", "read", "set aside", "works", "only here", "shared")))
    rows = [
        (
            one.search.id,
            "–" if one.search.hits is None else worded("{n:,}", n=one.search.hits).in_language(language),
            *(
                worded("{n:,}", n=n).in_language(language)
                for n in (len(one.records), one.set_aside, len(one.works), len(one.alone), len(one.shared))
            ),
        )
        for one in results.results
    ]
    notes: list[Note | Table] = [Table("", (head, *rows), "lrrrrrr")]
    if results.seeds:
        found = sum(bool(seed.searches) for seed in results.seeds)
        text = _("{found} of {n} known papers were found by a search:")
        lines = [f"{seed.name}: {', '.join(seed.searches) or _('not found by any search')}" for seed in results.seeds]
        notes.append(listing(lines, text.format(found=found, n=len(results.seeds))))
    sentences = [f"{one.in_language(language)}." for one in remarks(results)]
    return Account(notes=(*notes, *((Note("", tuple(sentences)),) if sentences else ())))


COLUMNS = (
    "id", "kind", "name", "platform", "date", "query", "limits", "fields", "filters", "prior_work", "hits", "exported",
    "by", "peer_review", "read", "set_aside", "works", "alone", "shared", "seeds", "earlier", "files", "note",
    "not_reported",
)  # fmt: skip
"""What is said of each search, in `searches.csv` and in JSON."""


def search_row(result: SearchResult) -> dict[str, object]:
    """Return what one search is and brought, by the names of `COLUMNS`."""
    search = result.search
    counts = {
        "read": len(result.records),
        "set_aside": result.set_aside,
        "works": len(result.works),
        "alone": len(result.alone),
        "shared": len(result.shared),
        "seeds": list(result.seeds),
        "peer_review": str(search.peer_review),
    }
    row = {**search.model_dump(mode="json"), **counts}
    return {name: row[name] for name in COLUMNS}


def searches_csv(results: SearchResults) -> bytes:
    """Return the searches as a table, one a row."""
    rows = ([_cell(value) for value in search_row(one).values()] for one in results.results)
    return as_csv(COLUMNS, rows)


def _cell(value: object) -> str | int | None:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value if isinstance(value, int) or value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class CompareSearchRequest:
    """A search that repeats an earlier one."""

    folder: Path
    search: str
    language: Language = "en"


@dataclass(frozen=True)
class ComparedSearch:
    """What a rerun changed; `titles` name the works that it speaks of."""

    rerun: Rerun
    titles: Mapping[str, str]
    account: Account

    def as_json(self) -> str:
        """Return it as JSON: works that are new, gone and changed, with keys and titles."""
        rerun = self.rerun
        data = {
            "search": rerun.search.id,
            "earlier": rerun.earlier.id,
            "new": [self._work(key) for key in rerun.new],
            "gone": [self._work(key) for key in rerun.gone],
            "changed": [{**self._work(key), "fields": list(names)} for key, names in rerun.changed.items()],
            "unchanged": len(rerun.unchanged),
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def _work(self, key: str) -> dict[str, object]:
        return {"key": key, "title": self.titles.get(key, "")}


def compare_search(request: CompareSearchRequest, *, progress: Progress = silent) -> ComparedSearch:
    """Compare a search with the one that it repeats.

    Raises
    ------
    BenangError
        Where there is no such search, or it repeats none.
    """
    progress("Reading the exports", 0.0)
    review = open_folder(request.folder)
    plan = read_plan(review)
    sources = read_sources(plan, review)
    results = search_results_of(plan, sources)
    if request.search not in results.by_id:
        fault = worded("there is no search '{id}'", id=request.search)
        raise BenangError(Problem(fault, where=SEARCHES, way_on=nearest(request.search, results.by_id)))
    rerun = next((one for one in results.reruns if one.search.id == request.search), None)
    if rerun is None:
        way_on = worded('Write the id of the search that it repeats into its entry: earlier = "…".')
        fault = worded("the search '{id}' repeats no other one", id=request.search)
        raise BenangError(Problem(fault, where=SEARCHES, way_on=way_on))
    papers = {record.key: record for record in (*sources.records.records, *sources.works.records)}
    named = (*rerun.new, *rerun.gone, *rerun.changed)
    titles = {key: papers[key].title for key in named}
    shown = {key: str(paper_of(papers[key])) for key in named}
    return ComparedSearch(rerun, titles, Account(notes=tuple(_compared(rerun, shown, request.language))))


def _compared(rerun: Rerun, shown: Mapping[str, str], language: Language) -> Iterator[Note | Table]:
    heading = worded(
        "{search} compared with {earlier}: {new:,} new, {changed:,} changed, {gone:,} gone, {same:,} as before.",
        search=rerun.search.id,
        earlier=rerun.earlier.id,
        new=len(rerun.new),
        changed=len(rerun.changed),
        gone=len(rerun.gone),
        same=len(rerun.unchanged),
    )
    yield Note(heading.in_language(language))
    parts: tuple[tuple[Worded, Sequence[str]], ...] = (
        (worded("New:"), [f"{key}: {shown[key]}" for key in rerun.new]),
        (worded("Gone:"), [f"{key}: {shown[key]}" for key in rerun.gone]),
        (worded("Changed:"), [f"{key}: {shown[key]} ({', '.join(names)})" for key, names in rerun.changed.items()]),
    )
    for text, lines in parts:
        if lines:
            yield Note(text.in_language(language), tuple(lines))
