"""How far the coders of a review agree: on codes, variables, appraisals and in screening, with every disagreement.

It is written as tables and disagreements in CSV or Excel, and in Word for the appendix of a thesis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from benang.agreement import coefficients_of, with_rest
from benang.agreement.comparison import Comparison, Disagreement, conclusion, disagreements_of
from benang.agreement.ratings import Label
from benang.coding.cases import about_subjects
from benang.coding.codebook import Codebook
from benang.coding.comparisons import Compared, code_comparisons, value_comparisons
from benang.coding.placed import Placed, in_documents, unknown_names
from benang.errors import BenangError, Misuse, Problem, argument, nearest
from benang.files import read_bytes, replacing, write_bytes, write_together
from benang.judgements.events import CONSENSUS, Stage
from benang.locale import Language, translator
from benang.locale.writing import in_language, worded
from benang.progress import Progress, part, silent
from benang.project.folder import open_folder
from benang.records.names import short_citation
from benang.records.user_tables import csv_text
from benang.report import Block, Column, Item, ItemList, Paragraph, Report, Section, TableBody, TableRow
from benang.report import Table as ReportTable
from benang.review.load import Loaded, load
from benang.screening.comparisons import screening_comparisons
from benang.synthesis.agreements import level_words
from benang.tasks.account import Account, Table, check_outputs, unknown_form
from benang.tasks.agree_shown import COEFFICIENTS, Agreed, agreement_notes, summary_notes
from benang.writers.spreadsheets import Sheet, SheetColumn, SheetRow, write_sheets

FORMS = (".csv", ".xlsx", ".docx")
"""What agreement is written as, by the suffix of the file."""


@dataclass(frozen=True, kw_only=True)
class AgreeRequest:
    """A review whose coders are compared.

    Parameters
    ----------
    folder
        The review.
    stage
        The stage of the screening to which the comparison is confined; None for all that was done by several.
    groups
        The groups of codes, or forms of variables, that are compared; all where there are none. With groups, screening
        is not compared.
    every
        Whether all coefficients are computed, beside percent agreement, kappa, AC1, alpha and uα.
    output
        The file for tables and disagreements.
    """

    folder: Path
    stage: Stage | None = None
    groups: tuple[str, ...] = ()
    every: bool = False
    output: Path | None = None
    language: Language = "en"


def agree(request: AgreeRequest, *, loaded: Loaded | None = None, progress: Progress = silent) -> Agreed:
    """Compare the coders of a review.

    Nothing here needs a consensus: where coders differ in values, a build stops, and this says where. `loaded` is the
    review where somebody has read it already.

    Raises
    ------
    Misuse
        For a stage together with groups, and for output that would destroy a file of the review.
    BenangError
        For a review that can't be read, judgements on cases or codes that are not there, and groups that are not.
    """
    if request.stage and request.groups:
        fault = worded("a stage of the screening has no groups of codes")
        raise Misuse(Problem(fault, where=argument("stage"), way_on=worded("Ask for one of them.")))
    if request.output and request.output.suffix.lower() not in FORMS:
        raise unknown_form(request.output, FORMS)
    progress("Reading the review", 0.0)
    loaded = loaded or load(open_folder(request.folder))
    if request.output:
        check_outputs([request.output], list(loaded.folder.files))
    check_groups(request.groups, loaded)
    placed = placed_judgements(loaded)
    comparisons = comparisons_of(loaded, placed, request.language, stage=request.stage, groups=request.groups)
    shown = [one for one in comparisons if request.every or one.kind != "group"]
    agreements = []
    for at, one in enumerate(shown):
        counting = part(progress, 0.3 + 0.6 * at / len(shown), 0.3 + 0.6 * (at + 1) / len(shown))
        counting(worded("Comparing coders"), 0.0)
        agreements.append(coefficients_of(one, every=request.every))
    agreed = Agreed(
        with_rest(agreements) if request.every else tuple(agreements),
        disagreements_of(comparisons),
        names=_names(loaded, comparisons, request.language),
        groups={group.id: group.label.text(request.language) for group in loaded.codebook.groups},
        labels=_labels(loaded.codebook, request.language),
        looked=_looked(placed),
        stage=request.stage,
        passages=placed.all_passages,
        language=request.language,
    )
    files: tuple[Path, ...] = ()
    if request.output:
        progress("Writing", 0.9)
        files = write_agreement(agreed, request.output, loaded.plan.title.text(request.language))
    return replace(agreed, account=Account(notes=tuple(agreement_notes(agreed)), files=files))


def placed_judgements(loaded: Loaded) -> Placed:
    """Put all judgements of a review at their places, whether coders differ in them or not.

    Raises
    ------
    BenangError
        With every judgement on a case, code or variable that is not there.
    """
    judgements = about_subjects(loaded.judgements, loaded.codebook, loaded.cases)
    problems = [*unknown_names(judgements, loaded.codebook, loaded.cases)]
    if problems:
        raise BenangError(*problems)
    return in_documents(judgements, loaded.documents, loaded.codebook)


def comparisons_of(
    loaded: Loaded,
    placed: Placed,
    language: Language,
    *,
    stage: Stage | None = None,
    groups: Collection[str] = (),
) -> tuple[Comparison, ...]:
    """Compare the coders of a review: codes group by group, then variables, then the screening by stage."""
    compared = Compared(loaded.codebook, loaded.cases, loaded.documents, placed, language)
    comparisons: list[Comparison] = []
    if stage is None:
        comparisons += [*code_comparisons(compared, groups), *value_comparisons(compared, groups)]
    if not groups:
        screening = screening_comparisons(loaded.screening, language)
        comparisons += [one for one in screening if stage in (None, one.group)]
    return tuple(comparisons)


def check_groups(groups: Sequence[str], loaded: Loaded) -> None:
    """Check that every name is a group of codes or a form.

    Raises
    ------
    BenangError
        With every name that is neither, and the nearest.
    """
    known = [*(one.id for one in loaded.codebook.groups), *(one.id for one in loaded.codebook.forms)]
    problems = [
        Problem(
            worded("'{name}' is neither a group of codes nor a form", name=name),
            where=argument("group"),
            way_on=nearest(name, known),
        )
        for name in groups
        if name not in known
    ]
    if problems:
        raise BenangError(*problems)


def _looked(placed: Placed) -> dict[str, tuple[int, int, int]]:
    """Count the cases that each coder has marked as done for some group, has coded, and has given a value."""
    done = {(one.coder, one.case) for one in placed.tasks if one.state == "done"}
    coded = {(one.coder, one.case) for one in (*placed.codings, *placed.set_aside)}
    given = {(one.coder, one.case) for one in placed.values}
    counts = [Counter(coder for coder, _case in pairs) for pairs in (done, coded, given)]
    coders = {coder for of in counts for coder in of} - {CONSENSUS}
    return {coder: (counts[0][coder], counts[1][coder], counts[2][coder]) for coder in sorted(coders)}


def _labels(codebook: Codebook, language: Language) -> dict[tuple[str, Label], str]:
    """Return the levels of variables in the words of the reader, by variable and level as they are compared."""
    return {
        (variable.id, level.id): level.label.text(language)
        for variable in codebook.variables
        for level in variable.levels
    }


def _names(loaded: Loaded, comparisons: Sequence[Comparison], language: Language) -> dict[str, str]:
    """Name the units that are compared: cases by their labels, records by author, year and title."""
    records = {one.key: one for one in loaded.sources.works.records}
    names = {case.id: case.name(language) for case in loaded.cases.cases}
    for unit in {unit for one in comparisons for unit in one.ratings.units} - names.keys():
        record = records.get(unit)
        names[unit] = f"{short_citation(record, language)}, {record.title}" if record and record.title else unit
    return names


def write_agreement(agreed: Agreed, path: Path, title: str) -> tuple[Path, ...]:
    """Write tables and disagreements as CSV (two files), Excel or Word; return the files, which are whole or absent."""
    if path.suffix.lower() == ".csv":
        beside = path.with_name(f"{path.stem}-disagreements.csv")
        tables = {path: _sheet(agreed), beside: _disagreement_sheet(agreed)}
        write_together(
            {
                file: csv_text([one.title for one in sheet.columns], [row.values for row in sheet.rows]).encode()
                for file, sheet in tables.items()
            }
        )
        return path, beside
    if path.suffix.lower() == ".xlsx":
        with replacing(path) as (temporary,):
            write_sheets([_sheet(agreed), _disagreement_sheet(agreed)], temporary)
        return (path,)
    from benang.report.word import render_docx

    write_bytes(path, render_docx(_report(agreed, title)))
    return (path,)


def agreement_file(agreed: Agreed, form: Literal["xlsx", "docx"], title: str) -> bytes:
    """Return tables and disagreements as a file of Excel or Word."""
    with TemporaryDirectory() as folder:
        (path,) = write_agreement(agreed, Path(folder) / f"agreement.{form}", title)
        return read_bytes(path)


def _sheet(agreed: Agreed) -> Sheet:
    """Lay out the coefficients: one row for each thing that is compared."""
    _, language = translator(agreed.language), agreed.language
    names = list(dict.fromkeys(one.name for agreement in agreed.agreements for one in agreement.coefficients))
    ordered = [name for name in COEFFICIENTS if name in names]
    columns = [SheetColumn(_("compared"), 12), SheetColumn("id", 18), SheetColumn(_("label"), 30)]
    columns += [SheetColumn(_("group"), 16), SheetColumn(_("coders"), 20), SheetColumn(_("level of measurement"), 12)]
    columns += [SheetColumn(one) for one in (_("units"), _("looked at by one"), _("set aside"), _("differ"))]
    columns += [SheetColumn(_("settled"))]
    for name in ordered:
        columns += [SheetColumn(_(COEFFICIENTS[name]), decimals=4)]
        columns += [SheetColumn(f"{_(COEFFICIENTS[name])}: {end}", decimals=4) for end in (_("from"), _("to"))]
    columns += [SheetColumn(_("undefined, because"), 40), SheetColumn(_("what may be concluded"), 50)]
    kinds = kind_words(language)
    rows = []
    for agreement in agreed.agreements:
        of, ratings = agreement.comparison, agreement.comparison.ratings
        by_name = {one.name: one for one in agreement.coefficients}
        values: list[str | int | float | None] = [kinds[of.kind], of.id, of.label, of.group]
        values += [", ".join(ratings.coders), level_words(language)[ratings.level], len(ratings.compared)]
        values += [len(of.unseen), len(of.set_aside), len(ratings.differing), len(of.settled_differing)]
        for name in ordered:
            one = by_name.get(name)
            values += (
                [None, None, None] if one is None else [_rounded(one.value), _rounded(one.low), _rounded(one.high)]
            )
        reasons: dict[str, list[str]] = {}
        for coefficient in agreement.coefficients:
            if coefficient.undefined:
                why = agreed.sentence(agreement, coefficient.undefined)
                reasons.setdefault(why, []).append(_(COEFFICIENTS[coefficient.name]))
        undefined = "; ".join(f"{', '.join(of_it)}: {why}" for why, of_it in reasons.items())
        values += [undefined, in_language(conclusion(agreement), language)]
        rows.append(SheetRow(values))
    return Sheet(_("Agreement"), columns, rows, n_fixed=3)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def kind_words(language: Language) -> Mapping[str, str]:
    """Return what is compared, in words."""
    _ = translator(language)
    return {
        "code": _("code"),
        "group": _("all codes of a group"),
        "variable": _("variable"),
        "appraisal": _("appraisal"),
        "screening": _("screening"),
    }


def _disagreement_sheet(agreed: Agreed) -> Sheet:
    """Lay out the disagreements: a row for each coder in each, so that passages of several stand one below another."""
    _ = translator(agreed.language)
    titles = (_("number"), _("compared"), _("label"), _("unit"), _("settled"), _("coder"), _("says"), _("quotations"))
    widths = (8, 12, 28, 28, 10, 14, 14, 80)
    columns = [SheetColumn(title, width) for title, width in zip(titles, widths, strict=True)]
    kinds, rows = kind_words(agreed.language), []
    for number, one in enumerate(agreed.disagreements, 1):
        for coder, label in one.said.items():
            unit = agreed.names.get(one.unit, one.unit)
            settled = _("yes") if one.is_settled else _("no")
            said = agreed.words(one.comparison, label)
            behind = _behind(one, coder, agreed)
            values = (number, kinds[one.comparison.kind], one.comparison.label, unit, settled, coder, said, behind)
            rows.append(SheetRow(values))
    return Sheet(_("Disagreements"), columns, rows, n_fixed=4)


def _report(agreed: Agreed, title: str) -> Report:
    """Make a document of the tables and disagreements, for the appendix of a thesis."""
    _, language = translator(agreed.language), agreed.language
    blocks: list[Block] = []
    n_tables = 0
    for note in summary_notes(agreed):
        if isinstance(note, Table):
            head, *rows = note.cells
            columns = tuple(Column(cell, is_number=mark == "r") for cell, mark in zip(head, note.align, strict=False))
            body = TableBody(tuple(TableRow(tuple(row)) for row in rows))
            caption = note.text.rstrip(":")
            n_tables += 1
            name = f"agreement-{n_tables}"
            blocks.append(ReportTable(name, caption, columns, (body,), note.remarks, number=n_tables))
        else:
            blocks.append(Paragraph(note.text))
            if note.remarks:
                blocks.append(ItemList(tuple(Item(remark) for remark in note.remarks), "limits"))
    heading = _("Agreement between coders")
    sections = [Section("agreement", heading, tuple(blocks))]
    if agreed.disagreements:
        sections.append(Section("disagreements", _("Disagreements"), (_disagreement_table(agreed, n_tables + 1),)))
    return Report(language, title or heading, tuple(sections), "", "", ())


def _disagreement_table(agreed: Agreed, number: int) -> ReportTable:
    """Make a table of all disagreements: under each, what every coder says, with the quotations behind it."""
    _ = translator(agreed.language)
    bodies = []
    for at, one in enumerate(agreed.disagreements, 1):
        settled = " " + _("(settled by consensus)") if one.is_settled else ""
        title = f"{at}. {one.comparison.label}, {agreed.names.get(one.unit, one.unit)}{settled}"
        rows = []
        for coder, label in one.said.items():
            rows.append(TableRow((coder, agreed.words(one.comparison, label), _behind(one, coder, agreed))))
        bodies.append(TableBody(tuple(rows), title))
    columns = tuple(Column(title) for title in (_("coder"), _("says"), _("quotations")))
    return ReportTable("disagreements", _("All disagreements, the worst first"), columns, tuple(bodies), number=number)


def _behind(one: Disagreement, coder: str, agreed: Agreed) -> str:
    """Return the quotations behind what a coder says, and the coder's note, as one text."""
    passages = [agreed.passages[name] for name in one.passages(coder) if name in agreed.passages]
    quotes = [f"“{' '.join(at.quote.split())}” ({at.document})" for at in passages]
    return "; ".join(filter(None, (*quotes, one.comparison.notes.get((one.unit, coder), ""))))
