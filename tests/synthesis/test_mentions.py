"""What titles, abstracts and keywords speak of, held against passages."""

from __future__ import annotations

import pytest
from tests.synthesis.studies import coded_review, corpus_with

from benang.network.incidence import item_incidence
from benang.synthesis.csv_tables import mentions_csv
from benang.synthesis.mentions import Mention, Mentions, content_words, mentions

RECORDS: dict[str, dict[str, object]] = {
    "p1": {"title": "A library by the river", "abstract": "Floods came. We ask why.", "author_keywords": ("river",)},
    "p2": {"title": "Pustakawan yang pergi", "author_keywords": ("river", "library")},
    "p3": {"title": "Reading aloud", "abstract": "The roof is in full decay, and books are wet."},
    "p4": {"title": "A flood elsewhere"},
}
CODES = {"p1": ("flood",), "p2": ("flood",), "p3": ("leaving",)}


def _made(words: dict[str, list[str]] | None = None) -> Mentions:
    return mentions(corpus_with(RECORDS), coded_review(CODES), group="reasons", words=words)


def _row(made: Mentions, name: str) -> Mention:
    return next(row for row in made.rows if row.id == name)


def test_a_code_that_abstracts_speak_of_and_passages_tell_is_both() -> None:
    """The abstract of p1 speaks of floods; p1 and p2 have passages of it; p4 speaks of one and isn't coded."""
    flood = _row(_made(), "flood")
    assert (flood.talked.of, flood.evidenced.of, flood.both.of) == (("p1",), ("p1", "p2"), ("p1",))
    assert flood.unread.of == ("p4",)
    assert flood.standing == "both"
    assert flood.evidenced.passages == ("p1/flood", "p2/flood")


def test_what_is_talked_about_and_never_evidenced_is_listed() -> None:
    """The abstract of p3 has a roof in decay; no passage carries the code."""
    assert [row.id for row in _made().standing("talked about, never evidenced")] == ["decay"]


def test_a_label_in_the_other_language_counts() -> None:
    """The Indonesian title of p2 speaks of librarians who leave; the passage is in p3."""
    leaving = _row(_made(), "leaving")
    assert (leaving.talked.of, leaving.evidenced.of, leaving.both.value) == (("p2",), ("p3",), 0)


def test_words_of_a_label_must_stand_in_one_sentence() -> None:
    """A roof in one sentence and decay in the next speak of no decay of the roof."""
    records = {"p1": {"title": "T", "abstract": "The roof holds. Decay is elsewhere."}}
    made = mentions(corpus_with(records), coded_review({"p1": ("flood",)}), group="reasons")
    assert _row(made, "decay").talked.value == 0
    assert _row(made, "flood").standing == "evidenced, never talked about"


def test_further_words_stand_for_a_code() -> None:
    """A reviewer who says that being wet is a flood finds p3 speaking of it too."""
    assert _row(_made({"flood": ["wet books"]}), "flood").talked.of == ("p1", "p3")


def test_abstracts_are_counted() -> None:
    """Of three coded papers two have an abstract."""
    made = _made()
    assert (made.studies.value, made.with_abstract.of) == (3, ("p1", "p3"))


def test_a_keyword_is_looked_for_in_the_words_of_passages() -> None:
    """River is a keyword of two papers; the quote of p1 has it, that of p2 as well; library is in none."""
    corpus = corpus_with(RECORDS)
    coded = coded_review(CODES, quotes={"flood": "The rivers rose."})
    made = mentions(corpus, coded, group="reasons", incidence=item_incidence(corpus))
    river, library = _row(made, "river"), _row(made, "library")
    assert (river.kind, river.evidenced.of, river.standing) == ("item", ("p1", "p2"), "both")
    assert library.standing == "talked about, never evidenced"
    assert library.talked.of == ("p1", "p2")  # a keyword of p2, in the title of p1


def test_a_keyword_is_looked_for_in_the_language_of_the_passages() -> None:
    """A keyword that is a code's label in Indonesian is found in a passage in English."""
    corpus = corpus_with({"p1": {"title": "T", "author_keywords": ("banjir",)}})
    coded = coded_review({"p1": ("flood",)}, quotes={"flood": "The flood came."})
    made = mentions(corpus, coded, group="reasons", incidence=item_incidence(corpus))
    assert _row(made, "banjir").evidenced.of == ("p1",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The budgets of cities", {"budget", "city"}),
        ("anggarannya dan staf", {"anggaran", "staf"}),
        ("Covid-19 pandemic", {"covid", "19", "pandemic"}),
        ("of the", set()),
    ],
)
def test_words_are_brought_to_one_form(text: str, words: set[str]) -> None:
    """Function words, capitals, English plurals and the ending -nya make no difference."""
    assert content_words(text) == words


def test_every_number_has_its_own_id() -> None:
    """No two numbers of mentions have one id, and the table names them all."""
    made = _made()
    ids = [number.id for number in made.numbers()]
    assert len(ids) == len(set(ids))
    assert "mentions/codes/flood/talked" in mentions_csv(made).decode()
