"""Cells that a spreadsheet would run are made safe on the way out, and plain again on the way in.

A cell that begins like a formula gets an apostrophe in front, as OWASP advises ("CSV injection"); one that
begins with apostrophes and would then look made safe gets one, too. So `plain_cell(safe_cell(text))` is the
text, whatever it is. An apostrophe in front of nothing but digits is how spreadsheets mark a number that is
text ("'011901"): read, it is gone.
"""

import re

# White space in front does not keep a spreadsheet from running it; nor do full-width signs.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
MARKED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n]|[0-9]+\Z)")


def safe_cell(text: str) -> str:
    """The text as it may stand in a file that a spreadsheet opens."""
    return f"'{text}" if FORMULA.match(text) or MARKED.match(text) else text


def plain_cell(text: str) -> str:
    """The text of a cell that `safe_cell` may have made safe."""
    return text[1:] if MARKED.match(text) else text
