"""A review is rebuilt from its folder by one command, which says in the language of the report what it did."""

from __future__ import annotations

import csv
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.maps.full_networks import full_map
from tests.support import without_privileges
from tests.tasks.coding.markets import markets

from benang.errors import BenangError
from benang.maps.cluster_labels import LostLabel
from benang.progress import Cancelled, Progress
from benang.project.folder import open_folder
from benang.review.load import load
from benang.tasks.account import Account, Note
from benang.tasks.build import chart_steps
from benang.tasks.build.building import Built, build, build_notes
from benang.tasks.build.cache import LOCK
from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value
from benang.tasks.coding.looking import LookRequest, look


def _files(out: Path) -> dict[str, bytes]:
    """Read what a build made; the lock, an empty file, is no product."""
    made = (path for path in sorted(out.rglob("*")) if path.is_file() and path != out / LOCK)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in made}


def _table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_a_build_makes_what_the_plan_asks_for(review: Path) -> None:
    """Maps, tables, figures, evidence, report and provenance stand in `out/`, and nothing else."""
    built = build(review)

    expected = {
        "maps/topics.json",
        "maps/reasons.json",
        *(f"tables/{name}.{suffix}" for name in ("reasons", "cases", "checks") for suffix in ("csv", "xlsx")),
        "evidence.json",
        "provenance.json",
        "report.html",
        ".benang/made.json",
        ".benang/corpus-figures.json",
    }
    figures = ("topics", "reasons", "years")
    expected |= {f"figures/{name}.{suffix}" for name in figures for suffix in ("svg", "png", "pdf")}
    assert set(_files(review / "out")) == expected
    assert built.report == review / "out" / "report.html"
    assert built.kept == ()


@pytest.mark.slow
def test_a_build_that_is_cancelled_at_any_step_leaves_nothing_half_written(review: Path) -> None:
    """It is cancelled at its first step, then at its second, and so on; what the last one makes is as of one piece."""
    out, steps = review / "out", dict[str, None]()
    whole = _files(
        build(review, out=review.parent / "undisturbed", progress=lambda what, _: steps.update({what: None})).out
    )

    def cancel_at(step: str) -> Progress:
        def progress(what: str, _share: float) -> None:
            if what == step:
                raise Cancelled

        return progress

    for step in steps:
        with pytest.raises(Cancelled):
            build(review, progress=cancel_at(step))
        there = _files(out) if out.exists() else {}
        assert there.keys() - {".benang/made.json"} <= whole.keys()
        assert all(data == whole[name] for name, data in there.items() if name != ".benang/made.json")

    assert len(steps) >= 9
    build(review)
    assert _files(out) == whole


@pytest.mark.slow
def test_tables_count_the_codings(built_review: Path) -> None:
    """Rent is coded in two cases, each from its own study; fire in none."""
    table = _table(built_review / "out", "reasons")

    rows = {row["code"]: (row["cases"], row["studies"], row["group"]) for row in table}
    assert rows == {
        "rent": ("2", "2", "inside"),
        "silence": ("1", "1", "inside"),
        "rain": ("1", "1", "outside"),
        "fire": ("0", "0", "outside"),
    }


@pytest.mark.slow
def test_claims_are_held_against_the_data(built_review: Path) -> None:
    """Two markets it is, not three."""
    verdicts = {row["claim"]: row["verdict"] for row in _table(built_review / "out", "checks")}

    assert (verdicts["two-cases"], verdicts["three-cases"]) == ("holds", "contradicted")
    assert "general/code-never-used/fire" in verdicts


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(built_review: Path, test_data: Path, tmp_path: Path) -> None:
    """In another folder, from a copy of the review elsewhere, everything is the same to the byte."""
    other = Path(shutil.copytree(test_data / "mini-review", tmp_path / "elsewhere" / "copy"))
    build(other, out=tmp_path / "two")

    assert _files(built_review / "out") == _files(tmp_path / "two")


@pytest.mark.slow
def test_what_has_not_changed_is_not_made_again(built_review: Path) -> None:
    """A second build makes nothing; a changed label draws the figures that show it, and no map."""
    assert build(built_review).made == ()

    codebook = built_review / "codebook.toml"
    codebook.write_text(codebook.read_text(encoding="utf-8").replace("Rent too high", "High rent"), encoding="utf-8")
    made = build(built_review).made

    assert "figures/reasons" in made
    assert "figures/topics" not in made


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    """Return a small review of night markets that has an outcome, and of whose cases and codes a figure is drawn."""
    folder = markets(tmp_path / "markets")
    more = {
        "review.toml": '[report]\ncorpus = false\n[[charts]]\nname = "m"\nkind = "case-matrix"\ncodes = "reasons"\n',
        "codebook.toml": '[[variables]]\nid = "outcome"\nlabel = "Outcome"\nlevels = [{ id = "over", label = "Over" }]',
    }
    for name, lines in more.items():
        file = folder / name
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{lines}\n", encoding="utf-8")
    return folder


@pytest.mark.slow
def test_where_a_coder_is_done_with_looking_figures_and_report_are_made_anew(matrix: Path) -> None:
    """No number changes where a case was read in vain; its cells do, and the words that stand for them."""
    out = build(matrix).out
    figure, report = out / "figures/m.svg", out / "report.html"
    before = figure.read_bytes()
    assert report.read_text(encoding="utf-8").count("This case has not been read for them yet") == 3

    look(LookRequest(folder=matrix, case="muara"))
    build(matrix)
    assert report.read_text(encoding="utf-8").count("This case has not been read for them yet") == 2
    assert figure.read_bytes() != before


@pytest.mark.slow
def test_a_matrix_gathers_cases_by_an_outcome_that_was_coded(matrix: Path) -> None:
    """An outcome may stand in cases.toml, or be a value that a coder gave with its quote."""
    wish = ValueWish(subject="muara", variable="outcome", value="over", quotes=("doubled within a year",))
    set_value(SetRequest(folder=matrix, wish=wish))
    figure = (build(matrix).out / "figures/m.svg").read_text(encoding="utf-8")

    assert "Over (1)" in figure
    assert "No outcome given (2)" in figure


@pytest.mark.slow
def test_a_build_that_was_stopped_leaves_no_half_file_and_goes_on(
    review: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped before the third figure, the build leaves whole files only; the next one makes what is missing."""
    draw = chart_steps.draw

    def stopping(chart: Any, *rest: Any) -> None:
        if chart.name == "years":
            raise KeyboardInterrupt
        draw(chart, *rest)

    monkeypatch.setattr(chart_steps, "draw", stopping)
    with pytest.raises(KeyboardInterrupt):
        build(review)
    before = _files(review / "out")
    assert not [name for name in before if ".benang-" in name or "years" in name]

    monkeypatch.undo()
    built = build(review)

    assert "figures/topics" in built.kept
    assert "figures/years" in built.made


@pytest.mark.slow
def test_a_lost_quote_stops_the_build_with_file_and_line(review: Path) -> None:
    """A quote that its document no longer has names the file and line of the judgement; nothing is written."""
    document = review / "documents" / "harjo2020.md"
    document.write_text("# Harjo (2020)\n\nNothing of the kind.\n", encoding="utf-8")

    with pytest.raises(BenangError) as told:
        build(review)

    assert len(told.value.problems) == 2
    assert "judgements/ani.jsonl, line 1 (hulu/rain)" in str(told.value)
    assert not (review / "out").exists()


@pytest.mark.slow
def test_keep_going_builds_without_the_lost_quote_and_says_so(built_review: Path) -> None:
    """The report lists what was left out; the counts follow."""
    document = built_review / "documents" / "harjo2020.md"
    document.write_text("# Harjo (2020)\n\nThe rent rose, and the rent rose as well.\n", encoding="utf-8")

    built = build(built_review, keep_going=True)

    assert [lost.judgement for lost in built.findings.unplaced] == ["hulu/rain"]
    assert "hulu/rain" in built.report.read_text(encoding="utf-8")
    assert built.findings.evidence.numbers["reasons/rain/cases"].value == 0


@pytest.mark.slow
def test_a_moved_quote_is_found_again(built_review: Path) -> None:
    """Text put before a passage moves it; evidence.json gives the new place."""
    document = built_review / "documents" / "harjo2020.md"
    document.write_text("A new first line.\n" + document.read_text(encoding="utf-8"), encoding="utf-8")

    built = build(built_review)

    passage = json.loads((built_review / "out" / "evidence.json").read_text(encoding="utf-8"))["passages"]["hulu/rain"]
    text = document.read_text(encoding="utf-8")
    assert text[passage["start"] : passage["end"]] == passage["quote"] == "moved away because of rain"
    assert set(built.findings.moved) == {"hulu/rain", "hulu/rent"}


@pytest.mark.slow
def test_the_report_comes_in_indonesian(review: Path) -> None:
    """Title and labels follow the language asked for."""
    page = build(review, language="id").report.read_text(encoding="utf-8")

    assert 'lang="id"' in page
    assert "Dua pasar" in page
    assert "Sewa terlalu mahal" in page


@pytest.mark.slow
def test_a_table_that_the_plan_no_longer_asks_for_goes_with_its_workbook(built_review: Path) -> None:
    """Both of its files are taken away, and the others stay as they are."""
    plan = built_review / "review.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('[[tables]]\nname = "cases"\nkind = "cases"\n', ""), encoding="utf-8")

    built = build(built_review)

    assert set(built.removed) == {"tables/cases.csv", "tables/cases.xlsx"}
    assert {"tables/reasons", "tables/checks"} <= set(built.kept)


@pytest.mark.slow
def test_a_review_of_maps_only_works(review: Path) -> None:
    """A review without cases, codes and claims is one that only maps its field."""
    for name in ("codebook.toml", "cases.toml", "claims.toml"):
        (review / name).unlink()
    shutil.rmtree(review / "judgements")
    shutil.rmtree(review / "documents")
    (review / "review.toml").write_text(
        'format = 1\ntitle = "Markets"\nquestion = "Where?"\n\n[[maps]]\nname = "topics"\nitems = "author-keywords"\n\n'
        '[[charts]]\nname = "topics"\nkind = "map"\nmap = "topics"\n',
        encoding="utf-8",
    )

    built = build(review)

    assert built.findings.cases.cases == ()
    assert (review / "out" / "figures" / "topics.svg").is_file()


@pytest.mark.slow
def test_a_line_of_the_thesaurus_that_no_map_uses_is_said(review: Path) -> None:
    """A label that stands on one of two maps is used; one that stands on neither is a slip."""
    for name in ("codebook.toml", "cases.toml", "claims.toml"):
        (review / name).unlink()
    shutil.rmtree(review / "judgements")
    shutil.rmtree(review / "documents")
    (review / "review.toml").write_text(
        'format = 1\ntitle = "Markets"\nquestion = "Where?"\n\n[cleaning]\nthesaurus = "thesaurus.tsv"\n\n'
        '[[maps]]\nname = "topics"\nitems = "author-keywords"\n',
        encoding="utf-8",
    )
    text = "label\treplace by\natlantis\tmarket\n"
    (review / "thesaurus.tsv").write_text(text, encoding="utf-8")

    assert "thesaurus.tsv, 1 of 1 line matches nothing: 'atlantis'" in build(review).notes


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
def test_a_folder_without_permission_is_named_before_the_work(review: Path, tmp_path: Path) -> None:
    """Nothing is made where nothing can be written."""
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)

    with without_privileges(), pytest.raises(BenangError, match="can't write here"):
        build(review, out=closed / "out")

    assert list(closed.iterdir()) == []


@pytest.mark.slow
def test_a_lost_quote_is_refused_by_the_name_of_the_argument(review: Path) -> None:
    """Who builds from a notebook reads no option of the command line."""
    (review / "documents" / "harjo2020.md").write_text("# Harjo\n\nand the rent rose as well.\n", encoding="utf-8")

    with pytest.raises(BenangError, match=r"have it listed \(keep_going\)"):
        build(review)


@pytest.mark.slow
def test_a_file_in_place_of_the_output_folder_is_named(review: Path, tmp_path: Path) -> None:
    """The error says where and offers another folder."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(BenangError, match=r"can't write here.*folder \(out\)"):
        build(review, out=tmp_path / "file" / "out")


@pytest.mark.slow
@pytest.mark.parametrize("name", [".", "sources", "documents"])
def test_what_is_made_never_mixes_with_what_it_rests_on(review: Path, name: str) -> None:
    """The review's own folders are no place for its output."""
    with pytest.raises(BenangError, match=r"would mix with the sources of the review.*folder \(out\)"):
        build(review, out=review / name)


@pytest.mark.slow
def test_a_map_of_codes_that_nobody_used_yet_is_refused(review: Path) -> None:
    """Before the first coding, the message says what to add or to take out."""
    (review / "judgements" / "ani.jsonl").unlink()

    with pytest.raises(BenangError, match=r"no passage has a code of the group 'reasons' yet"):
        build(review)


def text(account: Account) -> str:
    """Return all that an account says, as lines."""
    lines: list[str] = []
    for note in account.notes:
        lines += [note.text, *([] if isinstance(note, Note) else note.lines()), *note.remarks]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, test_data: Path) -> Built:
    """Return an Indonesian build of the review of two night markets."""
    return build(test_data / "mini-review", out=tmp_path_factory.mktemp("out"), language="id")


def test_a_build_says_what_it_read_and_made_in_indonesian(built: Built) -> None:
    """Three records, two cases; the report to open comes last."""
    said = text(built.account)

    assert "3 dari 3 artikel terbaca, 2 kasus" in said
    assert f"{len(built.made)} keluaran dibuat, 0 tidak berubah" in said
    assert said.endswith(f"Buka {built.report}")


def test_a_log_that_broke_off_is_told_with_its_place(tmp_path: Path, test_data: Path) -> None:
    """A program was killed while it appended: the rest of the review is read as ever."""
    shutil.copytree(test_data / "mini-review", tmp_path / "review")
    with (tmp_path / "review" / "judgements" / "ani.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"kind": "task", "id": "t9')
    notes = build_notes(load(open_folder(tmp_path / "review")), {}, "id")

    assert [one for one in notes if "ani.jsonl" in one] == [
        "judgements/ani.jsonl, line 9: satu baris dilewati karena penulisan terputus di sana "
        '({"kind": "task", "id": "t9). Masukkan kembali yang hilang.'
    ]


def test_names_of_clusters_that_were_lost_are_in_the_language_of_the_build(test_data: Path) -> None:
    """A map keeps what became of them in English; a reader of Indonesian gets neither half of it in English."""
    drawn = full_map()
    settings = replace(drawn.settings, cluster_names_lost=(str(LostLabel("rent", 2, 0.5)),))
    notes = build_notes(
        load(open_folder(test_data / "mini-review")), {"keywords": replace(drawn, settings=settings)}, "id"
    )

    assert notes[-1] == "peta keywords: 'rent': klaster yang paling mirip, 2, memiliki 50% item yang sama dengannya."


def test_remarks_on_exports_are_in_the_language_of_the_build(tmp_path: Path, test_data: Path) -> None:
    """A column that no field takes is named in Indonesian."""
    folder = Path(shutil.copytree(test_data / "mini-review", tmp_path / "review"))
    export = 'Title,Author,Year,Shelf\n"The rent of stalls in the harbour","Umpama, A.",2018,B7\n'
    (folder / "sources" / "more.csv").write_text(export, encoding="utf-8")
    plan = folder / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("sources/*.ris", "sources/*"), encoding="utf-8")
    account = build(folder, out=tmp_path / "out", language="id").account

    assert "sources/more.csv: Kolom yang tidak dibaca: Shelf." in text(account)
