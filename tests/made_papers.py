"""Small papers made for tests: PDFs with pages of text, a title in tall letters, properties; Word files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from matplotlib import rc_context
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure


def made_pdf(*pages: Sequence[str], title: str = "", properties: Mapping[str, str] | None = None) -> bytes:
    """Return a PDF with a line of text for each text; the title stands in tall letters below the first line."""
    held = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}), PdfPages(held, metadata={"Creator": None, **(properties or {})}) as file:
        for number, lines in enumerate(pages):
            figure = Figure(figsize=(8, 11))
            place = 0.95
            for at, line in enumerate(lines):
                figure.text(0.05, place, line, size=9)
                place -= 0.025
                if title and number == 0 and at == 0:
                    figure.text(0.05, place - 0.02, title, size=17)
                    place -= 0.06
            file.savefig(figure)
    return held.getvalue()


def plain_pdf(*pages: str) -> bytes:
    """Return a PDF with a line of text on each page; an empty text makes a page without any, as a scan has it."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for line in pages:
        drawn = f"BT /F1 9 Tf 60 780 Td ({line}) Tj ET" if line else ""
        kids.append(f"{len(objects) + 1} 0 R")
        page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects += [f"<< {page} /Contents {len(objects) + 2} 0 R >>",
                    f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"]  # fmt: skip
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{body}{head}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def made_docx(body: str, **parts: str) -> bytes:
    """Return a Word file around a body in WordprocessingML; `parts` are the content of others, such as `footnotes`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{_WORD}">{content}</w:{name}>')
    return held.getvalue()


def word_paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of WordprocessingML."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
