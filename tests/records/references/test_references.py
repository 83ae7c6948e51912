"""Cited references of every form are taken apart to the same fields, and nothing that is no reference is an error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers.registry import read
from benang.records.references import parse_reference
from benang.records.references.keys import reference_keys

# Books, web pages and patents print no volume, and some no year: of these nothing can be asked.
_PRINTED = {
    "year": re.compile(r"\b(?:1[6-9]|20)[0-9]{2}\b"),
    "volume": re.compile(r", V[0-9A-Z]+(?:,|$)|, [0-9]{1,4}(?: ?\([^)]{1,12}\))?, p{1,2}\. ?[0-9A-Za-z]"),
    "page": re.compile(r", P[0-9]+(?:,|$)|\bpp?\. ?[0-9]"),
}

FORMS = {
    "Web of Science": "Smith J, 2010, J TEST SCI, V12, P34, DOI 10.1000/x",
    "Web of Science, two DOIs": "SMITH JA, 2010, J TEST SCI, V12, P34, DOI [10.1000/x, DOI 10.1000/X]",
    "Scopus": "Smith J., Doe A., On tests, Journal of Test Science, 12, 3, pp. 34-56, (2010)",
    "Scopus, before": "Smith, J., Doe, A., On tests (2010) J. Test Science, 12 (3), pp. 34-56. , doi: 10.1000/x",
    "Scopus, without title": "Smith, J., Doe, A., (2010) J. Test Sci., 12, p. 34. , https://doi.org/10.1000/x",
    "Dimensions": "[Smith, John; Doe, Ann||Journal of Test Science|2010|12|3|34-56|10.1000/x|pub.1000|7]",
    "Dimensions, with title": "[Smith, John|On tests|J Test Sci|2010|12|3|34-56|10.1000/x]",
    "APA": "Smith, J., & Doe, A. (2010). On tests. J. Test Science, 12(3), 34–56. https://doi.org/10.1000/x",
    "Harvard": "Smith, J. and Doe, A. (2010) ‘On tests that work’, Journal of Test Science, 12(3), pp. 34–56.",
    "Elsevier": "Smith, J., Doe, A., 2010. On tests. J. Test Sci. 12, 34–56.",
    "Vancouver": "Smith J, Doe A. On tests. J Test Sci. 2010 Jan;12(3):34-56. doi: 10.1000/x",
    "IEEE": 'J. Smith and A. Doe, "On tests that work," J. Test Sci., vol. 12, no. 3, pp. 34–56, Mar. 2010.',
    "Chicago": 'Smith, John, and Ann Doe. "On Tests That Work." Journal of Test Science 12, no. 3 (2010): 34–56.',
    "MLA": "Smith, John. “On Tests That Work.” Journal of Test Science, vol. 12, no. 3, 2010, pp. 34-56.",
    "Indonesian": "Smith, J., dkk. (2010). Tentang uji. Jurnal Ilmu Uji, 12(3), hlm. 34-56.",
    "PsycInfo": "Smith, J., and Doe (2010). On. J Test Sci., 12(3), 34-56 https://dx.doi.org/10.1000/x 2010-12345-006.",
}
"""One invented work in every form."""


@pytest.mark.parametrize("form", sorted(FORMS))
def test_one_work_has_one_key_in_every_form(form: str) -> None:
    """First author, year, volume and first page are found wherever they stand."""
    assert reference_keys(FORMS[form])[0] == "work:smith j|2010|12|34"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_source_is_told_from_the_title_in_every_form(form: str) -> None:
    """The source begins as the journal does: it is the key where there is no volume."""
    assert (
        parse_reference(FORMS[form]).source.lower().startswith(("j test", "j. test", "journal of test", "jurnal ilmu"))
    )


@pytest.mark.parametrize("form", sorted(form for form, text in FORMS.items() if "10.1000" in text))
def test_a_doi_is_found_bare_and_once(form: str) -> None:
    """However it is introduced, and in capitals or not."""
    assert parse_reference(FORMS[form]).dois == ("10.1000/x",)


@pytest.mark.parametrize(
    ("raw", "authors", "year", "source", "volume", "page"),
    [
        ("[Anonymous], 2000, B TEST, V78, P868", (), 2000, "B TEST", "78", "868"),
        ("[Anonymous], TEST REV, V49, P211", (), None, "TEST REV", "49", "211"),
        ("HALILOV SV, 1993, SOLID TEST COMMUN, V88, P749", ("HALILOV, SV",), 1993, "SOLID TEST COMMUN", "88", "749"),
        ("van Dijken S, 2005, APPL TEST LETT, V87", ("van Dijken, S",), 2005, "APPL TEST LETT", "87", ""),
        ("McDaniel TW, 2005, J TEST-COND MAT, V17, pR315", ("McDaniel, TW",), 2005, "J TEST-COND MAT", "17", "R315"),
        ("Gray RM, 2009, TESTS, RANDOM PROCESSES, SECOND EDITION, pXXI", ("Gray, RM",), 2009,
         "TESTS, RANDOM PROCESSES, SECOND EDITION", "", "XXI"),
        ("HIROTSUNE A, IEEE T TEST IN PRESS", ("HIROTSUNE, A",), None, "IEEE T TEST", "", ""),
        ("Smith J, 2001, TESTS BOOK, P12", ("Smith, J",), 2001, "TESTS BOOK", "", "12"),
        ("Hong S B, 2008, US Patent, Patent No. 851028", ("Hong, S B",), 2008, "US Patent", "", ""),
        ("{[}Anonymous], 2019, NEW METHODS APPL MUL.", (), 2019, "NEW METHODS APPL MUL", "", ""),
    ],
)  # fmt: skip
def test_web_of_science(
    raw: str, authors: tuple[str, ...], year: int | None, source: str, volume: str, page: str
) -> None:
    """No author, no year, prefixes of pages, commas in a source, patents, what was in press."""
    cited = parse_reference(raw)
    assert cited.form == "Web of Science"
    assert (cited.authors, cited.year, cited.source, cited.volume, cited.page) == (authors, year, source, volume, page)


@pytest.mark.parametrize(
    ("raw", "n_authors", "year", "title", "source", "volume", "page"),
    [
        ("Nica, M., Stancu, A., (2015) Testica B, 475, p. 73", 2, 2015, "", "Testica B", "475", "73"),
        ("Nica M., Stancu A., Testica B, 475, (2015)", 2, 2015, "", "Testica B", "475", ""),
        ("Wang X, Valcu B, Yeh N-H, Appl. Test Lett, 94, (2009)", 3, 2009, "", "Appl. Test Lett", "94", ""),
        ("Bai Y., Fei F., From states, Nat. Test, 17, (2021)", 2, 2021, "From states", "Nat. Test", "17", ""),
        ("Guo W., Modelling, a case, J. Test. D, Appl. Test., 43, 21, (2010)", 1, 2010, "Modelling, a case",
         "J. Test. D, Appl. Test.", "43", ""),
        ("Brown W.F., Micromagnetics, (1963)", 1, 1963, "", "Micromagnetics", "", ""),
        ("Sato J., Imamura H., J. Appl. Test., 105", 2, None, "", "J. Appl. Test.", "105", ""),
        ("Peng, Q., Roads (2011) Test Nano, 5, pp. 4600-4606. , 4600-6", 1, 2011, "Roads", "Test Nano", "5", "4600"),
        ("(2009) Angew. Test., 121, pp. 10093-10097", 0, 2009, "", "Angew. Test.", "121", "10093"),
        ("Gong, Z.-Q., Ups (2003) J. Test, 125 (1), pp. 16-24. , DOI 10.1115/1.1501086", 1, 2003, "Ups", "J. Test",
         "125", "16"),
    ],
)  # fmt: skip
def test_scopus(raw: str, n_authors: int, year: int | None, title: str, source: str, volume: str, page: str) -> None:
    """Both orders, with and without title, initials without full stops, notes behind the pages."""
    cited = parse_reference(raw)
    assert cited.form == "Scopus"
    assert len(cited.authors) == n_authors
    assert (cited.year, cited.title, cited.source, cited.volume, cited.page) == (year, title, source, volume, page)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("https://openalex.org/W2741809807", "openalex:W2741809807"),
        ("w2741809807", "openalex:W2741809807"),
        ("https://doi.org/10.1000/ABC", "doi:10.1000/abc"),
        ("10.1000/abc", "doi:10.1000/abc"),
        ("doi:10.1000/abc", "doi:10.1000/abc"),
        ("PMID: 30973853", "pmid:30973853"),
        ("https://pubmed.ncbi.nlm.nih.gov/30973853/", "pmid:30973853"),
        ("2-s2.0-85012345678", "eid:2-s2.0-85012345678"),
        ("012-345-678-901-23X", "lens:012-345-678-901-23X"),
    ],
)
def test_an_identifier_alone_is_the_key(raw: str, key: str) -> None:
    """OpenAlex, Lens and others list nothing else."""
    assert reference_keys(raw) == (key,)


@pytest.mark.parametrize(
    ("raw", "author", "source"),
    [
        (
            "Sugiyono. (2017). Metode Penelitian Kuantitatif. Bandung: Alfabeta.",
            "Sugiyono",
            "Metode Penelitian Kuantitatif",
        ),
        ("Sugiyono, 2017. Metode Penelitian. Alfabeta, Bandung.", "Sugiyono", "Metode Penelitian"),
        ("Nasution S. Metode research. Jakarta: Bumi Aksara; 2003.", "Nasution, S", "Metode research"),
        ("BPS. 2020. Kota dalam Angka 2020. Bandung: Badan Pusat Statistik.", "BPS", "Kota dalam Angka 2020"),
        ("Suharto, E. t.t. Membangun Masyarakat. Bandung: Refika.", "Suharto, E.", "Membangun Masyarakat"),
    ],
)
def test_the_source_of_a_book_is_its_title(raw: str, author: str, source: str) -> None:
    """So that it meets Web of Science's form of the same book; places and publishers are neither."""
    cited = parse_reference(raw)
    assert (cited.authors, cited.source, cited.volume, cited.page) == ((author,), source, "", "")


def test_what_a_reader_did_is_no_part_of_a_work() -> None:
    """The day of access gives neither year nor page."""
    cited = parse_reference(
        "O'Dell, J. (2013). On code. Retrieved 12 May 2019 from https://example.org/2014/05/12/code"
    )
    assert (cited.authors, cited.year, cited.source, cited.volume, cited.page) == (
        ("O'Dell, J.",),
        2013,
        "On code",
        "",
        "",
    )


def test_a_doi_with_brackets_and_a_break_is_whole() -> None:
    """The DOIs of Wiley's old journals hold brackets, which Scopus breaks at a hyphen."""
    raw = "Nielsch, K., (2000) Adv. Test., 12, p. 582. , 10.1002/(SICI)1521(200004)12:8<582::AID- ADMA582>3.0.CO;2-3"
    assert parse_reference(raw).doi == "10.1002/(sici)1521(200004)12:8<582::aid-adma582>3.0.co;2-3"


@given(st.text(max_size=400) | st.text(alphabet="AaéJ 12,.;:()[]|\"'“-VPDOI/0", max_size=400))
def test_any_text_is_taken_apart(raw: str) -> None:
    """Whatever stands in a list of references, it is kept as it was, and its keys are made twice alike."""
    cited = parse_reference(raw)
    assert cited.raw == raw
    assert cited.year is None or 1400 <= cited.year < 2100
    assert reference_keys(raw) == reference_keys(raw)


@pytest.mark.parametrize("piece", ["a", "A. ", "1, ", "(2010) ", '"', "'a 1, ", "Ab C., ", "10.1000/", "[|", "2010;1:"])
def test_a_reference_of_ten_million_characters_is_looked_through_in_part(piece: str) -> None:
    """What is longer than any reference costs no more than one."""
    cited = parse_reference(piece * (10_000_000 // len(piece)))
    assert max(map(len, (cited.source, cited.title, *cited.authors, *cited.dois))) <= 4_000


@pytest.mark.parametrize(
    ("name", "form", "least"),
    [
        (
            "wos-plain-500.txt",
            "Web of Science",
            {"authors": 0.99, "year": 0.995, "source": 0.99, "volume": 0.995, "page": 0.99, "dois": 0.8},
        ),
        ("scopus-581.csv", "Scopus", {"authors": 0.98, "year": 0.995, "source": 0.99, "volume": 0.995, "page": 0.99}),
        ("scopus-836.ris", "Scopus", {"authors": 0.97, "year": 0.995, "source": 0.99, "volume": 0.995, "page": 0.99}),
    ],
)
def test_the_references_of_real_exports_are_taken_apart(
    shared_data: Path, name: str, form: str, least: dict[str, float]
) -> None:
    """Nearly all have author, year and source; years, volumes, pages and DOIs as far as they are printed."""
    references = [raw for record in read(shared_data / "exports" / name).records for raw in record.references]
    cited = [parse_reference(raw) for raw in references]
    assert sum(one.form == form for one in cited) / len(cited) > 0.98
    for field, share in least.items():
        printed = _PRINTED.get(field)
        held = [one for one in cited if printed is None or printed.search(one.raw)]
        assert sum(bool(getattr(one, field)) for one in held) / len(held) >= share, field


@pytest.mark.parametrize(
    ("raw", "author"),
    [
        ("WORLD BANK, World development report: the changing nature of work, (2019)", "WORLD BANK"),
        ("WORLD BANK, 2018, World development report", "WORLD BANK"),
        ("UMPAMA TEAM, Night markets, Journal of Places, 12, 4, pp. 4-9, (2020)", "UMPAMA TEAM"),
        ("UMPAMA ABCD, Night markets, Journal of Places, 12, 4, pp. 4-9, (2020)", "UMPAMA, ABCD"),
        ("BANK SA, 2010, J TEST, V12, P34", "BANK, SA"),
    ],
)
def test_the_last_word_of_a_body_in_capitals_is_no_initials(raw: str, author: str) -> None:
    """Scopus and Web of Science print bodies in capitals; four letters may be initials, but not where they say bank."""
    assert parse_reference(raw).authors == (author,)


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
