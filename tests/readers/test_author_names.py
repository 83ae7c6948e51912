"""An author whom a form marks as a body is one in the record, whatever its words; its name carries no mark there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers.author_names import MARK, as_body, as_one_piece, marked_among, with_marked_ends, without_marks
from benang.readers.registry import read
from benang.records.record import Record

KEEPERS = "Invented Orchard Keepers"
OFFICE = "Dinas Pasar Umpama, Kios dan Sewa"
"""No word of the first tells of a body; the second has a comma of its own."""
OFFICE_AND = "Office of Orchards, Stalls and Rents"

RIS = f"TY  - JOUR\nTI  - Kota\nAU  - {KEEPERS},\nAU  - Umpama, Ani\nED  - Dinas Pasar Umpama,, Kios dan Sewa\nER  - \n"
ENDNOTE = f"%0 Journal Article\n%T Kota\n%A {KEEPERS},\n%A Umpama, Ani\n%E Dinas Pasar Umpama,, Kios dan Sewa\n"
REFWORKS = f"RT Journal Article\nT1 Kota\nA1 {KEEPERS},\nA1 Umpama,Ani\nA2 Dinas Pasar Umpama,, Kios dan Sewa\n"
ENDNOTE_XML = (
    "<xml><records><record><ref-type name='Edited Book'>28</ref-type><contributors><authors>"
    f"<author>{KEEPERS},</author><author>Umpama, Ani</author></authors><secondary-authors>"
    "<author>Dinas Pasar Umpama,, Kios dan Sewa</author></secondary-authors></contributors>"
    "<titles><title>Kota</title></titles></record></records></xml>"
)
BIBTEX = (
    f"@book{{a,\n author = {{{{{KEEPERS}}} and Umpama, Ani}},\n editor = {{{{{OFFICE}}}}},\n title = {{Kota}}\n}}\n"
)
CSL = (
    '[{"type": "book", "title": "Kota", "author": '
    f'[{{"literal": "{KEEPERS}"}}, {{"family": "Umpama", "given": "Ani"}}],'
    f' "editor": [{{"literal": "{OFFICE}"}}]}}]'
)
CROSSREF = (
    '{"message": {"DOI": "10.9999/a", "title": ["Kota"], "is-referenced-by-count": 1, "author": '
    f'[{{"name": "{KEEPERS}", "sequence": "first"}}, {{"family": "Umpama", "given": "Ani"}}],'
    f' "editor": [{{"name": "{OFFICE}"}}]}}}}'
)


@pytest.mark.parametrize(
    "export",
    [RIS, ENDNOTE, REFWORKS, ENDNOTE_XML, BIBTEX, CSL, CROSSREF],
    ids=["ris", "endnote", "refworks", "endnote-xml", "bibtex", "csl", "crossref"],
)
def test_authors_and_editors_that_are_bodies_are_marked_beside_people(tmp_path: Path, export: str) -> None:
    """Braces, `literal`, `name` and a comma at the end mark a body; the people beside it stay people."""
    record = _read(tmp_path, export)
    assert record.authors[:2] in ((KEEPERS, "Umpama, Ani"), (KEEPERS, "Umpama,Ani"))
    assert record.editors == (OFFICE,)
    assert record.bodies == (KEEPERS, OFFICE)


def test_medline_has_bodies_in_a_tag_of_their_own(tmp_path: Path) -> None:
    """What stands in `CN` is a body, also with a comma within."""
    record = _read(tmp_path, f"PMID- 1\nTI  - Kota\nFAU - Umpama, Ani\nCN  - {OFFICE}\nSO  - x\n")
    assert (record.authors, record.bodies) == (("Umpama, Ani", OFFICE), (OFFICE,))


def test_pubmed_xml_has_them_as_collective_names(tmp_path: Path) -> None:
    """A `CollectiveName` is a body."""
    record = _read(
        tmp_path,
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Kota</ArticleTitle>"
        "<AuthorList><Author><LastName>Umpama</LastName><ForeName>Ani</ForeName></Author>"
        f"<Author><CollectiveName>{OFFICE}</CollectiveName></Author></AuthorList></Article></MedlineCitation>"
        "</PubmedArticle></PubmedArticleSet>",
    )
    assert (record.authors, record.bodies) == (("Umpama, Ani", OFFICE), (OFFICE,))


def test_so_has_europe_pmc(tmp_path: Path) -> None:
    """A `collectiveName` is a body."""
    record = _read(
        tmp_path,
        '{"resultList": {"result": [{"id": "1", "source": "MED", "title": "Kota", "authorString": "x", "authorList": '
        '{"author": [{"lastName": "Umpama", "firstName": "Ani"}, {"collectiveName": "' + OFFICE + '"}]}}]}}',
    )
    assert (record.authors, record.bodies) == (("Umpama, Ani", OFFICE), (OFFICE,))


def test_web_of_science_has_groups_where_a_work_names_no_people(tmp_path: Path) -> None:
    """`CA` and `GP` are bodies, one a line; where people are named they are not read."""
    begins, ends = "FN Clarivate\nVR 1.0\nPT J\n", "TI Kota\nUT WOS:1\nER\nEF\n"
    assert _read(tmp_path, f"{begins}CA {KEEPERS}\n   {OFFICE}\n{ends}").bodies == (KEEPERS, OFFICE)
    assert _read(tmp_path, f"{begins}GP {KEEPERS}\n{ends}").bodies == (KEEPERS,)
    both = _read(tmp_path, f"{begins}AU Umpama, A\nCA {KEEPERS}\n{ends}")
    assert (both.authors, both.bodies) == (("Umpama, A",), ())


@pytest.mark.parametrize("column", ["Group Authors", "Book Group Authors"])
def test_its_tables_have_columns_for_them(tmp_path: Path, column: str) -> None:
    """Groups of a table are parted at semicolons only."""
    header = f"Publication Type\tAuthors\t{column}\tArticle Title\tSource Title\tPublication Year\tUT (Unique WOS ID)"
    record = _read(tmp_path, f"{header}\nJ\t\t{KEEPERS}; {OFFICE}\tKota\tJurnal\t2020\tWOS:1\n")
    assert (record.authors, record.bodies) == ((KEEPERS, OFFICE), (KEEPERS, OFFICE))


def test_its_bibtex_has_a_field_for_that_of_a_book(tmp_path: Path) -> None:
    """A book without people has its group as author, which needs no braces."""
    record = _read(tmp_path, f"@book{{a,\n Book-Group-Author = {{{KEEPERS}}},\n Title = {{{{Kota}}}}\n}}\n")
    assert (record.authors, record.bodies) == ((KEEPERS,), (KEEPERS,))


def test_a_list_that_a_program_wrote_may_have_literals(tmp_path: Path) -> None:
    """A list of objects in a cell marks bodies as CSL does."""
    written = "[{'literal': '" + KEEPERS + "'}, {'family': 'Umpama', 'given': 'Ani'}]"
    record = _read(
        tmp_path, f'Title,Authors,Year,Journal\nKota,"{written}",2020,Jurnal\nDesa,"Misal, E.",2021,Jurnal\n'
    )
    assert (record.authors, record.bodies) == ((KEEPERS, "Umpama, Ani"), (KEEPERS,))


@pytest.mark.parametrize(
    ("written", "name", "is_body"),
    [
        ("{van den Umpama}", "van den Umpama", False),
        ("{Umpama, Ani}", "Umpama, Ani", False),
        ("{UNESCO}", "UNESCO", True),
        (r"{\'E}cole", "École", False),
        (r"{\'Ecole Umpama de Contoh}", "École Umpama de Contoh", True),
        ("{Ani} Umpama", "Umpama, Ani", False),
        ("Ani {Orchard Umpama}", "Orchard Umpama, Ani", False),
        ("{Umpama Trading, Inc.}", "Umpama Trading, Inc.", True),
        ("{Siti binti Umpama}", "Siti binti Umpama", False),
        ("{Invented Keepers E.V.}", "Invented Keepers E.V.", True),
        ("World Health Organization", "World Health Organization", False),
    ],
)
def test_braces_around_a_whole_name_mark_a_body_unless_it_is_plainly_a_persons(
    tmp_path: Path, written: str, name: str, is_body: bool
) -> None:
    """Braces within a name, particles, patronymics and `Family, Given` mark nobody."""
    record = _read(tmp_path, f"@book{{a,\n author = {{{written}}},\n title = {{Kota}}\n}}\n")
    assert (record.authors, record.bodies) == ((name,), (name,) if is_body else ())


def test_a_list_of_people_in_double_braces_is_no_body(tmp_path: Path) -> None:
    """Web of Science wraps whole lists of editors, bodies among them; a body with `and` and a comma stays one."""
    entries = [
        f"@book{{{key},\n editor = {{{{{editors}}}}},\n title = {{Kota}}\n}}\n"
        for key, editors in (("a", "Umpama, A and IEEE"), ("b", "Umpama, Ani and Contoh, B."), ("c", OFFICE_AND))
    ]
    (tmp_path / "a.bib").write_text("".join(entries), encoding="utf-8")
    records = read(tmp_path / "a.bib").records
    assert [record.editors for record in records] == [
        ("Umpama, A", "IEEE"), ("Umpama, Ani", "Contoh, B."), (OFFICE_AND,)
    ]  # fmt: skip
    assert [record.bodies for record in records] == [(), (), (OFFICE_AND,)]


@pytest.mark.parametrize(
    "names",
    [
        ("Umpama, Ani,",),  # a suffix that is empty
        ("Umpama,, Jr.",),
        ("Umpama A.B.,", "Contoh, C."),
        ("Ani Umpama,", "Budi Contoh,", "Caca Misal"),  # a list that was cut at its commas
        ("Umpama,",),
    ],
)
def test_a_comma_left_over_marks_nobody(names: tuple[str, ...]) -> None:
    """Lists that were cut at commas, suffixes, initials and lone family names end with commas, too."""
    assert not marked_among(with_marked_ends(names))


def test_names_are_cleaned_as_authors_are(tmp_path: Path) -> None:
    """The name among the bodies is the one among the authors, after cleaning as before."""
    record = _read(tmp_path, "@book{a,\n author = {{Invented  Orchard &amp; Keepers}},\n title = {Kota}\n}\n")
    assert record.authors == record.bodies == ("Invented Orchard & Keepers",)


def test_a_name_that_begins_with_the_mark_itself_loses_it(tmp_path: Path) -> None:
    """A stray control character in an export makes no body."""
    assert _read(tmp_path, "TY  - JOUR\nTI  - Kota\nAU  - \x1eUmpama, Ani\nER  - \n").authors == ("Umpama, Ani",)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_marks_come_off_whatever_the_names(names: list[str]) -> None:
    """No mark is left on any name, and no name is lost with it."""
    marked = [*with_marked_ends(names), *map(as_body, names), *map(as_one_piece, names)]
    assert not any(name.startswith(MARK) for name in marked_among(marked))
    assert len(without_marks(marked)) == len(marked)


def _read(folder: Path, export: str) -> Record:
    file = folder / "export.txt"
    file.write_text(export, encoding="utf-8")
    return read(file).records[0]
