"""The report: a review as one page whose every number opens the passages behind it."""
