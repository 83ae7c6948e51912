"""Frameworks as views over the codes: which passages speak for an item, which against it, and who has looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benang.coding.codebook import Codebook, Stance, framework_of
from benang.coding.coded import Coded


@dataclass(frozen=True, slots=True)
class ItemReading:
    """What the passages of one case say of one item of a framework: ids of those for it and of those against it."""

    evidence: tuple[str, ...] = ()
    counter_evidence: tuple[str, ...] = ()


def codes_read(codebook: Codebook, item: str) -> Mapping[Stance, tuple[str, ...]]:
    """List the codes that read in an item (FRAMEWORK/ITEM), by stance, in the order of the codebook's readings."""
    stances: tuple[Stance, ...] = ("evidence", "counter-evidence")
    return {
        stance: tuple(
            dict.fromkeys(one.code for one in codebook.readings if one.stance == stance and item in one.items)
        )
        for stance in stances
    }


def read_item(coded: Coded, case: str, item: str) -> ItemReading:
    """Read one item of a framework in one case, on the passages that were coded there.

    A framework has no passages of its own: the codebook's readings say for which items a code counts.
    """
    codes = codes_read(coded.codebook, item)
    return ItemReading(
        evidence=tuple(one.id for one in coded.of_case(case, *codes["evidence"])),
        counter_evidence=tuple(one.id for one in coded.of_case(case, *codes["counter-evidence"])),
    )


def groups_feeding(codebook: Codebook, item: str) -> tuple[str, ...]:
    """List the groups of codes in which one must have looked before an item counts as not reported.

    They are the groups of the codes that read in the item. Where no code reads in it, they are the groups that read
    in the rest of its framework, and where none does, all groups: what no code reaches was looked for with the rest.
    """
    framework = framework_of(item)
    own = _groups(codebook, {item})
    return (
        own
        or _groups(codebook, {one for one in codebook.framework_items if framework_of(one) == framework})
        or tuple(group.id for group in codebook.groups)
    )


def has_looked(coded: Coded, case: str, item: str) -> bool:
    """Tell whether somebody has looked at a case for an item.

    A task for the framework itself decides, where there is one; else all groups that feed the item must be done.
    """
    own = coded.has_looked(case, framework_of(item))
    if own is not None:
        return own
    groups = groups_feeding(coded.codebook, item)
    return bool(groups) and all(coded.has_looked(case, group) is True for group in groups)


def _groups(codebook: Codebook, items: set[str]) -> tuple[str, ...]:
    codes = {one.code for one in codebook.readings if items.intersection(one.items)}
    groups = {code.group for code in codebook.codes if code.id in codes}
    return tuple(group.id for group in codebook.groups if group.id in groups)
