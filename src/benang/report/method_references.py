"""The works that the methods of a report cite: where the formulas come from."""

from __future__ import annotations

from collections.abc import Iterable

from benang.records.record import Record
from benang.report.blocks import Citation, Item, Runs, anchor
from benang.report.references import cited, reference_list
from benang.report.texts import Texts

METHOD_WORKS = {
    one.key: one
    for one in (
        Record(
            "van-eck-waltman-2009",
            "article",
            "How to normalize cooccurrence data? An analysis of some well-known similarity measures",
            ("van Eck, N. J.", "Waltman, L."),
            2009,
            "Journal of the American Society for Information Science and Technology",
            "60",
            "8",
            "1635",
            "1651",
            doi="10.1002/asi.21075",
        ),
        Record(
            "van-eck-waltman-2010",
            "article",
            "Software survey: VOSviewer, a computer program for bibliometric mapping",
            ("van Eck, N. J.", "Waltman, L."),
            2010,
            "Scientometrics",
            "84",
            "2",
            "523",
            "538",
            doi="10.1007/s11192-009-0146-3",
        ),
        Record(
            "waltman-2010",
            "article",
            "A unified approach to mapping and clustering of bibliometric networks",
            ("Waltman, L.", "van Eck, N. J.", "Noyons, E. C. M."),
            2010,
            "Journal of Informetrics",
            "4",
            "4",
            "629",
            "635",
            doi="10.1016/j.joi.2010.07.002",
        ),
        Record(
            "perianes-rodriguez-2016",
            "article",
            "Constructing bibliometric networks: A comparison between full and fractional counting",
            ("Perianes-Rodriguez, A.", "Waltman, L.", "van Eck, N. J."),
            2016,
            "Journal of Informetrics",
            "10",
            "4",
            "1178",
            "1195",
            doi="10.1016/j.joi.2016.10.006",
        ),
        Record(
            "traag-2019",
            "article",
            "From Louvain to Leiden: Guaranteeing well-connected communities",
            ("Traag, V. A.", "Waltman, L.", "van Eck, N. J."),
            2019,
            "Scientific Reports",
            "9",
            article_number="5233",
            doi="10.1038/s41598-019-41695-z",
        ),
    )
}
"""By key. Their letters apart from the records', so that a work may stand in both lists."""


def cite(key: str, texts: Texts) -> Citation:
    """Return a citation without brackets, linked to the work's reference.

    Examples
    --------
    >>> cite("traag-2019", Texts("en"))
    Citation(key='traag-2019', text='Traag et al., 2019', anchor='method-traag-2019')
    """
    return Citation(key, cited(METHOD_WORKS[key], texts), anchor("method", key))


def method_items(paragraphs: Iterable[Runs], texts: Texts) -> tuple[Item, ...]:
    """Return the entries of the works that some paragraphs cite, for a list of references."""
    anchors = {run.anchor for paragraph in paragraphs for run in paragraph if isinstance(run, Citation)}
    used = [one for key, one in METHOD_WORKS.items() if anchor("method", key) in anchors]
    return tuple(Item(one.entry, anchor("method", one.key)) for one in reference_list(used, texts))
