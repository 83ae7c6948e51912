"""Judgements are read line by line, checked, and superseded but never lost."""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from pydantic import AwareDatetime, ValidationError

from benang.errors import BenangError
from benang.judgements.events import KINDS, Coding, Consensus, Event, Place, Quotation, Task, Value, Withdrawal
from benang.judgements.lines import as_line, checked_line, is_edited, parsed_line
from benang.judgements.log import Judgements, conflict_problems, fold, log_problems, read_judgements, verify_logs
from benang.project.folder import ReviewFolder, open_folder

pytestmark = pytest.mark.fast

CODING: dict[str, Any] = {
    "kind": "coding",
    "id": "c1",
    "document": "documents/a.md",
    "start": 4,
    "end": 8,
    "quote": "Rapi",
    "code": "neat",
    "case": "alun",
    "coder": "ani",
    "scope": "case",
}
TASK: dict[str, Any] = {"kind": "task", "id": "t1", "case": "alun", "group": "reasons", "coder": "ani"}


def folder_of(root: Path, **logs: str) -> ReviewFolder:
    """Make a review's folder with one log a coder."""
    (root / "judgements").mkdir(exist_ok=True)
    (root / "review.toml").touch()
    for coder, text in logs.items():
        (root / "judgements" / f"{coder}.jsonl").write_text(text, encoding="utf-8", newline="")
    return open_folder(root)


def lines(*judgements: object) -> str:
    """Write judgements, one a line."""
    return "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in judgements)


def read(root: Path, *judgements: object) -> Judgements:
    """Read the log of the coder ani."""
    return read_judgements(folder_of(root, ani=lines(*judgements)))


def said(root: Path, *judgements: object) -> list[str]:
    """Read a log that has problems, and return them."""
    with pytest.raises(BenangError) as caught:
        read(root, *judgements)
    return [str(one) for one in caught.value.problems]


def test_judgements_of_all_coders_are_read_with_their_places(tmp_path: Path) -> None:
    """One file a coder; blank lines count as lines and are no judgements."""
    log = read_judgements(
        folder_of(
            tmp_path, budi=lines({**TASK, "coder": "budi", "id": "t2"}), ani=lines({"format": 1}, "", CODING, TASK)
        )
    )

    assert [(one.id, str(log.place(one.id))) for one in log.current] == [
        ("c1", "judgements/ani.jsonl, line 3"),
        ("t1", "judgements/ani.jsonl, line 4"),
        ("t2", "judgements/budi.jsonl, line 1"),
    ]
    assert [len(log.of(kind)) for kind in (Coding, Value, Task)] == [1, 0, 2]


def test_windows_line_ends_and_a_missing_last_one_do_no_harm(tmp_path: Path) -> None:
    """The same two judgements."""
    log = read_judgements(folder_of(tmp_path, ani=lines(CODING, TASK).replace("\n", "\r\n").removesuffix("\r\n")))

    assert [one.id for one in log.current] == ["c1", "t1"]


def test_a_quote_may_hold_what_unicode_calls_a_line_end(tmp_path: Path) -> None:
    """U+2028 and U+0085 in a quote don't end its line."""
    quote = "a\u2028b\x85c"
    log = read(tmp_path, as_line(Coding(**{**CODING, "quote": quote, "end": 9})))

    assert log.of(Coding)[0].quote == quote


def test_what_later_judgements_take_back_is_kept_apart(tmp_path: Path) -> None:
    """The first coding no longer stands, nor does the second; both can still be read."""
    log = read(tmp_path, CODING, {**CODING, "id": "c2", "supersedes": "c1"}, {**CODING, "id": "c3", "supersedes": "c2"})

    assert ([one.id for one in log.current], [one.id for one in log.superseded]) == (["c3"], ["c1", "c2"])


def test_the_line_of_a_problem_is_named_in_the_language_of_its_reader(tmp_path: Path) -> None:
    """The place keeps its languages on the way into the message."""
    with pytest.raises(BenangError) as caught:
        read(tmp_path, "{")

    assert "ani.jsonl, baris 1: ini bukan penilaian" in caught.value.in_language("id")


@pytest.mark.parametrize(
    ("judgement", "message"),
    [
        ("{", "this is not a judgement: it is not valid JSON"),
        ("[1]", "this is not a judgement: a JSON object was expected, but it is [1]"),
        ('{"a": 1, "a": 2}', "the key 'a' appears twice"),
        ('{"a": NaN}', "NaN is not a JSON number"),
        ('{"a": "\\ud800"}', "half a character"),
        ("[" * 100_000, "nested too deeply"),
        ({**CODING, "kind": "codin"}, "unknown kind 'codin'. Did you mean 'coding'"),
        ({key: CODING[key] for key in CODING if key != "kind"}, "the key 'kind' is missing"),
        ({key: CODING[key] for key in CODING if key != "quote"}, "the key 'quote' is missing"),
        ({**CODING, "qoute": "x"}, "unknown key 'qoute'. Did you mean 'quote'"),
        ({**CODING, "scope": "grop"}, "scope = 'grop'. Did you mean 'group'"),
        ({**CODING, "end": 9}, "end - start is 5, but the quotation has 4 characters"),
        ({**CODING, "quote": "    "}, "the quotation is blank"),
        ({**CODING, "start": "4"}, "line 2, start: expected a whole number, found '4'"),
        ({**CODING, "start": -1}, "line 2, start: expected a number of at least 0, found -1"),
        ({**CODING, "quote": ""}, "line 2, quote: expected a text that is not empty, found ''"),
        ({**CODING, "id": "c 1"}, "an id must not contain spaces"),
        ({**CODING, "coder": "budi"}, "expected 'ani', like its file, found the coder 'budi'"),
        ({**CODING, "supersedes": "t99"}, "it supersedes 't99', but no judgement has that id. Did you mean 't9'"),
        ({**CODING, "supersedes": "c1"}, "'c1' supersedes itself"),
        (
            {"kind": "value", "id": "v", "coder": "ani", "case": "alun", "variable": "since", "value": 2008},
            "a value needs a quotation, unless it is 'not_reported'",
        ),
        (
            {
                "kind": "value",
                "id": "v",
                "coder": "ani",
                "case": "alun",
                "variable": "since",
                "value": True,
                "passages": [],
            },
            "line 2, value: expected a whole number or a text in quotation marks, found True",
        ),
        (
            {
                "kind": "value",
                "id": "v",
                "coder": "ani",
                "case": "alun",
                "variable": "v",
                "value": 1,
                "passages": ["x"],
            },
            "line 2, passages: expected keys with their values: { … }, found 'x'",
        ),
        (f'{{"start": 1{"0" * 5000}}}', "this is not a judgement: it contains a number with thousands of digits"),
        ({**TASK, "state": "don"}, "state = 'don'. Did you mean 'done'"),
        ({**CODING, "format": "two"}, "format 'two', but a whole number was expected"),
    ],
)
def test_what_is_wrong_with_a_line_is_named_with_its_place(tmp_path: Path, judgement: object, message: str) -> None:
    """Line 2 has the problem, and the message says what it is and which word was meant."""
    problems = said(tmp_path, {**TASK, "id": "t9"}, judgement)

    assert all(re.match("judgements/ani.jsonl, line 2[:,] ", one) for one in problems)
    assert any(message in one for one in problems), problems


def test_all_problems_of_all_files_come_together(tmp_path: Path) -> None:
    """A broken line in one log, an unknown key in the other, and no UTF-8 in the third."""
    folder = folder_of(tmp_path, ani=lines("{", CODING), budi=lines({**TASK, "coder": "budi", "grup": 1}))
    (tmp_path / "judgements" / "citra.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(BenangError) as caught:
        read_judgements(open_folder(folder.root))

    assert [str(one).partition(":")[0] for one in caught.value.problems] == [
        "judgements/ani.jsonl, line 1",
        "judgements/budi.jsonl, line 1",
        "judgements/citra.jsonl",
    ]


def test_an_id_given_twice_names_both_places(tmp_path: Path) -> None:
    """Ids are unique in the review, over the logs of all coders: two different judgements under one are a conflict."""
    log = read_judgements(folder_of(tmp_path, ani=lines(CODING), budi=lines({**CODING, "coder": "budi"})))

    assert (log.current, [one.coder for one in log.disputed]) == ((), ["ani", "budi"])
    assert [str(one) for one in conflict_problems(log)] == [
        "judgements/ani.jsonl, line 1; judgements/budi.jsonl, line 1: different judgements have the id 'c1'. "
        'Decide which is right, and append it under a new id with "supersedes": "c1".'
    ]


def test_an_event_that_supersedes_an_id_given_twice_resolves_that(tmp_path: Path) -> None:
    """Both are taken back, and no line has to be edited."""
    log = read(tmp_path, CODING, {**CODING, "code": "clean"}, {**CODING, "id": "c2", "supersedes": "c1"})

    assert ([one.id for one in log.current], len(log.superseded), log.conflicts) == (["c2"], 2, ())


def test_the_same_judgement_twice_counts_once(tmp_path: Path) -> None:
    """Whoever put copies of a log together has some lines twice; when it was said makes no difference."""
    log = read(tmp_path, CODING, TASK, CODING, {**TASK, "time": "2026-11-29T21:00:00Z"})

    assert ([one.id for one in log.current], log.conflicts) == (["c1", "t1"], ())


@pytest.mark.parametrize(("after", "valid"), [(" so.", ["c1"]), (" on.", []), ("", [])])
def test_the_same_words_of_a_text_below_another_heading_are_the_same(
    tmp_path: Path, after: str, valid: list[str]
) -> None:
    """Two reviews that took in one project have documents whose headings differ; what follows the words is the same."""
    here = {**CODING, "before": "here: ", "after": " so." if valid else after and " so."}
    there = {**here, "start": CODING["start"] + 7, "end": CODING["end"] + 7, "before": "there: ", "after": after}

    log = read(tmp_path, here, there)

    assert ([one.id for one in log.current], len(log.conflicts)) == (valid, 1 - len(valid))


def test_a_passage_of_a_value_has_an_id_of_its_own(tmp_path: Path) -> None:
    """No other judgement may have it."""
    value = {
        "kind": "value",
        "id": "v",
        "coder": "ani",
        "case": "alun",
        "variable": "since",
        "value": 2008,
        "passages": [{key: CODING[key] for key in ("document", "start", "end", "quote")}],
    }

    with pytest.raises(BenangError) as caught:
        read(tmp_path, {**CODING, "id": "v/1"}, value)

    assert str(caught.value) == (
        "judgements/ani.jsonl, line 2: the id 'v/1' also belongs to judgements/ani.jsonl, line 1. "
        "Give one of them another id."
    )
    assert "dimiliki judgements/ani.jsonl, baris 1" in caught.value.in_language("id")


def test_judgements_that_supersede_each_other_in_a_circle_are_an_error(tmp_path: Path) -> None:
    """Neither would stand."""
    problems = said(tmp_path, {**CODING, "supersedes": "c2"}, {**CODING, "id": "c2", "supersedes": "c1"})

    assert len(problems) == 2
    assert "'c1' supersedes itself, through 'c2'" in problems[0]


def test_only_the_events_of_a_circle_are_named(tmp_path: Path) -> None:
    """Not those between two circles, nor what leads to one or away from it."""
    superseding = {"t1": "t2", "t2": "t1", "t3": "t1", "t4": ["t3", "t5"], "t5": "t4", "t6": "t4", "t7": None}
    superseding["t2"] = ["t1", "t7"]
    problems = said(tmp_path, *({**TASK, "id": name, "supersedes": earlier} for name, earlier in superseding.items()))

    assert [re.findall("'(.+?)' supersedes itself, through '(.+?)'", one)[0] for one in problems] == [
        ("t1", "t2"),
        ("t2", "t1"),
        ("t4", "t5"),
        ("t5", "t4"),
    ]


@pytest.mark.parametrize("first", [{"format": 3}, {**CODING, "format": 3}])
def test_a_newer_format_is_refused_by_name(tmp_path: Path, first: object) -> None:
    """In a line of its own or with a judgement: nothing else of the file is judged."""
    assert said(tmp_path, first, "{") == [
        "judgements/ani.jsonl, line 1: expected format 2, the newest that this version of Benang knows, found format "
        "3. Install a newer version of Benang to read it."
    ]


def test_an_event_is_written_with_its_keys_in_one_order() -> None:
    """What is its own comes first, then what all kinds have; one event that is superseded is no list."""
    quotation = Quotation(document="documents/a.md", start=0, end=1, quote="–")
    value = {"id": "v", "coder": "ani", "case": "alun", "variable": "since", "value": 2008, "passages": (quotation,)}

    assert [
        as_line(one)
        for one in (
            Coding(**CODING),
            Value(**value, supersedes="u"),
            Value(**value, supersedes=("u", "t")),
            Task(**TASK),
        )
    ] == [
        '{"kind": "coding", "id": "c1", "document": "documents/a.md", "start": 4, "end": 8, "quote": "Rapi", '
        '"code": "neat", "case": "alun", "coder": "ani", "scope": "case"}',
        *(
            '{"kind": "value", "id": "v", "case": "alun", "variable": "since", "value": 2008, "passages": '
            '[{"document": "documents/a.md", "start": 0, "end": 1, "quote": "–"}], "coder": "ani", "scope": "case", '
            f'"supersedes": {said}}}'
            for said in ('"u"', '["u", "t"]')
        ),
        '{"kind": "task", "id": "t1", "case": "alun", "group": "reasons", "state": "done", "coder": "ani"}',
    ]


def test_a_value_that_is_not_reported_is_written_with_its_empty_list() -> None:
    """As it always was."""
    value = Value(id="v", coder="ani", case="alun", variable="since", value="not_reported")

    assert '"passages": []' in as_line(value)


def task(name: str, *supersedes: str) -> Task:
    """Make the smallest event that there is."""
    return Task(id=name, coder="ani", case="alun", group="reasons", supersedes=supersedes)


def of_tasks(*tasks: Task) -> Judgements:
    """Fold events that stand one a line."""
    return fold(tasks, places={one.id: Place("judgements/ani.jsonl", at) for at, one in enumerate(tasks, 1)})


def test_a_chain_of_events_is_no_conflict() -> None:
    """Each later word supersedes the one before it."""
    assert of_tasks(task("t1"), task("t2", "t1"), task("t3", "t2")).conflicts == ()


def test_two_events_that_supersede_the_same_one_are_a_conflict_that_names_both() -> None:
    """Neither stands, neither is taken back, and the message says how people resolve it."""
    state = of_tasks(task("t1"), task("t2", "t1"), task("t3", "t1"), task("t4"))

    assert [[one.id for one in part] for part in (state.current, state.disputed, state.superseded)] == [
        ["t4"],
        ["t2", "t3"],
        ["t1"],
    ]
    assert [str(one) for one in conflict_problems(state)] == [
        "judgements/ani.jsonl, line 2; judgements/ani.jsonl, line 3: 't2' and 't3' each replace 't1', and neither "
        "replaces the other. Decide which is right: `benang code withdraw ID` withdraws one of them, and the other "
        "remains."
    ]


def test_a_conflict_is_between_the_last_words() -> None:
    """Whoever goes on from one side of a fork leaves it open."""
    state = of_tasks(task("t1"), task("t2", "t1"), task("t3", "t1"), task("t4", "t2"))

    assert [(one.of, one.events) for one in state.conflicts] == [("t1", ("t3", "t4"))]


def test_an_event_that_supersedes_both_resolves_a_conflict() -> None:
    """It alone stands."""
    state = of_tasks(task("t1"), task("t2", "t1"), task("t3", "t1"), task("t4", "t3", "t2"))

    assert ([one.id for one in state.current], state.conflicts) == (["t4"], ())


@given(st.randoms())
def test_the_order_of_events_makes_no_difference(chance: random.Random) -> None:
    """Copies of a folder that were put together in another order say the same."""
    events = [
        task("t1"),
        task("t2", "t1"),
        task("t3", "t1"),
        task("t4", "t3", "t2"),
        task("t5", "t4"),
        task("t6", "t4"),
        *(task("t7").model_copy(update={"time": datetime(2026, 11, day, tzinfo=UTC)}) for day in (29, 30)),
        *(task("t8").model_copy(update={"case": case}) for case in ("alun", "bukit")),
    ]
    shuffled = chance.sample(events, len(events))

    assert fold(shuffled) == fold(events)
    assert [(one.id, one.time and one.time.day) for one in fold(shuffled).current] == [("t7", 29)]


def test_a_fork_over_an_event_that_is_not_there_names_both_faults() -> None:
    """What is superseded must be there."""
    forked = [
        (one, Place("judgements/ani.jsonl", at)) for at, one in enumerate((task("t2", "t1"), task("t3", "t1")), 1)
    ]

    assert [problem.found for problem in log_problems(forked)] == [
        "it supersedes 't1', but no judgement has that id"
    ] * 2


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda one: bool(one.strip()))


ids = texts.filter(lambda one: ";" not in one and not any(character.isspace() for character in one))
quotations = st.tuples(texts, texts, st.integers(0, 10_000)).map(
    lambda one: Quotation(document=one[0], quote=one[1], start=one[2], end=one[2] + len(one[1]))
)
OF_TYPES: dict[object, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(),
    bool: st.booleans(),
    type(None): st.none(),
    date: st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    AwareDatetime: st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),
    Quotation: quotations,
}


def of_type(annotation: Any) -> st.SearchStrategy[Any]:
    """Draw what a field of this type may hold."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is Annotated:
        return of_type(arguments[0])
    if origin is tuple:
        return st.lists(of_type(arguments[0]), max_size=3).map(tuple)
    if origin in (Union, UnionType):
        return st.one_of(*map(of_type, arguments))
    return OF_TYPES[annotation]


@st.composite
def events(draw: st.DrawFn, kind: type[Event]) -> Event:
    """Draw an event of a kind, from the types of its fields."""
    fields = {name: draw(of_type(field.annotation)) for name, field in kind.model_fields.items()}
    fields |= {"id": draw(ids), "supersedes": draw(st.lists(ids, max_size=3)), "check": ""}
    if "quote" in fields:
        fields |= draw(quotations).model_dump()
    if kind is Consensus:
        fields |= {"coder": "consensus", "resolves": (*fields["keeps"], draw(ids))}
    try:
        return kind(**fields)
    except ValidationError:
        reject()


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_what_is_written_is_read_again(kind: type[Event], data: st.DataObject) -> None:
    """An event of any kind, whatever its texts hold: accents, other scripts, emoji, line ends, quotes and braces."""
    event = data.draw(events(kind))
    line = checked_line(event)

    assert parsed_line(line, "").content == parsed_line(as_line(event), "").content == event
    assert not is_edited(line)
    assert "\n" not in line


LOG = lines({"format": 2}, checked_line(Task(**TASK)), checked_line(Coding(**CODING)), {**TASK, "id": "t2"})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("Rapi", "Rapu"), "ani.jsonl, line 3: this line was edited after it was written"),
        (('"neat"', '"clean"'), "ani.jsonl, line 3: this line was edited after it was written"),
        (('"check": "', '"check": "0'), "ani.jsonl, line 2: this line was edited after it was written"),
        (('"Rapi", "code"', '"Rapi"\n"code"'), "ani.jsonl, line 3: this is not a judgement"),
        (('"quote"', '"qoute"'), "ani.jsonl, line 3: the key 'quote' is missing"),
        (('"format": 2', '"format": 99'), "ani.jsonl, line 1: expected format 2"),
    ],
)
def test_verifying_names_the_line_that_is_not_as_it_was_written(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    """Edited, cut or of a newer format: the file, the line and what is wrong."""
    problems = verify_logs(folder_of(tmp_path, ani=LOG.replace(*change, 1)))

    assert str(problems[0]).startswith(f"judgements/{message}")


def test_an_untouched_log_has_no_problems(tmp_path: Path) -> None:
    """Whatever an editor does to blanks and the order of keys, and a torn end too; old lines have no check."""
    (format_line, first, *rest) = LOG.splitlines()
    fields = json.loads(first)
    moved = json.dumps({key: fields[key] for key in sorted(fields, reverse=True)}, separators=(",", ":"))
    log = "\r\n".join([format_line, moved, *rest, '{"kind": "tas'])

    assert verify_logs(folder_of(tmp_path, ani=LOG)) == ()
    assert verify_logs(folder_of(tmp_path, ani=log)) == ()


def test_verifying_names_a_group_that_lacks_lines(tmp_path: Path) -> None:
    """Somebody has removed one: the others are passed over, and no kill explains that."""
    group = [{"format": 2, "events": 3}, TASK, {**TASK, "id": "t2"}, {"format": 2}, {**TASK, "id": "t3"}]
    (problem,) = verify_logs(folder_of(tmp_path, ani=lines(*group)))

    assert str(problem).startswith("judgements/ani.jsonl, line 1: lines that belong together with this one are missing")
    assert verify_logs(folder_of(tmp_path, ani=lines(*group[:3]))) == ()


def test_an_edited_line_is_still_read(tmp_path: Path) -> None:
    """A build goes on with what stands there; only verifying names it."""
    state = read_judgements(folder_of(tmp_path, ani=LOG.replace('"neat"', '"clean"')))

    assert [one.code for one in state.of(Coding)] == ["clean"]


def test_verifying_goes_through_all_lines_of_all_files(tmp_path: Path) -> None:
    """It doesn't stop at the first fault, nor at a file that can't be read at all."""
    folder = folder_of(
        tmp_path, ani=LOG.replace("Rapi", "Rapu").replace('"group"', '"grup"'), citra='{"format": 99}\n{'
    )
    (tmp_path / "judgements" / "budi.jsonl").write_bytes(LOG.encode("utf-16"))
    (tmp_path / "judgements" / "dewi.jsonl").write_text(lines({**TASK, "coder": "dewi", "supersedes": "t9"}))
    problems = verify_logs(open_folder(folder.root))

    assert [str(one).partition(":")[0].removeprefix("judgements/") for one in problems] == [
        "ani.jsonl, line 2",
        "ani.jsonl, line 2",
        "ani.jsonl, line 3",
        "ani.jsonl, line 4",
        "ani.jsonl, line 4",
        "budi.jsonl",
        "citra.jsonl, line 1",
        "dewi.jsonl, line 1",
    ]


def test_two_who_take_back_the_same_agree() -> None:
    """Withdrawals are no fork among themselves, but one beside another word is."""
    first = Task(**TASK)
    here, there = (Withdrawal(id=f"w{at}", coder="ani", supersedes=(first.id,)) for at in (1, 2))
    assert fold([first, here, there]).conflicts == ()
    other = first.model_copy(update={"id": "t9", "supersedes": (first.id,)})
    assert [one.events for one in fold([first, here, other]).conflicts] == [("t9", "w1")]


def consensus(name: str, keeps: tuple[str, ...], *supersedes: str, sees: tuple[str, ...] = ("c1", "c2")) -> Consensus:
    """Decide on two codings of the code neat in alun."""
    return Consensus(
        id=name, coder="consensus", case="alun", code="neat", keeps=keeps, resolves=sees, supersedes=supersedes
    )


CODINGS = [
    Coding.model_validate({**CODING, "id": name, "coder": coder}) for name, coder in (("c1", "ani"), ("c2", "budi"))
]


def test_a_consensus_sets_aside_what_it_has_seen_and_not_kept() -> None:
    """Both codings stand; only the one that is kept, and the one that came later, count."""
    later = CODINGS[1].model_copy(update={"id": "c3"})
    state = fold([*CODINGS, later, consensus("k1", ("c1",))])

    assert [one.id for one in state.of(Coding)] == ["c1", "c2", "c3"]
    assert ([one.id for one in state.counted], state.set_aside) == (["c1", "c3"], frozenset({"c2"}))


def test_a_consensus_that_was_withdrawn_or_replaced_sets_nothing_aside() -> None:
    """What it decided is open again, or decided by the later one."""
    first = consensus("k1", ())
    withdrawn = fold([*CODINGS, first, Withdrawal(id="w", coder="consensus", supersedes=("k1",))])
    replaced = fold([*CODINGS, first, consensus("k2", ("c2",), "k1")])

    assert [[one.id for one in state.counted] for state in (withdrawn, replaced)] == [["c1", "c2"], ["c2"]]


def test_consensuses_in_two_copies_that_contradict_each_other_are_a_conflict() -> None:
    """Neither counts until a third one replaces both; two that agree both stand."""
    one, other = consensus("k1", ("c1",)), consensus("k2", ())
    state = fold([*CODINGS, one, other])
    (problem,) = conflict_problems(state)

    assert [(each.of, each.events) for each in state.conflicts] == [("c1", ("k1", "k2"))]
    assert ([each.id for each in state.counted], str(problem)) == (
        ["c1", "c2"],
        "judgements, line 0; judgements, line 0: 'k1' and 'k2' differ on whether 'c1' counts. "
        "Decide again with `benang reconcile`: that replaces both.",
    )
    assert fold([*CODINGS, one, other, consensus("k3", (), "k1", "k2")]).set_aside == {"c1", "c2"}
    assert fold([*CODINGS, one, consensus("k2", ("c1",))]).conflicts == ()
    apart_in_both = fold([*CODINGS, consensus("k1", ("c1", "c2")), other]).conflicts
    assert [each.events for each in apart_in_both] == [("k1", "k2")], "a reader is told once"


def test_consensuses_that_replace_one_and_the_same_are_a_fork() -> None:
    """Whoever decides again replaces both."""
    state = fold([*CODINGS, consensus("k1", ()), *(consensus(name, ("c1",), "k1") for name in ("k2", "k3"))])
    (problem,) = conflict_problems(state)

    assert "'k2' and 'k3' each replace 'k1', and neither replaces the other. Decide again with" in str(problem)


def test_a_suggestion_of_a_program_is_no_consensus() -> None:
    """It sets nothing aside, and contradicts nobody."""
    suggested = consensus("k1", ()).model_copy(update={"program": "counter 1.0"})
    state = fold([*CODINGS, suggested, consensus("k2", ("c1", "c2"))])

    assert ([one.id for one in state.counted], state.conflicts) == (["c1", "c2"], ())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"coder": "ani"}, "only the coder 'consensus' can state a consensus"),
        ({"keeps": ["c1", "c9"]}, "it keeps 'c9', which 'resolves' does not name"),
        ({"keeps": None}, "keeps"),
        ({"resolves": []}, "resolves"),
    ],
)
def test_a_consensus_is_of_all_and_keeps_only_what_was_seen(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    """A line that is no consensus is named with what is wrong."""
    line = json.loads(as_line(consensus("k1", ("c1",)))) | changes
    folder = folder_of(tmp_path, **{str(line["coder"]): lines(line)})

    with pytest.raises(BenangError, match=f"line 1.*{message}"):
        read_judgements(folder)


def test_a_log_that_has_grown_is_what_it_would_be_if_it_were_read_anew(tmp_path: Path) -> None:
    """What is appended is read by itself; a line that is changed before it is seen all the same."""
    first = lines({"format": 2}, CODING)
    whole = first + lines({"format": 2, "events": 2}, TASK, {**CODING, "id": "c2", "supersedes": "c1"})
    read_judgements(folder_of(tmp_path, ani=first))

    grown = read_judgements(folder_of(tmp_path, ani=whole))

    assert [one.id for one in grown.current] == ["c2", "t1"]
    assert [grown.place(name).line for name in ("c1", "t1", "c2")] == [2, 4, 5]
    edited = read_judgements(folder_of(tmp_path, ani=whole.replace('"neat"', '"tidy"')))
    assert {one.code for one in edited.of(Coding)} == {"tidy"}
    with pytest.raises(BenangError, match=r"ani\.jsonl, line 6"):
        read_judgements(folder_of(tmp_path, ani=whole + "nonsense\n"))
