"""A snapshot of OpenAlex, read by the engine: the same records as from the same lines, every line accounted for."""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benang.errors import BenangError
from benang.readers import Remarks, Source
from benang.readers.cleaning import cleaned_records
from benang.readers.openalex import read_openalex
from benang.readers.openalex_snapshot import is_openalex_snapshot, read_openalex_snapshot
from benang.records.corpus import Corpus
from benang.records.identity import with_keys
from benang.records.record import Record


def write(folder: Path, part: str, lines: Sequence[str]) -> Path:
    """Write a part of a snapshot."""
    path = folder / part
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode("utf-8"), mtime=0))
    return path


def plain(records: Sequence[Record]) -> list[Record]:
    """Return cleaned records without what tells of the file."""
    return [replace(record, file="") for record in cleaned_records(records, Remarks())]


@pytest.fixture
def works(test_data: Path) -> list[dict[str, Any]]:
    """Return works in both schemas, and variants of them with odd values."""
    held: list[dict[str, Any]] = json.loads((test_data / "exports" / "openalex-2.json").read_text(encoding="utf-8"))
    odd: dict[str, Any] = {
        "title": "  RETRACTED:\u00a0Kota \n kembar ",
        "doi": "doi:10.1234/ABC.1.",
        "publication_year": 99,
        "type": "article",
        "type_crossref": "proceedings-article",
        "is_retracted": False,
        "cited_by_count": -3,
        "biblio": {"volume": " 7 ", "issue": None, "first_page": "11–29", "last_page": None},
        "abstract_inverted_index": {"b": [1, 3], "a": [0], "<p>": [2], "é": [4]},
        "primary_location": {"source": None, "raw_source_name": "Jurnal  Lain"},
        "topics": [],
        "concepts": [{"display_name": "Politics"}, {"display_name": " "}, {"display_name": "GEO &amp; MAPS"}],
        "keywords": [{"keyword": "kota  kembar"}, {"keyword": "kota kembar"}],
        "mesh": [
            {"descriptor_name": "Cities", "qualifier_name": ""},
            {"descriptor_name": "Cities", "qualifier_name": None},
            {"descriptor_name": "Humans", "qualifier_name": "trends"},
        ],
        "authorships": [
            {
                "author": {"display_name": "  Ani\u2003Contoh ", "id": None},
                "raw_affiliation_strings": ["A", "A", " B  b "],
            },
            {"author": {"display_name": None}, "raw_author_name": "B. Misal", "institutions": []},
            {"author": {"display_name": "Anonymous", "id": "https://openalex.org/A9"}, "raw_affiliation_string": "C"},
            {
                "author": {"display_name": "Sukarno", "orcid": "0000-0002-1825-009x"},
                "institutions": [
                    {"display_name": "Universitas Contoh", "country_code": "ID", "ror": None},
                    {"display_name": "Universitas Contoh", "country_code": "ID", "ror": "https://ror.org/00contoh1"},
                    {"display_name": "Pristina", "country_code": "XK", "ror": "https://ror.org/00contoh2"},
                    {"display_name": "", "country_code": "DE"},
                ],
            },
        ],
        "referenced_works": ["https://openalex.org/W1", " ", "https://openalex.org/W1"],
    }
    third = copy.deepcopy(held[0]) | odd | {"id": "https://openalex.org/W4300000003"}
    fourth = copy.deepcopy(held[1]) | {"id": "https://openalex.org/W4300000004", "title": "KOTA KEMBAR BANDUNG"}
    fifth = {
        "id": "https://openalex.org/W4300000005",
        "title": "Erratum: Kota",
        "type": "other",
        "publication_year": None,
    }
    sixth: dict[str, Any] = {
        "id": None,
        "title": "No id",
        "ids": None,
        "authorships": None,
        "abstract_inverted_index": {},
    }
    return [*held, third, fourth, fifth, sixth]


def test_records_are_those_of_the_same_lines(works: list[dict[str, Any]], tmp_path: Path) -> None:
    """From the same lines, a snapshot and a file of lines give the same records, field by field."""
    lines = [json.dumps(work, ensure_ascii=False) for work in works]
    write(tmp_path / "snap", "updated_date=2024-01-01/part_000.gz", lines)
    corpus = read_openalex_snapshot(tmp_path / "snap", {})
    label = "snap/updated_date=2024-01-01/part_000.gz"
    read = read_openalex(Source("", label, "\n".join(lines).encode()))
    for ours, theirs in zip(plain(corpus.records), plain(with_keys(read.records)), strict=True):
        assert ours == theirs


def test_real_works_give_the_same_records(shared_data: Path, tmp_path: Path) -> None:
    """The real file's works, their texts replaced by invented ones, are read alike."""
    works = json.loads((shared_data / "exports" / "openalex-410.json").read_text(encoding="utf-8"))
    lines = [json.dumps(work | {"title": f"Kota {place}"}) for place, work in enumerate(works)]
    write(tmp_path / "snap", "works/updated_date=2024-01-01/part_000.gz", lines[:200])
    write(tmp_path / "snap", "works/updated_date=2024-01-02/part_000.gz", lines[200:])
    corpus = read_openalex_snapshot(tmp_path / "snap", {})
    read = read_openalex(Source("", "", "\n".join(lines).encode()))
    assert [replace(one, place=0, line=0) for one in plain(corpus.records)] == [
        replace(one, place=0, line=0) for one in plain(read.records)
    ]
    assert [(account.found, account.read) for account in corpus.ledger.files] == [(200, 200), (210, 210)]


def test_lines_that_are_no_works_are_set_aside(tmp_path: Path) -> None:
    """Broken lines, other JSON and empty lines: each that is no work is told with its part, place and line."""
    lines = [
        '{"id": "https://openalex.org/W1", "title": "a"}',
        "",
        '{"id": ',
        "[1]",
        '{"id": "https://openalex.org/W2"}',
    ]
    write(tmp_path, "updated_date=2024-01-01/part_000.gz", lines)
    write(tmp_path, "updated_date=2024-01-02/part_000.gz", ['{"id": "https://openalex.org/W3"}'])
    corpus = read_openalex_snapshot(tmp_path, {})
    first, second = corpus.ledger.files
    assert [(one.record, one.line) for one in first.set_aside] == [(2, 3), (3, 4)]
    assert (first.found, first.read, second.found, second.read) == (4, 2, 1, 1)
    assert [(one.key, one.place, one.line) for one in corpus.records] == [("W1", 1, 1), ("W2", 4, 5), ("W3", 1, 1)]
    assert corpus.records[2].file == f"{tmp_path.as_posix()}/updated_date=2024-01-02/part_000.gz"


def test_a_part_that_was_cut_gives_its_whole_works(tmp_path: Path) -> None:
    """Of a part whose download stopped, the whole works are read and the one in which it ends is set aside."""
    titles = {n: f"{n * 7919 % 1009} x {n}" for n in range(1, 4000)}
    lines = [json.dumps({"id": f"https://openalex.org/W{n}", "title": title}) for n, title in titles.items()]
    path = write(tmp_path, "updated_date=2024-01-01/part_000.gz", lines)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    write(tmp_path, "updated_date=2024-01-02/part_000.gz", ['{"id": "https://openalex.org/W9000"}'])
    corpus = read_openalex_snapshot(tmp_path, {})
    account = corpus.ledger.files[0]
    assert 500 < account.read < 3999
    assert [(one.record, one.line) for one in account.set_aside] == [(account.read + 1, account.read + 1)]
    assert [record.key for record in corpus.records] == [*(f"W{n}" for n in range(1, account.read + 1)), "W9000"]


def test_a_repeated_key_gets_one_of_its_own(tmp_path: Path) -> None:
    """Works of one id in two parts are both kept, the second under another key, and the account says so."""
    work = '{"id": "https://openalex.org/W1", "title": "a"}'
    write(tmp_path, "updated_date=2024-01-01/part_000.gz", [work])
    write(tmp_path, "updated_date=2024-01-02/part_000.gz", [work])
    corpus = read_openalex_snapshot(tmp_path, {})
    assert corpus.keys == ("W1", "W1-2")
    assert "Kept as 'W1-2'." in corpus.ledger.files[1].notes[0]


def test_origins_stand_with_every_work(tmp_path: Path) -> None:
    """What a caller says of the origin of fields goes to every record."""
    write(tmp_path, "updated_date=2024-01-01/part_000.gz", ['{"id": "W1"}', '{"id": "W2"}'])
    corpus: Corpus = read_openalex_snapshot(tmp_path, {"author_keywords": "assigned"})
    assert [dict(record.origins) for record in corpus.records] == [{"author_keywords": "assigned"}] * 2


def test_a_snapshot_is_recognised_by_its_folders(tmp_path: Path) -> None:
    """A folder of exports is none; one without a work is a message."""
    (tmp_path / "a.ris").write_text("TY  - JOUR\n", encoding="utf-8")
    assert not is_openalex_snapshot(tmp_path)
    assert not is_openalex_snapshot(tmp_path / "a.ris")
    path = write(tmp_path / "s", "works/updated_date=2024-01-01/part_000.gz", ["[1]"])
    assert is_openalex_snapshot(tmp_path / "s")
    with pytest.raises(BenangError, match="no work in this snapshot"):
        read_openalex_snapshot(tmp_path / "s", {})
    path.write_bytes(b"this is not gzip")
    with pytest.raises(BenangError, match="no work in this snapshot"):
        read_openalex_snapshot(tmp_path / "s", {})
