"""An invented review that several coders have coded: towns, each with a study and a note of three sentences on it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

Marks = Mapping[str, Sequence[int | None]]
"""Whether each coder found a code in each town, 1 or 0; None where the coder has not looked at the town."""

ANI = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
BUDI = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
"""Two coders on ten units (Krippendorff 2011, section B): percent .6, alpha .095; kappa .091 and AC1 .310 by hand."""

PLAN = """format = 1
title = "Night markets (invented)"
question = "Why do night markets close?"
reviewers = ["ani", "budi"]

[sources]
files = ["sources/*"]
"""
CODEBOOK = """format = 1

[[groups]]
id = "reasons"
label = { en = "Reasons", id = "Alasan" }

[[codes]]
id = "rent"
label = { en = "Rising rent", id = "Sewa naik" }
group = "reasons"

[[codes]]
id = "permits"
label = { en = "Slow permits", id = "Izin lambat" }
group = "reasons"
"""


def note(town: str) -> str:
    """Return the note on a town."""
    return f"Town {town} (invented).\n\nThe rent of stall {town} rose again. Its permit {town} came late. No more.\n"


def write_towns(folder: Path, marks: Marks, *, codebook: str = CODEBOOK, plan: str = PLAN) -> Path:
    """Write a review in which each coder is done with the towns that `marks` has for them.

    Whoever marked a town has a passage on its rent. All have one on its permit, each in every town they looked at.
    """
    towns = [f"k{at:02}" for at in range(1, len(next(iter(marks.values()))) + 1)]
    for name in ("sources", "documents", "judgements"):
        (folder / name).mkdir(parents=True)
    records = (
        f"TY  - JOUR\nID  - {one}\nTI  - Stalls of town {one}, looked at\nAU  - Umpama{one}, A.\nER  - \n"
        for one in towns
    )
    (folder / "sources" / "towns.ris").write_text("\n".join(records), encoding="utf-8")
    (folder / "review.toml").write_text(plan, encoding="utf-8")
    (folder / "codebook.toml").write_text(codebook, encoding="utf-8")
    cases = (f'[[cases]]\nid = "c{one}"\nlabel = "Town {one}"\nstudies = ["{one}"]\n' for one in towns)
    (folder / "cases.toml").write_text("\n".join(("format = 1\n", *cases)), encoding="utf-8")
    for one in towns:
        (folder / "documents" / f"{one}.md").write_text(note(one), encoding="utf-8")
    for coder, of_coder in marks.items():
        lines = [line for town, mark in zip(towns, of_coder, strict=True) for line in _events(town, coder, mark)]
        text = "\n".join(json.dumps(line) for line in ({"format": 1}, *lines)) + "\n"
        (folder / "judgements" / f"{coder}.jsonl").write_text(text, encoding="utf-8")
    return folder


def _events(town: str, coder: str, mark: int | None) -> list[dict[str, object]]:
    if mark is None:
        return []
    found = {"permits": f"Its permit {town} came late"} | ({"rent": f"rent of stall {town} rose"} if mark else {})
    codings = [coding(town, coder, code, quote) for code, quote in found.items()]
    return [*codings, done(town, coder)]


def coding(town: str, coder: str, code: str, quote: str) -> dict[str, object]:
    """Return a passage of a town as a log has it."""
    start = note(town).index(quote)
    return {
        "kind": "coding", "id": f"{coder}/c{town}/{code}", "document": f"documents/{town}.md", "start": start,
        "end": start + len(quote), "quote": quote, "code": code, "case": f"c{town}", "coder": coder, "scope": "case",
    }  # fmt: skip


def done(town: str, coder: str) -> dict[str, object]:
    """Return the task of a coder who is done with looking at a town."""
    name = f"{coder}/c{town}/task"
    return {"kind": "task", "id": name, "case": f"c{town}", "group": "reasons", "state": "done", "coder": coder}
