"""The review on disk: its folder, its documents, and the judgements appended to it."""
