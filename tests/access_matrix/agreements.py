"""Agreements: everybody reads what is agreed, those who keep records keep them, viewers open no file."""

from typing import Any

from partners import services
from partners.models import DataSharing
from partners.uploads import Upload
from tests.conftest import Cast
from tests.partners.factories import on

ROWS = {
    # route                        out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "agreements:list":            "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "agreements:csv":             "302  404  404  200  404  404  200   404  404  200  404  404   404  404",
    "agreements:register":        "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "agreements:register_csv":    "302  404  404  200  404  404  200   404  404  200  404  404   404  404",
    "agreements:reviewed POST":   "302  403  302  302  302  403  302   403  302  302  302  403   404  404",
    "agreements:of_partner":      "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "agreements:page":            "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "agreements:add":             "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:add POST":        "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:edit":            "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:edit POST":       "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:renew":           "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:renew POST":      "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:end":             "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:end POST":        "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:clauses":         "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:clauses POST":    "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:add_file":        "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:add_file POST":   "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:file":            "302  403  200  200  200  200  200   403  200  200  200  200   404  404",
    "agreements:sharing":         "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
    "agreements:sharing POST":    "302  403  200  200  200  403  200   403  200  200  200  403   404  404",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """A partner's agreement with a file and an entry in the register."""
    by = cast.coordinator
    partner = services.create_partner(by=by, name="Saltbox Hill Reading Room")
    agreement = services.add_agreement(
        partner=partner, by=by, kind="mou", title="Reading hour", status="in_force", starts=on("2026-08-01")
    )
    upload = Upload("signed.pdf", "application/pdf", b"%PDF-1.7")
    kept = services.add_agreement_file(agreement=agreement, by=by, upload=upload)
    services.register_sharing(agreement=agreement, by=by, data="Counts of visits", purpose="Planning")
    of_agreement = ("page", "edit", "renew", "end", "clauses", "add_file", "sharing")
    return {
        **{f"agreements:{name}": {"uid": partner.uid} for name in ("of_partner", "add")},
        **{f"agreements:{name}": {"uid": agreement.uid} for name in of_agreement},
        "agreements:file": {"uid": agreement.uid, "file": kept.file.uid},
        "agreements:reviewed": {"uid": DataSharing.objects.get(agreement=agreement).uid},
    }
