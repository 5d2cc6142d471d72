"""What takes something out of one room of the business into another; they do not know each other."""
