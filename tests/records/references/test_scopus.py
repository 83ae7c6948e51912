"""Since 2023 Scopus names the first author of a cited work in full and no other; where none is sure, there is none."""

from __future__ import annotations

import pytest

from benang.records.references import parse_reference


@pytest.mark.parametrize(
    ("raw", "author", "title", "source", "numbers"),
    [
        (
            "Umpama, Ani, Night markets in a small town, Journal of Invented Studies, 12, 4, pp. 447-454, (2025)",
            "Umpama, Ani", "Night markets in a small town", "Journal of Invented Studies", ("12", "4", "447"),
        ),
        (
            "de las Umpama-Contoh, Ani M., Rents, permits and stalls, Cities, 90, (2019)",
            "de las Umpama-Contoh, Ani M.", "Rents, permits and stalls", "Cities", ("90", "", ""),
        ),
        (
            "al-Umpama, Budi Ahmad, What vendors want, Trade Review, 3, 2, pp. 1-9, (2020)",
            "al-Umpama, Budi Ahmad", "What vendors want", "Trade Review", ("3", "2", "1"),
        ),
        (
            "Misal, Sun Ho (Grace), Markets on screen, Trade Review, 51, 5, pp. 592-607, (2022)",
            "Misal, Sun Ho (Grace)", "Markets on screen", "Trade Review", ("51", "5", "592"),
        ),
        (
            "Basir, Siti Arni Binti, Stalls and their keepers, Trade Review, 33, 2, (2017)",
            "Basir, Siti Arni Binti", "Stalls and their keepers", "Trade Review", ("33", "2", ""),
        ),
        (
            "Rekaan, Rekaan, Night markets: new ways to sell, pp. 1-251, (2022)",
            "Rekaan, Rekaan", "", "Night markets: new ways to sell", ("", "", "1"),
        ),
        (
            "Teladan, The impact of rain on the takings of small stalls, Trade Review, 70, 1, (2023)",
            "Teladan", "The impact of rain on the takings of small stalls", "Trade Review", ("70", "1", ""),
        ),
        (
            "Contoh, Citra, Bitcoin, Trade Review, 59, 3, pp. 183-187, (2017)",
            "Contoh, Citra", "Bitcoin", "Trade Review", ("59", "3", "183"),
        ),
    ],
)  # fmt: skip
def test_the_first_author_is_named_in_full(
    raw: str, author: str, title: str, source: str, numbers: tuple[str, str, str]
) -> None:
    """Particles, hyphens, initials, nicknames, patronymics, a name said twice, one name alone, a title of one word."""
    cited = parse_reference(raw)
    assert cited.form == "Scopus"
    assert cited.authors == (author,)
    assert (cited.title, cited.source, (cited.volume, cited.issue, cited.page)) == (title, source, numbers)


@pytest.mark.parametrize(
    "raw",
    [
        "Journal of Invented Reviews, (2020)",
        "Money, (2018)",
        "Lessons Learned from Stalls, International Journal of Invented Trade, 18, 9, pp. 144-159, (2022)",
        "Islam, Modernity, Violence, and Everyday Life, pp. 1-213, (2018)",
        "Women, Entrepreneurship, and Society, Trade Review, 3, 1, pp. 1-9, (2020)",
        "Umpama, Contoh, Trade Review, 20, (1975)",
        "Umpama, Contoh, Misal, Fluid Phase Trade, 14, (1983)",
        "Umpama, Contoh, J. Inv. Trade Data, 31, (1986)",
        "Invented Research, Inc., Stalls of Today, Version 12.1, (2020)",
    ],
)
def test_what_is_no_author_is_none(raw: str) -> None:
    """A journal alone, a title without an author, lists, family names alone, abbreviated sources, companies."""
    assert parse_reference(raw).authors == ()


@pytest.mark.parametrize(
    ("behind", "title", "source", "volume"),
    [
        ("Stalls, rents and wages, Journal of Stalls: Trade, Market, and Society, 7, 1", "Stalls, rents and wages",
         "Journal of Stalls: Trade, Market, and Society", "7"),
        ("Stalls in rain, Journal of Invented Trade, Rents and Money, 54", "Stalls in rain",
         "Journal of Invented Trade, Rents and Money", "54"),
        ("How stalls support goals of towns in every region, Digital Stalls, Rents and Governance, 23, 3",
         "How stalls support goals of towns in every region", "Digital Stalls, Rents and Governance", "23"),
        ("Stalls: causes, effects, and remedies, pp. 1-9", "", "Stalls: causes, effects, and remedies", ""),
        ("Stalls in Rain, Trade Review (Institution of Trade, India), 36, 2", "Stalls in Rain",
         "Trade Review (Institution of Trade, India)", "36"),
        ("Stalls in rain, Proceedings - Invented Trade Conference, INVTRADE", "Stalls in rain",
         "Proceedings - Invented Trade Conference, INVTRADE", ""),
        ("Stalls in rain, Lecture Notes in Stalls, 1081 LNST, pp. 3-9", "Stalls in rain", "Lecture Notes in Stalls",
         "1081"),
        ("Stalls in rain, Trade in Tests, Part F3298, pp. 201-218", "Stalls in rain", "Trade in Tests", "Part F3298"),
        ("Stalls in rain, TRADE ONE, 16, 3 March 2021", "Stalls in rain", "TRADE ONE", "16"),
        ("Stalls in rain, Trade Review, 5, 3 Special Issue, pp. 216-227", "Stalls in rain", "Trade Review", "5"),
        ("Stalls in rain, Trade Review, in press", "Stalls in rain", "Trade Review", ""),
    ],
)  # fmt: skip
def test_a_source_is_told_with_its_commas(behind: str, title: str, source: str, volume: str) -> None:
    """Lists, brackets, meetings with their acronym, numbers of series, and issues that are months."""
    cited = parse_reference(f"Umpama, Ani, {behind}, (2020)")
    assert (cited.title, cited.source, cited.volume) == (title, source, volume)
