"""Lists of a screening keep the records' fields and say what was decided; sheets come back filled in."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.tasks.screening.shelves import shelves
from tests.tasks.screening.test_deciding import take
from tests.tasks.screening.test_importing import review

from benang.errors import BenangError, Misuse
from benang.readers.registry import read
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.screening.tool_decisions import tool_decisions
from benang.tasks.screening.deciding import DecideRequest
from benang.tasks.screening.importing import take_decisions
from benang.tasks.screening.lists import ListRequest, WrittenList, write_list
from benang.tasks.screening.sitting import begin
from benang.writers import write_records

FORMS = (".ris", ".bib", ".csv", ".xlsx", ".json")


def decide(folder: Path, tmp_path: Path, rows: str, *, coder: str, stage: str = "title-abstract") -> None:
    """Take a table of decisions."""
    sheet = tmp_path / "decide.csv"
    sheet.write_text(f"record,verdict,reason,note\n{rows}\n", encoding="utf-8")
    take_decisions(DecideRequest(folder=folder, file=sheet, coder=coder, stage=stage))  # type: ignore[arg-type]


@pytest.fixture
def screened(tmp_path: Path) -> Path:
    """Screen a review alone: of four records one is included, one excluded by title, one by text, one undecided."""
    folder = review(tmp_path, "ani")
    decide(folder, tmp_path, 'r1,include,,\nr2,exclude,,"=far away"\nr3,include,,', coder="ani")
    decide(folder, tmp_path, "r1,include,,\nr3,exclude,no-market,sails alone", coder="ani", stage="full-text")
    return folder


def listed(folder: Path, which: str, output: Path, **more: object) -> WrittenList:
    """Write a list."""
    return write_list(ListRequest(folder=folder, which=which, output=output, **more))  # type: ignore[arg-type]


def works(written: WrittenList) -> list[str]:
    """Return the keys of a list."""
    return [one.record for one in written.outcomes]


@pytest.mark.parametrize("suffix", FORMS)
def test_a_list_is_read_again_with_fields_ids_and_decisions_in_every_form(
    screened: Path, tmp_path: Path, suffix: str
) -> None:
    """The notes are Rayyan's, so that Rayyan and Benang understand them."""
    path = tmp_path / f"list{suffix}"
    written = listed(screened, "excluded", path)

    assert works(written) == ["r2", "r3"]
    records = {one.doi or "r3": one for one in read(path).records}
    assert [one.title.split()[0] for one in records.values()] == ["Ropes", "Sails"]
    (title_out,), (text_out,) = (tool_decisions(one) for one in records.values())
    assert (title_out.reviewer, title_out.verdict, title_out.reasons, title_out.note) == (
        "ani", "exclude", (), "=far away",
    )  # fmt: skip
    assert (text_out.reviewer, text_out.verdict, text_out.reasons) == ("ani", "exclude", ("Not about markets",))


@pytest.mark.parametrize("suffix", FORMS)
def test_an_exact_list_gives_every_field_back_as_the_review_has_it(tmp_path: Path, suffix: str) -> None:
    """Keywords of authors and of databases, and ids of authors, too, which RIS and BibTeX have no place for."""
    folder = review(tmp_path, "ani")
    record = Record(
        "z1", "article", "Whistles of the invented bay", ("Umpama, Ani",), 2017, author_keywords=("whistles",),
        index_keywords=("Acoustics",), author_ids=("scopus:7",), identifiers=("eid:2-s2.0-1", "pmid:31000001"),
    )  # fmt: skip
    write_records(corpus_of([record]), folder / "sources" / "two.csv")
    decide(folder, tmp_path, "z1,include,,\nr1,exclude,,", coder="ani")
    path = tmp_path / f"list{suffix}"
    written = listed(folder, "included", path, stage="title-abstract", exact=True)

    (back,) = read(path).records
    fields = ("key", "authors", "author_keywords", "index_keywords", "author_ids", "identifiers")
    assert [getattr(back, name) for name in fields] == [getattr(record, name) for name in fields]
    assert [one.verdict for one in tool_decisions(back)] == ["include"]
    assert "not stored" not in str(written.account)


@pytest.mark.parametrize("suffix", [".ris", ".bib"])
def test_a_list_for_other_programs_says_which_fields_it_has_no_place_for(tmp_path: Path, suffix: str) -> None:
    """Otherwise nobody learns that keywords were put together and ids were lost."""
    folder = review(tmp_path, "ani")
    record = Record("z1", title="Whistles", authors=("Umpama, A.",), author_ids=("scopus:7",), index_keywords=("Bays",))
    write_records(corpus_of([record]), folder / "sources" / "two.csv")
    account = str(listed(folder, "undecided", tmp_path / f"list{suffix}").account)

    assert "one list of keywords: those of authors and of databases (--exact keeps them apart)" in account
    assert "not stored: author_ids (--exact" in account


@pytest.mark.parametrize("suffix", FORMS)
def test_what_is_included_passed_the_last_stage(screened: Path, tmp_path: Path, suffix: str) -> None:
    """Or the stage that is named."""
    assert works(listed(screened, "included", tmp_path / f"a{suffix}")) == ["r1"]
    assert works(listed(screened, "included", tmp_path / f"b{suffix}", stage="title-abstract")) == ["r1", "r3"]


def test_a_table_has_stage_verdict_and_reason_beside_all_fields(screened: Path, tmp_path: Path) -> None:
    """In their order of precedence, with the texts of the criteria."""
    path = tmp_path / "list.csv"
    listed(screened, "excluded", path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [[row[name] for name in ("key", "stage", "verdict", "reason", "criterion", "note")] for row in rows] == [
        ["r2", "title-abstract", "exclude", "", "", "ani: =far away"],
        ["r3", "full-text", "exclude", "no-market", "Not about markets", "ani: sails alone"],
    ]


def test_the_undecided_make_a_sheet_that_comes_back_filled_in(screened: Path, tmp_path: Path) -> None:
    """Of the first stage that has any; what the record is stands beside it."""
    path = tmp_path / "sheet.csv"
    written = listed(screened, "undecided", path)

    assert works(written) == ["r4"]
    assert "--stage title-abstract --coder ani" in str(written.account.notes[-1])
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "record,verdict,reason,note,title,authors,year,source,abstract,doi,stage"
    path.write_text(text.replace("r4,,", "r4,include,"), encoding="utf-8")
    after = take_decisions(DecideRequest(folder=screened, file=path, coder="ani"))
    assert [one.record for one in after.decisions] == ["r4"]


def test_a_sheet_in_indonesian_is_read_as_well(screened: Path, tmp_path: Path) -> None:
    """With Indonesian headings, semicolons and verdicts."""
    path = tmp_path / "lembar.csv"
    listed(screened, "undecided", path, language="id")

    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("artikel;putusan;alasan;catatan;judul;penulis;tahun")
    path.write_text(text.replace("r4;;", "r4;kecualikan;"), encoding="utf-8")
    after = take_decisions(DecideRequest(folder=screened, file=path, coder="ani"))
    assert [one.verdict for one in after.decisions] == ["exclude"]


def test_a_workbook_explains_the_reasons_on_a_second_sheet(screened: Path, tmp_path: Path) -> None:
    """Its bytes are the same each time."""
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    listed(screened, "undecided", one)
    listed(screened, "undecided", other)

    book = CalamineWorkbook.from_path(one)
    assert book.sheet_names == ["decisions", "reasons"]
    assert book.get_sheet_by_name("reasons").to_python() == [["reason", "text"], ["no-market", "Not about markets"]]
    assert one.read_bytes() == other.read_bytes()


def test_a_sheet_that_is_there_is_not_written_over(screened: Path, tmp_path: Path) -> None:
    """Somebody may have filled it in; a list of what is decided is written anew."""
    path = tmp_path / "sheet.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "mine")

    with pytest.raises(BenangError, match="already exists"):
        listed(screened, "undecided", path)
    listed(screened, "included", path)


def test_nothing_under_a_blind_is_in_a_list_and_each_reviewer_has_a_sheet_of_their_own(tmp_path: Path) -> None:
    """Ani is done, Budi is not: neither verdict nor name nor note of hers shows."""
    folder = review(tmp_path, "ani", "budi")
    rows = "\n".join(f"r{at},exclude,no-market,secret" for at in range(1, 5))
    decide(folder, tmp_path, rows, coder="ani")
    decide(folder, tmp_path, "r1,include,,", coder="budi")

    for which in ("included", "excluded", "conflicts"):
        assert works(listed(folder, which, tmp_path / f"{which}.csv")) == []
    everybodys = tmp_path / "undecided.ris"
    assert len(works(listed(folder, "undecided", everybodys))) == 4
    assert "secret" not in everybodys.read_text()
    assert "RAYYAN" not in everybodys.read_text()
    assert works(listed(folder, "undecided", tmp_path / "a.csv", coder="ani")) == []
    assert sorted(works(listed(folder, "undecided", tmp_path / "b.csv", coder="budi"))) == ["r2", "r3", "r4"]
    assert "secret" not in (tmp_path / "b.csv").read_text()


def test_a_reviewer_who_joins_later_gets_the_task_of_the_next_stage(tmp_path: Path) -> None:
    """Two have read every title; the third does not read them again, and neither does one of the two."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    for coder in ("ani", "budi"):
        take(folder, {"s0": "include", "s1": "exclude"}, coder)
    plan = folder / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('"budi"', '"budi", "citra"'), encoding="utf-8")
    sheet = write_list(
        ListRequest(folder=folder, which="undecided", output=tmp_path / "c.csv", stage="title-abstract", coder="citra")
    )
    assert sheet.outcomes == ()


def test_decisions_that_an_export_brought_are_in_no_list_under_a_blind(tmp_path: Path) -> None:
    """The notes of the export itself are left out: its reviewers may still be blinded."""
    note = 'TY  - JOUR\nID  - r1\nTI  - Lamps of the strait\nN1  - RAYYAN-INCLUSION: {"Ani"=>"Excluded"}\nER  - \n'
    folder = review(tmp_path, "ani", "budi", records=note)

    listed(folder, "undecided", tmp_path / "u.json")

    assert "Excluded" not in (tmp_path / "u.json").read_text(encoding="utf-8")


def test_conflicts_come_with_what_each_said_and_go_back_as_consensus(tmp_path: Path) -> None:
    """One column for each reviewer, and the command in the account."""
    folder = review(tmp_path, "ani", "budi")
    decide(folder, tmp_path, "r1,include,,\nr2,exclude,no-market,far\nr3,include,,\nr4,include,,", coder="ani")
    decide(folder, tmp_path, "r1,include,,\nr2,include,,\nr3,include,,\nr4,include,,", coder="budi")
    path = tmp_path / "conflicts.csv"

    written = listed(folder, "conflicts", path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["record"], row["verdict"], row["ani"], row["budi"]) == (
        "r2", "", "exclude: no-market (far)", "include",
    )  # fmt: skip
    assert "--stage title-abstract --coder consensus" in str(written.account.notes[-1])
    text = path.read_text(encoding="utf-8-sig").replace("r2,,", "r2,include,")
    path.write_text(text, encoding="utf-8")
    after = take_decisions(DecideRequest(folder=folder, file=path, coder="consensus"))
    assert after.desk.screening.conflicts("title-abstract") == ()


def test_what_waits_as_unsure_is_settled_with_the_conflicts(tmp_path: Path) -> None:
    """Of the first stage that has any: a sheet goes back for one stage at a time."""
    folder = review(tmp_path, "ani", "budi")
    for coder, r3 in (("ani", "include"), ("budi", "exclude")):
        decide(folder, tmp_path, f"r1,include,,\nr2,include,,\nr3,{r3},,\nr4,exclude,,", coder=coder)
    for coder in ("ani", "budi"):
        decide(folder, tmp_path, "r1,unsure,,\nr2,include,,", coder=coder, stage="full-text")

    assert works(listed(folder, "conflicts", tmp_path / "first.csv")) == ["r3"]
    second = listed(folder, "conflicts", tmp_path / "second.csv", stage="full-text")
    assert works(second) == ["r1"]
    assert "1 record to settle written" in str(second.account.notes[0])
    assert "--stage full-text --coder consensus" in str(second.account.notes[-1])


def test_json_keeps_the_fields_that_citation_processors_read(screened: Path, tmp_path: Path) -> None:
    """With the decisions under Benang's key."""
    path = tmp_path / "list.json"
    listed(screened, "included", path)

    (item,) = json.loads(path.read_text(encoding="utf-8"))
    assert (item["id"], item["DOI"], item["benang"]["decisions"]) == (
        "r1", "10.9999/r1", ['RAYYAN-INCLUSION: {"ani"=>"Included"}'],
    )  # fmt: skip


def test_wrong_requests_are_refused(screened: Path, tmp_path: Path) -> None:
    """A form that is not written, a coder with a list of everybody's, the folder's own files."""
    with pytest.raises(Misuse, match=r"known: \.ris, \.bib, \.csv, \.xlsx, \.json"):
        listed(screened, "included", tmp_path / "list.docx")
    with pytest.raises(Misuse, match="goes with --undecided alone"):
        listed(screened, "included", tmp_path / "list.ris", coder="ani")
    with pytest.raises(Misuse, match="is read here and would be overwritten"):
        listed(screened, "included", screened / "sources" / "one.ris")


def test_titles_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    """In lists and in sheets."""
    folder = review(tmp_path, "ani", records="TY  - JOUR\nID  - r1\nTI  - =HYPERLINK(1)\nPY  - 2015\nER  - \n")
    listed(folder, "undecided", tmp_path / "u.csv")
    decide(folder, tmp_path, "r1,exclude,,", coder="ani")
    listed(folder, "excluded", tmp_path / "e.csv")

    for name in ("u.csv", "e.csv"):
        assert ",'=HYPERLINK(1)," in (tmp_path / name).read_text(encoding="utf-8")


def test_a_reviewers_sheet_is_in_the_order_in_which_the_terminal_asks(tmp_path: Path) -> None:
    """Also by priority: whoever screens in Excel begins with what is likely relevant."""
    pytest.importorskip("sklearn")
    folder = shelves(tmp_path / "shops", n=10, extra='\n[screening]\norder = "priority"\n')
    verdicts = {"s0": "include", "s1": "exclude", "s2": "include", "s3": "exclude"}
    take(folder, verdicts)
    request = ListRequest(folder=folder, which="undecided", output=tmp_path / "left.csv", coder="ani")
    assert tuple(one.record for one in write_list(request).outcomes) == begin(folder).queue
