"""A map is made in one place, for the command line, the plan of a review and whoever else asks."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from tests.support import Cancelling

from benang.analyses.analysis import Analysis
from benang.errors import BenangError, Misuse, Problem
from benang.files import Upload
from benang.locale import Language
from benang.looks.view import View
from benang.map_files.exchange import read_map
from benang.progress import Cancelled
from benang.tasks.draw_map import Outputs
from benang.tasks.make_map import Making, MapRequest, make_map
from benang.tasks.read_works import WorksRequest

WORDS = ("rain", "rain", "river", "river", "fire", "town")
RIS = "".join(
    f"TY  - JOUR\nPY  - {2015 + at}\nTI  - Invented {at}\nKW  - market\nKW  - rent\nKW  - {word}\nER  - \n\n"
    for at, word in enumerate(WORDS)
).encode()


@pytest.fixture
def request_(tmp_path: Path) -> MapRequest:
    """Return the request of a map of six invented records, in three forms."""
    paths = tuple(tmp_path / f"map{suffix}" for suffix in (".json", ".txt", ".svg"))
    return MapRequest(
        works=WorksRequest(files=(Upload("export.ris", RIS),)),
        analysis=Analysis("keywords"),
        making=Making(stability=3),
        outputs=Outputs(paths=paths),
    )


def test_a_request_becomes_a_map_with_files_and_an_account(request_: MapRequest, tmp_path: Path) -> None:
    """Six keywords; what was read and chosen stands in the account, with the files."""
    made = make_map(request_)

    assert sorted(made.map.network.labels) == ["fire", "market", "rain", "rent", "river", "town"]
    assert [path.name for path in made.account.files] == ["map.json", "map.txt", "map_network.txt", "map.svg"]
    assert all(path.stat().st_size for path in made.account.files)
    assert made.account.read[0].text == "export.ris: RIS, 6 of 6 records read."
    assert dict(made.account.rows)["items"] == "6"
    assert read_map(tmp_path / "map.json").network.labels == made.map.network.labels


def test_a_map_that_is_cancelled_leaves_nothing_behind(request_: MapRequest, tmp_path: Path) -> None:
    """At whichever call of its progress: what stood there before stands there still, and nothing else is there."""
    (tmp_path / "map.json").write_text("an earlier map", encoding="utf-8")
    for stop_at in count():  # how often layout tells its progress depends on which thread does what
        try:
            make_map(request_, progress=Cancelling(stop_at))
        except Cancelled:
            assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"map.json": "an earlier map"}
            continue
        break
    assert stop_at > 10


def test_progress_rises_to_its_end(request_: MapRequest) -> None:
    """From nothing to all of it, and never back."""
    shares: list[float] = []
    make_map(request_, progress=lambda _what, share: shares.append(share))

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_the_account_speaks_indonesian(request_: MapRequest) -> None:
    """Rows, numbers and notes."""
    works = replace(request_.works, language="id")
    rows = dict(make_map(replace(request_, works=works, outputs=Outputs())).account.rows)

    assert (rows["artikel terbaca"], rows["dihubungkan oleh"], rows["item"]) == ("6", "kemunculan bersama", "6")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "The default minimum of 5 leaves only 4 keywords; --min-occurrences 3 would leave 44."),
        ("id", "Batas minimum bawaan 5 hanya menyisakan 4 kata kunci; --min-occurrences 3 akan menyisakan 44."),
    ],
)
def test_a_preset_that_leaves_few_items_says_which_minimum_serves(language: Language, note: str) -> None:
    """As an option that can be copied; nothing where it was asked for."""
    words = (f"KW  - core\nKW  - a{n % 3}\nKW  - b{n % 40}\n" for n in range(120))
    ris = "".join(f"TY  - JOUR\nTI  - Of number {n}\n{one}ER  - \n\n" for n, one in enumerate(words))
    works = WorksRequest(files=(Upload("many.ris", ris.encode()),), language=language, join=False)

    def notes(analysis: Analysis) -> list[str]:
        account = make_map(MapRequest(works=works, analysis=analysis, making=Making(stability=0))).account
        return [one.text for one in account.naming(lambda name: f"--{name.replace('_', '-')}").notes]

    assert note in notes(Analysis("keywords"))
    assert note not in notes(Analysis("keywords", min_occurrences=5))


def test_arguments_are_named_as_the_rim_calls_them(request_: MapRequest) -> None:
    """The command line has options, others have names."""
    account = make_map(replace(request_, analysis=Analysis("keywords", top=4), outputs=Outputs())).account

    assert "items left out: too weak (top)" in dict(account.naming().rows)
    assert "items left out: too weak (--top)" in dict(account.naming(lambda name: f"--{name}").rows)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"making": Making(attraction=1, repulsion=2)}, r"attraction \(1\) must be greater than repulsion \(2\)"),
        ({"making": Making(attraction=-1)}, "One of them has its default value here: give both"),
        ({"in_place": True}, "in_place takes one folder"),
        ({"analysis": Analysis("references"), "scores": Upload("s.csv", b"")}, "these are scores of the records"),
        ({"analysis": Analysis("keywords", min_documents=2)}, "keywords have occurrences"),
        ({"outputs": Outputs(paths=(Path("a.txt"), Path("a_network.txt")))}, "would be written twice"),
    ],
)
def test_what_does_not_go_together_is_refused(
    request_: MapRequest, changed: dict[str, object], message: str, tmp_path: Path
) -> None:
    """Before anything is written, with the way on."""
    with pytest.raises(Misuse, match=message):
        make_map(replace(request_, **changed))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_pictures_follow_the_view(request_: MapRequest, tmp_path: Path) -> None:
    """The title of the view is the name of the picture."""
    outputs = Outputs(paths=(tmp_path / "map.svg",), view=View(title="Six invented records"))
    make_map(replace(request_, outputs=outputs))
    assert "Six invented records" in (tmp_path / "map.svg").read_text("utf-8")


def test_a_page_has_the_records_of_the_corpus_unless_they_are_left_out(
    request_: MapRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the exports say of them; the account names the page."""
    monkeypatch.setattr("benang.viewer.page.viewer_script", lambda: "0")
    whole, without = tmp_path / "map.html", tmp_path / "passed-on.html"
    for path, records in ((whole, True), (without, False)):
        made = make_map(replace(request_, outputs=Outputs(paths=(path,), records=records)))
        assert made.account.files == (path,)

    assert "Invented 3" in whole.read_text(encoding="utf-8")
    assert '"records":null' in without.read_text(encoding="utf-8")


def test_without_a_viewer_no_file_is_written(
    request_: MapRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files of a map, or none."""

    def missing() -> str:
        raise BenangError(Problem("the interactive viewer was not built"))

    monkeypatch.setattr("benang.viewer.page.viewer_script", missing)
    monkeypatch.setattr("benang.tasks.make_map.read_works", None)  # it is told before anything is read
    paths = (tmp_path / "map.json", tmp_path / "map.html")
    with pytest.raises(BenangError, match="not built"):
        make_map(replace(request_, outputs=Outputs(paths=paths)))

    assert list(tmp_path.iterdir()) == []
