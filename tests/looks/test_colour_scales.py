"""VOSviewer's files of colours, read as they come, and refused line by line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benang.errors import BenangError
from benang.looks.colour_scales import read_cluster_colours, read_score_colours


def _file(folder: Path, text: str) -> Path:
    path = folder / "colours.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", " "])
def test_cluster_colours_are_read_whatever_parts_their_columns(tmp_path: Path, delimiter: str) -> None:
    """Tabs, commas, semicolons or spaces; in any order of lines, with a byte order mark."""
    lines = ("cluster red green blue", "2 0 114 178", "1 230 159 0")
    path = _file(tmp_path, "\ufeff" + "\n".join(line.replace(" ", delimiter) for line in lines))
    palette = read_cluster_colours(path)

    assert (palette.of(1), palette.of(2)) == ("#e69f00", "#0072b2")


def test_clusters_that_the_file_lacks_are_grey(tmp_path: Path) -> None:
    """Between and after those given, and items without a cluster."""
    palette = read_cluster_colours(_file(tmp_path, "cluster,red,green,blue\n1,0,0,0\n3,255,255,255\n"))

    assert [palette.of(number) for number in (2, 4, 0)] == ["#bfbfbf"] * 3


@pytest.mark.parametrize(
    "header", ["color value\tred\tgreen\tblue", "color value red green blue", "Value,Red,Green,Blue"]
)
def test_score_colours_are_mixed_between_their_values(tmp_path: Path, header: str) -> None:
    """Half way from black to white is grey; values may come in any order."""
    mark = next((one for one in "\t," if one in header), " ")
    path = _file(
        tmp_path, f"{header}\n" + "\n".join(mark.join(row) for row in (["1", *["255"] * 3], ["0", *["0"] * 3]))
    )

    assert read_score_colours(path).at(np.array([0.0, 0.5, 1.0])).tolist() == [[0.0] * 3, [0.5] * 3, [1.0] * 3]


def test_wrong_lines_are_named_all_together(tmp_path: Path) -> None:
    """Each with its line and its column, and what was expected there."""
    path = _file(
        tmp_path, "color value,red,green,blue\n0,0,0,0\nhalf,10,20,30\n0.5,300,x,0\n2,1,1,1\n0,1,1,1\n0.7,1,1\n"
    )

    with pytest.raises(BenangError) as caught:
        read_score_colours(path)
    said = str(caught.value).replace(str(path), "colours.txt")
    assert "colours.txt, line 3, color value: expected a number from 0 to 1, found 'half'." in said
    assert "colours.txt, line 4, red: expected a number from 0 to 255, found '300'." in said
    assert "colours.txt, line 4, green: expected a number from 0 to 255, found 'x'." in said
    assert "colours.txt, line 5, color value: expected a number from 0 to 1, found '2'." in said
    assert "colours.txt, line 6: expected one colour for each value, found 0 again, after line 2." in said
    assert "colours.txt, line 7, blue: expected a number from 0 to 255, found nothing." in said


@pytest.mark.parametrize(("number", "said"), [("1.5", "'1.5'"), ("0", "'0'"), ("1001", "'1001'"), ("one", "'one'")])
def test_a_cluster_is_a_whole_number_from_1_to_1000(tmp_path: Path, number: str, said: str) -> None:
    """As in VOSviewer's files."""
    path = _file(tmp_path, f"cluster,red,green,blue\n{number},0,0,0\n")

    with pytest.raises(BenangError, match=f"line 2, cluster: expected a whole number from 1 to 1000, found {said}"):
        read_cluster_colours(path)


def test_a_file_without_the_columns_is_refused_with_them(tmp_path: Path) -> None:
    """A file of clusters is no file of scores."""
    with pytest.raises(BenangError, match=r"line 1: expected a header with the columns color value, red, green, blue"):
        read_score_colours(_file(tmp_path, "cluster,red,green,blue\n1,0,0,0\n"))


@pytest.mark.parametrize(("text", "said"), [("", "an empty file"), ("value,red,green,blue\n0,0,0,0\n", "at least 2")])
def test_one_colour_is_no_scale(tmp_path: Path, text: str, said: str) -> None:
    """Nor is an empty file."""
    with pytest.raises(BenangError, match=said):
        read_score_colours(_file(tmp_path, text))
