"""Organisations and countries are the same where a corpus is counted in place, whatever database they come from."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.network.at_scale.equality import equal

from benang.errors import BenangError
from benang.network.at_scale import folder_network
from benang.network.at_scale.corpus_tables import CorpusTables, write_partitioned
from benang.network.citation import coupling_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network
from benang.readers.registry import read
from benang.records.corpus import Corpus, corpus_of
from benang.records.corpus_files import write_corpus
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus

BERKELEY = ("University of California, Berkeley", "1", "US")
DAVIS = ("University of California, Davis", "3", "US")
BUREAU = ("Contoh Bureau for Fish, Rice and Salt", "2", "ID")


def institution(name: str, ror: str, country: str) -> dict[str, str]:
    """Write an institution as OpenAlex does."""
    return {"display_name": name, "ror": f"https://ror.org/{ror}", "country_code": country}


WORKS = [
    {
        "id": f"https://openalex.org/W{number}",
        "display_name": f"Work {number}",
        "publication_year": 2021,
        "authorships": [{"author": {"display_name": "Dewi Umpama"}, "institutions": institutions}],
    }
    for number, institutions in enumerate(
        [[institution(*BERKELEY), institution(*BUREAU)], [institution(*DAVIS), institution(*BUREAU)]],
        start=1,
    )
]
SCOPUS = """TY  - JOUR
TI  - Another work
PY  - 2022
DB  - Scopus
AD  - Department of Law, University of California, Berkeley, CA 94720, United States
AD  - Fisheries, Umpama University, Oslo, Norway
ER  -
"""


def labels_of(network: Network) -> dict[str, float]:
    """Return the documents of each item by its label."""
    return dict(zip(network.labels, network.weights["Documents"].tolist(), strict=True))


def in_place(corpus: Corpus, folder: Path, **asked: Any) -> Network:
    """Count a corpus in a folder of its own."""
    write_corpus(corpus, folder)
    return folder_network(folder, components="all", **asked)


def test_a_name_with_commas_stays_whole_in_place(tmp_path: Path) -> None:
    """OpenAlex's institution is one name, which Scopus's affiliation of the same university meets by its words."""
    openalex, scopus = tmp_path / "openalex.json", tmp_path / "scopus.ris"
    openalex.write_text(json.dumps(WORKS), encoding="utf-8")
    scopus.write_text(SCOPUS, encoding="utf-8")
    corpus = read(openalex, scopus)

    found = in_place(corpus, tmp_path / "corpus", items="organizations")

    assert labels_of(found) == {
        "Contoh Bureau for Fish, Rice and Salt": 2.0,
        "Umpama University": 1.0,
        "University of California, Berkeley": 2.0,
        "University of California, Davis": 1.0,
    }
    equal(found, cooccurrence_network(corpus, items="organizations", components="all"))
    places = in_place(corpus, tmp_path / "places", items="countries")
    assert labels_of(places) == {"Indonesia": 2.0, "Norway": 1.0, "United States": 3.0}


def test_a_snapshot_has_the_same_organisations_as_an_export_of_its_works(tmp_path: Path) -> None:
    """The ids that the engine reads out of the snapshot stand beside the names."""
    part = tmp_path / "snapshot" / "updated_date=2024-01-01" / "part_000.gz"
    part.parent.mkdir(parents=True)
    part.write_bytes(gzip.compress("\n".join(map(json.dumps, WORKS)).encode()))
    export = tmp_path / "openalex.json"
    export.write_text(json.dumps(WORKS), encoding="utf-8")

    found = folder_network(tmp_path / "snapshot", items="organizations", components="all")

    equal(found, cooccurrence_network(read(export), items="organizations", components="all"))
    assert labels_of(found)["Contoh Bureau for Fish, Rice and Salt"] == 2.0


AFFILIATIONS = (
    "University of California, Berkeley, United States",
    "Department of Law, University of California, Berkeley, CA 94720, USA",
    "Univ Calif Berkeley, Dept Law, Berkeley, CA 94720 USA.",
    "Ministry of Fish, Rice and Salt, Indonesia",
    "Universitas Contoh, Indonesia",
    "Univ Contoh, Dept Law, Bandung, Indonesia",
    "UNIVERSITY OF CONTOH, Norway",
    "Contoh Institute",
    "Rekaan, Umpama University, Taipei, Taiwan",
    "The",
    "",
)
LABELS = (
    "University of California, Berkeley", "Univ Contoh", "University of Contoh", "Contoh Institute", "contoh",
    "univ contoh (ror:1)", "Atlantis", "Taiwan", "Norway", "indonesia", "Peoples R China", "United States", "",
)  # fmt: skip
PLACES = st.lists(st.tuples(st.sampled_from(AFFILIATIONS), st.sampled_from(("", "", "ror:1", "ror:2"))), max_size=4)
DATABASES = st.sampled_from(("OpenAlex", "Scopus", "Web of Science", "", "OpenAlex; Scopus"))
RECORDS = st.lists(st.tuples(PLACES, DATABASES), min_size=1, max_size=6)
LINES = st.dictionaries(st.sampled_from(LABELS[:-1]), st.sampled_from(LABELS), max_size=4)


def made(records: list[tuple[list[tuple[str, str]], str]]) -> Corpus:
    """Make a corpus of affiliations with their ids, and the database of each record."""
    return corpus_of(
        Record(
            f"r{number}",
            affiliations=tuple(text for text, _ in places),
            affiliation_ids=tuple(one for _, one in places) if any(one for _, one in places) else (),
            database=database,
            references=("Rekaan A, 2001, J TEST", f"Umpama B, 200{number}, J TEST"),
        )
        for number, (places, database) in enumerate(records)
    )


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(records=RECORDS, lines=LINES, items=st.sampled_from(("organizations", "countries")))
@example(
    records=[([(AFFILIATIONS[5], ""), (AFFILIATIONS[7], "")], "Scopus")],
    lines={"Univ Contoh": "Contoh Institute", "Contoh Institute": "Univ Contoh"},
    items="organizations",
)
@example(
    records=[([(AFFILIATIONS[4], "ror:1"), (AFFILIATIONS[6], "ror:2"), (AFFILIATIONS[7], "")], "OpenAlex")],
    lines={"universitas contoh (ror:1)": "Contoh Institute", "Contoh Institute": "Atlantis", "Atlantis": "contoh"},
    items="organizations",
)
def test_any_corpus_is_counted_alike(records: Any, lines: dict[str, str], items: Any) -> None:
    """Items, links, weights and records are equal, so is what the thesaurus matched and dropped, or nothing is left."""
    corpus, thesaurus = made(records), Thesaurus(tuple(lines.items()))
    asked: dict[str, Any] = {"items": items, "thesaurus": thesaurus, "components": "all"}
    with tempfile.TemporaryDirectory() as room:
        tables = write_partitioned(corpus, Path(room) / "corpus", rows_per_part=2)
        try:
            expected = cooccurrence_network(corpus, **asked)
        except BenangError:
            with pytest.raises(BenangError):
                folder_network(tables, **asked)
            return
        found = folder_network(tables, **asked)
        equal(found, expected)
        ours, theirs = (next(step for step in one.history if step.name == "items") for one in (found, expected))
        assert ours.arguments.get("thesaurus_unmatched") == theirs.arguments.get("thesaurus_unmatched")
        for name in ("items", "records", "records_without_items", "dropped_by_thesaurus"):
            assert ours.counts[name] == theirs.counts[name], name
        coupled = {**asked, "link": "coupling"}
        equal(folder_network(tables, **coupled), coupling_network(corpus, matching="exact", **asked))


@pytest.mark.parametrize("items", ["organizations", "countries"])
@pytest.mark.parametrize("others", [(), ("wos-plain-500.txt", "scopus-581.csv")])
def test_a_real_export_is_counted_alike(shared_data: Path, tmp_path: Path, items: Any, others: tuple[str, ...]) -> None:
    """OpenAlex alone, and among Web of Science and Scopus."""
    corpus = read(*(shared_data / "exports" / name for name in ("openalex-410.json", *others)))
    tables: CorpusTables = write_partitioned(corpus, tmp_path / "corpus", rows_per_part=300)
    asked: dict[str, Any] = {"items": items, "components": "all", "top": None, "scores": False}

    equal(folder_network(tables, **asked), cooccurrence_network(corpus, **asked))
