"""The shape of the table.

A row is a route's name, or the name and " POST", and ten answers, in the order of VISITORS. 200 the page
shows, 302 it leads on (to sign in where one is signed out), 403 seen but not allowed, 404 not seen. Things in
the rows belong to Quillback, where the first six visitors work.
"""

VISITORS = (
    "signed_out",
    "viewer",
    "preparer",
    "coordinator",
    "principal",
    "staff",
    "bellwether_coordinator",
    "bellwether_principal",
    "brightmere_staff",
    "ended",
)


def answers(row: str) -> dict[str, int]:
    """The ten answers of a row by visitor."""
    codes = [int(code) for code in row.split()]
    return dict(zip(VISITORS, codes, strict=True))
