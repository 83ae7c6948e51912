"""What claims may ask of records and cases."""

from __future__ import annotations

from tests.synthesis.invented import CASES, CORPUS, found

from benang.project.toml_files import Label
from benang.synthesis.properties import record_values, values_of, worded


def test_a_property_of_records_is_their_field() -> None:
    """Three records have a year, one has none."""
    findings = found()
    values = values_of(findings, findings.evidence.numbers["records/all"], "year")

    assert dict(values.known) == {"ana2010": 2010, "bima2012": 2012, "dewi2011": 2011}
    assert values.missing == ("citra",)


def test_a_list_gives_each_of_its_values() -> None:
    """Two authors are two values; an empty text is none."""
    assert record_values(CORPUS.record("ana2010"), "authors") == ("Ana, S.", "Wulan, T.")
    assert record_values(CORPUS.record("ana2010"), "source") == ()


def test_a_property_of_cases_is_what_is_told_of_them() -> None:
    """Of cases.toml, of variables, and of groups of codes."""
    findings = found()
    cases = findings.evidence.numbers["cases/all"]

    assert values_of(findings, cases, "country").holders("Malaysia") == ("dadap", "ends")
    assert values_of(findings, cases, "until").known == (("beji", 2015),)
    assert values_of(findings, cases, "reasons").holders("flood") == ("alun", "cikal", "dadap")
    assert values_of(findings, cases, "studies").missing == ("ends",)


def test_a_value_is_told_by_its_english_name_or_id_and_shown_by_its_label() -> None:
    """A place, a level and a code have words of their own; other values are shown as they are."""
    held = CASES.cases[0].model_copy(update={"home": Label(en="Alun", id="Alun-alun")})
    findings = found(cases=CASES.model_copy(update={"cases": (held, *CASES.cases[1:])}))

    assert values_of(findings, findings.evidence.numbers["cases/all"], "home").known[0] == ("alun", "Alun")
    assert worded(findings, "home", "Alun", "id") == "Alun-alun"
    assert worded(findings, "reasons", "flood", "id") == "Banjir"
    assert worded(findings, "outcome", "moved", "en") == "Moved"
    assert worded(findings, "since", 2008, "id") == "2008"
