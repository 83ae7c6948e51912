"""XML as exports write it: cut, broken and hostile files, and what PubMed says of articles and books."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Reading, Remarks, Source
from benang.readers.endnote import is_endnote_xml
from benang.readers.xml_exports import is_pubmed_xml, read_pubmed_xml, read_xml, text_in
from benang.records.record import Record


def read(data: str | bytes) -> Reading:
    """Read records that have a title."""

    def make(place: int, line: int, element: Element, remarks: Remarks) -> Record:
        del remarks
        return Record(str(place), title=text_in(element, "t"), place=place, line=line)

    text = data.encode() if isinstance(data, str) else data
    return read_xml(Source("bomb.xml", "bomb.xml", text), make, Remarks(), tags=("record",))


def titles(reading: Reading) -> list[str]:
    """Return the titles of the records read."""
    return [record.title for record in reading.records]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;',
    ],
)
def test_entities_are_refused(declared: str) -> None:
    """A file that declares entities is refused by name, whether they explode or point outside."""
    text = f'<?xml version="1.0"?>\n<!DOCTYPE l [{declared}]><x><record><t>&a;</t></record></x>'
    with pytest.raises(BenangError, match=r"bomb\.xml, line 2"):
        read(text)


def test_a_document_type_without_entities_is_read() -> None:
    """The document type that PubMed names is no reason to refuse a file; nothing is fetched."""
    assert titles(read('<!DOCTYPE x PUBLIC "-//X//EN" "https://x.example/x.dtd"><x><record><t>a</t></record></x>')) == [
        "a"
    ]


def test_the_encoding_declared_is_passed_over() -> None:
    """The text is UTF-8 by the time it is read, whatever its declaration says."""
    assert titles(read('<?xml version="1.0" encoding="UTF-16"?><x><record><t>é</t></record></x>')) == ["é"]


def test_a_cut_file_gives_its_whole_records() -> None:
    """What is whole is read; the record in which the file ends is set aside with its line."""
    reading = read("<x>\n<record><t>a</t></record>\n<record><t>b</t></rec")
    assert titles(reading) == ["a"]
    assert [(one.record, one.line) for one in reading.set_aside] == [(2, 3)]
    assert "cut off" in reading.set_aside[0].reason


def test_a_broken_record_does_not_take_others_with_it() -> None:
    """A record that is not well-formed is set aside; those before and behind it are read."""
    reading = read("<x><record><t>a</t></record><record><t>b</u></record><record><t>c</t></record></x>")
    assert titles(reading) == ["a", "c"]
    assert reading.found == 3
    assert "not well-formed" in reading.set_aside[0].reason


def test_control_characters_are_removed_with_a_note() -> None:
    """Characters that XML can't hold are removed, written out or as references; others stay."""
    reading = read("<x><record><t>a\x0bb&#x1F;c&#11;d&#13;&#x41;</t></record></x>")
    assert titles(reading) == ["abcd A"]
    assert reading.notes == ("Control characters, which XML does not allow, were removed (record 1).",)


def test_bare_ampersands_and_unknown_entities_stay() -> None:
    """`&eacute;` and a bare `&` are kept as written, for the cleaning that knows them; the account says so."""
    reading = read("<x><record><t>caf&eacute; & co &amp; &#233;</t></record></x>")
    assert titles(reading) == ["caf&eacute; & co & é"]
    assert "Ampersands" in reading.notes[0]


@pytest.mark.parametrize("name", ["Record", "rec", "x:record", "records2", "article-record"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_element_of_another_name_among_records_is_named(name: str, at: int) -> None:
    """Before, between and behind records, what has elements in it is set aside with its line; others are read."""
    pieces = ["<record><t>a</t></record>\n", "<record><t>b</t></record>\n"]
    pieces.insert(at, f"<{name} n='1'>\n<t>smuggled</t><u/></{name}>\n")
    reading = read(f"<?xml version='1.0'?>\n<xml><records>\n{''.join(pieces)}</records></xml>")

    assert titles(reading) == ["a", "b"]
    assert [(one.record, one.line) for one in reading.set_aside] == [(at + 1, at + 3)]
    assert f"<{name}>" in reading.set_aside[0].reason


def test_what_stands_around_records_is_no_record() -> None:
    """Counts, comments, an empty element and the beginning of a second set are nothing to tell."""
    text = "<set><count>2</count><!-- x --><record><t>a</t></record><end/></set><set><record><t>b</t></record></set>"
    reading = read(f"<?xml version='1.0'?><all>{text}</all>")

    assert titles(reading) == ["a", "b"]
    assert reading.set_aside == ()


def test_no_records_is_a_message() -> None:
    """XML of another kind is refused with what it begins with."""
    with pytest.raises(BenangError, match="XML without records"):
        read("<html></html>")


def test_deep_nesting_ends_in_an_account() -> None:
    """Elements nested a hundred thousand times over and tags without end are read or set aside."""
    for text in (
        "<record>" + "<b>" * 100_000 + "x" + "</b>" * 100_000 + "</record>",
        "<record>" * 20_000,
        "<record " + "a" * 1_000_000,
        "<record>" + "&" * 200_000 + "</record>",
    ):
        reading = read(text)
        assert reading.found == len(reading.records) + len(reading.set_aside)


@given(st.text(alphabet='<>/&;! record"=t\n', max_size=200) | st.binary(max_size=200))
def test_any_text_ends_in_an_account(text: str | bytes) -> None:
    """Whatever stands in a file, found = read + set aside, or a message."""
    data = text.encode() if isinstance(text, str) else text
    try:
        reading = read(b"<x><record><t>a</t></record>" + data)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)


def read_pubmed(data: bytes) -> Reading:
    """Read PubMed's XML."""
    return read_pubmed_xml(Source("a.xml", "a.xml", data))


def test_an_article_fills_a_record(test_data: Path) -> None:
    """Labels, ORCID, MeSH with qualifiers, references and the retraction are read."""
    record = read_pubmed((test_data / "exports" / "pubmed-3.xml").read_bytes()).records[0]
    assert (record.key, record.type, record.year, record.status) == ("40000001", "article", 2020, "retracted")
    assert record.title == "Sister cities and H2O & health."
    assert record.authors == ("Contoh, Ani Budi", "Misal, C, Jr", "Invented Cities Group")
    assert record.author_ids == ("orcid:0000-0002-1825-0097", "", "")
    assert record.affiliations == ("Universitas Contoh, Bandung, Indonesia.",)
    assert record.abstract == "BACKGROUND: Cities meet. RESULTS: They stay."
    assert (record.source, record.source_abbreviation) == ("Journal of invented cities", "J Invent Cities")
    assert (record.volume, record.issue, record.first_page, record.last_page) == ("12", "3", "1021", "1029")
    assert (record.doi, record.issn, record.language) == ("10.1234/invented.1", ("1234-5678",), "eng")
    assert record.author_keywords == ("sister city", "health")
    assert record.index_keywords == ("Cities/trends", "Humans")
    assert record.identifiers == ("pmid:40000001", "pmcid:PMC9000001")
    assert record.references == ("Umpama D. Twin towns. J Towns. 1999;1:2-3., DOI 10.1234/twin.1, PMID 9000001",)


def test_a_number_is_no_page(test_data: Path) -> None:
    """What stands for pages but is an article's number is one; a preprint is unpublished."""
    record = read_pubmed((test_data / "exports" / "pubmed-3.xml").read_bytes()).records[1]
    assert (record.article_number, record.first_page, record.type) == ("e0123456", "", "unpublished")


def test_a_chapter_of_a_book_is_read(test_data: Path) -> None:
    """A chapter has its book as source, the book's editors, publisher and ISBN."""
    record = read_pubmed((test_data / "exports" / "pubmed-3.xml").read_bytes()).records[2]
    assert (record.key, record.type, record.title, record.year) == ("40000003", "chapter", "Rivers", 2018)
    assert (record.source, record.publisher) == ("Handbook of invented cities", "Misal Press")
    assert (record.authors, record.editors) == (("Sungai, Fajar",), ("Redaksi, Eka",))
    assert record.isbn == ("9783161484100",)


def test_the_two_forms_of_xml_are_distinguished(test_data: Path) -> None:
    """Neither form claims the other's files."""
    pubmed = (test_data / "exports" / "pubmed-3.xml").read_text(encoding="utf-8")
    endnote = (test_data / "exports" / "endnote-2.xml").read_text(encoding="utf-8")
    assert (is_pubmed_xml(pubmed), is_endnote_xml(pubmed)) == (True, False)
    assert (is_pubmed_xml(endnote), is_endnote_xml(endnote)) == (False, True)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_records_or_a_message(data: bytes) -> None:
    """No bytes end in a traceback."""
    try:
        reading = read_pubmed(b"<PubmedArticleSet><PubmedArticle></PubmedArticle>" + data)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)
