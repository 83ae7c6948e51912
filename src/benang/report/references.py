"""References in the style of the American Psychological Association, seventh edition (APA 7).

What a database gives is set in order and nothing in it is changed or guessed: titles keep their capitals, because
putting them in sentence case would take them from names of places too. The works behind the methods, from which the
formulas come, are listed here as well; a report names those that its methods cite.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benang.records.file_accounts import CALLED
from benang.records.names import citation_name, family_name, initials
from benang.records.record import Record
from benang.report import Item
from benang.report.inline import (
    Citation,
    Emphasis,
    ExternalLink,
    Inline,
    Runs,
    Texts,
    anchor,
    fill,
    joined,
    plain,
    runs,
)

_MOST_AUTHORS = 20
"""APA 7 names up to twenty authors; of more, the first nineteen and the last."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the list: the record's key, how the text cites it, and the entry itself."""

    key: str
    cited: str
    entry: Runs


def reference_list(records: Iterable[Record], texts: Texts) -> tuple[Reference, ...]:
    """Return the entries in APA's order: by authors, then year (none first), then title.

    Works of the same authors and year are distinguished by letters: 2020a, 2020b. What was retracted, is in doubt or
    was corrected says so behind its entry.

    Examples
    --------
    >>> by = ("Sari, D.",)
    >>> records = [Record("b", "article", "Two", by, 2020, "Kota"), Record("a", "book", "One", by, 2020)]
    >>> [reference.cited for reference in reference_list(records, Texts("en"))]
    ['Sari, 2020a', 'Sari, 2020b']
    """
    ordered = sorted(records, key=_order)
    dates = _dates(ordered, texts)
    return tuple(
        Reference(
            record.key,
            f"{cited_names(record, texts)}, {dates[record.key]}",
            _marked(reference(record, texts, date=dates[record.key]), record, texts),
        )
        for record in ordered
    )


def _marked(entry: Runs, record: Record, texts: Texts) -> Runs:
    _ = texts.gettext
    return runs(*entry, f" [{_(CALLED[record.status])}]") if record.status else entry


def reference(record: Record, texts: Texts, *, date: str | None = None) -> Runs:
    """Return one entry of the list of references, with its source in italics.

    Parameters
    ----------
    record
        The work, as its database gives it.
    texts
        The language of the fixed words: `n.d.` is `t.t.` in Indonesian.
    date
        The year with its letter where works must be distinguished; the record's year where None.

    Examples
    --------
    >>> plain(reference(Record("k", "article", "Kota kembar", ("Sari, Dewi Ayu", "Budi, T."), 2019, "Jurnal Kota",
    ...                        volume="4", issue="2", first_page="10", last_page="19"), Texts("en")))
    'Sari, D. A., & Budi, T. (2019). Kota kembar. Jurnal Kota, 4(2), 10–19.'
    """
    when = date or _year(record, texts)
    title, container = _title(record, texts), _container(record, texts)
    names = author_list(record.authors, record.bodies)
    parts: list[Inline] = [_stopped(names), f"({when}).", _stopped(title)] if names else [_stopped(title), f"({when})."]
    if container:
        parts.append(_stopped(container))
    if link := _link(record):
        parts.append(link)
    return joined(" ", parts)


def author_list(authors: Sequence[str], bodies: Collection[str] = ()) -> str:
    """Join authors as a list of references does: family name, then initials; `bodies` as they stand.

    Examples
    --------
    >>> author_list(["Khairi, Nur F.", "Mulyanor, A.", "Masrohatun"])
    'Khairi, N. F., Mulyanor, A., & Masrohatun'
    """
    names = [_inverted(author, bodies) for author in authors if author.strip()]
    if len(names) > _MOST_AUTHORS:
        return ", ".join(names[: _MOST_AUTHORS - 1]) + f", … {names[-1]}"
    if len(names) > 1:
        return ", ".join(names[:-1]) + f", & {names[-1]}"
    return "".join(names)


def cited_names(record: Record, texts: Texts) -> str:
    """Return the names that a citation in brackets uses: one, two, or the first with `et al.` behind it.

    Examples
    --------
    >>> cited_names(Record("k", authors=("Anggia, G.", "Rohayatin, T.", "Fauzi, L. M.")), Texts("en"))
    'Anggia et al.'
    """
    named = citation_name(record.authors, texts.language, in_brackets=True, bodies=record.bodies)
    return named or record.title or record.key


def cited(record: Record, texts: Texts) -> str:
    """Return a citation without its brackets: `Anggia et al., 2020`."""
    return f"{cited_names(record, texts)}, {_year(record, texts)}"


def _inverted(author: str, bodies: Collection[str]) -> str:
    if author in bodies:
        return author
    given = initials(author.partition(",")[2])
    return f"{family_name(author)}, {given}" if given else family_name(author)


def _year(record: Record, texts: Texts) -> str:
    _ = texts.gettext
    return str(record.year) if record.year is not None else _("n.d.")


def _dates(ordered: Sequence[Record], texts: Texts) -> Mapping[str, str]:
    same = Counter((record.authors, record.year) for record in ordered)
    seen: Counter[tuple[tuple[str, ...], int | None]] = Counter()
    dates = {}
    for record in ordered:
        group = (record.authors, record.year)
        letter = chr(ord("a") + seen[group]) if same[group] > 1 else ""
        dash = "-" if letter and record.year is None else ""
        dates[record.key] = f"{_year(record, texts)}{dash}{letter}"
        seen[group] += 1
    return dates


def _order(record: Record) -> tuple[str, int, str, str]:
    names = author_list(record.authors, record.bodies) or record.title
    return names.casefold(), record.year or 0, record.title.casefold(), record.key


_ALONE = {"book", "thesis", "report", "unpublished"}
"""Stand-alone works: their own title is in italics, not that of a container."""


def _stands_alone(record: Record) -> bool:
    return record.type in _ALONE or (record.type == "other" and not record.source)


def _title(record: Record, texts: Texts) -> Inline:
    _ = texts.gettext
    title = record.title or _("[Untitled]")
    if not _stands_alone(record):
        return title
    parts: list[Inline] = [Emphasis(title)]
    if record.type == "unpublished" and (pages := _pages(record)):
        parts.append(f"({_page_word(pages, texts)})")
    if record.type == "thesis":
        by = ", ".join(part for part in (_("Thesis"), record.publisher or record.source) if part)
        parts.append(f"[{by}]")
    if record.type == "unpublished":
        parts.append(f"[{_('Unpublished manuscript')}]")
    return joined(" ", parts)


def _container(record: Record, texts: Texts) -> Inline:
    if record.type in {"chapter", "proceedings"}:
        return _part_of(record, texts)
    if record.type == "thesis":
        return ""
    if _stands_alone(record):
        return record.publisher
    return _periodical(record, texts)


def _periodical(record: Record, texts: Texts) -> Runs:
    _ = texts.gettext
    source: Inline = Emphasis(record.source) if record.source else _("[Journal not named]")
    volume: Inline = Emphasis(record.volume) if record.volume else ""
    issue = f"({record.issue})" if record.issue else ""
    number = _("Article %(number)s") % {"number": record.article_number} if record.article_number else ""
    return joined(", ", (part for part in (source, runs(volume, issue), _pages(record) or number) if part))


def _part_of(record: Record, texts: Texts) -> Runs:
    _ = texts.gettext
    whole = fill(_("In %(whole)s"), whole=Emphasis(record.source)) if record.source else ()
    if pages := _pages(record):
        word = _page_word(pages, texts)
        whole = runs(whole, f" ({word})") if whole else (word,)
    return joined(". ", (part for part in (whole, record.publisher) if part))


def _pages(record: Record) -> str:
    ends = [page for page in (record.first_page, record.last_page) if page]
    return "–".join(dict.fromkeys(ends))


def _page_word(pages: str, texts: Texts) -> str:
    _ = texts.gettext
    return (_("pp. %(pages)s") if "–" in pages else _("p. %(pages)s")) % {"pages": pages}


def _link(record: Record) -> Inline:
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", record.doi.strip(), flags=re.IGNORECASE)
    address = f"https://doi.org/{doi}" if doi else record.url.strip()
    return ExternalLink(address) if re.match(r"https?://", address) else address


def _stopped(text: Inline) -> Runs:
    return runs(text) if plain(text).endswith((".", "?", "!")) else runs(text, ".")


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
            "page-2021",
            "article",
            "The PRISMA 2020 statement: An updated guideline for reporting systematic reviews",
            (
                *(
                    "Page, M. J.",
                    "McKenzie, J. E.",
                    "Bossuyt, P. M.",
                    "Boutron, I.",
                    "Hoffmann, T. C.",
                    "Mulrow, C. D.",
                ),
                *("Shamseer, L.", "Tetzlaff, J. M.", "Akl, E. A.", "Brennan, S. E.", "Chou, R.", "Glanville, J."),
                *("Grimshaw, J. M.", "Hróbjartsson, A.", "Lalu, M. M.", "Li, T.", "Loder, E. W.", "Mayo-Wilson, E."),
                *("McDonald, S.", "McGuinness, L. A.", "Stewart, L. A.", "Thomas, J.", "Tricco, A. C."),
                *("Welch, V. A.", "Whiting, P.", "Moher, D."),
            ),
            2021,
            "BMJ",
            "372",
            article_number="n71",
            doi="10.1136/bmj.n71",
        ),
        Record(
            "rethlefsen-2021",
            "article",
            "PRISMA-S: An extension to the PRISMA statement for reporting literature searches in systematic reviews",
            (
                *("Rethlefsen, M. L.", "Kirtley, S.", "Waffenschmidt, S.", "Ayala, A. P.", "Moher, D.", "Page, M. J."),
                *("Koffel, J. B.", "PRISMA-S Group"),
            ),
            2021,
            "Systematic Reviews",
            "10",
            article_number="39",
            doi="10.1186/s13643-020-01542-z",
            bodies=("PRISMA-S Group",),
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
        Record(
            "cohen-1960",
            "article",
            "A coefficient of agreement for nominal scales",
            ("Cohen, J.",),
            1960,
            "Educational and Psychological Measurement",
            "20",
            "1",
            "37",
            "46",
            doi="10.1177/001316446002000104",
        ),
        Record(
            "conger-1980",
            "article",
            "Integration and generalization of kappas for multiple raters",
            ("Conger, A. J.",),
            1980,
            "Psychological Bulletin",
            "88",
            "2",
            "322",
            "328",
            doi="10.1037/0033-2909.88.2.322",
        ),
        Record(
            "gwet-2008",
            "article",
            "Computing inter-rater reliability and its variance in the presence of high agreement",
            ("Gwet, K. L.",),
            2008,
            "British Journal of Mathematical and Statistical Psychology",
            "61",
            "1",
            "29",
            "48",
            doi="10.1348/000711006X126600",
        ),
        Record(
            "krippendorff-2004",
            "book",
            "Content analysis: An introduction to its methodology (2nd ed.)",
            ("Krippendorff, K.",),
            2004,
            publisher="Sage",
        ),
        Record(
            "krippendorff-2016",
            "article",
            "On the reliability of unitizing textual continua: Further developments",
            ("Krippendorff, K.", "Mathet, Y.", "Bouvry, S.", "Widlöcher, A."),
            2016,
            "Quality & Quantity",
            "50",
            "6",
            "2347",
            "2364",
            doi="10.1007/s11135-015-0266-1",
        ),
        Record(
            "landis-koch-1977",
            "article",
            "The measurement of observer agreement for categorical data",
            ("Landis, J. R.", "Koch, G. G."),
            1977,
            "Biometrics",
            "33",
            "1",
            "159",
            "174",
            doi="10.2307/2529310",
        ),
        Record(
            "feinstein-cicchetti-1990",
            "article",
            "High agreement but low kappa: I. The problems of two paradoxes",
            ("Feinstein, A. R.", "Cicchetti, D. V."),
            1990,
            "Journal of Clinical Epidemiology",
            "43",
            "6",
            "543",
            "549",
            doi="10.1016/0895-4356(90)90158-L",
        ),
    )
}
"""By key. Their letters are separate from those of the records, so a work may be in both lists."""


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
