"""Tagged text as databases write it: RIS of seven programs, and Web of Science plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers import Reading, Source
from benang.readers.ris_and_wos import is_ris, is_wos, read_ris, read_wos
from benang.records.record import Record


def _read(text: str) -> Reading:
    return read_ris(Source("a.ris", "a.ris", text.encode()))


def _records(folder: Path, name: str) -> tuple[Record, ...]:
    return read_ris(Source(name, name, (folder / "exports" / name).read_bytes())).records


def _one(*lines: str) -> Record:
    return _read("\n".join(["TY  - JOUR", *lines, "ER  - ", ""])).records[0]


def test_scopus_ris_has_references_citations_and_an_id(test_data: Path) -> None:
    """Scopus puts references and citations into notes, and its own id into the link."""
    first, second = _records(test_data, "scopus-2.ris")

    assert first.key == "2-s2.0-90000000001"
    assert first.references == (
        "Umpama, D., Sister cities in theory; a review (2010) Journal of Places, 4, pp. 1-9",
        "Misal, E., (1999) Trade Rev., 2",
    )
    assert (first.citations, first.article_number, first.doi) == (7, "1735", "10.9999/cr.2021.0001")
    assert first.affiliations == (
        "Universitas Contoh, Bandung, Indonesia",
        "University of Nowhere, Utrecht, Netherlands",
    )
    assert first.author_keywords == ("sister city", "Cities")
    assert {first.database, second.database} == {"Scopus"}


def test_a_scopus_conference_has_its_name_as_source(test_data: Path) -> None:
    """Where there is no journal, the conference is the source; a later year's note still gives the citations."""
    second = _records(test_data, "scopus-2.ris")[1]

    assert second.source == "2020 Invented Conference on Cities, ICC 2020"
    assert (second.key, second.type, second.citations) == ("", "proceedings", 2)


def test_zotero_ris_is_read(test_data: Path) -> None:
    """Zotero's tags are read; a body among the authors and a comma in a keyword stay whole."""
    article, thesis = _records(test_data, "zotero-2.ris")

    assert article.authors == ("Contoh, Ani Budi", "Kementerian Contoh Republik Teladan")
    assert article.author_keywords == ("paradiplomacy", "Child, Preschool")
    assert (article.source, article.first_page, article.last_page) == ("Cities and Regions", "101", "115")
    assert (thesis.type, thesis.publisher, thesis.year) == ("thesis", "Universitas Contoh", 2019)


def test_mendeley_ris_has_its_doi_in_a_link(test_data: Path) -> None:
    """A link to doi.org holds the DOI where no tag does; initials without comma-separated dots are kept."""
    (chapter,) = _records(test_data, "mendeley-1.ris")

    assert (chapter.type, chapter.doi, chapter.source) == ("chapter", "10.9999/hb.3", "Handbook of Places")
    assert chapter.authors == ("Teladan, C", "Benton, MJ")
    assert (chapter.first_page, chapter.last_page) == ("S3", "S9")


def test_endnote_ris_has_one_keyword_a_line(test_data: Path) -> None:
    """Further lines of a keyword are keywords, indented ones go on; those of an abstract are its text."""
    (article,) = _records(test_data, "endnote-1.ris")

    assert article.author_keywords == (
        "sister city",
        "local government",
        "a keyword that is so long that it goes on in the next line",
        "trade",
    )
    assert article.abstract == "The first paragraph. The second paragraph, ER included."
    assert (article.raw["key"], article.database, article.url) == ("889", "Embase", "https://invented.example/a")
    assert len(article.affiliations) == 2


def test_journals_on_ojs_put_all_keywords_into_one_line(test_data: Path) -> None:
    """Keywords in one line are split at semicolons, commas or slashes, and the account says so."""
    source = Source("ojs-3.ris", "ojs-3.ris", (test_data / "exports" / "ojs-3.ris").read_bytes())
    reading = read_ris(source)

    assert [record.author_keywords for record in reading.records] == [
        ("paradiplomasi", "sister city", "kerja sama daerah"),
        ("kebijakan", "implementasi", "sister city"),
        ("masyarakat", "partisipasi", "sister city"),
    ]
    assert reading.notes == (
        "Keywords given in one line were split at ';' (record 1).",
        "Keywords given in one line were split at ',' (record 2).",
        "Keywords given in one line were split at '/' (record 3).",
    )
    assert [record.authors[0] for record in reading.records] == ["Umpama, Kartini", "Siti binti Umpama", "Laksana"]


def test_commas_stay_in_keywords_of_exports_with_one_keyword_a_line() -> None:
    """Where any record has two lines of keywords, a comma belongs to its keyword."""
    reading = _read("TY  - JOUR\nKW  - a\nKW  - b\nER  - \nTY  - JOUR\nKW  - Models, Biological, Large\nER  - \n")

    assert reading.records[1].author_keywords == ("Models, Biological, Large",)
    assert reading.notes == ()


def test_a_star_marks_a_main_topic_and_is_no_part_of_it() -> None:
    """Ovid, Embase and Cochrane mark main topics with a star; the keyword is the same with and without it."""
    assert _one("KW  - *athlete", "KW  - * shoulder", "KW  - *").author_keywords == ("athlete", "shoulder")


@pytest.mark.parametrize("line", ["KW  - Heart (left, right, both)", "KW  - Child, Preschool", "KW  - input/output"])
def test_a_single_keyword_is_not_split(line: str) -> None:
    """Brackets, one comma, or a slash without blanks do not tell of several keywords."""
    assert _one(line).author_keywords == (line[6:],)


def test_web_of_science_ris_is_recognised_by_its_accession_number() -> None:
    """An accession number of Web of Science names the database and gives the id; a note has the citations."""
    record = _one("AN  - WOS:1", "N1  - Times Cited in Web of Science Core Collection:  142", "Total Times Cited:  162")

    assert (record.key, record.database, record.citations) == ("WOS:1", "Web of Science", 142)


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        (("JA  - Trials", "C3  - PUBMED 1"), "Trials"),
        (("JF  - Journal of Places", "JO  - J Plc", "T2  - Translated title"), "Journal of Places"),
        (("T2  - Places", "J2  - Plc"), "Places"),
    ],
)
def test_the_full_name_of_a_source_comes_first(lines: tuple[str, ...], source: str) -> None:
    """Of the tags that name a journal, the one with the full name counts."""
    assert _one(*lines).source == source


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("EJOUR", (), "article"),
        ("Journal Article", (), "article"),
        ("SER", ("M3  - Conference Paper",), "proceedings"),
        ("SER", ("M3  - Book Chapter",), "chapter"),
        ("UNPB", (), "unpublished"),
        ("ELEC", (), "other"),
    ],
)
def test_types_are_mapped(kind: str, lines: tuple[str, ...], expected: str) -> None:
    """The type of reference, or what M3 says where that is unknown, gives the type."""
    assert _read("\n".join([f"TY  - {kind}", "TI  - a", *lines, "ER  - "])).records[0].type == expected


def test_a_year_that_is_none_is_noted_and_the_record_kept() -> None:
    """An odd year leaves a note with record, field and value; an empty tag leaves none."""
    reading = _read("TY  - JOUR\nPY  - in press\nER  - \nTY  - JOUR\nTI  - a\nPY  - \nAD  - \nKW  - \nER  - \n")

    assert [record.year for record in reading.records] == [None, None]
    assert (reading.records[1].affiliations, reading.records[1].author_keywords) == ((), ())
    assert reading.notes == ("record 1, Year: expected a year of four digits, found 'in press'. Kept without a year.",)


def test_a_second_date_is_taken_where_the_first_has_no_year() -> None:
    """Y1 and DA stand in for PY."""
    assert _one("PY  - in press", "DA  - 2022/03").year == 2022


def test_cochrane_writes_two_blanks_and_headings() -> None:
    """Further blanks before values are dropped, headings between records are told."""
    reading = _read("Record #1 of 1\nProvider: x\n\nTY  -  JOUR\nAU  -  Misal, E\nER  -  \n")

    assert (reading.records[0].authors, reading.records[0].type) == (("Misal, E",), "article")
    assert reading.notes == ("Not read because outside all records: 2 lines (first: line 1, 'Record #1 of 1').",)


def test_tags_with_other_blanks_are_read() -> None:
    """A program that writes one blank for two is understood, and the account says so."""
    reading = _read("TY - JOUR\nTI - Kota - kembar\nPY - 2020\nER -\n")

    assert (reading.records[0].title, reading.records[0].year, reading.found) == ("Kota - kembar", 2020, 1)
    assert "that RIS requires before the hyphen" in reading.notes[0]


def test_a_cut_record_is_set_aside() -> None:
    """A record in which the file ends is set aside with its line; those before it are read."""
    reading = _read("TY  - JOUR\nTI  - Kota\nER  - \nTY  - JOUR\nTI  - Ko")

    assert [record.title for record in reading.records] == ["Kota"]
    assert (reading.set_aside[0].record, reading.set_aside[0].line) == (2, 4)
    assert "the file ends in the middle of this record" in reading.set_aside[0].reason


@pytest.mark.parametrize("head", ["TY  - JOUR\n", "\n\n1.\nTY  - JOUR\n", "TY - JOUR", "Record #1\n  TY  -  CONF\n"])
def test_ris_is_recognised_by_the_beginning_of_a_record(head: str) -> None:
    """A line that begins a record tells RIS, whatever stands before it."""
    assert is_ris(head)


@pytest.mark.parametrize("head", ["PMID- 1\nTI  - x\n", "PT J\n", "@article{TY  - x}", "a,TY  - b", "TYPE - x", ""])
def test_other_forms_are_not_ris(head: str) -> None:
    """MEDLINE, Web of Science, BibTeX and CSV are not taken for RIS."""
    assert not is_ris(head)


def test_rayyan_decisions_are_kept_in_its_words() -> None:
    """Inclusion, labels and reasons stay as Rayyan writes them; tags that it writes behind each other are parted."""
    note = 'RAYYAN-INCLUSION: {"Ani"=>"Excluded"} | RAYYAN-LABELS: kota,desa | RAYYAN-EXCLUSION-REASONS: wrong design'
    link = "UR  - https://www.embase.com/x?id=L200     U2  - L2000000001"
    record = _one("AN  - rayyan-1", f"N1  - {note}", link, "N1  - another note")

    assert record.decisions == (
        'RAYYAN-INCLUSION: {"Ani"=>"Excluded"}',
        "RAYYAN-LABELS: kota,desa",
        "RAYYAN-EXCLUSION-REASONS: wrong design",
    )
    assert (record.url, record.identifiers) == (
        "https://www.embase.com/x?id=L200",
        ("embase:L200", "embase:L2000000001"),
    )


def test_notes_of_covidence_and_eppi_reviewer_are_decisions() -> None:
    """Covidence is told by its tag NS, EPPI-Reviewer by the keyword that it adds, which is no keyword."""
    covidence = _one("NS  - tag one", "N1  - Exclusion reason: Wrong outcomes")
    eppi = _one("KW  - eppi-reviewer", "KW  - kota", "N1  - Include on title")

    assert covidence.decisions == ("Exclusion reason: Wrong outcomes", "tag one")
    assert (eppi.decisions, eppi.author_keywords) == (("Include on title",), ("kota",))
    assert _one("N1  - Export Date: 1 May 2020").decisions == ()


def test_psycinfo_lists_cited_references_in_m1() -> None:
    """Ovid's PsycInfo has references in M1, their authors in A2, affiliations in M2 and ORCIDs in AI."""
    record = _one(
        "DB  - APA PsycInfo <2021>",
        "A1  - Contoh, Ani B",
        "AI  - Contoh, Ani B.; ORCID: https://orcid.org/0000-0002-1825-0097",
        "A2  - Misal, E., Umpama, D.",
        "M1  - Misal, E. (2000). Kota. Bandung: Contoh",
        "M1  - Umpama, D. (2001). Desa. J Desa., 1, 2-3",
        "M2  - Contoh, Ani B.: Universitas Contoh, Bandung, Indonesia",
    )

    assert record.references == ("Misal, E. (2000). Kota. Bandung: Contoh", "Umpama, D. (2001). Desa. J Desa., 1, 2-3")
    assert (record.editors, record.author_ids) == ((), ("orcid:0000-0002-1825-0097",))
    assert (record.database, record.affiliations) == ("APA PsycInfo", ("Universitas Contoh, Bandung, Indonesia",))


def test_embase_and_ebsco_have_affiliations_of_their_own() -> None:
    """Embase writes authors before an affiliation, EBSCO numbers affiliations within a note."""
    embase = _one(
        "DB  - Embase", "M1  - (Contoh A.; Misal E.) Universitas Contoh, Bandung", "C5  - 123", "U2  - L2000000001"
    )
    ebsco = _one("N1  - Accession Number: 1; A 1; Affiliation:  1: Univ. A, B  2: Univ. C; Source Info: x")

    assert embase.affiliations == ("Universitas Contoh, Bandung",)
    assert embase.identifiers == ("pmid:123", "embase:L2000000001")
    assert ebsco.affiliations == ("Univ. A, B", "Univ. C")


@pytest.mark.parametrize(
    ("lines", "identifiers"),
    [
        (("AN  - WOS:0001",), ("wos:0001",)),
        (("AN  - pub.1143865007",), ("dimensions:pub.1143865007",)),
        (("DB  - ERIC", "ID  - EJ1251011"), ("eric:EJ1251011",)),
        (("C3  - PUBMED 21314913",), ("pmid:21314913",)),
        (("DB  - Scopus", "C2  - 38580657"), ("pmid:38580657",)),
        (("DB  - Medline", "ID  - 889"), ()),  # EndNote's number of the library
        (("DB  - PubMed", "AN  - 30922926"), ("pmid:30922926",)),
        (("N1  - PMCID: PMC7999968",), ("pmcid:PMC7999968",)),
        (("UR  - https://lens.org/000-463-679-101-319",), ("lens:000-463-679-101-319",)),
    ],
)
def test_ids_of_databases_are_found(lines: tuple[str, ...], identifiers: tuple[str, ...]) -> None:
    """Accession numbers, links and tags that one database uses give ids; a library's own number gives none."""
    assert _one(*lines).identifiers == identifiers


def test_authors_who_stand_twice_are_taken_once() -> None:
    """A second tag with the same authors, or a list that stands twice, adds nobody; the account says so."""
    reading = _read("TY  - JOUR\nAU  - G. Kalbe\nAU  - G. Kalbe\nA1  - Kalbe, G.\nA1  - Misal, E.\nER  - \n")

    assert reading.records[0].authors == ("Kalbe, G.", "Misal, E.")
    assert reading.notes == ("Authors listed twice were kept once (record 1).",)


def test_authors_that_the_export_cut_are_told() -> None:
    """Publish or Perish puts dots where it cut the list; those named are kept."""
    reading = _read("TY  - JOUR\nAU  - Contoh, A.\nAU  - Misal, E...\nAU  - ...\nER  - \n")

    assert reading.records[0].authors == ("Contoh, A.", "Misal, E")
    assert "shortened the list of authors" in reading.notes[0]


def test_two_keywords_in_a_line_are_split_where_the_file_writes_lists() -> None:
    """One comma separates where another record of the file shows that commas do."""
    text = "TY  - JOUR\nKW  - kota, desa, warga\nER  - \nTY  - JOUR\nKW  - kebijakan, sister city\nER  - \n"

    assert _read(text).records[1].author_keywords == ("kebijakan", "sister city")


def test_a_long_list_is_split_in_any_file() -> None:
    """A record of a journal on OJS among records with a keyword a line: three commas tell of a list."""
    text = "TY  - JOUR\nKW  - a\nKW  - b\nER  - \nTY  - JOUR\nKW  - kota, desa, warga, sister city\nER  - \n"

    assert _read(text).records[1].author_keywords == ("kota", "desa", "warga", "sister city")


def test_a_label_before_keywords_is_none() -> None:
    """`Kata kunci:` before the keywords is no part of the first."""
    assert _one("KW  - Kata Kunci: kota; desa").author_keywords == ("kota", "desa")


def test_files_of_two_programs_joined_are_read() -> None:
    """Where a record begins with other blanks than the first one, both are read."""
    reading = _read("TY  - JOUR\nTI  - a\nER  - \n  TY - BOOK\n  TI - b\n  ER -\n")

    assert [record.title for record in reading.records] == ["a", "b"]


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("M3  - Retracted",), "retracted"),
        (("TI  - RETRACTED: Kota",), "retracted"),
        (("M3  - Erratum",), "correction notice"),
        (("TI  - Corrigendum to 'Kota'",), "correction notice"),
        (("TI  - Retraction of the lung",), ""),
        (("TI  - Kota (Retracted article. See vol. 12, 2010)",), "retracted"),
    ],
)
def test_what_became_of_a_work_is_told(lines: tuple[str, ...], status: str) -> None:
    """The type or the beginning or end of the title marks a work."""
    assert _one(*lines).status == status


def test_standard_numbers_editors_and_abbreviations_are_read() -> None:
    """SN holds ISSN and ISBN in many spellings; A2 are editors; an abbreviation that is the name is none."""
    record = _one("SN  - 20411723 (ISSN); 978-3-16-148410-0", "A2  - Misal, E.", "JF  - Trials", "JA  - Trials")

    assert (record.issn, record.isbn, record.editors) == (("2041-1723",), ("9783161484100",), ("Misal, E.",))
    assert record.source_abbreviation == ""


def test_family_names_of_two_words_and_their_initials_are_one_author_in_eppi_reviewer() -> None:
    """The tool parts `Dos Santos, H B` at its comma and lists two authors; a name with a particle stays whole."""
    names = ("Contoh L P", "Dos Santos", "H B", "Dos Umpama C", "De B")
    authors = "".join(f"A1  - {name}\n" for name in names)
    reading = _read(f"TY  - JOUR\nT1  - Kota kembar\nKW  - eppi-reviewer\n{authors}ER  - \n")
    assert reading.records[0].authors == ("Contoh, L P", "Dos Santos, H B", "Dos Umpama, C", "De, B")
    assert "Initials listed as a separate author were added to the name before them (record 1)." in reading.notes


def test_references_that_scopus_runs_together_are_parted() -> None:
    """Behind a book or a report it ends no line; a semicolon within a reference stays."""
    note = (
        "References: Deza, E., Marie, M., Encyclopedia of Distances (2009), Springer; Contoh, A., Umpama, B., On towns "
        "(2010) J. Test, 12, p. 3;\nFujiwara, H., (2007) Principles, (Chichester; Hoboken: Wiley); "
        "Wu, Z., (2000) Coding, 1st ed.; Kluwer Academic"
    )
    (record,) = read_ris(Source("a.ris", "a.ris", f"TY  - JOUR\nTI  - a\nN1  - {note}\nER  - \n".encode())).records

    assert record.references == (
        "Deza, E., Marie, M., Encyclopedia of Distances (2009), Springer",
        "Contoh, A., Umpama, B., On towns (2010) J. Test, 12, p. 3",
        "Fujiwara, H., (2007) Principles, (Chichester; Hoboken: Wiley)",
        "Wu, Z., (2000) Coding, 1st ed.; Kluwer Academic",
    )


def test_a_link_that_stands_behind_the_last_reference_is_the_record_s() -> None:
    """Scopus sometimes ends no line there: the reference is whole, and the record has its link and its id."""
    note = "References: Lee, B., On towns (2010) J. Test, 12, p. 3;\nUnits: www.contoh.example"
    link = "https://www.scopus.com/inward/record.uri?eid=2-s2.0-1"
    (record,) = read_ris(
        Source("a.ris", "a.ris", f"TY  - JOUR\nTI  - a\nN1  - {note}UR  - {link}\nER  - \n".encode())
    ).records

    assert record.references == ("Lee, B., On towns (2010) J. Test, 12, p. 3", "Units: www.contoh.example")
    assert (record.key, record.url, record.database) == ("2-s2.0-1", link, "Scopus")


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("DO  - Doi 10.9999/x.1", "10.9999/x.1"),
        ("M3  - 10.9999/x.2", "10.9999/x.2"),
        ("DO  - info:doi/10.9999/x.3", "10.9999/x.3"),
        ("UR  - https://link.invented.example/article/10.9999/x.4", "10.9999/x.4"),
        ("N1  - doi: 10.9999/x.5", "10.9999/x.5"),
        ("ID  - 10.9999/x.6", "10.9999/x.6"),
        ("L3  - 10.9999/x.7", "10.9999/x.7"),
        ("N1  - Erratum in 10.9999/x.8", ""),
        ("M3  - Article", ""),
    ],
)
def test_a_doi_is_found_in_the_tags_that_hold_one(line: str, doi: str) -> None:
    """Publishers write a DOI into M3 and links, EndNote into a note; a note that speaks of another work has none."""
    assert _one("TI  - Kota", line).doi == doi


def test_the_own_tag_of_a_doi_comes_first_where_it_holds_one() -> None:
    """A link is asked where DO holds no DOI."""
    link = "UR  - https://doi.org/10.9999/link"
    assert _one("DO  - 10.9999/own", link).doi == "10.9999/own"
    assert _one("DO  - n/a", link).doi == "10.9999/link"


def test_the_affiliations_of_ebsco_end_where_its_next_label_begins() -> None:
    """The mark behind them has one blank or two, and may be another label than `Source Info`."""
    note = "N1  - Accession Number: 1; Umpama, Ani 1,2; Affiliation:  1: Univ Contoh, Bandung  2: Univ Misal, Surabaya"
    for rest in (
        ";  Source Info: Mar2018, Vol. 4",
        "; Source Info: p1; Subject Term: X",
        "; Subject Terms: NIGHT markets",
    ):
        assert _one(note + rest).affiliations == ("Univ Contoh, Bandung", "Univ Misal, Surabaya")


def _read_wos(text: str) -> Reading:
    return read_wos(Source("a.txt", "a.txt", text.encode()))


@pytest.fixture(scope="module")
def reading() -> Reading:
    """Return the reading of three invented records."""
    path = Path(__file__).resolve().parent.parent / "data" / "exports" / "wos-3.txt"
    return read_wos(Source(path.name, path.name, path.read_bytes().removeprefix(b"\xef\xbb\xbf")))


def test_wrapped_text_is_one_text_and_wrapped_lists_are_split(reading: Reading) -> None:
    """Indented lines go on with titles and keywords; each is a value of its own in references and addresses."""
    record = reading.records[0]

    assert record.title == "The red thread of sister cities, and of the many towns that have followed"
    assert record.author_keywords == ("sister city", "paradiplomacy", "local government")
    assert record.index_keywords == ("AGREEMENTS", "TRADE")
    assert record.references == (
        "Umpama D, 2010, J PLACES, V4, P1, DOI 10.9999/jp.2010.1",
        "Misal E, 1999, TRADE REV, V2, P3",
    )
    assert len(record.affiliations) == 2


def test_authors_are_full_names_where_there_are_any(reading: Reading) -> None:
    """AF comes before AU; without AF the names of AU are taken, and nobody is no author."""
    assert [record.authors for record in reading.records] == [
        ("Contoh, Ani Budi", "Teladan, Citra"),
        ("Umpama, D",),
        (),
    ]


def test_identifiers_numbers_and_types_are_read(reading: Reading) -> None:
    """Ids, DOI in lower case, citations, pages, article numbers and types stand where they belong."""
    first, second, third = reading.records

    assert (first.key, first.doi, first.citations) == ("WOS:900000000000001", "10.9999/cr.2021.0001", 7)
    assert (first.first_page, first.last_page, first.year) == ("101", "115", 2021)
    assert [record.type for record in reading.records] == ["article", "chapter", "article"]
    assert second.article_number == "1735"
    assert third.year == 2022
    assert reading.notes == ()


def test_lines_tell_where_a_record_begins(reading: Reading) -> None:
    """Place and line of each record are those in the file."""
    assert [(record.place, record.line) for record in reading.records] == [(1, 3), (2, 39), (3, 50)]


def test_a_missing_last_line_is_noted() -> None:
    """Without `EF` the file may have been cut between two records: the account says so."""
    assert "does not end with the line `EF`" in _read_wos("FN x\nVR 1.0\nPT J\nTI a\nER\n").notes[0]


def test_files_put_behind_each_other_are_read() -> None:
    """Headings and endings within a file, as from joining several, are no records and no strays."""
    reading = _read_wos("FN x\nVR 1.0\nPT J\nTI a\nER\n\nEF\n" * 3)

    assert (reading.found, len(reading.records), reading.notes) == (3, 3, ())


def test_a_cut_record_of_web_of_science_is_set_aside() -> None:
    """A record in which the file ends is set aside with its line and the line that would end it."""
    reading = _read_wos("FN x\nVR 1.0\nPT J\nTI a\nER\nPT J\nTI b\n")

    assert [record.title for record in reading.records] == ["a"]
    assert (reading.set_aside[0].record, reading.set_aside[0].line) == (2, 6)
    assert "or add the line `ER` at the end" in reading.set_aside[0].reason


@pytest.mark.parametrize("head", ["FN Clarivate\nVR 1.0\nPT J\n", "PT J\nAU x\n", "\n\nPT B \n"])
def test_the_form_is_recognised_with_or_without_its_heading(head: str) -> None:
    """The heading, or a line that begins a record, tells the form."""
    assert is_wos(head)


@pytest.mark.parametrize("head", ["PT\tAU\tBA\n", "TY  - JOUR\n", "PTX J\n", "PT Journal of\n", ""])
def test_other_forms_are_not_taken_for_it(head: str) -> None:
    """The tab-delimited form and RIS are others."""
    assert not is_wos(head)


@pytest.mark.parametrize(
    ("types", "status"),
    [
        ("Article; Retracted Publication", "retracted"),
        ("Article; Publication with Expression of Concern", "concern"),
        ("Review; Withdrawn Publication", "retracted"),
        ("Retraction", "retraction notice"),
        ("Correction", "correction notice"),
        ("Article; Early Access", ""),
    ],
)
def test_document_types_tell_what_became_of_a_paper(types: str, status: str) -> None:
    """Web of Science adds them behind the type."""
    assert _read_wos(f"PT J\nTI Kota\nDT {types}\nUT WOS:1\nER\nEF").records[0].status == status


def test_ids_topics_orcids_and_status_are_read() -> None:
    """OI stands by names that may differ; WC are topics, SN and EI standard numbers, UT and PM ids."""
    record = _read_wos(
        "PT J\nAU Contoh, AB\n   Teladan, C\nAF Contoh, Ani Budi\n   Teladan, Citra\nBE Misal, E\nTI Kota\nJ9 JK\n"
        "DT Article; Retracted Publication\nOI Contoh, Ani/0000-0002-1825-0097; Lain, X/0000-0001-5109-3700\n"
        "WC Urban Studies; Political\n   Science\nSN 9999-0001\nEI 9999-0002\nBN 978-3-16-148410-0\nPM 123\n"
        "UT WOS:1\nER\nEF"
    ).records[0]

    assert record.author_ids == ("orcid:0000-0002-1825-0097", "")
    assert (record.topics, record.editors) == (("Urban Studies", "Political Science"), ("Misal, E",))
    assert (record.issn, record.isbn) == (("9999-0001", "9999-0002"), ("9783161484100",))
    assert (record.identifiers, record.status) == (("wos:1", "pmid:123"), "retracted")
    assert record.source_abbreviation == "JK"


def test_a_whole_name_decides_an_orcid_before_an_initial_does() -> None:
    """Of two authors with one family name and initial, the one whose whole name stands by an ORCID has it."""
    text = "PT J\nAF Li, Xin\n   Li, Xu\nTI a\nOI Li, X/0000-0002-1825-0097; Li, Xu/0000-0001-5109-3700\nER\nEF"

    assert _read_wos(text).records[0].author_ids == ("orcid:0000-0002-1825-0097", "orcid:0000-0001-5109-3700")


def test_a_chapter_does_not_take_the_doi_of_its_book() -> None:
    """`D2` is the DOI of the book: a record of the book itself has it, a chapter without one has none."""
    text = "FN Clarivate\nVR 1.0\nPT B\nTI A\nDT {}\nD2 10.9999/book\n{}UT WOS:1\nER\nEF\n"
    assert _read_wos(text.format("Article; Book Chapter", "")).records[0].doi == ""
    assert _read_wos(text.format("Article; Book Chapter", "DI 10.9999/own\n")).records[0].doi == "10.9999/own"
    assert _read_wos(text.format("Book", "")).records[0].doi == "10.9999/book"
