"""What administrators do about channels: set them, try them, see how they are doing."""
