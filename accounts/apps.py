"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Loads the check that every view declares who may see it."""

    name = "accounts"

    def ready(self) -> None:
        """Register the system check."""
        from . import access  # noqa: F401
