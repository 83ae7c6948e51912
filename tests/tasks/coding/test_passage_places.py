"""A coded passage is found in the PDF of its paper, wherever that lies in the review."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_papers import made_pdf
from tests.tasks.coding.markets import markets

from benang.errors import BenangError
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.passage_places import passage_places
from benang.tasks.coding.wishes import Wish
from benang.tasks.documents import DocumentsRequest, documents

PAGES = (
    ["Ferries and sellers of the strait", "A first page of this paper, which is long enough to be one."],
    ["On the second page the fare", "was raised without a warning to the sellers of the market."],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review with a paper of two pages that lies outside of it."""
    made = markets(tmp_path / "r")
    (tmp_path / "a paper.pdf").write_bytes(made_pdf(*PAGES))
    documents(DocumentsRequest(made, (tmp_path / "a paper.pdf",), "anwar2017"))
    return made


def _coded(folder: Path, quote: str = "the fare was raised", record: str = "anwar2017", case: str = "muara") -> str:
    wish = Wish(quote=quote, record=record, code="rent", case=case)
    return add_coding(AddRequest(folder=folder, wish=wish)).coding.id


@pytest.mark.parametrize("name", ["a paper.pdf", "renamed.PDF"])
def test_page_and_lines_of_a_coding(folder: Path, name: str) -> None:
    """The PDF is found in `papers` by its name, or by its hash."""
    coding = _coded(folder)
    (folder / "papers").mkdir()
    (folder / "papers" / "other.pdf").write_bytes(made_pdf(["Other"]))
    (folder.parent / "a paper.pdf").rename(folder / "papers" / name)
    shown = passage_places(folder, coding)

    assert (shown.paper, shown.is_same_file) == (folder / "papers" / name, True)
    assert [(one.page, len(one.rectangles)) for one in shown.places] == [(2, 2)]
    assert shown.passage.quote == "the fare\nwas raised"


def test_another_version_of_the_pdf_is_told(folder: Path) -> None:
    """It has the document's name for it, and other bytes."""
    coding = _coded(folder)
    (folder / "papers").mkdir()
    (folder / "papers" / "a paper.pdf").write_bytes(made_pdf(PAGES[0], ["Corrected in May", *PAGES[1]]))
    shown = passage_places(folder, coding)

    assert not shown.is_same_file
    assert len(shown.places[0].rectangles) == 2


def test_what_has_no_place_says_why(folder: Path) -> None:
    """An unknown id brings the nearest; a note is no PDF; a PDF that lies elsewhere is asked for."""
    coding = _coded(folder)
    note = _coded(folder, "doubled within a year", "sari2018")
    with pytest.raises(BenangError, match=f"no passage has the id '{coding}x'.*'{coding}'"):
        passage_places(folder, f"{coding}x")
    with pytest.raises(BenangError, match="not the text of a PDF"):
        passage_places(folder, note)
    with pytest.raises(BenangError, match=r"is not at hand\. Put a paper\.pdf into the folder 'papers'"):
        passage_places(folder, coding)
