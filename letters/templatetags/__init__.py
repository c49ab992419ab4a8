"""Template filters of letters."""
