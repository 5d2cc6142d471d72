"""Files of tickets: how they come in, belong to a ticket, and leave."""
