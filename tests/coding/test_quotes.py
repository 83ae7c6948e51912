"""Quotes as people copy them, found in texts as they were printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.coding.quotes import Span, chosen_by_surroundings, find_quote, nearest_passage, seen, surroundings

pytestmark = pytest.mark.fast

TEXT = (
    "The rent of a stall\ndoubled, and the municipal admin-\nistration closed “two” gates. Vendors  left   it.\n\n"
    "The ﬁrst oﬃce moved to Post-\nWar Street.\f🏮 Nai\u0308ve sellers: don’t trust 12 promises.\n"
    "سوق الليل أُغلق في الشتاء. Prices rose; prices rose. Parents pay rent."
)


def words(quote: str, text: str = TEXT) -> list[str]:
    """Return the stretches of a text where a quote is found."""
    return [text[one.start : one.end] for one in find_quote(quote, text)]


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("rent of a stall doubled", "rent of a stall\ndoubled"),
        ("the municipal administration closed", "the municipal admin-\nistration closed"),
        ("the municipal admin-istration", "the municipal admin-\nistration"),
        ('closed "two" gates', "closed “two” gates"),
        ("Vendors left it.", "Vendors  left   it."),
        ("first office", "ﬁrst oﬃce"),
        ("Post-War Street", "Post-\nWar Street"),
        ("Na\u00efve sellers", "Nai\u0308ve sellers"),
        ("naive sellers", "Nai\u0308ve sellers"),
        ("don't trust", "don’t trust"),
        ("Street. 🏮 Naïve", "Street.\f🏮 Nai\u0308ve"),
        ("أُغلق في الشتاء", "أُغلق في الشتاء"),
        ("اغلق في الشتاء", "أُغلق في الشتاء"),
        ("“The rent of a stall…”", "The rent of a stall"),
        ("THE RENT OF A STALL", "The rent of a stall"),
        ("promises", "promises"),
    ],
)
def test_a_quote_is_found_however_it_was_copied(quote: str, there: str) -> None:
    """A quote is found however it was copied."""
    assert words(quote) == [there]


def test_each_place_of_a_quote_is_found_in_its_order() -> None:
    """Each place of a quote is found in its order."""
    assert words("prices rose", "Prices rose, prices rose. prices rose") == ["prices rose", "prices rose"]


def test_a_word_within_another_counts_only_where_it_stands_nowhere_else() -> None:
    """A word within another counts only where it stands nowhere else."""
    assert [one.start for one in find_quote("rent", "parent, rent")] == [8]
    assert [one.start for one in find_quote("rent", "parent")] == [2]


@pytest.mark.parametrize("quote", ["", "  \n", "“”", "The rent of a stall tripled"])
def test_what_is_not_there_is_found_nowhere(quote: str) -> None:
    """What is not there is found nowhere."""
    assert find_quote(quote, TEXT) == ()


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 30))
def test_every_stretch_of_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    """Whatever Unicode holds, a stretch with a letter or a figure in it is found where it was taken from."""
    stretch = text[start : start + length]
    if any(one.isalnum() for one in stretch):
        places = find_quote(stretch, text)
        assert places
        assert all(0 <= one.start < one.end <= len(text) for one in places)


@given(st.text(max_size=80))
def test_each_letter_that_is_seen_stands_somewhere_in_the_text(text: str) -> None:
    """Each letter that is seen stands somewhere in the text."""
    shown = seen(text)
    assert len(shown.text) == len(shown.starts) == len(shown.ends)
    assert all(0 <= first < last <= len(text) for first, last in zip(shown.starts, shown.ends, strict=True))
    assert list(shown.starts) == sorted(shown.starts)


def test_the_nearest_passage_says_which_words_differ() -> None:
    """The nearest passage says which words differ."""
    near = nearest_passage("The rent of a stall tripled, and the administration", TEXT)
    assert near is not None
    assert near.words.startswith("The rent of a stall doubled")
    assert ("tripled", "doubled") in near.instead


def test_nothing_is_near_a_quote_of_another_paper() -> None:
    """Nothing is near a quote of another paper."""
    assert nearest_passage("Xylophone quintets bewilder zealous judges", TEXT) is None


def test_surroundings_choose_between_places() -> None:
    """Surroundings choose between places."""
    text = "In the north prices rose at once. At the harbour prices rose when the ferry stopped."
    north, harbour = find_quote("prices rose", text)
    before, after = surroundings(text, harbour)
    wrapped = text.replace(" ", "\n")
    assert chosen_by_surroundings(wrapped, find_quote("prices rose", wrapped), before, after) == harbour
    assert chosen_by_surroundings(text, [north, harbour], *surroundings(text, north)) == north


def test_surroundings_that_fit_two_places_alike_choose_none() -> None:
    """Surroundings that fit two places alike choose none."""
    text = "a b c a b c"
    assert chosen_by_surroundings(text, find_quote("b", text), "a ", " c") is None
    assert chosen_by_surroundings(text, [], "a", "c") is None
    assert surroundings("abc", Span(1, 2)) == ("a", "c")
