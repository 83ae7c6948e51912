"""The parts of a corpus folder are of one corpus, or the folder is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import benang
from benang.errors import BenangError
from benang.file_sets import SET
from benang.network.at_scale.corpus_tables import corpus_tables
from benang.records.corpus import Corpus, corpus_of
from benang.records.corpus_files import LEDGER, corpus_parts, read_corpus, write_corpus
from benang.records.ledger import FileAccount, Ledger
from benang.records.record import Record


def _corpus(n_works: int, word: str) -> Corpus:
    records = [Record(f"{word}{at}", title=f"{word} {at}", author_keywords=(word,)) for at in range(n_works)]
    return corpus_of(records, ledger=Ledger((FileAccount(f"{word}.ris", "RIS", "", n_works, n_works),)))


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Write two corpora, of three works and of two."""
    for n_works, word in ((3, "kota"), (2, "desa")):
        write_corpus(_corpus(n_works, word), tmp_path / word)
    return tmp_path / "kota", tmp_path / "desa"


@pytest.mark.parametrize("part", [path.name for path in corpus_parts(Path())])
def test_a_part_of_another_corpus_is_refused_by_name(two: tuple[Path, Path], part: str) -> None:
    """Whichever file is of the other corpus, the folder is refused; an empty table may be the same in both."""
    one, other = two
    is_same = (one / part).read_bytes() == (other / part).read_bytes()
    shutil.copy(other / part, one / part)
    if is_same:
        assert len(read_corpus(one)) == 3
        return

    named = r"works\.parquet" if part == LEDGER else part.replace(".", r"\.")
    with pytest.raises(BenangError, match=rf"kota: the parts of two corpora, old and new: .*{named}.*benang records"):
        read_corpus(one)


def test_a_mixed_corpus_is_not_counted_in_place_either(two: tuple[Path, Path]) -> None:
    """Tables that are never loaded are held against the ledger, too."""
    one, other = two
    shutil.copy(other / "values.parquet", one / "values.parquet")

    with pytest.raises(BenangError, match=r"values\.parquet is of another corpus than the ledger"):
        corpus_tables(one)


def _as_earlier_versions_wrote(folder: Path) -> None:
    account = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
    del account["tables"]
    (folder / LEDGER).write_text(json.dumps(account), encoding="utf-8")


def test_a_corpus_of_an_earlier_version_is_read(two: tuple[Path, Path]) -> None:
    """Its ledger says nothing about the tables."""
    _as_earlier_versions_wrote(two[0])

    assert read_corpus(two[0]).keys == ("kota0", "kota1", "kota2")
    assert corpus_tables(two[0]).folder == two[0]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (LEDGER, "3 works of 2 records that the ledger says were read"),
        ("works.parquet", r"values\.parquet has values of work 3, and works\.parquet 2 works"),
    ],
)
def test_a_mixed_corpus_of_an_earlier_version_is_told_by_its_counts(
    two: tuple[Path, Path], part: str, said: str
) -> None:
    """More works than were read, or values of works that aren't there, can't be of one corpus."""
    one, other = two
    for folder in two:
        _as_earlier_versions_wrote(folder)
    shutil.copy(other / part, one / part)

    with pytest.raises(BenangError, match=said):
        read_corpus(one)


def test_a_corpus_can_be_written_where_a_run_was_killed(two: tuple[Path, Path]) -> None:
    """A folder in which nothing but a killed run's temporary files stands counts as empty."""
    folder = two[0].with_name("new")
    (folder / ".benang-00000000-1-000000-x").mkdir(parents=True)

    write_corpus(_corpus(1, "pulau"), folder)

    assert read_corpus(folder).keys == ("pulau0",)


def test_a_corpus_on_its_way_is_read_whole(two: tuple[Path, Path]) -> None:
    """A run that was killed when some parts were in place is finished by the one that reads them."""
    one, other = two
    for at, part in enumerate(corpus_parts(other)):
        place = one / SET / f"{at}-{_stamp(one / part.name)}-benang-00000000-1-000000-"
        place.mkdir(parents=True)
        shutil.copy(part, place / part.name)
    (one / SET / f"0-{_stamp(one / 'works.parquet')}-benang-00000000-1-000000-" / "works.parquet").replace(
        one / "works.parquet"
    )

    assert benang.read(one).keys == ("desa0", "desa1")
    assert sorted(one.iterdir()) == sorted(corpus_parts(one))


def _stamp(path: Path) -> str:
    told = path.stat()
    return f"{told.st_size}-{told.st_mtime_ns}"
