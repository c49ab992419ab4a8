"""The portal's settings with one bare page beside it, as benches of pages compare."""

from partnership_portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench._hello_urls"
ALLOWED_HOSTS = ["testserver"]
LOGGING = {"version": 1, "disable_existing_loggers": True}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT = None  # nothing was collected
