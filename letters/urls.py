"""Routes of letters, below /d/SLUG/."""

from django.urls import include, path

from .views import (
    approving,
    batches,
    contact,
    going_out,
    keeping,
    letter,
    lists,
    missing,
    pictures,
    several,
    texts,
    writing,
)

app_name = "letters"

one_letter = [
    path("", letter.page, name="page"),
    path("edit/", writing.edit, name="edit"),
    path("keep/", keeping.keep, name="keep"),
    path("supply/", missing.supply, name="supply"),
    path("leave-out/", missing.leave_out, name="leave_out"),
    path("put-back/", missing.put_back, name="put_back"),
    path("preview/", writing.preview_frame, name="preview"),
    path("proof.pdf", writing.proof_pdf, name="proof"),
    path("letter.pdf", letter.pdf, name="pdf"),
    path("discard/", writing.discard, name="discard"),
    path("sign/", letter.sign, name="sign"),
    path("later/", several.later, name="later"),
    path("contact/", contact.address, name="address"),
    path("send-back/", letter.send_back, name="send_back"),
    path("reply/", letter.reply, name="reply"),
    path("mail/", letter.mail, name="mail"),
    path("withdraw/", letter.withdraw, name="withdraw"),
    path("anew/", going_out.anew, name="anew"),
    path("posted/", going_out.posted, name="posted"),
    path("not-posted/", going_out.not_posted, name="not_posted"),
    path("reply/take-back/", going_out.take_reply_back, name="take_reply_back"),
    path("stage/take-back/", going_out.take_stage_back, name="take_stage_back"),
    path("approve/", approving.approve, name="approve"),
]

one_text = [
    path("", texts.text, name="text"),
    path("edit/", texts.edit_text, name="edit_text"),
    path("own/", texts.own_text, name="own_text"),
    path("districts/", texts.districts_text, name="districts_text"),
    path("review/", approving.review_text, name="review_text"),
]

one_batch = [
    path("", batches.page, name="batch"),
    path("mend/", batches.mend, name="batch_mend"),
    path("sign/", batches.sign, name="batch_sign"),
    path("send-back/", batches.send_back, name="batch_send_back"),
    path("cancel/", batches.cancel, name="batch_cancel"),
    path("posted/", going_out.batch_posted, name="batch_posted"),
    path("not-posted/", going_out.batch_not_posted, name="batch_not_posted"),
    path("print/<int:number>.pdf", batches.print_part, name="batch_print"),
    path("labels.pdf", batches.labels, name="batch_labels"),
    path("letters.csv", batches.as_csv, name="batch_csv"),
    path("letters.zip", batches.as_zip, name="batch_zip"),
]

urlpatterns = [
    path("", lists.letters, name="list"),
    path("to-sign/", lists.to_sign, name="to_sign"),
    path("to-sign/sign/", several.sign, name="sign_several"),
    path("approvals/", approving.approvals, name="approvals"),
    path("approvals/rule/", approving.text_rule, name="text_rule"),
    path("texts/", texts.texts, name="texts"),
    path("texts/<uuid:uid>/", include(one_text)),
    path("pictures/<uuid:uid>.jpg", pictures.picture, name="picture"),
    path("signature/", pictures.my_signature, name="my_signature"),
    path("letterhead/", pictures.district_logo, name="district_logo"),
    path("letterhead/<uuid:uid>/", pictures.school_logo, name="school_logo"),
    path("partner/<uuid:uid>/", lists.of_partner, name="of_partner"),
    path("partner/<uuid:uid>/start/", lists.start, name="start"),
    path("write/<uuid:uid>/", writing.write, name="write"),
    path("many/", batches.batches, name="batches"),
    path("many/<uuid:uid>/", include(one_batch)),
    path("<uuid:uid>/", include(one_letter)),
]
