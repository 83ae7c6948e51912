"""Which works count: by the screening and the plan, with the cases and codings that rest on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.screening.shelves import shelves, table

from benang.judgements.events import Coding
from benang.project.folder import open_folder
from benang.review.load import Loaded, load
from benang.tasks.build.account import build_notes
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.wishes import Wish
from benang.tasks.screening.deciding import DecideRequest, decide

CODES = '[[groups]]\nid = "why"\nlabel = "Why"\n\n[[codes]]\nid = "rent"\ngroup = "why"\nlabel = "Rent"\n'


def screened(tmp_path: Path, use: str) -> Loaded:
    """Load a review of four records: one excluded, one included, two undecided, the first two coded."""
    folder = shelves(tmp_path / "shops")
    plan = folder / "review.toml"
    plan.write_text(plan.read_text("utf-8").replace("[sources]\n", f'[sources]\nuse = "{use}"\n'), encoding="utf-8")
    (folder / "codebook.toml").write_text(f"format = 1\n\n{CODES}", encoding="utf-8")
    (folder / "documents").mkdir()
    for key in ("s0", "s1"):
        (folder / "documents" / f"{key}.md").write_text(f"The rent of {key} rose.\n", encoding="utf-8")
        wish = Wish(quote=f"The rent of {key} rose.", record=key, code="rent")
        add_coding(AddRequest(folder=folder, wish=wish))
    for stage, verdicts in (("title-abstract", {"s0": "exclude", "s1": "include"}), ("full-text", {"s1": "include"})):
        file = table(tmp_path / f"{stage}.csv", verdicts)
        decide(DecideRequest(folder=folder, file=file, stage=stage))  # type: ignore[arg-type]
    return load(open_folder(folder))


@pytest.mark.parametrize(
    ("use", "works", "coded"),
    [
        ("not-excluded", ("s1", "s2", "s3"), ["s1"]),
        ("included", ("s1",), ["s1"]),
        ("all", ("s0", "s1", "s2", "s3"), ["s0", "s1"]),
    ],
)
def test_the_plan_says_which_works_count(tmp_path: Path, use: str, works: tuple[str, ...], coded: list[str]) -> None:
    """Documents, cases and codings go with their works; the sources keep all four."""
    loaded = screened(tmp_path, use)
    assert loaded.corpus.keys == works
    assert [case.id for case in loaded.cases.cases] == coded
    assert sorted(one.case for one in loaded.judgements.of(Coding)) == coded
    assert len(loaded.sources.works) == 4


def test_the_build_says_how_many_count_and_why(tmp_path: Path) -> None:
    """Excluded and undecided ones are told apart."""
    notes = build_notes(screened(tmp_path, "not-excluded"), {}, "en")
    assert (
        "3 of 4 works count in maps and tables (whatever is not excluded counts; `use` in review.toml): 1 included, "
        "2 undecided or in conflict, 1 excluded"
    ) in notes
