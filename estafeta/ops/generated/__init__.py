"""Pages of docs/generated that are made from the tables the product runs by.

Administrators read the very rules, and `bin/check` fails if a page is behind them.
"""
