"""`benang stability`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy import sparse
from tests.maps.networks import scattered

from benang.cli.opened_maps import stability_command
from benang.clusters import leiden_clustering
from benang.errors import BenangError
from benang.map_files import read_map, write_map
from benang.maps import Map
from benang.network import settings_json
from benang.network.network import Network, with_link_weights
from benang.network.strengths import association_strength


def a_map(*, records: bool = True) -> Map:
    """Make two groups of four words, each in ten records, and one record with a word of both."""
    incidence = np.kron(np.eye(2), np.ones((10, 4)))
    incidence[0, 4] = 1
    counted = incidence.T @ incidence
    names = tuple(f"{group} {letter}" for group in ("trade", "kin") for letter in "abcd")
    network = Network(
        names,
        names,
        sparse.csr_array(counted - np.diag(np.diag(counted))),
        {"Occurrences": incidence.sum(axis=0)},
        records=tuple(f"r{i}" for i in range(20)) if records else (),
        incidence=sparse.csr_array(incidence) if records else None,
    )
    xy = np.random.default_rng(0).normal(size=(8, 2)).round(3)
    return Map(with_link_weights(network), xy, np.array([1] * 4 + [2] * 4), {2: "Kinship"})


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    """Return the file of a map that includes its records."""
    return write_map(a_map(), tmp_path / "map.json")[0]


def run(*arguments: object) -> Result:
    """Run the command; errors are raised."""
    return CliRunner().invoke(stability_command, [str(one) for one in arguments], catch_exceptions=False)


def test_the_account_tells_all(map_file: Path) -> None:
    """Verdict, agreement over seeds and records, each cluster by name, unsure items, and resolutions."""
    said = run(map_file, "--runs", 10)
    assert said.exit_code == 0
    assert len(said.output) > 200
    for part in (
        "8 items in 2 clusters, 16 links;",
        "The clusters are stable. They are found again with other seeds and with other records.",
        "between 10 runs with other seeds 1.00 1.00 to 1.00",
        "between 10 resamples of 20 records 1.00 1.00 to 1.00",
        "stable 2 Kinship",
        "none: every item stays with all of them.",
        "plateau",
    ):
        assert part in " ".join(said.output.split())


def test_a_map_without_records_says_why_none_are_drawn(tmp_path: Path) -> None:
    """The rest is told all the same."""
    said = run(write_map(a_map(records=False), tmp_path / "bare.json")[0], "--runs", 3)
    assert said.exit_code == 0
    assert "Records could not be resampled: the map's file doesn't say in which records" in said.output
    assert "resamples of" not in said.output
    assert "whether with other records is unknown" in said.output


def test_clusters_that_were_not_compared_with_chance_are_not_called_firmer(tmp_path: Path) -> None:
    """A scattered network without records is stable in part, by other seeds alone."""
    names = tuple(map(str, range(60)))
    network = Network(names, names, scattered(60, seed=1, degree=8))
    xy = np.random.default_rng(0).normal(size=(60, 2)).round(3)
    made = Map(network, xy, leiden_clustering(association_strength(network)).cluster)
    said = run(write_map(made, tmp_path / "bare.json")[0], "--runs", 8)
    assert "Most clusters are found again by other runs." in said.output
    assert "firmer" not in said.output


def test_files_are_written(map_file: Path, tmp_path: Path) -> None:
    """A figure in three forms, a table of items, and the map with score and provenance; the last can be read again."""
    outs = [tmp_path / f"out{suffix}" for suffix in (".png", ".svg", ".pdf", ".csv", ".json")]
    said = run(map_file, "--runs", 4, *[part for out in outs for part in ("-o", out)])
    assert said.exit_code == 0
    assert all(out.stat().st_size > 100 for out in outs)
    rows = list(csv.DictReader(outs[3].read_text(encoding="utf-8").splitlines()))
    assert [row["cluster"] for row in rows] == ["1"] * 4 + ["2"] * 4
    assert {float(row["co-assignment"]) for row in rows} == {1.0}
    told = json.loads(outs[4].read_text(encoding="utf-8"))["benang"]["stability"]
    assert (told["verdict"], told["runs"], told["seed"]) == ("stable", 4, 0)
    again = read_map(outs[4])
    assert again.network.scores["Co-assignment"].tolist() == [1.0] * 8
    assert settings_json(again.settings)["stability"] == told


def test_the_same_seed_gives_the_same_bytes(map_file: Path, tmp_path: Path) -> None:
    """Of all files."""
    outs = [[tmp_path / f"{name}{suffix}" for suffix in (".png", ".csv", ".json")] for name in "ab"]
    for one in outs:
        run(map_file, "--runs", 3, "--seed", 5, *[part for out in one for part in ("-o", out)])
    assert [out.read_bytes() for out in outs[0]] == [out.read_bytes() for out in outs[1]]


def test_the_map_itself_is_not_overwritten(map_file: Path) -> None:
    """An output by the name of the input is refused before anything is made."""
    before = map_file.read_bytes()
    said = run(map_file, "-o", map_file)
    assert said.exit_code == 2
    assert "would be overwritten" in said.output
    assert map_file.read_bytes() == before


def test_other_suffixes_are_refused(map_file: Path, tmp_path: Path) -> None:
    """The message lists those that are known."""
    said = run(map_file, "-o", tmp_path / "out.txt")
    assert said.exit_code == 2
    assert ".json, .csv, .png, .svg, .pdf" in said.output


def test_a_file_without_links_is_said(tmp_path: Path) -> None:
    """A map file of VOSviewer alone can't be clustered again; the message says what to put beside it."""
    alone = tmp_path / "alone_map.txt"
    alone.write_text("id,label,x,y,cluster\n1,a,0,0,1\n2,b,1,0,1\n3,c,0,1,2\n", encoding="utf-8")
    with pytest.raises(BenangError, match="without links"):
        run(alone)
