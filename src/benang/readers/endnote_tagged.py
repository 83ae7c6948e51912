"""EndNote's tagged form (`.enw`, `%A`), which Google Scholar, Publish or Perish, CNKI and many journals write too.

Each line is `%`, one character, a blank and a value. A record begins with `%0`, its type; some journals (Digital
Commons) write another tag first, and then a blank line ends a record. No tag ends one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from benang.readers.author_names import with_marked_ends
from benang.readers.identifiers import accession_id, linked_doi, linked_ids, noted_doi, standard_numbers
from benang.readers.keywords import keywords_of, lists_in
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import noted_decisions, status_of
from benang.readers.tables import ENDNOTE_TAGS, type_named
from benang.readers.tag_values import items, once, people, raw_of, whole, wrapped
from benang.readers.tagged import Fields, Grammar, RawRecord, read_tagged
from benang.readers.values import authors_of, counted_apart, record_of, year_of
from benang.records.record import Record

_TAG = re.compile(r"\n%([0-9A-Z?@!#$()&*+:;<>=\[^|~])(?=[ \t\n]|\Z)")
_LOOKS = re.compile(rb"(?:\A|\n)[ \t]{0,8}%[!-~](?=[ \t\n]|\Z)")
_TITLE = re.compile(rb"\n%T(?=[ \t\n]|\Z)")

GRAMMAR = Grammar(
    start="0",
    end="",
    begins=re.compile(rb"\n%0(?=[ \t\n])"),
    tag=_TAG,
    marks=re.compile(rb"\n(%0)(?=[ \t\n])"),
    looks=_LOOKS,
    opening="`%0`, its type",
    ending="",
    titles=frozenset({"T"}),
    unique="T",
    once=_TITLE,
)
"""Where `%0` stands first in a record."""

BY_BLANK_LINES = Grammar(
    start="",
    end="",
    begins=re.compile(rb"(?:(?<=\n)|\A)\n%[0-9A-Z@] "),
    tag=_TAG,
    marks=re.compile(rb"(?:(?<=\n)|\A)\n(%[0-9A-Z@]) "),
    looks=_LOOKS,
    opening="a tag behind a blank line",
    ending="",
    titles=frozenset({"T"}),
    unique="T",
    once=_TITLE,
)
"""Where another tag does: a tag behind a blank line begins a record."""

_FIRST = re.compile(r"^%([0-9A-Z@]) ", re.MULTILINE)
_BLOCK = re.compile(rb"(?<=\n)\n%([0-9A-Z@]) ")  # a tag behind a blank line
_TYPE = re.compile(r"^%0 [A-Z]", re.MULTILINE)
_BARE = re.compile(r"^%T [^\n]*\S", re.MULTILINE)
_AUTHOR = re.compile(r"^%A [^\n]*\S", re.MULTILINE)
_CITES = re.compile(r"([0-9]{1,9}) cites: ")  # Publish or Perish
_IN_ONE_LINE = re.compile(r"\s*[;；]\s*")


def is_endnote_tagged(head: str) -> bool:
    """Tell the form by a line `%0 Journal Article`, or by lines with a title and an author."""
    if "%0 " in head and _TYPE.search(head):
        return True
    return "%T " in head and bool(_BARE.search(head) and _AUTHOR.search(head))


def read_endnote_tagged(source: Source) -> Reading:
    r"""Read a file in EndNote's tagged form.

    `%K` holds all keywords, one a line or with separators. The record's id is the accession number (`%M`) or the label
    (`%F`). What was cut off at a record's end cannot be seen in this form: a last line without its end is told.

    Examples
    --------
    >>> export = b"%0 Journal Article\n%A Contoh, Ani\n%T Kota kembar\n%J Jurnal\n%D 2021\n%P 1-12\n%K kota; desa\n"
    >>> record = read_endnote_tagged(Source("a.enw", "a.enw", export)).records[0]
    >>> record.title, record.source, record.year, record.last_page, record.author_keywords
    ('Kota kembar', 'Jurnal', 2021, '12', ('kota', 'desa'))
    """
    grammar = _grammar_of(source)
    remarks, lists = Remarks(), lists_in(source.data, b"%K ")
    if not source.data.endswith(b"\n"):
        remarks.say("The last line has no line end: if the file was cut off in the last record, nothing else shows it.")

    def made(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record(source, place, raw, lists, remarks)

    return read_tagged(source, grammar, made, remarks)


def _grammar_of(source: Source) -> Grammar:
    """Tell whether `%0` begins the records or blank lines part them, also where the first record was cut."""
    first = _FIRST.search(source.head)
    types = [match.start() for match in GRAMMAR.begins.finditer(source.data)]
    if first and first[1] == "0":
        return GRAMMAR
    blocks = [match[1] == b"0" for match in _BLOCK.finditer(source.data)]
    if blocks:
        return GRAMMAR if 2 * sum(blocks) >= len(blocks) else BY_BLANK_LINES
    # A type within a lone record has the title before it; one that begins a record has it behind.
    return GRAMMAR if len(types) > 1 or (types and _TITLE.search(source.data, types[0])) else BY_BLANK_LINES


def _record(source: Source, place: int, raw: RawRecord, lists: frozenset[str], remarks: Remarks) -> Record:
    fields = raw.fields
    values = raw_of(fields, ENDNOTE_TAGS)
    links = wrapped(fields, "U", ">")
    title, kind = values.get("title", ""), whole(fields, ("0",))
    issn, isbn = standard_numbers(fields.get("@", ()))
    return record_of(
        source,
        place,
        raw.line,
        counted_apart(values)
        | {
            "doi": values.get("doi") or linked_doi(links) or noted_doi(values.get("id", ""), *fields.get("Z", ())),
            "source": whole(fields, ("J", "B", "S")),
            "source_abbreviation": "",
            "citations": next((match[1] for note in fields.get("Z", ()) if (match := _CITES.match(note))), ""),
        },
        remarks,
        type=type_named(whole(fields, ("9",)), kind) or "other",
        year=year_of(place, items(fields, *ENDNOTE_TAGS["year"]), remarks),
        authors=people(place, [listed_people(fields, "A")], remarks),
        editors=authors_of(with_marked_ends(listed_people(fields, "E"))),
        author_keywords=keywords_of(place, items(fields, "K"), lists, remarks),
        affiliations=once(items(fields, "+")),
        issn=issn,
        isbn=isbn,
        identifiers=once([*linked_ids(links), *accession_id(values.get("id", ""))]),
        decisions=noted_decisions(wrapped(fields, "Z", "<")),
        status=status_of(title, (whole(fields, ("9",)),)),
        database=values.get("database", "") or "EndNote",
    )


def listed_people(fields: Fields, tag: str) -> Sequence[str]:
    """Return the names of a tag; CNKI puts all of them into one line with semicolons."""
    found = items(fields, tag)
    if any(";" in value or "；" in value for value in found):
        return [name for value in found for name in _IN_ONE_LINE.split(value) if name]
    return found
