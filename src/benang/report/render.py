"""The whole report as one HTML file, in English or Indonesian, that loads nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from benang.locale import Language, catalogue
from benang.report.content import ReportContent
from benang.report.names import Names
from benang.report.page import page_parts
from benang.report.texts import Texts, short_hash


def render_report(content: ReportContent, language: Language) -> str:
    """Render a review as one self-contained HTML page.

    Parameters
    ----------
    content
        All that the page shows.
    language
        The language of labels, captions, methods and numerals.

    Returns
    -------
    str
        The page: styles, script and figures are in it, and its content policy lets a browser load nothing else. The
        same content gives the same text. Each number that was counted is an element with `data-number`, whose text is
        its value and whose link goes to its evidence in the appendix.
    """
    style, script = _asset("style.css") + _asset("description.css"), _asset("panel.js")
    template = environment(language).get_template("report.html.j2")
    return template.render(
        content=content,
        language=language,
        policy=policy(style, script),
        plan_code=short_hash(content.plan_hash) if content.plan_hash else "–",
        style=Markup(style),  # noqa: S704 -- a file of this package
        script=Markup(script),  # noqa: S704 -- a file of this package
        **page_parts(content, Names(content.findings, Texts(language), content.also_cited)),
    )


def policy(style: str, script: str) -> str:
    """Return the content security policy of a page: its own style and script, pictures within it, nothing else.

    Examples
    --------
    >>> policy("", "").split("; ")[:2]
    ["default-src 'none'", 'img-src data:']
    """
    hashes = [base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def environment(language: Language) -> Environment:
    """Return the templates' environment: everything that is no markup is escaped, unknown names are errors."""
    made = Environment(
        loader=PackageLoader("benang.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    return made


@cache
def _asset(name: str) -> str:
    return resources.files(__package__ or "benang.report").joinpath("templates", name).read_text(encoding="utf-8")
