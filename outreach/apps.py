"""The outreach app."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Outreach, on the fourth floor."""

    name = "outreach"
