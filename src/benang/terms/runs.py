"""Text → runs of words: what stands between two function words or punctuation marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

# A word, with a full stop or apostrophe inside (D.I, women's); hyphens join words but are none of their letters.
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HYPHENS = frozenset("-‐‑–")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or several that belong together: its key (lower-case words with one space), and its place in the text."""

    key: str
    start: int
    end: int

    @property
    def n_words(self) -> int:
        """Number of words."""
        return self.key.count(" ") + 1


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is read for terms, and its runs: units that stand next to each other."""

    text: str
    runs: tuple[tuple[Unit, ...], ...]

    def spelling(self, unit: Unit) -> str:
        """Return a unit as the text has it, in lower case."""
        return " ".join(self.text[unit.start : unit.end].lower().split())


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a label, in lower case; hyphens count as spaces.

    Examples
    --------
    >>> words_of("COVID-19 Pandemic")
    ('covid', '19', 'pandemic')
    """
    return tuple(match.group().lower() for match in _WORD.finditer(text))


def runs_of(text: str, stop_words: Collection[str], *, joined: Mapping[str, Sequence[tuple[str, ...]]]) -> Text:
    """Cut a text into runs at function words and at every mark but a hyphen; HTML tags are left out.

    A function word is none within a hyphenated word (start-up), and none in capitals within a text that isn't
    (US, WHO, DI).

    Parameters
    ----------
    text
        A title, say.
    stop_words
        Function words, in lower case.
    joined
        Phrases that stay together wherever they stand, by their first word, the longest first; they may hold function
        words.

    Examples
    --------
    >>> cut = runs_of("Start-up di Kota Bandung: kerja sama", {"di", "up"}, joined={"kerja": [("kerja", "sama")]})
    >>> [[unit.key for unit in run] for run in cut.runs]
    [['start', 'up'], ['kota', 'bandung'], ['kerja sama']]
    """
    clean = unicodedata.normalize("NFKC", _TAG.sub(" ", text))
    capitals = clean.isupper()
    runs: list[tuple[Unit, ...]] = []
    for clause in _clauses(clean):
        run: list[Unit] = []
        for unit, hyphened in _held_together(clean, clause, joined):
            shouted = not capitals and len(unit.key) > 1 and clean[unit.start : unit.end].isupper()
            if unit.key in stop_words and not hyphened and not shouted:
                runs.append(tuple(run))
                run = []
            else:
                run.append(unit)
        runs.append(tuple(run))
    return Text(clean, tuple(run for run in runs if run))


def _clauses(text: str) -> Iterator[list[Unit]]:
    """Group words that nothing but white space or a hyphen parts."""
    clause: list[Unit] = []
    for match in _WORD.finditer(text):
        between = text[clause[-1].end : match.start()] if clause else ""
        if clause and between.strip() and between not in _HYPHENS:
            yield clause
            clause = []
        clause.append(Unit(match.group().lower(), *match.span()))
    if clause:
        yield clause


def _held_together(
    text: str,
    clause: Sequence[Unit],
    joined: Mapping[str, Sequence[tuple[str, ...]]],
) -> Iterator[tuple[Unit, bool]]:
    """Join the phrases that are given, and tell of each unit whether a hyphen ties it to a neighbour."""
    words = [unit.key for unit in clause]
    at = 0
    while at < len(clause):
        phrases = joined.get(words[at], ())
        size = next((len(phrase) for phrase in phrases if tuple(words[at : at + len(phrase)]) == phrase), 1)
        first, last = clause[at], clause[at + size - 1]
        hyphened = text[max(first.start - 1, 0) : first.start] in _HYPHENS or text[last.end : last.end + 1] in _HYPHENS
        yield Unit(" ".join(words[at : at + size]), first.start, last.end), hyphened
        at += size
