"""The description of a corpus as one HTML file of its own, in English or Indonesian, that loads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

from markupsafe import Markup

from benang import __version__
from benang.indicators.described import Description
from benang.locale import Language
from benang.records.ledger import Ledger
from benang.report.content import FigureContent
from benang.report.describing import CorpusPart, corpus_section
from benang.report.describing_evidence import evidence, record_list
from benang.report.describing_words import Described
from benang.report.pictures import picture
from benang.report.references import reference_list
from benang.report.render import environment, policy
from benang.report.tables import Body, Column, Row, Table
from benang.report.texts import Texts, fill


def render_description(
    description: Description, language: Language, *, figures: Sequence[FigureContent] = (), title: str = ""
) -> str:
    """Render the corpus in figures as one self-contained HTML page.

    Parameters
    ----------
    description
        `benang.indicators.described.describe(corpus)`.
    language
        Of all fixed texts and numerals.
    figures
        `corpus_figures(description, language)`; none are shown where left out.
    title
        Of the page; `The corpus in figures` where empty.

    Returns
    -------
    str
        The page. Every number is a link to the records behind it, which are listed at its end; a script shows them
        beside the text. The same description gives the same text.
    """
    texts = Texts(language)
    _ = texts.gettext
    references = reference_list(description.corpus.records, texts)
    listed = record_list(description.corpus.records, references)
    section = corpus_section(description, language, figures=figures, cited=listed.cited)
    words = Described(texts, listed.cited)
    style, script = _asset("style.css") + _asset("description.css"), _asset("panel.js")
    return (
        environment(language)
        .get_template("description.html.j2")
        .render(
            language=language,
            title=title or _("The corpus in figures"),
            version=__version__,
            policy=policy(style, script),
            style=Markup(style),  # noqa: S704 -- files of this package
            script=Markup(script),  # noqa: S704 -- a file of this package
            read=_said_of_reading(description, texts),
            parts=numbered(section.parts, 1),
            reading=_reading(description.corpus.ledger, 1 + sum(len(part.tables) for part in section.parts), texts),
            chapters=evidence(description, section, listed, words),
            listed=listed,
        )
    )


def numbered(parts: Sequence[CorpusPart], first_table: int, first_figure: int = 1) -> list[dict[str, object]]:
    """Give the tables and figures of parts their numbers, and return the parts as `corpus_part.html.j2` shows them."""
    made: list[dict[str, object]] = []
    table, figure = first_table, first_figure
    for part in parts:
        made.append(
            {
                "anchor": part.anchor,
                "name": part.name,
                "title": part.title,
                "paragraphs": part.paragraphs,
                "pictures": [picture(one, figure + at) for at, one in enumerate(part.figures)],
                "tables": [replace(one, number=table + at) for at, one in enumerate(part.tables)],
            }
        )
        table, figure = table + len(part.tables), figure + len(part.figures)
    return made


def _said_of_reading(description: Description, texts: Texts) -> Markup:
    """Say how many records the numbers are of, and how many were joined."""
    _ = texts.gettext
    works, read = len(description.corpus), description.corpus.ledger.read
    if read and read != works:
        text = _("The files hold %(read)s records, which are %(works)s works; each work counts once here.")
        return fill(text, read=texts.numeral(read), works=texts.numeral(works))
    return fill(_("The files hold %(read)s records."), read=texts.numeral(works))


def _reading(ledger: Ledger, number: int, texts: Texts) -> Table | None:
    _ = texts.gettext
    if not ledger.files:
        return None
    columns = (
        Column(_("File")),
        Column(_("Form")),
        Column(_("Found"), is_number=True),
        Column(_("Read"), is_number=True),
        Column(_("Set aside"), is_number=True),
    )
    rows = tuple(
        Row((one.path, one.format, *(texts.numeral(n) for n in (one.found, one.read, len(one.set_aside)))))
        for one in ledger.files
    )
    return Table("table-reading", _("What was read"), columns, (Body(rows),), (), "indicator", number)


def _asset(name: str) -> str:
    return resources.files(__package__ or "benang.report").joinpath("templates", name).read_text(encoding="utf-8")
