"""A small report of every kind of block, and a hostile one, for those who set it on paper."""

from __future__ import annotations

from functools import cache

from benang.figures import new_figure, styled
from benang.figures.saving import figure_bytes
from benang.locale import Language
from benang.report import (
    Block,
    CasePage,
    CasePart,
    CodedPassages,
    Column,
    EvidenceEntry,
    EvidenceNumber,
    Fact,
    Figure,
    Group,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Quotation,
    Quotations,
    Report,
    Section,
    Table,
    TableBody,
    TableRow,
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
    Link,
    NumberReference,
    Span,
    Superscript,
)

HOSTILE = (
    r"""#set page(paper: "a0") $x$ @cite *bold* `raw` \ <label> ] } // /* ]]> &amp; <w:p> "quoted" 'single' ${x}"""
)
"""What typst, XML and TeX would each take for an order, if it were no data."""
CONTROLS = "bell\x07 escape\x1b[31m nul\x00 half\ud83d nonchar\ufffe override\u202efdp"
LONG = "0123456789abcdef" * 8


@cache
def _drawn(width: float, height: float) -> tuple[str, bytes]:
    with styled():
        figure = new_figure(width, height)
        figure.add_subplot().bar(["Bandung", "Malang"], [1, 2])
        return figure_bytes(figure, ".svg").decode("utf-8"), figure_bytes(figure, ".png")


def figure(name: str, number: int, width: float = 84.0, height: float = 60.0) -> Figure:
    """Return a drawn figure of a size in mm."""
    svg, png = _drawn(width, height)
    return Figure(
        f"figure-{name}", svg, png, f"Bars of {name}.", f"Two bars for {name}: 1 and 2.", ("A note.",), number
    )


def number(value: str = "24", key: str = "cases/all") -> NumberReference:
    """Return a number that opens."""
    return NumberReference(key, value, f"n-{key.replace('/', '.')}", f"{value} cases: all. Open the evidence")


def quotation(at: int = 1, quote: str = "It rained on the first night.") -> Quotation:
    """Return a passage."""
    return Quotation(
        at, (f"one-{at}",), quote, Link("Hulu", "case-hulu"), (Citation("a", "Sari, 2020", "ref-a"), "coder: one")
    )


def table(at: int = 1, rows: int = 3, text: str = "Rain") -> Table:
    """Return a table of codes and numbers, with a part, a note, and an anchor on each row."""
    body = tuple(TableRow((f"{text} {n}", number(str(n))), f"code-{at}-{n}") for n in range(rows))
    columns = (Column("Factor"), Column(("Cases ", FigureReference(1, "figure-bars")), is_number=True))
    return Table(f"table-{at}", "Factors", columns, (TableBody(body, "Internal"),), ("A note below.",), "codes", at)


def report(
    language: Language = "en",
    *,
    title: str = "Night markets",
    text: str = "Rain closes markets.",
    more: tuple[Block, ...] = (),
) -> Report:
    """Return a report of every kind of block; `text` stands in each kind of place that people write in."""
    counted = EvidenceNumber(
        "cases/all",
        "n-cases.all",
        "Cases of the review",
        "24",
        "cases",
        Badge("group of 4", "x"),
        Link("Hulu", "case-hulu"),
    )
    nothing = EvidenceNumber("cases/none", "n-cases.none", "No cases", "0", "cases", is_zero=True)
    passages = Quotations((quotation(1, text), quotation(2)))
    return Report(
        language,
        title,
        (
            Section("question", "Question", (Paragraph(text, "question"),)),
            Section(
                "summary",
                "Summary",
                (
                    Paragraph(
                        (
                            "The review compares ",
                            number(),
                            " cases, see figure ",
                            FigureReference(1, "figure-bars"),
                            ".",
                        )
                    ),
                    Paragraph(
                        (
                            Emphasis("Jurnal"),
                            Superscript("2"),
                            Code(LONG),
                            Break(),
                            ExternalLink("https://doi.org/10.1000/182"),
                        )
                    ),
                    Paragraph(
                        (Span((number("24"), " ", Badge("group of 4", "x")), "with-badge"), Link("nowhere", "missing"))
                    ),
                    Verbatim(text),
                    Heading("Leading"),
                    ItemList((Item((text, number("0", "cases/none")), label="First", quote=text),), "leading"),
                ),
            ),
            Section("figures", "Figures", (figure("bars", 1), figure("wide", 2, 250.0, 120.0))),
            Section("tables", "Tables", (table(1), table(2, 150), *more)),
            Section(
                "cases",
                "Cases one by one",
                (
                    CasePage(
                        "case-hulu",
                        "Hulu",
                        (),
                        (Fact("Years", text),),
                        (
                            CasePart("Factors", (CodedPassages("Rain", Quotations((quotation(1, text),))),)),
                            CasePart("Fields", (), "Silent."),
                        ),
                    ),
                ),
            ),
            Section(
                "references", "References", (ItemList((Item((text, Emphasis("Jurnal")), "ref-a"),), "references"),)
            ),
            Section(
                "appendix",
                "Appendix",
                (
                    Heading("Numbers"),
                    EvidenceEntry((counted, nothing), quotations=passages),
                    Group((Heading("Passages"), Quotations(passages.quotations, is_whole=True)), "all-passages"),
                ),
            ),
        ),
        "On numbers",
        "Evidence",
        (("Made by Benang ", Code("0.1")),),
        byline="Reviewed by Sari",
        description=text,
    )
