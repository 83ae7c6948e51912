"""What an entry of BibTeX takes from another: from the book that its `crossref` names, and from shared data (`xdata`).

BibTeX gives an entry with a `crossref` every field that it lacks and the other one has; biblatex does so too, but for
fields that are the other's own (its `ids`, `label`, …), and makes the title of the book the `booktitle` of a part
(biblatex manual, "Inheritance" and its table of rules). Here, fields that identify or describe the book itself stay
with it as well: a chapter under the DOI of its book would be taken for the book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benang.readers.bibtex_values import plain

Fields = Mapping[str, str]
"""The fields of an entry as they were written, the pieces of each put together."""

_NEVER_INHERITED = (
    "ids crossref xref entryset entrysubtype execute label options presort related relatedoptions relatedstring "
    "relatedtype shorthand shorthandintro sortkey xdata"
)
_OF_THE_BOOK_ITSELF = (
    "key doi url ee link urldate eprint eprinttype archiveprefix primaryclass pmid pmcid pubmed_id arxivid eid "
    "article_number art_number articleno pages page pagetotal numpages chapter type document_type abstract keywords "
    "keyword author_keywords index_keywords keywords_plus note annote annotation addendum references cited_references "
    "times_cited affiliation affiliations file timestamp unique_id orcid_numbers researcherid_numbers"
)
_TITLES = "title subtitle titleaddon shorttitle"
_OWN = frozenset(f"{_NEVER_INHERITED} {_OF_THE_BOOK_ITSELF} {_TITLES}".split())
_PERIODICALS = frozenset({"article", "suppperiodical"})
_DEEPEST = 8  # a chapter in a volume in a set in a series is three deep


def with_inherited(type_: str, fields: Fields, by_key: Mapping[str, Fields]) -> Fields:
    """Return an entry's fields with those that its `xdata` and its `crossref` give it; its own count first.

    Examples
    --------
    >>> book = {"author": "Misal, Eka", "title": "Whole", "year": "2017", "doi": "10.9999/whole"}
    >>> with_inherited("inbook", {"crossref": "w", "title": "Part"}, {"w": book})["author"]
    'Misal, Eka'
    >>> sorted(with_inherited("inbook", {"crossref": "w", "title": "Part"}, {"w": book}))
    ['author', 'booktitle', 'crossref', 'title', 'year']
    """
    if "crossref" not in fields and "xdata" not in fields:
        return fields
    whole = dict(fields)
    for shared in _named(fields, "xdata", by_key):
        whole = {**shared, **whole}
    for parent in _ancestors(whole, by_key):
        inherited = {name: value for name, value in parent.items() if name not in _OWN}
        whole = {**inherited, **_titles(type_, parent), **whole}
    return whole


def _ancestors(fields: Fields, by_key: Mapping[str, Fields]) -> Iterator[Fields]:
    """Give the entry that `crossref` names, the one that it refers to itself, and so on."""
    seen = [fields]
    while len(seen) <= _DEEPEST and (parents := _named(seen[-1], "crossref", by_key)):
        if any(parents[0] is one for one in seen):
            return
        seen.append(parents[0])
        yield parents[0]


def _named(fields: Fields, name: str, by_key: Mapping[str, Fields]) -> list[Fields]:
    keys = (plain(key).lower() for key in fields.get(name, "").split(","))
    return [by_key[key] for key in keys if key in by_key and by_key[key] is not fields]


def _titles(type_: str, parent: Fields) -> dict[str, str]:
    """Return the title of a book or journal, with its subtitle, under the names that its parts use."""
    of = "journal" if type_ in _PERIODICALS else "book"
    titles = {f"{of}{name}": parent[name] for name in ("title", "subtitle") if name in parent}
    if "booktitle" in parent:  # some write it into the book, too, for styles that do not know the rule
        titles = {"booktitle": parent["booktitle"]}
    return titles
