"""What may stand on a map and what may link it: one table of the kinds of items, one of the kinds of links.

Terminal, plan, library, report and docs take their words, choices, checks and presets from here. This module imports
no library, so that the terminal's help can print it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from benang.locale.writing import Worded, worded

Link = Literal["co-authorship", "co-occurrence", "citation", "coupling", "co-citation"]
"""What links two items: a record that both wrote, or both stand in; a citation of one by the other; works that both
cite; records that cite both."""

KeywordItems = Literal["author-keywords", "index-keywords", "keywords", "topics"]
"""Words that a record lists: keywords as authors gave them, as an indexer gave them, both together, and the topics that
a database sorts works under."""

AuthorshipItems = Literal["authors", "organizations", "countries"]
"""Who wrote a record, and where: what co-authorship links."""

PartyItems = Literal[AuthorshipItems, "sources"]
"""What documents belong to: their authors, these authors' organisations and countries, the source that they appeared
in."""

MemberItems = Literal["documents", "sources", AuthorshipItems]
"""What citation and bibliographic coupling link: documents, or what documents belong to."""

RecordItems = Literal[KeywordItems, AuthorshipItems, "sources"]
"""What may occur in a record, and is read off one of its fields."""

CitedItems = Literal["references", "cited-sources", "cited-authors"]
"""What is cited together: works, the sources that they appeared in, or their authors."""

FolderItems = Literal[RecordItems, "documents", "references"]
"""What may be shown of a corpus that stays where it lies; terms and what is cut out of references need it in memory."""

AssociatedItems = Literal["author-keywords", "index-keywords", "keywords", "terms"]
"""What the codes of a review may be held against."""

Items = Literal[RecordItems, "terms", "documents", CitedItems]
"""What may stand on a map of records."""

Counting = Literal["full", "fractional", "binary"]
"""Full: what two items share adds 1 as often as it stands there. Fractional: what n items share adds 1/(n - 1), so that
each record, or each shared work, gives every item a total of 1. Binary: it adds 1, however often it stands there."""

TermMethod = Literal["auto", "noun-phrases", "stop-words", "spacy"]
"""`auto`: noun phrases in English, stop words elsewhere. `noun-phrases`: English only. `stop-words`: everywhere.
`spacy`: like `auto`, with the parts of speech from spaCy."""

TermCounting = Literal["binary", "full"]
"""`binary`: the records that a term occurs in. `full`: all its occurrences."""

TextField = Literal["title", "abstract"]
"""The parts of a record that terms are found in."""

Normalization = Literal["association-strength", "fractionalization", "modularity", "none", "cosine", "jaccard"]
"""How link strengths are normalised; `modularity` is VOSviewer's "LinLog/modularity"."""

Matching = Literal["exact", "keys", "fuzzy"]
"""When two cited references are one work: printed alike; sharing a key; sharing a key or much alike."""

CODE_SCORE = "code:"
"""What the name of a score begins with that is the share of cases with a code: `code:budget` in a plan."""

ComponentChoice = Literal["largest", "all"]
"""Whether only the largest set of items that hang together is shown, or all."""

AuthorNames = Literal["joined", "exact"]
"""Whether forms of a name and ids of databases are brought to one author, or the string counts, as in VOSviewer."""

FirstThreshold = Literal["min_occurrences", "min_documents", "min_citations"]

Weight = Literal["Occurrences", "Documents", "Citations", ""]
"""What sizes items of a kind; nothing for documents, each of which is one."""

PRESET_TOP = 1000
"""Items that are kept at most, those with the largest total link strength (VOSviewer's preset)."""

PRESET_SHARE = 0.6
"""The share of terms that is kept, the most relevant ones (VOSviewer's preset)."""

USUAL_MOST = 25
"""Co-authorship sets documents with more authors (organisations, countries) than this aside (VOSviewer's preset)."""

USUAL_LIKENESS = 0.85
"""From this likeness on, 0 to 1, fuzzy matching takes two references of one first author and year for one work."""

SMALL_CORPUS = 100
"""Below this many records a map illustrates a corpus rather than shows the structure of a field; presets are lower."""


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A kind of link.

    `by_citation`: no record holds such a link by itself, since it rests on what the records of both items cite.
    `direct`: it is a citation of one record by another, which counts once, and needs references that say which record
    they are. `of_records`: the items stand in the records that were read, whose numbers can be their scores; else they
    are cited by these.
    """

    by_citation: bool = False
    direct: bool = False
    of_records: bool = True


LINKS: Mapping[Link, LinkKind] = {
    "co-authorship": LinkKind(),
    "co-occurrence": LinkKind(),
    "citation": LinkKind(by_citation=True, direct=True),
    "coupling": LinkKind(by_citation=True),
    "co-citation": LinkKind(of_records=False),
}
"""The kinds of links, in the order in which help lists them."""

BY_CITATION = frozenset(name for name, link in LINKS.items() if link.by_citation)
"""Links that no record holds by itself."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Items of a kind, linked in one way: `words` go on in a sentence of the report.

    `repulsion` is the layout's exponent that VOSviewer presets for these (manual 1.6.18, footnote 10).
    """

    words: str
    repulsion: int = 1


@dataclass(frozen=True, slots=True)
class Preset:
    """The first threshold of a kind of items, and what it is: in a corpus of usual size, and in a small one.

    VOSviewer has one preset for corpora of any size, which leaves nothing of a small one.
    """

    threshold: FirstThreshold
    usual: int
    small: int

    def least(self, *, small: bool) -> int:
        """Return the threshold for a corpus that is small or not."""
        return self.small if small else self.usual


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of items: one row of the table.

    `links` are the links that the items can have, the usual one first (VOSviewer's analyses and units). `fields` are
    those of a record that the items are read off; where there are none, they are records, or found in texts or
    references. `noun` is the word for one and for several of them. Where the corpus stays in its folder, items can be
    counted `in_place` or not. `variants` says how `benang thesaurus` finds what may be one item: by comparing labels,
    or by rules for names; `associated` whether the codes of a review can be held against them. Items that are not
    `of_records` stand in plans of reviews alone.
    """

    links: Mapping[Link, Linked]
    preset: Preset
    weight: Weight = "Occurrences"
    fields: tuple[str, ...] = ()
    noun: tuple[str, str] | None = None
    in_place: bool = True
    variants: Literal["labels", "names", ""] = ""
    associated: bool = False
    of_records: bool = True

    @property
    def usual_link(self) -> Link:
        """What links the items where nobody says."""
        return next(iter(self.links))

    @property
    def wrote(self) -> bool:
        """Whether the items are who wrote a record, so that one with very many of them can be set aside."""
        return "co-authorship" in self.links


def _(text: str) -> str:
    """Mark a text for the catalogue of translations; it is looked up where it is printed."""
    return text


_WORDS = Preset("min_occurrences", 5, 1)
_PARTIES = Preset("min_documents", 5, 1)
_CITED = Preset("min_citations", 20, 2)

KINDS: Mapping[str, Kind] = {
    "author-keywords": Kind(
        {"co-occurrence": Linked(_("author keywords that occur together in a record"), repulsion=0)},
        _WORDS,
        fields=("author_keywords",),
        noun=(_("keyword"), _("keywords")),
        variants="labels",
        associated=True,
    ),
    "index-keywords": Kind(
        {"co-occurrence": Linked(_("index keywords that occur together in a record"), repulsion=0)},
        _WORDS,
        fields=("index_keywords",),
        noun=(_("keyword"), _("keywords")),
        variants="labels",
        associated=True,
    ),
    "keywords": Kind(
        {"co-occurrence": Linked(_("author and index keywords that occur together in a record"), repulsion=0)},
        _WORDS,
        fields=("author_keywords", "index_keywords"),
        variants="labels",
        associated=True,
    ),
    "terms": Kind(
        {"co-occurrence": Linked(_("terms that occur together in a title or abstract"))},
        Preset("min_occurrences", 10, 2),
        in_place=False,
        associated=True,
    ),
    "topics": Kind(
        {"co-occurrence": Linked(_("topics that occur together in a record"), repulsion=0)}, _WORDS, fields=("topics",)
    ),
    "authors": Kind(
        {
            "co-authorship": Linked(_("authors who published together"), repulsion=-1),
            "citation": Linked(_("authors whose records cite each other")),
            "coupling": Linked(_("authors whose records cite the same works")),
        },
        _PARTIES,
        weight="Documents",
        fields=("authors",),
        noun=(_("author"), _("authors")),
        variants="names",
    ),
    "organizations": Kind(
        {
            "co-authorship": Linked(_("organisations whose authors published together")),
            "citation": Linked(_("organisations whose records cite each other")),
            "coupling": Linked(_("organisations whose records cite the same works")),
        },
        _PARTIES,
        weight="Documents",
        fields=("affiliations",),
        noun=(_("organisation"), _("organisations")),
        variants="names",
    ),
    "countries": Kind(
        {
            "co-authorship": Linked(_("countries whose authors published together")),
            "citation": Linked(_("countries whose records cite each other")),
            "coupling": Linked(_("countries whose records cite the same works")),
        },
        _PARTIES,
        weight="Documents",
        fields=("affiliations",),
        noun=(_("country"), _("countries")),
        variants="names",
    ),
    "documents": Kind(
        {
            "coupling": Linked(_("documents that cite the same works")),
            "citation": Linked(_("documents that cite each other"), repulsion=0),
        },
        Preset("min_citations", 20, 0),
        weight="",
    ),
    "sources": Kind(
        {
            "coupling": Linked(_("sources whose records cite the same works")),
            "citation": Linked(_("sources whose records cite each other")),
        },
        _PARTIES,
        weight="Documents",
        fields=("source",),
        noun=(_("source"), _("sources")),
    ),
    "references": Kind(
        {"co-citation": Linked(_("works that are cited in the same records"))},
        _CITED,
        weight="Citations",
        noun=(_("reference"), _("references")),
    ),
    "cited-sources": Kind(
        {"co-citation": Linked(_("sources that are cited in the same records"))},
        _CITED,
        weight="Citations",
        in_place=False,
    ),
    "cited-authors": Kind(
        {"co-citation": Linked(_("authors who are cited in the same records"))},
        _CITED,
        weight="Citations",
        in_place=False,
    ),
    "title-terms": Kind(
        {"co-occurrence": Linked(_("phrases that occur together in a title"))},
        Preset("min_occurrences", 2, 2),
        in_place=False,
        of_records=False,
    ),
    "codes": Kind(
        {"co-occurrence": Linked(_("codes that occur together in a case"), repulsion=0)},
        Preset("min_occurrences", 1, 1),
        noun=(_("code"), _("codes")),
        in_place=False,
        of_records=False,
    ),
}
"""The kinds of items, in the order in which help lists them; the last two are for plans alone."""

ITEMS = cast("tuple[Items, ...]", tuple(name for name, kind in KINDS.items() if kind.of_records))
"""What may stand on a map of records: the choices of `--items`, and the values of `Items`."""


def linked(items: str, link: str) -> Linked | None:
    """Return what is known of items of a kind that are linked in one way; None of others.

    Examples
    --------
    >>> linked("authors", "co-authorship").repulsion, linked("authors", "co-citation")
    (-1, None)
    """
    kind = KINDS.get(items)
    return next((one for name, one in kind.links.items() if name == link), None) if kind else None


def in_words(items: str) -> Worded:
    """Return the name of a kind of items as it stands in a sentence, in the language of its reader.

    Examples
    --------
    >>> in_words("author-keywords")
    'author keywords'
    """
    return worded(items.replace("-", " "))
