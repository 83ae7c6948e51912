"""Screening: who decides on which record, what comes of it, and the flow from records to studies."""
