"""Titles and sources have commas of their own; where one ends and the other begins is told by how sources are named."""

from __future__ import annotations

import pytest

from benang.records.references.parsing import parse_reference


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
