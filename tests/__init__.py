"""What belongs to no single room."""
