"""Judgements speak of what there is; their quotations are found, found again where they moved, or listed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.synthesis.invented import CASES, CODEBOOK

from benang.coding.codebook import Codebook
from benang.coding.placed import Placed, check_judgements, find, place, places_of
from benang.errors import BenangError
from benang.files import sha256
from benang.judgements.events import Coding, Consensus, Place, Quotation, Task, Value
from benang.judgements.log import fold
from benang.project.folder import Document

TEXT = "The roof leaked. Its librarian left.\nThe roof was never mended, and the\nlibrarian never came back."


def documents(**texts: str) -> Mapping[str, Document]:
    """Make documents (`a_md` is documents/a.md)."""
    found = (
        Document(f"documents/{name.replace('_', '.')}", name.split("_")[0], text, sha256(text))
        for name, text in texts.items()
    )
    return {one.path: one for one in found}


def quotation(quote: str, start: int, path: str = "documents/a.md") -> Quotation:
    """Quote a document at a place, right or wrong."""
    return Quotation(document=path, start=start, end=start + len(quote), quote=quote)


def coding(quote: str, start: int, path: str = "documents/a.md", **changes: str) -> Coding:
    """Code a quote."""
    told = {"id": "c1", "coder": "ani", "code": "roof", "case": "alun", **changes}
    return Coding(document=path, start=start, end=start + len(quote), quote=quote, **told)


def placed(*judged: Coding | Value | Task | Consensus, **texts: str) -> Placed:
    """Put judgements in their places; the first stands in line 1 of ani's log, and so on."""
    places = {one.id: Place("judgements/ani.jsonl", number) for number, one in enumerate(judged, 1)}
    return place(fold(judged, places=places), documents(**texts), CODEBOOK, CASES)


def test_a_quote_at_its_place_stays_though_it_stands_elsewhere_too() -> None:
    """“The roof” stands twice; this is the second one."""
    result = placed(coding("The roof", 37), a_md=TEXT)

    assert (result.passages["c1"].start, result.moved, result.unplaced) == (37, (), ())


def test_a_quote_that_moved_is_found_again_where_it_stands_once() -> None:
    """Its offsets are the document's, and it is listed as moved."""
    result = placed(coding("Its librarian left.", 3), a_md=TEXT)

    assert (result.codings[0].start, result.codings[0].end, result.moved) == (17, 36, ("c1",))


def test_a_text_wrapped_anew_still_holds_its_quotes() -> None:
    """The line was broken elsewhere when it was quoted; the words are now the document's own."""
    result = placed(coding("never mended,\nand the librarian", 0), a_md=TEXT)
    passage = result.passages["c1"]

    assert passage.quote == "never mended, and the\nlibrarian"
    assert TEXT[passage.start : passage.end] == passage.quote


def test_windows_line_ends_that_git_put_in_move_quotes_and_lose_none() -> None:
    """Each line end counts two characters now."""
    result = placed(coding("and the\nlibrarian", 64), a_md=TEXT.replace("\n", "\r\n"))

    assert (result.passages["c1"].quote, result.moved) == ("and the\r\nlibrarian", ("c1",))


def test_a_quote_that_stands_as_written_goes_before_one_wrapped_otherwise() -> None:
    """Character by character it stands once, with other white space twice."""
    result = placed(coding("lost and found", 0), a_md="All lost and\nfound, all lost and found")

    assert result.passages["c1"].start == 24


@pytest.mark.parametrize(
    ("quote", "times", "reason"),
    [
        ("The cellar leaked.", 0, "the quotation is not in the document"),
        ("roof", 2, "the quotation occurs 2 times in the document, but not where it was"),
        ("the  librarian", 0, "the quotation is not in the document"),
    ],
)
def test_a_quote_that_is_not_there_once_has_no_place(quote: str, times: int, reason: str) -> None:
    """Its judgement is listed with file and line, and nothing rests on it."""
    text = TEXT.replace("the\nlibrarian", "a librarian") if quote.startswith("the") else TEXT
    result = placed(coding("The roof", 0, id="c0"), coding(quote, 1), a_md=text)
    lost = result.unplaced[0]

    assert (lost.judgement, lost.file, lost.line, lost.times, lost.reason) == (
        "c1",
        "judgements/ani.jsonl",
        2,
        times,
        reason,
    )
    assert [one.id for one in result.codings] == list(result.passages) == ["c0"]


def test_quotes_that_overlap_themselves_are_counted_each() -> None:
    """“aa” stands in “aaa” twice."""
    assert find(quotation("aa", 5), documents(a_md="-aaa")) == 2


def test_a_missing_document_is_named() -> None:
    """It is missing, which is another matter than a quote that is not there."""
    lost = placed(coding("The roof", 0, "documents/b.md"), a_md=TEXT).unplaced[0]

    assert (lost.document, lost.times, lost.reason) == ("documents/b.md", None, "the document is missing")


def test_a_note_replaced_by_the_paper_itself_keeps_its_codings() -> None:
    """The note a.md is gone, the paper a.txt is there: the passage stands in it now."""
    result = placed(coding("The roof leaked.", 0), a_txt=f"Page 1\n{TEXT}")

    assert (result.passages["c1"].document, result.passages["c1"].start) == ("documents/a.txt", 7)
    assert result.moved == ("c1",)


def test_a_quote_is_not_looked_for_in_another_document_while_its_own_is_there() -> None:
    """What the note no longer says is not taken from the paper beside it."""
    assert placed(coding("The roof leaked.", 0), a_md="Other words.", a_txt=TEXT).unplaced[0].times == 0


def test_a_value_stands_as_long_as_one_of_its_passages_does() -> None:
    """One of two passages is lost: the value stands on the other, whose id stays; with both lost it is gone."""
    value = Value(
        id="v",
        coder="ani",
        case="alun",
        variable="since",
        value=2008,
        passages=(quotation("nowhere", 0), quotation("The roof leaked.", 0)),
    )
    half = placed(value, a_md=TEXT)
    none = placed(value, a_md="Nothing.")

    assert ([one.id for one in half.values], list(half.passages), len(half.unplaced)) == (["v"], ["v/2"], 1)
    assert (none.values, len(none.unplaced)) == ((), 2)


def test_tasks_and_values_that_are_not_reported_need_no_place() -> None:
    """They rest on no passage."""
    value = Value(id="v", coder="ani", case="alun", variable="since", value="not_reported")
    task = Task(id="t", coder="ani", case="alun", group="reasons")
    result = placed(value, task)

    assert (result.values, result.tasks) == ((value,), (task,))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.text(max_size=30))
def test_text_put_in_before_a_quote_moves_it(before: str, after: str) -> None:
    """Whatever comes to stand around it, a quote that is there once is found: accents, emoji, line ends."""
    quote = "The roof\tleaked \N{PILE OF POO} in 1999."
    assume("roof" not in before + after)
    result = placed(coding(quote, 0), a_md=f"{before}{quote}{after}")

    passage = result.passages["c1"]
    assert (passage.start, passage.end, passage.quote) == (len(before), len(before) + len(quote), quote)
    assert result.moved == (("c1",) if before else ())


@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 200))
def test_a_quote_that_stands_twice_is_placed_only_where_it_was(before: str, between: str, start: int) -> None:
    """Of two equal quotes none is guessed."""
    quote = "The roof leaked."
    assume("roof" not in before + between)
    text = f"{before}{quote}{between}{quote}"
    assume(text[start : start + len(quote)] != quote)

    assert placed(coding(quote, start), a_md=text).unplaced[0].times == 2


@given(
    st.permutations(["The", "roof", "of", "Alun", "leaked."]),
    st.lists(st.sampled_from([" ", "\n", "  ", "\r\n", "\t"]), min_size=4, max_size=4),
)
def test_a_quote_is_found_whatever_white_space_its_text_is_wrapped_with(words: list[str], spaces: list[str]) -> None:
    """The words are the same and the spaces between them others: the passage has the document's."""
    wrapped = words[0] + "".join(space + word for space, word in zip(spaces, words[1:], strict=True))

    assert find(quotation(" ".join(words), 90), documents(a_md=f"<{wrapped}>")) == quotation(wrapped, 1)


def test_what_is_superseded_is_neither_checked_nor_placed() -> None:
    """A coding taken back may speak of a code that there no longer is."""
    result = placed(coding("gone", 0, code="old"), coding("The roof", 0, id="c2", supersedes="c1"), a_md=TEXT)

    assert (list(result.passages), result.unplaced) == (["c2"], ())


def check(*judged: Coding | Value | Task | Consensus) -> None:
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
            "since is '2008', but a year of four digits was expected",
        ),
        (
            Value(
                id="v", coder="ani", case="alun", variable="since", value=20080, passages=(quotation("The roof", 0),)
            ),
            "since is 20080, but a year of four digits was expected",
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
            "'close' is not a level of the variable 'outcome'. Did you mean 'closed'",
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


def test_quotations_in_conflict_are_found_as_well() -> None:
    """Whoever changes a document must know of them: one of them will stand."""
    first, one, other = (
        coding("The roof", 0),
        coding("The roof", 0, id="c2", supersedes="c1"),
        coding("Its", 17, id="c3", supersedes="c1"),
    )
    found = places_of(fold([first, one, other]), documents(a_md=TEXT))

    assert found == {"c2": 0, "c3": 17}


def consensus(*keeps: str, sees: tuple[str, ...] = ("c1", "c2"), **changes: str) -> Consensus:
    """Decide on codings of the roof of Alun."""
    told = {"id": "k", "coder": "consensus", "case": "alun", "code": "roof", **changes}
    return Consensus(keeps=keeps, resolves=sees, **told)


OF_TWO = (coding("The roof leaked", 0), coding("The roof", 0, id="c2", coder="budi"))


def test_a_coding_that_a_consensus_did_not_keep_counts_in_no_number() -> None:
    """It is at its place all the same: agreement is computed from what each coder said."""
    result = placed(*OF_TWO, consensus("c2"), a_md=TEXT)

    assert ([one.id for one in result.codings], list(result.passages)) == (["c2"], ["c2"])
    assert [(one.id, one.start) for one in result.set_aside] == [("c1", 0)]


def test_a_consensus_follows_a_code_that_was_renamed() -> None:
    """`roof` was `leak` when they decided."""
    codes = [one.model_copy(update={"was": ("leak",)}) if one.id == "roof" else one for one in CODEBOOK.codes]
    codebook = Codebook.model_validate(CODEBOOK.model_dump() | {"codes": [one.model_dump() for one in codes]})
    said = [one.model_copy(update={"code": "leak"}) for one in (*OF_TWO, consensus())]

    result = place(fold(said), documents(a_md=TEXT), codebook, CASES)

    assert (result.passages, [one.code for one in result.set_aside]) == ({}, ["roof", "roof"])


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (consensus(case="alum"), r"the case 'alum' is not in cases\.toml\. Did you mean 'alun'"),
        (consensus(code="rof"), r"the code 'rof' is not in codebook\.toml\. Did you mean 'roof'"),
        (consensus(sees=("c1", "c22")), "it resolves 'c22', but no judgement has that id. Did you mean 'c2'"),
        (consensus(case="beji"), "it is on 'roof' in 'beji', but resolves 'c1', which is on 'roof' in 'alun'"),
        (consensus(code="flood"), "it is on 'flood' in 'alun', but resolves 'c1', which is on 'roof' in 'alun'"),
        (consensus("t", sees=("c1", "t")), "it keeps 't', which is a task, not a coding"),
    ],
)
def test_a_consensus_on_something_else_than_it_names_is_reported_with_its_place(decided: Consensus, said: str) -> None:
    """A codings' id of another case or code would set aside what nobody has looked at."""
    task = Task(id="t", coder="ani", case="alun", group="reasons")
    with pytest.raises(BenangError, match=rf"judgements/ani\.jsonl, line 4: {said}"):
        check(*OF_TWO, task, decided)
