"""Who serves what: every member reads it; those who work at a school rate its needs."""

from typing import Any

from tests.conftest import Cast

ROWS = {
    # route                        out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "coverage:found":             "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "coverage:grid":              "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "coverage:sheet":             "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "coverage:table":             "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "coverage:cell":              "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "coverage:rate":              "302  403  200  200  200  200  200   403  403  403  403  403   404  404",
    "coverage:rate POST":         "302  403  200  200  200  200  200   403  403  403  403  403   404  404",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """Quillback, and attendance there."""
    return {
        "coverage:cell": {"uid": cast.quillback.uid, "need": "attendance"},
        "coverage:rate": {"uid": cast.quillback.uid},
    }
