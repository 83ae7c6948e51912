"""The report as a PDF: blocks as data, and a template of typst that sets them on A4."""
