"""Terms from titles, in Indonesian and English; and how specific a term of titles and abstracts is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from benang.errors import BenangError
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus
from benang.terms.text_network import most_relevant, relevance, term_network, title_terms


def topics(seed: int = 0) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Make 2,000 records of 8 topics, with 20 terms each of their own."""
    rng = np.random.default_rng(seed)
    topic = rng.integers(0, 8, 2000)
    return np.stack([rng.random(2000) < np.where(topic == term % 8, 0.25, 0.02) for term in range(160)], 1).astype(
        float
    )


def test_a_term_of_every_record_is_not_relevant() -> None:
    """Its company is the average."""
    table = np.c_[topics(), np.ones(2000)]
    assert relevance(sparse.csr_array(table))[-1] < 0.01


def test_rare_terms_do_not_win_by_chance() -> None:
    """Terms strewn over records at random are far below those of a topic, however rare, and alike on the average."""
    rng = np.random.default_rng(1)
    table = topics()
    share = table.sum(axis=1) / table.sum()
    strewn = np.zeros((2000, 60))
    for column in range(60):
        strewn[rng.choice(2000, 10 if column < 30 else 80, replace=False, p=share), column] = 1
    scores = relevance(sparse.csr_array(np.c_[table, strewn]))
    assert scores[160:190].mean() < scores[:160].mean() / 5
    assert scores[190:].mean() < scores[:160].mean() / 5


def test_the_mean_is_one() -> None:
    """So that scores of different corpora can be read beside each other."""
    assert np.isclose(relevance(sparse.csr_array(topics())).mean(), 1)


def test_terms_that_never_meet_another_are_no_error() -> None:
    """Nothing is divided by nothing."""
    assert np.isfinite(relevance(sparse.csr_array(np.eye(3)))).all()


def test_the_share_is_taken_from_the_top() -> None:
    """Of equals, those that come first."""
    assert most_relevant(np.array([1.0, 1.0, 3.0, 0.5, 1.0]), 0.6).tolist() == [0, 1, 2]


# Invented, in the form of titles of such studies.
TITLES = [
    "Strategi Kerjasama Sister City Kota Bandung dengan Suwon di Bidang Ekonomi",
    "Hambatan Kerjasama Sister City Kota Padang dan Kota Perth",
    "Evaluasi Program Sister City: Studi Kasus Pemerintah Daerah Kota Bandung",
    "Peran Pemerintah Daerah dalam Paradiplomasi Kota Bandung",
    "Paradiplomasi dan Kerjasama Kota Medan",
    "Sister-City dan Pariwisata: Studi Kasus Kota Solo",
    "Peran Masyarakat dalam Kerjasama Luar Negeri",
    "Implementasi Kerjasama Luar Negeri Kota Solo 2019-2021",
    "Sister City sebagai Peluang Pariwisata",
    "Kerjasama Pendidikan di Kota Solo",
]


def corpus(*titles: str, language: str = "id") -> Corpus:
    """Make a corpus of titles."""
    return corpus_of(Record(f"r{i}", title=title, language=language, year=2010 + i) for i, title in enumerate(titles))


def test_terms_of_titles_are_those_a_reader_would_mark() -> None:
    """Phrases are found though each title runs on; every word belongs to one term."""
    network = term_network(corpus(*TITLES), components="all")
    occurrences = dict(zip(network.labels, network.weights["Occurrences"].tolist(), strict=True))
    assert occurrences["sister city"] == 5
    assert occurrences["kerjasama"] == 4  # not those of kerjasama luar negeri
    assert occurrences["kerjasama luar negeri"] == occurrences["pemerintah daerah"] == occurrences["paradiplomasi"] == 2
    assert not {"sister", "city", "luar negeri", "daerah", "kasus"} & occurrences.keys()


def test_terms_can_name_their_titles() -> None:
    """A term's records are those with the term in the title."""
    network = term_network(corpus(*TITLES), components="all")
    assert network.records_of("paradiplomasi") == ("r3", "r4")
    assert network.scores["Avg. pub. year"][network.index("paradiplomasi")] == 2013.5


def test_hyphens_make_no_difference() -> None:
    """Sister-city is sister city; the label is the most frequent spelling."""
    incidence = title_terms(corpus("Sister-city", "Sister-city", "Sister city", "kota", "desa", "laut pulau"))
    assert dict(zip(incidence.ids, incidence.labels, strict=True))["sister city"] == "sister-city"


def test_numbers_and_single_letters_are_no_terms() -> None:
    """They would tie titles together by accident."""
    assert title_terms(corpus("Visi 2030 A", "Rencana 2030 A")).ids == ("rencana", "visi")


def test_the_thesaurus_holds_phrases_together_and_replaces_whole_terms() -> None:
    """A label of one word does not touch longer terms."""
    thesaurus = Thesaurus((("kerja sama", "kerjasama"), ("kota", "city"), ("desa", "")))
    titles = ["Kerja sama kota dan desa", "Kerjasama Kota Bandung", "Kota Bandung", "Kota Bandung", "Pulau, desa"]
    incidence = title_terms(corpus(*titles), thesaurus=thesaurus)
    assert incidence.ids == ("city", "kerjasama", "kota bandung", "pulau")
    assert incidence.history[0].counts["dropped_by_thesaurus"] == 1


def test_terms_that_the_thesaurus_names_stay_apart() -> None:
    """Without it, `kerjasama sister city` would be one term here."""
    titles = ["Kerjasama Sister City", "Hambatan Kerjasama Sister City", "Peran Kerjasama Sister City", "Kota Solo"]
    thesaurus = Thesaurus((("cooperation", "kerjasama"), ("twin towns", "sister city")))
    assert "kerjasama sister city" in title_terms(corpus(*titles)).ids
    assert {"kerjasama", "sister city"} <= set(title_terms(corpus(*titles), thesaurus=thesaurus).ids)


def test_the_language_of_a_record_decides_on_its_function_words() -> None:
    """`agar` joins sentences in Indonesian and is a jelly in English."""
    assert title_terms(corpus("Agar plates", language="en")).ids == ("agar", "plates")
    assert title_terms(corpus("Agar kota maju", language="id")).ids == ("kota", "maju")


def test_shares_count_all_terms_of_a_title() -> None:
    """The first title has three terms, one of which occurs once: its link gets a half, the other title's a whole."""
    network = term_network(corpus("Kota, desa, gunung", "Kota, desa"), counting="fractional")
    assert network.strength("kota", "desa") == 1.5


def test_what_was_done_is_in_the_history() -> None:
    """The step of phrases says how they were found."""
    steps = {step.name: step for step in term_network(corpus(*TITLES), max_words=3).history}
    assert dict(steps["phrases"].arguments) == {"field": "title", "min_occurrences": 2, "max_words": 3}
    assert steps["items"].arguments["items"] == "terms"


def test_titles_without_words_are_refused() -> None:
    """The message says what is missing."""
    with pytest.raises(BenangError, match="None of the 2 records has a title with a term in it"):
        title_terms(corpus("", "2019"))


def test_a_threshold_that_leaves_nothing_is_refused() -> None:
    """As for keywords."""
    with pytest.raises(BenangError, match="None of the 2 terms has 2 occurrences or more"):
        term_network(corpus("Kota", "Desa"))
