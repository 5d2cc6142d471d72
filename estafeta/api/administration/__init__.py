"""Administration for programs: the actions behind the desk's pages, with a token made for it."""
