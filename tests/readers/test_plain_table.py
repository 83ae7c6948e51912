"""Tables that users make, and Benang's own."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Source
from benang.readers.own_fields import is_own_table
from benang.readers.plain_table import columns_of, is_table, read_any_table, read_own_table, read_plain_table
from benang.records.user_tables import joined, neutral


def _source(text: str, **columns: str) -> Source:
    return Source("sources/a.csv", "a.csv", text.encode(), columns=columns)


def test_a_mapping_names_columns_or_their_numbers() -> None:
    """Names without regard to case, numbers from 1; what is not mapped is named."""
    text = "Karya\tOleh\tTh.\tKunci\tCatatan\nKota kembar\tDewi Sari dan Bora Lee\t2020\tkota, kerja sama\tx\n"
    reading = read_plain_table(_source(text, title="karya", authors="Oleh", year="3", author_keywords="Kunci"))
    record = reading.records[0]

    assert (record.title, record.year) == ("Kota kembar", 2020)
    assert record.authors == ("Dewi Sari", "Bora Lee")
    assert record.author_keywords == ("kota", "kerja sama")
    assert "Columns not read: Catatan." in reading.notes
    assert "The author keywords in one cell were split at ',' (record 1)." in reading.notes


def test_wrong_mappings_come_together() -> None:
    """A field that records don't have and a column that isn't there are both named, with what was meant."""
    with pytest.raises(BenangError) as error:
        read_plain_table(_source("Judul,Penulis\na,b\n", titel="Judul", authors="Penuls"))
    assert [str(one) for one in error.value.problems] == [
        "sources/a.csv: records have no field 'titel'. Did you mean 'title'?",
        "sources/a.csv, authors: no column is called 'Penuls'. Did you mean 'Penulis'?",
    ]


def test_indonesian_names_need_no_mapping() -> None:
    """Judul, Penulis, Tahun are taken, and the account says so."""
    text = "No;Judul;Penulis;Tahun;Jurnal;Kata Kunci\n1;Kota kembar;Sari, D.; 2020;Jurnal Contoh;kota|desa\n"
    assert is_table(text)
    text = 'No;Judul;Penulis;Tahun;Jurnal;Kata Kunci\n1;Kota kembar;"Sari, D.; Lee, B.";2020;Jurnal Contoh;kota|desa\n'
    reading = read_any_table(_source(text))
    record = reading.records[0]

    assert (record.title, record.authors, record.source) == ("Kota kembar", ("Sari, D.", "Lee, B."), "Jurnal Contoh")
    assert record.author_keywords == ("kota", "desa")
    assert reading.notes[0].startswith(
        "This table is from no known database. Its columns were read as follows: title from"
    )


def test_an_unknown_table_shows_its_header_and_the_way_on() -> None:
    """Where neither headers nor values tell anything, no column is proposed."""
    text = "Foo,Bar,Baz\n1,2,3\n"
    assert is_table(text)
    with pytest.raises(BenangError, match="'Foo', 'Bar', 'Baz'") as error:
        read_any_table(_source(text))
    assert '--columns "sources/a.csv:title=HEADER; authors=HEADER; year=HEADER"' in str(error.value)


UNKNOWN = (
    "No.,Naslov,Kdo,Leto,Vir,Oznaka\n"
    '1,Night markets and rent,"Umpama, A.; Contoh, B.",2018,Journal of Invented Markets,10.9999/u.1\n'
    '2,Permits in a small town,"Misal, E.",2019,Journal of Invented Permits,10.9999/u.2\n'
    '3,Vendors who left,"Rekaan, C.; Teladan, D.",2020,Journal of Invented Vendors,10.9999/u.3\n'
)


def test_an_unknown_table_is_shown_as_it_would_be_read() -> None:
    """Years, DOIs and names are told by their values, the title by what is left; the running number is nothing."""
    with pytest.raises(BenangError) as error:
        read_any_table(_source(UNKNOWN))
    said = str(error.value)

    assert '--columns "sources/a.csv:title=Naslov; authors=Kdo; year=Leto; source=Vir; doi=Oznaka"' in said
    assert "1. title: Night markets and rent; authors: Umpama, A. | Contoh, B.; year: 2018;" in said
    assert "3. title: Vendors who left;" in said
    assert "not read: No." in said


def test_of_two_columns_that_could_be_titles_none_is_proposed() -> None:
    """A wrong proposal is worse than none: the place of the title is left to be filled in."""
    rows = "".join(f"{2000 + n},Night markets in town {n},Rents that rose in town {n}\n" for n in range(9))
    with pytest.raises(BenangError, match=r"title=HEADER; year=Leto") as error:
        read_any_table(_source(f"Leto,Eno,Drugo\n{rows}"))
    assert "Replace HEADER with the name of the column that holds the titles" in str(error.value)


def test_a_table_without_headers_is_recognised_by_its_first_row() -> None:
    """A year and a DOI in the place of headers make the first row a record."""
    rows = UNKNOWN.split("\n", 1)[1]
    with pytest.raises(BenangError, match="The first row looks like a record"):
        read_any_table(_source(rows))


@pytest.mark.parametrize(
    "header",
    ["Document Title,Authors,Pub. Year,Journal/Source,Keywords,DOI",
     "Item Title,Authors,Publication Year,Publication Title,Keywords,Item DOI",
     "Titel,Autoren,Jahr,Zeitschrift,Schlagwörter,DOI", "Título,Autores,Año,Revista,Palabras clave,DOI",
     "Titre,Auteurs,Année,Revue,Mots-clés,DOI", "Título,Autores,Ano,Periódico,Palavras-chave,DOI",
     "Titolo,Autori,Anno,Rivista,Parole chiave,DOI", "Titel,Auteurs,Jaar,Tijdschrift,Trefwoorden,DOI",
     "Judul,Penulis,Tahun,Jurnal,Kata Kunci,DOI"],
)  # fmt: skip
def test_headers_in_other_languages_need_no_mapping(header: str) -> None:
    """The same row is the same record under each of them."""
    row = 'Night markets and rent,"Umpama, A.",2018,Journal of Invented Markets,rent; stalls,10.9999/h.1\n'
    record = read_any_table(_source(f"{header}\n{row}")).records[0]

    assert (record.title, record.authors, record.year) == ("Night markets and rent", ("Umpama, A.",), 2018)
    assert (record.source, record.doi) == ("Journal of Invented Markets", "10.9999/h.1")
    assert record.author_keywords == ("rent", "stalls")


def test_a_database_is_no_journal() -> None:
    """`source` beside `journal`; `abstracts`, `pubmedID` and `DOI link` are read."""
    text = (
        "title,authors,year,journal,source,abstracts,pubmedID,DOI link\n"
        'Night markets,"Umpama, A.",2018,Journal of Markets,PubMed,Rents rose.,31000001,https://doi.org/10.9999/c.1\n'
    )
    record = read_any_table(_source(text)).records[0]

    assert (record.source, record.database) == ("Journal of Markets", "PubMed")
    assert (record.abstract, record.identifiers, record.doi) == ("Rents rose.", ("pmid:31000001",), "10.9999/c.1")


def test_values_can_speak_against_a_header() -> None:
    """Numbers under `References` count them, and a column without a header of its own is told by its DOIs."""
    rows = "".join(f"{n + 1},Night markets {n},{30 + n},10.9999/x.{n}\n" for n in range(4))
    reading = read_any_table(_source(f"Volume,Title,References,Oznaka\n{rows}"))

    assert [record.doi for record in reading.records] == [f"10.9999/x.{n}" for n in range(4)]
    assert not any(record.references for record in reading.records)
    assert "The column 'References' was not read as references: its values do not fit." in reading.notes
    assert "The column 'Oznaka' was read as doi because of its values." in reading.notes
    assert reading.notes[-1] == "Columns not read: References."
    assert any('--columns "sources/a.csv:title=Title; volume=Volume; doi=Oznaka"' in note for note in reading.notes)


def test_a_source_that_names_databases_is_no_journal() -> None:
    """Without a journal beside it, too: its values are names of databases."""
    rows = "".join(f"Night markets in {name},{name},2018\n" for name in ("Scopus", "Web of Science", "PubMed"))
    record = read_any_table(_source(f"Title,Source,Year\n{rows}")).records[1]

    assert (record.source, record.database, record.year) == ("", "Web of Science", 2018)


def test_counts_are_read_with_thousands_apart() -> None:
    """As Germans, Indonesians and the French write them, and as pandas does beside empty cells."""
    rows = "".join(f"Night markets {n};{count}\n" for n, count in enumerate(["1.234", "1 234", "1,234", "12.0", "7"]))
    records = read_any_table(_source(f"Titel;Zitationen\n{rows}")).records
    assert [record.citations for record in records] == [1234, 1234, 1234, 12, 7]


def test_whole_numbers_that_a_program_made_decimals_are_whole_again() -> None:
    """The column has an empty cell, so that pandas keeps it as decimals; a real decimal stays."""
    text = "Title,Year,Volume,Issue,Pages\nNight markets,2018.0,4.0,2.0,11-19\nPermits,2019.0,,1.5,\n"
    reading = read_any_table(_source(text))

    assert [(one.year, one.volume, one.issue) for one in reading.records] == [(2018, "4", "2"), (2019, "", "1.5")]
    assert reading.records[0].raw["volume"] == "4.0"
    assert "Volumes, issues and pages written as 4.0 were read as 4 (record 1)." in reading.notes


def test_a_decision_without_words_has_its_header_before_it() -> None:
    """ASReview and hand-made tables put 1 or yes under a header; a reason, too, is one by its header."""
    text = "title,abstract,included,exclusion reason\nNight markets,Rents rose.,1,\nPermits,None rose.,0,wrong design\n"
    decisions = [record.decisions for record in read_any_table(_source(text)).records]
    assert decisions == [("included: 1",), ("included: 0", "exclusion reason: wrong design")]


def test_a_header_that_a_terminal_would_misread_is_named_by_its_number() -> None:
    """Dollars, quotation marks and semicolons mean something to a shell or to the option itself."""
    rows = "".join(f"{2000 + n}\tNight markets in town {n}\n" for n in range(3))
    with pytest.raises(BenangError, match=r"title=2; year=1"):
        read_any_table(_source(f"Le$to\tEno; drugo\n{rows}"))


@pytest.mark.parametrize(
    "head",
    ["", "\n\nDear colleague\n", "Dear colleague, I write\nto you, again, here\n", "@article{a,\n title={b, c}}\n",
     '[{"a": 1, "b": 2}]\n', "TY  - JOUR\nTI  - a, b, c\n", "<a>\n", "PMID- 1\nOWN - NLM\n"],
)  # fmt: skip
def test_other_texts_are_no_tables(head: str) -> None:
    """Commas alone make no table."""
    assert not is_table(head)


def test_benangs_own_table_comes_back() -> None:
    """Lists are parted, semicolons within values stay, harmless formulas are formulas again, places without id stay."""
    header = ("key", "type", "title", "authors", "author_ids", "year", "citations", "status", "origins")
    row = ("a;1", "article", neutral("=1+1"), joined(("Sari, D.", "a;b\\c")), "; orcid:1", "2020", "0", "retracted",
           "author_keywords=assigned")  # fmt: skip
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, row])
    assert is_own_table(out.getvalue())
    record = read_own_table(_source(out.getvalue())).records[0]

    assert (record.key, record.title, record.authors) == ("a;1", "=1+1", ("Sari, D.", "a;b\\c"))
    assert (record.author_ids, record.year, record.citations) == (("", "orcid:1"), 2020, 0)
    assert (record.status, record.origins) == ("retracted", {"author_keywords": "assigned"})


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12).map(str.strip)


@given(TEXT, st.lists(TEXT.filter(bool), max_size=4), st.sampled_from(["=", "+", "-", "@", "'=", "''@", ""]))
def test_any_values_come_back_from_benangs_own_table(title: str, keywords: list[str], start: str) -> None:
    """What the writer does to a cell, the reader undoes."""
    out = io.StringIO()
    rows = [("key", "title", "author_keywords"), ("a", neutral(start + title), neutral(joined(keywords)))]
    csv.writer(out, lineterminator="\n").writerows(rows)
    record = read_own_table(_source(out.getvalue())).records[0]

    assert (record.title, record.author_keywords) == (start + title, tuple(keywords))


HEADERS = st.sampled_from(
    ["Title", "Judul", "Kdo", "Leto", "No.", "source", "Journal", "DOI", "Abstract (en)", "", "x"]
)
CELLS = st.sampled_from(
    ["1", "2018", "Umpama, A.; Contoh, B.", "Night markets and rent", "10.9999/a", "NA", "", "a;b", "-"]
)


@given(st.lists(HEADERS, min_size=2, max_size=6), st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=8))
def test_any_table_is_read_or_explained(header: list[str], rows: list[list[str]]) -> None:
    """Headers and cells in any combination end in an account that adds up, or in a message."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    try:
        reading = read_any_table(_source(out.getvalue()))
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)


@pytest.mark.parametrize(
    ("text", "columns", "fields", "is_known"),
    [
        ("Judul;Tahun\nKota;2020\nDesa;2021\n", {}, {0: "title", 1: "year"}, True),
        ("Naslov;Leto\nKota;2020\nDesa;2021\n", {}, {1: "year"}, False),
        ("Naslov;Leto\nKota;2020\nDesa;2021\n", {"title": "Naslov", "issue": "2"}, {0: "title", 1: "issue"}, True),
    ],
)
def test_columns_are_shown_as_they_are_read_or_would_be(
    text: str, columns: dict[str, str], fields: dict[int, str], is_known: bool
) -> None:
    """By their headers, by what they hold, or as somebody said."""
    table = columns_of(_source(text, **columns))

    assert table is not None
    assert (dict(table.fields), table.is_known, table.rows[1][0]) == (fields, is_known, "Desa")


def test_a_column_whose_header_can_not_be_written_is_named_by_its_number() -> None:
    """Two of one name, none, and marks that mean something else in a mapping."""
    table = columns_of(_source("Naslov;Naslov;a=b;;12\n" + "Kota;x;y;z;w\n" * 3, title="1"))

    assert table is not None
    everything = dict(enumerate(("title", "source", "authors", "abstract", "issue")))
    names = ["1", "2", "3", "4", "5"]
    assert list(table.mapping(everything).values())[1:] == names[1:]


@pytest.mark.parametrize("text", ["1;2020\nKota;2021\nDesa;2022\n", "TY  - JOUR\nTI  - Kota\nER  - \n", "one line"])
def test_what_has_no_header_has_no_columns_to_confirm(text: str) -> None:
    """A record in the place of the header would be lost."""
    assert columns_of(_source(text)) is None
