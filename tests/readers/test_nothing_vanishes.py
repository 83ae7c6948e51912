"""Whatever stands between the records of an export and looks like one is a record, or named as set aside.

Each form is given two whole records with an entry of an unforeseen shape between, before and behind them.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path

import pytest

from benang.readers import Reading, Source
from benang.readers.forms import text_form
from benang.readers.registry import read_files

WHOLE = {
    "RIS": "TY  - JOUR\nTI  - {}\nAU  - Misal, Eka\nPY  - 2019\nER  - \n\n",
    "Web of Science plain text": "PT J\nAU Misal, E\nTI {}\nPY 2019\nUT WOS:91{}\nER\n\n",
    "EndNote tagged (.enw)": "%0 Journal Article\n%A Misal, Eka\n%T {}\n%D 2019\n\n",
    "RefWorks tagged": "RT Journal Article\nA1 Misal,Eka\nT1 {}\nYR 2019\n\n",
    "MEDLINE": "PMID- 91{}\nTI  - {}\nAU  - Misal E\nDP  - 2019\nSO  - x\n\n",
    "Ovid text": "VN  - Ovid Technologies\nDB  - BIOSIS\nAU  - Misal, E.\nTI  - {}\nYR  - 2019\n\n",
    "Cochrane text": "Record #1 of 3\nID: CN-{}\nAU: Misal, E\nTI: {}\nYR: 2019\nUS: x\n\n",
    "ProQuest text": "Document 1 of 3\n\nTitle: {}\n\nAuthor: Misal, E\n\nProQuest document ID: 91{}\n\nDatabase: X\n",
}
HEADINGS = {"Web of Science plain text": "FN Clarivate Analytics Web of Science\nVR 1.0\n"}
# The first line of a record, and what stands there instead.
BEGINNINGS = {
    "RIS": ("TY  - JOUR\n", ["", "ty  - JOUR\n", "TY: JOUR\n", "TY  \u2013 JOUR\n", "TY\xa0 - JOUR\n", "JOUR\n"]),
    "Web of Science plain text": ("PT J\n", ["", "PT: J\n", "pt J\n", "PTJ\n"]),
    "EndNote tagged (.enw)": (
        "%0 Journal Article\n",
        ["", "% 0 Journal Article\n", "%0: Journal\n", "Article\n"],
    ),
    "RefWorks tagged": ("RT Journal Article\n", ["", "RT: Journal Article\n", "rt Journal Article\n"]),
    "MEDLINE": ("PMID- 911\n", ["", "PMID - 911\n", "PMID: 911\n", "pmid- 911\n"]),
    "Ovid text": ("VN  - Ovid Technologies\n", ["", "VN  - OVID\n", "VN: Ovid Technologies\n"]),
    "Cochrane text": ("Record #1 of 3\n", ["", "Record 1 of 3\n", "RECORD #1\n"]),
    "ProQuest text": ("Document 1 of 3\n\n", ["", "Dokumen 1 dari 3\n\n", "Document 1/3\n\n"]),
}
CASES = [(form, shape) for form, (_, shapes) in BEGINNINGS.items() for shape in shapes]


def _record(form: str, title: str, number: int) -> str:
    fields = WHOLE[form]
    order = (number, title) if form in ("MEDLINE", "Cochrane text") else (title, number)
    return fields.format(*order[: fields.count("{}")] if fields.count("{}") > 1 else (title,))


def _read(form: str, text: str) -> Reading:
    source = Source("a", "a", (HEADINGS.get(form, "") + text).encode())
    reader = text_form(source)
    assert reader.name == form
    return reader.read(source)


@pytest.mark.parametrize(("form", "shape"), CASES)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_record_that_begins_in_an_unforeseen_way_is_read_or_named(form: str, shape: str, at: int) -> None:
    """Its title is the title of a record of its own, or it is set aside; the other two are read as they are."""
    usual, _ = BEGINNINGS[form]
    smuggled = _record(form, "Smuggled in", 1).replace(usual, shape)
    assert smuggled != _record(form, "Smuggled in", 1)
    records = [_record(form, "First", 2), _record(form, "Second", 3)]
    records.insert(at, smuggled)
    reading = _read(form, "".join(records))
    titles = [record.title for record in reading.records]

    assert reading.found == len(reading.records) + len(reading.set_aside) == 3
    assert {"First", "Second"} <= set(titles)
    assert "Smuggled in" in titles or len(reading.set_aside) == 1
    for record in reading.records:
        assert [author.split(",")[0] for author in record.authors] == ["Misal"]


@pytest.mark.parametrize("form", [form for form in WHOLE if form not in ("RIS", "Web of Science plain text")])
def test_a_second_title_that_nothing_parts_from_the_first_is_named(form: str) -> None:
    """It can't be told from the first record, or is all that there is of its own: it is set aside."""
    whole = _record(form, "First", 1).strip("\n").split("\n")
    unique = {"Cochrane text": "ID: ", "ProQuest text": "ProQuest document ID: "}.get(form)
    title = next(line for line in whole if line.startswith(unique or ("%T", "T1", "TI")))
    reading = _read(form, "\n".join([*whole, title.replace("First", "Second"), title, ""]))

    assert (reading.found, len(reading.records)) == (3, 1)
    assert [one.record for one in reading.set_aside] == [2, 3]


@pytest.mark.parametrize("piece", ["%T a\n", "%T a\n\n", "%A b\n%T a\n", "%T a\n\n%T b\n%T c\n"], ids=range(4))
def test_many_titles_end(piece: str) -> None:
    """Time grows with the length of the file."""
    reading = _read("EndNote tagged (.enw)", "%0 Book\n%A c\n%T d\n" + piece * 20_000)

    assert reading.found == len(reading.records) + len(reading.set_aside) > 20_000


ODD_ROWS = {
    "another delimiter": "Smuggled in|Misal, E.|2019|J|10.9999/s.1",
    "a column too few": '"Smuggled in","Misal, E.",2019,10.9999/s.1',
    "a column too many": '"Smuggled in","Misal, E.",2019,J,10.9999/s.1,x',
    "many columns too many": "Smuggled in" + ",x" * 20,
    "one cell": "Smuggled in",
    "the whole row in one pair of marks": '"Smuggled in,""Misal, E."",2019,J,10.9999/s.1"',
    "marks within marks": '"Smuggled in "so"","Misal, E.",2019,J,10.9999/s.1',
    "no mark at the end": '"Smuggled in,Misal,2019,J,10.9999/s.1',
    "a mark at the end": 'Smuggled in",Misal,2019,J,10.9999/s.1',
    "a comment": "# Smuggled in",
    "single marks": "'Smuggled in','Misal, E.',2019,J,10.9999/s.1",
    "lines": '"Smuggled\nin","Misal, E.",2019,J,10.9999/s.1',
    "blank cells": ",,,,",
}


@pytest.mark.parametrize("shape", ODD_ROWS)
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_row_of_an_unforeseen_shape_is_read_or_named(shape: str, at: int, delimiter: str) -> None:
    """In CSV and TSV it is a record or set aside, and the rows around it are read with all their columns."""
    rows = [f'"{title}","Contoh, B.",2020,Jurnal,10.9999/w.{n}' for n, title in enumerate(("First", "Second"))]
    rows.insert(at, ODD_ROWS[shape])
    text = "\n".join(["Title,Authors,Year,Journal,DOI", *rows, ""])
    if delimiter == "\t":
        text = text.replace(", ", "\0").replace(",", "\t").replace("\0", ", ")
    source = Source("a", "a", text.encode())
    reading = text_form(source).read(source)
    whole = [(one.title, one.year, one.doi) for one in reading.records if one.source == "Jurnal"]

    assert reading.found == len(reading.records) + len(reading.set_aside) >= 3
    assert {("First", 2020, "10.9999/w.0"), ("Second", 2020, "10.9999/w.1")} <= set(whole)


def _counted(path: Path) -> int | None:
    """Count the records of a real export by other means than the readers': lines, Python's csv and json."""
    data = path.read_bytes()
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if path.suffix == ".csv":
        rows = [row for row in csv.reader(io.StringIO(text)) if any(row)]
        width = max(map(len, rows)) - 1  # Embase puts the search above the header; a header may lack a column
        return sum(1 for _ in itertools.dropwhile(lambda row: len(row) < width, rows)) - 1
    if path.suffix == ".json":
        return len(json.loads(text))
    beginnings = ("@",) if path.suffix == ".bib" else ("TY  -", "PT J", "PT C", "PT S", "PT B", "PMID-")
    if path.suffix == ".txt" and "\t" in lines[0]:
        return sum(map(bool, lines)) - 1
    return sum(line.startswith(beginnings) for line in lines)


def test_real_exports_hold_as_many_records_as_plain_means_count(shared_data: Path) -> None:
    """Found is what lines that begin a record, Python's csv module and its json module say."""
    csv.field_size_limit(1 << 30)
    for path in sorted(one for one in (shared_data / "exports").rglob("*") if one.is_file()):
        ledger = read_files(path).corpus.ledger

        assert (path.name, ledger.found) == (path.name, _counted(path))
        assert ledger.found == ledger.read + ledger.set_aside


@pytest.mark.parametrize("form", WHOLE)
def test_whole_records_are_counted_without_a_note(form: str) -> None:
    """Without anything smuggled in there are two records, each read."""
    reading = _read(form, _record(form, "First", 1) + _record(form, "Second", 2))

    assert (reading.found, reading.set_aside) == (2, ())
    assert [record.title for record in reading.records] == ["First", "Second"]
    assert not any("missing" in note or "Outside" in note for note in reading.notes)
