"""Clusters are named by items that tell them apart, and keep the names that a person gave while they are the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benang.maps.cluster_labels import LostLabel, kept_labels, lost_note, propose_labels
from benang.network.network import Network, symmetric


def network(names: tuple[str, ...], links: list[tuple[int, int, float]], weights: list[float] | None = None) -> Network:
    """Make a network from links by place."""
    ends = ([a for a, _, _ in links], [b for _, b, _ in links], [strength for *_, strength in links])
    sizes = {} if weights is None else {"Occurrences": np.array(weights)}
    return Network(names, names, symmetric(len(names), *ends), sizes)


def test_an_item_with_links_elsewhere_names_nothing() -> None:
    """'study' occurs 10 times with 2 of 10 links inside (2); 'trade' 6 times, 'port' 4, all inside."""
    toy = network(
        ("study", "trade", "port", "clan", "kin"),
        [(0, 1, 2), (1, 2, 6), (0, 3, 4), (0, 4, 4), (3, 4, 9)],
        [10, 6, 4, 5, 3],
    )
    assert propose_labels(toy, [1, 1, 1, 2, 2]) == {1: "trade, port", 2: "clan, kin"}
    assert propose_labels(toy, [1, 1, 1, 2, 2], words=1) == {1: "trade", 2: "clan"}


def test_a_label_that_holds_another_comes_last() -> None:
    """'trade policy' says 'trade' again; the third item is named instead, unless there is none."""
    toy = network(("trade", "trade policy", "port"), [(0, 1, 1), (1, 2, 1), (0, 2, 1)], [9, 8, 2])
    assert propose_labels(toy, [1, 1, 1]) == {1: "trade, port"}
    assert propose_labels(toy, [1, 1, 2]) == {1: "trade, trade policy", 2: "port"}


def test_names_with_commas_are_parted_by_semicolons() -> None:
    """Authors have their own."""
    toy = network(("Sari, D.", "Wibowo, A."), [(0, 1, 1)])
    assert propose_labels(toy, [1, 1]) == {1: "Sari, D.; Wibowo, A."}


def test_no_two_clusters_have_one_name() -> None:
    """Where the heaviest authors of two clusters share a name, the next ones are named too."""
    authors = Network(
        tuple("abcd"), ("Wang, Y.", "Sari, D.", "Wang, Y.", "Lee, K."), symmetric(4, [0, 2], [1, 3], [2.0, 2.0])
    )
    authors = replace(authors, weights={"Documents": np.array([9.0, 1, 8, 1])})

    assert propose_labels(authors, [1, 1, 2, 2], words=1) == {1: "Wang, Y.; Sari, D.", 2: "Wang, Y.; Lee, K."}


def test_without_a_count_the_links_weigh() -> None:
    """Total link strength stands in; items without a cluster name none, and equal ones go by the alphabet."""
    toy = network(("b", "a", "c", "d"), [(0, 1, 5), (2, 3, 9)])
    assert propose_labels(toy, [1, 1, 0, 0]) == {1: "a, b"}


def test_a_name_is_kept_while_most_of_both_is_shared() -> None:
    """Four of five items in both, one new: 4 / 6 is above one half."""
    kept = kept_labels({"trade": "abcde"}, [2, 2, 2, 2, 2, 1], list("abcdxe"))
    assert kept.labels == {2: "trade"}
    assert kept.lost == ()


def test_a_name_is_lost_where_the_cluster_is_another() -> None:
    """3 of 6 is not above one half; the answer says which cluster is most like it. One with no item left has none."""
    kept = kept_labels({"trade": "abcd", "kinship": "yz"}, [1, 1, 1, 1, 1, 2], list("abcpqd"))
    assert kept.labels == {}
    assert [(one.label, one.cluster, one.overlap) for one in kept.lost] == [("trade", 1, 0.5), ("kinship", 0, 0.0)]
    assert [str(one) for one in kept.lost] == [
        "'trade': the cluster most like it, 1, shares 50% of its items with it.",
        "'kinship': none of its items is in a cluster any more.",
    ]


def test_what_a_map_file_says_of_lost_names_is_shown_in_indonesian() -> None:
    """The file has English sentences, also of names with quotes and braces; what is none of them stays as it is."""
    lost = (LostLabel("the 'old': {town}", 1, 0.5), LostLabel("kinship", 0, 0.0))

    assert [lost_note(str(one)).in_language("id") for one in lost] == [
        "'the 'old': {town}': klaster yang paling mirip, 1, memiliki 50% item yang sama dengannya.",
        "'kinship': tidak satu pun itemnya masih ada dalam klaster.",
    ]
    assert lost_note("harbours {x}").in_language("id") == "harbours {x}"


def test_two_names_never_share_a_cluster() -> None:
    """Also below one half, where two could: the more alike gets it."""
    kept = kept_labels({"one": "ab", "two": "cde"}, [1] * 5, list("abcde"), least_overlap=0.1)
    assert kept.labels == {1: "two"}
    assert [one.label for one in kept.lost] == ["one"]


def test_a_name_goes_to_the_larger_part_of_a_cluster_that_parted() -> None:
    """Of five, four went one way: 4 / 5."""
    kept = kept_labels({"trade": "abcde"}, [1, 1, 1, 1, 2], list("abcde"))
    assert kept.labels == {1: "trade"}


def test_another_number_of_items_is_no_partition() -> None:
    """There must be one id for each cluster number."""
    with pytest.raises(ValueError, match="zip"):
        kept_labels({"trade": "a"}, [1, 1], ["a"])
