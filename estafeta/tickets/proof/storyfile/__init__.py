"""One ticket's story as a file that somebody else can check, without this installation.

`writing.py` makes it, `pages.py` and `pdf.py` print it, `reading.py` finds it in a file,
`checking.py` proves it. What checks needs neither a database nor settings.
"""
