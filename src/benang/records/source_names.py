"""How a corpus writes the names of its sources: what Web of Science prints in capitals, as journals print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from benang.records.capitals import is_loud, is_mixed, source_case, words_of
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
        if not source.isupper() and (tells or not is_loud(source)):
            return source
        asked = (source, tells)
        if asked not in self.known:
            found = self.names.get(label_key(source)) or source_case(source, spellings=self.words, tells=tells)
            self.known[asked] = found
        return self.known[asked]


NO_NAMES = SourceNames({}, {})


def source_names(written: Iterable[str], acronyms: Iterable[str] = ()) -> SourceNames:
    """Learn from the names that are not in capitals; of several spellings the most frequent counts.

    `acronyms` are names in capitals that are known to be written so.
    """
    counts = Counter(name for name in written if name and not name.isupper() and not is_loud(name))
    counts.update(acronyms)
    several: dict[str, dict[str, int]] = {}
    words: dict[str, dict[str, int]] = {}
    for name, count in counts.items():
        several.setdefault(label_key(name), {})[" ".join(name.split())] = count
        for word in words_of(name):
            forms = words.setdefault(word.upper(), {})
            forms[word] = forms.get(word, 0) + count
    usual = {capital: usual_spelling(forms) for capital, forms in words.items() if any(map(is_mixed, forms))}
    return SourceNames(
        {key: usual_spelling(spellings) for key, spellings in several.items()},
        {capital: word for capital, word in usual.items() if is_mixed(word)},
    )
