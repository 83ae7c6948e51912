"""Titles are compared by their letters; numbers and what a title announces keep works apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.records.duplicates.titles import differ_in_kind, slip_only, title_of
from benang.records.name_words import same_source
from benang.records.references.titles import kind_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Health care in Müllheim", "Healthcare in Mullheim"),
        ("TNF-α and CO<sub>2</sub>", "TNF-alpha and CO2"),
        ("Doses of 1,000 and 1.5 mg", "Doses of 1000 and 1·5 mg"),
        ("[BUKU] Kota kembar", "Kota kembar."),
        ("Copper in hospitals [Spanish]", "Copper in hospitals (author's transl)"),
        ("Copper in hospitals LA: Chi", "Copper in hospitals [abstract no: 134]"),
        ("[Copper in hospitals].", "Copper in hospitals"),
        ("城市 合作", "城市合作"),
        ("Training in three dogs", "Training in 3 dogs"),
        ("Cities of the twenty-first century", "Cities of the 21st century"),
        ("One hundred and five villages", "105 villages"),
        ("Kota kembar di dua puluh satu negara", "Kota kembar di 21 negara"),
        ("Kota pada abad kedua puluh", "Kota pada abad ke-20"),
        ("Cities of World War II", "Cities of World War Two"),
        ("Cities. [Erratum appears in J Inv Markets. 2019 Feb;5(2):99; PMID: 31000001].", "Cities"),
        ("Cities (Retracted article. See vol. 4, pg. 2, 2019)", "Cities"),
        ("Cities [letter; see comments]", "Cities"),
        ("Cities. Erratum in: J Inv Markets 2019;5:99", "Cities"),
        ("Cities [corrected] of Java", "Cities of Java"),
    ],
)
def test_titles_that_differ_as_databases_differ_have_one_key(one: str, other: str) -> None:
    """Accents, Greek letters, formulas, marks and notes make no difference."""
    assert title_of(one).key == title_of(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cities. Part I", "Cities. Part II"),
        ("Cities, part one", "Cities, part two"),
        ("Kota kembar: bagian pertama", "Kota kembar: bagian kedua"),
        ("Census of 2010", "Census of 2011"),
        ("Thirteen cities", "Thirty cities"),
        ("Cities in three provinces", "Cities in 2 provinces"),
        ("Handbook, twenty-first edition", "Handbook, first edition"),
        ("Cities III", "Cities IV"),
        ("Cities A: volume a", "Cities A: volume b"),
        ("Handbook, second edition", "Handbook, third edition"),
        ("Cities", "Cities: corrigendum"),
        ("Cities", "Re: Cities"),
        ("Cities", "Retraction: Cities"),
    ],
)
def test_numbers_and_announcements_keep_titles_apart(one: str, other: str) -> None:
    """What a title says of its part, year, edition or kind is no slip."""
    assert differ_in_kind(title_of(one), title_of(other))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("correction to: cities", "erratum"),
        ("author correction: cities", "erratum"),
        ("cities publisher correction", "erratum"),
        ("cities (correction of vol 3, pg 12, 2019)", "erratum"),
        ("cities. [erratum appears in j inv markets. 2019;5(2):99]", ""),
        ("cities (retraction of vol 3, pg 12, 2019)", "retraction notice"),
        ("removal notice to cities", "retraction notice"),
        ("cities: author's reply", "reply"),
        ("cities reply", "reply"),
        ("retracted: cities", ""),
        ("retraction notice to cities", "retraction notice"),
        ("cities: study protocol for a trial", "protocol"),
        ("cities and their critics", ""),
    ],
)
def test_the_kind_is_what_the_title_announces(title: str, kind: str) -> None:
    """A retracted article is no notice."""
    assert kind_of(title) == kind


def test_a_number_in_words_may_be_left_out() -> None:
    """A subtitle is often missing, and a number of it in words tells no works apart; one in digits does."""
    assert not differ_in_kind(title_of("Cities: two case studies"), title_of("Cities"))
    assert differ_in_kind(title_of("Cities: 2 case studies"), title_of("Cities"))


def test_a_slip_is_no_other_word() -> None:
    """Letters may be wrong, meanings not."""
    assert slip_only(title_of("Organisation of the paediatric wards"), title_of("Organization of pediatric wards"))
    for word, other in (
        ("increased", "decreased"),
        ("natal", "prenatal"),
        ("hypotension", "hypertension"),
        ("Bali", "Java"),
    ):
        assert not slip_only(title_of(f"Care of {word} in wards"), title_of(f"Care of {other} in wards"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chotmaihet [Journal of Invented Medicine]", "J Invent Med", True),
        ("BMJ (Clinical research ed.)", "BMJ", True),
        ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences of the USA", False),
        ("Journal of Cities", "Journal of Villages", False),
        ("Cities and Health", "Cities & Health", True),
        ("Jurnal Hubungan Inter…", "Jurnal Hubungan Internasional", True),
    ],
)
def test_sources_are_the_same_in_full_and_abbreviated(one: str, other: str, same: bool) -> None:
    """Either order gives the same answer."""
    assert same_source(one, other) is same
    assert same_source(other, one) is same


@given(st.text(max_size=300))
def test_any_title_can_be_compared(text: str) -> None:
    """No text ends in an error, and a title is the same as itself in capitals or not."""
    title = title_of(text)
    assert differ_in_kind(title, title) == ""
    assert title.key == "".join(title.words)


def test_a_hostile_title_takes_no_time() -> None:
    """Marks without end are cut, not looked through again and again."""
    for piece in ("one ", "(", "erratum in ", "ke 1 ", ". ", "[", "(abstract ", "<i", "erratum ", "1,000", "[book]"):
        assert len(title_of(piece * 100_000).key) <= 2000
