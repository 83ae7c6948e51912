"""A corpus on disk: what is written is read again as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import benang
from benang.errors import BenangError
from benang.network.at_scale.corpus_tables import corpus_tables
from benang.records.corpus import TABLES, Corpus, corpus_of
from benang.records.corpus_files import LEDGER, corpus_parts, is_corpus_folder, read_corpus, write_corpus
from benang.records.duplicates import find_duplicates
from benang.records.duplicates.joining import joined
from benang.records.record import FileAccount, Ledger, Record, SetAside
from benang.unfinished import SET


@pytest.fixture
def corpus() -> Corpus:
    """Return two records of one work and one of another, joined, with a ledger."""
    twice = [
        Record(key, title="Kota kembar yang gagal", authors=("Sari, D.",), year=2020, doi="10.1/a", place=at, raw=raw)
        for at, (key, raw) in enumerate((("a", {"title": "KOTA KEMBAR YANG GAGAL"}), ("b", {})), 1)
    ]
    other = Record("c", year=1999, references=("X, 2000", "Y; 2001"), origins={"year": "assigned"}, place=4)
    account = FileAccount("s.ris", "RIS", "0f", 4, 3, (SetAside(3, 12, "no content"),), ("A note.",), "UTF-16")
    read = corpus_of([*twice, other], ledger=Ledger((account,)))
    return joined(read, find_duplicates(read))


def _is_equal(one: Corpus, other: Corpus) -> bool:
    tables = all(getattr(one, name).equals(getattr(other, name)) for name in TABLES)
    return tables and one.ledger == other.ledger and one.history == other.history


def test_a_corpus_comes_back(corpus: Corpus, tmp_path: Path) -> None:
    """Tables, ledger and history are equal, members and origins among them."""
    write_corpus(corpus, tmp_path / "corpus")

    again = read_corpus(tmp_path / "corpus")

    assert corpus.members.num_rows == 3
    assert _is_equal(corpus, again)
    assert again.records == corpus.records


def test_an_export_comes_back(test_data: Path, tmp_path: Path) -> None:
    """The step `read` with its tuples is equal, too."""
    corpus = benang.read(test_data / "exports" / "scopus-3.csv")
    write_corpus(corpus, tmp_path / "corpus.parquet")

    assert _is_equal(corpus, read_corpus(tmp_path / "corpus.parquet"))


def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    """Every file of the folder is the same, also when it is written over an older one."""
    for _ in range(2):
        write_corpus(corpus, tmp_path / "a")
    write_corpus(corpus, tmp_path / "b")

    assert is_corpus_folder(tmp_path / "a")
    for one, other in zip(corpus_parts(tmp_path / "a"), corpus_parts(tmp_path / "b"), strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_a_folder_with_other_files_is_left_alone(corpus: Corpus, tmp_path: Path) -> None:
    """A corpus is never mixed with other files, nor written in place of one."""
    (tmp_path / "export.ris").write_text("TY  - JOUR\nER  - \n", encoding="utf-8")

    for place in (tmp_path, tmp_path / "export.ris"):
        with pytest.raises(BenangError):
            write_corpus(corpus, place)
    assert [path.name for path in tmp_path.iterdir()] == ["export.ris"]


def test_a_newer_format_is_refused_by_name(corpus: Corpus, tmp_path: Path) -> None:
    """What a later Benang wrote is not read half."""
    write_corpus(corpus, tmp_path / "c")
    ledger = tmp_path / "c" / "ledger.json"
    told = json.loads(ledger.read_text(encoding="utf-8")) | {"format": 2}
    ledger.write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(BenangError, match="found a corpus in format 2"):
        read_corpus(tmp_path / "c")


@pytest.mark.parametrize("part", ["works.parquet", "ledger.json"])
@pytest.mark.parametrize("content", [b"", b"PAR1", b"[1, 2]", b'{"format": 1, "ledger": {"files": [{}]}}'])
def test_a_damaged_part_is_named(corpus: Corpus, tmp_path: Path, part: str, content: bytes) -> None:
    """A damaged file ends in a message that names it, not in a traceback."""
    write_corpus(corpus, tmp_path / "c")
    (tmp_path / "c" / part).write_bytes(content)

    with pytest.raises(BenangError, match=part.replace(".", r"\.")):
        read_corpus(tmp_path / "c")


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
    with pytest.raises(
        BenangError, match=rf"kota: parts of two corpora, an old and a new one: .*{named}.*benang records"
    ):
        read_corpus(one)


def test_a_mixed_corpus_is_not_counted_in_place_either(two: tuple[Path, Path]) -> None:
    """Tables that are never loaded are held against the ledger, too."""
    one, other = two
    shutil.copy(other / "values.parquet", one / "values.parquet")

    with pytest.raises(BenangError, match=r"values\.parquet belongs to a different corpus than the ledger"):
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
        (LEDGER, "3 works, but the ledger says that 2 records were read"),
        ("works.parquet", r"values\.parquet has values of work 3, but works\.parquet has 2 works"),
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
