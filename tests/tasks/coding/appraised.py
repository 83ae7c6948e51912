"""The review of night markets with an appraisal of two items and an extraction of two variables."""

from __future__ import annotations

from pathlib import Path

from tests.tasks.coding.markets import markets

FORMS = """
[[forms]]
id = "quality"
label = { en = "Quality", id = "Mutu" }
kind = "appraisal"
variables = ["aim", "ethics"]
source = "An invented form"

[[forms]]
id = "chart"
label = "Charting"
variables = ["opened", "stalls"]

[[variables]]
id = "aim"
label = { en = "Clear aim", id = "Tujuan jelas" }
shown = false
levels = [
  { id = "yes", label = { en = "Yes", id = "Ya" }, light = "good" },
  { id = "partly", label = { en = "Partly", id = "Sebagian" }, light = "some" },
  { id = "no", label = { en = "No", id = "Tidak" }, light = "poor" },
]

[[variables]]
id = "ethics"
label = { en = "Ethics", id = "Etika" }
shown = false
levels = [
  { id = "yes", label = { en = "Yes", id = "Ya" }, light = "good" },
  { id = "no", label = { en = "No", id = "Tidak" }, light = "poor" },
]

[[variables]]
id = "opened"
label = "Opened"
type = "year"

[[variables]]
id = "stalls"
label = "Stalls"
type = "number"
"""

RENT = "The rent of a stall doubled within a year"
GATES = "closed two gates"
RAIN = "Rain washed the hill road away three times."
LANES = "Visitors filled every lane."


def appraised_markets(folder: Path, reviewers: tuple[str, ...] = ("ani",)) -> Path:
    """Write the review with its forms: three cases of two studies, so that appraisals speak of studies."""
    markets(folder, reviewers)
    path = folder / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8") + FORMS, encoding="utf-8")
    return folder
