"""The description of a corpus as one HTML file of its own, in English or Indonesian, that loads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

from markupsafe import Markup

from benang.indicators.described import Description
from benang.locale import Language
from benang.records.ledger import Ledger
from benang.report.content import FigureContent
from benang.report.describing import corpus_section
from benang.report.describing_evidence import evidence, record_list
from benang.report.describing_parts import shown_parts
from benang.report.describing_words import Described
from benang.report.references import reference_list
from benang.report.render import environment, policy
from benang.report.tables import Body, Column, Row, Table
from benang.report.texts import Texts, fill


def render_description(
    description: Description,
    language: Language,
    *,
    figures: Sequence[FigureContent] = (),
    title: str = "",
    version: str = "",
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
    version
        Of Benang, for the foot of the page.

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
    number = TableNumbers()
    style, script = _asset("style.css") + _asset("description.css"), _asset("panel.js")
    return (
        environment(language)
        .get_template("description.html.j2")
        .render(
            language=language,
            title=title or _("The corpus in figures"),
            version=version,
            policy=policy(style, script),
            style=Markup(style),  # noqa: S704 -- files of this package
            script=Markup(script),  # noqa: S704 -- a file of this package
            read=_said_of_reading(description, texts),
            parts=shown_parts(section.parts, number),
            reading=number(_reading(description.corpus.ledger, texts)),
            chapters=evidence(description, section, listed, words),
            listed=listed,
        )
    )


class TableNumbers:
    """Gives tables their numbers from 1 on, in the order in which it is called."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, tables: Sequence[Table]) -> list[Table]:
        """Return the tables with the next numbers."""
        start = self._last + 1
        self._last += len(tables)
        return [replace(table, number=at) for at, table in enumerate(tables, start)]


def _said_of_reading(description: Description, texts: Texts) -> Markup:
    """Say how many records the numbers are of, and how many were joined."""
    _ = texts.gettext
    works, read = len(description.corpus), description.corpus.ledger.read
    if read and read != works:
        text = _("The files hold %(read)s records, which are %(works)s works; each work counts once here.")
        return fill(text, read=texts.numeral(read), works=texts.numeral(works))
    return fill(_("The files hold %(read)s records."), read=texts.numeral(works))


def _reading(ledger: Ledger, texts: Texts) -> list[Table]:
    _ = texts.gettext
    if not ledger.files:
        return []
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
    return [Table("table-reading", _("What was read"), columns, (Body(rows),), (), "indicator")]


def _asset(name: str) -> str:
    return resources.files(__package__ or "benang.report").joinpath("templates", name).read_text(encoding="utf-8")
