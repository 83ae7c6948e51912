"""Co-citation: works, sources or authors that are cited together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.engine.opening import open_engine
from benang.errors import BenangError, Problem, unknown
from benang.network.cited_works import CitedWorks, cited_works
from benang.network.cooccurrence import incidence_network
from benang.network.incidence import Incidence, in_words, items_step, record_incidence
from benang.network.links import Counting
from benang.network.network import CSR, Network
from benang.network.selection import ComponentChoice, Threshold, check_asked, meeting
from benang.provenance import Step
from benang.records.corpus import Corpus
from benang.records.names import author_key, short_citation
from benang.records.references.cited import CitedReference
from benang.records.references.likeness import USUAL_THRESHOLD
from benang.records.references.matching import Matching
from benang.records.references.parsing import parse_reference
from benang.records.spelling import label_key, usual_spelling
from benang.records.thesaurus import Thesaurus

CitedItems = Literal["references", "cited-sources", "cited-authors"]
"""What is cited together: works, the sources that they appeared in, or their first authors."""


def cocitation_network(
    corpus: Corpus,
    *,
    items: CitedItems = "references",
    matching: Matching = "keys",
    threshold: float = USUAL_THRESHOLD,
    counting: Counting = "full",
    min_citations: int = 1,
    top: int | None = None,
    components: ComponentChoice = "largest",
    thesaurus: Thesaurus | None = None,
    scores: bool = True,
    engine: str = "duckdb",
) -> Network:
    """Make the network of cited works, sources or authors that stand in the same lists of references.

    Parameters
    ----------
    corpus
        The records, with cited references.
    items
        `references`, or the `cited-sources` or `cited-authors` that are cut out of them. Authors are first authors:
        Web of Science names no others.
    matching, threshold
        When two references are one work: `match_references`. `exact` takes references as printed, as VOSviewer does.
    counting
        `full` (VOSviewer's default): a link is as strong as the number of pairs of references, one to each item, that
        stand in one list. `fractional`: a record that cites n works of the network adds 1/(n - 1) for each pair; n
        counts the references to items that meet the threshold (Perianes-Rodriguez, Waltman and van Eck, 2016).
        `binary`: the number of records that cite both items. Full and binary are the same for works.
    min_citations
        References to an item, at least: for works the records that cite them. VOSviewer asks for 20.
    top
        How many items to keep at most: those with the largest total link strength. All where None.
    components
        `largest` keeps the largest set of items that hang together by links, `all` keeps every item.
    thesaurus
        Variants and their preferred labels: of references as printed, of sources, of authors.
    scores
        Whether to add `Pub. year`, of the cited work.
    engine
        As in `cooccurrence_network`.

    Returns
    -------
    Network
        Works have references as printed for ids, of each work the most frequent spelling. Their labels are first
        author, year and source; under `exact` they are as printed, too. Weights: `Links`, `Total link strength`,
        `Citations`. `network.records_of(one, other)` names the records that cite both.

    Raises
    ------
    BenangError
        Where no record has cited references, no item is cited often enough, for unknown choices, and where the links
        could be too many.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> smith, doe = "Smith J, 2010, J TEST, V12, P34", "Doe A, 2001, TESTS"
    >>> corpus = corpus_of([Record("a", references=(smith, doe)), Record("b", references=(smith, doe)),
    ...                     Record("c", references=("Smith J., On tests, J. Test, 12, pp. 34-56, (2010)",))])
    >>> network = cocitation_network(corpus, min_citations=2)
    >>> network.strength(smith, doe), network.weights["Citations"].tolist(), network.records_of(smith)
    (2.0, [3.0, 2.0], ('a', 'b', 'c'))
    >>> cocitation_network(corpus, items="cited-authors").labels
    ('Doe A', 'Smith J')
    """
    check_asked(counting, components, top, ("min_citations", min_citations, 1))
    if items not in get_args(CitedItems):
        raise unknown(items, get_args(CitedItems), where="items", expected="what is cited")
    with open_engine(engine) as opened:
        works = cited_works(corpus, opened, matching=matching, threshold=threshold)
    printed = matching == "exact"
    whole = _works(corpus, works, thesaurus) if items == "references" else _cut_out(corpus, works, items, thesaurus)
    citations = np.asarray(whole.matrix.sum(axis=0)).ravel().astype(np.int64)
    asked = [Threshold("min_citations", citations, min_citations, "citations", "references to an item")]
    kept = meeting(asked, items=in_words(items))
    part = _part(corpus, works, whole, kept, printed=printed)
    network = incidence_network(
        part, counting=counting, min_occurrences=1, top=top, components=components, scores=False, engine=engine
    )
    years = np.array([_year(name) for name in network.ids], np.float64) if items == "references" else np.empty(0)
    return replace(
        network,
        scores={"Pub. year": years} if scores and np.isfinite(years).any() else {},
        history=_told(network, min_citations, len(whole.ids), len(kept)),
    )


def _works(corpus: Corpus, works: CitedWorks, thesaurus: Thesaurus | None) -> Incidence:
    """Say which records cite which works; the thesaurus joins and drops works by their references as printed."""
    labels = works.matched.labels
    replaced = (thesaurus or Thesaurus()).by_key(label_key)
    keys = [replaced.get(label_key(label), label) for label in labels] if replaced else list(labels)
    return _grouped(corpus, works, keys, dict(zip(keys, keys, strict=True)), "references", thesaurus)


def _cut_out(corpus: Corpus, works: CitedWorks, items: CitedItems, thesaurus: Thesaurus | None) -> Incidence:
    """Say which records cite which sources or first authors, and how often."""
    cut, key = (_source, label_key) if items == "cited-sources" else (_author, author_key)
    spelt = [cut(parse_reference(label)) for label in works.matched.labels]
    replaced = (thesaurus or Thesaurus()).by_key(key)
    final = [replaced.get(key(one), one) if one else "" for one in spelt]
    counts: dict[str, dict[str, int]] = {}
    for one in final:
        if one:
            told = counts.setdefault(key(one), {})
            told[one] = told.get(one, 0) + 1
    labels = {name: usual_spelling(told) for name, told in counts.items()}
    return _grouped(corpus, works, [key(one) for one in final], labels, items, thesaurus)


def _grouped(
    corpus: Corpus,
    works: CitedWorks,
    keys: Sequence[str],
    labels: dict[str, str],
    items: CitedItems,
    thesaurus: Thesaurus | None,
) -> Incidence:
    """Add up the works of one key: records × items; a work with an empty key was dropped, or tells no such item."""
    names = sorted({key for key in keys if key}) if items != "references" else list(dict.fromkeys(filter(None, keys)))
    if not names:
        raise _nothing(corpus, items)
    place = {name: at for at, name in enumerate(names)}
    held = np.array([at for at, key in enumerate(keys) if key], np.int64)
    of = np.array([place[keys[at]] for at in held], np.int64)
    joined = sparse.csr_array((np.ones(len(held)), (held, of)), shape=(len(keys), len(names)))
    matrix = sparse.csr_array(sparse.csr_array(works.matrix.T) @ joined)
    matrix.sort_indices()
    told = {"dropped_by_thesaurus": 0, **({} if len(held) == len(keys) else {"works_left_out": len(keys) - len(held)})}
    step = items_step(corpus, items, ("references",), thesaurus, matrix, told)
    return record_incidence(
        corpus,
        tuple(names),
        tuple(labels[name] for name in names),
        matrix,
        item_kind=items,
        link_kind="co-citation",
        weight="Citations",
        steps=(step, works.matched.step),
    )


def _part(corpus: Corpus, works: CitedWorks, whole: Incidence, kept: NDArray[np.intp], *, printed: bool) -> Incidence:
    """Return the incidence of the items that are kept: only these are shared out under fractional counting."""
    ids = tuple(whole.ids[i] for i in kept)
    labels = tuple(whole.labels[i] for i in kept)
    if whole.item_kind == "references":
        labels = _labels(corpus, works, ids, printed=printed)
    part: CSR = sparse.csr_array(whole.matrix[:, kept])
    part.sort_indices()
    return replace(whole, ids=ids, labels=labels, matrix=part)


def _labels(corpus: Corpus, works: CitedWorks, ids: Sequence[str], *, printed: bool) -> tuple[str, ...]:
    """Label works by first author, year and source, or as `printed`.

    One of which only an identifier is known is labelled by the corpus's own record of it.
    """
    record = dict(zip(works.matched.labels, works.matched.record.tolist(), strict=True))
    labels = []
    for name in ids:
        cited = parse_reference(name)
        known = record.get(name, -1)
        if known >= 0 and not (cited.authors or cited.source or cited.title):
            labels.append(f"{short_citation(corpus.records[known])}. {corpus.records[known].title}".rstrip(". "))
        elif printed or not cited.authors or cited.year is None:
            labels.append(name)
        else:
            labels.append(_short(cited))
    return tuple(labels)


def _short(cited: CitedReference) -> str:
    """Name a cited work as readers do, `Terris BD (2005) J Phys D Appl Phys`, whatever database printed it."""
    return f"{_author(cited)} ({cited.year}) {_source(cited)}".strip()


def _author(cited: CitedReference) -> str:
    family = cited.family.title() if cited.family.isupper() else cited.family
    initials = "".join(letter for letter in cited.initials if letter.isalpha() and letter.isupper())
    return f"{family} {initials}".strip()


def _source(cited: CitedReference) -> str:
    return cited.source.title() if cited.source.isupper() else cited.source


def _year(reference: str) -> float:
    year = parse_reference(reference).year
    return np.nan if year is None else float(year)


def _told(network: Network, min_citations: int, n: int, kept: int) -> tuple[Step, ...]:
    """Tell of all cited items: the network was counted of those alone that meet the threshold."""
    step = Step("threshold", {"min_citations": min_citations}, {"items": n, "kept": kept})
    return tuple(step if one.name == "threshold" else one for one in network.history)


def _nothing(corpus: Corpus, items: CitedItems) -> BenangError:
    return BenangError(
        Problem(
            f"The references of the {len(corpus):,} records tell no {in_words(items)}",
            way_on="Where references are bare identifiers, as in OpenAlex, map the references themselves "
            "(items: references), or their coupling (items: documents).",
        )
    )
