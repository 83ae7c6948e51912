"""Reports of their own: the description of a corpus, and a codebook as the coding guide in the appendix of a thesis.

A description has its parts, its records, and the records behind each number. A codebook, also as Markdown, has for each
code its definition, its rule and an anchor example, in a table, as Mayring (2014, *Qualitative Content Analysis*,
section 6.5) has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from benang.coding.codebook import Code, Codebook, Group
from benang.coding.labels import Branch, code_colours, code_tree
from benang.evidence import Number
from benang.indicators import Description
from benang.locale import Language
from benang.records.record import Ledger, Record
from benang.report import (
    Block,
    Column,
    EvidenceEntry,
    EvidenceNumber,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Report,
    Section,
    Table,
    TableBody,
    TableRow,
)
from benang.report.content import CorpusSection, FigureContent
from benang.report.describing import corpus_section
from benang.report.describing_words import Described
from benang.report.inline import (
    Break,
    Citation,
    Emphasis,
    Inline,
    Link,
    Runs,
    Span,
    Swatch,
    Texts,
    anchor,
    joined,
    runs,
)
from benang.report.opened import numbers_group, same_evidence
from benang.report.references import Reference, reference_list
from benang.report.sections import numbered

NAMED = 40
"""Records that a number names one by one; of more it gives their places in the list of records, as ranges."""


@dataclass(frozen=True)
class CodebookContent:
    """The content of a codebook's page: the codes, and by the id of each how many passages and cases carry it.

    `kept` is how this version is called; `version` is that of Benang. `examples` have, by code, a passage and where it
    is from; of a code that has an anchor example, that one.
    """

    codebook: Codebook
    passages: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    kept: str = ""
    version: str = ""
    cases: Mapping[str, int] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def example(self, code: Code) -> tuple[str, str]:
        """Return an example of a code and where it is from, as far as there is one and that is known."""
        quote, source = self.examples.get(code.id, ("", ""))
        return (code.example or quote, source)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that have codes."""
        return tuple(one for one in self.codebook.groups if code_tree(self.codebook, one.id))


def codebook_report(content: CodebookContent, language: Language) -> Report:
    """Return a codebook as a report, for any renderer: a section with a table for each group of codes."""
    texts = Texts(language)
    _ = texts.gettext
    colours = code_colours(content.codebook)
    sections = [_section(group, content, colours, texts) for group in content.groups]
    if not sections:
        sections = [Section("codes", _("Codes"), (Paragraph(_("The codebook has no codes yet."), "absent"),))]
    colophon = _("Made by Benang %(version)s. The same files give the same page, byte for byte.")
    return Report(
        language=language,
        title=_("Codebook"),
        sections=numbered(sections),
        on_numbers="",
        opened_title=_("Codebook"),
        colophon=(colophon % {"version": content.version},),
        byline=content.title,
        date=_byline(content, texts),
        description=content.title,
        version=content.version,
    )


def _byline(content: CodebookContent, texts: Texts) -> str:
    _ = texts.gettext
    codes = sum(not one.heading for one in content.codebook.codes)
    return _("Version %(version)s, with %(n)s codes.") % {"version": content.kept, "n": texts.numeral(codes)}


def _section(group: Group, content: CodebookContent, colours: Mapping[str, str], texts: Texts) -> Section:
    _ = texts.gettext
    bodies = tuple(_bodies((), code_tree(content.codebook, group.id), content, colours, texts))
    columns = (
        Column(_("Code")), Column(_("Definition")), Column(_("Coding rule")), Column(_("Anchor example")),
        Column(_("Passages"), is_number=True), Column(_("Cases"), is_number=True),
    )  # fmt: skip
    rows = [row for body in bodies for row in body.rows]
    shown = [at for at, _column in enumerate(columns) if at == 0 or any(row.cells[at] for row in rows)]
    kept = tuple(
        TableBody(tuple(TableRow(tuple(row.cells[at] for at in shown), row.anchor) for row in body.rows), body.title)
        for body in bodies
    )
    label = texts.label(group.label)
    caption = _("Codes of the group “%(group)s”.") % {"group": label}
    table = Table(
        anchor("table", group.id), caption, tuple(columns[at] for at in shown), kept, _notes(group, content, texts),
        "codebook",
    )  # fmt: skip
    return Section(group.id, label, (table,), "codebook")


def _notes(group: Group, content: CodebookContent, texts: Texts) -> tuple[Inline, ...]:
    """Explain the headings, which have no row, below the table."""
    headings = [one for one in content.codebook.codes if one.group == group.id and one.heading and one.definition]
    notes: list[Inline] = [runs(Emphasis(texts.label(one.label)), ": ", one.definition) for one in headings]
    own = [one for one in content.codebook.codes if one.group == group.id and not one.example]
    if any(one.id in content.examples for one in own):
        _ = texts.gettext
        notes.append(_("Of codes without an anchor example, a passage that was coded with them is quoted."))
    return tuple(notes)


def _bodies(
    above: tuple[Code, ...],
    branches: tuple[Branch, ...],
    content: CodebookContent,
    colours: Mapping[str, str],
    texts: Texts,
) -> Iterator[TableBody]:
    """Give the codes of a heading as the body of a table, side by side of the group; then those of headings below."""
    codes = [one.code for one in branches if not one.code.heading]
    swatch = colours.get(above[-1].id) if above else None
    group = branches[0].code.group if branches else ""
    for side, some in content.codebook.by_side(group, codes, lambda code: code):
        labels = [texts.label(one.label) for one in (*above, *((side,) if side else ()))]
        title = runs(*((Swatch(swatch),) if swatch else ()), " › ".join(labels))
        yield TableBody(tuple(_row(one, content, colours, texts) for one in some), title)
    for one in branches:
        if one.code.heading:
            yield from _bodies((*above, one.code), one.under, content, colours, texts)


def _row(code: Code, content: CodebookContent, colours: Mapping[str, str], texts: Texts) -> TableRow:
    _ = texts.gettext
    name = runs(Swatch(colours[code.id]), texts.label(code.label))
    if code.retired:
        name = runs(name, " ", Span(_state(code, content.codebook, texts), "remark"))
    rules = [runs(Emphasis(word), f" {text}") for word, text in _rules(code, texts)]
    passages = texts.numeral(content.passages.get(code.id, 0))
    cases = texts.numeral(content.cases.get(code.id, 0)) if content.cases else ""
    cells = (name, code.definition, joined(Break(), rules), _quoted(*content.example(code)), passages, cases)
    return TableRow(cells, anchor("code", code.id))


def _quoted(quote: str, source: str) -> str:
    return f"“{quote}” ({source})" if quote and source else f"“{quote}”" if quote else ""


def _rules(code: Code, texts: Texts) -> list[tuple[str, str]]:
    _ = texts.gettext
    return [(word, text) for word, text in ((_("For:"), code.include), (_("Not for:"), code.exclude)) if text.strip()]


def _state(code: Code, codebook: Codebook, texts: Texts) -> str:
    """Say of a code that is retired what became of it."""
    _ = texts.gettext
    if not code.split_into:
        return _("retired")
    labels = [texts.label(part.label) for one in code.split_into if (part := codebook.code(one))]
    return _("split into %(codes)s") % {"codes": ", ".join(labels)}


def codebook_markdown(content: CodebookContent, language: Language) -> str:
    """Return a codebook as Markdown: a heading for each group, heading and code."""
    texts = Texts(language)
    _ = texts.gettext
    lines = [f"# {_('Codebook')}", "", *([_plain(content.title), ""] if content.title else [])]
    lines += [_byline(content, texts), ""]
    for group in content.groups:
        lines += [f"## {_plain(texts.label(group.label))}", ""]
        lines += _markdown(code_tree(content.codebook, group.id), 3, content, texts)
    if not content.groups:
        lines.append(_("The codebook has no codes yet."))
    return "\n".join(lines).rstrip() + "\n"


def _markdown(branches: tuple[Branch, ...], level: int, content: CodebookContent, texts: Texts) -> Iterator[str]:
    _ = texts.gettext
    for branch in branches:
        code = branch.code
        yield from (f"{'#' * min(level, 6)} {_plain(texts.label(code.label))}", "")
        if code.definition:
            yield from (_plain(code.definition), "")
        facts = [(word, _plain(text)) for word, text in _rules(code, texts)]
        quote, source = map(_plain, content.example(code))
        facts += [(_("Anchor example:") if code.example else _("Passage:"), _quoted(quote, source))] if quote else []
        if not code.heading:
            facts.append((_("Passages:"), texts.numeral(content.passages.get(code.id, 0))))
            facts += [(_("Cases:"), texts.numeral(content.cases.get(code.id, 0)))] if content.cases else []
        yield from (f"- *{word}* {text}" for word, text in facts)
        if code.retired:
            yield f"- {_plain(_state(code, content.codebook, texts))}"
        if facts:
            yield ""
        yield from _markdown(branch.under, level + 1, content, texts)


def _plain(text: str) -> str:
    """Return a text in one line in which nothing is markup of Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", " ".join(text.split()))


def description_blocks(
    description: Description,
    language: Language,
    *,
    figures: Sequence[FigureContent] = (),
    title: str = "",
    version: str = "",
) -> Report:
    """Return the corpus in figures as a report, for any renderer.

    Parameters
    ----------
    description
        `benang.indicators.describe(corpus)`.
    language
        Of all fixed texts and numerals.
    figures
        `corpus_figures(description, language)`; none are shown where left out.
    title
        Of the report; `The corpus in figures` where empty.
    version
        Of Benang, for the foot of the page.

    Returns
    -------
    Report
        Every number is a link to the records behind it, which are listed at the end. The same description gives the
        same blocks.
    """
    texts = Texts(language)
    _ = texts.gettext
    references = reference_list(description.corpus.records, texts)
    listed = record_list(description.corpus.records, references)
    section = corpus_section(description, language, figures=figures, cited=listed.cited)
    records = Section("records", _("Records"), (*_files_read(description.corpus.ledger, texts), *listed.blocks(texts)))
    appendix = _appendix(description, section, listed, Described(texts, listed.cited))
    colophon = _("Made by Benang %(version)s. The same files give the same page, byte for byte.")
    return Report(
        language=language,
        title=title or _("The corpus in figures"),
        sections=numbered((*section.parts, records, appendix)),
        on_numbers=_(
            "A number in this colour opens the records behind it. In print, or without scripts, they are listed "
            "in the appendix."
        ),
        opened_title=_("Records"),
        colophon=(colophon % {"version": version},),
        byline=" ".join(filter(None, (_what_was_read(description, texts), _names_joined(description, texts)))),
        version=version,
    )


def _appendix(description: Description, section: CorpusSection, listed: RecordList, words: Described) -> Section:
    """Return every number with the records behind it, indicator by indicator."""
    _ = words.texts.gettext
    note = _("Numbers in brackets, and ranges of them, are positions in the list of records above.")
    chapters = {
        words.title(one.name): [
            _entry(same, section, listed, words) for row in one.rows for same in same_evidence(row.numbers.values())
        ]
        for one in description.indicators.values()
        if one.rows
    }
    title = _("Appendix: every number and its records")
    return Section("appendix", title, (Paragraph(note, "note"), numbers_group(chapters)))


def _entry(numbers: Sequence[Number], section: CorpusSection, listed: RecordList, words: Described) -> EvidenceEntry:
    _ = words.texts.gettext
    shown = tuple(
        EvidenceNumber(one.id, anchor("n", one.id), section.titles[one.id], words.value(one), words.unit(one))
        for one in numbers
    )
    return EvidenceEntry(shown, listed.shown(numbers[0].of) or _("No record."))


def _what_was_read(description: Description, texts: Texts) -> str:
    """Say how many records the numbers are of, and how many were joined."""
    _ = texts.gettext
    works, read = len(description.corpus), description.corpus.ledger.read
    if read and read != works:
        text = _("The files contain %(read)s records of %(works)s works; each work is counted once.")
        return text % {"read": texts.numeral(read), "works": texts.numeral(works)}
    return _("The files contain %(read)s records.") % {"read": texts.numeral(works)}


def _names_joined(description: Description, texts: Texts) -> str:
    """Say which thesaurus joined names, so that a reader can look it up."""
    text = texts.gettext("Variants of names were joined, and names left out, as listed in %(file)s.")
    return text % {"file": description.thesaurus} if description.thesaurus else ""


def _files_read(ledger: Ledger, texts: Texts) -> list[Table]:
    _ = texts.gettext
    if not ledger.files:
        return []
    columns = (
        Column(_("File")),
        Column(_("Format")),
        Column(_("Found"), is_number=True),
        Column(_("Read"), is_number=True),
        Column(_("Set aside"), is_number=True),
    )
    rows = tuple(
        TableRow((one.path, _(one.format), *(texts.numeral(n) for n in (one.found, one.read, len(one.set_aside)))))
        for one in ledger.files
    )
    return [Table("table-reading", _("Files read"), columns, (TableBody(rows),), (), "indicator")]


@dataclass(frozen=True)
class RecordList:
    """The references by year and, within a year, in their order, those without a year last.

    `places` are theirs in the list from 1, by key, and `cited` is how each is cited.
    """

    years: Mapping[str, tuple[Reference, ...]]
    places: Mapping[str, int]
    cited: Mapping[str, str]

    def shown(self, keys: Sequence[str]) -> Runs:
        """Return links to some records: a few are cited one by one, more as ranges of positions."""
        at = sorted(self.places[key] for key in keys)
        if len(at) > NAMED:
            return joined(", ", (_range(first, last) for first, last in ranges(at)))
        by_place = {self.places[key]: key for key in keys}
        return joined("; ", (self._citation(by_place[place], place) for place in at))

    def _citation(self, key: str, place: int) -> Citation:
        return Citation(key, f"[{place}] {self.cited[key]}", _anchor(place))

    def blocks(self, texts: Texts) -> tuple[Block, ...]:
        """Return the list, with a heading for each year."""
        _ = texts.gettext
        return tuple(
            block
            for year, references in self.years.items()
            for block in (Heading(year or _("Without a year")), ItemList(self._items(references), "references"))
        )

    def _items(self, references: Sequence[Reference]) -> tuple[Item, ...]:
        places = ((self.places[one.key], one.entry) for one in references)
        return tuple(Item(entry, _anchor(place), f"[{place}]") for place, entry in places)


def _anchor(place: int) -> str:
    return f"r{place}"


def ranges(places: Iterable[int]) -> list[tuple[int, int]]:
    """Return rising whole numbers as ranges without gaps.

    Examples
    --------
    >>> ranges([1, 2, 3, 7, 9, 10])
    [(1, 3), (7, 7), (9, 10)]
    """
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and spans[-1][1] == place - 1:
            spans[-1] = (spans[-1][0], place)
        else:
            spans.append((place, place))
    return spans


def _range(first: int, last: int) -> Link:
    return Link(str(first) if first == last else f"{first}–{last}", _anchor(first))


def record_list(records: Iterable[Record], references: Sequence[Reference]) -> RecordList:
    """Return the records numbered by year, in the order of their references, those without a year last."""
    years = {record.key: record.year for record in records}
    ordered = sorted(references, key=lambda one: (years[one.key] is None, years[one.key] or 0))
    return RecordList(
        {str(year or ""): tuple(same) for year, same in groupby(ordered, key=lambda one: years[one.key])},
        {one.key: place for place, one in enumerate(ordered, 1)},
        {one.key: one.cited for one in references},
    )
