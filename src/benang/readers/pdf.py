"""A paper as PDF: one record, told by what the paper says of itself."""

from __future__ import annotations

import re

from benang.readers.pdf_candidates import (
    arxiv_id,
    doi_candidates,
    own_doi,
    split_references,
    title_candidates,
    year_candidate,
)
from benang.readers.pdf_text import PdfText, pdf_text
from benang.readers.source import Reading, Remarks, Source
from benang.records.ledger import SetAside
from benang.records.record import Record

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


def is_pdf(head: str) -> bool:
    """Tell a PDF by its first letters, which may stand behind blanks or a byte order mark."""
    return head.lstrip("\ufeffï»¿ \t\r\n").startswith("%PDF-")


def read_pdf(source: Source) -> Reading:
    """Read a paper as a record: its title and DOI by `pdf_candidates`, its abstract and keywords where they are headed.

    Each is a guess at what is printed, and the notes say where it stood. A paper that is a scan is set aside, since
    nothing in it can be read.

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
        remarks.say(f"Pages with hardly any text, perhaps scans: {pages} of {len(paper.pages)}.")
    return Reading(1, (record,), (), remarks.notes())


def _record(source: Source, paper: PdfText, remarks: Remarks) -> Record:
    titles, dois = title_candidates(paper), doi_candidates(paper, source.data)
    doi, arxiv = own_doi(dois), arxiv_id(paper)
    if titles:
        remarks.say(f"Title, from {titles[0].place}: '{titles[0].value}'.")
    else:
        remarks.say("No title was found on page 1: the record has none.")
    if doi:
        remarks.say(f"DOI, from {dois[0].place}: {doi}.")
    elif dois:
        remarks.say(f"No DOI is surely the paper's own; perhaps {' or '.join(one.value for one in dois[:3])}.")
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


def _first_pages(paper: PdfText) -> str:
    body, _ = split_references(paper)
    return "\n".join(body[:2])


def _abstract(paper: PdfText) -> str:
    match = _ABSTRACT.search(_first_pages(paper))
    return " ".join(match[1].split()) if match else ""


def _keywords(paper: PdfText) -> tuple[str, ...]:
    match = _KEYWORDS.search(_first_pages(paper))
    if not match:
        return ()
    line, _, more = match[1].partition("\n")
    text = f"{line} {more}" if line.rstrip().endswith((",", ";")) else line
    parts = re.split(r"[;•·|]" if text.count(";") > 1 else r"[;,•·|]", text)
    kept = [part.strip(" .") for part in parts]
    return tuple(part for part in kept if 1 < len(part) <= _LONGEST_KEYWORD)[:_MOST_KEYWORDS]
