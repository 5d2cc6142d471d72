"""Formats where Django's own do not suit; Russian and Ukrainian need none."""
