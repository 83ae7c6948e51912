"""What a value means depends on who wrote it: ids, affiliations, references, decisions, what became of a work.

In RIS single tags mean other things from one dialect to the next. Lists of references are parted where one ends and the
next begins, in whatever form they came; their authors may be named as references print them. Screening tools put their
decisions into keywords and notes, databases what became of a work into its type or title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from benang.readers import Remarks
from benang.readers.identifiers import accession_id, linked_ids, noted_ids
from benang.readers.tagged import Fields, first_line, items, once
from benang.readers.values import authors_of
from benang.records.file_accounts import SHOWN
from benang.records.names import author_key
from benang.records.record import WEB_OF_SCIENCE, RecordStatus
from benang.records.references.keys import author_part
from benang.records.references.scopus import begins_with_authors

_EMBASE_AUTHORS = re.compile(r"\([^()]{1,2000}\)\s+(?=\S)")
_PSYCINFO_AUTHOR = re.compile(r"\A[^:,]{1,80},[^:,]{1,80}: ")
_NUMBERED = re.compile(r"(?:^\s{0,4}|;\s{0,4}|\s{2})[0-9]{1,3}:\s")
# What EBSCO writes behind the affiliations in its note.
_EBSCO_LABEL = re.compile(
    r";\s{0,4}(?:Source Info|Issue Info|Subject|Thesaurus|Author-Supplied|Company/Entity|Geographic|People|Reviews"
    r"|NAICS|Industry|Language of|Number of Pages|Illustrations|Document Type|Email Address|Note)[^:;]{0,30}:"
)
_EMBASE_ID = re.compile(r"L[0-9]{6,12}")
_DATABASE_ID = re.compile(r"(PUBMED|EMBASE) ([0-9]{1,12})")
_OWN_NUMBERS = {
    "eric": re.compile(r"E[DJ][0-9]{4,8}"),
    "openalex": re.compile(r"W[0-9]{1,12}"),
    "embase": _EMBASE_ID,
}
_PMID_TAGS = {"Scopus": "C2", "Embase": "C5", "Medline": "C5"}
_ACCESSIONS = (("WOS:", WEB_OF_SCIENCE), ("pub.", "Dimensions"), ("CN-", "Cochrane Library"))
_PREFIXES = {"PUBMED": "pmid:", "EMBASE": "embase:L"}
_LONGEST_PMID = 8
_PUBMED = ("medline", "pubmed", "nlm")
_ORCID = re.compile(r"(.{1,200}?); ORCID: (?:https?://orcid\.org/)?([0-9]{4}(?:-[0-9]{4}){2}-[0-9]{3}[0-9X])")
_GLUED = re.compile(r"\s{4,}([A-Z][A-Z0-9])  - ")

_CENTURIES = frozenset({"(1", "(2"})
_YEAR = re.compile(r"\((?:1[4-9]|20)[0-9]{2}[a-z]?\)")
_ENDS_IN_NUMBERS = re.compile(r"(?:, |pp?\. )[0-9][^,\s]{0,20}$")
_LINK = re.compile(r"(?:https?:|www\.|doi)", re.IGNORECASE)
_FEW = 2  # commas in a reference that names an author and a title, or a title, a source and a volume
# The end of a reference of Dimensions: …|pub.1000000009|12 or …|12]
_DIMENSIONS_END = re.compile(r"\|(?:pub\.[0-9]{4,14}\|[0-9]{0,9}\]?|[^|\[\]]{0,40}\])\s?$")
_LEAST_BARS, _MOST_BARS = 5, 12


@dataclass(frozen=True, slots=True)
class Dialect:
    """What shows which program wrote a record: the database it names, its accession number, and its links and notes."""

    fields: Fields
    database: str
    accession: str
    links: Sequence[str]
    notes: Sequence[str]

    @property
    def is_psycinfo(self) -> bool:
        """Ovid's PsycInfo: `M1` are the cited references, `A2` their authors, `M2` the affiliations."""
        return "psyc" in self.database.lower() and "M1" in self.fields

    @property
    def name(self) -> str:
        """The database: the one whose id the record bears, else the one that the export names, else the form."""
        if self.database.lower() == "scopus" or any("eid=2-s2.0-" in link for link in self.links):
            return "Scopus"
        for beginning, name in _ACCESSIONS:
            if self.accession.startswith(beginning):
                return name
        if not self.database and any("lens.org/" in link for link in self.links):
            return "Lens"
        if self.database.islower() and first_line(self.fields, ("DP",)).startswith("EBSCO"):
            return f"EBSCOhost ({self.database})"
        # Ovid puts the years of its segment behind the name: "ERIC <1992 to June 2024>".
        return self.database.partition("<")[0].strip() or "RIS"


def unglued(fields: Fields) -> Fields:
    r"""Take apart the lines that Rayyan writes behind each other: `UR  - x     U2  - L1`.

    Examples
    --------
    >>> unglued({"AN": ["rayyan-1"], "UR": ["x     U2  - L1"]})
    {'AN': ['rayyan-1'], 'UR': ['x'], 'U2': ['L1']}
    """
    separate: Fields = {}
    for tag, values in fields.items():
        for value in values:
            first, *further = _GLUED.split(value) if "  - " in value else (value,)
            separate.setdefault(tag, []).append(first.strip())
            for name, rest in zip(further[::2], further[1::2], strict=True):
                separate.setdefault(name, []).append(rest.strip())
    return separate


def affiliations_of(dialect: Dialect) -> tuple[str, ...]:
    """Return the affiliations, each once: of `M1` in Embase, `M2` in PsycInfo, a note in EBSCO, else of `AD` or `C1`.

    The authors whom Embase and PsycInfo write before an affiliation are no part of it.
    """
    fields = dialect.fields
    if dialect.is_psycinfo:
        return once(_PSYCINFO_AUTHOR.sub("", value, count=1) for value in items(fields, "M2"))
    named: list[str] = []
    if "M1" in fields:
        values = items(fields, "M1")
        named = [value[match.end() :] for value in values if (match := _EMBASE_AUTHORS.match(value))]
        # CABI through Ovid: M1 is the authors' institution, AD the town of the publisher.
        named = named or [value for value in values if value.count(",") >= 2 and "AD" in fields]
    return once(named or items(fields, "AD") or items(fields, "C1") or _in_ebsco_note(dialect.notes))


def _in_ebsco_note(notes: Sequence[str]) -> list[str]:
    """Return the affiliations that EBSCO numbers in a note: `…; Affiliation:  1: A  2: B; Source Info: …`."""
    for note in notes:
        if note.startswith("Accession Number:") and "Affiliation" in note:
            break
    else:
        return []
    listed = _EBSCO_LABEL.split(note.partition("Affiliation")[2].partition(":")[2], maxsplit=1)[0]
    return [value for part in _NUMBERED.split(listed) if (value := part.strip(" ;"))]


def references_of(dialect: Dialect) -> tuple[str, ...]:
    """Return the cited references in tags of their own, as PsycInfo has them."""
    return tuple(items(dialect.fields, "M1")) if dialect.is_psycinfo else ()


def identifiers_of(dialect: Dialect) -> tuple[str, ...]:
    """Return the ids of databases: of links and notes, of accession numbers, and of tags that some databases use."""
    numbers = linked_ids(dialect.links) + noted_ids(dialect.notes) + accession_id(dialect.accession)
    return once(numbers + _numbers_in_tags(dialect) + _own_number(dialect))


def _numbers_in_tags(dialect: Dialect) -> list[str]:
    """Return numbers of PubMed and Embase: C2 (Scopus), C3 (Cochrane), C5, U2 (Embase), a note (Embase by EndNote)."""
    fields = dialect.fields
    tag = _PMID_TAGS.get(dialect.name, "")
    number = first_line(fields, (tag,)) if tag in fields else ""
    numbers = [f"pmid:{number}"] if number.isdigit() else []
    if "C3" in fields:
        numbers += trial_numbers(fields["C3"])
    lines = [value.partition("\n")[0] for value in (*fields.get("U2", ()), *dialect.notes) if value[:1] == "L"]
    return numbers + [f"embase:{line}" for line in lines if _EMBASE_ID.fullmatch(line)]


def _own_number(dialect: Dialect) -> list[str]:
    """Return the number that the database gave; in EndNote's exports `ID` is but a number of the library."""
    own, database = first_line(dialect.fields, ("ID",)), dialect.database.lower()
    if not own and not dialect.accession:
        return []
    number = own if "ovid medline" in database else dialect.accession
    if number.isdigit() and len(number) <= _LONGEST_PMID and any(name in database for name in _PUBMED):
        return [f"pmid:{number}"]
    return [
        f"{name}:{number}"
        for name, pattern in _OWN_NUMBERS.items()
        for number in once([own, dialect.accession])
        if name in database and pattern.fullmatch(number)
    ]


def trial_numbers(values: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of PubMed and Embase as Cochrane writes them.

    Examples
    --------
    >>> trial_numbers(["PUBMED 21314913", "EMBASE 2006713348"])
    ('pmid:21314913', 'embase:L2006713348')
    """
    matches = [match for value in values if (match := _DATABASE_ID.match(value.strip()))]
    return tuple([f"{_PREFIXES[match[1]]}{match[2]}" for match in matches])


def author_ids_of(fields: Fields, authors: Sequence[str], place: int, remarks: Remarks) -> tuple[str, ...]:
    """Return the ORCIDs of Ovid's tag `AI`, which names the author before them."""
    if "AI" not in fields:
        return ()
    named = {
        author_key(match[1]): f"orcid:{match[2]}" for value in items(fields, "AI") if (match := _ORCID.match(value))
    }
    ids = tuple([named.pop(author_key(author), "") for author in authors])
    if named:
        remarks.habit("An ORCID that belongs to none of the record's authors was left out", place)
    return ids if any(ids) else ()


def joined_halves(pieces: Sequence[str]) -> tuple[str, ...]:
    """Put references together again that were cut at a semicolon in their titles.

    Such a first half has no year, though the second has; the second begins with a small letter that is no author's, or
    ends a bracket that the first opened, or lacks an author where the first has author and title and nothing else.

    Examples
    --------
    >>> joined_halves(("Umpama, Ani, Rents in towns", "a case of three, Trade Review, 3, 2, (2022)", "Fees, (2001)"))
    ('Umpama, Ani, Rents in towns; a case of three, Trade Review, 3, 2, (2022)', 'Fees, (2001)')
    """
    if _CENTURIES.issuperset([piece[-6:-4] for piece in pieces]):
        return tuple(pieces)
    whole: list[str] = []
    for piece in pieces:
        if whole and not _has_year(whole[-1]) and _has_year(piece) and _goes_on(whole[-1], piece):
            whole[-1] += f"; {piece}"
        else:
            whole.append(piece)
    return tuple(whole)


def _has_year(text: str) -> bool:
    """Tell whether a reference has a year in brackets; most end with it."""
    return (text[-6:-4] in _CENTURIES and text[-1:] == ")") or bool(_YEAR.search(text))


def _goes_on(first: str, second: str) -> bool:
    if first.count(", ") < _FEW or _ENDS_IN_NUMBERS.search(first):
        return False
    if first.rfind("[") > first.rfind("]") and "]" in second.partition("[")[0]:
        return True
    if second.count(", ") < _FEW or _LINK.match(second) or begins_with_authors(second):
        return False
    return second[:1].islower() or (second[:1].isalpha() and begins_with_authors(first, in_full=True))


def is_dimensions_list(value: str) -> bool:
    """Recognise a list of references as Dimensions writes it, by its first bracket and its bars."""
    return value.startswith("[") and value.count("|") >= _LEAST_BARS


def dimensions_list(value: str) -> tuple[str, ...]:
    """Part the references of Dimensions, whose lists of authors have semicolons of their own.

    Each ends with the work's id and how often it is cited, or with the bracket around it. That bracket is taken off.

    Examples
    --------
    >>> one, two = "[Umpama, A.; Contoh, B.]|[ur.1; ur.2]|J|2001|3|1|1-9||pub.1009|12", "[]|[]|J|2003||||||pub.1010|0"
    >>> dimensions_list(f"{one};{two}") == (one, two)
    True
    >>> dimensions_list("[Umpama, A.; Contoh, B.||J|2001|3|1|1-9||pub.1009|12];[||J|2003|||||pub.1010|0]")
    ('Umpama, A.; Contoh, B.||J|2001|3|1|1-9||pub.1009|12', '||J|2003|||||pub.1010|0')
    """
    references: list[str] = []
    pieces: list[str] = []
    bars = 0
    for piece in value.split(";"):
        if bars > _MOST_BARS and piece.lstrip().startswith("["):  # one without an end swallows no other
            references.append(";".join(pieces))
            pieces, bars = [], 0
        pieces.append(piece)
        bars += piece.count("|")
        if bars >= _LEAST_BARS and _DIMENSIONS_END.search(piece):
            references.append(";".join(pieces))
            pieces, bars = [], 0
    references.append(";".join(pieces))
    return tuple([one for reference in references if (one := _unwrapped(reference.strip()))])


def _unwrapped(reference: str) -> str:
    """Take off the brackets around a whole reference; one around its authors stays."""
    if reference.startswith("[") and reference.endswith("]") and not 0 <= reference.find("]") < reference.find("|"):
        return reference[1:-1].strip()
    return reference


def short_names(full: Sequence[str], short: Sequence[str]) -> Mapping[str, str]:
    """Return the short names for `Record.raw`, where the first of them is another to references than the full one.

    `full` are names as records have them, `short` those that are printed.

    Web of Science prints *Buechi, J* in its references for *Büchi, Jürg*, and *Umpama, SM* for *Umpama Misal, Sari*.

    Examples
    --------
    >>> short_names(("Büchi, Jürg", "Contoh, Ani"), ("Buechi, J", "Contoh, A"))
    {'authors': 'Buechi, J; Contoh, A'}
    >>> short_names(("Umpama, Ani",), ("Umpama, A",))
    {}
    """
    first = authors_of(short[:1])
    if not full or not first or _begins(full[0]) == _begins(first[0]) or author_part(full[0]) == author_part(first[0]):
        return {}
    return {"authors": "; ".join(authors_of(short))}


def _begins(name: str) -> str:
    """Return family name and first initial as they are printed: where these agree, no more need be compared."""
    return name[: name.find(", ") + 3]


_BY_TYPE: Mapping[str, RecordStatus] = {
    "retracted": "retracted",
    "retracted article": "retracted",
    "retracted publication": "retracted",
    "retracted chapter": "retracted",
    "withdrawn publication": "retracted",
    "retraction": "retraction notice",
    "retraction notice": "retraction notice",
    "retraction of publication": "retraction notice",
    "correction": "correction notice",
    "correction, addition": "correction notice",
    "corrigendum": "correction notice",
    "erratum": "correction notice",
    "published erratum": "correction notice",
    "corrected and republished article": "corrected",
    "publication with expression of concern": "concern",
}
_MARKED: tuple[tuple[re.Pattern[str], RecordStatus], ...] = (
    (re.compile(r"\[?(?:retracted|withdrawn)(?: (?:article|paper|chapter))?\s?[\]:]", re.IGNORECASE), "retracted"),
    (re.compile(r"(?:retraction (?:note|notice)\b|notice of retraction\b|retraction:)", re.IGNORECASE),
     "retraction notice"),
    # A paper may be called "Corrections to scaling" or "Retraction of the lung": only a colon or a Latin word decides.
    (re.compile(
        r"(?:(?:author|publisher)(?:'s)? )?(?:corrections?(?: to)?\s?:|correction to [\"“‘'(]"
        r"|(?:erratum|errata|corrigend(?:um|a))(?:\s?:| to\b| for\b|\Z))", re.IGNORECASE),
     "correction notice"),
)  # fmt: skip
# Web of Science puts it behind the title: "… (Retracted article. See vol. 12, pg. 3, 2010)".
_BEHIND = re.compile(
    r"\((?:(retracted|withdrawn) (?:article|paper|chapter)|(retraction)\b|(expression of concern))[^()]*\)\Z"
)
_FIRST_LETTERS = frozenset("[RrWwNnAaPpCcEe")

_RAYYAN = re.compile(r"(?:\A|(?<=[|\s>]))(?:RAYYAN-[A-Z-]{1,30}|USER-NOTES):")
# ASReview: `ASReview_relevant`, `_irrelevant`, `_not_seen`, `_prior`, `_validate_relevant`; with a value since 2.0.
_ASREVIEW = re.compile(r"\bASReview_\w{1,40}(?:\s?[:=]\s?[^\n|<]{1,300})?", re.IGNORECASE)
_REASON = re.compile(r"exclusion reason", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p>")  # Zotero wraps notes so

EPPI_MARKS = frozenset({"eppi-reviewer", "eppi-reviewer4"})
"""The keywords by which EPPI-Reviewer marks records as its own."""

_OTHER_LINE = re.compile(r"\n(?:PMC?ID|DOI|IS[SB]N|Citation Key|Publisher|original-date|tex\.[\w-]{1,40}): ")
"""What Zotero puts on a line of its own into the same note."""


def status_of(title: str, types: Iterable[str] = ()) -> RecordStatus:
    """Return the status of a work by the types that a database gives it, else by the beginning or end of its title.

    Examples
    --------
    >>> status_of("Kota kembar", ["Journal Article", "Retracted Publication"]), status_of("RETRACTED: Kota kembar")
    ('retracted', 'retracted')
    >>> status_of("Erratum: Kota kembar"), status_of("Corrections to scaling"), status_of("Retraction of the lung")
    ('correction notice', '', '')
    """
    return gravest(map(_of_type, types)) or _of_title(title)


def gravest(statuses: Iterable[RecordStatus]) -> RecordStatus:
    """Return the gravest of several statuses: a paper that was corrected first, and retracted later, is retracted.

    Examples
    --------
    >>> gravest(["corrected", "retracted", ""]), gravest([])
    ('retracted', '')
    """
    given = set(statuses)
    return next((one for one in SHOWN if one in given), "")


@lru_cache(maxsize=4096)
def _of_type(name: str) -> RecordStatus:
    return gravest(_BY_TYPE.get(part.strip(), "") for part in name.lower().split(";"))


def _of_title(title: str) -> RecordStatus:
    if title[:1] in _FIRST_LETTERS:
        for pattern, status in _MARKED:
            if pattern.match(title):
                return status
    if title.endswith(")") and (match := _BEHIND.search(title[-200:].lower())):
        return "retracted" if match[1] else "retraction notice" if match[2] else "concern"
    return ""


def is_eppi(fields: Fields) -> bool:
    """Recognise a RIS record of EPPI-Reviewer by the keyword that it adds."""
    return any(keyword in EPPI_MARKS for keyword in fields.get("KW", ()))


def decisions_in(fields: Fields, notes: Sequence[str]) -> tuple[str, ...]:
    """Return the decisions of a screening tool in a RIS record.

    Covidence, which its tag `NS` shows, has notes in `N1` and `NS`; EPPI-Reviewer, recognised by the keyword it adds,
    has comments in `N1`. `noted_decisions` reads what other tools write.
    """
    if "NS" in fields or is_eppi(fields):
        return tuple([" ".join(note.split()) for note in (*notes, *fields.get("NS", ())) if note])
    return noted_decisions(notes)


def noted_decisions(notes: Iterable[str]) -> tuple[str, ...]:
    r"""Return the decisions in notes, whatever the form of the export and the programs it went through.

    Rayyan puts inclusion, labels, reasons and the users' notes into one note with ` | ` between them, ASReview a label
    into a note of its own or before the text of one; an exclusion reason is a decision in any export.

    Examples
    --------
    >>> note = 'RAYYAN-INCLUSION: {"Ani"=>"Excluded"} | RAYYAN-LABELS: kota | RAYYAN-EXCLUSION-REASONS: wrong design'
    >>> noted_decisions([note])
    ('RAYYAN-INCLUSION: {"Ani"=>"Excluded"}', 'RAYYAN-LABELS: kota', 'RAYYAN-EXCLUSION-REASONS: wrong design')
    >>> noted_decisions(["ASReview_relevant", "Exclusion reason: wrong design", "a note of mine"])
    ('ASReview_relevant', 'Exclusion reason: wrong design')
    >>> noted_decisions(["RAYYAN-LABELS: kota\nPMID: 123"])
    ('RAYYAN-LABELS: kota',)
    """
    decisions: list[str] = []
    for note in notes:
        if "RAYYAN-" in note or note.startswith("USER-NOTES: {"):
            begins = [match.start() for match in _RAYYAN.finditer(note)]
            decisions += [_OTHER_LINE.split(note[a:b], maxsplit=1)[0] for a, b in pairwise([*begins, len(note)])]
        if "review_" in note.lower():
            decisions += [match[0] for match in _ASREVIEW.finditer(note)]
        if _REASON.match(note):
            decisions.append(note)
    plain = (" ".join(_PARAGRAPH.sub(" ", one).split()).strip("| ") for one in decisions)
    return tuple(dict.fromkeys(filter(None, plain)))
