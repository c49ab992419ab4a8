"""Today, mail going out and its kinds, who needs care, and a partner's timeline."""

from typing import Any

from accounts import clock
from accounts.links import make_token
from outreach import mail
from outreach.enums import State
from outreach.models import Message
from partners.models import Partner
from tests.conftest import Cast

ROWS = {
    # route                      out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "outreach:today":           "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "outreach:not_now POST":    "302  404  400  400  400  400  400   404  400  400  400  400   404  404",
    "outreach:mail":            "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "outreach:message":         "302  404  200  200  200  404  200   404  404  404  404  404   404  404",
    "outreach:cancel POST":     "302  404  302  302  302  404  302   404  404  404  404  404   404  404",
    "outreach:send_again POST": "302  404  302  302  302  404  302   404  404  404  404  404   404  404",
    "outreach:block POST":      "302  404  403  403  403  404  302   404  404  404  404  404   404  404",
    "outreach:kinds":           "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "outreach:kind":            "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "outreach:switch POST":     "302  404  403  403  403  404  302   404  403  403  403  404   404  404",
    "outreach:stops":           "302  404  200  200  200  404  200   404  200  200  200  404   404  404",
    "outreach:stop POST":       "302  404  403  403  403  404  200   404  403  403  403  404   404  404",
    "outreach:start POST":      "302  404  403  403  403  404  302   404  403  403  403  404   404  404",
    "outreach:care":            "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "outreach:care_csv":        "302  404  404  200  404  404  200   404  404  200  404  404   404  404",
    "outreach:care_of_partner": "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "outreach:preferences":     "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "outreach:preferences POST":"302  302  302  302  302  302  302   302  302  302  302  302   404  404",
    "no_more:page":             "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "no_more:page POST":        "400  400  400  400  400  400  400   400  400  400  400  400   400  400",
    "outreach:of_partner":      "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """A message of Quillback's, and a partner of the district."""
    now = clock.now()
    partner = Partner.objects.create(
        district=cast.larkmoor,
        name="Open Cupboard Pantry",
        sort_name="open cupboard pantry",
        created_at=now,
        changed_at=now,
    )
    message = Message.objects.create(
        district=cast.larkmoor,
        school=cast.quillback,
        key="signed_letter:1",
        kind="signed_letter",
        subject_uid=partner.uid,
        about="QMS-2627-014, Open Cupboard Pantry",
        to="desk@pantry.example",
        from_name="Dr. Rosalind Oyelaran",
        subject="An invitation",
        body="Dear Ms. Brandt:\n",
        message_id=mail.message_id(cast.larkmoor.pk, "signed_letter:1"),
        not_before=now,
        state=State.QUEUED,
        created_at=now,
    )
    of_message = {"uid": message.uid}
    return {
        "outreach:message": of_message,
        "outreach:cancel": of_message,
        "outreach:send_again": of_message,
        "outreach:block": of_message,
        "outreach:kind": {"kind": "letter_no_reply"},
        "outreach:switch": {"kind": "letter_no_reply"},
        "no_more:page": {"token": make_token(mail.NO_MORE, message.uid)},
        "outreach:of_partner": {"uid": partner.uid},
        "outreach:care_of_partner": {"uid": partner.uid},
    }
