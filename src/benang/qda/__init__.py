"""Projects of programs for qualitative analysis, REFI-QDA and what others export: read into one form, and written."""
