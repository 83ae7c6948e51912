"""A thesaurus of countries works on the names that affiliations print, as in VOSviewer, and on Benang's own."""

from __future__ import annotations

import pytest

from benang.network.incidence import item_incidence
from benang.records.corpus import corpus_of
from benang.records.country_items import country_items
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus

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
