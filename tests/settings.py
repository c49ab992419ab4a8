"""The portal's settings for tests: as the database's owner, with mail in memory and quick passwords."""

import os

os.environ["PORTAL_MODE"] = "test"
os.environ.setdefault("PORTAL_DB_ROLE", "owner")

from partnership_portal.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# One cache for each worker of pytest-xdist, beside its own database.
CACHES["default"]["KEY_PREFIX"] += os.environ.get("PYTEST_XDIST_WORKER", "")  # noqa: F405
STATIC_ROOT = None  # whitenoise serves from static/ here
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
