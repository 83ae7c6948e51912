"""Random corpora with everything that networks are made of."""

from __future__ import annotations

import numpy as np

from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record

_KEYWORDS = ("Sister city", "sister  city", "Kota", "kota", "Budget", "budget.", "Staff", "Law", "Aid", "Trade")
_AUTHORS = ("Sari, D.", "SARI, D", "Budi, E.", "Doe, A.", "Roe, B. C.", "Roe, BC", "Li, X.", "Ng, Y.")
_PLACES = (
    "Universitas Contoh, Bandung, Indonesia",
    "Univ Contoh, Dept Law, Bandung, Indonesia",
    "University of Oslo, Oslo, Norway",
    "Leiden University, Leiden, Netherlands",
    "Nowhere",
)
_SOURCES = ("Journal of Tests", "JOURNAL OF TESTS", "Tests", "")
_OUTSIDE = tuple(f"Smith J, {2000 + at}, J TEST, V{at}, P{at}" for at in range(12))


def made_corpus(n: int, seed: int = 0) -> Corpus:
    """Make records that share keywords, authors, places and references, and cite each other as in OpenAlex."""
    rng = np.random.default_rng(seed)

    def some(of: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(of[at] for at in rng.integers(0, len(of), int(rng.integers(0, most + 1))))

    records = []
    for at in range(n):
        within = tuple(f"https://openalex.org/W{100 + other}" for other in rng.integers(0, n, int(rng.integers(0, 3))))
        records.append(
            Record(
                f"W{100 + at}",
                title=f"Title {at}",
                year=int(rng.integers(2015, 2019)) if rng.random() < 0.9 else None,
                citations=int(rng.integers(0, 30)) if rng.random() < 0.9 else None,
                volume=str(at),
                first_page=str(1000 + at),
                source=_SOURCES[int(rng.integers(0, len(_SOURCES)))],
                identifiers=(f"openalex:W{100 + at}",),
                authors=some(_AUTHORS, 5),
                author_keywords=some(_KEYWORDS, 4),
                index_keywords=some(_KEYWORDS, 3),
                topics=some(("Law", "Cities", "Trade"), 2),
                affiliations=tuple(dict.fromkeys(some(_PLACES, 3))),
                references=(*some(_OUTSIDE, 6), *within),
            )
        )
    return corpus_of(records)
