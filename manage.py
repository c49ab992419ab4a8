#!/usr/bin/env python
"""Django's command line. `./portal manage ...` calls it with the private servers running."""

import os
import sys

OWNER_COMMANDS = {"migrate", "makemigrations", "purge", "sqlmigrate"}


def main() -> None:
    """Run one management command; those that change tables run as the database's owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership_portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("PORTAL_DB_ROLE", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
