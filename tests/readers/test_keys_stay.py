"""A key comes from what a record says: rows that come, go or change places change none, nor does the file's name."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from benang.readers.registry import read
from benang.records.corpus import Corpus
from benang.records.frames import corpus_from
from benang.records.identity import is_row_key

Row = tuple[str, str, int]
"""The family name of an author, a title, a year."""

FAMILIES = ("Umpama", "Contoh", "Misal", "Rekaan")
BEGINNINGS = ("Night markets in a small town of the north", "Permits by the sea", "夜市研究", "Ночные рынки", "Kota")
ENDS = ("", ": a study of rents", ": a study of permits", " II", " in 2019")
YEARS = (2018, 2019)


def _ris(rows: Sequence[Row], number: Callable[[int], str] = lambda _: "") -> str:
    return "".join(
        f"TY  - JOUR\n{number(n)}TI  - {title}\nAU  - {family}, A.\nPY  - {year}\nER  - \n\n"
        for n, (family, title, year) in enumerate(rows, 1)
    )


def _perish(rows: Sequence[Row]) -> str:
    header = "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank,QueryDate,Type,DOI,ISSN"
    lines = [f'3,"A {family}","{title}",{year},Journal,,,,{n},,,,' for n, (family, title, year) in enumerate(rows, 1)]
    return "\n".join(
        [f"{header},CitationURL,Volume,Issue,StartPage,EndPage,ECC,Abstract", *(f"{line},,,,,,," for line in lines), ""]
    )


def _table(rows: Sequence[Row]) -> str:
    lines = [f'{n},"{title}","{family}, A.",{year},Journal' for n, (family, title, year) in enumerate(rows, 1)]
    return "\n".join(["No,Title,Authors,Year,Journal", *lines, ""])


def _table_of_ids(rows: Sequence[Row]) -> str:
    lines = [f'{n},"{title}","{family}, A.",{year},Journal' for n, (family, title, year) in enumerate(rows, 1)]
    return "\n".join(["ID,Title,Authors,Year,Journal", *lines, ""])


def _sinta(rows: Sequence[Row]) -> str:
    lines = [f'{n},"{title}","{family}, A.",{year},Journal,S2' for n, (family, title, year) in enumerate(rows, 1)]
    return "\n".join(["ID,Judul,Penulis,Tahun,Jurnal,Akreditasi", *lines, ""])


def _enw(rows: Sequence[Row]) -> str:
    return "".join(
        f"%0 Journal Article\n%A {family}, A.\n%T {title}\n%D {year}\n%F {n}\n\n"
        for n, (family, title, year) in enumerate(rows, 1)
    )


def _endnote_xml(rows: Sequence[Row]) -> str:
    records = "".join(
        f"<record><rec-number>{n}</rec-number><foreign-keys><key app='EN'>{n}</key></foreign-keys>"
        f"<contributors><authors><author>{family}, A.</author></authors></contributors>"
        f"<titles><title>{title}</title></titles><dates><year>{year}</year></dates></record>"
        for n, (family, title, year) in enumerate(rows, 1)
    )
    return f"<?xml version='1.0' encoding='UTF-8'?><xml><records>{records}</records></xml>"


def _refworks(rows: Sequence[Row]) -> str:
    return "".join(
        f"RT Journal Article\nID {n}\nA1 {family},A.\nT1 {title}\nYR {year}\nER \n\n"
        for n, (family, title, year) in enumerate(rows, 1)
    )


def _csl(rows: Sequence[Row]) -> str:
    items = [
        {"id": f"ITEM-{n}", "type": "article-journal", "title": title, "author": [{"family": family, "given": "A."}],
         "issued": {"date-parts": [[year]]}}
        for n, (family, title, year) in enumerate(rows, 1)
    ]  # fmt: skip
    return json.dumps(items)


def _bibtex(rows: Sequence[Row]) -> str:
    return "".join(
        f"@article{{,\n author = {{{family}, A.}},\n title = {{{title}}},\n year = {{{year}}}\n}}\n"
        for family, title, year in rows
    )


def _excel(rows: Sequence[Row]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["No", "Title", "Authors", "Year", "Journal"])
        for n, (family, title, year) in enumerate(rows, 1):
            sheet.write_row(n, 0, [n, title, f"{family}, A.", year, "Journal"])
    return out.getvalue()


def _scopus(rows: Sequence[Row]) -> str:
    lines = [f'"{family}, A.","{title}",{year},Journal,,10.9999/s.{zlib.crc32(f"{family}{title}{year}".encode())}'
             for family, title, year in rows]  # fmt: skip
    return "\n".join(["Authors,Title,Year,Source title,EID,DOI", *lines, ""])


DIALECTS: dict[str, tuple[str, Callable[[Sequence[Row]], str | bytes]]] = {
    "RIS": ("ris", _ris),
    "RIS with numbers of a library": ("ris", lambda rows: _ris(rows, lambda n: f"ID  - {n}\n")),
    "Publish or Perish": ("csv", _perish),
    "a plain table with numbered rows": ("csv", _table),
    "a plain table whose IDs count its rows": ("csv", _table_of_ids),
    "SINTA with IDs that count its rows": ("csv", _sinta),
    "EndNote tagged": ("enw", _enw),
    "EndNote XML": ("xml", _endnote_xml),
    "RefWorks": ("txt", _refworks),
    "CSL-JSON": ("json", _csl),
    "BibTeX without keys": ("bib", _bibtex),
    "Excel": ("xlsx", _excel),
    "Scopus without EIDs": ("csv", _scopus),
}


def _keys(corpus: Corpus) -> dict[Row, str]:
    return {
        (record.authors[0].partition(",")[0], record.title, record.year or 0): key
        for record, key in zip(corpus.records, corpus.keys, strict=True)
    }


def _read(name: str, content: str | bytes) -> dict[Row, str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return _keys(read(path))


papers = st.lists(
    st.tuples(
        st.sampled_from(FAMILIES),
        st.tuples(st.sampled_from(BEGINNINGS), st.sampled_from(ENDS)).map("".join),
        st.sampled_from(YEARS),
    ),
    min_size=2,
    max_size=6,
    unique=True,
)


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=12)
@given(rows=papers, data=st.data())
def test_no_key_changes_with_rows_and_names(dialect: str, rows: list[Row], data: st.DataObject) -> None:
    """Whatever rows are added, removed or sorted, and whatever the file is called, each paper keeps its own key."""
    suffix, written = DIALECTS[dialect]
    before = _read(f"search.{suffix}", written(rows))
    fewer = data.draw(st.lists(st.sampled_from(rows), min_size=1, unique=True))
    after = _read(f"savedrecs (2).{suffix}", written(fewer))

    assert len(set(before.values())) == len(rows)
    assert after == {row: key for row, key in before.items() if row in fewer}
    assert not any(is_row_key(key) for key in before.values())
    assert all(key.isascii() and len(key) < 120 for key in before.values())


@settings(max_examples=20)
@given(rows=papers, data=st.data())
def test_rows_of_frames_have_such_keys_too(rows: list[Row], data: st.DataObject) -> None:
    """A frame without a column of keys is no file, and its rows no names."""
    import pyarrow as pa

    def keys(those: Sequence[Row]) -> dict[Row, str]:
        columns = {"title": [one[1] for one in those], "authors": [[f"{one[0]}, A."] for one in those]}
        return _keys(corpus_from(pa.table(columns | {"year": [one[2] for one in those]})))

    fewer = data.draw(st.lists(st.sampled_from(rows), min_size=1, unique=True))
    assert keys(fewer) == {row: key for row, key in keys(rows).items() if row in fewer}


@settings(max_examples=30)
@given(rows=papers, order=st.randoms(use_true_random=False))
def test_records_that_are_one_text_are_numbered_alike(rows: list[Row], order: object) -> None:
    """A record that is there three times has three keys, the same ones in any order."""
    several = [*rows, rows[0], rows[0]]
    shuffled = sorted(several, key=lambda _: order.random())  # type: ignore[attr-defined]

    def keys(those: Sequence[Row]) -> list[tuple[str, str]]:
        with TemporaryDirectory() as folder:
            (Path(folder) / "a.ris").write_text(_ris(those), encoding="utf-8")
            corpus = read(Path(folder) / "a.ris")
            return sorted(zip(corpus.keys, (record.title for record in corpus.records), strict=True))

    assert keys(shuffled) == keys(several)
    assert len({key for key, _ in keys(several)}) == len(several)


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("a.ris", "TY  - JOUR\nID  - umpama2018\nTI  - Kota\nER  - \n", "umpama2018"),
        ("a.ris", "TY  - JOUR\nAN  - WOS:000123\nTI  - Kota\nER  - \n", "WOS:000123"),
        ("a.ris", "TY  - JOUR\nID  - 22752652\nTI  - Kota\nER  - \n", "22752652"),
        ("a.ris", "TY  - JOUR\nID  - 7\nTI  - Kota\nDO  - 10.9999/x\nER  - \n", "doi:10.9999/x"),
        ("a.bib", "@article{umpama:2018-1, title = {Kota}}", "umpama:2018-1"),
        ("a.csv", "Title,Authors,Covidence #,Published Year\nKota,Umpama A,#20,2018\n", "covidence-20"),
        ("a.csv", "ID,Title,Authors,Year\nA-7,Kota,Umpama A,2018\n", "A-7"),
        ("a.csv", "ID,Title,Authors,Year\n22752652,Kota,Umpama A,2018\n", "22752652"),
        ("a.nbib", "PMID- 123\nTI  - Kota\nDP  - 2018\n\n", "123"),
        ("a.csv", 'Authors,Title,Year,Source title,EID\n"Umpama, A.",Kota,2018,Kota,2-s2.0-9\n', "2-s2.0-9"),
    ],
)
def test_ids_that_are_of_the_record_stay_keys(tmp_path: Path, name: str, text: str, key: str) -> None:
    """Ids of databases, citation keys and a tool's own numbers are kept: folders are built on them."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read(tmp_path / name).keys == (key,)


def test_the_number_that_is_no_key_is_kept_as_the_export_wrote_it(tmp_path: Path) -> None:
    """Whoever looks for reference 370 of a library finds it."""
    (tmp_path / "a.xml").write_text(_endnote_xml([("Umpama", "Kota", 2018)]), encoding="utf-8")
    assert read(tmp_path / "a.xml").records[0].raw["key"] == "1"
