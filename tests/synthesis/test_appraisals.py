"""Appraisals counted: cells by the light of their level, bars that hold their studies, weights."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.appraised import GATES, RAIN, RENT, appraised_markets

from benang.errors import BenangError
from benang.synthesis.appraisals import given_to, weights_of
from benang.synthesis.findings import Findings
from benang.synthesis.wording import Wording, number_title
from benang.tasks.build.findings import read_findings
from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value


def give(folder: Path, subject: str, variable: str, value: str, *quotes: str) -> None:
    """Give a value."""
    wish = ValueWish(subject=subject, variable=variable, value=value, quotes=quotes, coder="ani")
    set_value(SetRequest(folder=folder, wish=wish))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review whose one study was appraised as good and not reported, the other with some concerns."""
    folder = appraised_markets(tmp_path / "markets")
    give(folder, "sari2018", "aim", "yes", RENT, GATES)
    give(folder, "sari2018", "ethics", "not reported")
    give(folder, "lestari2019", "aim", "partly", RAIN)
    give(folder, "muara", "stalls", "48", GATES)
    return folder


@pytest.fixture
def findings(folder: Path) -> Findings:
    """Return what the review found."""
    return read_findings(folder)[0]


def test_cells_have_the_light_of_their_level(findings: Findings) -> None:
    """A cell has the light of its level; what is not reported, and what nobody appraised, are marks of their own."""
    cells = findings.appraisal("quality").cells
    assert {key: cell.mark for key, cell in cells.items()} == {
        ("sari2018", "aim"): "good",
        ("sari2018", "ethics"): "not-reported",
        ("lestari2019", "aim"): "some",
        ("lestari2019", "ethics"): "not-looked",
    }


def test_a_cell_opens_the_passages_behind_it(findings: Findings) -> None:
    """The number of a cell opens the passages that the value rests on."""
    number = findings.evidence.numbers["appraisal/quality/of/sari2018/aim"]
    quotes = {" ".join(findings.evidence.passages[one].quote.split()) for one in number.passages}
    assert (number.value, number.of, number.unit) == (1, ("sari2018",), "studies")
    assert quotes == {RENT, GATES}


def test_a_bar_counts_its_studies(findings: Findings) -> None:
    """A bar counts the studies that were given its light."""
    number = findings.evidence.numbers["appraisal/quality/items/aim/some"]
    assert (number.value, number.of) == (1, ("lestari2019",))
    assert findings.evidence.numbers["appraisal/quality/items/ethics/not-looked"].of == ("lestari2019",)


def test_items_of_studies_are_no_values_of_cases(findings: Findings) -> None:
    """Where cases are not studies, the items of an appraisal are no values of cases, and count no cases."""
    assert all("aim" not in row.values for row in findings.case_rows)
    assert not [one for one in findings.evidence.numbers if one.startswith("aim/")]


def test_where_cases_are_studies_the_items_are_values_of_the_cases(folder: Path) -> None:
    """Where each case is one study, the same log gives values of the cases."""
    path = folder / "cases.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('[[cases]]\nid = "ladang"', "").replace(
        'label = "Ladang"\nstudies = ["lestari2019"]', ""
    ))  # fmt: skip
    findings = read_findings(folder)[0]
    appraisal = findings.appraisal("quality")
    assert (appraisal.subjects, appraisal.unit) == (("muara", "bukit"), "cases")
    assert appraisal.cells["muara", "aim"].mark == "good"
    assert findings.evidence.numbers["aim/yes/cases"].of == ("muara",)


def test_a_study_weighs_what_the_case_tells_that_it_is_alone_in(findings: Findings) -> None:
    """A study weighs what is given of the one case that it tells of; a study of two cases has no weight."""
    assert weights_of(findings.appraisal("quality"), "stalls", findings.coded) == {"sari2018": 48.0}
    assert given_to("lestari2019", "stalls", findings.coded) is None


def test_numbers_of_an_appraisal_have_titles(findings: Findings) -> None:
    """Numbers of an appraisal say what they are of."""
    wording = Wording(findings, "id")
    assert number_title("appraisal/quality/items/aim/some", wording) == "Tujuan jelas: ada kelemahan"
    assert number_title("appraisal/quality/of/sari2018/aim", wording) == "Sari (2018): Tujuan jelas"


def test_what_is_appraised_of_studies_is_not_given_to_a_case(folder: Path) -> None:
    """A case that is given what is appraised of its studies is refused: it would count nowhere."""
    path = folder / "cases.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "bukit"', 'id = "bukit"\naim = "yes"'))
    with pytest.raises(BenangError, match="the case 'bukit' has 'aim', which appraises studies, not cases"):
        read_findings(folder)
