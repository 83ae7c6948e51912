"""References of Dimensions are read from both ends, not by counting fields."""

from __future__ import annotations

import pytest

from benang.records.references.parsing import parse_reference

ID = "dimensions:pub.1000000009"


@pytest.mark.parametrize(
    ("raw", "authors", "title", "source", "year", "volume", "page"),
    [
        ("[Umpama, A.; Contoh, B.]|[ur.1; ur.2]|J Places|2001|3|1|1-9|10.9999/z|pub.1000000009|12",
         ("Umpama, A.", "Contoh, B."), "", "J Places", 2001, "3", "1"),
        ("[Misal, E.; Rekaan, C.]|[ur.3; ; ur.5]|J Places|2005|7||55-70|10.9999/y|pub.1000000009|3",
         ("Misal, E.", "Rekaan, C."), "", "J Places", 2005, "7", "55"),
        ("[]|[]|1999 Papers|2007|1999|2000|1-2||pub.1000000009|", (), "", "1999 Papers", 2007, "1999", "1"),
        ("[Umpama, A.]|[ur.1]|Stalls in rain|J Places|2001|3|1|1-9||pub.1000000009|12",
         ("Umpama, A.",), "Stalls in rain", "J Places", 2001, "3", "1"),
        ("[Umpama, A.; Contoh, B.||J Places|2001|3|1|1-9|10.9999/z|pub.1000000009|12]",
         ("Umpama, A.", "Contoh, B."), "", "J Places", 2001, "3", "1"),
        ("[Umpama, A.]|[ur.1]|J Places||3||1-9||pub.1000000009|0", ("Umpama, A.",), "", "J Places", None, "3", "1"),
    ],
)  # fmt: skip
def test_fields_are_found_from_both_ends(
    raw: str, authors: tuple[str, ...], title: str, source: str, year: int | None, volume: str, page: str
) -> None:
    """People in brackets or not, with gaps; volumes that look like years; with title; without year."""
    cited = parse_reference(raw)
    assert (cited.form, cited.identifiers) == ("Dimensions", (ID,))
    assert (cited.authors, cited.title, cited.source) == (authors, title, source)
    assert (cited.year, cited.volume, cited.page) == (year, volume, page)


def test_without_an_id_the_first_year_parts_the_fields() -> None:
    """Older exports end with the DOI."""
    cited = parse_reference("[Umpama, A.|Stalls in rain|J Places|2010|12|3|34-56|10.9999/x]")
    assert (cited.title, cited.source, cited.year, cited.doi) == ("Stalls in rain", "J Places", 2010, "10.9999/x")
