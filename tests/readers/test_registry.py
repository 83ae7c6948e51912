"""Exports are recognised by content, read together, and every record is accounted for."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Reading
from benang.readers.forms import FORMS
from benang.readers.registry import Choices, read, read_files, with_keys_once
from benang.records.corpus import Corpus
from benang.records.corpus_files import write_corpus
from benang.records.record import ASSIGNED, FileAccount, Record

RIS = "TY  - JOUR\nTI  - Kota kembar\nPY  - 2020\nKW  - kota\nER  - \n"
WOS = "FN x\nVR 1.0\nPT J\nTI Kota kembar\nPY 2020\nUT WOS:1\nER\n\nEF\n"
SCOPUS = "Authors,Title,Year,Source title,EID\nSari D.,Kota kembar,2020,Cities,2-s2.0-1\n"
EXPORTS = {"RIS": RIS, "Scopus CSV": SCOPUS, "Web of Science plain text": WOS}


def _write(folder: Path, **texts: str | bytes) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(path)
    return paths


def _refused(*paths: Path | str) -> str:
    with pytest.raises(BenangError) as error:
        read(*paths)
    return str(error.value)


# Recognition.


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_form_is_recognised_by_content_with_any_line_ends(tmp_path: Path, form: str, ends: str, mark: bytes) -> None:
    """The suffix says nothing; a byte order mark and the line ends make no difference."""
    (path,) = _write(tmp_path, export_dat=mark + EXPORTS[form].replace("\n", ends).encode())
    corpus = read(path)

    assert corpus.ledger.files[0].format == form
    assert [(record.title, record.year) for record in corpus.records] == [("Kota kembar", 2020)]


def test_mixed_line_ends_are_read(tmp_path: Path) -> None:
    """CR, LF and CRLF may stand in one file."""
    (path,) = _write(tmp_path, a_ris=RIS.replace("\n", "\r\n") + RIS.replace("\n", "\r") + RIS)

    assert len(read(path)) == 3


@pytest.mark.parametrize("text", ["\n\nDear colleague\n", '{"network": {"items": []}}'])
def test_an_unknown_form_says_how_it_begins_and_the_way_on(tmp_path: Path, text: str) -> None:
    """The message names the file, what it is or how it begins, and a form that is offered almost everywhere."""
    message = _refused(*_write(tmp_path, strange_txt=text))

    assert "strange.txt: " in message
    assert "RIS is offered almost everywhere" in message or "map" in message


def test_every_form_has_a_name_of_its_own_and_says_how_to_export_it() -> None:
    """A user who names a form means one."""
    assert len({form.name.casefold() for form in FORMS}) == len(FORMS)
    assert all(form.export for form in FORMS)


def test_a_file_that_two_readers_claim_names_both_and_the_option(tmp_path: Path) -> None:
    """Nothing is guessed where two forms fit; the user says which, for all files or for one."""
    (path,) = _write(tmp_path, both_txt=WOS + RIS)
    message = _refused(path)

    assert "both.txt: a file that could be 'RIS' and 'Web of Science plain text'" in message
    assert "Say which: form: 'RIS' or form: 'Web of Science plain text'" in message
    for forms in ({"": "RIS"}, {"both.txt": "ris"}, {path.as_posix(): "RIS"}):
        assert read(path, choices=Choices(forms=forms)).ledger.files[0].format == "RIS"


def test_an_unknown_form_by_name_brings_the_nearest(tmp_path: Path) -> None:
    """A misspelt name is an error, not a guess."""
    with pytest.raises(BenangError, match=r"no export format is called 'Scopus CVS'.*'Scopus CSV'"):
        read(*_write(tmp_path, a_ris=RIS), choices=Choices(forms={"": "Scopus CVS"}))


# Archives, folders, encodings.


def test_files_in_a_zip_and_in_a_folder_are_read(tmp_path: Path) -> None:
    """Each is told by the archive's or folder's name and its own; what the system adds is passed over."""
    with zipfile.ZipFile(tmp_path / "exports.zip", "w") as archive:
        archive.writestr("b/two.csv", SCOPUS)
        archive.writestr("one.ris", RIS)
        archive.writestr("__MACOSX/._one.ris", b"\x00")
    (tmp_path / "three.ris.gz").write_bytes(gzip.compress(RIS.encode()))
    corpus = read(tmp_path)
    base = tmp_path.as_posix()

    assert [account.path for account in corpus.ledger.files] == [
        f"{base}/exports.zip/b/two.csv", f"{base}/exports.zip/one.ris", f"{base}/three.ris.gz",
    ]  # fmt: skip
    assert len(corpus) == 3


def test_a_broken_file_in_a_folder_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    """The others are read, the broken one is told."""
    _write(tmp_path, a_ris=RIS, b_zip=b"PK\x03\x04rest", c_ris=RIS, d_txt="Dear colleague")
    done = read_files(tmp_path)

    assert len(done.corpus) == 2
    assert [one.path.rpartition("/")[2] for one in done.unread] == ["b.zip", "d.txt"]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"), ("cp1252", "Windows-1252"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_and_kept(tmp_path: Path, encoding: str, name: str) -> None:
    """Letters come through from every encoding, and the account names it."""
    corpus = read(*_write(tmp_path, a_ris=RIS.replace("Kota", "Café").encode(encoding)))

    assert corpus.records[0].title == "Café kembar"
    assert corpus.ledger.files[0].encoding == name


def test_a_guessed_encoding_is_noted_and_can_be_named(tmp_path: Path) -> None:
    """In another encoding the same bytes are other letters: the note shows a word, the choice decides."""
    (path,) = _write(tmp_path, a_ris=RIS.replace("Kota", "Мост").encode("cp1251"))

    assert "Not UTF-8: read as Windows-1252, for example in line 2" in read(path).ledger.files[0].notes[0]
    assert read(path, choices=Choices(encodings={"": "cp1251"})).records[0].title == "Мост kembar"


def test_columns_of_a_plain_table_are_named_by_the_user(tmp_path: Path) -> None:
    """A mapping decides, whatever else would claim the file."""
    text = "Judul karya;Siapa;Kapan\nKota kembar;Sari, D.;2020\n"
    (path,) = _write(tmp_path, a_csv=text)
    columns = {"title": "Judul karya", "authors": "Siapa", "year": "Kapan"}
    (record,) = read(path, choices=Choices(columns={"a.csv": columns})).records

    assert (record.title, record.authors, record.year) == ("Kota kembar", ("Sari, D.",), 2020)


def test_a_corpus_folder_is_read_again_among_exports(tmp_path: Path) -> None:
    """Parquet and exports make one corpus; keys that are taken get a free one."""
    export, *_ = _write(tmp_path, a_ris=RIS.replace("ER  - ", "ID  - x\nER  - "))
    write_corpus(read(export), tmp_path / "corpus")
    both = read(export, tmp_path / "corpus")

    assert sorted(both.keys) == ["x", "x-2"]
    assert [record.title for record in both.records] == ["Kota kembar"] * 2
    assert (both.ledger.read, both.history[0].counts["read"]) == (2, 2)


# Bad input.


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n"])
def test_an_empty_file_is_named(tmp_path: Path, data: bytes) -> None:
    """A file without text is empty."""
    assert "empty.ris: the file is empty" in _refused(*_write(tmp_path, empty_ris=data))


def test_a_missing_file_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    """What is not there or holds nothing is named, both together."""
    (tmp_path / "empty").mkdir()
    message = _refused(tmp_path / "absent.ris", tmp_path / "empty")

    assert "absent.ris: no such file" in message
    assert "empty: a folder without files" in message


def test_a_file_without_the_right_to_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses is named."""

    def forbidden(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (path,) = _write(tmp_path, a_ris=RIS)
    monkeypatch.setattr("benang.files.read_ordinary", forbidden)

    assert "a.ris: the file can't be read (Permission denied)" in _refused(path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x00\x01\x02PK\xff\xfe" * 50, "found a binary file (it contains NUL)"),
        (b"PK\x03\x04rest", "a zip archive that can't be opened"),
        (b"%PDF-1.7\n", "a damaged PDF, or a file that only begins like one"),
        (b"\x89PNG\r\n", "found a picture"),
    ],
)
def test_what_is_no_export_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    """Binary files under a wrong name are told for what they are."""
    message = _refused(*_write(tmp_path, broken_ris=data))

    assert "broken.ris" in message
    assert said in message


@pytest.mark.parametrize("form", ["RIS", "Web of Science plain text"])
def test_a_file_cut_within_a_record_gives_the_records_before_it(tmp_path: Path, form: str) -> None:
    """Half a record is no record: it is set aside with its place; alone, it makes the file unreadable."""
    text = EXPORTS[form]
    cut = text[: text.index("\nER") + 1]
    (account,) = read(
        *_write(tmp_path, cut_txt=text.replace("\nEF", "") + cut.replace("FN x\nVR 1.0\n", ""))
    ).ledger.files

    assert (account.found, account.read, account.set_aside[0].record) == (2, 1, 2)
    assert "the file ends in the middle of this record" in account.set_aside[0].reason
    assert "the only record can't be read; record 1" in _refused(*_write(tmp_path, cut_txt=cut))


def test_several_records_that_can_not_be_read_are_counted(tmp_path: Path) -> None:
    """None of the two can be read: the sentence says what happened, not its opposite."""
    cut = SCOPUS.partition("\n")[0] + "\nA,B\nC,D\n"

    assert "none of the 2 records can be read; record 1, line 2: " in _refused(*_write(tmp_path, cut_txt=cut))


def test_an_empty_name_is_not_this_folder() -> None:
    """`Path("")` would be."""
    assert "an empty name" in _refused("")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FN x\nVR 1.0\nEF\n", "no records in this file (Web of Science plain text)"),
        (SCOPUS.partition("\n")[0], "no records in this file (Scopus CSV)"),
        (SCOPUS.partition("\n")[0] + "\nA,B\n", "the only record can't be read; record 1, line 2: "),
    ],
)
def test_a_file_without_a_record_that_can_be_read_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """A heading alone, or nothing but records set aside, is an error that says which."""
    assert said in _refused(*_write(tmp_path, a_txt=text))


def test_the_problems_of_all_files_come_together(tmp_path: Path) -> None:
    """One call names everything there is to mend."""
    message = _refused(*_write(tmp_path, a_ris="", b_ris=RIS, c_ris="nothing known", d_ris=RIS[:20]))

    assert [line.partition(".ris")[0][-1] for line in message.splitlines()] == ["a", "c", "d"]


def test_a_call_without_files_is_refused() -> None:
    """Nothing to read is an error, not an empty corpus."""
    with pytest.raises(BenangError, match="no file to read"):
        read()


# Keys, names and origins.


def test_records_without_an_id_are_keyed_by_what_they_say(tmp_path: Path) -> None:
    """Neither the file's name nor the place is in a key; one record given again is numbered."""
    (tmp_path / "b").mkdir()
    one, other = *_write(tmp_path, a_ris=RIS), *_write(tmp_path / "b", c_ris=RIS * 2)
    (key,) = read(one).keys

    assert read(other).keys == (key, f"{key}-2")
    assert read(one, other).keys == (key, f"{key}-2", f"{key}-3")


def test_an_id_that_two_records_have_gets_a_suffix_and_a_note(tmp_path: Path) -> None:
    """The second record of an id is kept under a free key, within a file and across files, and the account tells."""
    known = RIS.replace("ER  - ", "ID  - x\nER  - ")
    taken = RIS.replace("ER  - ", "ID  - x-2\nER  - ")
    corpus = read(*_write(tmp_path, a_ris=known + taken + known, b_ris=known))

    assert corpus.keys == ("x", "x-2", "x-3", "x-4")
    assert [account.notes for account in corpus.ledger.files] == [
        ("record 3: its ID 'x' also belongs to record 1. Kept as 'x-3'.",),
        (f"record 1: its ID 'x' also belongs to record 1 of {tmp_path.as_posix()}/a.ris. Kept as 'x-4'.",),
    ]


def test_a_file_read_twice_is_there_twice(tmp_path: Path) -> None:
    """Reading a file twice loses nothing and breaks nothing."""
    (path,) = _write(tmp_path, a_txt=WOS)
    corpus = read(path, path)

    assert corpus.keys == ("WOS:1", "WOS:1-2")
    assert corpus.ledger.read == 2


def test_one_file_in_a_zip_and_beside_it_is_noted_in_one_line(tmp_path: Path) -> None:
    """The account of the second says which file it is, not record by record."""
    (path,) = _write(tmp_path, a_ris=RIS)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.write(path, "a.ris")
    first, second = read(path, tmp_path / "b.zip").ledger.files

    assert first.notes == ()
    assert second.notes == (f"This file has the same content as {first.path}: every record appears a second time.",)


def test_many_ids_that_come_again_are_counted(tmp_path: Path) -> None:
    """Five are told one by one, the others in a number."""
    text = "".join(f"PT J\nTI Kota {n}\nPY 2020\nUT WOS:{n % 10}\nER\n\n" for n in range(20))
    (account,) = read(*_write(tmp_path, a_txt=f"FN x\nVR 1.0\n{text}EF\n")).ledger.files

    told = [note for note in account.notes if "ID" in note]
    assert len(told) == 6
    assert told[-1].startswith("5 more records share their ID with another record")


def test_file_names_stay_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path stays relative in records, ledger and history."""
    _write(tmp_path, a_ris=RIS)
    monkeypatch.chdir(tmp_path)
    corpus = read("./a.ris")

    assert corpus.records[0].file == "a.ris"
    assert corpus.ledger.files[0].path == "a.ris"
    assert corpus.history[0].arguments == {"files": ("a.ris",), "formats": ("RIS",)}


def test_the_history_counts_what_was_found_read_and_set_aside(tmp_path: Path) -> None:
    """One step tells files, forms and counts, summed over the files."""
    corpus = read(*_write(tmp_path, a_csv=SCOPUS + "A,B\n", b_txt=WOS))

    (step,) = corpus.history
    assert step.name == "read"
    assert step.arguments["formats"] == ("Scopus CSV", "Web of Science plain text")
    assert step.counts == {"found": 3, "read": 2, "set_aside": 1}


def test_origins_mark_their_fields_in_every_record(tmp_path: Path) -> None:
    """A field that reviewers gave carries its origin in each record and in the history."""
    (path,) = _write(tmp_path, a_ris=RIS * 2)
    corpus = read(path, origins={"author_keywords": ASSIGNED})

    assert [record.origins for record in corpus.records] == [{"author_keywords": ASSIGNED}] * 2
    assert corpus.history[0].arguments["origins"] == ("author_keywords: assigned",)


def test_an_origin_of_an_unknown_field_is_refused(tmp_path: Path) -> None:
    """A misspelt field brings the one that was meant."""
    (path,) = _write(tmp_path, a_ris=RIS)

    with pytest.raises(BenangError, match=r"records have no field 'author_keyword'\. Did you mean 'author_keywords'"):
        read(path, origins={"author_keyword": ASSIGNED})


def test_the_same_files_give_the_same_corpus(tmp_path: Path) -> None:
    """Reading is free of chance: tables, ledger and history are equal."""
    paths = _write(tmp_path, a_ris=RIS, b_csv=SCOPUS)
    one, two = read(*paths), read(*paths)

    assert one.works.equals(two.works)
    assert one.values.equals(two.values)
    assert (one.ledger, one.history) == (two.ledger, two.history)


# Real exports.


def _read_shared(folder: Path, name: str) -> Corpus:
    return read(folder / "exports" / name)


@pytest.mark.parametrize(
    ("name", "records"),
    [
        ("scopus-581.csv", 581),
        ("scopus-836.ris", 836),
        ("scopus-58-one-column-short.csv", 58),
        ("wos-plain-500.txt", 500),
        ("wos-tab-71-bom.txt", 71),
        ("pubmed-335-crlf.txt", 335),
        ("openalex-410.json", 410),
        ("publish-or-perish-9.csv", 9),
        ("mixed-line-ends-25.ris", 25),
        ("ojs-6.ris", 6),
        ("seven-dialects/ASP_ris_example.ris", 4),
        ("seven-dialects/Ovid_ris_example.ris", 4),
        ("seven-dialects/Scopus_ris_example.ris", 3),
        ("seven-dialects/WoS_ciw_example.ciw", 5),
        ("seven-dialects/WoS_txt_example.txt", 4),
        ("seven-dialects/citesource_issue_24.ris", 17),
        ("ris-edge-cases/example_wos.ris", 2),
        ("ris-edge-cases/example_multiline.ris", 3),
        ("ris-edge-cases/example_urls.ris", 4),
        ("one-export-per-tool/CSV/_baseline_scopus.csv", 10),
        ("one-export-per-tool/RIS/_baseline.ris", 100),
        ("one-export-per-tool/RIS/_baseline_citavi.ris", 100),
        ("one-export-per-tool/RIS/_baseline_psychInfo_ovid.ris", 10),
    ],
)
def test_a_real_export_is_read_whole(shared_data: Path, name: str, records: int) -> None:
    """As many records are read as the file truly holds, none set aside, each with a title or a DOI or an abstract."""
    corpus = _read_shared(shared_data, name)

    assert (len(corpus), corpus.ledger.set_aside) == (records, 0)
    assert all(record.title or record.doi or record.abstract for record in corpus.records)


@pytest.mark.parametrize(
    ("name", "field", "count"),
    [
        ("scopus-581.csv", "references", 571),
        ("scopus-581.csv", "author_keywords", 376),
        ("wos-plain-500.txt", "author_keywords", 336),
        ("wos-plain-500.txt", "index_keywords", 440),
    ],
)
def test_lists_of_a_real_export_are_read(shared_data: Path, name: str, field: str, count: int) -> None:
    """As many records carry a list as the file's own cells and tags say."""
    assert sum(bool(getattr(record, field)) for record in _read_shared(shared_data, name).records) == count


def test_all_cited_references_of_a_real_export_are_read(shared_data: Path) -> None:
    """The 500 records of Web of Science hold 13,444 cited references."""
    records = _read_shared(shared_data, "wos-plain-500.txt").records

    assert sum(len(record.references) for record in records) == 13_444


# Anything else.

TAGS = [
    b"TY  - JOUR\n",
    b"ER  - \n",
    b"PT J\n",
    b"ER\n",
    b"AU  - x, y\n",
    b"KW  - a; b\n",
    b"PY  - 99999999\n",
    b"TC 9\n",
]
OTHERS = [
    b"\r",
    b'"',
    b",",
    b";",
    b"&amp;",
    SCOPUS.encode(),
    b"FN x\nVR 1\n",
    b"   more\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x00",
]
PIECES = st.sampled_from([*TAGS, *OTHERS])
ANYTHING = st.binary(max_size=200) | st.lists(PIECES | st.binary(max_size=8), max_size=30).map(b"".join)


@given(ANYTHING)
def test_any_bytes_end_in_records_or_in_a_message(data: bytes) -> None:
    """Whatever a file holds: a corpus whose account adds up, or an error that names the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.bin"
        path.write_bytes(data)
        corpus, message = _read_or_refused(path)

    if corpus is None:
        assert "any.bin" in message
    else:
        assert len(corpus) == corpus.ledger.read > 0
        assert corpus.ledger.found == corpus.ledger.read + corpus.ledger.set_aside


def _read_or_refused(path: Path) -> tuple[Corpus | None, str]:
    try:
        return read(path), ""
    except BenangError as error:
        return None, str(error)


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nKW  - " + "a," * 250_000 + "\nER  - \n",
        "TY  - JOUR\nKW  - " + "a;&amp;" * 100_000 + "\nER  - \n",
        "TY  - JOUR\nAU  - " + "a" * 500_000 + "@\nER  - \n",
        "TY  - JOUR\nAU  - " + "A. " * 200_000 + "\nER  - \n",
        "TY  - JOUR\nDO  - " + "10.1234.5" * 100_000 + "\nER  - \n",
        "TY  - JOUR\nN1  - " + "; Cited By " * 100_000 + "\nER  - \n",
        "TY  - JOUR\nKW  - a" + "\n   b" * 150_000 + "\nER  - \n",
        "TY  - JOUR\nTI  - a" + "\nb" * 150_000 + "\nER  - \n",
        "TY  - JOUR\nTI  - a\nER  - \n" + "ER  - \n" * 25_000,
        "TY  - JOUR\nID  - x\nER  - \n" * 10_000,
        "PT J\nCR a" + "\n   b" * 150_000 + "\nER\nEF",
        SCOPUS + 'A,"' + "x\n" * 150_000 + '",2020,S,1\n',
        SCOPUS + "," * 250_000,
        "TY - JOUR\nTI - " + " " * 250_000 + "\nER - \n" + "TY - JOUR\nTI - a\nER - \n",
    ],
    ids=range(14),
)
def test_long_and_strange_files_end(tmp_path: Path, text: str) -> None:
    """Files on which a careless pattern or a growing string would take hours are read at once."""
    (path,) = _write(tmp_path, a_txt=text)

    assert len(read(path)) > 0


def reading_of(file: str, *keys: str, sha256: str = "") -> tuple[Reading, FileAccount]:
    """Return a file with records of these keys."""
    records = tuple(Record(key, file=file, place=at) for at, key in enumerate(keys, 1))
    return Reading(len(keys), records), FileAccount(file, "RIS", sha256, len(keys), len(keys))


def test_the_second_record_of_a_key_gets_a_free_one_and_is_told() -> None:
    """Also where the key with -2 behind it is another record's."""
    records, (_, account) = with_keys_once([reading_of("one.ris", "a", "a-2"), reading_of("two.ris", "b", "a")])

    assert [record.key for record in records] == ["a", "a-2", "b", "a-3"]
    assert account.notes == ("record 2: its ID 'a' also belongs to record 1 of one.ris. Kept as 'a-3'.",)


def test_a_search_that_was_run_again_is_one_sentence() -> None:
    """Nearly all its records have the IDs of the first; an ID that comes twice in one file is still named."""
    again = reading_of("two.ris", "a", "b", "c", "d", "d")
    records, (_, account) = with_keys_once([reading_of("one.ris", "a", "b", "c"), again])

    assert [record.key for record in records] == ["a", "b", "c", "a-2", "b-2", "c-2", "d", "d-2"]
    assert account.notes == (
        "3 records have IDs that records of one.ris have too, such as 'a'. Each was given an ID of its own.",
        "record 5: its ID 'd' also belongs to record 4. Kept as 'd-2'.",
    )


def test_many_such_records_are_counted() -> None:
    """Five are named, so that the account stays readable."""
    records, (account,) = with_keys_once([reading_of("one.ris", *["a"] * 1001)])

    assert len({record.key for record in records}) == 1001
    assert len(account.notes) == 6
    assert account.notes[-1].startswith("995 more records share their ID with another record")


def test_a_file_given_twice_is_noted_as_the_same() -> None:
    """Instead of a note for every record."""
    _, (_, account) = with_keys_once(
        [reading_of("one.ris", "a", "b", sha256="1f"), reading_of("copy.ris", "a", "b", sha256="1f")]
    )
    assert account.notes == ("This file has the same content as one.ris: every record appears a second time.",)


def test_keys_of_records_that_are_elsewhere_are_taken_too() -> None:
    """Those of a folder that is read as a whole."""
    records, _ = with_keys_once([reading_of("one.ris", "a", "b")], taken={"a"})
    assert [record.key for record in records] == ["a-2", "b"]
