"""A review of invented shops with records to screen, two of them twice, and nothing decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

PLAN = """format = 1
title = "Shops that closed (invented)"
question = "Why do shops close?"
reviewers = {reviewers}

[sources]
files = ["sources/*"]

[[criteria]]
id = "no-shop"
text = {{ en = "Not a shop", id = "Bukan toko" }}

[[criteria]]
id = "no-data"
stage = "full-text"
text = "No data of its own"

[[criteria]]
id = "on-shops"
kind = "include"
text = "On shops"
"""
GOODS = ("ginger", "sandals", "radios", "mangoes", "lanterns", "knives", "kites", "candles", "spices", "mirrors")


def ris(*keys: str, doi: bool = True) -> str:
    """Write records as RIS, by the keys `s0`, `s1`, …."""
    return "\n".join(
        f"TY  - JOUR\nID  - {key}\nTI  - Shops that sold {GOODS[int(key[1:])]} and closed\nAU  - Contoh{key}, A.\n"
        f"PY  - {2010 + int(key[1:])}\n" + (f"DO  - 10.9999/{key}\n" if doi else "") + "ER  - \n"
        for key in keys
    )


def shelves(folder: Path, *reviewers: str, n: int = 4, extra: str = "") -> Path:
    """Write the review: records `s0` to `s(n-1)`; `extra` is put at the end of the plan."""
    (folder / "sources").mkdir(parents=True)
    names = "[" + ", ".join(f'"{one}"' for one in reviewers or ("ani",)) + "]"
    (folder / "review.toml").write_text(PLAN.format(reviewers=names) + extra, encoding="utf-8")
    (folder / "sources" / "shops.ris").write_text(ris(*(f"s{at}" for at in range(n))), encoding="utf-8")
    return folder


def table(path: Path, verdicts: Mapping[str, str] | Sequence[Sequence[str]]) -> Path:
    """Write a table of decisions: verdicts by record, or rows of record, verdict, reason and note."""
    rows = [(key, verdict) for key, verdict in verdicts.items()] if isinstance(verdicts, Mapping) else verdicts
    lines = ["record,verdict,reason,note", *(",".join([*row, "", ""][:4]) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
