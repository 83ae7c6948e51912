"""One author under many spellings is one; several who share a short name are told apart, or reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers.registry import read
from benang.records.authors import Ambiguous, NameForm, authors, may_be_same, name_form
from benang.records.record import Record

_FORMS = ("Umpama, Ani", "Umpama, A.", "Umpama, Ani B.", "Umpama, A. B.", "Umpama, Budi", "Umpama, A. C.", "Umpama")


def _record(*names: str, ids: tuple[str, ...] = ()) -> Record:
    return Record("a", authors=names, author_ids=ids)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Fauzi, Luthfi Maulana", "FAUZI, L.M.", "Fauzi L. M.", "Fauzi, Luthfi M."),
        ("van Eck, Nees Jan", "Van Eck, N.J.", "Eck, N. J. van", "van Eck NJ"),
        ("de la Cruz, María", "De la Cruz M.", "Cruz, M. de la"),
        ("García-Márquez, Gabriel", "Garcia Marquez, G.", "GARCÍA MÁRQUEZ, GABRIEL"),
        ("Al-Harbi, Mohammed", "Al Harbi M.", "Alharbi, M."),
        ("Wang, Xiao-Ming", "Wang, Xiaoming", "WANG, X.M.", "Wang, X.-M."),
        ("Lin-Yu, Maria", "Lin Yu, M."),
        ("Siti binti Umpama", "SITI BINTI UMPAMA"),
        ("Ahmad bin Contoh", "Ahmad Bin Contoh"),
        ("Sukarno", "SUKARNO"),
        ("Dvořák, Jan", "Dvorak, J."),
        ("O'Neill, Sean", "O’Neill, S."),
        ("Smith, John, Jr.", "Smith, J., Jr", "Smith, John", "Smith Jr., J."),
    ],
)
def test_spellings_of_one_name_are_one_author(spellings: tuple[str, ...]) -> None:
    """Case, accents, hyphens, points, particles and initials make no difference where no other author is near."""
    found = authors([_record(name) for name in spellings])

    assert len(found.labels) == 1
    assert found.ambiguous == ()


@pytest.mark.parametrize(
    "names",
    [
        ("Sari, Dewi", "Sari, Dian"),
        ("Sukarno", "Sukarno, A."),
        ("Zhao, X. G.", "Zhao, X. T."),
        ("Li, Xiang", "Li, Xiaohong"),
        ("Shi, Ji", "Shi, Jianzhong"),
        ("Garcia, G.", "García Márquez, G."),
        ("Smith, John A.", "Smith, John B."),
    ],
)
def test_different_names_are_different_authors(names: tuple[str, ...]) -> None:
    """Names that contradict each other are never joined."""
    assert len(authors([_record(name) for name in names]).labels) == len(names)


def test_the_fullest_spelling_is_the_label() -> None:
    """Full given names are kept, however often the short form stands."""
    found = authors([_record("Fauzi, L."), _record("Fauzi, L."), _record("Fauzi, Luthfi Maulana")])

    assert list(found.labels.values()) == ["Fauzi, Luthfi Maulana"]


def test_a_short_name_under_six_ids_is_reported() -> None:
    """The name Li, X. without an id beside six people of that name stays by itself, with all six named."""
    ids = [f"openalex:A{number}" for number in range(1, 7)]
    found = authors([*(_record("Li, X.", ids=(one,)) for one in ids), _record("Li, X."), _record("Li X")])

    assert len(found.labels) == 7
    assert [(one.records, len(one.candidates)) for one in found.ambiguous] == [(2, 6)]
    assert sorted(found.of_records[0]) == ["li, x (openalex:A1)"]


def test_one_id_joins_what_spellings_do_not() -> None:
    """An ORCID follows a person through a change of name; the change is reported."""
    orcid = ("orcid:0000-0002-1825-0097",)
    found = authors([_record("Contoh, Ani", ids=orcid), _record("Umpama, Ani", ids=orcid)])

    assert len(found.labels) == 1
    assert found.two_names == (("contoh, ani", ("Contoh, Ani", "Umpama, Ani")),)


def test_two_ids_of_one_database_split_one_name() -> None:
    """The same full name under two ids are two people, and a full name without an id is neither for sure."""
    found = authors(
        [_record("Li, Xiang", ids=("scopus:1",)), _record("Li, Xiang", ids=("scopus:2",)), _record("Li, Xiang")]
    )

    assert len({one for ids in found.of_records for one in ids}) == 3


def test_ids_of_two_databases_do_not_part_a_name() -> None:
    """Scopus and ORCID each number a person in their own way."""
    found = authors([_record("Contoh, Ani", ids=("scopus:1",)), _record("Contoh, A.", ids=("orcid:0000-0001",))])

    assert len(found.labels) == 1


def test_an_author_counts_once_in_a_record() -> None:
    """One form that a record lists twice is one author of it."""
    found = authors([_record("Sari, Dewi", "SARI, DEWI")])

    assert found.of_records == (("sari, dewi",),)


def test_names_in_one_record_are_two_people() -> None:
    """Who stands twice in a list of authors is two people, though one name might be short for the other."""
    found = authors([_record("Makela, Eeva", "Makela, E. Antero"), _record("Makela, Eeva"), _record("Contoh, B.")])

    assert found.of_records[0] == ("makela, eeva", "makela, e antero")
    assert found.ambiguous == ()


def test_what_stands_apart_in_one_record_is_not_joined_by_a_third_form() -> None:
    """`Makela, E.` may be either, so that it stays by itself, and the two stay two."""
    found = authors([_record("Makela, Eeva", "Makela, E. Antero"), _record("Makela, E.")])

    assert len(found.labels) == 3
    assert found.ambiguous == (Ambiguous("Makela, E.", ("Makela, E. Antero", "Makela, Eeva"), 1),)


def test_forms_joined_to_two_people_of_a_record_stay_apart() -> None:
    """A form goes with an author only where none of that author's forms stands beside it in a record."""
    found = authors(
        [_record("Umpama, A.", "Umpama, Ani Budi"), _record("Umpama, Ani"), _record("Umpama, Ani", "Misal, E.")]
    )

    assert found.of_records[1] == found.of_records[2][:1] == ("umpama, ani budi",)
    assert found.of_records[0] == ("umpama, a", "umpama, ani budi")


@given(st.lists(st.lists(st.sampled_from(_FORMS), min_size=1, max_size=4, unique=True), min_size=1, max_size=6))
def test_a_record_has_as_many_authors_as_forms(lists: list[list[str]]) -> None:
    """However forms are joined across records, no two of one record are."""
    found = authors([_record(*names) for names in lists])

    assert [len(ids) for ids in found.of_records] == [len(names) for names in lists]


def test_an_id_counts_once_in_a_record() -> None:
    """One id beside two spellings of a record is one author: the database says so."""
    found = authors([_record("Sari, Dewi", "Sari, D.", ids=("scopus:1", "scopus:1"))])

    assert len(found.of_records[0]) == 1


def test_ambiguous_names_come_with_the_most_frequent_first() -> None:
    """What touches most records stands on top of the list."""
    found = authors(
        [_record(name) for name in ("Li, Xiang", "Li, Xin", "Li, X.", "Ma, Jun", "Ma, Jia", "Ma, J.", "Ma, J.")]
    )

    assert found.ambiguous[0] == Ambiguous("Ma, J.", ("Ma, Jia", "Ma, Jun"), 2)
    assert [one.name for one in found.ambiguous] == ["Ma, J.", "Li, X."]


@given(
    st.lists(st.lists(st.sampled_from(("Li, X.", "Li, Xiang", "Li, Xin", "Li, X. Y.", "LI XY", "Ma, J."))), max_size=6)
)
def test_every_author_of_every_record_has_an_id_with_a_label(lists: list[list[str]]) -> None:
    """Nobody is lost, and the order of records changes no partition."""
    records = [_record(*names) for names in lists]
    found, turned = authors(records), authors(records[::-1])

    assert [bool(ids) for ids in found.of_records] == [bool(names) for names in lists]
    assert {one for ids in found.of_records for one in ids} == set(found.labels)
    assert found.of_records == turned.of_records[::-1]


@given(st.text(max_size=30))
def test_any_text_has_a_form_like_itself(name: str) -> None:
    """Whatever stands where a name should, it can be compared."""
    form = name_form(name)

    assert isinstance(form, NameForm)
    assert may_be_same(form, form)


def test_real_authors_become_fewer_without_contradictions(shared_data: Path) -> None:
    """1,917 records of a field from two databases: a fifth of the spellings fall together, and none that contradict."""
    names = ("wos-plain-500.txt", "scopus-581.csv", "scopus-836.ris")
    found = authors(read(*(shared_data / "exports" / name for name in names)).records)
    spellings = sum(len(variants) for variants in found.variants.values())

    assert 4000 < spellings < 5000
    assert 0.7 < len(found.labels) / spellings < 0.85
    assert found.labels["greaves, simon john"] == "Greaves, Simon John"


def test_a_name_under_several_ids_is_reported() -> None:
    """`Li, X.` under six ids is six authors, whom nobody can tell apart by the label: the name is named."""
    records = [Record(f"k{at}", authors=("Li, X.",), author_ids=(f"scopus:{at}",)) for at in range(6)]
    found = authors(records)

    assert len(set(found.of_records)) == 6
    assert found.ambiguous == (Ambiguous("Li, X.", tuple(f"Li, X. (scopus:{at})" for at in range(6)), 6),)


def test_one_author_under_two_ids_of_different_databases_is_not_reported() -> None:
    """A full form ties an ORCID to a Scopus id: that is one author."""
    first = Record("a", authors=("Sari, Dewi",), author_ids=("orcid:0000-0002-1825-0097",))
    second = Record("b", authors=("Sari, Dewi",), author_ids=("scopus:7004212771",))

    assert authors([first, second]).ambiguous == ()


@pytest.mark.parametrize("son_of", ["bin", "binti", "Bin"])
def test_a_name_with_a_patronymic_is_one_author_however_it_is_turned(son_of: str) -> None:
    """Databases put `bin Ahmad` first as if it were a family name; initials still fit."""
    names = [f"Ali {son_of} Umpama", f"{son_of} Umpama, Ali", f"{son_of.upper()} UMPAMA, ALI", f"{son_of} Umpama, A."]
    found = authors([Record(str(at), authors=(name,)) for at, name in enumerate(names)])
    assert len(set(found.of_records)) == 1


def test_a_patronymic_joins_no_other_names() -> None:
    """Another father is another author, and so is a Chinese given name that is spelt alike."""
    names = ["Ali bin Umpama", "Ali bin Misal", "Umpama, Ali", "Wang, Xiao Bin", "Wang, Xiao"]
    assert name_form("Wang, Xiao Bin") == NameForm("wang", ("xiao", "bin"))
    assert len({name_form(name) for name in names}) == 5


def test_capitals_behind_a_family_name_in_capitals_are_initials() -> None:
    """`WANG XM` is Wang, X. M.; `SITI NUR` has two names of her own."""
    names = ["WANG XM", "Wang, X. M.", "WANG, X.M."]
    found = authors([Record(str(at), authors=(name,)) for at, name in enumerate(names)])
    assert set(found.of_records) == {("wang, x m",)}
    assert name_form("SITI NUR") == name_form("Siti Nur")


def test_names_that_a_person_keeps_apart_are_two_authors_whatever_rules_and_ids_say() -> None:
    """Neither a short form nor an id joins them, nor a third form that fits both."""
    short, full = Record("a", authors=("Sari, D.",)), Record("b", authors=("Sari, Dewi",))
    assert len(authors([short, full]).labels) == 1
    assert len(authors([short, full], apart=[("SARI, D", "Sari, Dewi")]).labels) == 2
    ids = [replace(one, author_ids=("orcid:1",)) for one in (short, full)]
    assert len(authors(ids, apart=[("Sari, D.", "Sari, Dewi")]).labels) == 2
    third = Record("c", authors=("Sari, Dewi Ayu",))
    both = authors([short, full, third], apart=[("Sari, Dewi", "Sari, D.")])
    assert both.of_records[0] != both.of_records[1]


def test_a_short_form_that_is_not_the_one_is_the_other() -> None:
    """Of two authors whose form it may be, one is left."""
    records = [Record(name, authors=(name,)) for name in ("Li, X.", "Li, Xiang", "Li, Xin")]
    names = authors(records, apart=[("Li, X.", "Li, Xiang")])
    assert names.of_records[0] == names.of_records[2]
    assert names.ambiguous == ()
