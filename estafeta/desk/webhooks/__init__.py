"""Administration: other systems that hear of what happens."""
