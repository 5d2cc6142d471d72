"""Subcommands of `estafeta`: each module has a docstring, `arguments(parser)` and `run(options)`."""
