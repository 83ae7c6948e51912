"""The corpus in figures, as sections: tables whose numbers open, with their notes, figures, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benang.evidence import Number
from benang.indicators import Description
from benang.indicators.indicator import Indicator
from benang.locale import Language
from benang.records.record import ASSIGNED
from benang.report import Block, Column, Paragraph, Section, Table, TableBody, TableRow
from benang.report.content import CorpusSection, FigureContent, figure_block
from benang.report.describing_words import Described, field_names
from benang.report.inline import NumberReference, Texts, anchor, plain
from benang.report.references import reference_list

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
        `benang.indicators.describe(corpus)`.
    language
        Of titles, headings, notes and numerals.
    figures
        `benang.report.describing_files.corpus_figures(description, language)`, or those of them that are wanted;
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
        "completeness": _("Data available in the records"),
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

    What is not known of a row is a dash; a year without a record of a keyword is an empty cell.
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
        "lotka": _("Records per author"),
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
    description = _("%(amount)s: %(what)s. Open the records") % {"amount": amount, "what": title.rstrip(".")}
    return NumberReference(number.id, value, anchor("n", number.id), description)


_EXPLAINED = ("h", "g", "m", "fractional", "normalized", "local", "trend", "multiplier", "so-far")


def absence(indicator: Indicator, description: Description, texts: Texts) -> str:
    """Say in a sentence why there is no table; empty if there is one."""
    _ = texts.gettext
    if indicator.rows:
        return ""
    if "references" in indicator.lacking and description.without_references:
        return _("References were left out on request.")
    if indicator.lacking:
        fields = plain(texts.listed([field_names(texts)[field].lower() for field in indicator.lacking]))
        text = _("Not available, because no record contains: %(fields)s. This does not mean that there are none.")
        return text % {"fields": fields}
    return _special_absence(indicator.name, texts)


def _special_absence(name: str, texts: Texts) -> str:
    _ = texts.gettext
    known: Mapping[str, str] = {
        "growth": _("Growth can be computed only from two full years with records."),
        "bradford": _("Zones need at least three sources that differ in their number of records."),
        "lotka-fit": _("The law is fitted only to ten or more authors, some of them with several records."),
        "country-pairs": _("No record names more than one country."),
        "local-citations": _("No record of the corpus cites another."),
        "cited-works": _("No record has been cited."),
        "keyword-years": _("No record has keywords and a year."),
    }
    return known.get(name, _("There is nothing to count."))


def notes(indicator: Indicator, texts: Texts) -> list[str]:
    """Return the notes below a table."""
    sentences = [*_reckoned(indicator, texts), *_special(indicator, texts)]
    _ = texts.gettext
    shown = len(indicator.rows)
    if indicator.n > shown:
        amounts = {"shown": texts.numeral(shown), "all": texts.numeral(indicator.n)}
        sentences.append(_("Shown: %(shown)s of %(all)s.") % amounts)
    if indicator.silent:
        n = texts.numeral(len(indicator.silent))
        sentences.append(_("Records without this information, not counted: %(n)s.") % {"n": n})
    if "citations" in indicator.lacking:
        sentences.append(_("No record gives its citations, so none are reported."))
    return sentences


def _reckoned(indicator: Indicator, texts: Texts) -> list[str]:
    """Explain the measures of a table that need it."""
    _ = texts.gettext
    words: Mapping[str, str] = {
        "h": _("h: the largest h for which h records have at least h citations each (Hirsch, 2005)."),
        "g": _(
            "g: the largest g for which the g most cited records together have at least g² citations (Egghe, 2006)."
        ),
        "m": _("m: h divided by the number of years from the first record to the last year of the corpus."),
        "fractional": _("Fractional: each record counts as 1 divided by the number of those who share it."),
        "normalized": _("Norm. citations: citations divided by the mean for the corpus's records of the same year."),
        "local": _("Local citations: records of this corpus that cite it."),
        "trend": _(
            "Trend: change over the years in the share of records with the keyword, as z (Cochran–Armitage "
            "test). Beyond ±1.96, it rises or falls more than chance explains; given for keywords in at least "
            "five records."
        ),
        "multiplier": _(
            "Each zone contains about a third of the records. The multiplier is the number of sources in a zone "
            "divided by that in the zone before; for all zones, it is the geometric mean."
        ),
        "so-far": _("Cumulative: records up to and including the year."),
    }
    return [words[one] for one in _EXPLAINED if one in indicator.measures]


def _special(indicator: Indicator, texts: Texts) -> list[str]:
    _ = texts.gettext
    known: Mapping[str, list[str]] = {
        "growth": [
            _(
                "The last year is left out unless it is marked as complete, because exports are made during it. "
                "The compound rate rests on two years alone; the fitted rate (Poisson regression) rests on all "
                "years from first to last, including those without records."
            )
        ],
        "lotka-fit": [
            _(
                "Fitted by maximum likelihood (Clauset, Shalizi and Newman, 2009). A distance above the critical "
                "value speaks against the law; a smaller one does not prove it."
            )
        ],
        "impact": [_("Citation counts are those of the databases at the time of export; databases count differently.")],
        "countries": [_("Each record counts in full for each of its countries, whoever the corresponding author is.")],
        "co-authorship": [
            _(
                "Collaboration index: Elango and Rajendran (2012). Collaborative coefficient: Ajiferuke, Burell "
                "and Tague (1988); 0 if every record has a single author."
            )
        ],
        "completeness": [_("All other numbers rest on the records that contain the field concerned.")],
    }
    return known.get(indicator.name, [])
