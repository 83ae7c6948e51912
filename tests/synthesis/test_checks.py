"""All claims of a review are held against its data, in their order."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.synthesis.invented import CASES, CODEBOOK, DOUBTED, JUDGED, coding, found, label

from benang.coding.codebook import Codebook
from benang.errors import BenangError
from benang.synthesis.checks import CHECKS
from benang.synthesis.claims import Citation, Claim, Claims, CountClaim, JudgementClaim
from benang.synthesis.findings import Check, Findings


def claim(name: str, of: str = "cases/all") -> CountClaim:
    """Make a claim that counts."""
    return CountClaim(
        id=name,
        says=label("Five cases.", "Lima kasus."),
        where=label("p. 1", "hlm. 1"),
        note=label("A note.", "Catatan."),
        check="count",
        of=of,
        stated=5,
    )


def test_every_kind_of_claim_has_a_check() -> None:
    """The kinds that claims.toml may have are those that are checked."""
    kinds = {get_args(one.model_fields["check"].annotation)[0] for one in get_args(get_args(Claim)[0])}

    assert kinds == set(CHECKS)


def test_claims_come_in_the_order_of_the_file_and_general_checks_behind_them() -> None:
    """Two claims, then what is amiss in the review."""
    names = [one.claim for one in found(claims=Claims(claims=(claim("z"), claim("a")))).checks]

    assert names[:2] == ["z", "a"]
    assert all(name.startswith("general/") for name in names[2:])


def test_what_is_stated_where_and_the_note_come_in_the_language_asked() -> None:
    """A claim in Indonesian."""
    check = found(claims=Claims(claims=(claim("a"),)), language="id").checks[0]

    assert (check.stated, check.where, check.note) == ("Lima kasus.", "hlm. 1", "Catatan.")


def test_all_that_is_unknown_comes_in_one_error() -> None:
    """Two claims and a citation speak of what there is not."""
    lost = JudgementClaim(id="look", says=label(""), where=label(""), check="judgement", look_at=("nowhere",))
    claims = Claims(claims=(claim("a", "cases/al"), lost), citations=(Citation(record="bima2021", names=("Bima",)),))

    with pytest.raises(BenangError) as caught:
        found(claims=claims)

    said = [str(one) for one in caught.value.problems]
    assert [line.split(":")[0] for line in said] == [
        "claims.toml, claim 'a'",
        "claims.toml, claim 'look'",
        "claims.toml",
    ]
    assert "Did you mean 'bima2012'?" in said[2]


def test_evidence_of_checks_can_be_looked_up() -> None:
    """Every piece of evidence is a number, a passage, a case or a record."""
    findings = found(claims=Claims(claims=(claim("a"),)))
    known = {
        *findings.evidence.numbers,
        *findings.evidence.passages,
        *findings.corpus.keys,
        *(f"cases/{one}" for one in findings.cases.by_id),
    }

    assert [one for check in findings.checks for one in check.evidence if one not in known] == []


def named(findings: Findings, name: str) -> dict[str, Check]:
    """Return the general checks of one name, by what they are of."""
    start = f"general/{name}/"
    return {one.claim.removeprefix(start): one for one in findings.checks if one.claim.startswith(start)}


def test_a_study_dated_before_an_event_that_it_reports_is_found() -> None:
    """The study of 2012 tells of 2015; the study of 2010 tells of 2008, and the one without a year can't be told."""
    checks = named(found(), "published-before-event")

    assert list(checks) == ["bima2012"]
    assert checks["bima2012"].verdict == "contradicted"
    assert checks["bima2012"].evidence == ("bima2012", "beji/until/1")


def test_an_event_told_in_another_document_is_no_contradiction() -> None:
    """Only a passage in the study's own document dates it: here 2015 stands with the study of no year."""
    moved = [one for one in JUDGED if one.id != "beji/until"]

    assert named(found(moved), "published-before-event") == {}


def test_a_case_that_no_study_tells_of_is_found() -> None:
    """Ends has none."""
    checks = named(found(), "case-without-study")

    assert [(key, one.verdict, one.evidence) for key, one in checks.items()] == [
        ("ends", "cannot be told", ("cases/ends",))
    ]


def test_a_code_never_used_is_found_in_every_group() -> None:
    """Noise and classes; the heading is no code of its own."""
    assert list(named(found(), "code-never-used")) == ["noise", "classes"]


def test_a_factor_on_one_study_is_found_in_groups_with_sides() -> None:
    """The librarian is one study's; loans are too, but uses have no sides."""
    checks = named(found(), "one-study-only")

    assert list(checks) == ["librarian"]
    assert checks["librarian"].found == "“Librarian left” is reported by only one study, Bima (2012), for 1 case."


def test_several_cases_told_once_do_not_look_like_several_findings() -> None:
    """Two cases carry the flood on the word of one study, which tells of them together."""
    told_once = [one for one in JUDGED if one.id != "alun/flood"]

    assert named(found(told_once), "one-study-only")["flood"].found == (
        "“Flood” is reported by only one study, Citra Dewi et al. (n.d.), for 2 cases, 2 of them reported only as "
        "part of a group."
    )


def test_a_study_cited_under_other_names_or_years_is_found() -> None:
    """Wrong names, a wrong order, a wrong year and one too many are found; the first author alone is no difference."""
    citations = (
        Citation(record="ana2010", names=("Ana",), year=2010),
        Citation(record="ana2010", names=("ána", "Wulan"), year=2010),
        Citation(record="bima2012", names=("Bimo",), year=2012),
        Citation(record="bima2012", names=("Bima", "Eka"), year=2012),
        Citation(record="citra", names=("Citra Dewi", "et al.")),
        Citation(record="dewi2011", names=("Dewi",), year=2012),
    )
    checks = named(found(claims=Claims(citations=citations)), "cited-under-two-names")

    assert {key: one.found for key, one in checks.items()} == {
        "bima2012": "Cited as Bimo (2012) and Bima and Eka (2012); the record has Bima (2012).",
        "dewi2011": "Cited as Dewi (2012); the record has Dewi (2011).",
    }


def test_a_citation_without_a_year_differs_from_a_record_that_has_one() -> None:
    """What is cited as of no date has a year in its record."""
    citations = (Citation(record="bima2012", names=("Bima",)),)

    assert list(named(found(claims=Claims(citations=citations)), "cited-under-two-names")) == ["bima2012"]


def test_a_review_in_which_nothing_is_amiss_has_no_general_rows() -> None:
    """Two cases, one code on two studies, no dates."""
    judged = [
        coding("alun", "roof", "ana2010", "In Alun the roof leaked."),
        coding("beji", "roof", "bima2012", "The roof of Beji fell in."),
    ]
    codebook = CODEBOOK.model_copy(update={"codes": CODEBOOK.codes[:1], "rows": (), "readings": ()})

    assert found(judged, codebook=codebook, cases=CASES.model_copy(update={"cases": CASES.cases[:2]})).checks == ()


def test_a_claim_that_names_a_code_by_an_earlier_id_is_held_against_the_present_one() -> None:
    """Where the roof is now called ceiling, a claim of `reasons/roof/cases` is answered, and its evidence opens."""
    dumped = CODEBOOK.model_dump()
    renamed = {"id": "ceiling", "was": ("roof",)}
    codes = [one | renamed if one["id"] == "roof" else one for one in dumped["codes"]]
    codebook = Codebook.model_validate(dumped | {"codes": codes})
    checks = found(codebook=codebook, claims=Claims(claims=(claim("roofs", "reasons/roof/cases"),))).checks

    assert (checks[0].found, checks[0].evidence) == ("The data give 2 cases.", ("reasons/ceiling/cases",))


def test_a_code_that_passages_only_contradict_is_not_said_to_be_carried_by_none() -> None:
    """Noise of Dadap is mentioned: the check says so, and opens that number; without it, no passage carries noise."""
    doubted, plain = (_unused(found(judged)) for judged in (DOUBTED, JUDGED))

    assert "contradict it or only mention it" in doubted.found
    assert doubted.evidence == ("reasons/noise/cases", "reasons/noise/mentioning-cases")
    assert (plain.found[:10], plain.evidence) == ("No passage", ("reasons/noise/cases",))


def _unused(findings: Findings) -> Check:
    return next(one for one in findings.checks if one.general == ("code-never-used", "noise"))
