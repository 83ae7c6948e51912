"""From a review's folder to its maps, tables, figures and report, by one plan."""
