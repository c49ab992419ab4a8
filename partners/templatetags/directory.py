"""How the directory's pages write numbers, addresses, what came of an import and what partners told us."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.phones import as_link, as_written
from partners.agreed_enums import RecordKind
from partners.interchange.outcome import what_came
from partners.models import Proposal, YearReport
from partners.models.links import GONE, NEW
from partners.services.proposals import FIELDS, MODELS, changed_since

FEW = 10
ONE_MORE = {
    RecordKind.SITE: gettext_lazy("New place"),
    RecordKind.SERVICE: gettext_lazy("New service"),
    RecordKind.CONTACT: gettext_lazy("New contact person"),
}
NO_MORE = {
    RecordKind.SITE: gettext_lazy("No longer at this place"),
    RecordKind.SERVICE: gettext_lazy("No longer offered"),
    RecordKind.CONTACT: gettext_lazy("No longer there"),
}

register = template.Library()
register.filter(what_came)
register.filter(changed_since)
register.filter("phone", as_written)
register.filter("phone_link", as_link)


@register.filter
def bare(address: str) -> str:
    """A web address as people say it: without scheme and closing slash."""
    return address.removeprefix("https://").removeprefix("http://").removesuffix("/")


@register.filter
def field_of(record: Any, name: str) -> Any:
    """What a record says in one of its fields; "" for a record that is gone."""
    return getattr(record, name, "")


@register.filter
def field_label(proposal: Proposal) -> str:
    """What the field that a proposal is about is called; else what it says of the whole record."""
    if proposal.field == NEW:
        return str(ONE_MORE[RecordKind(proposal.target_kind)])
    if proposal.field == GONE:
        return str(NO_MORE[RecordKind(proposal.target_kind)])
    return _label(proposal, proposal.field)


@register.filter
def new_fields(proposal: Proposal) -> list[tuple[str, str]]:
    """What a record that a partner proposes to add says: labels with their text."""
    now: Any = proposal.now or {}
    names = [name for name in FIELDS[proposal.target_kind] if name in now]
    return [(_label(proposal, name), as_written(now[name])) for name in names]


def _label(proposal: Proposal, name: str) -> str:
    return str(MODELS[proposal.target_kind]._meta.get_field(name).verbose_name)


@register.filter
def school_years(report: YearReport) -> str:
    """The school year of a report: "2026-27"."""
    return f"{report.school_year}-{(report.school_year + 1) % 100:02d}"


@register.filter
def students(count: int | None) -> str:
    """A count of students as it may be shown: nobody is pointed to by a small one."""
    if count is None:
        return _("not reported")
    return _("fewer than 10") if 0 < count < FEW else f"{count:,}"


@register.filter
def dollars(report: YearReport) -> str:
    """A value in kind in whole dollars and cents: "$1,250" or "$12.50"."""
    whole, cents = divmod(report.in_kind_cents or 0, 100)
    return f"${whole:,}.{cents:02d}" if cents else f"${whole:,}"


@register.filter
def kept_aside(extra: dict[str, Any]) -> list[tuple[str, str]]:
    """What an imported file says of a partner beyond our own fields: columns with their text, by name."""
    return sorted((name, text) for name, text in extra.items() if isinstance(text, str) and text)
