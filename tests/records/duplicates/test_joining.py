"""Records of one work become one record, and it stays known which value came from which of them."""

from __future__ import annotations

from benang.records.corpus import Corpus, corpus_of
from benang.records.duplicates import find_duplicates
from benang.records.duplicates.joining import joined, merged
from benang.records.record import Record

SCOPUS = Record(
    "s",
    title="SISTER CITIES AND THE FAILURE OF COOPERATION",
    authors=("Umpama, S.", "Contoh, B."),
    year=2018,
    source="J. Invent. City Stud.",
    doi="10.9999/a",
    author_keywords=("Sister city", "Java"),
    references=("Li W, 2010, WATER RES, V4, P12", "Sari D., A book nobody keyed"),
    citations=7,
    identifiers=("eid:2-s2.0-1",),
    database="Scopus",
    file="s.csv",
    place=3,
    raw={"title": "SISTER CITIES &amp; …"},
)
WOS = Record(
    "w",
    type="article",
    title="Sister cities and the failure of cooperation",
    authors=("Umpama, Sari Dewi", "Contoh, Budi"),
    author_ids=("orcid:0000-0002-1825-0097", ""),
    year=2019,
    source="Journal of Invented City Studies",
    volume="12",
    first_page="123",
    last_page="129",
    abstract="A long abstract.",
    author_keywords=("sister city", "twinning"),
    references=("Li, W., 2010. Water Res. 4, 12", "Tan A, 2011, CITIES, V1, P5", "Ong B, 2012, CITIES, V2, P9"),
    citations=5,
    identifiers=("wos:WOS:1",),
    status="retracted",
    database="Web of Science",
    file="w.txt",
    place=1,
    origins={"author_keywords": "assigned"},
)
OTHER = Record("o", title="Water in the villages of an invented island", database="Scopus", file="s.csv", place=4)


def works() -> Corpus:
    """Join three records that are two works."""
    corpus = corpus_of([SCOPUS, OTHER, WOS])
    return joined(corpus, find_duplicates(corpus))


def test_a_work_takes_the_best_value_of_each_field() -> None:
    """Full names, a title that does not shout, the year of the printed volume, most citations, the gravest status."""
    record, taken = merged([SCOPUS, WOS])
    assert record.key == "s"
    assert (record.file, record.place) == ("s.csv", 3)
    assert record.title == WOS.title
    assert record.authors == WOS.authors
    assert record.author_ids == WOS.author_ids
    assert (record.year, record.volume, record.first_page, record.last_page) == (2019, "12", "123", "129")
    assert record.source == "Journal of Invented City Studies"
    assert (record.citations, record.status, record.type) == (7, "retracted", "article")
    assert record.identifiers == ("eid:2-s2.0-1", "wos:WOS:1")
    assert record.database == "Scopus; Web of Science"
    assert (taken["citations"], taken["title"], taken["identifiers"]) == (("s",), ("w",), ("s", "w"))


def test_keywords_are_united_without_regard_to_case() -> None:
    """The first spelling stays, in the order of the records; who added none is not named."""
    record, taken = merged([SCOPUS, WOS])
    assert record.author_keywords == ("Sister city", "Java", "twinning")
    assert taken["author_keywords"] == ("s", "w")
    assert record.origins == {"author_keywords": "assigned"}


def test_no_reference_is_lost_and_none_is_doubled() -> None:
    """The longest list stays whole; of the other one comes what nothing in it matches."""
    longer = Record(
        "a", references=("Li W, 2010, WATER RES, V4, P12", "Tan A, 2011, CITIES, V1, P5", "Ong B, 2012, CITIES, V2, P9")
    )
    shorter = Record(
        "b", references=("Li W., Water research of all, Water Res, 4, pp. 12-20, (2010)", "A book nobody keyed")
    )
    record, taken = merged([shorter, longer])
    assert record.references == (*longer.references, "A book nobody keyed")
    assert taken["references"] == ("a", "b")


def test_what_was_cleaned_goes_with_the_value() -> None:
    """The raw title of a record whose title was not taken is left behind with it."""
    assert merged([SCOPUS, WOS])[0].raw == {}
    assert merged([SCOPUS, OTHER])[0].raw == {}
    assert merged([SCOPUS, Record("x")])[0].raw == {"title": "SISTER CITIES &amp; …"}


def test_authors_cut_off_give_way_to_the_whole_list() -> None:
    """`...` in place of names is no author."""
    cut = Record("a", authors=("Umpama, Sari Dewi Ayu Lestari", "..."))
    assert merged([cut, Record("b", authors=("Umpama, S.", "Contoh, B."))])[0].authors == ("Umpama, S.", "Contoh, B.")


def test_every_record_stays_a_member() -> None:
    """Members are as many as records were read, in the order of the works, also of works of one."""
    members = works().members.to_pylist()
    assert [(row["work"], row["key"], row["database"], row["file"], row["place"]) for row in members] == [
        (0, "s", "Scopus", "s.csv", 3),
        (0, "w", "Web of Science", "w.txt", 1),
        (1, "o", "Scopus", "s.csv", 4),
    ]


def test_works_stand_in_the_order_of_their_first_record() -> None:
    """Columns and lists are numbered anew."""
    corpus = works()
    assert corpus.keys == ("s", "o")
    assert corpus.works.column("work").to_pylist() == [0, 1]
    assert corpus.record("s").author_keywords == ("Sister city", "Java", "twinning")
    assert corpus.record("o") == OTHER


def test_taken_tells_only_of_joined_works() -> None:
    """A work of one record has nothing to tell."""
    table = works().taken
    assert set(table.column("work").to_pylist()) == {0}
    rows = list(zip(table.column("field").to_pylist(), table.column("value").to_pylist(), strict=True))
    assert ("abstract", "w") in rows
    assert ("references", "s") in rows


def test_the_history_counts_what_was_joined() -> None:
    """Records, works, groups and doubts stand in the step."""
    step = works().history[-1]
    assert step.name == "duplicates"
    assert dict(step.counts) == {"records": 3, "works": 2, "groups": 1, "joined": 1, "doubts": 0, "decided": 0}


def test_without_duplicates_nothing_changes_but_the_account() -> None:
    """Works and values are the same tables; members are there."""
    corpus = corpus_of([OTHER])
    same = joined(corpus, find_duplicates(corpus))
    assert same.works.equals(corpus.works)
    assert same.values.equals(corpus.values)
    assert same.members.num_rows == 1
