"""The codings of a review as rows, and where each stands in the PDF of its paper, wherever that lies in the review."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.made_papers import made_pdf
from tests.tasks.coding.markets import markets

from benang.errors import BenangError
from benang.judgements.events import Consensus
from benang.review.desk import open_desk
from benang.tasks.account import Note
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.rows import ListRequest, coding_rows, list_codings, passage_places
from benang.tasks.coding.wishes import Wish
from benang.tasks.documents import DocumentsRequest, documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    folder = markets(tmp_path / "markets")
    for quote, code, coder in (("two gates", "permits", "budi"), ("stall doubled", "rent", "ani")):
        wish = Wish(quote=quote, record="sari2018", code=code, coder=coder)
        add_coding(AddRequest(folder=folder, wish=wish))
    return folder


def test_rows_stand_in_the_order_of_their_places(folder: Path) -> None:
    """Rows stand in the order of their places."""
    assert [(row.code, row.coder, row.record) for row in coding_rows(open_desk(folder))] == [
        ("rent", "ani", "sari2018"),
        ("permits", "budi", "sari2018"),
    ]


@pytest.mark.parametrize("chosen", [{"code": "Slow permits"}, {"coder": "budi"}])
def test_rows_can_be_those_of_one_code_or_coder(folder: Path, chosen: dict[str, str]) -> None:
    """Rows can be those of one code or coder."""
    listed = list_codings(ListRequest(folder=folder, **chosen))  # type: ignore[arg-type]
    assert [row.quote for row in listed.rows] == ["two gates"]


def test_an_export_holds_what_the_list_shows(folder: Path, tmp_path: Path) -> None:
    """An export holds what the list shows."""
    listed = list_codings(ListRequest(folder=folder, output=tmp_path / "rows.json"))
    assert json.loads((tmp_path / "rows.json").read_text(encoding="utf-8")) == json.loads(listed.as_json())
    list_codings(ListRequest(folder=folder, output=tmp_path / "rows.csv"))
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert [row["quote"] for row in csv.DictReader(file)] == [row.quote for row in listed.rows]


def test_what_a_consensus_set_aside_stays_in_the_list_and_is_marked(folder: Path) -> None:
    """What is set aside counts in no number, and is still said of its words."""
    desk = open_desk(folder)
    (rent, permits) = coding_rows(desk)
    desk.append(
        [
            Consensus(id="k1", coder="consensus", case="muara", code="rent", keeps=(), resolves=(rent.id,)),
            Consensus(
                id="k2", coder="consensus", case="muara", code="permits", keeps=(permits.id,), resolves=(permits.id,)
            ),
        ]
    )
    listed = list_codings(ListRequest(folder=folder))
    lines = [one.text for one in listed.account.notes if isinstance(one, Note)]

    assert [row.consensus for row in listed.rows] == ["set aside", "kept"]
    assert ["set aside by consensus" in line for line in lines] == [True, False, False, False]
    assert lines[-1] == "A consensus has set 1 of them aside."


def test_a_code_renamed_in_the_codebook_keeps_its_passages(folder: Path) -> None:
    """A code renamed in the codebook keeps its passages."""
    path = folder / "codebook.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "rent"', 'id = "dear"\nwas = ["rent"]'), encoding="utf-8")
    assert [row.code for row in coding_rows(open_desk(folder))] == ["dear", "permits"]


def test_an_unknown_code_or_record_names_the_nearest(folder: Path) -> None:
    """An unknown code or record names the nearest, so that a misspelt one is not taken for one without passages."""
    with pytest.raises(BenangError, match="Did you mean 'sari2018'"):
        list_codings(ListRequest(folder=folder, record="sari2019"))
    assert list_codings(ListRequest(folder=folder, record="lestari2019")).rows == ()
    assert len(list_codings(ListRequest(folder=folder, record="sari2018")).rows) == 2
    with pytest.raises(BenangError, match="Did you mean 'permits'"):
        list_codings(ListRequest(folder=folder, code="permit"))


PAGES = (
    ["Ferries and sellers of the strait", "A first page of this paper, which is long enough to be one."],
    ["On the second page the fare", "was raised without a warning to the sellers of the market."],
)


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review with a paper of two pages that lies outside of it."""
    made = markets(tmp_path / "r")
    (tmp_path / "a paper.pdf").write_bytes(made_pdf(*PAGES))
    documents(DocumentsRequest(made, (tmp_path / "a paper.pdf",), "anwar2017"))
    return made


def _coded(review: Path, quote: str = "the fare was raised", record: str = "anwar2017", case: str = "muara") -> str:
    wish = Wish(quote=quote, record=record, code="rent", case=case)
    return add_coding(AddRequest(folder=review, wish=wish)).coding.id


@pytest.mark.parametrize("name", ["a paper.pdf", "renamed.PDF"])
def test_page_and_lines_of_a_coding(review: Path, name: str) -> None:
    """The PDF is found in `papers` by its name, or by its hash."""
    coding = _coded(review)
    (review / "papers").mkdir()
    (review / "papers" / "other.pdf").write_bytes(made_pdf(["Other"]))
    (review.parent / "a paper.pdf").rename(review / "papers" / name)
    shown = passage_places(review, coding)

    assert (shown.paper, shown.is_same_file) == (review / "papers" / name, True)
    assert [(one.page, len(one.rectangles)) for one in shown.places] == [(2, 2)]
    assert shown.passage.quote == "the fare\nwas raised"


def test_another_version_of_the_pdf_is_told(review: Path) -> None:
    """It has the document's name for it, and other bytes."""
    coding = _coded(review)
    (review / "papers").mkdir()
    (review / "papers" / "a paper.pdf").write_bytes(made_pdf(PAGES[0], ["Corrected in May", *PAGES[1]]))
    shown = passage_places(review, coding)

    assert not shown.is_same_file
    assert len(shown.places[0].rectangles) == 2


def test_what_has_no_place_says_why(review: Path) -> None:
    """An unknown id brings the nearest; a note is no PDF; a PDF that lies elsewhere is asked for."""
    coding = _coded(review)
    note = _coded(review, "doubled within a year", "sari2018")
    with pytest.raises(BenangError, match=f"no passage has the id '{coding}x'.*'{coding}'"):
        passage_places(review, f"{coding}x")
    with pytest.raises(BenangError, match="not the text of a PDF"):
        passage_places(review, note)
    with pytest.raises(BenangError, match=r"is missing\. Put a paper\.pdf into the folder 'papers'"):
        passage_places(review, coding)


def test_no_quote_is_a_live_formula_in_a_table(folder: Path, tmp_path: Path) -> None:
    """A paper may print one; JSON keeps it as it is."""
    path = folder / "documents/sari2018.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n=1+2 stalls closed.\n", encoding="utf-8")
    wish = Wish(quote="=1+2 stalls", record="sari2018", code="rent", coder="ani")
    add_coding(AddRequest(folder=folder, wish=wish))
    list_codings(ListRequest(folder=folder, output=tmp_path / "rows.csv"))
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert [row["quote"] for row in csv.DictReader(file)][-1] == "'=1+2 stalls"
    assert '"=1+2 stalls"' in list_codings(ListRequest(folder=folder)).as_json()


def test_passages_are_listed_without_what_counts_and_draws() -> None:
    """They are text, and no list of text waits for tables of numbers to load."""
    code = "import sys, benang.tasks.coding.rows; print(sorted({'numpy', 'pyarrow', 'matplotlib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
