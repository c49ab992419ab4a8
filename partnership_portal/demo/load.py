"""Loads the whole demo: who is there, whom they work with, what they wrote and what they decided."""

from django.db import transaction
from django_scopes import scope

from accounts.acting import acting
from accounts.models import District

from .cast import make_cast, make_district
from .fill_clearance import add_clearance
from .fill_decisions import add_decisions
from .fill_directory import add_partners
from .fill_holidays import add_holidays
from .fill_letters import add_letters
from .fill_needs import rate_needs
from .fill_pictures import add_pictures
from .people import DIRECTOR, DISTRICT
from .press_at_hand import press_at_hand

FILLS = (add_holidays, add_partners, add_clearance, rate_needs, add_decisions, add_pictures, add_letters)


def load_demo() -> District:
    """The sample district; made where it is not there yet, else left as people have changed it."""
    found = District.objects.filter(slug=DISTRICT["slug"], is_sample=True).first()
    if found is not None:
        return found
    with press_at_hand(), transaction.atomic():
        district = make_district()
        with scope(district=district):
            cast = make_cast(district)
            with acting(cast.people[DIRECTOR]):
                for fill in FILLS:
                    fill(cast)
    return district
