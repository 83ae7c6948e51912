"""Whatever stands between the records of an export and looks like one is a record, or named as set aside.

Each form is given two whole records with an entry of an unforeseen shape between, before and behind them.
"""

from __future__ import annotations

import pytest

from benang.readers.forms import text_form
from benang.readers.source import Reading, Source

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


@pytest.mark.parametrize("form", WHOLE)
def test_whole_records_are_counted_and_nothing_is_told(form: str) -> None:
    """Without anything smuggled in there are two records, each read."""
    reading = _read(form, _record(form, "First", 1) + _record(form, "Second", 2))

    assert (reading.found, reading.set_aside) == (2, ())
    assert [record.title for record in reading.records] == ["First", "Second"]
    assert not any("missing" in note or "Outside" in note for note in reading.notes)
