"""Headers of columns → fields, whatever their spelling and language."""

from __future__ import annotations

import pytest

from benang.readers.column_meanings import NAMES, VAGUE
from benang.readers.columns import field_named, header_key, header_words, named_columns


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("abstracts", "abstract"), ("pubmedID", "pmid"), ("Pub. Year", "year"), ("Journal/Source", "source"),
        ("DOI link", "doi"), ("Document Title", "title"), ("Item Title", "title"), ("Publication Title", "source"),
        ("Item DOI", "doi"), ("PUBLICATION_YEAR", "year"), ("\ufeffTitle", "title"), ("Author(s)", "authors"),
        ("Autor(en)", "authors"), ("Year (YYYY)", "year"), ("Jahr (ermittelt)", "year"), ("Author/s", "authors"),
        ("Schlagwörter", "author_keywords"), ("Año", "year"), ("Mots-clés", "author_keywords"), ("作者", "authors"),
        ("Palabras clave", "author_keywords"), ("Tijdschrift", "source"), ("Casa editrice", "publisher"),
        ("Kata-kata kunci", "author_keywords"), ("Name of the journal", "source"), ("Title of the paper", "title"),
        ("Names of authors", "authors"), ("Year of publication", "year"), ("Digital Object Identifier (DOI)", "doi"),
        ("ISSN_print", "issn"), ("Página de inicio", "first_page"), ("author_list", "authors"), ("Edição", "issue"),
        ("Editores", "editors"), ("Resumo", "abstract"),
    ],
)  # fmt: skip
def test_a_header_names_its_field(header: str, field: str) -> None:
    """In any of the languages, in any case, with accents, blanks, plurals and notes in brackets."""
    assert field_named(header)[0] == field


@pytest.mark.parametrize(
    "header",
    ["Author (Year)", "Number of authors", "Country of publication", "Authors (Raw Affiliation)", "Author(s) ID",
     "Publication Number", "Number of pages", "Page count", "Date Added", "Title/Abstract",
     "Authors with affiliations", "First Author", "Funding", "", "?"],
)  # fmt: skip
def test_a_header_of_something_else_names_none(header: str) -> None:
    """Words that are only like those of a field, or that name two, are left to the user."""
    assert field_named(header)[0] == ""


def test_a_vague_header_gives_way_to_a_plain_one() -> None:
    """`source` beside `journal` is the database, `keywords` beside `author keywords` an index; alone they are plain."""
    assert named_columns(["source", "Journal"]) == {"source": (1,), "database": (0,)}
    assert named_columns(["Keywords", "Author Keywords"]) == {"author_keywords": (1,), "index_keywords": (0,)}
    assert named_columns(["Keywords", "Author Keywords", "Index Keywords"])["index_keywords"] == (2,)
    assert named_columns(["source", "keywords"]) == {"source": (0,), "author_keywords": (1,)}
    assert named_columns(["Database", "source", "Journal"])["database"] == (0,)


def test_a_number_is_an_issue_only_beside_a_volume() -> None:
    """`No.` alone numbers the rows."""
    assert named_columns(["No.", "Title"]) == {"title": (1,)}
    assert named_columns(["Vol.", "No."]) == {"volume": (0,), "issue": (1,)}


def test_of_two_plain_headers_the_plainer_goes_first() -> None:
    """The other fills its gaps, as a date does for a year."""
    assert named_columns(["Publication date", "Year"]) == {"year": (1, 0)}


def test_no_name_means_two_fields() -> None:
    """Each key of the table of names stands under one field, vague or not, whatever the order of its words."""
    fields: dict[str, set[str]] = {}
    for table in (NAMES, VAGUE):
        for field, names in table.items():
            for name in names.split("|"):
                words = sorted(header_words(name).split())
                fields.setdefault(header_key(name), set()).add(field)
                fields.setdefault(" ".join(words), set()).add(field)
    assert {key for key, meant in fields.items() if len(meant) > 1} == set()
