"""The pages, as people walk through them."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.urls_in import url_in
from letters import public, queries, services
from letters.enums import Answer, Source, State
from letters.models import Letter, LetterNumber
from letters.numbers import shown
from partners.enums import Stage
from partners.models import Partnership
from tests.access.asking import refuse_writes
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter, make_partnership
from tests.press.running import RunningPress


def at(letter: Letter, name: str) -> str:
    return url_in(letter.school.district, f"letters:{name}", uid=letter.uid)


def form_of(letter: Letter, **changes: Any) -> dict[str, Any]:
    """What the browser would post of a draft's page."""
    zone = letter.school.tz
    fields = {
        "version": letter.version,
        "contact": letter.contact_id,
        "liaison": letter.liaison_id,
        "meeting_1": letter.meeting_1.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        "meeting_2": letter.meeting_2.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        "reply_by": letter.reply_by.isoformat(),
        "call_on": letter.call_on.isoformat(),
        "then": "save",
    }
    return fields | {f"block_{block['name']}": block["text"] for block in letter.blocks} | changes


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def count_queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_a_secretary_prepares_and_the_principal_signs_in_three_taps(
    cast: Cast, new_partner: Partnership, sign_in: SignIn, press: RunningPress
):
    secretary = sign_in(cast.preparer)
    contact = new_partner.partner.contacts.get()
    choice = {"contact": contact.pk, "kind": "new_partner", "language": "en", "then": "write"}
    begun = secretary.post(url_in(cast.larkmoor, "letters:write", uid=new_partner.uid), choice, follow=True)
    assert messages_of(begun) == ["Your draft is kept. Check it, then hand it in for signature."]
    letter = Letter.objects.get()
    handed_in = secretary.post(at(letter, "edit"), form_of(letter, then="hand_in"), follow=True)
    assert messages_of(handed_in) == ["Handed in. Dr. Rosalind Oyelaran finds it under “To sign”."]

    principal = sign_in(cast.principal)
    tap_1 = principal.get(url_in(cast.larkmoor, "letters:to_sign"))
    assert f'href="{at(letter, "page")}"' in tap_1.content.decode()
    tap_2 = principal.get(at(letter, "page")).content.decode()
    version = re.search(r'name="version" value="(\d+)"', tap_2)[1]
    tap_3 = principal.post(at(letter, "sign"), {"version": version, "from_list": "1"}, follow=True)
    letter.refresh_from_db()
    assert letter.state == State.SIGNED
    page = url_in(cast.larkmoor, "letters:page", uid=letter.uid)
    link = f'<a href="{page}">{letter.reference}</a>'
    assert messages_of(tap_3) == [f"Signed: {link}, to Tamarack Youth Counseling."]


def test_a_principal_writes_and_signs_with_nothing_typed(
    cast: Cast, new_partner: Partnership, sign_in: SignIn, press: RunningPress
):
    client, url = sign_in(cast.principal), url_in(cast.larkmoor, "letters:write", uid=new_partner.uid)
    page = client.get(url)
    form = page.context["form"]
    assert page.context["may_sign"] is True
    posted = {name: form.initial[name] for name in ("kind", "language")}
    client.post(url, {**posted, "contact": form.initial["contact"].pk, "then": "sign"})
    assert [letter.state for letter in Letter.objects.all()] == [State.SIGNED]


@pytest.mark.parametrize(("then", "state"), [("write", State.DRAFT), ("sign", State.SIGNED)])
def test_two_clicks_on_one_page_make_one_letter(
    then: str, state: State, cast: Cast, new_partner: Partnership, sign_in: SignIn, press: RunningPress
):
    client, url = sign_in(cast.principal), url_in(cast.larkmoor, "letters:write", uid=new_partner.uid)
    form = client.get(url).context["form"]
    choice = {name: form.initial[name] for name in ("once", "kind", "language")}
    choice |= {"contact": form.initial["contact"].pk, "then": then}
    first, second = (client.post(url, choice).url for _ in range(2))
    assert (first, [letter.state for letter in Letter.objects.all()]) == (second, [state])


def test_another_choice_another_page_and_a_discarded_draft_make_a_letter_anew(
    cast: Cast, new_partner: Partnership, sign_in: SignIn
):
    client, url = sign_in(cast.coordinator), url_in(cast.larkmoor, "letters:write", uid=new_partner.uid)
    choice = {"contact": new_partner.partner.contacts.get().pk, "kind": "new_partner", "language": "en"}
    opened = [str(client.get(url).context["form"].initial["once"]) for _ in range(2)]
    for once, language in ((opened[0], "en"), (opened[0], "es"), (opened[1], "en")):
        client.post(url, {**choice, "once": once, "language": language})
    assert Letter.objects.count() == 3
    Letter.objects.update(state=State.DISCARDED)
    client.post(url, {**choice, "once": opened[0]})
    assert Letter.objects.filter(state=State.DRAFT).count() == 1


def test_a_school_that_starts_a_letter_to_a_new_partner_is_told_that_it_became_one(
    cast: Cast, new_partner: Partnership, sign_in: SignIn
):
    url = url_in(cast.larkmoor, "letters:start", uid=new_partner.partner.uid)
    client = sign_in(cast.staff)
    pages = [client.post(url, {"school": cast.bellwether.pk}, follow=True) for _ in range(2)]
    assert [messages_of(page) for page in pages] == [
        [f"Tamarack Youth Counseling is now a possible partner of {cast.bellwether.name}."],
        [],
    ]
    assert messages_of(client.post(url, {"school": ""}, follow=True)) == [
        "Choose the school that the letter comes from."
    ]


def test_a_letter_with_a_gap_answers_with_a_summary_that_leads_to_it(
    cast: Cast, new_partner: Partnership, draft: Letter, sign_in: SignIn, press: RunningPress
):
    new_partner.partner.services.all().delete()
    client = sign_in(cast.coordinator)
    answer = client.post(at(draft, "edit"), form_of(draft, then="hand_in"))
    assert answer.url == at(draft, "edit") + "?check#errors"
    page = client.get(at(draft, "edit") + "?check")
    assert page.context["problems"] == [
        ("#value-partner.services", "What they offer, in “Opening”: no value.")
    ]
    text = page.content.decode()
    assert "<title>Error: Letter to Tamarack Youth Counseling" in text.replace("\n", "")
    assert 'id="value-partner.services"' in text
    assert "What they offer: no value" in client.get(at(draft, "preview")).content.decode()


def test_a_second_editor_keeps_what_they_typed(cast: Cast, draft: Letter, sign_in: SignIn):
    first, second = sign_in(cast.coordinator), sign_in(cast.preparer)
    stale = form_of(draft, block_ask="My own question?")
    first.post(at(draft, "edit"), form_of(draft, suggested_by="Mr. Lee"))
    page = second.post(at(draft, "edit"), stale)
    assert page.context["form"].non_field_errors() == [
        "Somebody changed this letter meanwhile. Your text is below; compare and save again."
    ]
    assert "My own question?" in page.content.decode()
    again = {**stale, "version": page.context["form"]["version"].value()}
    assert second.post(at(draft, "edit"), again).status_code == 302
    draft.refresh_from_db()
    assert [block["text"] for block in draft.blocks if block["name"] == "ask"] == ["My own question?"]


def test_dates_are_the_school_s_and_lie_ahead(cast: Cast, draft: Letter, sign_in: SignIn):
    client = sign_in(cast.coordinator)
    moved = draft.meeting_1 + datetime.timedelta(days=7)
    local = moved.astimezone(draft.school.tz).strftime("%Y-%m-%dT%H:%M")
    client.post(at(draft, "edit"), form_of(draft, meeting_1=local))
    draft.refresh_from_db()
    assert draft.meeting_1 == moved
    yesterday = clock.today(draft.school) - datetime.timedelta(days=1)
    page = client.post(at(draft, "edit"), form_of(draft, reply_by=yesterday.isoformat()))
    assert page.context["form"].errors["reply_by"] == ["This day is over. Choose a later one."]


@pytest.mark.parametrize("field", ["meeting_1", "meeting_2", "reply_by", "call_on"])
def test_a_date_that_no_calendar_of_the_database_holds_is_refused(
    field: str, cast: Cast, draft: Letter, sign_in: SignIn
):
    client = sign_in(cast.coordinator)
    last = "9999-12-31T23:59" if field.startswith("meeting") else "9999-12-31"
    page = client.post(at(draft, "edit"), form_of(draft, **{field: last}))
    told = page.context["form"].errors[field]
    assert told == ["This is more than a year away. Choose an earlier one."]
    assert client.get(url_in(cast.larkmoor, "letters:list")).status_code == 200


def test_a_letter_sent_back_says_why_to_those_who_prepared_it(cast: Cast, waiting: Letter, sign_in: SignIn):
    sign_in(cast.principal).post(at(waiting, "send_back"), {"version": waiting.version, "note": "Shorter."})
    page = sign_in(cast.preparer).get(at(waiting, "edit"))
    assert page.context["sent_back"].reason == "Shorter."
    assert "Dr. Rosalind Oyelaran sent it back:" in page.content.decode()


def test_sending_back_needs_a_note(cast: Cast, waiting: Letter, sign_in: SignIn):
    sent = sign_in(cast.principal).post(at(waiting, "send_back"), {"version": waiting.version}, follow=True)
    assert messages_of(sent) == ["Say in the note what should change."]
    assert Letter.objects.get().state == State.TO_SIGN


@pytest.mark.parametrize("second", ["sign", "send_back"])
def test_a_second_tap_shows_the_letter_as_it_stands(
    second: str, cast: Cast, waiting: Letter, sign_in: SignIn
):
    client, typed = sign_in(cast.principal), {"version": waiting.version, "note": "Shorter."}
    client.post(at(waiting, "sign"), typed)
    client.get(url_in(cast.larkmoor, "letters:to_sign"))  # says that it is signed
    answer = client.post(at(waiting, second), typed, follow=True)
    assert (answer.status_code, len(messages_of(answer))) == (200, 1)
    assert messages_of(answer)[0].endswith("Here it is as it stands now.")
    assert (Letter.objects.get().state, LetterNumber.objects.count()) == (State.SIGNED, 1)


def test_a_letter_whose_dates_passed_while_it_waited_says_so_to_its_signer(
    cast: Cast, waiting: Letter, sign_in: SignIn
):
    Letter.objects.filter(pk=waiting.pk).update(meeting_1=clock.now() - datetime.timedelta(hours=1))
    answer = sign_in(cast.principal).post(at(waiting, "sign"), {"version": waiting.version}, follow=True)
    assert messages_of(answer) == [
        "This letter can't be signed yet: something is missing. "
        "First date to meet, in “What we ask”: no date, or one that is over."
    ]
    assert Letter.objects.get().state == State.TO_SIGN


def test_a_letter_changed_after_it_was_opened_is_not_signed(cast: Cast, waiting: Letter, sign_in: SignIn):
    answer = sign_in(cast.principal).post(at(waiting, "sign"), {"version": waiting.version - 1}, follow=True)
    assert messages_of(answer) == ["Somebody changed this letter meanwhile. Here it is as it stands now."]
    assert LetterNumber.objects.count() == 0


def test_the_pdf_comes_byte_for_byte_as_signed(cast: Cast, signed: Letter, sign_in: SignIn):
    answer = sign_in(cast.coordinator).get(at(signed, "pdf"))
    assert answer.content == bytes(signed.signed.pdf)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{signed.reference}.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_signed_page_shows_what_was_signed_and_not_what_the_records_say_now(
    cast: Cast, signed: Letter, sign_in: SignIn
):
    contact = signed.contact
    contact.salutation = "Dr. Somebody"
    contact.save()
    page = sign_in(cast.coordinator).get(at(signed, "page")).content.decode()
    assert "Dear Ms. Brandt:" in page
    assert "Dr. Somebody" not in page
    assert shown(signed.signed.code) in page


def test_every_page_of_a_signed_letter_keeps_the_names_of_its_day(
    cast: Cast, signed: Letter, sign_in: SignIn, client: Client
):
    for record, name in (
        (signed.contact, "Somebody Else"),
        (signed.school, "Renamed School"),
        (signed.partnership.partner, "Renamed Partner"),
        (signed.signer.user, "Renamed Signer"),
    ):
        record.name = name
        record.save()
    reader = sign_in(cast.coordinator)
    texts = [" ".join(reader.get(at(signed, name)).content.decode().split()) for name in ("page", "preview")]
    main = texts[0][texts[0].index("<h1") :]
    for text in (main, texts[1]):
        assert "Odile Brandt" in text
        assert "Quillback Middle School" in text
        assert not re.search(r"Somebody Else|Renamed (School|Partner)", text)
    assert f"<h1>{signed.reference} to Tamarack Youth Counseling</h1>" in main
    assert "Signed by Dr. Rosalind Oyelaran on" in main
    assert reader.get(at(signed, "proof")).url == at(signed, "pdf")
    checked = client.get(f"/check/{signed.signed.code}/").content.decode()
    assert ("Quillback Middle School" in checked, "Renamed" in checked) == (True, False)


def test_while_its_pdf_is_made_a_letter_shows_what_was_signed_and_asks_nothing_more(
    cast: Cast, waiting: Letter, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PRESS_SOCKET", "/tmp/nobody.sock")
    principal = sign_in(cast.principal)
    told = principal.post(at(waiting, "sign"), {"version": waiting.version}, follow=True)
    reference = LetterNumber.objects.get().reference
    words = "The PDF is being made; there is nothing left for you to do."
    assert messages_of(told) == [f"Signed as {reference}. {words}"]
    waiting.contact.name = "Somebody Else"
    waiting.contact.save()
    page = principal.get(at(waiting, "page")).content.decode()
    assert f"Signed by Dr. Rosalind Oyelaran. {words}" in page
    assert (reference in page, "Somebody Else" in page, 'action="' + at(waiting, "sign") in page) == (
        True,
        False,
        False,
    )
    proof = principal.get(at(waiting, "proof"), follow=True)
    assert messages_of(proof) == ["It is signed, and its PDF is being made. Look again in a minute."]


def test_a_letter_that_waits_has_one_place_to_sign_below_it(cast: Cast, waiting: Letter, sign_in: SignIn):
    page = sign_in(cast.principal).get(at(waiting, "page")).content.decode()
    assert page.count(f'action="{at(waiting, "sign")}"') == page.count("btn-primary") == 1
    assert page.index("pp-letter-foot") < page.index(f'action="{at(waiting, "sign")}"')


def test_other_schools_read_who_wrote_to_whom_and_when_and_no_text(
    cast: Cast, signed: Letter, sign_in: SignIn
):
    services.record_reply(letter=signed, answer=Answer.YES, source=Source.PHONE, by=cast.coordinator)
    stranger = sign_in(cast.bellwether_coordinator)
    listed = stranger.get(url_in(cast.larkmoor, "letters:list")).content.decode()
    assert signed.reference in listed
    assert "Dr. Rosalind Oyelaran" in listed
    assert "Odile Brandt" in listed
    assert at(signed, "page") not in listed
    assert "Known to the school" in listed
    assert [stranger.get(at(signed, name)).status_code for name in ("page", "pdf", "preview", "proof")] == [
        404
    ] * 4
    assert Letter.objects.for_member(cast.bellwether_coordinator).count() == 0


def test_drafts_of_other_schools_are_not_listed(cast: Cast, draft: Letter, sign_in: SignIn):
    page = sign_in(cast.bellwether_coordinator).get(url_in(cast.larkmoor, "letters:list"))
    assert (page.context["page"].under_way, page.context["page"].signed) == ([], [])


def test_a_viewer_reads_the_signed_letters_of_their_school_alone(cast: Cast, signed: Letter, sign_in: SignIn):
    make_letter(cast, signed.partnership)
    assert list(Letter.objects.for_member(cast.viewer)) == [signed]
    assert sign_in(cast.viewer).get(at(signed, "page")).status_code == 200


def test_an_answer_recorded_by_hand_moves_the_stage(cast: Cast, signed: Letter, sign_in: SignIn):
    posted = {"answer": "talk", "source": "phone", "note": "After the holidays"}
    page = sign_in(cast.preparer).post(at(signed, "reply"), posted, follow=True)
    assert messages_of(page) == [
        "Kept: Tamarack Youth Counseling answered “Talk to me”. "
        "It stays on Today until somebody has talked with them."
    ]
    assert Partnership.objects.get(pk=signed.partnership_id).stage == Stage.EXPLORING
    assert [(reply.answer, reply.source, reply.by) for reply in signed.replies.all()] == [
        (Answer.TALK, Source.PHONE, cast.preparer)
    ]


def test_a_letter_that_does_not_fit_the_stage_needs_a_reason(
    cast: Cast, new_partner: Partnership, sign_in: SignIn
):
    client, url = sign_in(cast.coordinator), url_in(cast.larkmoor, "letters:write", uid=new_partner.uid)
    contact = new_partner.partner.contacts.get().pk
    choice = {"contact": contact, "kind": "existing_partner", "language": "es"}
    page = client.post(url, choice)
    assert page.context["form"].errors["reason"] == ["Say in a few words why this letter goes out now."]
    client.post(url, {**choice, "reason": "They were with us ten years ago."})
    assert [(letter.kind, letter.reason) for letter in Letter.objects.all()] == [
        ("existing_partner", "They were with us ten years ago.")
    ]


@pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.ENDED])
def test_not_now_and_ended_need_a_reason(cast: Cast, new_partner: Partnership, stage: Stage):
    new_partner.stage = stage
    new_partner.save()
    with pytest.raises(services.ReasonMissing):
        make_letter(cast, new_partner)
    assert make_letter(cast, new_partner, reason="A new director asked for us.").state == State.DRAFT


def test_a_partner_of_another_school_gets_an_opening_of_its_own_and_its_keeper_a_copy(
    cast: Cast, new_partner: Partnership, press: RunningPress
):
    partner = new_partner.partner
    partner.owner = cast.staff
    partner.save()
    Partnership.objects.create(
        district=cast.larkmoor,
        partner=partner,
        school=cast.bellwether,
        stage=Stage.ACTIVE,
        stage_since=datetime.date(2022, 9, 1),
        active_since=datetime.date(2022, 9, 1),
    )
    letter = make_letter(cast, new_partner)
    signed = services.sign_letter(letter=letter, version=letter.version, by=cast.principal)
    assert signed.number.fixed["sheet"]["copies"] == ["Imogen Tasker", "Ana Whitcombe"]
    assert letter.blocks[1]["text"].startswith("You have worked with {{partnership.elsewhere}} since")
    assert signed.values["partnership.elsewhere_since"] == "September 2022"


def test_a_partner_new_to_the_school_becomes_a_possible_partner_when_a_letter_is_started(
    cast: Cast, new_partner: Partnership, sign_in: SignIn
):
    url = url_in(cast.larkmoor, "letters:start", uid=new_partner.partner.uid)
    sign_in(cast.bellwether_coordinator).post(url, {"school": cast.bellwether.pk})
    started = Partnership.objects.get(school=cast.bellwether)
    assert (started.partner, started.stage) == (new_partner.partner, Stage.IDENTIFIED)


LISTS: list[tuple[str, Callable[[Letter], dict[str, Any]]]] = [
    ("letters:list", lambda letter: {}),
    ("letters:to_sign", lambda letter: {}),
    ("letters:of_partner", lambda letter: {"uid": letter.partnership.partner.uid}),
]


def one_more_of_each(cast: Cast, partnership: Partnership) -> None:
    """One letter handed in, and one signed."""
    for act in (services.hand_in, services.sign_letter):
        letter = make_letter(cast, partnership)
        act(letter=letter, version=letter.version, by=cast.principal)


@pytest.mark.parametrize(("name", "kwargs"), LISTS)
def test_a_list_takes_as_many_queries_for_three_letters_as_for_one(
    name: str, kwargs: Callable[[Letter], dict[str, Any]], cast: Cast, signed: Letter, sign_in: SignIn
):
    client = sign_in(cast.principal)
    url = url_in(cast.larkmoor, name, **kwargs(signed))
    one_more_of_each(cast, signed.partnership)
    with_one = count_queries(client, url)
    one_more_of_each(cast, signed.partnership)
    one_more_of_each(cast, signed.partnership)
    assert count_queries(client, url) == with_one


def test_the_lists_read_themselves_in_two_queries_and_in_one(
    cast: Cast, signed: Letter, django_assert_num_queries: Any
):
    one_more_of_each(cast, signed.partnership)
    assert cast.coordinator.covers(signed.school_id)  # a request knows the membership's schools already
    with django_assert_num_queries(2):
        page = queries.letters_page(cast.coordinator)
    with django_assert_num_queries(1):
        waiting = queries.to_sign_page(cast.principal)
    assert (len(page.under_way), len(page.signed), len(waiting)) == (1, 2, 1)


def test_the_check_page_tells_whether_by_whom_and_when_and_nothing_else(
    cast: Cast, signed: Letter, client: Client
):
    page = client.get(f"/check/{shown(signed.signed.code).lower()}/")
    text = re.sub(r"\s+", " ", page.content.decode())
    assert page.status_code == 200
    for told in (
        "This letter is ours",
        signed.reference,
        "Dr. Rosalind Oyelaran, Principal",
        signed.signed.sha256,
    ):
        assert told in text
    for kept in ("Tamarack", "Odile", "Brandt", "Quarry Lane"):
        assert kept not in text


def test_a_withdrawn_letter_says_so_to_whoever_checks_it(
    cast: Cast, signed: Letter, sign_in: SignIn, client: Client
):
    sign_in(cast.principal).post(at(signed, "withdraw"), {"version": signed.version, "note": "Wrong date."})
    page = client.get(f"/check/{signed.signed.code}/").content.decode()
    assert "Ours, and withdrawn" in page
    assert "Wrong date." not in page


def test_an_unknown_code_is_said_and_a_typed_one_leads_to_its_page(client: Client, db: None):
    assert client.get("/check/", {"code": " 7kqm-4txr "}).url == "/check/7KQM4TXR/"
    page = client.get("/check/7KQM4TXR/")
    assert page.status_code == 404
    assert "We know no letter with this code" in page.content.decode()


def test_a_code_is_read_through_small_letters_spaces_dashes_and_look_alikes(
    cast: Cast, signed: Letter, client: Client
):
    code = signed.signed.code.replace("0", "o").replace("1", "l").replace("V", "u")
    typed = " – ".join(code.lower()[place : place + 4] for place in range(0, len(code), 4))
    page = client.get("/check/", {"code": typed}, follow=True)
    assert "This letter is ours" in page.content.decode()


def test_a_code_that_is_not_known_stays_in_the_field_and_its_length_is_said(client: Client, db: None):
    page = client.get("/check/", {"code": "7kqm-4txr-9"}, follow=True).content.decode()
    assert 'value="7KQM-4TXR-9"' in page
    assert "What you typed has 9 letters and digits; a code has 20." in page
    assert "character by character" in page


@pytest.mark.parametrize("asked", ["QMS-2627-001", " qms 2627 001 ", "QMS–2627–1"])
def test_a_reference_typed_for_a_code_is_told_apart(asked: str, client: Client, db: None):
    page = client.get("/check/", {"code": asked})
    text = page.content.decode()
    assert (page.status_code, "This is the reference number" in text) == (200, True)
    assert "The code stands in the footer" in text
    assert f'value="{asked}"' in text
    assert "We know no letter" not in text
    assert "This is the reference number" in client.get(f"/check/{asked.strip()}/").content.decode()


@pytest.mark.parametrize("asked", ["a/b", "..", "a\x00b", "é%", "7" * 400])
def test_whatever_is_typed_as_a_code_leads_to_a_page_that_knows_it_not(asked: str, client: Client, db: None):
    page = client.get("/check/", {"code": asked}, follow=True)
    assert page.status_code == (404 if page.redirect_chain else 200)
    assert client.get("/check/a%00b/").status_code == 404


def test_codes_cannot_be_tried_by_the_hundred(client: Client, db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(public, "TRIES", 1)
    assert [client.get(f"/check/{n:020}/").status_code for n in range(3)] == [404, 429, 429]


def test_no_page_of_a_letter_writes_when_it_is_opened(cast: Cast, signed: Letter, sign_in: SignIn):
    make_letter(cast, make_partnership(cast.quillback, "Second Partner"))
    principal = sign_in(cast.principal)
    urls = [
        url_in(cast.larkmoor, "letters:list"),
        url_in(cast.larkmoor, "letters:to_sign"),
        url_in(cast.larkmoor, "letters:of_partner", uid=signed.partnership.partner.uid),
        url_in(cast.larkmoor, "letters:write", uid=signed.partnership.uid),
        *(at(letter, name) for letter in Letter.objects.all() for name in ("page", "edit", "preview")),
        at(signed, "pdf"),
        f"/check/{signed.signed.code}/",
    ]
    for url in urls:
        with connection.execute_wrapper(refuse_writes):
            assert principal.get(url).status_code in (200, 302), url
