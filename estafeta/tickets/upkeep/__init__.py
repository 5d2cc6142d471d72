"""What time or an administrator does: archive, wake, accept in silence, move, purge."""
