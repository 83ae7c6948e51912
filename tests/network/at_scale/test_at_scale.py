"""Networks of a corpus that stays in its folder have the numbers of those of a corpus in memory."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.network.at_scale.equality import equal
from tests.network.at_scale.made import made_corpus

from benang.engine import Engine
from benang.errors import BenangError
from benang.network.at_scale import folder_network
from benang.network.at_scale.corpus_tables import CorpusTables, corpus_tables, snapshot_tables, write_partitioned
from benang.network.citation import citation_network, coupling_network
from benang.network.cocitation import cocitation_network
from benang.network.cooccurrence import cooccurrence_network
from benang.readers.openalex_snapshot import read_openalex_snapshot
from benang.records.corpus import corpus_of
from benang.records.corpus_files import write_corpus
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus, read_thesaurus

CORPUS = made_corpus(80)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> CorpusTables:
    """Write the corpus in three parts."""
    return write_partitioned(CORPUS, tmp_path_factory.mktemp("scale") / "corpus", rows_per_part=30)


@pytest.mark.parametrize("items", ["author-keywords", "keywords", "topics", "authors", "countries"])
@pytest.mark.parametrize("counting", ["full", "fractional"])
def test_what_occurs_together_is_counted_alike(tables: CorpusTables, items: Any, counting: Any) -> None:
    """Keywords, topics, authors and countries, with thresholds and a limit of authors for a record."""
    asked: dict[str, Any] = {"items": items, "counting": counting, "min_occurrences": 2, "most_per_record": 4}
    expected = cooccurrence_network(CORPUS, author_names="exact", **asked)
    equal(folder_network(tables, **asked), expected)


def test_the_strongest_are_chosen_alike(tables: CorpusTables) -> None:
    """Of equally strong items the more frequent comes first."""
    asked: dict[str, Any] = {"items": "authors", "top": 3, "components": "all"}
    equal(folder_network(tables, **asked), cooccurrence_network(CORPUS, author_names="exact", **asked))


def test_a_thesaurus_joins_and_drops_alike(tables: CorpusTables, tmp_path: Path) -> None:
    """Variants become one item, dropped labels none."""
    path = tmp_path / "thesaurus.txt"
    path.write_text("label\treplace by\nbudget.\tBudget\nlaw\t\n", encoding="utf-8")
    thesaurus: Thesaurus = read_thesaurus(path)
    expected = cooccurrence_network(CORPUS, items="keywords", thesaurus=thesaurus)
    equal(folder_network(tables, items="keywords", thesaurus=thesaurus), expected)


@pytest.mark.parametrize("items", ["documents", "sources", "authors", "countries"])
@pytest.mark.parametrize("counting", ["full", "fractional", "binary"])
def test_coupling_is_counted_alike(tables: CorpusTables, items: Any, counting: Any) -> None:
    """A reference that stands twice in a list counts twice but under binary counting."""
    asked: dict[str, Any] = {"items": items, "counting": counting}
    expected = coupling_network(CORPUS, matching="exact", author_names="exact", **asked)
    equal(folder_network(tables, link="coupling", **asked), expected)


@pytest.mark.parametrize("items", ["documents", "sources", "authors"])
def test_citation_is_counted_alike(tables: CorpusTables, items: Any) -> None:
    """References are addresses in OpenAlex, which records are known by."""
    expected = citation_network(CORPUS, items=items, author_names="exact")
    equal(folder_network(tables, items=items, link="citation"), expected)


@pytest.mark.parametrize("counting", ["full", "fractional", "binary"])
def test_cocitation_is_counted_alike(tables: CorpusTables, counting: Any) -> None:
    """Fractional counting shares among the works that meet the threshold."""
    asked: dict[str, Any] = {"items": "references", "counting": counting}
    expected = cocitation_network(CORPUS, matching="exact", min_citations=4, **asked)
    equal(folder_network(tables, min_occurrences=4, **asked), expected)


def test_the_strongest_works_share_records_among_themselves_alike(tables: CorpusTables) -> None:
    """Fractional counting counts once more of the works that are shown."""
    asked: dict[str, Any] = {"items": "references", "counting": "fractional", "top": 4}
    expected = cocitation_network(CORPUS, matching="exact", min_citations=4, **asked)
    found = folder_network(tables, min_occurrences=4, **asked)
    equal(found, expected)
    assert [step.name for step in found.history] == ["items", "threshold", "top", "components", "links"]


def test_a_doubled_doi_is_no_other_work_in_place(tmp_path: Path) -> None:
    """`DOI DOI 10…` is `DOI 10…` there, too."""
    one, other = ("Rekaan C, 2001, J PLACES, V3, P15, DOI DOI 10.9999/a", "Rekaan D, 2001, J PLACES, V3, P25")
    corpus = corpus_of(
        [Record("a", references=(one, other)), Record("b", references=(one.replace("DOI DOI", "DOI"), other))]
    )
    tables = write_partitioned(corpus, tmp_path / "corpus")
    equal(folder_network(tables, items="references"), cocitation_network(corpus, matching="exact"))
    assert len(folder_network(tables, items="references")) == 2


def test_organizations_without_ids_are_counted_alike(tables: CorpusTables) -> None:
    """Names are one organisation where their words are the same."""
    expected = cooccurrence_network(CORPUS, items="organizations", components="all")
    equal(folder_network(tables, items="organizations", components="all"), expected)


def test_a_folder_of_whole_tables_serves_as_well(tmp_path: Path) -> None:
    """What `benang records … -o FOLDER` writes has the same answer."""
    write_corpus(CORPUS, tmp_path / "corpus")
    equal(
        folder_network(tmp_path / "corpus", items="keywords", min_occurrences=2),
        cooccurrence_network(CORPUS, items="keywords", min_occurrences=2),
    )


def test_a_snapshot_is_counted_like_the_corpus_that_is_read_from_it(tmp_path: Path) -> None:
    """Two parts of a snapshot, with a line that is no work."""
    for part in range(2):
        path = tmp_path / "snapshot" / f"updated_date=2024-01-0{part + 1}" / "part_000.gz"
        path.parent.mkdir(parents=True)
        works = [json.dumps(one) for one in openalex_works(part)]
        path.write_bytes(gzip.compress("\n".join([*works, "no work"]).encode()))
    corpus = read_openalex_snapshot(tmp_path / "snapshot", {})
    found = folder_network(tmp_path / "snapshot", items="topics", components="all")
    equal(found, cooccurrence_network(corpus, items="topics", components="all"))
    cited = folder_network(tmp_path / "snapshot", items="documents", link="citation", components="all")
    equal(cited, citation_network(corpus, items="documents", components="all"))
    made = snapshot_tables(tmp_path / "snapshot", tmp_path / "corpus")
    assert json.loads((made.folder / "parts.json").read_text()) == {"parts": 2, "records": 12, "set_aside": 2}


def openalex_works(part: int) -> list[dict[str, object]]:
    """Make six works that cite the one before them and share topics."""
    return [
        {
            "id": f"https://openalex.org/W{1 + 6 * part + at}",
            "display_name": f"Work {at}",
            "publication_year": 2020,
            "type": "article",
            "cited_by_count": at,
            "topics": [{"display_name": f"Topic {topic}"} for topic in {at % 3, (at + 1) % 3}],
            "referenced_works": [f"https://openalex.org/W{6 * part + at}"] if at else [],
        }
        for at in range(6)
    ]


@pytest.mark.xdist_group("spark")
def test_spark_counts_alike(tables: CorpusTables, spark: Engine) -> None:
    """A corpus in parts, counted by executors of their own: fractional coupling of authors."""
    asked: dict[str, Any] = {"items": "authors", "link": "coupling", "counting": "fractional", "min_occurrences": 2}
    equal(folder_network(tables, engine=spark.name, **asked), folder_network(tables, **asked))


def test_without_records_a_network_has_the_same_numbers(tables: CorpusTables) -> None:
    """Only the evidence is left out."""
    whole, bare = (folder_network(tables, items="authors", records=records) for records in (True, False))
    assert (bare.incidence, bare.cited) == (None, None)
    assert bare.records == bare.record_labels == ()
    assert bare.weights["Citations"].tolist() == whole.weights["Citations"].tolist()
    np.testing.assert_array_equal(bare.links.toarray(), whole.links.toarray())


def test_what_does_not_fit_is_refused_before_it_is_joined(tables: CorpusTables) -> None:
    """It is told how many items would fit, and with which minimum: which then do."""
    with pytest.raises(
        BenangError, match=r"may have .* links.*would fit: choose (\d+) as the minimum number"
    ) as caught:
        folder_network(tables, items="authors", budget=200)
    assert "1 MB of memory" in str(caught.value)
    with pytest.raises(BenangError, match="may have"):
        folder_network(tables, items="references", budget=200)
    with pytest.raises(BenangError, match=r"documents.*minimum number of citations"):
        folder_network(tables, items="documents", budget=4_000)


def test_thresholds_that_leave_nothing_say_what_would_leave_something(tables: CorpusTables) -> None:
    """For what occurs, what is cited, and documents."""
    with pytest.raises(BenangError, match=r"None of the .* would leave"):
        folder_network(tables, items="authors", min_occurrences=1000)
    with pytest.raises(BenangError, match=r"None of the \d+ references has 1,000 citations or more; the most"):
        folder_network(tables, items="references", min_occurrences=1000)
    with pytest.raises(BenangError, match=r"None of the 80 documents has 1,000 citations"):
        folder_network(tables, items="documents", min_citations=1000)


def test_a_corpus_without_such_items_is_told(tmp_path: Path) -> None:
    """Neither keywords nor references."""
    tables = write_partitioned(corpus_of([Record("a", title="Kota"), Record("b")]), tmp_path / "corpus")
    with pytest.raises(BenangError, match="No record of this corpus has topics"):
        folder_network(tables, items="topics")
    with pytest.raises(BenangError, match="None of the 2 records has cited references"):
        folder_network(tables, items="references")


def test_a_thesaurus_that_drops_everything_is_named_in_place(tables: CorpusTables) -> None:
    """It is no fault of the corpus, which has such items."""
    dropping = Thesaurus(tuple((name, "") for name in ("Indonesia", "Norway", "Netherlands")), file="mine.tsv")
    with pytest.raises(BenangError, match=r"mine\.tsv: The thesaurus drops all countries"):
        folder_network(tables, items="countries", thesaurus=dropping)


def test_a_corpus_that_lacks_a_column_is_refused_by_name(tmp_path: Path) -> None:
    """Another program wrote it, or a Benang that knew no databases."""
    tables = write_partitioned(corpus_of([Record("a", affiliations=("Contoh",))]), tmp_path / "corpus")
    path = next(tables.works.rglob("*.parquet"))
    pq.write_table(pq.ParquetFile(path).read().drop_columns(["database"]), path)
    with pytest.raises(BenangError, match=r"works: expected the columns work, .*, found no column 'database'"):
        folder_network(tables, items="organizations")


def test_choices_that_make_no_sense_are_refused_together(tables: CorpusTables, tmp_path: Path) -> None:
    """Unknown items, links they can't have, numbers out of range, a folder without a corpus."""
    wrong: Any = "co-citation"
    with pytest.raises(BenangError, match="link: expected one of co-authorship, citation, coupling for authors"):
        folder_network(tables, items="authors", link=wrong)
    terms: Any = "terms"
    with pytest.raises(BenangError, match="terms can't be counted in place"):
        folder_network(tables, items=terms)
    author: Any = "author"
    with pytest.raises(BenangError, match="Did you mean 'authors'"):
        folder_network(tables, items=author)
    with pytest.raises(BenangError, match=r"(?s)min_occurrences: .*top: "):
        folder_network(tables, items="authors", min_occurrences=0, top=0)
    with pytest.raises(BenangError, match="does not contain a corpus"):
        corpus_tables(tmp_path)


def test_a_corpus_in_parts_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A piece that fails leaves nothing; a folder that is there is not touched."""

    def pieces() -> Any:
        yield CORPUS
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_partitioned(pieces(), tmp_path / "corpus")
    assert list(tmp_path.iterdir()) == []
    write_partitioned(corpus_of([Record("a")]), tmp_path / "corpus")
    with pytest.raises(BenangError, match="a file or folder of this name already exists"):
        write_partitioned(CORPUS, tmp_path / "corpus")
