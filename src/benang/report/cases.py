"""The cases in a table, and one by one, with the passages that say what is known of each; the quality of the studies.

Each appraisal is a table of signs that open, and is counted by item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from benang.coding.cases import OUTCOME, PERIOD
from benang.coding.codebook import Variable
from benang.evidence import Passage, Shown, shown_as
from benang.figures.appraisal_figures import SIGNS, heads, named_items
from benang.report import (
    Block,
    CasePage,
    CasePart,
    CodedPassages,
    Column,
    Fact,
    Heading,
    Paragraph,
    Quotations,
    Table,
    TableBody,
    TableRow,
)
from benang.report.content import Names, group_badge, group_note, groups_told
from benang.report.inline import Inline, Link, NumberReference, Superscript, anchor, fill, joined, runs
from benang.report.opened import cell, member, opened, quotations
from benang.synthesis.appraisals import Appraisal, AppraisedCell
from benang.synthesis.findings import CaseRow, variables_of
from benang.synthesis.wording import mark_words

_NOT_APPRAISED = "·"
_OPEN = "°"
"""Marks a number of codes in a case that may yet grow: without it, a 0 could mean silence or unfinished work."""


def case_table(rows: Sequence[CaseRow], names: Names) -> Table:
    """Return the cases with their years, outcome, studies and the numbers of codes found in each."""
    _, columns = names.texts.gettext, _columns(rows, names)
    body = TableBody(tuple(TableRow(tuple(write(row) for _column, write in columns)) for row in rows))
    notes = group_note((number for row in rows for number in row.numbers.values()), names)
    if any(state == "not-looked" for row in rows for state in row.states.values()):
        text = _("%(sign)s The coding of this case for all codes of the group is not yet finished.")
        notes = (text % {"sign": _OPEN}, *notes)
    if _has_period(names):
        notes = (_("Years: beginning and end as the studies report them; “?” where they do not."), *notes)
    return Table(
        "table-cases",
        _("Cases, their outcome, and the number of codes reported from each group")
        if _has_outcome(names)
        else _("Cases and the number of codes reported from each group"),
        tuple(column for column, _write in columns),
        (body,),
        notes,
        "cases",
    )


def _columns(rows: Sequence[CaseRow], names: Names) -> list[tuple[Column, Callable[[CaseRow], Inline]]]:
    """Return the columns of the table of cases, each with what writes its cell in the row of a case."""
    _, label, codebook = names.texts.gettext, names.texts.label, names.findings.codebook
    columns: list[tuple[Column, Callable[[CaseRow], Inline]]] = [
        (Column(_("Case")), lambda row: _case_link(row, names)),
        *(
            (Column(label(one.label)), partial(value, variable=one, names=names))
            for one in shown_variables(names)
            if one.id not in codebook.case_label
        ),
    ]
    if _has_period(names):
        columns.append((Column(_("Years")), lambda row: period(row, names)))
    if _has_outcome(names):
        columns.append((Column(_("Outcome")), lambda row: outcome(row, names)))
    columns.append((Column(_("Studies")), lambda row: studies(row.case.studies, names)))
    columns += [
        (Column(label(group.label), is_number=True), partial(_number_of_codes, group=group.id, names=names))
        for group in codebook.groups
        if any(group.id in row.numbers for row in rows)
    ]
    return columns


def _number_of_codes(row: CaseRow, group: str, names: Names) -> Inline:
    number = cell(row.numbers.get(group), names)
    return runs(number, Superscript(_OPEN)) if row.states.get(group) == "not-looked" else number


def _case_link(row: CaseRow, names: Names) -> Link:
    return Link(names.case(row.case.id), anchor("case", row.case.id))


def shown_variables(names: Names) -> list[Variable]:
    """Return the variables of cases that the report shows under their own labels: all but period, outcome and notes."""
    apart = {OUTCOME, *(PERIOD if _has_period(names) else ())}
    variables = variables_of(names.findings.case_rows, names.findings.codebook)
    return [one for one in variables if one.shown and one.note_of is None and one.id not in apart]


def _has_period(names: Names) -> bool:
    """Tell whether the codebook has both ends of a period; only one of them is a variable like any other."""
    return all(map(names.findings.codebook.variable, PERIOD))


def _has_outcome(names: Names) -> bool:
    return names.findings.codebook.variable(OUTCOME) is not None


def value(row: CaseRow, variable: Variable, names: Names) -> str:
    """Return a case's value of a variable, with its note; of one that it lacks why, but a text is empty."""
    case_value = row.values.get(variable.id)
    if case_value is None:
        return "" if variable.type == "text" else _lacking(row, [variable.id], names)
    return with_note(names.value(variable.id, case_value), row, variable.id, names)


def _lacking(row: CaseRow, variables: Iterable[str], names: Names) -> str:
    """Say why a case lacks values of some variables: its studies do not report them, or nobody has looked."""
    _ = names.texts.gettext
    return _("not reported") if any(map(row.has_looked, variables)) else _("not looked for")


def with_note(shown: str, row: CaseRow, variable: str, names: Names) -> str:
    """Put the note of a variable after its value: `Closed: for good`."""
    note = names.findings.codebook.note_of(variable)
    note_value = row.values.get(note.id) if note else None
    return f"{shown}: {names.value(note.id, note_value)}" if note and note_value is not None else shown


def period(row: CaseRow, names: Names) -> str:
    """Return the years of a case: `2013–2017`, `2017–?`; where both are unknown, why."""
    if row.since is None and row.until is None:
        return _lacking(row, PERIOD, names)
    return f"{row.since if row.since is not None else '?'}–{row.until if row.until is not None else '?'}"


def outcome(row: CaseRow, names: Names) -> str:
    """Return the label of a case's outcome; where it has none, why."""
    return names.level(OUTCOME, row.outcome) if row.outcome else _lacking(row, [OUTCOME], names)


def studies(keys: Sequence[str], names: Names) -> Inline:
    """Return citations of studies, each linked to its reference."""
    _ = names.texts.gettext
    return joined("; ", (member(key, "studies", names) for key in keys)) or _("none")


def case_page(row: CaseRow, names: Names) -> CasePage:
    """Put together what the report says of one case."""
    grouped = {group for number in row.numbers.values() for group in groups_told(number, names)}
    groups = [group.id for group in names.findings.codebook.groups if group.id in row.numbers]
    parts = [_coded(row, group, names) for group in groups]
    values = _values(row, names)
    return CasePage(
        anchor("case", row.case.id),
        names.case(row.case.id),
        group_badge(sorted(grouped), names),
        _facts(row, names),
        (*parts, *((values,) if values.codes else ())),
    )


def _facts(row: CaseRow, names: Names) -> tuple[Fact, ...]:
    _, label = names.texts.gettext, names.texts.label
    own = [Fact(label(variable.label), value(row, variable, names)) for variable in shown_variables(names)]
    return (
        *(fact for fact in own if fact.text),
        *((Fact(_("Years"), period(row, names)),) if _has_period(names) else ()),
        *((Fact(_("Outcome"), with_note(outcome(row, names), row, OUTCOME, names)),) if _has_outcome(names) else ()),
        Fact(_("Studies"), studies(row.case.studies, names)),
    )


def _coded(row: CaseRow, group: str, names: Names) -> CasePart:
    _ = names.texts.gettext
    others = [code for codes in row.others.values() for code in codes.get(group, ())]
    labelled = [
        (names.coded_as(passage), passage)
        for code in dict.fromkeys((*row.codes.get(group, ()), *others))
        for passage in names.passages.get((row.case.id, code), ())
    ]
    title = fill(_("%(group)s: %(number)s"), group=names.group(group), number=opened(row.numbers[group], names))
    return CasePart(title, _under_labels(labelled, names), _silent(row, group, names))


def _under_labels(labelled: Iterable[tuple[str, Passage]], names: Names) -> tuple[CodedPassages, ...]:
    """Group labels with the same quotation, so that it appears once in its case."""
    labels: dict[Shown, dict[str, None]] = {}
    passages: dict[Shown, list[Passage]] = {}
    for label, passage in labelled:
        labels.setdefault(shown_as(passage), {})[label] = None
        passages.setdefault(shown_as(passage), []).append(passage)
    return tuple(
        CodedPassages("; ".join(place_labels), Quotations(quotations(passages[place], names, is_under_case=True)))
        for place, place_labels in labels.items()
    )


def _silent(row: CaseRow, group: str, names: Names) -> str:
    _ = names.texts.gettext
    if row.states.get(group) == "not-looked":
        return _("This case has not been read for them yet.")
    return _("The studies report none of them for this case.")


def _values(row: CaseRow, names: Names) -> CasePart:
    _, label = names.texts.gettext, names.texts.label
    known = {name: names.value(name, case_value) for name, case_value in row.values.items()} | {
        OUTCOME: outcome(row, names)
    }
    labelled = [
        (f"{label(variable.label)}: {known[variable.id]}" if variable.id in known else label(variable.label), one)
        for variable in names.findings.codebook.variables
        for one in names.passages.get((row.case.id, variable.id), ())
    ]
    coded = {code for _case, code in names.passages} & {one.id for one in names.findings.codebook.variables}
    is_usual = coded <= {*PERIOD, OUTCOME}
    title = _("Sources for years and outcome") if is_usual else _("Sources for the properties of the case")
    return CasePart(title, _under_labels(labelled, names))


def appraisal_blocks(names: Names) -> tuple[Block, ...]:
    """Return the report's blocks on the quality of studies, by appraisal; none without an appraisal."""
    return tuple(block for one in names.findings.appraisals if one.n_appraised() for block in _blocks(one, names))


def _blocks(appraisal: Appraisal, names: Names) -> Iterator[Block]:
    _, label = names.texts.gettext, names.texts.label
    yield Heading(label(appraisal.form.label))
    yield Paragraph(_introduction(appraisal, names))
    yield _table(appraisal, names)
    yield _summary(appraisal, names)


def _introduction(appraisal: Appraisal, names: Names) -> str:
    """Say how many studies were appraised, by whom where coders did it in their logs, and whose form it is."""
    _, n = names.texts.gettext, names.texts.numeral
    asked = {item.id for item in appraisal.items}
    values = [one for one in names.findings.coded.placed.values if one.variable in asked]
    counts = {"n": n(appraisal.n_appraised()), "all": n(len(appraisal.subjects))}
    coders = sorted({one.coder for one in values})
    text = _("%(n)s of %(all)s studies were appraised.") % counts
    if coders:
        text = _("%(n)s of %(all)s studies were appraised, by: %(coders)s.") % {**counts, "coders": ", ".join(coders)}
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
    key = "; ".join(f"{SIGNS[mark] or _NOT_APPRAISED} {words[mark]}" for mark in appraisal.marks())
    return Table(
        anchor("table-appraisal", appraisal.form.id),
        _("%(form)s: rating of each study, item by item") % {"form": names.texts.label(appraisal.form.label)},
        (Column(_("Study")), *(Column(head, is_number=True) for head in heads(appraisal.items, language))),
        (TableBody(rows),),
        (f"{key}.", "; ".join(named_items(appraisal.items, language)) + "."),
        "appraisal",
    )


def _sign(given: AppraisedCell, names: Names) -> Inline:
    """Return the sign of a cell, which opens its evidence; a dot where nobody has appraised it."""
    _ = names.texts.gettext
    if given.mark == "not-looked":
        return _NOT_APPRAISED
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
        _("%(form)s: studies by their rating in each item") % {"form": names.texts.label(appraisal.form.label)},
        (Column(_("Item")), *(Column(words[mark], is_number=True) for mark in marks)),
        (TableBody(rows),),
        (),
        "appraisal-summary",
    )
