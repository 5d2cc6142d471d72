"""One verb done to many tickets: looked at beforehand, reported afterwards, taken back where it can be."""
