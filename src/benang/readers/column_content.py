"""What a column holds, judged by its values: years, DOIs, names, titles, running numbers and so on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from benang.readers.identifiers import doi_in, is_doi
from benang.readers.tables import type_named
from benang.records.export_marks import is_placeholder
from benang.records.identity import is_running_number

_MOST = 0.8
"""Share of a column's values that must fit for the column to be recognised by them."""
_SOME = 0.2
"""Share below which values speak against what a header says."""
_FEWEST = 3
"""Number of values below which they don't speak against a header."""
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}(?:\.0)?")
_HAS_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])|[0-9]{8}")
_NUMBER = re.compile(r"[0-9][0-9.,]{0,14}")
_LINK = re.compile(r"https?://\S{4,}")
_ISSN = re.compile(r"[0-9]{4}-[0-9]{3}[0-9Xx]")
_RANGE = re.compile(r"[A-Za-z]{0,2}([0-9]{1,6})\s?[-–]{1,2}\s?[A-Za-z]{0,2}([0-9]{1,6})")
_PUNCTUATED = re.compile(r"[.,;]")  # without any, `Group A` would be a name
_PARTED = re.compile(r"\s*[;|]\s*")
_INITIALS = r"(?:[^\W\d_a-z]\.?[ -]?){1,4}"
_BEFORE = r"(?:[^\W\d_a-z]\.?[ -]?){0,3}[^\W\d_a-z](?:\. ?| )"
_WORD = r"[^\W\d_][^\W\d_'’-]+"
_GIVEN = rf"{_WORD}(?: [^\W\d_]+\.?){{0,2}}"
_NAME = re.compile(
    rf"[^\W\d_][^\W\d_.'’ -]*(?:[ '’-]{_WORD}){{0,3}}(?:, ?(?:{_INITIALS}|{_GIVEN})| {_INITIALS})"
    rf"|{_BEFORE}{_WORD}(?:[ -]{_WORD}){{0,2}}"
)
_JOURNAL = re.compile(
    r"\b(?:journal|review|reviews|annals|bulletin|proceedings|transactions|letters|archives|conference|jurnal|majalah|prosiding"
    r"|zeitschrift|revista|revue|rivista|tijdschrift|cahiers|boletin|anales|acta|quarterly|magazine|časopis|revija|dergisi|zhurnal)\b",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[\W_]+")
_DATABASE_NAMES = (
    "scopus webofscience wos wosc pubmed medline embase eric psycinfo cinahl googlescholar dimensions lens openalex"
    " ieee ieeexplore proquest ebsco ebscohost cochrane central doaj garuda sinta crossref semanticscholar"
    " sciencedirect acm acmdigitallibrary jstor springerlink publishorperish europepmc"
)
_DATABASES = frozenset(_DATABASE_NAMES.split())
_LONG_TEXT, _LONG_TITLE, _SHORT_TITLE = 300, 250, 10
_CLEARLY = 1.3
"""How much longer than those of any other text column the values of a title column are."""
_ALL_DIFFERENT = 0.9
_TITLE_WORDS = 3


def fits(field: str, value: str) -> bool:
    """Tell whether a value is one that a column of this field can hold, as far as its form shows.

    Examples
    --------
    >>> fits("year", "2018"), fits("authors", "Umpama, A.; Contoh, B."), fits("authors", "3"), fits("doi", "1-12")
    (True, True, False, False)
    """
    test = _AGAINST.get(field)
    return test is None or bool(test(value))


def _is_text(value: str) -> bool:
    return not _NUMBER.fullmatch(value) and any(map(str.isalpha, value))


_AGAINST: Mapping[str, Callable[[str], object]] = {
    "year": _HAS_YEAR.search,
    "doi": doi_in,
    "citations": lambda value: value.replace(",", "").replace(".0", "").isdigit(),
    "title": _is_text, "authors": _is_text, "source": _is_text, "abstract": _is_text, "author_keywords": _is_text,
    "index_keywords": _is_text, "references": _is_text, "affiliations": _is_text, "editors": _is_text,
    "topics": _is_text, "publisher": _is_text, "language": _is_text,
    "pmid": lambda value: any(map(str.isdigit, value)),
    "key": lambda value: not is_running_number(value),
}  # fmt: skip
"""What a value must be like at least; `References` with numbers counts them, and `Authors` may, too."""


def speaks_against(field: str, values: Sequence[str]) -> bool:
    """Tell whether a column's values speak against the field that its header names.

    A running number from 1 is no volume and no title; few values decide nothing.

    Examples
    --------
    >>> speaks_against("references", ["39", "12", "7"]), speaks_against("issue", ["1", "2", "3"])
    (True, True)
    >>> speaks_against("year", ["in press", "2018", "2019"])
    False
    """
    filled = [value for value in values if not is_placeholder(field, value)]
    if len(filled) < _FEWEST:
        return False
    if field in {"issue", "title", "authors", "source", "citations"} and is_running(filled):
        return True
    if field == "source" and are_databases(filled):
        return True
    return sum(fits(field, value) for value in filled) < _SOME * len(filled)


def are_databases(values: Sequence[str]) -> bool:
    """Tell whether values are names of databases, so that a column `source` says where records come from."""
    return sum(_NO_LETTERS.sub("", value.casefold()) in _DATABASES for value in values) >= _MOST * len(values)


def is_running(values: Sequence[str]) -> bool:
    """Recognise running numbers: 1, 2, 3 and so on, or 0, 1, 2."""
    if len(values) < _FEWEST or not all(value.isdecimal() and len(value) < 9 for value in values):
        return False
    first = int(values[0])
    return first in (0, 1) and [int(value) for value in values] == list(range(first, first + len(values)))


def told_by_content(columns: Sequence[Sequence[str]], free: Sequence[int]) -> dict[str, int]:
    """Return the fields of columns that no header explains, where their values leave no doubt.

    `columns` are the values of each column, without empty ones. Of two columns that could hold a field none does, but
    of titles: there one is meant whose values are clearly longer and all differ.

    Examples
    --------
    >>> columns = [["2018", "2019"], ["Umpama, A.; Contoh, B.", "Misal, E."], ["10.9999/u.1", "10.9999/u.2"]]
    >>> told_by_content(columns, range(3))
    {'doi': 2, 'year': 0, 'authors': 1}
    """
    fields: dict[str, int] = {}
    left = [at for at in free if columns[at] and not is_running(columns[at])]
    for field, test in _TELLING.items():
        fitting = [at for at in left if _share(columns[at], test) >= _MOST]
        if len(fitting) == 1 and (field != "authors" or _share(columns[fitting[0]], _PUNCTUATED.search) > _SOME):
            fields[field] = fitting[0]
        left = [at for at in left if at not in fitting]
    texts = [at for at in left if _share(columns[at], _is_titlelike) >= _MOST]
    sources = [at for at in texts if _is_of_sources(columns[at])]
    if len(sources) == 1:
        fields["source"] = sources[0]
    title = _title_among(columns, [at for at in texts if at not in sources])
    if title is not None:
        fields["title"] = title
    return fields


def _share(values: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(value)) for value in values) / len(values)


def _are_names(value: str) -> bool:
    names = _PARTED.split(value.strip(" ;|"))
    if len(names) == 1 and "," in value and "." in value and not _NAME.fullmatch(value[:200]):
        names = value.strip(" ,").split(", ")  # `Umpama A., Contoh B.C., Misal E.`
    return all(_NAME.fullmatch(one[:200]) for one in names if one)


def _are_pages(value: str) -> bool:
    match = _RANGE.fullmatch(value)
    return match is not None and (int(match[1]) <= int(match[2]) or len(match[2]) < len(match[1]))


def _are_keywords(value: str) -> bool:
    items = _PARTED.split(value)
    return len(items) > 1 and all(len(item) < 60 and len(item.split()) <= 6 for item in items)


_TELLING: Mapping[str, Callable[[str], object]] = {
    "doi": is_doi,
    "url": _LINK.fullmatch,
    "issn": lambda value: all(_ISSN.fullmatch(one) for one in re.split(r"[;,|\s]+", value) if one),
    "year": _YEAR.fullmatch,
    "pages": _are_pages,
    "type": lambda value: len(value) < 40 and type_named(value),
    "authors": _are_names,
    "abstract": lambda value: len(value) >= _LONG_TEXT and ". " in value,
    "author_keywords": _are_keywords,
}


def _is_titlelike(value: str) -> bool:
    return _SHORT_TITLE <= len(value) <= _LONG_TITLE and " " in value and _is_text(value) and not _LINK.match(value)


def _is_of_sources(values: Sequence[str]) -> bool:
    return _share(values, _JOURNAL.search) > _SOME * 2


def _title_among(columns: Sequence[Sequence[str]], places: Sequence[int]) -> int | None:
    """Return the column whose values are titles: they differ from each other, and are clearly longer than others."""
    lengths = {at: sum(map(len, columns[at])) / len(columns[at]) for at in places}
    fitting = [
        at
        for at in places
        if len(set(columns[at])) >= _ALL_DIFFERENT * len(columns[at])
        and sum(len(value.split()) for value in columns[at]) >= _TITLE_WORDS * len(columns[at])
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda at: lengths[at])
    rivals = [lengths[at] for at in places if at != best]
    return best if all(lengths[best] >= _CLEARLY * other for other in rivals) else None
