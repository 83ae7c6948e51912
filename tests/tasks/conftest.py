"""A folder with what tasks begin with: an export, a map, a review."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.network.corpora import keywords

from benang.map_files import write_map
from benang.maps import Map
from benang.network.cooccurrence import cooccurrence_network

RIS = "TY  - JOUR\nAU  - Umpama, A.\nTI  - {}\nPY  - 20{}\nKW  - market\nKW  - {}\nER  - \n\n"
TITLES = ("Rent of stalls", "Rain on roofs", "Stalls by the river", "Lamps at night", "Who sweeps", "Price of tea")


RECORDS = ("market,rent", "market,rain", "rent,rain", "rent,river", "market,river")


@pytest.fixture
def folder(tmp_path: Path, review: Path) -> Path:
    """Return a folder with an export, a map and a review."""
    text = "".join(RIS.format(title, f"{at:02}", "rent" if at % 2 else "rain") for at, title in enumerate(TITLES))
    (tmp_path / "a.ris").write_text(text, encoding="utf-8")
    network = cooccurrence_network(
        keywords(
            "market,rent",
            "market,rain",
            "rent,rain",
            "rent,river",
            "market,river",
            years=(2001, 2003, 2007, 2012, 2019),
        ),
        components="all",
    )
    xy = np.array([[0.0, 0.0], [1.0, 0.1], [0.4, 0.8], [1.2, 0.9]])
    write_map(Map(network, xy, np.array([1, 1, 2, 2])), tmp_path / "map.json")
    assert review.parent == tmp_path
    return tmp_path
