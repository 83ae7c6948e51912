"""Agreement as files: tables and disagreements as CSV, in Excel, and in Word for the appendix of a thesis."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benang.agreement.comparison import Disagreement, conclusion
from benang.files import replacing, write_bytes, write_together
from benang.locale import Language, translator
from benang.locale.writing import in_language
from benang.records.user_tables import csv_text
from benang.report.blocks import Block, Column, Item, ItemList, Paragraph, Report, Section, TableBody, TableRow
from benang.report.blocks import Table as ReportTable
from benang.synthesis.agreements import level_words
from benang.tasks.account import Table
from benang.tasks.agree_shown import COEFFICIENTS, Agreed, summary_notes
from benang.writers.spreadsheets import Sheet, SheetColumn, SheetRow, write_sheets

FORMS = (".csv", ".xlsx", ".docx")
"""What agreement is written as, by the suffix of the file."""


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
    from benang.report.word.document import render_docx

    write_bytes(path, render_docx(_report(agreed, title)))
    return (path,)


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
        values += [len(of.unseen), len(of.set_aside), len(ratings.differing), len(of.settled)]
        for name in ordered:
            one = by_name.get(name)
            values += (
                [None, None, None] if one is None else [_rounded(one.value), _rounded(one.low), _rounded(one.high)]
            )
        reasons = dict.fromkeys(in_language(one.undefined, language) for one in agreement.coefficients if one.undefined)
        values += ["; ".join(reasons), in_language(conclusion(agreement), language)]
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
