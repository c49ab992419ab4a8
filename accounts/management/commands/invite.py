"""`./portal manage invite EMAIL --district SLUG --role ROLE [--school SLUG]`: prints the person's link."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.forms import EmailField
from django.urls import reverse
from django_scopes import scope

from accounts.models import District, School
from accounts.roles import Role
from accounts.services import AlreadyMember, SchoolsMissing, invite
from accounts.urls_in import absolute


class Command(BaseCommand):
    """Invite a person and print the link, for the first person of a district above all."""

    help = "Invite a person to a district and print their personal link."

    def add_arguments(self, parser: CommandParser) -> None:
        """E-mail, district, role, schools."""
        parser.add_argument("email")
        parser.add_argument("--district", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--school", action="append", default=[], help="may be given several times")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the invitation, or say why not."""
        district = District.objects.filter(slug=options["district"]).first()
        if district is None:
            raise CommandError(
                f"There is no district {options['district']}. Make it with create_district first."
            )
        try:
            EmailField(max_length=254).clean(options["email"])
        except ValidationError:
            raise CommandError(f"{options['email']} is not an e-mail address.") from None
        with scope(district=district):
            schools = list(School.objects.filter(slug__in=options["school"]))
            missing = set(options["school"]) - {school.slug for school in schools}
            if missing:
                raise CommandError(f"There is no school {', '.join(sorted(missing))} in {district.name}.")
            try:
                invitation = invite(
                    district=district, email=options["email"], role=options["role"], schools=schools, by=None
                )
            except SchoolsMissing:
                raise CommandError(
                    "This role needs --school SLUG: it is not for the whole district."
                ) from None
            except AlreadyMember:
                raise CommandError(f"{options['email']} belongs to {district.name} already.") from None
        self.stdout.write(absolute(reverse("accounts:invitation", args=[invitation.token])))
