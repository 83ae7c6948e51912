"""Projects of programs for qualitative analysis: REFI-QDA and what other programs export, read into one form and written."""
