import pytest

from accounts import clock
from accounts.models import School
from letters import services
from letters.models import Letter
from letters.queries import kind_for
from partners.enums import Stage
from partners.models import Contact, Need, Partner, Partnership, SchoolFigure, Service, Site
from tests.conftest import Cast
from tests.press.running import RunningPress


def make_partnership(
    school: School, name: str = "Tamarack Youth Counseling", stage: Stage = Stage.IDENTIFIED, **fields: object
) -> Partnership:
    """A partner with all that a letter says of it, and its partnership with a school."""
    district = school.district
    partner = Partner.objects.create(
        district=district, name=name, sort_name=name.lower(), created_at=clock.now(), changed_at=clock.now()
    )
    Contact.objects.create(
        district=district,
        partner=partner,
        name="Odile Brandt",
        salutation="Ms. Brandt",
        role="Executive Director",
        email="odile@tamarack.example",
        phone="555-0142",
    )
    Site.objects.create(
        district=district,
        partner=partner,
        street="18 Quarry Lane",
        city="Larkmoor",
        state="TX",
        postal_code="00000",
        is_mailing=True,
    )
    Service.objects.create(district=district, partner=partner, name="youth counseling")
    Service.objects.create(district=district, partner=partner, name="grief groups")
    since = clock.today(district).replace(year=clock.today(district).year - 2, month=3, day=1)
    active = stage in (Stage.ACTIVE, Stage.RENEWAL_DUE)
    partnership: Partnership = Partnership.objects.create(
        district=district,
        partner=partner,
        school=school,
        stage=stage,
        stage_since=since,
        active_since=since if active else None,
        **fields,
    )
    return partnership


def fill_school(school: School) -> None:
    """Our school in numbers: two needs with a figure each."""
    for code, sentence, spanish in (
        (
            "attendance",
            "Last spring 2 in 10 of our sixth graders missed a month or more of school.",
            "La primavera pasada, 2 de cada 10 estudiantes de sexto grado faltaron un mes o más.",
        ),
        ("trauma", "1 in 6 students told us of a loss.", "1 de cada 6 estudiantes nos habló de una pérdida."),
    ):
        SchoolFigure.objects.create(
            district=school.district,
            school=school,
            need=Need.objects.get(code=code),
            sentence=sentence,
            sentence_es=spanish,
            source="Attendance records",
            year=2026,
        )


def make_letter(cast: Cast, partnership: Partnership, **changes: object) -> Letter:
    """A complete draft by Quillback's coordinator."""
    letter = services.prepare_letter(
        partnership=partnership,
        contact=partnership.partner.contacts.get(),
        kind=changes.pop("kind", kind_for(partnership)),
        language=changes.pop("language", "en"),
        also=changes.pop("also", ""),
        reason=changes.pop("reason", ""),
        by=changes.pop("by", cast.coordinator),
    )
    if changes:
        services.edit_draft(letter=letter, version=letter.version, by=cast.coordinator, **changes)
    return letter


@pytest.fixture
def quillback(cast: Cast) -> School:
    """Quillback Middle School, with its numbers filled in."""
    fill_school(cast.quillback)
    return cast.quillback


@pytest.fixture
def new_partner(quillback: School) -> Partnership:
    return make_partnership(quillback)


@pytest.fixture
def existing_partner(quillback: School) -> Partnership:
    make_partnership(quillback, "Open Cupboard Pantry", Stage.ACTIVE)
    return make_partnership(quillback, "Harbor Street Library", Stage.ACTIVE)


@pytest.fixture
def draft(cast: Cast, new_partner: Partnership) -> Letter:
    return make_letter(cast, new_partner)


@pytest.fixture
def waiting(cast: Cast, draft: Letter, press: RunningPress) -> Letter:
    """A letter in the principal's list "For your signature"."""
    services.hand_in(letter=draft, version=draft.version, by=cast.coordinator)
    return draft


@pytest.fixture
def signed(cast: Cast, waiting: Letter) -> Letter:
    services.sign_letter(letter=waiting, version=waiting.version, by=cast.principal)
    return Letter.objects.get(pk=waiting.pk)
