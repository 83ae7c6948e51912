"""DOIs, in every way in which exports, publishers, libraries and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers.identifiers import doi_in, is_doi, linked_doi, noted_doi

_LABELS = (
    "",
    "doi:",
    "doi ",
    "Doi ",
    "DOI: ",
    "doi=",
    "DOI",
    "info:doi/",
    "urn:doi:",
    "https://doi.org/",
    "dx.doi.org/",
)


@pytest.mark.parametrize(
    "label", [*_LABELS, "http://dx.doi.org/", "HTTPS://DOI.ORG/", "https://doi.org/doi:", "<doi:", "["]
)
@pytest.mark.parametrize("after", ["", ".", ",", ";", " ", ").", "]", ">", "&gt;", "</a>", '">', " [doi]", "  LK  - x"])
def test_a_doi_is_bare_and_in_lower_case(label: str, after: str) -> None:
    """Whatever stands before and behind it, a DOI comes out alike."""
    assert doi_in(f"{label}10.9999/ABC.1{after}") == "10.9999/abc.1"


@pytest.mark.parametrize(
    "value",
    [
        "https://link.springer.example/article/10.9999/s1-2.x",
        "https://link.springer.example/content/pdf/10.9999/s1-2.x.pdf",
        "https://www.tandf.example/doi/full/10.9999/s1-2.x?src=recsys&journalCode=a",
        "https://wiley.example/doi/abs/10.9999/s1-2.x",
        "https://wiley.example/doi/10.9999/s1-2.x/abstract",
        "https://wiley.example/doi/10.9999/s1-2.x/abstract;jsessionid=1.f01",
        "https://frontiers.example/articles/10.9999/s1-2.x/full",
        "https://emerald.example/insight/content/doi/10.9999/s1-2.x/full/html",
        "https://iop.example/article/10.9999/s1-2.x/meta#abstract",
        "https://plos.example/plosone/article?id=10.9999/s1-2.x&type=printable",
        "https://acs.example/doi/suppl/10.9999/s1-2.x/suppl_file/a_si_001.pdf",
        "https://degruyter.example/document/doi/10.9999%2Fs1-2.x/html",
        "https://doi-org.proxy.contoh.example/10.9999/s1-2.x",
        "http://library.example/openurl?sid=a&id=doi:10.9999/s1-2.x&date=2019",
        "http://library.example/openurl?genre=article&rft_id=info%3Adoi%2F10.9999%2Fs1-2.x;date=2019",
    ],
)
def test_a_publishers_page_and_an_openurl_name_the_doi(value: str) -> None:
    """The DOI within an address ends where the publisher's own words begin."""
    assert doi_in(value) == "10.9999/s1-2.x"


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("10.9999%2Fs0304%2813%2900001", "10.9999/s0304(13)00001"),
        ("https://doi.org/10.9999/(asce)nm.1943-5622.0000001", "10.9999/(asce)nm.1943-5622.0000001"),
        ("(see 10.9999/s0304-8853(98)01084-1).", "10.9999/s0304-8853(98)01084-1"),
        (
            "10.9999/(SICI)1097(199806)49:8&lt;693::AID-A4&gt;3.0.CO;2-O",
            "10.9999/(sici)1097(199806)49:8<693::aid-a4>3.0.co;2-o",
        ),
        (
            "https://doi.org/10.9999/1097(2001)91:1<262::AID-C1>3.0.CO;2-#",
            "10.9999/1097(2001)91:1<262::aid-c1>3.0.co;2-#",
        ),
        ("10.9999/978-3-030-1_12", "10.9999/978-3-030-1_12"),
        (r"10.9999/978-3-030-1\_12", "10.9999/978-3-030-1_12"),
        (r"10.9999/978-3-030-1{\_}12", "10.9999/978-3-030-1_12"),
        (r"\url{https://doi.org/10.9999/a\%b}", "10.9999/a%b"),
        ("10.9999.12/abc", "10.9999.12/abc"),
        ("10.9999/one; 10.9999/two", "10.9999/one"),
        ("https://books.example/10.9999/9780000000019/a-title-of-words", "10.9999/9780000000019"),
        ("https://rxiv.example/content/10.1101/2020.01.02.123456v2.full.pdf", "10.1101/2020.01.02.123456"),
    ],
)
def test_what_belongs_to_a_doi_stays(value: str, doi: str) -> None:
    """Brackets that were opened within it, old DOIs with angle brackets and underscores come out as they were given."""
    assert doi_in(value) == doi


@pytest.mark.parametrize(
    "value", ["n/a", "https://invented.example/x", "9999/abc", "10.99/abc", "10.9999/", "3.10.9999/x", "10.9999", ""]
)
def test_what_is_no_doi_is_none(value: str) -> None:
    """An address or a number is not taken for a DOI."""
    assert doi_in(value) == ""


def test_the_address_of_a_trial_in_central_is_no_doi() -> None:
    """Cochrane's pages of trials are addressed like DOIs; a paper that has a DOI of its own would get two."""
    assert doi_in("https://www.cochranelibrary.com/central/doi/10.1002/central/CN-00000001/full") == ""


def test_a_resolvers_link_comes_before_a_publishers() -> None:
    """Of several links the one to doi.org names the work."""
    links = ["https://x.example/doi/10.9999/of.another", "https://doi.org/10.9999/own"]
    assert linked_doi(links) == "10.9999/own"
    assert linked_doi(links[:1]) == "10.9999/of.another"


def test_a_note_that_speaks_of_a_doi_names_none() -> None:
    """Only a note that is nothing but a DOI names the record's; others may speak of another work."""
    assert noted_doi("Journal Article", "doi: 10.9999/a") == "10.9999/a"
    assert noted_doi("Erratum in 10.9999/b", "Comment on https://doi.org/10.9999/c") == ""
    assert is_doi("info:doi/10.9999%2Fa")
    assert not is_doi("A text, doi: 10.9999/a, and more")


@given(st.text(alphabet='10.9/%2Fdoi:<>()[];&#?= \\"aZ{}', max_size=200))
def test_any_text_gives_a_doi_or_nothing(text: str) -> None:
    """Whatever comes in, what comes out begins as a DOI does, has no blank, and is found again in itself."""
    doi = doi_in(text)
    assert not doi or (doi.startswith("10.") and "/" in doi and not any(map(str.isspace, doi)))


def test_a_very_long_value_is_read_at_once() -> None:
    """Patterns are linear: a megabyte of anything is looked through once."""
    for piece in ("10.9999/", "(", "https://x.example/?", "&lt;", "%2F", "doi:10.9999/a)", "10.9999/a<"):
        doi_in(piece * (1_000_000 // len(piece)))
