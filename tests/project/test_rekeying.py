"""Keys are rewritten in the files that people keep, and nothing else in them."""

from __future__ import annotations

import tomllib

import pytest

from benang.errors import BenangError
from benang.project.folder import Document, heading, moved_told, paper_told
from benang.project.rekeying import edited, rekeyed_cases, rekeyed_document, rekeyed_table
from benang.records.paper import Paper

KEYS = {"a.csv:1": "umpama2018-rent-1a2b3c4d", "a.csv:2": 'doi:10.9999/"x"'}
CASES = """# a.csv:1 is the first
format = 1

[[cases]]
id = "a.csv:1"      # not a study
label = 'studies = ["a.csv:1"]'
"studies" = [
  'a.csv:1',  # "a.csv:2" comes next
  "a.csv:\\u0032", "other",
]
[[cases]]
id = "c2"
studies = []
outcome_note = \"\"\"
studies = ["a.csv:1"]
\"\"\"
"""


def test_only_studies_are_rewritten_in_cases() -> None:
    """Comments, ids, notes and the way in which a list is broken into lines stay."""
    new = rekeyed_cases(CASES, KEYS, where="cases.toml")

    assert tomllib.loads(new)["cases"][0]["studies"] == [*KEYS.values(), "other"]
    assert (
        new.replace('"umpama2018-rent-1a2b3c4d"', "'a.csv:1'").replace('"doi:10.9999/\\"x\\""', '"a.csv:\\u0032"')
        == CASES
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_keeps_its_bytes(encoding: str, end: str) -> None:
    """Whatever program saved it: encoding, line ends, quotation marks, blank lines and remarks."""
    lines = ["# a.csv:1 of mine", "other\trecord\tdecision\tnote", "", '"a.csv:1"\ta.csv:3\tsame\t"é ""a.csv:1"""',
             " a.csv:1 \ta.csv:1\tdifferent\ta.csv:1", "# end"]  # fmt: skip
    data = end.join(lines).encode(encoding)
    new = edited(
        data, lambda text: rekeyed_table(text, ("record", "other"), KEYS, where="d.tsv", remark="#"), where="d"
    )

    key = KEYS["a.csv:1"]
    lines[3] = f'{key}\ta.csv:3\tsame\t"é ""a.csv:1"""'
    lines[4] = f"{key}\t{key}\tdifferent\ta.csv:1"
    assert new == end.join(lines).encode(encoding)


def test_a_key_that_a_spreadsheet_would_run_or_part_is_made_safe() -> None:
    """Commas and quotation marks are quoted; what begins a formula has an apostrophe."""
    keys = {"1": "a,b", "2": '"', "3": "=1+1"}
    text = "record,keywords\n1,kota\n2,kota\n3,kota\n"
    assert rekeyed_table(text, ["record"], keys, where="k.csv") == (
        'record,keywords\n"a,b",kota\n"""",kota\n\'=1+1,kota\n'
    )


def test_a_table_that_can_not_be_rewritten_safely_is_refused() -> None:
    """A quotation mark that is not closed leaves it to a person."""
    with pytest.raises(BenangError):
        rekeyed_table('record,keywords\n"a.csv:1,kota\n', ["record"], KEYS, where="k.csv")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "given", ["---\nlanguage: id\nRecord:  a.csv:1\n---\n\nText.\n", "Text.\n", "--- x\n---\nText\n"]
)
def test_a_heading_is_rewritten_or_made(given: str, end: str) -> None:
    """Its other lines and the text stay as they are; what was coded stands `moved` further on."""
    text = given.replace("\n", end)
    document = Document("documents/a.md", "a.csv:1", text, "")
    new = rekeyed_document(document, "b", Paper("Rent: a study", 2018, "Umpama, A."), is_coded=True)
    (moved,) = moved_told(heading(new))

    assert heading(new)["record"] == "b"
    assert paper_told(heading(new)) == Paper("Rent: a study", 2018, "Umpama, A.")
    assert new[text.index("Text") + moved :].startswith("Text")
    assert ("\n" in new.replace("\r\n", "")) == (end == "\n")
    assert heading(new).get("language") == heading(text).get("language")


def test_a_heading_that_is_rewritten_again_adds_up() -> None:
    """Passages coded before the first time, and between the two, are both found."""
    text = "---\nrecord: a.csv:1\n---\nText\n"
    once = rekeyed_document(Document("d", "a", text, ""), "b", Paper("Rent", 2018), is_coded=True)
    between = Document("d", "b", once, "", moved=moved_told(heading(once)))
    twice = rekeyed_document(between, "a-longer-key", Paper(), is_coded=True)

    for before, moved in zip((text, once), moved_told(heading(twice)), strict=True):
        assert twice[before.index("Text") + moved :].startswith("Text")


def test_a_title_of_the_notes_own_stays() -> None:
    """The title of the study stands beside it."""
    text = "---\nrecord: b\ntitle: What I thought\n---\nText\n"
    new = rekeyed_document(Document("d", "b", text, ""), "b", Paper("Rent", 2018), is_coded=False)
    assert new == "---\nrecord: b\ntitle: What I thought\nstudy title: Rent\nyear: 2018\n---\nText\n"
    assert paper_told(heading(new)) == Paper("Rent", 2018)
