"""A review of two invented night markets with nothing coded, as `docs/review-folder.md` has it."""

from __future__ import annotations

from pathlib import Path

PLAN = """format = 1
title = "Night markets that closed (invented)"
question = "Why do night markets close?"
reviewers = {reviewers}

[sources]
files = ["sources/*"]
"""
CODEBOOK = """format = 1

[[groups]]
id = "reasons"
label = "Reasons"

[[codes]]
id = "rent"
group = "reasons"
label = { en = "Rising rent", id = "Sewa naik" }
definition = "The price of a stall rises."

[[codes]]
id = "permits"
group = "reasons"
label = "Slow permits"

[[codes]]
id = "noise"
group = "reasons"
label = "Noise"
retired = true
"""
CASES = """format = 1

[[cases]]
id = "muara"
label = "Muara"
studies = ["sari2018"]

[[cases]]
id = "bukit"
label = "Bukit"
studies = ["lestari2019"]

[[cases]]
id = "ladang"
label = "Ladang"
studies = ["lestari2019"]
"""
RIS = """TY  - JOUR
ID  - sari2018
TI  - Night markets of Muara read again
AU  - Sari, D.
PY  - 2018
ER  -

TY  - JOUR
ID  - lestari2019
TI  - Rain and crowds on the hill of Bukit
AU  - Lestari, P.
PY  - 2019
ER  -

TY  - JOUR
ID  - anwar2017
TI  - Ferries and sellers of the strait
AU  - Anwar, B.
PY  - 2017
AB  - Sellers crossed the strait twice a week. The company raised its fare without a warning.
ER  -
"""
DOCUMENTS = {
    "sari2018": "The rent of a stall\ndoubled within a year, and the municipal admin-\nistration closed two gates.\n\n"
    "In the north prices rose at once. At the harbour prices rose when the ferry stopped.\n",
    "lestari2019": "Rain washed the hill road away three times. Visitors filled every lane.\n",
}


def markets(folder: Path, reviewers: tuple[str, ...] = ("ani",)) -> Path:
    """Write the review into a new folder, and return it."""
    named = "[" + ", ".join(f'"{one}"' for one in reviewers) + "]"
    files = {
        "review.toml": PLAN.format(reviewers=named),
        "codebook.toml": CODEBOOK,
        "cases.toml": CASES,
        "sources/markets.ris": RIS,
        **{f"documents/{key}.md": text for key, text in DOCUMENTS.items()},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return folder


def logs(folder: Path) -> dict[str, bytes]:
    """Return the logs of a review, by the names of their files."""
    return {path.name: path.read_bytes() for path in sorted((folder / "judgements").glob("*.jsonl"))}
