"""Each named check comes to the verdict that the data allow, and no further."""

from __future__ import annotations

from typing import Any

import pytest
from tests.synthesis.invented import found

from benang.errors import BenangError
from benang.synthesis.claims import Claims, MapFacts
from benang.synthesis.findings import Check

LINKED = MapFacts(("Library", "river", "Roof"), {(0, 1): 2.0}, (("ana2010",), (), ()))
MAPS = {"topics": LINKED, "assigned": MapFacts(LINKED.labels, LINKED.strengths, LINKED.records, ("assigned",))}


def checked(language: str = "en", **claim: Any) -> Check:
    """Hold one claim against the invented review."""
    claims = Claims.model_validate({"claims": [{"id": "c", "says": "Said.", "where": "p. 1", **claim}]})
    return found(claims=claims, maps=MAPS, language=language).checks[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("relation", "stated", "verdict"),
    [
        ("equals", 5, "holds"),
        ("equals", 4, "contradicted"),
        ("at-most", 5, "holds"),
        ("at-most", 4, "contradicted"),
        ("at-least", 5, "holds"),
        ("at-least", 6, "contradicted"),
    ],
)
def test_a_count_stands_in_the_relation_stated_or_not(relation: str, stated: int, verdict: str) -> None:
    """There are five cases."""
    assert checked(check="count", of="cases/all", relation=relation, stated=stated).verdict == verdict


def test_a_count_says_which_of_its_cases_are_told_of_as_a_group_only() -> None:
    """Three lost their volunteers, two of them in the words of one study on both."""
    check = checked(check="count", of="reasons/volunteers/cases", relation="equals", stated=3)

    assert check.found == "The data give 3 cases, 2 of them reported only as part of a group."


@pytest.mark.parametrize(
    ("relation", "stated", "verdict"),
    [
        ("at-most", 1, "cannot be told"),
        ("at-most", 5, "holds"),
        ("at-most", 0, "contradicted"),
        ("at-least", 1, "holds"),
        ("at-least", 3, "cannot be told"),
        ("at-least", 6, "contradicted"),
        ("equals", 1, "cannot be told"),
        ("equals", 0, "contradicted"),
    ],
)
def test_silent_cases_leave_open_what_they_could_change(relation: str, stated: int, verdict: str) -> None:
    """One case lends books and four are silent on uses: the true number is from 1 to 5."""
    check = checked(check="count", of="uses/loans/cases", relation=relation, stated=stated, silent="cases/without-uses")

    assert check.verdict == verdict
    assert check.found == "The data give 1 case. Not reported for 4 cases; not reported does not mean absent."
    assert check.evidence == ("uses/loans/cases", "cases/without-uses")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ({"stated": [2010, 2012]}, "cannot be told"),
        ({"stated": [2011, 2012]}, "contradicted"),
        ({"span": 3}, "cannot be told"),
        ({"span": 2}, "contradicted"),
        ({"span": 9}, "cannot be told"),
        ({"stated": [2000, 2020]}, "cannot be told"),
    ],
)
def test_a_range_with_a_value_missing_can_only_be_contradicted(claim: dict[str, Any], verdict: str) -> None:
    """The records are of 2010 to 2012, one has no year."""
    check = checked(check="range", of="records/all", property="year", **claim)

    assert (check.verdict, check.found) == (verdict, "From 2010 to 2012, 3 years. Without a value: 1 record.")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ({"stated": [2008, 2008]}, "holds"),
        ({"stated": [2007, 2008]}, "contradicted"),
        ({"span": 1}, "holds"),
        ({"span": 2}, "contradicted"),
    ],
)
def test_a_range_of_values_that_are_all_there_holds_or_not(claim: dict[str, Any], verdict: str) -> None:
    """The one case whose beginning is told began in 2008."""
    assert checked(check="range", of="since/reported/cases", property="since", **claim).verdict == verdict


def test_a_range_names_the_records_outside_it() -> None:
    """What is earlier than stated is evidence; what has no year can be opened."""
    assert checked(check="range", of="records/all", property="year", stated=[2011, 2012]).evidence == (
        "records/all",
        "records/without-year",
        "ana2010",
    )


def test_a_range_of_nothing_cannot_be_told() -> None:
    """No case at all has another use."""
    assert checked(check="range", of="uses/classes/cases", property="since", span=3).verdict == "cannot be told"


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        (["indonesia", "Malaysia"], "holds"),
        (["Indonesia"], "contradicted"),
        (["Indonesia", "Malaysia", "Timor"], "contradicted"),
    ],
)
def test_a_set_must_be_exactly_that_stated(stated: list[str], verdict: str) -> None:
    """The cases are in two countries; capitals make no difference."""
    assert checked(check="set", of="cases/all", property="country", stated=stated).verdict == verdict


def test_a_set_names_what_is_not_stated_what_is_not_found_and_where() -> None:
    """The reading room of Ends is the odd one."""
    check = checked(check="set", of="cases/all", property="form", stated=["local government", "company"])

    assert (
        check.found
        == "In the data: 2; stated: 2; in both: 1. Not stated: reading room. Stated, but not in the data: company."
    )
    assert check.evidence == ("cases/all", "cases/ends")


def test_a_set_with_values_missing_cannot_be_told_unless_something_else_is_there() -> None:
    """Nobody tells the outcome of Ends: it could be what is missing, but it can't undo what is too much."""
    told = {"check": "set", "of": "cases/all", "property": "outcome"}

    assert checked(**told, stated=["closed", "moved", "thriving"]).verdict == "cannot be told"
    assert checked(**told, stated=["closed", "moved"]).verdict == "cannot be told"
    assert checked(**told, stated=["closed"]).verdict == "contradicted"


def test_the_codes_of_a_group_are_a_property_of_cases() -> None:
    """Alun's reasons are a roof and a flood."""
    assert checked(check="set", of="uses/loans/cases", property="reasons", stated=["roof", "flood"]).verdict == "holds"


@pytest.mark.parametrize(
    ("stated", "verdict", "found_"),
    [
        (["library", "River"], "holds", "All are on the map, and every pair of them is linked."),
        (["library", "roof"], "contradicted", "On the map, but not linked: library – roof."),
        (["library", "shelf"], "contradicted", "Not on the map: shelf."),
    ],
)
def test_items_occur_together_where_they_are_linked_on_the_map(stated: list[str], verdict: str, found_: str) -> None:
    """Library and river are linked, the roof stands alone; capitals make no difference."""
    check = checked(check="co-occurrence", map="topics", stated=stated)

    assert (check.verdict, check.found, check.evidence) == (verdict, found_, ("ana2010",))


def test_assigned_keywords_can_bear_nothing_out() -> None:
    """The same map, its keywords assigned: what it shows is told, the verdict left open."""
    check = checked(check="co-occurrence", map="assigned", stated=["library", "river"])

    assert check.verdict == "cannot be told"
    assert check.found == (
        "The keywords of this map were assigned for this review and cannot support a claim. "
        "All are on the map, and every pair of them is linked."
    )


def test_a_claim_on_a_map_waits_where_no_map_was_made() -> None:
    """To open a number no maps are made, and the claim can't be told."""
    claims = Claims.model_validate(
        {
            "claims": [
                {"id": "c", "says": "Said.", "where": "", "check": "co-occurrence", "map": "topics", "stated": ["a"]}
            ]
        }
    )

    assert found(claims=claims, maps=None).checks[0].verdict == "cannot be told"


@pytest.mark.parametrize(("stated", "verdict"), [(2011, "contradicted"), (2012, "cannot be told")])
def test_nothing_is_later_than_the_year_stated(stated: int, verdict: str) -> None:
    """One record is of 2012, and one has no year."""
    assert checked(check="date-order", of="records/all", stated=stated).verdict == verdict


def test_what_is_later_is_named() -> None:
    """The study of 2012 is evidence."""
    check = checked(check="date-order", of="studies/all", stated=2011)

    assert check.found == "Later than 2011: Bima (2012). Without a value: 1 study."
    assert check.evidence == ("studies/all", "years/none/studies", "bima2012")


def test_a_study_is_not_published_before_the_events_it_reports() -> None:
    """The study of 2012 tells that Beji moved in 2015; the beginning of Alun is earlier than its study."""
    early = checked(check="date-order", of="studies/all", events=["since", "until"])

    assert early.verdict == "contradicted"
    assert (
        early.found == "Bima (2012) reports “Until: 2015” for Beji – Library, which is later than the study's own date."
    )
    assert early.evidence == ("studies/all", "beji/until/1", "bima2012")
    assert checked(check="date-order", of="studies/all", events=["since"]).verdict == "holds"


@pytest.mark.parametrize(
    ("record", "name", "stated", "verdict"),
    [
        ("ana2010", "year", 2010, "holds"),
        ("ana2010", "year", 2011, "contradicted"),
        ("citra", "year", 2011, "cannot be told"),
        ("citra", "authors", "citra dewi", "holds"),
        ("citra", "authors", "Dewi", "contradicted"),
        ("ana2010", "title", "by the River", "holds"),
        ("ana2010", "title", "sea", "contradicted"),
        ("ana2010", "author_keywords", "river", "cannot be told"),
    ],
)
def test_a_record_says_what_is_said_of_it_or_not(record: str, name: str, stated: str | int, verdict: str) -> None:
    """Years are equal, authors go by family name, titles contain; what was assigned bears nothing out."""
    assert checked(check="field", record=record, field=name, stated=stated).verdict == verdict


def test_a_cause_cannot_be_told_without_a_case_of_the_other_outcome() -> None:
    """No library thrives; nor would one do so under a name that the codebook lacks."""
    for level in ("thriving", "success"):
        check = checked(check="contrast", variable="outcome", level=level)
        assert (check.verdict, check.needs_reader) == ("cannot be told", False)
        assert check.found.endswith("so the cause of the others cannot be determined.")


def test_a_level_that_the_codebook_lacks_reads_as_the_claim_says() -> None:
    """No library flourished, and the codebook needs no such level."""
    told = {"check": "contrast", "variable": "outcome", "level": "flourishing"}
    named = checked(**told, level_label={"en": "in full flower", "id": "berkembang"})

    assert "(Outcome: flourishing)" in checked(**told).found
    assert "(Outcome: in full flower)" in named.found


def test_where_there_is_a_contrast_a_reader_judges() -> None:
    """One library moved, so those that closed can be compared with it."""
    check = checked(check="contrast", variable="outcome", level="moved")

    assert (check.verdict, check.needs_reader, check.evidence) == (
        "cannot be told",
        True,
        ("outcome/moved/cases",),
    )


def test_a_judgement_is_left_to_the_reader_with_what_to_look_at() -> None:
    """Numbers, cases and records are named."""
    check = checked(check="judgement", look_at=["reasons/roof/cases", "cases/alun", "citra"])

    assert (check.verdict, check.needs_reader) == ("cannot be told", True)
    assert check.found == (
        "This needs a reader's judgement. To look at: Bad roof (2 cases); Alun – Library; Citra Dewi et al. (n.d.)."
    )


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (
            {"check": "count", "of": "reasons/rof/cases", "stated": 1},
            "there is no number 'reasons/rof/cases'.*'reasons/roof/cases'",
        ),
        ({"check": "count", "of": "cases/all", "stated": 1, "silent": "cases/without-use"}, "'cases/without-uses'"),
        ({"check": "range", "of": "records/all", "property": "yaer", "span": 1}, "no field 'yaer'.*'year'"),
        ({"check": "range", "of": "cases/all", "property": "home", "span": 1}, "'home', which is not a year"),
        ({"check": "set", "of": "cases/all", "property": "contry", "stated": []}, "no property 'contry'.*'country'"),
        ({"check": "set", "of": "reasons/all/codes", "property": "year", "stated": []}, "a number of codes"),
        ({"check": "co-occurrence", "map": "topic", "stated": []}, "there is no map 'topic'.*'topics'"),
        ({"check": "date-order", "of": "studies/all", "events": ["sinc"]}, "no variable 'sinc'.*'since'"),
        ({"check": "field", "record": "ana2011", "field": "year", "stated": 1}, "no record 'ana2011'.*'ana2010'"),
        ({"check": "field", "record": "ana2010", "field": "years", "stated": 1}, "no field 'years'.*'year'"),
        ({"check": "contrast", "variable": "outcom", "level": "moved"}, "no variable 'outcom'.*'outcome'"),
        ({"check": "contrast", "variable": "outcome", "level": "movd"}, "'movd' is not a level.*'moved'"),
        ({"check": "judgement", "look_at": ["cases/alum"]}, "no number, case or record 'cases/alum'"),
    ],
)
def test_a_claim_on_something_unknown_is_an_error_that_names_the_claim(claim: dict[str, Any], said: str) -> None:
    """The message says which claim, what it speaks of, and what is nearest to it."""
    with pytest.raises(BenangError, match=rf"claims\.toml, claim 'c': .*{said}"):
        checked(**claim)
