"""Marks that stand for no value, out of records of every form."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from benang.readers.registry import read
from benang.records.corpus import Corpus


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


def test_a_mark_is_told_once_for_all_records_and_fields(tmp_path: Path) -> None:
    """Thirty records without DOI and volume leave one line, not sixty."""
    row = '"Umpama, A.",Night markets,2018,Journal of Markets,N/A,N/A,Rents rose.,rent,,e'
    notes = _read(tmp_path, "a.csv", f"{HEADER}\n" + "".join(f"{row}{n}\n" for n in range(30))).ledger.files[0].notes

    assert [note for note in notes if "N/A" in note] == [
        "'N/A' was read as no value (volume, doi): 30 records, the first is record 1."
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
