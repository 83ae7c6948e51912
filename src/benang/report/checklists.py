"""Checklists of reporting guidelines, filled as far as the data of a review tell; the rest is left to its authors.

What each item asks is in `checklists/*.toml`: its number, its topic and a hint in our own words, and the facts that
answer it. Numbers and topics are those of the guidelines; the statements themselves have to be read where they are
published. A fact says only what the review's files say, so that an item can be answered in part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benang.judgements.events import Stage
from benang.locale import Language, Translator, translator
from benang.locale.writing import counted, listed, numeral
from benang.project.toml_files import Checked, Label, read_toml
from benang.report.blocks import Column, Table, TableBody, TableRow
from benang.report.inline import ExternalLink, anchor, fill
from benang.review.plan import ChecklistName, Plan
from benang.screening.outcomes import Screening, agreement_of
from benang.screening.prisma_table import Flow, name_of
from benang.screening.searches import Search, Searches
from benang.synthesis.findings import Findings
from benang.writers.spreadsheets import Sheet, SheetColumn, SheetRow

_FOLDER = Path(__file__).parent / "checklists"
_MANY = 12
"""Names that a fact lists; of more it says how many there are."""


class ChecklistItem(Checked):
    """What one item of a guideline asks, and the facts that answer it."""

    id: str
    section: Label
    topic: Label
    facts: tuple[str, ...] = ()
    hint: Label


class Checklist(Checked):
    """The items of a guideline, and where it is published."""

    title: str
    source: str
    url: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What the data say on an item, and the section of the report where that stands."""

    text: str
    section: str


KnownFacts = Mapping[str, Fact]
"""What is known, by the names that the items of checklists have for it."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item, answered from the data or left to the authors; `where` is the title of a section of the report."""

    id: str
    section: str
    topic: str
    state: Literal["filled", "to be written"]
    where: str
    text: str


def read_checklist(name: ChecklistName) -> Checklist:
    """Return what the items of a guideline ask.

    Examples
    --------
    >>> [len(read_checklist(name).items) for name in ("prisma-2020", "prisma-s", "prisma-scr", "entreq")]
    [42, 16, 22, 21]
    """
    return read_toml(_FOLDER / f"{name}.toml", Checklist)


def checklist(
    name: ChecklistName, facts: KnownFacts, sections: Mapping[str, str], language: Language
) -> tuple[Item, ...]:
    """Fill in a checklist.

    Parameters
    ----------
    name
        Which one.
    facts
        What is known.
    sections
        The titles of the sections that the report has, by name: a fact whose section is missing has no place.

    Examples
    --------
    >>> facts = {"dates": Fact("Scopus: 2026-03-01.", "selection")}
    >>> item = checklist("prisma-s", facts, {"selection": "Search"}, "en")[12]
    >>> item.id, item.topic, item.state, item.where, item.text
    ('13', 'Dates of searches', 'filled', 'Search', 'Scopus: 2026-03-01.')
    """
    return tuple(_item(one, facts, sections, language) for one in read_checklist(name).items)


def _item(asked: ChecklistItem, facts: KnownFacts, sections: Mapping[str, str], language: Language) -> Item:
    section, topic = asked.section.text(language), asked.topic.text(language)
    known = [facts[name] for name in asked.facts if name in facts]
    if not known:
        return Item(asked.id, section, topic, "to be written", "", asked.hint.text(language))
    where = dict.fromkeys(sections[one.section] for one in known if one.section in sections)
    return Item(asked.id, section, topic, "filled", "; ".join(where), " ".join(one.text for one in known))


def checklist_table(name: ChecklistName, items: Iterable[Item], language: Language) -> Table:
    """Return a checklist as a table of the report, a part for each section of the guideline."""
    _, asked = translator(language), read_checklist(name)
    parts: dict[str, list[TableRow]] = {}
    for one in items:
        text = one.text if one.state == "filled" else _("To be written by you: {hint}.").format(hint=one.text)
        parts.setdefault(one.section, []).append(TableRow((one.id, one.topic, one.where or "–", text)))
    return Table(
        anchor("checklist", name),
        fill(_("Checklist %(name)s"), name=asked.title),
        tuple(map(Column, (_("Item"), _("Topic"), _("Where in the report"), _("What the data say")))),
        tuple(TableBody(tuple(rows), title) for title, rows in parts.items()),
        (fill(_("After %(source)s, %(link)s."), source=asked.source, link=ExternalLink(asked.url)), _note(_)),
    )


def checklist_sheet(name: ChecklistName, items: Iterable[Item], language: Language) -> Sheet:
    """Return a checklist as a sheet of a workbook, with a column for the page that journals ask for."""
    _, asked = translator(language), read_checklist(name)
    titles = (
        _("Item"),
        _("Section"),
        _("Topic"),
        _("State"),
        _("Where in the report"),
        _("What the data say"),
        _("Page"),
    )
    states = {"filled": _("filled in"), "to be written": _("to be written by you")}
    rows = [(one.id, one.section, one.topic, states[one.state], one.where, one.text, "") for one in items]
    columns = [SheetColumn(title, width) for title, width in zip(titles, (7, 22, 34, 18, 24, 60, 8), strict=True)]
    notes = (_("After {source}, {url}.").format(source=asked.source, url=asked.url), _note(_))
    return Sheet(asked.title, columns, [SheetRow(row) for row in rows], notes=notes)


def _note(_: Translator) -> str:
    return _(
        "What is filled in comes from the files of the review. Check that it says all that the item asks: numbers and "
        "topics are those of the guideline, which explains them."
    )


@dataclass(frozen=True)
class Material:
    """What facts are made of: the plan, the searches, what came of the screening, and what was counted.

    `flow` is None where nothing is screened; `version` is that of Benang.
    """

    plan: Plan
    searches: Searches
    screening: Screening
    findings: Findings
    flow: Flow | None
    version: str


def facts_of(material: Material, language: Language) -> dict[str, Fact]:
    """Return what the files of a review say on the items of checklists; what they don't say is no fact."""
    parts = (_on_searches, _on_selection, _on_flow, _on_data, _on_results)
    said = (fact for part in parts for fact in part(material, language))
    return {name: Fact(text, section) for name, section, text in said if text}


_Facts = Iterator[tuple[str, str, str]]
"""The name of a fact, the section of the report where it stands, and its text."""


def _on_searches(material: Material, language: Language) -> _Facts:
    _, searches = translator(language), material.searches.searches
    databases = [one for one in searches if one.is_database]
    named = _("{name} ({platform})")
    by_kind = {
        "sources": ("database", _("Databases: {names}.")),
        "registers": ("register", _("Registers: {names}.")),
        "browsing": ("website organisation hand-search", _("Websites, organisations and hand searches: {names}.")),
        "citations": ("citations", _("Citation searching: {names}.")),
        "contacts": ("contacts", _("Contacts: {names}.")),
    }
    for fact, (kinds, text) in by_kind.items():
        of = [one for one in searches if one.kind in kinds.split()]
        names = [named.format(name=one.name, platform=one.platform) if one.platform else one.name for one in of]
        yield fact, "selection", text.format(names=listed(dict.fromkeys(names), language)) if of else ""
    platforms = {one.platform: None for one in databases if one.platform}
    together = {of: [one.name for one in databases if one.platform == of] for of in platforms}
    shared = [f"{of}: {', '.join(dict.fromkeys(names))}" for of, names in together.items() if len(set(names)) > 1]
    yield "platforms", "selection", _sentence(shared, language)
    full = _("The full query is given for {n} of {all} searches in databases and registers.")
    n = sum(bool(one.query) for one in databases)
    yield "queries", "selection", full.format(n=n, all=len(databases)) if n else ""
    yield "limits", "selection", _sentence(_of_each(databases, "limits"), language)
    yield "dates", "selection", _sentence(_of_each(searches, "date"), language)
    again = [one.name for one in searches if one.earlier]
    yield "updates", "selection", _("Run again: {names}.").format(names=listed(again, language)) if again else ""
    by = [f"{one.name}: {', '.join(filter(None, (one.peer_review.by, one.peer_review.outcome)))}" for one in searches
          if one.peer_review.by or one.peer_review.outcome]  # fmt: skip
    yield "peer-review", "selection", _sentence(by, language)


def _of_each(searches: Iterable[Search], field: Literal["limits", "date"]) -> list[str]:
    return [f"{one.name}: {getattr(one, field)}" for one in searches if getattr(one, field)]


def _sentence(parts: Iterable[str], language: Language) -> str:
    """Join parts to one sentence; of very many the first are named."""
    _, texts = translator(language), list(dict.fromkeys(parts))
    more = [_("{n} more").format(n=len(texts) - _MANY)] if len(texts) > _MANY else []
    return f"{'; '.join((*texts[:_MANY], *more))}." if texts else ""


def _on_selection(material: Material, language: Language) -> _Facts:
    _, plan, screening = translator(language), material.plan, material.screening
    yield "question", "question", plan.question.text(language)
    kinds = {"include": _("Included: {criteria}."), "exclude": _("Excluded: {criteria}.")}
    by_kind = {kind: [one.text.text(language) for one in plan.criteria if one.kind == kind] for kind in kinds}
    texts = [kinds[kind].format(criteria="; ".join(texts)) for kind, texts in by_kind.items() if texts]
    yield "criteria", "selection", " ".join(texts)
    if not screening.has_begun:
        return
    stages = [_stage(one, screening, language) for one in screening.outcomes if screening.readings[one].readers]
    yield "selection", "selection", " ".join(stages)
    yield "agreement", "selection", " ".join(_agreements(screening, language))


def _stage(stage: Stage, screening: Screening, language: Language) -> str:
    """Say how the records of a stage are read, by the plan."""
    _, plan = translator(language), screening.protocol.screening.of(stage)
    n = screening.protocol.readers(stage)
    title = _("Title and abstract") if stage == "title-abstract" else _("Full text")
    readers = counted("1 reviewer reads each record", "{n} reviewers read each record", n, language).format(n=n)
    if n > 1:
        apart = _("without seeing each other's decisions") if plan.blinded else _("seeing each other's decisions")
        readers = f"{readers}, {apart}"
    rules = {
        "two-includes": _("all must agree, and a consensus settles what they disagree on"),
        "one-include": _("one include suffices"),
        "checked-exclusions": _("a second reviewer checks a share of the exclusions"),
    }
    rule = f"; {rules[plan.rule]}" if n > 1 or plan.rule == "checked-exclusions" else ""
    order = _("records by priority of a classifier") if screening.protocol.screening.order == "priority" else ""
    return f"{title}: {readers}{rule}{f'; {order}' if order else ''}."


def _agreements(screening: Screening, language: Language) -> Iterator[str]:
    _ = translator(language)
    text = _("{one} and {other} agree on {share} % of {n} records ({stage}; Cohen's kappa {kappa}).")
    stages = {"title-abstract": _("title and abstract"), "full-text": _("full text")}
    for pair in agreement_of(screening):
        of = pair.agreement
        if of.observed is not None:
            kappa = _("undefined") if of.kappa is None else numeral(of.kappa, language, 2)
            share, n = numeral(100 * of.observed, language, 1), numeral(of.n, language, 0)
            yield text.format(one=pair.one, other=pair.other, share=share, n=n, stage=stages[pair.stage], kappa=kappa)


def _on_flow(material: Material, language: Language) -> _Facts:
    _, flow = translator(language), material.flow
    if flow is None:
        return
    n = {key: numeral(flow.value(key), language, 0) for key in flow.boxes}
    text = _(
        "{records_identified} records identified, {records_screened} screened, {reports_assessed} reports assessed, "
        "{studies_included} studies in {reports_included} reports included."
    )
    waiting = "" if flow.is_final else _("Not final yet: some records wait for a decision.")
    yield "flow", "selection", f"{text.format_map(n)} {waiting}".rstrip()
    reasons = [
        f"{name_of(one, flow, language)} ({numeral(one.value, language, 0)})" for one in flow.parts("reports_excluded")
    ]
    yield (
        "excluded",
        "selection",
        _("Reports excluded by full text: {reasons}.").format(reasons="; ".join(reasons)) if reasons else "",
    )
    found = [
        f"{name_of(one, flow, language)} {numeral(one.value, language, 0)}"
        for key in ("database_results", "register_results")
        for one in flow.parts(key)
    ]
    yield "totals", "selection", _sentence(found, language)
    several = flow.value("reports_included") - flow.value("studies_included")
    yield "studies", "selection", _("Reports of one study are counted as one.") if several > 0 else ""
    joined = _(
        "{n} duplicate records were joined by Benang {version}: by identifiers, and by likeness of title, authors, "
        "year and source."
    )
    duplicates = flow.value("duplicates_removed")
    yield (
        "duplicates",
        "selection",
        joined.format(n=numeral(duplicates, language, 0), version=material.version) if duplicates else "",
    )


def _on_data(material: Material, language: Language) -> _Facts:
    _, findings = translator(language), material.findings
    book = findings.codebook
    forms = {
        kind: [one.label.text(language) for one in book.forms if one.kind == kind]
        for kind in ("extraction", "appraisal")
    }
    yield (
        "extraction",
        "methods",
        _("Forms: {names}.").format(names="; ".join(forms["extraction"])) if forms["extraction"] else "",
    )
    sources = [one.source.text(language) for one in book.forms if one.kind == "appraisal" and one.source.text(language)]
    tools = "; ".join((*forms["appraisal"], *sources))
    yield "appraisal", "appraisal", _("Appraised with: {names}.").format(names=tools) if tools else ""
    taken = {name for one in book.forms if one.kind == "extraction" for name in one.variables}
    yield (
        "variables",
        "methods",
        _sentence((one.label.text(language) for one in book.variables if one.id in taken), language),
    )
    usable = [one.label.text(language) for one in book.codes if one.is_usable]
    yield "codes", "methods", _("Codes: {names}").format(names=_sentence(usable, language)) if usable else ""
    passages = findings.evidence.passages.values()
    coders = sorted({one.coder for one in passages})
    coded = _("{n} passages were coded by {names}.")
    n = numeral(len(passages), language, 0)
    yield "coding", "methods", coded.format(n=n, names=listed(coders, language)) if coders else ""
    people = coders or list(material.plan.reviewers)
    yield "coders", "methods", _("By {names}.").format(names=listed(people, language)) if people else ""
    yield "quotations", "appendix", _("{n} quotations, each with its place.").format(n=n) if coders else ""
    yield "software", "methods", f"Benang {material.version}."
    yield (
        "data",
        "appendix",
        _(
            "The folder of the review has plan, exports, decisions and codings; evidence.json has what each number "
            "counts."
        ),
    )


def _on_results(material: Material, language: Language) -> _Facts:
    _, plan, findings = translator(language), material.plan, material.findings
    tables, figures = len(plan.tables), len(plan.charts)
    text = _("Tables: {tables}; figures: {figures}.")
    shown = text.format(tables=tables, figures=figures) if tables or figures else ""
    yield "display", "tables" if tables else "figures", shown
    has_codes = bool(findings.code_tables) and bool(findings.evidence.passages)
    yield "syntheses", "tables", _("Codes are counted by case, each number with its passages.") if has_codes else ""
    described = _("Years, sources, authors and countries of {n} works.").format(
        n=numeral(len(findings.corpus), language, 0)
    )
    yield "characteristics", "corpus", described if plan.report.corpus and len(findings.corpus) else ""
    cases = len(findings.case_rows)
    yield "case-results", "cases", _("{n} cases one by one.").format(n=numeral(cases, language, 0)) if cases else ""
    names = [one.form.label.text(language) for one in findings.appraisals if one.cells]
    yield "appraisal-results", "appraisal", _sentence(names, language)
    yield "frameworks", "frameworks", _("Cases are compared by framework.") if findings.framework_tables else ""
    associated = [one for one in plan.tables if one.kind == "association"]
    tests = _("Codes are compared with keywords, with permutation tests.")
    yield "associations", "methods", tests if associated else ""
    yield "association-results", "tables", tests if associated else ""
    yield "limits", "limits", _sentence((one.text(language).rstrip(".") for one in plan.report.limits), language)
