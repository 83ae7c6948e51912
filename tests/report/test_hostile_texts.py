"""Texts of others stay texts on the pages that Benang makes, whatever they look like to a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benang.analyses import analysis_network
from benang.figures.map_figures import plot_map
from benang.indicators import describe
from benang.maps.making import vos_map
from benang.network import Analysis
from benang.readers.registry import read
from benang.report.describing_files import corpus_figures
from benang.report.html import html_page
from benang.report.separate_reports import description_blocks
from benang.tasks.build.building import build

from .page_reader import Element, read_page

pytestmark = pytest.mark.slow

PAYLOADS = (
    "<script>attack()</script>",
    '"><img src=x onerror=attack()>',
    "' onmouseover='attack()",
    "</style></svg></title><script>attack()</script>",
    "]]><script>attack()</script><!--",
    "--><script>attack()</script>",
    "<svg><animate onbegin=attack() attributeName=x dur=1s>",
    "<a href='javascript:attack()'>x</a>",
    "javascript:attack()",
    "file:///etc/passwd",
    "<base href=//evil.example><link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<iframe srcdoc='<script>attack()</script>'></iframe>",
    "{{ 7*7 }}{% include '/etc/passwd' %}{# x #}",
    "%(question)s {0.__class__} ${x}",
    "\\u003cscript\\u003eattack()",
    "&lt;script&gt;attack()&lt;/script&gt;",
    "&#60;script&#62;attack()&#60;/script&#62;",
    "<ſcript>attack()</ſcript>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
)


def _record(text: str, n: int) -> str:
    fields = ("AU", "TI", "JO", "AB", "AD", "KW", "DO", "UR", "PB", "CY", "N1", "SN", "C1", "LA")
    return f"TY  - JOUR\nPY  - {2000 + n}\nKW  - trade\n" + "".join(f"{tag}  - {text}\n" for tag in fields) + "ER  - \n"


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write records that hold payloads in every field, three of each so that they are counted."""
    path = tmp_path_factory.mktemp("exports") / "hostile.ris"
    path.write_text("".join(_record(text, n) for n in range(3) for text in PAYLOADS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pages(exports: Path, tmp_path_factory: pytest.TempPathFactory, test_data: Path) -> dict[str, Element]:
    """Make a report and a description of hostile records, in a review whose own texts are hostile, too."""
    review = Path(shutil.copytree(test_data / "mini-review", tmp_path_factory.mktemp("review") / "review"))
    shutil.copy(exports, review / "sources")
    whole = " ".join(PAYLOADS)
    plan = (review / "review.toml").read_text(encoding="utf-8").partition("[[maps]]")[0]
    plan = plan.replace('"Why do night markets close?"', f"'''{whole}'''")
    charts = '[[charts]]\nname = "years"\nkind = "years"\n'
    report = f"[report]\nlimits = ['''{whole}''']\ndate = '''{whole}'''\n"
    (review / "review.toml").write_text(f"{plan}{charts}caption = '''{whole}'''\n{report}", encoding="utf-8")
    judgements = (review / "judgements" / "ani.jsonl").read_text(encoding="utf-8")
    quote = "<script>attack()</script> moved away because of rain"
    document = (review / "documents" / "harjo2020.md").read_text(encoding="utf-8")
    assert "moved away because of rain" in document
    (review / "documents" / "harjo2020.md").write_text(document.replace("moved away because of rain", quote))
    (review / "judgements" / "ani.jsonl").write_text(
        judgements.replace('"moved away because of rain"', f'"{quote}"').replace('"end": 57', '"end": 83')
    )
    corpus = describe(read(exports))
    page = html_page(description_blocks(corpus, "en", figures=corpus_figures(corpus, "en"), version="1"))
    report_page = build(review).report.read_text(encoding="utf-8")
    return {"report": read_page(report_page), "description": read_page(page)}


def _elements(pages: dict[str, Element]) -> Iterator[tuple[str, Element]]:
    for name, page in pages.items():
        yield from ((name, one) for one in page.all())


def test_nothing_that_runs_or_loads_comes_into_a_page(pages: dict[str, Element]) -> None:
    """One script, our own; no handler, no frame, no address but of a place on the page or of the web."""
    for name, page in pages.items():
        assert len(list(page.all("script"))) == 1, name
        assert "attack" not in next(page.all("script")).text
    for name, one in _elements(pages):
        assert one.tag not in {"iframe", "object", "embed", "base", "form", "animate", "set", "foreignObject"}, name
        assert not [attribute for attribute in one.attributes if attribute.startswith("on")], (name, one.tag)
        for attribute in ("href", "xlink:href", "src"):
            assert one[attribute] == "" or one[attribute].startswith(("#", "data:", "https://", "http://"))


def test_the_texts_are_shown_as_they_are(pages: dict[str, Element]) -> None:
    """Nothing of them is filled in, and they can be read."""
    for name, page in pages.items():
        assert "attack()" in page.text, name
        assert "{{ 7*7 }}" in page.text or "{{ 7*7 }}".title() in page.text, name
        assert "root:x:0" not in page.text


def test_a_picture_of_hostile_labels_holds_text_alone(exports: Path, tmp_path: Path) -> None:
    """SVG is opened by browsers as pages are."""
    network = analysis_network(read(exports), Analysis("author-keywords", min_occurrences=1))
    plot_map(vos_map(network), path=tmp_path / "map.svg")

    tree = ElementTree.parse(tmp_path / "map.svg")  # noqa: S314 - our own file
    tags = {str(one.tag).rpartition("}")[2] for one in tree.iter()}
    assert not tags & {"script", "a", "foreignObject", "animate", "set", "image", "img", "iframe"}
    assert not [name for one in tree.iter() for name in one.attrib if name.lower().startswith("on")]
    assert any("attack()" in text for text in tree.getroot().itertext())
