"""A review's folder gone through: each fault is named with its place, and what comes after it is read too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import benang as benang
from tests.review.test_filing import PERMIT, RENT, RENT_KEY, review, ris
from tests.support import Command
from tests.tasks.coding.appraised import appraised_markets
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.test_adding import NOON, add
from tests.tasks.coding.test_taking_back import forked

from benang.errors import BenangError
from benang.judgements.events import Event, Quotation, Task, Value
from benang.judgements.lines import as_line
from benang.judgements.store import FolderStore
from benang.tasks.status import StatusRequest, status
from benang.tasks.verify import KeysRequest, Verified, VerifyRequest, keys, rekeying, verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review with three coded passages."""
    there = markets(tmp_path / "markets", ("ani", "budi"))
    add(there, "The rent of a stall doubled", coder="ani")
    add(there, "closed two gates", coder="ani", code="permits")
    add(there, "prices rose at once", coder="budi")
    return there


def test_a_whole_folder_is_one_sentence(folder: Path, benang: Command) -> None:
    """In both languages, and nothing is written."""
    before = logs(folder)
    there = benang("verify", folder)
    assert (there.code, there.out) == (
        0,
        f"{folder} is in order (judgements: 3; coders: ani, budi; documents: 2).\n",
    )
    assert "tidak bermasalah (penilaian: 3; pengode: ani, budi;" in benang("--language", "id", "verify", folder).out
    assert logs(folder) == before


def _change(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def _cut(text: str) -> str:
    lines = text.split("\n")
    lines[1] = lines[1][: len(lines[1]) // 2]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "change", "where", "what"),
    [
        ("judgements/ani.jsonl", _change('"code": "rent"', '"code": "permits"'), "ani.jsonl, line 2", "edited"),
        ("judgements/ani.jsonl", _cut, "ani.jsonl, line 2", "not a judgement"),
        ("judgements/budi.jsonl", _change('"format": 2', '"format": 99'), "budi.jsonl, line 1", "format 99"),
        ("codebook.toml", _change('id = "permits"', 'id = "permits'), "codebook.toml", "not valid TOML"),
        ("codebook.toml", _change('id = "permits"', 'id = "licences"'), "ani.jsonl, line 3", "the code 'permits'"),
        ("cases.toml", _change('id = "bukit"', 'id = "muara"'), "cases.toml, line 9", "'muara'"),
        ("review.toml", _change("question", "questoin"), "review.toml, line 3", "question"),
        ("documents/sari2018.md", _change("doubled", "tripled"), "ani.jsonl, line 2", "not in the document"),
    ],
)
def test_each_fault_is_named_with_its_place(
    folder: Path, benang: Command, name: str, change: Callable[[str], str], where: str, what: str
) -> None:
    """The command ends with 1."""
    path = folder / name
    text = path.read_bytes().decode()
    assert change(text) != text
    path.write_bytes(change(text).encode())
    there = benang("verify", folder)

    assert there.code == 1
    assert any(where in line and what in line for line in there.err.splitlines()), there.err
    assert "is in order" not in there.out


def test_a_fault_in_the_searches_is_named(folder: Path, benang: Command) -> None:
    """The exports are not read for it."""
    (folder / "searches.toml").write_text('[[searches]]\nid = "a"\nname = "A"\ndate = "soon"\n', encoding="utf-8")

    assert "searches.toml, line 4" in benang("verify", folder).err


def test_all_faults_are_named_together(folder: Path) -> None:
    """Reading goes on behind each: two lines of a log, a TOML file and a missing document."""
    path = folder / "judgements/ani.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"coder"', b'"codr"'))
    (folder / "cases.toml").write_text("format = 1\n[[cases]\n", encoding="utf-8")
    (folder / "documents/sari2018.md").unlink()
    places = dict.fromkeys(problem.where for problem in verify(VerifyRequest(folder)).problems)

    assert list(places) == [
        "cases.toml",
        "judgements/ani.jsonl, line 2",
        "judgements/ani.jsonl, line 3",
        "judgements/budi.jsonl, line 2",
    ]


def test_an_end_that_a_kill_left_is_no_damage(folder: Path) -> None:
    """It is said, and the folder is whole."""
    with (folder / "judgements/ani.jsonl").open("ab") as file:
        file.write(b'{"kind": "coding", "id": "muara/re')
    there = verify(VerifyRequest(folder))

    assert there.is_whole
    assert "ani.jsonl, line 4: one line was skipped" in there.account.notes[1].text


def test_a_conflict_is_no_damage(folder: Path) -> None:
    """Both sides are named."""
    forked(folder)
    there = verify(VerifyRequest(folder))

    assert there.is_whole
    assert "'bukit' and 'ladang' each replace" in there.account.notes[1].text


def _said(folder: Path, *events: Event) -> Verified:
    FolderStore(folder).append(events, time=NOON)
    return verify(VerifyRequest(folder))


def test_a_name_that_is_almost_consensus_is_a_fault_like_another(folder: Path) -> None:
    """The word is the coder's that decides, and may be a case's as well."""
    cases = folder / "cases.toml"
    cases.write_text(cases.read_text(encoding="utf-8").replace('"bukit"', '"consensus"'), encoding="utf-8")
    (problem,) = _said(folder, Task(id="t", coder="ani", case="consensu", group="reasons")).problems

    assert (problem.found, problem.way_on) == ("the case 'consensu' is not in cases.toml", "Did you mean 'consensus'?")


def test_an_id_that_two_judgements_share_is_named_with_both_places(folder: Path) -> None:
    """A cloud's copy has another judgement under it."""
    task = Task(id="t", coder="ani", case="muara", group="reasons", time=NOON)
    assert _said(folder, task).is_whole
    other = as_line(task.model_copy(update={"case": "bukit"}))
    (folder / "judgements" / "ani (1).jsonl").write_text(other + "\n", encoding="utf-8")
    there = verify(VerifyRequest(folder))

    assert there.is_whole
    assert "judgements/ani (1).jsonl, line 1; judgements/ani.jsonl, line 4" in there.account.notes[1].text


def test_values_in_which_coders_differ_are_no_damage(folder: Path) -> None:
    """They are named, as conflicts are."""
    with (folder / "codebook.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[variables]]\nid = "began"\nlabel = "Began in"\ntype = "year"\n')
    quote = Quotation(document="documents/sari2018.md", start=0, end=8, quote="The rent")
    values = [
        Value(id=coder, coder=coder, case="muara", variable="began", value=year, passages=(quote,))
        for coder, year in (("ani", 1998), ("budi", 1999))
    ]
    there = _said(folder, *values)

    assert there.is_whole
    assert "began of 'muara' is '1999' here, but '1998' in judgements/ani.jsonl" in there.account.notes[1].text


def test_an_appraisal_that_names_the_only_study_of_a_case_by_the_case_is_no_fault(tmp_path: Path) -> None:
    """A build counts it for the study, and `benang status` finds nothing to mend either."""
    folder = appraised_markets(tmp_path / "markets")
    assert _said(folder, Value(id="v", coder="ani", case="muara", variable="aim", value="not_reported")).is_whole
    assert status(StatusRequest(folder)).state.problems == ()


def test_a_document_that_can_t_be_read_hides_no_other(folder: Path) -> None:
    """Quotes in those that can are looked for all the same."""
    (folder / "documents/lestari2019.md").write_bytes(b"\xff\xfe\x00")
    path = folder / "documents/sari2018.md"
    path.write_text(path.read_text(encoding="utf-8").replace("closed two gates", "shut two gates"), encoding="utf-8")

    places = [problem.where for problem in verify(VerifyRequest(folder)).problems]
    assert places == ["documents/lestari2019.md", "judgements/ani.jsonl, line 3"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a review whose case and document name a record by its row, as earlier versions did."""
    return review(tmp_path / "r", {"sources/a.ris": ris(RENT, PERMIT)}, "a.ris:1", heading="record: a.ris:1\n")


def test_names_documents_and_files_are_those_of_the_review(old: Path) -> None:
    """The case and the document name the first row; the document doesn't say that it is Umpama 2018."""
    changes = rekeying(old)

    assert [(one.where.partition(",")[0], one.name, one.key) for one in changes.renamed] == [
        ("cases.toml", "a.ris:1", RENT_KEY),
        ("documents/note.md", "a.ris:1", RENT_KEY),
    ]
    assert [(paper.title, paper.year) for paper in changes.papers.values()] == [(RENT[1], RENT[2])]
    assert {path.name for path in changes.files} == {"cases.toml", "note.md"}


def test_reports_of_a_study_are_named_by_their_keys(old: Path) -> None:
    """Comments in the file stay."""
    studies = old / "studies.toml"
    studies.write_text('[[studies]]\nid = "one"\nreports = ["a.ris:1"] # ours\n')
    keys(KeysRequest(old, write=True))
    assert studies.read_text() == f'[[studies]]\nid = "one"\nreports = ["{RENT_KEY}"] # ours\n'


def test_nothing_is_written_unless_it_is_asked_for(old: Path) -> None:
    """The files as they would be are in the result; on the disk they are as they were until `write`."""
    shown = keys(KeysRequest(old))
    before = {path: path.read_bytes() for path in shown.files}
    written = keys(KeysRequest(old, write=True))

    assert shown.files == written.files
    assert all(shown.files[path] != data for path, data in before.items())
    assert {path: path.read_bytes() for path in written.files} == written.files
    assert rekeying(old).files == {}


def test_the_account_names_each_change_and_how_many_files_it_is_in(old: Path) -> None:
    """Two names, one document that tells no paper, two files."""
    account = [note.text for note in keys(KeysRequest(old)).account.notes]

    assert len(account) == 4
    assert account[0].startswith("cases.toml, line 5: 'a.ris:1' → ")
    assert account[2] == f"documents/note.md: will say that it is {rekeying(old).papers['documents/note.md']}."
    assert account[3].endswith("--write` then writes 2 files.")


def test_the_account_of_an_indonesian_is_in_indonesian(old: Path) -> None:
    """So are the reasons why a name is taken for a record."""
    account = "\n".join(note.text for note in keys(KeysRequest(old, write=True, language="id")).account.notes)

    assert "dikenali dari hanya urutannya dalam berkas, tanpa penguat lain: periksalah" in account
    assert account.endswith("Ditulis: 2 berkas.")
    assert "its place in the file" not in account


def test_a_review_that_names_records_by_keys_stays(tmp_path: Path) -> None:
    """Nothing is to be done, and the account says so."""
    heading = f"record: {RENT_KEY}\ntitle: {RENT[1]}\nfirst author: Umpama, A.\nyear: 2018\n"
    folder = review(tmp_path / "r", {"sources/a.ris": ris(RENT)}, RENT_KEY, heading=heading)
    result = keys(KeysRequest(folder, write=True))

    assert (result.renamed, dict(result.papers), dict(result.files)) == ((), {}, {})
    assert [note.text for note in result.account.notes] == [
        "All records are named by their keys, and every document says which paper it is."
    ]


def test_a_review_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A folder without a plan is none."""
    with pytest.raises(BenangError, match=r"review\.toml"):
        keys(KeysRequest(tmp_path))
