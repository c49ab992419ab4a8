"""`./portal manage messages`: bring locale/ up to date with the words in code and templates."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

ELSEWHERE = [".venv", "var", "docs", "tests", "ops", "static", "locale", "node_modules"]


class Command(BaseCommand):
    """Collect every translatable string; new ones come without a translation, gone ones are dropped."""

    help = "Collect the strings of code and templates into locale/es/LC_MESSAGES/django.po."

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect them below the first of LOCALE_PATHS."""
        (Path(settings.LOCALE_PATHS[0]) / "es").mkdir(parents=True, exist_ok=True)
        call_command(
            "makemessages",
            locale=["es"],
            ignore_patterns=ELSEWHERE,
            no_obsolete=True,
            no_wrap=True,
            add_location="file",
            verbosity=options["verbosity"],
        )
