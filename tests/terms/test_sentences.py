"""Sentences without labels and statements about copyright."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benang.terms.sentences import sentences_of


@pytest.mark.parametrize(
    "statement",
    [
        "© 2020 Elsevier B.V. All rights reserved.",
        "Copyright (c) 2021 Jurnal Hubungan Internasional.",
        "This is an open access article under the CC BY-SA license.",
        "© 2019 The Authors. Published by Elsevier Ltd.",
        "All rights reserved.",
        "Hak cipta dilindungi undang-undang.",
    ],
)
def test_statements_about_copyright_are_left_out_and_counted(statement: str) -> None:
    """They stand at the end of abstracts, in many forms."""
    found = sentences_of(f"Cities grow. {statement}")
    assert (found.sentences, found.statements) == (("Cities grow.",), 1)


def test_a_text_about_copyright_stays() -> None:
    """It names no owner and no year."""
    assert sentences_of("Copyright law protects authors.").sentences == ("Copyright law protects authors.",)


def test_a_statement_at_the_beginning_takes_nothing_with_it() -> None:
    """Some exports put it before the abstract."""
    assert sentences_of("© 2018 IEEE. We map cities in ten countries of Asia.").sentences == (
        "We map cities in ten countries of Asia.",
    )


@pytest.mark.parametrize(
    "label",
    [
        "BACKGROUND:",
        "Methods and Results:",
        "Design/methodology/approach:",
        "MAIN OUTCOME MEASURE(S):",
        "Latar belakang:",
    ],
)
def test_labels_of_sections_are_left_out(label: str) -> None:
    """Whatever they are called."""
    assert sentences_of(f"{label} Cities grow.").sentences == ("Cities grow.",)
    assert sentences_of(f"{label} Cities grow.", ignore_labels=False).sentences == (f"{label} Cities grow.",)


def test_a_clause_before_a_colon_is_no_label() -> None:
    """Not every colon follows a heading."""
    text = "Three methods were compared: regression, trees and forests."
    assert sentences_of(text).sentences == (text,)


def test_what_is_shortened_ends_no_sentence() -> None:
    """Full stops stand there too."""
    assert len(sentences_of("Dr. Sari et al. mapped cities, e.g. Bandung, in Fig. 2. They grow.").sentences) == 2


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_sentences_of_its_own_words(text: str) -> None:
    """Nothing is made up, whatever is read."""
    assert all(sentence.strip() for sentence in sentences_of(text).sentences)
