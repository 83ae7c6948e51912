"""Countries are told from affiliations of every database."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pycountry
import pytest

from benang.network.incidence import item_incidence
from benang.readers.registry import read
from benang.records.corpus import corpus_of
from benang.records.countries import (
    countries_of,
    country_codes,
    country_items,
    country_named,
    country_names,
    country_of,
)
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus


@pytest.mark.parametrize(
    ("affiliation", "country"),
    [
        ("[Sun, ZW; Lee, B] Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China.", "China"),
        ("Department of Physics, Peking University, Beijing, P. R. China", "China"),
        ("Univ Oxford, Oxford OX1 3PU, England.", "United Kingdom"),
        ("Univ Wales, Cardiff CF10 3XQ, S Glam, Wales", "United Kingdom"),
        ("Queens Univ Belfast, Belfast BT7 1NN, Antrim, North Ireland.", "United Kingdom"),
        ("Univ New S Wales, Sydney, NSW 2052, Australia.", "Australia"),
        ("University of Sydney, New South Wales", "Australia"),
        ("Moscow State University, Moscow, USSR", "Russia"),
        ("Kiev State Univ, Kiev, Ukrainian SSR", "Ukraine"),
        ("Acad Sci, Minsk, Byelarus", "Belarus"),
        ("Tbilisi State Univ, Tbilisi, Rep of Georgia", "Georgia"),
        ("Emory University, Atlanta, Georgia", "United States"),
        ("Georgia Inst Technol, Atlanta, GA 30332 USA", "United States"),
        ("Princeton University, Princeton, New Jersey", "United States"),
        ("University of New Mexico, Albuquerque, New Mexico", "United States"),
        ("Department of Medicine, Stanford University, Stanford, CA 94305.", "United States"),
        ("Univ Hong Kong, Hong Kong, Hong Kong, Peoples R China.", "China"),
        ("The University of Hong Kong, Pokfulam, Hong Kong", "Hong Kong"),
        ("Univ Puerto Rico, San Juan, Puerto Rico", "Puerto Rico"),
        ("Univ Papua New Guinea, Port Moresby, Papua N Guinea", "Papua New Guinea"),
        ("Ankara Univ, Ankara, Turkiye", "Turkey"),
        ("Universitas Airlangga, Surabaya, Indonesia. ani@example.ac.id", "Indonesia"),
        ("Univ Tokyo, Tokyo, Japan. Electronic address: a@example.jp.", "Japan"),
        ("Kyoto University, Jepang", "Japan"),
        ("Universiteit Leiden, Leiden, Belanda", "Netherlands"),
        ("Universitas Padjadjaran, Bandung", ""),
        ("Indonesia University of Education", ""),
        ("", ""),
    ],
)
def test_a_country_is_told_from_every_form(affiliation: str, country: str) -> None:
    """Nations, successor states, regions and spellings go to the state of today; a city alone tells nothing."""
    assert country_of(affiliation) == country


def test_a_record_has_each_country_once() -> None:
    """Several affiliations of one country count once, in the order in which they come."""
    assert countries_of(["A, Japan", "B, Indonesia", "C, Japan", "D"]) == ("Japan", "Indonesia")


def test_every_code_of_iso_3166_has_a_country_with_its_name() -> None:
    """The table leaves out no state or territory of the standard, and knows it by the standard's name."""
    codes = country_codes()

    assert [one.alpha_2 for one in pycountry.countries if one.alpha_2 not in codes] == []
    plain = [one.name for one in pycountry.countries if one.name.replace(" ", "").replace("-", "").isalpha()]
    assert [name for name in plain if not country_of(f"Univ, {name}")] == []


def test_no_name_stands_for_two_countries() -> None:
    """Each line of the table is one decision: no name comes again with another country."""
    text = (resources.files("benang.records") / "countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]

    assert len({name for name, _, _ in rows}) == len(rows) > 800
    assert {country_names()[name.casefold()] for name in ("Georgia", "Republic of Georgia")} == {"Georgia"}


@pytest.mark.parametrize(("name", "told"), [("wos-plain-500.txt", 1.0), ("scopus-581.csv", 0.995)])
def test_real_affiliations_have_their_countries(shared_data: Path, name: str, told: float) -> None:
    """Web of Science always ends with a country; Scopus leaves it out where its source does."""
    affiliations = [one for record in read(shared_data / "exports" / name).records for one in record.affiliations]
    found = sum(bool(country_of(one)) for one in affiliations)

    assert found >= told * len(affiliations) > 1000


def test_the_name_of_every_code_is_read_as_that_country_again() -> None:
    """OpenAlex gives codes; affiliations hold names."""
    codes = [one.alpha_2 for one in pycountry.countries]
    assert [code for code in codes if country_of(f"Univ X, {country_named(code)}") != country_codes()[code]] == []


_WEB_OF_SCIENCE = {
    "Antigua & Barbu": "AG", "Bosnia & Herceg": "BA", "Brit Virgin Isl": "VG", "Cayman Isl": "KY",
    "Cent Afr Republ": "CF",
    "Cook Isl": "CK", "Cote Ivoire": "CI", "DEM REP CONGO": "CD", "Dominican Rep": "DO", "Equat Guinea": "GQ",
    "Falkland Isl": "FK", "Faroe Isl": "FO", "Fed Rep Ger": "DE", "Fr Polynesia": "PF", "Ger Dem Rep": "DE",
    "Guinea Bissau": "GW", "Malagasy Republ": "MG", "Marshall Isl": "MH", "Mongol Peo Rep": "MN", "Neth Antilles": "AN",
    "North Ireland": "GB", "North Macedonia": "MK", "Papua N Guinea": "PG", "Peoples R China": "CN", "Rep Congo": "CG",
    "Rep of Georgia": "GE", "Sao Tome & Prin": "ST", "Serbia Monteneg": "RS", "Solomon Isl": "SB", "St Helena": "SH",
    "St Kitts & Nevi": "KN", "St Vincent": "VC", "Trinidad Tobago": "TT", "Turks & Caicos": "TC",
    "U Arab Emirates": "AE",
    "Upper Volta": "BF", "Wallis & Futuna": "WF", "Yemen Arab Rep": "YE",
}  # fmt: skip


@pytest.mark.parametrize(("printed", "code"), _WEB_OF_SCIENCE.items())
def test_short_forms_of_web_of_science_are_known(printed: str, code: str) -> None:
    """Web of Science shortens names of countries to fifteen letters, at the end of an affiliation."""
    assert country_of(f"[Umpama, A] Univ Contoh, Kota, {printed}.") == country_named(code)


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("DPR Korea", "KP"),
        ("D.R. Congo", "CD"),
        ("Democratic Republic Congo", "CD"),
        ("Amer Samoa", "AS"),
        ("S. Sudan", "SS"),
        ("Kota Umpama Korea", "KR"),
        ("Guangdong Province China", "CN"),
        ("Suomi", "FI"),
        ("中国", "CN"),
        ("Česko", "CZ"),
        ("République centrafricaine", "CF"),
    ],
)
def test_the_last_word_does_not_make_one_country_another(ending: str, code: str) -> None:
    """Samoa, Congo and Korea end the names of several countries; a country's own language names it too."""
    assert country_of(f"Umpama University, {ending}") == country_named(code)


def test_a_short_form_that_may_be_another_country_names_none() -> None:
    """`Equatl Guinea` is in no table, and is not Guinea."""
    assert country_of("Umpama University, Equatl Guinea") == ""


def test_every_name_of_the_table_is_read_as_its_country() -> None:
    """Whole parts are looked up whole, whatever country their last word names."""
    names = country_names()

    assert [name for name, country in names.items() if country_of(f"Univ Contoh, {name}") != country] == []


_PLACES = (
    "[Umpama, A] Univ Contoh, Taipei, Taiwan.",
    "[Umpama, A] Univ Contoh, Beijing 100084, Peoples R China.",
    "[Umpama, A] Univ Contoh, Glasgow, Lanark, Scotland.",
    "[Umpama, A] Univ Contoh, Leeds LS2 9JT, W Yorkshire, England.",
    "[Umpama, A] Univ Contoh, Kota.",
)


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        ((), ("Taiwan", "China", "United Kingdom", "United Kingdom", "")),
        ((("taiwan", "peoples r china"),), ("China", "China", "United Kingdom", "United Kingdom", "")),
        ((("scotland", "england"),), ("Taiwan", "China", "United Kingdom", "United Kingdom", "")),
        ((("united kingdom", "Inggris"),), ("Taiwan", "China", "Inggris", "Inggris", "")),
        ((("china", "PRC"),), ("Taiwan", "PRC", "United Kingdom", "United Kingdom", "")),
        ((("peoples r china", "Asia"), ("taiwan", "asia")), ("Asia", "Asia", "United Kingdom", "United Kingdom", "")),
        ((("scotland", ""),), ("Taiwan", "China", "", "United Kingdom", "")),
        ((("kota", "indonesia"),), ("Taiwan", "China", "United Kingdom", "United Kingdom", "indonesia")),
    ],
)  # fmt: skip
def test_lines_are_looked_up_by_the_printed_name_then_by_the_country(
    lines: tuple[tuple[str, str], ...], labels: tuple[str, ...]
) -> None:
    """Whatever a line is replaced by is read as a country again, so that none stands on a map twice."""
    found = country_items(_PLACES, Thesaurus(lines)).labels

    assert [label.casefold() for label in found] == [label.casefold() for label in labels]


def test_a_line_that_matches_nothing_is_told_on_the_network() -> None:
    """Its label stands in the history of what was made with the thesaurus; a line that matched does not."""
    corpus = corpus_of([Record("a", affiliations=_PLACES), Record("b", affiliations=_PLACES[1:2])])
    thesaurus = Thesaurus((("taiwan", "peoples r china"), ("atlantis", "england"), ("kota", "")))
    (*_, step) = item_incidence(corpus, items="countries", thesaurus=thesaurus).history

    assert step.arguments["thesaurus_unmatched"] == ("atlantis",)
    assert step.counts["dropped_by_thesaurus"] == 1
    assert step.counts["affiliations_without_country"] == 0


@pytest.mark.parametrize(
    ("items", "matching", "values"),
    [
        ("author-keywords", "KOTA", {"author_keywords": ("Kota", "desa")}),
        ("authors", "Umpama A", {"authors": ("Umpama, A.", "Contoh, B.")}),
        ("organizations", "University of Contoh", {"affiliations": ("Univ Contoh, Bandung, Indonesia",)}),
        ("sources", "kota", {"source": "Kota"}),
    ],
)
def test_every_kind_of_items_tells_the_lines_that_match_nothing(
    items: str, matching: str, values: dict[str, object]
) -> None:
    """A label matches as items of the kind are compared."""
    thesaurus = Thesaurus(((matching, "Something"), ("atlantis", "Something")))
    corpus = corpus_of([Record("a", **values)])  # type: ignore[arg-type]
    (*_, step) = item_incidence(corpus, items=items, thesaurus=thesaurus).history  # type: ignore[arg-type]

    assert step.arguments["thesaurus_unmatched"] == ("atlantis",)
