"""The order in which records are screened by priority: learned from decisions, most likely relevant first.

The model is ASReview's ELAS u4 (asreview 2.2, `asreview/models/models.py`; van de Schoot et al. 2021, Nature Machine
Intelligence 3, 125–133): TF-IDF of the words and word pairs of title and abstract, a linear support vector machine, and
weights by which the few relevant records count for more than the many others. Words are those of Unicode, none is
stemmed or left out by a list, so that Indonesian and English are treated alike.

The same decisions give the same order, in whatever sequence they and the records came. Records of equal score, and all
records until both a relevant and an irrelevant one are known, stand in a random order that depends only on the seed and
on what each record says: a record that is added moves no other.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from types import TracebackType
from typing import Any

import numpy as np

from benang.errors import BenangError, Problem
from benang.records.record import Record
from benang.screening.protocol import chance

Label = bool | None
"""Whether a record is relevant; None where that is not decided."""

_RATIO, _C, _COMMON = 9.8, 0.11, 0.95  # ELAS u4: `ratio` of its balancer, `C` of its classifier, `max_df`
_MOST_ROUNDS = 10_000
_DECIMALS = 9  # of a score: what follows differs between processors
_EACH, _STEP = 200, 5
_CLASSES = 2
_training = threading.Lock()
"""One at a time: liblinear has one random generator for the process, which two that learn at once would share."""


def text_of(record: Record) -> str:
    """Return what the model reads of a record: its title and its abstract.

    Examples
    --------
    >>> text_of(Record("a", title="Kota kembar", abstract="Dua kota."))
    'Kota kembar Dua kota.'
    """
    return f"{record.title} {record.abstract}".strip()


def random_places(texts: Sequence[str], seed: int) -> tuple[int, ...]:
    """Return the places of texts, or of keys, in the random order of a seed, in which one that is added moves no other.

    Keys of records stand in the order in which they are screened where the plan says "random".

    Examples
    --------
    >>> random_places(["kota", "desa", "sungai"], 1), random_places(["kota", "desa"], 1)
    ((2, 1, 0), (1, 0))
    """
    marks = [chance(seed, "order", text) for text in texts]
    return tuple(sorted(range(len(texts)), key=lambda at: (marks[at], texts[at])))


def ranking(texts: Sequence[str], labels: Sequence[Label], seed: int = 0) -> tuple[int, ...]:
    """Return the places of the texts without a label, most likely relevant first.

    Parameters
    ----------
    texts
        Of each record what `text_of` returns.
    labels
        Of each text, whether it is relevant; None for those to be ranked.
    seed
        Decides between equal scores, and everything as long as labels are all the same.

    Raises
    ------
    BenangError
        Where scikit-learn is not installed.

    Examples
    --------
    >>> texts = ["sister cities", "rice prices", "cities and their sisters", "rice and prices of oil"]
    >>> ranking(texts, [True, False, None, None]), ranking(texts, [False, True, None, None])
    ((2, 3), (3, 2))
    """
    order = Ranker(texts, seed).order({at: label for at, label in enumerate(labels) if label is not None})
    return tuple([at for at in order if labels[at] is None])


@dataclass(frozen=True)
class Ranker:
    """Ranks records again and again as more is decided; their texts are turned into vectors once.

    Parameters
    ----------
    texts
        Of each record what `text_of` returns.
    seed
        Of the random order.
    keys
        The keys of the records, in whose random order they are screened at first; where empty, that of the texts.

    Notes
    -----
    5,000 records with abstracts take 2 s for the vectors, once, and then 0.03 s for an order learned from 1,000 labels,
    0.2 s for one learned from 4,500 (of one processor).
    """

    texts: Sequence[str]
    seed: int = 0
    keys: Sequence[str] = ()

    @cached_property
    def random(self) -> tuple[int, ...]:
        """The random order: the first one, and the one among equals."""
        return random_places(self.keys or self.texts, self.seed)

    def prepare(self) -> None:
        """Make the vectors, which otherwise the first order does."""
        _ = self._vectors

    def order(self, labels: Mapping[int, bool]) -> tuple[int, ...]:
        """Return the places of all texts, most likely relevant first, as learned from the labels of some.

        Texts with a label are ranked too: a decision may be undone.

        Raises
        ------
        BenangError
            Where scikit-learn is not installed.
        """
        if len(set(labels.values())) < _CLASSES or self._vectors is None:
            return self.random
        scores = np.round(self._scores(labels), _DECIMALS)
        order = sorted(self.random, key=lambda at: -float(scores[at]))  # a stable sort: equals stay in random order
        return tuple(order)

    def _scores(self, labels: Mapping[int, bool]) -> Any:
        """Train on the labels, in the random order, which no sequence of records or decisions changes."""
        known = [at for at in self.random if at in labels]
        relevant = np.array([labels[at] for at in known])
        model = _learning("svm").LinearSVC(C=_C, loss="squared_hinge", random_state=0, max_iter=_MOST_ROUNDS)
        with _training:
            model.fit(self._vectors[known], relevant, sample_weight=_weights(relevant))
        return model.decision_function(self._vectors)

    @cached_property
    def _vectors(self) -> Any:
        """The TF-IDF vectors, a sparse row for each text; None where the texts have no word that tells them apart."""
        vectorizer = _learning("feature_extraction.text").TfidfVectorizer(
            ngram_range=(1, 2), sublinear_tf=True, min_df=1, max_df=_COMMON
        )
        try:
            return vectorizer.fit_transform(self.texts)
        except ValueError:  # no words at all, or only such as nearly every text has
            return None


def _weights(relevant: Any) -> Any:
    """Weigh the relevant records as ELAS u4 does: together `_RATIO` times as much as all others, 1 on average."""
    n = len(relevant)
    n_relevant = int(relevant.sum())
    weights = np.where(relevant, 1.0, n_relevant / (_RATIO * (n - n_relevant)))
    return weights * (n / weights.sum())


def _learning(module: str) -> Any:
    """Import a module of scikit-learn.

    Raises
    ------
    BenangError
        Where it is not installed, with the command that installs it.
    """
    import importlib

    try:
        return importlib.import_module(f"sklearn.{module}")
    except ImportError:
        way_on = "Install it: pip install 'benang[screening]'; or screen in random order."
        raise BenangError(
            Problem("screening by priority needs scikit-learn, which is not installed", way_on=way_on)
        ) from None


def check_installed() -> None:
    """Refuse to begin where scikit-learn is not installed.

    Raises
    ------
    BenangError
        With the command that installs it.
    """
    _learning("svm")


def last_lesson(n: int) -> int:
    """Return after which of `n` decisions the order is learned anew last: each of the first 200, then every fifth.

    Examples
    --------
    >>> [last_lesson(n) for n in (0, 1, 200, 204, 205)]
    [0, 1, 200, 200, 205]
    """
    return n if n <= _EACH else n - n % _STEP


def learned_from(n: int) -> int:
    """Return from how many decisions the order is learned that is in use after `n`.

    Of the first 200 it is all: a few hundredths of a second each, and they teach most. Afterwards it is the last lesson
    but one, so that the last can be learned while somebody reads. Thus the order depends on the decisions alone, and
    not on how fast they were made.

    Examples
    --------
    >>> [learned_from(n) for n in (0, 1, 200, 204, 205, 209, 210)]
    [0, 1, 200, 200, 200, 200, 205]
    """
    return n if n <= _EACH else max(_EACH, last_lesson(n) - _STEP)


@dataclass
class Retraining:
    """Learns in the background, so that whoever screens need not wait.

    The vectors are made while the first records are read. After the first 200 decisions the next order is learned while
    five more records are read. `order` waits only where somebody is faster than the processor, and when a review that
    is under way has just been opened. `known` are labels from before the first decision: papers known to be relevant.

    Examples
    --------
    >>> texts = ["sister cities", "rice prices", "cities and their sisters", "rice and prices of oil", "rice"]
    >>> with Retraining(Ranker(texts, seed=1), known={0: True}) as retraining:
    ...     before = retraining.order([])
    ...     after = retraining.order([(1, False)])
    >>> before == Ranker(texts, seed=1).random, after == Ranker(texts, seed=1).order({0: True, 1: False})
    (True, True)
    """

    ranker: Ranker
    known: Mapping[int, bool] = field(default_factory=dict)
    _lessons: dict[frozenset[tuple[int, bool]], Future[tuple[int, ...]]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Start the thread, which ends with `close`, and let it make the vectors."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="priority")
        self._thread.submit(self.ranker.prepare)

    def order(self, decisions: Sequence[tuple[int, Label]]) -> tuple[int, ...]:
        """Return the places of all records in the order that is in use after these decisions.

        Parameters
        ----------
        decisions
            Those of one reviewer, and others that this reviewer may see, in the sequence of the log: the place of the
            record, and its label. A later one of the same record counts in place of the earlier, None takes it back.
        """
        n = len(decisions)
        now, later = (self._labels(decisions[:k]) for k in (learned_from(n), last_lesson(n)))
        if len({label for _, label in now}) < _CLASSES:
            return self.ranker.random  # nothing is learned yet, and nobody waits for the vectors
        self._lessons = {labels: self._lesson(labels) for labels in (now, later)}
        return self._lessons[now].result()

    def _lesson(self, labels: frozenset[tuple[int, bool]]) -> Future[tuple[int, ...]]:
        if labels in self._lessons:
            return self._lessons[labels]
        return self._thread.submit(self.ranker.order, dict(labels))

    def _labels(self, decisions: Sequence[tuple[int, Label]]) -> frozenset[tuple[int, bool]]:
        labels: dict[int, Label] = {**self.known}
        labels.update(decisions)
        return frozenset((at, label) for at, label in labels.items() if label is not None)

    def close(self) -> None:
        """End the thread; what it has not begun is not learned."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Retraining:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
