"""The schools' own pages: all who work in the district read them; their people and staff keep them."""

from typing import Any

from partners.models import Need
from partners.services import add_figure
from tests.conftest import Cast

ROWS = {
    # route                        out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "schools:list":               "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "schools:page":               "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "schools:edit":               "302  404  200  200  200  200  200   404  403  403  403  403   404  404",
    "schools:edit POST":          "302  404  200  200  200  200  200   404  403  403  403  403   404  404",
    "schools:add_figure":         "302  404  200  200  200  200  200   404  403  403  403  403   404  404",
    "schools:add_figure POST":    "302  404  200  200  200  200  200   404  403  403  403  403   404  404",
    "schools:edit_figure":        "302  404  200  200  200  200  200   404  403  403  403  403   404  404",
    "schools:edit_figure POST":   "302  404  200  200  200  200  200   404  403  403  403  403   404  404",
    "schools:move_figure_up POST": "302  404  302  302  302  302  302   404  403  403  403  403   404  404",
    "schools:remove_figure POST": "302  404  302  302  302  302  302   404  403  403  403  403   404  404",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """Quillback, and a figure of it."""
    figure = add_figure(
        school=cast.quillback,
        by=cast.coordinator,
        need=Need.objects.first(),
        sentence="2 in 10 of our sixth graders missed a month of school.",
        source="District attendance report",
        year=2026,
    )
    return {
        **{f"schools:{name}": {"uid": cast.quillback.uid} for name in ("page", "edit", "add_figure")},
        **{
            f"schools:{name}": {"uid": figure.uid}
            for name in ("edit_figure", "move_figure_up", "remove_figure")
        },
    }
