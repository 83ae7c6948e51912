"""Organisations are told from affiliations of every database, and are one under several spellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.registry import read
from benang.records.organizations import organization_key, organization_of, organizations
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus


@pytest.mark.parametrize(
    ("affiliation", "name"),
    [
        ("[Sun, ZW; Lee, B] Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China.", "Tsinghua Univ"),
        ("[Sun, ZW] HGST, San Jose Res Ctr, San Jose, CA 95135 USA.", "HGST"),
        ("Leiden Univ, Ctr Sci & Technol Studies, Leiden, Netherlands.", "Leiden Univ"),
        ("Department of Physics, Faculty of Science, University of Oslo, Oslo, Norway", "University of Oslo"),
        ("Faculty of Social and Political Sciences, Universitas Contoh, Bandung, Indonesia", "Universitas Contoh"),
        ("Program Studi Hubungan Internasional, FISIP, UIN Contoh, Jakarta", "UIN Contoh"),
        (
            "School of Physics, Georgia Institute of Technology, Atlanta, GA, United States",
            "Georgia Institute of Technology",
        ),
        ("Laboratory of Magnetism, Institut Jean Lamour, Nancy, France", "Institut Jean Lamour"),
        ("Dinas Kesehatan Kota Contoh, Contoh, Indonesia", "Dinas Kesehatan Kota Contoh"),
        ("R&D Group, Contoh Storage Ltd., Kanagawa 239-0847, Japan", "Contoh Storage Ltd"),
        ("Universitas Contoh", "Universitas Contoh"),
        ("Somewhere", "Somewhere"),
        ("", ""),
    ],
)
def test_an_organisation_is_told_from_every_form(affiliation: str, name: str) -> None:
    """A university stands before its departments, an institute before a company, else what is no department."""
    assert organization_of(affiliation) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Univ Leiden", "University of Leiden"),
        ("Univ Indonesia", "Universitas Indonesia"),
        ("Natl Inst Adv Ind Sci & Technol", "National Institute of Advanced Industrial Science and Technology"),
        ("Chinese Acad Sci", "Chinese Academy of Sciences"),
        ("Univ. di Napoli Federico II", "Università di Napoli Federico II"),
    ],
)
def test_abbreviations_and_languages_are_read_alike(one: str, other: str) -> None:
    """Web of Science's short words, and a university in several languages."""
    assert organization_key(one) == organization_key(other)


def test_the_order_of_words_tells_organisations_apart() -> None:
    """The University of Washington is not Washington University."""
    assert organization_key("University of Washington") != organization_key("Washington University")


def test_a_ror_id_joins_spellings_and_takes_in_those_without_one() -> None:
    """Two names with one id are one organisation; a third without an id follows its name."""
    records = [
        Record("a", affiliations=("Universitas Contoh", "Contoh University"), affiliation_ids=("ror:1", "ror:1")),
        Record("b", affiliations=("Dept of Law, Contoh University, Bandung, Indonesia",)),
    ]
    found = organizations(records)

    assert found.of_records == (("ror:1",), ("ror:1",))
    assert found.variants == {"ror:1": {"Universitas Contoh": 1, "Contoh University": 2}}


def test_a_name_with_two_ids_stays_by_itself_where_it_has_none() -> None:
    """Which of two organisations of one name is meant is not guessed."""
    records = [
        Record("a", affiliations=("St Contoh College",), affiliation_ids=("ror:1",)),
        Record("b", affiliations=("St Contoh College",), affiliation_ids=("ror:2",)),
        Record("c", affiliations=("St Contoh College",)),
    ]

    assert len({one for ids in organizations(records).of_records for one in ids}) == 3


def test_what_a_person_decides_counts_before_ids_and_words() -> None:
    """Two names are brought together, a third is dropped, whatever ids stand beside them."""
    records = [
        Record("a", affiliations=("Contoh Institute", "Umpama University"), affiliation_ids=("ror:1", "ror:2")),
        Record("b", affiliations=("Department of Nothing",)),
    ]
    rules = Thesaurus((("contoh inst", "Umpama University"), ("Department of Nothing", "")))

    assert organizations(records, thesaurus=rules).of_records == (("ror:2",), ())


def test_real_organisations_meet_across_two_databases(shared_data: Path) -> None:
    """Tohoku University is one in Web of Science and Scopus together."""
    records = read(*(shared_data / "exports" / name for name in ("wos-plain-500.txt", "scopus-581.csv"))).records
    found = organizations(records)

    assert found.variants["tohoku university"] == {"Tohoku Univ": 41, "Tohoku University": 29}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Univ S Florida", "Univ Florida"),
        ("Univ S Maine", "Univ Maine"),
        ("Univ N Contoh", "Univ Contoh"),
        ("Univ A Coruna", "Univ Coruna"),
        ("University of Asia and the Pacific", "University of Asia Pacific"),
        ("Contoh A&M Univ", "Contoh Univ"),
        ("Univ Contoh 1", "Univ Contoh 2"),
        ("S N Bose Ctr", "N Bose Ctr"),
    ],
)
def test_letters_figures_and_ands_tell_organisations_apart(one: str, other: str) -> None:
    """Web of Science prints letters for words that tell organisations apart, and leaves no letter over."""
    assert organization_key(one) != organization_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Univ S Florida", "University of South Florida"),
        ("N Contoh State Univ", "North Contoh State University"),
        ("Univ Calif Berkeley", "University of California, Berkeley"),
        ("Contoh Univ Sci & Technol", "Contoh University of Science and Technology"),
        ("Kings Coll Contoh", "King’s College Contoh"),
        ("St Contoh Univ", "Saint Contoh University"),
    ],
)
def test_short_forms_meet_the_long_ones(one: str, other: str) -> None:
    """A short form and what it is short for are one organisation."""
    assert organization_key(one) == organization_key(other)


def test_a_name_with_its_id_is_not_cut_at_commas() -> None:
    """OpenAlex gives an institution's name and country, with an id, where others print an address."""
    names = ("University of California, Berkeley", "Ministry of Health, Labour and Welfare", "Contoh Institute")
    record = Record(
        "a",
        affiliations=tuple(f"{name}, Indonesia" for name in names),
        affiliation_ids=("ror:1", "ror:2", "ror:3"),
        database="OpenAlex",
    )

    assert tuple(organizations([record]).labels.values()) == names


def test_campuses_of_one_name_are_told_apart_by_their_town() -> None:
    """Universities that share a name have their town behind it, in the address too."""
    names = [
        organization_of(f"Department of Law, University of California, {town}, CA 90000, USA")
        for town in ("Davis", "Irvine")
    ]

    assert names == ["University of California, Davis", "University of California, Irvine"]


@pytest.mark.parametrize(
    ("affiliation", "database", "name"),
    [
        ("Invented Corp, Hlth Care Res Labs, Bandung, Indonesia.", "", "Invented Corp"),
        ("Invented Corp, Hlth Care Res Labs, Bandung, Indonesia.", "Scopus; Web of Science", "Invented Corp"),
        ("INVENTED CORP,RES LABS,BANDUNG,INDONESIA", "Web of Science", "INVENTED CORP"),
        ("Umpama, Biro Umum, Bandung, Indonesia.", "Web of Science", "Umpama"),
        ("R&D Div, Contoh Corp, Bandung, Indonesia", "Scopus", "Contoh Corp"),
        ("Dept. Phys., Univ. Contoh, Bandung, Indonesia", "Scopus", "Univ. Contoh"),
        (
            "Institute of Physics, University of Contoh, Bandung, Indonesia",
            "Scopus; Web of Science",
            "University of Contoh",
        ),
    ],
)
def test_web_of_science_puts_the_organisation_first_also_without_brackets(
    affiliation: str, database: str, name: str
) -> None:
    """The database tells its affiliations, and short words without full stops do; a department is no organisation."""
    record = Record("a", affiliations=(affiliation,), database=database)

    assert tuple(organizations([record]).labels.values()) == (name,)


@pytest.mark.parametrize(
    ("affiliation", "organization"),
    [
        ("College of Business, Umpama University, Riyadh, Saudi Arabia", "Umpama University"),
        ("Academy of Town Studies, Universiti Contoh, Kuala Lumpur, Malaysia", "Universiti Contoh"),
        ("Department of Law, College of Arts, The University of Misal, Oslo", "The University of Misal"),
        ("College of Rekaan, 6 University Avenue, Rekaan, SC, USA", "College of Rekaan"),
        ("Umpama Academy of Sciences, University of Contoh, Oslo", "Umpama Academy of Sciences"),
        ("University College Umpama, Oslo, Norway", "University College Umpama"),
    ],
)
def test_a_college_of_a_university_is_a_part_of_it(affiliation: str, organization: str) -> None:
    """A college stands for itself where no university is named, and so does an academy with a name of its own."""
    assert organization_of(affiliation) == organization
