"""The parts of a code go into one description and come out of it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.qda import CodeParts, description_of, parts_of

pytestmark = pytest.mark.fast

LINES = st.sampled_from(["", "[Include]", "\\[Include]", "[Example] ", "[Label in Indonesian]", "rent", " ", "[Other]"])
TEXTS = st.lists(LINES | st.text(), max_size=5).map("\n".join)


@given(st.builds(CodeParts, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_what_was_written_into_a_description_is_read_out_of_it(parts: CodeParts) -> None:
    """Whatever lines a part has, also such as name a part."""
    assert parts_of(description_of(parts)) == parts


@given(TEXTS)
def test_a_description_of_another_program_is_the_definition_and_comes_back_as_it_was(text: str) -> None:
    """A text in which no line names a part."""
    plain = text.replace("[", "(")

    assert parts_of(plain) == CodeParts(plain)
    assert description_of(parts_of(plain)) == plain
