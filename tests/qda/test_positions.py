"""How a file counts positions is found out from the names of its selections."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.qda.positions import Convention, Places, RawText, Span, conventions_of, is_named

pytestmark = pytest.mark.fast

EVERY = [Convention(*parts) for parts in product((False, True), repeat=4)]
LETTERS = st.sampled_from(["a", "b", "kota ", "é", "e\u0301", "🏙", "👩\u200d🌾", "\n", " ", "z\n"])
TEXTS = st.lists(LETTERS, min_size=4, max_size=40).map("".join)


def counted(text: str, at: int, convention: Convention) -> int:
    """Count the position of a character by going through the text: as a program would, not as Benang does."""
    before = text[:at]
    position = len(before.encode("utf-16-le")) // 2 if convention.is_utf16 else len(before)
    return position + convention.is_mark_counted + convention.is_line_end_two * before.count("\n")


def span_of(text: str, place: tuple[int, int], convention: Convention, name: str | None = None) -> Span:
    """Return a selection as a program with this convention would write it."""
    start, end = place
    last = counted(text, end, convention) - convention.is_end_inclusive
    return Span(counted(text, start, convention), last, text[start:end] if name is None else name)


def in_file(text: str) -> RawText:
    """Return a text with CR LF and a byte order mark, which conventions count or not."""
    return RawText("\ufeff" + text.replace("\n", "\r\n"))


@pytest.mark.parametrize("convention", EVERY, ids=str)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=1, max_size=5))
def test_passages_are_the_same_however_a_program_counts(
    convention: Convention, text: str, drawn: list[tuple[int, int]]
) -> None:
    """Each of the sixteen conventions is read back: the words of all selections are those of their names."""
    places = [(start % len(text), min(len(text), start % len(text) + length)) for start, length in drawn]
    places = [place for place in places if text[slice(*place)].strip()]  # nothing else is a passage
    raw = in_file(text)
    spans = [span_of(text, place, convention) for place in places]

    (chosen,) = conventions_of([(raw, spans)])

    found = Places(raw, chosen)
    assert [raw.text[slice(*(found.of(span) or (0, 0)))] for span in spans] == [span.name for span in spans]


@given(TEXTS, st.sampled_from(EVERY), st.integers(0, 60), st.integers(1, 30))
def test_a_position_is_where_a_program_counted_it(text: str, convention: Convention, start: int, length: int) -> None:
    """Under the convention that a program has, the place is found again."""
    start %= len(text)
    place = (start, min(len(text), start + length))

    assert Places(in_file(text), convention).of(span_of(text, place, convention)) == place


TEXT = "Rents rose twice.\nThe market 🏙 closed,\nand the permit came late.\n"
CLOSED, CAME = (TEXT.index("closed"), TEXT.index("closed") + 6), (TEXT.index("came"), TEXT.index("came") + 4)


def test_names_that_were_cut_or_have_other_white_space_still_vote() -> None:
    """As ATLAS.ti names selections: cut with an ellipsis, on one line."""
    convention = Convention(is_line_end_two=True, is_utf16=True)
    place = (TEXT.index("market"), TEXT.index("late"))
    spans = [span_of(TEXT, place, convention, "market 🏙 closed, and…"), span_of(TEXT, CLOSED, convention, "my thought")]

    assert conventions_of([(in_file(TEXT), spans)]) == (convention,)


def test_a_text_without_names_counts_as_the_other_texts_of_the_file() -> None:
    """One text shows that ends are inclusive, the other can't."""
    inclusive = Convention(is_end_inclusive=True)
    named, unnamed = span_of(TEXT, CLOSED, inclusive), span_of(TEXT, CLOSED, inclusive, "")

    assert conventions_of([(RawText(TEXT), [named]), (RawText(TEXT), [unnamed])]) == (inclusive, inclusive)


def test_without_any_name_a_selection_does_not_end_within_a_word() -> None:
    """An end one short of a word is that of its last character."""
    inclusive = Convention(is_end_inclusive=True)
    spans = [span_of(TEXT, place, inclusive, "") for place in (CLOSED, CAME)]

    assert conventions_of([(RawText(TEXT), spans)]) == (inclusive,)


def test_line_ends_that_a_text_does_not_have_are_counted_only_where_names_say_so() -> None:
    """Its program may have had CR LF; that a passage begins within a word is no proof of it."""
    text = RawText("Rent\nrose here")  # with CR LF, (6, 10) is 'rose'

    (unnamed,) = conventions_of([(text, [Span(6, 10)])])
    (named,) = conventions_of([(text, [Span(6, 10, "rose")])])

    assert (unnamed.is_line_end_two, named.is_line_end_two) == (False, True)


def test_a_passage_outside_the_text_weighs_more_than_one_that_ends_within_a_word() -> None:
    """With inclusive ends, the first would be 'Rent', but the second would not be there."""
    text = RawText("Rent rose!")

    assert conventions_of([(text, [Span(0, 3), Span(5, 10)])]) == (Convention(),)


@pytest.mark.parametrize(
    ("origin", "is_two"), [("ATLAS.ti Win 23", False), ("MAXQDA 2022", True), ("NVivo", True), ("", True)]
)
def test_what_is_known_of_a_program_decides_where_nothing_else_does(origin: str, is_two: bool) -> None:
    """Selections that begin and end between words under both conventions; in a file with CR LF."""
    raw = RawText("a b\r\nc d e f\r\n")

    assert conventions_of([(raw, [Span(5, 6), Span(7, 8)])], origin) == (Convention(is_line_end_two=is_two),)


def test_ties_go_to_code_points_exclusive_ends_and_no_mark() -> None:
    """Where nothing can be known."""
    assert conventions_of([(RawText("\ufeffkota 🏙 kota"), []), (RawText(""), [])]) == (Convention(), Convention())


def test_names_are_compared_without_white_space_and_up_to_where_they_were_cut() -> None:
    """Only a name that says so was cut."""
    assert is_named("the rent …", "the rent\nrose")
    assert not is_named("the rent", "the rent rose")
    assert not is_named("…", "the rent rose") or not is_named("", "the rent rose")
