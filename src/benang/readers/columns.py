"""Which columns of a table hold which fields, by their headers or by the form; and the values of a row by field.

Headers mean the same whatever their case, accents, blanks, plural and language. Screening tools add columns with what
was decided to whatever table they were given, so these are known in any.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from benang.locale.writing import joined, worded
from benang.readers import Remarks, Source
from benang.readers.column_meanings import NAMES, ONLY_BESIDE, SECOND_MEANING, VAGUE
from benang.readers.dialects import noted_decisions
from benang.readers.table_forms import TableForm
from benang.readers.table_rows import bare
from benang.readers.table_values import ALL_COUNT, Values, columns_joined, record_from
from benang.readers.values import with_absent_values_noted
from benang.records.export_marks import BEGINNINGS, is_placeholder
from benang.records.record import Record

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS = re.compile(r"[^\W_]+")
_PLURAL_IN_BRACKETS = re.compile(r"\((?:s|es|en|innen)\)|(?<=[a-z])/(?:s|es|en|in|innen|a)\b")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]\s*")
_OF_ANOTHER = re.compile(
    r"\b(?:ids?|orcid|affiliations?|address|country|countries|emails?|e-mail|count|number|no|total|raw|score|links?|urls?)\b",
    re.IGNORECASE,
)
"""Words in brackets that make another thing of a column: `Authors (Raw Affiliation)` are no authors."""
_PREFIX = re.compile(r"(?:item|document|article|paper|record|study|manuscript|ref|reference|bib|citation|work)")
_AFTER_PREFIX = "title author doi abstract keyword year url language type journal volume issue page publisher"
_PREFIXED = frozenset(_AFTER_PREFIX.split())
_SHORTEST_PLURAL = 4
_LONGEST = 80
_NONE = ("", 0, False)
_JOINING_WORDS = "a da de dei del della der des di die do du e el en et i il l la le of the van"
_JOINING = frozenset(_JOINING_WORDS.split())
_NO_PLURAL = "editores"  # Spanish editors; `editore` is the Italian publisher

Make = Callable[[int, int, Sequence[str], Remarks], Record]
"""Makes a record of a place, a line and as many cells as the header has."""

_BRANCH = 4
_NAMES = frozenset(
    {"authors", "full_names", "short_authors", "group_authors", "editors"}
)  # a mark for a missing author is recognised where names are split
_ADDED = frozenset(
    {"abstract", "affiliations", "author_keywords", "doi", "first_page", "index_keywords", "isbn", "issn", "issue"}
    | {"language", "last_page", "pages", "pmid", "publisher", "url", "volume", "year"}
)
"""Fields that are read from columns which a form does not have by itself, where their headers name them plainly."""

# ASReview: `included` up to 1.x, `asreview_label` since 2.0, on a server `asreview_user_name`, too; the other names are
# those that its own reader takes.
_DECISION = re.compile(
    r"asreview (?:(?:label|prior|note|tag)s?\b.*|user (?:name|email))"
    r"|(?:final |label )?included(?: label| final| flag)?|rayyan[ -].*"
    r"|user[ -]notes|exclusion[ -]reasons?|(?:screening|inclusion|full[ -]text|consensus) decision"
)
_SAYS_MORE = re.compile(
    r"asreview .*|rayyan[ -].*|user[ -]notes|exclusion[ -]reasons?|(?:full[ -]?text|consensus) decision"
)
"""Headers without which a value says less: whose decision it is, at which stage, or that it is a reason or a note."""
_NOTES = re.compile(r"(?:exported |research |your )?notes?(?: [0-9]{1,2})?|comments?|extra|annotations?")
_BARE = re.compile(r"-?[0-9](?:\.0)?|true|false|yes|no|y|n|x|ya|tidak", re.IGNORECASE)


def _ranks(table: Mapping[str, str], key: Callable[[str], str]) -> dict[str, tuple[str, int]]:
    return {key(name): (field, rank) for field, names in table.items() for rank, name in enumerate(names.split("|"))}


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or word[-1] != "s" or word[-2] == "s" or word == _NO_PLURAL:
        return word
    return word[:-1]


@lru_cache(maxsize=4096)
def header_words(header: str) -> str:
    """Return the words of a header in small letters, without accents; an `s` at the end of a word is taken off.

    Examples
    --------
    >>> header_words("Año de publicación"), header_words("pubYears")
    ('ano de publicacion', 'pub year')
    """
    text = _PLURAL_IN_BRACKETS.sub("", header.replace("\ufeff", ""))
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(map(_singular, _WORDS.findall(_CAMEL.sub(" ", plain).casefold())))


def header_key(header: str) -> str:
    """Return what two spellings of one header have in common: its words, as one.

    Examples
    --------
    >>> header_key(" Publication_Year"), header_key("pubYears"), header_key("Año de publicación")
    ('publicationyear', 'pubyear', 'anodepublicacion')
    >>> header_key("Author(s)") == header_key("authors") == header_key("AUTHOR")
    True
    """
    return header_words(header).replace(" ", "")


_PLAIN = _ranks(NAMES, header_key)
_VAGUE = _ranks(VAGUE, header_key)


def _loose(header: str) -> str:
    """Return what the words of a header have in common with others, whatever their order and what joins them."""
    return " ".join(sorted(word for word in header_words(header).split() if word not in _JOINING))


_LOOSE = _ranks(NAMES, _loose)


def field_named(header: str) -> tuple[str, int, bool]:
    """Return the field that a header names, how early its name comes among those of the field, whether it's vague.

    A note in brackets is left out where it does not make another thing of the column; of names parted by a slash all
    must mean one field. The field is empty where the header names none.

    Examples
    --------
    >>> field_named("Name of the journal")[0], field_named("Author (Year)")[0]
    ('source', '')
    >>> field_named("Mots-clés"), field_named("Pub. Year")[0], field_named("Journal/Source")[0], field_named("No.")
    (('author_keywords', 12, True), 'year', 'source', ('issue', 1, True))
    >>> field_named("Year (YYYY)")[0], field_named("Item DOI")[0], field_named("Authors (Raw Affiliation)")[0]
    ('year', 'doi', '')
    """
    if len(header) > _LONGEST:
        return _NONE
    if (known := _known(header))[0]:
        return known
    note = _BRACKETS.search(header)
    if note and not _OF_ANOTHER.search(note[0]):
        known = _known(_BRACKETS.sub(" ", header))
        return known if _known(note[0])[0] in ("", known[0]) else _NONE
    parts = [_known(part) for part in header.split("/")]
    if len(parts) > 1 and len({field for field, _, _ in parts}) == 1:
        return min(parts, key=lambda part: (part[2], part[1]))
    return _NONE


def _known(name: str) -> tuple[str, int, bool]:
    key = header_key(name)
    for table, vague in ((_PLAIN, False), (_VAGUE, True)):
        if key in table:
            return (*table[key], vague)
    if (loose := _loose(name)) in _LOOSE:
        return (*_LOOSE[loose], False)
    prefix = _PREFIX.match(key)
    rest = key[prefix.end() :] if prefix else ""
    return (*_PLAIN[rest], False) if rest in _PREFIXED and rest in _PLAIN else _NONE


def named_columns(header: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return which columns hold which field, by their headers alone; of a field, the plainest name first.

    A vague name counts only where no plainer one names the field: `source` beside `journal` is the database, and
    `keywords` beside `author keywords` are those of an index.

    Examples
    --------
    >>> named_columns(["title", "journal", "source", "Titel"])
    {'title': (0, 3), 'source': (1,), 'database': (2,)}
    """
    ranked: dict[str, list[tuple[int, int]]] = {}
    vague: dict[str, list[tuple[int, int]]] = {}
    for at, name in enumerate(header):
        field, rank, is_vague = field_named(name)
        if field:
            (vague if is_vague else ranked).setdefault(field, []).append((rank, at))
    for field, places in vague.items():
        meant = field if field not in ranked else SECOND_MEANING.get(field, "")
        lacks = field in ONLY_BESIDE and ONLY_BESIDE[field] not in ranked
        if meant and meant not in ranked and not lacks:
            ranked[meant] = places
    return {field: tuple(at for _, at in sorted(places)) for field, places in ranked.items()}


class Columns:
    """The columns of a header that hold the fields of a form."""

    def __init__(self, form: TableForm, header: Sequence[str], *, only: bool = False) -> None:
        """Find the columns; of a repeated one the first is read. With `only`, no columns but the form's are read.

        Others are those that people add to a table under a plain header, an abstract to PubMed's, say.
        """
        self.form = form
        self.header = header
        names = [bare(name) for name in header]
        places: dict[str, int] = {}
        for at, name in enumerate(names):
            places.setdefault(name, at)
        columns = {
            field: tuple(dict.fromkeys(places[bare(one)] for one in headers if bare(one) in places))
            for field, headers in form.columns.items()
        }
        self.added = {} if only else _added(header, columns)
        columns |= self.added
        taken = {at for places in columns.values() for at in places}
        self.decisions = {at: header[at].strip() for at in columns.pop("decisions", ())}
        self.decisions |= decision_columns(header, taken)
        self.first = [(name, at) for name, at in columns.items() if at and (name not in ALL_COUNT or len(at) == 1)]
        self.all = [(name, at) for name, at in columns.items() if len(at) > 1 and name in ALL_COUNT]
        # An id's own name says more about its form than `id`, which is read from the same column.
        self.fields = {at: name for name, at_all in columns.items() if name == "id" for at in at_all}
        self.fields |= {
            at: name for name, at_all in reversed(columns.items()) if name != "id" for at in reversed(at_all)
        }
        self.fields |= {at: "decisions" for at, name in self.decisions.items() if name}
        self.twice = [header[at] for at, name in enumerate(names) if name in form.known and places[name] < at]

    def values(self, cells: Sequence[str], marks: Values) -> Values:
        """Return the values of a row by field, empty ones and marks for none left out; `marks` takes these by field."""
        values = {}
        for name, places in self.first:
            for place in places:
                if value := cells[place].strip():
                    value = _plain(value) if value[0] == "=" else value
                    if value[:1] in BEGINNINGS and name not in _NAMES and is_placeholder(name, value):
                        marks.setdefault(name, value)
                        continue
                    values[name] = value
                    break
        for name, places in self.all:
            given = [_plain(value) for place in places if (value := cells[place].strip())]
            kept = [value for value in given if not is_placeholder(name, value)]
            if kept:
                values[name] = columns_joined(kept)
            if len(kept) < len(given):
                marks[name] = next(value for value in given if value not in kept)
        if self.decisions and (decisions := self._decisions(cells)):
            values["decisions"] = columns_joined(decisions)
        return values

    def _decisions(self, cells: Sequence[str]) -> list[str]:
        """Return what the columns of decisions and notes say; what says nothing without its header has that before."""
        decisions = [(name, value) for at, name in self.decisions.items() if (value := cells[at].strip())]
        decisions = [(name, value) for name, value in decisions if not is_placeholder("decisions", value)]
        return [one for name, value in decisions for one in decisions_said(name, value)]

    def maker(self, source: Source) -> Make:
        """Return the function that makes records of this table's rows."""
        is_noted = False

        def make(place: int, line: int, cells: Sequence[str], remarks: Remarks) -> Record:
            nonlocal is_noted
            if not is_noted:
                is_noted = True
                for name in self.twice:
                    remarks.say(worded("The column '{name}' appears more than once; the first was read.", name=name))
                for name, (at, *_) in self.added.items():
                    remarks.say(
                        worded(
                            "{form} has no column '{column}'; this column was read as {field}.",
                            form=self.form.name,
                            column=self.header[at],
                            field=worded(name),
                        )
                    )
            marks: Values = {}
            record = record_from(source, self.form, place, line, self.values(cells, marks), remarks, {})
            return with_absent_values_noted(record, marks, remarks) if marks else record

        return make


def _added(header: Sequence[str], columns: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the columns whose plain headers name a field that the form does not have or did not find."""
    taken = {at for places in columns.values() for at in places}
    missing = {field for field in _ADDED if not columns.get(field)}
    if columns.get("pages") or columns.get("first_page"):
        missing -= {"pages", "first_page"}
    meant = named_columns([name if at not in taken else "" for at, name in enumerate(header)])
    return {field: places for field, places in meant.items() if field in missing}


def _plain(value: str) -> str:
    """Take off what keeps Excel from making a number of a text: `="0019"`."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else value


def column_names(header: Sequence[str], places: Sequence[int]) -> str:
    """Name columns; those of one branch of a tree that was laid flat, as in OpenAlex's CSV, together where many are.

    Examples
    --------
    >>> column_names(["Title", "CODEN", ""], [1, 2]), column_names(["a.b.c", "a.d", "a.e", "a.f", "x"], range(5))
    ('CODEN, column 3', 'a.… (4 columns), x')
    """
    often = Counter(map(bare, header))
    names = [
        worded("{name} (column {n})", name=header[at], n=at + 1)
        if header[at] and often[bare(header[at])] > 1
        else header[at] or worded("column {n}", n=at + 1)
        for at in places
    ]
    branches = Counter(name.partition(".")[0] for name in names if "." in name.strip("."))
    shown = dict.fromkeys(
        worded("{branch}.… ({n} columns)", branch=branch, n=branches[branch])
        if branches[branch := name.partition(".")[0]] >= _BRANCH
        else name
        for name in names
    )
    return joined(shown)


def decision_columns(header: Sequence[str], taken: Collection[int]) -> dict[int, str]:
    """Return the places of the columns with decisions or notes, each with its header; nothing for one of notes.

    Examples
    --------
    >>> decision_columns(["Title", "asreview_label", "notes", "included"], taken=[0])
    {1: 'asreview_label', 2: '', 3: 'included'}
    """
    names = {at: bare(name) for at, name in enumerate(header) if at not in taken}
    decisions = {at: header[at].strip() for at, name in names.items() if _DECISION.fullmatch(name)}
    return dict(sorted((decisions | {at: "" for at, name in names.items() if _NOTES.fullmatch(name)}).items()))


def decisions_said(header: str, value: str) -> tuple[str, ...]:
    """Return what a cell says, with the header before it where it says less without: a bare 1, a reason, a note.

    Of notes, only decisions of tools count.

    Examples
    --------
    >>> decisions_said("asreview_label", "1"), decisions_said("Decision", "Maybe"), decisions_said("", "read again")
    (('asreview_label: 1',), ('Maybe',), ())
    >>> decisions_said("Exclusion reason", "Wrong design"), decisions_said("asreview_note", "Excluded in 2020")
    (('Exclusion reason: Wrong design',), ('asreview_note: Excluded in 2020',))
    """
    if not header:
        return noted_decisions([value])
    needs_header = _BARE.fullmatch(value) or (_SAYS_MORE.fullmatch(bare(header)) and not value.startswith("RAYYAN-"))
    return (f"{header}: {value}",) if needs_header else (value,)
