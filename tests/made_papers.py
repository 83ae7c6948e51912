"""Small PDFs made for tests: pages of text, a title in tall letters, properties."""

from __future__ import annotations

import io
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
