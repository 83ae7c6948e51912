"""A review opened for screening: who decides, and what its log has that the plan or the exports lack."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from tests.tasks.screening.shelves import ris, shelves
from tests.tasks.screening.test_deciding import take
from tests.tasks.screening.test_sitting import decision_line

from benang.tasks.screening.desk import open_screening, remarks_on, strangers_in


def remarks(folder: Path) -> list[str]:
    """Say what the log has and plan or exports lack."""
    screening = open_screening(folder).screening
    return [str(one) for one in (*remarks_on(screening), *strangers_in(screening))]


def edit(folder: Path, old: str, new: str) -> None:
    """Change the plan."""
    path = folder / "review.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("name", ["ANI", "René", normalize("NFD", "René"), "rené", "Consensus"])
def test_a_coder_is_called_as_the_plan_spells_them(tmp_path: Path, name: str) -> None:
    """Capitals and the way in which an accent is written make no other person."""
    names = ("ani", normalize("NFD", "René"))
    desk = open_screening(shelves(tmp_path / "shops", *names))
    assert desk.coder(name) in ("ani", "René", "consensus")


def test_two_reviewers_whose_names_differ_in_capitals_remain_two(tmp_path: Path) -> None:
    """They share a file, and each is found by their own spelling."""
    desk = open_screening(shelves(tmp_path / "shops", "ani", "Ani"))
    assert (desk.coder("ani"), desk.coder("Ani")) == ("ani", "Ani")


def test_nothing_is_remarked_of_a_review_in_order(tmp_path: Path) -> None:
    """Also of one that nobody has screened."""
    folder = shelves(tmp_path / "shops", "ani")
    assert remarks(folder) == []
    take(folder, [["s0", "exclude", "no-shop"], ["s1", "include"]])
    assert remarks(folder) == []


def test_decisions_on_records_that_vanished_are_named_and_count_again_later(tmp_path: Path) -> None:
    """An export is replaced by one with two of four records, and comes back."""
    folder = shelves(tmp_path / "shops")
    take(folder, dict.fromkeys(("s0", "s1", "s2", "s3"), "include"))
    export = folder / "sources" / "shops.ris"
    before = export.read_text(encoding="utf-8")
    export.write_text(ris("s0", "s3"), encoding="utf-8")
    assert remarks(folder) == [
        "the log has decisions on records that the exports don't have (any more): s1, s2; they count again once the "
        "records are back in sources/"
    ]
    export.write_text(before, encoding="utf-8")
    assert remarks(folder) == []
    assert len(open_screening(folder).screening.to_screen("full-text")) == 4


def test_reasons_that_the_plan_no_longer_has_are_named(tmp_path: Path) -> None:
    """The criterion was renamed after decisions used it; the records stay excluded."""
    folder = shelves(tmp_path / "shops")
    take(folder, [["s0", "exclude", "no-shop"]])
    edit(folder, 'id = "no-shop"', 'id = "not-a-shop"')
    assert remarks(folder) == [
        "records are excluded for reasons that the plan's criteria don't have (any more): no-shop; they are counted by "
        "these ids"
    ]
    assert open_screening(folder).screening.excluded("title-abstract") == ("s0",)


def test_a_stage_that_the_plan_no_longer_has_is_named(tmp_path: Path) -> None:
    """Its decisions are in the log, and count nowhere."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "exclude"})
    with (folder / "review.toml").open("a", encoding="utf-8") as plan:
        plan.write('\n[screening]\nstages = ["full-text"]\n')
    (remark,) = remarks(folder)
    assert "decisions at the stage 'title-abstract', which the plan does not use" in remark


def test_reviewers_who_left_the_plan_are_named_and_those_in_left_are_not(tmp_path: Path) -> None:
    """Ani's decisions count in both cases."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    take(folder, {"s0": "exclude"}, "ani")
    edit(folder, '["ani", "budi"]', '["budi"]')
    (remark,) = remarks(folder)
    assert remark.startswith("'ani' has decided and is not one of the plan's reviewers (budi)")
    with (folder / "review.toml").open("a", encoding="utf-8") as plan:
        plan.write('\n[screening]\nleft = ["ani"]\n')
    assert remarks(folder) == []


@pytest.mark.parametrize(
    "setting", ['[screening]\nleft = ["budy"]', "[screening.title_abstract]\nshares = { budy = 2 }"]
)
def test_an_unknown_reviewer_in_the_plan_is_named_with_the_one_that_was_meant(tmp_path: Path, setting: str) -> None:
    """A misspelt name would have no effect, and nobody would see why."""
    (remark,) = remarks(shelves(tmp_path / "shops", "ani", "budi", extra=f"\n{setting}\n"))
    assert "'budy' in '" in remark
    assert remark.endswith("Did you mean 'budi'?")


def test_two_decisions_of_one_coder_are_named_only_once_they_may_be_shown(tmp_path: Path) -> None:
    """Before budi is done, what ani said, and that she said two things, is blinded."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    take(folder, {"s0": "include", "s1": "include"}, "ani")
    (folder / "judgements" / "ani (1).jsonl").write_text(decision_line("s0", "exclude"), encoding="utf-8")
    assert remarks(folder) == []
    take(folder, {"s0": "include", "s1": "include"}, "budi")
    (remark,) = remarks(folder)
    assert remark.startswith("'ani' has decided on s0 in more than one way")
