"""Message catalogues and the formats of dates."""
