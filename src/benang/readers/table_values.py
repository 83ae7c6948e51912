"""The values of a table's row → the fields of a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from benang.readers import Remarks, Source
from benang.readers.author_lists import OPENING, items_of_a_program, names_in
from benang.readers.author_names import as_body
from benang.readers.dialects import (
    dimensions_list,
    is_dimensions_list,
    joined_halves,
    noted_decisions,
    short_names,
    status_of,
)
from benang.readers.identifiers import linked_doi, noted_ids, standard_numbers
from benang.readers.keywords import keyword_list
from benang.readers.table_columns import IDENTIFIERS, TABLE_TYPES
from benang.readers.table_forms import TableForm, mend_embase
from benang.readers.table_rows import bare
from benang.readers.tables import type_named
from benang.readers.values import authors_of, families_first, record_of, split_list, year_of
from benang.records.capitals import abbreviation_case
from benang.records.identity import is_running_number
from benang.records.record import WEB_OF_SCIENCE, Record, RecordType

Values = dict[str, str]
Mend = Callable[[Values, int, Remarks], None]

ALL_COUNT = frozenset({"author_keywords", "index_keywords", "topics", "issn", "isbn", "decisions", "type"})
"""Fields of which every column counts, not the first with a value alone."""
_JOINT = "\x1f"  # between the values of several columns of one field

_LISTS = ("author_keywords", "index_keywords", "topics")
_NUMBER = re.compile(r"[0-9]{1,12}")
_MONTHS = "jan|feb|mar|apr|may|mei|jun|jul|aug|agu|ags|sep|oct|okt|nov|dec|des"
_DATE = re.compile(
    rf"[0-9]{{1,2}}[- ](?:{_MONTHS})|(?:{_MONTHS})[- ][0-9]{{2,4}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}", re.IGNORECASE
)
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]{1,15})?E\+[0-9]{1,3}", re.IGNORECASE)
_MOST_INITIALS = 4
_WITH_OWN_DOIS = frozenset({"OpenAlex"})  # where it gives none, the link may be that of the book around a chapter
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CUT = re.compile(r"[,\s]*(?:\.\.\.|…)\s*\Z")
_MARK = re.compile(r"\[(BOOK|BUKU|B|PDF|HTML|DOC|CITATION|SITASI|C)\]\s*", re.IGNORECASE)


def record_from(
    source: Source, form: TableForm, place: int, line: int, values: Values, remarks: Remarks, computed: dict[str, Any]
) -> Record:
    """Make a record of a row's values; what does not fit is noted. `computed` holds the fields known before."""
    if mend := _MENDS.get(form.name):
        mend(values, place, remarks)
    if any(map(values.__contains__, _EXCEL_BREAKS)):
        _mend_decimals(values, place, remarks)
        _tell_excel(values, place, remarks)
    if "pages" in values and "last_page" not in values and values["pages"].startswith(values.get("first_page", "")):
        values["first_page"] = values["pages"]
    authors = _authors(values, form.separators.get("authors", (";",)))
    fields: dict[str, Any] = {"authors": authors, "database": values.get("db") or form.database, **_lists(values, form)}
    if "year" in values:
        fields["year"] = year_of(place, [values["year"]], remarks)
    kinds = values.get("type", "").split(_JOINT)
    fields["type"] = next((kind for one in kinds if (kind := _type(one)) != "other"), "other")
    if fields["type"] == "book" and "doi" not in values and "book_doi" in values:
        values["doi"] = values["book_doi"]
    if "iso_abbreviation" in values and "source_abbreviation" in values:
        values["source_abbreviation"] = abbreviation_case(values["source_abbreviation"], values["iso_abbreviation"])
    retracted = values.get("retracted", "").lower() in ("true", "1", "yes")
    fields["status"] = "retracted" if retracted else status_of(values.get("title", ""), kinds)
    if author_ids := _author_ids(values, authors):
        fields["author_ids"] = author_ids
    if identifiers := tuple(
        [one for name in IDENTIFIERS if name in values if (one := _identifier(name, values[name]))]
    ):
        fields["identifiers"] = identifiers
    if "url" in values and "doi" not in values and form.database not in _WITH_OWN_DOIS:
        values["doi"] = linked_doi((values["url"],))
    record = record_of(source, place, line, values, remarks, **(fields | computed))
    raw = _raw(values, authors)
    return replace(record, raw={**record.raw, **raw}) if raw else record


def _raw(values: Values, authors: Sequence[str]) -> dict[str, str]:
    """Return what is kept as the export wrote it: mended values, and short names that differ from the full."""
    raw = {name: values[mark] for mark, name in _MENDED.items() if mark in values}
    if short := values.get("short_authors") or (values.get("authors", "") if "full_names" in values else ""):
        raw |= short_names(authors, split_list(short))
    return raw


def _lists(values: Values, form: TableForm) -> dict[str, tuple[str, ...]]:
    given = form.separators
    fields = {name: _terms(values[name], given.get(name, (";",))) for name in _LISTS if name in values}
    if "references" in values:
        fields["references"] = _references(values["references"], given.get("references", (";",)))
    if "affiliations" in values or "raw_affiliations" in values:
        fields["affiliations"] = _affiliations(values, given.get("affiliations", (";",)))
    if "editors" in values:
        fields["editors"] = authors_of(names_in(values["editors"], given.get("authors", (";",))))
    if "issn" in values or "isbn" in values:
        fields["issn"], fields["isbn"] = standard_numbers((values.get("issn", ""), values.get("isbn", "")))
    if "decisions" in values:
        fields["decisions"] = _once(one.strip() for one in values["decisions"].split(_JOINT))
    return fields


def _terms(value: str, separators: Sequence[str]) -> tuple[str, ...]:
    """Split keywords; where a form may part them by commas, a lone semicolon among commas is one of them."""
    if _JOINT in value:
        return _once(one for column in value.split(_JOINT) for one in _terms(column, separators))
    return keyword_list(value) if ";" in value and "," in separators else parts(value, separators)


def columns_joined(values: Iterable[str]) -> str:
    """Put the values of several columns of one field together, to be parted by `parts`."""
    return _JOINT.join(values)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def parts(value: str, separators: Sequence[str]) -> tuple[str, ...]:
    """Split a list at the first of the separators that it holds; columns that were joined are parted before.

    Examples
    --------
    >>> parts("city; sister city", (";", ",")), parts("kota, kembar (a, b)", (";", ","))
    (('city', 'sister city'), ('kota', 'kembar (a, b)'))
    >>> parts("['rent', 'stalls']", (";", ","))
    ('rent', 'stalls')
    """
    if _JOINT in value:
        return _once(one for column in value.split(_JOINT) for one in parts(column, separators))
    if value[:1] in OPENING and (listed := items_of_a_program(value)) is not None:
        return tuple(listed)
    separator = next((one for one in separators if one in value), separators[0])
    if separator == ";":
        return split_list(value)
    pieces = _outside_brackets(value, separator) if separator == "," and "(" in value else value.split(separator)
    return tuple([one for piece in pieces if (one := piece.strip())])


def _outside_brackets(value: str, separator: str) -> list[str]:
    pieces: list[str] = []
    depth = 0
    for piece in value.split(separator):
        if depth > 0:
            pieces[-1] += separator + piece
        else:
            pieces.append(piece)
        depth = max(depth + piece.count("(") - piece.count(")"), 0)
    return pieces


def _references(value: str, separators: Sequence[str]) -> tuple[str, ...]:
    if is_dimensions_list(value):
        return dimensions_list(value)
    return joined_halves(parts(value, separators))


def _affiliations(values: Values, separators: Sequence[str]) -> tuple[str, ...]:
    if "raw_affiliations" in values:  # Dimensions: `Sari, Dewi (Univ A, City, Indonesia; Univ B); Lee, Bora (…)`
        return _once(one for inner in _in_brackets(values["raw_affiliations"]) for one in split_list(inner))
    value = values["affiliations"]
    if value.startswith("[") and "]" in value:  # Web of Science: `[Sari, D.; Lee, B.] Univ A, …; [Lee, B.] Univ B, …`
        return tuple([one for at, piece in enumerate(value.split("; [")) if (one := ("[" * (at > 0) + piece).strip())])
    if value.startswith("(") and ") " in value:  # Embase: `(Sari D.; Lee B.) Univ A, …. , (Lee B.) Univ B, …`
        return _once(piece.partition(") ")[2].strip() for piece in value.split(" , ("))
    affiliations = parts(value, separators)
    countries = split_list(values.get("countries", ""))
    if countries and len(countries) == len(affiliations):
        return _once(f"{name}, {country}" for name, country in zip(affiliations, countries, strict=True))
    return _once(affiliations)


def _in_brackets(value: str) -> Iterable[str]:
    depth, begins = 0, 0
    for match in re.finditer(r"[()]", value):
        if match[0] == "(":
            depth += 1
            begins = match.end() if depth == 1 else begins
        elif depth:
            depth -= 1
            if not depth:
                yield value[begins : match.start()]


def _authors(values: Values, separators: Sequence[str]) -> tuple[str, ...]:
    """Return the full names where there is one for each author, else the short ones."""
    short = values.get("authors", "")
    full = values.get("full_names", "")
    if not full:
        return (authors_of(names_in(short, separators)) if short else ()) or _groups(values)
    names = split_list(short)
    full_names = [name.rpartition(" (")[0] if name.endswith(")") else name for name in split_list(full)]
    return authors_of(full_names if len(full_names) >= len(names) else names)


def _groups(values: Values) -> tuple[str, ...]:
    return authors_of(map(as_body, split_list(values.get("group_authors", ""))))


def _author_ids(values: Values, authors: Sequence[str]) -> tuple[str, ...]:
    """Return an id for each author, where the export gives as many as there are authors, or names them."""
    if "scopus_ids" in values:
        ids = [f"scopus:{one}" for one in split_list(values["scopus_ids"]) if one.isdigit()]
    elif "openalex_ids" in values:
        ids = [f"openalex:{one.rpartition('/')[2]}" for one in values["openalex_ids"].split("|")]
    elif "orcids_by_name" in values:
        by_name = dict(one.rpartition("/")[::2] for one in split_list(values["orcids_by_name"]) if "/" in one)
        orcids = {bare(name): orcid for name, orcid in by_name.items()}
        ids = [f"orcid:{orcids[bare(name)]}" if bare(name) in orcids else "" for name in authors]
    else:
        return ()
    return tuple(ids) if len(ids) == len(authors) and any(ids) else ()


def _identifier(name: str, value: str) -> str:
    if name in ("pmid", "pmcid"):
        match = _NUMBER.search(value)
        return f"{name}:{'PMC' if name == 'pmcid' else ''}{match[0]}" if match else ""
    if name == "openalex":
        value = value.rpartition("/")[2]
    elif name == "embase":
        value = value.rpartition(" ")[2]
    elif name == "wos":
        value = value.removeprefix("WOS:")
    return f"{name}:{value}"


def _type(value: str) -> RecordType:
    return _type_of(value) if value else "other"


def _type_of(value: str) -> RecordType:
    plain = bare(_CAMEL.sub(" ", value).replace("-", " "))
    pieces = [plain, *re.split(r"\s*[;,|]\s*", plain)] if re.search("[;,|]", plain) else [plain]
    kind = type_named(value, *pieces)
    if kind:
        return kind
    return next((TABLE_TYPES[one] for one in pieces if one in TABLE_TYPES), "other")


_WHOLE = ("volume", "issue", "first_page", "last_page")
_MENDED = {f"raw:{name}": name for name in (*_WHOLE, "authors", "title")}
_SHORTENED = {
    "title": "Google Scholar shortened the title ('…'); it is kept as written",
    "source": "Google Scholar shortened the name of the source ('…'); it is kept as written",
    "abstract": "Google Scholar shortened the abstract ('…'); it is kept as written",
}
_EXCEL_BREAKS = ("first_page", "pages", "id", "pmid", "issn", "volume", "issue")


def _mend_decimals(values: Values, place: int, remarks: Remarks) -> None:
    """Take off the decimal that pandas and R give to whole numbers of a column with empty cells."""
    names = [name for name in _WHOLE if (value := values.get(name, "")).endswith(".0") and value[:-2].isdecimal()]
    for name in names:
        values[f"raw:{name}"], values[name] = values[name], values[name][:-2]
    if names:
        remarks.habit("Volumes, issues and pages written as 4.0 were read as 4", place)


def _tell_excel(values: Values, place: int, remarks: Remarks) -> None:
    """Note what a spreadsheet made of pages and long numbers: the values are gone, so that they can't be mended."""
    for name in ("first_page", "pages", "issue"):
        value = values.get(name, "")
        if value and not value.isdigit() and _DATE.fullmatch(value):
            remarks.habit(
                "The issue is a date, probably a range such as 3-12 that Excel converted; kept as written"
                if name == "issue"
                else "The pages are a date, probably a range such as 3-12 that Excel converted; kept as written",
                place,
            )
    if values.get("id") and "+" in values["id"] and values["id"] in (values.get("pmid"), values.get("embase")):
        del values["id"]  # one column in two fields is named once
    for name in ("id", "pmid", "doi", "issn"):
        if name in values and "+" in values[name] and _SCIENTIFIC.fullmatch(values[name]):
            remarks.odd(
                place,
                name.upper(),
                values.pop(name),
                expected="all digits of the number, which Excel has rounded",
                way_on="Kept without it; import the CSV as text, or export it again.",
            )


def _scholar_name(name: str) -> str:
    """Put initials behind the family name, with full stops: Google Scholar has `AB Contoh`."""
    given, _, family = name.strip().partition(" ")
    is_short = given.isalpha() and given.isupper() and len(given) <= _MOST_INITIALS and not family.isupper()
    return f"{family} {'.'.join(given)}." if family and is_short else name.strip()


def _mend_perish(values: Values, place: int, remarks: Remarks) -> None:
    authors, title = values.get("authors", ""), values.get("title", "")
    if cut := _CUT.search(authors):
        values["raw:authors"], values["authors"] = authors, authors[: cut.start()]
        remarks.habit("Google Scholar shortened the list of authors ('…'); the authors before the cut were read", place)
    elif not authors:
        remarks.habit("No author is given", place)
    if "authors" in values:
        values["authors"] = ", ".join(map(_scholar_name, values["authors"].split(",")))
    if mark := _MARK.match(title):
        values["raw:title"], values["title"] = title, title[mark.end() :]
        remarks.habit("The mark '[{mark}]' before the title was removed", place, mark=mark[1].upper())
        if mark[1].upper() in ("BOOK", "BUKU", "B"):
            values.setdefault("type", "book")
    if "year" not in values:
        remarks.habit("No year is given", place)
    for name, note in _SHORTENED.items():
        if "…" in values.get(name, "") or values.get(name, "").endswith("..."):
            remarks.habit(note, place)


def _mend_pubmed(values: Values, _place: int, _remarks: Remarks) -> None:
    values["authors"] = values.get("authors", "").removesuffix(".")
    match = re.search(r";([^;:()\s]{1,20})(?:\(([^()]{1,30})\))?:([^\s.;]{1,30})\.", values.pop("citation", "")[:1000])
    if match:
        for name, value in zip(("volume", "issue", "pages"), match.groups(), strict=True):
            if value:
                values.setdefault(name, value)


def _mend_rayyan(values: Values, _place: int, _remarks: Remarks) -> None:
    """Take Rayyan's decisions out of the notes, and links that it leaves after DOIs."""
    put_count_apart(values)
    notes = values.pop("notes", "")
    if decisions := noted_decisions([notes]):
        values["decisions"] = columns_joined(filter(None, (values.get("decisions", ""), *decisions)))
    for name in ("doi", "url"):
        if name in values:
            values[name] = re.split(r"\s", values[name], maxsplit=1)[0]


def put_count_apart(values: Values, _place: int = 0, _remarks: Remarks | None = None) -> None:
    """Take an id that only counts rows for no key: the next table has another paper under it."""
    if is_running_number(values.get("id", "")):
        values["number"] = values.pop("id")


def _mend_openalex(values: Values, _place: int, _remarks: Remarks) -> None:
    if "id" in values:
        values["id"] = values["id"].rstrip("/").rpartition("/")[2]


def _mend_eppi(values: Values, place: int, remarks: Remarks) -> None:
    for name in ("authors", "editors"):
        if name in values:
            values[name] = ";".join(families_first(place, split_list(values[name]), remarks))


def _mend_zotero(values: Values, _place: int, _remarks: Remarks) -> None:
    """Take the numbers of PubMed out of the field `Extra`, where Zotero keeps them."""
    notes = values.pop("notes", "")
    if decisions := noted_decisions([notes]):
        values["decisions"] = columns_joined(filter(None, (values.get("decisions", ""), *decisions)))
    for one in noted_ids(notes.splitlines()):
        name, _, number = one.partition(":")
        values.setdefault(name, number)


def _mend_bibliometrix(values: Values, _place: int, _remarks: Remarks) -> None:
    """Name the database as its own exports do, and distinguish Scopus's ids from those of Web of Science."""
    if "db" in values:
        values["db"] = _DATABASES.get(values["db"].casefold(), values["db"])
    if values.get("wos", "").upper().startswith("2-S2.0-"):
        values["eid"] = values.pop("wos")


def _mend_covidence(values: Values, _place: int, _remarks: Remarks) -> None:
    if values.get("id", "").startswith("#"):
        values["id"] = f"covidence-{values['id'][1:]}"


_DATABASES = {"isi": WEB_OF_SCIENCE, "wos": WEB_OF_SCIENCE, "scopus": "Scopus", "pubmed": "PubMed", "lens": "Lens"}
_MENDS: Mapping[str, Mend] = {
    "Publish or Perish CSV": _mend_perish,
    "PubMed CSV": _mend_pubmed,
    "Europe PMC CSV": _mend_pubmed,
    "Embase CSV": mend_embase,
    "Rayyan CSV": _mend_rayyan,
    "Covidence CSV": _mend_covidence,
    "bibliometrix table": _mend_bibliometrix,
    "Zotero CSV": _mend_zotero,
    "EPPI-Reviewer table": _mend_eppi,
    "OpenAlex CSV": _mend_openalex,
    "Garuda CSV": put_count_apart,
    "SINTA CSV": put_count_apart,
    "reference manager table": put_count_apart,
}
"""What single tools do to their values, undone."""
