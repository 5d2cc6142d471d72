"""What people want to hear of: the matrix, quiet hours, being away, muted tickets."""
