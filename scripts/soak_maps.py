"""Maps spoilt in thousands of ways, in every form that is written: each is read, or refused with a message.

A case takes one form of a small map and cuts it, swaps its lines and tags, flips bytes, and puts in numbers that are
huge, negative or none. `scripts/soak.py` runs it, `tests/map_files/test_soak.py` a short run of it.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from scipy import sparse

from benang.errors import BenangError
from benang.map_files import format_map, read_contents, read_map, read_network
from benang.maps import LayoutRun, Map, MapSettings
from benang.network.network import Network, symmetric, with_link_weights

FORMS = (".json", ".txt", ".gml", ".graphml", ".gexf", ".net", ".mat", ".paj", ".csv", ".tsv")
LONGEST = 10.0

_NUMBERS = (
    b"NaN", b"inf", b"-inf", b"-1", b"-0.5", b"0", b"1e400", b"1e-320", b"1e100", b"1e-90", b"99999999999999999999",
    b"1000000000", b"9" * 400, b"9" * 5000, b"null", b"", b"true", b"1,5", b"0x10", b"1_000", b"\xd9\xa3",
)  # fmt: skip
_SPICE = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\t", b'"', b"'", b";", b",", b"{", b"}", b"[", b"]",
    b"[" * 3000, b"<", b">", b"</node>", b"<node>", b"<graph>" * 2000, b"<node id='a'>" * 2000, b"&amp;", b"&#x0;",
    b"&a;", b"]]>",
    b"*Vertices 1000000000\n", b"*Matrix\n", b"*Arcs\n", b"*Partition a\n", b"*Vertices 2 1\n", b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY a 'b'>]>", b"\\u0000", b"\\ud800", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xe2\x80\xa8",
    b"\x1a", b"nan", b"source", b"target", b"cluster", b"weight<Links>", b"graphics [ x 1 y",
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_WORD = re.compile(rb"[A-Za-z_<>/]{2,}")


def small_map() -> Map:
    """Make a map with everything that a map can have."""
    network = Network(
        ids=("a", "b", "c", "d", "e"),
        labels=("kota", "desa baru", "laut & “pantai”", "城市", 'the "hill"'),
        links=symmetric(5, [0, 1, 2, 0], [1, 2, 3, 4], [2.0, 0.5, 1e-3, 12.0]),
        weights={"Documents": np.array([3.0, 2.0, 1.0, 1.0, 4.0])},
        scores={"Avg. pub. year": np.array([2019.5, np.nan, 2021.0, 2018.0, 2020.0])},
        attributes={"url": ("https://example.org/a", None, None, "", "x"), "pages": (12, [1, 2], None, True, {"k": 1})},
        records=("r1", "r2", "r3"),
        record_labels=("Sari 2019", "", "Dewi 2020"),
        incidence=sparse.csr_array(np.array([[1.0, 1, 0, 0, 1], [0, 1, 1, 0, 1], [1, 0, 0, 1, 0]])),
        extras={"link_attributes": {("a", "b"): {"url": "https://example.org/link", "years": [2019, 2020]}}},
    )
    xy = np.array([[-0.5, 0.25], [0.0, 1 / 3], [0.75, -0.1], [0.1, 0.2], [-0.3, -0.6]])
    clusters = np.array([1, 1, 2, 0, 2])
    return Map(with_link_weights(network), xy, clusters, {1: "Tempat"}, MapSettings(layout=LayoutRun(seed=3)))


def spoilt(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Return a file with one to four things done to it."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_WAYS)(data, others, chance)
    return data[:500_000]


def _cut(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _flipped(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _at in range(chance.randint(1, 8) if data else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _lines(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    """Drop, double and swap lines."""
    lines = data.splitlines(keepends=True) or [b""]
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.randrange(3)
    if way == 0:
        del lines[min(one, other) : min(one, other) + chance.randint(1, 4)]
    elif way == 1:
        lines[one:one] = [lines[other]] * chance.randint(1, 50)
    else:
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _put(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_SPICE) * chance.choice((1, 1, 1, 3, 30)) + data[at:]


def _numbered(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    """Put another number in the place of one."""
    return _replaced(_NUMBER, data, chance.choice(_NUMBERS), chance)


def _worded(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    """Put another word or tag of the file in the place of one."""
    words = _WORD.findall(data)
    return _replaced(_WORD, data, chance.choice(words), chance) if words else data


def _mixed(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    at, other = chance.randrange(len(data) + 1), chance.choice(others)
    begin = chance.randrange(len(other))
    return data[:at] + other[begin : begin + 400] + data[at:]


def _replaced(pattern: re.Pattern[bytes], data: bytes, by: bytes, chance: random.Random) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + by + data[one.end() :]


_WAYS: tuple[Callable[[bytes, list[bytes], random.Random], bytes], ...] = (
    _cut, _flipped, _lines, _put, _numbered, _numbered, _worded, _mixed,
)  # fmt: skip


def forms_of(made: Map) -> dict[str, Mapping[str, bytes]]:
    """Return the files of each form by their names, the map first."""
    written = {form: format_map(made, Path(f"case{form}")).files for form in FORMS}
    return {form: {path.name: data for path, data in files.items()} for form, files in written.items()}


def soak_maps(cases: int, seed: int, *, kept: Path | None = None) -> tuple[dict[str, int], list[str]]:
    """Read spoilt maps; return how many were read and refused, and the faults.

    A file that made a fault is put into `kept`, where that is a folder.
    """
    chance = random.Random(seed)  # noqa: S311
    forms = forms_of(small_map())
    others = [data for files in forms.values() for data in files.values()]
    ends, faults = {"read": 0, "refused": 0}, []
    for case in range(cases):
        form = chance.choice(FORMS)
        files = dict(forms[form])
        names = [chance.choice(list(files))] if chance.random() < 0.8 else list(files)
        files.update({name: spoilt(files[name], others, chance) for name in names})
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items():
                Path(folder, name).write_bytes(data)
            begun = time.perf_counter()
            end = _end(Path(folder, next(iter(files))))
            took = time.perf_counter() - begun
        if end in ends and took < LONGEST:
            ends[end] += 1
            continue
        faults.append(f"case {case} of seed {seed}, {form}, {took:.1f} s: {end}")
        for name, data in files.items() if kept else ():
            Path(str(kept), f"soak-{seed}-{case}-{name}").write_bytes(data)
    return ends, faults


def _end(path: Path) -> str:
    """Read a file in each of the three ways; they agree on what can be read."""
    ends = []
    for read in (read_contents, read_network, read_map):
        try:
            found = read(path)
        except BenangError as error:
            if not str(error).strip():
                return "a message that says nothing"
            ends.append("refused")
        except Exception as error:  # noqa: BLE001 - whatever else comes out is what this looks for
            return f"{read.__name__}: {type(error).__name__}: {str(error)[:200]}"
        else:
            network = found if isinstance(found, Network) else found.network
            strengths = network.links.data
            if len(network) < 2 or not np.isfinite(strengths).all() or (strengths < 0).any():
                return f"{read.__name__}: strengths that no network has"
            ends.append("read")
    return "an unread file that was read as a map" if ends[0] == "refused" and "read" in ends else ends[0]
