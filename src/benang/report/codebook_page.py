"""A codebook as a separate report, or as Markdown: the coding guide in the appendix of a thesis.

For each code its definition, its rule and an anchor example, in a table, as Mayring (2014, *Qualitative Content
Analysis*, section 6.5) has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benang.coding.codebook import Code, Codebook, Group
from benang.coding.labels import Branch, code_colours, code_tree
from benang.locale import Language
from benang.report.blocks import Column, Paragraph, Report, Section, Table, TableBody, TableRow
from benang.report.inline import Break, Emphasis, Inline, Span, Swatch, Texts, anchor, joined, runs
from benang.report.sections import numbered


@dataclass(frozen=True)
class CodebookContent:
    """The content of a codebook's page: the codes, and the number of passages of each, by its id.

    `kept` is how this version is called; `version` is that of Benang.
    """

    codebook: Codebook
    passages: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    kept: str = ""
    version: str = ""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that have codes."""
        return tuple(one for one in self.codebook.groups if code_tree(self.codebook, one.id))


def codebook_report(content: CodebookContent, language: Language) -> Report:
    """Return a codebook as a report, for any renderer: a section with a table for each group of codes."""
    texts = Texts(language)
    _ = texts.gettext
    colours = code_colours(content.codebook)
    sections = [_section(group, content, colours, texts) for group in content.groups]
    if not sections:
        sections = [Section("codes", _("Codes"), (Paragraph(_("The codebook has no codes yet."), "absent"),))]
    colophon = _("Made by Benang %(version)s. The same files give the same page, byte for byte.")
    return Report(
        language=language,
        title=_("Codebook"),
        sections=numbered(sections),
        on_numbers="",
        opened_title=_("Codebook"),
        colophon=(colophon % {"version": content.version},),
        byline=content.title,
        date=_byline(content, texts),
        description=content.title,
        version=content.version,
    )


def _byline(content: CodebookContent, texts: Texts) -> str:
    _ = texts.gettext
    codes = sum(not one.heading for one in content.codebook.codes)
    return _("Version %(version)s, with %(n)s codes.") % {"version": content.kept, "n": texts.numeral(codes)}


def _section(group: Group, content: CodebookContent, colours: Mapping[str, str], texts: Texts) -> Section:
    _ = texts.gettext
    bodies = tuple(_bodies((), code_tree(content.codebook, group.id), content, colours, texts))
    columns = (
        Column(_("Code")), Column(_("Definition")), Column(_("Coding rule")), Column(_("Anchor example")),
        Column(_("Passages"), is_number=True),
    )  # fmt: skip
    rows = [row for body in bodies for row in body.rows]
    shown = [at for at, _column in enumerate(columns) if at == 0 or any(row.cells[at] for row in rows)]
    kept = tuple(
        TableBody(tuple(TableRow(tuple(row.cells[at] for at in shown), row.anchor) for row in body.rows), body.title)
        for body in bodies
    )
    label = texts.label(group.label)
    caption = _("Codes of the group “%(group)s”.") % {"group": label}
    table = Table(
        anchor("table", group.id), caption, tuple(columns[at] for at in shown), kept, _notes(group, content, texts),
        "codebook",
    )  # fmt: skip
    return Section(group.id, label, (table,), "codebook")


def _notes(group: Group, content: CodebookContent, texts: Texts) -> tuple[Inline, ...]:
    """Explain the headings, which have no row, below the table."""
    headings = [one for one in content.codebook.codes if one.group == group.id and one.heading and one.definition]
    return tuple(runs(Emphasis(texts.label(one.label)), ": ", one.definition) for one in headings)


def _bodies(
    above: tuple[Code, ...],
    branches: tuple[Branch, ...],
    content: CodebookContent,
    colours: Mapping[str, str],
    texts: Texts,
) -> Iterator[TableBody]:
    """Give the codes of a heading as the body of a table, side by side of the group; then those of headings below."""
    codes = [one.code for one in branches if not one.code.heading]
    swatch = colours.get(above[-1].id) if above else None
    group = branches[0].code.group if branches else ""
    for side, some in content.codebook.by_side(group, codes, lambda code: code):
        labels = [texts.label(one.label) for one in (*above, *((side,) if side else ()))]
        title = runs(*((Swatch(swatch),) if swatch else ()), " › ".join(labels))
        yield TableBody(tuple(_row(one, content, colours, texts) for one in some), title)
    for one in branches:
        if one.code.heading:
            yield from _bodies((*above, one.code), one.under, content, colours, texts)


def _row(code: Code, content: CodebookContent, colours: Mapping[str, str], texts: Texts) -> TableRow:
    _ = texts.gettext
    name = runs(Swatch(colours[code.id]), texts.label(code.label))
    if code.retired:
        name = runs(name, " ", Span(_state(code, content.codebook, texts), "remark"))
    rules = [runs(Emphasis(word), f" {text}") for word, text in _rules(code, texts)]
    example: Inline = f"“{code.example}”" if code.example else ""
    passages = texts.numeral(content.passages.get(code.id, 0))
    cells = (name, code.definition, joined(Break(), rules), example, passages)
    return TableRow(cells, anchor("code", code.id))


def _rules(code: Code, texts: Texts) -> list[tuple[str, str]]:
    _ = texts.gettext
    return [(word, text) for word, text in ((_("For:"), code.include), (_("Not for:"), code.exclude)) if text.strip()]


def _state(code: Code, codebook: Codebook, texts: Texts) -> str:
    """Say of a code that is retired what became of it."""
    _ = texts.gettext
    if not code.split_into:
        return _("retired")
    labels = [texts.label(part.label) for one in code.split_into if (part := codebook.code(one))]
    return _("split into %(codes)s") % {"codes": ", ".join(labels)}


def codebook_markdown(content: CodebookContent, language: Language) -> str:
    """Return a codebook as Markdown: a heading for each group, heading and code."""
    texts = Texts(language)
    _ = texts.gettext
    lines = [f"# {_('Codebook')}", "", *([_plain(content.title), ""] if content.title else [])]
    lines += [_byline(content, texts), ""]
    for group in content.groups:
        lines += [f"## {_plain(texts.label(group.label))}", ""]
        lines += _markdown(code_tree(content.codebook, group.id), 3, content, texts)
    if not content.groups:
        lines.append(_("The codebook has no codes yet."))
    return "\n".join(lines).rstrip() + "\n"


def _markdown(branches: tuple[Branch, ...], level: int, content: CodebookContent, texts: Texts) -> Iterator[str]:
    _ = texts.gettext
    for branch in branches:
        code = branch.code
        yield from (f"{'#' * min(level, 6)} {_plain(texts.label(code.label))}", "")
        if code.definition:
            yield from (_plain(code.definition), "")
        facts = [(word, _plain(text)) for word, text in _rules(code, texts)]
        facts += [(_("Anchor example:"), f"“{_plain(code.example)}”")] if code.example else []
        if not code.heading:
            facts.append((_("Passages:"), texts.numeral(content.passages.get(code.id, 0))))
        yield from (f"- *{word}* {text}" for word, text in facts)
        if code.retired:
            yield f"- {_plain(_state(code, content.codebook, texts))}"
        if facts:
            yield ""
        yield from _markdown(branch.under, level + 1, content, texts)


def _plain(text: str) -> str:
    """Return a text in one line in which nothing is markup of Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", " ".join(text.split()))
