"""Exports read and every record accounted for; works joined, records written in another form, a thesaurus proposed.

The account is a table for people, JSON for programs, and a ledger to keep.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from benang.coding.codebook_file import read_codebook
from benang.errors import Misuse
from benang.files import Input, replacing, write_text
from benang.kinds import KINDS
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, reason_in, worded
from benang.progress import Progress, part, silent
from benang.readers.forms import missing_fields
from benang.readers.opening import name_of
from benang.readers.registry import Choices, ReadFiles, read_files
from benang.records.authors import authors
from benang.records.corpus import Corpus
from benang.records.corpus_files import check_corpus_folder, ledger_json
from benang.records.duplicates import Duplicates, find_duplicates
from benang.records.duplicates.files import (
    doubting_rules,
    joining_rules,
    read_decisions,
    reasons_json,
    write_doubts,
    write_duplicates,
)
from benang.records.duplicates.joining import joined
from benang.records.file_accounts import carried_fields, marked_counts, marked_notes
from benang.records.proposals import Proposal, propose, proposed_variants
from benang.records.record import FileAccount, Ledger, Record
from benang.records.thesaurus import thesaurus_text
from benang.records.user_tables import csv_text
from benang.tasks.account import Account, Note, Table, check_outputs, listing, rows, unknown_form
from benang.tasks.read_works import WorksRequest, read_works, set_aside_remarks, without_places
from benang.writers import SUFFIXES, Written, is_corpus_path, write_records

FORMAT = 1
"""The version of the ledger's file."""

_LEDGER = ("path", "format", "encoding", "sha256", "found", "read", "set_aside", "what", "record", "line", "said")


@dataclass(frozen=True, kw_only=True)
class RecordsRequest:
    """Exports, and what is to be written of them.

    `outputs` are files of records, whose suffix says the form, or corpus folders; `exact` adds to RIS and BibTeX the
    lines that only Benang reads. With `deduplicate` each work is written once, else every record. `duplicates` and
    `doubts` list the groups that are one work and the pairs that may be (`.csv`), `decisions` has the pairs that a
    person decided on, `ledger` the account of every file (`.json` or `.csv`).
    """

    files: tuple[Input, ...]
    choices: Choices | None = None
    outputs: tuple[Path, ...] = ()
    exact: bool = False
    deduplicate: bool = False
    duplicates: Path | None = None
    doubts: Path | None = None
    decisions: Input | None = None
    ledger: Path | None = None
    language: Language = "en"

    @property
    def lists(self) -> tuple[Path, ...]:
        """The lists that are asked for."""
        return tuple(path for path in (self.duplicates, self.doubts, self.ledger) if path)


@dataclass(frozen=True)
class ReadRecords:
    """What exports gave: the records of those that could be read, and the works that these are.

    `unread` says what is wrong with the files that can't be read; None where all can.
    """

    read: ReadFiles
    works: Corpus
    duplicates: Duplicates
    written: tuple[Written, ...]
    account: Account
    unread: Account | None = None

    def as_json(self, files: Sequence[Input]) -> dict[str, Any]:
        """Return the account for programs, files in the order in which they were named."""
        return account_json(self.read, files, len(self.works), self.duplicates)


def records(request: RecordsRequest, *, progress: Progress = silent) -> ReadRecords:
    """Read exports and account for every record: found = read + set aside, for every file.

    A file that can't be read does not keep the others from being read; where none can, no records are written.

    Raises
    ------
    Misuse
        For output of an unknown form, or that would destroy what is read.
    BenangError
        For a table of decisions that can't be read, and files that can't be written.
    """
    _check(request)
    progress("Reading", 0.0)
    read = read_files(*request.files, choices=request.choices)
    progress("Looking for duplicates", 0.4)
    placeless = without_places(read, request.files)
    decisions = read_decisions(request.decisions) if request.decisions else None
    duplicates = find_duplicates(placeless.corpus, decisions=decisions)
    works = joined(placeless.corpus, duplicates)
    progress("Writing", 0.6)
    has_records = bool(read.corpus.ledger.files)
    with _places(request.outputs if has_records else (), request.lists) as places:
        _write_lists(placeless, duplicates, places, request)
        written = _write(works if request.deduplicate else placeless.corpus, places, request, progress)
    account = records_account(read.corpus, len(works), duplicates, request.language) if has_records else Account()
    account += Account(notes=tuple(_written_note(one, request) for one in written), files=request.lists)
    return ReadRecords(read, works, duplicates, tuple(written), account, _unread(read, request.language))


def _check(request: RecordsRequest) -> None:
    """Refuse output that can't be written, or that would destroy what is read, before long work."""
    for path in request.outputs:
        if not is_corpus_path(path) and path.suffix.lower() not in SUFFIXES:
            raise unknown_form(path, SUFFIXES, ", or a folder.")
    if request.ledger and request.ledger.suffix.lower() not in {".json", ".csv"}:
        raise Misuse(worded("'{name}': the ledger can be written as .json or .csv.", name=request.ledger.name))
    for path in filter(None, (request.duplicates, request.doubts)):
        if path.suffix.lower() != ".csv":
            raise Misuse(worded("'{name}': the list of duplicates is written as .csv.", name=path.name))
    folders = [path for path in request.outputs if is_corpus_path(path)]
    for folder in folders:
        check_corpus_folder(folder)
    files = [path for path in request.outputs if path not in folders]
    check_outputs(files, [*request.files, request.decisions], request.lists, folders=folders)


@contextmanager
def _places(outputs: Sequence[Path], lists: Sequence[Path]) -> Iterator[dict[Path, Path]]:
    """Give a place to write each output and list to, so that all are replaced together; a corpus folder is its own."""
    paths = list(dict.fromkeys((*outputs, *lists)))
    files = [path for path in paths if not is_corpus_path(path)]
    with replacing(*files) as places:
        to = dict(zip(files, places, strict=True))
        yield {path: to.get(path, path) for path in paths}


def _write(corpus: Corpus, places: Mapping[Path, Path], request: RecordsRequest, progress: Progress) -> list[Written]:
    written: dict[Path, Written] = {}
    # A folder goes into place at once, so that folders come last, and nothing may end the work behind the first.
    outputs = sorted((path for path in places if path not in request.lists), key=is_corpus_path)
    for at, path in enumerate(outputs):
        if at == 0 or not is_corpus_path(outputs[at - 1]):
            progress(worded("Writing {name}", name=path.name), 0.6 + 0.4 * at / len(outputs))
        written[path] = replace(write_records(corpus, places[path], exact=request.exact), path=path)
    return [written[path] for path in places if path in written]


def _write_lists(read: ReadFiles, duplicates: Duplicates, places: Mapping[Path, Path], request: RecordsRequest) -> None:
    if request.duplicates:
        write_duplicates(duplicates, read.corpus, places[request.duplicates])
    if request.doubts:
        write_doubts(duplicates, read.corpus, places[request.doubts])
    if request.ledger:
        write_ledger(read, places[request.ledger])


def _written_note(written: Written, request: RecordsRequest) -> Note:
    """Say how many records a file got, and what it has no place for."""
    _, n, language = translator(request.language), written.records, request.language
    unit = counted("work", "works", n, language) if request.deduplicate else counted("record", "records", n, language)
    text = _("Written: {file} ({n} {unit})").format(file=written.path, n=numeral(n, language, 0), unit=unit)
    return Note(text, written.notes)


def _unread(read: ReadFiles, language: Language) -> Account | None:
    """Say which files can't be read, and whether others were."""
    errors = [one.error for one in read.unread]
    if not errors:
        return None
    text = worded("Can't go on.")
    if read.corpus.ledger.files:
        text = worded(
            "One file can't be read; all others have been read.",
            "{n:,} files can't be read; all others have been read.",
            n=len(errors),
        )
    return Account(
        notes=(listing((f"- {problem.in_language(language)}" for error in errors for problem in error.problems), text),)
    )


def account_json(read: ReadFiles, files: Sequence[Input], works: int, duplicates: Duplicates) -> dict[str, Any]:
    """Return what `--json` prints; files in the order of the call, and named as in it."""
    accounts = [_file_json(account) for account in _with_all_notes(read.corpus).files]
    for one in read.unread:
        error = {"error": " ".join(str(one.error).split())}
        accounts.append(_file_json(FileAccount(one.path, "", "", 0, 0, encoding="")) | error)
    order = [name_of(file) for file in files]
    accounts.sort(key=lambda one: _place(str(one["path"]), order))
    return {
        "files": accounts,
        "records": len(read.corpus),
        "works": works,
        "duplicate_groups": len(duplicates.groups),
        "fields": carried_fields(read.corpus),
        **reasons_json(duplicates, read.corpus),
    }


def _place(path: str, order: Sequence[str]) -> int:
    """Return which of the files of the call one is, or is in."""
    return next((at for at, one in enumerate(order) if path == one or path.startswith(f"{one}/")), len(order))


def _with_all_notes(corpus: Corpus) -> Ledger:
    """Add to the notes of each file which records are marked as retracted or corrected, and what none of them holds."""
    missing, marked = missing_fields(corpus), marked_notes(corpus)
    return Ledger(
        tuple(
            replace(one, notes=(*one.notes, *marked.get(one.path, ()), *missing.get(one.path, ())))
            for one in corpus.ledger.files
        )
    )


def _file_json(account: FileAccount) -> dict[str, Any]:
    return {
        "path": account.path,
        "format": account.format,
        "encoding": account.encoding,
        "found": account.found,
        "read": account.read,
        "set_aside": [{"record": o.record, "line": o.line, "reason": o.reason} for o in account.set_aside],
        "notes": list(account.notes),
    }


def records_account(corpus: Corpus, works: int, duplicates: Duplicates, language: Language) -> Account:
    """Return the account of what was read: a table by file, what has to be said of each, and what all records carry."""
    _ = translator(language)
    number = partial(numeral, language=language, decimals=0)
    accounts = _with_all_notes(corpus).files
    header = (_("file"), _("format"), _("encoding"), _("found"), _("read"), _("set aside"))
    cells = [(a.path, a.format, a.encoding or "-", *map(number, (a.found, a.read, len(a.set_aside)))) for a in accounts]
    files = Table("", (header, *cells), "lllrrr", is_indented=False)
    notes = [note for account in accounts for note in _file_notes(account, language)]
    return Account(notes=(files, *notes, *_in_all(corpus, works, duplicates, language)))


def _file_notes(account: FileAccount, language: Language) -> list[Note]:
    """Say what was set aside of a file, and what was remarked."""
    aside = set_aside_remarks(account, language)
    if not aside:
        return [Note(f"{account.path}:", account.notes)] if account.notes else []
    return [Note(f"{account.path}:", aside), *([Note("", account.notes)] if account.notes else [])]


def _in_all(corpus: Corpus, works: int, duplicates: Duplicates, language: Language) -> Iterator[Table]:
    """Count what all files gave together."""
    _, carried = translator(language), carried_fields(corpus)
    without = len(corpus) - _with_keywords(corpus)
    marked = marked_counts(corpus).items()
    yield _counts(
        _("Total:"),
        [
            (_("records"), len(corpus)),
            (_("works"), works),
            (_("groups of duplicates"), len(duplicates.groups)),
            *([(_("pairs in doubt"), len(duplicates.doubts))] if duplicates.doubts else []),
            *([(_("records without keywords"), without)] if without else []),
            *((_("records marked as {status}").format(status=_(status)), n) for status, n in marked),
        ],
        language,
    )
    if duplicates.groups:
        yield _counts(_("Reasons for joining pairs:"), _in_words(joining_rules(duplicates), language), language)
    if duplicates.doubts:
        yield _counts(_("Reasons for doubt:"), _in_words(doubting_rules(duplicates), language), language)
    carrying = [(_(name.replace("_", " ")), n) for name, n in carried.items() if n]
    yield _counts(_("Records with each field:"), carrying, language)


def _in_words(rules: Mapping[str, int], language: Language) -> list[tuple[str, int]]:
    return [(reason_in(rule, language), n) for rule, n in rules.items()]


def _counts(heading: str, counts: Iterable[tuple[str, int]], language: Language) -> Table:
    return Table(heading, rows(counts, language), "ll")


def _with_keywords(corpus: Corpus) -> int:
    fields, works = (corpus.values.column(name).to_numpy() for name in ("field", "work"))
    return len(set(works[(fields == "author_keywords") | (fields == "index_keywords")].tolist()))


def write_ledger(read: ReadFiles, path: Path) -> None:
    """Write the account of every file, also of those that could not be read: JSON, or CSV by the suffix."""
    if path.suffix.lower() == ".csv":
        write_text(path, "\ufeff" + csv_text(_LEDGER, _ledger_rows(read)))
        return
    unread = [{"path": one.path, "error": str(one.error)} for one in read.unread]
    ledger = {"format": FORMAT, **ledger_json(_with_all_notes(read.corpus)), "unread": unread}
    write_text(path, json.dumps(ledger, ensure_ascii=False, indent=1) + "\n")


def _ledger_rows(read: ReadFiles) -> Iterator[Sequence[object]]:
    """Give a row for each file, and one for each record set aside, each note and each file that could not be read."""
    for a in _with_all_notes(read.corpus).files:
        yield a.path, a.format, a.encoding, a.sha256, a.found, a.read, len(a.set_aside), "file", "", "", ""
        empty = [a.path, "", "", "", "", "", ""]
        for one in a.set_aside:
            yield *empty, "set aside", one.record, one.line, one.reason
        for note in a.notes:
            yield *empty, "note", "", "", note
    for unread in read.unread:
        yield unread.path, "", "", "", "", "", "", "not read", "", "", " ".join(str(unread.error).split())


_COLUMNS = ("reason", "occurrences", "occurrences of replacement")


@dataclass(frozen=True, kw_only=True)
class ThesaurusRequest:
    """Exports, and the kind of items whose labels are compared.

    The labels of `codebook` in two languages are translations of each other. `output` is the table that is written;
    nothing is where None.
    """

    files: tuple[Input, ...]
    choices: Choices = Choices()  # noqa: RUF009 - it is frozen
    items: str = "keywords"
    codebook: Path | None = None
    output: Path | None = None
    language: Language = "en"


@dataclass(frozen=True)
class ProposedThesaurus:
    """The labels that may be merged, each with its reason."""

    proposals: tuple[Proposal, ...]
    account: Account


def propose_thesaurus(request: ThesaurusRequest, *, progress: Progress = silent) -> ProposedThesaurus:
    """Propose which labels to merge: plurals, hyphens, spellings, acronyms, translations, slips.

    Raises
    ------
    Misuse
        Where the table would be written over what is read.
    BenangError
        For exports or a codebook that can't be read.
    """
    if request.output:
        check_outputs([request.output], [*request.files, request.codebook])
    works = WorksRequest(files=request.files, choices=request.choices, language=request.language)
    corpus = read_works(works, progress=part(progress, 0.0, 0.5)).corpus
    progress("Comparing labels", 0.5)
    proposals = _proposals(corpus.records, request)
    if request.output:
        write_text(request.output, thesaurus_text(map(_row, proposals), _COLUMNS))
    notes = [_counts_note(proposals, request)]
    if request.items == "authors":
        notes += _ambiguous(corpus.records, request.language)
    return ProposedThesaurus(proposals, Account(notes=tuple(notes), files=(request.output,) if request.output else ()))


def _proposals(records: Sequence[Record], request: ThesaurusRequest) -> tuple[Proposal, ...]:
    kind = KINDS[request.items]
    if kind.variants != "labels":
        return proposed_variants(records, request.items)
    labels = [[label for field in kind.fields for label in getattr(record, field)] for record in records]
    return tuple(propose(labels, records, translations=code_translations(request.codebook)))


def _row(one: Proposal) -> tuple[str, str, str, str, str]:
    return one.label, one.replacement, one.reason, str(one.occurrences), str(one.occurrences_of_replacement)


def code_translations(codebook: Path | None) -> list[tuple[str, str]]:
    """Return the labels of codes that differ between English and Indonesian."""
    pairs = []
    for code in read_codebook(codebook).codes if codebook else ():
        english, indonesian = code.label.text("en"), code.label.text("id")
        if english.casefold() != indonesian.casefold():
            pairs.append((english, indonesian))
    return pairs


def _counts_note(proposals: Sequence[Proposal], request: ThesaurusRequest) -> Note:
    """Count the proposals by their reasons."""
    _, language = translator(request.language), request.language
    reasons = Counter(one.reason.partition(" (")[0] for one in proposals)
    text = _("{n} {items} may be variant spellings or synonyms of others.")
    order = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    items = _(request.items).replace("-", " ")
    return Note(
        text.format(n=numeral(len(proposals), language, 0), items=items),
        tuple(f"{numeral(n, language, 0)}  {reason_in(reason, language)}" for reason, n in order),
    )


def _ambiguous(records: Sequence[Record], language: Language) -> Iterator[Note]:
    """Name the short names that could be several people's: they stay by themselves until a person decides."""
    _, names = translator(language), authors(records).ambiguous
    if names:
        text = _("{n} names may be shared by several people and were not joined:")
        one = _("{name} ({n} records): {candidates}")
        yield Note(
            text.format(n=numeral(len(names), language, 0)),
            tuple(
                one.format(name=name.name, n=numeral(name.records, language, 0), candidates="; ".join(name.candidates))
                for name in names
            ),
        )
