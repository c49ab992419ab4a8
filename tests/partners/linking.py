"""Personal links of a contact for the tests: made, opened, filled in."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from partners import services
from partners.models import Contact, PartnerLink
from tests.conftest import Cast


def a_link(cast: Cast, contact: Contact, right: str = "listing", **how: Any) -> PartnerLink:
    year = 2026 if right == "year" else None
    values: dict[str, Any] = {"mail": False, "school_year": year, **how}
    return services.make_link(contact=contact, right=right, by=cast.coordinator, **values)


def address(link: PartnerLink) -> str:
    return reverse("by_link:page", kwargs={"token": link.token})


def words(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


def typed(link: PartnerLink, **changed: str) -> dict[str, str]:
    """The form as it is shown, with some fields otherwise: by kind and name."""
    page = Client().get(address(link) + "?change=1")
    values = {"act": "change"}
    for form in page.context["forms"]:
        place = "more_" if form.is_new else "other_" if form.listed.is_other else ""
        for name in form.fields:
            said = changed.get(f"{place}{form.kind}_{name}", form[name].value())
            values[form.add_prefix(name)] = said or ""
    return values
