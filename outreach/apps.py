"""The outreach app."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Outreach, on the fourth floor: registers its kinds of mail and its items of Today."""

    name = "outreach"

    def ready(self) -> None:
        """Fill the registry."""
        from .registry import add_mail
        from .sources import invitations, letter_no_reply, signed_letters

        for source in (letter_no_reply, signed_letters, invitations):
            add_mail(source.SOURCE)
