"""Pages of talks with operators: to ask, to handle, to keep as a ticket, to set up."""
