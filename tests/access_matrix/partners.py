"""The directory: everybody reads it; staff, coordinators and preparers keep it; own schools move stages."""

from typing import Any

from partners import services
from partners.bulk_forms import ACTS
from partners.bulk_jobs import queue_act
from partners.interchange.apply import new_batch
from partners.models import YearReport
from partners.uploads import Upload
from tests.conftest import Cast
from tests.partners.factories import a_nonprofit

ROWS = {
    # route                        out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "partners:list":              "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:page":              "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:contacts":          "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:services":          "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:sites":             "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:history":           "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:add":               "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:add POST":          "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit":              "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit POST":         "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:add_contact":       "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:add_contact POST":  "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit_contact":      "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit_contact POST": "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:contact_left POST": "302  403  302  302  302  403  302   403  302  302  302  403   404  404",
    "partners:erase_contact":     "302  403  403  403  403  403  200   403  403  403  403  403   404  404",
    "partners:erase_contact POST":"302  403  403  403  403  403  200   403  403  403  403  403   404  404",
    "partners:add_service":       "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:add_service POST":  "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit_service":      "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit_service POST": "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:add_site":          "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:add_site POST":     "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit_site":         "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit_site POST":    "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:start":             "302  403  200  200  200  200  200   403  200  200  200  200   404  404",
    "partners:start POST":        "302  403  200  200  200  200  200   403  200  200  200  200   404  404",
    "partners:stage":             "302  403  200  200  200  200  200   403  403  403  403  403   404  404",
    "partners:stage POST":        "302  403  200  200  200  200  200   403  403  403  403  403   404  404",
    "partners:call":              "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "partners:log_call":          "302  403  200  200  200  200  200   403  200  200  200  200   404  404",
    "partners:log_call POST":     "302  403  200  200  200  200  200   403  200  200  200  200   404  404",
    "partners:papers":            "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:add_paper":         "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:add_paper POST":    "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit_paper":        "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:edit_paper POST":   "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:renew_paper":       "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:renew_paper POST":  "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:accept_paper":      "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:accept_paper POST": "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:decline_paper":     "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:decline_paper POST": "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:paper_file":        "302  403  200  200  200  200  200   403  200  200  200  200   404  404",
    "partners:import":            "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:import POST":       "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:possible":           "302  404  404  200  404  404  200   404  404  200  404  404   404  404",
    "partners:pick_nonprofit POST":"302  404  404  302  404  404  302   404  404  302  404  404   404  404",
    "partners:hsds":              "302  404  404  200  404  404  200   404  404  200  404  404   404  404",
    "partners:list_csv":          "302  404  404  200  404  404  200   404  404  200  404  404   404  404",
    "partners:list_workbook":     "302  404  404  200  404  404  200   404  404  200  404  404   404  404",
    "partners:keep_view":         "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:keep_view POST":    "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "partners:edit_view":         "302  403  403  200  403  403  200   403  403  403  403  403   404  404",
    "partners:edit_view POST":    "302  403  403  200  403  403  200   403  403  403  403  403   404  404",
    "partners:remove_view POST":  "302  403  403  302  403  403  302   403  403  403  403  403   404  404",
    "partners:bulk POST":         "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "partners:bulk_act POST":     "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "partners:bulk_out POST":     "302  404  404  200  404  404  200   404  404  200  404  404   404  404",
    "partners:bulk_done":         "302  404  404  200  404  404  200   404  404  404  404  404   404  404",
    "partners:imported":          "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:import_sheet POST":  "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:import_columns":  "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:import_columns POST":"302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:import_schools":  "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:import_schools POST":"302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:import_apply POST":"302  404  302  302  302  404  302   404  302  302  302  404   404  404",
    "partners:import_undo POST":"302  404  302  302  302  404  302   404  302  302  302  404   404  404",
    "partners:import_left_out": "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:import_look POST":  "302  404  302  302  302  404  302   404  302  302  302  404   404  404",
    "partners:duplicates":      "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:merges":          "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:typed":           "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:merge":           "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:merge POST":      "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:merge_certain POST": "302  404  302  302  302  404  302   404  302  302  302  404   404  404",
    "partners:not_same POST":      "302  404  302  302  302  404  302   404  302  302  302  404   404  404",
    "partners:undo_merge POST":    "302  404  302  302  302  404  302   404  302  302  302  404   404  404",
    "partners:make_link":          "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:make_link POST":     "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "partners:copy_link POST":     "302  404  200  200  200  403  200   404  200  200  200  403   404  404",
    "partners:take_back_link POST":"302  404  302  302  302  403  302   404  302  302  302  403   404  404",
    "partners:said":               "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:accept_change POST": "302  404  302  302  302  403  302   404  302  302  302  403   404  404",
    "partners:leave_change POST":  "302  404  302  302  302  403  302   404  302  302  302  403   404  404",
    "partners:accept_changes POST":"302  404  302  302  302  404  302   404  302  302  302  404   404  404",
    "partners:accept_report POST": "302  404  302  302  302  404  302   404  302  302  302  404   404  404",
    "partners:decline_report":     "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "partners:decline_report POST":"302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "by_link:page":                "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "by_link:page POST":           "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
}  # fmt: skip

SHEET = {
    "names": ["Agency"],
    "samples": {"Agency": ["Umber"]},
    "columns": {"Agency": "name"},
    "stage": "active",
    "school": "",
    "not_schools": [],
    "unknown": {"Moon Base": 1},
}
"""A sheet whose columns are known, and whose one school is not."""


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """A partner of Quillback, and one of each thing that belongs to it."""
    by = cast.coordinator
    partner = services.create_partner(by=by, name="Tamarack Youth Counseling")
    partnership = services.start_partnership(partner=partner, school=cast.quillback, by=by)
    contact = services.add_contact(partner=partner, by=by, name="Odile Brandt")
    service = services.add_service(partner=partner, by=by, name="Calm Hour")
    site = services.add_site(partner=partner, by=by, name="Hall")
    other, third = (services.create_partner(by=by, name=name) for name in ("Tamarak", "Tamarack Center"))
    merge = services.merge_partners(winner=other, loser=third, by=by)
    batch = new_batch(district=cast.larkmoor, by=by)
    batch.save()
    job = queue_act(act=ACTS[0], kept={}, keys=[], by=by)
    view = services.keep_view(by=by, name="Clinics", query="?sector=health_care", shared=True)
    upload = Upload("insurance.pdf", "application/pdf", b"%PDF-1.7")
    paper = services.add_paper(partner=partner, by=by, kind="insurance", upload=upload)
    offered = services.offer_paper(partner=partner, kind="w9", upload=None)
    link = services.make_link(contact=contact, right="listing", by=by, mail=False)
    [proposal] = services.propose(link=link, changes=[services.Change("service", service, "name", "Calm")])
    year = services.make_link(contact=contact, right="year", by=by, mail=False, school_year=2026)
    services.report_year(link=year, answers=[services.Answer(values={"students": 40})])
    report = YearReport.objects.get()
    sheet = new_batch(district=cast.larkmoor, by=by, kind="sheet", options=SHEET)
    sheet.save()
    a_nonprofit()
    of_partner = ("page", "contacts", "services", "sites", "history", "edit", "start", "log_call")
    adding = ("add_contact", "add_service", "add_site", "papers", "add_paper")
    return {
        **{f"partners:{name}": {"uid": partner.uid} for name in (*of_partner, *adding)},
        "partners:merge": {"uid": partner.uid, "other": other.uid},
        "partners:not_same": {"uid": partner.uid, "other": other.uid},
        "partners:undo_merge": {"uid": merge.uid},
        **{f"partners:{name}": {"uid": paper.uid} for name in ("edit_paper", "renew_paper", "paper_file")},
        **{f"partners:{name}": {"uid": offered.uid} for name in ("accept_paper", "decline_paper")},
        **{f"partners:{name}": {"uid": proposal.uid} for name in ("accept_change", "leave_change")},
        **{f"partners:{name}": {"uid": link.uid} for name in ("copy_link", "take_back_link")},
        "partners:accept_changes": {"uid": partner.uid},
        **{f"partners:{name}": {"uid": report.uid} for name in ("accept_report", "decline_report")},
        "partners:make_link": {"uid": contact.uid},
        "by_link:page": {"token": link.token},
        "partners:edit_contact": {"uid": contact.uid},
        "partners:erase_contact": {"uid": contact.uid},
        "partners:contact_left": {"uid": contact.uid},
        "partners:edit_service": {"uid": service.uid},
        "partners:edit_site": {"uid": site.uid},
        "partners:stage": {"uid": partnership.uid},
        "partners:bulk_act": {"code": "stage"},
        "partners:bulk_done": {"uid": job.uid},
        "partners:edit_view": {"uid": view.uid},
        "partners:remove_view": {"uid": view.uid},
        "partners:imported": {"uid": batch.uid},
        "partners:import_look": {"uid": batch.uid},
        "partners:pick_nonprofit": {"ein": "010180687"},
        "partners:import_columns": {"uid": sheet.uid},
        "partners:import_sheet": {"uid": sheet.uid},
        "partners:import_schools": {"uid": sheet.uid},
        "partners:import_apply": {"uid": sheet.uid},
        "partners:import_undo": {"uid": sheet.uid},
        "partners:import_left_out": {"uid": sheet.uid},
    }
