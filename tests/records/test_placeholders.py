"""Marks that stand for no value, and values that only look like them."""

from __future__ import annotations

import pytest

from benang.records.placeholders import is_placeholder, without_placeholders
from benang.records.references.parsing import parse_reference


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
