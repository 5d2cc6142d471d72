"""Where messages reach a person or a department: addresses, their proof and their state."""
