"""Groups and decisions: read by those who cover the group's school, written by three roles of them."""

from typing import Any

from decisions.models import Event, Group
from decisions.services import add_seat, create_group, open_decision
from partners.models import Partner
from tests.conftest import Cast
from tests.decisions.conftest import make_partner

ROWS = {
    # route                       out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "decisions:log":             "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "decisions:new":             "302  403  403  200  403  200  200   403  403  200  403  200   404  404",
    "decisions:new POST":        "302  403  403  200  403  200  200   403  403  200  403  200   404  404",
    "decisions:new_group":       "302  403  403  200  403  200  200   403  403  200  403  200   404  404",
    "decisions:new_group POST":  "302  403  403  200  403  200  200   403  403  200  403  200   404  404",
    "decisions:group":           "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:new_seat":        "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:new_seat POST":   "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:how":             "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:new_how":         "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:new_how POST":    "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:holder":          "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:holder POST":     "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:end_seat POST":   "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:page":            "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:history":         "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:answers":         "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:answers POST":    "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:step_out":        "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:step_out POST":   "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:next_round POST": "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:close":           "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:close POST":      "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:settle":          "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:settle POST":     "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:erase":           "302  403  403  403  403  403  200   404  404  404  404  404   404  404",
    "decisions:erase POST":      "302  403  403  403  403  403  200   404  404  404  404  404   404  404",
    "decisions:of_partner":      "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "register:enter":            "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "register:code":             "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """What stands in the URLs of this app: Quillback's committee with a seat, a decision, a partner."""
    group: Group = create_group(name="Committee", school=cast.quillback, by=cast.coordinator)
    partner: Partner = make_partner(cast, "Open Cupboard Pantry", "basic_needs")
    seat = add_seat(group=group, partner=partner, sector="basic_needs", by=cast.coordinator)
    decision = open_decision(group=group, question="Shall we?", by=cast.coordinator)
    groups = ("group", "new_seat", "how", "new_how")
    decisions = ("page", "history", "answers", "step_out", "next_round", "close", "settle", "erase")
    return {
        **{f"decisions:{name}": {"uid": group.uid} for name in groups},
        **{f"decisions:{name}": {"uid": decision.uid} for name in decisions},
        "register:code": {"code": Event.objects.get().hash},
        "decisions:holder": {"uid": seat.uid},
        "decisions:end_seat": {"uid": seat.uid},
        "decisions:of_partner": {"uid": partner.uid},
    }
