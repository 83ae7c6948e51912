"""A paper is read by what it says of itself, never by what it cites."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_papers import made_pdf

from benang.errors import BenangError
from benang.readers import FEW_CHARACTERS, Line, PaperText, Reading, Source
from benang.readers.pdf import Candidate, doi_candidates, own_doi, read_pdf, title_candidates
from benang.readers.pdf_text import pdf_text
from benang.readers.registry import read, read_files
from benang.records.duplicates import find_duplicates

TITLE = "Twin towns between hope and habit"
BODY = ["Cooperation of small towns is told here at some length.", "It goes on for a second line, and a third."]
REFERENCES = ["References", "Lee, B. (2010). Other towns, other habits. https://doi.org/10.9999/other.1"]


def _read(data: bytes, name: str = "a.pdf") -> Reading:
    return read_pdf(Source(name, name, data))


def test_a_paper_is_one_record_with_title_and_doi() -> None:
    """The tallest lines of page 1 are the title; the DOI at its head is its own."""
    reading = _read(
        made_pdf(["J. of Towns, Vol. 3, 2021. https://doi.org/10.1234/jt.5", *BODY], REFERENCES, title=TITLE)
    )
    (record,) = reading.records

    assert (reading.found, record.title, record.doi, record.year) == (1, TITLE, "10.1234/jt.5", 2021)


def test_a_doi_of_the_references_is_never_taken() -> None:
    """A paper that prints no DOI of its own has none, however many it cites."""
    (record,) = _read(made_pdf(["J. of Towns", *BODY], [*BODY, *REFERENCES], title=TITLE)).records

    assert record.doi == ""


@pytest.mark.parametrize(
    "heading", ["References", "DAFTAR PUSTAKA", "5. Bibliography", "Daftar Rujukan:", "Works cited"]
)
def test_references_are_known_by_their_heading_in_english_and_indonesian(heading: str) -> None:
    """What stands below the heading, also on the pages after it, is no candidate."""
    paper = PaperText((f"Twin towns\n{heading}\nLee. doi:10.9999/x.1", "Kim. https://doi.org/10.9999/y.2"))

    assert doi_candidates(paper) == ()


def test_a_doi_beside_cite_this_article_on_the_last_page_counts() -> None:
    """Some publishers print a paper's DOI only there, next to those of its references."""
    last = "Cite this article as: Contoh A. Twin towns. J Towns 2021. doi:10.1234/jt.5"
    paper = PaperText(("Twin towns\nText", f"More\n{last}\nReferences\nLee. doi:10.9999/x.1"))

    assert own_doi(doi_candidates(paper)) == "10.1234/jt.5"


def test_two_dois_that_weigh_the_same_leave_the_choice_open() -> None:
    """Rather none than a wrong one: the notes name both."""
    reading = _read(made_pdf(["doi:10.1234/jt.5 and doi:10.1234/jt.6", *BODY], title=TITLE))

    assert reading.records[0].doi == ""
    assert "The paper's own DOI is uncertain; perhaps 10.1234/jt.5 or 10.1234/jt.6." in reading.notes


def test_the_closing_bracket_and_full_stop_of_a_sentence_are_no_part_of_a_doi() -> None:
    """A bracket that was opened within the DOI stays."""
    paper = PaperText(("(doi:10.1234/jt.5).\n\n\n", ""))
    other = PaperText(("doi:10.1016/S0021(99)00012-3.", ""))

    assert [one.value for one in doi_candidates(paper)] == ["10.1234/jt.5"]
    assert [one.value for one in doi_candidates(other)] == ["10.1016/s0021(99)00012-3"]


def test_a_title_of_a_word_processor_is_no_title() -> None:
    """`Microsoft Word - draft.docx` in the properties gives way to the page."""
    data = made_pdf(["J. of Towns", *BODY], title=TITLE, properties={"Title": "Microsoft Word - draft_final.docx"})

    assert _read(data).records[0].title == TITLE


def test_the_property_counts_where_the_page_bears_it_out() -> None:
    """A title among the properties that stands on page 1 too is surer than the height of letters."""
    paper = PaperText(
        (f"JOURNAL OF MANY TOWNS\n{TITLE}",),
        {"Title": TITLE},
        first_lines=(Line("JOURNAL OF MANY TOWNS", 20.0), Line(TITLE, 12.0)),
    )

    assert title_candidates(paper)[0] == Candidate(TITLE, "the property Title", 4.0)


def test_abstract_and_keywords_are_found_by_their_headings_in_indonesian() -> None:
    """Abstrak and Kata kunci, as Indonesian journals head them."""
    abstract = "Kerja sama kota kembar diceritakan di sini. " * 4
    page = f"{TITLE}\nAbstrak\n{abstract}\nKata kunci: kota kembar, paradiplomasi\nPendahuluan\nTeks"
    data = made_pdf(page.split("\n"), title=TITLE)
    record = _read(data).records[0]

    assert record.abstract == abstract.strip()
    assert record.author_keywords == ("kota kembar", "paradiplomasi")


def test_words_parted_at_line_ends_are_joined_where_the_paper_shows_it() -> None:
    """A hyphen at a line's end goes where the line goes on in small letters, and stays before a capital."""
    data = made_pdf(["The imple-\nmentation of the Bandung-\nSuwon plan is described on this page in full."])

    assert pdf_text(data, where="a.pdf").pages[0].startswith("The implementation of the Bandung-Suwon plan")


def test_a_scan_is_set_aside_by_name() -> None:
    """A PDF of pictures has nothing to read: it is counted, and the reason says what helps."""
    reading = _read(made_pdf([], []))

    assert (reading.found, reading.records) == (1, ())
    assert "text recognition" in reading.set_aside[0].reason


def test_single_pages_without_text_are_named() -> None:
    """Fewer than fifty letters on a page tell of a scan or a picture."""
    reading = _read(made_pdf(["Head of the paper", *BODY], ["x" * (FEW_CHARACTERS - 1)], title=TITLE))

    assert "Pages with almost no text, perhaps scans: 2 of 2." in reading.notes


def test_an_encrypted_paper_is_named_as_such(test_data: Path) -> None:
    """The way on is to save it without its password."""
    with pytest.raises(BenangError, match=r"encrypted\.pdf: a PDF protected with a password"):
        read(test_data / "papers" / "encrypted.pdf")


@pytest.mark.parametrize("cut", [9, 400])
def test_a_broken_paper_is_named_and_the_others_are_read(tmp_path: Path, cut: int) -> None:
    """One broken file does not keep the others from being read."""
    whole = made_pdf(["J. of Towns", *BODY], title=TITLE)
    (tmp_path / "a.pdf").write_bytes(whole[:cut])
    (tmp_path / "b.pdf").write_bytes(whole)
    done = read_files(tmp_path / "a.pdf", tmp_path / "b.pdf")

    assert [one.error.problems[0].found for one in done.unread] == [
        "a damaged PDF, or a file that only begins like one"
    ]
    assert [record.title for record in done.corpus.records] == [TITLE]


@given(st.binary(max_size=300), st.integers(0, 3000))
def test_any_bytes_end_in_a_reading_or_a_message(noise: bytes, at: int) -> None:
    """Whatever is written into a PDF, it is read or refused."""
    whole = made_pdf(["J. of Towns", *BODY], title=TITLE) if at % 2 else b"%PDF-1.7\n"
    try:
        reading = _read(whole[:at] + noise + whole[at + len(noise) :])
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)


def test_a_page_in_letters_of_one_size_has_no_title_by_size() -> None:
    """Nothing stands out there: the first lines of the text are not taken for a title."""
    paper = PaperText(("…",), {}, first_lines=tuple(Line(f"line {at} of the text", 11.0) for at in range(9)))

    assert title_candidates(paper) == ()


def test_a_paper_without_a_title_joins_the_record_with_its_doi(tmp_path: Path) -> None:
    """The file's name is its key, never its title, which would speak against the record of a database."""
    (tmp_path / "scan of the library (3).pdf").write_bytes(made_pdf(["https://doi.org/10.1234/jt.5, 2021", *BODY * 6]))
    (tmp_path / "a.ris").write_text(
        f"TY  - JOUR\nTI  - {TITLE}\nAU  - Contoh, A.\nPY  - 2018\nDO  - 10.1234/jt.5\nER  - \n"
    )
    corpus = read(tmp_path / "a.ris", tmp_path / "scan of the library (3).pdf")
    paper = next(record for record in corpus.records if record.database == "PDF")
    found = find_duplicates(corpus)

    assert (paper.title, paper.doi) == ("", "10.1234/jt.5")
    assert [group.joins[0].reason for group in found.groups] == ["same DOI 10.1234/jt.5"]
    assert found.doubts == ()


def test_papers_are_read_in_threads_as_one_by_one() -> None:
    """PDFium itself may be entered by one thread only."""
    papers = [made_pdf([f"Paper {at}", *BODY], REFERENCES, title=f"{TITLE} {at}") for at in range(6)]
    alone = [pdf_text(data, where="a.pdf") for data in papers]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda data: pdf_text(data, where="a.pdf"), papers))

    assert together == alone
