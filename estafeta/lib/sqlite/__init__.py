"""A Django database engine for SQLite with several processes: `ENGINE = "estafeta.lib.sqlite"`."""
