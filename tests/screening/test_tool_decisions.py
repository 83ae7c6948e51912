"""What Rayyan, Covidence, EPPI-Reviewer and ASReview say of a record is read as decisions, whatever form it came in."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.registry import read
from benang.records.record import Record
from benang.screening.tool_decisions import ToolDecision, decisions_of_export, tool_decisions

RAYYAN = (
    'RAYYAN-INCLUSION: {"Ani"=>"Included", "Budi Tan"=>"Maybe", "Citra"=>"Excluded"} | RAYYAN-LABELS: market,rent | '
    "RAYYAN-EXCLUSION-REASONS: wrong population, not adults,foreign language | "
    'USER-NOTES: {"Citra"=>["only, one \\"city\\"", "x"]}'
)
OF_RAYYAN = (
    ToolDecision("Rayyan", "Ani", "", "include", (), "labels: market, rent"),
    ToolDecision("Rayyan", "Budi Tan", "", "unsure", (), "labels: market, rent"),
    ToolDecision(
        "Rayyan", "Citra", "", "exclude", ("wrong population, not adults", "foreign language"),
        'only, one "city"; x; labels: market, rent',
    ),
)  # fmt: skip
FORMS = {
    "r.csv": 'key,title,year,journal,authors,notes\nrayyan-1,Night markets,2010,J,"Sari, D.","{csv}"\n',
    "r.ris": "TY  - JOUR\nTI  - Night markets\nN1  - {plain}\nER  - \n",
    "r.bib": "@article{{rayyan-1,\n title={{Night markets}},\n note={{{plain}}}\n}}\n",
    "z.ris": "TY  - JOUR\nTI  - Night markets\nN1  - <p>{html}</p>\nER  - \n",
}


@pytest.mark.parametrize("name", FORMS)
def test_rayyan_names_several_reviewers_in_every_form(tmp_path: Path, name: str) -> None:
    """Maybe is unsure; reasons go with those who excluded, labels with all, notes with those who wrote them."""
    texts = {
        "plain": RAYYAN,
        "csv": RAYYAN.replace('"', '""'),
        "html": RAYYAN.replace(">", "&gt;").replace('"', "&quot;"),
    }
    path = tmp_path / name
    path.write_text(FORMS[name].format(**texts), encoding="utf-8")

    (record,) = read(path).records

    assert tool_decisions(record) == OF_RAYYAN


def said(*decisions: str, database: str = "", file: str = "") -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Return reviewer, stage, verdict and reasons of what a record has."""
    record = Record("a", decisions=decisions, database=database, file=file)
    return [(one.reviewer, one.stage, one.verdict, one.reasons) for one in tool_decisions(record)]


TITLE_IN = ("consensus", "title-abstract", "include", ())
TITLE_OUT = ("consensus", "title-abstract", "exclude", ())
TEXT_IN = ("consensus", "full-text", "include", ())


@pytest.mark.parametrize(
    ("file", "decisions"),
    [
        ("sources/review_123_irrelevant_csv_20261101.csv", [TITLE_OUT]),
        ("review_123_select_csv_20261101.csv", [TITLE_IN]),
        ("review_123_included_csv_20261101.csv", [TITLE_IN, TEXT_IN]),
        ("review_123_excluded_csv_20261101.csv", [TITLE_IN, ("consensus", "full-text", "exclude", ())]),
        ("review_123_screen_csv_20261101.csv", []),
        ("review_of_excluded_groups.csv", []),
    ],
)
def test_covidence_tells_the_list_by_the_name_of_its_file(file: str, decisions: list[object]) -> None:
    """Its lists are agreed on, and name no reviewer; what is at full text passed title and abstract."""
    assert said(database="Covidence", file=file) == decisions


@pytest.mark.parametrize(
    ("decision", "decisions"),
    [
        ("Exclusion reason: Wrong outcome; ", [TITLE_IN, ("consensus", "full-text", "exclude", ("Wrong outcome",))]),
        ("Excluded: Wrong outcome", [TITLE_IN, ("consensus", "full-text", "exclude", ("Wrong outcome",))]),
        ("irrelevant", [TITLE_OUT]),
        ("Included", [TITLE_IN, TEXT_IN]),
        ("asia; full text needed", []),
    ],
)
def test_covidence_tells_the_list_by_a_reason_or_a_status(decision: str, decisions: list[object]) -> None:
    """Tags of the reviewers are no decisions."""
    assert said(decision, database="Covidence") == decisions


def test_a_note_behind_covidences_reason_is_kept() -> None:
    """It has the reviewer and the time of the note in it."""
    record = Record("a", decisions=("Exclusion reason: Wrong outcome; Ani (2026-11-01): only one city",))

    assert [one.note for one in tool_decisions(record)] == ["", "Ani (2026-11-01): only one city"]


@pytest.mark.parametrize(
    ("codes", "decisions"),
    [
        (("INCLUDE on title & abstract",), [TITLE_IN]),
        (("EXCLUDE on title & abstract",), [TITLE_OUT]),
        (
            ("Include on title", "Screen on Full Text: EXCLUDE on language"),
            [TITLE_IN, ("consensus", "full-text", "exclude", ("language",))],
        ),
        (("EXCLUDE on full text: scanned badly",), [TITLE_IN, ("consensus", "full-text", "exclude", ())]),
        (
            ("Screen on Title & Abstract: INCLUDE", "Screen on Title & Abstract: EXCLUDE not a city"),
            [TITLE_IN, ("consensus", "title-abstract", "exclude", ("not a city",))],
        ),
        (("Screen: EXCLUDE not a city",), [("consensus", "", "exclude", ("not a city",))]),
        (("Excluded in 2020 by the ministry",), []),
        (("E",), [("consensus", "", "exclude", ())]),
        (("(E) Excluded",), [("consensus", "", "exclude", ())]),
        (("Included in review",), [("consensus", "", "include", ())]),
        (("D",), []),
    ],
)
def test_codes_of_eppi_reviewer_tell_verdict_stage_and_reason(codes: tuple[str, ...], decisions: list[object]) -> None:
    """Codes go before the status; those that contradict each other are a decision each."""
    assert said(*codes, database="EPPI-Reviewer") == decisions


def test_eppi_reviewers_status_included_counts_where_others_are_excluded() -> None:
    """Every new record of EPPI-Reviewer has it, so that alone it says nothing."""
    kept = Record("a", decisions=("I",), database="EPPI-Reviewer", file="e.csv")
    out = Record("b", decisions=("E",), database="EPPI-Reviewer", file="e.csv")

    assert decisions_of_export([kept]) == []
    assert [(record.key, one.verdict) for record, one in decisions_of_export([kept, out])] == [
        ("a", "include"),
        ("b", "exclude"),
    ]


@pytest.mark.parametrize(
    ("texts", "verdicts"),
    [
        (("asreview_label: 1",), ["include"]),
        (("asreview_label: 0.0", "included: 1"), ["exclude"]),
        (("included: 1",), ["include"]),
        (("asreview_label: 1", "asreview_label: 0", "asreview_label: 1"), ["include", "exclude"]),
        (("final_included: 0",), ["exclude"]),
        (("included: -1",), []),
        (("ASReview_relevant",), ["include"]),
        (("ASReview_irrelevant", "ASReview_prior"), ["exclude"]),
        (("ASReview_not_seen",), []),
        (("ASReview_validate_relevant",), []),
        (("asreview_label_to_validate: 1",), []),
        (("asreview_note: Excluded in 2020",), []),
    ],
)
def test_asreview_labels_what_was_seen(texts: tuple[str, ...], verdicts: list[str]) -> None:
    """Its own label goes before one that came with the data; labels to be validated are of another."""
    assert [verdict for _, _, verdict, _ in said(*texts)] == verdicts


@pytest.mark.parametrize("note", ["one city\nonly: Muara", '"one city\\nonly: Muara"'])
def test_asreview_names_its_users_on_a_server_and_has_tags(note: str) -> None:
    """As 2.2 exports them: texts as JSON in RIS, as they are in tables; a tag that was not ticked is a 0."""
    user = '"Ani"' if note.startswith('"') else "Ani"
    record = Record("a", decisions=(
        "ASReview_relevant", 'asreview_time: "2026-01-01 10:00:00"', f"asreview_note: {note}",
        "asreview_tag_design_trial: 1.0", "asreview_tag_design_cohort: 0.0", f"asreview_user_name: {user}",
        'asreview_user_email: "ani@example.org"',
    ))  # fmt: skip

    (one,) = tool_decisions(record)
    assert (one.reviewer, one.verdict, one.note) == ("Ani", "include", "one city\nonly: Muara; tags: design_trial")


def test_asreviews_note_reason_and_prior_knowledge_are_kept() -> None:
    """Labels given before the model learned are decisions too, and say so."""
    (one,) = tool_decisions(
        Record("a", decisions=("asreview_label: 0", "asreview_prior: 1", "asreview_note: far", "exclusion_reason: old"))
    )

    assert (one.verdict, one.reasons, one.note) == ("exclude", ("old",), "far; prior knowledge")


@pytest.mark.parametrize(
    ("texts", "decisions"),
    [
        (("Maybe",), [("", "", "unsure", ())]),
        (("Excluded", "exclusion reason: old"), [("", "", "exclude", ("old",))]),
        (("Full text decision: Excluded",), [("", "full-text", "exclude", ())]),
        (("consensus decision: Included",), [("consensus", "", "include", ())]),
        (("exclusion reason: old",), [("", "", "exclude", ("old",))]),
        (("Duplicate",), []),
        ((), []),
    ],
)
def test_columns_of_decisions_in_any_table_are_read(texts: tuple[str, ...], decisions: list[object]) -> None:
    """Whoever screened in a sheet of their own has a word in a column."""
    assert said(*texts) == decisions


def test_the_real_export_of_rayyan_has_its_decisions() -> None:
    """One reviewer's, in CSV and RIS alike."""
    samples = Path(__file__).parents[1] / "data" / "exports" / "samples"
    for name in ("rayyan.csv", "rayyan.ris"):
        decisions = [one for record in read(samples / name).records for one in tool_decisions(record)]
        assert [(one.reviewer, one.verdict, one.reasons) for one in decisions] == [
            ("Ani", "include", ()),
            ("Budi", "exclude", ("wrong outcome",)),
        ]
