"""The cases in a table and one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.report.invented import PASSAGES
from tests.report.page_reader import cells
from tests.synthesis.invented import CODEBOOK, DOUBTED, JUDGED, found, quotation, value
from tests.tasks.coding.appraised import RAIN, RENT, appraised_markets

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Codebook, Variable
from benang.evidence import Evidence
from benang.project.toml_files import Label
from benang.report import Block, CasePage, Paragraph, Table
from benang.report.cases import appraisal_blocks, case_page, case_table
from benang.report.content import Names
from benang.report.inline import Texts, plain
from benang.synthesis.csv_tables import cases_csv
from benang.tasks.build.findings import read_findings
from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value


def test_a_case_without_years_or_outcome_says_not_reported(names: Names) -> None:
    """Nothing is left blank."""
    rows = cells(case_table(names.findings.case_rows, names))

    assert rows[0] == ["Hulu – Muara", "Ruritania", "?–2016", "Closed", "Sari, 2018", "0", "2"]
    assert rows[1] == ["Hilir – Muara", "Ruritania", "not reported", "not reported", "Tan et al., 2021", "0", "1"]
    assert rows[2][-1] == "1 group of 2"


def test_a_variable_that_nobody_looked_for_is_not_said_to_be_unreported() -> None:
    """Cikal's beginning is looked for and not reported; of Ends nobody has looked for years and outcome."""
    names = Names(found(), Texts("en"))
    facts = {
        case: {fact.label: fact.text for fact in of(case, names).facts if fact.label in ("Years", "Outcome")}
        for case in ("cikal", "ends")
    }

    assert facts["cikal"] == {"Years": "not reported", "Outcome": "Closed"}
    assert facts["ends"] == {"Years": "not looked for", "Outcome": "not looked for"}


def of(case: str, names: Names) -> CasePage:
    """Return the page of a case."""
    return case_page(next(row for row in names.findings.case_rows if row.case.id == case), names)


def test_a_case_tells_its_variables_years_outcome_and_studies(names: Names) -> None:
    """In this order, the note on the outcome beside it; a variable that is not to be shown is left out."""
    page = of("hulu", names)

    assert page.title == "Hulu – Muara"
    assert [(fact.label, fact.text) for fact in page.facts[:4]] == [
        ("Partner", "Muara"),
        ("Country", "Ruritania"),
        ("Years", "?–2016"),
        ("Outcome", "Closed: closed for good"),
    ]
    assert "Sari, 2018" in plain(page.facts[4].text)


def test_each_code_stands_with_its_passage(names: Names) -> None:
    """By group, in the order of the codebook, and what years rest on comes last."""
    goods, reasons, values = of("hulu", names).parts

    assert goods.codes == ()
    assert goods.silent == "The studies report none of them for this case."
    assert [one.label for one in reasons.codes] == ["Rain", "Too dark"]
    assert reasons.codes[1].quotations.quotations[0].quote == PASSAGES["hulu/dark"].quote
    assert [one.label for one in values.codes] == ["Until: 2016"]


def test_a_case_told_of_in_a_group_is_marked(names: Names) -> None:
    """With the size of its group."""
    assert plain(of("timur", names).badge) == "group of 2"
    assert of("hulu", names).badge == ()


def test_codes_of_one_quote_stand_together(names: Names) -> None:
    """The quote is not said twice in its case."""
    passage = PASSAGES["hulu/rain"]
    twin = replace(PASSAGES["hulu/dark"], start=passage.start, end=passage.end, quote=passage.quote)
    evidence = Evidence(names.findings.evidence.numbers, {**PASSAGES, "hulu/dark": twin})
    told = Names(replace(names.findings, evidence=evidence), names.texts)

    assert [one.label for one in of("hulu", told).parts[1].codes] == ["Rain; Too dark"]


def test_where_nobody_looked_nothing_is_said_of_the_studies(names: Names) -> None:
    """Silence of the studies is told apart from silence of the coder."""
    rows = tuple(replace(one, states={"goods": "not-looked"}) for one in names.findings.case_rows)
    told = Names(replace(names.findings, case_rows=rows), names.texts)

    assert of("hulu", told).parts[0].silent == "This case has not been read for them yet."


def test_a_case_says_of_each_passage_whether_it_contradicts_its_code_or_only_mentions_it() -> None:
    """Alun's roof has one passage each way, Dadap's noise is mentioned, and is no reason of Dadap."""
    names = Names(found(DOUBTED), Texts("en"))
    alun, dadap = (of(case, names).parts[0].codes for case in ("alun", "dadap"))

    assert [one.label for one in alun if "roof" in one.label] == ["Bad roof", "Bad roof (contradicts it)"]
    assert [one.label for one in dadap if "Noise" in one.label] == ["Noise (only mentions it)"]


def test_a_number_of_codes_is_marked_where_nobody_is_done_with_looking() -> None:
    """Alun is done for both groups, Beji for reasons alone; nobody has looked at Ends."""
    names = Names(found(), Texts("en"))
    table = case_table(names.findings.case_rows, names)
    rows = {row[0]: row[-2:] for row in cells(table)}

    assert (rows["Alun – Library"], rows["Beji – Library"]) == (["2", "1"], ["3", "0°"])
    assert rows["Ends – Library"] == ["0°", "0°"]
    assert any("is not yet finished" in plain(note) for note in table.notes)


def appraised(folder: Path) -> tuple[Block, ...]:
    """Return what the report says of the quality of the studies."""
    return appraisal_blocks(Names(read_findings(folder)[0], Texts("en")))


def test_each_sign_of_an_appraisal_stands_in_its_row_and_is_explained_below(tmp_path: Path) -> None:
    """Sari's aim is good, its ethics not reported; Lestari's aim raises some concerns, its ethics nobody appraised."""
    folder = appraised_markets(tmp_path / "markets")
    for subject, variable, given, quotes in (
        ("sari2018", "aim", "yes", (RENT,)),
        ("sari2018", "ethics", "not reported", ()),
        ("lestari2019", "aim", "partly", (RAIN,)),
    ):
        wish = ValueWish(subject=subject, variable=variable, value=given, quotes=quotes)
        set_value(SetRequest(folder=folder, wish=wish))
    blocks = appraised(folder)
    signs, counts = (one for one in blocks if isinstance(one, Table))

    assert next(plain(one.text) for one in blocks if isinstance(one, Paragraph)).startswith(
        "2 of 2 studies were appraised, by: ani. Form: An invented form."
    )
    assert cells(signs) == [["Sari (2018)", "+", "∅"], ["Lestari (2019)", "–", "·"]]
    assert [plain(note) for note in signs.notes] == [
        "+ good; – some concerns; ∅ looked for, not reported; · not appraised.",
        "1. Clear aim; 2. Ethics.",
    ]
    assert [plain(one.label) for one in counts.columns] == [
        "Item", "good", "some concerns", "looked for, not reported", "not appraised",
    ]  # fmt: skip
    assert cells(counts) == [["1. Clear aim", "1", "1", "0", "0"], ["2. Ethics", "0", "0", "1", "1"]]


def test_an_appraisal_that_stands_with_the_cases_names_no_coder(tmp_path: Path) -> None:
    """Where each case is a study, the file of cases may have its appraisal: no coder gave it in a log."""
    folder = appraised_markets(tmp_path / "markets")
    cases = (folder / "cases.toml").read_text(encoding="utf-8").partition('[[cases]]\nid = "ladang"')[0]
    (folder / "cases.toml").write_text(cases.replace('id = "muara"', 'id = "muara"\naim = "yes"'), encoding="utf-8")
    text = next(plain(one.text) for one in appraised(folder) if isinstance(one, Paragraph))

    assert text == "1 of 2 studies were appraised. Form: An invented form."


def test_an_appraisal_of_studies_is_no_variable_of_cases(tmp_path: Path) -> None:
    """Though the variables are shown, the table of cases has no column that says nobody looked at them."""
    folder = appraised_markets(tmp_path / "markets")
    path = folder / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("shown = false", "shown = true"), encoding="utf-8")
    findings = read_findings(folder)[0]
    names = Names(findings, Texts("en"))
    heads = [plain(one.label) for one in case_table(findings.case_rows, names).columns]

    assert heads == ["Case", "Opened", "Stalls", "Studies", "Reasons"]
    assert [fact.label for fact in of("muara", names).facts] == ["Opened", "Stalls", "Studies"]
    assert cases_csv(findings).splitlines()[0] == b"case,label,opened,stalls,studies,reasons,scope"


def test_an_appraisal_that_nobody_began_is_not_in_the_report(tmp_path: Path) -> None:
    """Nothing is said of a form that nobody has filled in."""
    assert appraised(appraised_markets(tmp_path / "markets")) == ()


def test_a_review_prints_the_properties_that_its_codebook_has_and_no_others() -> None:
    """Streets and owners: no partner, no country, no outcome, no years, and no word that these are not reported."""
    codebook = Codebook(
        variables=(
            Variable(id="street", label=Label(en="Street"), type="text"),
            Variable(id="stalls", label=Label(en="Stalls"), type="number"),
        ),
        groups=CODEBOOK.groups,
        codes=CODEBOOK.codes,
    )
    cases = Cases(cases=(Case(id="alun", label="Alun", studies=("ana2010",), street="By the river", stalls=12),))
    names = Names(found((), codebook=codebook, cases=cases), Texts("en"))

    heads = [plain(one.label) for one in case_table(names.findings.case_rows, names).columns]
    facts = [(fact.label, plain(fact.text)) for fact in of("alun", names).facts]

    assert heads == ["Case", "Street", "Stalls", "Studies", "Reasons", "Uses"]
    assert facts == [("Street", "By the river"), ("Stalls", "12"), ("Studies", "Ana & Wulan, 2010")]


def test_a_beginning_without_an_end_is_a_property_like_any_other() -> None:
    """Where the codebook has no end, no question mark stands for one."""
    variables = tuple(one for one in CODEBOOK.variables if one.id != "until")
    judged = [one for one in JUDGED if getattr(one, "variable", "") != "until"]
    names = Names(found(judged, codebook=CODEBOOK.model_copy(update={"variables": variables})), Texts("en"))

    assert ("Since", "2008") in [(one.label, plain(one.text)) for one in of("alun", names).facts]


def test_passages_on_other_properties_are_not_said_to_be_on_years_and_outcome() -> None:
    """Alun's beginning is coded from a passage, as is Beji's outcome; then a form comes to it."""
    variables = (*CODEBOOK.variables, Variable(id="lamps", label=Label(en="Lamps"), type="text"))
    judged = (*JUDGED, value("alun", "lamps", "many", quotation("ana2010", "Books were lent to all.")))
    before = Names(found(), Texts("en"))
    after = Names(found(judged, codebook=CODEBOOK.model_copy(update={"variables": variables})), Texts("en"))

    assert plain(of("alun", before).parts[-1].title) == "Sources for years and outcome"
    assert plain(of("alun", after).parts[-1].title) == "Sources for the properties of the case"
