"""Maps, charts and tables as pictures fit for print."""
