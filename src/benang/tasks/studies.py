"""Reports of one study: what `studies.toml` says, what may be added to it, and its change in one step."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benang.coding.codebook_edits import free_id, id_from
from benang.errors import BenangError, Misuse, Problem, argument, nearest
from benang.files import decode, read_bytes, write_together
from benang.judgements.log import read_judgements
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import ReviewFolder, open_folder
from benang.project.rekeying import edited
from benang.project.toml_edits import AddTable, Edit, RemoveTable, SetValue, edited_toml
from benang.records.names import family_name, short_citation
from benang.records.record import Record
from benang.review.load import ReadSources, filed_studies, read_sources, screening_of
from benang.review.plan_reading import read_plan
from benang.screening.studies import STUDIES, Studies, Study, studies_in
from benang.screening.study_proposals import StudyProposal, proposed_studies, shared_registration
from benang.tasks.account import Account, Note, Rows, Table, in_shell, rows
from benang.tasks.codebook import changing

_NEW = b"""\
# Reports of one study, by the keys of their records: PRISMA counts reports and studies separately.
# A report that belongs to none of them counts as a study of its own. [[apart]]: reports that are not one study.
format = 1
"""
_FIELD = re.compile(r"(?:^SI {2}- |<AccessionNumber>)([^<]*)")
"""Fields in which exports of PubMed name registrations."""
_CALLED = {"strong": "Strong evidence", "fair": "Fair evidence", "weak": "Weak evidence"}
_MOST_WEAK, _MOST_LETTERS = 20, 90


@dataclass(frozen=True, kw_only=True)
class StudiesRequest:
    """A review whose studies are shown; with `join` reports become one study, with `part` each is one of its own.

    `name` is the id of the study that reports are joined to: a new one, or one that is there.
    """

    folder: Path
    join: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    name: str = ""
    language: Language | None = None


@dataclass(frozen=True)
class ShownStudies:
    """The studies of several reports, and which other reports may be one study; `records` are those of all of them."""

    studies: Studies
    proposals: tuple[StudyProposal, ...]
    records: Mapping[str, Record]
    account: Account

    def as_json(self) -> str:
        """Return studies and proposals as JSON: `docs/studies.md` explains the keys, which stay."""
        data = {
            "format": 1,
            "studies": [{"id": one.id, "reports": self._reports(one.reports)} for one in self.studies.studies],
            "proposals": [
                {
                    "strength": one.strength,
                    "study": one.study or None,
                    "reports": self._reports(one.reports),
                    "evidence": [
                        {"reports": [each.one, each.other], "strength": each.strength, "because": list(each.evidence)}
                        for each in one.likenesses
                    ],
                }
                for one in self.proposals
            ],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def _reports(self, keys: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {"key": key, "title": self.records[key].title, "citation": short_citation(self.records[key])}
            for key in keys
        ]


def studies(request: StudiesRequest, *, progress: Progress = silent) -> ShownStudies:
    """Show the studies of a review and propose others; with `join` or `part`, change `studies.toml` first.

    What the screening has excluded is not proposed. Comments and everything else in the file stay as they are.

    Raises
    ------
    Misuse
        Where both are asked for, or a name without reports to join.
    BenangError
        For a report that no record is, reports of two studies, a report to part that is in none, and an id that can't
        be: nothing is written then.
    """
    if request.join and request.part:
        raise Misuse(worded("Give {one} or {other}, not both.", one=argument("join"), other=argument("part")))
    if request.name and not request.join:
        raise Misuse(worded("{option} needs reports to join ({join}).", option=argument("name"), join=argument("join")))
    progress("Reading the review", 0.0)
    files: tuple[Path, ...] = ()
    if request.join or request.part:
        with changing(request.folder, STUDIES) as folder:
            files = _change(folder, read_sources(read_plan(folder), folder), request)
    folder = open_folder(request.folder)
    plan = read_plan(folder)
    language = request.language or plan.language
    sources = read_sources(plan, folder)
    known = filed_studies(folder, sources)
    progress("Comparing reports", 0.6)
    records = {record.key: record for record in sources.works.records}
    out = screening_of(plan, sources, read_judgements(folder)).out
    there = [record for key, record in records.items() if key not in out]
    proposals = proposed_studies(there, known, _registered(sources, folder.root))
    account = Account(
        rows=_rows(known, records, language),
        notes=(
            *_study_tables(known, records, language),
            *_proposal_notes(proposals, records, in_shell(request.folder), language),
        ),
        files=files,
    )
    return ShownStudies(known, proposals, records, account)


def _registered(sources: ReadSources, root: Path) -> dict[str, str]:
    """Return what the exports say of registrations in fields of their own, by the key of the work.

    PubMed has them in `SI` (`ClinicalTrials.gov/NCT09999999`), in XML as accession numbers of data banks.
    """
    by_file: dict[str, list[Record]] = defaultdict(list)
    for record in sources.records.records:
        by_file[record.file].append(record)
    registered: dict[str, str] = {}
    for name, records in by_file.items():
        path = root / name
        if path.suffix.lower() not in (".txt", ".nbib", ".xml") or not path.is_file():
            continue
        lines = read_bytes(path).decode("utf-8", errors="replace").splitlines()
        ordered = sorted((record for record in records if record.line), key=lambda record: record.line)
        ends = [record.line for record in ordered[1:]] + [len(lines) + 1]
        for record, end in zip(ordered, ends, strict=True):
            fields = " ; ".join(
                match[1] for line in lines[record.line - 1 : end - 1] for match in _FIELD.finditer(line)
            )
            if fields:
                work = sources.aliases.get(record.key, record.key)
                registered[work] = f"{registered.get(work, '')} ; {fields}"
    return registered


def _change(folder: ReviewFolder, sources: ReadSources, request: StudiesRequest) -> tuple[Path, ...]:
    """Change the file as a whole, and read it before it is written."""
    path = folder.studies or folder.root / STUDIES
    data = read_bytes(path) if folder.studies else _NEW
    written = tomllib.loads(decode(data, where=path.name))
    known = filed_studies(folder, sources)
    if request.join:
        keys = _keys(request.join, "join", sources)
        edits = _joining(known, keys, request.name, written, {key: sources.works.record(key) for key in keys})
    else:
        edits = _parting(known, _keys(request.part, "part", sources))
    new = edited(data, partial(edited_toml, edits=edits, where=path.name), where=path.name)
    studies_in(decode(new, where=path.name), path.name, sources.filing.key, sources.works.keys)
    write_together({path: new})
    return (path,)


def _keys(names: Sequence[str], option: str, sources: ReadSources) -> tuple[str, ...]:
    """Return the keys of the works that names mean, each once."""
    problems: list[Problem] = []
    keys: dict[str, None] = {}
    for name in names:
        if key := sources.filing.key(name, argument(option)):
            keys[key] = None
        else:
            fault = worded("no record has the key '{key}'", key=name)
            problems.append(Problem(fault, where=argument(option), way_on=nearest(name, sources.works.keys)))
    sources.filing.check()
    if problems:
        raise BenangError(*problems)
    return tuple(keys)


def _joining(
    known: Studies, keys: Sequence[str], name: str, written: Mapping[str, Any], records: Mapping[str, Record]
) -> list[Edit]:
    """Put reports into a new study, or into the one that some are in; nothing keeps them apart any more."""
    study = _study_to_join(known, keys, name)
    edits: list[Edit] = []
    if study is None:
        edits.append(AddTable("studies", {"id": name or _new_id(known, keys, records), "reports": list(keys)}))
    elif missing := [key for key in keys if key not in study.reports]:
        at = known.studies.index(study)
        edits.append(SetValue(("studies", at, "reports"), [*written["studies"][at]["reports"], *missing]))
    group = {*keys, *(study.reports if study else ())}
    for at, one in enumerate(known.apart):
        if one.report in group and group & set(one.others):
            names = zip(written["apart"][at]["others"], one.others, strict=True)
            others = [name for name, key in names if key not in group]
            edits.append(SetValue(("apart", at, "others"), others) if others else RemoveTable("apart", at))
    return edits


def _study_to_join(known: Studies, keys: Sequence[str], name: str) -> Study | None:
    """Return the study that reports are to be joined to; None for a new one."""
    named = {known.of(key): None for key in keys} | ({name: None} if name else {})
    there = [study for one in named if (study := known.study(one))]
    if len(there) > 1:
        fault = worded("these reports are in several studies: {ids}", ids=[one.id for one in there])
        way_on = worded("Part them from one of these first ({option}).", option=argument("part"))
        raise BenangError(Problem(fault, where=argument("join"), way_on=way_on))
    if there and name and there[0].id != name:
        fault = worded("these reports are in the study '{id}', not in '{name}'", id=there[0].id, name=name)
        way_on = worded("To change an id, edit {file}.", file=STUDIES)
        raise BenangError(Problem(fault, where=argument("name"), way_on=way_on))
    if not there and len(keys) < 2:
        expected = worded("at least two reports of one study")
        raise BenangError(Problem(worded("one report"), where=argument("join"), expected=expected))
    return there[0] if there else None


def _new_id(known: Studies, keys: Sequence[str], records: Mapping[str, Record]) -> str:
    """Name a study by its registration, else by author and year of its first report; numbered where that is taken."""
    reports = [records[key] for key in keys]
    first = min(reports, key=lambda record: record.year or 9999)
    author = family_name(first.authors[0], first.bodies) if first.authors else first.title
    base = re.sub(r"[^\w.-]+", "-", shared_registration(reports)) or id_from(f"{author} {first.year or ''}") or "study"
    taken = {*(one.id for one in known.studies), *keys}
    return free_id(base, taken.__contains__)


def _parting(known: Studies, keys: Sequence[str]) -> list[Edit]:
    """Take reports out of their studies; those that each was with, or named beside, are noted as other studies."""
    alone = [key for key in keys if not known.study(known.of(key))]
    if len(keys) == 1 and alone:
        fault = worded("'{key}' is not in a study of several reports", key=keys[0])
        way_on = worded("To keep reports apart, name both: {option} KEY KEY.", option=argument("part"))
        raise BenangError(Problem(fault, where=argument("part"), way_on=way_on))
    edits: list[Edit] = []
    others: dict[str, list[str]] = {key: list(keys[at + 1 :]) for at, key in enumerate(keys)}
    for at, one in enumerate(known.studies):
        leaving = [key for key in one.reports if key in keys]
        staying = [key for key in one.reports if key not in keys]
        if not leaving:
            continue
        edits.append(SetValue(("studies", at, "reports"), staying) if len(staying) > 1 else RemoveTable("studies", at))
        for key in leaving:
            others[key] += staying
    for key, each in others.items():
        new = [other for other in each if frozenset((key, other)) not in known.pairs_apart]
        if new:
            edits.append(AddTable("apart", {"report": key, "others": new}))
    return edits


def _rows(known: Studies, records: Mapping[str, Record], language: Language) -> Rows:
    _ = translator(language)
    return rows([(_("works"), len(records)), (_("studies of several reports"), len(known.studies))], language)


def _study_tables(known: Studies, records: Mapping[str, Record], language: Language) -> Iterator[Table]:
    for one in known.studies:
        label = one.label.text(language) if one.label else ""
        yield Table(f"{one.id}: {label}" if label else one.id, _reports(one.reports, records, language), "lll")


def _proposal_notes(
    proposals: Sequence[StudyProposal], records: Mapping[str, Record], folder: str, language: Language
) -> Iterator[Note | Table]:
    """Show what may be one study with its evidence; of very many weak proposals the first."""
    _ = translator(language)
    if not proposals:
        yield Note(_("No other reports seem to be of one study."))
        return
    weak = [one for one in proposals if one.strength == "weak"]
    left_out = weak[_MOST_WEAK:]
    yield Note(_("Reports that may be of one study. Nothing is joined until you say so:"))
    for one in proposals[: len(proposals) - len(left_out)]:
        strength = _(_CALLED[one.strength])
        text = _("{strength}, with the study '{id}'").format(strength=strength, id=one.study) if one.study else strength
        yield Table(text, _reports(one.reports, records, language), "lll", tuple(_evidence(one, language)))
    if left_out:
        text = _("{n} more with weak evidence; `benang studies FOLDER --json` lists all.")
        yield Note(text.format(n=numeral(len(left_out), language, 0)))
    command = f"benang studies {folder}"
    keys = " ".join(proposals[0].reports)
    yield Note(_("To join reports: {command}").format(command=f"{command} --join {keys}"))
    yield Note(_("To keep them apart: {command}").format(command=f"{command} --part {keys}"))


def _evidence(proposal: StudyProposal, language: Language) -> Iterator[str]:
    """Give the evidence for each pair; the pair is named where there are several."""
    for one in proposal.likenesses:
        words = "; ".join(words.in_language(language) for words in one.evidence)
        yield f"{one.one}, {one.other}: {words}" if len(proposal.likenesses) > 1 else words


def _reports(keys: Sequence[str], records: Mapping[str, Record], language: Language) -> tuple[tuple[str, ...], ...]:
    return tuple((key, short_citation(records[key], language), _short(records[key].title)) for key in keys)


def _short(title: str) -> str:
    return title if len(title) <= _MOST_LETTERS else f"{title[:_MOST_LETTERS].rstrip()}…"
