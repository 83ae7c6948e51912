"""PRISMA 2020's flow, counted: each box has the records, reports or studies that it counts, by their keys.

Nothing here is typed but what nobody can count: the studies of an earlier version of the review, and what other
programs dropped before the import. The boxes and what must add up are those of the statement (Page et al. 2021,
doi:10.1136/bmj.n71), figure 1 in its four versions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field, model_validator

from benang.evidence import count
from benang.languages import language_code
from benang.locale.writing import worded
from benang.project.toml_files import Checked, Id, Label, Text
from benang.ranges import RANGES
from benang.records.record import RecordStatus, RecordType, names_database
from benang.screening.outcomes import UNREAD
from benang.screening.prisma_table import BOXES, OPEN
from benang.screening.prisma_table import NOT_STATED as NOT_STATED
from benang.screening.prisma_table import Box as Box
from benang.screening.prisma_table import Flow as Flow
from benang.screening.prisma_table import TypedBox as TypedBox

if TYPE_CHECKING:
    from benang.records.corpus import Corpus
    from benang.records.record import Record
    from benang.screening.outcomes import Screening
    from benang.screening.searches import Searches
    from benang.screening.studies import Studies

SOURCES = {
    "database": "database_results",
    "register": "register_results",
    "website": "website_results",
    "organisation": "organisation_results",
    "citations": "citation_results",
    "hand-search": "hand_search_results",
    "contacts": "contact_results",
}
"""Which box counts the records of a kind of search."""
FIRST_COLUMN = ("database", "register")
"""The kinds of searches whose records are screened by title and abstract, in the figure's first column."""


class SetAside(Checked):
    """A rule by which works are removed before anybody screens them (`[[set_aside]]`); all its conditions must hold.

    A work without a year, or in a language that its record doesn't name, is not removed for it.
    """

    id: Id
    by: Literal["automation", "other"] = "other"
    text: Text
    before: int | None = Field(None, description="works published before this year", **RANGES["year"].bounds)
    after: int | None = Field(None, description="works published after this year", **RANGES["year"].bounds)
    languages: tuple[str, ...] = Field((), description="works in one of these languages")
    types: tuple[RecordType, ...] = ()
    status: tuple[RecordStatus, ...] = Field((), description="what became of a work: 'retraction notice', …")

    @model_validator(mode="after")
    def _has_a_condition(self) -> SetAside:
        if self.before is None and self.after is None and not (self.languages or self.types or self.status):
            raise ValueError(worded("a rule needs a condition: before, after, languages, types or status"))
        return self


def set_aside(works: Corpus, rules: Sequence[SetAside]) -> dict[str, str]:
    """Return the works that rules remove before the screening, each with the id of the first rule that fits.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> old = SetAside(id="old", text="Published before 2000", before=2000)
    >>> set_aside(corpus_of([Record("a", year=1999), Record("b", year=2000), Record("c")]), [old])
    {'a': 'old'}
    """
    if not rules:
        return {}
    fitting = ((one.key, next((rule.id for rule in rules if _fits(one, rule)), "")) for one in works.records)
    return {key: rule for key, rule in fitting if rule}


def _fits(record: Record, rule: SetAside) -> bool:
    year, languages = record.year, {language_code(name) or name.casefold() for name in rule.languages}
    language = language_code(record.language) or record.language.casefold()
    return all(
        (
            rule.before is None or (year is not None and year < rule.before),
            rule.after is None or (year is not None and year > rule.after),
            not languages or language in languages,
            not rule.types or record.type in rule.types,
            not rule.status or record.status in rule.status,
        )
    )


def flow_of(
    works: Corpus,
    screening: Screening,
    *,
    searches: Searches | None = None,
    studies: Studies | None = None,
    typed: Sequence[TypedBox] = (),
    rules: Sequence[SetAside] = (),
) -> Flow:
    """Count the flow of a review.

    A record belongs to the search that its export is bound to, else to the database that it names, else to one called
    as its file. A work that a database or register gave is counted in the first column, whatever else gave it; what
    other methods gave of it is a duplicate there.

    Parameters
    ----------
    works
        All works of the review, with the records that they were joined of.
    screening
        What came of each work.
    studies
        Which works are reports of one study; a work that belongs to none is a study of its own.
    typed
        What was typed (`[[prisma]]`).
    rules
        By what works were removed before the screening (`[[set_aside]]`).
    """
    origins = list(_origins(works, searches))
    ids: _Ids = defaultdict(list)
    all_searches = searches.searches if searches else ()
    for search in all_searches:
        ids[SOURCES[search.kind]], ids[f"{SOURCES[search.kind]}/{search.name}"] = [], []
    _identify(origins, ids)
    _select(works.keys, {one.work for one in origins if one.kind in FIRST_COLUMN}, screening, rules, ids)
    ids["studies_included"] = _by_first_report(ids["reports_included"], studies)
    additions = _additions(typed, ids)
    is_updated = "previous_studies" in additions or "previous_reports" in additions
    has_other = any(box in ids for kind, box in SOURCES.items() if kind not in FIRST_COLUMN)
    criteria = screening.protocol.criteria
    named = {one.id: one.text for one in criteria} | {one.id: one.text for one in rules}
    labels = named | {UNREAD: _NOT_SCREENED, **_TYPED_PARTS}
    order = {name: at for at, name in enumerate(labels)}
    keys = _keys(ids, additions, order, has_other=has_other)
    return Flow(
        boxes={key: _box(key, ids, additions) for key in keys},
        open={key: count(f"prisma/{key}", ids.get(key, ()), unit=unit) for key, unit in OPEN.items()},
        is_updated=is_updated,
        has_other=has_other,
        labels=labels,
        n_unreported=sum(one.is_unreported and not ids[f"{SOURCES[one.kind]}/{one.name}"] for one in all_searches),
    )


def _by_first_report(reports: Sequence[str], studies: Studies | None) -> list[str]:
    """Return for each report the first one of its study: a name of the study that the number can open."""
    firsts: dict[str, str] = {}
    return [firsts.setdefault(studies.of(one) if studies else one, one) for one in reports]


_Ids = dict[str, list[str]]
"""What each box counts, by its key; parts too."""


class _Origin(NamedTuple):
    """Where a record was found."""

    record: str
    work: str
    kind: str
    name: str


def _origins(works: Corpus, searches: Searches | None) -> Iterator[_Origin]:
    table = works.members if works.members.num_rows else works.works
    columns = (table.column(name).to_pylist() for name in ("work", "key", "database", "file", "place"))
    for work, key, database, file, place in zip(*columns, strict=True):
        search = searches.of_place(file, place) if searches else None
        own = database if names_database(database) else PurePosixPath(file).name
        kind, name = (search.kind, search.name) if search else ("database", own)
        yield _Origin(key, works.keys[work], kind, name or NOT_STATED)


def _identify(origins: Sequence[_Origin], ids: _Ids) -> None:
    """Count records by their source, and those that are one work with another one as duplicates."""
    columns: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for one in origins:
        box, is_other = SOURCES[one.kind], one.kind not in FIRST_COLUMN
        ids[box].append(one.record)
        ids[f"{box}/{one.name}"].append(one.record)
        columns[one.work][is_other].append(one.record)
        if not is_other:
            ids["records_identified"].append(one.record)
    for work, (first, other) in columns.items():
        ids["duplicates_removed"] += _repeats(work, first)
        ids["other_duplicates"] += other if first else _repeats(work, other)


def _repeats(work: str, records: Sequence[str]) -> list[str]:
    """Return the records of a work but one: the one that gave it its key where that is among them, else the first."""
    kept = work if work in records else next(iter(records), "")
    return [one for one in records if one != kept]


_OTHER = {
    "records_screened": "",
    "records_excluded": "other_records_excluded",
    "records_removed_automatically": "other_removed",
    "records_removed_other": "other_removed",
    "reports_sought": "other_sought_reports",
    "reports_not_retrieved": "other_notretrieved_reports",
    "reports_assessed": "other_assessed",
    "reports_excluded": "other_excluded",
}
"""The boxes of other methods in the place of those of databases and registers; screening has none there."""
_PARTED = ("records_excluded", "reports_excluded", "other_records_excluded", "other_excluded")
_WAITING = {"undecided": "undecided", "unsure": "unsure", "conflict": "conflicting"}


def _select(works: Sequence[str], first: Set[str], screening: Screening, rules: Sequence[SetAside], ids: _Ids) -> None:
    """Count works in every box that they came to; `first` are those of the first column."""
    automatic = {rule.id for rule in rules if rule.by == "automation"} | {UNREAD}
    for work in works:
        for step, reason in _steps(work, screening, automatic):
            box = step if work in first else _OTHER.get(step, step)
            if not box:
                continue
            ids[box].append(work)
            if reason or box in _PARTED:
                ids[f"{box}/{reason or NOT_STATED}"].append(work)


def _steps(work: str, screening: Screening, automatic: Set[str]) -> Iterator[tuple[str, str]]:
    """Give the boxes that a work came to, in order, as those of the first column; with the reason where it ended."""
    if rule := screening.set_aside.get(work, ""):
        yield "records_removed_automatically" if rule in automatic else "records_removed_other", rule
        return
    stages = screening.protocol.screening.stages
    outcome = screening.outcome(stages[0], work)
    yield "records_screened", ""
    if stages[0] == "title-abstract" and not outcome.moves_on and outcome.verdict != "unobtainable":
        is_out = outcome.verdict == "exclude"
        yield ("records_excluded", outcome.reason) if is_out else (f"{_WAITING[outcome.verdict]}_records", "")
        return
    yield "reports_sought", ""
    if outcome.moves_on:
        outcome = screening.outcome(stages[-1], work)
    if outcome.verdict == "unobtainable":
        yield "reports_not_retrieved", ""
        return
    yield "reports_assessed", ""
    if outcome.moves_on:
        yield "reports_included", ""
    elif outcome.verdict == "exclude":
        yield "reports_excluded", outcome.reason
    else:
        yield f"{_WAITING[outcome.verdict]}_reports", ""


_ELSEWHERE = {
    "hits_not_exported": "records_removed_other",
    "duplicates_removed_elsewhere": "duplicates_removed",
    "records_removed_automatically_elsewhere": "records_removed_automatically",
    "records_removed_other_elsewhere": "records_removed_other",
}
"""The boxes of records that were identified and never imported."""


_TYPED_PARTS: Mapping[str, Label] = {
    "hits_not_exported": Label(en="Hits that were not exported", id="Hasil pencarian yang tidak diekspor"),
    "records_removed_automatically_elsewhere": Label(en="Removed before the import", id="Disisihkan sebelum diimpor"),
    "records_removed_other_elsewhere": Label(en="Removed before the import", id="Disisihkan sebelum diimpor"),
}
"""What is listed beside the rules of its box, so that they add up; duplicates have no rules."""


_NOT_SCREENED = Label(
    en="Not screened, because the screening was stopped",
    id="Tidak ditapis karena penapisan dihentikan",
)


def _additions(typed: Sequence[TypedBox], ids: _Ids) -> dict[str, list[TypedBox]]:
    """Return what was typed by the boxes that it adds to."""
    additions: dict[str, list[TypedBox]] = defaultdict(list)
    for one in typed:
        if one.box in _ELSEWHERE:
            source = _source(one.database, ids)
            removed = _ELSEWHERE[one.box]
            part = [f"{removed}/{one.box}"] if one.box in _TYPED_PARTS else []
            boxes = ["records_identified", source.partition("/")[0], source, removed, *part]
        else:
            boxes = [one.box, one.box.replace("previous", "total")] if one.box.startswith("previous") else [one.box]
        for box in boxes:
            additions[box].append(one)
    return additions


def _source(name: str, ids: _Ids) -> str:
    """Return the part that a database or register is counted in; where none is named, the only one that there is."""
    there = [key for key in ids if key.startswith(("database_results/", "register_results/"))]
    named = [key for key in there if key.partition("/")[2].casefold() == name.casefold()] if name else there
    return named[0] if len(named) == 1 else f"database_results/{name or NOT_STATED}"


def _keys(
    ids: _Ids, additions: Mapping[str, Sequence[TypedBox]], order: Mapping[str, int], *, has_other: bool
) -> Iterator[str]:
    """Give the boxes of the figure in its order, each before its parts: sources as searched, reasons as in the plan."""
    if_any = (*SOURCES.values(), "previous_studies", "previous_reports", *(box for box in BOXES if "total" in box))
    parts: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys((*ids, *additions)):
        box, _, name = key.partition("/")
        if name:
            parts[box].append(name)
    for box in BOXES:
        is_there = box in ids or box in additions or box in ("database_results", "register_results")
        if not (is_there if box in if_any else has_other or not box.startswith("other")):
            continue
        yield box
        names = parts[box]
        if box not in SOURCES.values():
            names = sorted(names, key=lambda name: (name == NOT_STATED, order.get(name, len(order)), name))
        if names != [NOT_STATED] or box not in ("records_excluded", "other_records_excluded"):
            yield from (f"{box}/{name}" for name in names)


_NEW = {"total_studies": "studies_included", "total_reports": "reports_included"}
"""What a total adds to what an earlier version of the review had."""


def _box(key: str, ids: _Ids, additions: Mapping[str, Sequence[TypedBox]]) -> Box:
    box, _, name = key.partition("/")
    of = ids.get(_NEW.get(key, key), ())
    return Box(key, count(f"prisma/{key}", of, unit=BOXES[box]), tuple(additions.get(key, ())), name)
