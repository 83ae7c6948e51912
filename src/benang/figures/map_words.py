"""The words on maps, in English and Indonesian, and what a map says about itself below it.

That is what it rests on, and what is not drawn or named. A caller may put other words in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benang.errors import unknown
from benang.kinds import SMALL_CORPUS
from benang.locale import LANGUAGES, translator
from benang.locale.writing import numeral
from benang.looks.appearance import ShownLinks
from benang.maps import Map
from benang.maps.stability_account import stability_note
from benang.network.network import Network
from benang.records.record import ADDED, ASSIGNED

_ENDS = (".", "!", "?", "…", ".)")
_PARAGRAPH = 600  # characters: a longer paragraph is no caption


def _(text: str) -> str:
    """Mark a text to be translated; it is looked up when its language is known."""
    return text


_TEXTS: Mapping[str, str] = {
    "small_corpus": _("Small corpus ({n} {unit}): read the map as an illustration, not as the structure of the field."),
    "assigned_keywords": _("Keywords were assigned for this review, not by the authors."),
    "added_keywords": _("Some keywords were added for this review."),
    "counts": _("{items}, {links}, {clusters}."),
    "counts_without_links": _("{items}, {clusters}."),
    "strongest_links": _("Showing the {shown} strongest of {links}."),
    "part_shown": _("Showing {shown} of {items}."),
    "unnamed": _("No room for the names of {items}."),
    "letters": _("□ marks a letter missing from the figure's font."),
    "no_score": _("no value: {items}"),
    "no_year": _("no year: {items}"),
    "no_colour": _("no colour given: {items}"),
    "own_colours": _("Colours given in the file"),
    "no_cluster": _("no cluster: {items}"),
    "more_clusters": _("{n} more"),
    "more_single_clusters": _("{n} more of one item each"),
    "item": _("{n} item"),
    "items": _("{n} items"),
    "link": _("{n} link"),
    "links": _("{n} links"),
    "cluster": _("{n} cluster"),
    "clusters": _("{n} clusters"),
    "counts_of_items": _("{items}."),
    "counts_without_clusters": _("{items}, {links}."),
    "record": _("record"),
    "records": _("records"),
    "work": _("work"),
    "works": _("works"),
    "case": _("case"),
    "cases": _("cases"),
    "divide by mean": _("1 = mean"),
    "subtract mean": _("0 = mean"),
    "z-score": _("standard deviations from the mean"),
    "density": _("Density"),
    "density_low": _("low"),
    "density_high": _("high"),
    "Avg. pub. year": _("Average year of publication"),
    "Pub. year": _("Year of publication"),
    "Avg. citations": _("Average citations"),
    "Avg. norm. citations": _("Average normalised citations"),
    "Norm. citations": _("Normalised citations"),
    "Occurrences": _("Occurrences"),
    "Documents": _("Documents"),
    "Cases": _("Cases"),
    "Studies": _("Studies"),
    "Citations": _("Citations"),
    "Links": _("Links"),
    "Total link strength": _("Total link strength"),
}


class Words:
    """The words of one language, with its way of writing numbers.

    Examples
    --------
    >>> Words("en").count(1234, "link"), Words("id").count(1234, "link"), Words("en").count(1, "link")
    ('1,234 links', '1.234 tautan', '1 link')
    >>> Words("en")("Documents")  # a name that needs no translation stays
    'Documents'
    """

    def __init__(self, language: str = "en", overrides: Mapping[str, str] | None = None) -> None:
        if language not in LANGUAGES:
            raise unknown(language, LANGUAGES, where="language", expected="a language of Benang")
        self.language = language
        spoken = translator(language)
        self._texts = {key: spoken(text) for key, text in _TEXTS.items()} | dict(overrides or {})

    def __call__(self, key: str, **values: object) -> str:
        """Return a text by its key, filled in; a key without a text is the text."""
        text = self._texts.get(key, key)
        return text.format(**values) if values else text

    def number(self, value: float) -> str:
        """Return a number as the language writes it, with as many decimals as it needs, at most three."""
        return numeral(value, self.language)

    def count(self, n: int, noun: str) -> str:
        """Return a number with its noun, singular or plural."""
        return self(noun if n == 1 else f"{noun}s", n=self.number(n))


def running(notes: Sequence[str]) -> tuple[str, ...]:
    """Join notes to paragraphs, as in a caption: a line of its own for each would take room from the map.

    Examples
    --------
    >>> running(["Small corpus (23 records).", "29 items, 97 links."])
    ('Small corpus (23 records). 29 items, 97 links.',)
    """
    paragraphs: list[str] = []
    for note in notes:
        if paragraphs and paragraphs[-1].endswith(_ENDS) and len(paragraphs[-1]) + len(note) < _PARAGRAPH:
            paragraphs[-1] = f"{paragraphs[-1]} {note}"
        else:
            paragraphs.append(note)
    return tuple(paragraphs)


def corpus_notes(map_: Map, words: Words, *, clusters: bool = True) -> tuple[str, ...]:
    """Return the sentences that a map owes its reader.

    How small the corpus is, whose keywords these are, and what its settings note on the stability of the clusters,
    unless the figure shows no `clusters`.
    """
    notes = []
    n = _corpus_size(map_)
    if n is not None and n < SMALL_CORPUS:
        one, several = unit_words(map_.network)
        notes.append(words("small_corpus", n=words.number(n), unit=words(one if n == 1 else several)))
    if ASSIGNED in map_.origins:
        notes.append(words("assigned_keywords" if ADDED not in map_.origins else "added_keywords"))
    elif ADDED in map_.origins:
        notes.append(words("added_keywords"))
    return (*notes, *(_stability(map_, words) if clusters else ()))


def unit_words(network: Network) -> tuple[str, str]:
    """Return what a network counts, for one and for several: cases, records, or works where records were joined.

    Examples
    --------
    >>> from scipy import sparse
    >>> from benang.network import NetworkSettings
    >>> bare = Network(("a",), ("a",), sparse.csr_array((1, 1)), settings=NetworkSettings(works=True))
    >>> unit_words(bare)
    ('work', 'works')
    """
    if network.unit == "cases":
        return "case", "cases"
    return ("work", "works") if network.settings.works else ("record", "records")


def _stability(map_: Map, words: Words) -> list[str]:
    """Say how far the clusters hold, in the words' language; a note alone is shown unchanged."""
    account = map_.settings.stability
    if account is None:
        return []
    note = stability_note(account, words.language) if account.verdict else account.note
    return [note.strip()] if note and note.strip() else []


def _corpus_size(map_: Map) -> int | None:
    if map_.network.unit != "cases":
        corpus = map_.network.settings.corpus
        for n in (corpus.records, corpus.read):  # those that are counted, works where records were joined
            if n is not None:
                return n
    return len(map_.network.records) or None


def count_note(
    map_: Map,
    shown: ShownLinks | None,
    n_unnamed: int,
    words: Words,
    *,
    n_shown: int | None = None,
    clusters: bool = True,
) -> str:
    """Return the sentences that count items, links and clusters, and say what of them isn't drawn or named.

    Without `shown` links there are none in this kind of figure, and none are counted; the same holds of `clusters`.
    `n_shown` items lie on the page: without it all.
    """
    links = words.count(map_.network.n_links, "link")
    partly = shown is not None and len(shown) < map_.network.n_links
    key = {
        (True, True): "counts",
        (True, False): "counts_without_clusters",
        (False, True): "counts_without_links",
        (False, False): "counts_of_items",
    }[shown is not None and not partly, clusters]
    items = words.count(len(map_), "item")
    parts = [words(key, items=items, links=links, clusters=words.count(map_.n_clusters, "cluster"))]
    if shown is not None and partly:
        parts.append(words("strongest_links", shown=words.number(len(shown)), links=links))
    if n_shown is not None and n_shown < len(map_):
        parts.append(words("part_shown", shown=words.number(n_shown), items=items))
    if n_unnamed:
        parts.append(words("unnamed", items=words.count(n_unnamed, "item")))
    return " ".join(parts)
