"""Settings of a process that sends: the tests' own, as the application's role, through the sink."""

import os

os.environ["PORTAL_DB_ROLE"] = "application"

from tests.settings import *  # noqa: F403

EMAIL_BACKEND = "outreach.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["SINK_PORT"])
CELERY_TASK_DEFAULT_QUEUE = os.environ["SINK_DATABASE"]  # no other test's work comes this way
DATABASES["default"]["NAME"] = os.environ["SINK_DATABASE"]  # noqa: F405
CELERY_BEAT_SCHEDULE = {name: {**entry, "schedule": 1.0} for name, entry in CELERY_BEAT_SCHEDULE.items()}  # noqa: F405
