"""The page as a whole: it loads nothing, hides nothing, and every number in it follows from its passages."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from hashlib import sha256
from html import escape
from itertools import pairwise

import pytest
from tests.maps.exchanged import toy_map
from tests.report.invented import ATTACK, PASSAGES, content
from tests.report.page_reader import Element, anchors, read_page

from benang.coding.cases import Cases
from benang.coding.codebook import Codebook
from benang.coding.coded import Coded
from benang.errors import BenangError, Problem
from benang.evidence import Evidence, Number
from benang.locale import LANGUAGES, Language
from benang.looks import View
from benang.report import Report
from benang.report.html import html_page
from benang.report.sections import report_blocks
from benang.synthesis.findings import Findings, Unplaced
from benang.viewer.data import ShownMap


def shown_numbers(page: Element) -> list[Element]:
    """Return the elements that show a number."""
    return [one for one in page.all() if one["data-number"]]


def value_of(text: str, language: Language) -> float:
    """Read a numeral back."""
    marks = str.maketrans({",": "."}) if language == "id" else str.maketrans({})
    return float((text.replace(".", "") if language == "id" else text.replace(",", "")).translate(marks))


def test_the_page_says_its_language(page: Element, language: Language) -> None:
    """Screen readers pronounce by it."""
    assert next(page.all("html"))["lang"] == language


def test_every_number_shown_is_that_of_the_evidence(page: Element, language: Language) -> None:
    """Its text is the value, and nothing but the value."""
    numbers = content().findings.evidence.numbers
    shown = shown_numbers(page)

    assert len({one["data-number"] for one in shown}) > 20
    assert [
        one["data-number"] for one in shown if value_of(one.text, language) != numbers[one["data-number"]].value
    ] == []


def test_every_number_shown_can_be_recomputed_from_its_entry_in_the_appendix(page: Element) -> None:
    """The entry names as many things as the number counts, and quotes each passage behind it."""
    held, numbers = anchors(page), content().findings.evidence.numbers
    for one in shown_numbers(page):
        counted = held[one["href"].removeprefix("#")]
        number = numbers[one["data-number"]]
        members = next(counted.all("p", kind="members"))
        quoted = {
            name
            for passage in counted.up("entry").all("li", kind="passage")
            for name in passage["data-passage"].split()
        }
        listed = members.text.strip().split("; ") if number.of else []

        assert len(listed) == number.value == len(set(number.of)), number.id
        assert quoted == set(number.passages), number.id
        assert recounted(number, content().findings) in (None, set(number.of)), number.id


def recounted(number: Number, findings: Findings) -> set[str] | None:
    """Count a number anew from its passages; None where what it counts needs none."""
    passages = [findings.evidence.passages[key] for key in number.passages]
    if not passages:
        return None
    studies = {one.path: one.record for one in findings.documents.values()}
    return {
        "cases": {one.case for one in passages},
        "codes": {one.code for one in passages},
        "studies": {studies[one.document] for one in passages},
    }[number.unit]


def test_counts_are_printed_as_opened_numbers_only(english: Element) -> None:
    """In tables of what was counted, no cell shows a bare count."""
    for table in english.all("table"):
        if table.classes & {"codes", "printed", "framework"}:
            for cell in (one for one in table.all("td") if "n" in one.classes):
                assert next(cell.all("a", kind="number"), None), cell.text


def test_every_anchor_that_is_linked_to_is_there(page: Element) -> None:
    """No link within the page leads nowhere, and no id stands twice."""
    held = anchors(page)

    assert [one["href"] for one in page.all("a") if one["href"].startswith("#") and one["href"][1:] not in held] == []


def test_nothing_is_loaded_from_elsewhere(page: Element) -> None:
    """Pictures are data, and styles and scripts stand in the page."""
    for one in page.all():
        assert one.tag not in {"iframe", "object", "embed", "video", "audio", "source", "base", "form"}
        for name in ("src", "srcset", "data", "poster", "action"):
            assert one[name] == "" or one[name].startswith("data:"), (one.tag, name)
        if one.tag == "link":
            assert one["href"].startswith("data:")
        assert "style" not in one.attributes
        assert not [name for name in one.attributes if name.startswith("on")]
    style = "".join(one.text for one in page.all("style"))
    assert not re.search(r"url\(|@import", style)


def test_the_content_policy_allows_only_the_pages_own_style_and_script(page: Element) -> None:
    """A browser that follows it runs nothing that a quote, a title or a figure may bring."""
    (said,) = [one["content"] for one in page.all("meta") if one["http-equiv"] == "Content-Security-Policy"]
    own = {
        one.tag: base64.b64encode(sha256(one.text.encode()).digest()).decode()
        for one in page.all()
        if one.tag in {"style", "script"}
    }

    assert said == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{own['style']}'; script-src 'sha256-{own['script']}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_every_figure_has_a_number_a_caption_and_a_text_for_those_who_cannot_see_it(english: Element) -> None:
    """The picture comes with its size, so that the page does not jump."""
    figures = list(english.all("figure", kind="picture"))

    assert len(figures) == len(content().figures)
    for number, (figure, told) in enumerate(zip(figures, content().figures, strict=True), 1):
        image = next(figure.all("img"))
        caption = next(figure.all("figcaption")).text
        assert image["alt"] == told.alt
        assert int(image["width"]) > 0
        assert caption.startswith(f"Figure {number}. {told.caption}")


def test_headings_come_in_order(page: Element) -> None:
    """One h1, and no level is skipped on the way down."""
    levels = [int(one.tag[1]) for one in page.all() if re.fullmatch("h[1-6]", one.tag) and one["id"] != "panel-title"]

    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_tables_have_headings_for_columns_and_rows(page: Element) -> None:
    """Every head cell says what it heads, and every table has a caption that names it."""
    held = anchors(page)
    for table in page.all("table"):
        assert held[table["aria-labelledby"]].tag == "figcaption"
        assert {one["scope"] for one in table.all("th")} <= {"col", "row", "rowgroup"}
        assert all(next(row.all("th"))["scope"] in {"col", "row", "rowgroup"} for row in table.all("tr"))


def test_a_quote_cannot_bring_markup_into_the_page(page: Element, html: str) -> None:
    """It is shown letter for letter, and the only script is the page's own."""
    assert ATTACK not in html
    assert escape(ATTACK, quote=False) in html.replace("&#34;", '"')
    assert len(list(page.all("script"))) == 1
    assert all(one["src"].startswith("data:") for one in page.all("img"))
    assert any(ATTACK in one.text for one in page.all("blockquote"))


def test_every_passage_is_quoted_with_its_document_coder_scope_and_account(english: Element) -> None:
    """A note on a secondary account says so; the study at hand does not."""
    (listed,) = english.all("div", kind="all-passages")
    texts = {name: one.text for one in listed.all("li", kind="passage") for name in one["data-passage"].split()}

    assert set(texts) == set(PASSAGES)
    for key, passage in PASSAGES.items():
        assert passage.quote in texts[key]
        assert f"{passage.document}, characters {passage.start} to {passage.end}" in texts[key]
        assert "coder: ani" in texts[key]
        assert ("reported once for 2 cases together" in texts[key]) == (passage.scope == "group")
        assert ("note on a secondary account" in texts[key]) == (passage.document != "documents/tan2021.md")


def test_the_report_in_indonesian_speaks_indonesian() -> None:
    """Labels of the review follow too."""
    page = read_page(html_page(report_blocks(content(), "id")))
    text = next(page.all("main")).text

    assert [one.text for one in page.all("h2")][:3] == ["Pertanyaan", "Ringkasan", "Gambar"]
    assert "Faktor yang paling sering dilaporkan" in text
    assert "catatan atas uraian sekunder" in text
    assert "kelompok: 2" in text


@pytest.mark.parametrize(
    ("times", "english", "indonesian"),
    [
        (None, "the document is missing", "dokumennya tidak ada"),
        (0, "the quotation is not in the document", "kutipannya tidak ada dalam dokumen"),
        (2, "the quotation occurs in the document 2 times", "kutipannya muncul 2 kali dalam dokumen"),
    ],
)
def test_codings_that_were_left_out_are_listed_with_file_and_line(
    times: int | None, english: str, indonesian: str
) -> None:
    """Nothing is dropped in silence; the reason is told in the language of the report."""
    lost = Unplaced("hulu/rain", "judgements/ani.jsonl", 7, "documents/sari2018.md", "a <lost> quote", "", times)
    pages = {spoken: read_page(html_page(report_blocks(content(unplaced=(lost,)), spoken))) for spoken in LANGUAGES}
    said = {spoken: next(page.all("ul", kind="unplaced")).text for spoken, page in pages.items()}

    assert f"judgements/ani.jsonl, line 7: hulu/rain, documents/sari2018.md: {english}" in said["en"]
    assert f"judgements/ani.jsonl, baris 7: hulu/rain, documents/sari2018.md: {indonesian}" in said["id"]
    assert "a <lost> quote" in said["en"]


def test_the_same_content_gives_the_same_page(html: str, language: Language) -> None:
    """No clock, no chance."""
    assert html_page(report_blocks(content(), language)) == html


def test_the_figures_come_right_behind_the_summary(english: Element) -> None:
    """How all of it was done stands behind what was found, before its limits."""
    names = [one["id"].removeprefix("part-") for one in english.all("section", kind="part")]

    assert names[:3] == ["question", "summary", "figures"]
    assert names[names.index("methods") + 1 :] == ["limits", "references", "appendix"]


def test_the_appendix_is_folded_in_the_page_itself(english: Element) -> None:
    """No script is needed for that: the element is closed as it is written."""
    fold = next(english.all("details"))

    assert "open" not in fold.attributes
    assert len(list(fold.all("blockquote"))) > 0.6 * len(list(english.all("blockquote")))


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Why do night markets close?", "Why do night markets close?"),
        ('A "b" \\ </style>{}', r"A \22 b\22  \5c  \3c \2f style\3e \7b \7d "),
        ("word " * 40, " ".join(["word"] * 22) + "…"),
    ],
)
def test_every_printed_page_but_the_first_has_the_title_at_its_head(title: str, printed: str) -> None:
    """As a string of CSS, which nothing in a title can end; a long one is cut between words."""
    page = html_page(replace(report_blocks(content(), "en"), title=title))

    assert f'@page {{ @top-left {{ content: "{printed}"; }} }}' in page
    assert "@page :first { @top-left { content: none; } }" in page
    assert page.count("</style>") == 1


def test_every_printed_page_has_its_number(html: str) -> None:
    """In a margin box, for which a browser needs no header of its own."""
    assert "@bottom-center { content: counter(page);" in html


def test_a_review_of_records_alone_has_a_report_too() -> None:
    """Without codebook, cases and codings, the sections on them are left out."""
    whole = content()
    bare = replace(
        whole.findings,
        coded=Coded(Codebook(), Cases()),
        evidence=Evidence(),
        code_tables={},
        printed_tables={},
        case_rows=(),
        matrices={},
        framework_tables=(),
        checks=(),
    )
    page = read_page(html_page(report_blocks(replace(whole, findings=bare, claims=()), "en")))

    assert [one.text for one in page.all("h2") if one["id"] != "panel-title"] == [
        "Question",
        "Figures",
        "Methods",
        "Limits",
        "References",
        "Appendix: every number and its evidence",
    ]


def _with_map(monkeypatch: pytest.MonkeyPatch, label: str = "kota", script: str = "0") -> Report:
    """Return the invented report whose first figure is a map that can be explored."""
    monkeypatch.setattr("benang.report.html.viewer_script", lambda: script)
    first, *others = content().figures
    made = toy_map(cluster_labels={1: label})
    shown = ShownMap(map=made, title=label, view=View(title=label, notes=(label,)))
    return report_blocks(replace(content(), figures=(replace(first, shown=shown), *others)), "en")


def test_a_map_is_interactive_with_its_picture_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its place is hidden until a script shows it; the data and the script are at the end of the page, once."""
    html = html_page(_with_map(monkeypatch))
    hosts = re.findall(r'<img [^>]*>\s*</div>\s*<div class="map" data-benang-map="([^"]*)" [^>]*hidden></div>', html)

    assert hosts == ["figure-topics"]
    assert html.count("data-benang-figure") == html.count("<script>0</script>") == 1
    assert re.findall(r'<script type="application/json" (data-benang-[^>]*)>', html) == [
        "data-benang-shared",
        'data-benang-page="figure-topics"',
    ]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert f"'sha256-{base64.b64encode(sha256(b'0').digest()).decode()}'" in policy[1].replace("&#39;", "'")
    assert "unsafe" not in policy[1]


def test_no_text_of_a_map_ends_its_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """A label may be any text."""
    html = html_page(_with_map(monkeypatch, label=f"</script><script>{ATTACK}</script><!--"))

    assert html.count("<script") == html.count("</script>") == 4
    assert ATTACK not in html


def test_a_report_without_maps_or_without_the_built_viewer_has_pictures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the viewer is in the page."""

    def missing() -> str:
        raise BenangError(Problem("the interactive viewer was not built"))

    report = _with_map(monkeypatch)
    monkeypatch.setattr("benang.report.html.viewer_script", missing)

    assert html_page(report).count("<script") == 1
    assert "benang-" not in html_page(report_blocks(content(), "en"))
