"""Papers → documents of a review: which record a paper is, and its text, kept for good."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from benang.languages import document_languages
from benang.locale.writing import Worded, worded
from benang.project.folder import body_start, heading, paper_lines
from benang.readers import PAGE_BREAK, PaperText, in_pages
from benang.readers.pdf import doi_candidates, split_references, title_candidates, year_candidate
from benang.records.paper import paper_of
from benang.records.record import Record
from benang.records.spelling import folded, letters_of
from benang.safe_files import is_reserved

NO_TEXT = "pages without text"
"""The line in the heading of a document that names its scanned pages."""
ALIKE = 90
"""From how many hundredths of likeness two titles are one, where the years agree too."""
_SHORTEST = 20
"""Letters a title needs to be looked for in a page: "Introduction" is everywhere."""
_NEAR = 60
"""From how many hundredths of nearness a title is named where none is sure; titles of other matters reach some 50."""
_MOST_NEAR = 3
_FIRST_LINES = 8
_WORD = re.compile(r"\w+")
_LONG = 4
"""Letters that a word needs to distinguish papers."""
_WORDS_ALIKE = 75
_LEAST_WORDS = 3
_UNSAFE = re.compile(r"[^\w.()+-]+")
_LONGEST_NAME = 80  # letters, which may take three bytes each: a name has 255 on most disks, and more follows it


@dataclass(frozen=True, slots=True)
class PaperMatch:
    """Which record a paper is and why; where that is not sure, no key, and the records that come near."""

    key: str
    reason: Worded
    near: tuple[str, ...] = ()


def match_paper(paper: PaperText, data: bytes, name: str, records: Sequence[Record]) -> PaperMatch:
    r"""Find the record of a paper.

    A text whose heading names a record is that one. A file that bears a record's key as its name is that record,
    unless its pages begin with the title of another one. Else a DOI of the paper's own that a record has, where the
    record's title is on the first two pages; else a record's title that is there by itself, letter by
    letter; else a title like it, of the same year. A DOI or a title from the list of references is never taken.
    Where two records fit as well, or a DOI's title does not, no choice is made.

    Examples
    --------
    >>> paper = PaperText(("Twin towns between hope and habit", "References\nLee: Other towns, other habits"))
    >>> works = [Record("a", title="Twin Towns Between Hope and Habit"), Record("b", title="Other towns, other habits")]
    >>> match_paper(paper, b"", "download (3).pdf", works)
    PaperMatch(key='a', reason='its title appears on the first pages', near=())
    """
    stem = name.rpartition("/")[2].rsplit(".", 1)[0]
    named = heading(paper.pages[0]).get("record", "") if paper.pages else ""
    if any(one.key == named for one in records):
        return PaperMatch(named, worded("its heading names the record"))
    has_pages, paper = paper.has_pages, in_pages(paper)
    body, _ = split_references(paper)
    text = letters_of(" ".join(body[:2]))
    called = [one for one in records if stem == one.key] or [one for one in records if stem == file_name(one.key)]
    if len(called) == 1 and not _is_another(called[0], text, records):
        return PaperMatch(called[0].key, worded("the file is named by its key"))
    near = [one.key for one in called]
    for candidate in doi_candidates(paper, data):
        for record in (one for one in records if one.doi == candidate.value):
            if not record.title or _stands_in(record.title, text):
                where = worded("its DOI appears in the paper ({place})", place=candidate.place)
                return PaperMatch(record.key, where if has_pages else worded("its DOI appears in the paper"))
            near.append(record.key)
    standing = [one for one in records if len(letters_of(one.title)) >= _SHORTEST and letters_of(one.title) in text]
    longest = max((len(letters_of(one.title)) for one in standing), default=0)
    best = [one.key for one in standing if len(letters_of(one.title)) == longest]
    if len(best) == 1 and not near:
        return PaperMatch(best[0], worded("its title appears on the first pages"))
    return _by_likeness(paper, records, [*near, *best])


def document_text(
    paper: PaperText, record: Record, *, file: str, sha256: str, reason: str, more: Mapping[str, str] | None = None
) -> str:
    r"""Write a paper as a document: a heading that says which record it is and where the text is from, then the text.

    The lines of a heading that the text has itself stay, unless Benang says otherwise; `more` are further ones.

    Examples
    --------
    >>> record = Record("a", title="Night markets", year=2018)
    >>> text = document_text(PaperText(("One", "Two")), record, file="a.pdf", sha256="00", reason="its DOI")
    >>> print(text[:46])
    ---
    record: a
    title: Night markets
    year: 2018
    >>> text.endswith("---\nOne\n\fTwo\n"), "pages: 2" in text
    (True, True)
    """
    lines = {
        "record": record.key,
        **paper_lines(paper_of(record)),
        "paper": file,
        "sha256": sha256,
        "extracted": paper.extractor,
        "pages": str(len(paper.pages)) if paper.has_pages else "",
        NO_TEXT: ranges(paper.scanned),
        "language": ", ".join(document_languages(paper.text)),
        **paper.heading,
        "matched": reason,
        **(more or {}),
    }
    own = heading(paper.text)
    body = paper.text[body_start(paper.text) :].removesuffix("\n")
    return _heading({**own, **{name: value for name, value in lines.items() if value}}) + body + "\n"


def ranges(numbers: Sequence[int]) -> str:
    """Write numbers of pages as people do, those that follow one another together.

    Examples
    --------
    >>> ranges((1, 2, 3, 7, 9, 10))
    '1–3, 7, 9–10'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)


def abstract_name(key: str) -> str:
    """Return the path of the document that holds a record's abstract.

    Examples
    --------
    >>> abstract_name("sari2018")
    'documents/sari2018-abstract.txt'
    """
    return f"documents/{file_name(key)}-abstract.txt"


def abstract_text(record: Record) -> str:
    r"""Write the abstract of a record as a document, as the export has it.

    Examples
    --------
    >>> abstract_text(Record("a", title="Night markets", year=2018, abstract="They close."))
    '---\nrecord: a\ntitle: Night markets\nyear: 2018\naccount: abstract\n---\nThey close.\n'
    """
    lines = {"record": record.key, **paper_lines(paper_of(record)), "account": "abstract"}
    return f"{_heading(lines)}{record.abstract.replace(PAGE_BREAK, ' ')}\n"


def _heading(lines: Mapping[str, str]) -> str:
    text = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines.items())
    return f"---\n{text}---\n"


def file_name(key: str) -> str:
    """Return a key as a name that every system takes for a file.

    Examples
    --------
    >>> file_name("scopus.ris:12"), file_name("doi:10.1234/jt.5")
    ('scopus.ris-12', 'doi-10.1234-jt.5')
    >>> file_name("con"), len(file_name("a" * 1000))
    ('paper-con', 80)
    """
    name = _UNSAFE.sub("-", key).strip("-.")[:_LONGEST_NAME].rstrip("-.") or "paper"
    return f"paper-{name}" if is_reserved(name) else name


def _by_likeness(paper: PaperText, records: Sequence[Record], near: list[str]) -> PaperMatch:
    year = year_candidate(paper)
    titles = [folded(one.value) for one in title_candidates(paper)]
    scored = sorted(
        (
            (max(_likeness(folded(record.title), title) for title in titles), record)
            for record in records
            if titles and record.title
        ),
        key=lambda pair: (-pair[0], pair[1].key),
    )
    sure = [
        (score, one)
        for score, one in scored
        if score >= ALIKE and (year is None or one.year is None or abs(year - one.year) <= 1)
    ]
    if sure and not near and (len(sure) == 1 or sure[0][0] > sure[1][0]):
        reason = worded("its title is similar to the paper's ({n} of 100)", n=f"{sure[0][0]:.0f}")
        return PaperMatch(sure[0][1].key, reason)
    like = _near_in_title(titles or _title_lines(paper), records)
    return PaperMatch("", worded("no record clearly fits"), tuple(dict.fromkeys([*near, *like])))


def _title_lines(paper: PaperText) -> list[str]:
    """Return the lines of which one may be the title, where none is prominent."""
    lines = [line for line in "\n".join(paper.pages[:1]).splitlines() if line.strip()][:_FIRST_LINES]
    return [folded(line) for line in lines if len(line.split()) >= _LEAST_WORDS]


def _near_in_title(titles: Sequence[str], records: Sequence[Record]) -> list[str]:
    """List the keys of the records whose titles come nearest to one of these, the nearest first."""
    scored = [
        (max(_nearness(folded(one.title), title) for title in titles), one.key)
        for one in records
        if titles and one.title
    ]
    near = sorted((-score, -whole, key) for (score, whole), key in scored if score >= _NEAR)
    return [key for _, _, key in near[:_MOST_NEAR]]


def _nearness(title: str, other: str) -> tuple[float, float]:
    """Return how near two titles come for a person to look at, also in another order of words or cut short.

    Of two that come equally near, the one that is more alike as a whole does so first.
    """
    whole = fuzz.ratio(title, other)
    is_long = min(len(title), len(other)) >= _SHORTEST
    part = 0.9 * fuzz.partial_ratio(title, other) if is_long else 0.0
    return max(whole, fuzz.token_sort_ratio(title, other), part), whole


def _likeness(title: str, other: str) -> float:
    """Return how many hundredths of two titles are alike; fewer than make one paper where a word is another one.

    Two papers of one author may differ in *north* and *south* alone. What reading a page does to words, a letter or
    two, leaves them alike.
    """
    ratio = fuzz.ratio(title, other)
    words, others = (set(_WORD.findall(one)) for one in (title, other))
    runs = ("".join(_WORD.findall(one)) for one in (title, other))
    is_another = any(_is_strange(word, others - words) for word in words - others) or any(
        _is_strange(word, words - others) for word in others - words
    )
    return min(ratio, ALIKE - 1) if is_another and len(set(runs)) == 2 else ratio


def _is_strange(word: str, others: set[str]) -> bool:
    """Tell whether a word is unlike all words in which another title differs."""
    tells = len(word) >= _LONG or word.isdigit()
    return tells and max((fuzz.ratio(word, one) for one in others), default=0) < _WORDS_ALIKE


def _is_another(record: Record, text: str, records: Sequence[Record]) -> bool:
    """Tell whether a text begins with the title of another record, and not with that of this one."""
    if len(letters_of(record.title)) < _SHORTEST or _stands_in(record.title, text):
        return False
    return any(len(letters_of(one.title)) >= _SHORTEST and letters_of(one.title) in text for one in records)


def _stands_in(title: str, text: str) -> bool:
    wanted = letters_of(title)
    return wanted in text or fuzz.partial_ratio(wanted, text) >= ALIKE
