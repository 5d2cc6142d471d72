"""What was sent, and what became of it: of a ticket, to oneself, and all of it for administrators."""
