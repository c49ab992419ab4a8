"""In our building: everybody reads the answer; the principal says yes; own people choose what is needed."""

import datetime
from typing import Any

from accounts import clock
from partners import services
from partners.models import RequirementProfile
from tests.conftest import Cast

ROWS = {
    # route                        out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "building:list":              "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "building:page":              "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "building:say_yes POST":      "302  403  403  403  403  302  403   403  403  403  403  403   404  404",
    "building:take_back":         "302  403  403  403  403  200  403   403  403  403  403  403   404  404",
    "building:take_back POST":    "302  403  403  403  403  200  403   403  403  403  403  403   404  404",
    "building:needs":             "302  403  200  200  200  200  200   403  403  403  403  403   404  404",
    "building:needs POST":        "302  403  200  200  200  200  200   403  403  403  403  403   404  404",
    "building:waive":             "302  403  403  403  403  200  200   403  403  403  403  403   404  404",
    "building:waive POST":        "302  403  403  403  403  200  200   403  403  403  403  403   404  404",
    "building:profiles":          "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "building:add_profile":       "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "building:add_profile POST":  "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "building:edit_profile":      "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "building:edit_profile POST": "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "building:rosters":           "302  403  403  403  403  302  403   403  403  403  403  302   404  404",
    "building:roster":            "302  403  403  403  403  200  403   403  403  403  403  403   404  404",
    "building:roster POST":       "302  403  403  403  403  200  403   403  403  403  403  403   404  404",
    "building:end_waiver POST":   "302  403  403  403  403  302  302   403  403  403  403  403   404  404",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """A partner at Quillback, and a waiver of theirs."""
    partner = services.create_partner(by=cast.coordinator, name="Saltbox Hill Choir")
    partnership = services.start_partnership(partner=partner, school=cast.quillback, by=cast.coordinator)
    until = clock.today(cast.quillback) + datetime.timedelta(30)
    waiver = services.waive(
        partnership=partnership, by=cast.principal, waives="w9", because="They are paid nothing.", until=until
    )
    of_partnership = ("page", "say_yes", "take_back", "needs", "waive")
    return {
        **{f"building:{name}": {"uid": partnership.uid} for name in of_partnership},
        "building:edit_profile": {"uid": RequirementProfile.objects.first().uid},
        "building:roster": {"uid": cast.quillback.uid},
        "building:end_waiver": {"uid": waiver.uid},
    }
