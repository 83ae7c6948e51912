"""A reviewer with an open task learns nothing of what a colleague decided, whatever is asked of Benang.

Copies of a review differ only in what Ani decided under the blind: included or excluded, for which reason, with which
note, or nothing yet. Budi still has records to read. Whatever he asks, all copies answer with the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support import Command
from tests.tasks.screening.shelves import shelves, table

from benang.files import sha256
from benang.judgements.events import CONSENSUS, STAGES, Stage
from benang.review.load import review_flow
from benang.screening.comparisons import agreement_of
from benang.screening.stopping import review_test
from benang.tasks.screening.deciding import DecideRequest, decide
from benang.tasks.screening.desk import FinishRequest, RoundRequest, assign_round, finish, open_screening
from benang.tasks.screening.lists import WHICH, outcomes_of
from benang.tasks.screening.sitting import begin, press, screen

WORKS = tuple(f"s{at}" for at in range(8))
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
HERS: dict[Stage, Sequence[tuple[str, str, str]]] = {
    "title-abstract": (("include", "", "a jetty"), ("exclude", "no-shop", "a ferry"), ("unsure", "", "")),
    "full-text": (("include", "", "a jetty"), ("exclude", "no-data", "a ferry"), ("unobtainable", "", "")),
}
"""What Ani says of one record after the other: each copy begins at another place."""
BROUGHT = {"include": "Included", "exclude": "Excluded", "unsure": "Maybe"}


@dataclass(frozen=True)
class Case:
    """A plan under which Budi's task is open; `stage` is the one at which Ani has decided on what is blinded.

    The pilot is done and shown. Where `is_brought`, an export in `sources` brings what she decided, and no log has it.
    Where records are `left`, Ani ends her task and leaves so many of them unread.
    """

    plan: str = ""
    stage: Stage = "title-abstract"
    reviewers: tuple[str, ...] = ("ani", "budi")
    pilot: int = 0
    is_brought: bool = False
    left: int = 0


THREE = ("ani", "budi", "citra")
CASES = {
    "two-includes": Case(),
    "one-include": Case('[screening.title_abstract]\nrule = "one-include"\n'),
    "unsure-waits": Case('[screening.title_abstract]\nunsure = "waits"\n'),
    "overlap": Case("[screening.title_abstract]\noverlap = 0.5\n"),
    "two-of-three": Case(reviewers=THREE),
    "three-readers": Case("[screening.title_abstract]\nreaders = 3\n", reviewers=THREE),
    "one-left": Case('[screening]\nleft = ["citra"]\n', reviewers=THREE),
    "priority": Case('[screening]\norder = "priority"\n'),
    "listed": Case('[screening]\norder = "listed"\n'),
    "rounds": Case(pilot=2),
    "full-text": Case(stage="full-text"),
    "full-text-one-include": Case('[screening.full_text]\nrule = "one-include"\n', stage="full-text"),
    "brought": Case(is_brought=True),
    "ended": Case(left=3),
    "ended-one-include": Case('[screening]\norder = "priority"\ntitle_abstract.rule = "one-include"\n', left=3),
}
ASKED = ("one-include", "rounds", "full-text", "brought", "ended")
COPIES = (None, 0, 1)


def say(folder: Path, coder: str, stage: Stage, rows: Sequence[Sequence[str]]) -> None:
    """Let a reviewer decide; the time is always the same."""
    file = table(folder.parent / "decisions.csv", rows)
    decide(DecideRequest(folder=folder, file=file, stage=stage, coder=coder, time=NOON))


def blinded_review(folder: Path, case: Case, begins: int | None) -> Path:
    """Make a review in which Ani has decided on all that she reads blinded, and Budi on his first two records.

    What Ani reads alone is the same in each copy. Where `begins` is None, she has decided on nothing under the blind.
    """
    stage = case.stage
    shelves(folder, *case.reviewers, n=len(WORKS), extra="\n" + case.plan)
    if stage == "full-text":
        for coder in case.reviewers:
            say(folder, coder, "title-abstract", [[work, "include"] for work in WORKS])
    if case.pilot:
        _pilot(folder, case)
    screening = open_screening(folder).screening
    waiting = [work for work in screening.task("ani", stage) if work not in screening.own("ani", stage)]
    shared = [work for work in waiting if len(screening.readings[stage].readers[work]) > 1]
    if alone := [work for work in waiting if work not in shared]:
        say(folder, "ani", stage, [[work, "include"] for work in alone])
    first, second, *_ = (work for work in screening.task("budi", stage) if work not in screening.own("budi", stage))
    say(folder, "budi", stage, [[first, "include"], [second, "exclude", "no-data" if stage == "full-text" else ""]])
    if begins is not None:
        hers = HERS[stage]
        rows = [[work, *hers[(at + begins) % len(hers)]] for at, work in enumerate(shared[case.left :])]
        (_bring if case.is_brought else _say_hers)(folder, stage, rows)
        if case.left:
            finish(FinishRequest(folder=folder, coder="ani", time=NOON))
    return folder


def _pilot(folder: Path, case: Case) -> None:
    assign_round(
        RoundRequest(folder=folder, name="pilot", records=case.pilot, readers=("all",), coder="budi", time=NOON)
    )
    works = open_screening(folder).screening.rounds(case.stage)
    for coder in case.reviewers:
        say(folder, coder, case.stage, [[work, "include"] for work in works])


def _say_hers(folder: Path, stage: Stage, rows: Sequence[Sequence[str]]) -> None:
    say(folder, "ani", stage, rows)


def _bring(folder: Path, _stage: Stage, rows: Sequence[Sequence[str]]) -> None:
    """Write what Ani decided into the records of the export, as Rayyan does."""
    path = folder / "sources" / "shops.ris"
    text = path.read_text(encoding="utf-8")
    for work, verdict, _reason, _note in rows:
        note = f'N1  - RAYYAN-INCLUSION: {{"ani"=>"{BROUGHT[verdict]}"}}\n'
        text = text.replace(f"ID  - {work}\n", f"ID  - {work}\n{note}")
    path.write_text(text, encoding="utf-8")


def shown(folder: Path) -> dict[str, object]:
    """Return all that a screening shows to everybody, and to Budi, the consensus and a colleague in the terminal."""
    desk = open_screening(folder)
    screening = desk.screening
    answers: dict[str, object] = {
        "outcomes": screening.outcomes,
        "readers": {stage: reading.readers for stage, reading in screening.readings.items()},
        "sets": (screening.included, screening.kept, screening.out, screening.has_begun),
        "agreement": agreement_of(screening),
        "stopping": (review_test(screening), review_test(screening, "budi")),
        "flow": review_flow(desk.plan, desk.folder, desk.sources, screening),
    }
    for stage in STAGES:
        for which in WHICH:
            answers[f"{which} {stage}"] = outcomes_of(desk, which, stage=stage)
        for coder in ("budi", "citra", CONSENSUS):
            answers[f"undecided {stage} {coder}"] = outcomes_of(desk, "undecided", stage=stage, coder=coder)
            sitting = begin(folder, stage=stage, coder=coder)
            answers[f"queue {stage} {coder}"] = sitting.queue
            if sitting.work:
                answers[f"screen {stage} {coder}"] = screen(press(sitting, "s"))
    return answers


def questions(folder: Path, out: Path) -> Iterator[Sequence[object]]:
    """Give each command by which Budi might ask, as he types it; what it writes goes to `out`.

    The last ones change his own log, or try to.
    """
    yield "build", folder, "--out", out / "built", "--formats", "html,docx"
    for command in ("status", "studies", "prisma", "keys"):
        yield command, folder
    yield "screen", folder
    yield "screen", "status", folder
    yield "prisma", folder, "--json", "-o", out / "flow.csv", "-o", out / "flow.svg"
    yield "explain", folder, "prisma/records_excluded", "--language", "en"
    yield "search", "list", folder, "--json"
    yield "code", "list", "--review", folder
    for which in WHICH:
        for form in (".csv", ".ris") if which != "undecided" else (".csv", ".ris", ".bib", ".json", ".xlsx"):
            yield "screen", "export", folder, f"--{which}", "-o", out / f"{which}{form}"
        for stage in STAGES:
            yield "screen", "export", folder, f"--{which}", "--stage", stage, "-o", out / f"{which}-{stage}.csv"
    everything = table(folder.parent / "everything.csv", [(work, "include") for work in WORKS])
    for stage in STAGES:
        yield "screen", "export", folder, "--undecided", "--stage", stage, "--coder", "budi", "-o", out / f"{stage}.csv"
        yield "screen", folder, "--decide", everything, "--stage", stage, "--coder", CONSENSUS
    yield "screen", "attempt", folder, WORKS[0], "--way", "library", "--date", "2026-11-30", "--coder", "budi"
    for n in (len(WORKS) + 1, 2):
        yield "screen", "assign", folder, "--round", "batch", "--records", n, "--coder", "budi"


def answers(benang: Command, folder: Path, *, is_brought: bool) -> dict[str, str]:
    """Ask everything; return each answer by its question, and each file that came of it by its name.

    The logs and the exports themselves are left out, and their hashes; where decisions stand in an export, also what
    is hashed or compressed with its hash in it.
    """
    left_out = ["ani.jsonl", "shops.ris", "decisions.csv"]
    if is_brought:
        left_out += ["made.json", "report.docx"]
    home, out = folder.parent, folder.parent / "out"
    out.mkdir()
    given: dict[str, str] = {}
    for question in questions(folder, out):
        answer = benang(*question)
        words, text = " ".join(map(str, question)), f"{answer.code}\n{answer.out}\n{answer.err}"
        given[words.replace(str(home), "HOME")] = text.replace(str(home), "HOME")
    own = [*(folder / "judgements").iterdir(), *(folder / "sources").iterdir()]
    hashes = [sha256(path.read_bytes()) for path in own]
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".lock" and path.name not in left_out:
            text = path.read_bytes().decode("latin-1").replace(str(home), "HOME")
            for one in hashes:
                text = text.replace(one, "HASH").replace(one[:12], "HASH")
            if path.suffix == ".jsonl":
                text = re.sub(r'"(time|check)": "[^"]*"', "", text)
            given[path.relative_to(home).as_posix()] = text
    return given


def differing(copies: Sequence[dict[str, object]] | Sequence[dict[str, str]]) -> set[str]:
    """Return the questions that copies answer differently."""
    first, *others = copies
    return {words for other in others for words in first.keys() | other.keys() if first.get(words) != other.get(words)}


@pytest.mark.parametrize("name", CASES)
def test_what_a_screening_shows_is_the_same_whatever_a_colleague_decided(tmp_path: Path, name: str) -> None:
    """Outcomes, readers, lists, agreement, flow, stopping test, the queue and the screen of the terminal."""
    copies = [shown(blinded_review(tmp_path / str(begins) / "shops", CASES[name], begins)) for begins in COPIES]
    assert differing(copies) == set()


@pytest.mark.parametrize("name", ASKED)
def test_what_is_printed_built_and_exported_is_the_same_whatever_a_colleague_decided(
    benang: Command, tmp_path: Path, name: str
) -> None:
    """Each command and each file that a build writes; nor does it show how much the colleague has decided."""
    case, copies = CASES[name], []
    for begins in COPIES:
        folder = blinded_review(tmp_path / str(begins) / "shops", case, begins)
        copies.append(answers(benang, folder, is_brought=case.is_brought))
    assert differing(copies) == set()
    assert copies[0]["screen status HOME/shops"].startswith("0\n")


@pytest.mark.parametrize("name", CASES)
def test_the_same_questions_tell_copies_apart_once_all_have_read(tmp_path: Path, name: str) -> None:
    """When the others have decided on the rest, the blind is over, under each plan."""
    case, copies = CASES[name], []
    for begins in COPIES[1:]:
        folder = blinded_review(tmp_path / str(begins) / "shops", case, begins)
        for coder in open_screening(folder).protocol.active[1:]:
            screening = open_screening(folder).screening
            rest = [one for one in screening.task(coder, case.stage) if one not in screening.own(coder, case.stage)]
            say(folder, coder, case.stage, [[work, "include"] for work in rest])
        copies.append(shown(folder))
    assert {"outcomes", f"included {case.stage}"} <= differing(copies)
