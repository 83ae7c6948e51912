"""Figures of a corpus: they show the numbers of their indicators, and texts stay legible in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from benang.evidence import Number, count
from benang.figures.indicator_figures import plot_bradford, plot_lotka, plot_output, plot_years
from benang.figures.indicator_rows import plot_countries, plot_keyword_years
from benang.figures.saving import figure_bytes
from benang.indicators import Description, describe
from benang.indicators.authors import lotka_fit
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


def _texts_in_order(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]


def _years(**counts: int) -> dict[int | None, Number]:
    return {
        None if key == "none" else int(key[1:]): count(key, map(str, range(value)), unit="studies")
        for key, value in counts.items()
    }


def test_years_between_are_shown_though_empty() -> None:
    """Records of 2015 and 2018 leave two years without a bar, named on the axis."""
    axes = plot_years(_years(y2015=2, y2018=1)).axes[0]

    heights = {
        round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in axes.patches if isinstance(bar, Rectangle)
    }
    assert heights == {2015: 2, 2016: 0, 2017: 0, 2018: 1}
    assert [one.get_text() for one in axes.get_xticklabels()] == ["2015", "2016", "2017", "2018"]


def test_records_without_a_year_stand_apart() -> None:
    """The bar without a year comes after a gap, and is named."""
    axes = plot_years(_years(y2015=2, y2016=1, none=3)).axes[0]

    apart = axes.patches[-1]
    assert isinstance(apart, Rectangle)
    assert round(apart.get_x() + apart.get_width() / 2) == 2018
    assert apart.get_height() == 3
    assert axes.get_xticklabels()[-1].get_text() == "no\nyear"


def test_records_that_tell_of_no_case_are_the_pale_part() -> None:
    """Of three records of 2015 two report a case: the bar is two dark and one pale, and the key says so."""
    figure = plot_years(_years(y2015=3, none=1), telling=_years(y2015=2, none=1))

    bars = [bar for bar in figure.axes[0].patches if isinstance(bar, Rectangle)]
    assert [(bar.get_y(), bar.get_height()) for bar in bars] == [(0, 2), (0, 1), (2, 1), (1, 0)]
    assert {"studies that report a case", "other records"} <= set(_texts_in_order(figure))


def test_where_all_records_report_a_case_the_key_names_no_others() -> None:
    """No bar has a pale part, so the key has none."""
    texts = _texts_in_order(plot_years(_years(y2015=3, none=1), telling=_years(y2015=3, none=1)))

    assert "studies that report a case" in texts
    assert "other records" not in texts


@pytest.mark.parametrize(
    "counts",
    [
        {"y2020": 1},
        {"none": 4},
        {"y1931": 1, "y2024": 12, "none": 2},
        {"y2000": 1500, "y2001": 3},
        {"y1600": 1, "y2024": 2},
        {f"y{year}": year - 1989 for year in range(1990, 2025)},
    ],
)
@pytest.mark.parametrize("language", ["en", "id"])
def test_years_near_and_far_apart_stay_legible(text_faults: Faults, counts: dict[str, int], language: Language) -> None:
    """One year, none, a century or four of them: ticks are whole years without overlap."""
    figure = plot_years(_years(**counts), language=language)

    assert text_faults(figure) == []
    assert all(float(tick).is_integer() for tick in figure.axes[0].get_yticks())


def test_values_stand_above_all_bars_or_above_none() -> None:
    """Values that would run into each other are left to the scale, all of them: a few alone would mislead."""
    close = plot_years(_years(**{f"y{year}": year - 1989 for year in range(1990, 2025)})).axes[0]
    apart = plot_years(_years(y1931=1, y2024=12, none=2)).axes[0]

    assert [one.get_text() for one in close.texts] == []
    assert [one.get_text() for one in apart.texts] == ["1", "12", "2"]


def test_first_and_last_year_are_named() -> None:
    """Where not every year has room for its name, the first and the last have, and round years between them."""
    axes = plot_years(_years(y1931=1, y2024=12, none=2)).axes[0]

    names = [one.get_text() for one in axes.get_xticklabels()]
    assert (names[0], names[-2], names[-1]) == ("1931", "2024", "no\nyear")
    assert {"1950", "2000"} <= set(names)


def test_no_records_gives_a_figure_that_says_so() -> None:
    """Without any record there is nothing to count, and the figure says that."""
    assert "There are no records to count by year." in _texts_in_order(plot_years({}))


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_years_drawn_twice_have_the_same_bytes(suffix: str) -> None:
    """The order of the mapping does not matter, nor does the day."""
    one, other = _years(y2015=2, y2016=1, none=3), _years(none=3, y2016=1, y2015=2)

    assert figure_bytes(plot_years(one), suffix) == figure_bytes(plot_years(other), suffix)
