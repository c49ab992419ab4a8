"""The top floor as an app: it holds the demo and joins what the floors below offer."""

from django.apps import AppConfig

from .voice import speak_plainly


class PortalConfig(AppConfig):
    """Settings, URLs and the shell."""

    name = "partnership_portal"

    def ready(self) -> None:
        """Let forms speak in the portal's voice."""
        speak_plainly()
