"""Names as people have them come out right: on paper, in the preview, the mail and the envelope's window."""

import datetime
import html
import unicodedata

import pytest
from django.utils.html import strip_tags

from accounts import clock
from accounts.models import Membership, User
from accounts.urls_in import url_in
from letters import services
from letters.models import Letter, SignedLetter
from letters.sheet import parts, preview
from outreach.registry import Window
from outreach.sources import signed_letters
from partners.models import Partnership
from press.documents import Pdf
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter
from tests.letters.printed import PAGE, SIDE, WINDOW, one_line, printed, sheet_of, text_of, words
from tests.press.running import RunningPress

DAY = datetime.timedelta(days=1)
NAMES = {
    "an apostrophe": "Siobhan O'Hara",
    "a curly apostrophe": "Siobhan O’Hara",
    "accents": "José Núñez-Peña y Muñoz",
    "Vietnamese": "Nguyễn Thị Hường Đặng",
    "Polish": "Łucja Świętosława Żółć",
    "Czech": "Jiří Dvořák Šťastný",
    "combining marks": unicodedata.normalize("NFD", "Zoë Brontë Ångström"),
    "Cyrillic": "Жанна Чайковская",
    "Greek": "Ελένη Παπαδοπούλου",
    "Hebrew": "שרה לוי",
    "Arabic": "محمد درويش",
    "an ampersand and angles": "Smith & Sons <Youth>",
}
LONG = "Maximiliana Bartholomew Wilhelmina Fitzgerald Montgomery Hohenstaufen " * 2
LENGTHY = {
    "120 characters": LONG[:120].strip(),
    "words of 40 characters": f"{'Wakkermansdonner' * 3:.40} {'hexakosioihexekontahexaphobia' * 2:.40}",
    "one word of 120 characters": "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamten" * 2,
    "capitals alone": "WOMEN AND MEN OF MOUNT WOMACK " * 4,
}


def named(cast: Cast, partnership: Partnership, name: str, **fields: str) -> Letter:
    """A draft to somebody of this name, at a partner of this name, that offers a thing of this name."""
    partner = partnership.partner
    contact = partner.contacts.get()
    partner.name, contact.name, contact.salutation = name, name[:120], ""
    for field, value in fields.items():
        setattr(contact, field, value)
    partner.save()
    contact.save()
    partner.services.update(name=name)
    return make_letter(cast, partnership)


def plain_text(text: str) -> str:
    return one_line(html.unescape(strip_tags(text)))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_comes_out_as_it_is_on_paper_in_the_preview_and_in_the_mail(
    cast: Cast, new_partner: Partnership, press: RunningPress, name: str
) -> None:
    sheet = sheet_of(named(cast, new_partner, name))
    whole = one_line(name)
    in_mail = signed_letters.in_plain_text(parts(sheet)["parts"][0])
    assert text_of(printed(sheet)).count(whole) == 6
    assert plain_text(preview(sheet)).count(whole) == 6
    assert one_line(in_mail["body"]).count(whole) == 3


@pytest.mark.parametrize("name", [*NAMES.values(), *LENGTHY.values()], ids=[*NAMES, *LENGTHY])
def test_nothing_of_a_name_is_cut_off_and_the_window_shows_the_address_alone(
    cast: Cast, new_partner: Partnership, press: RunningPress, name: str
) -> None:
    letter = named(cast, new_partner, name, role=name[:120])
    found = words(printed(sheet_of(letter)))
    assert [word for word in found if word.left < SIDE - 0.01 or word.right > PAGE[0] - SIDE + 0.01] == []
    shown = [word for word in found if word.page == 1 and word.bottom > WINDOW[0] and word.top < WINDOW[1]]
    assert max(word.right for word in shown) <= SIDE + 3.36
    assert (min(word.top for word in shown) > 2.05, max(word.bottom for word in shown) < 3.17) == (True, True)
    assert shown[-1].text == "00000"


def test_characters_that_no_font_has_are_refused_with_their_names(
    cast: Cast, new_partner: Partnership, press: RunningPress
) -> None:
    letter = named(cast, new_partner, "王秀英")
    with pytest.raises(services.CannotPrint) as refused:
        services.hand_in(letter=letter, version=letter.version, by=cast.coordinator)
    assert refused.value.why == (
        "王 (U+738B), 秀 (U+79C0), 英 (U+82F1) cannot be printed. Write it in another way."
    )
    assert Letter.objects.get(pk=letter.pk).state == "draft"


@pytest.mark.parametrize("name", [NAMES["an ampersand and angles"], NAMES["Hebrew"], NAMES["Polish"]])
def test_the_mail_and_the_file_of_a_signed_letter_bear_the_names_as_they_are(
    cast: Cast, new_partner: Partnership, press: RunningPress, sign_in: SignIn, name: str
) -> None:
    User.objects.filter(pk=cast.principal.user_id).update(name=name)
    letter = named(cast, new_partner, name)
    principal = Membership.objects.get(pk=cast.principal.pk)
    services.sign_letter(letter=letter, version=letter.version, by=principal)
    now = clock.now()
    [mail] = signed_letters.drafts(cast.larkmoor, Window(now, since=now - DAY, until=now + DAY))
    kept = SignedLetter.objects.get()
    assert (mail.to_name, mail.from_name) == (name, f"{name}, Quillback Middle School")
    assert "&" not in mail.subject.replace(name, "")
    assert one_line(mail.body).count(one_line(name)) == 5
    answer = sign_in(cast.principal).get(url_in(cast.larkmoor, "letters:pdf", uid=letter.uid))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{kept.reference}.pdf"'
    assert text_of(Pdf(bytes(kept.pdf), 1)).count(one_line(name)) == 8
