"""What people write: drafts, templates, mentions, signs, who has read what."""
