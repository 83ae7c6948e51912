"""What ids are called can be said of vocabulary, cases and records alone."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import CASES, CODEBOOK, CORPUS

from benang.coding.labels import Labels
from benang.project.toml_files import Label


def test_everything_has_its_label_in_the_language() -> None:
    """Nothing was counted for it; what lacks the language stays English."""
    labels = Labels(CODEBOOK, CASES, CORPUS, "id")

    assert [labels.case("alun"), labels.code("flood"), labels.code("since"), labels.group("reasons")] == [
        "Alun – Library",
        "Banjir",
        "Sejak",
        "Alasan",
    ]
    assert (labels.row("leaflet/3"), labels.level("outcome", "moved")) == ("Water", "Moved")
    assert labels.study("ana2010") == "Ana dan Wulan (2010)"


def test_a_value_reads_as_its_variable_has_it() -> None:
    """A level by its label, a text in the language, a year as it is."""
    labels = Labels(CODEBOOK, CASES, CORPUS, "id")

    assert labels.value("outcome", "closed") == "Closed"
    assert labels.value("home", Label(en="village", id="desa")) == "desa"
    assert labels.value("since", 2008) == "2008"


@pytest.mark.parametrize("name", ["study", "case", "code", "group", "row"])
def test_an_unknown_id_is_its_own_label(name: str) -> None:
    """Nothing is lost where the review knows no name for it."""
    assert getattr(Labels(CODEBOOK, CASES, CORPUS), name)("nowhere") == "nowhere"
