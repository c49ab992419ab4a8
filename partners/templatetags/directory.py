"""How the directory's pages write a telephone number."""

from django import template

from partners.phones import as_link, as_written

register = template.Library()
register.filter("phone", as_written)
register.filter("phone_link", as_link)
