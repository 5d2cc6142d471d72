"""Lines of people in three languages with what they mean."""
