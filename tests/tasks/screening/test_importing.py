"""Decisions of other programs go into the log: matched by ids and titles, once, whole where their reasons are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.tasks.screening.shelves import shelves

from benang.errors import BenangError, Misuse
from benang.judgements.events import Decision, Stage, Verdict
from benang.records.record import Record
from benang.screening.outcomes import Screening
from benang.screening.tool_decisions import tasks_done_elsewhere
from benang.tasks.account import Note
from benang.tasks.screening.deciding import DecideRequest, Decisions
from benang.tasks.screening.desk import ScreeningDesk, open_screening, remarks_on
from benang.tasks.screening.importing import criteria_lines, take_decisions

PLAN = """format = 1
title = "Markets at night (invented)"
question = "Why do they close?"
language = "en"
reviewers = [{reviewers}]

[sources]
files = ["sources/*"]

[[criteria]]
id = "no-market"
stage = "both"
kind = "exclude"
text = {{en = "Not about markets", id = "Bukan tentang pasar"}}
"""
TITLES = {
    "r1": "Lamps of the invented strait, and what they cost its ferrymen",
    "r2": "Ropes of the invented harbour, and who knots them at night",
    "r3": "Sails of the invented island, mended by hands of every age",
    "r4": "Baskets of the invented hill, carried down before the rain",
}
FAMILIES = {"r1": "Sari", "r2": "Putra", "r3": "Dewi", "r4": "Lestari"}


def ris(key: str, title: str = "", *, doi: str = "", more: str = "") -> str:
    """Write a record of the review as RIS."""
    lines = [
        f"TI  - {title or TITLES[key]}",
        f"AU  - {FAMILIES[key]}, A.",
        "PY  - 2015",
        *([f"DO  - {doi}"] if doi else []),
    ]
    return "\n".join(["TY  - JOUR", f"ID  - {key}", *lines, *([more] if more else []), "ER  - ", ""])


def review(tmp_path: Path, *reviewers: str, records: str = "") -> Path:
    """Write a review of four records, of which two have a DOI."""
    folder = tmp_path / "review"
    (folder / "sources").mkdir(parents=True)
    named = ", ".join(f'"{one}"' for one in reviewers)
    (folder / "review.toml").write_text(PLAN.format(reviewers=named), encoding="utf-8")
    text = records or "\n".join(ris(key, doi=f"10.9999/{key}" if key in ("r1", "r2") else "") for key in TITLES)
    (folder / "sources" / "one.ris").write_text(text, encoding="utf-8")
    return folder


def rayyan(tmp_path: Path, *rows: tuple[str, str], name: str = "rayyan.csv") -> Path:
    """Write an export of Rayyan: keys of the review's records, and the note on each."""
    lines = ["key,title,year,journal,authors,notes,doi"]
    for at, (key, note) in enumerate(rows):
        title = TITLES.get(key, key)
        doi = "https://doi.org/10.9999/R1" if key == "r1" else ""
        quoted = note.replace('"', '""')
        lines.append(f'rayyan-{700 + at},"{title.upper()}",2015,,"{FAMILIES.get(key, "Contoh")}, A.","{quoted}",{doi}')
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def inclusion(**verdicts: str) -> str:
    """Return what Rayyan writes of reviewers' verdicts."""
    inner = ", ".join(f'"{name}"=>"{verdict}"' for name, verdict in verdicts.items())
    return f"RAYYAN-INCLUSION: {{{inner}}}"


def take(folder: Path, file: Path, **more: object) -> Decisions:
    """Take the decisions of a file."""
    return take_decisions(DecideRequest(folder=folder, file=file, **more))  # type: ignore[arg-type]


def said(desk: ScreeningDesk) -> set[tuple[str, str, str, str]]:
    """Return coder, record, verdict and reason of each decision in the log."""
    return {(one.coder, one.record, one.verdict, one.reason) for one in desk.judgements.of(Decision)}


def test_an_export_with_two_reviewers_gives_each_their_own_decisions(tmp_path: Path) -> None:
    """Under the plan's spelling of their names; reasons become criteria, by their texts too."""
    folder = review(tmp_path, "ani", "Budi")
    export = rayyan(
        tmp_path,
        ("r1", inclusion(Ani="Included", budi="Maybe")),
        ("r3", inclusion(Ani="Excluded", budi="Excluded") + " | RAYYAN-EXCLUSION-REASONS: bukan tentang pasar"),
    )

    after = take(folder, export)

    assert said(after.desk) == {
        ("ani", "r1", "include", ""),
        ("Budi", "r1", "unsure", ""),
        ("ani", "r3", "exclude", "no-market"),
        ("Budi", "r3", "exclude", "no-market"),
    }
    assert {one.origin for one in after.decisions if one.record == "r3"} == {"rayyan.csv, record 2"}
    assert sorted(path.name for path in (folder / "judgements").glob("*.jsonl")) == ["ani.jsonl", "budi.jsonl"]


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    """Also from a file of another name, and where a decision was changed in Benang since."""
    folder = review(tmp_path, "ani")
    export = rayyan(tmp_path, ("r1", inclusion(Ani="Included")), ("r2", inclusion(Ani="Excluded")))
    take(folder, export)
    sheet = tmp_path / "later.csv"
    sheet.write_text("record,verdict\nr1,exclude\n", encoding="utf-8")
    take(folder, sheet)
    log = (folder / "judgements" / "ani.jsonl").read_bytes()

    again = take(folder, export.rename(tmp_path / "articles.csv"))

    assert (again.decisions, again.unchanged) == ((), 2)
    assert (folder / "judgements" / "ani.jsonl").read_bytes() == log


def test_a_verdict_that_changed_in_the_program_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    """A later export of the same review brings what is new alone."""
    folder = review(tmp_path, "ani")
    take(folder, rayyan(tmp_path, ("r1", inclusion(Ani="Maybe")), ("r2", inclusion(Ani="Included"))))

    after = take(folder, rayyan(tmp_path, ("r1", inclusion(Ani="Excluded")), ("r2", inclusion(Ani="Included"))))

    assert (len(after.decisions), after.unchanged) == (1, 1)
    assert said(after.desk) == {("ani", "r1", "exclude", ""), ("ani", "r2", "include", "")}


def test_what_does_not_match_is_listed_and_stops_nothing(tmp_path: Path) -> None:
    """With its key, what it is, and why."""
    folder = review(tmp_path, "ani")
    export = rayyan(tmp_path, ("r4", inclusion(Ani="Included")), ("Whistles of elsewhere", inclusion(Ani="Included")))

    after = take(folder, export)

    assert said(after.desk) == {("ani", "r4", "include", "")}
    (note,) = [one for one in after.account.notes if "left out" in str(getattr(one, "text", ""))]
    assert note.remarks == ("'rayyan-701' (Contoh 2015, “Whistles of elsewhere”): the review has no such record",)


def test_two_records_of_an_export_that_are_one_work_and_differ_are_left_out(tmp_path: Path) -> None:
    """Rayyan keeps duplicates until somebody resolves them."""
    folder = review(tmp_path, "ani")
    export = rayyan(
        tmp_path,
        ("r1", inclusion(Ani="Included")),
        ("r1", inclusion(Ani="Excluded")),
        ("r2", inclusion(Ani="Included")),
    )

    after = take(folder, export)

    assert said(after.desk) == {("ani", "r2", "include", "")}
    (note,) = [one for one in after.account.notes if "left out" in str(getattr(one, "text", ""))]
    assert all("decided differently on them" in one for one in note.remarks)
    assert len(note.remarks) == 2


def test_an_export_of_asreviews_server_gives_each_user_their_own_decisions(tmp_path: Path) -> None:
    """It has a column with the name of whoever labelled a record."""
    folder = review(tmp_path, "ani", "budi")
    path = tmp_path / "asreview_relevant.csv"
    rows = [f'{key},"{TITLES[key]}",{label},{name}' for key, label, name in (("r1", 1, "Ani"), ("r2", 0, "Budi"))]
    path.write_text("\n".join(["key,title,asreview_label,asreview_user_name", *rows, ""]), encoding="utf-8")
    after = take(folder, path)

    assert {(one.coder, one.record, one.verdict) for one in after.decisions} == {
        ("ani", "r1", "include"),
        ("budi", "r2", "exclude"),
    }


@pytest.mark.parametrize("second", ["asreview_label", "asreview_label.1"])
def test_labels_that_contradict_each_other_are_listed_and_not_taken(tmp_path: Path, second: str) -> None:
    """A table with two columns of labels, as two readers leave it who share a file."""
    folder = review(tmp_path, "ani")
    path = tmp_path / "labels.csv"
    rows = [f'{key},"{TITLES[key]}",{one},{other}' for key, one, other in (("r1", 1, 0), ("r2", 0, 0))]
    path.write_text("\n".join([f"key,title,asreview_label,{second}", *rows, ""]), encoding="utf-8")
    after = take(folder, path)

    assert [(one.record, one.verdict) for one in after.decisions] == [("r2", "exclude")]
    assert [line for note in after.account.notes if isinstance(note, Note) for line in note.remarks] == [
        "'r1' (“Lamps of the invented strait, and what they cost its ferrymen”): the export has different decisions of "
        "ani on it"
    ]


def test_contradicting_labels_of_an_export_in_sources_are_a_conflict(tmp_path: Path) -> None:
    """Nobody has taken them in, so that nobody has been told of them before."""
    more = "N1  - ASReview_relevant\nN1  - ASReview_irrelevant"
    folder = review(tmp_path, "ani", records="\n".join([ris("r1", more=more), ris("r2")]))

    assert open_screening(folder).screening.conflicts("title-abstract") == ("r1",)


def test_a_reason_that_the_plan_lacks_stops_an_import_by_full_text_and_comes_as_lines_to_paste(tmp_path: Path) -> None:
    """Nothing is written; with the lines in the plan the same export is taken."""
    folder = review(tmp_path, "ani")
    take(folder, rayyan(tmp_path, ("r1", inclusion(Ani="Included")), ("r2", inclusion(Ani="Included"))))
    note = inclusion(Ani="Excluded") + " | RAYYAN-EXCLUSION-REASONS: Wrong outcome"
    export = rayyan(tmp_path, ("r1", note), ("r2", inclusion(Ani="Included")), name="texts.csv")

    with pytest.raises(BenangError, match=r"not among the plan's criteria: Wrong outcome \(1\)") as error:
        take(folder, export, stage="full-text")
    lines = str(error.value).partition("\n\n")[2]
    assert lines.startswith('[[criteria]]\nid = "wrong-outcome"\nstage = "full-text"\nkind = "exclude"\n')
    assert not [one for one in open_screening(folder).judgements.of(Decision) if one.stage == "full-text"]

    plan = folder / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n" + lines + "\n", encoding="utf-8")
    after = take(folder, export, stage="full-text")
    assert after.desk.screening.outcome("full-text", "r1").reasons == ("wrong-outcome",)


def test_at_title_and_abstract_a_reason_that_the_plan_lacks_goes_into_the_note(tmp_path: Path) -> None:
    """No reason is required there."""
    folder = review(tmp_path, "ani")
    note = inclusion(Ani="Excluded") + " | RAYYAN-EXCLUSION-REASONS: Wrong outcome"

    (one,) = take(folder, rayyan(tmp_path, ("r1", note))).decisions

    assert (one.reason, one.note) == ("", "reason: Wrong outcome")


def covidence(tmp_path: Path, which: str, *rows: tuple[str, str]) -> Path:
    """Write a list of Covidence: keys of the review's records, and the notes on each."""
    path = tmp_path / f"review_12_{which}_csv_20261101.csv"
    lines = ["Title,Authors,Published Year,DOI,Covidence #,Study,Notes,Tags"]
    lines += [
        f'"{TITLES[key]}","{FAMILIES[key]}, A.",2015,,#{at},{FAMILIES[key]} 2015,"{notes}",'
        for at, (key, notes) in enumerate(rows, 1)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_covidences_lists_are_the_consensus_of_several_reviewers(tmp_path: Path) -> None:
    """Whoever was excluded by full text had passed title and abstract."""
    folder = review(tmp_path, "ani", "budi")
    take(folder, covidence(tmp_path, "irrelevant", ("r1", "")))

    after = take(folder, covidence(tmp_path, "excluded", ("r2", "Exclusion reason: Not about markets; ")))

    screening = after.desk.screening
    assert {one.coder for one in after.desk.judgements.of(Decision)} == {"consensus"}
    assert screening.excluded("title-abstract") == ("r1",)
    assert screening.outcome("title-abstract", "r2").moves_on
    assert screening.outcome("full-text", "r2").reasons == ("no-market",)


def test_one_reviewer_alone_has_decided_what_nobody_is_named_for(tmp_path: Path) -> None:
    """ASReview's labels name nobody; with several reviewers they are asked for."""
    export = tmp_path / "asreview.csv"
    rows = [f'"{TITLES[key]}","{FAMILIES[key]}, A.",2015,{label}' for key, label in (("r1", 1), ("r2", 0), ("r3", ""))]
    export.write_text("\n".join(["title,authors,year,asreview_label", *rows]) + "\n", encoding="utf-8")
    alone = review(tmp_path / "alone", "ani")
    pair = review(tmp_path / "pair", "ani", "budi")

    assert said(take(alone, export).desk) == {("ani", "r1", "include", ""), ("ani", "r2", "exclude", "")}
    with pytest.raises(BenangError, match="name the coder"):
        take(pair, export)
    assert {coder for coder, *_ in said(take(pair, export, coder="Budi").desk)} == {"budi"}


def test_a_named_coder_speaks_for_an_export_with_one_reviewer_and_not_for_two(tmp_path: Path) -> None:
    """Emily in Rayyan may be ani in the plan."""
    folder = review(tmp_path, "ani")

    assert {
        c for c, *_ in said(take(folder, rayyan(tmp_path, ("r1", inclusion(Emily="Included"))), coder="ani").desk)
    } == {"ani"}
    with pytest.raises(Misuse, match=r"names its reviewers \(Ani, Emily\): leave out coder"):
        take(folder, rayyan(tmp_path, ("r2", inclusion(Emily="Included", Ani="Included"))), coder="ani")


def test_names_that_the_plan_lacks_come_with_the_way_on(tmp_path: Path) -> None:
    """Rayyan has the names of accounts: once the plan has them too, nothing is said."""
    file = rayyan(tmp_path, ("r1", inclusion(Emily="Included", Ani="Included")))
    (tmp_path / "other").mkdir()
    unknown = str(take(review(tmp_path / "other", "emily s", "ani r"), file).account)
    known = str(take(review(tmp_path, "Emily", "Ani"), file).account)
    way_on = "write 'reviewers' in review.toml as the export names them"
    assert (way_on in unknown, way_on in known) == (True, False)


def test_an_export_without_decisions_is_refused(tmp_path: Path) -> None:
    """It says what would have been one."""
    folder = review(tmp_path, "ani")

    with pytest.raises(
        BenangError, match=r"rayyan\.csv: expected an export of Rayyan.*found no decisions on its records"
    ):
        take(folder, rayyan(tmp_path, ("r1", "read again")))


def test_decisions_without_ids_and_titles_are_refused(tmp_path: Path) -> None:
    """As is an export of another review."""
    folder = review(tmp_path, "ani")
    bare = tmp_path / "bare.ris"
    bare.write_text("TY  - JOUR\nAU  - Sari, A.\nPY  - 2015\nN1  - ASReview_relevant\nER  - \n", encoding="utf-8")

    with pytest.raises(BenangError, match="without ids and titles"):
        take(folder, bare)
    with pytest.raises(BenangError, match="a decision on 1 record, which the review does not have"):
        take(folder, rayyan(tmp_path, ("Whistles of elsewhere", inclusion(Ani="Included"))))


def test_an_export_in_sources_brings_its_decisions_and_the_log_goes_before_them(tmp_path: Path) -> None:
    """Nothing is written for it: the export stays where the decisions are."""
    note = f"N1  - {inclusion(Ani='Excluded')}"
    folder = review(tmp_path, "ani", records="\n".join([ris("r1", more=note), ris("r2", more=note), ris("r3")]))

    desk = open_screening(folder)
    assert desk.screening.excluded("title-abstract") == ("r1", "r2")
    assert desk.screening.outcome("title-abstract", "r1").decisions[0].origin == "sources/one.ris, record 1"
    assert not (folder / "judgements").exists()

    sheet = tmp_path / "later.csv"
    sheet.write_text("record,verdict\nr1,include\n", encoding="utf-8")
    assert take(folder, sheet).desk.screening.excluded("title-abstract") == ("r2",)


def test_decisions_in_sources_that_name_nobody_are_named_until_somebody_takes_them(tmp_path: Path) -> None:
    """With several reviewers they count nowhere; the status, the figure and the build say so."""
    more = "N1  - ASReview_irrelevant"
    folder = review(tmp_path, "ani", "budi", records="\n".join([ris("r1", more=more), ris("r2", more=more), ris("r3")]))

    desk = open_screening(folder)
    (remark,) = remarks_on(desk.screening)
    assert remark.startswith("sources/one.ris has 2 decisions that do not count, because the export does not say whose")
    assert not desk.screening.has_begun
    after = take(folder, folder / "sources" / "one.ris", coder="ani")
    assert (len(after.decisions), remarks_on(open_screening(folder).screening)) == (2, ())


def test_decisions_in_sources_at_a_stage_that_the_plan_does_not_use_are_named(tmp_path: Path) -> None:
    """As those of the log are."""
    more = "N1  - Exclusion reason: Wrong outcome;"
    folder = review(tmp_path, "ani", records="\n".join([ris("r1", more=more), ris("r2")]))
    plan = folder / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + '\n[screening]\nstages = ["title-abstract"]\n', encoding="utf-8")

    (remark,) = remarks_on(open_screening(folder).screening)
    assert remark.startswith("there are decisions at the stage 'full-text', which the plan does not use")


def test_criteria_have_ids_of_their_own() -> None:
    """Of letters that an id may have; one that is taken gets a number."""
    assert [line for line in criteria_lines(["Étude «longue»", "?"], ["reason"]).splitlines() if "id =" in line] == [
        'id = "reason-2"',
        'id = "etude-longue"',
    ]


def test_a_record_without_ids_and_title_is_listed_by_its_number_alone(tmp_path: Path) -> None:
    """Of three rows without ids, one is matched by its title, and two are listed."""
    folder = shelves(tmp_path / "shops")
    said = 'RAYYAN-INCLUSION: {""ani""=>""Included""}'
    rows = ("Shops that sold ginger and closed,2010", "Something else,2011", ",")
    text = "title,year,notes\n" + "".join(f'{row},"{said}"\n' for row in rows)
    file = tmp_path / "rayyan.csv"
    file.write_text(text, encoding="utf-8")
    account = take_decisions(DecideRequest(folder=folder, file=file)).account
    (left_out,) = (one for one in account.notes if isinstance(one, Note) and one.remarks)
    assert "Something else" in left_out.remarks[0]
    assert left_out.remarks[1].endswith("(no title): the review has no such record")


def brought_by_both(tmp_path: Path, *, ani: Sequence[str], budi: Sequence[str], later: Sequence[str] = ()) -> Screening:
    """Open a review whose export says what both reviewers decided on its records; others come in another one."""
    notes = [
        inclusion(**{"ani": one, "budi": other} if other else {"ani": one})
        for one, other in zip(ani, budi, strict=True)
    ]
    keys = [key for key in TITLES if key not in later]
    records = [ris(key, more=f"N1  - {note}") for key, note in zip(keys, notes, strict=True)]
    folder = review(tmp_path, "ani", "budi", records="\n".join(records))
    for key in later:
        (folder / "sources" / f"{key}.ris").write_text(ris(key), encoding="utf-8")
    return open_screening(folder).screening


def test_new_records_do_not_hide_what_was_decided_on_all_of_an_export(tmp_path: Path) -> None:
    """Both had read the first three records in Rayyan, and the fourth is new: only that one waits."""
    both = ("Included", "Excluded", "Excluded")
    screening = brought_by_both(tmp_path, ani=both, budi=("Included", "Excluded", "Included"), later=["r4"])
    assert screening.outcome("title-abstract", "r1").verdict == "include"
    assert screening.excluded("title-abstract") == ("r2",)
    assert screening.conflicts("title-abstract") == ("r3",)
    assert screening.undecided("title-abstract") == ("r4",)


def test_an_export_that_somebody_has_not_read_to_the_end_is_blinded_like_a_log(tmp_path: Path) -> None:
    """Budi had not decided on its third record: nothing on which both have decided is shown."""
    screening = brought_by_both(tmp_path, ani=["Included"] * 3, budi=("Included", "Excluded", ""), later=["r4"])
    assert len(screening.undecided("title-abstract")) == 4
    assert {one.decisions for one in screening.outcomes["title-abstract"].values()} == {()}


def test_at_full_text_an_export_is_read_to_the_end_without_what_it_excludes_before() -> None:
    """Ani has decided on the reports of both records that are left; Budi on one of them."""
    records = [Record(key, file="export.csv") for key in ("r1", "r2", "r3")]

    def says(coder: str, record: str, verdict: Verdict, stage: Stage) -> Decision:
        return Decision(id=f"{coder}/{record}/{stage}", coder=coder, record=record, verdict=verdict, stage=stage)

    titles = [
        says("consensus", "r1", "include", "title-abstract"),
        says("consensus", "r2", "exclude", "title-abstract"),
    ]
    texts = [says("ani", key, "include", "full-text") for key in ("r1", "r3")]
    done = tasks_done_elsewhere(records, [*titles, *texts, says("budi", "r1", "include", "full-text")])
    assert [(one.coder, one.stage, one.records) for one in done] == [("ani", "full-text", ("r1", "r3"))]
