"""`./portal manage end_two_steps ADDRESS`: for somebody who lost their phone and their recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.two_steps import end_two_steps


class Command(BaseCommand):
    """Let a person sign in by password alone again. Make sure first that it is them who ask."""

    help = "Let a person sign in by password alone again; make sure first that it is them who ask."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("address", help="the e-mail address with which they sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        user = User.objects.filter(email=options["address"].strip().lower()).first()
        if user is None:
            raise CommandError("Nobody signs in with this address.")
        if not end_two_steps(user):
            raise CommandError("This person signs in by password alone already.")
        self.stdout.write(
            f"{user.name} signs in by password alone now. Ask them to switch two steps on again."
        )
