"""A paper is matched to the record that it is, or to none."""

from __future__ import annotations

import pytest

from benang.project.folder import Document, heading
from benang.project.papers import document_text, match_paper
from benang.readers import Line, PaperText
from benang.records.record import Record

TWIN = Record("twin", title="Twin towns between hope and habit", doi="10.1234/jt.5", year=2021)
OTHER = Record("other", title="Other towns and their other habits", doi="10.9999/x.1", year=2010)
RECORDS = (TWIN, OTHER)


def _match(first: str, last: str = "", name: str = "download.pdf", *lines: Line) -> str:
    return match_paper(PaperText((first, last), first_lines=lines), b"", name, RECORDS).key


def test_a_doi_with_its_title_matches() -> None:
    """The paper's own DOI, borne out by the title on its first pages."""
    assert _match("doi:10.1234/jt.5\nTwin towns between\nhope and habit") == "twin"


def test_a_doi_whose_title_is_not_there_is_left_to_a_person() -> None:
    """A publisher's form letter with a wrong DOI must not decide; the record is named as near."""
    match = match_paper(PaperText(("doi:10.1234/jt.5\nQuite another paper about rivers",)), b"", "a.pdf", RECORDS)

    assert (match.key, match.near) == ("", ("twin",))


def test_titles_and_dois_of_the_references_match_nothing() -> None:
    """A paper that cites a record is not that record."""
    cited = "References\nOther towns and their other habits. doi:10.9999/x.1"

    assert _match("A paper about rivers and their banks", cited) == ""


def test_a_title_matches_over_line_ends_hyphens_and_capitals() -> None:
    """Letters and figures alone are compared."""
    assert _match("TWIN TOWNS BETWEEN\nHOPE AND HA-\nBIT") == "twin"


def test_a_title_that_is_nearly_the_same_matches_with_its_year() -> None:
    """A word spelt otherwise is likeness enough where the years agree, not where they don't."""
    near = Line("Twin town between hope and habits", 18.0)

    assert _match("J. of Towns, Vol. 3, 2021\nTwin town between hope and habits", "", "a.pdf", near) == "twin"
    assert _match("J. of Towns, Vol. 3, 2008\nTwin town between hope and habits", "", "a.pdf", near) == ""


def test_the_file_name_decides_where_it_is_a_key() -> None:
    """Who names a file after a record has decided."""
    assert _match("no title here", "", "papers/twin.pdf") == "twin"


def test_another_paper_of_the_same_author_is_not_taken_for_like() -> None:
    """Its own record is missing: nine letters of ten are the same, and one word is another."""
    title = "Night markets in a small town of the north: a study of permits"
    paper = PaperText(
        ("Journal 4 (2018)\n" + title, "x"), first_lines=(Line("Journal 4 (2018)", 9.0), Line(title, 18.0))
    )
    for other in (title.replace("permits", "rents"), title.replace("north", "south")):
        assert match_paper(paper, b"", "x.pdf", [Record("a", title=other, year=2018)]).key == ""
    misread = title.replace("markets", "rnarkets")
    assert match_paper(paper, b"", "x.pdf", [Record("a", title=misread, year=2018)]).key == "a"


@pytest.mark.parametrize("has_heights", [True, False])
@pytest.mark.parametrize(
    ("title", "near"),
    [
        ("Between habit and hope: twin towns", ("twin",)),
        ("Twin towns between hope", ("twin",)),
        ("Other towns and the habits of others", ("other",)),
        ("The rent of stalls in night markets", ()),
    ],
)
def test_titles_that_come_near_are_named_where_none_fits(title: str, near: tuple[str, ...], has_heights: bool) -> None:
    """In another order of words, cut short or worded otherwise; also where no line stands out by its height."""
    lines = (Line("Journal of Towns", 9.0), Line(title, 18.0)) if has_heights else ()
    paper = PaperText((f"Journal of Towns\n{title}\nBudi Contoh", "More"), first_lines=lines)
    match = match_paper(paper, b"", "a.pdf", RECORDS)

    assert (match.key, match.near) == ("", near)


def test_of_titles_that_begin_alike_the_one_that_is_more_alike_as_a_whole_comes_first() -> None:
    """A title that was cut is the beginning of both, letter by letter."""
    held = [
        Record("long", title="Of markets that close: night markets and their rents in five large ports of the east"),
        Record("short", title="Night markets and their rents in Padang"),
    ]
    paper = PaperText(("Night markets and their rents\nBudi Contoh", "More"))

    assert match_paper(paper, b"", "a.pdf", held).near == ("short", "long")


def test_a_file_called_by_a_key_that_begins_with_another_title_is_nobodys() -> None:
    """A download called 12345.pdf need not be the record with that key; two keys may be one name."""
    paper = PaperText(("Permits in a small town by the sea\nBudi Contoh\nJournal of Invented Markets", "More"))
    held = [Record("12345", title="Night markets and the rent of stalls"),
            Record("b", title="Permits in a small town by the sea")]  # fmt: skip
    match = match_paper(paper, b"", "papers/12345.pdf", held)
    assert match.key == ""
    assert "12345" in match.near

    twice = [Record("a/b", title="Night markets and the rent of stalls"), Record("a:b", title="Markets in the morning")]
    assert match_paper(PaperText(("Nothing of them", "x")), b"", "a-b.pdf", twice).key == ""


def test_a_document_keeps_its_pages_and_tells_where_it_is_from() -> None:
    """Pages are parted by form feeds, so that an offset tells its page."""
    paper = PaperText(("First page", "Second page"))
    text = document_text(paper, Record("jt:5"), file="papers/a.pdf", sha256="00ff", reason="its DOI")
    document = Document("documents/jt-5.txt", "jt:5", text, "")

    assert heading(text) == heading(text) | {"record": "jt:5", "paper": "papers/a.pdf", "sha256": "00ff", "pages": "2"}
    assert document.page(text.index("First")) == 1
    assert document.page(text.index("Second")) == 2
    assert Document("documents/a.md", "a", "Text", "").page(2) is None
