"""What was found: records, the corpus they make, and the words that are joined in it."""
