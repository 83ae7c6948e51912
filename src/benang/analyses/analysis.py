"""Every analysis by its names: what is linked, by what, with VOSviewer's thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast, get_args

from benang.errors import BenangError, Problem, argument
from benang.network.citation import citation_network
from benang.network.cocitation import CitedItems, cocitation_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.coupling import coupling_network
from benang.network.incidence import AuthorNames, RecordItems, in_words
from benang.network.links import Counting
from benang.network.members import MemberItems
from benang.network.network import Floats, Network
from benang.network.presets import PRESET_SHARE, PRESETS, USUAL_MOST
from benang.network.selection import ComponentChoice
from benang.records.corpus import SMALL_CORPUS, Corpus
from benang.records.references.likeness import USUAL_THRESHOLD
from benang.records.references.matching import Matching
from benang.records.thesaurus import Thesaurus
from benang.terms.text_network import text_term_network
from benang.terms.text_terms import Counting as TermCounting
from benang.terms.text_terms import Method, TextField

Link = Literal["co-authorship", "co-occurrence", "citation", "coupling", "co-citation"]
"""What links two items: a record that both wrote, or both stand in; a citation of one by the other; works that both
cite; records that cite both."""

Items = Literal[
    "authors", "organizations", "countries", "author-keywords", "index-keywords", "keywords", "terms", "topics",
    "documents", "sources", "references", "cited-sources", "cited-authors",
]  # fmt: skip
"""What may stand on a map."""

LINKS: Mapping[Items, tuple[Link, ...]] = {
    "author-keywords": ("co-occurrence",),
    "index-keywords": ("co-occurrence",),
    "keywords": ("co-occurrence",),
    "terms": ("co-occurrence",),
    "topics": ("co-occurrence",),
    "authors": ("co-authorship", "citation", "coupling"),
    "organizations": ("co-authorship", "citation", "coupling"),
    "countries": ("co-authorship", "citation", "coupling"),
    "documents": ("coupling", "citation"),
    "sources": ("coupling", "citation"),
    "references": ("co-citation",),
    "cited-sources": ("co-citation",),
    "cited-authors": ("co-citation",),
}
"""What links each kind of items (VOSviewer's analyses and units); the first is meant where nothing is said."""

MEMBERS = frozenset(get_args(MemberItems))
CITED = frozenset(get_args(CitedItems))


@dataclass(frozen=True)
class Analysis:
    """What a network is to show. What is None is VOSviewer's preset (`least_of`).

    `link` and `items` as in `LINKS`; `min_occurrences` of keywords, terms and topics, `min_documents` of authors,
    organisations, countries and sources, `min_citations` of documents and what is cited, and of all items beside
    another threshold. `most_per_record`: co-authorship sets aside records with more authors (organisations, countries).
    `share`, `terms_from`, `terms_counting` and `terms_method` are for terms. `columns` are a user's own numbers.
    """

    items: Items
    link: Link | None = None
    counting: Counting = "full"
    min_occurrences: int | None = None
    min_documents: int | None = None
    min_citations: int | None = None
    top: int | None = None
    components: ComponentChoice = "largest"
    most_per_record: int | None = USUAL_MOST
    matching: Matching = "keys"
    likeness: float = USUAL_THRESHOLD
    author_names: AuthorNames = "joined"
    share: float = PRESET_SHARE
    terms_from: Sequence[TextField] = ("title", "abstract")
    terms_counting: TermCounting = "binary"
    terms_method: Method = "auto"
    columns: Mapping[str, Floats] = field(default_factory=dict)
    engine: str = "duckdb"

    @property
    def linked_by(self) -> str:
        """What links the items: what is asked for, else the usual link of such items."""
        return self.link or LINKS[self.items][0]


def check_analysis(analysis: Analysis) -> None:
    """Refuse links, thresholds and ways of counting that the items can't have, all together.

    Raises
    ------
    BenangError
        With what they can have.

    Examples
    --------
    >>> check_analysis(Analysis("references", link="co-authorship"))
    Traceback (most recent call last):
    benang.errors.BenangError: link: expected co-citation, found co-authorship of references.
    """
    problems = []
    known = LINKS[analysis.items]
    if analysis.linked_by not in known:
        found = f"{analysis.link} of {analysis.items}"
        problems.append(Problem(found, where=argument("link"), expected=" or ".join(known)))
    first = first_threshold(analysis.items)
    for name in ("min_occurrences", "min_documents"):
        if getattr(analysis, name) is not None and name != first:
            what = first.removeprefix("min_")
            problems.append(
                Problem(
                    f"{analysis.items} have {what}", where=argument(name), way_on=f"Choose {argument(first)} instead."
                )
            )
    if analysis.items == "terms" and analysis.min_citations is not None:
        problems.append(Problem("terms are chosen by occurrences", where=argument("min_citations")))
    if analysis.linked_by == "citation" and analysis.matching == "exact":
        expected = "keys or fuzzy"
        problems.append(Problem("exact matching of citations", where=argument("matching"), expected=expected))
    if analysis.linked_by == "citation" and analysis.counting != "full":
        way_on = "Leave the counting out: a citation counts once."
        problems.append(
            Problem(f"{analysis.counting} counting of citations", where=argument("counting"), way_on=way_on)
        )
    if problems:
        raise BenangError(*problems)


def first_threshold(items: str) -> str:
    """Return what is asked of items first: `min_occurrences`, `min_documents` or `min_citations`."""
    return PRESETS[items].threshold


def with_threshold(analysis: Analysis, least: int) -> Analysis:
    """Return the analysis with another first threshold."""
    first = first_threshold(analysis.items)
    if first == "min_documents":
        return replace(analysis, min_documents=least)
    if first == "min_citations":
        return replace(analysis, min_citations=least)
    return replace(analysis, min_occurrences=least)


def least_of(analysis: Analysis, n_records: int) -> dict[str, int]:
    """Return the thresholds: those asked for, else the presets (`benang.network.presets`).

    Examples
    --------
    >>> least_of(Analysis("authors"), 500), least_of(Analysis("authors"), 20), least_of(Analysis("documents"), 500)
    ({'min_documents': 5, 'min_citations': 0}, {'min_documents': 1, 'min_citations': 0}, {'min_citations': 20})
    """
    first = first_threshold(analysis.items)
    asked = getattr(analysis, first)
    usual = PRESETS[analysis.items].least(small=n_records < SMALL_CORPUS)
    least: dict[str, int] = {first: usual if asked is None else asked}
    return least if first == "min_citations" else {**least, "min_citations": analysis.min_citations or 0}


def analysis_network(corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None = None) -> Network:
    """Make the network of an analysis.

    Raises
    ------
    BenangError
        As `check_analysis`, and the function that makes it.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", authors=("Sari, D.", "Budi, E.")), Record("b", authors=("Sari, D.",))])
    >>> analysis_network(corpus, Analysis("authors")).total_link_strength
    1.0
    """
    check_analysis(analysis)
    least = least_of(analysis, len(corpus))
    link = analysis.linked_by
    if analysis.items == "terms":
        return _terms(corpus, analysis, least, thesaurus)
    if link == "co-citation":
        return cocitation_network(
            corpus,
            items=cast("CitedItems", analysis.items),
            matching=analysis.matching,
            threshold=analysis.likeness,
            counting=analysis.counting,
            min_citations=least["min_citations"],
            top=analysis.top,
            components=analysis.components,
            thesaurus=thesaurus,
            engine=analysis.engine,
        )
    if link in {"coupling", "citation"}:
        return _members(corpus, analysis, least, thesaurus)
    return cooccurrence_network(
        corpus,
        items=cast("RecordItems", analysis.items),
        counting=analysis.counting,
        min_occurrences=least[first_threshold(analysis.items)],
        min_citations=least["min_citations"],
        top=analysis.top,
        components=analysis.components,
        thesaurus=thesaurus,
        author_names=analysis.author_names,
        most_per_record=analysis.most_per_record,
        columns=analysis.columns,
        engine=analysis.engine,
    )


def _members(corpus: Corpus, analysis: Analysis, least: Mapping[str, int], thesaurus: Thesaurus | None) -> Network:
    items = cast("MemberItems", analysis.items)
    documents, citations = least.get("min_documents", 1), least["min_citations"]
    if analysis.linked_by == "citation":
        return citation_network(
            corpus,
            items=items,
            matching=analysis.matching,
            threshold=analysis.likeness,
            min_documents=documents,
            min_citations=citations,
            top=analysis.top,
            components=analysis.components,
            thesaurus=thesaurus,
            author_names=analysis.author_names,
            columns=analysis.columns,
            engine=analysis.engine,
        )
    return coupling_network(
        corpus,
        items=items,
        matching=analysis.matching,
        threshold=analysis.likeness,
        counting=analysis.counting,
        min_documents=documents,
        min_citations=citations,
        top=analysis.top,
        components=analysis.components,
        thesaurus=thesaurus,
        author_names=analysis.author_names,
        columns=analysis.columns,
        engine=analysis.engine,
    )


def _terms(corpus: Corpus, analysis: Analysis, least: Mapping[str, int], thesaurus: Thesaurus | None) -> Network:
    return text_term_network(
        corpus,
        min_occurrences=least["min_occurrences"],
        share=analysis.share,
        fields=analysis.terms_from,
        counting_method=analysis.terms_counting,
        method=analysis.terms_method,
        top=analysis.top,
        components=analysis.components,
        thesaurus=thesaurus,
        columns=analysis.columns,
        engine=analysis.engine,
    )


LEAST_ITEMS = 3
"""Items that a map must have to show more than a line; VOSviewer opens no smaller one."""


def mappable_network(corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None = None) -> Network:
    """Make the network of an analysis, of at least three items.

    Raises
    ------
    BenangError
        As `analysis_network`; where fewer than three items are left: the message names a threshold that leaves more.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("kota", "desa", "kerja sama")),
    ...                     Record("b", author_keywords=("kota", "desa"))])
    >>> mappable_network(corpus, Analysis("author-keywords", min_occurrences=2))
    Traceback (most recent call last):
    benang.errors.BenangError: author keywords: only 2 items are left (min_occurrences 2). ...
    """
    network = analysis_network(corpus, analysis, thesaurus)
    if len(network) >= LEAST_ITEMS:
        return network
    least = least_of(analysis, len(corpus))
    asked = ", ".join(f"{argument(name)} {number}" for name, number in least.items() if number)
    said = f" ({asked})" if asked else ""
    way_on = _leaves_more(corpus, analysis, thesaurus)
    raise BenangError(
        Problem(f"{in_words(analysis.items)}: only {_counted(len(network))} left{said}", way_on=way_on or _NO_MORE)
    )


def _counted(n: int) -> str:
    return "1 item is" if n == 1 else f"{n} items are"


_NO_MORE = "These records have no more of them that are linked: read more records, or map other items."


def _leaves_more(corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None) -> str:
    """Try lower thresholds, the highest first, then all components: the error's way on."""
    asked = least_of(analysis, len(corpus))[first_threshold(analysis.items)]
    lowest = 0 if analysis.items == "documents" else 1
    tries = sorted({max(lowest, n) for n in (asked // 2, 10, 5, 3, 2, 1, 0) if n < asked}, reverse=True)
    for least in tries:
        found = len(_tried(corpus, with_threshold(analysis, least), thesaurus))
        if found >= LEAST_ITEMS:
            return f"A lower minimum leaves more: {least} leaves {found:,}."
    all_of_them = len(_tried(corpus, replace(analysis, components="all"), thesaurus))
    everything = argument("all_components", "all components")
    return f"With {everything} there are {all_of_them:,}." if all_of_them >= LEAST_ITEMS else ""


def _tried(corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None) -> Network | tuple[()]:
    try:
        return analysis_network(corpus, analysis, thesaurus)
    except BenangError:
        return ()
