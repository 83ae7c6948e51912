"""A network as tables of plain columns, and back: what frames and graphs of other libraries have in common.

`items`: `id`, `label`, `weight<…>` and `score<…>` (VOSviewer's names of such columns), and a column for each attribute.
`links`: `source`, `target` (ids), `strength`, and a column for each attribute of links. `records` (`id`, `label`) and
`occurrences` (`record`, `item`, `value`) say what occurs in what; `cited` (`id`, `label`) and `citations` (`cited`,
`record`, `value`) what these records cite. `about` gives kinds, history, and what is in no column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from benang.errors import BenangError, Problem, first_problems
from benang.locale.writing import worded
from benang.network import network_settings, settings_json
from benang.network.network import CSR, LINK_WEIGHTS, Cited, Floats, Network, pairs, symmetric, with_link_weights
from benang.records.frame_tables import ABOUT, Column, Table, Tables, about_table, made_about, steps_of, steps_told

PLACED = ("x", "y", "cluster")
"""Columns of the items of a map, not of a network."""
_FIXED = frozenset({"id", "label", "name", "source", "target", "strength", "weight", *PLACED})
_NAMED = re.compile(r"(weight|score|attribute)<(.*)>", re.DOTALL)

LinkAttributes = Mapping[tuple[str, str], Mapping[str, object]]


@dataclass(frozen=True)
class Account:
    """What became of the edges of a graph: how many were given, and how many are no link of their own."""

    edges: int
    self_links: int
    without_strength: int
    repeated: int


def column_of(attribute: str) -> str:
    """Return the column of an attribute: its name, marked where that means something else.

    Examples
    --------
    >>> column_of("url"), column_of("x"), column_of("score<age>")
    ('url', 'attribute<x>', 'attribute<score<age>>')
    """
    return f"attribute<{attribute}>" if attribute in _FIXED or _NAMED.fullmatch(attribute) else attribute


def attribute_of(column: str) -> str:
    """Return the attribute in a column."""
    match = _NAMED.fullmatch(column)
    return match[2] if match and match[1] == "attribute" else column


def network_tables(network: Network) -> Tables:
    """Return a network as tables; `network_of` makes an equal network of them.

    Raises
    ------
    BenangError
        Where `extras` or attributes hold what JSON can't, or a record's id is there twice.

    Examples
    --------
    >>> toy = Network(("1", "2"), ("kota", "desa"), symmetric(2, [0], [1], [3.0]), {"Documents": np.array([4.0, 5.0])})
    >>> tables = network_tables(toy)
    >>> tables["items"]["weight<Documents>"].tolist(), tables["links"]["source"], tables["links"]["strength"].tolist()
    ([4.0, 5.0], ['1'], [3.0])
    >>> network_of(tables).strength("kota", "desa")
    3.0
    """
    items: Table = {"id": list(network.ids), "label": list(network.labels)}
    items |= {f"weight<{name}>": np.asarray(values, np.float64) for name, values in network.weights.items()}
    items |= {f"score<{name}>": np.asarray(values, np.float64) for name, values in network.scores.items()}
    items |= {column_of(name): list(values) for name, values in network.attributes.items()}
    links, rest = _links(network)
    extras = {name: value for name, value in network.extras.items() if name != "link_attributes"}
    about = {
        "kind": "network",
        "items": network.item_kind,
        "links": network.link_kind,
        "unit": network.unit,
        "counts": {"items": len(network), "links": network.n_links},
        "columns": {"items": list(items), "links": list(links)},
        "history": steps_told(network.history),
        "settings": settings_json(network.settings),
        "extras": extras,
        "link_attributes": rest,
        "turned": _turned(links, network.ids),
    }
    return {"items": items, "links": links, **_evidence(network), ABOUT: about_table(about)}


def network_of(tables: Mapping[str, Table]) -> Network:
    """Make a network of tables; what a table or `about` doesn't say is empty.

    Links that are given twice add up, self-links are left out. Where items or links were left out since the tables were
    made, or nobody counted, `Links` and `Total link strength` are computed.

    Raises
    ------
    BenangError
        For an id that lacks or is there twice, a link to an unknown item, a strength that is negative or no number,
        and weights and scores that are no numbers: all problems together.
    """
    return accounted(tables)[0]


def accounted(tables: Mapping[str, Table]) -> tuple[Network, Account]:
    """Make a network of tables, as `network_of`, with the account of the edges."""
    problems: list[Problem] = []
    about = made_about(tables.get(ABOUT, {}))
    items = _completed(tables.get("items", {}), about, "items")
    ids = _ids(items.get("id", ()), problems)
    weights = {name: _floats(items[f"weight<{name}>"], f"weight<{name}>", problems) for name in _named(items, "weight")}
    scores = {name: _floats(items[f"score<{name}>"], f"score<{name}>", problems) for name in _named(items, "score")}
    links, account, link_attributes = _read_links(tables.get("links", {}), ids, problems)
    extras, history = dict(about.get("extras", {})), steps_of(about.get("history", ()))
    link_attributes = _as_written(link_attributes, ids, about["turned"]) if "turned" in about else link_attributes
    link_attributes |= {(one, other): rest for one, other, rest in about.get("link_attributes", ())}
    network = Network(
        ids=ids,
        labels=tuple(
            name if label is None else str(label) for name, label in zip(ids, items.get("label", ids), strict=True)
        ),
        links=links,
        weights=weights,
        scores=scores,
        attributes=_attributes(items, is_map=about.get("kind") == "map"),
        unit=about.get("unit", "records"),
        item_kind=about.get("items", "items"),
        link_kind=about.get("links", "links"),
        history=history,
        settings=network_settings(about.get("settings", {}), history),
        extras={**extras, "link_attributes": link_attributes} if link_attributes else extras,
    )
    network = _with_evidence(network, tables)
    return (network if _is_counted(network, about) else with_link_weights(network)), account


def refuse(problems: Sequence[Problem]) -> None:
    """Raise all problems together, the first spelt out; nothing where there are none."""
    if problems:
        raise BenangError(*first_problems(problems))


def _links(network: Network) -> tuple[Table, list[list[object]]]:
    """Return the links as a table, and the attributes of links that fit into no row of it."""
    given = network.extras.get("link_attributes")
    by_ends: LinkAttributes = given if isinstance(given, Mapping) else {}
    rows: list[tuple[str, str, float]] = []
    placed: dict[tuple[str, str], int] = {}
    for i, j, strength in pairs(network.links):
        ends = (network.ids[i], network.ids[j])
        if ends not in by_ends and ends[::-1] in by_ends:
            ends = ends[::-1]
        placed[ends] = len(rows)
        rows.append((*ends, strength))
    table: Table = {
        "source": [one for one, _, _ in rows],
        "target": [other for _, other, _ in rows],
        "strength": np.array([strength for _, _, strength in rows], np.float64),
    }
    rest: list[list[object]] = []
    columns: dict[str, list[object]] = {}
    for ends, attributes in by_ends.items():
        if ends not in placed or None in attributes.values():
            rest.append([*ends, dict(attributes)])
            continue
        for name, value in attributes.items():
            columns.setdefault(column_of(name), [None] * len(rows))[placed[ends]] = value
    return {**table, **columns}, rest


def _turned(links: Table, ids: Sequence[str]) -> list[list[str]]:
    """List the links that are written from a later item to an earlier: a graph without directions forgets it."""
    place = {name: i for i, name in enumerate(ids)}
    ends = zip(links["source"], links["target"], strict=True)
    return [[one, other] for one, other in ends if place[one] > place[other]]


def _as_written(
    attributes: Mapping[tuple[str, str], dict[str, object]], ids: Sequence[str], turned: Sequence[Sequence[str]]
) -> dict[tuple[str, str], dict[str, object]]:
    """Name the ends of each link in the order in which they were written."""
    place = {name: i for i, name in enumerate(ids)}
    backwards = {(one, other) for one, other in turned}
    ordered = {tuple(sorted(ends, key=place.__getitem__)): rest for ends, rest in attributes.items()}
    return {((b, a) if (b, a) in backwards else (a, b)): rest for (a, b), rest in ordered.items()}


def _evidence(network: Network) -> Tables:
    tables: Tables = {}
    if network.records or network.incidence is not None:
        labels = network.record_labels or [None] * len(network.records)
        tables["records"] = {"id": _once(network.records, "record"), "label": list(labels)}
    if network.incidence is not None:
        at = sparse.coo_array(network.incidence)
        tables["occurrences"] = {
            "record": [network.records[i] for i in at.row],
            "item": [network.ids[i] for i in at.col],
            "value": at.data,
        }
    if network.cited is not None:
        cited, at = network.cited, sparse.coo_array(network.cited.matrix)
        tables["cited"] = {"id": _once(cited.ids, "cited work"), "label": list(cited.labels)}
        tables["citations"] = {
            "cited": [cited.ids[i] for i in at.row],
            "record": [network.records[i] for i in at.col],
            "value": at.data,
        }
    return tables


def _once(ids: Sequence[str], what: str) -> list[str]:
    twice = [name for name, n in Counter(ids).items() if n > 1]
    if twice:
        raise BenangError(
            Problem(
                worded("the {what} '{name}' twice", what=what, name=twice[0]),
                where="network",
                expected=worded("an id for each {what}", what=what),
            )
        )
    return list(ids)


def _with_evidence(network: Network, tables: Mapping[str, Table]) -> Network:
    """Put back what occurs in what, and what is cited; rows of items that were left out since are left out."""
    if "records" not in tables:
        return network
    records = tuple(tables["records"]["id"])
    labels = tuple(tables["records"].get("label", ()))
    known = all(label is not None for label in labels)
    network = replace(network, records=records, record_labels=labels if known else ())
    if "occurrences" in tables:
        matrix = _matrix(tables["occurrences"], ("record", records), ("item", network.ids))
        network = replace(network, incidence=matrix)
    if "cited" in tables:
        ids = tuple(tables["cited"]["id"])
        matrix = _matrix(tables["citations"], ("cited", ids), ("record", records))
        network = replace(network, cited=Cited(ids, tuple(tables["cited"]["label"]), matrix))
    return network


def _matrix(table: Table, rows: tuple[str, Sequence[str]], columns: tuple[str, Sequence[str]]) -> CSR:
    row_at, column_at = ({name: i for i, name in enumerate(names)} for _, names in (rows, columns))
    entries = [
        (row_at[one], column_at[other], value)
        for one, other, value in zip(table[rows[0]], table[columns[0]], table["value"], strict=True)
        if one in row_at and other in column_at
    ]
    row, column, data = (np.array([entry[k] for entry in entries]) for k in range(3)) if entries else ([], [], [])
    at = np.asarray(row, np.int64), np.asarray(column, np.int64)
    matrix = sparse.csr_array((np.asarray(data, np.float64), at), shape=(len(row_at), len(column_at)))
    matrix.sort_indices()
    return matrix


def _completed(table: Table, about: Mapping[str, Any], name: str) -> Table:
    """Put the columns in the order in which they were; one of which no item had anything comes back empty."""
    known = about.get("columns", {}).get(name, ())
    n = len(next(iter(table.values()), ()))
    first = {column: table.get(column, [None] * n) for column in known}
    return {**first, **{column: values for column, values in table.items() if column not in first}}


def _ids(values: Column, problems: list[Problem]) -> tuple[str, ...]:
    ids = tuple("" if value is None else str(value) for value in values)
    problems.extend(
        Problem(
            worded("the id '{name}' {n} times", name=name, n=n) if name else "an item without an id",
            where="items",
            expected="one each",
        )
        for name, n in Counter(ids).items()
        if n > 1 or not name
    )
    return ids


def _read_links(
    table: Table, ids: tuple[str, ...], problems: list[Problem]
) -> tuple[CSR, Account, dict[tuple[str, str], dict[str, object]]]:
    index = {name: i for i, name in enumerate(ids)}
    ends = [[str(name) for name in table.get(end, ())] for end in ("source", "target")]
    strengths = _floats(table.get("strength", np.ones(len(ends[0]))), "strength", problems)
    unknown = dict.fromkeys(name for names in ends for name in names if name not in index)
    problems.extend(
        Problem(worded("a link to '{name}'", name=name), where="links", expected="the id of an item")
        for name in unknown
    )
    problems.extend(
        Problem(
            worded("the strength {strength:g}", strength=strengths[at]),
            where=worded("the link between '{one}' and '{other}'", one=ends[0][at], other=ends[1][at]),
            expected="a number of 0 or more",
        )
        for at in np.flatnonzero(~(np.isfinite(strengths) & (strengths >= 0)))
    )
    refuse(problems)
    one, other = (np.array([index[name] for name in names], np.int64) for names in ends)
    links = symmetric(len(ids), one, other, strengths)
    apart, strong = one != other, strengths > 0
    repeated = int((apart & strong).sum()) - links.nnz // 2
    account = Account(len(one), int((~apart).sum()), int((apart & ~strong).sum()), repeated)
    return links, account, _link_attributes(table, ends)


def _link_attributes(table: Table, ends: Sequence[Sequence[str]]) -> dict[tuple[str, str], dict[str, object]]:
    """Gather the attributes of links by their ends; of links given twice, the first that has one."""
    attributes: dict[tuple[str, str], dict[str, object]] = {}
    for column, values in table.items():
        if column in {"source", "target", "strength"}:
            continue
        for pair, value in zip(zip(*ends, strict=True), _listed(values), strict=True):
            if value is not None:
                turned = pair[::-1] if pair not in attributes and pair[::-1] in attributes else pair
                attributes.setdefault(turned, {}).setdefault(attribute_of(column), value)
    return attributes


def _named(items: Table, kind: str) -> list[str]:
    matches = (_NAMED.fullmatch(column) for column in items)
    return [match[2] for match in matches if match and match[1] == kind]


def _floats(values: Column, column: str, problems: list[Problem]) -> Floats:
    try:
        return np.array([np.nan if value is None else value for value in values], np.float64)
    except (TypeError, ValueError):
        wrong = next((value for value in values if isinstance(value, str | list | dict)), values)
        problems.append(Problem(repr(wrong)[:60], where=worded("column '{column}'", column=column), expected="numbers"))
        return np.zeros(len(values))


def _listed(values: Column) -> Sequence[Any]:
    """Return a column as Python's own values."""
    return values.tolist() if isinstance(values, np.ndarray) else values


def _attributes(items: Table, *, is_map: bool) -> dict[str, tuple[object, ...]]:
    left_out = {"id", "label", *(PLACED if is_map else ())}
    taken = {f"{kind}<{name}>" for kind in ("weight", "score") for name in _named(items, kind)}
    return {
        attribute_of(column): tuple(_listed(values))
        for column, values in items.items()
        if column not in left_out and column not in taken
    }


def _is_counted(network: Network, about: Mapping[str, Any]) -> bool:
    """Tell whether the weights that follow from the links are kept, or belong to other links."""
    if "counts" not in about:
        return False
    same = about["counts"] == {"items": len(network), "links": network.n_links}
    return same or not any(name in network.weights for name in LINK_WEIGHTS)
