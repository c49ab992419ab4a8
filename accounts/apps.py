"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Loads the check that every view declares who may see it, and listens to the sign-in library."""

    name = "accounts"

    def ready(self) -> None:
        """Register the system check and the listeners."""
        from . import access, sign_in_signals  # noqa: F401

        sign_in_signals.connect()
