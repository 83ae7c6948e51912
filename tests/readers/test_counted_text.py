"""ProQuest's text: paragraphs behind labels, one document behind the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Reading, Source
from benang.readers.counted_text import is_proquest_text, read_proquest_text


@pytest.fixture(scope="module")
def sample(test_data: Path) -> bytes:
    """Return an invented export of two documents."""
    return (test_data / "exports" / "samples" / "proquest.txt").read_bytes()


def _read(data: bytes) -> Reading:
    return read_proquest_text(Source("a.txt", "a.txt", data))


def test_documents_are_counted_by_their_own_lines(sample: bytes) -> None:
    """The title stands alone above the labels, or behind its label; what surrounds the documents is none."""
    reading = _read(sample)

    assert is_proquest_text(sample.decode())
    assert (reading.found, reading.set_aside) == (2, ())
    assert [record.title for record in reading.records] == ["Sister cities that drift apart", "Rivers and their banks"]
    assert [record.year for record in reading.records] == [2021, 2019]


def test_a_document_that_was_cut_is_set_aside(sample: bytes) -> None:
    """Every document ends with its database: one without was cut off with the file."""
    reading = _read(sample[: sample.index(b"Publication year: 2019") + 10])

    assert (reading.found, len(reading.records), reading.set_aside[0].record) == (2, 1, 2)


def test_another_text_is_not_taken_for_it() -> None:
    """A line that counts documents is not enough, nor a label alone."""
    assert not is_proquest_text("Document 1 of 2\n\nDear colleague,\n")
    assert not is_proquest_text("Author: Contoh, Ani\nTitle: Kota\n")


@given(st.integers(0, 1500), st.binary(max_size=40), st.integers(0, 200))
def test_any_bytes_end_in_a_reading_or_a_message(sample: bytes, at: int, noise: bytes, cut: int) -> None:
    """Whatever is written into an export, its documents are read or set aside."""
    data = (sample[:at] + noise + sample[at + cut :]).decode("utf-8", "replace").encode()
    try:
        reading = _read(data)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)


def test_twenty_thousand_empty_documents_in_a_row_are_accounted_for(sample: bytes) -> None:
    """Headings without anything behind them cost no more than others."""
    reading = _read(b"Document 1 of 2\n" * 20_000 + sample)

    assert reading.found == 20_002
