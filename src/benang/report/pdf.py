"""A report as the bytes of a PDF, set by typst: the same whenever and wherever it is printed with the same fonts."""

from __future__ import annotations

import importlib.util
import json
import re
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from shutil import copyfile
from typing import Any

from benang.errors import BenangError, Problem
from benang.figures.letters import font_files
from benang.locale.writing import worded
from benang.report.blocks import Figure, Report
from benang.report.pdf_tree import report_tree
from benang.unfinished import temporary_folder

INSTALL = 'pip install "benang[pdf]"'
STANDARDS = ("a-2a", "ua-1")
"""PDF/A-2a, which archives keep, and PDF/UA-1, which screen readers follow: tagged, every figure with its text."""
FONTS = ("Libertinus Serif", "DejaVu Sans", "DejaVu Sans Mono")
"""Those of typst's package, and for other letters those that figures are drawn with, in the order they are tried."""


def check_ready() -> None:
    """Find out before a report is put together whether it can be printed.

    Raises
    ------
    BenangError
        With what to install.
    """
    if importlib.util.find_spec("typst") is None:
        way_on = worded("Install it with {command}, or leave pdf out of the formats.", command=INSTALL)
        problem = worded("typst, which writes PDFs, is not installed")
        raise BenangError(Problem(problem, where=worded("format pdf"), way_on=way_on))


def render_pdf(report: Report) -> bytes:
    """Render a report as a PDF on A4, with contents, page numbers, and links from each number to its evidence.

    Returns
    -------
    bytes
        A PDF/A-2a that follows PDF/UA-1. The same report gives the same bytes: the date that PDF/A asks for is the
        report's own where it is written as in `2026-05-01`, else 1 January 1970. Letters that no font has are shown as
        □, as in figures.

    Raises
    ------
    BenangError
        Where typst is not installed, or can't set the report.
    """
    check_ready()
    import typst

    with temporary_folder() as name:
        folder = Path(name)
        text = _write_data(report, folder)
        _lay_out_fonts(text, folder / "fonts")
        settings: dict[str, Any] = {
            "font_paths": [str(folder / "fonts")],
            "ignore_system_fonts": True,
            "pdf_standards": list(STANDARDS),
            "timestamp": _seconds(report.date),
        }
        try:
            return bytes(typst.compile(str(folder / "report.typ"), root=name, **settings))
        except typst.TypstError as error:
            what = worded("typst can't typeset this report: {message}", message=error.message)
            way_on = worded("Leave pdf out of the formats.")
            raise BenangError(Problem(what, where="report.pdf", way_on=way_on)) from error


def _write_data(report: Report, folder: Path) -> str:
    """Write the template, the report as data and its figures into a folder; return all text that is printed."""
    drawn: list[str] = []

    def write_figure(figure: Figure) -> str:
        suffix = "png" if figure.svg is None else "svg"
        place = folder / f"figure-{figure.number}.{suffix}"
        place.write_bytes((figure.png or b"") if figure.svg is None else figure.svg.encode("utf-8"))
        drawn.append(figure.svg or "")
        return place.name

    data = json.dumps(report_tree(report, write_figure, FONTS), ensure_ascii=False)
    (folder / "report.json").write_text(data, encoding="utf-8")
    template = resources.files(__package__ or "benang.report").joinpath("templates", "report.typ")
    (folder / "report.typ").write_bytes(template.read_bytes())
    return data + "".join(drawn)


def _lay_out_fonts(text: str, folder: Path) -> None:
    """Put the fonts that draw a text into a folder: typst takes all that are in one, and none of the computer's own."""
    folder.mkdir()
    for at, file in enumerate(font_files(text)):
        copyfile(file, folder / f"{at:03}{file.suffix}")


def _seconds(date: str) -> int:
    """Return a date as seconds since 1970; 0 where it is not written as in `2026-05-01`.

    Examples
    --------
    >>> _seconds("1970-01-02"), _seconds("May 2026")
    (86400, 0)
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
        return 0
    try:
        return max(0, int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp()))
    except ValueError:  # 2026-13-45
        return 0
