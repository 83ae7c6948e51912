"""How the works of a review were found and selected: the texts of its PRISMA 2020 flow diagram, and the section on it.

The boxes, their words and their order are those of the templates of PRISMA 2020 (Page et al., 2021, BMJ 372, n71): of
new and of updated reviews, with and without other methods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benang.figures.prisma_flow import Column, Entry, FlowBox, FlowTexts, Phase, Row, flow_layout, plot_flow
from benang.figures.saving import figure_bytes
from benang.locale import Language, translator
from benang.locale.writing import counted, message_in, numeral
from benang.report import (
    Block,
    Figure,
    Item,
    ItemList,
    OpenFlow,
    Paragraph,
    Table,
    TableBody,
    TableRow,
)
from benang.report import Column as TableColumn
from benang.report.content import Names, Selection
from benang.report.inline import Inline, Link, Runs, anchor, fill, joined, plain, runs
from benang.report.opened import opened, reference_to
from benang.report.references import cite, reference_list
from benang.screening.prisma import NOT_STATED, Box, Flow
from benang.screening.prisma_table import name_of, typed_words, unreported, words_of
from benang.screening.stopping import review_test, stopping_words

# ---------------------------------------------------------------------------------------------------------- the figure

_OTHERS = ("website_results", "organisation_results", "citation_results", "hand_search_results", "contact_results")
_META = ("total_studies_ma", "total_reports_ma")
_LEAVING = ("other_duplicates", "other_removed", "other_records_excluded")
"""Why fewer reports of other methods were sought than identified: the templates have no box for it."""
_TEMPLATE: tuple[tuple[str, Column, Row, tuple[str, ...]], ...] = (
    ("previous", "previous", "identified", ("previous_studies", "previous_reports")),
    ("identified", "main", "identified", ("database_results", "register_results")),
    (
        "removed", "aside", "identified",
        ("duplicates_removed", "records_removed_automatically", "records_removed_other"),
    ),
    ("screened", "main", "screened", ("records_screened",)),
    ("excluded", "aside", "screened", ("records_excluded",)),
    ("sought", "main", "sought", ("reports_sought",)),
    ("not-retrieved", "aside", "sought", ("reports_not_retrieved",)),
    ("assessed", "main", "assessed", ("reports_assessed",)),
    ("reports-excluded", "aside", "assessed", ("reports_excluded",)),
    ("other-identified", "other", "identified", _OTHERS),
    ("other-removed", "other-aside", "identified", _LEAVING),
    ("other-sought", "other", "sought", ("other_sought_reports",)),
    ("other-not-retrieved", "other-aside", "sought", ("other_notretrieved_reports",)),
    ("other-assessed", "other", "assessed", ("other_assessed",)),
    ("other-excluded", "other-aside", "assessed", ("other_excluded",)),
    ("included", "main", "included", ("studies_included", "reports_included")),
    ("total", "main", "total", ("total_studies", "total_reports")),
)  # fmt: skip
"""The boxes of the templates: their names and places, and the boxes of the flow that are a line of each."""
_MARKS = "*†‡§¶#"


def flow_texts(flow: Flow, language: Language) -> FlowTexts:
    """Return everything that the diagram of a flow says; boxes that the flow lacks are left out."""
    _, boxes = translator(language), tuple(_boxes(flow, language))
    heads: dict[Column, str] = (
        {
            "previous": _("Previous studies"),
            "main": _("Identification of new studies via databases and registers"),
            "other": _("Identification of new studies via other methods"),
        }
        if flow.is_updated
        else {
            "main": _("Identification of studies via databases and registers"),
            "other": _("Identification of studies via other methods"),
        }
    )
    phases: dict[Phase, str] = {
        "identification": _("Identification"), "screening": _("Screening"), "included": _("Included")
    }  # fmt: skip
    used = {box.column for box in boxes}
    shown = {column: text for column, text in heads.items() if column in used}
    return FlowTexts(
        _("PRISMA 2020 flow diagram"),
        boxes,
        shown,
        phases,
        (*_notes(flow, language), *unreported(flow, language), *_open(flow, language)),
    )


def _words(key: str, flow: Flow, language: Language) -> str:
    """Return the words of a line in its box; the column of other methods has words of its own."""
    _ = translator(language)
    in_box = {
        "other_duplicates": _("Duplicate records removed"),
        "other_removed": _("Records removed by rules set beforehand"),
        "other_records_excluded": _("Records excluded"),
    }
    return in_box.get(key) or words_of(key, flow, language)


def _boxes(flow: Flow, language: Language) -> Iterator[FlowBox]:
    _ = translator(language)
    headings = {
        "identified": _("Records identified from:"),
        "removed": _("Records removed before screening:"),
        "other-identified": _("Records identified from:"),
        "other-removed": _("Records removed or excluded before retrieval:"),
    }
    last = "total" if "total_studies" in flow.boxes else "included"
    for name, column, row, keys in _template(flow):
        lines = [flow.boxes[key] for key in (*keys, *(_META if name == last else ())) if key in flow.boxes]
        lines = [box for box in lines if box.value or box.key not in _LEAVING]
        if not lines:
            continue
        whole = flow.boxes.get("records_identified") if name == "identified" else None
        heading = (Entry(headings[name]),) if name in headings else ()
        entries = [entry for box in lines for entry in _entries(box, flow, language)]
        yield FlowBox(name, column, row, (*heading, *entries), (whole or lines[0]).number.id)


def _template(flow: Flow) -> Iterator[tuple[str, Column, Row, tuple[str, ...]]]:
    """Give the boxes of the template; of a review that searched no database, the column of other methods alone."""
    if flow.has_databases or not flow.has_other:
        yield from _TEMPLATE
        return
    for name, column, row, keys in _TEMPLATE:
        if column not in ("main", "aside"):
            yield name, column, row, keys
        elif row in ("included", "total"):
            yield name, "other", row, keys


def _entries(box: Box, flow: Flow, language: Language) -> Iterator[Entry]:
    """Give the line of a box, and a line each for its parts: databases, reasons, rules."""
    yield _entry(box, flow, _words(box.key, flow, language), language)
    parts = flow.parts(box.key)
    if [part.name for part in parts] != [NOT_STATED]:
        for part in parts:
            yield _entry(part, flow, name_of(part, flow, language), language, level=1)


def _entry(box: Box, flow: Flow, words: str, language: Language, level: int = 0) -> Entry:
    marks = "".join(_mark(flow.typed.index(one)) for one in box.typed)
    return Entry(words, numeral(box.value, language), box.number.id, level, marks)


def _mark(at: int) -> str:
    """Return the sign of a note: one, then two of the same, as journals have them.

    Examples
    --------
    >>> print(_mark(0), _mark(1), _mark(6))
    * † **
    """
    return _MARKS[at % len(_MARKS)] * (at // len(_MARKS) + 1)


def _notes(flow: Flow, language: Language) -> Iterator[str]:
    yield from (f"{_mark(at)} n = {typed_words(one, language)}" for at, one in enumerate(flow.typed))


def _open(flow: Flow, language: Language) -> tuple[str, ...]:
    """Return the sentence that says what waits for a decision; nothing where the flow is final."""
    n = {key: numeral(number.value, language) for key, number in flow.open.items() if number.value}
    return (plain(open_items(flow, n, language)),) if n else ()


def open_items(flow: Flow, shown: Mapping[str, Inline], language: Language) -> Runs:
    """Say what waits for a decision, by the keys of what is open and how its number is shown."""
    _, n = translator(language), {key: number.value for key, number in flow.open.items()}
    forms = {
        "undecided_records": counted(
            "%(n)s record undecided", "%(n)s records undecided", n["undecided_records"], language
        ),
        "unsure_records": counted("%(n)s record unsure", "%(n)s records unsure", n["unsure_records"], language),
        "conflicting_records": counted(
            "%(n)s record in conflict", "%(n)s records in conflict", n["conflicting_records"], language
        ),
        "undecided_reports": counted(
            "%(n)s report undecided", "%(n)s reports undecided", n["undecided_reports"], language
        ),
        "unsure_reports": counted("%(n)s report unsure", "%(n)s reports unsure", n["unsure_reports"], language),
        "conflicting_reports": counted(
            "%(n)s report in conflict", "%(n)s reports in conflict", n["conflicting_reports"], language
        ),
    }
    parts = joined(", ", (fill(text, n=shown[key]) for key, text in forms.items() if key in shown))
    return fill(_("This flow is not final yet: %(open)s."), open=parts)


def flow_in_words(flow: Flow, language: Language) -> str:
    """Return the alternative text of the diagram: every line of every box, in the order of the figure."""
    texts = flow_texts(flow, language)
    boxes = [", ".join(entry.words.rstrip(":") for entry in box.entries) for box in texts.boxes]
    return f"{texts.title}. {'; '.join(boxes)}. {' '.join(texts.notes)}".strip().replace("\xa0", " ")


def flow_caption(language: Language) -> str:
    """Return the caption of the diagram."""
    return translator(language)("Flow of records, reports and studies through the review")


def flow_file(flow: Flow, language: Language, suffix: str) -> bytes:
    """Draw the diagram of a flow as the bytes of a .png, .svg, .pdf or .docx file; in Word it can be edited.

    Raises
    ------
    BenangError
        For another suffix.
    """
    layout = flow_layout(flow_texts(flow, language))
    if suffix != ".docx":
        return figure_bytes(plot_flow(layout), suffix)
    from benang.report.word import figure_docx

    svg, png = (figure_bytes(plot_flow(layout), form) for form in (".svg", ".png"))
    caption, alt = flow_caption(language), flow_in_words(flow, language)
    open_flow = OpenFlow(layout, {})
    return figure_docx(
        Figure("figure-prisma", svg.decode("utf-8"), png, caption, alt, number=1, flow=open_flow), language
    )


# --------------------------------------------------------------------------------------------------------- the section


def selection_blocks(selection: Selection, names: Names) -> tuple[Block, ...]:
    """Return the section on the selection: the flow, in words and drawn, and what happened to single reports."""
    flow = selection.flow
    waiting = {key: opened(number, names) for key, number in flow.open.items() if number.value}
    return (
        Paragraph(_summary(flow, names)),
        _figure(selection, names),
        *([Paragraph(open_items(flow, waiting, names.texts.language))] if waiting else []),
        *_stopped(selection, names),
        *_excluded(selection, names),
        *_not_retrieved(selection, names),
        *_agreement(names),
        *_retracted(selection, names),
    )


def _stopped(selection: Selection, names: Names) -> Iterator[Paragraph]:
    """Say why records were not screened, and what may have been missed: the statement of the plan's test."""
    test = review_test(selection.screening) if selection.screening.unread else None
    if test:
        lead = names.texts.gettext("The screening by title and abstract stopped before all records were read.")
        yield Paragraph(" ".join((lead, *(message_in(one, names.texts.language) for one in stopping_words(test)))))


def _figure(selection: Selection, names: Names) -> Figure:
    _, drawn, flow = names.texts.gettext, selection.figure, selection.flow
    there = names.findings.evidence.numbers
    numbers = {key: reference_to(one, names) for key, one in flow.numbers.items() if key in there}
    layout = flow_layout(flow_texts(flow, names.texts.language))
    return Figure(
        anchor("figure", drawn.name), drawn.svg, drawn.png, drawn.caption, drawn.alt, flow=OpenFlow(layout, numbers)
    )


_OF_DATABASES = ("records_identified", "duplicates_removed", "records_screened", "reports_sought", "reports_assessed")
"""The boxes whose sentences are on databases and registers."""


def _summary(flow: Flow, names: Names) -> Runs:
    """Say in sentences what the figure shows; numbers open."""
    _ = names.texts.gettext
    sentences = {
        "records_identified": _("Databases and registers gave %(records_identified)s."),
        "duplicates_removed": _(
            "Before screening, the reviewers removed %(duplicates_removed)s as duplicates, "
            "%(records_removed_automatically)s by automation tools and %(records_removed_other)s for other reasons."
        ),
        "records_screened": _("They screened %(records_screened)s and excluded %(records_excluded)s."),
        "reports_sought": _("They sought %(reports_sought)s; %(reports_not_retrieved)s could not be retrieved."),
        "reports_assessed": _("They assessed %(reports_assessed)s for eligibility and excluded %(reports_excluded)s."),
        "other_sought_reports": _(
            "Through other methods, the reviewers sought %(other_sought_reports)s; %(other_notretrieved_reports)s "
            "could not be retrieved. They assessed %(other_assessed)s for eligibility and excluded %(other_excluded)s."
        )
        if flow.value("other_sought_reports")
        else _("Other methods gave no further report to be sought."),
        "studies_included": _("The review includes %(studies_included)s, described in %(reports_included)s."),
    } | _of_both_versions(flow, names)
    amounts = {key: _amount(box, names) for key, box in flow.boxes.items() if "/" not in key}
    nothing = flow.has_other and not flow.value("records_identified")  # only other methods were used
    shown = [key for key in sentences if key in flow.boxes and not (nothing and key in _OF_DATABASES)]
    written = [fill(sentences[key], **amounts) for key in shown]
    source = fill(_("The figure follows PRISMA 2020 (%(source)s)."), source=cite("page-2021", names.texts))
    return joined(" ", [*written, source])


def _of_both_versions(flow: Flow, names: Names) -> dict[str, str]:
    """Return the sentence on a review and its previous version, of which only studies or reports may be known."""
    _, known = names.texts.gettext, [key for key in ("total_studies", "total_reports") if key in flow.boxes]
    sentences = {
        "total_studies": _("Together with its previous version, it includes %(total_studies)s."),
        "total_reports": _("Together with its previous version, it includes %(total_reports)s."),
    }
    both = _("Together with its previous version, it includes %(total_studies)s, described in %(total_reports)s.")
    return {known[0]: sentences[known[0]] if len(known) == 1 else both} if known else {}


_ALONE = frozenset(
    {
        *("duplicates_removed", "records_removed_automatically", "records_removed_other", "records_excluded"),
        *("reports_not_retrieved", "reports_excluded"),
        *("other_notretrieved_reports", "other_excluded"),
    }
)
"""Boxes whose unit the sentence has named before."""


def _amount(box: Box, names: Names) -> Runs:
    """Return the value of a box, which opens its records; what was typed opens nothing, and is named."""
    _, n = names.texts.gettext, box.value
    amount: Runs = runs(names.texts.numeral(n) if box.typed else opened(box.number, names))
    if box.key not in _ALONE:
        amount = fill(_counted(box, names), n=amount)
    if not box.typed:
        return amount
    if not box.number.value:
        return fill(_("%(all)s (entered, not counted)"), all=amount)
    typed = names.texts.numeral(n - box.number.value)
    return fill(_("%(all)s (%(typed)s of them entered, not counted)"), all=amount, typed=typed)


def _counted(box: Box, names: Names) -> str:
    """Return the words of a number of records, reports or studies."""
    match box.number.unit:
        case "records":
            return names.texts.counted("%(n)s record", "%(n)s records", box.value)
        case "reports":
            return names.texts.counted("%(n)s report", "%(n)s reports", box.value)
        case _:
            return names.texts.counted("%(n)s study", "%(n)s studies", box.value)


def _excluded(selection: Selection, names: Names) -> Iterator[Table]:
    """Give the table of reports that were read in full and excluded, with the reasons (PRISMA 2020, item 16b)."""
    _, language = names.texts.gettext, names.texts.language
    outcomes = {one: selection.screening.outcome("full-text", one) for one in selection.screening.excluded("full-text")}
    rows, labels = [], selection.flow.labels
    for key, entry in _entries_of(tuple(outcomes), selection, names):
        reasons = [labels[one].text(language) if one in labels else one for one in outcomes[key].reasons]
        rows.append(TableRow((entry, "; ".join(reasons) or _("not stated")), anchor("excluded", key)))
    if rows:
        columns = (TableColumn(_("Report")), TableColumn(_("Reasons, the decisive one first")))
        caption = _("Reports assessed in full text and excluded, with reasons (PRISMA 2020, item 16b)")
        yield Table("table-excluded", caption, columns, (TableBody(tuple(rows)),))


def _not_retrieved(selection: Selection, names: Names) -> Iterator[Table]:
    """Give the table of reports that could not be obtained: how they were sought, and what reviewers noted on it."""
    _, screening = names.texts.gettext, selection.screening
    lost = {
        work: screening.outcome(stage, work)
        for stage in screening.outcomes
        for work in screening.with_verdict(stage, "unobtainable")
    }
    rows = []
    for key, entry in _entries_of(tuple(lost), selection, names):
        tries = [
            f"{one.day.isoformat()}, {one.way}{f': {one.note}' if one.note else ''}"
            for one in screening.attempts.get(key, ())
        ]
        notes = dict.fromkeys(one.note for one in lost[key].decisions if one.note)
        rows.append(TableRow((entry, "; ".join((*tries, *notes)) or "–")))
    if rows:
        columns = (TableColumn(_("Report")), TableColumn(_("How it was sought")))
        yield Table("table-not-retrieved", _("Reports not retrieved"), columns, (TableBody(tuple(rows)),))


def _retracted(selection: Selection, names: Names) -> Iterator[Block]:
    """Give the included works that were retracted, corrected or are in doubt; their entries say which."""
    _ = names.texts.gettext
    records = selection.records
    works = [key for key in selection.screening.included if key in records and records[key].status]
    items = tuple(Item(entry) for _key, entry in _entries_of(works, selection, names))
    if items:
        yield Paragraph(
            _("Included works that were retracted or corrected, or are in doubt, as far as the exports say:")
        )
        yield ItemList(items, "limits")


def _agreement(names: Names) -> Iterator[Paragraph]:
    """Say where the report compares reviewers, once both their tasks are done."""
    if any(one.comparison.kind == "screening" for one in names.findings.agreements):
        text = names.texts.gettext("How far reviewers agree at each stage is in the section %(section)s.")
        title = names.texts.gettext("Agreement between coders")
        yield Paragraph(fill(text, section=Link(f"“{title}”", "part-agreement")))


def _entries_of(works: Sequence[str], selection: Selection, names: Names) -> Iterator[tuple[str, Runs]]:
    """Give works with their entries in a list of references, in its order."""
    records = [selection.records[key] for key in works if key in selection.records]
    yield from ((one.key, one.entry) for one in reference_list(records, names.texts))
