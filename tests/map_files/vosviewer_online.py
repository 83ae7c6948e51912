"""VOSviewer Online's rules for a file, restated: what it would say of one."""

from __future__ import annotations

import json
import math
import re
from typing import Any

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def of_json(text: str) -> str:
    """Return what is wrong with a JSON file; nothing where it opens."""
    body = json.loads(text)["network"]
    items = []
    for item in body["items"]:
        rest = {key: value for key, value in item.items() if key not in {"weights", "scores"}}
        rest |= {f"weight<{name}>": value for name, value in item.get("weights", {}).items()}
        rest |= {f"score<{name}>": value for name, value in item.get("scores", {}).items()}
        items.append({key: _value(value) for key, value in rest.items()})
    names = dict.fromkeys(name for item in items for name in item)
    filled = [{name: item.get(name) for name in names} for item in items]
    links = [(link["source_id"], link["target_id"], link.get("strength", 1)) for link in body["links"]]
    return _of_items(filled) or _of_links(links, {_key(item["id"]) for item in filled})


def of_text(map_text: str, network_text: str) -> str:
    """Return what is wrong with a map file and its network file, both with tabs; nothing where they open."""
    header, *rows = [line.split("\t") for line in map_text.splitlines()]
    if any(len(row) != len(header) for row in rows):
        return "number of columns"
    items = [{name: _value(field) for name, field in zip(header, row, strict=True)} for row in rows]
    links = [[_value(field) for field in line.split("\t")] for line in network_text.splitlines()]
    if any(len(link) not in (2, 3) or len(link) != len(links[0]) for link in links):
        return "number of columns of links"
    return _of_items(items) or _of_links([tuple(link) for link in links], {_key(item["id"]) for item in items})


def _of_items(items: list[dict[str, Any]]) -> str:
    ids = [item.get("id") for item in items]
    placed = "x" in items[0]
    rules = {
        "three items": len(items) >= 3,
        "ids": None not in ids and "" not in ids and len(set(map(_key, ids))) == len(ids),
        "places": not placed or all(_is_number(item["x"]) and _is_number(item["y"]) for item in items),
        "one point": not placed or len({(item["x"], item["y"]) for item in items}) > 1,
        "weights": all(_is_number(v) and v >= 0 for item in items for name, v in item.items() if "eight" in name),
        "scores": all(v is None or _is_number(v) for item in items for name, v in item.items() if "core" in name),
        "clusters": all(
            c is None or (_is_number(c) and c == int(c) and 1 <= c <= 1000) for c in (i.get("cluster") for i in items)
        ),
    }
    return ", ".join(rule for rule, holds in rules.items() if not holds)


def _of_links(links: list[tuple[Any, ...]], ids: set[str]) -> str:
    if any(not one or not other or _key(one) not in ids or _key(other) not in ids for one, other, *_ in links):
        return "ends of links"
    return "strengths" if any(rest and rest[0] < 0 for *_, rest in ((0, link[2:]) for link in links)) else ""


def _value(value: Any) -> Any:
    """Return a value as JavaScript takes it: text that is a number is one."""
    bare = value.strip() if isinstance(value, str) else None
    if bare is None:
        return value
    if bare.lower() in {"", "null", "nan"}:
        return None
    return float(bare) if _NUMBER.fullmatch(bare) else value


def _key(value: Any) -> str:
    """Return the name that an id has as a key."""
    number = float(value) if _is_number(value) else None
    return str(int(number)) if number is not None and number.is_integer() else str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
