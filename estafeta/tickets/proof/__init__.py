"""Proving that nobody changed the journal: checks of one ticket and of all, and the daily seal."""
