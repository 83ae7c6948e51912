"""Where a review stands: counted from its folder, with the one thing to do next."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import benang as benang  # the command in this process
from tests.made_papers import made_pdf
from tests.support import Command
from tests.tasks.coding.markets import markets
from tests.tasks.screening.shelves import shelves, table

from benang.errors import BenangError
from benang.judgements.events import Coding, Task
from benang.review.desk import open_desk
from benang.tasks.begin import BeginRequest, begin
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.wishes import Wish
from benang.tasks.documents import DocumentsRequest, documents
from benang.tasks.screening.deciding import DecideRequest, decide
from benang.tasks.status import StatusRequest, status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of three records, two of them with a text, with nothing coded."""
    return markets(tmp_path / "markets")


def said(folder: Path) -> dict[str, Any]:
    """Return what the status says as JSON."""
    data = json.loads(status(StatusRequest(folder)).as_json())
    assert isinstance(data, dict)
    return data


def coded(folder: Path, quote: str = "The rent of a stall doubled", **more: Any) -> None:
    """Code a passage."""
    add_coding(AddRequest(folder=folder, wish=Wish(**{"quote": quote, "record": "sari2018", "code": "rent", **more})))


def built(folder: Path) -> None:
    """Leave what a build leaves behind, in the future, so that nothing is newer."""
    for name in ("report.html", "provenance.json", ".benang/made.json"):
        (folder / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "out" / name).write_text("{}", encoding="utf-8")
    for path in (folder / "out" / "report.html", folder / "out" / ".benang"):
        os.utime(path, (4_000_000_000, 4_000_000_000))


def test_records_documents_codes_and_cases_are_counted(folder: Path) -> None:
    """Three records are three works, of which one has an abstract only; a retired code is none to code with."""
    data = said(folder)

    assert data["records"] == {"found": 3, "read": 3, "works": 3, "pairs_in_doubt": 0}
    assert data["documents"]["number"] == 2
    assert (data["documents"]["works_without_text"], data["documents"]["of_these_with_abstract"]) == (1, 1)
    assert (data["codes"], data["cases"]) == (2, 3)


def test_passages_are_counted_by_coder(folder: Path) -> None:
    """And documents that have none."""
    coded(folder)
    coded(folder, "closed two gates", code="permits", coder="budi")
    data = said(folder)["coding"]

    assert (data["passages"], data["by_coder"], data["documents_without_passages"]) == (2, {"ani": 1, "budi": 1}, 1)


def test_a_task_tells_not_reported_from_not_looked_at(folder: Path) -> None:
    """Three cases and two codes are six cells; one has a passage, and the other one of its case was looked for."""
    coded(folder)
    open_desk(folder).append([Task(id="t", coder="ani", case="muara", group="reasons")])

    assert said(folder)["coding"]["cells"] == {"with_passages": 1, "not_reported": 1, "not_looked_at": 4}


def test_a_suggestion_waits_and_counts_nowhere(folder: Path) -> None:
    """What a program says is no passage of anybody's."""
    quote = "Rain washed the hill road away"
    event = Coding(
        id="s", coder="ani", program="search", document="documents/lestari2019.md", start=0, end=len(quote),
        quote=quote, code="rent", case="bukit",
    )  # fmt: skip
    open_desk(folder).append([event])
    data = said(folder)["coding"]

    assert (data["passages"], data["suggestions_waiting"]) == (0, 1)


def test_a_coding_whose_code_has_another_rule_now_is_to_be_looked_at_again(folder: Path) -> None:
    """It was made under the rule of the time."""
    coded(folder)
    path = folder / "codebook.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("of a stall rises", "of a stall doubles"), encoding="utf-8"
    )
    state = status(StatusRequest(folder))

    assert state.state.coding.second_looks == 1
    assert "code list --again" in state.next.command


def test_a_quote_that_stands_no_longer_in_its_document_is_counted(folder: Path) -> None:
    """It is what is to be mended next."""
    coded(folder)
    (folder / "documents/sari2018.md").write_text("Another text.", encoding="utf-8")
    state = status(StatusRequest(folder))

    assert (state.state.coding.unplaced, state.state.coding.passages) == (1, 0)
    assert "quotes are no longer in" in state.next.text


def test_faults_are_named_and_come_first_while_the_rest_is_counted(folder: Path) -> None:
    """A codebook that can't be read keeps nobody from seeing the records."""
    (folder / "codebook.toml").write_text("format = 1\n[[code]]\n", encoding="utf-8")
    data = said(folder)

    assert data["next"]["text"].startswith("Fix this first: codebook.toml, line 2: unknown key 'code'")
    assert status(StatusRequest(folder)).next.area == ""
    assert data["records"]["read"] == 3


def test_damaged_lines_and_broken_ends_of_logs_are_counted(folder: Path) -> None:
    """What is whole in the log is counted all the same."""
    coded(folder)
    coded(folder, "closed two gates", code="permits")
    path = folder / "judgements/ani.jsonl"
    text = path.read_text(encoding="utf-8").replace('"permits"', '"rent"', 1)
    path.write_text(f'{text}{{"kind": "cod', encoding="utf-8")
    state = status(StatusRequest(folder)).state

    assert (len(state.log.damaged), state.log.torn, state.coding.passages) == (1, 1, 2)


def test_two_words_against_each_other_are_a_conflict(folder: Path) -> None:
    """It is to be decided before anything else."""
    task = Task(id="t1", coder="ani", case="muara", group="reasons")
    events = [task, *(task.model_copy(update={"id": one, "supersedes": ("t1",)}) for one in ("t2", "t3"))]
    open_desk(folder).append(events)
    data = said(folder)

    assert data["log"]["conflicts"] == 1
    assert "contradict" in data["next"]["text"]


def test_a_paper_whose_text_was_not_taken_out_waits(folder: Path) -> None:
    """Once it is a document, it waits no longer."""
    (folder / "papers").mkdir()
    lines = ["Journal of Examples", "The text of this paper is long enough to be taken for one page of a paper, or so."]
    (folder / "papers/anwar.pdf").write_bytes(made_pdf(lines, title="Ferries and sellers of the strait"))
    before = status(StatusRequest(folder))
    documents(DocumentsRequest(folder))

    assert before.state.texts.waiting == ("papers/anwar.pdf",)
    assert before.next.command == f"benang documents {folder}"
    assert said(folder)["documents"]["papers_waiting"] == []


def test_the_last_build_is_of_today_or_older_than_the_folder(folder: Path) -> None:
    """The files that have changed since are named."""
    coded(folder)
    none = said(folder)
    built(folder)
    today = said(folder)
    os.utime(folder / "cases.toml", (4_000_000_010, 4_000_000_010))
    older = said(folder)

    assert none["last_build"] is None
    assert none["next"]["command"] == f"benang build {folder}"
    assert today["last_build"] == {"report": "out/report.html", "is_current": True, "changed_since": []}
    assert older["last_build"]["changed_since"] == ["cases.toml"]
    assert older["next"]["text"].startswith("Build again")


def test_a_review_that_has_just_begun_is_told_its_first_steps(tmp_path: Path) -> None:
    """First exports, then codes of one's own; said in the language of the plan."""
    begin(BeginRequest(folder=tmp_path / "r", title="M", question="Q", kind="cases", language="id"))
    first = status(StatusRequest(tmp_path / "r"))
    (tmp_path / "r/sources/a.ris").write_text("TY  - JOUR\nID  - a1\nTI  - Markets\nER  - \n", encoding="utf-8")
    second = status(StatusRequest(tmp_path / "r"))

    assert first.next.text.startswith("Simpan ekspor")
    assert "codebook.toml" in second.next.text
    assert [(one.next.area, one.next.in_pages) for one in (first, second)] == [
        ("import", "Tambahkan ekspor dari pangkalan data Anda."),
        ("code", "Gantilah kode contoh dengan kode Anda sendiri."),
    ]


def test_a_review_that_maps_its_field_is_not_asked_for_codes(tmp_path: Path) -> None:
    """With an export it is ready to be built."""
    begin(BeginRequest(folder=tmp_path / "r", title="M", question="Q", kind="bibliometric"))
    (tmp_path / "r/sources/a.ris").write_text("TY  - JOUR\nID  - a1\nTI  - Markets\nER  - \n", encoding="utf-8")

    step = status(StatusRequest(tmp_path / "r")).next

    assert step.command == f"benang build {tmp_path / 'r'}"
    assert (step.area, step.in_pages) == ("map", "Look at the maps of your records.")


def test_a_review_that_screens_is_led_from_stage_to_stage(tmp_path: Path) -> None:
    """Records first, then what the two differ on, then the full texts; the command names the stage."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    commands = []
    for stage, coder, verdicts in (
        ("title-abstract", "ani", {"s0": "include", "s1": "include"}),
        ("title-abstract", "budi", {"s0": "exclude", "s1": "include"}),
        ("title-abstract", "consensus", {"s0": "exclude"}),
    ):
        commands.append(said(folder)["next"]["command"])
        file = table(tmp_path / "decisions.csv", verdicts)
        decide(DecideRequest(folder=folder, file=file, stage=stage, coder=coder))  # type: ignore[arg-type]
    data = said(folder)
    commands.append(data["next"]["command"])
    assert [one.removeprefix(f"benang screen {folder} ") for one in commands] == [
        "--coder NAME",
        "--coder NAME",
        "--coder consensus",
        "--stage full-text --coder NAME",
    ]
    first, second = data["screening"]["title-abstract"], data["screening"]["full-text"]
    assert (first["to_screen"], first["moved_on"], first["excluded"]) == (2, 1, 1)
    assert second["undecided"] == 1


def test_a_folder_without_a_plan_is_refused(tmp_path: Path) -> None:
    """It is no review."""
    with pytest.raises(BenangError, match=r"has no review\.toml"):
        status(StatusRequest(tmp_path))


def test_what_is_left_after_a_build_comes_one_step_after_the_other(folder: Path, benang: Command) -> None:
    """Suggestions, a document without a passage, cases that nobody has looked through; each command can be typed."""
    coded(folder)
    benang("code", "search", "--text", "prices rose at once", "--code", "rent", "--review", folder, "--suggest")
    suggested = f"code suggestions --review {folder}"
    looked = f"code looked --review {folder} --case {{}} --group reasons"

    def step() -> str:
        built(folder)
        next_step = status(StatusRequest(folder)).next
        assert next_step.area == ("code" if next_step.command else "report")
        assert "benang" not in next_step.in_pages
        assert str(folder) not in next_step.in_pages
        return next_step.command.removeprefix("benang ")

    assert step() == suggested
    (waiting,) = [line.split(":")[0].strip() for line in benang(*suggested.split()).out.splitlines()[:1]]
    assert benang(*suggested.split(), "--decline", waiting).code == 0
    assert step() == f"code sheet {folder} -o codings.xlsx"
    coded(folder, "Rain washed the hill road", record="lestari2019", case="bukit")
    for case in ("muara", "bukit", "ladang"):
        assert step() == looked.format(case)
        assert benang(*looked.format(case).split()).code == 0
    assert step() == ""


def test_where_several_people_code_a_step_says_that_one_is_to_be_named(tmp_path: Path) -> None:
    """Without a name the command would be refused."""
    folder = markets(tmp_path / "markets", ("ani", "budi"))
    coded(folder, coder="ani")
    coded(folder, "Rain washed the hill road", record="lestari2019", case="bukit", coder="budi")
    built(folder)

    assert status(StatusRequest(folder)).next.command.endswith(" --case muara --group reasons --coder NAME")
