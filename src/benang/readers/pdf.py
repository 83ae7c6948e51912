"""A paper as PDF: one record, identified by what the paper says of itself.

The properties of a PDF are often wrong ("Microsoft Word - draft.docx", a typesetter's number), and the first page often
carries no DOI, while the references carry many: so candidates for DOI and title are scored by their place, and one that
occurs only in the list of references is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benang.locale.writing import Worded, alternatives, worded
from benang.readers import Line, PaperText, Reading, Remarks, Source
from benang.readers.identifiers import doi_in, is_doi
from benang.readers.pdf_text import pdf_text
from benang.records.record import Record, SetAside
from benang.records.spelling import folded

_ABSTRACT = re.compile(
    r"^[ \t]{0,20}(?:abstract|abstrak|summary|ringkasan)\b[ \t]{0,4}[:.—–-]?\s{0,4}(.{100,6000}?)"
    r"(?=^[ \t]{0,20}(?:key[ \t-]?words?|kata[ \t-]kunci|introduction|pendahuluan|[1I]\.?[ \t]|abstract|abstrak)\b)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_KEYWORDS = re.compile(
    r"^[ \t]{0,20}(?:key[ \t-]?words?|kata[ \t-]kunci)[ \t]{0,4}[:.—–-]{1,2}[ \t]{0,4}([^\n]{3,400}(?:\n[^\n]{1,80})?)",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_KEYWORDS = 15
_LONGEST_KEYWORD = 60

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/[^\s\"<>{}|\\^`]{1,200}")
_REFERENCES = re.compile(
    r"^[ \t]{0,20}(?:[0-9IVX]{1,4}[.)]?[ \t]{1,4})?"
    r"(?:references?(?:[ \t]cited)?|bibliography|literature[ \t]cited|works[ \t]cited|reference[ \t]list|"
    r"daftar[ \t](?:pustaka|rujukan|referensi|bacaan)|referensi|rujukan|kepustakaan)[ \t]{0,4}:?[ \t]{0,20}$",
    re.IGNORECASE | re.MULTILINE,
)
_SELF = re.compile(r"cite[ \t]this|to[ \t]cite|how[ \t]to[ \t]cite|cara[ \t]mengutip|sitasi|citation:", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"microsoft word|untitled|\.(?:docx?|indd|tex|pdf|qxd|dvi)\b|^\W*$|^[\w.-]+$|^(?:doi|pii|article|title)\b",
    re.IGNORECASE,
)
_XMP = re.compile(
    r"<(?:prism|pdfx|dc):(?:doi|identifier)>\s{0,9}(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.[^<\s]{3,200})"
)
_ARXIV = re.compile(r"\barXiv:([0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,2})?\b")
_YEAR = re.compile(
    r"(?:\bvol(?:ume)?\b|\bno\.|©|\(c\)|published|terbit|copyright|\bjanuar[iy]|\bjun[ei]|\bjul[iy]|\bdes?c?ember)"
    r"[^\n]{0,60}?\b((?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)
_LEAST_SURE = 3.0
_NEAR = 250  # characters before a DOI in which "cite this article" may occur
_MOST_TITLE_LINES = 6


def is_pdf(head: str) -> bool:
    """Recognise a PDF by its first bytes, which may follow blanks or a byte order mark."""
    return head.lstrip("\ufeffï»¿ \t\r\n").startswith("%PDF-")


def read_pdf(source: Source) -> Reading:
    """Read a paper as a record: its title and DOI as the paper prints them, its abstract and keywords under headings.

    Each is a guess (`title_candidates`, `doi_candidates`), and the notes say where it was found. A scanned paper is
    set aside, since nothing in it can be read.

    Raises
    ------
    BenangError
        Where the file is broken or encrypted.
    """
    paper = pdf_text(source.data, where=source.name)
    if len(paper.scanned) == len(paper.pages):
        reason = "a scan without text: run it through text recognition (OCR) first"
        return Reading(1, (), (SetAside(1, 1, reason),))
    remarks = Remarks()
    record = _record(source, paper, remarks)
    if paper.scanned:
        pages = ", ".join(map(str, paper.scanned[:10])) + (", …" if len(paper.scanned) > 10 else "")
        remarks.say(
            worded("Pages with almost no text, perhaps scans: {pages} of {n}.", pages=pages, n=len(paper.pages))
        )
    return Reading(1, (record,), (), remarks.notes())


def _record(source: Source, paper: PaperText, remarks: Remarks) -> Record:
    titles, dois = title_candidates(paper), doi_candidates(paper, source.data)
    doi, arxiv = own_doi(dois), arxiv_id(paper)
    if titles:
        remarks.say(worded("Title, from {place}: '{title}'.", place=titles[0].place, title=titles[0].value))
    else:
        remarks.say("No title was found on page 1: the record has none.")
    if doi:
        remarks.say(worded("DOI, from {place}: {doi}.", place=dois[0].place, doi=doi))
    elif dois:
        names = alternatives([one.value for one in dois[:3]])
        remarks.say(worded("The paper's own DOI is uncertain; perhaps {names}.", names=names))
    return Record(
        key="",
        title=titles[0].value if titles else "",  # a file's name for a title would speak against records with its DOI
        year=year_candidate(paper),
        doi=doi,
        identifiers=(f"arxiv:{arxiv}",) if arxiv else (),
        abstract=_abstract(paper),
        author_keywords=_keywords(paper),
        database="PDF",
        file=source.name,
        place=1,
        line=1,
        origins=source.origins,
    )


def _abstract(paper: PaperText) -> str:
    match = _ABSTRACT.search(_first_pages(paper))
    return " ".join(match[1].split()) if match else ""


def _first_pages(paper: PaperText) -> str:
    body, _ = split_references(paper)
    return "\n".join(body[:2])


def _keywords(paper: PaperText) -> tuple[str, ...]:
    match = _KEYWORDS.search(_first_pages(paper))
    if not match:
        return ()
    line, _, more = match[1].partition("\n")
    text = f"{line} {more}" if line.rstrip().endswith((",", ";")) else line
    parts = re.split(r"[;•·|]" if text.count(";") > 1 else r"[;,•·|]", text)
    kept = [part.strip(" .") for part in parts]
    return tuple(part for part in kept if 1 < len(part) <= _LONGEST_KEYWORD)[:_MOST_KEYWORDS]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a paper may carry, its place there, and how strongly that supports it."""

    value: str
    place: str
    score: float


def doi_candidates(paper: PaperText, data: bytes = b"") -> tuple[Candidate, ...]:
    r"""List the DOIs that may be the paper's own, best first; those in its list of references are left out.

    The scores: 6 for the metadata (XMP, or a property that names a DOI), 5 beside "cite this article", 4 in the first
    eight lines or the last three of page 1, 3 as a link on page 1, 2 elsewhere on page 1 or 2; the places of one DOI
    add up, and one that the references hold as well loses 3.

    Examples
    --------
    >>> paper = PaperText(("J. of Towns, https://doi.org/10.1234/jt.5\nTwin towns", "References\nLee. doi:10.9999/x.1"))
    >>> [(one.value, one.score) for one in doi_candidates(paper)]
    [('10.1234/jt.5', 4.0)]
    """
    body, references = split_references(paper)
    cited = {_bare(match[0]) for page in references for match in _DOI.finditer(page)}
    scores: dict[str, float] = {}
    places: dict[str, str] = {}
    for value, place, score in _mentions(paper, body, data):
        scores[value] = scores.get(value, 0.0) + score
        places.setdefault(value, place)
    candidates = [
        Candidate(value, places[value], score - (3.0 if value in cited else 0.0))
        for value, score in _without_cut(scores).items()
    ]
    return tuple(sorted((one for one in candidates if one.score > 0), key=lambda one: (-one.score, one.value)))


def _bare(doi: str) -> str:
    """Return a DOI without what followed it in a sentence; a closing bracket stays where it was opened in it."""
    value = doi.lower().rstrip(".,;:'’”*†‡")
    while value and value[-1] in ")]" and value.count(value[-1]) > value.count({")": "(", "]": "["}[value[-1]]):
        value = value[:-1].rstrip(".,;:")
    return value


def _mentions(paper: PaperText, body: list[str], data: bytes) -> Iterator[tuple[str, Worded, float]]:
    for match in _XMP.finditer(data.decode("latin-1")):
        yield _bare(match[1]), worded("the PDF's metadata"), 6.0
        break
    for key, value in paper.properties.items():
        if doi := doi_in(value):
            yield doi, worded("the property {name}", name=key), 6.0
    seen: set[tuple[str, int]] = set()
    for number, page in enumerate(body):
        for match in _DOI.finditer(page):
            value = _bare(match[0])
            score = _score(page, match.start(), number)
            if score and (value, number) not in seen:
                seen.add((value, number))
                yield value, worded("page {n}", n=number + 1), score
    on_first = folded(body[0])
    for number, link in paper.links:
        doi = doi_in(link) if is_doi(link) else ""
        if doi and number == 0 and (doi in on_first or not any(doi in folded(page) for page in paper.pages)):
            yield doi, worded("a link on page 1"), 3.0


def _score(page: str, at: int, number: int) -> float:
    if _SELF.search(page, max(at - _NEAR, 0), at):
        return 5.0
    if number == 0:
        before, after = page.count("\n", 0, at), page.count("\n", at)
        return 4.0 if before < 8 or after < 3 else 2.0
    return 2.0 if number == 1 else 0.0


def _without_cut(scores: dict[str, float]) -> dict[str, float]:
    """Give what was cut at the end of a line to the longer DOI that begins with it."""
    kept = dict(scores)
    for value in sorted(scores, key=len):
        longer = [other for other in kept if other != value and other.startswith(value) and len(value) > 10]
        if longer:
            kept[min(longer)] += kept.pop(value)
    return kept


def own_doi(candidates: tuple[Candidate, ...]) -> str:
    """Return the DOI that stands out, or nothing where none is sure or two are equally so.

    Examples
    --------
    >>> own_doi((Candidate("10.1/a", "page 1", 4.0), Candidate("10.1/b", "page 1", 4.0)))
    ''
    """
    if not candidates or candidates[0].score < _LEAST_SURE:
        return ""
    if len(candidates) > 1 and candidates[1].score >= candidates[0].score:
        return ""
    return candidates[0].value


def title_candidates(paper: PaperText) -> tuple[Candidate, ...]:
    """List what may be the title, best first: the tallest lines of page 1, and the property where it is a title.

    Examples
    --------
    >>> lines = (Line("Journal of Towns", 9.0), Line("Twin towns between", 18.0), Line("hope and habit", 18.0))
    >>> paper = PaperText(("…",), {"Title": "Microsoft Word - draft.docx"}, first_lines=lines)
    >>> title_candidates(paper)[0].value
    'Twin towns between hope and habit'
    """
    first = folded(" ".join(paper.pages[:1]))
    candidates = []
    given = paper.properties.get("Title", "")
    if len(given.split()) >= 3 and not _NO_TITLE.search(given):
        candidates.append(Candidate(given, "the property Title", 4.0 if folded(given) in first else 1.0))
    candidates += [
        Candidate(text, worded("page 1, letters of {height:g} points", height=height), 3.0 - 0.5 * at)
        for at, (text, height) in enumerate(_tallest(paper.first_lines))
    ]
    best: dict[str, Candidate] = {}
    for one in sorted(candidates, key=lambda one: -one.score):
        best.setdefault(folded(one.value), one)
    return tuple(best.values())


def _tallest(lines: tuple[Line, ...]) -> Iterator[tuple[str, float]]:
    """Give the runs of lines with the tallest letters, tallest first: a title, not a masthead of one word."""
    usable = [line for line in lines if len(line.text) > 1]
    for height in sorted({line.height for line in usable}, reverse=True)[:3]:
        run: list[str] = []
        for line in (*usable, Line("", -1.0)):
            if abs(line.height - height) <= 0.05 * height:
                run.append(line.text)
            elif run:
                break
        if len(run) > _MOST_TITLE_LINES:  # all in one size: the text itself, in which nothing stands out
            continue
        text = " ".join(run)
        if len(text.split()) >= 3 and not _NO_TITLE.search(text):
            yield text, height


def split_references(paper: PaperText) -> tuple[list[str], list[str]]:
    r"""Part the pages at the last heading of a list of references; a page has an empty text in the part it is not in.

    Examples
    --------
    >>> split_references(PaperText(("Text\nReferences\nLee 2010", "More")))
    (['Text\n', ''], ['References\nLee 2010', 'More'])
    """
    headings = [(at, match.start()) for at, page in enumerate(paper.pages) for match in _REFERENCES.finditer(page)]
    if not headings:
        return list(paper.pages), ["" for _ in paper.pages]
    at, start = headings[-1]
    pages = paper.pages
    return (
        [*pages[:at], pages[at][:start], *("" for _ in pages[at + 1 :])],
        [*("" for _ in pages[:at]), pages[at][start:], *pages[at + 1 :]],
    )


def arxiv_id(paper: PaperText) -> str:
    """Return the arXiv number stamped on page 1, or nothing."""
    match = _ARXIV.search(paper.pages[0])
    return match[1] if match else ""


def year_candidate(paper: PaperText) -> int | None:
    """Return the year beside a volume, a number, a month or a copyright sign on page 1, or None."""
    match = _YEAR.search(paper.pages[0])
    return int(match[1]) if match else None
