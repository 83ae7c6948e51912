"""The corpus in figures, as parts of a page: tables whose numbers open, figures, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benang.evidence import Number
from benang.indicators.described import Description
from benang.indicators.indicator import Indicator
from benang.locale import Language
from benang.records.record import ASSIGNED
from benang.report.blocks import (
    Block,
    Column,
    NumberReference,
    Paragraph,
    Section,
    Table,
    TableBody,
    TableRow,
    anchor,
)
from benang.report.content import CorpusSection, FigureContent, figure_block
from benang.report.describing_notes import absence, notes
from benang.report.describing_words import Described
from benang.report.references import reference_list
from benang.report.texts import Texts

PARTS: Mapping[str, tuple[str, ...]] = {
    "overview": ("overview",),
    "years": ("growth", "years"),
    "sources": ("sources", "bradford"),
    "authors": ("authors", "co-authorship", "lotka-fit", "lotka"),
    "places": ("organizations", "countries", "country-pairs"),
    "citations": ("impact", "cited-works", "local-citations", "cited-references"),
    "keywords": ("author-keywords", "index-keywords", "keyword-years"),
    "kinds": ("types", "languages"),
    "completeness": ("completeness",),
}
"""The parts of the section and the indicators in each, in their order."""


def corpus_section(
    description: Description,
    language: Language,
    *,
    figures: Iterable[FigureContent] = (),
    cited: Mapping[str, str] | None = None,
) -> CorpusSection:
    """Put the description of a corpus into parts of a page.

    Parameters
    ----------
    description
        `benang.indicators.described.describe(corpus)`.
    language
        Of titles, headings, notes and numerals.
    figures
        `benang.report.describing_figures.corpus_figures(description, language)`, or those of them that are wanted;
        each goes to the part that its name begins with (`corpus-years`, …).
    cited
        How each record is cited, by key; reckoned from the corpus where None.

    Returns
    -------
    CorpusSection
        Every number in its tables is a link to `#n-ID` (`opened.anchor("n", id)`); whoever makes the page has to put
        `numbers` there, with `titles`, as the appendix of a report does with those of `evidence`.
    """
    texts = Texts(language)
    if cited is None:
        cited = {one.key: one.cited for one in reference_list(description.corpus.records, texts)}
    words = Described(texts, cited)
    drawn = tuple(figures)
    parts = tuple(_part(name, names, description, words, drawn) for name, names in PARTS.items())
    titles = {
        number.id: words.number(indicator, row, measure)
        for indicator in description.indicators.values()
        for row in indicator.rows
        for measure, number in row.numbers.items()
    }
    return CorpusSection(parts, description.numbers, titles)


def part_titles(texts: Texts) -> Mapping[str, str]:
    """Return what the parts are called."""
    _ = texts.gettext
    return {
        "overview": _("The corpus at a glance"),
        "years": _("Records over the years"),
        "sources": _("Sources"),
        "authors": _("Authors"),
        "places": _("Organisations and countries"),
        "citations": _("Citations"),
        "keywords": _("Keywords"),
        "kinds": _("Document types and languages"),
        "completeness": _("What the records carry"),
    }


def _part(
    name: str, names: Sequence[str], description: Description, words: Described, drawn: Sequence[FigureContent]
) -> Section:
    indicators = [description.indicators[one] for one in names]
    missing = [(one, absence(one, description, words.texts)) for one in indicators]
    absences = [f"{words.title(one.name)}: {why}" for one, why in missing if why]
    if name == "keywords" and ASSIGNED in description.corpus.origins_of("author_keywords"):
        absences.insert(0, words.texts.gettext("The keywords were assigned for this review."))
    blocks: list[Block] = [Paragraph(text, "absent") for text in absences]
    blocks += [figure_block(figure) for figure in drawn if figure.name in FIGURES[name]]
    blocks += [indicator_table(one, words) for one in indicators if one.rows]
    return Section(f"corpus-{name}", part_titles(words.texts)[name], tuple(blocks), "corpus figures")


FIGURES: Mapping[str, tuple[str, ...]] = dict.fromkeys(PARTS, ()) | {
    "years": ("corpus-years",),
    "sources": ("corpus-bradford",),
    "authors": ("corpus-lotka",),
    "places": ("corpus-countries",),
    "keywords": ("corpus-keywords",),
}
"""The names of the figures that go with each part."""


def indicator_table(indicator: Indicator, words: Described) -> Table:
    """Return an indicator as a table whose numbers open.

    What can't be told of a row is a dash; a year without a record of a keyword is an empty cell.
    """
    _ = words.texts.gettext
    columns = (
        Column(_heading(indicator, words)),
        *(Column(words.measure(one), is_number=True) for one in indicator.measures),
    )
    empty = "" if indicator.name == "keyword-years" else "–"
    body = TableBody(
        tuple(
            TableRow(
                (
                    words.row(indicator, row),
                    *(
                        _opened(row.numbers[one], words.number(indicator, row, one), words)
                        if one in row.numbers
                        else empty
                        for one in indicator.measures
                    ),
                )
            )
            for row in indicator.rows
        )
    )
    kind = "indicator" + (" narrow" if len(columns) <= 3 else "") + (" by-year" if not empty else "")
    return Table(
        anchor("table", f"corpus/{indicator.name}"),
        words.title(indicator.name),
        columns,
        (body,),
        tuple(notes(indicator, words.texts)),
        kind,
    )


def _heading(indicator: Indicator, words: Described) -> str:
    _ = words.texts.gettext
    known = {
        "years": _("Year"),
        "types": _("Document type"),
        "languages": _("Language"),
        "sources": _("Source"),
        "bradford": _("Zone"),
        "authors": _("Author"),
        "lotka": _("Records of an author"),
        "organizations": _("Organisation"),
        "countries": _("Country"),
        "country-pairs": _("Countries"),
        "cited-works": _("Record"),
        "local-citations": _("Record"),
        "cited-references": _("Reference"),
        "author-keywords": _("Keyword"),
        "index-keywords": _("Keyword"),
        "keyword-years": _("Keyword"),
        "completeness": _("Field"),
    }
    return known.get(indicator.name, _("Measure"))


def _opened(number: Number, title: str, words: Described) -> NumberReference:
    """Return a number as a link to the records that it rests on."""
    _ = words.texts.gettext
    value = words.value(number)
    amount = f"{value} {words.unit(number)}".rstrip()
    description = _("%(amount)s: %(what)s. Open the records") % {"amount": amount, "what": title}
    return NumberReference(number.id, value, anchor("n", number.id), description)
