"""What a map tells of its making: the key `benang` of its JSON, drawn from the steps that its network carries."""

from __future__ import annotations

from collections.abc import Mapping

from benang.maps.map import Map
from benang.network.network import Network
from benang.provenance import Step, version

FORMAT = 1
"""The format of the `benang` key that this version writes, and the newest that it reads."""

_READ = ("found", "read", "set_aside", "records", "records_without_items")


def map_provenance(
    network: Network,
    *,
    layout: Mapping[str, object],
    clustering: Mapping[str, object],
    normalization: str = "association-strength",
) -> dict[str, object]:
    """Return what stands under `benang`: the network's steps under names of their own, layout and clustering.

    `corpus` and `thesaurus` are there where the network was made from records, `records` (the ids of what items
    occur in) where it can name them. `history` holds every step with its arguments and counts.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> network = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [3.0]), item_kind="authors",
    ...                   history=(Step("threshold", {"min_occurrences": 2}, {"items": 5, "kept": 2}),))
    >>> map_provenance(network, layout={"attraction": 2}, clustering={"resolution": 1.0})["thresholds"]
    {'min_occurrences': 2, 'items': 5, 'kept': 2}
    """
    steps = {step.name: step for step in network.history}
    key: dict[str, object] = {
        "format": FORMAT,
        "version": version(),
        "items": network.item_kind,
        "links": network.link_kind,
        "unit": network.unit,
        "counting": _argument(steps, "links", "counting"),
        "normalization": normalization.replace("-", " "),
        "corpus": _corpus(steps.get("items")),
        "thresholds": _thresholds(steps),
        "thesaurus": _thesaurus(steps.get("items")),
        "references": dict(steps["references"].arguments) if "references" in steps else {},
        "terms": _terms(steps),
        "components": _all(steps.get("components")),
        "layout": dict(layout),
        "clustering": dict(clustering),
        "records": list(network.records),
        "history": [step.as_json() for step in network.history],
    }
    return {name: value for name, value in key.items() if value not in (None, {}, [])}


def own_key(made: Map) -> dict[str, object] | None:
    """Return what stands under `benang`; None for a map made elsewhere, of which nothing is known."""
    network = made.network
    if not made.provenance and network.incidence is None and not network.history:
        return None
    known = {"items": network.item_kind, "links": network.link_kind, "unit": network.unit}
    key: dict[str, object] = {"format": FORMAT, "version": version(), **known, **made.provenance}
    if network.incidence is not None:
        key["records"] = list(network.records)
    if network.history:
        key["history"] = [step.as_json() for step in network.history]
    return key


def _argument(steps: Mapping[str, Step], name: str, argument: str) -> object:
    return steps[name].arguments.get(argument) if name in steps else None


def _all(step: Step | None) -> dict[str, object]:
    return {**step.arguments, **step.counts} if step else {}


def _corpus(step: Step | None) -> dict[str, object]:
    """Tell of the records found, read and set aside, and of fields that no database printed, with their origin."""
    if step is None:
        return {}
    origins: dict[str, str] = {}
    pairs = step.arguments.get("origins")
    for pair in pairs if isinstance(pairs, (tuple, list)) else ():
        if isinstance(pair, (tuple, list)) and len(pair) == 2:
            field, origin = str(pair[0]), str(pair[1])
            origins[field] = f"{origins[field]}, {origin}" if field in origins else origin
    counts: dict[str, object] = {name: step.counts[name] for name in _READ if name in step.counts}
    return {**counts, "origins": origins}


def _thresholds(steps: Mapping[str, Step]) -> dict[str, object]:
    """Tell of whatever left items out, and how many met the minimum of occurrences."""
    chosen = {
        "top": _argument(steps, "top", "top"),
        "max_words": _argument(steps, "phrases", "max_words"),
        "components": _argument(steps, "components", "keep"),
    }
    return _all(steps.get("threshold")) | {name: value for name, value in chosen.items() if value is not None}


def _terms(steps: Mapping[str, Step]) -> dict[str, object]:
    """Tell how terms of titles and abstracts were found, counted and chosen; nothing of phrases of titles alone."""
    if "relevance" not in steps:
        return {}
    found = steps["phrases"].arguments if "phrases" in steps else {}
    told = {name: found[name] for name in ("fields", "method", "counting_method") if name in found}
    return {**told, "share": steps["relevance"].arguments.get("share")}


def _thesaurus(step: Step | None) -> dict[str, object]:
    if step is None or step.arguments.get("thesaurus") is None:
        return {}
    unmatched = step.arguments.get("thesaurus_unmatched")
    return {
        "file": step.arguments["thesaurus"],
        "sha256": step.arguments.get("thesaurus_sha256"),
        "dropped": step.counts.get("dropped_by_thesaurus", 0),
        **({"unmatched": unmatched} if unmatched else {}),
    }
