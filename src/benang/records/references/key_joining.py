"""References joined by the keys they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from benang.records.references.cited import CitedReference
from benang.records.references.groups import Groups, Nodes
from benang.records.references.sameness import are_one_without_volume, parted, sources_agree


def members_by_key(keys: Iterable[Sequence[str]], is_of: Callable[[str], bool]) -> Mapping[str, list[int]]:
    """Return who shares a key, for the keys that several have; in the order of the keys.

    Examples
    --------
    >>> members_by_key([("doi:b", "work:x"), ("work:x",), ("doi:b",)], lambda key: key.startswith("doi:"))
    {'doi:b': [0, 2]}
    """
    held: dict[str, list[int]] = {}
    for node, own in enumerate(keys):
        for key in own:
            if is_of(key):
                held.setdefault(key, []).append(node)
    return {key: held[key] for key in sorted(held) if len(held[key]) > 1}


def grouped_by_keys(keys: Sequence[Sequence[str]], references: Sequence[CitedReference]) -> Groups:
    """Join references by their keys: DOIs first, then other identifiers, then VOSviewer's key, then the same text.

    Author, year, volume and page decide against two different DOIs, of which one is then a slip or a second one of the
    work, where the sources agree. Keys without a volume join those only that are one by their sources, titles and
    numbers, too.

    A reference for which a database gives several DOIs is not sure of its own. It goes to the work that has one of
    them and its own key, else to the first that has one of them.
    """
    dois = [[key for key in own if key.startswith("doi:")] for own in keys]
    groups = Groups.of([own[0] if len(own) == 1 else "" for own in dois])
    for members in members_by_key(keys, lambda key: key.startswith("doi:")).values():
        sure = [node for node in members if len(dois[node]) == 1]
        groups.join_all(sure, "doi")
    _join_unsure(groups, keys, dois)
    for members in members_by_key(keys, lambda key: not key.startswith(("doi:", "work:", "text:"))).values():
        groups.join_all(members, "identifier")
    for key, members in members_by_key(keys, lambda key: key.startswith("work:")).items():
        _join_by_key(groups, key, members, references, dois)
    for members in members_by_key(keys, lambda key: key.startswith("text:")).values():
        groups.join_all(members, "text")
    return groups


def _join_by_key(
    groups: Groups,
    key: str,
    members: Nodes,
    references: Sequence[CitedReference],
    dois: Sequence[Sequence[str]],
) -> None:
    _, year, volume, *_ = key.removeprefix("work:").split("|")
    if not volume:
        for one_work in parted(members, references, are_one_without_volume):
            groups.join_all(one_work, "key")
    elif volume == year:  # as journals number that have no volumes, so that it tells nothing
        for one_work in parted(members, references, sources_agree):
            groups.join_all(one_work, "key")
    else:
        _join_across_dois(groups, [node for node in members if dois[node]], references)
        groups.join_all(members, "key")


def _join_across_dois(groups: Groups, members: Nodes, references: Sequence[CitedReference]) -> None:
    """Join what has another DOI each, but the same author, year, volume and page, and a source that agrees.

    They tell both themselves: a reference that has its DOI from others would chain two works.
    """
    for other in members[1:]:
        if sources_agree(references[members[0]], references[other]):
            groups.join(members[0], other, despite_dois=True)


def _join_unsure(groups: Groups, keys: Sequence[Sequence[str]], dois: Sequence[Sequence[str]]) -> None:
    first = {doi: node for node in range(len(keys) - 1, -1, -1) for doi in dois[node] if len(dois[node]) == 1}
    works: dict[tuple[str, str], bool] = {}
    if all(len(own) < 2 for own in dois):
        return
    for node, own in enumerate(keys):
        if len(dois[node]) == 1:
            works |= {(dois[node][0], key): True for key in own if key.startswith("work:")}
    for node, given in enumerate(dois):
        if len(given) < 2:
            continue
        held = [doi for doi in given if any((doi, key) in works for key in keys[node])] or list(given)
        chosen = next((doi for doi in held if doi in first), held[0])
        groups.doi[node] = chosen
        anchor = first.setdefault(chosen, node)
        if groups.join(anchor, node) and anchor != node:
            groups.how.setdefault(anchor, "doi")
            groups.how.setdefault(node, "doi")
