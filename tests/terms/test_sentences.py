"""Sentences without labels and statements about copyright."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
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
        "All rights, including for text and data mining, AI training, and similar technologies, are reserved.",
        "© Contoh Publishing, Ltd., 2024. Contoh Publishing, Ltd., 2024.",
        "Contoh Publishing, Ltd., 2024.",
        "(C) The Authors.",
        "(C) 2016 Contoh B.V. (C) The Author(s) 2016.",
        "copyright © 2009 contoh enterprises ltd.",
        "Copying or distributing in print or electronic forms without written permission of Contoh is prohibited.",
        "© 2020 by the authors. Licensee Contoh Press, Basel, Switzerland.",
        "2019 Wiley Periodicals, Inc.",
        "This article is protected by copyright. All rights reserved.",
        "This is an open access article under the CC–BY-SA license (https://contoh.example).",
        "Published by the Contoh Society under the terms of the Creative Commons Attribution 4.0 license.",
        "Contoh Reports published by Misal Periodicals LLC on behalf of Society of Umpama.",
    ],
)
def test_statements_about_copyright_are_left_out_and_counted(statement: str) -> None:
    """They stand at the end of abstracts, in many forms."""
    found = sentences_of(f"Cities grow. {statement}")
    assert (found.sentences, found.statements) == (("Cities grow.",), 1)


def test_a_text_about_copyright_stays() -> None:
    """It names no owner and no year."""
    assert sentences_of("Copyright law protects authors.").sentences == ("Copyright law protects authors.",)


@pytest.mark.parametrize(
    "sentence",
    [
        "The survey in which the file is embedded (Invented©) asks for rents.",
        "The model is written in Invented©.",
        "We compare journals published by Elsevier Ltd with others.",
        "The impact of an open access article is higher.",
        "Libraries teach Creative Commons and the CC BY mark.",
        "The town grants an exclusive license to the firm.",
        "Rents (c) 12 times higher were paid in (C) markets.",
        "Authors hold copyright of their songs.",
        "Permission of the vendors is needed to sell.",
        "The ministry has published by law the rents of all stalls.",
    ],
)
def test_what_authors_say_of_licences_and_publishers_stays(sentence: str) -> None:
    """Reviews of publishing speak of copyright, publishers and licences: these are their words."""
    assert sentences_of(f"Cities grow. {sentence} We close.").sentences == ("Cities grow.", sentence, "We close.")


def test_a_statement_breaks_off_a_sentence_that_ends_in_a_short_word() -> None:
    """`16 T.` looks like an initial; the publisher behind it begins a new sentence."""
    found = sentences_of("The field was 16 T. Published by Contoh Publishing.")
    assert found.sentences == ("The field was 16 T.",)


def test_short_sentences_behind_a_statement_stay() -> None:
    """Words such as nature and university name no publisher where they stand in a sentence."""
    for sentence in ("Nature needs cities.", "We ask university students."):
        assert sentences_of(f"© 2018 IEEE. {sentence}").sentences == (sentence,)


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


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Originality/value This study is the first.", "This study is the first."),
        ("Design/methodology/approach Vendors were asked.", "Vendors were asked."),
        ("Purpose The purpose is clear.", "The purpose is clear."),
        ("Findings Rents rose.", "Findings Rents rose."),
        ("Practical implications We advise vendors.", "We advise vendors."),
        ("METHODS AND RESULTS Rents were read.", "Rents were read."),
        ("Tujuan Penelitian ini mengkaji sewa.", "Penelitian ini mengkaji sewa."),
        ("ABSTRAK Sewa naik.", "Sewa naik."),
        ("Results of two surveys agree.", "Results of two surveys agree."),
        ("Evaluation studies are rare.", "Evaluation studies are rare."),
    ],
)
def test_labels_need_no_colon(text: str, bare: str) -> None:
    """They are parted by slashes, in capitals, or before a word that begins a sentence; else nothing tells them."""
    assert sentences_of(text).sentences == (bare,)


def test_an_abstract_that_shows_labels_has_more_of_them() -> None:
    """After two, a third needs no other sign."""
    text = "Background The rents rose. Methods A survey was done. Conclusions Rents are high."
    assert sentences_of(text).sentences == ("The rents rose.", "A survey was done.", "Rents are high.")


@pytest.mark.parametrize(
    "text", ["Latar Belakang. Sewa naik.", "Sewa naik. Kata kunci: sewa, pasar", "Abstrak\nSewa naik."]
)
def test_labels_by_themselves_and_lists_of_keywords_are_left_out(text: str) -> None:
    """Garuda prints both within the abstract."""
    assert sentences_of(text).sentences == ("Sewa naik.",)


@pytest.mark.parametrize(
    "text",
    [
        "Rents rose. (ABSTRACT TRUNCATED AT 250 WORDS)",
        "Rents rose. J Inv Markets 2019;5:99-101. © 2019 Umpama.",
        "Rents rose. © 2019 Rekaan Verlag GmbH & Co. KGaA, Umpama.",
        "Rents rose [Inv. Rev. B 72, 014446 (2005)].",
        "Rents rose [A. Umpama et al., J. Inv. Rev. B 72, 014446 (2005)10.9999/x.72.014446].",
    ],
)
def test_what_an_export_adds_is_left_out(text: str) -> None:
    """MEDLINE cuts abstracts and says so; publishers cite the article itself, authors cite others."""
    assert [sentence.rstrip(" .") for sentence in sentences_of(text).sentences if sentence.strip(" .")] == [
        "Rents rose"
    ]


def test_a_clause_before_a_colon_is_no_label() -> None:
    """Not every colon follows a heading."""
    text = "Three methods were compared: regression, trees and forests."
    assert sentences_of(text).sentences == (text,)


def test_what_is_shortened_ends_no_sentence() -> None:
    """Full stops stand there too."""
    assert len(sentences_of("Dr. Sari et al. mapped cities, e.g. Bandung, in Fig. 2. They grow.").sentences) == 2


def test_a_hostile_text_takes_no_time() -> None:
    """Nothing is looked through again and again."""
    start = time.process_time()
    for piece in ("A ", "(A ", "[A. B ", "Purpose ", "METHODS ", "a/", "2019;1", "(abstract truncated "):
        sentences_of(piece * 20_000)
    assert time.process_time() - start < 10


@given(st.text(max_size=400))
def test_any_text_gives_sentences_of_its_own_words(text: str) -> None:
    """Nothing is made up, whatever is read."""
    assert all(sentence.strip() for sentence in sentences_of(text).sentences)
