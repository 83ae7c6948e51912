"""Raw values become years, pages, DOIs, counts, lists and names."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from benang.readers import Remarks, Source
from benang.readers.registry import read
from benang.readers.values import authors_of, pages_of, record_of, split_list, year_in
from benang.records.corpus import Corpus


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("2021", 2021),
        ("1948/07//", 1948),
        ("1 Jan.-Feb. 2019", 2019),
        ("20210630", 2021),
        ("2019-2020", 2019),
        ("c1999", 1999),
        ("in press", None),
        ("21", None),
        ("123456", None),
        ("0999", None),
        ("٢٠٢١", None),
    ],
)
def test_a_year_is_four_digits(value: str, year: int | None) -> None:
    """A year is found within dates of any form, and nothing else is taken for one."""
    assert year_in([value]) == year


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [
        ("1-12", "", ("1", "12")),
        ("43‐58", "", ("43", "58")),
        ("1279 – 1297", "", ("1279", "1297")),
        ("e12-e20", "", ("e12", "e20")),
        ("12--20", "20", ("12", "20")),
        ("101", "115", ("101", "115")),
        ("e0815", "", ("e0815", "")),
        ("1, 3-5", "", ("1, 3-5", "")),
    ],
)
def test_a_range_in_the_first_page_is_split(first: str, last: str, pages: tuple[str, str]) -> None:
    """A range becomes two pages; what is no simple range stays as it is."""
    assert pages_of(first, last) == pages


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters=";&"), min_size=1), max_size=8))
def test_a_list_joined_with_semicolons_is_split_again(values: list[str]) -> None:
    """Splitting gives back what was joined, without the blanks around."""
    assert split_list("; ".join(values)) == tuple(part for value in values if (part := value.strip()))


def test_an_entity_does_not_split_a_list() -> None:
    """The semicolon of an HTML entity belongs to the word."""
    assert split_list("Towns &amp; trade; K&#228;se;x &amp") == ("Towns &amp; trade", "K&#228;se", "x &amp")


def test_authors_lose_e_mail_addresses_and_placeholders() -> None:
    """An address is no part of a name, and a placeholder is no author."""
    assert authors_of(["Sari, D., sari@invented.example", "[No author name available]", "Anonymous", ",", ""]) == (
        "Sari, D.",
    )


def _citations(value: str) -> tuple[int | None, tuple[str, ...]]:
    remarks = Remarks()
    record = record_of(Source("a", "a", b""), 1, 1, {"citations": value}, remarks)
    return record.citations, remarks.notes()


@pytest.mark.parametrize(("value", "count"), [("0", 0), ("12", 12), ("1,204", 1204), ("2147483647", 2147483647)])
def test_times_cited_are_whole_numbers(value: str, count: int) -> None:
    """A count is read, with commas between thousands or without."""
    assert _citations(value) == (count, ())


@pytest.mark.parametrize("value", ["many", "-1", "1.5", "2147483648", "9" * 5000, "٣"])
def test_times_cited_that_are_no_count_are_noted(value: str) -> None:
    """What is no count, or none that any paper has, is noted and left out."""
    count, notes = _citations(value)

    assert count is None
    assert "record 1, Times cited: expected a whole number" in notes[0]


@pytest.mark.parametrize(
    "name",
    ["NA", "N/A", "n/a", "nan", "None", "Anonymous", "[Anonymous]", "Anonymous, Anonymous", "et al.", "al., et",
     "Others", "{Others}", "and others", "dkk.", "-", "...", "Unknown", "[No authors listed]"],
)  # fmt: skip
def test_what_stands_for_no_author_is_none(name: str) -> None:
    """Placeholders, and words for those whom a list leaves out, are nobody."""
    assert authors_of([name]) == ()


@pytest.mark.parametrize("name", ["Na", "Na, Li", "Al, Etta", "Others, Ani", "Nan, Xin", "Dash, N.", "Noneman, A."])
def test_names_that_look_like_a_placeholder_stay(name: str) -> None:
    """Na, Nan and Others are names of people."""
    assert authors_of([name]) == (name,)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("A, UMPAMA", "UMPAMA, A"),
        ("A, Umpama", "Umpama, A"),
        ("A.B., Umpama", "Umpama, A.B."),
        ("JK, Umpama", "Umpama, JK"),
        ("LI, Xin", "LI, Xin"),
        ("NG, Wai", "NG, Wai"),
        ("O, Jin Ho", "O, Jin Ho"),
        ("E, Weinan", "E, Weinan"),
        ("Li, X.", "Li, X."),
        ("Umpama, A. et al.", "Umpama, A."),
        ("null van den Hoven", "van den Hoven"),
        ("van den Hoven, null", "van den Hoven"),
        ("A.B.Umpama", "Umpama, A.B."),
        ("Dr. Ani Umpama, S.Pd.", "Ani Umpama"),
        ("Umpama, Ani, S.Pd., M.Pd.", "Umpama, Ani"),
        ("Umpama, M.Si", "Umpama"),
        ("Umpama, Dag", "Umpama, Dag"),
        ("Umpama, S.A.", "Umpama, S.A."),
        ("Umpama, Ani, Eds.", "Umpama, Ani"),
        ("Umpama, A. (Ed.)", "Umpama, A."),
        ("Umpama, Ed", "Umpama, Ed"),
        ("Sinan Umpama", "Sinan Umpama"),
    ],
)
def test_initials_before_the_comma_go_behind_the_family_name(written: str, name: str) -> None:
    """Rayyan leaves `A, UMPAMA`; family names of one letter and those in capitals stay where they are."""
    assert authors_of([written]) == (name,)


def _read(folder: Path, name: str, text: str) -> Corpus:
    (folder / name).write_text(text, encoding="utf-8")
    return read(folder / name)


HEADER = "Authors,Title,Year,Source title,Volume,DOI,Abstract,Author Keywords,References,EID"
CITED = "Rekaan C., Work on stalls, Journal of Places, 4, pp. 1-9, (2001)"


def test_marks_in_a_table_are_no_values(tmp_path: Path) -> None:
    """In every field and within lists; the record keeps what was printed, its key is none of them."""
    row = f'"Umpama, A.",Night markets,2018,undefined,N/A,N/A,[No abstract available],rent; NA; stalls,"NA; {CITED}",NA'
    record = _read(tmp_path, "a.csv", f"{HEADER}\n{row}\n").records[0]

    assert (record.source, record.volume, record.doi, record.abstract) == ("", "", "", "")
    assert (record.author_keywords, record.references) == (("rent", "stalls"), (CITED,))
    assert record.identifiers == ()
    assert record.key != "NA"
    assert (record.raw["volume"], record.raw["abstract"]) == ("N/A", "[No abstract available]")
    assert record.raw["author_keywords"] == "rent; NA; stalls"


def test_a_mark_is_noted_once_for_all_records_and_fields(tmp_path: Path) -> None:
    """Thirty records without DOI and volume leave one line, not sixty."""
    row = '"Umpama, A.",Night markets,2018,Journal of Markets,N/A,N/A,Rents rose.,rent,,e'
    notes = _read(tmp_path, "a.csv", f"{HEADER}\n" + "".join(f"{row}{n}\n" for n in range(30))).ledger.files[0].notes

    assert [note for note in notes if "N/A" in note] == [
        "'N/A' was read as a missing value: volume, doi (30 records, first: record 1)."
    ]


def test_a_mark_gives_way_to_the_next_column_of_its_field(tmp_path: Path) -> None:
    """Where one column of a source has none, the other has."""
    text = "Title,Year,Journal,Conference name\nNight markets,2018,NA,Markets 2018\n"
    assert _read(tmp_path, "a.csv", text).records[0].source == "Markets 2018"


def test_a_source_in_capitals_does_not_come_back_from_a_mark(tmp_path: Path) -> None:
    """`NA` looks like a journal in capitals, of which others show the spelling."""
    text = "Title,Year,Journal\nNight markets,2018,NA\nPermits,2019,JOURNAL OF MARKETS\n"
    sources = [record.source for record in _read(tmp_path, "a.csv", text).records]
    assert sources == ["", "Journal of Markets"]


def test_marks_in_ris_and_bibtex_are_no_values(tmp_path: Path) -> None:
    """The same in tagged forms, also where a DOI and a year are expected."""
    ris = (
        "TY  - JOUR\nTI  - [No title captured]\nAU  - Umpama, A.\nPY  - n.d.\nVL  - NA\nDO  - N/A\nAN  - NA\n"
        "AB  - No abstract available.\nKW  - NA\nKW  - rent\nER  - \n"
    )
    corpus = _read(tmp_path, "a.ris", ris)
    record = corpus.records[0]
    assert (record.title, record.year, record.volume, record.doi, record.abstract) == ("", None, "", "", "")
    assert record.author_keywords == ("rent",)
    assert record.key != "NA"
    assert not any("expected" in note for note in corpus.ledger.files[0].notes)

    bibtex = "@article{a, title={Night markets}, author={Umpama, A.}, volume={N/A}, doi={NA}, abstract={undefined}}\n"
    record = _read(tmp_path, "a.bib", bibtex).records[0]
    assert (record.volume, record.doi, record.abstract) == ("", "", "")


def test_marks_in_a_workbook_are_no_values(tmp_path: Path) -> None:
    """Excel's own `#N/A` is one of them."""
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([("Title", "Year", "Volume", "DOI"), ("Night markets", 2018, "#N/A", "NA")]):
            sheet.write_row(at, 0, cells)
    record = read(tmp_path / "a.xlsx").records[0]

    assert (record.title, record.volume, record.doi) == ("Night markets", "", "")
