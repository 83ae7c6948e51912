"""Networks of corpora that no memory holds: counted where they lie, and only what passes the thresholds comes here."""
