"""Terms from titles and abstracts: record by record in its language, each phrase where it occurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from scipy import sparse

from benang.errors import BenangError, Problem, unknown
from benang.evidence import Argument, Step
from benang.kinds import TermCounting, TermMethod, TextField
from benang.languages import TextLanguage, general_words, stop_words
from benang.locale.writing import as_worded, worded
from benang.network import TermChoice
from benang.network.incidence import Incidence, none_has, read_items, record_incidence
from benang.network.network import Floats
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.spelling import usual_spelling
from benang.records.thesaurus import Thesaurus
from benang.terms.joining import kept_together, plain_phrase, words_of
from benang.terms.noun_phrases import PhraseTable, Tags, names_nothing, noun_phrases
from benang.terms.sentences import OTHER, count_languages, languages_of, sentences_of
from benang.terms.stop_phrases import Run, joined_phrases, sentence_runs, with_single_words
from benang.terms.stop_phrases import names_nothing as is_no_term
from benang.terms.tagging import SpacyTagger, Tagger

_BATCH = 2000  # sentences that are tagged at one time


@dataclass(frozen=True)
class _Plan:
    """What was asked for."""

    fields: tuple[TextField, ...]
    method: TermMethod
    min_occurrences: int
    thesaurus: Thesaurus
    ignore_labels: bool
    ignore_copyright: bool


def text_terms(
    corpus: Corpus,
    *,
    fields: Sequence[TextField] = ("title", "abstract"),
    method: TermMethod = "auto",
    counting_method: TermCounting = "binary",
    min_occurrences: int = 10,
    thesaurus: Thesaurus | None = None,
    ignore_labels: bool = True,
    ignore_copyright: bool = True,
    columns: Mapping[str, Floats] | None = None,
) -> Incidence:
    """Find the terms of titles and abstracts: which term occurs in which record.

    Each sentence is read in its language: the one of its function words, else that of its text, else the record's.
    Sentences that are in neither English nor Indonesian, by their function words or by the record's language where
    they don't decide, are left out and counted: their function words would become terms. English ones give noun phrases
    (`noun_phrases`), others the runs between stop words, joined where they belong together
    (`joined_phrases`). Only the longest phrase counts.

    Parameters
    ----------
    corpus
        The records.
    fields
        `title`, `abstract` or both.
    method
        See `TermMethod`.
    counting_method
        See `TermCounting`; the matrix holds 1 for each term of a record, or the number of its occurrences.
    min_occurrences
        Records in which words have to be neighbours to be joined, where there are no parts of speech; and which a
        shorter term must have for a dropped longer one to fall back on it. Terms below it are in the result too.
    thesaurus
        Labels are replaced where they are a whole term. A term of several words that is replaced by nothing falls back
        on its longest ending that is a term itself: without `sister city program` its occurrences go to `city program`,
        else to `program`.
    ignore_labels
        Leave out labels of structured abstracts (`BACKGROUND:`), and take no such word for a term by itself.
    ignore_copyright
        Leave out statements about copyright and licences.
    columns
        A user's own numbers, one for each record, by name.

    Returns
    -------
    Incidence
        Records × terms. Its history counts records by language, and sentences, labels and statements left out.

    Raises
    ------
    BenangError
        For an unknown field, method or way of counting; where no record has a term; for `spacy` where it is missing.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", title="Sister cities of Indonesia", abstract="METHODS: We study sister cities. "
    ...                            "© 2020 Elsevier B.V. All rights reserved.")])
    >>> incidence = text_terms(corpus, counting_method="full")
    >>> incidence.labels, incidence.matrix.toarray().tolist()
    (('indonesia', 'sister city'), [[1.0, 2.0]])
    """
    check(min_occurrences=min_occurrences)
    _check(fields, method, counting_method)
    plan = _Plan(tuple(fields), method, min_occurrences, thesaurus or Thesaurus(), ignore_labels, ignore_copyright)
    phrases = _phrase_table(corpus, plan)
    incidence, dropped, fell_back = _incidence(corpus, plan, phrases, counting_method)
    arguments: dict[str, Argument] = {
        "fields": plan.fields,
        "method": method,
        "counting_method": counting_method,
        "min_occurrences": min_occurrences,
        "ignore_labels": ignore_labels,
        "ignore_copyright": ignore_copyright,
    }
    counts = {"terms": len(incidence.ids), "fell_back": fell_back, **dict(sorted(phrases.counts.items()))}
    dropped_terms = {"dropped_by_thesaurus": dropped}
    read = read_items(corpus, "terms", plan.fields, thesaurus, incidence.matrix, dropped_terms, incidence.unmatched)
    terms = record_incidence(
        corpus,
        incidence.ids,
        incidence.labels,
        incidence.matrix,
        item_kind="terms",
        columns=columns,
        read=read,
        steps=(Step("phrases", arguments, counts),),
    )
    left_out = replace(
        terms.settings.left_out,
        records_in_other_languages=counts.get("records_other_language", 0),
        sentences_in_other_languages=counts.get("sentences_in_other_languages", 0),
    )
    choice = TermChoice(plan.fields, method, counting_method)
    return replace(terms, settings=replace(terms.settings, terms=choice, left_out=left_out))


def _check(fields: Sequence[str], method: str, counting: str) -> None:
    for value in fields:
        if value not in get_args(TextField):
            raise unknown(value, get_args(TextField), where="fields", expected="title or abstract")
    if not fields:
        raise BenangError(Problem("no field", where="fields", expected="title, abstract or both"))
    if method not in get_args(TermMethod):
        raise unknown(method, get_args(TermMethod), where="method", expected="a method of finding terms")
    if counting not in get_args(TermCounting):
        raise unknown(counting, get_args(TermCounting), where="counting_method", expected="binary or full")


def _phrase_table(corpus: Corpus, plan: _Plan) -> PhraseTable:
    """Go through the records: English sentences are tagged batch by batch, runs of others are joined at the end."""
    phrases = PhraseTable()
    tagger: Tags = SpacyTagger() if plan.method == "spacy" else Tagger()
    waiting: list[tuple[int, str]] = []
    runs: list[Run] = []
    together = kept_together(label for line in plan.thesaurus.replacements for label in line)
    columns = [corpus.works.column(name).to_pylist() for name in ("language", *plan.fields)]
    for record, (language, *texts) in enumerate(zip(*columns, strict=True)):
        for sentence, spoken in _sentences(texts, language, plan, phrases.counts):
            if plan.method != "stop-words" and spoken == "en":
                waiting.append((record, sentence))
            elif plan.method == "noun-phrases":
                phrases.counts["sentences_not_english"] += 1
            else:
                runs += sentence_runs(sentence, record, _stops(spoken), together, indonesian=spoken == "id")
        if len(waiting) >= _BATCH:
            _tag(waiting, tagger, phrases)
            waiting = []
    _tag(waiting, tagger, phrases)
    phrases.settle(lambda key: not names_nothing(key, ignore_labels=plan.ignore_labels))
    replaced = plan.thesaurus.by_key(plain_phrase)
    known = {*replaced, *map(plain_phrase, replaced.values())}
    for record, key in joined_phrases(with_single_words(runs), min_occurrences=plan.min_occurrences, known=known):
        if len(key) > 1 and not names_nothing(key, ignore_labels=plan.ignore_labels) and not is_no_term(key):
            phrases.add(record, key, key)
    return phrases


def _sentences(
    texts: Sequence[str],
    record_language: str,
    plan: _Plan,
    counts: Counter[str],
) -> list[tuple[str, TextLanguage | None]]:
    """Cut a record's texts into sentences with their languages, and count what was left out."""
    sentences: list[tuple[str, tuple[str, ...]]] = []
    for name, text in zip(plan.fields, texts, strict=True):
        labels = plan.ignore_labels and name == "abstract"
        cut = sentences_of(text or "", ignore_labels=labels, ignore_copyright=plan.ignore_copyright)
        counts["labels_left_out"] += cut.labels
        counts["copyright_left_out"] += cut.statements
        sentences += [(sentence, words_of(sentence)) for sentence in cut.sentences]
    languages = languages_of([words for _, words in sentences], record_language)
    spoken: list[tuple[str, TextLanguage | None]] = [
        (sentence, language) for (sentence, _), language in zip(sentences, languages, strict=True) if language != OTHER
    ]
    if left_out := len(sentences) - len(spoken):
        counts["sentences_in_other_languages"] += left_out
    if sentences and not spoken:
        counts["records_other_language"] += 1
    else:
        count_languages([language for _, language in spoken], counts)
    return spoken


def _tag(waiting: Sequence[tuple[int, str]], tagger: Tags, phrases: PhraseTable) -> None:
    for (record, _), row in zip(waiting, noun_phrases([text for _, text in waiting], tagger), strict=True):
        for phrase in row:
            phrases.add(record, phrase.words, phrase.printed)


def _stops(language: TextLanguage | None) -> frozenset[str]:
    return stop_words(language) | general_words(language)


@dataclass(frozen=True)
class _Terms:
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    matrix: sparse.csr_array
    unmatched: tuple[str, ...]


def _incidence(corpus: Corpus, plan: _Plan, phrases: PhraseTable, counting: TermCounting) -> tuple[_Terms, int, int]:
    """Replace, drop and fall back, and count the terms of each record."""
    names = list(phrases.codes)
    ends = (np.array(phrases.records, np.int32), np.array(phrases.phrases, np.int32))
    counted = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(len(corpus), len(names)))
    counted.sum_duplicates()
    in_records = np.bincount(counted.indices, minlength=len(names))
    known = {name for name, n in zip(names, in_records.tolist(), strict=True) if n >= plan.min_occurrences}
    final, dropped, fell_back = _finals(names, plan.thesaurus, known, phrases.key)
    ids = tuple(sorted({name for name in final.values() if name}))
    if not ids:
        raise _nothing(corpus, plan)
    place = {name: k for k, name in enumerate(ids)}
    target = np.array([place.get(final[name], -1) for name in names], np.int64)
    rows, columns = counted.nonzero()
    kept = target[columns] >= 0
    placed = (rows[kept], target[columns][kept])
    matrix = sparse.csr_array((counted.data[kept], placed), shape=(len(corpus), len(ids)))
    matrix.sum_duplicates()
    matrix.sort_indices()
    if counting == "binary":
        matrix.data[:] = 1.0
    times = dict(zip(names, np.asarray(counted.sum(axis=0)).ravel().astype(int).tolist(), strict=True))
    labels = _labels(phrases, times) | plan.thesaurus.labels(phrases.key)
    unmatched = _unmatched(plan.thesaurus, set(names), phrases.key)
    return _Terms(ids, tuple(labels.get(name, name) for name in ids), matrix, unmatched), dropped, fell_back


def _unmatched(thesaurus: Thesaurus, names: set[str], key: Callable[[str], str]) -> tuple[str, ...]:
    """Return the labels of a thesaurus that are no phrase of the corpus, as written or in the singular."""
    plain = set(thesaurus.unmatched(plain_phrase, names)) if thesaurus.replacements else set()
    return tuple(label for label in thesaurus.unmatched(key, names) if label in plain) if plain else ()


def _finals(
    names: Sequence[str], thesaurus: Thesaurus, known: set[str], phrase_key: Callable[[str], str]
) -> tuple[dict[str, str], int, int]:
    """Return the term for each phrase, "" where it is dropped; how many were dropped, how many fell back."""
    replaced = thesaurus.by_key(plain_phrase) | thesaurus.by_key(phrase_key)
    final = {}
    dropped = fell_back = 0
    for name in names:
        if name not in replaced:
            final[name] = name
        elif replaced[name]:
            final[name] = phrase_key(replaced[name])
        else:
            dropped += 1
            shorter = _shorter(name, replaced, known)
            fell_back += bool(shorter)
            final[name] = phrase_key(replaced[shorter]) if shorter in replaced else shorter
    return final, dropped, fell_back


def _shorter(name: str, replaced: Mapping[str, str], known: set[str]) -> str:
    """Return the longest ending of a phrase that is a term by itself and not dropped, or ""."""
    words = name.split()
    endings = (" ".join(words[at:]) for at in range(1, len(words)))
    return next((one for one in endings if (one in known or one in replaced) and replaced.get(one, one)), "")


def _labels(phrases: PhraseTable, times: Mapping[str, int]) -> dict[str, str]:
    """Return the usual spelling of the phrases that are not always spelt like their key."""
    labels = {}
    for key, counts in phrases.spelt.items():
        rest = times[key] - counts.total()
        labels[key] = usual_spelling({**counts, key: rest} if rest else counts)
    return labels


def _nothing(corpus: Corpus, plan: _Plan) -> BenangError:
    where = " or ".join(plan.fields)
    return BenangError(
        Problem(
            none_has(len(corpus), worded("term in its {where}", where=as_worded(where)), article=True),
            way_on="Titles or abstracts are needed, in a language that separates words by spaces.",
        )
    )
