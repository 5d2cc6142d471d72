"""What belongs to a ticket: links, parts, followers, and what a reader may know of them."""
