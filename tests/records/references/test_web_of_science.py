"""What is odd in references of Web of Science stays out of the source."""

from __future__ import annotations

import pytest

from benang.records.references.keys import reference_keys
from benang.records.references.parsing import parse_reference


@pytest.mark.parametrize(
    ("raw", "source", "volume", "issue", "page"),
    [
        ("Umpama D, 2010, J PLACES, VA 52, P1, DOI 10.9999/jp.1", "J PLACES", "A 52", "", "1"),
        ("Contoh A, 2005, NIGHT MARKETS, V4th ed .", "NIGHT MARKETS", "", "", ""),
        ("Contoh A, 2005, NIGHT MARKETS, VSecond", "NIGHT MARKETS", "", "", ""),
        ("Misal E, 1999, TRADE REV, V6 Suppl 1, P3", "TRADE REV", "6", "Suppl 1", "3"),
        ("Misal E, 1999, TRADE REV, VVol. 2, P129", "TRADE REV", "2", "", "129"),
        ("Misal E, 1999, TRADE REV, VVolume 308", "TRADE REV", "308", "", ""),
        ("Misal E, 1999, TRADE REV A, V44A, P2", "TRADE REV A", "44A", "", "2"),
        ("Rekaan C., 1968, INTRO STALLS TH, VII, P3", "INTRO STALLS TH", "II", "", "3"),
        ("Rekaan C, 2001, STALLS, V1, p[186, 344]", "STALLS", "1", "", "186"),
        ("Rekaan C, 2011, INTERSTALL, pAU", "INTERSTALL", "", "", "AU"),
        ("REKAAN C, 2006, IN PRESS J STALLS, DOI 10.9999/s.1", "J STALLS", "", "", ""),
        ("REKAAN C, IN PRESS J STALLS", "J STALLS", "", "", ""),
        ("REKAAN C, UNPUB", "", "", "", ""),
        ("Rekaan C, 1999, STALLS OF TOWNS, VOLS 1 AND 2, P621", "STALLS OF TOWNS, VOLS 1 AND 2", "", "", "621"),
    ],
)  # fmt: skip
def test_volumes_pages_and_states_are_no_part_of_the_source(
    raw: str, source: str, volume: str, issue: str, page: str
) -> None:
    """Volumes with blanks and in words, editions, several pages, what was in press; volumes that a title names stay."""
    cited = parse_reference(raw)
    assert cited.form == "Web of Science"
    assert (cited.source, cited.volume, cited.issue, cited.page) == (source, volume, issue, page)


@pytest.mark.parametrize(
    ("raw", "author", "source"),
    [
        ("World Health Organization, Diabetes", ("World Health Organization",), "Diabetes"),
        ("[Anonymous], Ciudades umpama para un futuro", (), "Ciudades umpama para un futuro"),
        (
            "UMPAMA F. M., 2014, Pasar malam: sejarah, biaya dan lembaga",
            ("UMPAMA, F. M.",),
            "Pasar malam: sejarah, biaya dan lembaga",
        ),
    ],
)
def test_a_source_needs_no_year_and_no_capitals(raw: str, author: tuple[str, ...], source: str) -> None:
    """A body or nobody before a single title; with a year a person, too."""
    cited = parse_reference(raw)
    assert (cited.form, cited.authors, cited.source) == ("Web of Science", author, source)


def test_two_authors_are_no_author_and_source() -> None:
    """Scopus lists people without a work."""
    assert parse_reference("Umpama O., Contoh O.").form == "Scopus"


def test_a_book_with_its_volume_is_not_the_book_without() -> None:
    """The volume is read though the pages stand in brackets."""
    with_volume = reference_keys("Rekaan C, 2001, STALLS, V1, p[186, 344]")
    assert set(with_volume).isdisjoint(reference_keys("Rekaan C, 2001, STALLS"))


@pytest.mark.parametrize("name", ["UMPAMA COMM", "DAT STOR I", "U UMPAMA", "CONTOH KEEPERS"])
def test_a_star_marks_a_body_whatever_its_words(name: str) -> None:
    """Short words behind it are no initials, and the star is no part of the name."""
    assert parse_reference(f"*{name}, 2005, SOC AN GUID NAT RES").authors == (name,)
    assert f"work:{name.lower().replace(' ', '')}|2005|4|12" in reference_keys(f"*{name}, 2005, SOC AN, V4, P12")
