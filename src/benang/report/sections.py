"""The report of a review as blocks: its sections in their order, with figures and tables numbered as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from benang.locale import Language
from benang.report import Block, Figure, Group, Heading, Item, ItemList, Paragraph, Report, Section, Table
from benang.report.agreement import agreement_blocks
from benang.report.cases import appraisal_blocks, case_page, case_table
from benang.report.checklists import checklist, checklist_table
from benang.report.content import FilteredTable, Names, ReportContent, figure_block
from benang.report.counted_tables import associated, check_tables, code_table, framework_table, printed_table
from benang.report.inline import Code, Inline, Runs, Texts, anchor, fill, plain, runs, short_hash
from benang.report.opened import appendix
from benang.report.prose import limits, methods, summary
from benang.report.references import method_items
from benang.report.searches import search_blocks
from benang.report.selection import selection_blocks
from benang.synthesis.findings import Unplaced
from benang.synthesis.wording import Wording, filtered_caption


def report_blocks(content: ReportContent, language: Language) -> Report:
    """Return the report of a review as blocks, for any renderer.

    Parameters
    ----------
    content
        All that the report shows.
    language
        The language of labels, captions, methods and numerals.

    Returns
    -------
    Report
        Each number that was counted is a `NumberReference` to its entry in the appendix. The same content gives the
        same blocks.
    """
    known = content.selection or content.searched
    records = tuple(known.records.values()) if known else ()
    names = Names(content.findings, Texts(language), content.also_cited, records)
    _, version = names.texts.gettext, content.versions.get("benang", "")
    plan = short_hash(content.plan_hash) if content.plan_hash else "–"
    people = ", ".join(content.authors)
    return Report(
        language=language,
        title=content.title,
        sections=numbered(_sections(content, names)),
        on_numbers=_(
            "Click a number in this colour to see what it counts and the passages behind it. In print, or "
            "without scripts, both are in the appendix."
        ),
        opened_title=_("Evidence"),
        colophon=(
            fill(_("Made by Benang %(version)s from the plan %(plan)s."), version=version, plan=plan),
            _("The same folder gives the same report, byte for byte."),
        ),
        byline=_("Reviewed by %(people)s") % {"people": people} if people else "",
        date=content.date or "",
        description=content.question,
        version=version,
    )


def numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Give the tables and the figures their numbers, each from 1 in the order of the report.

    Examples
    --------
    >>> table = Table("t", "Cases", (), ())
    >>> [block.number for section in numbered([Section("a", "A", (table, table))]) for block in section.blocks]
    [1, 2]
    """
    tables, figures = count(1), count(1)
    return tuple(replace(one, blocks=_numbered(one.blocks, tables, figures)) for one in sections)


def _numbered(blocks: Iterable[Block], tables: Iterator[int], figures: Iterator[int]) -> tuple[Block, ...]:
    numbers: list[Block] = []
    for block in blocks:
        match block:
            case Table():
                numbers.append(replace(block, number=next(tables)))
            case Figure():
                numbers.append(replace(block, number=next(figures)))
            case Group():
                numbers.append(replace(block, blocks=_numbered(block.blocks, tables, figures)))
            case _:
                numbers.append(block)
    return tuple(numbers)


def _sections(content: ReportContent, names: Names) -> Iterator[Section]:
    """Give the sections that have something to show: what was found first, how it was found behind it."""
    _ = names.texts.gettext
    method = methods(content, names)
    selection = selection_blocks(content.selection, names) if content.selection else ()
    searches = search_blocks(content.searched, names) if content.searched else ()
    agreement = agreement_blocks(content.agreement, names)
    titles: dict[str, tuple[str, tuple[Block, ...]]] = {
        "question": (_("Question"), (Paragraph(content.question, "question"),)),
        "summary": (_("Summary"), summary(names)),
        "selection": (_("Search and selection"), selection),
        "figures": (_("Figures"), tuple(map(figure_block, content.figures))),
        "tables": (_("Tables"), _tables(content, names)),
        "appraisal": (_("Quality of the studies"), appraisal_blocks(names)),
        "cases": (_("Cases one by one"), _cases(names)),
        "frameworks": (_("Frameworks across the cases"), _frameworks(names)),
        "checks": (_("Checks"), _checks(content, names)),
        "agreement": (_("Agreement between coders"), agreement),
        "corpus": (_("The corpus in figures"), _corpus(content)),
        "methods": (_("Methods"), method),
        "limits": (_("Limits"), _limits(content, names)),
        "references": (_("References"), _references((*selection, *agreement, *method, *searches), names)),
        "searches": (_("Appendix: the searches"), searches),
        "appendix": (_("Appendix: every number and its evidence"), appendix(content, names)),
    }
    shown = {name: title for name, (title, blocks) in titles.items() if blocks}
    lists = _checklists(content, shown, names.texts.language)
    last = titles.pop("appendix")
    for name, (title, blocks) in {**titles, "checklists": (_("Checklists"), lists), "appendix": last}.items():
        if blocks:
            yield Section(name, title, blocks)


def _checklists(content: ReportContent, sections: Mapping[str, str], language: Language) -> tuple[Block, ...]:
    """Return the checklists, without that of PRISMA-S where the appendix on the searches has it already."""
    return tuple(
        checklist_table(name, checklist(name, content.facts, sections, language), language)
        for name in content.checklists
        if name != "prisma-s" or "searches" not in sections
    )


def _tables(content: ReportContent, names: Names) -> tuple[Block, ...]:
    findings = names.findings
    tables = [code_table(group, table, names) for group, table in findings.code_tables.items()]
    tables += [printed_table(name, rows, names) for name, rows in findings.printed_tables.items()]
    tables += [case_table(findings.case_rows, names)] if findings.case_rows else []
    tables += [table for one in content.filtered for table in _filtered(one, names)]
    return (*tables, *associated(content.associations, names))


def _filtered(asked: FilteredTable, names: Names) -> Iterator[Table]:
    """Give a table of some of the cases, whose caption says which; of frameworks one for each."""
    part, texts = names.findings.within(asked.where), names.texts
    some = Names(replace(part, evidence=names.findings.evidence), texts, names.also_cited, names.screened_records)
    match asked.kind:
        case "codes":
            tables = [code_table(asked.of, part.code_tables[asked.of], some)]
        case "printed-rows":
            tables = [printed_table(asked.of, part.printed_tables[asked.of], some)]
        case "cases":
            tables = [case_table(part.case_rows, some)]
        case "frameworks":
            tables = [framework_table(table, some) for table in part.framework_tables]
    for number, table in enumerate(tables, 1):
        caption = filtered_caption(plain(table.caption), asked.where, Wording(names.findings, texts.language))
        rows = tuple(replace(body, rows=tuple(replace(row, anchor="") for row in body.rows)) for body in table.bodies)
        yield replace(table, anchor=anchor("table-some", f"{asked.name}/{number}"), caption=caption, bodies=rows)


def _cases(names: Names) -> tuple[Block, ...]:
    _ = names.texts.gettext
    introduction = _(
        "Each case, with what its studies report about it. Where there is no passage, the studies do not say: "
        "not reported does not mean absent."
    )
    pages = [case_page(row, names) for row in names.findings.case_rows]
    return (Paragraph(introduction), *pages) if pages else ()


def _frameworks(names: Names) -> tuple[Block, ...]:
    _, label = names.texts.gettext, names.texts.label
    introduction = (
        _(
            "How codes relate to the frameworks is this review's own judgement, fixed in its codebook; it does not "
            "come from the studies."
        ),
        _(
            "A case is listed under evidence or counter-evidence if one of its passages says so, under not "
            "reported if its coder looked and found nothing, and under not looked at if nobody has looked."
        ),
    )
    blocks: list[Block] = []
    for table in names.findings.framework_tables:
        items = (
            _("Its items are failures: a factor coded in a case is evidence for them.")
            if table.framework.items_are == "failures"
            else _(
                "Its items are conditions of success or properties of a case: coded passages support or "
                "contradict them."
            )
        )
        source = label(table.framework.source).rstrip(".")
        text = fill(_("Source: %(source)s. %(items)s"), source=source, items=items)
        blocks += [Heading(label(table.framework.label)), Paragraph(text), framework_table(table, names)]
    return (Paragraph(" ".join(introduction)), *blocks) if blocks else ()


def _checks(content: ReportContent, names: Names) -> tuple[Block, ...]:
    _, findings = names.texts.gettext, names.findings
    blocks: list[Block] = [*check_tables(findings.checks, content.claims, names)]
    if content.unplaced:
        text = _(
            "The quotations of these codings are no longer in their documents. They are not counted anywhere; "
            "nothing else was dropped."
        )
        items = tuple(Item(_unplaced(one, names), quote=one.quote) for one in content.unplaced)
        blocks += [Heading(_("Codings whose quotations were not found")), Paragraph(text), ItemList(items, "unplaced")]
    if findings.moved:
        text = _("Found in another place in their document: %(codings)s.")
        blocks.append(Paragraph(text % {"codings": ", ".join(findings.moved)}))
    introduction = _(
        "Each claim is compared with the data of this review by a named check. The verdict (“holds”, "
        "“contradicted” or “cannot be told”) concerns these data, not the authors of the text."
    )
    return (Paragraph(introduction), *blocks) if blocks else ()


def _unplaced(coding: Unplaced, names: Names) -> Runs:
    """Say which coding was not found again, and why."""
    _ = names.texts.gettext
    if coding.times is None:
        why = _("the document is missing")
    elif coding.times == 0:
        why = _("the quotation is not in the document")
    else:
        why = _("the quotation occurs in the document %(n)s times, but not where it was") % {"n": coding.times}
    line = _("line %(line)s") % {"line": coding.line}
    return runs(Code(coding.file), f", {line}: {coding.judgement}, {coding.document}: {why}")


def _corpus(content: ReportContent) -> tuple[Block, ...]:
    parts = content.corpus.parts if content.corpus else ()
    return tuple(Group(part.blocks, kind="corpus-part", title=part.title, anchor=part.anchor) for part in parts)


def _limits(content: ReportContent, names: Names) -> tuple[Block, ...]:
    items: tuple[Inline, ...] = limits(content, names)
    return (ItemList(tuple(map(Item, items)), "limits"),) if items else ()


def _references(method: Iterable[Block], names: Names) -> tuple[Block, ...]:
    """List the works of the review, and those that its methods cite."""
    _ = names.texts.gettext
    works = tuple(Item(one.entry, anchor("ref", key)) for key, one in names.references.items())
    blocks: tuple[Block, ...] = (ItemList(works, "references"),) if works else ()
    methods_cited = method_items([runs(block.text) for block in method if isinstance(block, Paragraph)], names.texts)
    if not methods_cited:
        return blocks
    return (*blocks, Heading(_("Methods cited")), ItemList(methods_cited, "references"))
