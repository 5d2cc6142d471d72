"""What administrators read and send."""
