"""The figures of a corpus, each as SVG with a caption and a text that says what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from matplotlib.figure import Figure

from benang.confinement import UNLINK, check_within
from benang.figures.country_bars import plot_countries
from benang.figures.indicator_figures import plot_bradford, plot_lotka, plot_output
from benang.figures.keyword_years import plot_keyword_years
from benang.figures.saving import figure_bytes
from benang.files import write_together
from benang.indicators.authors import lotka_fit
from benang.indicators.described import Description
from benang.locale import Language
from benang.looks.appearance import cut_label
from benang.report.content import FigureContent
from benang.report.describing_words import Described, country_name, written
from benang.report.texts import Texts

_SPOKEN = 80
"""Letters of a label that are read aloud; the table has it whole."""

Drawn = tuple[str, Figure, str, str]
"""Name, figure, caption, and what it shows in words."""


def corpus_figures(description: Description, language: Language) -> tuple[FigureContent, ...]:
    """Draw the figures that the corpus has something for.

    Their names: `corpus-years`, `corpus-bradford`, `corpus-lotka`, `corpus-countries`, `corpus-keywords`.
    """
    return tuple(
        FigureContent(name, figure_bytes(figure, ".svg").decode("utf-8"), None, caption, alt)
        for name, figure, caption, alt in drawn_figures(description, language)
    )


def write_corpus_figures(description: Description, language: Language, path: Path) -> list[Path]:
    """Write each figure into a file of its own: `out.png` becomes `out-years.png`, `out-bradford.png`, and so on.

    Returns
    -------
    list
        The files, none half-written: all of them replace what stood there at one stroke.
    """
    files = {
        path.with_name(f"{path.stem}-{name.removeprefix('corpus-')}{path.suffix}"): figure_bytes(
            figure, path.suffix, where=str(path)
        )
        for name, figure, _caption, _alt in drawn_figures(description, language)
    }
    check_within(path.parent, files, way_on=UNLINK)
    write_together(files)
    return list(files)


def drawn_figures(description: Description, language: Language) -> Iterator[Drawn]:
    """Draw one figure after the other."""
    makers: tuple[Callable[[Description, Texts], Drawn | None], ...] = (
        _years,
        _bradford,
        _lotka,
        _countries,
        _keywords,
    )
    for make in makers:
        made = make(description, Texts(language))
        if made:
            yield made


def _years(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    years, growth = description.indicators["years"], description.indicators["growth"]
    if not years.rows:
        return None
    last = next((int(row.numbers["value"].value) for row in growth.rows if row.item == "last"), None)
    most = max(years.rows, key=lambda row: row.numbers["records"].value)
    alt = _("Bars of records from %(first)s to %(last)s; most in %(year)s: %(n)s.") % {
        "first": years.rows[0].item,
        "last": years.rows[-1].item,
        "year": most.item,
        "n": written(most.numbers["records"], texts),
    }
    has_means = "mean" in years.measures
    caption = (
        _("Records by year of publication, and citations per record.")
        if has_means
        else _("Records by year of publication.")
    )
    return "corpus-years", plot_output(years, last_full=last, language=texts.language), caption, alt


def _bradford(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    zones = description.indicators["bradford"]
    if not zones.rows:
        return None
    told = "; ".join(
        _("zone %(zone)s: %(sources)s sources with %(records)s records")
        % {
            "zone": at,
            "sources": written(row.numbers["sources"], texts),
            "records": written(row.numbers["records"], texts),
        }
        for at, row in enumerate(zones.rows[:3], 1)
    )
    caption = _("Bradford's curve: the records of the most productive sources together, with the three zones.")
    alt = _("Rising curve in three zones. %(zones)s.") % {"zones": told}
    return "corpus-bradford", plot_bradford(description.source_counts, language=texts.language), caption, alt


def _lotka(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    rows = description.indicators["lotka"].rows
    if len(rows) < 2:
        return None
    counts = {int(row.item): int(row.numbers["authors"].value) for row in rows}
    fit = lotka_fit(counts)
    caption = _("Author productivity: authors by number of records, and Lotka's law fitted to them.")
    alt = _("Falling points from %(first)s authors with %(least)s record to %(last)s with %(most)s.") % {
        "first": texts.numeral(counts[min(counts)]),
        "least": texts.numeral(min(counts)),
        "last": texts.numeral(counts[max(counts)]),
        "most": texts.numeral(max(counts)),
    }
    return "corpus-lotka", plot_lotka(counts, fit, language=texts.language), caption, alt


def _countries(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    countries = description.indicators["countries"]
    if not countries.rows:
        return None
    names = {row.item: country_name(row.item, texts.language) for row in countries.rows}
    told = "; ".join(
        f"{names[row.item]} {written(row.numbers['records'], texts)}, {written(row.numbers['multiple-share'], texts)}"
        for row in countries.rows[:5]
    )
    caption = _("Records by country: of one country alone (SCP), and with others (MCP).")
    alt = _("Bars of countries by records. First, with the share written with others: %(told)s.") % {"told": told}
    return "corpus-countries", plot_countries(countries, language=texts.language, names=names), caption, alt


def _keywords(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    years = description.indicators["keyword-years"]
    if not years.rows:
        return None
    kind = "author-keywords" if description.indicators["author-keywords"].rows else "index-keywords"
    trends = description.indicators[kind]
    words = Described(texts, {})
    caption = _("%(kind)s by year, the most frequent first.") % {"kind": words.title(kind)}
    alt = _("Table of colours: keywords by year. Most frequent: %(told)s.") % {
        "told": "; ".join(cut_label(row.label, _SPOKEN) for row in years.rows[:5])
    }
    return "corpus-keywords", plot_keyword_years(years, trends, language=texts.language), caption, alt
