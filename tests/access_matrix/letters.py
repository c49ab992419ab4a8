"""Letters of Quillback: texts for their own school, who wrote to whom and when for the whole district."""

import uuid
from typing import Any

from accounts.models import Job
from letters.enums import State
from letters.models import Batch, BatchRow, Letter, Template
from letters.print_file import joined
from letters.services import make_own_text
from letters.services.batch_signing import KIND
from tests.conftest import Cast
from tests.outreach.factories import a_letter, keep_as_signed

ROWS = {
    # route                    out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "check:enter":            "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "check:code":             "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "letters:list":           "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "letters:to_sign":        "302  404  404  404  200  200  404   404  404  404  200  200   404  404",
    "letters:sign_several POST": "302 404  404  404  302  302  404   404  404  404  302  302   404  404",
    "letters:of_partner":     "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "letters:start POST":     "302  403  302  302  302  302  302   403  302  302  302  302   404  404",
    "letters:write":          "302  403  200  200  200  200  200   403  403  403  403  403   404  404",
    "letters:write POST":     "302  403  200  200  200  200  200   403  403  403  403  403   404  404",
    "letters:page":           "302  404  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:edit":           "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:edit POST":      "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:keep POST":      "302  404  409  409  409  409  409   404  404  404  404  404   404  404",
    "letters:supply POST":    "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:leave_out POST": "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:put_back POST":  "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:preview":        "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:proof":          "302  404  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:pdf":            "302  200  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:picture":        "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "letters:my_signature":   "302  404  404  404  200  200  404   404  404  404  200  200   404  404",
    "letters:my_signature POST": "302  404  404  404  200  200  404   404  404  404  200  200   404  404",
    "letters:school_logo":    "302  404  403  200  403  200  200   404  403  403  403  403   404  404",
    "letters:school_logo POST": "302  404  403  200  403  200  200   404  403  403  403  403   404  404",
    "letters:district_logo":  "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "letters:district_logo POST": "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "letters:discard POST":   "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:sign POST":      "302  404  403  403  302  302  403   404  404  404  404  404   404  404",
    "letters:later POST":     "302  404  403  403  302  302  403   404  404  404  404  404   404  404",
    "letters:address POST":   "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:send_back POST": "302  404  403  403  302  302  403   404  404  404  404  404   404  404",
    "letters:reply POST":     "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:mail POST":      "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:batches":        "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "letters:batch":          "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:batch_mend POST": "302 404  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:batch_sign POST": "302 404  403  403  302  302  403   404  404  404  404  404   404  404",
    "letters:batch_send_back POST": "302 404 403 403 302 302 403   404  404  404  404  404   404  404",
    "letters:batch_cancel POST": "302 404 302 302  302  302  302   404  404  404  404  404   404  404",
    "letters:batch_posted POST": "302 404 302 302 302 302 302   404  404  404  404  404   404  404",
    "letters:batch_not_posted POST": "302 404 302 302 302 302 302 404 404 404 404 404   404  404",
    "letters:batch_print":    "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:batch_labels":   "302  404  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:batch_csv":      "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:batch_zip":      "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:withdraw POST":  "302  403  403  403  302  302  403   404  404  404  404  404   404  404",
    "letters:approve POST":   "302  404  403  403  403  403  302   404  404  404  404  404   404  404",
    "letters:approvals":      "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "letters:text_rule POST": "302  404  404  404  404  404  302   404  404  404  404  404   404  404",
    "letters:texts":          "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "letters:text":           "302  404  200  200  200  200  200   404  404  404  404  404   404  404",
    "letters:edit_text":      "302  404  403  200  403  200  403   404  404  404  404  404   404  404",
    "letters:edit_text POST": "302  404  403  200  403  200  403   404  404  404  404  404   404  404",
    "letters:own_text POST":  "302  404  403  302  403  302  403   404  403  302  403  302   404  404",
    "letters:districts_text POST": "302  404  403  302  403  302  403   404  404  404  404  404   404  404",
    "letters:review_text POST": "302  404  403  403  403  403  302   404  404  404  404  404   404  404",
    "letters:anew POST":       "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:posted POST":     "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:not_posted POST": "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:take_reply_back POST":
                               "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "letters:take_stage_back POST":
                               "302  403  302  302  302  302  302   404  404  404  404  404   404  404",
    "answer:page":             "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "answer:page POST":        "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
}  # fmt: skip

LISTS = (
    "list",
    "batches",
    "to_sign",
    "sign_several",
    "texts",
    "approvals",
    "text_rule",
    "my_signature",
    "district_logo",
)
OF_NO_LETTER = {"check:enter", *(f"letters:{name}" for name in LISTS)}


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """What stands in the URLs of this app: by route, else by the name of the parameter."""
    from letters.services import put_logo
    from tests.letters.conftest import make_letter, make_partnership
    from tests.letters.drawing import made_logo

    partnership = make_partnership(cast.quillback)
    draft = make_letter(cast, partnership)
    waiting = make_letter(cast, partnership)
    Letter.objects.filter(pk=waiting.pk).update(state=State.TO_SIGN, signer=cast.principal)
    signed = keep_as_signed(a_letter(cast.quillback, cast.principal))
    of_signed = ("address", "discard", "mail", "pdf", "reply", "withdraw", "anew", "posted", "not_posted")
    of_signed += ("take_reply_back", "take_stage_back")
    named = {row.removesuffix(" POST") for row in ROWS} - OF_NO_LETTER
    districts = Template.objects.get(kind="new_partner", school=None)
    own = make_own_text(template=districts, school=cast.quillback, by=cast.coordinator)
    of_own = ("text", "edit_text", "districts_text", "review_text")
    batch = _signed_batch(cast)
    of_batch = {route: {"uid": batch.uid} for route in named if route.startswith("letters:batch")}
    return {route: {"uid": draft.uid} for route in named} | {
        **of_batch,
        "letters:batch_print": {"uid": batch.uid, "number": 1},
        "check:code": {"code": signed.code},
        "answer:page": {"token": signed.letter.reply_link.token},
        "letters:of_partner": {"uid": partnership.partner.uid},
        "letters:picture": {"uid": put_logo(made=made_logo(), school=cast.quillback, by=cast.staff).uid},
        "letters:school_logo": {"uid": cast.quillback.uid},
        "letters:start": {"uid": partnership.partner.uid},
        "letters:write": {"uid": partnership.uid},
        **{f"letters:{name}": {"uid": waiting.uid} for name in ("later", "send_back")},
        "letters:own_text": {"uid": districts.uid},
        **{f"letters:{name}": {"uid": own.uid} for name in of_own},
        **{f"letters:{name}": {"uid": signed.letter.uid} for name in of_signed},
    }


def _signed_batch(cast: Cast) -> Batch:
    """One letter on paper, and the job that signed it; its PDF has no page."""
    letter = a_letter(cast.quillback, cast.principal, partner="Sedge Choir", number=15)
    keep_as_signed(letter, number=15, pdf=joined([], title="Letter", language="en"))
    now, uid = letter.created_at, uuid.uuid4()
    job = Job.objects.create(
        district=cast.larkmoor,
        kind=KIND,
        label="Signing 1 letter",
        args={"batch": str(uid)},
        state="done",
        started_by=cast.principal,
        created_at=now,
        queued_at=now,
    )
    batch: Batch = Batch.objects.create(
        uid=uid,
        district=cast.larkmoor,
        school=cast.quillback,
        kind=letter.kind,
        state="done",
        by=cast.coordinator,
        created_at=now,
        handed_in_at=now,
        signer=cast.principal,
        job=job,
    )
    BatchRow.objects.create(
        district=cast.larkmoor, batch=batch, partner=letter.partnership.partner, letter=letter, n=1
    )
    return batch
