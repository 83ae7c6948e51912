"""The corpus in figures, as parts of a page: tables whose numbers open, figures, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from benang.evidence import Number
from benang.indicators.described import Description
from benang.indicators.indicator import Indicator
from benang.locale import Language
from benang.records.record import ASSIGNED
from benang.report.content import FigureContent
from benang.report.describing_notes import absence, notes
from benang.report.describing_words import Described
from benang.report.opened import anchor
from benang.report.references import reference_list
from benang.report.tables import Body, Column, Row, Table
from benang.report.texts import Texts, fill

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


@dataclass(frozen=True, slots=True)
class CorpusPart:
    """A part: its title, what is said of it, and its figures and tables; tables are numbered by the page."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    figures: tuple[FigureContent, ...]
    tables: tuple[Table, ...]

    @property
    def anchor(self) -> str:
        """Where the contents link to."""
        return f"part-corpus-{self.name}"


@dataclass(frozen=True)
class CorpusSection:
    """The corpus in figures. `numbers` are those printed in it, by id; `titles` say in a few words what each is of."""

    parts: tuple[CorpusPart, ...]
    numbers: Mapping[str, Number]
    titles: Mapping[str, str]


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
) -> CorpusPart:
    held = [description.indicators[one] for one in names]
    missing = [(one, absence(one, description, words.texts)) for one in held]
    said = tuple(fill("%(title)s: %(why)s", title=words.title(one.name), why=why) for one, why in missing if why)
    if name == "keywords" and ASSIGNED in description.corpus.origins_of("author_keywords"):
        said = (fill(words.texts.gettext("The keywords were assigned for this review.")), *said)
    return CorpusPart(
        name,
        part_titles(words.texts)[name],
        said,
        tuple(figure for figure in drawn if figure.name in FIGURES[name]),
        tuple(indicator_table(one, words) for one in held if one.rows),
    )


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
    empty = Markup() if indicator.name == "keyword-years" else Markup("–")
    body = Body(
        tuple(
            Row(
                (
                    words.row(indicator, row),
                    *(
                        opened_as(row.numbers[one], words.number(indicator, row, one), words)
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


def opened_as(number: Number, title: str, words: Described) -> Markup:
    """Return a number as a link to what it rests on; the element's text is its value, `data-number` its id."""
    _ = words.texts.gettext
    value = words.value(number)
    amount = f"{value} {words.unit(number)}".rstrip()
    described = fill(_("%(amount)s: %(what)s. Open the records"), amount=amount, what=title)
    return Markup('<a class="number" href="#{}" data-number="{}" aria-label="{}">{}</a>').format(
        anchor("n", number.id), number.id, described, value
    )
