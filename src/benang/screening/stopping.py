"""When screening may stop: a statistical test of the recall that was reached, and how many records it may have missed.

The test is that of Callaghan and Müller-Hansen (2020), "Statistical stopping criteria for automated screening in
systematic reviews", Systematic Reviews 9:273. Its null hypothesis is that the target is missed: so many relevant
records are left that recall is below the target. It is rejected where so few relevant ones among the last records
screened would be unlikely, had those been drawn at random from an urn with as many relevant records as the null
hypothesis says. What is counted is the lower tail of the hypergeometric distribution. Target and confidence are fixed
before screening begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

import numpy as np

from benang.judgements.events import CONSENSUS, STAGES, Decision
from benang.locale.writing import Worded, worded
from benang.screening.outcomes import Screening

Basis = Literal["ranked", "sample"]
"""What the urn is: the records since a point of a ranked screening, or a random sample of those left."""


@dataclass(frozen=True, slots=True)
class Target:
    """The share of all relevant records that is to be found, above 0 up to 1, and how sure that must be, 0 to 1.

    Callaghan and Müller-Hansen use 0.95 for both.
    """

    recall: float = 0.95
    confidence: float = 0.95

    def least_missed(self, relevant: int) -> int:
        """Return how many relevant records must be missed, at least, for the recall to be below the target.

        With ρ found and a target τ this is ⌊ρ/τ⌋ + 1 − ρ, computed without rounding: 19 of 20 are 95 %.

        Examples
        --------
        >>> Target().least_missed(19), Target().least_missed(18), Target().least_missed(0)
        (2, 1, 1)
        """
        return floor(relevant / _exact(self.recall)) + 1 - relevant

    @property
    def level(self) -> float:
        """Below which p the null hypothesis is rejected: 1 − confidence."""
        return float(1 - _exact(self.confidence))


def _exact(share: float) -> Fraction:
    """Return the number that was typed: 0.95 is 19/20, which no float is."""
    return Fraction(str(share))


_ROUNDING = 1e-9
"""How far a p may be off, relatively: sums of floats are, and one that is the level exactly does not lie below it."""


def _rejects(p: float, level: float) -> bool:
    """Tell whether a p is below the level, and not only by rounding."""
    return p < level * (1 - _ROUNDING)


@dataclass(frozen=True, slots=True)
class _Urns:
    """Urns that the screened records may have been drawn from: how many were drawn of each, how many of those relevant.

    All of them end with the `left` records that are not screened.
    """

    drawn: Sequence[int]
    relevant: Sequence[int]
    left: int

    def tails(self, missed: int) -> list[float]:
        """Return for each urn how likely so few relevant records are, were so many left: P(X ≤ k).

        X ~ Hypergeometric(urn of `left` + n records, k + missed of them relevant, n drawn).
        """
        if missed > self.left:
            return [0.0] * len(self.drawn)
        from scipy.stats import hypergeom

        drawn, relevant = np.asarray(self.drawn), np.asarray(self.relevant)
        tails = hypergeom.cdf(relevant, self.left + drawn, relevant + missed, drawn)
        return [min(float(tail), 1.0) for tail in np.asarray(tails)]

    def most_missed(self, level: float) -> int:
        """Return the largest number of missed records that no urn speaks against: p falls as it grows."""
        low, high = 0, self.left
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (low, middle - 1) if _rejects(min(self.tails(middle)), level) else (middle, high)
        return low


@dataclass(frozen=True, slots=True)
class StoppingTest:
    """What a test says of the recall that was reached.

    Parameters
    ----------
    basis, target
        What was tested, and for which recall and confidence.
    records, screened, relevant
        Records in all; those screened or known beforehand, and how many of these are relevant.
    least_missed
        The null hypothesis: at least so many relevant records are left.
    p
        How likely the records tested are under it, 0 to 1: the smallest p of all windows where `basis` is "ranked".
    tested
        How many records that p rests on: the last ones screened, or the sample.
    most_missed
        The largest number of missed relevant records that the confidence still allows.
    in_a_row
        Irrelevant records since the last relevant one; 0 of a sample. **This is no proof of anything**: how many are
        enough depends on how many records there are, how many of them are relevant, and how good the ranking is
        (Callaghan and Müller-Hansen 2020).
    """

    basis: Basis
    target: Target
    records: int
    screened: int
    relevant: int
    least_missed: int
    p: float
    tested: int
    most_missed: int
    in_a_row: int

    @property
    def may_stop(self) -> bool:
        """Whether the null hypothesis is rejected, so that the target is reached with the confidence."""
        return _rejects(self.p, self.target.level)

    @property
    def left(self) -> int:
        """Records that are not screened."""
        return self.records - self.screened

    @property
    def least_recall(self) -> float:
        """The smallest recall that the confidence still allows, 0 to 1; 1 where none is or was relevant."""
        relevant = self.relevant + self.most_missed
        return self.relevant / relevant if relevant else 1.0


def ranked_test(
    screened: Sequence[bool], records: int, target: Target | None = None, *, known: Sequence[bool] = ()
) -> StoppingTest:
    """Test the records screened by priority, over all windows from some point until now.

    Each window is an urn: what was screened since that point, and all that is left. Its null hypothesis is the same, so
    the smallest p counts. A window that begins with irrelevant records is weaker than the one that begins before them,
    so only those are tested that begin after a relevant record, and the one of all.

    Parameters
    ----------
    screened
        Whether each record is relevant, in the sequence in which they were screened.
    records
        All records: screened, known and left.
    target
        Recall and confidence, fixed beforehand; 0.95 both where None.
    known
        Labels of records that were not chosen by the ranking, papers known beforehand say: in no window, but counted.

    Examples
    --------
    Twenty of forty records are screened, and the first two were relevant. Recall is below 95 % if one is left, which
    none of eighteen drawn from 38 would show with a probability of 20/38.

    >>> test = ranked_test([True, True, *[False] * 18], records=40)
    >>> test.least_missed, round(test.p, 6), test.tested, test.may_stop
    (1, 0.526316, 18, False)
    >>> test.most_missed, round(test.least_recall, 2)
    (4, 0.33)
    """
    target = target or Target()
    starts = [0, *(at + 1 for at, is_relevant in enumerate(screened) if is_relevant)]
    n, found = len(screened), sum(screened)
    urns = _Urns([n - start for start in starts], [found - at for at in range(len(starts))], records - n - len(known))
    return _tested("ranked", target, urns, records, found + sum(known), _in_a_row(screened))


def sample_test(
    sample: Sequence[bool], records: int, target: Target | None = None, *, known: Sequence[bool] = ()
) -> StoppingTest:
    """Test a random sample of the records that were left: exact, whatever the ranking was.

    Parameters
    ----------
    sample
        Whether each record of the sample is relevant. It was drawn at random, of a size fixed beforehand.
    records
        All records: those of the sample, those screened before, and those left.
    target
        Recall and confidence, fixed beforehand; 0.95 both where None.
    known
        Labels of all records that were screened before the sample was drawn.

    Examples
    --------
    Nineteen relevant records were found among 100; of 100 left, 80 are drawn, and none is relevant. Recall is below
    95 % if two are left: none of them is drawn with a probability of (20 · 19) / (100 · 99).

    >>> test = sample_test([False] * 80, records=200, known=[*[True] * 19, *[False] * 81])
    >>> test.least_missed, round(test.p, 6), test.may_stop, test.most_missed
    (2, 0.038384, True, 1)
    """
    target = target or Target()
    found = sum(sample)
    urns = _Urns([len(sample)], [found], records - len(sample) - len(known))
    return _tested("sample", target, urns, records, found + sum(known), in_a_row=0)


def _tested(basis: Basis, target: Target, urns: _Urns, records: int, relevant: int, in_a_row: int) -> StoppingTest:
    missed = target.least_missed(relevant)
    tails = urns.tails(missed)
    p = min(tails)
    return StoppingTest(
        basis,
        target,
        records,
        records - urns.left,
        relevant,
        missed,
        p,
        urns.drawn[tails.index(p)],
        urns.most_missed(target.level),
        in_a_row,
    )


def _in_a_row(screened: Sequence[bool]) -> int:
    return next((at for at, is_relevant in enumerate(reversed(screened)) if is_relevant), len(screened))


def review_test(screening: Screening, coder: str = "") -> StoppingTest | None:
    """Test the titles and abstracts of a review, for the recall and the confidence that its plan has fixed.

    In random order what is decided is a sample of all; by priority it is ranked. As listed it is neither, and a test
    would mean nothing. What is not excluded counts as relevant, also what reviewers differ on: it has been read.

    Windows are of decisions in the sequence of the logs, whatever clocks said; what several reviewers have read is
    where the last of them had it. What an export brought along is in no window. Of decisions that came into a log
    together, the relevant ones count as the later, which makes p larger.

    Parameters
    ----------
    coder
        A reviewer, whose own task and decisions are tested, for this reviewer's eyes alone. Without one, what is tested
        are all records and what is decided on them as far as everybody may know.

    Returns
    -------
    StoppingTest | None
        None where nothing is decided, and where records are screened as listed.
    """
    plan, stage = screening.protocol.screening, STAGES[0]
    if plan.order == "listed" or stage not in plan.stages:
        return None
    decided: list[tuple[tuple[Decision, ...], bool]]
    if coder:
        own = screening.own(coder, stage)
        works = screening.task(coder, stage)
        decided = [((own[work],), own[work].verdict != "exclude") for work in works if work in own]
    else:
        works = (*screening.to_screen(stage), *screening.unread)
        outcomes = [screening.outcome(stage, work) for work in works]
        decided = [(one.decisions, one.verdict != "exclude") for one in outcomes if one.verdict != "undecided"]
    if not decided:
        return None
    target = Target(plan.stopping.recall, plan.stopping.confidence)
    if plan.order == "random":
        return sample_test([label for _, label in decided], len(works), target)
    known, ranked = _in_sequence(decided, screening)
    return ranked_test(ranked, len(works), target, known=known)


def _in_sequence(
    decided: Sequence[tuple[Sequence[Decision], bool]], screening: Screening
) -> tuple[list[bool], list[bool]]:
    """Return the labels of records that no reviewer's log knows, and of the others in the sequence of the logs."""
    of_reviewers = [[one for one in decisions if one.coder != CONSENSUS] for decisions, _ in decided]
    sequence = screening.sequence(one for decisions in of_reviewers for one in decisions)
    last = [max((sequence.get(one.id, 0) for one in decisions), default=0) for decisions in of_reviewers]
    placed = sorted((at, label) for at, (_, label) in zip(last, decided, strict=True))
    return [label for at, label in placed if not at], [label for at, label in placed if at]


def stopping_words(test: StoppingTest) -> tuple[Worded, ...]:
    r"""Say what a test says, in sentences: what was screened, the null hypothesis and its p, the bound, the verdict.

    Examples
    --------
    >>> print(*stopping_words(ranked_test([True, True, *[False] * 18], records=40)), sep="\n")
    2 of 20 records screened are relevant; 20 of 40 are not screened.
    Null hypothesis: recall is below 95%, so at least 1 relevant record is left. p = 0.53 (hypergeometric test on the
    last 18 records screened).
    At a confidence of 95%, no more than 4 relevant records can have been missed: recall is at least 33.3%.
    p is not below 0.05: screening must go on.
    The last 18 records screened were irrelevant. That by itself is no proof that none is left.
    """
    percent, level = 100 * test.target.recall, test.target.level
    words = [
        worded(
            "{relevant:,} of {screened:,} records screened are relevant; {left:,} of {records:,} are not screened.",
            relevant=test.relevant,
            screened=test.screened,
            left=test.left,
            records=test.records,
        )
    ]
    if test.left:
        words += [_null(test, percent), _bound(test)]
    verdict = (
        worded("All records are screened.")
        if not test.left
        else worded(
            "p is below {level:.4g}: a recall of {percent:.4g}% is reached at the confidence fixed beforehand, and "
            "screening may stop.",
            level=level,
            percent=percent,
        )
        if test.may_stop
        else worded("p is not below {level:.4g}: screening must go on.", level=level)
    )
    row = worded(
        "The last {n:,} record screened was irrelevant. That by itself is no proof that none is left.",
        "The last {n:,} records screened were irrelevant. That by itself is no proof that none is left.",
        n=test.in_a_row,
    )
    return (*words, verdict, *([row] if test.in_a_row and test.left else []))


def _null(test: StoppingTest, percent: float) -> Worded:
    over = (
        worded("a random sample of {n:,} records", n=test.tested)
        if test.basis == "sample"
        else worded("the last record screened", "the last {n:,} records screened", n=test.tested)
    )
    return worded(
        "Null hypothesis: recall is below {percent:.4g}%, so at least {n:,} relevant record is left. p = {p:.2g} "
        "(hypergeometric test on {over}).",
        "Null hypothesis: recall is below {percent:.4g}%, so at least {n:,} relevant records are left. p = {p:.2g} "
        "(hypergeometric test on {over}).",
        n=test.least_missed,
        percent=percent,
        p=test.p,
        over=over,
    )


def _bound(test: StoppingTest) -> Worded:
    return worded(
        "At a confidence of {confidence:.4g}%, no more than {n:,} relevant record can have been missed: recall is at "
        "least {recall:.1f}%.",
        "At a confidence of {confidence:.4g}%, no more than {n:,} relevant records can have been missed: recall is at "
        "least {recall:.1f}%.",
        n=test.most_missed,
        confidence=100 * test.target.confidence,
        recall=100 * test.least_recall,
    )
