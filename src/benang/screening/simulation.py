"""A screening that is over, screened again by priority: how much reading it would have saved, and what it would cost.

Records are screened in the order of `priority.Ranker`, as `benang screen` shows them, beginning with one relevant and
one irrelevant record that are known: the first of each in the random order of the seed. Both count as screened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor

from benang.progress import Progress, silent
from benang.screening.priority import Ranker, learned_from
from benang.screening.stopping import StoppingTest, Target, ranked_test

_SAVED_AT = 0.95


@dataclass(frozen=True)
class Simulation:
    """The records in the sequence in which they were screened.

    `order` are the places of all records, the `n_known` known beforehand first, and `labels` whether each is relevant.

    Examples
    --------
    Ten records, two known; three of five relevant records come first, and the last one at the end.

    >>> labels = (True, False, True, True, True, False, False, False, False, True)
    >>> simulation = Simulation(tuple(range(10)), labels)
    >>> simulation.recall_at(0.5), simulation.records_to(0.8), round(simulation.work_saved(0.8), 2)
    (0.8, 5, 0.3)
    >>> simulation.time_to_discovery
    3.5
    """

    order: tuple[int, ...]
    labels: tuple[bool, ...]
    n_known: int = 2

    @property
    def records(self) -> int:
        """Records in all."""
        return len(self.labels)

    @property
    def relevant(self) -> int:
        """Relevant records in all."""
        return sum(self.labels)

    @property
    def recall_curve(self) -> tuple[float, ...]:
        """The share of all relevant records that is found after each record screened, 0 to 1."""
        return tuple([n / self.relevant for n in accumulate(self.labels)])

    def recall_at(self, share: float) -> float:
        """Return the recall, 0 to 1, when that share of all records is screened, in whole records."""
        return sum(self.labels[: floor(_exact(share) * self.records)]) / self.relevant

    def records_to(self, recall: float) -> int:
        """Return how many records are screened when that recall is reached."""
        wanted = ceil(_exact(recall) * self.relevant)
        return next(at for at, n in enumerate(accumulate(self.labels), 1) if n >= wanted)

    def work_saved(self, recall: float = _SAVED_AT) -> float:
        """Return WSS: the share of all records that need not be read for that recall, over reading at random.

        1 − n/N − (1 − recall), with n of N records screened (Cohen et al. 2006, J. Am. Med. Inform. Assoc. 13,
        206–219). Reading at random saves 0; below 0, it would have been better.
        """
        return recall - self.records_to(recall) / self.records

    @property
    def time_to_discovery(self) -> float:
        """The average time to discovery (ATD): how many records are read, on average, when a relevant one is found.

        Those known beforehand are in no count, as in asreview-insights 1.6 (Ferdinands et al. 2023, Systematic Reviews
        12:100). 0 where all relevant records are known.
        """
        places = [at for at, is_relevant in enumerate(self.labels[self.n_known :], 1) if is_relevant]
        return sum(places) / len(places) if places else 0.0

    def stop(self, target: Target | None = None) -> StoppingTest:
        """Return the first test, of those after each record, that lets the screening stop; at the latest the last one.

        Within a run of irrelevant records p only falls, so that the first one is looked for by halves, in the first run
        whose end lets it stop.
        """
        known, screened = self.labels[: self.n_known], self.labels[self.n_known :]

        def test(n: int) -> StoppingTest:
            return ranked_test(screened[:n], self.records, target, known=known)

        begin = 0
        for end in [*(at for at, is_relevant in enumerate(screened) if is_relevant), len(screened)]:
            if test(end).may_stop:
                low, high = begin, end
                while low < high:
                    middle = (low + high) // 2
                    low, high = (low, middle) if test(middle).may_stop else (middle + 1, high)
                return test(low)
            begin = end + 1
        return test(len(screened))


def simulated(
    texts: Sequence[str], labels: Sequence[bool], *, seed: int = 0, progress: Progress = silent
) -> Simulation:
    """Screen labelled records by priority.

    Parameters
    ----------
    texts
        Of each record what `priority.text_of` returns.
    labels
        Whether each is relevant; some must be, and some not.

    Raises
    ------
    BenangError
        Where scikit-learn is not installed.
    """
    ranker = Ranker(texts, seed)
    known = {next(at for at in ranker.random if labels[at] is wanted): wanted for wanted in (True, False)}
    screened: list[int] = []
    left = dict.fromkeys(at for at in range(len(texts)) if at not in known)
    lesson = -1
    queue: list[int] = []
    while left:
        if (latest := learned_from(len(screened))) != lesson:
            progress("Screening again", len(screened) / len(texts))
            lesson = latest
            order = ranker.order({**known, **{at: labels[at] for at in screened[:lesson]}})
            queue = [at for at in reversed(order) if at in left]
        record = queue.pop()
        screened.append(record)
        del left[record]
    order = (*known, *screened)
    return Simulation(order, tuple([labels[at] for at in order]), len(known))


def _exact(share: float) -> Fraction:
    """Return the number that was typed, of which whole records can be counted."""
    return Fraction(str(share))
