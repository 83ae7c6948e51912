"""PRISMA's flow adds up, whatever was decided, and each box has what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.judgements.events import Decision, Stage, Verdict
from benang.judgements.log import fold
from benang.project.toml_files import Checked, Label, parsed_toml
from benang.records.corpus import Corpus, corpus_of
from benang.records.duplicates.joining import works_of
from benang.records.record import Record
from benang.screening.outcomes import screened
from benang.screening.prisma import Flow, SetAside, TypedBox, flow_of, set_aside
from benang.screening.prisma_table import BOXES
from benang.screening.protocol import Criterion, Protocol, ScreeningPlan
from benang.screening.searches import Search, Searches
from benang.screening.studies import Studies, Study

pytestmark = pytest.mark.fast

CRITERIA = tuple(Criterion(id=name, text=Label(en=name.capitalize())) for name in ("people", "place", "design"))
SEARCHES = Searches(
    searches=(
        Search(id="scopus", name="Scopus", files=("sources/scopus.csv",)),
        Search(id="eric", name="ERIC", files=("sources/eric.ris",)),
        Search(id="trials", kind="register", name="ICTRP", files=("sources/ictrp.csv",)),
        Search(id="web", kind="website", name="who.int", files=("sources/who.ris",)),
        Search(id="chase", kind="citations", name="Forward citations", files=("sources/cited.ris",)),
    )
)
DATABASES = Searches(searches=SEARCHES.searches[:2])
FILES = {search.files[0]: search for search in SEARCHES.searches}
Verdicts = Mapping[str, tuple[Verdict, str]]


def found(*records: tuple[str, str, str]) -> Corpus:
    """Join records that are given as key, file and the DOI of their work."""
    titled = [
        Record(key, title=f"Markets of {doi}", doi=f"10.9999/{doi}", file=f"sources/{file}", place=at)
        for at, (key, file, doi) in enumerate(records, 1)
    ]
    return works_of(corpus_of(titled)).corpus


def decided(stage: Stage, coder: str = "ani", **verdicts: str) -> list[Decision]:
    """Make decisions of `include`, or `exclude people` with a reason."""
    return [
        Decision(
            id=f"{coder}-{stage}-{key}",
            coder=coder,
            record=key,
            stage=stage,
            verdict=said.split()[0],
            reason=[*said.split(), ""][1],
        )
        for key, said in verdicts.items()
    ]


def flow(
    works: Corpus,
    decisions: Sequence[Decision] = (),
    *,
    searches: Searches | None = DATABASES,
    typed: Sequence[TypedBox] = (),
    rules: Sequence[SetAside] = (),
    studies: Studies | None = None,
    reviewers: tuple[str, ...] = ("ani",),
) -> Flow:
    """Count the flow of works that one reviewer screens."""
    protocol = Protocol(criteria=CRITERIA, screening=ScreeningPlan(), reviewers=reviewers)
    aside = set_aside(works, rules)
    screening = screened(protocol, works.keys, fold(decisions), set_aside=aside)
    return flow_of(works, screening, searches=searches, studies=studies, typed=typed, rules=rules)


FOUND = found(("a1", "scopus.csv", "a"), ("a2", "scopus.csv", "b"), ("a3", "scopus.csv", "c"), ("b1", "eric.ris", "a"),
              ("b2", "eric.ris", "d"), ("b3", "eric.ris", "e"))  # fmt: skip
"""Six records of five works: a1 and b1 are one."""
BY_TITLE = decided("title-abstract", a1="include", a2="include", a3="exclude", b2="include", b3="include")
BY_TEXT = decided("full-text", a1="include", a2="exclude place", b2="unobtainable", b3="exclude people")


def values(whole: Flow) -> dict[str, int]:
    """Return the boxes that are not empty."""
    return {key: whole.value(key) for key in whole.boxes if whole.value(key)}


def test_a_review_is_counted_from_what_was_decided() -> None:
    """Six records, one twice; one of five excluded by title; of four reports one is not to be had, two excluded."""
    assert values(flow(FOUND, [*BY_TITLE, *BY_TEXT])) == {
        "records_identified": 6,
        "database_results": 6,
        "database_results/Scopus": 3,
        "database_results/ERIC": 3,
        "duplicates_removed": 1,
        "records_screened": 5,
        "records_excluded": 1,
        "reports_sought": 4,
        "reports_not_retrieved": 1,
        "reports_assessed": 3,
        "reports_excluded": 2,
        "reports_excluded/people": 1,
        "reports_excluded/place": 1,
        "studies_included": 1,
        "reports_included": 1,
    }


def test_a_box_opens_what_it_counts() -> None:
    """Duplicates are the records that went into another one, not the one that is screened."""
    numbers = flow(FOUND, [*BY_TITLE, *BY_TEXT]).numbers

    assert numbers["prisma/duplicates_removed"].of == ("b1",)
    assert numbers["prisma/records_screened"].of == ("a1", "a2", "a3", "b2", "b3")
    assert numbers["prisma/database_results/ERIC"].of == ("b1", "b2", "b3")
    assert numbers["prisma/reports_excluded/place"].of == ("a2",)
    assert {numbers[f"prisma/{key}"].unit for key in ("records_excluded", "reports_sought", "studies_included")} == {
        "records",
        "reports",
        "studies",
    }


def test_before_anything_is_decided_all_records_wait() -> None:
    """They are screened, and open; nothing is sought."""
    begun = flow(FOUND)

    assert (begun.value("records_screened"), begun.value("records_excluded"), begun.value("reports_sought")) == (
        5,
        0,
        0,
    )
    assert begun.open["undecided_records"].value == 5
    assert not begun.is_final


def test_a_flow_without_open_items_is_final() -> None:
    """One report without a decision is one open item."""
    assert flow(FOUND, [*BY_TITLE, *BY_TEXT]).is_final
    assert {key: one.of for key, one in flow(FOUND, [*BY_TITLE, *BY_TEXT[1:]]).open.items() if one.value} == {
        "undecided_reports": ("a1",)
    }


def test_a_conflict_is_open_and_in_no_later_box() -> None:
    """Two reviewers differ on one record by its title."""
    other = decided("title-abstract", "budi", a1="exclude", a2="include", a3="exclude", b2="include", b3="include")
    both = flow(FOUND, [*BY_TITLE, *other], reviewers=("ani", "budi"))

    assert both.open["conflicting_records"].of == ("a1",)
    assert (both.value("records_excluded"), both.value("reports_sought")) == (1, 3)


def test_reasons_by_title_are_parts_where_some_are_given() -> None:
    """Exclusions without any reason have no parts."""
    some = decided("title-abstract", a1="exclude people", a2="exclude", a3="exclude people")

    assert [(one.name, one.value) for one in flow(FOUND, some).parts("records_excluded")] == [
        ("people", 2),
        ("not stated", 1),
    ]
    assert not flow(FOUND, BY_TITLE).parts("records_excluded")


def test_a_report_counts_by_its_first_reason_in_the_order_of_the_criteria() -> None:
    """Two reviewers exclude it for other reasons; `people` comes before `place` in the plan."""
    title = [
        *BY_TITLE,
        *decided("title-abstract", "budi", a1="include", a2="include", a3="exclude", b2="include", b3="include"),
    ]
    text = [*decided("full-text", a1="exclude place"), *decided("full-text", "budi", a1="exclude people")]
    rest = [decided("full-text", coder, a2="include", b2="include", b3="include") for coder in ("ani", "budi")]
    both = flow(FOUND, [*title, *text, *rest[0], *rest[1]], reviewers=("ani", "budi"))

    assert [(one.name, one.value) for one in both.parts("reports_excluded")] == [("people", 1)]


def test_several_reports_of_one_study_are_one_study() -> None:
    """Three reports are included, two of one trial; its number opens the first of them."""
    text = decided("full-text", a1="include", a2="include", b2="include", b3="exclude people")
    whole = flow(FOUND, [*BY_TITLE, *text], studies=Studies(studies=(Study(id="trial", reports=("a1", "a2")),)))

    assert (whole.value("reports_included"), whole.value("studies_included")) == (3, 2)
    assert whole.numbers["prisma/studies_included"].of == ("a1", "b2")


MIXED = found(("s1", "scopus.csv", "a"), ("w1", "who.ris", "a"), ("w2", "who.ris", "b"), ("x2", "cited.ris", "b"),
              ("w3", "who.ris", "c"), ("t1", "ictrp.csv", "d"), ("c4", "cited.ris", "e"))  # fmt: skip


def test_what_a_database_gave_is_counted_there_whatever_else_gave_it() -> None:
    """The website's copy of s1, and the second copy of b, are duplicates of other methods."""
    title = decided("title-abstract", s1="include", w2="include", w3="exclude", t1="include", c4="include")
    text = decided("full-text", s1="include", w2="include", t1="exclude people", c4="unobtainable")
    mixed = flow(MIXED, [*title, *text], searches=SEARCHES)

    assert mixed.variant == "new-with-other"
    assert mixed.numbers["prisma/other_duplicates"].of == ("w1", "x2")
    assert values(mixed) == {
        "records_identified": 2,
        "database_results": 1,
        "database_results/Scopus": 1,
        "register_results": 1,
        "register_results/ICTRP": 1,
        "website_results": 3,
        "website_results/who.int": 3,
        "citation_results": 2,
        "citation_results/Forward citations": 2,
        "records_screened": 2,
        "reports_sought": 2,
        "reports_assessed": 2,
        "reports_excluded": 1,
        "reports_excluded/people": 1,
        "other_duplicates": 2,
        "other_records_excluded": 1,
        "other_sought_reports": 2,
        "other_notretrieved_reports": 1,
        "other_assessed": 1,
        "studies_included": 2,
        "reports_included": 2,
    }


def test_a_record_without_a_search_belongs_to_its_database_or_its_file() -> None:
    """Both are databases; RIS is none, but the form of a file."""
    records = [
        Record("a", database="Scopus", file="sources/x.csv"),
        Record("b", database="RIS", file="sources/mine.ris"),
    ]

    assert [one.name for one in flow(corpus_of(records), searches=None).parts("database_results")] == [
        "Scopus",
        "mine.ris",
    ]


def test_a_search_that_found_nothing_is_a_box_of_nothing() -> None:
    """ERIC, the register and the website were searched."""
    none = flow(found(("s1", "scopus.csv", "a")), searches=SEARCHES)

    assert [(one.name, one.value) for one in none.parts("database_results")] == [("Scopus", 1), ("ERIC", 0)]
    assert none.has_other
    assert none.value("website_results") == 0


def test_a_search_whose_hits_nobody_reports_is_missing_and_not_nothing() -> None:
    """It counts as unreported until its records are there; a register that gave hits does not."""
    silent = Search(id="theirs", name="not stated", not_reported=("hits", "query"))
    others = (Search(id="r", kind="register", name="R", hits=0), Search(id="hand", kind="hand-search", name="H"))

    assert flow(found(), searches=Searches(searches=(silent, *others))).n_unreported == 1
    assert flow(found(), searches=Searches(searches=others)).n_unreported == 0
    with_file = silent.model_copy(update={"files": ("s1",)})
    assert flow(found(("s1", "s1", "a")), searches=Searches(searches=(with_file,))).n_unreported == 0


OLD = SetAside(id="old", by="automation", text=Label(en="Before 2000"), before=2000)
NOTICE = SetAside(id="notice", text=Label(en="Notices"), status=("retraction notice",))


def test_rules_remove_works_before_they_are_screened() -> None:
    """One is old, one a notice of a retraction; one without a year stays."""
    records = [Record("a", year=1990), Record("b", status="retraction notice", year=2001), Record("c")]
    removed = flow(corpus_of(records), searches=None, rules=[OLD, NOTICE])

    assert removed.numbers["prisma/records_removed_automatically/old"].of == ("a",)
    assert removed.numbers["prisma/records_removed_other/notice"].of == ("b",)
    assert removed.value("records_screened") == 1
    assert removed.labels["old"].en == "Before 2000"


def test_all_conditions_of_a_rule_must_hold() -> None:
    """Languages are known by name and code; the first rule that fits counts."""
    german = SetAside(id="german", text=Label(en="German"), languages=("German",), after=2000)
    records = [Record("a", language="ger", year=2001), Record("b", language="de", year=2000), Record("c", year=2002)]

    assert set_aside(corpus_of(records), [german]) == {"a": "german"}


def typed(box: str, n: int, database: str = "") -> TypedBox:
    """Type a number."""
    return TypedBox(box=box, n=n, by="ani", reason="the log of the library", database=database)


def test_what_was_dropped_elsewhere_was_identified_too() -> None:
    """A hundred duplicates and ten hits of Scopus that were not exported: what is screened stays."""
    more = flow(
        FOUND, typed=[typed("duplicates_removed_elsewhere", 100, "scopus"), typed("hits_not_exported", 10, "Scopus")]
    )

    assert [more.value(f"database_results/{name}") for name in ("Scopus", "ERIC")] == [113, 3]
    assert (more.value("records_identified"), more.value("database_results")) == (116, 116)
    assert (more.value("duplicates_removed"), more.value("records_removed_other")) == (101, 10)
    assert more.value("records_screened") == 5
    assert [one.n for one in more.typed] == [100, 10]


def test_the_parts_of_what_was_removed_add_up() -> None:
    """What was typed stands behind the rules, by its box; duplicates have no parts."""
    more = flow(
        corpus_of([Record("a", database="Scopus"), Record("b", database="Scopus", status="retraction notice")]),
        searches=None,
        rules=[NOTICE],
        typed=[typed("hits_not_exported", 10), typed("duplicates_removed_elsewhere", 100)],
    )

    assert [(part.name, part.value) for part in more.parts("records_removed_other")] == [
        ("notice", 1),
        ("hits_not_exported", 10),
    ]
    assert more.value("records_removed_other") == 11
    assert more.parts("duplicates_removed") == ()


def test_what_no_database_is_named_for_belongs_to_the_only_one() -> None:
    """With two databases it is not stated."""
    one = flow(corpus_of([Record("a", database="Scopus")]), searches=None, typed=[typed("hits_not_exported", 5)])
    two = flow(FOUND, typed=[typed("hits_not_exported", 5)])

    assert one.value("database_results/Scopus") == 6
    assert two.value("database_results/not stated") == 5


def test_an_updated_review_adds_to_the_earlier_one() -> None:
    """Seven studies of nine reports before, one of each now; the meta-analysis has what was typed."""
    more = [typed("previous_studies", 7), typed("previous_reports", 9), typed("total_studies_ma", 4)]
    updated = flow(FOUND, [*BY_TITLE, *BY_TEXT], typed=more)

    assert updated.variant == "updated"
    assert (updated.value("total_studies"), updated.value("total_reports")) == (8, 10)
    assert updated.value("total_studies_ma") == 4
    assert "total_studies" not in flow(FOUND).boxes


class _Plan(Checked):
    prisma: tuple[TypedBox, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[prisma]]\nbox = "records_screened"\nn = 2\nby = "ani"\nreason = "so"', "line 2.*can't be typed"),
        ('[[prisma]]\nbox = "previous_study"\nn = 2\nby = "ani"\nreason = "so"', "line 2.*'previous_studies'"),
        ('[[prisma]]\nbox = "previous_studies"\nn = 2\nreason = "so"', "'by' is missing"),
        ('[[set_aside]]\nid = "all"\ntext = "Everything"', "needs a condition"),
    ],
)
def test_what_is_counted_is_not_typed(text: str, message: str) -> None:
    """Each fault has its line and the way on."""
    with pytest.raises(BenangError, match=message):
        parsed_toml(text, _Plan, where="review.toml")


VERDICTS: tuple[Verdict, ...] = ("include", "exclude", "unsure", "unobtainable")
records_found = st.lists(st.tuples(st.sampled_from(sorted(FILES)), st.integers(0, 8)), max_size=24)
said = st.lists(
    st.tuples(
        st.sampled_from(("ani", "budi")),
        st.integers(0, 23),
        st.sampled_from(("title-abstract", "full-text")),
        st.sampled_from(VERDICTS),
        st.sampled_from(("people", "place")),
    ),
    max_size=60,
)


@given(records=records_found, decisions=said, reviewers=st.sampled_from((("ani",), ("ani", "budi"))))
def test_every_flow_adds_up(
    records: list[tuple[str, int]],
    decisions: list[tuple[str, int, Stage, Verdict, str]],
    reviewers: tuple[str, ...],
) -> None:
    """PRISMA's sums hold column by column, and every record read is in one place at the end."""
    corpus = found(*((f"r{at}", file.removeprefix("sources/"), f"w{work}") for at, (file, work) in enumerate(records)))
    last = {
        (coder, at, stage): (verdict, reason) for coder, at, stage, verdict, reason in decisions if at < len(records)
    }
    events = [
        Decision(
            id=f"{coder}{at}{stage}",
            coder=coder,
            record=f"r{at}",
            stage=stage,
            verdict="unsure" if stage == "title-abstract" and verdict == "unobtainable" else verdict,
            reason=reason if verdict == "exclude" else "",
        )
        for (coder, at, stage), (verdict, reason) in last.items()
    ]
    whole = flow(corpus, events, searches=SEARCHES, reviewers=reviewers)
    n = {key: whole.value(key) for key in BOXES}
    waits = {key: {*one.of} for key, one in whole.open.items()}
    of_first = {*whole.numbers["prisma/records_screened"].of}

    def waiting(stage: str, *, first: bool) -> int:
        works = [one for key, ids in waits.items() if key.endswith(stage) for one in ids]
        return sum((one in of_first) is first for one in works)

    in_files = Counter(file for file, _ in records)
    first_files = [file for file in FILES if FILES[file].is_database]
    assert n["records_identified"] == sum(in_files[file] for file in first_files)
    assert n["records_identified"] == n["database_results"] + n["register_results"]
    assert n["records_screened"] == n["records_identified"] - n["duplicates_removed"]
    assert n["records_screened"] == len({work for file, work in records if file in first_files})
    assert n["records_screened"] == n["records_excluded"] + n["reports_sought"] + waiting("records", first=True)
    assert n["reports_assessed"] == n["reports_sought"] - n["reports_not_retrieved"]
    assert n["other_assessed"] == n["other_sought_reports"] - n["other_notretrieved_reports"]
    others = n["website_results"] + n["citation_results"] - n["other_duplicates"]
    assert others == n["other_records_excluded"] + n["other_sought_reports"] + waiting("records", first=False)
    left = n["reports_assessed"] - n["reports_excluded"] + n["other_assessed"] - n["other_excluded"]
    both = waiting("reports", first=True) + waiting("reports", first=False)
    assert n["reports_included"] == left - both
    for key in ("reports_excluded", "other_excluded", "database_results", "website_results"):
        assert sum(one.value for one in whole.parts(key)) == n[key]


@given(
    st.lists(
        st.tuples(st.sampled_from(("include", "exclude", "unsure", "")), st.sampled_from((*VERDICTS, ""))), max_size=12
    )
)
def test_the_boxes_are_what_a_tally_of_the_verdicts_gives(verdicts: list[tuple[Verdict, Verdict]]) -> None:
    """One reviewer and no duplicates: what is unsure by title moves on, and of the others only what is included."""
    events = [
        one
        for at, (title, text) in enumerate(verdicts)
        for stage, verdict in (("title-abstract", title), ("full-text", text))
        if verdict
        for one in decided(stage, **{f"r{at}": verdict + " people" * (verdict == "exclude")})  # type: ignore[arg-type]
    ]
    whole = flow(corpus_of([Record(f"r{at}", file="x.ris") for at in range(len(verdicts))]), events, searches=None)
    titles: Counter[str] = Counter(title for title, _ in verdicts)
    texts: Counter[str] = Counter(text for title, text in verdicts if title in ("include", "unsure"))

    assert whole.value("records_excluded") == titles["exclude"]
    assert whole.open["undecided_records"].value == titles[""]
    assert whole.value("reports_sought") == titles["include"] + titles["unsure"]
    assert whole.value("reports_not_retrieved") == texts["unobtainable"]
    assert whole.value("reports_excluded") == texts["exclude"]
    assert whole.value("reports_included") == texts["include"]
    assert whole.open["unsure_reports"].value == texts["unsure"]
    assert whole.open["undecided_reports"].value == texts[""]
