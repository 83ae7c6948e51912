"""A review of ten invented towns that two coders read for two codes, as in Krippendorff's example of binary data."""

from __future__ import annotations

import json
from pathlib import Path

ANI = (1, 1, 0, 0, 0, 0, 0, 0, 0, 0)
"""Krippendorff 2004, Content Analysis, p. 224: who marked *rent* in which town."""
BUDI = (0, 1, 1, 0, 0, 1, 0, 1, 0, 0)
RENT, PERMIT = "The rent of stall {at} rose", "Its permit {at} came late"

CODEBOOK = """format = 1
[[groups]]
id = "reasons"
label = "Reasons"
[[codes]]
id = "rent"
group = "reasons"
label = "Rising rent"
definition = "The rent rose."
[[codes]]
id = "permits"
group = "reasons"
label = "Slow permits"
definition = "A permit came late."
"""
PLAN = """format = 1
title = "Why do night markets close?"
question = "Which reasons do studies give?"
language = "en"
[sources]
files = ["sources/*"]
[report]
corpus = false
"""


def towns(folder: Path, *, done: tuple[str, ...] = ("ani", "budi"), n: int = 10) -> Path:
    """Write the review; `done` are the coders who say that they are done with all of the towns."""
    for part in ("sources", "documents", "judgements"):
        (folder / part).mkdir(parents=True)
    (folder / "review.toml").write_text(PLAN, encoding="utf-8")
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    cases, records = ["format = 1\n"], []
    for at in range(n):
        cases.append(f'[[cases]]\nid = "c{at}"\nlabel = "Town {at}"\nstudies = ["k{at}"]\n')
        records.append(f"TY  - JOUR\nID  - k{at}\nTI  - Traders of the quarter number {at}\nPY  - 2020\nER  - \n")
        (folder / "documents" / f"k{at}.md").write_text(_text(at), encoding="utf-8")
    (folder / "cases.toml").write_text("".join(cases), encoding="utf-8")
    (folder / "sources" / "a.ris").write_text("\n".join(records), encoding="utf-8")
    for coder, marks in (("ani", ANI), ("budi", BUDI)):
        lines: list[dict[str, object]] = [{"format": 1}]
        for at, mark in enumerate(marks[:n]):
            if coder in done:
                lines.append(_task(coder, at))
            lines += [_coding(coder, at, "rent", RENT)] if mark else []
            lines.append(_coding(coder, at, "permits", PERMIT))
        text = "\n".join(map(json.dumps, lines)) + "\n"
        (folder / "judgements" / f"{coder}.jsonl").write_text(text, encoding="utf-8")
    return folder


def _text(at: int) -> str:
    return f"Town {at} (invented).\n\n{RENT.format(at=at)} again. {PERMIT.format(at=at)}. Nobody said more.\n"


def _task(coder: str, at: int) -> dict[str, object]:
    name = f"task/{coder}/c{at}"
    return {"kind": "task", "id": name, "case": f"c{at}", "group": "reasons", "state": "done", "coder": coder}


def _coding(coder: str, at: int, code: str, quote: str) -> dict[str, object]:
    words = quote.format(at=at)
    start = _text(at).index(words)
    return {
        "kind": "coding",
        "id": f"{coder}/c{at}/{code}",
        "document": f"documents/k{at}.md",
        "start": start,
        "end": start + len(words),
        "quote": words,
        "code": code,
        "case": f"c{at}",
        "coder": coder,
        "scope": "case",
    }
