"""REFI-QDA is read as programs write it: whatever is in a file is read, or set aside by name."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_papers import made_docx, plain_pdf, word_paragraph
from tests.qda.refi_files import (
    ANI,
    BUDI,
    PAPER,
    PERMITS,
    RENT,
    TEXT,
    coded,
    coding,
    guid,
    in_place,
    project,
    qdpx,
    selection,
    source,
)

from benang.errors import BenangError
from benang.files import Upload
from benang.qda import Project, refi_archive
from benang.qda.refi_reading import read_refi

pytestmark = pytest.mark.fast

LONG = "The rent of a stall doubled within a year, and then the market closed its gates for good, as sellers say."
WORDS = ["Rents rose", "The market 🏙 closed", "permit"]


def words_of(read: Project) -> list[str]:
    """Return the words of all selections, by their offsets."""
    return [one.text[each.start : each.end] for one in read.sources for each in one.selections]


def aside(read: Project) -> dict[str, str]:
    """Return what was set aside: kinds with the first reason of each; and check that the account adds up."""
    assert [one.unaccounted for one in read.balances] == [0, 0, 0, 0]
    return {one.kind: str(one.reason) for one in reversed(read.set_aside)}


def test_a_project_is_read_with_its_coders_codes_and_passages(tmp_path: Path) -> None:
    """Three passages in two lines, with a character beyond U+FFFF between them."""
    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)))))

    assert words_of(read) == WORDS
    assert [(one.name, one.initials) for one in read.users] == [("Ani", "AN"), ("Budi", "BU")]
    assert [(one.name, one.description, one.colour) for one in read.codes] == [
        ("Rising rent", "Dear stalls.", "#2266aa"),
        ("Permits", "", ""),
    ]
    assert read.sources[0].text == TEXT
    assert [(one.found, one.read, one.aside) for one in read.balances] == [(1, 1, 0), (2, 2, 0), (3, 3, 0), (3, 3, 0)]
    assert read.convention == "code points, end exclusive; selections that have the words of their name: 3 of 3"
    assert not read.set_aside


def test_seven_ways_to_write_one_project_give_the_same_passages(shared_data: Path) -> None:
    """CR LF and byte order marks counted and not, UTF-16, inclusive ends, another name, capital folders."""
    own = shared_data / "refi-qda" / "own"
    reads = [read_refi(path) for path in sorted(own.glob("*.qdpx"))]

    assert len(reads) == 7
    assert {tuple(words_of(read)) for read in reads} == {
        (
            "🏙️: studi kasus",
            "the mayor changed and no budget line was kept",
            "no budget line was kept",
            "the partner city withdrew",
        )
    }
    assert all(not aside(read) for read in reads)
    assert [len(read_refi(own / "codebook.qdc").codes), len(read_refi(own / "codebook.qdc").sets)] == [7, 1]


@pytest.mark.parametrize(
    "path",
    [f"internal://{PAPER}.txt", f"{PAPER}.txt", f"INTERNAL://{PAPER.upper()}.TXT", f"relative:///{PAPER}.txt",
     f"absolute:///C:/Users/ani/{PAPER}.txt", "internal://Paper%201.txt"],
)  # fmt: skip
def test_the_file_of_a_source_is_found_however_its_path_is_written(tmp_path: Path, path: str) -> None:
    """In the archive, whatever the letters of its folder."""
    name = "Sources/Paper 1.txt" if "%" in path else f"Sources/{PAPER}.txt"

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS), path)), {name: TEXT}))

    assert words_of(read) == WORDS


def test_nothing_outside_of_the_archive_is_read(tmp_path: Path) -> None:
    """A file that a source names lies beside the archive: it is left out, and named."""
    secret = tmp_path / "secret.txt"
    secret.write_text(TEXT)

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS), f"absolute://{secret}")), {}))

    reasons = aside(read)
    assert reasons["source"] == f"its file absolute://{secret} is not in the archive; nothing else is read"
    assert set(reasons) == {"source", "selection", "coding"}
    assert reasons["coding"].startswith("its source was set aside: ")


def test_a_project_file_of_another_name_is_read_and_named(tmp_path: Path) -> None:
    """ATLAS.ti on a Mac names it after the project."""
    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS))), name="Night markets.qde"))

    assert words_of(read) == WORDS
    assert read.remarks == ("the project file of the archive is called Night markets.qde, not project.qde",)


def test_selections_that_are_empty_reversed_or_outside_are_set_aside_by_name(tmp_path: Path) -> None:
    """Each with its coding; the others are read."""
    odd = [selection(100, 5, 5), selection(110, 9, 2), selection(120, 3, 9_999), selection(130, "?", 9),
           selection(140, 17, 18)]  # fmt: skip

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS) + "".join(odd)))))

    assert words_of(read) == WORDS
    assert [(one.where, one.reason) for one in read.set_aside if one.kind == "selection"] == [
        ("Paper 1: 5–5", "it has no length (5–5)"),
        ("Paper 1: 9–2", "it ends before it begins (9–2)"),
        ("Paper 1: 3–9999", f"its positions 3–9999 are outside of the text, which has {len(TEXT)} characters"),
        ("Paper 1: ?–9", "its positions are not whole numbers"),
        ("Paper 1: 17–18", "it contains only white space"),
    ]
    assert "coding" in aside(read)


def test_ids_that_differ_in_capitals_only_are_two_and_both_are_kept(tmp_path: Path) -> None:
    """References lead to the one in the same letters."""
    low, high = "abcdef00-0000-4000-8000-000000000001", "ABCDEF00-0000-4000-8000-000000000001"
    codes = f'<Code guid="{low}" name="rent" isCodable="true"/><Code guid="{high}" name="rain" isCodable="true"/>'
    marked = selection(1, 0, 5, inner=coding(2, high)) + selection(3, 6, 10, inner=coding(4, low))

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(marked), codes=codes)))

    names = {one.guid: one.name for one in read.codes}
    assert [names[one.codings[0].code] for one in read.sources[0].selections] == ["rain", "rent"]
    assert len(names) == 2
    assert low in names
    assert read.remarks == (f"the ids {low} and {high} differ only in capitals; Code 'rain' got one of its own",)


def test_guids_in_braces_and_capitals_are_the_same_ids(tmp_path: Path) -> None:
    """As NVivo and MAXQDA write them."""
    marked = selection(1, 0, 5, inner=coding(2, f"{{{RENT.upper()}}}"))

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(marked))))

    assert [one.code for one in read.sources[0].selections[0].codings] == [RENT]
    assert not aside(read)


def test_unknown_elements_and_what_benang_has_no_place_for_are_named(tmp_path: Path) -> None:
    """With all that they contain."""
    more = (
        f'<Links><Link guid="{guid(90)}" originGUID="{RENT}" targetGUID="{PERMITS}"/></Links>'
        f'<Graphs><Graph guid="{guid(91)}" name="map"/></Graphs><Weather>{coding(92)}</Weather>'
    )
    inside = "<Weight>3</Weight>" + coding(2)

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(selection(1, 0, 5, inner=inside)), more)))

    assert aside(read) == {
        "Link": "Benang has no place for it",
        "Graph": "Benang has no place for it",
        "Weather": "REFI-QDA 1.0 has no such element here",
        "coding": "in <Weather>: REFI-QDA 1.0 has no such element here",
        "Weight": "REFI-QDA 1.0 has no such element here",
    }


def test_pictures_sound_and_film_are_set_aside_with_what_is_coded_in_them(tmp_path: Path) -> None:
    """Also their transcripts."""
    sources = (
        f'<PictureSource guid="{guid(50)}" name="map.png"><PictureSelection guid="{guid(51)}">{coding(52)}'
        f'</PictureSelection></PictureSource><AudioSource guid="{guid(53)}" name="talk.mp3"><Transcript '
        f'guid="{guid(54)}"><TranscriptSelection guid="{guid(55)}">{coding(56)}</TranscriptSelection></Transcript>'
        f'</AudioSource><VideoSource guid="{guid(57)}" name="film.mp4"/>'
    )

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)) + sources)))

    assert [(one.kind, one.where) for one in read.set_aside] == [
        ("source", "map.png"), ("selection", "map.png"), ("coding", "map.png"),
        ("source", "talk.mp3"), ("selection", "talk.mp3"), ("coding", "talk.mp3"),
        ("source", "film.mp4"),
    ]  # fmt: skip
    aside(read)


def test_a_passage_of_a_pdf_that_is_in_its_text_as_well_counts_once(tmp_path: Path) -> None:
    """ATLAS.ti gives both the same GUID; a coding that only one of them has is kept."""
    text = f"<PlainTextContent>{TEXT}</PlainTextContent>"
    inner = selection(1, 0, 5, "Rents", coding(2) + coding(3, RENT, BUDI))
    page = f'<PDFSelection guid="{guid(1)}" page="0" firstX="1" firstY="1" secondX="2" secondY="2">'
    again = f"{page}{coding(4)}{coding(5, PERMITS)}</PDFSelection>"
    pdf = f'<PDFSource guid="{PAPER}" name="Paper 1">{again}<Representation guid="{guid(9)}">{text}{inner}' \
          "</Representation></PDFSource>"  # fmt: skip

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(pdf), {}))

    assert words_of(read) == ["Rents"]
    assert [(one.code, one.user) for one in read.sources[0].selections[0].codings] == [
        (RENT, ANI), (RENT, BUDI), (PERMITS, ANI),
    ]  # fmt: skip
    assert aside(read)["selection"] == "it is the same passage as the selection of the same GUID in the text"


def test_a_place_on_a_page_is_found_by_its_words(tmp_path: Path) -> None:
    """Where they occur once; else it is set aside."""
    page = '<PDFSelection guid="{}" name="{}" page="0" firstX="1" firstY="1" secondX="2" secondY="2">{}</PDFSelection>'
    places = page.format(guid(1), "The  market 🏙 closed", coding(2)) + page.format(guid(3), "the", coding(4))
    places += page.format(guid(5), "", coding(6)) + page.format(guid(7), "The market…", coding(8))
    text = f'<Representation guid="{guid(9)}"><PlainTextContent>{TEXT} the the</PlainTextContent></Representation>'

    read = read_refi(
        qdpx(tmp_path / "a.qdpx", project(f'<PDFSource guid="{PAPER}" name="P">{places}{text}</PDFSource>'), {})
    )

    assert words_of(read) == ["The market 🏙 closed"]
    assert [str(one.reason) for one in read.set_aside if one.kind == "selection"] == [
        "its words occur 3 times in the text",
        "the file has only its place, not its words",
        "the file has only the beginning of its words",
    ]
    aside(read)


def test_a_text_within_the_project_is_read_with_characters_that_xml_does_not_allow(tmp_path: Path) -> None:
    """They become one character each, so that offsets stay."""
    text = "Rents\x0brose &#x1; twice"
    marked = selection(1, 6, 10, "rose")

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(in_place("@", marked)).replace("@", text), {}))

    assert words_of(read) == ["rose"]
    assert read.sources[0].text == "Rents�rose � twice"
    assert read.remarks == ("characters that XML does not allow were replaced by � in a.qdpx: 2",)


def test_a_text_that_is_no_utf_8_is_read_with_a_remark(tmp_path: Path) -> None:
    """The standard asks for UTF-8."""
    text = "Café rents rose"
    file = qdpx(
        tmp_path / "a.qdpx", project(source(selection(1, 5, 10, "rents"))), {f"{PAPER}.txt": text.encode("cp1252")}
    )

    read = read_refi(file)

    assert words_of(read) == ["rents"]
    assert read.remarks == (f"{PAPER}.txt is not UTF-8 and was read as Windows-1252",)


def test_a_text_that_only_a_word_file_has_is_taken_out_and_passages_are_found_by_their_words(tmp_path: Path) -> None:
    """Positions count in a text that the file lacks, so that they can't be used."""
    word = made_docx(word_paragraph(LONG))
    rich = f'<TextSource guid="{PAPER}" name="Paper 1" richTextPath="internal://{PAPER}.docx">'
    marked = selection(1, 999, 1_004, "market closed") + selection(3, 4, 8)

    read = read_refi(
        qdpx(tmp_path / "a.qdpx", project(f"{rich}{marked}</TextSource>"), {f"sources/{PAPER}.docx": word})
    )

    assert words_of(read) == ["market closed"]
    assert aside(read)["selection"] == "the file has only its place, not its words"


def test_a_pdf_without_a_text_is_read_by_benang(tmp_path: Path) -> None:
    """Its places on pages are found by their words."""
    pdf = plain_pdf(LONG)
    corners = 'page="0" firstX="1" firstY="1" secondX="2" secondY="2"'
    page = f'<PDFSelection guid="{guid(1)}" name="market closed" {corners}>{coding(2)}</PDFSelection>'
    one = f'<PDFSource guid="{PAPER}" name="P" path="internal://{PAPER}.pdf">{page}</PDFSource>'

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(one), {f"sources/{PAPER}.pdf": pdf}))

    assert words_of(read) == ["market closed"]
    assert not aside(read)
    assert read.remarks == (f"'P' has no plain text: Benang extracted it from sources/{PAPER}.pdf",)


def test_notes_variables_cases_and_sets_are_read(tmp_path: Path) -> None:
    """Each reference that leads nowhere is set aside."""
    more = (
        f'<Variables><Variable guid="{guid(70)}" name="Year" typeOfVariable="Integer"/></Variables>'
        f'<Cases><Case guid="{guid(71)}" name="Alun"><VariableValue><VariableRef targetGUID="{guid(70)}"/>'
        f'<IntegerValue>2003</IntegerValue></VariableValue><SourceRef targetGUID="{PAPER}"/>'
        f'<SelectionRef targetGUID="{guid(1)}"/>'
        f'<SourceRef targetGUID="{guid(99)}"/></Case></Cases>'
        f'<Notes><Note guid="{guid(72)}" name="Why" creatingUser="{BUDI}"><PlainTextContent>Look again.'
        f'</PlainTextContent></Note><Note guid="{guid(73)}" name="Empty"/></Notes>'
        f'<Sets><Set guid="{guid(74)}" name="Included"><MemberSource targetGUID="{PAPER}"/></Set></Sets>'
        f'<NoteRef targetGUID="{guid(72)}"/>'
    )
    note = f'<NoteRef targetGUID="{guid(72)}"/>'
    marked = selection(1, 0, 5, inner=coding(2).replace("</Coding>", f"{note}</Coding>"))

    read = read_refi(qdpx(tmp_path / "a.qdpx", project(source(marked), more)))

    case = read.cases[0]
    assert (case.name, case.values, case.sources, case.selections) == ("Alun", {guid(70): "2003"}, (PAPER,), (guid(1),))
    assert [(one.text, one.name, one.user) for one in read.notes] == [("Look again.", "Why", BUDI)]
    assert read.sources[0].selections[0].codings[0].notes == read.project_notes == (guid(72),)
    assert [(one.name, one.sources) for one in read.sets] == [("Included", (PAPER,))]
    assert aside(read) == {
        "SourceRef": f"it refers to {guid(99)}, which the file lacks or which was set aside",
        "Note": "it has no text",
    }


def test_a_variable_with_two_values_has_the_first_and_the_other_is_named(tmp_path: Path) -> None:
    """The same value twice is one."""
    year = f'<VariableValue><VariableRef targetGUID="{guid(70)}"/><IntegerValue>{{}}</IntegerValue></VariableValue>'
    more = (
        f'<Variables><Variable guid="{guid(70)}" name="Year" typeOfVariable="Integer"/></Variables>'
        f'<Cases><Case guid="{guid(71)}" name="Alun">{"".join(map(year.format, (2003, 2003, 2004)))}</Case></Cases>'
    )

    read = read_refi(qdpx(tmp_path / "a.qdpx", project("", more)))

    assert read.cases[0].values == {guid(70): "2003"}
    assert aside(read) == {"VariableValue": "the variable has two values here, '2003' and '2004'"}


def test_a_link_joins_a_case_and_a_note_in_either_direction(tmp_path: Path) -> None:
    """A link between anything else has no place."""
    ends = [(guid(71), guid(72)), (guid(73), guid(71)), (guid(72), guid(73))]
    links = "".join(
        f'<Link guid="{guid(80 + at)}" originGUID="{one}" targetGUID="{other}"/>'
        for at, (one, other) in enumerate(ends)
    )
    note = '<Note guid="{}" name="N"><PlainTextContent>Why</PlainTextContent></Note>'
    more = (
        f'<Cases><Case guid="{guid(71)}" name="Alun"/></Cases>'
        f"<Notes>{note.format(guid(72))}{note.format(guid(73))}</Notes><Links>{links}</Links>"
    )

    read = read_refi(qdpx(tmp_path / "a.qdpx", project("", more)))

    assert read.cases[0].notes == (guid(72), guid(73))
    assert aside(read) == {"Link": "Benang has no place for it"}


def test_the_text_of_a_note_may_be_in_a_file_of_its_own(tmp_path: Path) -> None:
    """Plain or as Word writes it; a note whose file is missing is set aside with this reason."""
    files = {"sources/a.txt": "\ufeffLook\r\nagain.".encode(), "sources/b.docx": made_docx(word_paragraph(LONG))}
    paths = ('plainTextPath="internal://a.txt"', 'richTextPath="internal://b.docx"', 'plainTextPath="internal://c.txt"')
    notes = "".join(f'<Note guid="{guid(number)}" name="N" {path}/>' for number, path in enumerate(paths, 72))

    read = read_refi(qdpx(tmp_path / "a.qdpx", project("", f"<Notes>{notes}</Notes>"), files))

    assert [one.text for one in read.notes] == ["Look\nagain.", LONG.strip()]
    assert aside(read) == {"Note": "its file internal://c.txt is not in the archive; nothing else is read"}
    assert read.remarks == ("'N' has no plain text: Benang extracted it from sources/b.docx",)


def test_codes_may_be_nested_deeply_and_keep_their_order(tmp_path: Path) -> None:
    """Each comes before those under it."""
    deep = "".join(f'<Code guid="{guid(at)}" name="c{at}" isCodable="true">' for at in range(5_000)) + "</Code>" * 5_000

    read = read_refi(qdpx(tmp_path / "a.qdpx", project("", codes=deep), {}))

    assert [one.name for one in read.codes] == [f"c{at}" for at in range(5_000)]
    assert read.codes[4_999].parent == guid(4_998)


BAD = {
    "no archive": (b"PK\x03\x04 and nothing more", "a zip archive that can't be opened"),
    "other XML": (b"<records/>", "expected REFI-QDA: a project (<Project>) or a codebook (<CodeBook>), found XML that"),
    "broken XML": (b"<Project><Users></Project>", "it is not well-formed XML"),
    "a document type": (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Project/>',
        "a document type declaration",
    ),
    "no text": (b"", "expected a project (.qdpx) or a codebook (.qdc) in REFI-QDA, found a file of another kind"),
    "a database": (b"\x00\x01Standard Jet DB\x00", "In the program that the project is from, export it as REFI-QDA"),
    "another text": (b"# Notes\n", "found a file of another kind"),
}


@pytest.mark.parametrize("fault", BAD)
def test_what_is_no_refi_qda_is_refused_with_its_name(fault: str) -> None:
    """And with the way on."""
    data, message = BAD[fault]

    with pytest.raises(BenangError, match=r"^a\.qdpx") as refused:
        read_refi(Upload("a.qdpx", data))

    assert message in str(refused.value)


def refused(path: Path) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(BenangError) as error:
        read_refi(path)
    return str(error.value)


@pytest.mark.parametrize("name", ["../../outside.txt", "/etc/passwd", "C:\\a.txt", "sources/../../b.txt"])
def test_an_archive_that_names_places_outside_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    """Whole, before anything in it is read."""
    file = qdpx(tmp_path / "up.qdpx", project(source("")), {name: "x"})

    assert refused(file).startswith(f"up.qdpx: an archive that names files outside of its folder: {name}.")


def test_an_archive_with_links_is_refused(tmp_path: Path) -> None:
    """A link in it could lead anywhere."""
    file = qdpx(tmp_path / "a.qdpx", project(source("")), {})
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("sources/a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert refused(file).startswith("a.qdpx: an archive with links in it: sources/a.txt.")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A hundred MB of blanks in a hundred kB."""
    file = qdpx(tmp_path / "bomb.qdpx", project(source("")), {f"sources/{PAPER}.txt": b" " * (100 << 20)})

    message = refused(file)
    assert "bomb.qdpx" in message
    assert "would unpack to 104,8" in message


def test_an_archive_of_too_many_files_or_too_much_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However tightly it is packed; of the texts, all that are read count together."""
    qde = project(source(""))
    file = qdpx(tmp_path / "a.qdpx", qde, {f"{PAPER}.txt": "Rent rose"})
    monkeypatch.setattr(refi_archive, "_MOST_READ", len(qde.encode()) + len("Rent ros"))

    assert aside(read_refi(file)) == {"source": "a project with far more text than usual"}

    monkeypatch.setattr(refi_archive, "_MOST_MEMBERS", 1)
    assert "bytes in 2 files" in refused(file)


def test_an_encrypted_project_is_refused(tmp_path: Path) -> None:
    """Its password is nobody's to guess."""
    file = qdpx(tmp_path / "a.qdpx", project(source("")), {})
    data = bytearray(file.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)

    assert refused(file).startswith("a.qdpx/project.qde: an encrypted file.")


def test_an_archive_without_a_project_or_with_two_is_refused(tmp_path: Path) -> None:
    """Which of two is meant can't be told."""
    two = qdpx(tmp_path / "two.qdpx", project(source("")), {"b.qde": project("")})
    none = qdpx(tmp_path / "none.qdpx", project(source("")), name="project.xml")

    assert refused(two).startswith("two.qdpx: expected exactly one, found an archive with 2 project files (.qde)")
    assert refused(none).startswith("none.qdpx: expected exactly one, found an archive with 0 project files (.qde)")


WHOLE = project(source(coded(TEXT, WORDS))).encode()


@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.binary(max_size=12), st.booleans())
def test_any_bytes_are_a_project_or_a_message(at: int, cut: int, new: bytes, is_packed: bool) -> None:
    """And the account adds up."""
    data = WHOLE[:at] + new + WHOLE[at + cut :]
    if is_packed:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("project.qde", data)
            archive.writestr(f"sources/{PAPER}.txt", TEXT)
        data = packed.getvalue()
        data = data[:at] + new + data[at + cut :] if at % 3 == 0 else data
    with contextlib.suppress(BenangError):
        read = read_refi(Upload("a.qdpx", data))
        aside(read)
        assert all(text.strip() for text in words_of(read))


def test_files_of_one_name_in_two_folders_are_two_texts(tmp_path: Path) -> None:
    """A source has the one whose folders are its own, whatever order they are in."""
    texts = {"sources/b/talk.txt": "The fees fell", "sources/a/talk.txt": "The rent rose", "talk.txt": "Elsewhere"}
    texts["sources/talk.txt"] = "All is well"
    sources = "".join(
        f'<TextSource guid="{guid(number)}" name="{path}" plainTextPath="internal://{path}"/>'
        for number, path in enumerate(("a/talk.txt", "B/Talk.txt", "talk.txt"))
    )
    read = read_refi(qdpx(tmp_path / "p.qdpx", project(sources), texts))

    assert [one.text for one in read.sources] == ["The rent rose", "The fees fell", "All is well"]
    assert read.remarks == ("files of the archive that no source names: 1 (talk.txt)",)
