"""What coders said of the same cases, code by code and variable by variable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benang.agreement.comparison import Comparison
from benang.coding.cases import Case, Cases
from benang.coding.codebook import Code, Codebook, Group
from benang.coding.comparisons import Compared, code_comparisons, value_comparisons
from benang.coding.placed import Placed
from benang.evidence import Stance
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Coding, Consensus, Quotation, Task, Value
from benang.project.folder import Document

pytestmark = pytest.mark.fast

TEXT = "---\nrecord: a\n---\nThe rent rose. It rained."
HEADING = len("---\nrecord: a\n---\n")
DOCUMENTS = {"documents/a.md": Document("documents/a.md", "a", TEXT, "")}
CASES = Cases(cases=(Case(id="muara", studies=("a",)), Case(id="bukit", studies=("b",)), Case(id="ladang")))


def codebook(**more: object) -> Codebook:
    """Make two codes in one group."""
    return Codebook(
        groups=(Group(id="reasons", label={"en": "Reasons"}),),
        codes=tuple(Code(id=one, group="reasons", label={"en": one.title()}) for one in ("rent", "rain")),
        **more,
    )


def task(coder: str, case: str = "muara") -> Task:
    """Return the word of a coder that a case is done."""
    return Task(id=f"task/{coder}/{case}", coder=coder, case=case, group="reasons")


def coding(coder: str, quote: str, code: str = "rent", case: str = "muara", stance: Stance = "supports") -> Coding:
    """Return the word of a coder that some words carry a code."""
    start = TEXT.index(quote)
    return Coding(
        id=f"{coder}/{case}/{code}/{start}",
        coder=coder,
        code=code,
        case=case,
        document="documents/a.md",
        start=start,
        end=start + len(quote),
        quote=quote,
        stance=stance,
    )


def value(coder: str, of: int | str, case: str = "muara", variable: str = "since") -> Value:
    """Return a value that a coder gives a variable."""
    quoted = Quotation(document="documents/a.md", start=HEADING, end=HEADING + 3, quote="The")
    passages = () if of == NOT_REPORTED else (quoted,)
    return Value(
        id="/".join((coder, case, variable, *str(of).split())),
        coder=coder,
        case=case,
        variable=variable,
        value=of,
        passages=passages,
    )


def compared(
    *, codings: tuple[Coding, ...] = (), tasks: tuple[Task, ...] = (), values: tuple[Value, ...] = (), **more: object
) -> Compared:
    """Put judgements together as they are compared."""
    return Compared(codebook(**more), CASES, DOCUMENTS, Placed(codings=codings, tasks=tasks, values=values))


def of_code(name: str, *, codings: tuple[Coding, ...], tasks: tuple[Task, ...]) -> Comparison:
    """Compare one code or group."""
    return next(one for one in code_comparisons(compared(codings=codings, tasks=tasks)) if one.id == name)


def test_a_coder_who_is_done_and_marked_nothing_says_no() -> None:
    """Silence of who has looked is a word."""
    one = of_code("rent", codings=(coding("ani", "The rent rose"),), tasks=(task("ani"), task("budi")))
    assert one.ratings.coders == ("ani", "budi")
    assert one.ratings.rows == (("yes", "no"),)


def test_a_case_that_a_coder_is_not_done_with_counts_for_nothing_and_is_set_aside_where_both_coded_it() -> None:
    """Two began, one is done."""
    codings = (coding("ani", "The rent rose"), coding("budi", "The rent rose"), coding("budi", "rose", case="bukit"))
    one = of_code("rent", codings=codings, tasks=(task("ani"), task("ani", "bukit"), task("budi", "bukit")))
    assert dict(zip(one.ratings.units, one.ratings.rows, strict=True)) == {
        "muara": ("yes", None),
        "bukit": ("no", "yes"),
    }
    assert one.unseen == ("muara",)
    assert {case: str(why) for case, why in one.set_aside.items()} == {
        "muara": "budi coded it, but did not mark it as done"
    }


def test_what_one_coder_alone_has_coded_is_not_set_aside_and_who_finished_alone_is_no_rater() -> None:
    """Ani and Budi are done with Muara, Citra with Ladang; Dewi has begun with Bukit. Nobody else has seen the two."""
    begun = task("dewi", "bukit").model_copy(update={"state": "open"})
    tasks = (task("ani"), task("budi"), task("citra", "ladang"), begun)
    one = of_code("rent", codings=(coding("dewi", "rose", case="bukit"),), tasks=tasks)
    assert one.ratings.coders == ("ani", "budi")
    assert (one.set_aside, one.unseen) == ({}, ("ladang",))


def test_a_coder_counts_in_a_text_who_is_done_with_all_of_its_cases() -> None:
    """One text is about two cities; Budi has read it for one of them alone, so that a gap of his may be none."""
    cities = Cases(cases=(Case(id="muara", studies=("a",)), Case(id="bukit", studies=("a",))))
    tasks = tuple(task(coder, case) for coder in ("ani", "citra") for case in ("muara", "bukit"))
    placed = Placed(codings=(coding("ani", "The rent rose"),), tasks=(*tasks, task("budi")))
    _group, rent, _rain = code_comparisons(Compared(codebook(), cities, DOCUMENTS, placed))
    assert rent.ratings.rows == (("yes", "no", "no"), ("no", None, "no"))
    assert [sorted(one.spans) for one in rent.continua] == [["ani", "citra"]]


def test_cases_of_one_study_are_drawn_together() -> None:
    """They share a text, for codes as for values."""
    cities = Cases(cases=(Case(id="muara", studies=("a", "b")), Case(id="bukit", studies=("a",))))
    tasks = tuple(task(coder, case) for coder in ("ani", "budi") for case in ("muara", "bukit"))
    values = tuple(value(coder, 1990, case) for coder in ("ani", "budi") for case in ("muara", "bukit"))
    since = {"id": "since", "label": "Since", "type": "year"}
    both = Compared(codebook(variables=(since,)), cities, DOCUMENTS, Placed(tasks=tasks, values=values))
    compared_cases = (*code_comparisons(both), *value_comparisons(both))
    assert [one.ratings.documents for one in compared_cases] == [("a", "a")] * 4


def test_consensus_and_passages_that_contradict_or_mention_a_code_are_not_compared() -> None:
    """Only support makes a code present, as where codes are counted."""
    codings = (
        coding("ani", "The rent rose", stance="contradicts"),
        coding("budi", "rent", stance="mentions"),
        coding(CONSENSUS, "The rent rose"),
    )
    one = of_code("rent", codings=codings, tasks=(task("ani"), task("budi"), task(CONSENSUS)))
    assert one.ratings.coders == ("ani", "budi")
    assert one.ratings.rows == (("no", "no"),)


def test_a_group_compares_the_sets_of_codes() -> None:
    """The label of a case is all that it has, sorted."""
    codings = (coding("ani", "The rent rose"), coding("ani", "It rained", "rain"), coding("budi", "It rained", "rain"))
    group, *codes = code_comparisons(compared(codings=codings, tasks=(task("ani"), task("budi"))))
    assert (group.kind, group.ratings.rows) == ("group", (("rain;rent", "rain"),))
    assert [one.id for one in codes] == ["rent", "rain"]


def test_the_continuum_of_a_code_begins_behind_the_heading_of_its_document() -> None:
    """Nobody codes the heading."""
    one = of_code("rent", codings=(coding("ani", "The rent rose"),), tasks=(task("ani"), task("budi")))
    (continuum,) = one.continua
    assert continuum.length == len("The rent rose. It rained.")
    assert [(span.start, span.end) for span in continuum.spans["ani"]] == [(0, 13)]
    assert continuum.spans["budi"] == ()


def test_the_abstract_of_a_paper_that_is_there_is_no_text_of_its_own() -> None:
    """Nobody codes the same words twice; without the paper, the abstract is the text."""
    paper, path = DOCUMENTS["documents/a.md"], "documents/a-abstract.md"
    abstract = Document(path, "a", "The rent rose.", "", "abstract")
    read = Placed(tasks=(task("ani"), task("budi")))
    for documents, paths in (((paper, abstract), [paper.path]), ((abstract,), [path])):
        group, *_codes = code_comparisons(Compared(codebook(), CASES, {one.path: one for one in documents}, read))
        assert [one.document for one in group.continua] == paths


def test_groups_and_forms_that_are_asked_for_are_compared_alone() -> None:
    """Each variable belongs to a form, each code to a group."""
    tasks = tuple(task(coder) for coder in ("ani", "budi"))
    values = tuple(value(coder, 1990) for coder in ("ani", "budi"))
    since, form = {"id": "since", "label": "S", "type": "year"}, {"id": "f", "label": "F", "variables": ("since",)}
    both = compared(tasks=tasks, values=values, variables=(since,), forms=(form,))
    assert [one.id for one in code_comparisons(both, ("reasons",))] == ["reasons", "rent", "rain"]
    assert [one.id for one in value_comparisons(both, ("f",))] == ["since"]
    assert [*code_comparisons(both, ("f",)), *value_comparisons(both, ("reasons",))] == []


def test_words_that_have_no_place_any_more_are_neither_a_yes_nor_a_no() -> None:
    """Ani's only passage is gone: the case and the text are set aside for rent, and compared for rain."""
    gone = coding("ani", "The rent rose").model_copy(update={"quote": "The rent fell"})
    tasks = (task("ani"), task("budi"))
    placed = Placed(codings=(coding("budi", "The rent rose"),), tasks=tasks, lost=(gone,))
    _group, rent, rain = code_comparisons(Compared(codebook(), CASES, DOCUMENTS, placed))
    assert (rent.ratings.rows, rain.ratings.rows) == (((None, "yes"),), (("no", "no"),))
    assert [str(why) for why in rent.set_aside.values()] == ["words that ani coded are no longer in their document"]
    assert (rain.set_aside, rent.continua, len(rain.continua)) == ({}, (), 1)


def test_another_passage_of_the_same_code_is_still_a_yes() -> None:
    """One of two of them is gone; the text has a gap that is none, the case has not."""
    gone = coding("ani", "The rent rose").model_copy(update={"id": "gone", "quote": "The rent fell"})
    codings = (coding("ani", "rent"), coding("budi", "rent"))
    placed = Placed(codings=codings, tasks=(task("ani"), task("budi")), lost=(gone,))
    rent = next(one for one in code_comparisons(Compared(codebook(), CASES, DOCUMENTS, placed)) if one.id == "rent")
    assert (rent.ratings.rows, rent.set_aside, rent.continua) == ((("yes", "yes"),), {}, ())


def test_a_value_whose_words_are_gone_is_set_aside() -> None:
    """It is not missing: its coder gave it."""
    variables = ({"id": "owner", "label": "O", "type": "text"},)
    placed = Placed(values=(value("budi", "bank", variable="owner"),), lost=(value("ani", "bank", variable="owner"),))
    (owner,) = value_comparisons(Compared(codebook(variables=variables), CASES, DOCUMENTS, placed))
    assert (owner.ratings.rows, owner.unseen) == (((None, "bank"),), ())
    assert [str(why) for why in owner.set_aside.values()] == ["words that ani coded are no longer in their document"]


def test_two_values_of_one_coder_are_none_and_one_of_two_alike_is_still_a_value() -> None:
    """Ani names two owners of Muara; of her two passages on the owner of Bukit one is gone."""
    owner = ({"id": "owner", "label": "O", "type": "text"},)
    again = value("ani", "city", "bukit", variable="owner")
    placed = Placed(
        values=(
            *(value("ani", who, variable="owner") for who in ("bank", "city")),
            again.model_copy(update={"id": "again"}),
            *(value("budi", "city", case, variable="owner") for case in ("muara", "bukit")),
        ),
        lost=(again,),
    )
    (of,) = value_comparisons(Compared(codebook(variables=owner), CASES, DOCUMENTS, placed))
    assert dict(zip(of.ratings.units, of.ratings.rows, strict=True)) == {
        "muara": (None, "city"),
        "bukit": ("city", "city"),
    }
    assert {case: str(why) for case, why in of.set_aside.items()} == {"muara": "ani gave it several values"}


def test_what_one_coder_alone_said_is_not_set_aside_but_looked_at_by_one() -> None:
    """Nobody else looked for the year in Bukit; in Muara both found none, and agree."""
    values = (value("ani", NOT_REPORTED), value("budi", NOT_REPORTED), value("ani", NOT_REPORTED, "bukit"))
    (year,) = value_comparisons(compared(values=values, variables=({"id": "since", "label": "S", "type": "year"},)))
    assert year.unseen == ("bukit",)
    assert {case: str(why) for case, why in year.set_aside.items()} == {
        "muara": "all say that it is not reported, which is no point of the scale"
    }
    assert year.beside == {}


def test_one_coder_alone_is_compared_with_nobody() -> None:
    """There is no comparison."""
    assert list(code_comparisons(compared(codings=(coding("ani", "rent"),), tasks=(task("ani"),)))) == []


@pytest.mark.parametrize(("kind", "level"), [("year", "interval"), ("number", "ratio"), ("text", "nominal")])
def test_a_variable_is_compared_at_its_level_of_measurement(kind: str, level: str) -> None:
    """Years can be subtracted, numbers divided, words told apart."""
    variable = {"id": "since", "label": "Since", "type": kind}
    values = (value("ani", 1990), value("budi", 1991))
    (one,) = value_comparisons(compared(values=values, variables=(variable,)))
    assert one.ratings.level == level
    assert one.ratings.rows == ((1990, 1991),)


def test_items_of_an_appraisal_are_ordinal_where_all_their_levels_have_an_order() -> None:
    """Good, some and poor are in order."""
    levels = tuple({"id": one, "label": one, "light": one} for one in ("good", "some", "poor"))
    variable = {"id": "aim", "label": "Aim", "levels": levels}
    form = {"id": "q", "label": "Quality", "kind": "appraisal", "variables": ("aim",)}
    values = (value("ani", "good", variable="aim"), value("budi", "poor", variable="aim"))
    (one,) = value_comparisons(compared(values=values, variables=(variable,), forms=(form,)))
    assert (one.kind, one.ratings.level, one.ratings.categories) == ("appraisal", "ordinal", ("good", "some", "poor"))
    mixed = {**variable, "levels": (levels[0], levels[2], levels[1])}
    (one,) = value_comparisons(compared(values=values, variables=(mixed,), forms=(form,)))
    assert (one.kind, one.ratings.level) == ("appraisal", "nominal"), "good, poor, some are in no order"
    silent = (value("ani", "good", variable="aim"), value("budi", NOT_REPORTED, variable="aim"))
    (one,) = value_comparisons(compared(values=silent, variables=(variable,), forms=(form,)))
    assert one.ratings.rows == (("good", None),), "not reported is neither above nor below a level"


def test_not_reported_is_a_label_of_a_text_and_no_year() -> None:
    """It has no distance to a year."""
    values = (value("ani", NOT_REPORTED), value("budi", 1991))
    (year,) = value_comparisons(compared(values=values, variables=({"id": "since", "label": "S", "type": "year"},)))
    assert year.ratings.rows == ((None, 1991),)
    assert [str(why) for why in year.set_aside.values()] == [
        "ani did not find it reported and others did, but 'not reported' is no point of the scale"
    ]
    assert year.beside == {"muara": {"ani": NOT_REPORTED, "budi": 1991}}
    twice = (*values, value("budi", 1992))
    (year,) = value_comparisons(compared(values=twice, variables=({"id": "since", "label": "S", "type": "year"},)))
    assert year.beside == {}, "which of the two years Budi means is his to say"
    values = (value("ani", NOT_REPORTED), value("budi", "May"))
    (text,) = value_comparisons(compared(values=values, variables=({"id": "since", "label": "S", "type": "text"},)))
    assert text.ratings.rows == ((NOT_REPORTED, "may"),)


def test_what_a_consensus_set_aside_is_compared_as_before() -> None:
    """Agreement is what coders said apart from each other; the case is settled until somebody says more."""
    rent, later = coding("ani", "The rent rose"), coding("ani", "It rained")
    tasks = (task("ani"), task("budi"))
    decided = Consensus(
        id="k", coder=CONSENSUS, case="muara", code="rent", keeps=(), resolves=(rent.id, *(one.id for one in tasks))
    )
    placed = Placed(set_aside=(rent,), tasks=tasks, consensuses=(decided,))
    said = [
        next(one for one in code_comparisons(Compared(codebook(), CASES, DOCUMENTS, after)) if one.id == "rent")
        for after in (
            placed,
            replace(placed, codings=(later,)),
            replace(placed, tasks=(*tasks, task("citra"))),
        )
    ]

    assert [one.ratings.rows for one in said] == [(("yes", "no"),), (("yes", "no"),), (("yes", "no", "no"),)]
    assert [one.settled for one in said] == [("muara",), (), ()]


def test_a_consensus_resolves_passages_that_support_a_code_and_tasks_that_are_done() -> None:
    """A passage that contradicts the code is no side of whether it is there."""
    codings = (coding("ani", "The rent rose"), coding("budi", "It rained", stance="contradicts"))
    tasks = (task("ani"), task("budi").model_copy(update={"state": "open"}))
    of_both = compared(codings=codings, tasks=tasks)

    assert of_both.resolvable("muara", "rent", "reasons") == (codings[0].id, tasks[0].id)


def test_levels_are_compared_by_their_ids_and_free_words_without_their_capitals() -> None:
    """*A* and *a* may be two levels; a bank is a Bank."""
    levels = [{"id": one, "label": one} for one in ("A", "a")]
    variables = ({"id": "kind", "label": "K", "levels": levels}, {"id": "owner", "label": "O", "type": "text"})
    values = tuple(
        value(coder, of, variable=variable)
        for coder, kind, owner in (("ani", "A", "A Bank"), ("budi", "a", "a  bank"))
        for variable, of in (("kind", kind), ("owner", owner))
    )
    kind, owner = value_comparisons(compared(values=values, variables=variables))
    assert (kind.ratings.rows, owner.ratings.rows) == ((("A", "a"),), (("a bank", "a bank"),))
