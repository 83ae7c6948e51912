"""`benang screen`: what a user types, and what they read."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path

import pytest
from tests.support import Command, without_privileges
from tests.tasks.screening.shelves import shelves, table
from tests.tasks.screening.test_importing import inclusion, rayyan, review

from benang.judgements import store


def test_a_folder_without_a_command_is_screened(benang: Command, tmp_path: Path) -> None:
    """`benang screen FOLDER --decide FILE` takes the table, `benang screen FOLDER` says how far the screening is."""
    folder = shelves(tmp_path / "shops")
    file = table(tmp_path / "decisions.csv", {"s0": "include", "s1": "exclude"})
    taken = benang("screen", folder, "--decide", file)
    assert (taken.code, "2 decisions added to the log" in taken.out) == (0, True)
    state = benang("screen", folder)
    assert [line.split() for line in state.out.splitlines()][1:4] == [
        ["to", "screen", "4"],
        ["move", "on", "to", "the", "full", "text", "1"],
        ["excluded", "1"],
    ]


def test_the_coder_is_asked_for_where_there_are_several(benang: Command, tmp_path: Path) -> None:
    """The message names the reviewers and the option."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    file = table(tmp_path / "decisions.csv", {"s0": "include"})
    refused = benang("screen", folder, "--decide", file)
    assert refused.code == 1
    assert "name the coder (reviewers in the plan: ani, budi)" in refused.err
    assert "--coder NAME" in refused.err


def test_a_round_and_an_attempt_are_noted(benang: Command, tmp_path: Path) -> None:
    """Both commands answer with what they noted."""
    folder = shelves(tmp_path / "shops")
    round_ = benang("screen", "assign", folder, "--round", "pilot", "--records", 2, "--reader", "all")
    assert "Round 'pilot': 2 records, read by ani" in round_.out
    benang("screen", folder, "--decide", table(tmp_path / "decisions.csv", {"s0": "include"}))
    attempt = benang("screen", "attempt", folder, "s0", "--way", "library", "--date", "2026-11-30")
    assert "Attempt 1 to get 's0'" in attempt.out


def test_a_round_that_cannot_be_given_out_names_the_options_that_were_typed(benang: Command, tmp_path: Path) -> None:
    """`--round` and `--reader`, not what the task calls them."""
    folder = shelves(tmp_path / "shops")
    assign = ("screen", "assign", folder, "--records", 1, "--round", "pilot")
    benang(*assign)
    assert "--round: there is a round 'pilot' already" in benang(*assign).err
    assert "--reader: 'dewi' is not one of the plan's reviewers" in benang(*assign, "--reader", "dewi").err


def test_a_stage_without_records_is_left_out(benang: Command, tmp_path: Path) -> None:
    """No full text is sought before a record is included: a heading with nothing below would puzzle."""
    assert "Full text:" not in benang("screen", "status", shelves(tmp_path / "shops")).out


def test_the_flow_is_printed_as_a_table_as_json_and_written_as_the_official_table(
    benang: Command, tmp_path: Path
) -> None:
    """One of four excluded, one on its way, two that wait; another suffix is a wrong usage."""
    folder = shelves(tmp_path / "shops")
    benang("screen", folder, "--decide", table(tmp_path / "decisions.csv", {"s0": "include", "s1": "exclude"}))
    plain, data = benang("prisma", folder), json.loads(benang("prisma", folder, "--json").out)
    written = benang("prisma", folder, "-o", tmp_path / "flow.csv")

    assert "Records not yet decided on by title and abstract  2" in plain.out
    assert [data[key] for key in ("records_screened", "records_excluded", "reports_sought")] == [4, 1, 1]
    assert f"Written: {tmp_path / 'flow.csv'}" in written.out
    assert "records_screened,node9,box4" in (tmp_path / "flow.csv").read_text(encoding="utf-8")
    assert benang("prisma", folder, "-o", tmp_path / "flow.doc").code == 2


def _lines(folder: Path, coder: str = "ani") -> list[str]:
    return (folder / "judgements" / f"{coder}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)


def _write(folder: Path, *lines: str, name: str = "ani.jsonl") -> None:
    (folder / "judgements" / name).write_bytes("".join(lines).encode())


@pytest.fixture
def decided(benang: Command, tmp_path: Path) -> Path:
    """Return a review with two decisions in the log of ani, written one after the other."""
    folder = shelves(tmp_path / "shops")
    for key in ("s0", "s1"):
        assert benang("screen", folder, "--decide", table(tmp_path / "decisions.csv", {key: "include"})).code == 0
    return folder


def test_a_log_of_a_newer_version_is_refused_and_left_alone(benang: Command, decided: Path, tmp_path: Path) -> None:
    """Its decisions can't be read by this version, and nothing is appended to it."""
    _write(decided, '{"format": 99}\n', *_lines(decided))
    before = _lines(decided)
    for command in (
        ("screen", "status", decided),
        ("verify", decided),
        ("screen", decided, "--decide", tmp_path / "decisions.csv"),
    ):
        said = benang(*command)
        assert said.code == 1
        assert "found format 99" in said.err + said.out
        assert "Install a newer version of Benang" in said.err + said.out
    assert _lines(decided) == before


def test_a_log_that_breaks_off_keeps_what_was_whole_and_says_what_was_skipped(benang: Command, decided: Path) -> None:
    """The second decision is half a line: one counts, `status` and `verify` name the place, and a new one follows."""
    *whole, last = _lines(decided)
    _write(decided, *whole, last[:70])
    said = benang("screen", "status", decided)
    assert said.code == 0
    assert "move on to the full text     1" in said.out
    assert f"judgements/ani.jsonl, line {len(whole) + 1}: one line was skipped" in said.out
    assert "one line was skipped" in benang("verify", decided).out
    again = table(decided.parent / "again.csv", {"s1": "include"})
    assert "1 decision added" in benang("screen", decided, "--decide", again).out


def test_an_edited_line_is_read_and_named_by_verify(benang: Command, decided: Path) -> None:
    """As the reference says: still read, and shown as edited."""
    _write(decided, *(line.replace('"include"', '"exclude"') for line in _lines(decided)))
    assert "excluded                     2" in benang("screen", "status", decided).out
    said = benang("verify", decided)
    assert said.code == 1
    assert "judgements/ani.jsonl, line 2: this line was edited" in said.out + said.err


def test_an_edited_line_that_is_no_decision_any_more_is_refused_by_its_number(benang: Command, decided: Path) -> None:
    """With the verdict that was meant."""
    _write(decided, *(line.replace('"include"', '"inclde"') for line in _lines(decided)))
    said = benang("screen", "status", decided)
    assert said.code == 1
    assert "judgements/ani.jsonl, line 2: verdict = 'inclde'. Did you mean 'include'?" in said.err


def test_a_log_with_windows_line_ends_and_a_mark_of_its_encoding_is_read(benang: Command, decided: Path) -> None:
    """As an editor on Windows saves it; what is appended afterwards is read too."""
    _write(decided, "\ufeff", *(line.replace("\n", "\r\n") for line in _lines(decided)))
    more = table(decided.parent / "more.csv", {"s2": "include"})
    assert "move on to the full text     3" in benang("screen", decided, "--decide", more).out
    assert benang("verify", decided).code == 0


def test_the_copies_that_a_cloud_keeps_count_each_decision_once(benang: Command, decided: Path) -> None:
    """A copy with the same lines changes nothing; one that decides otherwise is a conflict, and a word more ends it."""
    _write(decided, *_lines(decided), name="ani (1).jsonl")
    assert "move on to the full text     2" in benang("screen", "status", decided).out
    copy = json.loads(_lines(decided)[1])
    both = ({**copy, "id": f"decision/{verdict}", "verdict": verdict} for verdict in ("exclude", "unsure"))
    lines = [json.dumps({key: value for key, value in one.items() if key != "check"}) + "\n" for one in both]
    _write(decided, *lines, name="ani (1).jsonl")
    said = benang("screen", "status", decided).out
    assert "in conflict                  1" in said
    assert "'ani' has decided on s0 in more than one way" in said
    settled = table(decided.parent / "settled.csv", {"s0": "include"})
    assert "move on to the full text     2" in benang("screen", decided, "--decide", settled).out


def test_two_words_for_one_earlier_decision_stop_a_build_which_says_how_to_go_on(
    benang: Command, decided: Path
) -> None:
    """On two computers ani changed the same decision: deciding again replaces both."""
    copy = json.loads(_lines(decided)[1])
    for verdict in ("exclude", "unsure"):
        one = {**copy, "id": f"decision/{verdict}", "verdict": verdict, "supersedes": copy["id"]}
        one.pop("check")
        _write(decided, json.dumps(one) + "\n", name=f"ani ({verdict}).jsonl")
    said = benang("build", decided)
    assert said.code == 1
    assert "Decide on the record again with `benang screen`: that replaces both." in said.err
    settled = table(decided.parent / "settled.csv", {"s0": "unsure"})
    assert benang("screen", decided, "--decide", settled).code == 0
    assert "conflicts" not in benang("status", decided).out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights of folders")
def test_a_folder_that_is_read_only_is_named_and_can_still_be_looked_at(benang: Command, tmp_path: Path) -> None:
    """Nothing is decided, and nothing is left behind."""
    folder = shelves(tmp_path / "shops")
    decisions = table(tmp_path / "decisions.csv", {"s0": "include"})
    folder.chmod(0o555)
    try:
        with without_privileges():
            said = benang("screen", folder, "--decide", decisions)
            looked = benang("screen", "status", folder)
    finally:
        folder.chmod(0o755)
    assert said.code == 1
    assert "judgements/ani.jsonl: it can't be written to (Permission denied). Its contents are unchanged." in said.err
    assert looked.code == 0
    assert not (folder / "judgements").exists()


def test_a_drive_without_locks_is_refused_with_a_way_on(
    benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network drives know none: two people could write at once."""

    class Lockless:
        def __init__(self, _path: Path) -> None:
            """Take the path of the lock."""

        def __enter__(self) -> None:
            raise OSError(errno.ENOLCK, "No locks available")

        def __exit__(self, *_: object) -> None:
            """Hold nothing."""

    monkeypatch.setattr(store, "FileLock", Lockless)
    folder = shelves(tmp_path / "shops")
    said = benang("screen", folder, "--decide", table(tmp_path / "decisions.csv", {"s0": "include"}))
    assert said.code == 1
    assert "copy the review to a disk of this computer" in said.err
    assert not list((folder / "judgements").glob("*.jsonl"))


def test_a_status_without_full_texts_has_no_empty_table(benang: Command, tmp_path: Path) -> None:
    """A stage is shown once a record has come to it."""
    said = benang("screen", "status", shelves(tmp_path / "shops"))
    assert "Title and abstract:" in said.out
    assert "Full text:" not in said.out


def test_a_day_is_written_as_in_the_log(benang: Command, tmp_path: Path) -> None:
    """30-11-2026 is how Indonesians write it; the message shows the other way."""
    refused = benang("screen", "attempt", tmp_path, "s0", "--way", "library", "--date", "30-11-2026")
    assert refused.code == 2
    assert "'30-11-2026' is not a day such as 2026-11-30." in refused.err


def test_an_export_comes_in_and_lists_go_out(benang: Command, tmp_path: Path) -> None:
    """With what was taken and what to do next."""
    folder = review(tmp_path, "ani")
    export = rayyan(tmp_path, ("r1", inclusion(Ani="Included")), ("r3", inclusion(Ani="Excluded")))

    taken = benang("screen", folder, "--decide", export)
    assert (taken.code, taken.out.splitlines()[0]) == (0, "Rayyan CSV: 2 decisions added to the log (ani)")

    said = benang("screen", "export", folder, "--undecided", "--coder", "ani", "-o", tmp_path / "ani.csv")
    assert said.code == 0, said.err
    assert said.out.splitlines()[0] == "2 undecided records written"
    assert "--stage title-abstract --coder ani" in said.out


def test_the_account_of_imports_and_lists_is_in_indonesian_too(benang: Command, tmp_path: Path) -> None:
    """What came in, what is in no record, and how many records a list has."""
    folder = review(tmp_path, "ani")
    export = rayyan(tmp_path, ("r1", inclusion(Ani="Included")), ("Whistles", inclusion(Ani="Included")))

    taken = benang("--language", "id", "screen", folder, "--decide", export)
    said = benang("--language", "id", "screen", "export", folder, "--excluded", "-o", tmp_path / "out.ris")

    assert "1 putusan ditambahkan ke log (ani)" in taken.out
    assert "tidak ada artikel seperti itu dalam tinjauan ini" in taken.out
    assert "0 artikel yang dikecualikan ditulis" in said.out


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        (("-o", "a.ris"), "Name a list: --included", 2),
        (("--included", "-o", "a.docx"), "the suffix decides the format", 2),
        (("--included", "--coder", "ani", "-o", "a.ris"), "--coder goes with --undecided alone", 2),
        (("--included",), "--output", 2),
    ],
)
def test_wrong_use_of_lists_is_said(
    benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str, code: int
) -> None:
    """And nothing is written."""
    monkeypatch.chdir(tmp_path)
    folder = review(tmp_path, "ani")

    said = benang("screen", "export", folder, *words)

    assert (said.code, message in said.err) == (code, True), said.err
    assert not list(tmp_path.glob("a.*"))


def labelled(folder: Path) -> Path:
    """Write a table of invented records, of which every fourth is relevant."""
    path = folder / "labelled.csv"
    rows = (
        f"Twin towns {at},About cities,yes" if at % 4 == 0 else f"Rice prices {at},About rice,no" for at in range(24)
    )
    path.write_text("\n".join(["title,abstract,chosen", *rows, ""]), encoding="utf-8")
    return path


def test_the_json_of_a_simulation_is_all_that_is_printed_and_stays_the_same(tmp_path: Path, benang: Command) -> None:
    """A program can read it."""
    table = labelled(tmp_path)
    one, two = (benang("screen", "simulate", table, "--label", "chosen", "--seed", 4, "--json") for _ in range(2))

    assert one.out == two.out
    assert json.loads(one.out)["relevant"] == 6


def test_the_figures_of_a_simulation_are_in_the_language_of_the_reader(tmp_path: Path, benang: Command) -> None:
    """Recall, work saved, and where the rule would have ended it."""
    table = labelled(tmp_path)
    english = benang("screen", "simulate", table, "--label", "chosen")
    indonesian = benang("screen", "simulate", table, "--label", "chosen", "--language", "id")

    assert "work saved over sampling (WSS@95)" in english.out
    assert "the stopping rule would have ended the screening after" in english.out
    assert "aturan penghentian akan mengakhiri penapisan" in indonesian.out


def test_a_simulation_by_an_unknown_column_ends_with_1_and_its_neighbours(tmp_path: Path, benang: Command) -> None:
    """The message names those that are there."""
    said = benang("screen", "simulate", labelled(tmp_path), "--label", "chosn")

    assert said.code == 1
    assert "title, abstract, chosen. Did you mean 'chosen'?" in said.err


def test_a_target_out_of_range_is_wrong_usage(tmp_path: Path, benang: Command) -> None:
    """A share is below 1."""
    said = benang("screen", "simulate", labelled(tmp_path), "--label", "chosen", "--recall", "95")

    assert said.code == 2
    assert "--recall" in said.err
