"""Several maps on one page, such as a report: what they have in common is in the page once.

The names are those of `SharedData` and `SharingData` in `ui/viewer/model.ts`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from benang.locale import translator
from benang.viewer.data import Json

MOST_ABSTRACTS = 3_000_000
"""Letters of all abstracts together: where there are more, the page has none."""


def shared_pages(pages: Sequence[Json]) -> tuple[Json, list[Json]]:
    """Return what the maps of one page have in common, and each without that.

    A record that two maps give alike is included once; each map has the places of its records (`recordsAt`).

    Examples
    --------
    >>> one = {"words": {}, "looks": {}, "notes": [], "records": {"key": ["a", "b"], "passages": {"1": ["p"]}}}
    >>> other = {**one, "records": {"key": ["b", "a"], "passages": {"0": ["p"]}}}
    >>> shared, [_, second] = shared_pages([one, other])
    >>> shared["records"], second
    ({'key': ['a', 'b'], 'passages': {'1': ['p']}}, {'notes': [], 'records': None, 'recordsAt': [1, 0]})
    """
    words: dict[str, str] = {}
    looks = pages[0]["looks"] if pages else {}
    rows: dict[str, Json] = {}
    places: dict[str, int] = {}
    own_pages = []
    for page in pages:
        words |= page["words"]
        texts = [json.dumps(row, sort_keys=True) for row in _rows(page["records"])]
        rows |= zip(texts, _rows(page["records"]), strict=True)
        at = [places.setdefault(text, len(places)) for text in texts]
        own = {name: value for name, value in page.items() if name != "words" and (name, value) != ("looks", looks)}
        own_pages.append({**own, "records": None, "recordsAt": None if page["records"] is None else at})
    records = _columns(list(rows.values()))
    if records and sum(map(len, records.get("abstract", ()))) > MOST_ABSTRACTS:
        records["abstract"] = [""] * len(rows)
        own_pages = [_without_abstracts(page) for page in own_pages]
    return {"words": words, "looks": looks, "records": records}, own_pages


def _without_abstracts(page: Json) -> Json:
    _ = translator(page["language"])
    note = _("Abstracts are left out: those of all records would make the page slow to open.")
    return page if page["recordsAt"] is None else {**page, "notes": [*page["notes"], note]}


def _rows(records: Json | None) -> list[Json]:
    """Return records one by one, each with its passages."""
    if records is None:
        return []
    columns = {name: values for name, values in records.items() if name != "passages"}
    each = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [{**row, "passages": records["passages"].get(str(place), [])} for place, row in enumerate(each)]


def _columns(rows: Sequence[Json]) -> Json | None:
    if not rows:
        return None
    passages = {str(place): row["passages"] for place, row in enumerate(rows) if row["passages"]}
    return {**{name: [row[name] for row in rows] for name in rows[0] if name != "passages"}, "passages": passages}
