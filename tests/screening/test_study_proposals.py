"""Which reports are proposed to be one study, and on what evidence."""

from __future__ import annotations

import pytest

from benang.records.record import Record
from benang.screening.studies import Studies, Study, studies_in
from benang.screening.study_proposals import StudyProposal, proposed_studies

SELLERS = "We surveyed 240 sellers in Muara in 2016."


def report(key: str, abstract: str = "", title: str = "", authors: tuple[str, ...] = ("Sari, D.",)) -> Record:
    """Return a record whose title is like no other's unless one is given."""
    words = {"a": "Night markets and rents", "b": "What permits cost traders", "c": "Umbrellas, weather, insurance"}
    return Record(key, title=title or words.get(key, key), abstract=abstract, authors=authors)


def only(*records: Record, studies: Studies | None = None) -> StudyProposal:
    """Return the single proposal that some records give."""
    (proposal,) = proposed_studies(records, studies)
    return proposal


def words_of(proposal: StudyProposal) -> str:
    """Return all evidence of a proposal, in one text."""
    return " | ".join(words for likeness in proposal.likenesses for words in likeness.evidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Registered as NCT09999999.", "ClinicalTrials.gov NCT09999999"),
        ("ISRCTN12345678", "isrctn 12345678"),
        ("(ACTRN12620000123456)", "ANZCTR: ACTRN 12620000123456"),
        ("ChiCTR2000029308", "ChiCTR-TRC-2000029308"),
        ("EudraCT number 2004-000446-20", "EudraCT: 2004-000446-20"),
        ("PACTR202001234567890", "PACTR 202001234567890"),
        ("UMIN000012345", "UMIN-CTR 000012345"),
        ("DRKS00012345", "DRKS 00012345"),
        ("CTRI/2018/05/013765", "CTRI/2018/05/013765."),
        ("jRCTs031180123", "jRCT s031180123"),
        ("INA-WXFM0YX", "INA-WXFM0YX."),
        ("PROSPERO (CRD42020123456)", "CRD42020123456"),
    ],
)
def test_reports_that_name_one_registration_are_proposed_whoever_wrote_them(one: str, other: str) -> None:
    """Registries are written in more than one way; the evidence quotes the first."""
    proposal = only(report("a", one), report("b", other, authors=("Umpama, A.",)))
    assert (proposal.reports, proposal.strength) == (("a", "b"), "strong")
    assert "both name the registration" in words_of(proposal)


def test_a_registration_is_found_in_titles_and_keywords_too() -> None:
    """Databases put it into either."""
    titled = Record("a", title="Rents (NCT09999999)")
    tagged = Record("b", title="Permits", author_keywords=("NCT09999999",))
    assert only(titled, tagged).strength == "strong"


def test_a_review_that_names_many_registrations_is_weak_evidence() -> None:
    """It reports on other people's studies."""
    many = " ".join(f"NCT0999999{n}" for n in range(5))
    proposal = only(report("a", many), report("b", "NCT09999990", authors=("Umpama, A.",)))
    assert proposal.strength == "weak"
    assert "one of them names 5 registrations" in words_of(proposal)


def test_reports_with_two_different_registrations_are_two_studies() -> None:
    """Even those of one author with the same sample."""
    assert not proposed_studies([report("a", f"NCT00000001 {SELLERS}"), report("b", f"NCT00000002 {SELLERS}")])


def test_an_author_with_the_same_sample_place_and_years_is_strong_evidence() -> None:
    """The words are quoted as they stand in each report."""
    proposal = only(report("a", SELLERS), report("b", "In Muara, n = 240 in 2016."))
    assert proposal.strength == "strong"
    assert "shared authors: Sari, D." in words_of(proposal)
    assert "same sample: “240 sellers” and “n = 240”" in words_of(proposal)
    assert "same place: Muara | same years: 2016" in words_of(proposal)


def test_the_same_sample_alone_is_fair_evidence() -> None:
    """Place and years are not said."""
    assert (
        only(report("a", "We asked 240 sellers."), report("b", "Of 240 night-market sellers, 80 left.")).strength
        == "fair"
    )


def test_a_small_sample_alone_is_weak_evidence() -> None:
    """A group that always asks twelve people has many studies."""
    assert only(report("a", "We asked 12 sellers."), report("b", "Of 12 sellers, 8 left.")).strength == "weak"


def test_samples_are_read_in_indonesian() -> None:
    """A thousand has a point there."""
    proposal = only(report("a", "Survei terhadap 1.240 pedagang."), report("b", "Sampel sebanyak 1.240 orang."))
    assert "1.240 pedagang" in words_of(proposal)


@pytest.mark.parametrize("other", ["We asked 240 buyers.", "It took 240 minutes.", "It cost $240 each.", "In 2016."])
def test_the_same_number_of_other_things_is_no_sample(other: str) -> None:
    """Sellers are no buyers, and minutes no people."""
    assert not proposed_studies([report("a", "We asked 240 sellers."), report("b", other)])


def test_other_people_with_the_same_sample_are_not_proposed() -> None:
    """Many studies have 240 sellers."""
    assert not proposed_studies([report("a", SELLERS), report("b", SELLERS, authors=("Umpama, A.",))])


def test_one_author_in_the_middle_is_not_enough_but_two_are() -> None:
    """The first or last author leads a study; those between work in many."""
    one = report("a", SELLERS, authors=("Satu, A.", "Sari, D.", "Dua, B."))
    other = report("b", SELLERS, authors=("Tiga, A.", "Sari, D.", "Empat, B."))
    assert not proposed_studies([one, other])
    two = report("b", SELLERS, authors=("Tiga, A.", "Sari, D.", "Satu, A.", "Empat, B."))
    assert only(one, two).reports == ("a", "b")


def test_a_similar_title_is_weak_evidence_and_a_different_subject_is_none() -> None:
    """A paper and the abstract of the talk before it."""
    title = "Night markets in small towns and their rents"
    assert only(report("a", title=title), report("b", title=f"{title}: a survey")).strength == "weak"
    assert not proposed_studies([report("a"), report("b")])


def test_three_reports_are_one_proposal_where_evidence_chains_them() -> None:
    """Each neighbour has its own evidence."""
    proposal = only(report("a", f"NCT09999999 {SELLERS}"), report("b", "NCT09999999"), report("c", SELLERS))
    assert proposal.reports == ("a", "b", "c")
    assert len(proposal.likenesses) == 2


def test_weak_evidence_chains_nothing() -> None:
    """The series of one author would become one study."""
    titles = [f"Night markets in small towns and their rents {word}" for word in ("today", "again", "lately")]
    proposals = proposed_studies([report(key, title=title) for key, title in zip("abc", titles, strict=True)])
    assert [one.reports for one in proposals] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_what_was_decided_is_not_proposed_again() -> None:
    """Neither reports of one study nor those kept apart."""
    records = [report("a", SELLERS), report("b", SELLERS)]
    assert not proposed_studies(records, Studies(studies=(Study(id="muara", reports=("a", "b")),)))
    apart = studies_in('[[apart]]\nreport = "a"\nothers = ["b"]\n', "studies.toml")
    assert not proposed_studies(records, apart)


def test_a_report_may_join_a_study_that_is_there() -> None:
    """The proposal names the study."""
    known = Studies(studies=(Study(id="muara", reports=("a", "b")),))
    assert only(report("a", SELLERS), report("b"), report("c", SELLERS), studies=known).study == "muara"


def test_thousands_of_records_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """5,000 records, 250 of them of one author: some thousand comparisons, not 12 million."""
    from benang.screening import study_proposals as module

    compared = []
    likeness = module._likeness

    def counting(*pair: module._Report) -> module.Likeness | None:
        compared.append(pair)
        return likeness(*pair)

    monkeypatch.setattr(module, "_likeness", counting)
    records = [
        report(f"k{at}", title=f"On {at}", authors=("Sari, D." if at % 20 == 0 else f"Contoh{at // 4}, A.",))
        for at in range(5000)
    ]
    proposed_studies(records)
    assert len(compared) < 10_000
