"""Tables of databases and tools, told by their headers, and what their columns mean."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from benang.encodings import decoded
from benang.readers import Reading, Source
from benang.readers.columns import Columns, column_names
from benang.readers.csv_exports import read_table
from benang.readers.table_forms import TABLE_FORMS, found_table
from benang.records.record import Record

HEADERS = {
    "Scopus CSV": "Authors,Title,Year,Source title,EID",
    "Web of Science tab-delimited": "PT\tAU\tTI\tSO\tPY\tUT",
    "Web of Science Excel": "Authors,Article Title,Source Title,Publication Year,Keywords Plus",
    "Dimensions": "Rank,Publication ID,DOI,Title,PubYear,Times cited",
    "Lens CSV": "Lens ID,Title,Publication Year,Source Title,Author/s",
    "IEEE Xplore CSV": '"Document Title",Authors,"Publication Title",Date Added To Xplore,"Publication_Year"',
    "PubMed CSV": "PMID,Title,Authors,Citation,Journal/Book,Publication Year",
    "Cochrane CSV": "Cochrane ID,Author(s),Title,Source,Year",
    "Embase CSV": "Title,Author Names,Source title,Publication Year,PUI",
    "CINAHL/EBSCO CSV": "Article Title,Author,Journal Title,Publication Date,Accession Number,Doctype,PLink",
    "ProQuest table": "Title,Abstract,StoreId,Authors,pubtitle,year,documentType",
    "ERIC CSV": "Title,Author,Source,Publication Date,ERIC Number,Descriptors",
    "PsycInfo CSV": "UID,Title,Authors,Year of Publication,Source,Key Concepts",
    "Publish or Perish CSV": "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank",
    "Google Scholar CSV": "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher",
    "Garuda CSV": "Garuda ID,Judul,Penulis,Jurnal,Tahun",
    "SINTA CSV": "Title,Authors,Journal,Year,Accreditation",
    "DOAJ CSV": "id,bibjson.title,bibjson.year,bibjson.journal.title",
    "OpenAlex CSV": "id,doi,title,publication_year,cited_by_count,authorships.author.id",
    "Europe PMC CSV": "id,source,pmid,pmcid,doi,title,authorString,journalTitle,pubYear",
    "Rayyan CSV": "key,title,year,journal,authors,notes",
    "Covidence CSV": "Title,Authors,Published Year,Journal,Covidence #,Tags",
    "EPPI-Reviewer table": "ItemId,Title,Authors,Year,ParentTitle,I/D/E",
    "Zotero CSV": "Key,Item Type,Publication Year,Author,Title,Publication Title",
    "bibliometrix table": "AU,TI,SO,PY,DE,DI,SR",
    "reference manager table": "Reference Type,Author,Year,Title,Secondary Title,Journal",
}


def _read(text: str) -> Reading:
    return read_table(Source("a.csv", "a.csv", text.encode()))


def _record(text: str) -> Record:
    return _read(text).records[0]


def test_every_form_has_its_header_here() -> None:
    """No form goes without a test of its recognition."""
    assert {form.name for form in TABLE_FORMS} == set(HEADERS)


@pytest.mark.parametrize(("name", "header"), HEADERS.items())
def test_a_form_is_recognised_by_its_header_alone(name: str, header: str) -> None:
    """Each header is that of one form, also with semicolons, behind `sep=` and below other lines."""
    others = [header, f"Search: kota\n\n{header}\n"]
    if "\t" not in header:
        others.append("sep=;\n" + header.replace(",", ";"))
    for head in others:
        found = found_table(f"{head}\n")
        assert found is not None
        assert found[0].name == name


@pytest.mark.parametrize(
    ("name", "count"),
    [("", 100), ("_cinahl", 10), ("_cochrane", 3), ("_covidence", 10), ("_embase", 10), ("_googlescholar", 10),
     ("_openalex", 9), ("_pubmed", 10), ("_rayyan", 10), ("_scopus", 10), ("_zotero", 10)],
)  # fmt: skip
def test_real_exports_are_read_whole(shared_data: Path, name: str, count: int) -> None:
    """As many records as the file has, each with title, authors and year, none set aside."""
    path = shared_data / "exports" / "one-export-per-tool" / "CSV" / f"_baseline{name}.csv"
    reading = read_table(Source("a.csv", "a.csv", decoded(path.read_bytes(), where="a.csv").data))

    assert (reading.found, len(reading.records), reading.set_aside) == (count, count, ())
    assert all(record.title and record.authors and record.year and record.source for record in reading.records)


def test_tab_delimited_web_of_science_is_read(shared_data: Path) -> None:
    """All 71, with ids, addresses, topics and ORCIDs beside their authors."""
    data = (shared_data / "exports" / "wos-tab-71-bom.txt").read_bytes()
    reading = read_table(Source("a.txt", "a.txt", decoded(data, where="a.txt").data))
    record = reading.records[0]

    assert (reading.found, len(reading.records)) == (71, 71)
    assert record.identifiers == ("wos:001242600300012",)
    assert record.author_ids[record.authors.index("Roundy, Shad")] == "orcid:0000-0002-5256-628X"
    assert record.affiliations[0].startswith("[Sheeja Prakash, Karthika; von Einem, Vicky Chantal;")
    assert record.topics == ("Chemistry, Analytical", "Instruments & Instrumentation")


def test_publish_or_perish_is_read(shared_data: Path) -> None:
    """What Google Scholar cut or marked is counted, and kept as it was in `raw`."""
    data = (shared_data / "exports" / "publish-or-perish-9.csv").read_bytes()
    reading = read_table(Source("a.csv", "a.csv", decoded(data, where="a.csv").data))
    records = reading.records

    assert (reading.found, len(records)) == (9, 9)
    assert records[0].authors == ("Contoh, A.", "Teladan, B.", "Misal, C.")
    assert records[0].raw == {"authors": "A Contoh, B Teladan, C Misal..."}
    assert (records[3].title, records[3].type) == ("Diplomasi pemerintah daerah", "book")
    assert (records[6].year, records[7].authors, records[5].source) == (None, (), "Journal of Invented …")
    assert "No author is given (record 8)." in reading.notes
    assert "No year is given (record 7)." in reading.notes
    shortened = "Google Scholar shortened the name of the source ('…'); it is kept as written"
    assert f"{shortened} (2 records, first: record 1)." in reading.notes


def test_dimensions_for_bibliometric_mapping_has_references_in_brackets() -> None:
    """Each pair of brackets is one cited reference; organisations stand with their countries."""
    record = _record(
        '"About the data: Exported on 1 Nov 2026"\n'
        "Publication ID,DOI,Title,Source title/Anthology title,PubYear,Authors,"
        "Authors Affiliations - Name of Research organization,Authors Affiliations - Country of Research organization,"
        "Times cited,Cited references\n"
        'pub.1,10.9999/a,Kota,Cities,2020,"Sari, Dewi; Lee, Bora",Univ Contoh; Univ Misal,Indonesia; Korea,3,'
        '"[Sari, D|Kota|Cities|2010|1|2|3-4|10.9999/b|pub.2|5];[Lee, B|Desa; kota|Towns|2011|||||pub.3|1]"\n'
    )

    assert record.references == (
        "Sari, D|Kota|Cities|2010|1|2|3-4|10.9999/b|pub.2|5",
        "Lee, B|Desa; kota|Towns|2011|||||pub.3|1",
    )
    assert record.affiliations == ("Univ Contoh, Indonesia", "Univ Misal, Korea")
    assert (record.authors, record.identifiers) == (("Sari, Dewi", "Lee, Bora"), ("dimensions:pub.1",))


def test_decisions_of_screening_tools_are_kept() -> None:
    """Rayyan's stand in the notes, with links behind DOIs; EPPI-Reviewer and Covidence have columns."""
    rayyan = _record(
        "key,title,year,journal,authors,doi,notes\n"
        'rayyan-1,Kota,2020,Cities,"Sari, D. and Lee, B.","10.9999/a   LK  - https://x.example",'
        '"RAYYAN-INCLUSION: {""Ani""=>""Included""} | RAYYAN-LABELS: kota,desa"\n'
    )
    eppi = _record("ItemId,Title,Authors,Year,ParentTitle,I/D/E\n1,Kota,Sari D.; Lee B.,2020,Cities,Excluded\n")

    assert rayyan.decisions == ('RAYYAN-INCLUSION: {"Ani"=>"Included"}', "RAYYAN-LABELS: kota,desa")
    assert (rayyan.doi, rayyan.authors) == ("10.9999/a", ("Sari, D.", "Lee, B."))
    assert eppi.decisions == ("Excluded",)


def test_what_excel_did_is_noted() -> None:
    """Pages that became dates stay; a number that was rounded is no id; ="…" is taken off."""
    reading = _read(
        "Article Title,Author,Journal Title,Publication Date,First Page,ISSN,Accession Number,Doctype\n"
        'Kota,"Sari, D.",Cities,"=""4/3/2024""",12-Mar,"=""19326203""",1.76E+08,Article\n'
    )
    record = reading.records[0]

    assert (record.year, record.first_page, record.issn) == (2024, "12-Mar", ("1932-6203",))
    assert record.key == ""
    assert "which Excel has rounded, found '1.76E+08'" in reading.notes[0]
    assert reading.notes[1] == (
        "The pages are a date, probably a range such as 3-12 that Excel converted; kept as written (record 1)."
    )


def test_rows_that_stand_in_one_cell_are_taken_apart() -> None:
    """A spreadsheet put every row into one pair of quotation marks."""
    reading = _read('"Authors,Title,Year,Source title,EID"\n"Sari D.,""Kota, kembar"",2020,Cities,2-s2.0-1"\n')

    assert (reading.records[0].title, reading.records[0].key) == ("Kota, kembar", "2-s2.0-1")


def test_tabs_with_quotation_marks_in_titles_are_read_either_way() -> None:
    """Web of Science writes no quotation marks around values, Excel does."""
    header = "PT\tAU\tTI\tSO\tPY\tUT\n"
    plain = 'J\tSari, D\t"Smart" cities\tCITIES\t2020\tWOS:1\nJ\tLee, B\t"Twin\tCITIES\t2021\tWOS:2\n'
    saved = 'J\t"Sari, D"\t"""Smart"" cities"\tCITIES\t2020\tWOS:1\n'

    assert [record.title for record in _read(header + plain).records] == ['"Smart" cities', '"Twin']
    assert [record.title for record in _read(header + saved).records] == ['"Smart" cities']


def test_a_header_without_rows_is_no_records() -> None:
    """Nothing is found and nothing is lost."""
    assert _read("PMID,Title,Journal/Book\n").found == 0


def test_bibliometrix_tags_are_read() -> None:
    """Names in capitals have no comma, lists no blank behind `;`, and ids of Scopus stand where Web of Science's do."""
    record = _record(
        "AU,TI,SO,PY,DE,DI,CR,DB,UT\n"
        "UMPAMA A;CONTOH B C,NIGHT MARKETS AND RENT,JOURNAL OF MARKETS,2018,RENT;STALLS,10.9999/b.1,"
        '"MISAL E, 2001, J PLACES;REKAAN C, 2003, J RENTS",SCOPUS,2-s2.0-90000000001\n'
    )

    assert record.authors == ("UMPAMA, A", "CONTOH, B C")
    assert (record.year, record.doi, record.database) == (2018, "10.9999/b.1", "Scopus")
    assert record.author_keywords == ("RENT", "STALLS")
    assert record.references == ("MISAL E, 2001, J PLACES", "REKAAN C, 2003, J RENTS")
    assert record.identifiers == ("eid:2-s2.0-90000000001",)


@pytest.mark.parametrize(
    ("cited", "parts"),
    [
        ("Journal of Markets (2018) 4:2 (11-19). Date of Publication: 1 Mar 2018",
         ("Journal of Markets", 2018, "4", "2", "11", "19", "")),
        ("Markets : a journal (2019) 12:SUPPL. 3 (S17).",
         ("Markets : a journal", 2019, "12", "SUPPL. 3", "S17", "", "")),
        ("Markets (2024) 15:1 Article Number: 4063. Date of Publication: 1 Dec 2024",
         ("Markets", 2024, "15", "1", "", "", "4063")),
        ("Journal of Markets (Rents) (2024). Date of Publication: 2024",
         ("Journal of Markets (Rents)", 2024, "", "", "", "", "")),
        ("Market Rev. (2020) 7 (1-9)", ("Market Rev.", 2020, "7", "", "1", "9", "")),
    ],
)  # fmt: skip
def test_embase_takes_its_source_apart(cited: str, parts: tuple[object, ...]) -> None:
    """Journal, year, volume, issue and pages out of one string; the DOI out of the link to the full text."""
    header = "Title,Author Names,Source,Full Text Link,Embase Link"
    record = _record(
        f'{header}\nNight markets,"Umpama A., Contoh B.","{cited}",http://dx.doi.org/10.9999/e.1,http://e.example\n'
    )

    assert (
        record.source, record.year, record.volume, record.issue, record.first_page, record.last_page,
        record.article_number,
    ) == parts  # fmt: skip
    assert (record.doi, record.url) == ("10.9999/e.1", "http://e.example")


def test_columns_that_people_put_into_an_export_are_read() -> None:
    """PubMed's CSV has neither abstracts nor keywords; vague and unknown headers are named as left out."""
    reading = _read(
        "PMID,Title,Journal/Book,Publication Year,Abstract,Keywords,My notes\n"
        "1,Night markets,Markets,2018,Rents rose.,rent; stalls,read it\n"
    )

    assert (reading.records[0].abstract, reading.records[0].author_keywords) == ("Rents rose.", ("rent", "stalls"))
    assert reading.notes == (
        "PubMed CSV has no column 'Abstract'; this column was read as abstract.",
        "PubMed CSV has no column 'Keywords'; this column was read as author_keywords.",
        "Columns not read: My notes.",
    )


def test_every_column_that_holds_something_is_read_or_named(shared_data: Path) -> None:
    """Beside what the csv module itself reads of each tool's export."""
    for path in sorted((shared_data / "exports" / "one-export-per-tool" / "CSV").glob("*.csv")):
        source = Source(path.name, path.name, decoded(path.read_bytes(), where=path.name).data)
        form, layout = found_table(source.head) or pytest.fail(path.name)
        lines = io.StringIO(source.data.decode(), newline="")
        header, *rows = list(csv.reader(lines, delimiter=layout.delimiter))[-1 - len(read_table(source).records) :]
        full = {at for at in range(len(header)) if any(at < len(row) and row[at].strip() for row in rows)}
        left = sorted(full - set(Columns(form, layout.header).fields))
        named = next((note for note in read_table(source).notes if note.startswith("Columns not read")), "")

        assert named == (f"Columns not read: {column_names(header, left)}." if left else "")
