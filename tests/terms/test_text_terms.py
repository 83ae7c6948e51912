"""Terms and networks of titles and abstracts, in English and Indonesian."""

from __future__ import annotations

import sys
import types
from collections.abc import Sequence
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.network.network import Network
from benang.readers.registry import read
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus
from benang.terms.text_network import text_term_network
from benang.terms.text_terms import text_terms

ENGLISH = "The role of local governments in the foreign policy of Indonesia is growing."
INDONESIAN = "Penelitian ini bertujuan untuk menganalisis peran pemerintah daerah dalam kerja sama luar negeri."


def corpus(*abstracts: str) -> Corpus:
    """Make a corpus of abstracts."""
    return corpus_of(Record(f"r{i}", abstract=text, year=2010 + i) for i, text in enumerate(abstracts))


def test_binary_counting_counts_records_and_full_counting_occurrences() -> None:
    """The city stands three times in two abstracts; the link is counted by records either way."""
    held = corpus("A city has a budget. The city has a plan.", "This city has a budget.")
    binary = text_term_network(held, min_occurrences=2, share=1)
    full = text_term_network(held, min_occurrences=2, share=1, counting_method="full")
    assert binary.weights["Occurrences"].tolist() == [2, 2]
    assert dict(zip(full.labels, full.weights["Occurrences"].tolist(), strict=True)) == {"budget": 2, "city": 3}
    assert full.strength("budget", "city") == binary.strength("budget", "city") == 2


def test_each_sentence_is_read_in_its_language() -> None:
    """Journals give an English and an Indonesian abstract in one field."""
    incidence = text_terms(corpus(*[f"{ENGLISH} {INDONESIAN}"] * 12))
    assert {"local government", "foreign policy", "indonesia", "pemerintah daerah", "luar negeri"} <= {
        part for name in incidence.ids for part in (name, " ".join(name.split()[-2:]), " ".join(name.split()[:2]))
    }
    assert not {"penelitian", "bertujuan", "menganalisis", "growing"} & set(incidence.ids)
    assert incidence.history[-1].counts["records_of_both_languages"] == 12


def test_records_are_counted_by_language() -> None:
    """Undetermined ones too."""
    held = corpus(ENGLISH, INDONESIAN, "Das ist ein Text über Städte und ihre Partnerschaften in Europa.", "")
    counts = text_terms(held).history[-1].counts
    told = {name: counts[name] for name in counts if name.startswith("records_")}
    assert told == {"records_en": 1, "records_id": 1, "records_other_language": 1, "records_without_text": 1}


def test_a_text_in_another_language_gives_no_terms() -> None:
    """By its function words, or by the export's language where none tell; a sentence in English stays."""
    german = "Die Partnerschaften der Städte und ihre Geschichte sind ein Erbe für die Bürger."
    held = corpus_of(
        [
            Record("a", abstract=f"{ENGLISH} {german}", language="German"),
            Record("b", title="Städtepartnerschaften heute", language="ger"),
            Record("c", title="Sister Cities Bandung Braunschweig", language=""),
        ]
    )
    incidence = text_terms(held)
    counts = incidence.history[-1].counts

    assert not {"der", "und", "für", "erbe", "bürger", "städtepartnerschaften heute"} & set(incidence.ids)
    assert {"foreign policy", "local government"} <= set(incidence.ids)
    assert (counts["sentences_in_other_languages"], counts["records_other_language"]) == (2, 1)
    assert (counts["records_en"], counts["records_undetermined"]) == (1, 1)


def test_a_short_title_is_read_in_the_language_of_the_export() -> None:
    """No function word tells it."""
    held = corpus_of([Record("a", title="Growing cities", language="English")])
    assert text_terms(held).ids == ("city",)


def test_short_english_titles_are_english_without_any_word_of_the_export() -> None:
    """Most of their words are known; those of a German title are not."""
    held = corpus_of([Record("a", title="Patterned media storage"), Record("b", title="Kulturen des Reparierens")])
    incidence = text_terms(held)
    assert incidence.ids == ("media storage",) or incidence.ids == ("patterned media storage",)
    assert incidence.history[-1].counts["records_other_language"] == 1


def test_the_label_is_a_word_as_the_corpus_has_it() -> None:
    """A plural whose singular nobody knows stays; where the corpus has the singular, both are one term."""
    plural = text_terms(corpus("We saw kiosks and a NHANES survey. NHANES is large."))
    assert {"kiosks", "nhanes"} <= set(plural.labels)
    both = text_terms(corpus("We saw kiosks and GMOs.", "A kiosk has a GMO."))
    assert both.labels == ("gmo", "kiosk")
    assert both.matrix.toarray().tolist() == [[1, 1], [1, 1]]


def test_terms_that_were_dropped_though_frequent_are_named() -> None:
    """The city is everywhere, so that it tells nothing; with a share of 1 it stays."""
    texts = ["A city has a budget and staff."] * 5 + ["A city has rivers and forests."] * 5
    most, everything = (
        text_term_network(corpus(*texts), min_occurrences=5, share=share, components="all") for share in (0.8, 1)
    )
    assert most.settings.left_out.dropped_terms == {"city": 10}
    assert everything.settings.left_out.dropped_terms == {}


def test_labels_and_copyright_give_no_terms_and_are_counted() -> None:
    """Nor do paper and present study."""
    held = corpus("METHODS: This paper compares the cities of Asia. © 2020 Elsevier B.V. All rights reserved.")
    incidence = text_terms(held)
    assert incidence.ids == ("asia", "city")
    counts = incidence.history[-1].counts
    assert (counts["labels_left_out"], counts["copyright_left_out"]) == (1, 1)


def test_doubled_words_stay_one_word() -> None:
    """An undang-undang is a law; undang alone means to invite."""
    ids = text_terms(corpus("Peran undang-undang dalam hubungan kota-kota yang ada.")).ids
    assert {"undang-undang", "peran"} <= set(ids)
    assert not {"undang", "undang undang"} & set(ids)


def test_a_dropped_phrase_falls_back_on_its_ending() -> None:
    """Without large city, its records count for city, where that is a term; one word has no ending."""
    held = corpus("The large city has a budget.", "A city has staff.", "The city is growing.")
    thesaurus = Thesaurus((("large cities", ""), ("budget", "")))
    incidence = text_terms(held, min_occurrences=2, thesaurus=thesaurus)
    assert incidence.ids == ("city", "staff")
    assert incidence.matrix.toarray()[:, 0].tolist() == [1, 1, 1]
    assert incidence.history[-1].counts["fell_back"] == 1
    assert incidence.history[-2].counts["dropped_by_thesaurus"] == 2


def test_the_thesaurus_joins_variants_of_both_languages() -> None:
    """Its label is the one that is shown."""
    held = corpus(ENGLISH, INDONESIAN)
    thesaurus = Thesaurus((("pemerintah daerah", "Local government"),))
    incidence = text_terms(held, thesaurus=thesaurus)
    at = incidence.ids.index("local government")
    assert incidence.labels[at] == "Local government"
    assert incidence.matrix.toarray()[:, at].tolist() == [1, 1]


def test_the_most_relevant_are_kept() -> None:
    """A share of the terms that meet the threshold, with their relevance as a score; the history says how many."""
    texts = ["A city has a budget and staff."] * 5 + ["A city has rivers and forests."] * 5
    network = text_term_network(corpus(*texts), min_occurrences=5, share=0.8, components="all")
    assert network.labels == ("budget", "forest", "river", "staff")  # city is everywhere
    assert (network.scores["Relevance"] > 0.9).all()
    assert [step.name for step in network.history[-4:]] == ["threshold", "relevance", "components", "links"]
    assert network.records_of("budget", "staff") == ("r0", "r1", "r2", "r3", "r4")


def _bytes(network: Network) -> tuple[object, ...]:
    return network.labels, network.links.data.tobytes(), network.scores["Relevance"].tobytes()


def test_the_same_records_give_the_same_network() -> None:
    """To the last bit."""
    texts = [ENGLISH, INDONESIAN, "Local governments have a budget."] * 4
    assert _bytes(text_term_network(corpus(*texts), min_occurrences=2)) == _bytes(
        text_term_network(corpus(*texts), min_occurrences=2)
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"share": 0}, "share: expected a number above 0, up to 1"),
        ({"method": "noun"}, "method: expected a method of finding terms, found 'noun'"),
        ({"fields": ("titel",)}, "Did you mean 'title'"),
        ({"fields": ()}, "fields: expected title, abstract or both"),
        ({"counting_method": "binry"}, "counting_method: expected binary or full"),
        ({"min_occurrences": 5}, "None of the 4 terms has 5 occurrences or more"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], said: str) -> None:
    """With what was expected."""
    with pytest.raises(BenangError, match=said):
        text_term_network(corpus(ENGLISH), **options)  # type: ignore[arg-type]


def test_records_without_text_are_refused() -> None:
    """The message says what is missing."""
    with pytest.raises(BenangError, match="None of the 2 records has a term in its title or abstract"):
        text_terms(corpus("", ""))


def test_without_spacy_its_method_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two commands; the same where only the model is missing."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(BenangError, match=r"spaCy is not installed.*pip install"):
        text_terms(corpus(ENGLISH), method="spacy")

    monkeypatch.setitem(sys.modules, "spacy", types.SimpleNamespace(load=_no_model))
    with pytest.raises(BenangError, match=r"spaCy has no model 'en_core_web_sm'.*spacy download"):
        text_terms(corpus(ENGLISH), method="spacy")


def _no_model(*_: object, **__: object) -> object:
    raise OSError("no such model")


class _Words(list[types.SimpleNamespace]):
    """What stands in for spaCy's Doc: words, of which those of nine letters and more are nouns."""

    def __init__(self, _vocabulary: object, words: Sequence[str]) -> None:
        super().__init__(types.SimpleNamespace(tag_="NN" if len(word) > 8 else "VB") for word in words)


def test_spacy_gives_the_parts_of_speech_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a model that calls long words nouns, the terms are the runs of long words."""
    pipeline = types.SimpleNamespace(vocab=None, pipe=list)
    monkeypatch.setitem(sys.modules, "spacy", types.SimpleNamespace(load=lambda *_, **__: pipeline))
    monkeypatch.setitem(sys.modules, "spacy.tokens", types.SimpleNamespace(Doc=_Words))
    text = "We see decentralised cooperation and the municipality of which there was this."

    assert text_terms(corpus(text), method="spacy").ids == ("decentralised cooperation", "municipality")


def test_a_real_export_gives_terms_without_scraps(shared_data: Path) -> None:
    """581 abstracts with 527 statements about copyright."""
    held = read(shared_data / "exports" / "scopus-581.csv")
    network = text_term_network(held, min_occurrences=10)
    assert 100 <= len(network) <= 200
    assert {"magnetic tunnel junction", "ferromagnetic resonance"} <= set(network.labels)
    assert not {"elsevier", "abstract", "copyright", "right", "ieee", "paper", "present study"} & set(network.labels)
