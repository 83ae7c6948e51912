"""The report as a Word document: blocks as WordprocessingML, in the styles of a template."""
