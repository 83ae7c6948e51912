"""Marks that stand for no value, and what databases add to texts; values that only look like them stay."""

from __future__ import annotations

import pytest

from benang.readers import Source
from benang.readers.ris_and_wos import read_ris
from benang.readers.values import split_list
from benang.records.export_marks import (
    has_entity,
    is_placeholder,
    joined_abstract,
    unescaped,
    without_notices,
    without_placeholders,
)
from benang.records.references import parse_reference


@pytest.mark.parametrize(
    ("field", "marks"),
    [
        ("title", "NA|N/A|undefined|null|NaN|[No title captured]|[No title]|[Anonymous]|[Not Available].|#N/A|-"),
        ("source", "NA|undefined|[No source information available]|[Not available]"),
        ("abstract", "[No abstract available]|No abstract available.|Abstract not available|N/A|[No abstract]"),
        ("author_keywords", "NA|N/A|undefined|[No keywords available]|-"),
        ("references", "NA|undefined|undefined, (2020)|undefined 2020|[No title captured]|[No references available]"),
        ("volume", "NA|n/a|N.A.|none|Unknown|-|--|—|?|(no pagination)|undefined|tidak ada"),
        ("doi", "NA|n/a|None|No DOI|No DOI available|not available|-|#N/A"),
        ("year", "n.d.|nd|NA|no date|unknown"),
        ("first_page", "NA|n/a-n/a|NA–NA|n/a--n/a|undefined-undefined|none - none"),
    ],
)  # fmt: skip
def test_marks_of_programs_and_people_are_no_values(field: str, marks: str) -> None:
    """What R, pandas, JavaScript, Excel, databases and people write where they have nothing."""
    assert [mark for mark in marks.split("|") if not is_placeholder(field, mark)] == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("author_keywords", "Na|na|sodium|none of the above|Null hypothesis|no|missing data|nan bread"),
        ("title", "None but the brave|Undefined|No title|Null|Anonymous|Unknown|No abstract|[Copper in water]"),
        ("source", "Na|Anonymous|Null|Unknown|Nature|N"),
        ("references", "[Anonymous], 2002, OPTICS|Na L., 2001, MARKETS|Undefined behaviour, (2020)|Naples, (2020)"),
        ("affiliations", "NASA|Nan Hua Univ|None Univ"),
        ("language", "na|no|nd"),
        ("volume", "N1|12|S1|1-2|No. 4|A"),
        ("first_page", "e12-e12|N-7|A1-A1|12-12|NE-NE"),
        ("abstract", "No abstract is available for markets in towns that nobody visits.|None of them."),
    ],
)  # fmt: skip
def test_real_values_are_kept(field: str, values: str) -> None:
    """Sodium and Nauru's code, titles of poems and plays, bodies and places that begin alike."""
    assert [value for value in values.split("|") if is_placeholder(field, value)] == []


def test_sodium_in_capitals_is_kept_beside_other_terms() -> None:
    """Keywords Plus are in capitals throughout; a list of author keywords is not."""
    assert without_placeholders("index_keywords", ["NA", "TRANSPORT"]) == ("NA", "TRANSPORT")
    assert without_placeholders("index_keywords", ["NA", "Transport"]) == ("Transport",)
    assert without_placeholders("author_keywords", ["NA", "RENT"]) == ("RENT",)


def test_a_cited_source_without_a_name_is_empty() -> None:
    """Web of Science prints the mark in its place, and volume and page may still tell the work."""
    cited = parse_reference("Umpama A, 2001, [No title captured], V4, P11")
    assert (cited.source, cited.volume, cited.page) == ("", "4", "11")


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("R&D; innovation", ("R&D", "innovation")),
        ("M&A; banks", ("M&A", "banks")),
        ("AT&T; telephones", ("AT&T", "telephones")),
        ("Q&A;P&L;H&E; R&DD; S&P500; rent", ("Q&A", "P&L", "H&E", "R&DD", "S&P500", "rent")),
        ("caf&eacute;; salt &amp; pepper", ("caf&eacute;", "salt &amp; pepper")),
        ("R&amp;D; innovation", ("R&amp;D", "innovation")),
        ("R&amp;amp;D; p &#60; 1; &#x3b1;; rent", ("R&amp;amp;D", "p &#60; 1", "&#x3b1;", "rent")),
        ("a &invented; b", ("a &invented", "b")),
    ],
)
def test_a_semicolon_parts_unless_it_ends_an_entity_of_the_standard(written: str, listed: tuple[str, ...]) -> None:
    """`&eacute;` is in the standard's list, `&D;` is not."""
    assert split_list(written) == listed


def test_entities_become_characters_and_abbreviations_stay() -> None:
    """Names that the standard lacks, and those that no export writes, stay letter by letter."""
    assert unescaped("caf&eacute; &amp;lt; R&D; &DD; &alpha;") == "café < R&D; &DD; α"
    assert not has_entity("R&D; M&A; AT&T; &c;")


_TEXT = "Rents rose. The market is the property of the town, and its content may not be copied by others."
_EBSCO = (
    "Copyright of Journal of Invented Rents, Inc. is the property of Contoh & Misal Ltd. and its content may not be "
    "copied or emailed to multiple sites or posted to a listserv without the copyright holder's express written "
    "permission. However, users may print, download, or email articles for individual use. This abstract may be "
    "abridged. No warranty is given about the accuracy of the copy. Users should refer to the original published "
    "version of the material for the full abstract. (Copyright applies to all Abstracts.)"
)


@pytest.mark.parametrize(
    "added",
    [
        "[ABSTRACT FROM AUTHOR]",
        "[ABSTRACT FROM PUBLISHER]",
        "ABSTRACT FROM AUTHOR",
        "[PUBLICATION ABSTRACT]",
        f"[ABSTRACT FROM AUTHOR] {_EBSCO}",
        _EBSCO,
        _EBSCO.partition(" However")[0],
        _EBSCO.partition(" No warranty")[0] + " (Copyright applies to all Abstracts.)",
        "(PsycINFO Database Record (c) 2016 APA, all rights reserved)",
        "(PsycInfo Database Record (c) 2024 APA, all rights reserved).",
    ],
)
def test_what_a_database_added_goes_and_nothing_else(added: str) -> None:
    """EBSCO's notice and marks and APA's stamp leave the abstract as its authors wrote it."""
    assert without_notices(f"{_TEXT} {added}") == _TEXT


def test_text_behind_a_notice_stays() -> None:
    """A second language stands behind the notice of the first."""
    assert without_notices(f"{_TEXT} {_EBSCO} Harga sewa naik.") == f"{_TEXT} Harga sewa naik."


def test_a_sentence_about_property_or_abstracts_is_no_notice() -> None:
    """Words that notices have stand in abstracts too."""
    of_authors = "Who sings? Copyright of songs is the property of singers, we find."
    for text in (_TEXT, of_authors, "Copyright of songs is debated.", "An ABSTRACT model of rent."):
        assert without_notices(text) == text


def test_the_same_text_in_two_tags_is_one_abstract() -> None:
    """AB and N2 with one text, or with its beginning only, are one; two languages are two."""
    assert joined_abstract([_TEXT, _TEXT.replace(". ", ".  ")]) == _TEXT
    assert joined_abstract([f"{_TEXT[:20]}...", _TEXT]) == _TEXT
    assert joined_abstract([_TEXT, "Harga sewa naik.", "HARGA SEWA NAIK"]) == f"{_TEXT} Harga sewa naik."


def test_a_notice_in_a_second_tag_is_no_abstract() -> None:
    """EBSCO writes its notice into an AB of its own."""
    text = f"TY  - JOUR\nTI  - Kota\nAB  - Rents rose.\nAB  - {_EBSCO}\nER  - \n"
    record = read_ris(Source("a.ris", "a.ris", text.encode())).records[0]
    assert without_notices(record.abstract) == "Rents rose."


def test_a_very_long_abstract_is_read_at_once() -> None:
    """Patterns are linear."""
    for piece in ("Copyright of x is the property of ", " is the property of ", "[ABSTRACT FROM ", "(Psyc"):
        without_notices(piece * (1_000_000 // len(piece)))
