"""Lists of people are parted as their authors meant them, in every style that tables and tags bring."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers.author_lists import GUESS, items_of_a_program, names_in, people_in
from benang.readers.registry import read_files
from benang.readers.values import authors_of

_GUESSED = (";", GUESS)


def _read(value: str, separators: tuple[str, ...] = _GUESSED) -> list[str]:
    return list(authors_of(names_in(value, separators)))


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("A. Umpama, C. Contoh and E. Misal", "Umpama, A.|Contoh, C.|Misal, E."),
        ("A Umpama, B Contoh", "Umpama, A|Contoh, B"),
        ("Umpama, A., Contoh, B., & Rekaan, C.", "Umpama, A.|Contoh, B.|Rekaan, C."),
        ("Umpama, A., Contoh, B., ... Rekaan, C.", "Umpama, A.|Contoh, B.|Rekaan, C."),
        ("A. Umpama, B. Contoh ...", "Umpama, A.|Contoh, B."),
        ("Umpama, A., Contoh, B....", "Umpama, A.|Contoh, B."),
        ("Umpama, A. & Contoh, B.", "Umpama, A.|Contoh, B."),
        ("Umpama, A., dan Contoh, B.", "Umpama, A.|Contoh, B."),
        ("Umpama, A. und Contoh, B.", "Umpama, A.|Contoh, B."),
        ("Umpama, A. y Contoh, B.", "Umpama, A.|Contoh, B."),
        ("Umpama A, Contoh BC, van der Misal D", "Umpama, A|Contoh, BC|van der Misal, D"),
        ("UMPAMA A, CONTOH BC", "UMPAMA, A|CONTOH, BC"),
        ("UMPAMA, A., CONTOH, B.", "UMPAMA, A.|CONTOH, B."),
        ("Umpama, Ani, and Budi Contoh", "Umpama, Ani|Budi Contoh"),
        ("Umpama, Ani, Budi Contoh, and Eka Misal", "Umpama, Ani|Budi Contoh|Eka Misal"),
        ("Umpama, Ani B., and Budi Contoh", "Umpama, Ani B.|Budi Contoh"),
        ("Umpama, Ani and Contoh, Budi and Misal, Eka", "Umpama, Ani|Contoh, Budi|Misal, Eka"),
        ("Umpama, Ani, Contoh, Budi", "Umpama, Ani|Contoh, Budi"),
        ("Umpama, Ani; Contoh, Budi; and Misal, Eka", "Umpama, Ani|Contoh, Budi|Misal, Eka"),
        ("Ani Umpama, Budi Contoh, Eka Misal", "Ani Umpama|Budi Contoh|Eka Misal"),
        ("Ani Umpama dan Budi Contoh", "Ani Umpama|Budi Contoh"),
        ("Umpama, Ani", "Umpama, Ani"),
        ("Umpama, Ani Budi", "Umpama, Ani Budi"),
        ("Eck, N.J. van, Umpama, L.", "Eck, N.J. van|Umpama, L."),
        ("García Márquez, G., de la Cruz, M.", "García Márquez, G.|de la Cruz, M."),
        ("Umpama, A., King, M.L., Jr., Contoh, B.", "Umpama, A.|King, M.L., Jr.|Contoh, B."),
        ("Wang, Xiao-Ming, Li, X.", "Wang, Xiao-Ming|Li, X."),
        ("王小明，李雷", "王小明|李雷"),
        ("José Ortega y Gasset, María Silva e Costa", "José Ortega y Gasset|María Silva e Costa"),
        ("Umpama, A., Sukarno, Contoh, B.", "Umpama, A.|Sukarno|Contoh, B."),
        ("Sukarno, Suharto, Habibie", "Sukarno|Suharto|Habibie"),
        ("Siti binti Umpama, Ahmad bin Contoh", "Siti binti Umpama|Ahmad bin Contoh"),
        ("Umpama, A., & World Health Organization", "Umpama, A.|World Health Organization"),
        ("Centers for Disease Control and Prevention", "Centers for Disease Control and Prevention"),
        ("Kementerian Kebudayaan dan Pariwisata", "Kementerian Kebudayaan dan Pariwisata"),
        ("Umpama, A., Contoh, B., et al.", "Umpama, A.|Contoh, B."),
        ("Umpama A, Contoh B, dkk.", "Umpama, A|Contoh, B"),
        ("Dr. Ani Umpama, S.Pd., M.Pd., Budi Contoh, S.E., M.M.", "Ani Umpama|Budi Contoh"),
        ("A. Umpama, S. Misal, M. Sari, D. Contoh", "Umpama, A.|Misal, S.|Sari, M.|Contoh, D."),
        ("Umpama, MD, Contoh, RN", "Umpama, MD|Contoh, RN"),
        ("Ani Umpama, MD, PhD, Budi Contoh, RN", "Ani Umpama|Budi Contoh"),
        ("Umpama, Ani, S.Pd, M.Kom; Contoh, Budi, M.Si.", "Umpama, Ani|Contoh, Budi"),
        ("Ani Umpama1,2, Budi Contoh1*", "Ani Umpama|Budi Contoh"),
        ("['Umpama, Ani', 'Contoh, Budi']", "Umpama, Ani|Contoh, Budi"),
        ('["Umpama, Ani", "O\'Contoh, Budi"]', "Umpama, Ani|O'Contoh, Budi"),
        ("['Umpama, Ani' 'Contoh, Budi']", "Umpama, Ani|Contoh, Budi"),
        ('c("Umpama, Ani", "Contoh, Budi")', "Umpama, Ani|Contoh, Budi"),
        ("['O'Umpama, Ani', 'Contoh, Budi']", "O'Umpama, Ani|Contoh, Budi"),
        ("[{'authorId': '1', 'name': 'Ani Umpama'}, {'authorId': '2', 'name': 'Contoh'}]", "Ani Umpama|Contoh"),
        ('[{"given": "Ani", "family": "Umpama"}]', "Umpama, Ani"),
    ],
)
def test_a_list_is_parted_by_what_its_names_show(value: str, people: str) -> None:
    """Commas part people or family from given name, and initials alone are nobody."""
    assert _read(value) == people.split("|")


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Umpama, A., Contoh, B.C.", "Umpama, A.|Contoh, B.C."),
        ("Umpama A., Contoh B.C.", "Umpama, A.|Contoh, B.C."),
        ("Sukarno, Umpama A.", "Sukarno|Umpama, A."),
        ("Misal, E.", "Misal, E."),
        ("Umpama A, WHO Study Group", "Umpama, A|WHO Study Group"),
    ],
)
def test_where_commas_part_people_initials_go_to_the_name_before(value: str, people: str) -> None:
    """Scopus parts names by commas, and in 2015 wrote one before the initials as well."""
    assert _read(value, (";", ",")) == people.split("|")


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Umpama, A., Contoh, B.C.", "Umpama, A.|Contoh, B.C."),
        ("A. Umpama, C. Contoh and E. Misal", "Umpama, A.|Contoh, C.|Misal, E."),
        ("A.Umpama, C.Contoh", "Umpama, A.|Contoh, C."),
        ("Umpama AB, Contoh C", "Umpama, AB|Contoh, C"),
        ("Ani Umpama, Budi Contoh, Eka Misal", "Ani Umpama|Budi Contoh|Eka Misal"),
        ("Umpama A.B.Contoh C.De Misal D.-R.", "Umpama, A.B.|Contoh, C.|De Misal, D.-R."),
    ],
)
def test_a_value_that_cannot_be_one_name_is_a_list(value: str, people: str) -> None:
    """Initials by twos, several whole names, and names glued together are no single person's."""
    assert list(authors_of(people_in(value))) == people.split("|")


@pytest.mark.parametrize(
    "name",
    [
        "Umpama, Ani B",
        "King, M. L., Jr.",
        "Ministry of Health, Labour and Welfare",
        "Umpama, Ani and Contoh",
        "Procter & Gamble",
        "de la Cruz, María José",
        "Umpama, A., Jr.",
        "['Umpama",
    ],
)
def test_one_name_stays_one(name: str) -> None:
    """A value that should be one name is parted only where it can't be."""
    assert people_in(name) == [name]


def test_a_tag_with_a_whole_list_is_parted(tmp_path: Path) -> None:
    """RIS and BibTeX have one name a value; a list of initials in one of them is a list all the same."""
    (tmp_path / "a.ris").write_text("TY  - JOUR\nTI  - Kota\nAU  - Umpama, A., Contoh, B., & Rekaan, C.\nER  - \n")
    (tmp_path / "b.bib").write_text("@article{b, title={Desa}, author={A. Umpama, C. Contoh and E. Misal}}\n")
    ris, bib = read_files(tmp_path / "a.ris", tmp_path / "b.bib").corpus.records

    assert ris.authors == ("Umpama, A.", "Contoh, B.", "Rekaan, C.")
    assert bib.authors == ("Umpama, A.", "Contoh, C.", "Misal, E.")


@given(st.text(alphabet="AaBb.,; &'\"[](){}\\1é王", max_size=60), st.sampled_from([(";",), (";", ","), _GUESSED]))
def test_any_text_ends_in_names(value: str, separators: tuple[str, ...]) -> None:
    """No text stops the reader, and a name is never empty."""
    assert all(authors_of(names_in(value, separators)))


def test_long_lists_take_no_longer_by_the_name() -> None:
    """A list of many thousand names is read as fast as its length asks."""
    many = " and ".join(f"Umpama, A{n}." for n in range(20_000))

    assert len(names_in(many, _GUESSED)) > 10_000
    assert names_in("1" * 200_000, _GUESSED) == []
    assert names_in("['" + "\\'" * 90_000, (";",))


_PARTS = [("Umpama", "undefined"), ("null", "null"), ("Rekaan", "null"), ("et al.", ""), ("Contoh", "B.")]
_AUTHORS = [{"family": family, "given": given} for family, given in _PARTS]
_CSL = [{"id": "x", "type": "book", "title": "T", "author": _AUTHORS}]
_CROSSREF_WORK = {"DOI": "10.9999/j.1", "type": "book", "title": ["T"], "author": _AUTHORS}
_CROSSREF = {"status": "ok", "message-type": "work-list", "message": {"items": [_CROSSREF_WORK]}}
_EUROPEAN = [{"lastName": family, "firstName": given} for family, given in _PARTS]
_EUROPE_PMC_WORK = {"id": "7", "source": "MED", "pmid": "7", "title": "T", "authorList": {"author": _EUROPEAN}}
_PUBMED = "".join(f"<Author><LastName>{one}</LastName><ForeName>{given}</ForeName></Author>" for one, given in _PARTS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csl.json", json.dumps(_CSL)),
        ("crossref.json", json.dumps(_CROSSREF)),
        ("europe.json", json.dumps({"resultList": {"result": [_EUROPE_PMC_WORK]}})),
        (
            "pubmed.xml",
            "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle>"
            f"<AuthorList>{_PUBMED}</AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
        ),
        ("a.ris", "TY  - JOUR\nTI  - T\n" + "".join(f"AU  - {one}, {given}\n" for one, given in _PARTS) + "ER  - \n"),
    ],
)
def test_marks_of_missing_names_are_no_names_in_any_form(tmp_path: Path, name: str, text: str) -> None:
    """Forms that give names in parts write `null` and `undefined` for the part that they lack, too."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    (record,) = read_files(tmp_path / name).corpus.records
    assert record.authors == ("Umpama", "Rekaan", "Contoh, B.")


def test_a_backslash_that_escapes_nothing_is_kept_and_warned_of_to_nobody() -> None:
    """In a list that Python wrote by hand: no warning is raised, and none is silenced for other threads."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        people = items_of_a_program(r"[{'name': 'Ani\d Umpama'}, {'name': 'O\'Contoh, Budi\\Ali'}, None][:2]")
        listed = items_of_a_program(r"[{'name': 'Ani\d Umpama'}, {'name': 'O\'Contoh, Budi\\Ali'}]")

    assert people is None
    assert listed == [r"Ani\d Umpama", r"O'Contoh, Budi\Ali"]
