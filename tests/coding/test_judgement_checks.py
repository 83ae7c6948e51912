"""Judgements speak of what there is, and agree."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import CASES, CODEBOOK

from benang.coding.judgement_checks import check_judgements
from benang.errors import BenangError
from benang.judgements.events import Coding, Place, Quotation, Task, Value
from benang.judgements.log import fold


def quotation(quote: str, start: int, path: str = "documents/a.md") -> Quotation:
    """Quote a document at a place, right or wrong."""
    return Quotation(document=path, start=start, end=start + len(quote), quote=quote)


def coding(quote: str, start: int, path: str = "documents/a.md", **changes: str) -> Coding:
    """Code a quote."""
    told = {"id": "c1", "coder": "ani", "code": "roof", "case": "alun", **changes}
    return Coding(document=path, start=start, end=start + len(quote), quote=quote, **told)


def check(*judged: Coding | Value | Task) -> None:
    """Check judgements; the first stands in line 1 of ani's log, and so on."""
    places = {one.id: Place("judgements/ani.jsonl", number) for number, one in enumerate(judged, 1)}
    check_judgements(fold(judged, places=places), CODEBOOK, CASES)


@pytest.mark.parametrize(
    ("judgement", "said"),
    [
        (coding("The roof", 0, code="rof"), r"the code 'rof' is not in codebook\.toml\. Did you mean 'roof'"),
        (coding("The roof", 0, code="people"), "'people' is a heading, .* Use one of: librarian, volunteers"),
        (coding("The roof", 0, case="alum"), r"the case 'alum' is not in cases\.toml\. Did you mean 'alun'"),
        (Task(id="t", coder="ani", case="alun", group="reason"), "the group 'reason' .* Did you mean 'reasons'"),
        (
            Value(id="v", coder="ani", case="alun", variable="sinse", value="not_reported"),
            "'sinse' .* Did you mean 'since'",
        ),
        (
            Value(
                id="v", coder="ani", case="alun", variable="since", value="2008", passages=(quotation("The roof", 0),)
            ),
            "since is '2008', where a year of four digits was expected",
        ),
        (
            Value(
                id="v", coder="ani", case="alun", variable="since", value=20080, passages=(quotation("The roof", 0),)
            ),
            "since is 20080, where a year of four digits was expected",
        ),
        (
            Value(
                id="v",
                coder="ani",
                case="beji",
                variable="outcome",
                value="close",
                passages=(quotation("The roof", 0),),
            ),
            "'close' is no level of the variable 'outcome'. Did you mean 'closed'",
        ),
        (
            Value(
                id="v",
                coder="ani",
                case="alun",
                variable="outcome",
                value="moved",
                passages=(quotation("The roof", 0),),
            ),
            r"outcome of 'alun' is 'moved' here, but 'closed' in cases\.toml",
        ),
    ],
)
def test_a_judgement_of_something_unknown_is_named_with_its_place(judgement: Coding | Value | Task, said: str) -> None:
    """The nearest word of the codebook, or of the cases, comes with it."""
    with pytest.raises(BenangError, match=rf"judgements/ani\.jsonl, line 1: .*{said}"):
        check(judgement)


def test_coders_who_give_one_variable_two_values_are_told_of_each_other() -> None:
    """The review can't have both years."""
    values = [
        Value(
            id=f"v{year}", coder="ani", case="alun", variable="since", value=year, passages=(quotation("The roof", 0),)
        )
        for year in (2008, 2009)
    ]

    with pytest.raises(BenangError, match=r"line 2: since of 'alun' is '2009' here, but '2008' in .*, line 1"):
        check(*values)


def test_the_value_of_the_consensus_settles_what_coders_told_differently() -> None:
    """Ani says 2008 and Budi 2009; both have agreed on 2009."""
    passages = (quotation("The roof", 0),)
    values = [
        Value(id=coder, coder=coder, case="alun", variable="since", value=year, passages=passages)
        for coder, year in (("ani", 2008), ("budi", 2009), ("consensus", 2009))
    ]

    check(*values)
