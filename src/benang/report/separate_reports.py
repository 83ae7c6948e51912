"""The description of a corpus as a separate report: its parts, its records, and the records behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from benang.evidence import Number
from benang.indicators.described import Description
from benang.locale import Language
from benang.records.record import Ledger, Record
from benang.report.appendix import numbers_group, same_evidence
from benang.report.blocks import (
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
from benang.report.inline import Citation, Link, Runs, Texts, anchor, joined
from benang.report.references import Reference, reference_list
from benang.report.sections import numbered


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
        `benang.indicators.described.describe(corpus)`.
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
        TableRow((one.path, one.format, *(texts.numeral(n) for n in (one.found, one.read, len(one.set_aside)))))
        for one in ledger.files
    )
    return [Table("table-reading", _("Files read"), columns, (TableBody(rows),), (), "indicator")]


NAMED = 40
"""Records that a number names one by one; of more it gives their places in the list of records, as ranges."""


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
