"""Disagreements of coders settled one by one: which are open, what each key decides, and which numbers change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.tasks.krippendorff import towns

from benang.errors import BenangError, Misuse
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Coding, Consensus, Event, Quotation, Task, Value
from benang.judgements.log import read_judgements
from benang.project.folder import open_folder
from benang.review.desk import open_desk
from benang.review.load import load
from benang.tasks.agree import AgreeRequest, agree
from benang.tasks.build.findings import placed_in, read_findings
from benang.tasks.coding.reconcile_shown import ending, listed, screen
from benang.tasks.coding.reconciling import (
    EVERY,
    NONE,
    ReconcileRequest,
    Reconciling,
    begin,
    decide,
    skip,
    undo,
)
from benang.tasks.coding.rows import coding_rows
from benang.tasks.coding.taking_back import UndoRequest, WithdrawRequest, undo_last, withdraw
from benang.tasks.verify import VerifyRequest, verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return ten towns: Ani alone marked *rent* in town 0; Budi alone in towns 2, 5 and 7."""
    return towns(tmp_path / "towns")


def begun(folder: Path, **more: object) -> Reconciling:
    """Begin to settle what is open."""
    return begin(ReconcileRequest(folder=folder, **more))  # type: ignore[arg-type]


def places(state: Reconciling) -> list[tuple[str, str]]:
    """Return what is open, by code or variable and case."""
    return [(one.id, one.unit) for one in state.queue]


def append(folder: Path, *events: Event) -> None:
    """Add to the logs of a review."""
    open_desk(folder).append(events)


def texts(state: Reconciling) -> str:
    """Return the list of what is open."""
    return "\n".join(line for note in listed(state).notes for line in (note.text, *note.remarks))


def quoted(text: str, words: str, document: str) -> dict[str, object]:
    """Return the keys of a passage of a document."""
    start = text.index(words)
    return {"document": document, "start": start, "end": start + len(words), "quote": words}


def value(folder: Path, coder: str, said: int | str, *, at: int = 0) -> Value:
    """Return a value of the variable *since* of a town."""
    text = (folder / "documents" / f"k{at}.md").read_text(encoding="utf-8")
    passages = (
        () if said == NOT_REPORTED else (Quotation.model_validate(quoted(text, "Nobody", f"documents/k{at}.md")),)
    )
    return Value(id=f"{coder}/since/{at}", coder=coder, case=f"c{at}", variable="since", value=said, passages=passages)


def with_years(folder: Path) -> Path:
    """Add the variable *since* to the codebook."""
    with (folder / "codebook.toml").open("a", encoding="utf-8") as file:
        file.write('[[variables]]\nid = "since"\nlabel = "Since"\ntype = "year"\n')
    return folder


def test_what_is_open_comes_worst_first_with_both_sides(folder: Path) -> None:
    """Coders differ on *rent* in four of ten towns, and on *permits* in none."""
    state = begun(folder)
    shown = screen(state)

    assert places(state) == [("rent", "c0"), ("rent", "c2"), ("rent", "c5"), ("rent", "c7")]
    assert shown.heading == "Rising rent · Town 0 · 4 left"
    assert shown.rule == "The rent rose."
    assert [(one.coder, one.said, [words.quote for words in one.passages]) for one in shown.sides] == [
        ("ani", "1 passage", ["The rent of stall 0 rose"]),
        ("budi", "no passage", []),
    ]
    assert shown.sides[0].passages[0].before == "Town 0 (invented). "
    assert shown.options == (("1", "the passage of ani counts"), ("0", "the code is absent"))


def test_keeping_a_side_leaves_the_passage_and_absent_sets_it_aside(folder: Path) -> None:
    """Town 0 keeps Ani's passage, town 2 loses Budi's; both decisions name all that was seen."""
    state = decide(decide(begun(folder), "1", "The rent did rise."), NONE, "It fell.")
    kept, absent = sorted(read_judgements(open_folder(folder)).of(Consensus), key=lambda one: one.case)

    assert (kept.case, kept.keeps, kept.reason) == ("c0", ("ani/c0/rent",), "The rent did rise.")
    assert kept.resolves == ("ani/c0/rent", "task/ani/c0", "task/budi/c0")
    assert (absent.case, absent.keeps, absent.reason) == ("c2", (), "It fell.")
    assert state.message == "Rising rent, Town 2: the code is absent."
    rows = {row.id: row.consensus for row in coding_rows(open_desk(folder), code="rent")}
    assert (rows["ani/c0/rent"], rows["budi/c2/rent"], rows["budi/c5/rent"]) == ("kept", "set aside", "")
    assert places(begun(folder)) == [("rent", "c5"), ("rent", "c7")]


def test_agreement_stays_what_it_was_before_the_consensus(folder: Path) -> None:
    """The coefficients are those of what coders said apart; the list says what was settled, with its passages."""
    before = agree(AgreeRequest(folder=folder))
    decide(begun(folder), NONE)
    after = agree(AgreeRequest(folder=folder))

    assert [one.coefficients for one in after.agreements] == [one.coefficients for one in before.agreements]
    assert [(one.unit, one.is_settled) for one in after.disagreements][-1] == ("c0", True)
    assert after.passages["ani/c0/rent"].quote == "The rent of stall 0 rose"


def test_a_coding_or_task_that_comes_later_opens_the_question_again(folder: Path) -> None:
    """Ani's second passage was not seen; it counts until they have decided again, which replaces the first decision."""
    decide(begun(folder), NONE)
    text = (folder / "documents" / "k0.md").read_text(encoding="utf-8")
    later = {"id": "late", "coder": "ani", "code": "rent", "case": "c0", **quoted(text, "rose", "documents/k0.md")}
    append(folder, Coding.model_validate(later))
    again = begun(folder)

    assert places(again)[0] == ("rent", "c0")
    assert [one.id for one in read_judgements(open_folder(folder)).counted if one.case == "c0"][-1] == "late"
    assert again.options["1"].keeps == ("ani/c0/rent", "late")
    decide(again, "1")
    (standing,) = read_judgements(open_folder(folder)).of(Consensus)
    assert (standing.keeps, len(standing.supersedes)) == (("ani/c0/rent", "late"), 1)
    append(folder, Task(id="task/citra/c0", coder="citra", case="c0", group="reasons"))
    assert places(begun(folder))[0] == ("rent", "c0")


def test_three_coders_may_keep_the_passages_of_one_or_of_all(folder: Path) -> None:
    """Citra marks town 0 as Ani does; Budi does not."""
    text = (folder / "documents" / "k0.md").read_text(encoding="utf-8")
    mark = {"id": "citra/c0", "coder": "citra", "code": "rent", "case": "c0", **quoted(text, "rent", "documents/k0.md")}
    append(folder, Coding.model_validate(mark), Task(id="task/citra/c0", coder="citra", case="c0", group="reasons"))
    state = begun(folder, only="Rising rent")

    assert [(key, option.keeps) for key, option in state.options.items()] == [
        ("1", ("ani/c0/rent",)),
        ("2", ("citra/c0",)),
        (EVERY, ("ani/c0/rent", "citra/c0")),
        (NONE, ()),
    ]


def test_other_codes_for_the_same_words_are_shown_with_who_gave_them(folder: Path) -> None:
    """Budi read *the rent rose* as a slow permit: the two may mean the same passage by another name."""
    text = (folder / "documents" / "k0.md").read_text(encoding="utf-8")
    mark = {"id": "b2", "coder": "budi", "code": "permits", "case": "c0", **quoted(text, "rent of", "documents/k0.md")}
    append(folder, Coding.model_validate(mark))

    assert screen(begun(folder)).sides[1].notes == ("other codes for these words: Slow permits",)


def test_the_same_code_with_another_stance_says_which(folder: Path) -> None:
    """Budi saw in *rent of* what contradicts a rising rent; he has not overlooked it."""
    text = (folder / "documents" / "k0.md").read_text(encoding="utf-8")
    of = quoted(text, "rent of", "documents/k0.md")
    mark = {"id": "b2", "coder": "budi", "code": "rent", "case": "c0", "stance": "contradicts", **of}
    append(folder, Coding.model_validate(mark))

    assert screen(begun(folder)).sides[1].notes == ("other codes for these words: Rising rent (contradicts it)",)


def test_a_quotation_has_spaces_around_it_where_its_text_has(folder: Path) -> None:
    """What is coded ends before the full stop."""
    words = screen(begun(folder)).sides[0].passages[0]
    text = " ".join((folder / "documents" / "k0.md").read_text(encoding="utf-8").split())
    assert f"{words.before}{words.quote}{words.after}".strip("… ") in text


def test_the_last_decision_can_be_taken_back_and_made_again(folder: Path) -> None:
    """The same decision after an undo is a new one in the log; an undo from the command line does the same."""
    state = undo(decide(begun(folder), "1", "why"))

    assert (places(state)[0], state.message) == (("rent", "c0"), "The last decision was undone.")
    assert read_judgements(open_folder(folder)).of(Consensus) == ()
    state = decide(state, "1", "why")
    assert [one.case for one in read_judgements(open_folder(folder)).of(Consensus)] == ["c0"]
    assert undo(replace(state, decided=())).message == "Nothing has been decided since you started."
    undone = undo_last(UndoRequest(folder=folder, coder=CONSENSUS))
    assert "rent, c0, consensus: 1 passage counts" in str(undone.account)
    assert read_judgements(open_folder(folder)).of(Consensus) == ()


def test_an_undo_brings_back_the_consensus_that_was_replaced(folder: Path) -> None:
    """What stood before the decision stands again."""
    decide(begun(folder), NONE)
    append(folder, Task(id="task/citra/c0", coder="citra", case="c0", group="reasons"))
    state = decide(begun(folder), "1")
    undo(state)

    (standing,) = read_judgements(open_folder(folder)).of(Consensus)
    assert (standing.case, standing.keeps) == ("c0", ())


def test_a_question_that_is_skipped_stays_open_and_a_wrong_key_does_nothing(folder: Path) -> None:
    """Nothing is written."""
    state = decide(skip(begun(folder)), "x")

    assert (places(state)[0], state.message) == (("rent", "c2"), "The key 'x' does nothing here.")
    assert not (folder / "judgements" / "consensus.jsonl").exists()
    assert [note.text for note in ending(state).notes] == [
        "0 decisions, kept in the log.",
        "4 disagreements are open.",
    ]


def test_nothing_is_decided_on_what_has_changed_since_it_was_read(folder: Path) -> None:
    """Budi has marked town 0 by now, so that both agree; town 2 comes next."""
    state = begun(folder)
    text = (folder / "documents" / "k0.md").read_text(encoding="utf-8")
    mark = {"id": "b0", "coder": "budi", "code": "rent", "case": "c0", **quoted(text, "rent", "documents/k0.md")}
    append(folder, Coding.model_validate(mark))
    state = decide(state, NONE)

    assert "Somebody has changed the log in the meantime. Nothing was decided" in state.message
    assert places(state)[0] == ("rent", "c2")
    assert not (folder / "judgements" / "consensus.jsonl").exists()


def test_nothing_is_decided_on_what_was_withdrawn_since_it_was_read(folder: Path) -> None:
    """Ani has taken her passage back by now, so that nobody marked town 0."""
    state = begun(folder)
    withdraw(WithdrawRequest(folder=folder, coder="ani", ids=("ani/c0/rent",)))
    state = decide(state, "1")

    assert "Nothing was decided" in state.message
    assert places(state)[0] == ("rent", "c2")
    assert not (folder / "judgements" / "consensus.jsonl").exists()


def test_what_was_decided_before_somebody_changed_the_log_can_still_be_taken_back(folder: Path) -> None:
    """Town 0 was decided; then Ani marks town 2 while it is on the screen."""
    state = decide(begun(folder), NONE)
    text = (folder / "documents" / "k2.md").read_text(encoding="utf-8")
    mark = {"id": "a2", "coder": "ani", "code": "rent", "case": "c2", **quoted(text, "rent", "documents/k2.md")}
    append(folder, Coding.model_validate(mark))
    state = decide(state, NONE)

    assert ("Nothing was decided" in state.message, places(state)[0]) == (True, ("rent", "c5"))
    assert ("rent", "c0") in places(undo(state))


def test_a_decision_that_somebody_has_replaced_is_not_taken_back(folder: Path) -> None:
    """What stands is that of the other sitting."""
    state = decide(begun(folder), NONE)
    append(folder, Task(id="task/citra/c0", coder="citra", case="c0", group="reasons"))
    decide(begun(folder), "1")

    assert undo(state).message == "Your log has changed in the meantime, so nothing was undone."
    assert [one.keeps for one in read_judgements(open_folder(folder)).of(Consensus)] == [("ani/c0/rent",)]


def test_a_passage_that_the_coders_marked_together_counts_with_either_side(folder: Path) -> None:
    """The consensus has a passage of its own in town 0."""
    text = (folder / "documents" / "k0.md").read_text(encoding="utf-8")
    mark = {"id": "both", "coder": CONSENSUS, "code": "rent", "case": "c0", **quoted(text, "rent", "documents/k0.md")}
    append(folder, Coding.model_validate(mark))
    state = begun(folder)

    assert [one.coder for one in screen(state).sides] == ["ani", "budi", CONSENSUS]
    decide(state, "1")
    (kept,) = read_judgements(open_folder(folder)).of(Consensus)
    assert kept.keeps == ("ani/c0/rent", "both")


def test_what_others_say_elsewhere_in_the_meantime_does_not_matter(folder: Path) -> None:
    """A second sitting has decided on another town: both decisions stand."""
    first, second = begun(folder), skip(begun(folder))
    decide(second, "1")
    decide(first, NONE)

    assert [
        one.case for one in sorted(read_judgements(open_folder(folder)).of(Consensus), key=lambda one: one.case)
    ] == [
        "c0",
        "c2",
    ]


def test_a_second_sitting_does_not_fork_what_the_first_has_decided(folder: Path) -> None:
    """Both see town 0; whoever comes second is told."""
    first, second = begun(folder), begun(folder)
    decide(first, "1")
    second = decide(second, NONE)

    assert "Nothing was decided" in second.message
    assert [one.keeps for one in read_judgements(open_folder(folder)).of(Consensus)] == [("ani/c0/rent",)]


def test_values_that_differ_are_settled_with_the_passages_of_who_gave_them(folder: Path) -> None:
    """Ani says 2001, Budi 2003; they agree on 2003, and the reason becomes a memo."""
    append(with_years(folder), value(folder, "ani", 2001), value(folder, "budi", 2003))
    state = begun(folder)

    assert places(state)[0] == ("since", "c0")
    assert [(one.coder, one.said) for one in screen(state).sides] == [("ani", "2001"), ("budi", "2003")]
    assert screen(state).options == (("1", "2001 (ani)"), ("2", "2003 (budi)"), ("0", "not reported"))
    with pytest.raises(BenangError, match="benang reconcile"):
        placed_in(load(open_folder(folder)), keep_going=False)
    decide(state, "2", "The table is newer.")
    loaded = load(open_folder(folder))
    placed_in(loaded, keep_going=False)
    (common,) = (one for one in loaded.judgements.of(Value) if one.coder == CONSENSUS)
    assert (common.value, common.passages[0].quote) == (2003, "Nobody")
    memos = [line for line in _lines(folder) if line["kind"] == "memo"]
    assert [(one["about"], one["of"], one["text"]) for one in memos] == [("case", "c0", "since: The table is newer.")]


def test_an_undo_takes_a_value_and_its_reason_back(folder: Path) -> None:
    """Both were one act."""
    append(with_years(folder), value(folder, "ani", 2001), value(folder, "budi", 2003))
    state = undo(decide(begun(folder), "1", "why"))

    assert {one.coder for one in read_judgements(open_folder(folder)).current} == {"ani", "budi", CONSENSUS}
    assert [one.kind for one in read_judgements(open_folder(folder)).current if one.coder == CONSENSUS] == [
        "withdrawal"
    ] * 2
    assert places(state)[0] == ("since", "c0")


def test_a_year_beside_not_reported_is_open_though_no_coefficient_compares_it(folder: Path) -> None:
    """*Not reported* is no point of a scale, and a build stops at it all the same."""
    append(with_years(folder), value(folder, "ani", 2001), value(folder, "budi", NOT_REPORTED))
    state = begun(folder)

    assert places(state)[-1] == ("since", "c0")
    decide(begun(folder, only="since"), NONE)
    assert ("since", "c0") not in places(begun(folder))
    (common,) = (one for one in read_judgements(open_folder(folder)).of(Value) if one.coder == CONSENSUS)
    assert (common.value, common.passages) == (NOT_REPORTED, ())


def test_consensuses_that_contradict_each_other_are_settled_by_a_third(folder: Path) -> None:
    """Two copies decided otherwise; a build stops, and the next decision replaces both."""
    resolves = ("ani/c0/rent", "task/ani/c0", "task/budi/c0")
    sides = [
        Consensus(id=name, coder=CONSENSUS, case="c0", code="rent", keeps=keeps, resolves=resolves)
        for name, keeps in (("k1", ("ani/c0/rent",)), ("k2", ()))
    ]
    append(folder, *sides)
    with pytest.raises(BenangError, match="'k1' and 'k2' differ on whether 'ani/c0/rent' counts"):
        placed_in(load(open_folder(folder)), keep_going=False)
    state = begun(folder)

    assert places(state)[0] == ("rent", "c0")
    decide(state, NONE)
    (standing,) = read_judgements(open_folder(folder)).of(Consensus)
    assert (standing.keeps, standing.supersedes) == ((), ("k1", "k2"))
    placed_in(load(open_folder(folder)), keep_going=False)


def test_withdrawing_one_of_two_contradictory_consensuses_leaves_the_other(folder: Path) -> None:
    """The way that the message of every conflict names works here too."""
    resolves = ("ani/c0/rent", "task/ani/c0", "task/budi/c0")
    sides = [
        Consensus(id=name, coder=CONSENSUS, case="c0", code="rent", keeps=keeps, resolves=resolves)
        for name, keeps in (("k1", ("ani/c0/rent",)), ("k2", ()))
    ]
    append(folder, *sides)
    withdraw(WithdrawRequest(folder=folder, ids=("k2",)))

    assert read_judgements(open_folder(folder)).conflicts == ()
    assert [one.keeps for one in read_judgements(open_folder(folder)).of(Consensus)] == [("ani/c0/rent",)]


def test_verifying_names_what_a_consensus_has_of_another_case(folder: Path) -> None:
    """An id of another town would set aside what nobody has looked at."""
    wrong = Consensus(id="k", coder=CONSENSUS, case="c0", code="rent", keeps=(), resolves=("budi/c2/rent", "nothing"))
    append(folder, wrong)
    problems = [str(one) for one in verify(VerifyRequest(folder=folder)).problems]

    assert [one.partition(". ")[0] for one in problems] == [
        "judgements/consensus.jsonl, line 2: it is on 'rent' in 'c0', but resolves 'budi/c2/rent', "
        "which is on 'rent' in 'c2'",
        "judgements/consensus.jsonl, line 2: it resolves 'nothing', but no judgement has that id",
    ]


def test_one_coder_alone_has_nothing_to_settle_and_is_told_why(tmp_path: Path) -> None:
    """Budi is done with no town."""
    state = begun(towns(tmp_path / "towns", done=("ani",)))

    assert state.question is None
    assert "No two coders have judged the same thing." in texts(state)
    assert "0 disagreements are open." in texts(state)


def test_the_list_says_how_to_go_on(folder: Path) -> None:
    """Where there is no terminal."""
    said = texts(begun(folder))

    assert "Rising rent · Town 0\nani: 1 passage “The rent of stall 0 rose” (k0)\nbudi: no passage" in said
    assert said.endswith(f"4 disagreements are open.\nSettle them one by one in a terminal: benang reconcile {folder}")


def test_a_list_may_be_of_one_code_or_group_and_an_unknown_one_is_named(folder: Path) -> None:
    """With the nearest that there is."""
    assert begun(folder, only="permits").queue == ()
    assert len(begun(folder, groups=("reasons",)).queue) == 4
    with pytest.raises(Misuse, match=r"'rant' is neither a code nor a variable\. Did you mean 'rent'"):
        begun(folder, only="rant")
    with pytest.raises(BenangError, match=r"'reason' is neither a group of codes nor a form\. Did you mean 'reasons'"):
        begun(folder, groups=("reason",))


def test_a_code_that_was_renamed_keeps_its_consensus(folder: Path) -> None:
    """The log still says *rent*."""
    decide(begun(folder), NONE)
    path = folder / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "rent"', 'id = "dear"\nwas = ["rent"]'))

    assert places(begun(folder)) == [("dear", "c2"), ("dear", "c5"), ("dear", "c7")]
    assert "c0" not in {row.case for row in coding_rows(open_desk(folder), code="dear") if not row.consensus}


def _lines(folder: Path) -> list[Mapping[str, object]]:
    text = (folder / "judgements" / "consensus.jsonl").read_text(encoding="utf-8")
    return [one for line in text.splitlines() if "kind" in (one := json.loads(line))]


THIRD = (
    "bandung-braunschweig",
    "bandung-cuenca",
    "bandung-petaling-jaya",
    "bandung-seoul",
    "baubau-seoul",
    "bogor-tainan",
    "denpasar-mossel-bay",
    "malang-fuqing",
)
"""The cases of the example that the second coder reads: 8 of 24."""
LEFT_OUT = {("bandung-braunschweig", "low-public-participation"), ("bandung-cuenca", "passive-local-government")}


@pytest.fixture
def cities(project_root: Path, tmp_path: Path) -> Path:
    """Return the example with an invented second coder, Dian, who differs in three codes and one year.

    Dian finds two of the reviewer's factors not in their cases, sees market competition in Bandung and Seoul, and reads
    another year for Bandung and Braunschweig.
    """
    folder = tmp_path / "cities"
    shutil.copytree(
        project_root / "examples" / "sister-cities", folder, ignore=shutil.ignore_patterns("out", "README.md")
    )
    desk = open_desk(folder)
    events: tuple[Task | Coding, ...] = (*desk.judgements.of(Task), *desk.judgements.of(Coding))
    said: list[Event] = [
        one.model_copy(update={"id": f"dian/{one.id}", "coder": "dian"})
        for one in events
        if one.case in THIRD and not (isinstance(one, Coding) and (one.case, one.code) in LEFT_OUT)
    ]
    codings = {(one.case, one.code): one for one in desk.judgements.of(Coding)}
    seoul = codings["bandung-seoul", "no-tangible-results"]
    said.append(seoul.model_copy(update={"id": "dian/seoul", "coder": "dian", "code": "market-competition"}))
    year = next(one for one in desk.judgements.of(Value) if (one.case, one.variable) == (THIRD[0], "since"))
    said.append(year.model_copy(update={"id": "dian/since", "coder": "dian", "value": 2000}))
    desk.append(said, time=datetime(2026, 11, 30, tzinfo=UTC))
    return folder


def factors(folder: Path) -> dict[str, tuple[float, float]]:
    """Return in how many cases and studies each factor is."""
    numbers = read_findings(folder)[0].evidence.numbers
    names = {key.split("/")[1] for key in numbers if key.startswith("factors/") and key.count("/") == 2}
    return {
        name: (numbers[f"factors/{name}/cases"].value, numbers[f"factors/{name}/studies"].value)
        for name in names
        if f"factors/{name}/studies" in numbers
    }


def test_the_example_coded_again_on_a_third_of_its_cases(project_root: Path, cities: Path) -> None:
    """Agreement by hand, the queue, consensus, and the numbers that change; all others stay."""
    before = factors(project_root / "examples" / "sister-cities")
    agreed = agree(AgreeRequest(folder=cities))
    kappa = {
        one.comparison.id: next(of.value for of in one.coefficients if of.name == "cohen") for one in agreed.agreements
    }

    # in 8 cases: reviewer 3, Dian 2, both 2: (7/8 - 36/64) / (1 - 36/64) = 5/7; the same the other way round
    for code in ("low-public-participation", "passive-local-government", "market-competition"):
        assert kappa[code] == pytest.approx(5 / 7)
    assert kappa["weak-agreement"] == 1
    state = begun(cities)
    assert places(state) == [
        ("since", "bandung-braunschweig"),
        ("low-public-participation", "bandung-braunschweig"),
        ("passive-local-government", "bandung-cuenca"),
        ("market-competition", "bandung-seoul"),
    ]
    with pytest.raises(BenangError, match="since of 'bandung-braunschweig' is"):
        read_findings(cities)

    state = decide(state, "1", "1960 is the year of the first agreement.")  # one value, in the order of the coders
    state = decide(state, NONE, "The passage is about visitors.")
    state = decide(state, "1")
    state = decide(state, "1")
    assert state.question is None
    after = factors(cities)
    assert {code: (before[code], after[code]) for code in before if before[code] != after[code]} == {
        "low-public-participation": ((4, 4), (3, 3)),
        "market-competition": ((3, 3), (4, 4)),
    }
    again = agree(AgreeRequest(folder=cities))
    assert [one.coefficients for one in again.agreements] == [one.coefficients for one in agreed.agreements]
    assert all(one.is_settled for one in again.disagreements)
    assert verify(VerifyRequest(folder=cities)).is_whole
