"""Names of bodies stay whole wherever they are used, and two names of a source are known as one where they are."""

from __future__ import annotations

import pytest

from benang.network.cooccurrence import cooccurrence_network
from benang.network.record_values import document_labels, record_labels
from benang.records.authors import authors
from benang.records.corpus import corpus_of
from benang.records.duplicates import find_duplicates
from benang.records.duplicates.joining import merged
from benang.records.identity import text_key
from benang.records.name_words import NO_NAMES, same_source, sort_of_source, source_names
from benang.records.names import cited_authors, is_named_as, short_citation, split_name
from benang.records.record import Record
from benang.records.references.keys import record_keys
from benang.report.inline import Texts, plain
from benang.report.references import cited_names, reference

KEEPERS = "Invented Orchard Keepers"
OFFICE = "Office of Orchards, Stalls and Rents"
BY_OFFICE = Record("o", "book", "Kota kembar", (OFFICE, "Umpama, Ani"), 2019, bodies=(OFFICE,))
BY_KEEPERS = Record("k", "article", "Desa", (KEEPERS, "Umpama, Ani", "Contoh, B."), 2020, bodies=(KEEPERS,))


def test_a_key_begins_with_all_of_its_name() -> None:
    """The key of a record has no part of the name for its family name."""
    assert text_key(BY_KEEPERS).startswith("inventedorchardkeepers2020-desa-")
    assert text_key(BY_OFFICE).startswith("officeoforchardsstall2019-")  # cut at 24 letters


def test_a_sentence_cites_it_whole() -> None:
    """A citation in a sentence has all of the name, its comma too, and claims must name all of it."""
    assert short_citation(BY_OFFICE) == f"{OFFICE} and Umpama (2019)"
    assert cited_authors(BY_KEEPERS, "id") == f"{KEEPERS} dkk."
    assert is_named_as(OFFICE, OFFICE, (OFFICE,))
    assert not is_named_as(KEEPERS, "Keepers", (KEEPERS,))


def test_so_does_the_list_of_references() -> None:
    """The list of references makes no initials of it."""
    assert plain(reference(BY_OFFICE, Texts("en"))).startswith(f"{OFFICE}, & Umpama, A. (2019). ")
    assert cited_names(BY_OFFICE, Texts("en")) == f"{OFFICE} & Umpama"


def test_documents_on_a_map_are_called_by_all_of_it() -> None:
    """Labels of documents and of records have all of the name."""
    corpus = corpus_of([BY_OFFICE, BY_KEEPERS])
    assert document_labels(corpus) == (f"{OFFICE} (2019)", f"{KEEPERS} (2020)")
    assert record_labels(corpus) == (f"{OFFICE} and Umpama (2019)", f"{KEEPERS} et al. (2020)")


@pytest.mark.parametrize("name", [KEEPERS, OFFICE])
def test_it_is_one_item_of_a_map_of_authors_also_where_another_export_has_no_mark(name: str) -> None:
    """A mark in one record tells of the same name in all of them."""
    corpus = corpus_of(
        [
            Record("a", authors=(name, "Umpama, Ani"), bodies=(name,)),
            Record("b", authors=("Umpama, Ani", name)),
            Record("c", authors=("Keepers, Inge", "Umpama, Ani")),
        ]
    )
    network = cooccurrence_network(corpus, items="authors", min_occurrences=1)
    assert set(network.labels) == {name, "Umpama, Ani", "Keepers, Inge"}


def test_it_is_no_short_form_of_a_person() -> None:
    """Its words are no initials of anybody's."""
    found = authors([Record("a", authors=(KEEPERS,), bodies=(KEEPERS,)), Record("b", authors=("Keepers, I. O.",))])
    assert len(found.labels) == 2


def test_two_exports_of_one_work_are_duplicates_whether_or_not_both_mark_it() -> None:
    """A missing mark makes no other author."""
    pair = [
        Record("a", "report", "Night markets and the rent of stalls", (KEEPERS,), 2018, bodies=(KEEPERS,)),
        Record("b", "report", "Night markets and the rent of stalls", (KEEPERS,), 2018),
    ]
    assert len(find_duplicates(corpus_of(pair)).groups) == 1


def test_a_work_keeps_the_mark_whichever_record_its_names_come_from() -> None:
    """One record lends the names, another the mark, in the spelling of the first."""
    record, taken = merged(
        [
            Record("a", authors=(KEEPERS.upper(),), bodies=(KEEPERS.upper(),)),
            Record("b", authors=(KEEPERS, "Umpama, Ani")),
        ]
    )
    assert (record.authors, record.bodies) == ((KEEPERS, "Umpama, Ani"), (KEEPERS,))
    assert taken["bodies"] == ("a",)


def test_references_that_print_it_without_its_comma_meet_its_record() -> None:
    """A reference has no comma within a name; the record's key has none either."""
    record = Record("a", authors=(OFFICE,), year=2019, source="Jurnal", volume="4", first_page="1", bodies=(OFFICE,))
    assert "work:officeoforchardsstallsandrents|2019|4|1" in record_keys(record)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("WORLD BANK", ("WORLD BANK", "")),
        ("van den Umpama", ("van den Umpama", "")),
        ("Van Umpama", ("Umpama", "Van")),
        ("Jan van den Umpama", ("van den Umpama", "Jan")),
    ],
)
def test_names_without_a_mark_are_told_by_their_words(name: str, parts: tuple[str, str]) -> None:
    """Without a mark the words tell, in capitals too; a family name with its particle is whole."""
    assert split_name(name) == parts


def test_the_most_frequent_spelling_of_the_corpus_counts() -> None:
    """Names in capitals tell nothing; of others the most frequent is shown."""
    names = source_names(["Plos one", "PLoS One", "PLoS One", "PLOS ONE", "PLOS ONE", "PLOS ONE"])
    assert names.shown("PLOS ONE") == "PLoS One"


def test_words_with_inner_capitals_are_learnt() -> None:
    """An acronym of one journal is that of another; a word that only begins with a capital teaches nothing."""
    names = source_names(["MEMS Reviews", "Journal of Towns"])
    assert names.shown("TOWNS AND MEMS QUARTERLY") == "Towns and MEMS Quarterly"


def test_a_name_with_small_letters_stays() -> None:
    """What is not in capitals is shown as it was printed."""
    assert NO_NAMES.shown("Ieee T Magn") == "Ieee T Magn"


def test_a_word_in_capitals_in_one_name_is_no_acronym_if_others_write_it_small() -> None:
    """What most names show counts; names in capitals but for one word teach nothing, and are put right themselves."""
    written = ["INTERNET Letters", "Internet Reviews", "Internet Papers", "TOWNS OF THE INTERNET: Essays on Towns"]
    names = source_names(written)
    assert names.shown("JOURNAL OF INTERNET TOWNS") == "Journal of Internet Towns"
    assert names.shown("FORUM ON TOWNS OF THINGS, FT-IoT") == "Forum on Towns of Things, FT-IoT"
    assert names.shown(written[-1]) == "Towns of the Internet: Essays on Towns"


def test_known_acronyms_stay() -> None:
    """A journal whose abbreviation is in capitals beside others that are not is an acronym."""
    assert source_names(["Towns"], ["INVERB"]).shown("INVERB") == "INVERB"


def test_short_words_of_web_of_science_are_no_acronyms() -> None:
    """A word without a vowel is one as a rule, but not HDB, which is a handbook."""
    assert NO_NAMES.shown("HDB TOWNS") == "Hdb Towns"
    assert NO_NAMES.shown("IEEE T TOWN PR") == "IEEE T Town Pr"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HABITAT INTERNATIONAL", "Habitat International"),
        ("Environ. Plan. A", "Environment and Planning A"),
        ("J Infect Dis", "Journal of Infectious Diseases"),
        ("Lancet (London, England)", "The Lancet"),
        ("Jurnal Kota [Journal of Cities]", "Journal of Cities"),
        ("PNAS", "Proceedings of the National Academy of Sciences"),
    ],
)
def test_abbreviations_brackets_and_acronyms_are_the_same_source(one: str, other: str) -> None:
    """In either order."""
    assert same_source(one, other)
    assert same_source(other, one)


def test_two_journals_are_two() -> None:
    """Names that share only small or common words."""
    assert same_source("Journal of Urban Studies", "Journal of Rural Health") is False


def test_a_record_without_a_source_tells_nothing() -> None:
    """It neither agrees nor contradicts."""
    assert same_source("", "Habitat International") is None


@pytest.mark.parametrize(
    ("name", "sort"),
    [("arXiv", "preprint"), ("SSRN Electronic Journal", "preprint"), ("Kota dan Desa", "")],
)
def test_preprints_are_told_by_where_they_stand(name: str, sort: str) -> None:
    """A preprint and the paper that came of it have unlike sources and are one work."""
    assert sort_of_source(name) == sort
