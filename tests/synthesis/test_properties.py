from __future__ import annotations

from tests.synthesis.invented import CORPUS, found

from benang.synthesis.properties import record_values, values_of


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
