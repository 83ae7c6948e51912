"""Numbers that open: each links to its entry in the appendix, which has what it counts and the passages behind it.

The appendix also says what was read and what was done. Where one study reports some of the cases that a number counts
once, as a group, a badge beside it says so: they may be five cases, but they are not five findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import cast

from benang.evidence import Number, Passage, shown_as
from benang.locale.writing import message_in
from benang.report import (
    Block,
    Column,
    EvidenceEntry,
    EvidenceNumber,
    Group,
    Heading,
    Paragraph,
    Quotation,
    Quotations,
    Table,
    TableBody,
    TableRow,
)
from benang.report.content import Names, ReportContent, group_badge, groups_told
from benang.report.describing_words import written
from benang.report.inline import (
    Citation,
    Code,
    Inline,
    Link,
    NumberReference,
    Run,
    Runs,
    Span,
    anchor,
    fill,
    joined,
    plain,
    runs,
    short_hash,
)
from benang.report.references import cited
from benang.synthesis.number_ids import parts_of, subject_of


def opened(number: Number, names: Names) -> Runs:
    """Return a number for the report: its value, which opens its evidence, and a badge if it includes a group."""
    return _with_badge(reference_to(number, names), number, names)


def opened_with_unit(number: Number, names: Names) -> Runs:
    """Return a number as `opened` does, with the word for what it counts behind it."""
    unit = names.unit(number.unit, number.value)
    return _with_badge(runs(reference_to(number, names), f" {unit}"), number, names)


def cell(number: Number | None, names: Names) -> Inline:
    """Return the cell of a number: opened, or a dash where there is none."""
    return opened(number, names) if number else "–"


def reference_to(number: Number, names: Names) -> NumberReference:
    """Return the value of a number as a link to its entry in the appendix."""
    _ = names.texts.gettext
    value = written(number, names.texts)
    description = _("%(value)s %(unit)s: %(what)s. Open the evidence") % {
        "value": value,
        "unit": names.unit(number.unit, number.value),
        "what": names.number(number.id),
    }
    return NumberReference(number.id, value, anchor("n", number.id), description)


def _with_badge(text: Inline, number: Number, names: Names) -> Runs:
    badge = badge_of(number, names)
    return (Span(runs(text, " ", badge), "with-badge"),) if badge else runs(text)


def badge_of(number: Number, names: Names) -> Runs:
    """Return the badge of a number that counts cases which were reported as a group; else nothing."""
    return group_badge(groups_told(number, names), names, is_short=number.unit == "studies")


def quotations(passages: Iterable[Passage], names: Names, *, is_under_case: bool = False) -> tuple[Quotation, ...]:
    """Return passages for display: a quotation appears once, with all its cases and codes.

    They come in the order of their documents and places. Under its case and code, what the appendix says of a passage
    is left to the appendix.
    """
    ordered = sorted(passages, key=lambda one: (*shown_as(one), one.case, one.id))
    return tuple(_quotation(tuple(same), names, is_under_case) for _, same in groupby(ordered, key=shown_as))


def _quotation(passages: tuple[Passage, ...], names: Names, is_under_case: bool) -> Quotation:
    first = passages[0]
    cases = tuple(dict.fromkeys(passage.case for passage in passages if passage.case))
    record = names.record_of(first.document)
    details: list[Inline] = [
        member(record, "studies", names) if record else "",
        *([] if is_under_case else _coding(passages, cases, names)),
        *_cautions(passages, names),
    ]
    return Quotation(
        names.passage_numbers[shown_as(first)],
        tuple(passage.id for passage in passages),
        first.quote,
        () if is_under_case else joined("; ", (member(case, "cases", names) for case in cases)),
        tuple(detail for detail in details if detail),
    )


def _coding(passages: tuple[Passage, ...], cases: tuple[str, ...], names: Names) -> list[Inline]:
    """Say how a passage is coded, where it is, and who coded it."""
    _, first = names.texts.gettext, passages[0]
    place = _("characters %(start)s to %(end)s") % {"start": first.start, "end": first.end}
    return [
        _("coded as %(codes)s") % {"codes": "; ".join(_codes(passages, cases, names))},
        Span(f"{first.document}, {place}", "place"),
        _("coder: %(coder)s") % {"coder": first.coder},
    ]


def _cautions(passages: tuple[Passage, ...], names: Names) -> list[Inline]:
    """Say if a passage concerns a group of cases, or is from an abstract or a secondary account."""
    _, first = names.texts.gettext, passages[0]
    cautions: list[Inline] = []
    if first.scope == "group":
        together = max(len(names.told_together.get(one.id, ())) for one in passages)
        text = _("reported once for a group of cases")
        if together > 1:
            text = _("reported once for %(n)s cases together") % {"n": together}
        cautions.append(Span(text, "scope"))
    account = names.account(first.document)
    if account == "secondary":
        cautions.append(Span(_("note on a secondary account"), "secondary"))
    elif account == "abstract":
        cautions.append(Span(_("from the abstract"), "secondary"))
    if all(one.id in names.set_aside for one in passages):
        cautions.append(Span(_("set aside by a consensus, and counted nowhere else"), "secondary"))
    return cautions


def _codes(passages: tuple[Passage, ...], cases: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """Return the labels of codes, with the cases behind each where the codes differ in them."""
    by_code: dict[str, dict[str, None]] = {}
    for passage in passages:
        by_code.setdefault(names.coded_as(passage), {})[passage.case] = None
    return tuple(
        code if len(of) == len(cases) else f"{code} ({'; '.join(names.case(case) for case in of)})"
        for code, of in by_code.items()
    )


def member(key: str, unit: str, names: Names, *, with_title: bool = True) -> Run:
    """Return the name of something counted, looked up first as the number's unit; linked if possible.

    A case links to its page, a study to its reference, a number to its entry in the appendix; a record that was
    screened and is not in the review is cited, with its title where that is wanted.
    """
    known = {
        "cases": key in names.findings.cases.by_id,
        "studies": key in names.references,
        "codes": key in names.findings.codebook.by_id,
        "rows": key in names.rows,
        "numbers": key in names.findings.evidence.numbers,
        "screened": key in names.screened,
    }
    wanted = "studies" if unit in ("records", "reports") else unit
    kind = next((kind for kind in (wanted, *known) if known.get(kind)), "")
    match kind:
        case "cases":
            return Link(names.case(key), anchor("case", key))
        case "studies":
            return Citation(key, names.study(key), anchor("ref", key))
        case "codes":
            return names.code(key)
        case "rows":
            return names.rows[key]
        case "numbers":
            return Link(names.number(key), anchor("n", key))
        case "screened":
            record = names.screened[key]
            short = cited(record, names.texts)
            return f"{short}: {record.title}" if with_title and record.title else short
        case _:
            return key


STEP_NAMES = {"read": "reading", "code": "coding"}
"""Names of steps that are something else too: what was read, a code."""
_FIRST = ("records", "searches", "prisma", "agreement", "studies", "years", "scope", "cases")
"""Chapters of the appendix that come before those of the codebook."""
_LAST = ("frameworks", "association", "mentions", "maps", "corpus")
"""Those that come after all others."""
_ALL = "records/all"
_LONG = 40
"""Members above which all records of the review are named as such, not one by one again."""
_TITLED = 200
"""Members above which records that are not among the references are named without their titles."""


def appendix(content: ReportContent, names: Names) -> tuple[Block, ...]:
    """Return the account of what was read and of every step, and every number with what it rests on."""
    _ = names.texts.gettext
    blocks: list[Block] = []
    for title, tables in (
        (_("Records read"), reading_tables(content, names)),
        (_("Steps"), step_table(content, names)),
    ):
        blocks += [Heading(title), *tables] if tables else []
    return (*blocks, *evidence_appendix(names))


def same_evidence(numbers: Iterable[Number]) -> tuple[tuple[Number, ...], ...]:
    """Group the numbers of one thing that have the same evidence, so that it is shown once.

    Numbers are of one thing where their ids differ in the last part only. Numbers have the same evidence if they have
    the same passages or, without passages, count the same things.

    Examples
    --------
    >>> pair = Number("a/x/cases", 1, "cases", ("k",), ("p",)), Number("a/x/studies", 2, "studies", ("s", "t"), ("p",))
    >>> [len(same) for same in same_evidence([*pair, Number("a/y/cases", 0, "cases", ())])]
    [2, 1]
    """
    together: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Number]] = {}
    for number in numbers:
        of = () if number.passages else number.of
        together.setdefault((subject_of(number.id), number.passages, of), []).append(number)
    return tuple(tuple(same) for same in together.values())


def numbers_group(chapters: Mapping[str, Iterable[EvidenceEntry]]) -> Group:
    """Return the entries of numbers under the titles of their chapters."""
    blocks: list[Block] = []
    for title, entries in chapters.items():
        blocks += [Heading(title), *entries]
    return Group(tuple(blocks), kind="numbers")


def evidence_appendix(names: Names) -> tuple[Block, ...]:
    """Return every number of the review, chapter by chapter, and then all passages in the order of their documents."""
    _, evidence = names.texts.gettext, names.findings.evidence
    chapters = {
        plain(fill(_("Numbers: %(what)s"), what=names.chapter(first))): [
            _entry(same, names) for same in same_evidence(numbers)
        ]
        for first, numbers in _chapters(names).items()
    }
    measures = _(
        "A count lists what it counts. A measure (a mean, a share, a year, an index) opens the records behind "
        "it; evidence.json gives its rule and what the rule is applied to."
    )
    has_measures = any(number.kind == "measure" for number in evidence.numbers.values())
    blocks: tuple[Block, ...] = (*((Paragraph(measures, "note"),) if has_measures else ()), numbers_group(chapters))
    if not evidence.passages:
        return blocks
    note = _(
        "Listed in document order. Positions count characters (Unicode code points) in the text of the document, "
        "starting at 0."
    )
    passages = Quotations(quotations(evidence.passages.values(), names), is_whole=True)
    return (*blocks, Group((Paragraph(note, "note"), passages), kind="all-passages", title=_("Passages")))


def _chapters(names: Names) -> Mapping[str, Sequence[Number]]:
    """Return the numbers by the first part of their ids, in the order of the chapters."""
    chapters: dict[str, list[Number]] = {}
    for number in names.findings.evidence.numbers.values():
        chapters.setdefault(parts_of(number.id)[0], []).append(number)
    book = names.findings.codebook
    known = [*_FIRST, *(one.id for one in book.variables), *(one.id for one in book.groups)]
    order = [*known, *(first for first in chapters if first not in {*known, *_LAST}), *_LAST]
    return {first: chapters[first] for first in sorted(chapters, key=order.index)}


def _entry(numbers: Sequence[Number], names: Names) -> EvidenceEntry:
    shown = tuple(_shown(one, names) for one in numbers)
    behind, shared = numbers[0].passages, cast("Inline", ())
    is_of_agreement = parts_of(numbers[0].id)[0] == "agreement" and len({one.of for one in numbers}) == 1
    if len(shown) > 1 and numbers[0].of and (not behind or is_of_agreement):
        shown, shared = tuple(replace(one, members=()) for one in shown), shown[0].members
    passages = names.findings.evidence.passages
    quoted = quotations((passages[key] for key in behind if key in passages), names)
    return EvidenceEntry(shown, shared, Quotations(quoted))


def _shown(number: Number, names: Names) -> EvidenceNumber:
    _ = names.texts.gettext
    nothing = "" if number.of or number.value else _("This number counts nothing.")
    return EvidenceNumber(
        number.id,
        anchor("n", number.id),
        names.number(number.id),
        written(number, names.texts),
        names.unit(number.unit, number.value),
        badge_of(number, names),
        _members(number, names) or nothing,
        is_zero=not number.of,
    )


def _members(number: Number, names: Names) -> Inline:
    """Return what a number counts, in the order of names; all records of a large review as one."""
    whole = names.findings.evidence.numbers.get(_ALL)
    if whole and number.id != _ALL and len(number.of) > _LONG and number.of == whole.of:
        return Link(names.number(_ALL), anchor("n", _ALL))
    is_short = len(number.of) > _TITLED
    said = names.findings.said.get(number.id, {})
    members = (
        runs(member(key, number.unit, names, with_title=not is_short), f" ({said[key]})" if key in said else "")
        for key in number.of
    )
    return joined("; ", sorted(members, key=lambda one: plain(one).casefold()))


def reading_tables(content: ReportContent, names: Names) -> tuple[Table, ...]:
    """Return the files with their records, if there are any, and each record that was set aside with the reason."""
    _, n, files = names.texts.gettext, names.texts.numeral, content.ledger.files
    if not files:
        return ()
    columns = (
        Column(_("File")),
        Column(_("Format")),
        Column(_("Found"), is_number=True),
        Column(_("Read"), is_number=True),
        Column(_("Set aside"), is_number=True),
        Column("SHA-256"),
    )
    rows = tuple(
        TableRow(
            (
                Code(one.path),
                _(one.format),
                n(one.found),
                n(one.read),
                n(len(one.set_aside)),
                short_hash(one.sha256),
            )
        )
        for one in files
    )
    language = names.texts.language
    notes = tuple(f"{one.path}: {message_in(note, language)}" for one in files for note in one.notes)
    tables = [Table("table-files", _("Files read, and the records found in them"), columns, (TableBody(rows),), notes)]
    aside = tuple(
        TableRow((Code(one.path), n(lost.record), n(lost.line), message_in(lost.reason, language)))
        for one in files
        for lost in one.set_aside
    )
    if aside:
        heads = (
            Column(_("File")),
            Column(_("Record"), is_number=True),
            Column(_("Line"), is_number=True),
            Column(_("Reason")),
        )
        tables.append(Table("table-aside", _("Records set aside"), heads, (TableBody(aside),)))
    return tuple(tables)


def step_table(content: ReportContent, names: Names) -> tuple[Table, ...]:
    """Return every step with its arguments and what it counted, as it recorded them; nothing where there is none."""
    _ = names.texts.gettext
    steps = [step.as_json() for step in content.history]
    bodies = [TableBody(tuple(_step(step, names) for step in steps))] if steps else []
    for name, map_ in content.maps.items():
        own = [
            step for step in (one.as_json() for one in map_.network.history) if _plain(step) not in map(_plain, steps)
        ]
        if own:
            title = fill(_("Map “%(name)s”"), name=content.map_title(name))
            bodies.append(TableBody(tuple(_step(step, names) for step in own), title))
    if not bodies:
        return ()
    columns = (Column(_("Step")), Column(_("Settings")), Column(_("Counts")))
    return (Table("table-steps", _("The steps of this review, as recorded"), columns, tuple(bodies)),)


def _step(step: Mapping[str, object], names: Names) -> TableRow:
    return TableRow(
        (
            _word(STEP_NAMES.get(name := str(step.get("step", "")), name), names),
            *(
                _pairs(pairs, names) if isinstance(pairs := step.get(key), Mapping) else "–"
                for key in ("arguments", "counts")
            ),
        )
    )


def _word(recorded: str, names: Names) -> str:
    """Return a word of a step in the language of the report; what the catalogue lacks, a file's name say, stays."""
    return names.texts.gettext(recorded.replace("_", " "))


def _pairs(values: Mapping[str, object], names: Names) -> Inline:
    pairs = (runs(_word(key, names), ": ", _value(value, names)) for key, value in values.items())
    return joined("; ", pairs) or "–"


def _value(value: object, names: Names) -> Inline:
    """Show a value; of a hash its beginning, with the rest for those who point at it."""
    if isinstance(value, list | tuple):
        return joined(", ", (_value(one, names) for one in value)) or "–"
    if isinstance(value, float):
        return names.texts.numeral(value) if value.is_integer() else names.texts.measure(value)
    if isinstance(value, int):
        return f"{value}".replace("-", "−")  # a seed or a year: no marks between the thousands
    text = _plain(value)
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return short_hash(text)
    return ": ".join(_word(part, names) for part in text.split(": ")) if isinstance(value, str) else text


def _plain(value: object) -> str:
    """Write an argument or a count as text, the same whether it came from memory or back from a file."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return "–" if value is None else str(value)
