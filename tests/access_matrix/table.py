"""The shape of the table.

A row is a route's name, or the name and " POST", and fourteen answers, in the order of COLUMNS. 200 the page
shows, 302 it leads on (to sign in where one is signed out), 403 seen but not allowed, 404 not seen. Things in
the rows belong to Quillback. Who stands in each column: people.py.
"""

COLUMNS = (
    "out",  # signed out
    "view",  # here: a viewer of Quillback
    "prep",  # preparers, among them two who were deputies
    "coor",
    "depu",  # a preparer who signs for the principal today
    "prin",
    "staf",  # district staff, for the whole of Larkmoor
    "b.vi",  # at Bellwether, another school of Larkmoor
    "b.pp",
    "b.co",
    "b.de",
    "b.pr",
    "brig",  # all six roles of Brightmere, another district
    "gone",  # all six roles of Larkmoor, ended yesterday or not yet begun
)


def answers(row: str) -> dict[str, int]:
    """The answers of a row by column."""
    codes = [int(code) for code in row.split()]
    return dict(zip(COLUMNS, codes, strict=True))
