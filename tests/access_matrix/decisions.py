"""Groups and decisions: read by those who cover the group's school, written by three roles of them."""

from typing import Any

from accounts import clock
from accounts.models.work import TaskKind
from accounts.work import add_task
from decisions.models import Event, Evidence, Group
from decisions.rule import Answer
from decisions.services import (
    Given,
    Shown,
    add_seat,
    attach_file,
    create_group,
    name_holder,
    open_decision,
    plan_meeting,
    record_answers,
    say_by_link,
    send_links,
)
from partners.models import Partner
from tests.conftest import Cast
from tests.decisions.conftest import a_pdf, let_decide_between, make_partner

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
    "decisions:how_pdf":         "302  302  302  302  302  302  302   404  404  404  404  404   404  404",
    "decisions:first":           "302  403  403  403  403  403  200   404  404  404  404  404   404  404",
    "decisions:first POST":      "302  403  403  403  403  403  200   404  404  404  404  404   404  404",
    "decisions:new_how":         "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:new_how POST":    "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:meetings":       "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:new_meeting":    "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:new_meeting POST": "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:meeting":        "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:change_meeting": "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:change_meeting POST": "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:call_off POST":  "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:attendance":     "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:attendance POST": "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:minutes":        "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:minutes POST":   "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:put_on_agenda POST": "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:agenda_pdf":     "302  302  302  302  302  302  302   404  404  404  404  404   404  404",
    "decisions:meeting_ics":    "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:take_off_agenda POST": "302 403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:holder":          "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:holder POST":     "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:term":            "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:term POST":       "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:end_seat POST":   "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:page":            "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:history":         "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:record_pdf":      "302  302  302  302  302  302  302   404  404  404  404  404   404  404",
    "decisions:record_csv":      "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:register_pdf":    "302  302  302  302  302  302  302   404  404  404  404  404   404  404",
    "decisions:register_csv":    "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:ask":             "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:ask POST":        "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:told":            "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:told POST":       "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:in_spanish":      "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:in_spanish POST": "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:copy_link POST":  "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:take_link_back POST": "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:settle_note POST": "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:attach":          "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:attach POST":     "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:attached":        "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:evidence":        "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decide:file":               "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "decide:page":               "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "decide:page POST":          "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "decisions:answers":         "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:answers POST":    "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:step_out":        "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:step_out POST":   "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:next_round POST": "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:close":           "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:close POST":      "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:withdraw":        "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:withdraw POST":   "302  403  403  200  403  200  200   404  404  404  404  404   404  404",
    "decisions:keep":            "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:keep POST":       "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:add_item":        "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:add_item POST":   "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:finish_item POST": "302  403  403  302  403  302  302   404  404  404  404  404   404  404",
    "decisions:items_csv":       "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "decisions:items_ics":       "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
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
    let_decide_between(group, by=cast.staff)
    partner: Partner = make_partner(cast, "Open Cupboard Pantry", "basic_needs")
    seat = add_seat(group=group, partner=partner, sector="basic_needs", by=cast.coordinator)
    name_holder(seat=seat, membership=cast.principal, by=cast.coordinator)
    decision = open_decision(group=group, question="Shall we?", by=cast.coordinator)
    [link] = send_links(decision=decision, by=cast.coordinator)
    say_by_link(link=link, kind="asks", text="Why?")
    meeting = plan_meeting(group=group, starts_at=clock.now(), by=cast.coordinator)
    held = ("change_meeting", "attendance", "minutes", "put_on_agenda", "agenda_pdf", "meeting_ics")
    lists = ("meetings", "new_meeting", "items_csv", "items_ics")
    groups = ("group", "new_seat", "how", "how_pdf", "first", "new_how", *lists)
    asking = ("attach", "ask", "told", "in_spanish", "answers", "step_out")
    plan = attach_file(decision=decision, upload=a_pdf("plan"), by=cast.coordinator)
    given = [Given(link.decision_seat, Answer.YES)]
    record_answers(decision=decision, given=given, shown=Shown(upload=a_pdf("reply")), by=cast.coordinator)
    item = add_task(
        kind=TaskKind.ACTION_ITEM,
        title="Print the form",
        owner=None,
        due_on=None,
        subject_kind="decision",
        subject_uid=decision.uid,
        by=cast.coordinator,
    )
    papers = ("record_pdf", "record_csv")
    ends = ("next_round", "close", "withdraw", "keep", "add_item", "take_off_agenda")
    decisions = ("page", "history", *papers, *asking, *ends, "settle", "erase")
    year = {"uid": group.uid, "year": decision.year}
    return {
        **{f"decisions:{name}": {"uid": group.uid} for name in groups},
        **{f"decisions:{name}": {"uid": decision.uid} for name in decisions},
        **{f"decisions:{name}": {"uid": meeting.uid} for name in ("meeting", "call_off", *held)},
        **{f"decisions:register_{kind}": year for kind in ("pdf", "csv")},
        "decisions:finish_item": {"uid": decision.uid, "other": item.uid},
        "register:code": {"code": Event.objects.latest("pk").hash},
        "decide:page": {"token": link.token},
        "decide:file": {"token": link.token, "uid": plan.uid},
        "decisions:attached": {"uid": decision.uid, "file": plan.uid},
        "decisions:evidence": {"uid": decision.uid, "file": Evidence.objects.get().uid},
        "decisions:copy_link": {"uid": link.decision_seat.uid},
        "decisions:take_link_back": {"uid": link.uid},
        "decisions:settle_note": {"uid": link.notes.get().uid},
        "decisions:holder": {"uid": seat.uid},
        "decisions:term": {"uid": seat.uid},
        "decisions:end_seat": {"uid": seat.uid},
        "decisions:of_partner": {"uid": partner.uid},
    }
