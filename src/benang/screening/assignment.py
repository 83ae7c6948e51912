"""Who reads which record: by chance, the same in every copy of a review, and hardly changed by what comes or goes.

Each reviewer draws a number for each record from the seed and both names; the lowest read it (rendezvous hashing with
weights, Thaler & Ravishankar 1998). New records change nothing for the old ones, and the records of a reviewer who
leaves are spread over the others.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from benang.judgements.events import Stage
from benang.screening.protocol import Protocol


def chance(*parts: object) -> float:
    """Return a number between 0 and 1 that depends on these words alone.

    Examples
    --------
    >>> chance(0, "sari2018") == chance(0, "sari2018"), 0 < chance(0, "putra2020") < 1
    (True, True)
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()
    return (int.from_bytes(digest[:7], "big") + 0.5) / 2**56


def random_order(works: Iterable[str], seed: int) -> list[str]:
    """Return works in the random order of a seed; a new one takes its place among them and moves no other."""
    return sorted(works, key=lambda work: (chance(seed, "order", work), work))


def ranked_reviewers(work: str, stage: Stage, reviewers: Iterable[str], protocol: Protocol) -> list[str]:
    """Return reviewers in the order in which they are asked to read a record.

    The chance of each to be the first is as the shares of the plan.

    Examples
    --------
    >>> protocol = Protocol(reviewers=("ani", "budi"), screening={"title_abstract": {"shares": {"ani": 3}}})
    >>> first = [ranked_reviewers(str(at), "title-abstract", protocol.active, protocol)[0] for at in range(400)]
    >>> 0.68 < first.count("ani") / 400 < 0.82
    True
    """
    shares, seed = protocol.screening.of(stage).shares, protocol.screening.seed

    def wait(reviewer: str) -> float:
        return -math.log(chance(seed, stage, work, reviewer)) / shares.get(reviewer, 1.0)

    return sorted(dict.fromkeys(reviewers), key=lambda one: (wait(one), one))


def n_readers(work: str, stage: Stage, protocol: Protocol) -> int:
    """Return how many reviewers must read a record: all readers of the stage, or one beyond the overlap."""
    plan = protocol.screening.of(stage)
    overlaps = plan.overlap >= 1 or chance(protocol.screening.seed, stage, work, "overlap") < plan.overlap
    return protocol.readers(stage) if overlaps else 1


def is_checked(work: str, stage: Stage, protocol: Protocol) -> bool:
    """Tell whether a second reader checks this record, should the first exclude it (the rule `checked-exclusions`)."""
    plan = protocol.screening.of(stage)
    return plan.rule == "checked-exclusions" and chance(protocol.screening.seed, stage, work, "check") < plan.checked


def readers_of(
    work: str,
    stage: Stage,
    protocol: Protocol,
    *,
    decided: Mapping[str, str],
    left: Collection[str] = (),
    asked: Sequence[str] | None = None,
) -> tuple[str, ...]:
    """Return who reads a record: those who have decided, and further reviewers until there are enough.

    Parameters
    ----------
    decided
        The verdict of each coder who has decided on the record, whether the plan names them or not.
    left
        Those who left it unread when the screening stopped. They keep their place, so that a reviewer who comes later
        brings nothing back; whoever decides takes it. One who is gone blocks no record on which others have decided.
    asked
        The readers that a round names; all of them read it, and others take the places of those who left.
    """
    active, n = protocol.active, n_readers(work, stage, protocol)
    keeping = [one for one in left if one in active or not decided]
    waits_for_check = "exclude" in decided.values() and is_checked(work, stage, protocol)
    if waits_for_check:
        n = min(2, max(len(active), 1))
    if asked:
        chosen = list(dict.fromkeys([*(one for one in asked if one in active), *sorted(decided)]))
        n = n if waits_for_check else min(n, len(asked))
        return _filled(chosen, n, ranked_reviewers(work, stage, active, protocol), keeping)
    if n >= len(active) and active and {*decided, *keeping} <= {*active}:  # as in most reviews: all read all
        return active
    order = ranked_reviewers(work, stage, active, protocol)
    # Whoever has left or came from elsewhere has taken somebody's place; an active reviewer keeps their own.
    strangers = [one for one in sorted(decided) if one not in order]
    own = [one for one in order if one in decided]
    chosen = [*strangers, *own][: max(n, len(strangers) + len(own))]
    return _filled(chosen, n, order, keeping)


def _filled(chosen: Sequence[str], n: int, order: Sequence[str], first: Sequence[str]) -> tuple[str, ...]:
    """Ask further reviewers until there are enough; the order of the names doesn't tell who has decided."""
    asked = [one for one in dict.fromkeys([*first, *order]) if one not in chosen][: max(0, n - len(chosen))]
    readers = {*chosen, *asked}
    return (*(one for one in (*chosen, *asked) if one not in order), *(one for one in order if one in readers))
