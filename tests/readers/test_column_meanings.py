"""What columns hold, told by their values."""

from __future__ import annotations

import pytest

from benang.readers.column_meanings import are_databases, is_running, speaks_against, told_by_content

TITLES = ["Night markets and rent", "Permits in a small town of traders", "Vendors who left"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("doi", ["10.9999/a", "https://doi.org/10.9999/b", "doi:10.9999/c"]),
        ("year", ["2018", "2019", "1998"]),
        ("issn", ["1234-5678", "1234-567X; 8765-4321"]),
        ("url", ["https://a.example/1", "http://b.example/2"]),
        ("pages", ["1-12", "S3–S9", "e11-e19", "225-9"]),
        ("authors", ["Umpama, A.; Contoh, Budi", "Misal, E.", "Rekaan C.; van der Teladan D."]),
        ("authors", ["Umpama A., Contoh B.C.", "Misal E.", "Rekaan C., Teladan D."]),
        ("author_keywords", ["rent; stalls", "permits; small towns; trade"]),
        ("type", ["Article", "Conference Paper", "Review"]),
        ("abstract", ["Rents rose. " * 40, "Permits fell. " * 40]),
        ("title", TITLES),
    ],
)
def test_a_column_is_recognised_by_its_values(field: str, values: list[str]) -> None:
    """Where nearly all of them can be nothing else."""
    assert told_by_content([values], [0]) == {field: 0}


@pytest.mark.parametrize(
    "values",
    [["1", "2", "3"], ["12", "7", "130"], ["Indonesia", "Malaysia"], ["yes", "no", "yes"], ["Survey", "Interview"], [],
     ["Group A", "Group B"], ["12018", "22019"], ["Rents rose.", "Rents rose.", "Rents rose."]],
)  # fmt: skip
def test_other_values_tell_nothing(values: list[str]) -> None:
    """Running numbers, counts, places, methods, and a text that stands in every row."""
    assert told_by_content([values], [0]) == {}


def test_two_columns_of_one_kind_tell_nothing_of_it() -> None:
    """Two columns of years may be when a work was published and when it was read."""
    assert told_by_content([["2018", "2019"], ["2020", "2021"]], [0, 1]) == {}


def test_journals_are_no_titles() -> None:
    """They say that they are journals, or come again."""
    columns = [["Journal of Markets", "Revista de Ferias", "Jurnal Pasar"], TITLES]
    assert told_by_content(columns, [0, 1]) == {"source": 0, "title": 1}


def test_values_speak_against_a_header_only_where_they_are_some() -> None:
    """Of two values nothing is said; one odd value among many is no evidence, and marks for none don't count."""
    assert not speaks_against("year", ["in press", "n.d."])
    assert not speaks_against("year", ["in press", "2018", "2019", "2020"])
    assert not speaks_against("doi", ["NA", "NA", "NA"])
    assert speaks_against("authors", ["3", "1", "2"])
    assert speaks_against("title", ["1", "2", "3"])


def test_running_numbers_and_databases_are_recognised() -> None:
    """From 0 or 1 upwards without a gap; names of databases whatever their spelling."""
    assert is_running(["0", "1", "2"])
    assert not is_running(["1", "3", "4"])
    assert are_databases(["Scopus", "WEB OF SCIENCE", "web-of-science", "PubMed"])
    assert not are_databases(["Scopus", "Journal of Markets"])
