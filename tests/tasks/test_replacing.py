"""A new text takes the place of an earlier one: passages follow, and what doesn't is listed first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tasks.coding.markets import logs, markets

from benang.coding.quotes import Span, surroundings
from benang.errors import Misuse
from benang.judgements.events import Coding
from benang.judgements.log import Judgements
from benang.project.folder import Document, heading, open_folder, read_documents
from benang.tasks.coding.adding import AddRequest, MoveRequest, SuggestionsRequest, add_coding, move, suggestions
from benang.tasks.coding.rows import ListRequest, list_codings
from benang.tasks.coding.searching import SearchRequest, search
from benang.tasks.coding.wishes import Wish
from benang.tasks.documents import AddedPaper, DocumentsRequest, PassagesLeft, documents, followed

OLD = "documents/sari2018.md"
TEXT = "The rent of a stall doubled within a year, and the municipal administration closed two gates.\n"
PRICES = "At the harbour prices rose when the ferry stopped. In the north prices rose at once.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review with three passages of one paper; one of them stands there twice."""
    made = markets(tmp_path / "r")
    for quote, place in (("closed two gates", None), ("doubled within a year", None), ("prices rose", 2)):
        wish = Wish(quote=quote, record="sari2018", code="rent", place=place)
        add_coding(AddRequest(folder=made, wish=wish))
    return made


def _anew(folder: Path, text: str, *, leaving: bool = False) -> AddedPaper:
    paper = folder.parent / "new version.txt"
    paper.write_text(text, encoding="utf-8")
    request = DocumentsRequest(folder, (paper,), "sari2018", anew=True, leaving=leaving)
    return documents(request).papers[0]


def _quotes(folder: Path) -> list[tuple[str, str, str]]:
    texts = read_documents(open_folder(folder))
    rows = list_codings(ListRequest(folder=folder)).rows
    return [(row.document, row.quote, texts[row.document].text[row.start : row.end]) for row in rows]


def test_passages_follow_and_the_earlier_text_stays(folder: Path) -> None:
    """Also the one that stands twice, in another order; logs and earlier text are as they were, to the byte."""
    old, log = (folder / OLD).read_bytes(), logs(folder)
    added = _anew(folder, TEXT + PRICES)
    new = "documents/sari2018-2.txt"

    assert (added.document, added.remarks[1]) == (new, "passages that follow: 3; passages left behind: 0")
    assert ((folder / OLD).read_bytes(), logs(folder)) == (old, log)
    assert all(document == new and quote == there for document, quote, there in _quotes(folder))
    text = read_documents(open_folder(folder))[new].text
    assert {text[: text.index(quote)].count("north") for _, quote, _ in _quotes(folder) if quote == "prices rose"} == {
        0
    }
    assert heading(text)["replaces"] == OLD
    assert OLD not in read_documents(open_folder(folder))


def test_passages_of_old_logs_follow_by_what_stood_around_them_in_the_earlier_text(folder: Path) -> None:
    """Their lines say neither what stood before nor behind; the earlier text still does."""
    log = folder / "judgements" / "ani.jsonl"
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    bare = [{key: one[key] for key in one if key not in ("before", "after", "check")} for one in lines]
    log.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in bare), encoding="utf-8")
    _anew(folder, TEXT + PRICES)

    assert len(_quotes(folder)) == 3


def test_what_does_not_follow_is_listed_and_nothing_is_written(folder: Path) -> None:
    """With the file and the line of each, and why."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(PassagesLeft) as caught:
        _anew(folder, "Quite another text of the same paper, in which one thing is the same: closed two gates.\n")
    told = str(caught.value)

    assert "2 of 3 passages are not in the new text" in told
    assert "judgements/ani.jsonl, line 3: “doubled within a year” (it does not occur)" in told
    assert "closed two gates" not in told
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_text_may_take_the_place_all_the_same(folder: Path) -> None:
    """What doesn't follow is no longer among the codings, and comes back with a text that has it."""
    _anew(folder, "Quite another text of the same paper: closed two gates.\n", leaving=True)
    first = _quotes(folder)
    again = _anew(folder, TEXT + PRICES)

    assert [quote for _, quote, _ in first] == ["closed two gates"]
    assert again.document == "documents/sari2018-3.txt"
    assert len(_quotes(folder)) == 3
    present = read_documents(open_folder(folder))[again.document]
    assert [one.path for one in present.earlier] == ["documents/sari2018-2.txt", OLD]


def test_the_same_text_is_not_kept_twice(folder: Path) -> None:
    """A new version of what takes out the text may give the same letters."""
    _anew(folder, TEXT + PRICES)
    again = _anew(folder, TEXT + PRICES)

    assert (again.document, again.reason) == ("documents/sari2018-2.txt", "its text is exactly the same")
    assert not (folder / "documents" / "sari2018-3.txt").exists()


def test_the_same_passage_of_the_new_text_is_not_coded_twice(folder: Path) -> None:
    """It is the coding that followed."""
    _anew(folder, TEXT + PRICES)
    added = add_coding(AddRequest(folder=folder, wish=Wish(quote="closed two gates", record="sari2018", code="rent")))

    assert not added.is_new


def test_suggestions_and_moved_codings_are_those_of_the_new_text(folder: Path) -> None:
    """A suggestion still waits for a person, and a coding that followed can be moved to other words there."""
    search(
        SearchRequest(folder=folder, by="text", words="two gates", code="permits", all_hits=True, as_suggestions=True)
    )
    _anew(folder, TEXT + PRICES)
    (waiting,) = suggestions(SuggestionsRequest(folder=folder)).waiting
    suggestions(SuggestionsRequest(folder=folder, take=(waiting.id,)))
    coding = next(row.id for row in list_codings(ListRequest(folder=folder)).rows if row.quote == "closed two gates")
    moved = move(MoveRequest(folder=folder, id=coding, quote="municipal administration"))

    assert waiting.document == moved.coding.document == "documents/sari2018-2.txt"
    assert {row.quote for row in list_codings(ListRequest(folder=folder, code="permits")).rows} == {"two gates"}


@given(st.lists(st.integers(0, 11), min_size=1, max_size=14), st.booleans())
def test_every_passage_follows_or_is_listed(kept: list[int], are_bare: bool) -> None:
    """Twelve sentences, each coded; the new text has some of them, in any order, and some twice."""
    lines = [f"In the {word} of the market rents rose for all sellers." for word in "abcdefghijkl"]
    old = Document("documents/a.txt", "a", "\n".join(lines), "")
    new = Document("documents/a-2.txt", "a", "---\nrecord: a\n---\n" + " ".join(lines[one] for one in kept), "")
    events = tuple(_coding(old, line, name, are_bare) for name, line in enumerate(lines))
    follow, left = followed(old, new, {old.path: old}, Judgements(current=events))
    once = {f"c{one}" for one in kept if kept.count(one) == 1}

    assert follow + len(left) == len(lines)
    assert {one.judgement for one in left}.isdisjoint(once)
    assert {f"c{one}" for one in range(len(lines))} - {f"c{one}" for one in kept} <= {one.judgement for one in left}


def _coding(document: Document, quote: str, name: int, is_bare: bool) -> Coding:
    start = document.text.index(quote)
    before, after = ("", "") if is_bare else surroundings(document.text, Span(start, start + len(quote)))
    return Coding(
        id=f"c{name}",
        coder="ani",
        code="rent",
        case="a",
        document=document.path,
        start=start,
        end=start + len(quote),
        quote=quote,
        before=before,
        after=after,
    )


def test_a_new_text_is_taken_of_one_file(folder: Path) -> None:
    """Each of several would need an answer of its own."""
    with pytest.raises(Misuse, match="the new text comes from one file, but 0 are named"):
        documents(DocumentsRequest(folder, anew=True))


def test_where_a_record_has_several_documents_the_new_text_replaces_the_one_that_names_its_file(folder: Path) -> None:
    """None does at first: the message says what to write into which heading, and that is enough."""
    note = folder / "documents" / "sari2018-note.md"
    note.write_text("---\nrecord: sari2018\n---\nA note on it.\n", encoding="utf-8")
    refused = _anew(folder, TEXT + PRICES).problem
    assert refused is not None
    assert "'sari2018' has several documents: documents/sari2018-note.md, documents/sari2018.md" in str(refused)
    assert "paper: new version.txt" in str(refused)
    path = folder / OLD
    path.write_text(
        f"---\nrecord: sari2018\npaper: new version.txt\n---\n{path.read_text(encoding='utf-8')}", encoding="utf-8"
    )

    assert _anew(folder, TEXT + PRICES).remarks[0] == f"it replaces {OLD}, which is kept"
    assert "documents/sari2018-note.md" in read_documents(open_folder(folder))
