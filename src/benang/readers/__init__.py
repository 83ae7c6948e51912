"""Files → records: one file a format, one line of registration each."""
