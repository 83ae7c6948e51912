"""Figures of a corpus: they show the numbers of their indicators, and texts stay legible in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from benang.figures.indicator_figures import plot_bradford, plot_lotka, plot_output
from benang.figures.indicator_rows import plot_countries, plot_keyword_years
from benang.figures.saving import figure_bytes
from benang.indicators.authors import lotka_fit
from benang.indicators.described import Description, describe
from benang.locale import Language
from benang.records.corpus import corpus_of
from benang.records.record import Record

Faults = Callable[[Figure], list[str]]
PLACES = ("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan", "Univ Bonn, Bonn, Germany", "NUS, Singapore")
WORDS = ("kota kembar", "paradiplomacy of provinces, districts and villages", "seni", "culture", "trade", "ASEAN")


def _corpus(n: int, *, first: int = 2000, years: int = 24, citations: bool = True) -> Description:
    """Make n records over some years, ever more of them, in sources of falling size."""
    return describe(
        corpus_of(
            Record(
                f"{at:04}",
                "article",
                authors=tuple(f"Author{chr(97 + (at * k) % 23)}, X." for k in range(1, 2 + at % 4)),
                year=first + int((at / n) ** 0.5 * years),
                source=f"Journal {int((at % 97) ** 0.6)}",
                citations=(at * 7) % 40 if citations else None,
                affiliations=tuple(PLACES[(at * k) % 4] for k in range(1, 2 + at % 2)),
                author_keywords=tuple(WORDS[(at * k) % 6] for k in range(1, 4)),
            )
            for at in range(n)
        )
    )


def _texts(figure: Figure) -> set[str]:
    return {text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize(("n", "years", "first"), [(3, 2, 2020), (60, 24, 2000), (900, 60, 1964), (40, 1, 2024)])
def test_texts_neither_touch_nor_are_cut(
    text_faults: Faults, n: int, years: int, first: int, language: Language
) -> None:
    """Three records or nine hundred, a year or sixty."""
    found = _corpus(n, first=first, years=years)
    made = found.indicators
    counts = {int(row.item): int(row.numbers["authors"].value) for row in made["lotka"].rows}
    figures = [
        plot_output(made["years"], last_full=first + years - 2, language=language),
        plot_bradford(found.source_counts, language=language),
        plot_lotka(counts, lotka_fit(counts), language=language),
        plot_countries(made["countries"], language=language),
        plot_keyword_years(made["keyword-years"], made["author-keywords"], language=language),
    ]

    assert [text_faults(figure) for figure in figures] == [[]] * len(figures)


def test_years_after_the_last_full_one_are_pale() -> None:
    """The bar of 2021 looks unlike those before, and the key says why."""
    records = [Record(f"{at}", year=year) for at, year in enumerate([2019, 2020, 2020, 2021])]
    figure = plot_output(describe(corpus_of(records)).indicators["years"], last_full=2020)

    bars = [bar for bar in figure.axes[1].patches if isinstance(bar, Rectangle)]
    assert [bar.get_height() for bar in bars] == [1, 2, 1]
    assert bars[0].get_facecolor() == bars[1].get_facecolor() != bars[2].get_facecolor()
    assert "years that may still be incomplete" in _texts(figure)


def test_citations_are_drawn_only_where_there_are_any() -> None:
    """A second panel of means, or none."""
    with_means, without = (
        plot_output(_corpus(30, citations=held).indicators["years"], last_full=2023) for held in (True, False)
    )

    assert [axes.get_label() for axes in with_means.axes] == ["page", "records", "citations"]
    assert [axes.get_label() for axes in without.axes] == ["page", "records"]


def test_bars_of_countries_are_parted_as_the_records_are() -> None:
    """Indonesia: one record alone and one shared, which is half."""
    records = [Record("a", affiliations=PLACES[:2]), Record("b", affiliations=PLACES[:1])]
    figure = plot_countries(describe(corpus_of(records)).indicators["countries"])

    bars = [bar.get_width() for bar in figure.axes[1].patches if isinstance(bar, Rectangle)]
    assert bars == [1, 1, 0, 1]
    assert {"2 (50% with other countries)", "1 (100% with other countries)"} <= _texts(figure)
    assert {"one country (SCP)", "several countries (MCP)"} <= _texts(figure)


def test_without_shared_records_the_key_of_countries_names_none() -> None:
    """The bars have one part, and so has the key."""
    records = [Record("a", affiliations=PLACES[:1])]
    texts = _texts(plot_countries(describe(corpus_of(records)).indicators["countries"]))

    assert "one country (SCP)" in texts
    assert "several countries (MCP)" not in texts


def test_rising_and_falling_keywords_are_marked() -> None:
    """One keyword takes the place of another over ten years."""
    rows = [
        Record(f"{at:03}", year=2010 + at // 10, author_keywords=("old" if at % 10 > at // 10 else "new",))
        for at in range(100)
    ]
    made = describe(corpus_of(rows)).indicators
    texts = _texts(plot_keyword_years(made["keyword-years"], made["author-keywords"]))

    assert {text[0] for text in texts if text[:1] in {"▲", "▼"}} == {"▲", "▼"}


def test_nothing_to_draw_is_said_in_a_sentence(text_faults: Faults) -> None:
    """An empty corpus gives figures that say so."""
    made = describe(corpus_of([])).indicators
    figures = [
        plot_output(made["years"]),
        plot_bradford(()),
        plot_lotka({}, None),
        plot_countries(made["countries"]),
        plot_keyword_years(made["keyword-years"], made["author-keywords"]),
    ]

    assert all(len(_texts(figure) - {""}) == 1 for figure in figures)
    assert [text_faults(figure) for figure in figures] == [[]] * len(figures)


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_the_same_figure_has_the_same_bytes(suffix: str) -> None:
    """Nothing in it tells the time."""
    one, other = (figure_bytes(plot_bradford((9, 4, 2, 1, 1, 1)), suffix) for _ in range(2))

    assert one == other
