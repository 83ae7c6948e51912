"""Terms from titles: words and phrases between function words, in any language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from benang.errors import BenangError, Problem
from benang.evidence import Step
from benang.kinds import ComponentChoice, Counting
from benang.languages import stop_words, text_language
from benang.network.cooccurrence import incidence_network
from benang.network.incidence import Incidence, none_has, read_items, record_incidence
from benang.network.network import Network
from benang.network.settings import Thresholds
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.spelling import usual_spelling
from benang.records.thesaurus import Thesaurus
from benang.terms.joining import Text, join_phrases, kept_together, plain_phrase, runs_of


def title_terms(
    corpus: Corpus,
    *,
    min_occurrences: int = 2,
    max_words: int = 4,
    thesaurus: Thesaurus | None = None,
) -> Incidence:
    """Find the terms of titles: which term occurs in which record's title.

    A title is cut at function words (of the record's language where it is English or Indonesian, else of both) and
    at punctuation; hyphens count as spaces. Within these runs, words that belong together are joined into phrases
    (`join_phrases` says when). Every word then belongs to one term, so a term is counted where it occurs by itself,
    not inside a longer one. Terms of digits and single letters only are dropped.

    Parameters
    ----------
    corpus
        The records.
    min_occurrences
        Titles in which a phrase has to occur to be joined. Terms below it are in the result too: thresholds come
        later, so that shares count all terms of a title.
    max_words
        The longest phrase, in words.
    thesaurus
        A label or replacement of several words stays together wherever a title has it, and two terms that the
        thesaurus names are not joined to each other; then labels are replaced, or dropped, where they are a whole
        term: `kota` says nothing about `kota bandung`.

    Returns
    -------
    Incidence
        Records × terms. Ids are lower-case words; the label is the preferred one of the thesaurus, else the most
        frequent spelling in lower case (`covid-19` for `covid 19`).

    Raises
    ------
    BenangError
        Where no title has a term.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", title="Kerja sama Kota Bandung dengan Suwon", language="id"),
    ...                     Record("b", title="Kota Bandung: paradiplomasi di tengah pandemi", language="id")])
    >>> title_terms(corpus, thesaurus=Thesaurus((("kerja sama", "kerjasama"), ("kota bandung", "Bandung")))).labels
    ('Bandung', 'kerjasama', 'pandemi', 'paradiplomasi', 'suwon', 'tengah')
    """
    check(min_occurrences=min_occurrences, max_words=max_words)
    given = thesaurus or Thesaurus()
    replaced = given.by_key(plain_phrase)
    texts = _texts(corpus, given, min_occurrences, max_words)
    ids, rows, columns = _placed(texts, lambda term: _final(term, replaced))
    if not ids:
        raise BenangError(
            Problem(
                none_has(len(corpus), "title with a term in it", article=True),
                way_on="Titles are needed, in a script that separates words by spaces.",
            )
        )
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(corpus), len(ids)))
    matrix.sort_indices()
    labels = _labels(texts) | given.labels(plain_phrase)
    phrases = {unit.key for text in texts for run in text.runs for unit in run if unit.n_words > 1}
    dropped = {"dropped_by_thesaurus": _dropped(texts, replaced)}
    unmatched = given.unmatched(plain_phrase, _units(texts)) if replaced else ()
    incidence = record_incidence(
        corpus,
        ids,
        tuple(labels[name] for name in ids),
        matrix,
        item_kind="terms",
        read=read_items(corpus, "terms", ("title",), thesaurus, matrix, dropped, unmatched),
        steps=(
            Step(
                "phrases",
                {"field": "title", "min_occurrences": min_occurrences, "max_words": max_words},
                {"phrases": len(phrases), "terms": len(ids)},
            ),
        ),
    )
    return replace(incidence, settings=replace(incidence.settings, thresholds=Thresholds(max_words=max_words)))


def term_network(
    corpus: Corpus,
    *,
    counting: Counting = "full",
    min_occurrences: int = 2,
    max_words: int = 4,
    top: int | None = None,
    components: ComponentChoice = "largest",
    thesaurus: Thesaurus | None = None,
    scores: bool = True,
) -> Network:
    """Make the network of terms that occur in the same titles.

    Terms are those of `title_terms`; the other options, the weights, the scores and the records behind each item are
    those of `cooccurrence_network`. A term counts once a title.

    Raises
    ------
    BenangError
        Where no title has a term, or no term meets the threshold.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", title="Hambatan paradiplomasi kota"),
    ...                     Record("b", title="Paradiplomasi di kota")])
    >>> network = term_network(corpus)
    >>> network.labels, network.strength("kota", "paradiplomasi")
    (('kota', 'paradiplomasi'), 2.0)
    """
    incidence = title_terms(corpus, min_occurrences=min_occurrences, max_words=max_words, thesaurus=thesaurus)
    return incidence_network(
        incidence, counting=counting, min_occurrences=min_occurrences, top=top, components=components, scores=scores
    )


def _texts(corpus: Corpus, thesaurus: Thesaurus, min_occurrences: int, max_words: int) -> list[Text]:
    """Cut the titles into runs of words, and join those that belong together."""
    replaced = thesaurus.by_key(plain_phrase)
    joined = kept_together(label for line in thesaurus.replacements for label in line)
    titles = zip(corpus.works.column("title").to_pylist(), corpus.works.column("language").to_pylist(), strict=True)
    return join_phrases(
        [runs_of(title, stop_words(text_language(language)), joined=joined) for title, language in titles],
        min_occurrences=min_occurrences,
        max_words=max_words,
        known={*replaced, *map(plain_phrase, replaced.values())},
    )


def _final(term: str, replaced: Mapping[str, str]) -> str:
    """Return the term that replaces one, or "" where it is dropped."""
    final = plain_phrase(replaced[term]) if term in replaced else term
    return final if any(len(word) > 1 and not word.isdecimal() for word in final.split()) else ""


def _placed(texts: Sequence[Text], final: Callable[[str], str]) -> tuple[tuple[str, ...], list[int], list[int]]:
    """Put the terms in alphabetical order, and return which text holds which, each once."""
    terms = [sorted({name for run in text.runs for unit in run if (name := final(unit.key))}) for text in texts]
    ids = tuple(sorted({name for in_text in terms for name in in_text}))
    place = {name: at for at, name in enumerate(ids)}
    return (
        ids,
        [row for row, in_text in enumerate(terms) for _ in in_text],
        [place[name] for in_text in terms for name in in_text],
    )


def _labels(texts: Sequence[Text]) -> dict[str, str]:
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for run in text.runs:
            for unit in run:
                spellings[unit.key][text.spelling(unit)] += 1
    return {key: usual_spelling(counts) for key, counts in spellings.items()}


def _dropped(texts: Sequence[Text], replaced: Mapping[str, str]) -> int:
    units = _units(texts)
    return sum(term in units and not replacement for term, replacement in replaced.items())


def _units(texts: Sequence[Text]) -> set[str]:
    return {unit.key for text in texts for run in text.runs for unit in run}
