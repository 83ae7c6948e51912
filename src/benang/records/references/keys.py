"""What references to one work have in common: VOSviewer's match keys, DOIs, other identifiers; and who shares them.

VOSviewer compares the first of these that a reference has (van Eck and Waltman, VOSviewer manual 1.6.18): (1) first
author's family name and first initial, year, volume, first page; (2) where there is no volume, author, year, the first
three letters or digits of the source, and the page if any; (3) the DOI. Case makes no difference. Here accents, spaces
and marks inside names make none either, nor do zeros before a number, so that Scopus and Web of Science agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from benang.records.record import Record
from benang.records.references import parse_reference
from benang.records.references.cited import CitedReference, Groups, Nodes, dois_in, letters
from benang.records.references.sameness import are_one_without_volume, parted, sources_agree
from benang.records.spelling import with_hyphen_closed

_ZEROS = re.compile(r"^([a-z]*)0+(?=[0-9])")
_PAGE_END = re.compile(r"\s?[-‐‑‒–—/].*", re.DOTALL)  # also of 155602/1-155602/8


_RANGE = re.compile(r"^([0-9]+)\s?[-‐‑‒–—/].*", re.DOTALL)


def reference_keys(raw: str) -> tuple[str, ...]:
    """Return the keys of a cited reference; two references with a key in common are taken for one work.

    `work:` is VOSviewer's key (1) or (2), `doi:` its key (3); `openalex:`, `pmid:` and other identifiers are as they
    are in `Record.identifiers`. Empty where a reference tells too little.

    Examples
    --------
    >>> reference_keys("van Dijken S, 2005, APPL PHYS LETT, V87, P34, DOI 10.1063/1.1957111")
    ('work:vandijken s|2005|87|34', 'doi:10.1063/1.1957111')
    >>> reference_keys("Brown W.F., Micromagnetics, (1963)"), reference_keys("https://openalex.org/W2741809807")
    (('work:brown w|1963||mic|',), ('openalex:W2741809807',))
    """
    return cited_keys(parse_reference(raw))


def cited_keys(reference: CitedReference) -> tuple[str, ...]:
    """Return the keys of a reference that was taken apart already, as `reference_keys` does."""
    key = work_key(
        author=reference.authors[0] if reference.authors else "",
        year=reference.year,
        source=reference.source,
        volume=reference.volume,
        page=reference.page or reference.article_number,
    )
    return (*((key,) if key else ()), *(f"doi:{doi}" for doi in reference.dois), *reference.identifiers)


def record_keys(record: Record) -> tuple[str, ...]:
    """Return the keys of a record: a reference that has one of them cites it.

    A record with both a page and an article number has a key with each, since databases cite by either; so has one
    whose export prints a short name beside the full one that differs from it (`Record.raw`), as references print it.

    Examples
    --------
    >>> record_keys(Record("a", authors=("van Dijken, Sebastiaan",), year=2005, source="Applied Physics Letters",
    ...     volume="87", first_page="34", doi="10.1063/1.1957111"))
    ('work:vandijken s|2005|87|34', 'doi:10.1063/1.1957111')
    """
    authors = first_authors(record)
    pages = dict.fromkeys(page for page in (record.first_page, record.article_number) if page) or {"": None}
    keys = [
        work_key(author=author, year=record.year, source=record.source, volume=record.volume, page=page)
        for author in authors
        for page in pages
    ]
    if record.type == "book" and not record.source and record.title:
        keys += [work_key(author=one, year=record.year, source=record.title, volume="", page="") for one in authors]
    dois = dois_in(record.doi)
    return tuple(dict.fromkeys((*filter(None, keys), *(f"doi:{doi}" for doi in dois), *record.identifiers)))


def first_authors(record: Record) -> tuple[str, ...]:
    """Return the names of a record's first author: the one it has, and the short one of its export where that differs.

    That of a body has no comma, by which references part names.

    Examples
    --------
    >>> first_authors(Record("a", authors=("Büchi, Jürg",), raw={"authors": "Buechi, J; Contoh, A"}))
    ('Büchi, Jürg', 'Buechi, J')
    """
    short = record.raw.get("authors", "").partition(";")[0].strip()
    names = [name.replace(",", "") if name in record.bodies else name for name in record.authors[:1]]
    return (*names, *((short,) if short else ()))


def work_key(*, author: str, year: int | None, source: str, volume: str, page: str) -> str:
    """Return VOSviewer's key (1), or (2) where there is no volume, or nothing where there is too little for either.

    `author` is `Family, Given` or a body's name.

    Examples
    --------
    >>> work_key(author="Béron, F.", year=2010, source="J. Appl. Phys.", volume="012", page="L034-L56")
    'work:beron f|2010|12|l34'
    >>> work_key(author="Béron, F.", year=2010, source="J. Appl. Phys.", volume="12", page="")
    ''
    """
    who = author_part(author)
    if not who or year is None:
        return ""
    at = page_key(page)
    if volume:
        within = number_key(volume)
        return f"work:{who}|{year}|{within}|{at}" if at and within else ""
    begins = letters(source)[:3]
    return f"work:{who}|{year}||{begins}|{at}" if begins else ""


def author_part(author: str) -> str:
    """Return a key's first part: family name and first initial, of a body all of its name.

    Examples
    --------
    >>> author_part("Béron, F."), author_part("World Bank")
    ('beron f', 'worldbank')
    """
    family, _, given = author.partition(",")
    name, initial = letters(family), letters(given)[:1]
    return f"{name} {initial}" if name and initial else name


def number_key(volume: str) -> str:
    """Write a volume so that it compares: without zeros before it; of a range the first.

    Examples
    --------
    >>> number_key("012"), number_key("12–13"), number_key("B 29")
    ('12', '12', 'b29')
    """
    if volume.isdecimal():
        return volume.lstrip("0") or "0"
    return _ZEROS.sub(r"\1", letters(_RANGE.sub(r"\1", volume)))


def page_key(page: str) -> str:
    """Write a page so that it compares: the first of a range, without zeros before it.

    Examples
    --------
    >>> page_key("L034-L56"), page_key("155602/1-155602/8"), page_key("AE-06")
    ('l34', '155602', 'ae6')
    """
    if page.isdecimal():
        return page.lstrip("0") or "0"
    return _ZEROS.sub(r"\1", letters(_PAGE_END.sub("", with_hyphen_closed(page))))


def members_by_key(keys: Iterable[Sequence[str]], is_of: Callable[[str], bool]) -> Mapping[str, list[int]]:
    """Return who shares a key, for the keys that several have; in the order of the keys.

    Examples
    --------
    >>> members_by_key([("doi:b", "work:x"), ("work:x",), ("doi:b",)], lambda key: key.startswith("doi:"))
    {'doi:b': [0, 2]}
    """
    nodes_of: dict[str, list[int]] = {}
    for node, own in enumerate(keys):
        for key in own:
            if is_of(key):
                nodes_of.setdefault(key, []).append(node)
    return {key: nodes_of[key] for key in sorted(nodes_of) if len(nodes_of[key]) > 1}


def grouped_by_keys(keys: Sequence[Sequence[str]], references: Sequence[CitedReference]) -> Groups:
    """Join references by their keys: DOIs first, then other identifiers, then VOSviewer's key, then the same text.

    Author, year, volume and page decide against two different DOIs, of which one is then a slip or a second one of the
    work, where the sources agree. Keys without a volume join those only that are one by their sources, titles and
    numbers, too.

    A reference for which a database gives several DOIs is not sure of its own. It goes to the work that has one of
    them and its own key, else to the first that has one of them.
    """
    dois = [[key for key in own if key.startswith("doi:")] for own in keys]
    groups = Groups.of([own[0] if len(own) == 1 else "" for own in dois])
    for members in members_by_key(keys, lambda key: key.startswith("doi:")).values():
        sure = [node for node in members if len(dois[node]) == 1]
        groups.join_all(sure, "doi")
    _join_unsure(groups, keys, dois)
    for members in members_by_key(keys, lambda key: not key.startswith(("doi:", "work:", "text:"))).values():
        groups.join_all(members, "identifier")
    for key, members in members_by_key(keys, lambda key: key.startswith("work:")).items():
        _join_by_key(groups, key, members, references, dois)
    for members in members_by_key(keys, lambda key: key.startswith("text:")).values():
        groups.join_all(members, "text")
    return groups


def _join_by_key(
    groups: Groups,
    key: str,
    members: Nodes,
    references: Sequence[CitedReference],
    dois: Sequence[Sequence[str]],
) -> None:
    _, year, volume, *_ = key.removeprefix("work:").split("|")
    if not volume:
        for one_work in parted(members, references, are_one_without_volume):
            groups.join_all(one_work, "key")
    elif volume == year:  # as journals number that have no volumes, so that it tells nothing
        for one_work in parted(members, references, sources_agree):
            groups.join_all(one_work, "key")
    else:
        _join_across_dois(groups, [node for node in members if dois[node]], references)
        groups.join_all(members, "key")


def _join_across_dois(groups: Groups, members: Nodes, references: Sequence[CitedReference]) -> None:
    """Join what has another DOI each, but the same author, year, volume and page, and a source that agrees.

    They tell both themselves: a reference that has its DOI from others would chain two works.
    """
    for other in members[1:]:
        if sources_agree(references[members[0]], references[other]):
            groups.join(members[0], other, despite_dois=True)


def _join_unsure(groups: Groups, keys: Sequence[Sequence[str]], dois: Sequence[Sequence[str]]) -> None:
    first = {doi: node for node in range(len(keys) - 1, -1, -1) for doi in dois[node] if len(dois[node]) == 1}
    works: dict[tuple[str, str], bool] = {}
    if all(len(own) < 2 for own in dois):
        return
    for node, own in enumerate(keys):
        if len(dois[node]) == 1:
            works |= {(dois[node][0], key): True for key in own if key.startswith("work:")}
    for node, given in enumerate(dois):
        if len(given) < 2:
            continue
        fitting = [doi for doi in given if any((doi, key) in works for key in keys[node])] or list(given)
        chosen = next((doi for doi in fitting if doi in first), fitting[0])
        groups.doi[node] = chosen
        anchor = first.setdefault(chosen, node)
        if groups.join(anchor, node) and anchor != node:
            groups.how.setdefault(anchor, "doi")
            groups.how.setdefault(node, "doi")
