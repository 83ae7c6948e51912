"""What a plan asks of codes and keywords is counted once, however many tables and charts show it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.tasks.coding.appraised import GATES, LANES, RAIN, RENT, appraised_markets

from benang.errors import BenangError
from benang.synthesis.findings import Findings
from benang.synthesis.wording import Wording, filtered_caption, number_title
from benang.tasks.build import asked, steps
from benang.tasks.build.asked import restricted
from benang.tasks.build.building import build
from benang.tasks.build.cache import LOCK
from benang.tasks.build.findings import read_findings
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value
from benang.tasks.coding.wishes import Wish

ASKED = """
[[tables]]
name = "table"
kind = "association"
codes = "reasons"
least = 1

[[charts]]
name = "chart"
kind = "association"
codes = "reasons"
least = 1

[[tables]]
name = "talked-about"
kind = "mentions"
codes = "reasons"
least = 1
"""


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Collect what is counted: the function and its threshold."""
    calls: list[tuple[str, int]] = []

    def counting(name: str) -> Callable[..., object]:
        count = getattr(asked, name)

        def counted(*given: object, **named: Any) -> object:
            calls.append((name, named["least"]))
            return count(*given, **named)

        return counted

    for name in ("review_association", "review_mentions"):
        monkeypatch.setattr(asked, name, counting(name))
    return calls


def built(review: Path, plan: str) -> Path:
    """Build a review whose plan asks for more; return where it was written."""
    file = review / "review.toml"
    file.write_text(file.read_text(encoding="utf-8") + plan, encoding="utf-8")
    return build(review).out


def test_an_association_in_a_table_a_chart_and_the_report_is_counted_once(
    built_review: Path, counts: list[tuple[str, int]]
) -> None:
    """Two questions, two counts: the one of table and chart, and the mentions."""
    out = built(built_review, ASKED)

    assert counts == [("review_association", 1), ("review_mentions", 1)]
    assert (out / "tables" / "table.csv").is_file()
    assert (out / "figures" / "chart.png").is_file()


def test_another_threshold_is_another_question(built_review: Path, counts: list[tuple[str, int]]) -> None:
    """Table and chart that ask differently are counted apart."""
    built(built_review, ASKED.replace("least = 1", "least = 2", 1))

    assert counts == [("review_association", 2), ("review_association", 1), ("review_mentions", 1)]


def with_chart(review: Path, name: str, *lines: str) -> Path:
    """Add a chart to the plan of a review."""
    plan = review / "review.toml"
    chart = "\n".join(["", "[[charts]]", f'name = "{name}"', *lines, ""])
    plan.write_text(plan.read_text(encoding="utf-8") + chart, encoding="utf-8")
    return review


def refused(review: Path) -> str:
    """Build a review that can't be built, and return why; nothing may have been written but the lock, an empty file."""
    with pytest.raises(BenangError) as caught:
        build(review)
    assert [path for path in (review / "out").rglob("*") if path.is_file()] == [review / "out" / LOCK]
    return str(caught.value)


def test_a_misspelt_score_is_found_before_any_map_is_laid_out(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the chart and the score that was meant."""
    monkeypatch.setattr(steps, "mapped", lambda *_, **__: pytest.fail("a map was laid out"))
    with_chart(review, "by-year", 'kind = "overlay"', 'map = "topics"', 'score = "Avg. pub. yaer"')

    assert refused(review) == (
        "review.toml, chart by-year, score: expected a score of the map topics, found 'Avg. pub. yaer'. "
        "Did you mean 'Avg. pub. year'?"
    )


def test_all_that_charts_ask_in_vain_comes_together(review: Path) -> None:
    """A weight of one chart, a score and its normalisation of others."""
    with_chart(review, "heavy", 'kind = "map"', 'map = "topics"', 'weight = "Occurences"')
    with_chart(review, "codes", 'kind = "overlay"', 'map = "reasons"', 'score = "Avg. citations"')

    message = refused(review)
    assert "chart heavy, weight: expected a weight of the map topics, found 'Occurences'" in message
    assert "chart codes, score: expected a score of the map reasons, found 'Avg. citations'" in message


def test_an_association_of_no_coded_study_is_named_with_its_table(review: Path) -> None:
    """Of no case a coder says that the outcome is not reported, so that no study is left to compare."""
    table = ASKED.split("least")[0] + 'where = { outcome = ["not-reported"] }\n'

    with pytest.raises(BenangError, match=r"review\.toml, table table: the selected cases have no coded passages"):
        built(review, table)


def test_a_score_is_looked_for_on_a_map_that_was_kept_too(built_review: Path) -> None:
    """The map stands from an earlier build; the chart is new."""
    build(built_review)
    with_chart(built_review, "by-year", 'kind = "overlay"', 'map = "topics"', 'score = "Avg. pub. yaer"')

    with pytest.raises(BenangError, match=r"Did you mean 'Avg\. pub\. year'"):
        build(built_review)


def test_a_map_of_codes_is_coloured_by_the_years_of_its_studies(built_review: Path) -> None:
    """An overlay needs no score to be named: codes have the usual one."""
    built = build(with_chart(built_review, "codes-by-year", 'kind = "overlay"', 'map = "reasons"'))

    assert (built.out / "figures" / "codes-by-year.png").stat().st_size > 1000


GOOD = {"aim": ("good",)}
FILTERED = """
[[tables]]
name = "reasons"
kind = "codes"
codes = "reasons"

[[tables]]
name = "good-reasons"
kind = "codes"
codes = "reasons"
where = { aim = ["good"] }

[[charts]]
name = "good-bars"
kind = "code-bars"
codes = "reasons"
where = { aim = ["good"] }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review in which rent is coded in a case of the good study, and in two of the other one."""
    folder = appraised_markets(tmp_path / "markets")
    for subject, value, quote in (("sari2018", "yes", RENT), ("lestari2019", "partly", RAIN)):
        wish = ValueWish(subject=subject, variable="aim", value=value, quotes=(quote,))
        set_value(SetRequest(folder=folder, wish=wish))
    for record, case, quote in (
        ("sari2018", "muara", GATES),
        ("lestari2019", "bukit", "three times"),
        ("lestari2019", "ladang", "Visitors filled"),
    ):
        add_coding(AddRequest(folder=folder, wish=Wish(quote=quote, record=record, code="rent", case=case)))
    return folder


@pytest.fixture
def findings(folder: Path) -> Findings:
    """Return what the review found."""
    return read_findings(folder)[0]


def rent(findings: Findings) -> tuple[str, float, tuple[str, ...]]:
    """Return the id, the value and the cases of the code `rent`."""
    row = next(row for row in findings.code_tables["reasons"].rows if row.code.id == "rent")
    return row.cases.id, row.cases.value, row.cases.of


def test_a_filter_by_an_appraisal_counts_the_passages_of_such_studies(findings: Findings) -> None:
    """A filter by an appraisal of studies counts the passages and cases of such studies alone."""
    assert rent(findings) == ("reasons/rent/cases", 3, ("bukit", "ladang", "muara"))
    assert rent(restricted(findings, GOOD)) == ("where/aim:good/reasons/rent/cases", 1, ("muara",))
    assert rent(restricted(findings, {"aim": ("good", "some")}))[1] == 3


def test_a_matrix_of_some_studies_has_the_cases_that_they_report(findings: Findings) -> None:
    """The matrix of a part has its cases alone, with the passages of its studies."""
    matrix = restricted(findings, GOOD).matrices["reasons"]
    assert matrix.cases == ("muara",)
    assert matrix.cells["muara", "rent"] == findings.matrices["reasons"].cells["muara", "rent"]


def test_a_level_and_its_light_choose_the_same(findings: Findings) -> None:
    """A level chooses the same cases as its light, where no other level has it."""
    assert rent(restricted(findings, {"aim": ("yes",)}))[2] == rent(restricted(findings, GOOD))[2]


def test_a_filter_that_nothing_fits_counts_nothing(findings: Findings) -> None:
    """A filter that no case fits counts nothing, and breaks nothing."""
    assert rent(restricted(findings, {"aim": ("poor",)}))[1:] == (0, ())


def test_several_variables_must_all_fit(findings: Findings, folder: Path) -> None:
    """Of several variables all must fit: nobody has appraised the ethics of any study; then that of Sari is good."""
    both = {"aim": ("good",), "ethics": ("yes", "no")}
    assert rent(restricted(findings, both))[1] == 0
    wish = ValueWish(subject="sari2018", variable="ethics", value="yes", quotes=(RENT,))
    set_value(SetRequest(folder=folder, wish=wish))
    assert rent(restricted(read_findings(folder)[0], both))[2] == ("muara",)


def test_what_is_not_reported_can_be_chosen_too(folder: Path) -> None:
    """The ethics of Sari are looked for and not reported; those of Lestari nobody has appraised."""
    set_value(SetRequest(folder=folder, wish=ValueWish(subject="sari2018", variable="ethics", value="not reported")))
    assert rent(restricted(read_findings(folder)[0], {"ethics": ("not-reported",)}))[2] == ("muara",)


def test_a_variable_of_cases_chooses_cases(folder: Path) -> None:
    """A variable of cases chooses cases, also where the file of cases gives it."""
    codebook, cases = folder / "codebook.toml", folder / "cases.toml"
    levels = 'levels = [{ id = "open", label = "Open" }, { id = "closed", label = "Closed" }]'
    codebook.write_text(codebook.read_text() + f'\n[[variables]]\nid = "state"\nlabel = "State"\n{levels}\n')
    cases.write_text(cases.read_text().replace('id = "bukit"', 'id = "bukit"\nstate = "open"'))
    findings = read_findings(folder)[0]
    assert rent(restricted(findings, {"state": ("open",)}))[2] == ("bukit",)


def test_what_was_looked_for_in_a_case_is_so_in_a_part_of_its_studies(folder: Path) -> None:
    """A year that stands in a study that is left out was looked for: it is not reported by those that count."""
    cases = folder / "cases.toml"
    cases.write_text(cases.read_text().replace('studies = ["sari2018"]', 'studies = ["sari2018", "lestari2019"]'))
    wish = ValueWish(subject="muara", variable="opened", value="2001", quotes=(LANES,), record="lestari2019")
    set_value(SetRequest(folder=folder, wish=wish))
    row = restricted(read_findings(folder)[0], GOOD).case_rows[0]
    assert ("opened" in row.values, row.looked_for) == (False, frozenset({"opened"}))


def test_the_caption_says_which_cases_are_counted(folder: Path) -> None:
    """The caption says which cases are counted, and how many of all; so does the title of a number."""
    plan = folder / "review.toml"
    plan.write_text(plan.read_text() + FILTERED)
    findings = read_findings(folder)[0]
    wording = Wording(findings, "en")
    assert filtered_caption("Reasons", GOOD, wording) == "Reasons (1 of 3 cases, only Clear aim: good)"
    assert number_title("where/aim:good/reasons/rent/cases", wording) == "Rising rent (Clear aim: good)"


def test_a_build_has_both_counts_under_their_own_ids(folder: Path) -> None:
    """A build writes the table of all cases as it was before, and the filtered one under ids of its own."""
    build(folder)
    before = json.loads((folder / "out/evidence.json").read_text(encoding="utf-8"))["numbers"]
    plan = folder / "review.toml"
    plan.write_text(plan.read_text() + FILTERED)
    build(folder)
    numbers = json.loads((folder / "out/evidence.json").read_text(encoding="utf-8"))["numbers"]
    assert {key: numbers[key] for key in before} == before
    assert numbers["where/aim:good/reasons/rent/cases"]["of"] == ["muara"]
    table = (folder / "out/tables/good-reasons.csv").read_text(encoding="utf-8").splitlines()
    assert table[1].startswith("rent,Rising rent,reasons,1,1,")
    assert "where/aim:good/reasons/rent/cases" in table[1]
    book = CalamineWorkbook.from_path(str(folder / "out/tables/good-reasons.xlsx"))
    rows = book.get_sheet_by_index(0).to_python()
    assert (rows[1][:3], rows[-1][0]) == (["Rising rent", 1.0, 1.0], "Only these cases: Clear aim: good.")
    report = (folder / "out/report.html").read_text(encoding="utf-8")
    assert report.count("(1 of 3 cases, only Clear aim: good)") >= 2


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ('{ aims = ["good"] }', "the codebook has no variable 'aims' with levels. Did you mean 'aim'?"),
        ('{ aim = ["god"] }', "'god' is not a level of the variable 'aim'. Did you mean 'good'?"),
        ("{ aim = [] }", "where"),
    ],
)
def test_a_filter_that_names_nothing_is_refused(folder: Path, where: str, problem: str) -> None:
    """A filter by an unknown variable or value is refused with the nearest, and an empty one."""
    plan = folder / "review.toml"
    plan.write_text(plan.read_text() + FILTERED.replace('{ aim = ["good"] }', where))
    with pytest.raises(BenangError) as error:
        read_findings(folder)
    assert problem in str(error.value)


@pytest.mark.parametrize("kind", ['"checks"', '"mentions"\ncodes = "reasons"'])
def test_checks_and_mentions_take_no_filter(folder: Path, kind: str) -> None:
    """Checks and mentions are of the whole review, and take no filter."""
    plan = folder / "review.toml"
    table = f'\n[[tables]]\nname = "some"\nkind = {kind}\nwhere = {{ aim = ["good"] }}\n'
    plan.write_text(plan.read_text() + table)
    with pytest.raises(BenangError, match="take no 'where'"):
        read_findings(folder)
