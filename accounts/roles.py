"""The roles a person can have in a district (docs/architecture.md, "Who sees what")."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """One role per person and district; what each may do is in accounts/rules.py and each app's rules.py."""

    STAFF = "staff", _("District staff")
    PRINCIPAL = "principal", _("Principal")
    COORDINATOR = "coordinator", _("Coordinator")
    PREPARER = "preparer", _("Preparer")
    VIEWER = "viewer", _("Viewer")
