"""What is written in REFI-QDA is valid, holds every passage at its place, and is the same each time.

Files are read with Python's own parser, and texts sliced by the positions that stand in them: nothing here goes through
Benang's reader.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from tests.qda.made_projects import projects, schema_faults

from benang.errors import BenangError
from benang.files import Upload
from benang.qda import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoding,
    ProjectNote,
    ProjectSource,
    ProjectVariable,
    Selection,
    VariableType,
)
from benang.qda.refi_reading import read_refi
from benang.qda.refi_writing import losses, project_xml, qdc, qdpx, quotation_name, value_text

pytestmark = pytest.mark.fast

SPACE = "{urn:QDA-XML:project:1.0}"
CODE, SOURCE, CASE, NOTE = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(4))


def root_of(data: bytes) -> ElementTree.Element:
    """Parse what Benang wrote."""
    return ElementTree.fromstring(data)  # noqa: S314


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def parsed(data: bytes) -> ElementTree.Element:
    """Return the project of an archive."""
    return root_of(unpacked(data)["project.qde"])


def passages(data: bytes) -> Iterator[tuple[str, str]]:
    """Give the name of each selection, and what the text has at its place."""
    files = unpacked(data)
    for source in root_of(files["project.qde"]).iter(f"{SPACE}TextSource"):
        text = files[source.attrib["plainTextPath"].replace("internal://", "sources/")].decode("utf-8")
        for one in source.iter(f"{SPACE}PlainTextSelection"):
            yield one.get("name", ""), text[int(one.attrib["startPosition"]) : int(one.attrib["endPosition"])]


@given(projects())
def test_every_project_is_valid_and_has_its_passages_at_their_places(project: Project) -> None:
    """Whatever letters, marks and line ends there are."""
    data = qdpx(project)

    assert schema_faults(unpacked(data)["project.qde"], "Project") == []
    assert [name for name, _ in passages(data)] == [one.name for source in project.sources for one in source.selections]
    assert all(name == quotation_name(quote) for name, quote in passages(data))
    assert losses(project) == ()
    assert qdpx(project) == data


@given(projects())
def test_every_codebook_is_valid(project: Project) -> None:
    """Each code is in it once; one without codes is refused."""
    if not project.codes:
        with pytest.raises(BenangError, match="a codebook without codes"):
            qdc(project)
        return
    data = qdc(project)

    assert schema_faults(data, "Codebook") == []
    assert sorted(re.findall(rb'<Code guid="([^"]*)"', data)) == sorted(one.guid.encode() for one in project.codes)


@given(projects())
def test_every_text_comes_out_of_a_parser_as_it_went_in(project: Project) -> None:
    """Tabs, line ends, `]]>` and marks too."""
    root = parsed(qdpx(project))

    for tag, members in (("Code", project.codes), ("Case", project.cases), ("Variable", project.variables)):
        written = {
            one.attrib["guid"]: (one.get("name"), one.findtext(f"{SPACE}Description", ""))
            for one in root.iter(SPACE + tag)
        }
        assert written == {one.guid: (one.name, one.description) for one in members}
    notes = {one.attrib["guid"]: one.findtext(f"{SPACE}PlainTextContent") for one in root.iter(f"{SPACE}Note")}
    assert notes == {one.guid: one.text for one in project.notes}


def test_a_passage_with_several_codes_is_one_selection() -> None:
    """With a coding for each."""
    codings = tuple(ProjectCoding(f"{n:08}-0000-4000-8000-000000000000", CODE) for n in range(2))
    source = ProjectSource(SOURCE, "a", "the rent rose", (Selection(NOTE, 4, 8, "rent", codings=codings),))
    root = parsed(qdpx(Project("p", codes=(ProjectCode(CODE, "Rent"),), sources=(source,))))

    (selection,) = root.iter(f"{SPACE}PlainTextSelection")
    assert len(selection.findall(f"{SPACE}Coding")) == 2


def test_the_project_comes_first_and_texts_have_no_byte_order_mark() -> None:
    """And the archive no time."""
    source = ProjectSource(SOURCE, "a", "pasar\n🏙️\f", ())
    data = qdpx(Project("p", sources=(source,)))

    assert list(unpacked(data)) == ["project.qde", f"sources/{SOURCE}.txt"]
    assert unpacked(data)[f"sources/{SOURCE}.txt"] == "pasar\n🏙️\f".encode()
    assert {one.date_time[0] for one in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {1980}


def test_a_project_is_as_old_as_the_last_thing_said_in_it() -> None:
    """Whatever the zones of the times; there is no clock."""
    times = ("2026-01-02T03:04:05+07:00", "2026-01-01T22:00:00Z", "2025-12-31T00:00:00Z")
    notes = tuple(ProjectNote(f"{n:08}-0000-4000-8000-000000000000", "x", time=time) for n, time in enumerate(times))

    assert root_of(project_xml(Project("p", notes=notes))).get("creationDateTime") == times[1]
    assert "creationDateTime" not in root_of(project_xml(Project("p"))).attrib


def test_an_empty_project_has_no_containers() -> None:
    """Since the schema wants none empty."""
    data = project_xml(Project("Pasar & <kota>"))

    assert schema_faults(data, "Project") == []
    assert len(root_of(data)) == 0


def test_what_xml_cannot_hold_is_named_and_replaced() -> None:
    """In names and notes, where a blank stays a blank; texts of sources keep it, so that positions stay."""
    source = ProjectSource(SOURCE, "a\x01b", "pa\x00sar\fkota", (Selection(CASE, 2, 7, "\x00sar\f"),))
    note = ProjectNote(NOTE, "\x1b[31mred", time="yesterday")
    project = Project("p", sources=(source,), notes=(note,))
    data = qdpx(project)

    assert schema_faults(unpacked(data)["project.qde"], "Project") == []
    assert list(passages(data)) == [("\ufffdsar ", "\x00sar\f")]
    assert [(one.kind, one.where, one.reason) for one in losses(project)] == [
        ("TextSource", "a\x01b", "XML can't hold the character U+0001"),
        ("PlainTextSelection", "a\x01b", "XML can't hold the character U+0000, U+000C"),
        ("Note", NOTE, "XML can't hold the character U+001B"),
        ("Note", NOTE, "'yesterday' is no date with a time"),
    ]


@pytest.mark.parametrize(
    ("type_", "value", "written"),
    [
        ("Float", "1E-3", "0.001"), ("Float", "2.5e2", "250"), ("Float", "-0.50", "-0.50"), ("Float", "inf", None),
        ("Float", "1e999999999", None), ("Integer", "2.0", None), ("Integer", "-3", "-3"), ("Boolean", "yes", None),
        ("Date", "2026-02-30", None), ("Date", "2026-02-28+07:00", "2026-02-28+07:00"),
        ("DateTime", "2026-02-28", None), ("Text", " x ", " x "),
    ],
)  # fmt: skip
def test_values_are_written_as_their_type_is(type_: VariableType, value: str, written: str | None) -> None:
    """Decimals without exponents, as XML Schema has them; what is no value of the type is left out and named."""
    variable = ProjectVariable(CODE, "v", type_)
    project = Project("p", variables=(variable,), cases=(ProjectCase(CASE, "c", values={CODE: value}),))

    assert value_text(variable.type, value) == written
    assert schema_faults(project_xml(project), "Project") == []
    assert len(losses(project)) == (written is None)


def test_a_note_of_a_case_is_linked_with_it() -> None:
    """Since a case has no notes of its own; those of the project are the project's."""
    notes = tuple(ProjectNote(guid, "x") for guid in (NOTE, CODE))
    project = Project("p", cases=(ProjectCase(CASE, "c", notes=(NOTE,)),), notes=notes, project_notes=(CODE,))
    root = root_of(project_xml(project))

    (link,) = root.iter(f"{SPACE}Link")
    assert (link.get("originGUID"), link.get("targetGUID")) == (CASE, NOTE)
    assert [one.get("targetGUID") for one in root.findall(f"{SPACE}NoteRef")] == [CODE]


def with_names_in_line(project: Project) -> Project:
    """Return a project as it is read: what a selection is called has no line ends."""
    return replace(
        project,
        sources=tuple(
            replace(
                source,
                selections=tuple(replace(one, name=" ".join(one.name.split())) for one in source.selections),
            )
            for source in project.sources
        ),
    )


@given(projects())
def test_what_was_written_is_read_as_it_was(project: Project) -> None:
    """By Benang's own reader; nothing is set aside, and positions need no other way of counting."""
    read = read_refi(Upload("project.qdpx", qdpx(project)))

    assert read.set_aside == ()
    assert all(one.unaccounted == 0 for one in read.balances)
    assert replace(read, found=project.found, convention="", remarks=()) == with_names_in_line(project)


@given(projects())
def test_a_codebook_that_was_written_is_read_as_it_was(project: Project) -> None:
    """But for memos, which such a file has no place for."""
    assume(project.codes)
    codes = tuple(replace(one, notes=()) for one in project.codes)
    sets = tuple(replace(one, sources=(), notes=()) for one in project.sets if one.codes)
    read = read_refi(Upload("project.qdc", qdc(project)))

    assert (read.codes, read.sets) == (codes, sets)
