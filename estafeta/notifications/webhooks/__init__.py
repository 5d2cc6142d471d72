"""Other systems that hear of entries: which ones they want, how administrators keep them, when they fail."""
