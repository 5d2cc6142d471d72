"""The tree of topics."""
