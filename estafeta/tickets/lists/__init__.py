"""Choosing tickets: conditions, search, saved views, pages, and the counters that are kept."""
