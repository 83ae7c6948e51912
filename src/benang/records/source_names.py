"""How a corpus writes the names of its sources: what Web of Science prints in capitals, as journals print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from benang.records.capitals import mixed_words, source_case
from benang.records.spelling import label_key, usual_spelling


@dataclass(frozen=True, slots=True)
class SourceNames:
    """Spellings of whole names, by `label_key`, and of words with inner capitals, by the word in capitals.

    `known` keeps what was asked, since many records have one source.
    """

    names: Mapping[str, str]
    words: Mapping[str, str]
    known: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False, compare=False)

    def shown(self, source: str, *, tells: bool = False) -> str:
        """Return a name in capitals as the corpus writes it elsewhere, else as names are written; others as they stand.

        Whether capitals `tell` of an acronym is a matter of who wrote the name (`source_case`).

        Examples
        --------
        >>> names = source_names(["Spine", "ACS Nano", "JOURNAL OF TOWNS"])
        >>> names.shown("SPINE"), names.shown("ACS CENT SCI"), names.shown("IEEE T MAGN"), names.shown("Spine")
        ('Spine', 'ACS Cent Sci', 'IEEE T Magn', 'Spine')
        """
        if not source.isupper():
            return source
        asked = (source, tells)
        if asked not in self.known:
            found = self.names.get(label_key(source)) or source_case(source, spellings=self.words, tells=tells)
            self.known[asked] = found
        return self.known[asked]


NO_NAMES = SourceNames({}, {})


def source_names(written: Iterable[str]) -> SourceNames:
    """Learn from the names that are not in capitals; of several spellings the most frequent counts."""
    counts = Counter(name for name in written if name and not name.isupper())
    several: dict[str, dict[str, int]] = {}
    words: dict[str, Counter[str]] = {}
    for name, count in counts.items():
        several.setdefault(label_key(name), {})[" ".join(name.split())] = count
        for capital, word in mixed_words(name).items():
            words.setdefault(capital, Counter())[word] += count
    return SourceNames(
        {key: usual_spelling(spellings) for key, spellings in several.items()},
        {capital: usual_spelling(spellings) for capital, spellings in words.items()},
    )
