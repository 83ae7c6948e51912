"""What CSL-JSON and Crossref share: names, dates, ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benang.readers.author_lists import people_in
from benang.readers.author_names import whole_name
from benang.readers.json_exports import Item, items_of, text_of, texts_of
from benang.readers.marked_bodies import MARK, as_one_piece
from benang.readers.openalex import orcid_in, short_id
from benang.readers.values import tidy


def name_of(person: Item) -> str:
    """Return a name as `Family, Given`; a body or a mononym as it stands.

    Examples
    --------
    >>> name_of({"family": "Eck", "given": "Nees Jan", "non-dropping-particle": "van"}), name_of({"literal": "Sukarno"})
    ('van Eck, Nees Jan', 'Sukarno')
    """
    whole = text_of(person.get("literal")) or text_of(person.get("name"))
    if whole:
        return tidy(whole)
    particle, family = text_of(person.get("non-dropping-particle")), text_of(person.get("family"))
    given = [text_of(person.get("given")), text_of(person.get("dropping-particle"))]
    parts = (f"{particle} {family}".strip(), " ".join(filter(None, given)), text_of(person.get("suffix")))
    return tidy(", ".join(filter(None, parts)))


def people_of(value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names, those of bodies with their marks, and, where anybody has one, ORCIDs beside them."""
    named = []
    for person in items_of(value):
        is_whole = bool(text_of(person.get("literal")) or text_of(person.get("name")))
        written = as_one_piece(name_of(person)) if is_whole else name_of(person)
        names = [name for one in people_in(written) if (name := one if one[:1] == MARK else whole_name(one))]
        orcid = orcid_in(text_of(person.get("ORCID"))) if len(names) == 1 else ""  # of a list, nobody knows whose it is
        named += [(name, orcid) for name in names]
    ids = tuple([f"orcid:{orcid}" if orcid else "" for _, orcid in named])
    return tuple([name for name, _ in named]), ids if any(ids) else ()


def affiliations_of(people: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the affiliations of people, each once, with their ROR ids where any has one."""
    found: dict[str, str] = {}
    for person in items_of(people):
        for place in items_of(person.get("affiliation")):
            name = tidy(text_of(place.get("name")))
            ids = [text_of(one.get("id")) for one in items_of(place.get("id"))]
            ror = next((short_id(one) for one in ids if "ror.org" in one), "")
            if name:
                found.setdefault(name, f"ror:{ror}" if ror else "")
    return tuple(found), tuple(found.values()) if any(found.values()) else ()


def years_in(values: Iterable[Any]) -> list[str]:
    """Return what the dates give as their year: `date-parts`, or a text.

    Examples
    --------
    >>> years_in([{"date-parts": [[2021, 3]]}, {"raw": "May 2020"}, "2019", None, {"date-parts": [[None]]}])
    ['2021', 'May 2020', '2019']
    """
    found = []
    for value in values:
        if isinstance(value, dict):
            parts = value.get("date-parts")
            first = parts[0] if isinstance(parts, list) and parts else None
            texts = texts_of(first[:1]) if isinstance(first, list) else ()
            found += [*texts, text_of(value.get("raw")), text_of(value.get("literal")), text_of(value.get("year"))]
        else:
            found.append(text_of(value))
    return [text for text in found if text]
