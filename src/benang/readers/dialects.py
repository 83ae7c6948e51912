"""What single tags of RIS hold depends on who wrote it: ids, affiliations and cited references by dialect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benang.readers.identifiers import accession_id, linked_ids, noted_ids
from benang.readers.source import Remarks
from benang.readers.tag_values import first_line, items, once
from benang.readers.tagged import Fields
from benang.records.names import author_key

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
_ACCESSIONS = (("WOS:", "Web of Science"), ("pub.", "Dimensions"), ("CN-", "Cochrane Library"))
_PREFIXES = {"PUBMED": "pmid:", "EMBASE": "embase:L"}
_LONGEST_PMID = 8
_PUBMED = ("medline", "pubmed", "nlm")
_ORCID = re.compile(r"(.{1,200}?); ORCID: (?:https?://orcid\.org/)?([0-9]{4}(?:-[0-9]{4}){2}-[0-9]{3}[0-9X])")
_GLUED = re.compile(r"\s{4,}([A-Z][A-Z0-9])  - ")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What tells who wrote a record: the database it names, its accession number, and its links and notes."""

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
    found: Fields = {}
    for tag, values in fields.items():
        for value in values:
            first, *further = _GLUED.split(value) if "  - " in value else (value,)
            found.setdefault(tag, []).append(first.strip())
            for name, rest in zip(further[::2], further[1::2], strict=True):
                found.setdefault(name, []).append(rest.strip())
    return found


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
    """Return the cited references that stand in tags of their own: those of PsycInfo."""
    return tuple(items(dialect.fields, "M1")) if dialect.is_psycinfo else ()


def identifiers_of(dialect: Dialect) -> tuple[str, ...]:
    """Return the ids of databases: of links and notes, of accession numbers, and of tags that some databases use."""
    found = linked_ids(dialect.links) + noted_ids(dialect.notes) + accession_id(dialect.accession)
    return once(found + _numbers_in_tags(dialect) + _own_number(dialect))


def _numbers_in_tags(dialect: Dialect) -> list[str]:
    """Return numbers of PubMed and Embase: C2 (Scopus), C3 (Cochrane), C5, U2 (Embase), a note (Embase by EndNote)."""
    fields = dialect.fields
    tag = _PMID_TAGS.get(dialect.name, "")
    number = first_line(fields, (tag,)) if tag in fields else ""
    found = [f"pmid:{number}"] if number.isdigit() else []
    if "C3" in fields:
        found += trial_numbers(fields["C3"])
    lines = [value.partition("\n")[0] for value in (*fields.get("U2", ()), *dialect.notes) if value[:1] == "L"]
    return found + [f"embase:{line}" for line in lines if _EMBASE_ID.fullmatch(line)]


def trial_numbers(values: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of PubMed and Embase as Cochrane writes them.

    Examples
    --------
    >>> trial_numbers(["PUBMED 21314913", "EMBASE 2006713348"])
    ('pmid:21314913', 'embase:L2006713348')
    """
    matches = [match for value in values if (match := _DATABASE_ID.match(value.strip()))]
    return tuple([f"{_PREFIXES[match[1]]}{match[2]}" for match in matches])


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


def author_ids_of(fields: Fields, authors: Sequence[str], place: int, remarks: Remarks) -> tuple[str, ...]:
    """Return the ORCIDs of Ovid's tag `AI`, which names the author before them."""
    if "AI" not in fields:
        return ()
    named = {
        author_key(match[1]): f"orcid:{match[2]}" for value in items(fields, "AI") if (match := _ORCID.match(value))
    }
    ids = tuple([named.pop(author_key(author), "") for author in authors])
    if named:
        remarks.habit("An ORCID names no author of the record, left out", place)
    return ids if any(ids) else ()
