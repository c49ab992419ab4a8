"""The top floor as an app: it holds the demo and joins what the floors below offer."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Settings, URLs and the shell."""

    name = "partnership_portal"
