"""Tests of whole installations: real processes, a database that they share, kills."""
