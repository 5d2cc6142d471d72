"""What administrators write in place of the shipped words, and how it is used without danger."""
