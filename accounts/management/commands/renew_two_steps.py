"""`./portal manage renew_two_steps`: after SECRET_KEY changed, encrypt second steps under the new one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.two_steps import renew_all


class Command(BaseCommand):
    """Encrypt the keys of apps and the recovery codes anew; then the old SECRET_KEY can go."""

    help = "Encrypt second steps of signing in under the SECRET_KEY of today; then the old one can go."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say of how many."""
        renewed, unreadable = renew_all()
        self.stdout.write(f"{renewed} encrypted under the SECRET_KEY of today.")
        if unreadable:
            raise CommandError(
                f"{unreadable} can't be read with the keys that are set: add the older SECRET_KEY to"
                " SECRET_KEY_FALLBACKS and run this again, or let these people in with end_two_steps."
            )
