"""Names of authors are taken apart, compared and cited."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benang.locale import LANGUAGES, Language
from benang.records.names import (
    author_key,
    citation_name,
    family_name,
    initials,
    inverted_name,
    is_named_as,
    short_citation,
    split_name,
)
from benang.records.record import Record


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Fauzi, L. M.", ("Fauzi", "L. M.")),
        ("Shannon,Claude E.", ("Shannon", "Claude E.")),
        ("Ibarat K., Jr.", ("Ibarat", "K., Jr.")),
        ("van der Misal J.P.", ("van der Misal", "J.P.")),
        ("Pérez-de la Fuente R", ("Pérez-de la Fuente", "R")),
        ("Gao S.-P.", ("Gao", "S.-P.")),
        ("Benton MJ", ("Benton", "MJ")),
        ("A. S. Z. Belloum", ("Belloum", "A. S. Z.")),
        ("Claude E. Shannon", ("Shannon", "Claude E.")),
        ("Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
        ("Martin Luther King Jr.", ("King", "Martin Luther, Jr.")),
        ("Ani Contoh", ("Contoh", "Ani")),
    ],
)
def test_family_and_given_names_are_told_apart(name: str, parts: tuple[str, str]) -> None:
    """Commas, initials and the order of words tell the family name from the given one."""
    assert split_name(name) == parts


@pytest.mark.parametrize(
    "name",
    [
        "Masrohatun",
        "Siti binti Umpama",
        "Kementerian Luar Negeri",
        "World Health Organization",
        "H B",
        "",
        "UN & partners",
    ],
)
def test_mononyms_patronymics_and_bodies_stay_whole(name: str) -> None:
    """Where there is no family name, the whole name stands for it."""
    assert split_name(name) == (name, "")


def test_chinese_names_begin_with_the_family() -> None:
    """In East Asian script the family name comes first."""
    assert split_name("蒋 锐") == ("蒋", "锐")


@pytest.mark.parametrize("name", ["Joko Widodo", "Sukarno", "JOKO SRI WIDODO", "蒋 锐", "Siti binti Umpama"])
def test_a_name_without_comma_or_initials_is_not_turned(name: str) -> None:
    """A reader turns no name by guess."""
    assert inverted_name(name) == name


@pytest.mark.parametrize(
    "spelling", ["Fauzi, L. M.", "FAUZI, L.M.", "Fauzi, LM", "fauzi,  l m", "Fauzi L.M.", "L. M. Fauzi"]
)
def test_a_key_joins_spellings_of_case_spaces_and_full_stops(spelling: str) -> None:
    """Case, spaces, full stops and the order of the parts make no other author."""
    assert author_key(spelling) == "fauzi, lm"


@pytest.mark.parametrize(
    ("one", "other"), [("Béron, F.", "Beron, F."), ("Gong, B.", "Gong, Bin"), ("Li, X.", "Li, X. Y.")]
)
def test_a_key_keeps_what_may_be_two_authors_apart(one: str, other: str) -> None:
    """Accents and the number or length of given names tell authors apart."""
    assert author_key(one) != author_key(other)


def test_a_key_is_the_same_for_both_ways_to_write_an_accent() -> None:
    """An accent as a letter of its own and as one with its letter are the same to the eye."""
    assert author_key("Be\u0301ron, F.") == author_key("B\u00e9ron, F.")


@pytest.mark.parametrize(
    ("given_name", "short"),
    [
        ("Luthfi Maulana", "L. M."),
        ("L.M.", "L. M."),
        ("ZW", "Z. W."),
        ("Jean-Pierre", "J.-P."),
        ("J.-P.", "J.-P."),
        ("Yu. E.", "Yu. E."),
        ("Martin Luther, Jr.", "M. L., Jr."),
        ("Pedro de", "P. de"),
        ("锐", "锐"),
        ("", ""),
    ],
)
def test_initials_are_written_as_apa_does(given_name: str, short: str) -> None:
    """Each given name becomes its letter with a full stop, with spaces between."""
    assert initials(given_name) == short


@pytest.mark.parametrize(
    ("authors", "english", "indonesian"),
    [
        ((), "", ""),
        (("Masrohatun",), "Masrohatun", "Masrohatun"),
        (("Erika, L.", "Nurika, R. R."), "Erika and Nurika", "Erika dan Nurika"),
        (("Anggia, G.", "Rohayatin, T.", "Fauzi, L. M."), "Anggia et al.", "Anggia dkk."),
    ],
)
def test_one_two_and_more_authors_are_cited_in_both_languages(
    authors: tuple[str, ...], english: str, indonesian: str
) -> None:
    """One name, two joined, or the first and the others."""
    assert citation_name(authors, "en") == english
    assert citation_name(authors, "id") == indonesian


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_brackets_an_ampersand_joins_two_authors(language: Language) -> None:
    """Publication Manual, 8.17: a word joins them in the sentence, a sign within brackets."""
    assert citation_name(("Erika, L.", "Nurika, R. R."), language, in_brackets=True) == "Erika & Nurika"


@pytest.mark.parametrize(
    ("author", "cited"),
    [
        ("Qisty Adinda, J. F. A.", "qisty adinda"),
        ("Hakim, F. N.", "HAKIM, F."),
        ("Béron, F.", "Beron"),
        ("Al-Hakim, N.", "al hakim"),
        ("Siti Masrohatun", "Masrohatun"),
        ("Siti Masrohatun", "Siti"),
    ],
)
def test_a_name_is_cited_by_its_family_name_whatever_its_marks(author: str, cited: str) -> None:
    """Capitals, accents, hyphens and initials make no difference; of a name without a comma either end will do."""
    assert is_named_as(author, cited)


@pytest.mark.parametrize(("author", "cited"), [("Hakim, F. N.", "Hakiem"), ("Qisty Adinda, J.", "Adinda")])
def test_another_family_name_is_another(author: str, cited: str) -> None:
    """A letter more is another name, and half of a double name is not the whole."""
    assert not is_named_as(author, cited)


def test_a_work_without_year_or_author_can_be_cited() -> None:
    """No date and no author have their signs; a work with neither author nor title is cited by its key."""
    assert short_citation(Record("a", authors=("Sari, D.",))) == "Sari (n.d.)"
    assert short_citation(Record("a", authors=("Sari, D.",)), "id") == "Sari (t.t.)"
    assert short_citation(Record("a", title="Kota kembar", year=2020)) == "“Kota kembar” (2020)"
    assert short_citation(Record("a.ris:1", year=2020)) == "a.ris:1 (2020)"


@given(st.text(max_size=40))
@example(",0 A")
def test_any_text_can_be_a_name(text: str) -> None:
    """No name breaks a function, and writing a name with its comma twice changes nothing more."""
    turned = inverted_name(text)
    family, given_name = split_name(turned)

    assert inverted_name(turned) == turned
    assert author_key(text) == author_key(turned)
    assert initials(given_name).strip() == initials(given_name)
    assert citation_name([text]) == family_name(text)
    assert family or not given_name or "," in text


@pytest.mark.parametrize(
    ("written", "turned"),
    [
        ("WANG XM", "WANG, XM"),
        ("SARI DWP", "SARI, DWP"),
        ("LI X-M", "LI, X-M"),
        ("SITI NUR", "SITI NUR"),
        ("HENRY NG", "HENRY NG"),
        ("KEMENKES RI", "KEMENKES RI"),
        ("PT XL", "PT XL"),
        ("DEWI SRI XM", "DEWI SRI XM"),
    ],
)
def test_initials_behind_a_family_name_in_capitals_are_known(written: str, turned: str) -> None:
    """Two or three capitals that are no word are initials where one name stands before them."""
    assert inverted_name(written) == turned


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ani E Umpama", ("Umpama", "Ani E")),
        ("Ani Y Umpama", ("Umpama", "Ani Y")),
        ("ANI E UMPAMA", ("UMPAMA", "ANI E")),
        ("M Contoh", ("Contoh", "M")),
        ("Johanna A A G Contoh", ("Contoh", "Johanna A A G")),
        ("Maria Silva e Costa", ("Silva e Costa", "Maria")),
        ("José Ortega y Gasset", ("Ortega y Gasset", "José")),
        ("JOSE ORTEGA Y GASSET", ("ORTEGA Y GASSET", "JOSE")),
        ("Judith J Umpama-van Contoh", ("Umpama-van Contoh", "Judith J")),
        ("Dan Weld", ("Weld", "Dan")),
        ("Bin Zhang", ("Zhang", "Bin")),
        ("Kota Umpama", ("Umpama", "Kota")),
        ("Paul B. Kantor", ("Kantor", "Paul B.")),
        ("S. A. Bank", ("Bank", "S. A.")),
        ("J. Bureau", ("Bureau", "J.")),
        ("Tim Umpama", ("Umpama", "Tim")),
        ("Geert J. M. G. van der Umpama", ("van der Umpama", "Geert J. M. G.")),
    ],
)
def test_a_lone_capital_is_an_initial_and_people_are_no_bodies(name: str, parts: tuple[str, str]) -> None:
    """A capital letter is an initial, a small one joins two family names; a word tells of a body only in its place."""
    assert split_name(name) == parts


@pytest.mark.parametrize(
    "name",
    [
        "Invented Technology Fund",
        "World Bank",
        "Kementerian Kebudayaan dan Pariwisata",
        "KEMENTERIAN LUAR NEGERI",
        "Badan Pusat Statistik",
        "Dinas Perdagangan Kota Surabaya",
        "Doctors of the World",
        "Ortega y Gasset",
        "Muhammad Bin Umpama",
    ],
)
def test_bodies_are_told_by_their_words(name: str) -> None:
    """A body is never taken apart, so that nobody has the family name Fund."""
    assert split_name(name) == (name, "")


@pytest.mark.parametrize("name", ["ORTEGA Y GASSET", "Dan Weld", "Bin Zhang"])
def test_a_name_that_shows_nothing_stays_as_it_stands(name: str) -> None:
    """A lone Y in a name all in capitals may join two family names."""
    assert inverted_name(name) == name
