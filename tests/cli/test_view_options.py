"""The options that say how a map is drawn."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from benang.cli.view_options import SCALES, view_options
from benang.looks import View
from benang.looks.colour_scales import COLOUR_SCALES


def _asked(*words: object) -> tuple[View | None, Result]:
    """Give words to a command with these options, and return what it understood."""
    understood: list[View] = []

    @click.command()
    @click.argument("name")
    @view_options
    def show(name: str, view: View) -> None:
        assert name == "map"
        understood.append(view)

    said = CliRunner().invoke(show, ["map", *map(str, words)])
    return (understood[0] if understood else None), said


def test_without_options_a_view_is_vosviewers_network() -> None:
    """What the options say by default is what the type says by default."""
    assert _asked()[0] == View()


def test_every_option_reaches_the_view() -> None:
    """Each field that is no text of one's own has an option."""
    words = (
        "--view overlay --score Years --score-normalisation z-score --score-range -1 2.5 --score-colours coolwarm "
        "--cluster-colours c.txt --palette vosviewer --weight Links --item-size-variation 0.1 "
        "--label-size-variation 0.2 --link-size-variation 0.3 --label-length 12 --min-link-strength 2 --max-links 7 "
        "--straight-links --grey-links --frames --dark --kernel-width 0.2 --scale 1.5 --show-item kota --zoom-level 4 "
        "--width 84 --height 60 --dpi 72 --title Kota --language id"
    )
    view, said = _asked(*words.split())

    assert view == View(
        view="overlay",
        score="Years",
        normalisation="z-score",
        low=-1.0,
        high=2.5,
        colours="coolwarm",
        palette=Path("c.txt"),
        weight="Links",
        item_size_variation=0.1,
        label_size_variation=0.2,
        link_size_variation=0.3,
        label_length=12,
        min_link_strength=2.0,
        max_links=7,
        curved=False,
        coloured=False,
        frames=True,
        dark=True,
        kernel_width=0.2,
        scale=1.5,
        show="kota",
        zoom=4.0,
        width=84.0,
        height=60.0,
        dpi=72.0,
        title="Kota",
        language="id",
    ), said.output


def test_the_names_of_scales_are_those_that_there_are() -> None:
    """The help lists them all."""
    assert set(SCALES) == set(COLOUR_SCALES)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--score-range", 3, 1), "must be below"),
        (("--score-range", "nan", 1), "expected a number from"),
        (("--score-colours", "viridi"), "Did you mean 'viridis'?"),
        (("--score-colours", "zzz"), "neither a file nor a colour scale. Known:"),
        (("--view", "densty"), "Did you mean 'density'?"),
        (("--view", "zzz"), "cluster-density"),
        (("--label-length", 301), "from 0 to 300"),
        (("--item-size-variation", 2), "from 0 to 1"),
    ],
)
def test_words_that_mean_nothing_are_refused(words: tuple[object, ...], said: str) -> None:
    """The message says what would be understood."""
    view, result = _asked(*words)

    assert view is None
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
