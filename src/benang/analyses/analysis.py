"""Every analysis by its names: what is linked, by what, with VOSviewer's thresholds, and one set of defaults.

Terminal and plan take their defaults from the class. It imports no library, so that the terminal's help can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from benang.errors import Misuse, Problem, argument
from benang.kinds import (
    KINDS,
    LINKS,
    PRESET_SHARE,
    PRESET_TOP,
    SMALL_CORPUS,
    USUAL_LIKENESS,
    USUAL_MOST,
    AuthorNames,
    ComponentChoice,
    Counting,
    FirstThreshold,
    Items,
    Link,
)
from benang.locale.writing import alternatives, worded

if TYPE_CHECKING:
    from benang.kinds import Matching
    from benang.network.network import Floats
    from benang.terms.text_terms import Counting as TermCounting
    from benang.terms.text_terms import Method, TextField


@dataclass(frozen=True)
class Analysis:
    """What a network is to show. A threshold that is None is VOSviewer's preset (`least_of`); so is a link.

    `link` and `items` as in `benang.kinds`; `min_occurrences` of keywords, terms and topics, `min_documents` of
    authors, organisations, countries and sources, `min_citations` of documents and what is cited, and of all items
    beside another threshold. `top` items are kept, all where None. `most_per_record`: co-authorship sets aside records
    with more authors (organisations, countries), none where None. `share`, `terms_from`, `terms_counting` and
    `terms_method` are for terms. `columns` are a user's own numbers.
    """

    items: Items
    link: Link | None = None
    counting: Counting = "full"
    min_occurrences: int | None = None
    min_documents: int | None = None
    min_citations: int | None = None
    top: int | None = PRESET_TOP
    components: ComponentChoice = "largest"
    most_per_record: int | None = USUAL_MOST
    matching: Matching = "keys"
    likeness: float = USUAL_LIKENESS
    author_names: AuthorNames = "joined"
    share: float = PRESET_SHARE
    terms_from: Sequence[TextField] = ("title", "abstract")
    terms_counting: TermCounting = "binary"
    terms_method: Method = "auto"
    columns: Mapping[str, Floats] = field(default_factory=dict)
    engine: str = "duckdb"

    @property
    def linked_by(self) -> Link:
        """What links the items: what is asked for, else the usual link of such items."""
        return self.link or KINDS[self.items].usual_link


def check_analysis(analysis: Analysis) -> None:
    """Refuse links, thresholds and ways of counting that the items can't have, all together.

    Raises
    ------
    Misuse
        With what they can have.

    Examples
    --------
    >>> check_analysis(Analysis("references", link="co-authorship"))
    Traceback (most recent call last):
    benang.errors.Misuse: link: expected co-citation, found co-authorship of references.
    """
    problems = []
    known, link = KINDS[analysis.items].links, LINKS[analysis.linked_by]
    if analysis.linked_by not in known:
        message = worded("{link} of {items}", link=analysis.link, items=analysis.items)
        problems.append(Problem(message, where=argument("link"), expected=alternatives(known)))
    first = first_threshold(analysis.items)
    for name in ("min_occurrences", "min_documents"):
        if getattr(analysis, name) is not None and name != first:
            what = first.removeprefix("min_")
            problems.append(
                Problem(
                    worded("{items} have {what}", items=analysis.items, what=worded(what)),
                    where=argument(name),
                    way_on=worded("Choose {option} instead.", option=argument(first)),
                )
            )
    if analysis.items == "terms" and analysis.min_citations is not None:
        problems.append(Problem("terms are selected by occurrences", where=argument("min_citations")))
    if link.direct and analysis.matching == "exact":
        expected = "keys or fuzzy"
        problems.append(Problem("exact matching of citations", where=argument("matching"), expected=expected))
    if link.direct and analysis.counting != "full":
        way_on = "Omit the counting: each citation counts once."
        problems.append(
            Problem(
                worded("{counting} counting of citations", counting=analysis.counting),
                where=argument("counting"),
                way_on=way_on,
            )
        )
    if problems:
        raise Misuse(*problems)


def first_threshold(items: str) -> FirstThreshold:
    """Return what is asked of items first: `min_occurrences`, `min_documents` or `min_citations`."""
    return KINDS[items].preset.threshold


def with_threshold(analysis: Analysis, least: int) -> Analysis:
    """Return the analysis with another first threshold."""
    first = first_threshold(analysis.items)
    if first == "min_documents":
        return replace(analysis, min_documents=least)
    if first == "min_citations":
        return replace(analysis, min_citations=least)
    return replace(analysis, min_occurrences=least)


def least_of(analysis: Analysis, n_records: int) -> dict[str, int]:
    """Return the thresholds: those asked for, else the presets of the kind of items.

    Examples
    --------
    >>> least_of(Analysis("authors"), 500), least_of(Analysis("authors"), 20), least_of(Analysis("documents"), 500)
    ({'min_documents': 5, 'min_citations': 0}, {'min_documents': 1, 'min_citations': 0}, {'min_citations': 20})
    """
    first = first_threshold(analysis.items)
    asked = getattr(analysis, first)
    usual = KINDS[analysis.items].preset.least(small=n_records < SMALL_CORPUS)
    least: dict[str, int] = {first: usual if asked is None else asked}
    return least if first == "min_citations" else {**least, "min_citations": analysis.min_citations or 0}
