"""The interactive map: what its page is given, and the page, one HTML file that loads nothing."""
