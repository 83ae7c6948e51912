"""What the readers of tagged text share: the values of tags as texts and as lists, and lists of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from benang.readers.author_lists import people_in
from benang.readers.author_names import with_marked_ends
from benang.readers.source import Remarks
from benang.readers.tagged import Fields
from benang.readers.values import authors_of, one_line, split_list
from benang.records.names import author_key

_CUT = frozenset({"...", "…", "et al", "et al.", "et. al.", "others", "and others"})


def whole(fields: Fields, tags: Sequence[str]) -> str:
    """Return the first value that is there, with all its lines."""
    for tag in tags:
        if tag in fields and (value := _first_filled(fields[tag])):
            return value
    return ""


def first_line(fields: Fields, tags: Sequence[str]) -> str:
    """Return the first line of the first value that is there."""
    value = whole(fields, tags)
    return value.partition("\n")[0].rstrip() if "\n" in value else value


def first_lines(fields: Fields, table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the first lines that a table of tags names, by the names of the table, without those that are empty."""
    values: dict[str, str] = {}
    for name, tags in table.items():
        for tag in tags:
            if tag in fields and (value := _first_filled(fields[tag])):
                values[name] = value.partition("\n")[0].rstrip() if "\n" in value else value
                break
    return values


def _first_filled(values: Sequence[str]) -> str:
    return values[0] or next(filter(None, values), "")


def wrapped(fields: Fields, *tags: str) -> list[str]:
    """Return each value of repeated tags on one line: a further line goes on with the value before it."""
    return [one_line(value) for tag in tags for value in fields.get(tag, ()) if value]


def items(fields: Fields, *tags: str) -> list[str]:
    """Return the items of repeated tags: a further line is a further item (EndNote), an indented one goes on."""
    texts: list[str] = []
    for tag in tags:
        if tag in fields:
            for value in fields[tag]:
                if "\n" in value:
                    texts.extend(_of_lines(value))
                elif value:
                    texts.append(value)
    return texts


def _of_lines(value: str) -> Iterator[str]:
    parts: list[list[str]] = [[]]
    for line in value.split("\n"):
        if parts[-1] and line and not line[0].isspace():
            parts.append([])
        if text := line.strip():
            parts[-1].append(text)
    return map(" ".join, parts)


def raw_of(fields: Fields, table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the raw values that a table of tags names, each with all its lines as one, without the empty ones."""
    return {name: one_line(value) for name, tags in table.items() if (value := whole(fields, tags))}


def once(values: Iterable[str]) -> tuple[str, ...]:
    """Return each value once, in the order of first occurrence."""
    return tuple(dict.fromkeys(values))


def people(place: int, lists: Sequence[Sequence[str]], remarks: Remarks) -> tuple[str, ...]:
    """Return the authors whom one or several tags list, each once, without the dots for further ones.

    An author whom a second tag lists again is taken once, and so is a list that one tag holds twice (IEEE Xplore
    writes so); within one list two authors may have one name. Bodies come with their marks.

    Examples
    --------
    >>> remarks = Remarks()
    >>> people(1, [["Contoh, A.", "Contoh, A."], ["Contoh A", "Misal, E."]], remarks)
    ('Contoh, A.', 'Misal, E.')
    >>> people(2, [["Wang, Y.", "Li, X.", "Wang, Y.", "..."]], remarks)
    ('Wang, Y.', 'Li, X.', 'Wang, Y.')
    >>> remarks.notes()[-1]
    "The export shortened the list of authors ('...'); the authors it names are kept (record 2)."
    """
    authors: tuple[str, ...] = ()
    cut = twice = parted = False
    for listed in map(with_marked_ends, lists):
        if any(";" in name for name in listed):
            whole_list = listed
            listed = [name for one in whole_list for name in split_list(one)]
            parted = parted or len(listed) > len(whole_list)
        while listed and (last := _uncut(listed[-1])) != listed[-1]:
            cut, listed = True, [*listed[:-1], *([last] if last else ())]
        names = authors_of(name for one in listed for name in people_in(one))
        half = len(names) // 2
        if half and names[:half] == names[half:]:
            names, twice = names[:half], True
        if authors and names:
            known = set(map(author_key, authors))
            further = tuple([name for name in names if author_key(name) not in known])
            twice = twice or len(further) < len(names)
            names = further
        authors += names
    if parted:
        remarks.habit("Authors given in one line were split at ';'", place)
    if cut:
        remarks.habit("The export shortened the list of authors ('...'); the authors it names are kept", place)
    if twice:
        remarks.habit("Authors listed twice were kept once", place)
    return authors


def _uncut(name: str) -> str:
    """Drop the mark for further authors at the end of a list."""
    if name.lower() in _CUT:
        return ""
    if name.endswith(("...", "…")):
        return name.rstrip(".… ").rstrip(",")
    return name
