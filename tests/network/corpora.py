"""Small corpora whose networks are known by hand."""

from __future__ import annotations

from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record


def keywords(*records: str, years: tuple[int | None, ...] = (), citations: tuple[int | None, ...] = ()) -> Corpus:
    """Make a corpus of records with author keywords, each record's in one text with commas."""
    return corpus_of(
        Record(
            f"r{i}",
            author_keywords=tuple(word for word in text.split(",") if word),
            year=years[i] if years else None,
            citations=citations[i] if citations else None,
        )
        for i, text in enumerate(records)
    )
