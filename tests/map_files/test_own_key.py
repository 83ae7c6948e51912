"""Files of earlier versions are read with all that they say; what can't be read under `benang` says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benang.errors import BenangError
from benang.evidence import Step
from benang.map_files import read_map, write_map
from benang.maps import ClusteringRun, LayoutRun
from benang.network import RecordCounts, ThesaurusUse, Thresholds

EARLIEST: dict[str, Any] = {
    "format": 1,
    "version": "0.1.0",
    "items": "author-keywords",
    "links": "co-occurrence",
    "unit": "records",
    "counting": "full",
    "normalization": "association strength",
    "corpus": {"found": 3, "read": 2, "set_aside": 1, "origins": {"abstract": "assigned"}},
    "thresholds": {"min_occurrences": 1, "items": 4, "kept": 3, "components": "largest"},
    "thesaurus": {"file": "words.tsv", "sha256": "ab12", "dropped": 0},
    "layout": {"attraction": 2, "repulsion": 1, "objective": -1.5, "starts": 1, "seed": 0},
    "clustering": {"resolution": 1.0, "quality": 0.5, "n_clusters": 2, "starts": 10, "seed": 0},
    "records": ["sari-2019", "budi-2021"],
    "history": [{"step": "duplicates", "arguments": {}, "counts": {"records": 2}}],
}
"""What the first version wrote: records by their keys alone, and nothing of stability, gradients or references."""


def _file(folder: Path, key: object) -> Path:
    items = [
        {"id": 1, "label": "kota", "x": 0.0, "y": 0.5, "cluster": 1, "records": [0, 1]},
        {"id": 2, "label": "desa", "x": 1.0, "y": 0.0, "cluster": 1, "records": [0]},
        {"id": 3, "label": "laut", "x": 0.5, "y": 1.0, "cluster": 2, "records": [1]},
    ]
    links = [{"source_id": 1, "target_id": 2, "strength": 1}, {"source_id": 1, "target_id": 3, "strength": 1}]
    text = json.dumps({"network": {"items": items, "links": links}, "benang": key})
    path = folder / "map.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_earliest_key_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    """How the network was counted, and how the map was laid out and clustered."""
    read = read_map(_file(tmp_path, EARLIEST))
    counted, made = read.network.settings, read.settings

    assert (read.network.item_kind, read.network.link_kind, read.network.unit) == (
        "author-keywords", "co-occurrence", "records"
    )  # fmt: skip
    assert counted.counting == "full"
    assert counted.corpus == RecordCounts(found=3, read=2, set_aside=1, origins={"abstract": "assigned"})
    assert counted.thresholds == Thresholds(min_occurrences=1, items=4, kept=3, components="largest")
    assert counted.thesaurus == ThesaurusUse("words.tsv", "ab12", 0)
    assert counted.works is True
    assert (made.version, made.normalization) == ("0.1.0", "association-strength")
    assert made.layout == LayoutRun(2, 1, -1.5, 1, 0)
    assert made.clustering == ClusteringRun(1.0, 0.5, 2, 10, 0)
    assert made.stability is None
    assert read.network.history == (Step("duplicates", {}, {"records": 2}),)


def test_records_that_have_no_citation_are_read_by_their_keys(tmp_path: Path) -> None:
    """An item and a link still name the records behind them."""
    network = read_map(_file(tmp_path, EARLIEST)).network

    assert (network.records, network.record_labels) == (("sari-2019", "budi-2021"), ())
    assert network.records_of("1") == ("sari-2019", "budi-2021")
    assert network.records_of("1", "3") == ("budi-2021",)


def test_an_earlier_map_is_written_in_the_form_of_today(tmp_path: Path) -> None:
    """Read once more it is the same map, and keeps the version that made it."""
    earlier = read_map(_file(tmp_path, EARLIEST))
    write_map(earlier, tmp_path / "again.json")
    written = json.loads((tmp_path / "again.json").read_text(encoding="utf-8-sig"))["benang"]
    again = read_map(tmp_path / "again.json")

    assert written["records"] == [{"key": "sari-2019"}, {"key": "budi-2021"}]
    assert (again.settings, again.network.settings) == (earlier.settings, earlier.network.settings)


def test_a_key_that_says_no_more_than_its_format_is_read(tmp_path: Path) -> None:
    """What it does not say is not known, and no reason to refuse the map."""
    assert read_map(_file(tmp_path, {"format": 1})).network.labels == ("kota", "desa", "laut")


@pytest.mark.parametrize("key", [{"items": "authors"}, {"format": "1"}, {"format": 0}, {"format": True}, "authors", []])
def test_a_key_without_a_format_says_what_was_expected(tmp_path: Path, key: object) -> None:
    """Whoever wrote it, it is none of ours."""
    with pytest.raises(BenangError, match=r"map\.json.*expected \"format\": 1, found a 'benang' key without"):
        read_map(_file(tmp_path, key))


def test_a_key_of_a_newer_version_says_how_to_read_it(tmp_path: Path) -> None:
    """It may say things that this version would lose."""
    with pytest.raises(BenangError, match=r"expected format 1, found format 2 .* newer Benang: install that version"):
        read_map(_file(tmp_path, {**EARLIEST, "format": 2}))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"history": ["duplicates"]}, "history: expected a list of steps, each with step, arguments and counts"),
        ({"records": ["sari-2019"]}, "item 1, records: expected places in the list of records, 0 to 0"),
    ],
)
def test_a_key_that_was_changed_by_hand_names_the_place(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    """The message says which part is not as it should be."""
    with pytest.raises(BenangError, match=said):
        read_map(_file(tmp_path, {**EARLIEST, **changed}))
