"""Talks of clients with whoever is on duty: asked for, accepted, passed on, ended, kept as a ticket."""
