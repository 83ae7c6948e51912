"""The quality of the studies: each appraisal as a table of signs that open, and counted by item."""

from __future__ import annotations

from collections.abc import Iterator

from benang.figures.appraisal_figures import SIGNS, heads, named_items
from benang.report.blocks import Block, Column, Heading, Paragraph, Table, TableBody, TableRow
from benang.report.inline import Inline, NumberReference, anchor, runs
from benang.report.names import Names
from benang.report.opened import cell
from benang.synthesis.appraisals import Appraisal, AppraisedCell
from benang.synthesis.wording import mark_words


def appraisal_blocks(names: Names) -> tuple[Block, ...]:
    """Return what the report says of the quality of studies, appraisal by appraisal; nothing where there is none."""
    return tuple(block for one in names.findings.appraisals if one.n_appraised() for block in _blocks(one, names))


def _blocks(appraisal: Appraisal, names: Names) -> Iterator[Block]:
    _, label = names.texts.gettext, names.texts.label
    yield Heading(label(appraisal.form.label))
    yield Paragraph(_introduction(appraisal, names))
    yield _table(appraisal, names)
    yield _summary(appraisal, names)


def _introduction(appraisal: Appraisal, names: Names) -> str:
    """Say how many studies were appraised by whom, and whose form it is."""
    _, n = names.texts.gettext, names.texts.numeral
    asked = {item.id for item in appraisal.items}
    values = [one for one in names.findings.coded.placed.values if one.variable in asked]
    text = _("%(n)s of %(all)s studies were appraised, by: %(coders)s.") % {
        "n": n(appraisal.n_appraised()),
        "all": n(len(appraisal.subjects)),
        "coders": ", ".join(sorted({one.coder for one in values})),
    }
    source = names.texts.label(appraisal.form.source).rstrip(".")
    return f"{text} {_('Form: {source}.').format(source=source)}" if source else text


def _table(appraisal: Appraisal, names: Names) -> Table:
    """Return studies × items; each sign opens the passages that it rests on."""
    _, language = names.texts.gettext, names.texts.language
    words = mark_words(language)
    rows = tuple(
        TableRow(
            (names.case(row), *(_sign(appraisal.cells[row, item.id], names) for item in appraisal.items)),
            anchor("appraised", f"{appraisal.form.id}/{row}"),
        )
        for row in appraisal.subjects
    )
    key = "; ".join(f"{SIGNS[mark]} {words[mark]}" for mark in appraisal.marks() if SIGNS[mark])
    return Table(
        anchor("table-appraisal", appraisal.form.id),
        _("%(form)s: what each study was given") % {"form": names.texts.label(appraisal.form.label)},
        (Column(_("Study")), *(Column(head, is_number=True) for head in heads(appraisal.items, language))),
        (TableBody(rows),),
        (f"{key}.", "; ".join(named_items(appraisal.items, language)) + "."),
        "appraisal",
    )


def _sign(given: AppraisedCell, names: Names) -> Inline:
    """Return the sign of a cell, which opens its evidence; a dash where nobody has appraised it."""
    _ = names.texts.gettext
    if given.mark == "not-looked":
        return "·"
    description = _("%(what)s: %(mark)s. Open the evidence") % {
        "what": names.number(given.number.id),
        "mark": mark_words(names.texts.language)[given.mark],
    }
    return runs(NumberReference(given.number.id, SIGNS[given.mark], anchor("n", given.number.id), description))


def _summary(appraisal: Appraisal, names: Names) -> Table:
    """Return for each item how many studies were given which light; the numbers open."""
    _, language = names.texts.gettext, names.texts.language
    words, marks = mark_words(language), appraisal.marks()
    rows = tuple(
        TableRow((name, *(cell(appraisal.bars[item.id, mark], names) for mark in marks)))
        for item, name in zip(appraisal.items, named_items(appraisal.items, language), strict=True)
    )
    return Table(
        anchor("table-appraisal-summary", appraisal.form.id),
        _("%(form)s: studies by what they were given in each item") % {"form": names.texts.label(appraisal.form.label)},
        (Column(_("Item")), *(Column(words[mark], is_number=True) for mark in marks)),
        (TableBody(rows),),
        (),
        "appraisal-summary",
    )
