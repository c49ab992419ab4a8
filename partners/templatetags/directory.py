"""How the directory's pages write telephone numbers, web addresses and what came of an import."""

from django import template

from accounts.phones import as_link, as_written
from partners.interchange.outcome import what_came

register = template.Library()
register.filter(what_came)
register.filter("phone", as_written)
register.filter("phone_link", as_link)


@register.filter
def bare(address: str) -> str:
    """A web address as people say it: without scheme and closing slash."""
    return address.removeprefix("https://").removeprefix("http://").removesuffix("/")
