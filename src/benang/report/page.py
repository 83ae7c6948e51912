"""The parts of the page in their order, with figures and tables numbered as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from benang.report.association_tables import associated
from benang.report.case_pages import case_page
from benang.report.check_tables import check_tables
from benang.report.content import ReportContent
from benang.report.describing_parts import shown_parts
from benang.report.limits import limits
from benang.report.method_references import method_entries
from benang.report.methods import methods
from benang.report.names import Names
from benang.report.opened import anchor, appendix, quoted
from benang.report.pictures import picture
from benang.report.reading_tables import reading_tables, step_table
from benang.report.summary import summary
from benang.report.tables import Table, case_table, code_table, framework_table, printed_table
from benang.report.texts import fill


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: the name of its template, which is its anchor too, and its title."""

    name: str
    title: str

    @property
    def anchor(self) -> str:
        """Where the contents link to."""
        return f"part-{self.name}"


@dataclass(frozen=True, slots=True)
class FrameworkPart:
    """A framework as the report shows it."""

    title: str
    text: Markup
    table: Table


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list of references."""

    anchor: str
    entry: Markup


class _Counter:
    """Gives tables their numbers in the order of the page."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, tables: Sequence[Table]) -> tuple[Table, ...]:
        start = self._last + 1
        self._last += len(tables)
        return tuple(replace(table, number=number) for number, table in enumerate(tables, start))


def page_parts(content: ReportContent, names: Names) -> dict[str, object]:
    """Return what the templates show, by the names that they use."""
    number = _Counter()
    findings = names.findings
    parts = [replace(part, tables=number(part.tables)) for part in methods(content, names)]
    text = "".join(paragraph for part in parts for paragraph in part.paragraphs)
    tables = number([*_tables(names), *associated(content.associations, names)])
    frameworks = [_framework(at, number, names) for at in range(len(findings.framework_tables))]
    checks = number(check_tables(findings.checks, content.claims, names))
    corpus = content.corpus.parts if content.corpus else ()
    made: dict[str, object] = {
        "summary": summary(names),
        "methods": parts,
        "pictures": [picture(figure, at) for at, figure in enumerate(content.figures, 1)],
        "tables": tables,
        "cases": [case_page(row, names) for row in findings.case_rows],
        "frameworks": frameworks,
        "framework_note": _framework_note(names),
        "checks": checks,
        "corpus": shown_parts(corpus, number, first_figure=len(content.figures) + 1),
        "limits": limits(content, names),
        "references": [Entry(anchor("ref", key), one.entry) for key, one in names.references.items()],
        "method_references": [Entry(*pair) for pair in method_entries(text, names.texts)],
        "reading": number(reading_tables(content, names)),
        "steps": number(step_table(content, names)),
        "chapters": appendix(names),
        "all_quoted": quoted(findings.evidence.passages.values(), names),
    }
    return {**made, "sections": _sections(content, made, names)}


def _sections(content: ReportContent, made: dict[str, object], names: Names) -> list[Section]:
    """List the sections that have something to show."""
    _ = names.texts.gettext
    known = [
        (Section("question", _("Question")), True),
        (Section("summary", _("Summary")), made["chapters"]),
        (Section("methods", _("Methods")), True),
        (Section("figures", _("Figures")), made["pictures"]),
        (Section("tables", _("Tables")), made["tables"]),
        (Section("cases", _("Cases one by one")), made["cases"]),
        (Section("frameworks", _("Frameworks read across the cases")), made["frameworks"]),
        (Section("checks", _("Checks")), made["checks"] or content.unplaced or names.findings.moved),
        (Section("corpus", _("The corpus in figures")), made["corpus"]),
        (Section("limits", _("Limits")), made["limits"]),
        (Section("references", _("References")), True),
        (Section("appendix", _("Appendix: every number and what it rests on")), True),
    ]
    return [section for section, shown in known if shown]


def _tables(names: Names) -> list[Table]:
    findings = names.findings
    tables = [code_table(group, table, names) for group, table in findings.code_tables.items()]
    tables += [printed_table(name, rows, names) for name, rows in findings.printed_tables.items()]
    return [*tables, case_table(findings.case_rows, names)] if findings.case_rows else tables


def _framework(at: int, number: _Counter, names: Names) -> FrameworkPart:
    _, label = names.texts.gettext, names.texts.label
    held = names.findings.framework_tables[at]
    items = (
        _("Its items are failures: a factor coded in a case is evidence for them.")
        if held.framework.items_are == "failures"
        else _(
            "Its items are conditions of success, or properties of a case: coded passages speak for them or "
            "against them."
        )
    )
    text = fill(_("Source: %(source)s. %(items)s"), source=label(held.framework.source).rstrip("."), items=items)
    return FrameworkPart(label(held.framework.label), text, number([framework_table(held, names)])[0])


def _framework_note(names: Names) -> Markup:
    _ = names.texts.gettext
    said = [
        _("How codes read in frameworks is this review's own reading, fixed in its codebook; no study gives it."),
        _(
            "A case stands under evidence or counter-evidence when a passage of it says so, under not reported when "
            "its coder looked and found nothing, and under not looked at when nobody has looked."
        ),
    ]
    return Markup(" ").join(escape(text) for text in said)
