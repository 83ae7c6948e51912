"""`benang records`: the account of every file, its JSON, and what is written."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.support import Command

import benang as library
from benang.records.corpus_files import is_corpus_folder, read_corpus

RIS = """TY  - JOUR
ID  - {key}
AU  - Sari, D.
PY  - 2020
TI  - {title}
DO  - {doi}
ER  -\x20

"""


def _export(path: Path, *rows: tuple[str, str, str]) -> Path:
    text = "".join(RIS.format(key=key, title=title, doi=doi) for key, title, doi in rows)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return a RIS file of three records, two of them of one work."""
    return _export(
        tmp_path / "a.ris",
        ("k1", "Kota kembar yang gagal", "10.1000/a"),
        ("k2", "Kota kembar yang gagal", "10.1000/a"),
        ("k3", "=1+1", "10.1000/b"),
    )


def test_json_has_the_account_of_every_file(benang: Command, export: Path) -> None:
    """Exactly the keys that are promised, and true numbers."""
    said = benang("records", export, "--json")

    told = json.loads(said.out)
    assert said.code == 0, said.err
    assert list(told) == ["files", "records", "works", "duplicate_groups", "fields", "joined", "doubts"]
    (note,) = told["files"][0].pop("notes")
    assert note.startswith("no keywords in this export")
    assert told["files"] == [
        {"path": export.as_posix(), "format": "RIS", "encoding": "UTF-8", "found": 3, "read": 3, "set_aside": []}
    ]  # fmt: skip
    assert (told["records"], told["works"], told["duplicate_groups"]) == (3, 2, 1)
    fields = {name: n for name, n in told["fields"].items() if n}
    assert fields == {"type": 3, "title": 3, "authors": 3, "year": 3, "doi": 3, "database": 3}


def test_one_record_is_not_called_records(benang: Command, tmp_path: Path) -> None:
    """The line that says what was written counts as people do."""
    export = _export(tmp_path / "a.ris", ("k1", "Kota kembar yang gagal", "10.1000/a"))

    assert "(1 record)" in benang("records", export, "-o", tmp_path / "b.csv").out
    assert "(1 work)" in benang("records", export, "-o", tmp_path / "c.csv", "--deduplicate").out


def test_one_unreadable_file_keeps_no_other_from_being_read(benang: Command, export: Path, tmp_path: Path) -> None:
    """The others are read, JSON is printed with the file in its place, the problem said, and the code is 1."""
    (tmp_path / "no.ris").write_bytes(b"\x89PNG\r\n")

    said = benang("records", tmp_path / "no.ris", export, "--json")

    files = json.loads(said.out)["files"]
    assert said.code == 1
    assert [(Path(one["path"]).name, one["found"], one["read"]) for one in files] == [("no.ris", 0, 0), ("a.ris", 3, 3)]
    assert "picture" in files[0]["error"]
    assert "no.ris" in said.err


def test_no_readable_file_at_all(benang: Command, tmp_path: Path) -> None:
    """The message names the file, nothing is written, and the code is 1."""
    said = benang("records", tmp_path / "gone.ris", "-o", tmp_path / "out.csv")

    assert said.code == 1
    assert "gone.ris" in said.err
    assert not (tmp_path / "out.csv").exists()


def test_a_record_set_aside_is_told_with_its_reason(benang: Command, tmp_path: Path) -> None:
    """The table by file and the JSON both name record, line and reason."""
    path = tmp_path / "cut.ris"
    path.write_text("TY  - JOUR\nTI  - Kota\nER  - \nTY  - JOUR\nER  - \n", encoding="utf-8")

    table, told = benang("records", path), json.loads(benang("records", path, "--json").out)

    row = next(line for line in table.out.splitlines() if line.startswith(path.as_posix()))
    assert row.split()[1:] == ["RIS", "UTF-8", "2", "1", "1"]
    (aside,) = told["files"][0]["set_aside"]
    assert (aside["record"], aside["line"]) == (2, 4)
    assert f"set aside: record 2, line 4: {aside['reason']}" in table.out


def test_the_table_counts_records_without_keywords(benang: Command, export: Path) -> None:
    """What the export lacks is said kindly, with the way on."""
    said = benang("records", export)

    assert "records without keywords  3" in said.out
    assert "no keywords in this export" in said.out


def test_every_record_is_written_unless_asked(benang: Command, export: Path, tmp_path: Path) -> None:
    """By default three records, with --deduplicate two works."""
    kept, joined = tmp_path / "kept.csv", tmp_path / "joined.csv"

    assert benang("records", export, "-o", kept).code == 0
    assert benang("records", export, "--deduplicate", "-o", joined).code == 0

    assert [len(library.read(path)) for path in (kept, joined)] == [3, 2]


def test_every_form_is_written_and_read_again(benang: Command, export: Path, tmp_path: Path) -> None:
    """All forms in one call; each gives the keys and titles again."""
    outs = [tmp_path / f"out{suffix}" for suffix in (".ris", ".bib", ".csv", ".xlsx", ".json")]

    said = benang("records", export, *[part for out in (*outs, tmp_path / "folder") for part in ("-o", out)])

    assert said.code == 0, said.err
    titles = [record.title for record in library.read(export).records]
    assert [[record.title for record in library.read(out).records] for out in outs] == [titles] * 5
    assert is_corpus_folder(tmp_path / "folder")
    assert read_corpus(tmp_path / "folder").keys == ("k1", "k2", "k3")


def test_cells_that_look_like_formulas_are_made_harmless(benang: Command, export: Path, tmp_path: Path) -> None:
    """A title `=1+1` stands in the cell behind an apostrophe."""
    benang("records", export, "-o", tmp_path / "out.csv")

    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[2]["title"] == "'=1+1"


def test_groups_of_duplicates_are_listed(benang: Command, export: Path, tmp_path: Path) -> None:
    """Each member stands with its file and its place in it, and the reason."""
    benang("records", export, "--duplicates", tmp_path / "groups.csv")

    with (tmp_path / "groups.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["group"], Path(row["file"]).name, row["record"]) for row in rows] == [
        ("1", "a.ris", "1"),
        ("1", "a.ris", "2"),
    ]
    assert all(row["reason"] for row in rows)


@pytest.mark.parametrize("suffix", [".json", ".csv"])
def test_the_ledger_is_kept(benang: Command, export: Path, tmp_path: Path, suffix: str) -> None:
    """The account of every file, also of one that could not be read."""
    out = tmp_path / f"ledger{suffix}"

    assert benang("records", export, tmp_path / "gone.ris", "--ledger", out).code == 1

    if suffix == ".json":
        told = json.loads(out.read_text(encoding="utf-8"))
        assert (told["found"], told["read"], told["set_aside"]) == (3, 3, 0)
        assert told["unread"][0]["path"].endswith("gone.ris")
    else:
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        counted = [(row["what"], row["found"], row["read"]) for row in rows if row["what"] != "note"]
        assert counted == [("file", "3", "3"), ("not read", "", "")]


@pytest.mark.parametrize(
    "wrong",
    [
        ("-o", "out.docx"),
        ("--ledger", "ledger.txt"),
        ("--duplicates", "groups.xlsx"),
        ("--form", "Scopuz"),
        ("--encoding", "UTF-9"),
        ("-o", "a.ris"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(
    benang: Command, export: Path, monkeypatch: pytest.MonkeyPatch, wrong: tuple[str, str]
) -> None:
    """An unknown suffix, form or encoding, or an output that is read here, ends with 2; the export stays."""
    monkeypatch.chdir(export.parent)
    before = export.read_bytes()

    said = benang("records", "a.ris", *wrong)

    assert said.code == 2
    assert wrong[1].partition(".")[0] in said.err
    assert export.read_bytes() == before


def test_a_file_within_a_folder_that_is_read_is_not_written_over(benang: Command, export: Path) -> None:
    """The folder is read, so what is in it is not replaced."""
    before = export.read_bytes()

    said = benang("records", export.parent, "-o", export)

    assert said.code == 2
    assert export.read_bytes() == before


def test_form_and_encoding_may_be_named_for_one_file(benang: Command, export: Path) -> None:
    """`FILE=NAME` decides for that file alone."""
    said = benang("records", export, "--form", f"{export}=RIS", "--encoding", f"{export.name}=ISO-8859-1", "--json")

    assert json.loads(said.out)["files"][0]["encoding"] == "ISO-8859-1"


def test_the_same_call_gives_the_same_bytes(benang: Command, export: Path, tmp_path: Path) -> None:
    """Nothing in a file tells when it was written."""
    for suffix in (".ris", ".bib", ".csv", ".xlsx", ".json"):
        one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
        benang("records", export, "-o", one, "-o", other)
        assert one.read_bytes() == other.read_bytes()


def test_a_person_decides_on_pairs_in_doubt(benang: Command, tmp_path: Path) -> None:
    """The list of doubts, filled in, is the file of decisions of the next call."""
    record = "TY  - {}\nAU  - Umpama, Budi\nTI  - Rivers and their many banks in Java\nPY  - 2019\nT2  - {}\nER  - \n"
    path, doubts = tmp_path / "a.ris", tmp_path / "doubts.csv"
    path.write_text(record.format("JOUR", "J. of Rivers") + record.format("CONF", "Proceedings of Rivers"))
    first = benang("records", path, "--doubts", doubts, "--json")
    text = doubts.read_text(encoding="utf-8-sig")
    header, row = text.splitlines()[:2]
    cells = row.split(",")
    cells[header.split(",").index("decision")] = "same"
    doubts.write_text(f"{header}\n{','.join(cells)}\n", encoding="utf-8")
    second = benang("records", path, "--decisions", doubts, "--json")

    assert (json.loads(first.out)["works"], json.loads(second.out)["works"]) == (2, 1)


def test_retracted_works_are_shown(benang: Command, tmp_path: Path) -> None:
    """In the table, in the notes of the JSON, and in the ledger."""
    path = _export(tmp_path / "a.ris", ("k1", "Kota", "10.1000/a"), ("k2", "RETRACTED: On cities", "10.1000/b"))
    ledger = tmp_path / "ledger.json"
    said = "Retracted (1 record): record 2, 'RETRACTED: On cities'."

    table = benang("records", path, "--ledger", ledger).out
    assert said in table
    assert "records marked as retracted" in table
    assert said in json.loads(benang("records", path, "--json").out)["files"][0]["notes"]
    assert said in json.loads(ledger.read_text(encoding="utf-8"))["files"][0]["notes"]


def _tags(path: Path) -> set[str]:
    return {line[:2] for line in path.read_text(encoding="utf-8").splitlines() if line[2:6] == "  - "}


def test_exact_lines_are_written_where_they_are_asked_for(benang: Command, tmp_path: Path) -> None:
    """The command says what has no place, and `--exact` keeps it."""
    export = tmp_path / "a.csv"
    export.write_text(
        "Title,Authors,ORCID,Year,Journal,Volume\nNight markets,"
        '"Umpama, A.",0000-0002-1825-0097,2018,Journal of Invented Markets,4\n',
        encoding="utf-8",
    )
    plain = benang("records", export, "-o", tmp_path / "plain.ris")
    exact = benang("records", export, "-o", tmp_path / "exact.ris", "--exact")

    assert (plain.code, exact.code) == (0, 0)
    assert "XB" not in _tags(tmp_path / "plain.ris")
    assert "XB" in _tags(tmp_path / "exact.ris")
