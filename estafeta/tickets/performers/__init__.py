"""Who does it: assignment, parts that finish separately, what a completion must carry."""
