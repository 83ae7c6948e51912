"""A review goes out with all that was said in it, and what can't be carried is counted."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.qda.made_projects import schema_faults
from tests.tasks.coding.markets import CODEBOOK, DOCUMENTS, markets

from benang.coding.cases import read_cases
from benang.coding.codebook_file import read_codebook
from benang.errors import BenangError, Misuse
from benang.qda import GuidKind, Ids, ProjectSource, guid_of
from benang.tasks.exchange.exporting import Exported, ExportRequest, export_review

SPACE = "{urn:QDA-XML:project:1.0}"
TEXT = DOCUMENTS["sari2018"]
HILL = DOCUMENTS["lestari2019"]
RENT, RAIN = "The rent of a stall", "Rain washed the hill road away"
FROM_NVIVO = "0a1b2c3d-0000-4000-8000-abcdefabcdef"
VARIABLES = """
[[variables]]
id = "since"
label = { en = "Since", id = "Sejak" }
type = "year"

[[variables]]
id = "failed"
label = "Failed"
levels = [{ id = "yes", label = "Yes" }, { id = "no", label = "No" }]

[[variables]]
id = "owner"
label = "Owner"
levels = [{ id = "village", label = "The village" }, { id = "state", label = "The state" }]
"""


def coding(name: str, quote: str, case: str, **more: str) -> dict[str, object]:
    """Return a coding of a passage, as its log has it."""
    key, text = ("sari2018", TEXT) if quote in TEXT else ("lestari2019", HILL)
    start = text.index(quote)
    place = {"document": f"documents/{key}.md", "start": start, "end": start + len(quote), "quote": quote}
    time = "2026-01-02T10:04:05+07:00"
    return {"kind": "coding", "id": name, "coder": "ani", "code": "rent", "case": case, "time": time, **place, **more}


def value(case: str, variable: str, said: object, coder: str = "ani") -> dict[str, object]:
    """Return a value with the passage that it rests on; one that is not reported rests on none."""
    one = coding("x", RENT if case == "muara" else RAIN, case)
    passages = [] if said == "not_reported" else [{part: one[part] for part in ("document", "start", "end", "quote")}]
    name = f"{coder}/{case}/{variable}"
    return {
        "kind": "value",
        "id": name,
        "coder": coder,
        "case": case,
        "variable": variable,
        "value": said,
        "passages": passages,
    }


def said(folder: Path, *events: dict[str, object], coder: str = "ani") -> Path:
    """Write a log into a review, and return the review."""
    lines = [json.dumps(one, ensure_ascii=False) for one in ({"format": 2}, *events)]
    path = folder / "judgements" / f"{coder}.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with variables."""
    folder = markets(tmp_path / "markets")
    (folder / "codebook.toml").write_text(CODEBOOK + VARIABLES, encoding="utf-8")
    return folder


def export(folder: Path, name: str = "out.qdpx") -> Exported:
    """Write a review, and check that the file is valid."""
    path = folder.parent / name
    exported = export_review(ExportRequest(folder=folder, output=path))
    data = (
        path.read_bytes()
        if path.suffix == ".qdc"
        else zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("project.qde")
    )
    assert schema_faults(data, "Codebook" if path.suffix == ".qdc" else "Project") == []
    return exported


def passages(source: ProjectSource) -> list[tuple[str, int]]:
    """Return the words of each selection of a source, and how many codings it has."""
    return [(source.text[one.start : one.end], len(one.codings)) for one in source.selections]


def remarks(exported: Exported) -> set[str]:
    """Return what an account says that was changed or left out."""
    return {remark for note in exported.account.notes for remark in getattr(note, "remarks", ())}


@pytest.mark.parametrize("example", ["sister-cities", "night-markets", "screening"])
def test_every_example_is_exported_and_valid(example: str, project_root: Path, tmp_path: Path) -> None:
    """With the same bytes each time, wherever it lies."""
    one, other = (tmp_path / name / example for name in ("one", "other"))
    for place in (one, other):
        shutil.copytree(project_root / "examples" / example, place)
        export(place)
        if (place / "codebook.toml").exists():
            export(place, "out.qdc")

    assert (one.parent / "out.qdpx").read_bytes() == (other.parent / "out.qdpx").read_bytes()


def test_every_coding_of_the_example_is_at_its_place_and_in_its_case(project_root: Path, tmp_path: Path) -> None:
    """Read with Python's own parser, and compared with the lines of the log."""
    folder = project_root / "examples" / "sister-cities"
    export_review(ExportRequest(folder=folder, output=tmp_path / "out.qdpx"))
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))  # noqa: S314 - our own file
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    codes = {one.attrib["guid"]: one.attrib["name"] for one in root.iter(f"{SPACE}Code")}
    cases: dict[str, list[str]] = defaultdict(list)
    for case in root.iter(f"{SPACE}Case"):
        for ref in case.iter(f"{SPACE}SelectionRef"):
            cases[ref.attrib["targetGUID"]].append(case.attrib["name"])
    found = [
        (case, codes[ref.attrib["targetGUID"]], text[int(one.attrib["startPosition"]) : int(one.attrib["endPosition"])])
        for source in root.iter(f"{SPACE}TextSource")
        if (text := texts[source.attrib["plainTextPath"].replace("internal://", "sources/")])
        for one in source.iter(f"{SPACE}PlainTextSelection")
        for ref in one.iter(f"{SPACE}CodeRef")
        for case in cases[one.attrib["guid"]]
    ]
    lines = [
        json.loads(line)
        for log in (folder / "judgements").glob("*.jsonl")
        for line in log.read_text("utf-8").splitlines()
    ]
    codebook = read_codebook(folder / "codebook.toml")
    review = read_cases(folder / "cases.toml", codebook)
    wanted = [
        (review.by_id[one["case"]].label.en, codebook.by_id[one["code"]].label.en, one["quote"])
        for one in lines
        if one.get("kind") == "coding"
    ]

    assert len(wanted) == 119
    assert sorted(found) == sorted(wanted)


def test_one_passage_has_all_its_codings(folder: Path) -> None:
    """Each with its coder and the time when it was said, in UTC."""
    said(folder, coding("a1", RENT, "muara"), coding("a2", RENT, "muara", code="permits"))
    said(folder, coding("b1", RENT, "muara", coder="budi"), coder="budi")
    project = export(folder).project
    (source,) = (one for one in project.sources if one.name == "sari2018")
    names = {one.guid: one.name for one in project.users}
    codes = {one.guid: one.name for one in project.codes}

    assert passages(source) == [(RENT, 3)]
    assert [(names[one.user], codes[one.code]) for one in source.selections[0].codings] == [
        ("ani", "Rising rent"),
        ("budi", "Rising rent"),
        ("ani", "Slow permits"),
    ]
    assert {one.time for one in source.selections[0].codings} == {"2026-01-02T03:04:05Z"}


def test_texts_go_out_without_heading_and_with_lf(folder: Path) -> None:
    """Positions count in what goes out."""
    path = folder / "documents/sari2018.md"
    heading = "---\nrecord: sari2018\n---\n"
    path.write_bytes((heading + TEXT).replace("\n", "\r\n").encode())
    said(folder, coding("a1", "prices rose when the ferry stopped", "muara"))
    (source,) = (one for one in export(folder).project.sources if one.name == "sari2018")

    assert source.text == TEXT
    assert passages(source) == [("prices rose when the ferry stopped", 1)]


def test_one_word_on_several_cases_is_one_coding_of_all(folder: Path) -> None:
    """A reason that a source gives for a group of cases is not counted twice elsewhere."""
    said(folder, *(coding(f"a-{case}", RAIN, case, scope="group") for case in ("bukit", "ladang")))
    exported = export(folder)
    (source,) = (one for one in exported.project.sources if one.name == "lestari2019")

    assert passages(source) == [(RAIN, 1)]
    assert [one.name for one in exported.project.cases if source.selections[0].guid in one.selections] == [
        "Bukit",
        "Ladang",
    ]
    assert source.selections[0].codings[0].notes == ()
    assert "codings of one passage for several cases, joined into one coding: 1" in remarks(exported)


def test_codes_of_one_passage_for_different_cases_are_two_selections(folder: Path) -> None:
    """So that no case gets the code of another."""
    said(folder, coding("a1", RAIN, "bukit"), coding("a2", RAIN, "ladang", code="permits"))
    project = export(folder).project
    by_guid = {one.guid: one for source in project.sources for one in source.selections}

    assert {case.name: [by_guid[one].codings[0].code for one in case.selections] for case in project.cases} == {
        "Muara": [],
        "Bukit": [guid_of("code", "rent")],
        "Ladang": [guid_of("code", "permits")],
    }


def test_stance_and_scope_go_out_as_notes(folder: Path) -> None:
    """One note each, which all codings share; what is usual is not noted."""
    said(
        folder,
        coding("a1", RENT, "muara", stance="contradicts"),
        coding("a2", RAIN, "bukit", stance="contradicts", scope="group"),
        coding("a3", "Visitors filled every lane", "bukit"),
    )
    exported = export(folder)
    notes = {one.guid: one.text for one in exported.project.notes}
    marked = [
        tuple(notes[note] for note in coding.notes)
        for source in exported.project.sources
        for one in source.selections
        for coding in one.codings
    ]

    assert sorted(notes.values()) == ["scope: group", "stance: contradicts"]
    assert sorted(marked) == [(), ("stance: contradicts",), ("stance: contradicts", "scope: group")]
    assert "codings with their stance or scope in a memo: 2" in remarks(exported)


def test_values_are_of_their_types(folder: Path) -> None:
    """Years are numbers, yes and no a truth, other levels the words that people read."""
    said(folder, value("muara", "since", 1998), value("muara", "failed", "yes"), value("bukit", "owner", "village"))
    project = export(folder).project
    names = {one.guid: one.name for one in project.variables}

    assert {one.name: one.type for one in project.variables} == {
        "Since": "Integer",
        "Failed": "Boolean",
        "Owner": "Text",
    }
    assert {case.name: {names[one]: said for one, said in case.values.items()} for case in project.cases} == {
        "Muara": {"Since": "1998", "Failed": "true"},
        "Bukit": {"Owner": "The village"},
        "Ladang": {},
    }


def test_values_that_differ_or_are_not_reported_are_counted(folder: Path) -> None:
    """Where there is a consensus, it goes out."""
    said(
        folder, value("muara", "since", 1998), value("bukit", "since", "not_reported"), value("muara", "failed", "yes")
    )
    said(folder, value("muara", "since", 1999, "budi"), value("muara", "failed", "no", "budi"), coder="budi")
    said(folder, value("muara", "failed", "no", "consensus"), coder="consensus")
    exported = export(folder)
    (muara,) = (one for one in exported.project.cases if one.name == "Muara")

    assert list(muara.values.values()) == ["false"]
    assert {"values on which coders differ: 1", "values 'not reported': 1"} <= remarks(exported)


def test_a_value_in_two_languages_goes_out_in_english_and_is_counted(folder: Path) -> None:
    """One that is the same in both loses nothing."""
    path = folder / "cases.toml"
    text = path.read_text(encoding="utf-8")
    for label, keeper in (("Muara", '{ en = "the village", id = "desa" }'), ("Bukit", '{ en = "Ani", id = "Ani" }')):
        text = text.replace(f'label = "{label}"\n', f'label = "{label}"\nkeeper = {keeper}\n')
    path.write_text(text, encoding="utf-8")
    book = folder / "codebook.toml"
    variable = '\n[[variables]]\nid = "keeper"\nlabel = "Keeper"\ntype = "text"\n'
    book.write_text(book.read_text(encoding="utf-8") + variable, encoding="utf-8")
    exported = export(folder)

    assert [list(case.values.values()) for case in exported.project.cases] == [["the village"], ["Ani"], []]
    assert "values with a text in Indonesian, which is left out: 1" in remarks(exported)


def test_memos_are_where_they_belong(folder: Path) -> None:
    """Those on the review are the project's own."""
    about = {"coding": "a1", "code": "rent", "case": "muara", "document": "documents/sari2018.md", "review": ""}
    memos: list[dict[str, object]] = [
        {"kind": "memo", "id": f"m-{kind}", "coder": "ani", "about": kind, "of": of, "text": f"On the {kind}."}
        for kind, of in about.items()
    ]
    said(folder, coding("a1", RENT, "muara"), *memos)
    project = export(folder).project
    source = next(one for one in project.sources if one.name == "sari2018")
    code = next(one for one in project.codes if one.name == "Rising rent")
    case = next(one for one in project.cases if one.name == "Muara")
    texts = {one.guid: one.text for one in project.notes}

    placed = (source.selections[0].codings[0], code, case, source)
    assert [texts[one.notes[0]] for one in placed] == [
        "On the coding.",
        "On the code.",
        "On the case.",
        "On the document.",
    ]
    assert len(texts) == 5


def test_what_came_from_elsewhere_goes_out_under_its_guid(folder: Path) -> None:
    """Also a coding whose id is a GUID itself."""
    said(folder, coding(FROM_NVIVO, RENT, "muara"))
    kinds: tuple[GuidKind, ...] = ("code", "user", "source", "case")
    guids: dict[GuidKind, str] = {kind: f"{n}a1b2c3d-0000-4000-8000-abcdefabcdef" for n, kind in enumerate(kinds, 1)}
    rows = zip(kinds, ("rent", "ani", "documents/sari2018.md", "muara"), strict=True)
    (folder / "refi-ids.tsv").write_bytes(Ids().adding((kind, name, guids[kind]) for kind, name in rows).data)
    project = export(folder).project
    (source,) = (one for one in project.sources if one.guid == guids["source"])

    (coding_sent,) = source.selections[0].codings
    assert (coding_sent.guid, coding_sent.code, coding_sent.user) == (FROM_NVIVO, guids["code"], guids["user"])
    assert guids["case"] in {one.guid for one in project.cases}


def test_suggestions_and_what_was_withdrawn_stay_at_home(folder: Path) -> None:
    """And are counted."""
    said(
        folder,
        coding("a1", RENT, "muara", program="finder 1"),
        coding("a2", RAIN, "bukit"),
        {"kind": "withdrawal", "id": "w1", "coder": "ani", "supersedes": ["a2"]},
    )
    exported = export(folder)

    assert [one for source in exported.project.sources for one in source.selections] == []
    assert {
        "suggestions of programs that nobody has taken over: 1",
        "judgements that were withdrawn or replaced: 1",
    } <= remarks(exported)


def test_a_passage_that_is_gone_is_named(folder: Path) -> None:
    """With its document and why."""
    said(folder, coding("a1", RENT, "muara"))
    (folder / "documents/sari2018.md").write_text("Another text.\n", encoding="utf-8")

    assert any(RENT in one and "not in the document" in one for one in remarks(export(folder)))


def test_retired_codes_that_carry_passages_can_be_coded_with(folder: Path) -> None:
    """Since other programs refuse a coding with a code that nothing is coded with; the account says so."""
    said(folder, coding("a1", RENT, "muara", code="noise"))
    exported = export(folder)

    assert {one.name: one.is_codable for one in exported.project.codes}["Noise"]
    assert "retired codes, as ordinary codes: 1" in remarks(exported)


def test_a_review_without_cases_sends_each_study(tmp_path: Path) -> None:
    """As a case of its own."""
    folder = markets(tmp_path / "markets")
    (folder / "cases.toml").unlink()

    assert sorted(one.name for one in export(folder).project.cases) == ["lestari2019", "sari2018"]


def test_the_account_says_what_went_out(folder: Path) -> None:
    """In the language of who asks."""
    said(folder, coding("a1", RENT, "muara"))
    path = folder.parent / "out.qdpx"
    account = export_review(ExportRequest(folder=folder, output=path, language="id")).account

    assert ("pengode", "1") in account.rows
    assert account.files == (path,)
    assert any("sources/" in getattr(note, "text", "") for note in account.notes)


def test_another_suffix_and_a_file_of_the_review_are_refused(folder: Path) -> None:
    """Before anything is written."""
    with pytest.raises(Misuse, match="qdpx"):
        export_review(ExportRequest(folder=folder, output=folder.parent / "out.nvpx"))
    with pytest.raises(Misuse):
        export_review(ExportRequest(folder=folder, output=folder / "sources.doc"))
    (folder / "codebook.toml").write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(BenangError, match="a codebook without codes"):
        export_review(ExportRequest(folder=folder, output=folder.parent / "out.qdc"))
    assert not (folder.parent / "out.qdc").exists()
