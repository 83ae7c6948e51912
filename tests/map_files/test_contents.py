"""Items in one file and links in another are read as one map only where they belong together."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from benang.errors import BenangError
from benang.map_files import read_contents, write_map
from benang.maps import Map
from benang.network.network import Network, symmetric, with_link_weights


def _ring(n_items: int, strength: float, *, chords: int = 0) -> Map:
    """Return a map of items in a ring; so many of them are linked to the one after the next, too."""
    ends = [(at, (at + 1) % n_items) for at in range(n_items)] + [(at, (at + 2) % n_items) for at in range(chords)]
    links = symmetric(n_items, [one for one, _ in ends], [other for _, other in ends], [strength] * len(ends))
    names = tuple(str(at + 1) for at in range(n_items))
    angle = 2 * np.pi * np.arange(n_items) / n_items
    network = with_link_weights(Network(names, names, links))
    return Map(network, np.array([np.cos(angle), np.sin(angle)]).T, np.ones(n_items, np.int64))


@pytest.mark.parametrize(("form", "links"), [("m.txt", "m_network.txt"), ("m.csv", "m.csv"), ("m.tsv", "m.tsv")])
def test_the_links_of_another_map_are_refused_by_name(tmp_path: Path, form: str, links: str) -> None:
    """Both maps have twelve items of the same names; only the number of their links tells them apart."""
    for name, chords in (("one", 0), ("other", 12)):
        write_map(_ring(12, 1.0, chords=chords), tmp_path / name / form)
        assert read_contents(tmp_path / name / form).notes == ()
    shutil.copy(tmp_path / "other" / links, tmp_path / "one" / links)

    with pytest.raises(
        BenangError, match=rf"two files of the same map, found 12 of 12 items .*'Links' differs from that in {links}"
    ):
        read_contents(tmp_path / "one" / form)


def test_links_that_were_left_out_by_hand_are_told(tmp_path: Path) -> None:
    """One link less changes two of twelve items: a note, and the map is read."""
    write_map(_ring(12, 1.0), tmp_path / "m.txt")
    network = tmp_path / "m_network.txt"
    lines = network.read_text(encoding="utf-8").splitlines(keepends=True)
    network.write_text("".join(lines[1:]), encoding="utf-8")

    contents = read_contents(tmp_path / "m.txt")

    assert contents.network.n_links == 11
    assert contents.notes[0].startswith(
        "2 of 12 items whose weight 'Links' differs from that in m_network.txt ('1' has 2"
    )


def test_rounded_strengths_belong_to_their_map(tmp_path: Path) -> None:
    """VOSviewer's files have four decimals; their sums differ a little."""
    write_map(_ring(12, 1 / 3), tmp_path / "m.txt")

    assert read_contents(tmp_path / "m.txt").notes == ()


def test_a_map_file_that_does_not_count_its_links_is_read(tmp_path: Path) -> None:
    """Nothing can be held against the links then."""
    (tmp_path / "m.txt").write_text("id\tlabel\tx\ty\n1\tkota\t0\t0\n2\tdesa\t1\t1\n", encoding="utf-8")
    (tmp_path / "m_network.txt").write_text("1\t2\t5\n", encoding="utf-8")

    assert read_contents(tmp_path / "m.txt").notes == ()
