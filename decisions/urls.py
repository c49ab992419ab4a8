"""Routes of decisions, below /d/SLUG/decisions/."""

from django.urls import include, path

from .views import (
    action_items,
    asking,
    closing,
    decisions,
    erasing,
    files,
    groups,
    meetings,
    papers,
    settling,
)

app_name = "decisions"

group_pages = [
    path("", groups.group, name="group"),
    path("seats/new/", groups.new_seat, name="new_seat"),
    path("register/<int:year>.pdf", papers.register_pdf, name="register_pdf"),
    path("register/<int:year>.csv", papers.register_csv, name="register_csv"),
    path("action-items.csv", action_items.items_csv, name="items_csv"),
    path("action-items.ics", action_items.items_ics, name="items_ics"),
    path("how/", groups.how, name="how"),
    path("how.pdf", papers.how_pdf, name="how_pdf"),
    path("how/new/", groups.new_how, name="new_how"),
    path("how/first/", groups.first_questions, name="first"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new_meeting, name="new_meeting"),
]

meeting_pages = [
    path("", meetings.meeting, name="meeting"),
    path("change/", meetings.change_meeting, name="change_meeting"),
    path("call-off/", meetings.call_off, name="call_off"),
    path("here/", meetings.attendance, name="attendance"),
    path("minutes/", meetings.minutes, name="minutes"),
    path("agenda/", meetings.put_on_agenda, name="put_on_agenda"),
    path("agenda.pdf", papers.agenda_pdf, name="agenda_pdf"),
    path("meeting.ics", papers.meeting_ics, name="meeting_ics"),
]

decision_pages = [
    path("", decisions.page, name="page"),
    path("history/", decisions.history, name="history"),
    path("record.pdf", papers.record_pdf, name="record_pdf"),
    path("record.csv", papers.record_csv, name="record_csv"),
    path("files/new/", files.attach, name="attach"),
    path("files/<uuid:file>/", files.attached, name="attached"),
    path("evidence/<uuid:file>/", files.evidence, name="evidence"),
    path("ask/", asking.ask, name="ask"),
    path("told/", asking.told, name="told"),
    path("in-spanish/", asking.in_spanish, name="in_spanish"),
    path("answers/", decisions.answers, name="answers"),
    path("step-out/", decisions.step_out, name="step_out"),
    path("round/", closing.next_round, name="next_round"),
    path("close/", closing.close, name="close"),
    path("withdraw/", closing.withdraw, name="withdraw"),
    path("keep/", closing.keep, name="keep"),
    path("items/new/", action_items.add_item, name="add_item"),
    path("items/<uuid:other>/done/", action_items.finish_item, name="finish_item"),
    path("settle/", settling.settle, name="settle"),
    path("erase/", erasing.erase, name="erase"),
    path("off-agenda/", meetings.take_off_agenda, name="take_off_agenda"),
]

urlpatterns = [
    path("", decisions.log, name="log"),
    path("new/", decisions.new, name="new"),
    path("groups/new/", groups.new_group, name="new_group"),
    path("groups/<uuid:uid>/", include(group_pages)),
    path("meetings/<uuid:uid>/", include(meeting_pages)),
    path("seats/<uuid:uid>/", groups.holder, name="holder"),
    path("seats/<uuid:uid>/term/", groups.term, name="term"),
    path("seats/<uuid:uid>/end/", groups.end_seat, name="end_seat"),
    path("asked/<uuid:uid>/link/", asking.copy_link, name="copy_link"),
    path("links/<uuid:uid>/take-back/", asking.take_link_back, name="take_link_back"),
    path("notes/<uuid:uid>/done/", asking.settle_note, name="settle_note"),
    path("partner/<uuid:uid>/", decisions.of_partner, name="of_partner"),
    path("<uuid:uid>/", include(decision_pages)),
]
