"""One line that says to whom, until when, how urgent and what: read here, opened by the same verb."""
