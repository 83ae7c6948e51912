"""Co-citation: works, sources or authors that are cited together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.engine import open_engine
from benang.errors import BenangError, Problem, unknown
from benang.evidence import Step
from benang.kinds import USUAL_LIKENESS, CitedItems, ComponentChoice, Counting, Matching, in_words
from benang.locale.writing import worded
from benang.network.cooccurrence import incidence_network
from benang.network.incidence import Incidence, read_items, record_incidence
from benang.network.item_network import described
from benang.network.network import CSR, Network
from benang.network.record_entries import (
    SOURCE_RULE,
    CitedWorks,
    author_rule,
    authors_of,
    cited_works,
    names_in,
    reference_description,
    short_name,
    sources_of,
)
from benang.network.record_values import record_descriptions
from benang.network.selection import Threshold, check_asked, meeting
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.names import short_citation
from benang.records.references import parse_reference
from benang.records.spelling import label_key, usual_spelling
from benang.records.thesaurus import Thesaurus


def cocitation_network(
    corpus: Corpus,
    *,
    items: CitedItems = "references",
    matching: Matching = "keys",
    threshold: float = USUAL_LIKENESS,
    counting: Counting = "full",
    min_citations: int = 1,
    top: int | None = None,
    components: ComponentChoice = "largest",
    thesaurus: Thesaurus | None = None,
    scores: bool = True,
    engine: str = "duckdb",
) -> Network:
    """Make the network of cited works, sources or authors that are in the same lists of references.

    Parameters
    ----------
    corpus
        The records, with cited references.
    items
        `references`, or the `cited-sources` or `cited-authors` that are cut out of them: all authors that a reference
        names. Web of Science names the first only.
    matching, threshold
        When two references are one work: `match_references`. `exact` takes references as printed, as VOSviewer does.
    counting
        `full` (VOSviewer's default): a link is as strong as the number of pairs of references, one to each item, that
        are in one list; two authors of one reference are such a pair. `fractional`: a record that names items of the
        network n times adds 1/(n - 1) for each pair; n counts items that are shown, after the threshold and `top`
        (Perianes-Rodriguez, Waltman and van Eck, 2016). `binary`: the number of records that cite both items. Full and
        binary are the same for works.
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
    check(threshold=threshold)
    check_asked(counting, components, top, ("min_citations", min_citations, 1))
    if items not in get_args(CitedItems):
        raise unknown(items, get_args(CitedItems), where="items", expected="what is cited")
    with open_engine(engine) as opened:
        works = cited_works(corpus, opened, matching=matching, threshold=threshold)
    printed = matching == "exact"
    whole = (
        _works(corpus, works, thesaurus)
        if items == "references"
        else _cut_out(corpus, works, items, thesaurus, printed=printed)
    )
    citations = np.asarray(whole.matrix.sum(axis=0)).ravel().astype(np.int64)
    asked = [Threshold("min_citations", citations, min_citations, "citations", "references to an item")]
    kept = meeting(asked, items=in_words(items))
    part = _part(corpus, works, whole, kept, printed=printed)
    network = _network(part, counting, top, components, engine)
    years = np.empty(0)
    if items == "references":
        years = np.array([_year(name) for name in network.ids], np.float64)
        network = described(network, _descriptions(corpus, works, network.ids))
    network = _with_threshold(network, min_citations, len(whole.ids), len(kept))
    return replace(network, scores={"Pub. year": years} if scores and np.isfinite(years).any() else {})


def _network(part: Incidence, counting: Counting, top: int | None, components: ComponentChoice, engine: str) -> Network:
    """Count links; under fractional counting once more among the strongest, since only items shown share a record."""
    network = incidence_network(
        part, counting=counting, min_occurrences=1, top=top, components=components, scores=False, engine=engine
    )
    if counting != "fractional" or not network.settings.left_out.too_weak:
        return network
    strong = incidence_network(part, counting=counting, top=top, components="all", scores=False, engine=engine)
    again = incidence_network(
        _of(part, [part.ids.index(name) for name in strong.ids]),
        counting=counting,
        components=components,
        scores=False,
        engine=engine,
    )
    chosen = next(step for step in network.history if step.name == "top")
    at = [step.name for step in again.history].index("threshold") + 1
    history = (*again.history[:at], chosen, *again.history[at:])
    thresholds = replace(again.settings.thresholds, top=top)
    left_out = replace(again.settings.left_out, too_weak=network.settings.left_out.too_weak)
    return replace(again, history=history, settings=replace(again.settings, thresholds=thresholds, left_out=left_out))


def _works(corpus: Corpus, works: CitedWorks, thesaurus: Thesaurus | None) -> Incidence:
    """Say which records cite which works; the thesaurus joins and drops works by their references as printed."""
    labels = works.matched.labels
    given = thesaurus or Thesaurus()
    replaced = given.by_key(label_key)
    keys = [replaced.get(label_key(label), label) for label in labels] if replaced else list(labels)
    unmatched = given.unmatched(label_key, set(map(label_key, labels))) if replaced else ()
    of_works = [(key,) if key else () for key in keys]
    return _grouped(corpus, works, of_works, dict(zip(keys, keys, strict=True)), "references", thesaurus, unmatched)


def _cut_out(
    corpus: Corpus, works: CitedWorks, items: CitedItems, thesaurus: Thesaurus | None, *, printed: bool
) -> Incidence:
    """Say which records cite which sources or authors, and how often."""
    of_sources = items == "cited-sources"
    spelt = sources_of(works.matched, names_in(corpus)) if of_sources else authors_of(works.matched, printed=printed)
    key = SOURCE_RULE if of_sources else author_rule(printed=printed)
    given = thesaurus or Thesaurus()
    replaced = given.by_key(key)
    final = [[name for one in names if (name := replaced.get(key(one), one))] for names in spelt]
    counts: dict[str, dict[str, int]] = {}
    for names in final:
        for one in names:
            spellings = counts.setdefault(key(one), {})
            spellings[one] = spellings.get(one, 0) + 1
    labels = {name: usual_spelling(spellings) for name, spellings in counts.items()}
    of_works = [tuple(dict.fromkeys(map(key, names))) for names in final]
    unmatched = given.unmatched(key, {key(one) for names in spelt for one in names}) if replaced else ()
    return _grouped(corpus, works, of_works, labels, items, thesaurus, unmatched)


def _grouped(
    corpus: Corpus,
    works: CitedWorks,
    keys: Sequence[tuple[str, ...]],
    labels: dict[str, str],
    items: CitedItems,
    thesaurus: Thesaurus | None,
    unmatched: tuple[str, ...],
) -> Incidence:
    """Add up the works of each key: records × items; a work without a key was dropped, or tells no such item."""
    pairs = [(at, key) for at, own in enumerate(keys) for key in own]
    distinct = dict.fromkeys(key for _, key in pairs)
    names = list(distinct) if items == "references" else sorted(distinct)
    if not names:
        raise _nothing(corpus, items)
    place = {name: at for at, name in enumerate(names)}
    records, of = (np.array(column, np.int64) for column in zip(*((at, place[key]) for at, key in pairs), strict=True))
    joined = sparse.csr_array((np.ones(len(records)), (records, of)), shape=(len(keys), len(names)))
    matrix = sparse.csr_array(sparse.csr_array(works.matrix.T) @ joined)
    matrix.sort_indices()
    left_out = sum(not own for own in keys)
    counts = {"dropped_by_thesaurus": 0, **({"works_left_out": left_out} if left_out else {})}
    incidence = record_incidence(
        corpus,
        tuple(names),
        tuple(labels[name] for name in names),
        matrix,
        item_kind=items,
        link_kind="co-citation",
        weight="Citations",
        read=read_items(corpus, items, ("references",), thesaurus, matrix, counts, unmatched),
        steps=(works.matched.step,),
    )
    return replace(incidence, settings=replace(incidence.settings, references=works.settings))


def _part(corpus: Corpus, works: CitedWorks, whole: Incidence, kept: NDArray[np.intp], *, printed: bool) -> Incidence:
    """Return the incidence of the items that are kept: only these are shared out under fractional counting."""
    part = _of(whole, kept.tolist())
    if whole.item_kind == "references":
        return replace(part, labels=_labels(corpus, works, part.ids, printed=printed))
    return part


def _of(whole: Incidence, kept: Sequence[int]) -> Incidence:
    matrix: CSR = sparse.csr_array(whole.matrix[:, kept])
    matrix.sort_indices()
    ids, labels = (tuple(names[i] for i in kept) for names in (whole.ids, whole.labels))
    return replace(whole, ids=ids, labels=labels, matrix=matrix)


def _labels(corpus: Corpus, works: CitedWorks, ids: Sequence[str], *, printed: bool) -> tuple[str, ...]:
    """Label works by first author, year and source, or as `printed`.

    One of which only an identifier is known is labelled by the corpus's own record of it.
    """
    record = dict(zip(works.matched.labels, works.matched.record.tolist(), strict=True))
    names = names_in(corpus)
    labels = []
    for name in ids:
        cited = parse_reference(name)
        known = record.get(name, -1)
        if known >= 0 and not (cited.authors or cited.source or cited.title):
            labels.append(f"{short_citation(corpus.records[known])}. {corpus.records[known].title}".rstrip(". "))
        elif printed or not cited.authors or cited.year is None:
            labels.append(name)
        else:
            labels.append(short_name(cited, names))
    return tuple(labels)


def _descriptions(corpus: Corpus, works: CitedWorks, ids: Sequence[str]) -> tuple[str | None, ...]:
    """Describe works by the corpus's own records of them, which say most, else as their references do."""
    record = dict(zip(works.matched.labels, works.matched.record.tolist(), strict=True))
    known = {name: place for name in ids if (place := record.get(name, -1)) >= 0}
    described_by = dict(zip(known, record_descriptions(corpus, list(known.values())), strict=True))
    return tuple(described_by.get(name) or reference_description(name) for name in ids)


def _year(reference: str) -> float:
    year = parse_reference(reference).year
    return np.nan if year is None else float(year)


def _with_threshold(network: Network, min_citations: int, n: int, kept: int) -> Network:
    """Describe all cited items: the network counts only those that meet the threshold."""
    step = Step("threshold", {"min_citations": min_citations}, {"items": n, "kept": kept})
    history = tuple(step if one.name == "threshold" else one for one in network.history)
    thresholds = replace(
        network.settings.thresholds, min_occurrences=None, min_citations=min_citations, items=n, kept=kept
    )
    return replace(network, history=history, settings=replace(network.settings, thresholds=thresholds))


def _nothing(corpus: Corpus, items: CitedItems) -> BenangError:
    return BenangError(
        Problem(
            worded(
                "The references of the only record name no {items}",
                "The references of the {n:,} records name no {items}",
                n=len(corpus),
                items=in_words(items),
            ),
            way_on="If references are only identifiers, as in OpenAlex, map the references themselves "
            "(items: references), or their coupling (items: documents).",
        )
    )
