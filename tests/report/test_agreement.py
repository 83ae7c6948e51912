"""The report compares coders: what each of them looked at, how far they agree, and what may be concluded from it."""

from __future__ import annotations

import json
import re
import runpy
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.two_coders import ANI, BUDI, PLAN, write_towns

from benang.tasks.build.building import Built, build
from benang.tasks.explain import ExplainRequest, explain

RECOMPUTE = Path(__file__).resolve().parent.parent.parent / "docs" / "recompute.py"
TEN = {"ani": ANI, "budi": BUDI}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the build of a review of ten towns that two coders have coded."""
    return build(write_towns(tmp_path_factory.mktemp("two"), TEN))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the same with a third coder, who has looked at half of the towns."""
    citra = (1, None, 0, None, 1, None, 0, None, 1, None)
    return build(write_towns(tmp_path_factory.mktemp("three"), {**TEN, "citra": citra}))


def section(built: Built) -> str:
    """Return the words of the section on agreement, with a blank for each mark."""
    page = built.report.read_text(encoding="utf-8")
    part = page[page.index('id="part-agreement"') :]
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", " ", part[part.index(">") + 1 : part.index("</section>")])))


def evidence(built: Built) -> dict[str, Any]:
    """Return what `evidence.json` has."""
    book: dict[str, Any] = json.loads((built.out / "evidence.json").read_text(encoding="utf-8"))
    return book


def test_the_coefficients_of_a_published_example_are_printed_with_their_units(two: Built) -> None:
    """Krippendorff's ten units: 60 % agreement, kappa .09, AC1 .31 and alpha .10; four units differ."""
    assert re.search(r"Rising rent 10 60\.0% \[30, 90\]% 0\.09 .*? 0\.31 .*? 0\.10 .*? 4 Slow permits", section(two))


def test_what_was_looked_at_and_set_aside_stands_before_the_coefficients(two: Built) -> None:
    """A reader need not ask whether the uncoded parts were looked at."""
    text = section(two)

    assert "Reasons: several coders are done with 10 of 10 cases; one coder alone looked at 0 ." in text
    assert "Nothing that several coders judged was left out" in text
    assert text.index("Was what is not coded looked at?") < text.index("Rising rent")


def test_where_both_always_say_the_same_the_reason_stands_instead_of_a_number(two: Built) -> None:
    """Both found the slow permits everywhere."""
    assert "Slow permits 10 100.0% – a – a – a " in section(two)
    assert "a Both always say 'coded'" in section(two)
    assert "agreement/codes/permits/alpha" not in evidence(two)["numbers"]


def test_every_coefficient_opens_the_units_on_which_coders_differ(two: Built) -> None:
    """Towns 1, 3 and 6 are Budi's alone, town 9 is Ani's."""
    numbers = evidence(two)["numbers"]
    for name in ("percent", "kappa", "ac1", "alpha", "differing"):
        assert numbers[f"agreement/codes/rent/{name}"]["of"] == ["ck01", "ck03", "ck06", "ck09"]
        passages = ["ani/ck09/rent", "budi/ck01/rent", "budi/ck03/rent", "budi/ck06/rent"]
        assert numbers[f"agreement/codes/rent/{name}"]["passages"] == passages
    page = two.report.read_text(encoding="utf-8")
    assert 'href="#n-agreement.codes.rent.alpha"' in page
    assert 'id="n-agreement.codes.rent.alpha"' in page


def test_an_opened_coefficient_says_who_said_what(two: Built) -> None:
    """In the report's appendix and in the terminal."""
    page = unescape(two.report.read_text(encoding="utf-8"))
    assert "(ani: coded; budi: not coded)" in page

    lines = explain(ExplainRequest(two.out.parent, "agreement/codes/rent/alpha")).explanation.lines()
    assert lines[1] == "Rising rent: Krippendorff's alpha: 0.10"
    at = lines.index("Town k09 (ck09)")
    assert lines[at + 1 : at + 3] == ["  ani: coded; budi: not coded", "  “rent of stall k09 rose”"]
    assert lines[at + 3].endswith("coder: ani")


@pytest.mark.parametrize("name", ["two", "three"])
def test_a_stranger_computes_every_coefficient_again(name: str, request: pytest.FixtureRequest) -> None:
    """By the script of the docs, which reads `evidence.json` alone."""
    book, script = evidence(request.getfixturevalue(name)), runpy.run_path(str(RECOMPUTE))
    rules = {number.get("rule") for number in book["numbers"].values()}

    assert {"percent-agreement", "gwets-ac1", "krippendorffs-alpha"} < rules
    assert ("cohens-kappa" if name == "two" else "congers-kappa") in rules
    assert script["differing"](book) == []


def test_more_coders_have_congers_kappa_and_gaps_are_no_disagreement(three: Built) -> None:
    """The towns that the third has not looked at still count for the other two."""
    numbers = evidence(three)["numbers"]

    assert "Kappa of more coders is Conger's ( Conger, 1980 )" in section(three)
    assert numbers["agreement/codes/rent/units"]["value"] == 10
    assert numbers["agreement/codes/rent/coders/citra/no"]["of"] == ["ck03", "ck07"]


def test_a_report_of_one_coder_has_no_such_section(tmp_path: Path) -> None:
    """Nobody agrees alone."""
    built = build(write_towns(tmp_path, {"ani": ANI}))

    assert "part-agreement" not in built.report.read_text(encoding="utf-8")
    assert not any(name.startswith("agreement/") for name in evidence(built)["numbers"])


def test_a_case_that_a_coder_did_not_finish_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    """Budi coded the second town, and never said that it was done."""
    folder = write_towns(tmp_path, TEN)
    log = folder / "judgements" / "budi.jsonl"
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if '"budi/ck02/task"' not in line]
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = section(build(folder))

    assert "several coders are done with 9 of 10 cases; one coder alone looked at 1 ." in text
    assert "Reasons: 1 case, because budi coded it, but did not mark it as done." in text
    assert "Rising rent 9 55.6%" in text


def test_a_reason_that_several_coders_are_is_printed_once(tmp_path: Path) -> None:
    """Budi did not finish the second town, Ani not the fourth."""
    folder = write_towns(tmp_path, TEN)
    for coder, town in (("budi", "ck02"), ("ani", "ck04")):
        log = folder / "judgements" / f"{coder}.jsonl"
        lines = [line for line in log.read_text(encoding="utf-8").splitlines() if f'"{coder}/{town}/task"' not in line]
        log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = section(build(folder))

    assert "Reasons: 2 cases, because one or more coders coded it, but did not mark it as done." in text


def test_a_reader_is_told_what_may_be_concluded_and_whose_rule_that_is(two: Built) -> None:
    """Alpha of .10 is too little, and the works behind the coefficients are among the references."""
    text = section(two)

    assert "Too little agreement to draw conclusions from (α < 0.667; Krippendorff 2004, p. 241): Rising rent." in text
    assert "α is undefined here, so nothing can be concluded from it: Slow permits." in text
    assert "Landis & Koch, 1977" in text
    assert 'id="method-krippendorff-2004"' in two.report.read_text(encoding="utf-8")


def test_the_section_is_indonesian_in_an_indonesian_report(tmp_path: Path) -> None:
    """With its numerals."""
    text = section(build(write_towns(tmp_path, TEN, plan=PLAN.replace("[sources]", 'language = "id"\n\n[sources]'))))

    assert text.startswith(" Kesepakatan antarpengode")
    assert re.search(r"Sewa naik 10 60,0% .*? 0,09 \[−0,40; 0,62\] 0,31 ", text)
    assert "Izin lambat 10 100,0% – a" in text


def test_a_chart_of_the_plan_keeps_its_name_beside_the_figure_on_agreement(tmp_path: Path) -> None:
    """The figure is drawn wherever coders are compared, and gives way."""
    chart = '[[charts]]\nname = "agreement"\nkind = "code-bars"\ncodes = "reasons"\n'
    built = build(write_towns(tmp_path, TEN, plan=f"{PLAN}\n{chart}"))
    drawn = {one.stem for one in (built.out / "figures").iterdir()}

    assert drawn == {"agreement", "agreement-coders"}
    assert "Rising rent: α 0.10 (−0.46 to 0.63)" in unescape(built.report.read_text(encoding="utf-8"))


def test_word_has_the_same_table(tmp_path: Path) -> None:
    """With the interval below each coefficient, and the letters of the reasons."""
    built = build(write_towns(tmp_path, TEN), formats=("docx",))
    tables = docx.Document(str(built.out / "report.docx")).tables
    (cells,) = (
        [cell.text for cell in row.cells]
        for table in tables
        for row in table.rows
        if row.cells[0].text == "Rising rent" and len(row.cells) == 8
    )

    assert cells[1:4] == ["10", "60.0%\n[30, 90]%", "0.09\n[−0.40, 0.62]"]
    assert cells[-1] == "4"


def test_intervals_are_drawn_once(tmp_path: Path) -> None:
    """A second build keeps them, and writes the same bytes."""
    folder = write_towns(tmp_path, TEN)
    first, page = build(folder), (folder / "out" / "report.html").read_bytes()
    second = build(folder)

    assert "intervals of agreement" in first.made
    assert second.made == ()
    assert (folder / "out" / "report.html").read_bytes() == page


@pytest.fixture
def settled(tmp_path: Path) -> Built:
    """Return the build of the ten towns after a consensus: the rent of the first town does not count."""
    folder = write_towns(tmp_path, TEN)
    tasks = [f"{coder}/ck01/task" for coder in TEN]
    line = {"kind": "consensus", "id": "together", "case": "ck01", "code": "rent", "keeps": [], "coder": "consensus"}
    log = [
        {"format": 2},
        {**line, "resolves": ["budi/ck01/rent", *tasks], "reason": "It speaks of the stall next door."},
    ]
    text = "\n".join(map(json.dumps, log)) + "\n"
    (folder / "judgements" / "consensus.jsonl").write_text(text, encoding="utf-8")
    return build(folder)


def test_a_consensus_settles_a_disagreement_and_changes_no_coefficient(settled: Built, two: Built) -> None:
    """What coders said apart is what their agreement is computed from."""
    before, after = evidence(two)["numbers"], evidence(settled)["numbers"]

    assert after["agreement/codes/rent/settled"]["of"] == ["ck01"]
    for name in ("kappa", "alpha", "u-alpha", "differing"):
        assert after[f"agreement/codes/rent/{name}"] == before[f"agreement/codes/rent/{name}"]
    assert "ck01" in before["reasons/rent/cases"]["of"]
    assert "ck01" not in after["reasons/rent/cases"]["of"]
    assert re.search(r"Rising rent 10 .*? 4 1 settled", section(settled))


def test_a_passage_that_was_set_aside_opens_with_its_disagreement_alone(settled: Built) -> None:
    """It is quoted in the appendix, which says so, and neither on the page of its case nor in the account."""
    page = unescape(settled.report.read_text(encoding="utf-8"))
    of_case = page[page.index('id="case-ck01"') : page.index('id="case-ck02"')]

    assert "budi/ck01/rent" in evidence(settled)["passages"]
    assert "set aside by a consensus, and counted nowhere else" in page
    assert "rent of stall k01 rose" not in of_case
    assert "rent of stall k01 rose" in page
    assert runpy.run_path(str(RECOMPUTE))["differing"](evidence(settled)) == []
    lines = explain(ExplainRequest(settled.out.parent, "agreement/codes/rent/alpha")).explanation.lines()
    at = lines.index("  “rent of stall k01 rose”")
    assert lines[at + 1].endswith("coder: budi · set aside by a consensus, and counted nowhere else")


def test_checklists_say_how_far_coders_agree(tmp_path: Path) -> None:
    """ENTREQ asks how many coded (item 16), PRISMA how data were confirmed (item 9)."""
    plan = f'{PLAN}\n[report]\nchecklists = ["entreq", "prisma-2020"]\n'
    built = build(write_towns(tmp_path, TEN, plan=plan))
    for name in ("entreq", "prisma-2020"):
        rows = (built.out / "checklists" / f"{name}.csv").read_text(encoding="utf-8")
        assert "ani and budi coded the same cases (10). Krippendorff's alpha is 0.10." in rows
        assert "Agreement between coders" in rows
