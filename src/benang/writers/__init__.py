"""Records → files in the forms that databases and reference managers read."""
