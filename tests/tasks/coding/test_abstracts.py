"""A passage from an abstract is marked as such, and a paper that comes later is a document beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.markets import CASES, markets

from benang.tasks.build.building import build
from benang.tasks.build.findings import read_findings
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.rows import ListRequest, list_codings
from benang.tasks.coding.wishes import Wish
from benang.tasks.documents import DocumentsRequest, documents
from benang.tasks.explain import ExplainRequest, explain

QUOTE = "The company raised its fare without a warning"
ABSTRACT = "documents/anwar2017-abstract.txt"
PAPER = f"Ferries and sellers of the strait\n\nAbstract. {QUOTE}.\n\nThe fare to the market doubled in May.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review in which one passage of an abstract is coded."""
    made = markets(tmp_path / "r")
    case = '\n[[cases]]\nid = "selat"\nlabel = "Selat"\nstudies = ["anwar2017"]\n'
    (made / "cases.toml").write_text(CASES + case, encoding="utf-8")
    _code(made, QUOTE)
    return made


def _code(folder: Path, quote: str) -> str:
    wish = Wish(quote=quote, record="anwar2017", code="rent", case="selat")
    return add_coding(AddRequest(folder=folder, wish=wish)).coding.document


def _add_paper(folder: Path) -> str:
    (folder / "papers").mkdir()
    (folder / "papers" / "anwar2017.txt").write_text(PAPER, encoding="utf-8")
    return documents(DocumentsRequest(folder)).papers[0].document


def test_report_and_account_say_that_it_is_from_the_abstract(folder: Path) -> None:
    """Beside the quote, among the methods, and in the summary, in the language of the report."""
    build(folder, out=folder / "en", language="en")
    build(folder, out=folder / "id", language="id")
    english, indonesian = ((folder / one / "report.html").read_text(encoding="utf-8") for one in ("en", "id"))

    assert ">from the abstract<" in english
    assert "For some studies, only the abstract was available" in english
    assert "quoted from the abstract in the database" in english
    assert ">dari abstrak<" in indonesian
    assert "hanya abstraknya yang tersedia" in indonesian


def test_an_explained_number_says_it_too(folder: Path) -> None:
    """Behind the document and its code."""
    findings, _ = read_findings(folder, language="en")
    number = next(one for one in findings.evidence.numbers if one.endswith("rent/cases"))

    assert "from the abstract" in "\n".join(
        note.naming().text for note in explain(ExplainRequest(folder, number, "en")).account.notes
    )


def test_a_paper_is_added_though_its_abstract_is_a_document(folder: Path) -> None:
    """Both are documents of the record, and what was quoted from the abstract stays there."""
    assert _add_paper(folder) == "documents/anwar2017.txt"
    assert [row.document for row in list_codings(ListRequest(folder=folder)).rows] == [ABSTRACT]


def test_words_that_stand_in_both_are_those_of_the_paper(folder: Path) -> None:
    """A paper prints its abstract: that is no riddle, and no second place."""
    _add_paper(folder)

    assert _code(folder, "raised its fare without") == "documents/anwar2017.txt"
    assert _code(folder, "Sellers crossed the strait twice") == ABSTRACT


def test_a_case_coded_from_both_counts_once(folder: Path) -> None:
    """So does the study; the passages are two."""
    _add_paper(folder)
    _code(folder, "The fare to the market doubled")
    findings, _ = read_findings(folder, language="en")
    numbers = findings.evidence.numbers
    cases = next(one for one in numbers.values() if one.id.endswith("rent/cases"))
    studies = next(one for one in numbers.values() if one.id.endswith("rent/studies"))

    assert (cases.of, studies.of) == (("selat",), ("anwar2017",))
    assert len(cases.passages) == 2
