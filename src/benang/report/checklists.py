"""Checklists of reporting guidelines, filled in as far as a review's data allow; the rest is left to its authors.

What each item asks is in `checklists/*.toml`: its number, its topic and a hint in our own words, and the facts that
answer it. Numbers and topics are those of the guidelines; the statements themselves have to be read where they are
published. A fact says only what the review's files say, so that an item can be answered in part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

from benang.agreement.comparison import Agreement, coefficient
from benang.judgements.events import Stage
from benang.locale import Language, Translator, translator
from benang.locale.writing import counted, listed, numeral
from benang.project.toml_files import Checked, Label, read_toml
from benang.report import Column, Table, TableBody, TableRow
from benang.report.inline import Code, ExternalLink, Runs, anchor, fill, runs
from benang.review.plan import ChecklistName, Plan
from benang.screening.comparisons import agreement_of
from benang.screening.outcomes import Screening
from benang.screening.prisma_table import Flow, name_of
from benang.screening.protocol import stage_words
from benang.screening.searches import Search, Searches
from benang.synthesis.agreements import is_shown, raters
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
    """What the data say on an item, and the section of the report where to find it."""

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
        parts.setdefault(one.section, []).append(TableRow((one.id, one.topic, one.where or "–", _with_commands(text))))
    return Table(
        anchor("checklist", name),
        fill(_("Checklist %(name)s"), name=asked.title),
        tuple(map(Column, (_("Item"), _("Topic"), _("Where in the report"), _("What the data say")))),
        tuple(TableBody(tuple(rows), title) for title, rows in parts.items()),
        (fill(_("After %(source)s, %(link)s."), source=asked.source, link=ExternalLink(asked.url)), _note(_)),
    )


def _with_commands(text: str) -> Runs:
    """Set what stands between backticks as code."""
    return runs(*(Code(piece) if at % 2 else piece for at, piece in enumerate(text.split("`"))))


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
    parts = (_on_searches, _on_selection, _on_flow, _on_data, _on_coders, _on_results)
    known = (fact for part in parts for fact in part(material, language))
    return {name: Fact(text, section) for name, section, text in known if text}


_Facts = Iterator[tuple[str, str, str]]
"""The name of a fact, the section of the report where to find it, and its text."""


def _given(text: str, names: str | Iterable[str], language: Language) -> str:
    """Fill in the names of a text; it says nothing where there are none. Of very many names the first are given."""
    _, each = translator(language), [names] if isinstance(names, str) else list(dict.fromkeys(names))
    more = [_("{n} more").format(n=len(each) - _MANY)] if len(each) > _MANY else []
    named = "; ".join((*filter(None, each[:_MANY]), *more))
    return text.format(names=named) if named else ""


def _on_searches(material: Material, language: Language) -> _Facts:
    _, searches = translator(language), material.searches.searches
    databases = [one for one in searches if one.is_database]
    by_kind: Mapping[str, tuple[str, Collection[str]]] = {
        "sources": (_("Databases: {names}."), ("database",)),
        "registers": (_("Registers: {names}."), ("register",)),
        "browsing": (
            _("Websites, organisations and hand searches: {names}."),
            ("website", "organisation", "hand-search"),
        ),
        "citations": (_("Citation searching: {names}."), ("citations",)),
        "contacts": (_("Contacts: {names}."), ("contacts",)),
    }
    for name, (text, kinds) in by_kind.items():
        of = (one for one in searches if one.kind in kinds)
        yield (
            name,
            "searches",
            _given(text, (f"{one.name} ({one.platform})" if one.platform else one.name for one in of), language),
        )
    together = {
        of: dict.fromkeys(one.name for one in databases if one.platform == of)
        for of in {one.platform: 0 for one in databases}
    }
    shared = (f"{of}: {', '.join(names)}" for of, names in together.items() if of and len(names) > 1)
    yield "platforms", "searches", _given(_("On one platform: {names}."), shared, language)
    full, n = (
        _("The full query is given for {names} searches in databases and registers."),
        sum(bool(one.query) for one in databases),
    )
    yield "queries", "searches", _given(full, _("{n} of {all}").format(n=n, all=len(databases)) if n else "", language)
    fields: Mapping[str, tuple[str, Callable[[Search], str]]] = {
        "restrictions": (_("Limits: {names}."), lambda one: one.limits),
        "filters": (_("Search filters: {names}."), lambda one: one.filters),
        "prior-work": (_("Adapted from earlier reviews: {names}."), lambda one: one.prior_work),
        "peer-review": (_("Reviewed: {names}."), lambda one: str(one.peer_review)),
    }
    for name, (text, field) in fields.items():
        known = (f"{one.name}: {field(one)}" for one in databases if field(one))
        yield name, "searches", _given(text, known, language)
    dates = (f"{one.name} {one.date}" for one in searches if one.date)
    yield "dates", "searches", _given(_("Searched: {names}."), dates, language)
    again = (one.name for one in searches if one.earlier)
    yield "updates", "searches", _given(_("Run again: {names}."), again, language)


def _on_selection(material: Material, language: Language) -> _Facts:
    _, plan, screening = translator(language), material.plan, material.screening
    yield "question", "question", plan.question.text(language)
    included, excluded = (
        [one.text.text(language) for one in plan.criteria if one.kind == kind] for kind in ("include", "exclude")
    )
    texts = (_given(_("Included: {names}."), included, language), _given(_("Excluded: {names}."), excluded, language))
    yield "criteria", "selection", " ".join(filter(None, texts))
    if screening.has_begun:
        stages = (_stage(one, screening, language) for one in screening.outcomes if screening.readings[one].readers)
        by = {"automation": _("{rule} (automation)"), "other": "{rule}"}
        removed = (by[one.by].format(rule=one.text.text(language)) for one in plan.set_aside)
        rules = _given(_("Removed by rules before screening: {names}."), removed, language)
        yield "selection", "selection", " ".join(filter(None, (rules, *stages)))
        yield "agreement", "agreement", " ".join(_agreements(screening, language))


def _stage(stage: Stage, screening: Screening, language: Language) -> str:
    """Say how the records of a stage are read, by the plan."""
    _, plan = translator(language), screening.protocol.screening.of(stage)
    n = screening.protocol.readers(stage)
    readers = (
        counted("1 reviewer reads each record", "{n} reviewers read each record", n, language)
        if stage == "title-abstract"
        else counted("1 reviewer reads each report", "{n} reviewers read each report", n, language)
    ).format(n=n)
    apart = _("without seeing each other's decisions") if plan.blinded else _("seeing each other's decisions")
    rules = {
        "two-includes": _("all must agree, and a consensus settles what they disagree on"),
        "one-include": _("one include suffices"),
        "checked-exclusions": _("a second reviewer checks a share of the exclusions"),
    }
    parts = [
        readers,
        *([apart] if n > 1 else ()),
        *([rules[plan.rule]] if n > 1 or plan.rule == "checked-exclusions" else ()),
    ]
    if screening.protocol.screening.order == "priority":
        parts.append(_("the order is that of a classifier"))
    return f"{stage_words(stage, language).capitalize()}: {'; '.join(parts)}."


def _agreements(screening: Screening, language: Language) -> Iterator[str]:
    _ = translator(language)
    text = _("{one} and {other} agree on {share} of {n} records ({stage}; Cohen's kappa {kappa}).")
    for pair in agreement_of(screening):
        if pair.agreement.n:
            stage, _names, n, share, kappa = pair.cells(language)
            kappa = _("undefined") if pair.agreement.kappa is None else kappa
            yield text.format(one=pair.one, other=pair.other, share=share, n=n, stage=stage, kappa=kappa)


def _on_flow(material: Material, language: Language) -> _Facts:
    _, flow = translator(language), material.flow
    if flow is None:
        return
    amounts = {key: numeral(flow.value(key) + flow.value(_ALSO.get(key, "")), language, 0) for key in flow.boxes}
    studies = counted("%(n)s study", "%(n)s studies", flow.value("studies_included"), language)
    reports = counted("%(n)s report", "%(n)s reports", flow.value("reports_included"), language)
    text = _(
        "Records identified: {records_identified}; records screened: {records_screened}; reports assessed: "
        "{reports_assessed}; included: {studies} in {reports}."
    ).format_map(
        {
            **amounts,
            "studies": studies % {"n": amounts["studies_included"]},
            "reports": reports % {"n": amounts["reports_included"]},
        }
    )
    waiting = "" if flow.is_final else _("Not final yet: some records wait for a decision.")
    yield "flow", "selection", f"{text} {waiting}".rstrip()
    of = {key: _parts(key, flow, language) for key in ("reports_excluded", "database_results", "register_results")}
    yield "excluded", "selection", _given(_("Reports excluded: {names}."), of["reports_excluded"], language)
    by_source = (*of["database_results"], *of["register_results"])
    yield "totals", "selection", _given(_("Records: {names}."), by_source, language)
    is_less = flow.value("studies_included") < flow.value("reports_included")
    yield "studies", "selection", _("Reports of one study are counted as one.") if is_less else ""
    joined = _(
        "{names} duplicate records were joined by Benang, by identifiers and by likeness of title, authors, year and "
        "source."
    )
    n = flow.boxes["duplicates_removed"].number.value if "duplicates_removed" in flow.boxes else 0
    yield "duplicates", "selection", _given(joined, numeral(n, language, 0) if n else "", language)


_ALSO = {"reports_assessed": "other_assessed", "reports_excluded": "other_excluded"}
"""The boxes of other methods that belong to what is said of those of databases and registers."""


def _parts(key: str, flow: Flow, language: Language) -> list[str]:
    """Name the parts of a box and how many each has, with those that other methods gave."""
    keys = [key, *([_ALSO[key]] if key in _ALSO else [])]
    parts = {one.name: one for of in keys for one in flow.parts(of)}
    sums = {name: sum(flow.value(f"{of}/{name}") for of in keys) for name in parts}
    return [f"{name_of(one, flow, language)} ({numeral(sums[name], language, 0)})" for name, one in parts.items()]


def _on_data(material: Material, language: Language) -> _Facts:
    _, findings, book = translator(language), material.findings, material.findings.codebook
    extraction, appraisal = ([one for one in book.forms if one.kind == kind] for kind in ("extraction", "appraisal"))
    forms = (one.label.text(language) for one in extraction)
    yield "extraction", "methods", _given(_("Forms: {names}."), forms, language)
    tools = (text for one in appraisal for text in (one.label.text(language), one.source.text(language)) if text)
    yield "appraisal", "appraisal", _given(_("Appraised with: {names}."), tools, language)
    taken = {name for one in extraction for name in one.variables}
    variables = (one.label.text(language) for one in book.variables if one.id in taken)
    yield "variables", "methods", _given(_("Variables: {names}."), variables, language)
    codes = (one.label.text(language) for one in book.codes if one.is_usable)
    yield "codes", "methods", _given(_("Codes: {names}."), codes, language)
    coders = sorted({one.coder for one in findings.evidence.passages.values()})
    n = numeral(len(findings.coded.passages), language, 0)
    yield "coding", "methods", _given(_("{names} passages were coded."), n if coders else "", language)
    yield "coders", "methods", _given(_("Coded by {names}."), listed(coders, language), language)
    quoted = _("{names} quotations, each with its place.")
    yield "quotations", "appendix", _given(quoted, n if coders else "", language)
    yield "software", "methods", f"Benang {material.version}."
    text = _(
        "The review's folder has its plan, exports, decisions and codings; evidence.json says what each number counts."
    )
    yield "data", "appendix", text


def _on_coders(material: Material, language: Language) -> _Facts:
    """Say how far coders agree who judged the same: on codes, on data that they extracted, and on appraisals."""
    _ = translator(language)
    heads = {
        "code": ("coding-agreement", _("{coders} coded the same cases ({n}).")),
        "variable": ("extraction-agreement", _("{coders} gave values of the same cases ({n}).")),
        "appraisal": ("appraisal-agreement", _("{coders} appraised the same studies ({n}).")),
    }
    for kind, (name, head) in heads.items():
        compared = [
            one for one in material.findings.agreements if one.comparison.kind == kind and is_shown(one.comparison)
        ]
        units = {unit for one in compared for unit in one.comparison.ratings.compared}
        coders = sorted({coder for one in compared for coder in raters(one.comparison)})
        text = head.format(coders=listed(coders, language), n=numeral(len(units), language, 0))
        yield name, "agreement", f"{text} {_alphas(compared, language)}" if compared else ""


def _alphas(compared: Iterable[Agreement], language: Language) -> str:
    """Say between which values the alphas of what is compared are, as far as they are defined."""
    _ = translator(language)
    values = [one.value for agreement in compared if (one := coefficient(agreement, "alpha")) and one.value is not None]
    if not values:
        return _("Krippendorff's alpha is undefined.")
    low, middle, high = (numeral(one, language, 2) for one in (min(values), median(values), max(values)))
    if len(values) == 1:
        return _("Krippendorff's alpha is {value}.").format(value=low)
    text = _("Krippendorff's alpha of {n} comparisons is {low} to {high}, with a median of {middle}.")
    return text.format(n=numeral(len(values), language, 0), low=low, middle=middle, high=high)


def _on_results(material: Material, language: Language) -> _Facts:
    _, plan, findings = translator(language), material.plan, material.findings
    tables, figures = len(plan.tables), len(plan.charts)
    text = _("Tables: {tables}; figures: {figures}.").format(tables=tables, figures=figures)
    yield "display", "tables" if tables else "figures", text if tables or figures else ""
    has_codes = bool(findings.code_tables) and bool(findings.evidence.passages)
    yield "syntheses", "tables", _("Codes are counted by case, each number with its passages.") if has_codes else ""
    n = numeral(len(findings.corpus), language, 0) if plan.report.corpus and len(findings.corpus) else ""
    yield "characteristics", "corpus", _given(_("Years, sources, authors and countries of {names} works."), n, language)
    n = numeral(len(findings.case_rows), language, 0) if findings.case_rows else ""
    yield "case-results", "cases", _given(_("{names} cases, one by one."), n, language)
    appraised = (one.form.label.text(language) for one in findings.appraisals if one.cells)
    yield "appraisal-results", "appraisal", _given(_("Results of: {names}."), appraised, language)
    yield "frameworks", "frameworks", _("Cases are compared by framework.") if findings.framework_tables else ""
    tests = _("Codes are compared with keywords by permutation tests.")
    is_tested = any(one.kind == "association" for one in plan.tables)
    yield "associations", "methods", tests if is_tested else ""
    yield "association-results", "tables", tests if is_tested else ""
    yield "limits", "limits", " ".join(f"{one.text(language).rstrip('.')}." for one in plan.report.limits)
