"""A report as one HTML page that loads nothing from anywhere: the frame, the blocks, and the runs within them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from jinja2 import Environment
from markupsafe import Markup, escape

from benang.errors import BenangError
from benang.locale import Language, catalogue
from benang.report import (
    Block,
    CasePage,
    EvidenceEntry,
    Figure,
    Group,
    Heading,
    ItemList,
    Paragraph,
    Quotations,
    Report,
    Table,
    Verbatim,
)
from benang.report.inline import (
    Badge,
    Break,
    Citation,
    Code,
    Emphasis,
    ExternalLink,
    FigureReference,
    Inline,
    Link,
    NumberReference,
    Run,
    Span,
    Superscript,
    Swatch,
    runs,
)
from benang.report.on_paper import picture_address, running_title, size_on_screen
from benang.viewer.data import shared_pages
from benang.viewer.page import content_policy, data_element, macro, page_data, templates, viewer_script

_PLAIN = " ,.:!?()–—-…’"
"""Characters that need no escape in a CSS string, besides letters and digits."""


def html_page(report: Report) -> str:
    """Return a report as one self-contained HTML page.

    Returns
    -------
    str
        The page: styles, script and figures are in it, and its content policy lets a browser load nothing else. The
        same report gives the same text. Maps are interactive, with their drawn pictures for print and for readers
        without JavaScript. Each number that was counted is an element with `data-number`, whose text is
        its value and whose link goes to its evidence in the appendix.
    """
    style, script = _asset("style.css") + running_title_rule(report.title), _asset("panel.js")
    maps, viewer = _maps(report)
    return (
        environment(report.language)
        .get_template("page.html.j2")
        .render(
            report=report,
            policy=content_policy(style, script, *filter(None, [viewer])),
            style=style,
            script=script,
            maps=maps,
            viewer=viewer,
        )
    )


def _maps(report: Report) -> tuple[Markup, str]:
    """Return the data of the maps in a report, by the anchors of their figures, and the script that shows them.

    Both are empty for a report without maps. In a copy of the source where the script was not built, the pictures are
    all that there is.
    """
    shown = {figure.anchor: figure.shown for figure in _figures(report) if figure.shown is not None}
    if not shown:
        return Markup(), ""
    try:
        script = viewer_script()
    except BenangError:
        return Markup(), ""
    shared, pages = shared_pages([page_data(one) for one in shown.values()])
    elements = [data_element(shared, is_shared=True)]
    elements += [data_element(page, name) for name, page in zip(shown, pages, strict=True)]
    return Markup("\n").join(elements), script


def _figures(report: Report) -> list[Figure]:
    blocks = [block for section in report.sections for block in section.blocks]
    within = [one for block in blocks for one in (block.blocks if isinstance(block, Group) else (block,))]
    return [block for block in within if isinstance(block, Figure)]


def running_title_rule(title: str) -> str:
    r"""Return the rule that prints the title at the head of every page but the first.

    A margin box of CSS takes its text as a string: no browser prints one that an element of the page sets (`string()`,
    CSS Generated Content for Paged Media, 1.1). What could end the string, the rule or the element is escaped.

    Examples
    --------
    >>> print(running_title_rule('Rain, "dark"'), end="")
    @page { @top-left { content: "Rain, \22 dark\22 "; } }
    @page :first { @top-left { content: none; } }
    """
    escaped = "".join(one if one.isalnum() or one in _PLAIN else f"\\{ord(one):x} " for one in running_title(title))
    return f'@page {{ @top-left {{ content: "{escaped}"; }} }}\n@page :first {{ @top-left {{ content: none; }} }}\n'


def inline_html(text: Inline) -> Markup:
    """Return a text as HTML; everything in it is escaped.

    Examples
    --------
    >>> print(inline_html(("<", Emphasis("Kota"), Link("1", "figure-x"))))
    &lt;<i>Kota</i><a href="#figure-x">1</a>
    """
    return Markup("").join(_run_html(run) for run in runs(text))


def _run_html(run: Run) -> Markup:
    match run:
        case str():
            return escape(str(run))
        case Emphasis(content):
            return Markup("<i>{}</i>").format(inline_html(content))
        case Superscript(text):
            return Markup("<sup>{}</sup>").format(text)
        case Code(text, whole):
            return Markup("<code{}>{}</code>").format(Markup(' title="{}"').format(whole) if whole else "", text)
        case Badge(text, explanation):
            return Markup('<abbr class="group" title="{}">{}</abbr>').format(explanation, text)
        case Break():
            return Markup("<br>")
        case Swatch(colour):  # an attribute of SVG: the page's policy takes no `style` on an element
            square = Markup('<svg class="swatch" viewBox="0 0 1 1" aria-hidden="true">{}</svg>')
            return square.format(Markup('<rect width="1" height="1" fill="{}"/>').format(colour))
        case Span():
            return _span_html(run)
        case _:
            return _link_html(run)


def _link_html(link: NumberReference | Citation | FigureReference | Link | ExternalLink) -> Markup:
    match link:
        case NumberReference(id, value, anchor, description):
            return Markup('<a class="number" href="#{}" data-number="{}" aria-label="{}">{}</a>').format(
                anchor, id, description, value
            )
        case Citation(text=text, anchor=anchor):
            return Markup('<a href="#{}">{}</a>').format(anchor, text)
        case FigureReference(number, anchor):
            return Markup('<a href="#{}">{}</a>').format(anchor, number)
        case Link(content, anchor):
            return Markup('<a href="#{}">{}</a>').format(anchor, inline_html(content))
        case ExternalLink(address):
            return Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(address)


def _span_html(span: Span) -> Markup:
    content = inline_html(span.content)
    match span.kind:
        case "holds" | "contradicted" | "cannot-be-told":
            return Markup('<span class="verdict {}">{}</span>').format(span.kind, content)
        case "with-badge":
            return Markup('<span class="told">{}</span>').format(content)
        case "secondary":
            return Markup('<em class="secondary">{}</em>').format(content)
        case _:
            return Markup('<span class="{}">{}</span>').format(span.kind, content)


def _blocks_html(blocks: Iterable[Block], language: Language) -> Markup:
    return Markup("").join(_block_html(block, language) for block in blocks)


_MACROS: Mapping[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    Verbatim: "verbatim",
    ItemList: "item_list",
    Table: "table",
    Figure: "figure",
    Quotations: "quotations",
    CasePage: "case_page",
    EvidenceEntry: "evidence_entry",
    Group: "group",
}
"""The macro of the templates that writes each kind of block."""


def _block_html(block: Block, language: Language) -> Markup:
    return macro(environment(language), "blocks.html.j2", _MACROS[type(block)])(block)


@cache
def environment(language: Language) -> Environment:
    """Return the environment of the templates, in a language."""
    environment = templates(__package__ or "benang.report")
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["inline"] = inline_html
    environment.filters["blocks"] = lambda blocks: _blocks_html(blocks, language)
    environment.filters["address"] = picture_address
    environment.filters["size"] = size_on_screen
    return environment


@cache
def _asset(name: str) -> str:
    return resources.files(__package__ or "benang.report").joinpath("templates", name).read_text(encoding="utf-8")
